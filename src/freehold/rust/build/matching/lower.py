"""`match`, and patterns in `let`, in conditions and of parameters."""

from freehold.mir.statements import CallSource
from freehold.mir.values import Block, Place
from freehold.rust import thir
from freehold.rust.build.builder import Builder, Terms
from freehold.rust.build.matching.bind import Guarded, How, bind, goto_all
from freehold.rust.build.matching.bindings import Declaration, declare
from freehold.rust.build.matching.tree import Subject, Tree, build_tree

_SOURCES = {"for": CallSource.FOR, "?": CallSource.TRY}


def match(b: Builder, to: Place, e: thir.Match) -> None:
    """Evaluate a `match`."""
    _mark_calls(b, e)
    place = b.place(e.scrutinee)
    span = e.scrutinee.span
    subject = Subject(place, span, e.span._replace(end=max(span.end, e.span.start)))
    patterns = [(arm.pattern, arm.guard is not None) for arm in e.arms]
    tree = build_tree(b, subject, patterns)
    ends = [_arm(b, to, e, number, (subject, tree)) for number in range(len(e.arms))]
    after = b.graph.block()
    goto_all(b, ends, after, e.span)
    b.graph.current = after


def _mark_calls(b: Builder, e: thir.Match) -> None:
    """Note what the calls in a `for` loop and of `?` were written as."""
    source = _SOURCES.get(e.source)
    if source is None:
        return
    if isinstance(e.scrutinee, thir.Call):
        b.call_sources[e.scrutinee] = source
    for arm in e.arms:
        body = arm.body
        while isinstance(body, thir.Never):
            body = body.operand
        if e.source == "?" and isinstance(body, thir.Return) and isinstance(body.value, thir.Call):
            b.call_sources[body.value] = source


def _arm(b: Builder, to: Place, e: thir.Match, number: int, built: tuple[Subject, Tree]) -> Block:
    """Build an arm, and return where it ends."""
    arm, (subject, tree) = e.arms[number], built
    outer = b.scopes.innermost
    with b.scopes.enter(arm.span, terminating=True) as region:
        before, b.guard_region = b.guard_region, region
        visible = b.scopes.declare(arm.span)
        guard = arm.guard
        where = Declaration(visible, region, subject.span, subject.place)
        guarded = None
        if guard is not None:
            guarded = Guarded(guard, region, outer, tree.fakes, subject.span)
            _declare_lets(b, guard, Declaration(visible, region))
            where = Declaration(visible, region, subject.span, subject.place, guarded=True)
        declare(b, arm.pattern, where)
        bind(b, tree.branches[number], e.span, How(region, guarded=guarded))
        b.guard_region = before
        b.scopes.source = visible
        b.into(to, arm.body)
    return b.graph.current


def _declare_lets(b: Builder, guard: thir.Expr, how: Declaration) -> None:
    if isinstance(guard, thir.Logical) and guard.both:
        _declare_lets(b, guard.left, how)
        _declare_lets(b, guard.right, how)
    elif isinstance(guard, thir.Let):
        declare(b, guard.pattern, how)


def let_in_condition(b: Builder, e: thir.Let, terms: Terms) -> None:
    """Go on where a `let` in a condition matches; elsewhere the condition fails."""
    span = e.value.span
    place = b.place(e.value)
    if terms.declare:
        declare(b, e.pattern, Declaration(b.scopes.source, terms.region, span, place))
    let_refutable(b, e.pattern, Subject(place, span, e.pattern.span))


def let_refutable(
    b: Builder, pattern: thir.Pattern, subject: Subject, *, stored: bool = False
) -> None:
    """Bind `pattern` if it matches, else fail. `stored`: its variables have their storage."""
    tree = build_tree(b, subject, [(pattern, False)], refutable=True)
    b.scopes.fail(tree.otherwise, subject.span)
    bind(b, tree.branches[0], pattern.span, How(stored=stored))


def let_irrefutable(
    b: Builder, pattern: thir.Pattern, place: Place, user_type: thir.UserType | None = None
) -> None:
    """Bind a pattern that certainly matches `place`."""
    subject = Subject(place, pattern.span, pattern.span, user_type)
    tree = build_tree(b, subject, [(pattern, False)])
    bind(b, tree.branches[0], pattern.span, How())
