"""A whole translation unit: its external declarations, then what only the end settles."""

from freehold.c import ast, tree
from freehold.c.depth import deep_recursion
from freehold.c.sema.context import Context
from freehold.c.sema.functions import finish_inline
from freehold.c.sema.kinds import (
    INT128,
    NOWHERE,
    UINT128,
    VA_LIST,
)
from freehold.c.sema.options import SemaOptions
from freehold.c.sema.rules import RULES
from freehold.c.sema.scope import Typedef
from freehold.c.sema.variables import finish_tentative
from freehold.diagnostics import Diagnostic

_PREDEFINED = {
    "__builtin_va_list": VA_LIST,
    "__int128_t": INT128,
    "__uint128_t": UINT128,
}


def analyse(unit: ast.Unit, options: SemaOptions) -> tuple[tree.TranslationUnit, list[Diagnostic]]:
    """Return the typed tree of `unit`, whole only if no diagnostic is an error."""
    with deep_recursion():
        c = Context(options, RULES)
        for name, ty in _PREDEFINED.items():
            c.file.names[name] = Typedef(name, ty, NOWHERE)
        for external in unit.externals:
            c.statement(external)
        finish_tentative(c)
        finish_inline(c)
    typedefs = {
        name: entity.type for name, entity in c.file.names.items() if isinstance(entity, Typedef)
    }
    unit_ = tree.TranslationUnit(c.functions, c.variables, c.strings, c.records, typedefs)
    return unit_, c.report.found
