"""Symbolic execution of C's MIR, function by function, and the summaries that it leaves.

It knows the program's MIR and the table of libc's effects; not how a finding is worded.
"""

from freehold.effects.faults import Fault, Finding, Kind
from freehold.effects.job import Options
from freehold.effects.program import Analysed, Limit, analyse_function

__all__ = ["Analysed", "Fault", "Finding", "Kind", "Limit", "Options", "analyse_function"]
