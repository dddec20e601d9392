"""Symbolic execution of C's MIR, function by function, and the summaries that it leaves.

It knows the program's MIR and the table of libc's effects; not how a finding is worded.
"""

from freehold.effects.faults import Fault, Finding, Kind
from freehold.effects.job import Options
from freehold.effects.program import Findings, Limit, check_program

__all__ = ["Fault", "Finding", "Findings", "Kind", "Limit", "Options", "check_program"]
