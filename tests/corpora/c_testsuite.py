"""Run c-testsuite's single-exec programs under `freehold run`: output right, no report.

python -m tests.corpora.c_testsuite PATH [--match 00123]
"""

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.corpora.harness import run_freehold


def run_one(source: Path) -> str:
    """Return "" if the program prints what is expected, exits 0 and is not reported."""
    result = run_freehold([source])
    expected = Path(f"{source}.expected").read_bytes()
    if result.exit_code != 0:
        return f"exit {result.exit_code}, {result.summary()}"
    if result.stdout != expected:
        return "output differs"
    return f"reported {result.summary()}" if result.codes else ""


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
