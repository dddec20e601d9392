"""Build cJSON's library and its own tests from its sources as they are; they pass and run clean.

python -m tests.corpora.cjson PATH [--match print]
"""

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.corpora.harness import run_freehold

# Tests that include cJSON.c itself; the others are linked against the library's sources.
ALONE = "common.h"


def run_test(test: Path, root: Path) -> str:
    """Return "" if one test program passes without a report."""
    text = test.read_text()
    sources = [test, root / "tests" / "unity" / "src" / "unity.c"]
    if f'#include "{ALONE}"' not in text:
        sources.append(root / "cJSON.c")
    if "cJSON_Utils.h" in text:
        sources.append(root / "cJSON_Utils.c")
    options = ["-w", f"-I{root}", f"-I{root / 'tests'}"]
    result = run_freehold(sources, options=options, cwd=root / "tests")
    tail = result.stdout.decode(errors="replace").strip().splitlines()[-1:]
    if result.exit_code != 0 or result.codes:
        return f"exit {result.exit_code}, {result.summary()}, {tail}"
    return "" if tail == ["OK"] else f"prints {tail}"


def main() -> int:
    """Run every test program, print the failures and the score."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--match", default="")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    tests = [
        path
        for path in sorted((args.path / "tests").glob("*.c"))
        if "unity_setup" not in path.name and args.match in path.stem
    ]
    with ThreadPoolExecutor(args.jobs) as pool:
        answers = list(pool.map(lambda test: run_test(test, args.path), tests))
    for test, answer in zip(tests, answers, strict=True):
        if answer:
            print(f"{test.name}: {answer}")
    print(f"cJSON: {answers.count('')} of {len(tests)} test programs pass clean")
    return 0 if not any(answers) else 1


if __name__ == "__main__":
    sys.exit(main())
