"""Assignment, plain and destructuring."""

from collections.abc import Callable

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.mir.body import BindingKind
from freehold.rust import ast, thir
from freehold.rust.infer import has_error
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft, Expectation, LocalVar, expecting
from freehold.rust.typeck.patterns import Around, check_pattern
from freehold.rust.typeck.places import make_mutable
from freehold.rust.typeck.writer import Writer
from freehold.types import UNIT


def check_assign(cx: Checker, e: ast.Assign, expected: Expectation) -> Draft:
    """Check `target = value`."""
    del expected
    target = _plain(e.target)
    if _destructures(cx, target):
        return _destructure(cx, e, target)
    place = cx.check(target)
    make_mutable(cx, place)
    value = cx.check(e.value, expecting(place.adjusted))
    if not place.place and not has_error(cx.resolve(place.type)):
        label = (Label(e.target.span, "cannot assign to this expression"),)
        cx.report(Diagnostic(codes.BAD_ASSIGN_TARGET, e.op_span, {}, "", label))
    due: tuple[Label, ...] = ()
    if place.place:
        due = (Label(place.span, "expected due to the type of this binding"),)
    cx.demand_coerce(value, place.adjusted, due)

    def write(w: Writer) -> thir.Expr:
        return thir.Assign(w.expr(place), w.expr(value), UNIT, e.span)

    return Draft(e.span, UNIT, write)


def _plain(e: ast.Expr) -> ast.Expr:
    while isinstance(e, ast.Paren):
        e = e.inner
    return e


def _destructures(cx: Checker, e: ast.Expr) -> bool:
    """Tell whether a target is no place but a pattern of targets."""
    match e:
        case ast.Tuple() | ast.Array() | ast.StructLiteral() | ast.Underscore():
            return True
        case ast.Call(function=ast.PathExpr(path=path)):
            found = cx.names.paths.get(path)
            return found is not None and type(found.base).__name__ in ("Constructor", "SelfType")
        case _:
            return False


# (a, self.b) = value;   is   { let (x, y) = value; a = x; self.b = y; }


def _destructure(cx: Checker, e: ast.Assign, target: ast.Expr) -> Draft:
    targets: list[tuple[ast.IdentPattern, ast.Expr]] = []
    pattern_node = _pattern(cx, target, targets)
    value = cx.check(e.value)
    around = Around(BindingKind.LET)
    pattern = check_pattern(cx, pattern_node, value.adjusted, around)
    writes: list[Callable[[Writer], thir.Statement]] = []
    for node, inner in targets:
        writes.append(_assign_variable(cx, cx.locals.get(node), inner))

    def write(w: Writer) -> thir.Expr:
        let = thir.LetStatement(w.pattern(pattern), w.expr(value), e.span)
        return thir.Block((let, *(each(w) for each in writes)), None, UNIT, e.span)

    return Draft(e.span, UNIT, write)


def _assign_variable(
    cx: Checker, variable: LocalVar | None, target: ast.Expr
) -> Callable[[Writer], thir.Statement]:
    place = cx.check(target)
    make_mutable(cx, place)
    if not place.place and not has_error(cx.resolve(place.type)):
        cx.report(Diagnostic(codes.BAD_ASSIGN_TARGET, target.span, {}))
    if variable is None:
        cx.failed = True
        return lambda _w: thir.ExprStatement(thir.Tuple((), UNIT, target.span), target.span)
    found = variable
    value = Draft(target.span, found.type, lambda w: w.local(found, target.span), place=True)
    cx.demand_coerce(value, place.adjusted)

    def write(w: Writer) -> thir.Statement:
        assign = thir.Assign(w.expr(place), w.expr(value), UNIT, target.span)
        return thir.ExprStatement(assign, target.span)

    return write


def _pattern(
    cx: Checker, e: ast.Expr, targets: list[tuple[ast.IdentPattern, ast.Expr]]
) -> ast.Pattern:
    """Return the pattern that a target is; each place in it is a new variable in `targets`."""
    e = _plain(e)
    match e:
        case ast.Underscore():
            return ast.WildPattern(e.span)
        case ast.Range(start=None, end=None):
            return ast.RestPattern(e.span)
        case ast.Tuple(elements=elements):
            return ast.TuplePattern(e.span, tuple(_pattern(cx, x, targets) for x in elements))
        case ast.Array(elements=elements):
            return ast.SlicePattern(e.span, tuple(_pattern(cx, x, targets) for x in elements))
        case ast.Call(function=ast.PathExpr(path=path), arguments=arguments) if _destructures(
            cx, e
        ):
            parts = tuple(_pattern(cx, x, targets) for x in arguments)
            return ast.TupleStructPattern(e.span, path, parts)
        case ast.StructLiteral():
            return _struct(cx, e, targets)
        case _:
            ident = ast.Ident(e.span, "lhs")
            node = ast.IdentPattern(e.span, by_ref=False, mutable=False, ident=ident)
            targets.append((node, e))
            return node


def _struct(
    cx: Checker, e: ast.StructLiteral, targets: list[tuple[ast.IdentPattern, ast.Expr]]
) -> ast.Pattern:
    if e.base is not None:
        what = "functional record updates are not allowed in destructuring assignments"
        cx.report(Diagnostic(codes.DESTRUCTURING_BASE, e.base.span, {"what": what}))
    fields = tuple(
        ast.FieldPattern(
            each.span,
            each.attributes,
            each.ident,
            _pattern(cx, each.value, targets),
            shorthand=False,
        )
        for each in e.fields
    )
    return ast.StructPattern(e.span, e.path, fields, e.rest)
