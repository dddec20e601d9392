"""`_Static_assert` (C11 6.7.10)."""

from freehold.c import ast
from freehold.c.sema.constants import integer_constant
from freehold.c.sema.context import Context
from freehold.c.sema.literals import string_bytes
from freehold.diagnostics.codes import STATIC_ASSERTION


def static_assert(c: Context, node: ast.StaticAssert) -> None:
    """Check a static assertion."""
    constant = integer_constant(c, node.condition, "the condition of a static assertion")
    if constant is None or constant.value:
        return
    message = ""
    if node.message is not None:
        text = string_bytes(c, node.message)[0][:-1].decode("utf-8", "replace")
        message = f": {text}"
    c.report.error(STATIC_ASSERTION, node.span, message)
