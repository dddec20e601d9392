"""CPU seconds of the small commands: `--version`, hello world new and seen, the first build.

python -m bench.startup [--runs 5]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HELLO = '#include <stdio.h>\nint main(void)\n{{\n    printf("hello {}\\n");\n    return 0;\n}}\n'


def cpu(command: list[str], cache: Path) -> float:
    """Return user + system seconds of `command` and what it started, with its own cache folder."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    """Measure and print, medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    freehold = [sys.executable, "-m", "freehold"]
    with tempfile.TemporaryDirectory() as scratch:
        cache, source = Path(scratch) / "cache", Path(scratch) / "hello.c"
        version = [cpu([*freehold, "--version"], cache) for _ in range(args.runs)]
        source.write_text(HELLO.format("first"))
        first = cpu([*freehold, "run", str(source)], cache)
        new, seen = [], []
        for run in range(args.runs):
            source.write_text(HELLO.format(run))
            new.append(cpu([*freehold, "run", str(source)], cache))
            seen.append(cpu([*freehold, "run", str(source)], cache))
    print(f"freehold --version             {statistics.median(version):.3f} s CPU (aim 0.1)")
    print(f"hello world, first run of all  {first:.3f} s CPU (aim 8)")
    print(f"hello world, never seen        {statistics.median(new):.3f} s CPU (aim 0.8)")
    print(f"hello world, seen before       {statistics.median(seen):.3f} s CPU (aim 0.4)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
