"""Accept or reject: Freehold's C front end against gcc -pedantic-errors, on mutated programs.

Each source is a valid one with one to three mutations of tokens (delete, duplicate, swap, replace,
insert) or cut short. Usage:

    python -m tests.differential.mutate_c [--count N] [--seed S] [--list] [--save DIR] [PATH...]

PATHs are C files or folders of them; those that gcc refuses unmutated are left out. It prints the
rate of agreement, and each disagreement as `number file: gcc says ..., we say ...`.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from freehold.c.lex import lex
from freehold.c.parse import ParseOptions, parse
from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.c.sema import SemaOptions, analyse
from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic, Severity
from freehold.source import Source

ROOT = Path(__file__).parents[2]
DEFAULT = (ROOT / "tests" / "idioms" / "c", ROOT / "bench" / "kernels")
GCC = ("gcc", "-std=gnu11", "-pedantic-errors", "-fsyntax-only", "-x", "c")
LIMIT = 20  # seconds for one run of gcc

_MARKS = "; , ( ) { } [ ] = + - * & ! ~ . -> ++ -- == < > << ? : ... += % / | ^ && ||"
_WORDS = "int char void struct const static return if else for while 0 1 1.5 'c' x \"s\" sizeof"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One mutant: what gcc says (None: accepted) and what we say."""

    number: int
    file: Path
    text: str
    gcc: str | None
    ours: str | None

    @property
    def agrees(self) -> bool:
        """Whether both accept or both reject."""
        return (self.gcc is None) == (self.ours is None)


def mutate(text: str, rng: random.Random) -> str:
    """Return `text` with one to three mutations; preprocessing directives stay as they are."""
    if rng.random() < 0.05:
        return text[: rng.randrange(len(text))]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        tokens = _mutable(text)
        if len(tokens) < 2:
            return text
        text = _mutate_once(text, tokens, rng)
    return text


def _mutable(text: str) -> list[Token]:
    """Return the tokens of `text` outside of directives."""
    found = []
    in_directive = False
    for token in lex(Source("mutant.c", text))[0]:
        if token.bol:
            in_directive = token.text == "#"
        if not in_directive and token.kind != Kind.END:
            found.append(token)
    return found


def _mutate_once(text: str, tokens: Sequence[Token], rng: random.Random) -> str:
    at = rng.randrange(len(tokens) - 1)
    one, two = tokens[at], tokens[at + 1]
    here = text[one.start : one.end]
    match rng.choice(("delete", "delete", "duplicate", "swap", "replace", "replace", "insert")):
        case "delete":
            here = " "
        case "duplicate":
            here = f"{here} {here}"
        case "swap":
            there = text[two.start : two.end]
            return f"{text[: one.start]} {there} {here} {text[two.end :]}"
        case "replace":
            here = f" {_other(tokens, rng)} "
        case _:
            here = f"{here} {_other(tokens, rng)} "
    return text[: one.start] + here + text[one.end :]


def _other(tokens: Sequence[Token], rng: random.Random) -> str:
    """Return a token of the same program, or a common one."""
    pool = rng.random()
    if pool < 0.5:
        return rng.choice(tokens).text
    return rng.choice((_MARKS if pool < 0.8 else _WORDS).split())


def gcc_says(text: str, folder: Path) -> str | None:
    """Return gcc's first error, or None if it accepts."""
    with tempfile.NamedTemporaryFile("w", suffix=".c", errors="surrogateescape") as file:
        file.write(text)
        file.flush()
        command = [*GCC, f"-I{folder}", file.name]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, timeout=LIMIT
        )
    if done.returncode == 0:
        return None
    lines = done.stderr.splitlines()
    errors = [line.removeprefix(file.name) for line in lines if "error: " in line]
    return errors[0] if errors else done.stderr[:80]


def front_end(text: str, folder: Path) -> list[Diagnostic]:
    """Return what preprocessing, parsing and analysis find in `text`."""
    folders = (str(folder),)
    options = PreprocessOptions(quote_dirs=folders, include_dirs=folders)
    preprocessed = preprocess(Source("mutant.c", text), options)
    unit, found = parse(preprocessed.tokens, ParseOptions(pedantic_errors=True))
    found = [*preprocessed.diagnostics, *found]
    if unit is not None:
        found += analyse(unit, SemaOptions(pedantic_errors=True))[1]
    return found


def we_say(text: str, folder: Path) -> str | None:
    """Return our first error, or None if we accept."""
    refused = (Severity.ERROR, Severity.UNSUPPORTED)
    errors = [found for found in front_end(text, folder) if found.severity in refused]
    if not errors:
        return None
    at = errors[0].at
    place = f":{at.outermost().line}:{at.outermost().column}" if at else ""
    return f"{place}: {errors[0].code.id} {errors[0].message}"


def sources(paths: Sequence[Path]) -> list[Path]:
    """Return the C files under `paths`."""
    files: list[Path] = []
    for path in paths:
        files += sorted(path.glob("**/*.c")) if path.is_dir() else [path]
    return files


def verdicts(files: Sequence[Path], count: int, seed: int) -> Iterator[Verdict]:
    """Mutate, and ask both; mutant number n depends on the seed, n and the list of files only."""
    valid: dict[Path, bool] = {}
    number = made = 0
    while made < count:
        rng = random.Random(f"{seed}/{number}")
        file = rng.choice(files)
        text = file.read_text(errors="surrogateescape")
        if file not in valid:
            valid[file] = gcc_says(text, file.parent) is None
        if valid[file]:
            mutant = mutate(text, rng)
            gcc = gcc_says(mutant, file.parent)
            yield Verdict(number, file, mutant, gcc, we_say(mutant, file.parent))
            made += 1
        number += 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the rate of agreement; return 0 if it is at least 97 %."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=list(DEFAULT))
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, help="write the disagreements' sources there")
    options = parser.parse_args(arguments)
    files = sources(options.paths)
    seen: Counter[str] = Counter()
    for verdict in verdicts(files, options.count, options.seed):
        kind = "rejected" if verdict.gcc else "accepted"
        seen[kind if verdict.agrees else "disagreed"] += 1
        if not verdict.agrees:
            show(verdict, options.save)
    total = seen.total()
    rate = 100 * (total - seen["disagreed"]) / total
    print(f"{total} mutants: both accept {seen['accepted']}, both reject {seen['rejected']},")
    print(f"disagree {seen['disagreed']}: agreement {rate:.2f} %")
    return 0 if rate >= 97 else 1


def show(verdict: Verdict, save: Path | None) -> None:
    """Print a disagreement, and keep its source."""
    name = f"{verdict.number} {verdict.file.name}"
    print(f"{name}: gcc says {verdict.gcc or 'yes'}; we say {verdict.ours or 'yes'}", flush=True)
    if save is not None:
        save.mkdir(parents=True, exist_ok=True)
        path = save / f"{verdict.number}_{verdict.file.name}"
        path.write_text(verdict.text, errors="surrogateescape")


if __name__ == "__main__":
    sys.exit(main())
