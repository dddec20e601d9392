"""The engine's entry: a function of a linked program in, its summary and findings out."""

from collections.abc import Iterator
from dataclasses import dataclass

from freehold.effects.faults import Finding, Kind
from freehold.effects.job import Job, Options, Terminal
from freehold.effects.machine import analyse
from freehold.effects.state import Point
from freehold.effects.summary import Summary
from freehold.effects.whole import Whole
from freehold.mir.body import Body
from freehold.mir.values import Symbol as Name


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound that the analysis of `function` hit: how often, by the bound's name."""

    function: str
    steps: int


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the analysis of one function gave. `touched`: the names that it asked about."""

    summary: Summary
    findings: tuple[Finding, ...]
    limits: tuple[Limit, ...]
    touched: frozenset[Name]


def analyse_function(body: Body, whole: Whole, options: Options) -> Analysed:
    """Return what one function does, and its faults; the summaries of callees are in `whole`."""
    whole.touched = set()
    job, summary = analyse(body, whole, options)
    steps = job.bounds.steps
    limits = (Limit(body.display, steps),) if steps else ()
    return Analysed(summary, tuple(_findings_of(job)), limits, frozenset(whole.touched))


def given_up(body: Body) -> tuple[Summary, tuple[Limit, ...]]:
    """Return what is said of a function that cannot be analysed: that anything may happen."""
    return Summary((), (), partial=True), (Limit(body.display, 1),)


def _findings_of(job: Job) -> Iterator[Finding]:
    """Yield the findings of one function, with how surely each comes."""
    # Where paths were left out, one of them may have passed without the fault.
    whole = not job.bounds.steps
    for (point, word), fault in job.faults.items():
        key = (point, word)
        passed = [t for t in job.terminals if _passes(t, point, leak=fault.kind is Kind.LEAK)]
        every = whole and fault.certain and all(key in t.faults for t in passed)
        yield Finding(fault, job.body.display, every, fault.at.span)


def _passes(terminal: Terminal, point: Point, *, leak: bool) -> bool:
    """Whether a path came by `point`."""
    if not terminal.visited >> point.block & 1:
        return False
    died = terminal.died
    if died is None:
        return True
    return not leak and not (died.block == point.block and died.index < point.index)
