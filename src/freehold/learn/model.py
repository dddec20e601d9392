"""What an exercise is, and what a grade is."""

from collections.abc import Callable
from pathlib import Path

from freehold.api import Result, run
from freehold.diagnostics import Diagnostic
from freehold.records import dataclass
from freehold.source import Source

PROGRAMS = Path(__file__).parent / "programs"
SECONDS, OUTPUT = 10.0, 1 << 20  # what an answer may take: it may loop for ever, or print


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is graded.

    `where` is the function or the question; `found` and `says` are what stands against it.
    """

    where: str
    title: str
    held: bool
    says: str = ""
    found: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """The points of an exercise, and `notes` on what is shown besides."""

    points: tuple[Point, ...]
    notes: tuple[str, ...] = ()

    @property
    def held(self) -> int:
        """How many points are held."""
        return sum(point.held for point in self.points)

    @property
    def whole(self) -> bool:
        """Whether all of them are."""
        return self.held == len(self.points)


class Ungraded(Exception):
    """The answer cannot be graded, and why: `found` are errors in its text."""

    def __init__(self, why: str, found: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(why)
        self.found = found


def tried(source: Source, *, fail_alloc: int = 0) -> Result:
    """Run an answer, within limits."""
    return run(source, timeout=SECONDS, max_output=OUTPUT, fail_alloc=fail_alloc)


Grader = Callable[[Source], Grade]


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise: `file` in PROGRAMS is what the learner starts with, `grade` judges an answer."""

    name: str
    story: str
    file: str
    grade: Grader

    @property
    def text(self) -> str:
        """What the learner starts with."""
        return (PROGRAMS / self.file).read_text(encoding="utf-8")
