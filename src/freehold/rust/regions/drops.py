"""Which regions must be live when a value is dropped.

drop(Adt with a Drop impl) = all regions of its arguments, but those of `#[may_dangle]`
                             parameters, of which what they drop
drop(Adt), drop((A, B)), drop([T]), drop(closure) = those of its fields
drop(dyn Trait + 'a) = 'a and its arguments
drop(&T), drop(*T), drop(T) = none; ManuallyDrop and PhantomData have none
"""

from collections.abc import Iterator

from freehold.rust.regions.outlives import variables
from freehold.rust.regions.variables import captures_of
from freehold.types import ArrayType, SliceType, TupleType, Type
from freehold.types.fold import substitute
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    GenericArrayType,
    OpaqueType,
    ProjectionType,
    RegionId,
    RegionVar,
    is_type,
)

_NEVER = frozenset({"manually_drop", "phantom_data"})


def drop_regions(ty: Type) -> frozenset[RegionId]:
    """Return the regions in `ty` that dropping it may look at."""
    return frozenset(one.id for one in _drops(ty, frozenset()))


def _drops(ty: Type, around: frozenset[Type]) -> Iterator[RegionVar]:
    match ty:
        case AdtType():
            if ty not in around and ty.definition.lang not in _NEVER:
                yield from _adt(ty, around | {ty})
        case TupleType(elements):
            for element in elements:
                yield from _drops(element, around)
        case ArrayType(element) | GenericArrayType(element) | SliceType(element):
            yield from _drops(element, around)
        case ClosureType():
            for captured in captures_of(ty):
                yield from _drops(captured, around)
        case DynType() | OpaqueType() | ProjectionType():
            yield from variables(ty)
        case _:
            pass


def _adt(ty: AdtType, around: frozenset[Type]) -> Iterator[RegionVar]:
    definition = ty.definition
    if definition.drop is not None or definition.lang == "owned_box":
        dangling = definition.dangling
        for index, argument in enumerate(ty.arguments):
            if not is_type(argument):
                if isinstance(argument, RegionVar) and index not in dangling:
                    yield argument
            elif index in dangling or definition.lang == "owned_box":
                yield from _drops(argument, around)
            else:
                yield from variables(argument)
    if not ty.arguments:
        return
    for variant in definition.variants:
        for one in variant.fields:
            yield from _drops(substitute(one.type, ty.arguments), around)
