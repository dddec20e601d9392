"""Robustness: mutated, cut and garbled Rust through `check` and `ownership`, some `run` and `view`.

Whatever the input, there is a verdict: no exception, no death of the process, and no check takes
longer than ten seconds of CPU.

    python -m tests.differential.fuzz_rust [--count N] [--start N] [--seed S] [--run EVERY]
        [--view EVERY] [--save DIR] [PATH...]

PATHs are Rust files, folders of them, or lists of them (`.txt`, a path a line). With `--run 50`
every fiftieth input is compiled and run as well, under limits. The inputs are taken by worker
processes, so that a death is known by its input.
"""

import argparse
import faulthandler
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time

from click.testing import CliRunner

from freehold.api import cache_folder
from freehold.cli.app import freehold
from freehold.driver.cache import Cache
from freehold.rust.lex import lex
from freehold.rust.token import Kind, Token
from freehold.source import Source

from .fuzz_front_end import garble

ROOT = Path(__file__).parents[2]
DEFAULT = (ROOT / "tests" / "run" / "rust", ROOT / "bench" / "kernels")
LIMIT = 10  # seconds of CPU
COMPILED = 60  # of an input that is compiled and run as well
WALL = 300  # seconds that pass on a busy machine before a worker is given up
BATCH = 40  # inputs a worker
MEMORY = 6 << 30

_MARKS = (
    "; , ( ) { } [ ] = + - * & ! . -> => == < > << >> ? : :: .. ..= += / % | || && ^ # @ $ _ ' &mut"
)
_WORDS = (
    "i32 u8 usize f64 str String Vec<i32> Option Box<dyn Fn()> Self self super crate let mut ref "
    "fn struct enum union trait impl for in while loop if else match return break continue move "
    "unsafe extern const static type where use mod pub dyn async await as 0 1 1.5 'c' x \"s\" 'a "
    "'static T &'a true println! vec! panic! format! matches! assert! macro_rules!"
)


_CHECKED = frozenset(("refused", "unsupported", "passed"))
_NAMED = frozenset((Kind.IDENT, Kind.LIFETIME, Kind.INT, Kind.FLOAT, Kind.STR, Kind.PUNCT))
_LIKE = {
    "&": ["&mut ", "*", "&&", ""],
    "*": ["&", "", "**", "+"],
    "+": ["-", "<<", "%", "=="],
    "==": ["!=", "=", "<", "+="],
    "=": ["+=", "==", "=>"],
    ".": ["..", "::", ".0."],
    "::": [".", "::<u8>::"],
    "->": ["=>", "-> &", "-> impl"],
    "<": ["<=", "<'a, "],
    "?": ["", "??"],
}


@dataclass(frozen=True, slots=True)
class Input:
    """One mutant of a file."""

    number: int
    file: Path
    text: str


@dataclass(frozen=True, slots=True)
class Every:
    """Of how many inputs one is run, one is viewed; 0: none."""

    run: int = 0
    view: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input: how far it came, or what went wrong."""

    number: int
    reached: str
    seconds: float = 0.0
    failure: str = ""


def mutate(text: str, rng: random.Random) -> str:
    """Return `text` with one to three tokens deleted, doubled, exchanged, replaced or added."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        tokens = [one for one in lex(Source("mutant.rs", text))[0] if one.kind is not Kind.END]
        if len(tokens) < 2:
            return text
        text = _mutate_once(text, tokens, rng)
    return text


def _mutate_once(text: str, tokens: Sequence[Token], rng: random.Random) -> str:
    at = rng.randrange(len(tokens) - 1)
    one, two = tokens[at].span, tokens[at + 1].span
    here, there = text[one.start : one.end], text[two.start : two.end]
    match rng.choice(("delete", "delete", "duplicate", "swap", "replace", "replace", "insert")):
        case "delete":
            here = " "
        case "duplicate":
            here = f"{here} {here}"
        case "swap":
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
    return rng.choice((_MARKS if pool < 0.75 else _WORDS).split())


def garble_rust(text: str, rng: random.Random) -> str:
    """Return `text` changed: for the most part so that it still parses, and goes far."""
    if rng.random() < 0.4:
        return garble(text, rng, mutate)
    for _ in range(rng.randint(1, 2)):
        text = _exchange(text, rng) if rng.random() < 0.7 else _move_line(text, rng)
    return text


def _exchange(text: str, rng: random.Random) -> str:
    """Return `text` with one token replaced by another of its kind."""
    tokens = [one for one in lex(Source("mutant.rs", text))[0] if one.kind in _NAMED]
    if not tokens:
        return text
    one = rng.choice(tokens)
    alike = [other.text for other in tokens if other.kind is one.kind and other.text != one.text]
    if one.kind is Kind.PUNCT or not alike:
        alike = _LIKE.get(one.text, ["&mut ", "&", "*", "-"]) if one.kind is Kind.PUNCT else ["0"]
    return f"{text[: one.span.start]} {rng.choice(alike)} {text[one.span.end :]}"


def _move_line(text: str, rng: random.Random) -> str:
    """Return `text` with one line left out, doubled, or put elsewhere."""
    lines = text.splitlines(keepends=True)
    line = lines.pop(rng.randrange(len(lines)))
    for _ in range(rng.randrange(3)):
        lines.insert(rng.randint(0, len(lines)), line)
    return "".join(lines)


# ------------------------------------------------------------------------------------ in a worker


