"""What `let pattern: T` says of the types of its variables."""

from collections.abc import Iterator

from freehold.mir.typing import VariantType, field_types
from freehold.rust import thir
from freehold.types import ArrayType, SliceType, Type
from freehold.types.generic import AdtType, GenericArrayType, RefType, type_argument


def written_types(pattern: thir.Pattern, ty: Type) -> Iterator[tuple[thir.Variable, Type]]:
    """Yield the variables bound by value to a part of a `ty`, and the type of that part."""
    match pattern:
        case thir.BindPattern(variable=variable, by_ref=by_ref, sub=sub):
            if by_ref is None:
                yield variable, ty
            if sub is not None:
                yield from written_types(sub, ty)
        case thir.DerefPattern(sub):
            yield from written_types(sub, _pointee(ty))
        case thir.LeafPattern(fields=fields):
            types = field_types(ty)
            for index, part in fields:
                yield from written_types(part, types[index])
        case thir.VariantPattern(variant=variant, fields=fields):
            assert isinstance(ty, AdtType)
            types = field_types(VariantType(ty.definition.variants[variant], ty.arguments))
            for index, part in fields:
                yield from written_types(part, types[index])
        case thir.SlicePattern(prefix=prefix, suffix=suffix):
            assert isinstance(ty, ArrayType | SliceType | GenericArrayType)
            for part in (*prefix, *suffix):
                yield from written_types(part, ty.element)
        case thir.OrPattern(alternatives=alternatives):
            yield from written_types(alternatives[0], ty)
        case _:
            pass


def _pointee(ty: Type) -> Type:
    if isinstance(ty, RefType):
        return ty.pointee
    assert isinstance(ty, AdtType)
    return type_argument(ty.arguments, 0)
