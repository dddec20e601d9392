"""Run c-testsuite's single-exec programs under `freehold run`: output right, no report.

python -m tests.corpora.c_testsuite PATH [--match 00123]
"""

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.corpora.harness import run_freehold

# Programs with a real fault, and what is to be said of it.
TRUE_REPORTS = {
    "00141": "FH0401",  # adds two variables that were never set
    "00144": "FH0401",  # tests a variable that was never set
    "00178": "FH0603",  # %d for a size_t
    "00179": "FH0603",  # %d for a size_t
    "00184": "FH0603",  # %d for a size_t
}


def run_one(source: Path) -> str:
    """Return "" if the program prints what is expected, and only real faults are reported."""
    result = run_freehold([source])
    expected = Path(f"{source}.expected").read_bytes()
    fault = TRUE_REPORTS.get(source.stem)
    if result.codes != ({fault} if fault else set()):
        return f"reported {result.summary()}"
    if result.exit_code != (1 if fault else 0):
        return f"exit {result.exit_code}, {result.summary()}"
    return "" if result.stdout == expected else "output differs"


def main() -> int:
    """Run the suite and print the failures and the score."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--match", default="")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    every = sorted((args.path / "tests" / "single-exec").glob("*.c"))
    sources = [source for source in every if args.match in source.stem]
    with ThreadPoolExecutor(args.jobs) as pool:
        answers = list(pool.map(run_one, sources))
    for source, answer in zip(sources, answers, strict=True):
        if answer:
            print(f"{source.name}: {answer}")
    passed = answers.count("")
    print(f"c-testsuite: {passed} of {len(sources)} right")
    return 0 if passed == len(sources) else 1


if __name__ == "__main__":
    sys.exit(main())