def take(one: Input, every: Every, folder: Path) -> str:
    """Put an input through the commands whose turn it is; return how far it came."""
    file = folder / "fuzz.rs"
    file.write_text(one.text, errors="surrogateescape")
    # One half is repaired like a snippet.
    strict = ["--strict"] if one.number % 2 else []
    ended = _command("check", *strict, str(file))
    _command("ownership", *strict, str(file))
    reached = {0: "passed", 1: "refused", 2: "refused", 3: "unsupported"}[ended]
    if every.run and one.number % every.run == 0:
        _command("run", *strict, *_LIMITS, "--memory", "256M", "--max-output", "1M", str(file))
        reached = f"run, {reached}"
    if every.view and one.number % every.view == 0:
        _command("view", *strict, *_LIMITS, "--ascii", "--steps", "20000", str(file))
        reached = f"{reached}, viewed"
    return reached


_LIMITS = ("--timeout", "5")


def _command(*arguments: str) -> int:
    """Call a command in this process; return its exit code."""
    result = CliRunner().invoke(freehold, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code


def _work(inputs: Sequence[Input], every: Every, pipe: Connection, dump: str) -> None:
    if every == Every():  # a run reserves terabytes
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with Path(dump).open("w") as file:
        faulthandler.enable(file)
        threading.stack_size(512 << 20)
        sys.setrecursionlimit(60_000)
        thread = threading.Thread(target=_take_all, args=(inputs, every, pipe, file))
        thread.start()
        thread.join()
    os._exit(0)


def _take_all(inputs: Sequence[Input], every: Every, pipe: Connection, file: object) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fuzz_rust_"))
    for one in inputs:
        faulthandler.dump_traceback_later(WALL, exit=True, file=file)  # type: ignore[arg-type]
        start = process_time()
        failure = ""
        try:
            reached = take(one, every, folder)
        except BaseException:
            reached, failure = "failed", traceback.format_exc(limit=-4)
        taken = process_time() - start
        limit = LIMIT if reached in _CHECKED else COMPILED
        if taken > limit and not failure:
            reached, failure = "failed", f"took {taken:.1f} s of CPU"
        pipe.send(Outcome(one.number, reached, taken, failure))
    pipe.close()
    shutil.rmtree(folder)


# ------------------------------------------------------------------------------------ the parent


def taken(inputs: Sequence[Input], every: Every) -> Iterator[Outcome]:
    """Return the outcome of each input; a worker that dies leaves the rest to the next one."""
    context = multiprocessing.get_context("fork")
    at = 0
    while at < len(inputs):
        batch = inputs[at : at + BATCH]
        ours, theirs = context.Pipe(duplex=False)
        with tempfile.NamedTemporaryFile("r") as dump:
            worker = context.Process(target=_work, args=(batch, every, theirs, dump.name))
            worker.start()
            theirs.close()
            done = 0
            try:
                for _ in batch:
                    yield ours.recv()
                    done += 1
            except EOFError:
                worker.join()
                failure = f"the process ended ({worker.exitcode})\n{dump.read()[:1500]}"
                yield Outcome(batch[done].number, "failed", failure=failure)
                done += 1
            worker.join()
        at += done


def sources(paths: Sequence[Path]) -> list[Path]:
    """Return the Rust files that `paths` mean."""
    found: list[Path] = []
    for path in paths:
        if path.suffix == ".txt":
            found += map(Path, path.read_text().split())
        else:
            found += sorted(path.rglob("*.rs")) if path.is_dir() else [path]
    return found


def inputs_of(files: Sequence[Path], seed: int, numbers: Sequence[int]) -> list[Input]:
    """Return the mutants with these numbers."""
    made: list[Input] = []
    for number in numbers:
        rng = random.Random(f"{seed}/{number}")
        file = rng.choice(files)
        text = file.read_text(errors="surrogateescape") or "fn main() {}"
        made.append(Input(number, file, garble_rust(text, rng)))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz; print each failure, and how far the inputs came. Return 0 if none failed."""
    from freehold.driver.rust import check_source, load_std  # noqa: PLC0415  (heavy)

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=list(DEFAULT))
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--start", type=int, default=0, help="the number of the first input")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--run", type=int, default=0, metavar="EVERY")
    parser.add_argument("--view", type=int, default=0, metavar="EVERY")
    parser.add_argument("--save", type=Path, help="write the failing inputs there")
    options = parser.parse_args(arguments)
    load_std(Cache(cache_folder()))
    check_source(Source("warm.rs", 'fn main() { println!("{}", 1); }'))  # the workers inherit it
    files = sources(options.paths)
    reached: Counter[str] = Counter()
    slowest, start = 0.0, perf_counter()
    inputs = inputs_of(files, options.seed, range(options.start, options.start + options.count))
    for one, outcome in zip(inputs, taken(inputs, Every(options.run, options.view)), strict=True):
        reached[outcome.reached] += 1
        slowest = max(slowest, outcome.seconds)
        if outcome.failure:
            print(f"{one.number} {one.file.name}: {outcome.failure}", flush=True)
            if options.save is not None:
                options.save.mkdir(parents=True, exist_ok=True)
                path = options.save / f"{one.number}_{one.file.name}"
                path.write_text(one.text, errors="surrogateescape")
    print(
        f"{options.count} inputs: {dict(reached)}; slowest {slowest:.1f} s of CPU; "
        f"{perf_counter() - start:.0f} s in all"
    )
    return 1 if reached["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
