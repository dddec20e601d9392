"""Heads: the outermost constructors of types, by which impls are found.

Heads of what std declares are plain values (paths stand for its definitions), so that the tables
of std's impls can be kept. Two types may share a head: it only says which impls to look at.
"""

from freehold.rust.catalogue import Head
from freehold.rust.items import Item, Struct
from freehold.rust.resolve.lookup import PRIMITIVES
from freehold.types import (
    ArrayType,
    BoolType,
    CharType,
    FloatType,
    IntType,
    NeverType,
    PointerType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    ClosureType,
    Definition,
    DynType,
    ErrorType,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    InferKind,
    InferType,
    OpaqueType,
    RefType,
)
from freehold.types.model import StrType

ANY: Head = "any"  # of an impl: it fits all types; of a type: nothing is known of it
NONE: Head = "none"  # of a type: only impls for all types fit it
INTEGER: Head = "integer"  # of a variable
FLOAT: Head = "float"  # of a variable


def head_of(ty: Type) -> Head:
    """Return the outermost constructor of `ty`."""
    match ty:
        case AdtType():
            return head_of_item(ty.definition)
        case RefType():
            return "&mut" if ty.mutable else "&"
        case PointerType():
            return ty.kind.value
        case TupleType():
            return "tuple", len(ty.elements)
        case DynType():
            return "dyn", head_of_item(ty.trait) if ty.trait else ""
        case InferType():
            return _INFERRED[ty.kind]
        case IntType() | FloatType() | BoolType() | CharType() | StrType() | NeverType():
            return SCALARS[ty]
        case _:
            return _PLAIN.get(type(ty), NONE)


def head_of_item(definition: Definition) -> Head:
    """Return what stands for a definition in heads and tables: of std its path."""
    if isinstance(definition, Item | Struct):
        crate = definition.crate
        if crate is not None and crate.standard:
            return definition.path
    return definition


_INFERRED: dict[InferKind, Head] = {
    InferKind.ANY: ANY,
    InferKind.INT: INTEGER,
    InferKind.FLOAT: FLOAT,
}
SCALARS: dict[Type, Head] = {
    **{one.type: name for name, one in PRIMITIVES.items()},
    NeverType(): "!",
}
_PLAIN: dict[type, Head] = {
    ArrayType: "array",
    GenericArrayType: "array",
    SliceType: "slice",
    FnPtrType: "fn",
    FnDefType: NONE,
    ClosureType: NONE,
    OpaqueType: ANY,
    ErrorType: ANY,
}
FLOATS = frozenset(("f32", "f64"))
INTEGERS = frozenset(name for name in PRIMITIVES if name[0] in "iu")
