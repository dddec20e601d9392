"""E0282: a type that nothing tells. Where the user could best write it."""

from collections.abc import Iterable

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.mir.body import BindingKind
from freehold.rust.infer import Table, first_free, show
from freehold.rust.infer.resolve import mentions
from freehold.rust.typeck.draft import LocalVar
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import InferType


def unknown_type(table: Table, variables: Iterable[LocalVar], ty: Type, span: Span) -> Diagnostic:
    """Return the E0282 for `ty`: at the variable whose type it is a part of, else at `span`."""
    free = first_free(table, ty)
    if free is None:
        return Diagnostic(codes.TYPE_NEEDED, span, {"what": ""}, "cannot infer type")
    variable = _variable(table, variables, free)
    if variable is not None:
        shown = show(variable.type, table)
        what = "" if shown == "_" else f" for `{shown}`"
        help_ = (f"consider giving `{variable.name}` an explicit type",)
        return Diagnostic(codes.TYPE_NEEDED, variable.span, {"what": what}, "", help=help_)
    origin = table.origins[free.id]
    if origin.name and origin.owner and origin.span is not None:
        label = (
            f"cannot infer type of the type parameter `{origin.name}` "
            f"declared on the {origin.owner}"
        )
        return Diagnostic(codes.TYPE_NEEDED, origin.span, {"what": ""}, label)
    return Diagnostic(codes.TYPE_NEEDED, span, {"what": ""}, "cannot infer type")


def _variable(table: Table, variables: Iterable[LocalVar], free: InferType) -> LocalVar | None:
    """Return the first variable declared by `let`, or parameter of a closure, that has it."""
    for variable in variables:
        if variable.kind in (BindingKind.LET, BindingKind.PARAMETER) and mentions(
            table, variable.type, free.id
        ):
            return variable
    return None
