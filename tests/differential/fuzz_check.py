"""Robustness: mutated, cut and garbled C through the static check, in this process.

Whatever the input, there is a verdict: no exception, at most ten seconds of CPU, at most 2 GiB.

    python -m tests.differential.fuzz_check [--count N] [--seed S] [--save DIR] [PATH...]

Most inputs still compile: a statement is left away or done twice, a number, operator or name is
another one.
"""

import random
import re
import resource
import sys
from pathlib import Path

from freehold.diagnostics import Severity
from freehold.driver.options import CompileOptions
from freehold.driver.static import check_c
from freehold.source import Source

from . import fuzz_front_end

MEMORY = 2 << 30


def checked(text: str, folder: Path) -> str:
    """Check `text`; return how far it came."""
    options = CompileOptions(include_dirs=(str(folder),), warnings=False)
    done = check_c([(Source("fuzz.c", text), options)], pedantic=True)
    severities = {one.severity for one in done.findings if one.code.id >= "FH1"}
    if severities & {Severity.ERROR, Severity.UNSUPPORTED}:
        return "refused"
    return "with findings" if done.findings else "clean"


_STATEMENT = re.compile(r"(?<=[;{}])\s*([^;{}#\n]+;)")
_NUMBER = re.compile(r"\b\d+\b")
_NAME = re.compile(r"\b[a-z_]\w*\b(?!\s*\()")
_OPERATORS = ("<", "<=", ">", ">=", "==", "!=", "+", "-", "*", "&", "|", "&&", "||")
_OPERATOR = re.compile(r" (<|<=|>|>=|==|!=|\+|-|\*|&|\||&&|\|\|) ")


def spoiled(text: str, rng: random.Random) -> str:
    """Return `text` with a few edits after which it most likely still compiles, or garbled."""
    if rng.random() < 0.25:
        return fuzz_front_end.garble(text, rng)
    for _ in range(rng.randint(1, 4)):
        text = rng.choice((_statement, _number, _operator, _name))(text, rng)
    return text


def _statement(text: str, rng: random.Random) -> str:
    found = list(_STATEMENT.finditer(text))
    if not found:
        return text
    one = rng.choice(found)
    new = rng.choice(("", f"{one[1]} {one[1]}", f"if (0) {one[1]}", f"while (1) {{ {one[1]} }}"))
    return text[: one.start(1)] + new + text[one.end(1) :]


def _number(text: str, rng: random.Random) -> str:
    return _other(text, _NUMBER, rng, ("0", "1", "-1", "7", "4096", "2147483647", "1000000000"))


def _operator(text: str, rng: random.Random) -> str:
    return _other(text, _OPERATOR, rng, tuple(f" {one} " for one in _OPERATORS))


def _name(text: str, rng: random.Random) -> str:
    names = tuple({one[0] for one in _NAME.finditer(text)})
    return _other(text, _NAME, rng, names) if names else text


def _other(text: str, what: re.Pattern[str], rng: random.Random, by: tuple[str, ...]) -> str:
    found = list(what.finditer(text))
    if not found:
        return text
    one = rng.choice(found)
    return text[: one.start()] + rng.choice(sorted(by)) + text[one.end() :]


def main() -> int:
    """Fuzz; return 0 if nothing failed."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    return fuzz_front_end.main(stage=checked, spoil=spoiled)


if __name__ == "__main__":
    sys.exit(main())
