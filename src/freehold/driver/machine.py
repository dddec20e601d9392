"""Whether this machine can run what we compile."""

import os
import sys

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import PLATFORM


def unsupported_machine() -> Diagnostic | None:
    """Return why `run` cannot work here, None if it can: Linux, x86-64, glibc."""
    if sys.platform == "linux" and os.uname().machine == "x86_64" and _has_glibc():
        return None
    return Diagnostic(PLATFORM, None, {"command": "freehold run"})


def _has_glibc() -> bool:
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (ValueError, OSError):
        return False
