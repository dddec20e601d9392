"""Loans, regions and their errors on generic MIR, as rustc's NLL has them."""

from freehold.borrow.check import Checked, check, check_analysed, check_solved
from freehold.borrow.context import Context, context

__all__ = ["Checked", "Context", "check", "check_analysed", "check_solved", "context"]
