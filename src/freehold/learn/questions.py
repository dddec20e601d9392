"""The knowledge checks: each question has a program, and what the program does is the answer.

No key is kept: a choice says what a run would show if it were right, and the run decides.
"""

import re

from freehold.api import check, run
from freehold.diagnostics import Severity
from freehold.heap import replay
from freehold.learn.model import PROGRAMS, Grade, Point, Ungraded
from freehold.records import dataclass
from freehold.source import Source, read

_GIVEN = re.compile(r"^(\d+)\.|^\s*answer:[ \t]*([^\n]*)$", re.M)
_HEAD = """freehold learn: questions

Write the letter of your answer behind the word. Then:  freehold learn grade questions.txt
"""
FOLDER = PROGRAMS / "questions"


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be answered, and what the program would show then: a code, or words it prints."""

    text: str
    shows: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `file` in FOLDER is the program, or `heap N: SCRIPT` a replay on N bytes.

    `act` is how it is looked at: `run`, `check`, or `fail N`, a run whose Nth allocation fails.
    """

    text: str
    file: str
    act: str
    choices: tuple[Choice, ...]


NOTHING, PANIC = "nothing found", "panicked at"

QUESTIONS = (
    Question(
        "A program says `row = realloc(row, n)`, and realloc cannot serve it. The old block",
        "lost_row.c",
        "fail 2",
        (
            Choice("was released by realloc, which is why it returns NULL", NOTHING),
            Choice("is still allocated, and the program has lost the only pointer to it", "FH0801"),
            Choice("is still what `row` points to", "row is kept"),
        ),
    ),
    Question(
        "C leaves a function by `goto cleanup`, to release what it has got. In Rust",
        "way_out.rs",
        "run",
        (
            Choice("each `return` needs a call of `drop` before it", "caller goes on;"),
            Choice("what it owns is dropped on every way out", "released; caller goes on;"),
            Choice("a collector drops it later", "caller goes on; released;"),
        ),
    ),
    Question(
        "`let b = a;` moves a Vec. Can `drop(a)` and `drop(b)` release it twice?",
        "moved_twice.rs",
        "check",
        (
            Choice("no: the second drop sees at run time that it is empty", NOTHING),
            Choice("no: `a` may not be used any more, and the program does not compile", "E0382"),
            Choice("yes, as in C", "FH0202"),
        ),
    ),
    Question(
        "Two values hold an `Rc` of each other, and main ends. Then",
        "ring.rs",
        "run",
        (
            Choice("both are dropped", NOTHING),
            Choice("the program panics", PANIC),
            Choice("neither is dropped: the memory is lost", "FH0801"),
        ),
    ),
    Question(
        "A vector starts with room for no item, and doubles its room when it is full. In Rust, "
        "with a boxed slice, the first push",
        "no_room.rs",
        "run",
        (
            Choice("does not compile", "E0"),
            Choice("panics: the index is out of bounds", PANIC),
            Choice("writes past the end of the slice", "FH0101"),
        ),
    ),
    Question(
        "`Vec::new()` of i32, and five pushes. Its capacity, in today's std, is",
        "five_pushes.rs",
        "run",
        (Choice("5", "capacity 5"), Choice("8", "capacity 8"), Choice("16", "capacity 16")),
    ),
    Question(
        "`free(p); free(p);` is wrong. `free(p); p = NULL; free(p);`",
        "free_null.c",
        "run",
        (
            Choice("is wrong, too", "FH0202"),
            Choice("does nothing the second time", NOTHING),
            Choice("ends the program", "FH0702"),
        ),
    ),
    Question(
        "A heap of 10 bytes: A takes 5, B takes 1, A is released, C takes 2. D asks for 5, and "
        "gets nothing (first fit), since",
        "heap 10: A=5 B=1 free:A C=2 D=5",
        "run",
        (
            Choice("4 bytes are free", "4 bytes are free"),
            Choice("7 bytes are free, but no 5 in a row", "7 bytes are free, in holes of 3 and 4"),
            Choice("the heap is full", "nothing is free"),
        ),
    ),
    Question(
        "Two `borrow_mut()` of one RefCell are alive at once. That",
        "two_writers.rs",
        "run",
        (
            Choice("does not compile", "E0499"),
            Choice("panics", PANIC),
            Choice("works: interior mutability allows it", NOTHING),
        ),
    ),
    Question(
        "A pool gives out parts of one block that malloc made. `free` of such a part",
        "part_of_pool.c",
        "run",
        (
            Choice("releases that part", NOTHING),
            Choice("releases the whole pool", "FH0201"),
            Choice("is an error: it is no pointer that malloc returned", "FH030"),
        ),
    ),
    Question(
        "`mem::forget(v)` of a Vec, in safe code,",
        "forgotten.rs",
        "run",
        (
            Choice("does not compile without `unsafe`", "E0133"),
            Choice("compiles, and the memory is lost", "FH0801"),
            Choice("releases the memory at once", NOTHING),
        ),
    ),
    Question(
        "A function takes `Vec<u8>` and `&Vec<u8>`; who owns the bytes after a call with each?",
        "lent.rs",
        "check",
        (
            Choice("the caller, both times", NOTHING),
            Choice("the function the first time, the caller the second", "E0382"),
            Choice("the function, both times", "E0505"),
        ),
    ),
)


