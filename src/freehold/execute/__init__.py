"""Linking, the child process, fault records, and what they say.

`run(image, runtime, options, sink)` runs a compiled program and returns an `Outcome`. Knows nothing
of C: it sees object files, sites, and the records that the run time sends.
"""

from freehold.execute.load import Unresolved
from freehold.execute.options import LeakSummary, Losses, Outcome, RunOptions
from freehold.execute.run import Image, run, run_loaded

__all__ = [
    "Image",
    "LeakSummary",
    "Losses",
    "Outcome",
    "RunOptions",
    "Unresolved",
    "run",
    "run_loaded",
]
