"""Offsets that are scaled twice: a number of bytes is added to a pointer, which counts elements."""

from collections.abc import Iterator

from freehold.c import ast, tree
from freehold.c.ctype import QualType
from freehold.c.lowertype import size_of
from freehold.c.sema.context import Context
from freehold.c.sema.kinds import BAD, is_complete, is_pointer, is_vla, target_of
from freehold.diagnostics.codes import SCALED_TWICE


def check_offset(c: Context, pointer: tree.Expr, offset: ast.Expr) -> None:
    """Look at what is added to `pointer`: a product with the size of its elements is bytes."""
    if pointer.type is not BAD and is_pointer(pointer.type):
        check_index(c, target_of(pointer.type), offset)


def check_index(c: Context, element: QualType, index: ast.Expr) -> None:
    """Look at an index into elements of a type."""
    if not is_complete(element) or is_vla(element) or c.unevaluated:
        return
    width = size_of(element)
    if width < 2:
        return
    for factor in _factors(index):
        measured = c.measured.get(id(factor))
        if measured is not None and not is_vla(measured) and size_of(measured) == width:
            help_ = "leave the `sizeof` out: what is added to a pointer counts elements"
            c.report.hazard(SCALED_TWICE, index.span, f"{width}", help_)
            return


def _factors(node: ast.Expr) -> Iterator[ast.SizeOf]:
    """Yield the `sizeof`s that are factors of a product."""
    pending = [node]
    while pending:
        one = pending.pop()
        match one:
            case ast.SizeOf():
                yield one
            case ast.Paren(inner=inner):
                pending.append(inner)
            case ast.Cast(operand=inner):
                pending.append(inner)
            case ast.Binary(op="*", left=left, right=right):
                pending += (left, right)
            case _:
                pass
