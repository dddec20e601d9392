"""How fast the C front end reads: tokens a second of each stage, best of three.

Usage: python -m bench.front_end FILE... [-I FOLDER]... (default: the kernels).
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time
from typing import TypeVar

from freehold.c.parse import parse
from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.source import Source

T = TypeVar("T")
KERNELS = sorted((Path(__file__).parent / "kernels").glob("*.c"))


def timed(stage: Callable[[], T]) -> tuple[T, float]:
    """Run `stage` three times; return its result and the least CPU seconds."""
    best = float("inf")
    for _ in range(3):
        start = process_time()
        result = stage()
        best = min(best, process_time() - start)
    return result, best


def main() -> None:
    """Measure each file, and all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=KERNELS)
    parser.add_argument("-I", dest="include", action="append", default=[])
    arguments = parser.parse_args()
    totals = [0.0, 0.0, 0.0]
    print(f"{'file':32} {'tokens':>9} {'preprocess':>12} {'parse':>12}   tokens a second")
    for file in arguments.files:
        source = Source(str(file), file.read_text(errors="surrogateescape"))
        folders = (str(file.parent), *arguments.include)
        options = PreprocessOptions(quote_dirs=folders, include_dirs=folders)
        made, preprocessing = timed(partial(preprocess, source, options))
        _, parsing = timed(partial(parse, made.tokens))
        show(file.name, len(made.tokens), preprocessing, parsing)
        totals = [
            a + b for a, b in zip(totals, (len(made.tokens), preprocessing, parsing), strict=True)
        ]
    show("all", int(totals[0]), totals[1], totals[2])


def show(name: str, tokens: int, preprocessing: float, parsing: float) -> None:
    """Print one line of the table."""
    rates = f"{tokens / preprocessing:12,.0f} {tokens / parsing:12,.0f}"
    print(f"{name:32} {tokens:9,} {rates}")


if __name__ == "__main__":
    main()
