"""Macro expansion: `macro_rules!`, the built-in macros, derives, and `#[cfg]`."""

from freehold.diagnostics import Diagnostic
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.expand.expander import Expander
from freehold.rust.expand.marks import Marks
from freehold.rust.expand.scope import Library


@dataclass(frozen=True, slots=True)
class Expanded:
    """A crate without macro calls, the marks of its identifiers, and what it exports."""

    crate: ast.Crate
    marks: Marks
    exported: Library
    diagnostics: tuple[Diagnostic, ...]


def expand(crate: ast.Crate, library: Library | None = None, name: str = "main") -> Expanded:
    """Expand all macros of crate `name`. `library`: what our std exports; None: it is our std."""
    expander = Expander(library is None, library or Library(), name)
    made = expander.crate(crate)
    return Expanded(made, expander.marks, expander.exported, tuple(expander.found))


__all__ = ["Expanded", "Library", "Marks", "expand"]
