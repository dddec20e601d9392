"""Control: conditions, `if`, lazy operators, loops, jumps."""

from freehold.mir.statements import FalseUnwind, Switch
from freehold.mir.values import Block, IntConst, ItemConst, Move, Place, UnOp, Use
from freehold.rust import thir
from freehold.rust.build.builder import AsStatement, Builder, Terms
from freehold.types import BOOL, UNIT


def condition(b: Builder, e: thir.Expr, terms: Terms, *, terminating: bool = False) -> None:
    """Go on where `e` holds; elsewhere leave the condition at hand."""
    region = b.enter(e, terminating=terminating)
    match e:
        case thir.Logical(both=True, left=left, right=right):
            condition(b, left, terms, terminating=not has_let(left))
            condition(b, right, terms, terminating=not has_let(right))
        case thir.Logical():
            _either(b, e, terms)
        case thir.Unary(UnOp.NOT, operand):
            with b.scopes.conditional(b.scopes.innermost) as test:
                condition(b, operand, terms)
            b.scopes.fail(b.graph.current, e.span)
            b.graph.current = test.otherwise
        case thir.Let():
            b.handlers.let(b, e, terms)
        case _:
            _test(b, e, terms)
    b.leave(region)


def has_let(e: thir.Expr) -> bool:
    """Say whether condition `e` has a `let`."""
    if isinstance(e, thir.Logical):
        return has_let(e.left) or has_let(e.right)
    return isinstance(e, thir.Let)


def _either(b: Builder, e: thir.Logical, terms: Terms) -> None:
    with b.scopes.conditional(b.scopes.innermost) as test:
        condition(b, e.left, terms, terminating=True)
    left = b.graph.current
    b.graph.current = test.otherwise
    condition(b, e.right, terms, terminating=True)
    _meet(b, left, e)


def _meet(b: Builder, other: Block, e: thir.Expr) -> None:
    """Continue where the current block and block `other` meet."""
    here, after = b.graph.current, b.graph.block()
    for block in (here, other):
        b.goto(block, after, e.span)
    b.graph.current = after


def _test(b: Builder, e: thir.Expr, terms: Terms) -> None:
    lifetime = b.scopes.innermost if terms.tested is None else terms.tested
    local = b.hold(e, lifetime)
    then, otherwise = b.graph.block(), b.graph.block()
    b.graph.end(Switch(Move(Place(local)), ((0, otherwise),), then, e.span, b.scopes.source))
    b.scopes.fail(otherwise, e.span)
    b.graph.current = then


def if_(b: Builder, to: Place, e: thir.If) -> None:
    """Evaluate `if`: what its `let`s bind lives to the end of the first branch."""
    outer = b.scopes.innermost
    with b.scopes.enter(e.then.span) as inner, b.scopes.conditional(outer) as test:
        lets = has_let(e.condition)
        if lets:
            b.scopes.source = b.scopes.declare(e.then.span)
        condition(b, e.condition, Terms(inner, outer), terminating=not lets)
        b.into(to, e.then, terminating=True)
    then = b.graph.current
    b.graph.current = test.otherwise
    if e.otherwise is None:
        b.assign(to, Use(ItemConst(UNIT)), e.span._replace(start=e.span.end))
    else:
        b.into(to, e.otherwise, terminating=True)
    _meet(b, then, e)


def logical(b: Builder, to: Place, e: thir.Logical) -> None:
    """Evaluate `&&` and `||` to a value."""
    region = b.scopes.innermost
    with b.scopes.conditional(region) as test:
        condition(b, e.left, Terms(region, region), terminating=True)
    known, rest = b.graph.current, test.otherwise
    if e.both:
        known, rest = rest, known
    b.assign_in(known, to, Use(IntConst(int(not e.both), BOOL)), e.span)
    b.graph.current = rest
    b.into(to, e.right, terminating=True)
    _meet(b, known, e)


# ----------------------------------------------------------------------------------- loops, jumps


def loop(b: Builder, to: Place, e: thir.LoopExpr) -> None:
    """Evaluate a loop: only a `break` leaves it."""
    graph = b.graph
    start = graph.block()
    b.goto(graph.current, start, e.span)
    with b.scopes.breakable(e.label, to, e.span, start):
        body = graph.block()
        graph.current = start
        b.scopes.may_unwind(graph.end(FalseUnwind(body, e.span, b.scopes.source)))
        graph.current = body
        b.into(b.unit_place(), e.body, terminating=True)
        b.goto(graph.current, start, e.span)


def break_(b: Builder, e: thir.Break) -> None:
    """Leave a loop or block with a value."""
    around = b.scopes.find(e.label)
    _give(b, around.to, e)
    b.scopes.jump(around, e.span)


def continue_(b: Builder, e: thir.Continue) -> None:
    """Start a loop again."""
    b.scopes.jump(b.scopes.find(e.label), e.span, again=True)


def return_(b: Builder, e: thir.Return) -> None:
    """Leave the body with a value."""
    around = b.scopes.returning()
    _give(b, around.to, e)
    b.scopes.jump(around, e.span)


def _give(b: Builder, to: Place, e: thir.Break | thir.Return) -> None:
    if e.value is None:
        b.assign(to, Use(ItemConst(UNIT)), e.span)
    else:
        b.into(to, e.value)


JUMPS: dict[type, AsStatement] = {
    thir.Break: break_,
    thir.Continue: continue_,
    thir.Return: return_,
}
