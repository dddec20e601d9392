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
    GenericArg,
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

    return Answers(is_copy, lambda ty: _needs_drop(ty, is_copy, set()), show=structural_show)


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


def structural_show(ty: Type) -> str:  # noqa: PLR0911 (a case a line)
    """Return `ty` about as rustc prints it, by what its own parts say."""
    match ty:
        case AdtType(definition, arguments) | ClosureType(definition, arguments):
            shown = ", ".join(_show_argument(part) for part in arguments)
            return f"{definition.name}<{shown}>" if shown else definition.name
        case RefType(_, pointee, mutable):
            return f"&{'mut ' if mutable else ''}{structural_show(pointee)}"
        case PointerType(pointee, kind):
            return f"{kind.value} {structural_show(pointee)}"
        case ArrayType(element, length):
            return f"[{structural_show(element)}; {length}]"
        case SliceType(element):
            return f"[{structural_show(element)}]"
        case TupleType(elements):
            return f"({', '.join(map(structural_show, elements))})"
        case ParamType(_, name):
            return name
        case IntType(bits, signed, pointer_sized):
            return f"{'i' if signed else 'u'}{'size' if pointer_sized else bits}"
        case _:
            return type(ty).__name__.removesuffix("Type").lower()


def _show_argument(argument: GenericArg) -> str:
    if is_type(argument):
        return structural_show(argument)
    return str(getattr(argument, "name", None) or getattr(argument, "value", "'_"))
