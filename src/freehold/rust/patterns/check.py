"""E0004 and E0005: matches and bindings that do not cover every value; ranges without any."""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust import thir
from freehold.rust.infer.resolve import has_error
from freehold.rust.infer.show import show
from freehold.rust.patterns.constructors import Pattern, Shapes
from freehold.rust.patterns.exhaustive import uncovered
from freehold.rust.patterns.lower import lower
from freehold.rust.patterns.words import listed
from freehold.rust.thir_walk import Node, parts
from freehold.types import PointerType
from freehold.types.generic import RefType


def check_patterns(body: thir.Body) -> list[Diagnostic]:
    """Return what the patterns of a body, and of the closures in it, leave uncovered."""
    shapes = Shapes(body.answers.normalise)
    found: list[Diagnostic] = []
    where = "closure argument" if body.kind is thir.BodyKind.CLOSURE else "function argument"
    for parameter in body.parameters:
        if parameter.pattern is not None:
            found += _ranges(parameter.pattern)
            found += _irrefutable(shapes, parameter.pattern, where)
    for node in _nodes(body.value):
        match node:
            case thir.Match(source="match"):
                found += _match(shapes, node)
            case thir.Match(source="for", arms=(_, thir.Arm(thir.VariantPattern(_, fields)))):
                found += _irrefutable(shapes, fields[0][1], "`for` loop binding")
            case thir.LetStatement(otherwise=None):
                found += _irrefutable(shapes, node.pattern, "local binding")
            case thir.RangePattern(low, high, inclusive):
                found += _range(node, low, high, inclusive=inclusive)
            case _:
                pass
    for inner in body.closures.values():
        found += check_patterns(inner)
    return found


def _nodes(node: Node) -> Iterator[Node]:
    todo = [node]
    while todo:
        at = todo.pop()
        yield at
        todo.extend(reversed(list(parts(at))))


def _ranges(pattern: thir.Pattern) -> Iterator[Diagnostic]:
    for node in _nodes(pattern):
        if isinstance(node, thir.RangePattern):
            yield from _range(node, node.low, node.high, inclusive=node.inclusive)


def _range(
    pattern: thir.RangePattern, low: thir.Expr | None, high: thir.Expr | None, *, inclusive: bool
) -> Iterator[Diagnostic]:
    """Report a range that holds no value."""
    start, end = _end(low), _end(high)
    if start is None or end is None:
        return
    if inclusive and start > end:
        yield Diagnostic(codes.EMPTY_RANGE, pattern.span, {}, "lower bound larger than upper bound")
    elif not inclusive and start >= end:
        yield Diagnostic(codes.EMPTY_RANGE_EXCLUSIVE, pattern.span)


def _end(end: thir.Expr | None) -> int | float | None:
    match end:
        case thir.Number(value):
            return value
        case thir.Float(text):
            return float(text)
        case _:
            return None


def _match(shapes: Shapes, node: thir.Match) -> list[Diagnostic]:
    ty = node.scrutinee.type
    if has_error(ty):
        return []
    rows = [lower(shapes, arm.pattern) for arm in node.arms if arm.guard is None]
    trusted = not node.arms or _is_trusted(node.scrutinee)
    left = uncovered(shapes, rows, ty, trusted=trusted)
    if not left:
        return []
    if not node.arms:
        what = f"type `{show(ty)}` is non-empty"
        return [Diagnostic(codes.NON_EXHAUSTIVE, node.scrutinee.span, {"what": what})]
    what, label = listed(left)
    notes = (f"the matched value is of type `{show(ty)}`",)
    facts = {"what": f"{what} not covered"}
    at = node.scrutinee.span
    return [Diagnostic(codes.NON_EXHAUSTIVE, at, facts, f"{label} not covered", notes=notes)]


def _is_trusted(node: thir.Expr) -> bool:
    """Tell whether a place surely holds a value: not behind pointers, nor in unions."""
    while True:
        match node:
            case thir.Deref(base=base):
                if isinstance(base.type, RefType | PointerType):
                    return False
                node = base
            case thir.Field(base=base) | thir.Index(base=base):
                node = base
            case _:
                return True


def _irrefutable(shapes: Shapes, pattern: thir.Pattern, where: str) -> list[Diagnostic]:
    if isinstance(pattern, thir.BindPattern | thir.WildPattern) or has_error(pattern.type):
        return []
    left: list[Pattern] = uncovered(shapes, [lower(shapes, pattern)], pattern.type, trusted=True)
    if not left:
        return []
    _, label = listed(left)
    notes = (f"the matched value is of type `{show(pattern.type)}`",)
    facts = {"where": where}
    return [Diagnostic(codes.REFUTABLE, pattern.span, facts, f"{label} not covered", notes=notes)]
