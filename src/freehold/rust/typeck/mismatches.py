"""E0308: two types differ. The words."""

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust.infer import Mismatch, Table, has_error, mismatch_label, resolve, show
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    InferType,
    ParamType,
    ProjectionType,
    RefType,
)

_WORDS: dict[type, str] = {
    RefType: "reference",
    FnDefType: "fn item",
    FnPtrType: "fn pointer",
    ClosureType: "closure",
    DynType: "trait object",
    ParamType: "type parameter",
    ProjectionType: "associated type",
}


def mismatch_diagnostic(
    table: Table,
    span: Span,
    expected: Type,
    found: Type,
    mismatch: Mismatch,
    labels: tuple[Label, ...] = (),
) -> Diagnostic | None:
    """Return the E0308 that says how `found` differs; None if an error was said already."""
    expected, found = resolve(table, expected), resolve(table, found)
    if has_error(expected) or has_error(found):
        return None
    label = mismatch_label(expected, found, mismatch, table)
    notes: tuple[str, ...] = ()
    if _compound(expected) or _compound(found):
        notes = (
            f"expected {_word(expected)} `{show(expected)}`, found {_word(found)} `{show(found)}`",
        )
    return Diagnostic(codes.MISMATCHED_TYPES, span, {}, label, labels, notes=notes)


def _compound(ty: Type) -> bool:
    if isinstance(ty, AdtType):
        return bool(ty.arguments)
    return type(ty) in _WORDS


def _word(ty: Type) -> str:
    if isinstance(ty, AdtType):
        return ty.definition.kind.value
    if isinstance(ty, InferType):
        return "type"
    return _WORDS.get(type(ty), "type")
