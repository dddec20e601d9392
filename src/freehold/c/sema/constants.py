"""Where C asks for an integer constant expression (C11 6.6)."""

from freehold.c import ast, tree
from freehold.c.sema.context import Context
from freehold.c.sema.convert import value
from freehold.c.sema.evaluate import Evaluator
from freehold.c.sema.kinds import is_integer
from freehold.c.sema.spell import spell
from freehold.diagnostics.codes import NOT_CONSTANT


def integer_constant(c: Context, node: ast.Expr, role: str) -> tree.IntValue | None:
    """Return the value of an integer constant expression; `role` names it when it is none."""
    found = value(c, node)
    if isinstance(found, tree.IntValue) and is_integer(found.type):
        return found
    if not is_integer(found.type):
        what = f"{role} must be an integer, not `{spell(found.type)}`"
        c.report.error(NOT_CONSTANT, node.span, what, found)
        return None
    known = Evaluator().integer(found)
    if known is None:
        c.report.error(NOT_CONSTANT, node.span, f"{role} must be a constant", found)
        return None
    c.report.pedantic(NOT_CONSTANT, node.span, f"{role} is constant only by extension")
    return tree.IntValue(found.type, node.span, known)
