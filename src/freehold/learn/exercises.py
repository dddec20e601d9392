"""The exercises, in the order that they are listed in."""

import re

from freehold.learn import holes, places, questions, reports, rusty, seven, ways
from freehold.learn.model import Exercise, Ungraded
from freehold.source import Source

EXERCISES = (
    Exercise("orders", "C: release at the right place, once", "orders.c", places.grader()),
    Exercise(
        "orders-scope",
        "Rust: let the owner end before the last statement",
        "orders_scope.rs",
        places.grader(forbidden="drop"),
    ),
    Exercise("ways-out", "C: release on every way out", "ways_out.c", ways.grade),
    Exercise("seven", "C: a growing array with seven bugs", "seven.c", seven.grade),
    Exercise("row", "Rust: the same array, and what the compiler refuses", "row.rs", rusty.row),
    Exercise("years", "Rust: print twice what can be given once", "years.rs", rusty.years),
    Exercise(
        "early-drop", "Rust: 10 MB given back before the next", "early_drop.rs", rusty.early_drop
    ),
    Exercise("family", "Rust: a cycle that is never dropped", "family.rs", rusty.family),
    Exercise("reserve", "Rust: a vector that grows once", "reserve.rs", rusty.reserve),
    Exercise("holes", "a heap of ten bytes, and the order of requests", "holes.txt", holes.grade),
    Exercise(
        "two-reports", "C: what several tools say of one file", "two_reports.c", reports.grade
    ),
    Exercise("questions", "what you know, decided by programs", "questions.txt", questions.grade),
)
_MARK = re.compile(r"freehold learn: ([\w-]+)")


def text_of(exercise: Exercise) -> str:
    """Return what a learner starts with."""
    return questions.sheet() if exercise.name == "questions" else exercise.text


def exercise_of(source: Source) -> Exercise:
    """Return the exercise that a file is an answer to, by its first line; raises Ungraded."""
    match = _MARK.search(source.line_text(1))
    if match is None:
        raise Ungraded(f"{source.name}: the first line names no exercise (`freehold learn: NAME`)")
    for one in EXERCISES:
        if one.name == match[1]:
            return one
    raise Ungraded(f"{source.name}: there is no exercise {match[1]}")
