"""Sizes that are known only at run time."""

from freehold.c import tree
from freehold.c.ctype import Array, QualType
from freehold.c.lowertype import size_of
from freehold.c.sema import fold
from freehold.c.sema.context import load
from freehold.c.sema.kinds import SIZE, is_vla
from freehold.mir.values import BinOp
from freehold.source import Span


def runtime_size(ty: QualType, span: Span) -> tree.Expr:
    """Return the size in bytes of `ty`, a size_t: a constant unless it is a VLA."""
    shape = ty.type
    if not is_vla(ty) or not isinstance(shape, Array):
        return tree.IntValue(SIZE, span, size_of(ty))
    inner = runtime_size(shape.element, span)
    count: tree.Expr
    if shape.extent is not None:
        count = load(shape.extent, span)
    else:
        count = tree.IntValue(SIZE, span, shape.length or 0)
    return fold.arithmetic(BinOp.MUL, count, inner, SIZE, span)
