"""Answers about types that follow from their structure alone: for MIR that no front end made."""

from collections.abc import Callable, Iterable

from freehold.mir.typing import VariantType, field_types
from freehold.types import (
    ArrayType,
    BoolType,
    CharType,
    FloatType,
    FunctionType,
    IntType,
    NeverType,
    PointerKind,
    PointerType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    Answers,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
    is_type,
)

_COPY = (BoolType, CharType, IntType, FloatType, NeverType, FunctionType, FnDefType, FnPtrType)
_UNKNOWN = (ParamType, ProjectionType, OpaqueType, DynType)
NO_DROP_LANG = "manually_drop"  # the lang item whose contents are not dropped


def structural_answers(copies: Iterable[Type]) -> Answers:
    """Return answers by structure; of parameters and ADTs, only `copies` are Copy.

    An ADT without arguments in `copies` is Copy whenever all its type arguments are.
    """
    exact = set(copies)
    families = {ty.definition for ty in exact if isinstance(ty, AdtType) and not ty.arguments}

    def is_copy(ty: Type) -> bool:
        match ty:
            case _ if isinstance(ty, _COPY) or ty in exact:
                return True
            case RefType(mutable=mutable):
                return not mutable
            case PointerType(kind=kind):
                return kind is not PointerKind.REF_MUT
            case ArrayType(element) | GenericArrayType(element):
                return is_copy(element)
            case TupleType() | ClosureType():
                return all(map(is_copy, field_types(ty)))
            case AdtType(definition, arguments):
                parts = (part for part in arguments if is_type(part))
                return definition in families and all(map(is_copy, parts))
            case _:
                return False

    return Answers(is_copy, lambda ty: _needs_drop(ty, is_copy, set()))


def _needs_drop(ty: Type, is_copy: Callable[[Type], bool], inside: set[Type]) -> bool:
    """Return whether dropping a `ty` may do anything; a type inside itself adds nothing."""
    if ty in inside or is_copy(ty):
        return False
    if isinstance(ty, _UNKNOWN):
        return True
    inside.add(ty)
    found = any(_needs_drop(part, is_copy, inside) for part in _owned(ty))
    inside.discard(ty)
    return found or (isinstance(ty, AdtType) and _drops_itself(ty))


def _drops_itself(ty: AdtType) -> bool:
    return ty.definition.drop is not None or ty.definition.lang == "owned_box"


def _owned(ty: Type) -> Iterable[Type]:
    match ty:
        case ArrayType(element) | GenericArrayType(element) | SliceType(element):
            return (element,)
        case AdtType(definition) if definition.lang == NO_DROP_LANG:
            return ()
        case AdtType(definition, arguments):
            variants = (VariantType(variant, arguments) for variant in definition.variants)
            return [part for variant in variants for part in field_types(variant)]
        case _:
            return field_types(ty)
