"""Complex values from two real ones; the tree has no node of its own for them."""

from freehold.c import tree
from freehold.c.ctype import Complex, Floating, QualType
from freehold.c.sema.context import load
from freehold.c.sema.convert import convert
from freehold.c.sema.kinds import float_kind
from freehold.source import Span


def complex_value(real: tree.Expr, imaginary: tree.Expr, like: QualType, span: Span) -> tree.Expr:
    """Return `real + i * imaginary` in the complex type of `like`'s format."""
    part = QualType(Floating(float_kind(like)))
    variable = tree.Variable("", QualType(Complex(float_kind(like))), tree.Storage.AUTO, span)
    ref = tree.VariableRef(variable.type, span, variable)

    def put(value: tree.Expr, *, imaginary: bool) -> tree.Statement:
        place = tree.ComplexPart(part, span, ref, imaginary)
        return tree.Evaluate(span, tree.Store(part, span, place, convert(value, part, span)))

    body: tuple[tree.Statement, ...] = (
        tree.Declare(span, variable, None),
        put(real, imaginary=False),
        put(imaginary, imaginary=True),
    )
    block = tree.Block(span, (variable,), body, span)
    return tree.BlockExpr(variable.type, span, block, load(variable, span))


def complex_parts(expr: tree.Expr) -> tuple[tree.Expr, tree.Expr] | None:
    """Return the parts of what `complex_value` made; None for any other expression."""
    if not isinstance(expr, tree.BlockExpr) or not isinstance(expr.type.type, Complex):
        return None
    body = expr.block.body
    if len(body) != 3:
        return None
    parts = [
        s.expr.value
        for s in body[1:]
        if isinstance(s, tree.Evaluate)
        and isinstance(s.expr, tree.Store)
        and isinstance(s.expr.target, tree.ComplexPart)
    ]
    return (parts[0], parts[1]) if len(parts) == 2 else None
