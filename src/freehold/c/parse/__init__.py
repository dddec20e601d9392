"""The parser of C: tokens to `freehold.c.ast`, by recursive descent.

C11 with GNU's extensions, and C23 where `ParseOptions.std` says so. Nothing here knows types,
except which names are typedefs'.
"""

from freehold.c import ast
from freehold.c.depth import deep_recursion
from freehold.c.parse.faults import Hopeless
from freehold.c.parse.options import ParseOptions
from freehold.c.parse.unit import Parser
from freehold.c.token import Token
from freehold.collector import without_collector
from freehold.diagnostics import Diagnostic

__all__ = ["ParseOptions", "parse"]


def parse(
    tokens: list[Token], options: ParseOptions | None = None
) -> tuple[ast.Unit | None, list[Diagnostic]]:
    """Parse preprocessed tokens, END included; there is no unit if there was a syntax error."""
    parser = Parser(tokens, options or ParseOptions())
    with deep_recursion(), without_collector():
        try:
            unit = parser.unit()
        except Hopeless:
            return None, parser.found
    return (None if parser.errors else unit), parser.found
