"""Robustness: mutated, cut and garbled C through the whole front end, in this process.

Whatever the input, there is a verdict: no exception, and nothing takes longer than ten seconds.

    python -m tests.differential.fuzz_front_end [--count N] [--seed S] [--save DIR] [PATH...]
"""

import argparse
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from types import FrameType

from freehold.c.depth import deep_recursion
from freehold.c.lower import lower
from freehold.c.parse import parse
from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.c.sema import SemaOptions, analyse
from freehold.diagnostics import Diagnostic, Severity
from freehold.source import Source

from .mutate_c import DEFAULT, sources
from .mutate_c import mutate as mutate_c

LIMIT = 10  # seconds of CPU
REFUSED = (Severity.ERROR, Severity.UNSUPPORTED)

Mutation = Callable[[str, random.Random], str]
Spoil = Callable[[str, random.Random], str]
Stage = Callable[[str, Path], str]


class Hang(Exception):
    """An input took longer than `LIMIT`."""


def garble(text: str, rng: random.Random, mutate: Mutation = mutate_c) -> str:
    """Return `text` cut short, with characters changed, or with tokens changed by `mutate`."""
    kind = rng.random()
    if kind < 0.2:
        return text[: rng.randrange(len(text))]
    if kind < 0.4:
        characters = list(text)
        for _ in range(rng.randint(1, 20)):
            at = rng.randrange(len(characters))
            characters[at] = rng.choice("\0\\\"'#(){}[]<>;,.:?*&\n\t%@$`é\ufeff\udc80/+-=09afx")
        return "".join(characters)
    if kind < 0.5:
        start = rng.randrange(len(text))
        return text[:start] + text[start : start + rng.randint(1, 200)] * rng.randint(2, 9)
    for _ in range(rng.randint(1, 4)):
        text = mutate(text, rng) or ";"
    return text


def front_end(text: str, folder: Path) -> str:
    """Take `text` as far as it goes; return the name of the stage that it reaches."""
    folders = (str(folder),)
    options = PreprocessOptions(quote_dirs=folders, include_dirs=folders)
    preprocessed = preprocess(Source("fuzz.c", text), options)
    unit, found = parse(preprocessed.tokens)
    if unit is None or refused([*preprocessed.diagnostics, *found]):
        return "parsed"
    with deep_recursion():
        tree, found = analyse(unit, SemaOptions())
        if refused(found):
            return "analysed"
        lower(tree)
    return "lowered"


def refused(found: Sequence[Diagnostic]) -> bool:
    """Tell whether one of these ends the compilation."""
    return any(diagnostic.severity in REFUSED for diagnostic in found)


def within_limit(stage: Stage, text: str, folder: Path) -> str:
    """Run `stage`; raise Hang if it takes longer than `LIMIT` seconds of CPU."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        return stage(text, folder)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def main(
    arguments: Sequence[str] | None = None, stage: Stage = front_end, spoil: Spoil = garble
) -> int:
    """Fuzz; print each failure, and how far the inputs came. Return 0 if none failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=list(DEFAULT))
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, help="write the failing inputs there")
    options = parser.parse_args(arguments)
    files = sources(options.paths)
    reached: Counter[str] = Counter()
    slowest = 0.0
    for number in range(options.count):
        rng = random.Random(f"{options.seed}/{number}")
        file = rng.choice(files)
        text = spoil(file.read_text(errors="surrogateescape"), rng)
        start = perf_counter()
        try:
            reached[within_limit(stage, text, file.parent)] += 1
        except Exception:
            reached["failed"] += 1
            print(f"{number} {file.name}: {traceback.format_exc(limit=-3)}", flush=True)
            if options.save is not None:
                options.save.mkdir(parents=True, exist_ok=True)
                path = options.save / f"{number}_{file.name}"
                path.write_text(text, errors="surrogateescape")
        slowest = max(slowest, perf_counter() - start)
    print(f"{options.count} inputs: {dict(reached)}; slowest {slowest:.1f} s")
    return 1 if reached["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
