"""What a type written for a pattern says of the types of its variables."""

from collections.abc import Iterator

from freehold.mir.typing import VariantType, field_types
from freehold.mir.values import Place
from freehold.rust import thir
from freehold.rust.build.access import ascribe
from freehold.rust.build.builder import Builder
from freehold.rust.build.places import deref
from freehold.types import ArrayType, SliceType, Type
from freehold.types.generic import AdtType, GenericArrayType, ProjectionType, RefType, type_argument


def ascribe_variables(b: Builder, pattern: thir.Pattern, user_type: thir.UserType) -> None:
    """Say of each variable in `pattern`, which matches a `user_type`, what its type is."""
    for bound, ty in _written_types(pattern, user_type.type):
        place = Place(b.variables[bound.variable].own)
        if bound.by_ref is not None:
            place = deref(place)
        ascribe(b, place, thir.UserType(ty, user_type.span))


def _written_types(pattern: thir.Pattern, ty: Type) -> Iterator[tuple[thir.BindPattern, Type]]:
    """Yield the variables bound to a part of a `ty`, and the type of that part."""
    match pattern:
        case thir.BindPattern(sub=sub):
            yield pattern, ty
            if sub is not None:
                yield from _written_types(sub, ty)
        case _ if isinstance(ty, ProjectionType):
            pass  # its parts are not known before it is normalised
        case thir.DerefPattern(sub):
            yield from _written_types(sub, _pointee(ty))
        case thir.LeafPattern(fields=fields):
            types = field_types(ty)
            for index, part in fields:
                yield from _written_types(part, types[index])
        case thir.VariantPattern(variant=variant, fields=fields):
            assert isinstance(ty, AdtType)
            types = field_types(VariantType(ty.definition.variants[variant], ty.arguments))
            for index, part in fields:
                yield from _written_types(part, types[index])
        case thir.SlicePattern(prefix=prefix, suffix=suffix):
            assert isinstance(ty, ArrayType | SliceType | GenericArrayType)
            for part in (*prefix, *suffix):
                yield from _written_types(part, ty.element)
        case thir.OrPattern(alternatives=alternatives):
            yield from _written_types(alternatives[0], ty)
        case _:
            pass


def _pointee(ty: Type) -> Type:
    if isinstance(ty, RefType):
        return ty.pointee
    assert isinstance(ty, AdtType)
    return type_argument(ty.arguments, 0)
