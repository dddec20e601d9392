"""Which types have an UnsafeCell in them, outside of all pointers."""

from collections.abc import Callable

from freehold.mir.typing import VariantType, field_types
from freehold.types import ArrayType, SliceType, TupleType, Type
from freehold.types.generic import (
    AdtDef,
    AdtType,
    ClosureType,
    DynType,
    GenericArrayType,
    OpaqueType,
    ParamType,
    ProjectionType,
)

CELL = "unsafe_cell"  # the lang item
_UNKNOWN = (ParamType, ProjectionType, OpaqueType, DynType)


def is_cell(definition: AdtDef) -> bool:
    """Say whether `definition` is `UnsafeCell`."""
    return definition.lang == CELL


def has_cell(ty: Type, normalise: Callable[[Type], Type]) -> bool:
    """Say whether a value of type `ty` may change through a shared reference to it."""
    return _Search(normalise).found(ty)


class _Search:
    def __init__(self, normalise: Callable[[Type], Type]) -> None:
        self._normalise = normalise
        self._inside: set[Type] = set()

    def found(self, ty: Type) -> bool:
        match ty:
            case ArrayType(element) | SliceType(element) | GenericArrayType(element):
                return self.found(element)
            case TupleType() | ClosureType():
                return any(map(self.found, field_types(ty)))
            case AdtType(definition, arguments):
                if is_cell(definition):
                    return True
                if ty in self._inside:
                    return False
                self._inside.add(ty)
                variants = (VariantType(variant, arguments) for variant in definition.variants)
                fields = (one for variant in variants for one in field_types(variant))
                return any(self.found(self._normalise(one)) for one in fields)
            case _:
                return isinstance(ty, _UNKNOWN)
