"""What each kind of check costs: the kernels with one kind left out at a time.

    python -m bench.costs [--runs 3] [--only matmul,hash]

A kind is left out by replacing the function of `freehold.codegen` that writes it, in a process of
its own with a cache of its own. The difference to the whole is what it costs. One row asks the
shadow at each access, and not what descriptors know of it. The last rows have no check at all: what
is left is the price of keeping handles and shadows true, then that of the calling convention, of
frames that can be walked, of the allocator and of libc's wrappers, which check as ever.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.kernels import KERNELS, NAMES, PEERS, geometric, measure, measure_freehold, median

ALIGNMENT = "bounds.aligned_ok = shadow.aligned_ok = lambda f, spot, size: None"
UNINITIALISED = (
    "memory.readable = lambda f, spot, size, carry: "
    "(bounds.checked_address(f, spot, size, write=False), None);"
    "places.must_be_set = values.must_be_set = lambda f, value, local=None: value"
)
# Handles are still loaded where something that is not left out needs them.
BOUNDS = (
    "bounds.checked_address = memory.checked_address = shadow.checked_address = "
    "values.checked_address = lambda f, spot, size, *, write: spot.address;"
    "memory.readable = lambda f, spot, size, *, carry: (spot.address, None);"
    "memory.writable = lambda f, spot, size, extent: None"
)
HANDLES = (
    "memory._known_handle = lambda f, address, value, misaligned: "
    "memory._kept_handle(f, address);"
    "memory._tagged_handle = lambda f, address, value, misaligned: "
    "(None, memory._kept_handle(f, address));"
    "memory._leave_misaligned = lambda f, spot, address: None"
)
SHADOWS = (
    "memory.store_shadow = memory.lower_unset = memory.lower_tagged = memory.set_padding = "
    "memory._set_beyond = lambda *arguments: None"
)
BY_SHADOW = "memory.asks_descriptor = shadow.asks_descriptor = lambda f, spot: False"
KINDS = {
    "all checks": "",
    "no alignment": ALIGNMENT,
    "no initialisation": UNINITIALISED,
    "neither": ";".join((ALIGNMENT, UNINITIALISED)),
    "by the shadow alone": BY_SHADOW,
    "handles unchecked": HANDLES,
    "no check": ";".join((ALIGNMENT, UNINITIALISED, BOUNDS, HANDLES)),
    "nor shadow stores": ";".join((ALIGNMENT, UNINITIALISED, BOUNDS, HANDLES, SHADOWS)),
}
_START = """
import sys
from freehold.codegen import bounds, memory, places, shadow, values
{patch}
from freehold.cli import main
sys.argv[0] = "freehold"
main()
"""


def seconds(name: str, patch: str, runs: int, cwd: Path) -> float | None:
    """Return the kernel's CPU seconds, the median of `runs`, with `patch` applied."""
    stub = cwd / "python"
    stub.write_text(f'#!{sys.executable}\n"""Stands for python -m freehold."""\n')
    code = _START.format(patch=patch or "pass")
    stub.write_text(f"#!/bin/sh\nshift 2\nexec {sys.executable} -c '{code}' \"$@\"\n")
    stub.chmod(0o755)
    before = sys.executable
    try:
        sys.executable = str(stub)
        source = KERNELS / f"{name}.c"
        measure_freehold(source, cwd)  # compile once, into the cache
        found = median([measure_freehold(source, cwd) for _ in range(runs)])
    finally:
        sys.executable = before
    return None if found is None else found.seconds


def native(name: str, runs: int, cwd: Path) -> float:
    """Return gcc -O2's seconds."""
    exe = cwd / name
    places = {"source": str(KERNELS / f"{name}.c"), "exe": str(exe)}
    subprocess.run([part.format(**places) for part in PEERS[0].build], check=True)
    found = median([measure([str(exe)], cwd) for _ in range(runs)])
    assert found is not None
    return found.seconds


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    names = args.only.split(",") if args.only else NAMES
    print(f"{'CPU, x gcc -O2':<20}" + "".join(f"{name:>12}" for name in names) + f"{'mean':>12}")
    with tempfile.TemporaryDirectory() as cwd:
        base = {name: native(name, args.runs, Path(cwd)) for name in names}
    for kind, patch in KINDS.items():
        with tempfile.TemporaryDirectory() as cwd:
            os.environ["XDG_CACHE_HOME"] = cwd
            taken = {name: seconds(name, patch, args.runs, Path(cwd)) for name in names}
        ratios = [None if one is None else one / base[name] for name, one in taken.items()]
        cells = "".join(f"{'failed' if one is None else f'{one:.2f}':>12}" for one in ratios)
        good = [one for one in ratios if one is not None]
        print(f"{kind:<20}{cells}{geometric(good) if good else 0:>12.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
