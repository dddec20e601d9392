"""The engine's entry: a linked program in, findings out."""

from collections.abc import Iterator
from dataclasses import dataclass

from freehold.effects.faults import Finding, Kind
from freehold.effects.job import Job, Options, Terminal
from freehold.effects.machine import analyse
from freehold.effects.state import Point
from freehold.effects.whole import bottom_up, whole_of
from freehold.mir.body import Program


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound that the analysis of `function` hit: how often, by the bound's name."""

    function: str
    states: int
    steps: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, in the order of the functions; and where the analysis was cut short."""

    findings: tuple[Finding, ...]
    limits: tuple[Limit, ...]


def check_program(program: Program, options: Options = Options()) -> Findings:  # noqa: B008
    """Return the faults of a linked program."""
    whole = whole_of(program)
    found: list[Finding] = []
    limits: list[Limit] = []
    for name in bottom_up(program):
        job, summary = analyse(program.bodies[name], whole, options)
        whole.summaries[name] = summary
        found.extend(findings_of(job))
        if job.bounds.states or job.bounds.steps:
            limits.append(Limit(job.body.display, job.bounds.states, job.bounds.steps))
    return Findings(tuple(found), tuple(limits))


def findings_of(job: Job) -> Iterator[Finding]:
    """Return the findings of one function, with how surely each comes."""
    # Where paths were left out, one of them may have passed without the fault.
    whole = not (job.bounds.states or job.bounds.steps)
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
