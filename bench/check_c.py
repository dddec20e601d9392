"""CPU seconds of `freehold check` of C projects, and what it finds there.

python -m bench.check_c [--list] FOLDER...

Each FOLDER is a checkout of cJSON, lua or zlib: its sources are linked as one program and checked
without a cache. A line for each: thousands of lines, seconds of CPU for each (reading, analysis),
findings by level; with --list the findings. A fixed computation is timed beside it, to tell a slow
machine from a slow checker.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from freehold.cli.sources import read_sources
from freehold.driver.options import CompileOptions
from freehold.driver.static import check_c

# Sources that are no part of the program: included by others, or programs of their own.
LEFT_OUT = {"onelua.c", "ltests.c", "test.c"}
OPTIONS = CompileOptions(warnings=False)


def sources_of(folder: Path) -> list[Path]:
    """Return the C files of a project that are linked together."""
    return [path for path in sorted(folder.glob("*.c")) if path.name not in LEFT_OUT]


def measure(folder: Path, *, listed: bool) -> None:
    """Check one project and print its line."""
    files = sources_of(folder)
    lines = sum(path.read_text(errors="replace").count("\n") for path in files) / 1000
    sources, _ = read_sources([str(path) for path in files])
    start = time.process_time()
    done = check_c([(source, OPTIONS) for source in sources], pedantic=False)
    seconds = time.process_time() - start
    levels = Counter(one.severity.value for one in done.findings)
    found = ", ".join(f"{count} {level}" for level, count in sorted(levels.items())) or "none"
    print(
        f"{folder.name:<8} {lines:5.1f} KLOC {seconds:6.1f} s {seconds / lines:6.2f} s/KLOC "
        f"(aim 1.5) findings: {found}"
    )
    for note in done.notes:
        print(f"  {note}")
    if listed:
        for one in done.findings:
            at = one.at.outermost() if one.at is not None else None
            where = f"{Path(at.source.name).name}:{at.line}" if at is not None else ""
            print(f"  {one.code.id} {one.severity.value:<8} {where:<20} {one.message}")


def yardstick() -> float:
    """Return the seconds of a fixed computation."""
    start = time.process_time()
    sum(i * i for i in range(20_000_000))
    return time.process_time() - start


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    for folder in args.folders:
        measure(folder, listed=args.list)
    print(f"yardstick {yardstick():.2f} s (1.3 on a usual machine)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
