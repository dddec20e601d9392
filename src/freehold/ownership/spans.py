"""Where a place is used in the source, and how: by a closure, a method's receiver, a pattern."""

from freehold.dataflow.points import Graph, Point
from freehold.mir.body import LocalKind
from freehold.mir.statements import Assign, Call, CallSource, Drop, Statement
from freehold.mir.values import (
    Aggregate,
    Copy,
    Deref,
    Downcast,
    ItemConst,
    Local,
    Move,
    Operand,
    Place,
    Ref,
)
from freehold.records import dataclass
from freehold.source import Span
from freehold.types.generic import Answers, CalleeFacts, ClosureType, Definition, FnDefType


@dataclass(frozen=True, slots=True)
class PlainUse:
    """A use at `span`; `pattern`: by a pattern."""

    span: Span
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class ClosureUse:
    """A capture: `span` is the head of the closure, `inside` what captures."""

    span: Span
    inside: Span


@dataclass(frozen=True, slots=True)
class ReceiverUse:
    """A use as `self` of a call: `span` is the variable, `call` the call."""

    span: Span
    call: Span
    callee: CalleeFacts
    source: CallSource


UseSpans = PlainUse | ClosureUse | ReceiverUse


def move_spans(graph: Graph, answers: Answers, place: Place, point: Point) -> UseSpans:
    """Return how the statement at `point` uses `place`."""
    statement = graph.at(point)
    if graph.is_terminator(point):
        return PlainUse(statement.span)
    if isinstance(statement, Assign) and (closure := _closure_of(statement, place)) is not None:
        return closure
    pattern = any(isinstance(projection, Downcast) for projection in place.projections)
    plain = PlainUse(statement.span, pattern)
    if not isinstance(statement, Assign) or statement.place.projections:
        return plain
    call = graph.body.blocks[graph.block(point)].terminator
    if not isinstance(call, Call) or not isinstance(statement.place.base, int):
        return plain
    facts = _called_on(graph, call, Local(statement.place.base), point, answers)
    if facts is None:
        return plain
    return ReceiverUse(statement.span, call.receiver_span or call.span, facts, call.source)


def borrow_spans(graph: Graph, span: Span, point: Point) -> UseSpans:
    """Return how what is borrowed at `point` is used: perhaps it is captured right away."""
    # A closure's captures are borrowed into temporaries just before it is made.
    statement = graph.at(point)
    plain = PlainUse(span)
    if not isinstance(statement, Assign) or graph.is_terminator(point):
        return plain
    target = statement.place
    if target.projections or not isinstance(target.base, int):
        return plain
    if graph.body.locals[target.base].kind is not LocalKind.TEMPORARY:
        return plain
    for following in _following(graph, point):
        if isinstance(following, Assign) and (made := _closure_of(following, target)) is not None:
            return made
    return plain


def _following(graph: Graph, point: Point) -> list[Statement]:
    block = graph.body.blocks[graph.block(point)]
    rest = list(block.statements[graph.index(point) + 1 :])
    if isinstance(block.terminator, Drop):
        # An assignment that drops what was there before goes on in the next block.
        rest += graph.body.blocks[block.terminator.target].statements[:1]
    return rest


def _closure_of(statement: Assign, place: Place) -> ClosureUse | None:
    """Return the capture of `place` by the closure that `statement` makes."""
    made = statement.rvalue
    if not isinstance(made, Aggregate) or not isinstance(made.type, ClosureType):
        return None
    for operand, capture in zip(made.operands, made.type.definition.captures, strict=False):
        if _operand_place(operand) == place:
            return ClosureUse(made.type.definition.span, capture.span)
    return None


def _operand_place(operand: Operand) -> Place | None:
    return operand.place if isinstance(operand, Copy | Move) else None


def argument_of(graph: Graph, moved: Span) -> tuple[Definition, int] | None:
    """Return the function, and which of its parameters, that what is moved at `moved` goes to."""
    for block in graph.body.blocks:
        call = block.terminator
        if not isinstance(call, Call) or not isinstance(call.callee, ItemConst):
            continue
        if not isinstance(call.callee.type, FnDefType) or not _within(moved, call.span):
            continue
        made = {
            statement.place: statement.span
            for statement in block.statements
            if isinstance(statement, Assign)
        }
        for number, argument in enumerate(call.arguments):
            place = _operand_place(argument)
            if place is not None and made.get(place) == moved:
                return call.callee.type.definition, number
    return None


def _within(inner: Span, outer: Span) -> bool:
    same = inner.source is outer.source
    return same and outer.start <= inner.start and inner.end <= outer.end


def _called_on(
    graph: Graph, call: Call, local: Local, point: Point, answers: Answers
) -> CalleeFacts | None:
    """Return what is known of the callee, if `local` is its `self`, or reborrowed to be."""
    if not isinstance(call.callee, ItemConst) or not isinstance(call.callee.type, FnDefType):
        return None
    facts = answers.callee(call.callee.type.definition)
    if facts.self_span is None or not call.arguments:
        return None
    receiver = _operand_place(call.arguments[0])
    if receiver == Place(local):
        return facts
    for statement in graph.body.blocks[graph.block(point)].statements:
        match statement:
            case Assign(target, Ref(_, Place(base, (Deref(),)))):
                if target == receiver and base == local:
                    return facts
            case _:
                pass
    return None


UNARY_OPERATORS = frozenset({"not", "neg", "deref"})
CALL_TRAITS = frozenset({"fn", "fn_mut", "fn_once"})
