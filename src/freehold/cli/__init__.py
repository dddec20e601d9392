"""The command line. Nothing is imported before it is needed: start-up is part of the feel."""

import gc
import os
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

    try:
        freehold.main(prog_name="freehold")
    except OSError as error:  # what is to be said cannot be written: a full disk
        where = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"freehold: {where}{(error.strerror or str(error)).lower()}\n")
        _forget_stdout()
        raise SystemExit(2) from error
    finally:
        gc.freeze()  # else Python looks through all of it once more as it ends


def _forget_stdout() -> None:
    """Let what is left in stdout's buffer go nowhere: it would fail again when we end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
