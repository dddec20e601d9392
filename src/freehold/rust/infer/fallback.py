"""What becomes of variables that nothing determines: `i32`, `f64`, `()` of diverging code."""

from freehold.rust.infer.table import Table
from freehold.types import F64, I32, UNIT, Type
from freehold.types.generic import InferKind, InferType


def fall_back_all(table: Table) -> None:
    """Bind all unbound variables that have a default."""
    diverging = table.diverging_roots()
    for variable in table.unbound():
        if variable.kind is not InferKind.ANY:
            table.bind(variable.id, I32 if variable.kind is InferKind.INT else F64)
        elif variable.id in diverging:
            table.bind(variable.id, UNIT)


def default_of(table: Table, root: InferType) -> Type | None:
    """Return the default of a variable: edition 2021 takes () for what only diverges."""
    match root.kind:
        case InferKind.INT:
            return I32
        case InferKind.FLOAT:
            return F64
        case InferKind.ANY:
            return UNIT if table.diverges(root.id) else None
