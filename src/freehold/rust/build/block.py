"""Blocks: statements, and the regions of their variables.

The variables of a `let` live in a region of their own, which goes from the `let` to the end of the
block; each `let` is within the region of the one before.
"""

from freehold.mir.statements import FakeReadCause, Unreachable
from freehold.mir.values import Block, ItemConst, Place, Scope, Use
from freehold.rust import thir
from freehold.rust.build.builder import Builder
from freehold.rust.build.extended import extend
from freehold.rust.build.matching.ascriptions import ascribe_variables
from freehold.rust.build.matching.bindings import (
    Declaration,
    declare,
    is_plain,
    primary,
    schedule_value,
    set_matched,
    start_storage,
)
from freehold.rust.build.matching.lower import let_irrefutable, let_refutable
from freehold.rust.build.matching.tree import Subject
from freehold.rust.build.scopes import Region
from freehold.source import Span
from freehold.types import NEVER, UNIT
from freehold.types.generic import OpaqueType


def block(b: Builder, to: Place, e: thir.Block) -> None:
    """Evaluate a block."""
    if e.unsafe:
        b.unsafe_blocks.append(e.span)
    with b.scopes.enter(e.span) as region:
        if e.label is None:
            _statements(b, to, e, region)
        else:
            with b.scopes.breakable(e.label, to, e.span):
                _statements(b, to, e, region)


def _statements(b: Builder, to: Place, e: thir.Block, region: Region) -> None:
    lets: list[Region] = []
    source = b.scopes.source
    for statement in e.statements:
        if isinstance(statement, thir.ExprStatement):
            with b.scopes.enter(statement.span, terminating=True) as inner:
                b.statement(statement.value, inner)
        else:
            rest = e.span._replace(start=min(statement.span.end, e.span.end))
            lets.append(_let(b, statement, lets[-1] if lets else region, rest))
    if e.value is not None:
        b.into(to, e.value)
    elif isinstance(b.type_of(to), OpaqueType) or b.type_of(to) == UNIT:
        b.assign(to, Use(ItemConst(UNIT)), e.span)
    for entered in reversed(lets):
        b.scopes.leave(entered)
    b.scopes.source = source


# --------------------------------------------------------------------------------------------- let


def _let(b: Builder, s: thir.LetStatement, around: Region, rest: Span) -> Region:
    """Build a `let`, and return the region, still open, in which its variables live."""
    refused = None if s.otherwise is None else _otherwise(b, s.otherwise)
    region = b.scopes.enter(rest)
    visible = b.scopes.declare(rest)
    value = s.value
    if value is None:
        declare(b, s.pattern, _declaration(s, region, visible))
        for bind in primary(s.pattern):
            start_storage(b, bind.variable, bind.span)
            schedule_value(b, bind.variable)
        _ascribe_variables(b, s)
    else:
        extend(b, value, s.pattern, region)
        with b.scopes.enter(s.span, terminating=True):
            declare(b, s.pattern, _declaration(s, region, visible))
            if refused is None:
                _initialise(b, s, value)
            else:
                _match(b, s, value, around, refused)
            _ascribe_variables(b, s)
    b.scopes.source = visible
    return region


def _declaration(s: thir.LetStatement, region: Region, visible: Scope) -> Declaration:
    value = None if s.value is None else s.value.span
    written = None if s.user_type is None else s.user_type.span
    return Declaration(visible, region, value, None, value, written)


def _initialise(b: Builder, s: thir.LetStatement, value: thir.Expr) -> None:
    pattern = s.pattern
    if isinstance(pattern, thir.BindPattern) and is_plain(pattern):
        place = Place(start_storage(b, pattern.variable, pattern.span))
        b.into(place, value)
        b.fake_read(FakeReadCause.LET, place, pattern.span)
        schedule_value(b, pattern.variable)
    else:
        place = b.place(value)
        set_matched(b, pattern, place)
        let_irrefutable(b, pattern, place, s.user_type)


def _match(
    b: Builder, s: thir.LetStatement, value: thir.Expr, around: Region, refused: Block
) -> None:
    """Build `let .. else`: where the pattern does not match, `around` is gone back to."""
    for bind in primary(s.pattern):
        start_storage(b, bind.variable, bind.span)
    with b.scopes.conditional(around) as test:
        place = b.place(value)
        set_matched(b, s.pattern, place)
        subject = Subject(place, value.span, s.pattern.span, s.user_type)
        let_refutable(b, s.pattern, subject, stored=True)
    b.goto(test.otherwise, refused, s.span)


def _ascribe_variables(b: Builder, s: thir.LetStatement) -> None:
    if s.user_type is not None:
        ascribe_variables(b, s.pattern, s.user_type)


def _otherwise(b: Builder, e: thir.Block) -> Block:
    """Build the block of `let .. else`, which does not end, and return where it starts."""
    here, start = b.graph.current, b.graph.block()
    to = b.scratch(NEVER, e.span)
    b.graph.current = start
    b.into(to, e, terminating=True)
    b.graph.end(Unreachable(e.span, b.scopes.source))
    b.graph.current = here
    return start
