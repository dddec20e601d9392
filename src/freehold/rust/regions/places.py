"""The types of places, with their regions."""

from freehold.mir.values import (
    ConstantIndex,
    Deref,
    Downcast,
    FieldOf,
    Index,
    Place,
    Projection,
    Subslice,
)
from freehold.rust.regions.relate import Relate
from freehold.rust.regions.selection import Selection
from freehold.rust.regions.variables import captures_of
from freehold.types import ArrayType, PointerType, SliceType, TupleType, Type
from freehold.types.fold import substitute
from freehold.types.generic import (
    ERROR,
    AdtType,
    ClosureType,
    GenericArrayType,
    RefType,
    is_type,
)


class PlaceTypes:
    """Types of places, given those of the locals."""

    __slots__ = ("_locals", "_relate", "_selection")

    def __init__(self, locals_: list[Type], selection: Selection, relate: Relate) -> None:
        """Take the locals' types; `relate` is for what normalising a field's type relates."""
        self._locals = locals_
        self._selection = selection
        self._relate = relate

    def place(self, place: Place) -> Type:
        """Return the type of `place`; `ERROR` for what has none here (a static)."""
        return self.steps(place)[-1]

    def steps(self, place: Place) -> list[Type]:
        """Return the types of the base and after each projection."""
        if not isinstance(place.base, int):
            return [ERROR] * (len(place.projections) + 1)
        ty = self._locals[place.base]
        found = [ty]
        variant = 0
        for projection in place.projections:
            if isinstance(projection, Downcast):
                variant = projection.variant
                found.append(ty)
                continue
            ty = self._project(ty, projection, variant)
            variant = 0
            found.append(ty)
        return found

    def _project(self, ty: Type, projection: Projection, variant: int) -> Type:
        match projection:
            case Deref():
                return _pointee(ty)
            case FieldOf(index):
                return self.field(ty, variant, index)
            case Index() | ConstantIndex():
                return _element(ty)
            case Subslice():
                return ty if isinstance(ty, SliceType) else SliceType(_element(ty))
            case _:
                return ty

    def field(self, ty: Type, variant: int, index: int) -> Type:
        """Return the type of a field of an aggregate."""
        match ty:
            case TupleType(elements):
                return elements[index] if index < len(elements) else ERROR
            case ClosureType():
                captured = captures_of(ty)
                return captured[index] if index < len(captured) else ERROR
            case AdtType(definition, arguments):
                fields = definition.variants[variant].fields
                own = substitute(fields[index].type, arguments)
                return self._selection.field(own, self._relate)
            case _:
                return ERROR


def _pointee(ty: Type) -> Type:
    match ty:
        case RefType() | PointerType():
            return ty.pointee
        case AdtType(_, arguments):  # a Box
            return next((one for one in arguments if is_type(one)), ERROR)
        case _:
            return ERROR


def _element(ty: Type) -> Type:
    if isinstance(ty, ArrayType | GenericArrayType | SliceType):
        return ty.element
    return ERROR
