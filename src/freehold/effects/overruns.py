"""What a loop's counter reaches: its test bounds it, and a round comes that meets the bound.

A counter that was widened stands for every round, so that what a fact allows some round does.
"""

from freehold.effects.job import Job
from freehold.effects.state import State
from freehold.effects.values import (
    INFINITE,
    Condition,
    Linear,
    Number,
    Symbol,
    Terms,
    add,
    normal,
    scale,
)


def overruns(job: Job, state: State, excess: Linear) -> bool:
    """Whether a test lets `excess` be positive, though it was meant to bound it.

    That is so where a counter runs up to a bound which is too large; and where a number is held
    against one that is too large by one element.
    """
    terms, factor = normal(excess.terms)
    known = state.facts.of(terms)
    if known is None:
        return False
    bound = known[1] if factor > 0 else known[0]
    most = bound * factor + excess.constant
    if not 0 < most < INFINITE or (terms, bound) not in job.tested:
        return False
    if len(terms) == 1:
        return most <= abs(excess.terms[0][1])
    return sum(symbol in job.counters for symbol, _ in terms) == 1


def bound_of(condition: Condition) -> tuple[Terms, int]:
    """Return what a condition bounds, without a common factor, and by which number."""
    terms, factor = normal(condition.form.terms)
    constant = condition.form.constant
    return terms, -constant // factor if factor > 0 else -(-constant // -factor)


def farthest(job: Job, state: State, offset: Number) -> Number | None:
    """Return the largest `offset` that a counter in it reaches, as the caller can tell it."""
    if type(offset) is int:
        return None
    assert isinstance(offset, Linear)
    counters = [(symbol, k) for symbol, k in offset.terms if symbol in job.counters and k > 0]
    if len(counters) != 1:
        return None
    counter, k = counters[0]
    bound = _bound_of(job, state, counter)
    if bound is None:
        return None
    rest = Linear(tuple(t for t in offset.terms if t[0] is not counter), offset.constant)
    start: Number = rest if rest.terms else rest.constant
    found = add(start, scale(bound, k))
    if type(found) is int:
        return found
    assert isinstance(found, Linear)
    return found if all(symbol.visible for symbol, _ in found.terms) else None


def _bound_of(job: Job, state: State, counter: Symbol) -> Number | None:
    """Return what the tests of the path bound a counter by."""
    for terms, (low, high) in state.facts.sums.items():
        if len(terms) != 2:
            continue
        (one, k), (other, m) = terms
        if other is counter:
            one, k, other, m = other, m, one, k
        if one is counter and other.visible and (k, m) in {(1, -1), (-1, 1)}:
            bound = high if k > 0 else low
            if (terms, bound) in job.tested:
                return Linear(((other, 1),), bound * k)
    alone = ((counter, 1),)
    known = state.facts.of(alone)
    return known[1] if known is not None and (alone, known[1]) in job.tested else None
