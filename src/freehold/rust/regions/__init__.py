"""Regions of bodies: the constraints that borrow checking solves."""

from freehold.rust.regions.check import constrain
from freehold.rust.regions.closures import Solved

__all__ = ["Solved", "constrain"]
