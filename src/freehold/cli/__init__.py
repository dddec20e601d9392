"""The command line. Nothing is imported before it is needed: start-up is part of the feel."""

import gc
import sys

from freehold import __version__


def main() -> None:
    """Run `freehold` with the arguments of this process; exits."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"freehold {__version__}\n")
        return
    # What a run makes lives until it ends, or is let go of file by file (`driver.check`).
    gc.disable()
    from freehold.cli.app import freehold  # click alone is most of --version

    freehold.main(prog_name="freehold")