def sheet() -> str:
    """Return the questions as a file to be filled in."""
    parts = [_HEAD]
    for number, question in enumerate(QUESTIONS, 1):
        lines = [f"{number}. {question.text}", ""]
        lines += [f"   {chr(97 + n)}) {choice.text}" for n, choice in enumerate(question.choices)]
        parts.append("\n".join([*lines, "", "   answer:\n"]))
    return "\n".join(parts)


def grade(source: Source) -> Grade:
    """Grade a sheet: each question that is answered is decided by its program."""
    given = _given(source)
    points = []
    for number, question in enumerate(QUESTIONS, 1):
        letter = given.get(number, "")
        if not letter:
            points.append(Point(f"question {number}", question.text, False, "not answered"))  # noqa: FBT003
            continue
        right, shown = answer(question)
        held = letter == chr(97 + right)
        says = f"its program shows: {shown}"
        points.append(Point(f"question {number}", question.text, held, says))
    return Grade(tuple(points))


def _given(source: Source) -> dict[int, str]:
    """Return the letter given to each question, by its number."""
    found: dict[int, str] = {}
    number = 0
    for match in _GIVEN.finditer(source.text):
        if match[1]:
            number = int(match[1])
        elif match[2].strip():
            letter = match[2].strip().lower()[0]
            if letter not in "abc":
                raise Ungraded(f"question {number}: `{match[2].strip()}` is neither a, b nor c")
            found[number] = letter
    return found


def answer(question: Question) -> tuple[int, str]:
    """Return the number of the choice that its program shows to be right, and what it shows."""
    shown = _shown(question)
    held = [n for n, choice in enumerate(question.choices) if choice.shows in shown]
    if not held:
        raise Ungraded(f"{question.file} shows none of the answers: {shown}")
    return max(held, key=lambda n: _weight(question.choices[n])), shown


def _weight(choice: Choice) -> int:
    """What is found, or printed, says more than that nothing was found; more words say more."""
    return 0 if choice.shows == NOTHING else len(choice.shows)


def _shown(question: Question) -> str:
    """Return what the program shows, in one line."""
    if question.file.startswith("heap "):
        size, _, script = question.file.removeprefix("heap ").partition(": ")
        failed = replay(script, size=int(size)).failures[0].failed
        holes = " and ".join(map(str, failed.holes)) or "none"
        free = f"{failed.free} bytes are free" if failed.free else "nothing is free"
        return f"{free}, in holes of {holes}"
    source = read(str(FOLDER / question.file))
    source.name = question.file
    if question.act == "check":
        done = check(source)
    else:
        number = int(question.act.removeprefix("fail ")) if question.act != "run" else 0
        done = run(source, timeout=20.0, fail_alloc=number)
    panic = [line for line in done.stderr.splitlines() if PANIC in line]
    found = [one for one in done.findings if one.severity is not Severity.NOTE]
    told = [*panic, *(f"{one.code.id}: {one.message}" for one in found)]
    printed = "; ".join(done.stdout.splitlines())
    return " | ".join([*([f"{printed};"] if printed else []), *(told or [NOTHING])])
