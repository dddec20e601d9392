"""What happens once a pattern matches: its variables are bound, its guard is asked.

A guard sees variables through references, and what is bound by value is moved only after it has
agreed: if it refuses, the value is still where it was for the next arm.
"""

from freehold.mir.statements import FakeReadCause
from freehold.mir.values import Block, BorrowKind, Local, Place, Ref, Rvalue, Use
from freehold.records import dataclass
from freehold.rust import thir
from freehold.rust.build.access import ascribe
from freehold.rust.build.builder import Builder, Terms
from freehold.rust.build.control import condition, has_let
from freehold.rust.build.matching.ascriptions import ascribe_variables
from freehold.rust.build.matching.bindings import schedule_value, start_storage
from freehold.rust.build.matching.pairs import Bound
from freehold.rust.build.matching.tree import Leaf
from freehold.rust.build.scopes import Region
from freehold.source import Span

Fakes = tuple[tuple[Place, Local], ...]


@dataclass(frozen=True, slots=True)
class Guarded:
    """The guard of an arm; where it fails, the regions within `outer` are left."""

    guard: thir.Expr
    arm: Region
    outer: Region
    fakes: Fakes
    scrutinee_span: Span


@dataclass(frozen=True, slots=True)
class How:
    """How variables are bound: `arm` is the region of a match arm, `stored` whose storage is live.

    `guarded` is the guard, if there is one.
    """

    arm: Region | None = None
    stored: bool = False
    guarded: Guarded | None = None


def bind(b: Builder, leaves: tuple[Leaf, ...], span: Span, how: How) -> None:
    """Bind the variables, in whichever way the pattern has matched; go on from there."""
    if len(leaves) == 1:
        _bind_leaf(b, leaves[0], how, schedule=True)
        return
    after = b.graph.block()
    schedule = True
    for leaf in leaves:
        if how.arm is not None:
            b.scopes.clear(how.arm)
        _bind_leaf(b, leaf, how, schedule=schedule)
        # Without an arm's region to clear, what the first alternative has scheduled stands.
        schedule = how.arm is not None
        b.goto(b.graph.current, after, span)
    b.graph.current = after


def _bind_leaf(b: Builder, leaf: Leaf, how: How, *, schedule: bool) -> None:
    b.graph.current = leaf.matched
    for written in leaf.written:
        ascribe(b, written.place, written.user_type, written.variance)
        if written.pattern is not None:
            ascribe_variables(b, written.pattern, written.user_type)
    if how.guarded is None:
        _bind_all(b, leaf.bindings, how, schedule=schedule)
        return
    _show_to_guard(b, leaf.bindings, schedule=schedule)
    _ask(b, leaf, how.guarded)
    by_value = tuple(bound for bound in leaf.bindings if bound.by_ref is None)
    end = how.guarded.guard.span
    for bound in by_value:
        seen = b.variables[bound.variable].in_guard
        assert seen is not None
        b.fake_read(FakeReadCause.GUARD, Place(seen), _last(end))
    _bind_all(b, by_value, how, schedule=True)


def _bind_all(b: Builder, bindings: tuple[Bound, ...], how: How, *, schedule: bool) -> None:
    for bound in bindings:
        if how.stored:
            local = b.variables[bound.variable].own
        else:
            local = start_storage(b, bound.variable, bound.span, once=schedule)
        if schedule:
            schedule_value(b, bound.variable)
        b.assign(Place(local), _value(b, bound), bound.span)


def _value(b: Builder, bound: Bound) -> Rvalue:
    if bound.by_ref is None:
        return Use(b.consume(bound.source, bound.type))
    return Ref(bound.by_ref, bound.source)


def _show_to_guard(b: Builder, bindings: tuple[Bound, ...], *, schedule: bool) -> None:
    for bound in bindings:
        name, span = bound.variable, bound.span
        seen = Place(start_storage(b, name, span, in_guard=True, once=schedule))
        source = bound.source
        if bound.by_ref is not None:
            source = Place(start_storage(b, name, span, once=schedule))
            b.assign(source, Ref(bound.by_ref, bound.source), span)
        b.assign(seen, Ref(BorrowKind.SHARED, source), span)


def _ask(b: Builder, leaf: Leaf, guarded: Guarded) -> None:
    """Go on where the guard holds; elsewhere the next candidate is tried."""
    b.guards.append({bound.variable for bound in leaf.bindings})
    for place, local in guarded.fakes:
        b.assign(Place(local), Ref(BorrowKind.FAKE, place), guarded.scrutinee_span)
    guard = guarded.guard
    with b.scopes.conditional(guarded.outer) as test:
        terms = Terms(guarded.arm, declare=False)
        condition(b, guard, terms, terminating=not has_let(guard))
    b.guards.pop()
    for _, local in guarded.fakes:
        b.fake_read(FakeReadCause.GUARD, Place(local), _last(guard.span))
    b.goto(test.otherwise, leaf.failed, guard.span)


def _last(span: Span) -> Span:
    return span._replace(start=max(span.start, span.end - 1))


def goto_all(b: Builder, blocks: list[Block], target: Block, span: Span) -> None:
    """Let all `blocks` go on at `target`."""
    for block in blocks:
        b.goto(block, target, span)
