"""Regions of bodies: the constraints that borrow checking solves."""

from freehold.rust.regions.check import Solved, constrain

__all__ = ["Solved", "constrain"]
