"""Blocks and statements."""

from dataclasses import replace

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.mir.body import BindingKind
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.infer.adjust import NeverStep
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import (
    Draft,
    Expectation,
    Target,
    WriteStatement,
    expecting,
)
from freehold.rust.typeck.joins import Join, Wording
from freehold.rust.typeck.patterns import Around, check_pattern
from freehold.rust.typeck.places import make_mutable
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types import NEVER, UNIT, NeverType, Type


@dataclass(frozen=True, slots=True)
class NoValue:
    """Where and how to say that a block has no value."""

    at: Span
    wording: Wording | None = None


def no_value(name: Span, output: ast.TypeExpr | None, body: Span) -> NoValue:
    """Return where to say so of a function's body: at its result type."""

    def word(found: Diagnostic) -> Diagnostic:
        text = "implicitly returns `()` as its body has no tail or `return` expression"
        return replace(found, labels=(*found.labels, Label(name, text)))

    return NoValue(body) if output is None else NoValue(output.span, word)


def check_block_expr(cx: Checker, e: ast.BlockExpr, expected: Expectation) -> Draft:
    """Check `{ }`, `'a: { }`, `unsafe { }` as an expression."""
    return check_block(cx, e.block, expected, e)


def check_block(
    cx: Checker,
    block: ast.Block,
    expected: Expectation,
    e: ast.BlockExpr | None = None,
    words: "tuple[NoValue, Wording | None] | None" = None,
) -> Draft:
    """Check a block. `words` place and word the errors that it has no value, or another."""
    before = cx.diverges
    target = None
    join = Join(cx.target(expected, block.span))
    if e is not None and e.label is not None:
        target = Target(e, cx.new_loop(), join, e.label.name, "labeled block")
        cx.frame.targets.append(target)
    found = [_statement(cx, each) for each in block.statements]
    statements = [each for each in found if each is not None]
    tail = None
    if block.result is not None:
        tail = cx.check(block.result, expected)
        join.add(cx, tail, None if words is None else words[1])
    elif not cx.diverges:
        nothing = NoValue(block.span) if words is None else words[0]
        join.add_unit(cx, nothing.at, nothing.wording)
    if target is not None:
        cx.frame.targets.pop()
        if target.broken:
            cx.diverges = before
    return _written(block, e, statements, tail, (join, target))


def _written(
    block: ast.Block,
    e: ast.BlockExpr | None,
    statements: list[WriteStatement],
    tail: Draft | None,
    joined: tuple[Join, Target | None],
) -> Draft:
    join, target = joined
    ty = join.type()
    span = block.span if e is None else e.span
    label = target.label if target is not None else None
    unsafe = e is not None and e.is_unsafe

    def write(w: Writer) -> thir.Expr:
        return thir.Block(
            tuple(each(w) for each in statements),
            None if tail is None else w.expr(tail),
            w.type(ty, span),
            span,
            label,
            unsafe,
        )

    return Draft(span, ty, write)


def _statement(cx: Checker, s: ast.Statement) -> WriteStatement | None:
    match s:
        case ast.LetStatement():
            return _let(cx, s)
        case ast.ExprStatement():
            return _expression(cx, s)
        case ast.MacroStatement():
            cx.unsupported(s.span, "a macro that was not expanded")
            return None
        case _:
            return None  # an item: it has its own body


def _expression(cx: Checker, s: ast.ExprStatement) -> WriteStatement:
    draft = cx.check(s.expr) if s.semicolon else cx.check_exact(s.expr, UNIT)
    return lambda w: thir.ExprStatement(w.expr(draft), s.span)


# -------------------------------------------------------------------------------------------- let


def _let(cx: Checker, s: ast.LetStatement) -> WriteStatement:
    written: Type | None = None
    ty: Type
    if s.type is None:
        ty = cx.fresh(s.pattern.span)
    else:
        written, ty = cx.lower(s.type)
    init = None
    labels: tuple[Label, ...] = ()
    if s.init is not None:
        init, labels = _initialiser(cx, s, s.init, ty)
    around = Around(BindingKind.LET, labels=labels, plain_let=s.otherwise is None)
    pattern = check_pattern(cx, s.pattern, ty, around)
    otherwise = None if s.otherwise is None else _let_else(cx, s.otherwise)

    def write(w: Writer) -> thir.Statement:
        user = None
        if s.type is not None and written is not None:
            user = w.user(written, s.type.span)
        value = None if init is None else w.expr(init)
        left = None
        if otherwise is not None:
            block = w.expr(otherwise)
            assert isinstance(block, thir.Block)
            left = block
        found = w.pattern(pattern)
        if value is not None:
            value, (found,) = w.matched(value, (found,))
            user = None if isinstance(found, thir.WildPattern) and found.type == UNIT else user
        return thir.LetStatement(found, value, s.span, left, user)

    return write


def _initialiser(
    cx: Checker, s: ast.LetStatement, e: ast.Expr, ty: Type
) -> tuple[Draft, tuple[Label, ...]]:
    by_ref = explicit_ref(s.pattern)
    if by_ref is not None:
        draft = cx.check(e, expecting(ty))
        if by_ref:
            make_mutable(cx, draft)
        found = cx.shallow(draft.adjusted)
        if isinstance(found, NeverType):
            cx.adjust(draft, (NeverStep(ty),))
        else:
            cx.demand(draft.span, ty, found)
    else:
        draft = cx.check(e, expecting(ty))
        due = () if s.type is None else (Label(s.type.span, "expected due to this"),)
        cx.demand_coerce(draft, ty, due)
    if s.type is not None:
        return draft, (Label(s.type.span, "expected due to this"),)
    return draft, (Label(e.span, f"this expression has type `{cx.show(ty)}`"),)


def explicit_ref(p: ast.Pattern) -> bool | None:
    """Tell whether `p` has a `ref` (False) or a `ref mut` (True); None: neither."""
    found: bool | None = None
    todo: list[ast.Pattern] = [p]
    while todo:
        each = todo.pop()
        if isinstance(each, ast.IdentPattern) and each.by_ref:
            if each.mutable:
                return True
            found = False
        todo.extend(_inner(each))
    return found


def _inner(p: ast.Pattern) -> tuple[ast.Pattern, ...]:
    match p:
        case ast.IdentPattern(sub=sub):
            return () if sub is None else (sub,)
        case (
            ast.RefPattern(inner=inner)
            | ast.ParenPattern(inner=inner)
            | ast.BoxPattern(inner=inner)
        ):
            return (inner,)
        case ast.TuplePattern(elements=elements) | ast.SlicePattern(elements=elements):
            return elements
        case ast.TupleStructPattern(elements=elements):
            return elements
        case ast.StructPattern(fields=fields):
            return tuple(each.pattern for each in fields)
        case ast.OrPattern(alternatives=alternatives):
            return alternatives
        case _:
            return ()


def _let_else(cx: Checker, block: ast.Block) -> Draft:
    before, cx.diverges = cx.diverges, False
    draft = check_block(
        cx, block, expecting(NEVER), None, (NoValue(block.span, _not_diverging), None)
    )
    found = cx.shallow(draft.adjusted)
    if not isinstance(found, NeverType):
        mismatch = cx.unify(NEVER, found)
        if mismatch is not None and not cx.failed:
            cx.mismatch(block.span, NEVER, found, mismatch)
    cx.diverges = before
    return draft


def _not_diverging(found: Diagnostic) -> Diagnostic:
    what = "`else` clause of `let...else` does not diverge"
    return replace(found, code=codes.BRANCHES_DIFFER, facts={"what": what})
