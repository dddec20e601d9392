"""A quick look whether two types may unify: no for sure, or perhaps. Binds nothing.

Variables, and the parameters of the impl on the left, match everything; on the right parameters
are rigid.
"""

from collections.abc import Callable
from typing import Any

from freehold.types import ArrayType, FloatType, IntType, PointerType, SliceType, TupleType
from freehold.types.generic import (
    AdtType,
    BoundRegion,
    ClosureType,
    ConstInfer,
    ConstParam,
    ConstValue,
    DynType,
    ErasedRegion,
    ErrorRegion,
    ErrorType,
    FnDefType,
    FnPtrType,
    FreeRegion,
    GenericArg,
    GenericArrayType,
    InferKind,
    InferType,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    RegionVar,
    StaticRegion,
)

_REGIONS = (
    StaticRegion,
    ErasedRegion,
    ErrorRegion,
    ParamRegion,
    BoundRegion,
    FreeRegion,
    RegionVar,
)
# Projections of an impl's header are normalised once its parameters are known.
_OPEN_PATTERNS = frozenset(
    (ParamType, ProjectionType, OpaqueType, ErrorType, ConstParam, ConstInfer, *_REGIONS)
)
_OPEN_TYPES = frozenset((ErrorType, ConstInfer, *_REGIONS))


def may_match(pattern: GenericArg, ty: GenericArg) -> bool:
    """Tell whether `pattern`, in terms of an impl's parameters, may be made equal to `ty`."""
    kind, other = type(pattern), type(ty)
    if kind in _OPEN_PATTERNS or other in _OPEN_TYPES:
        return True
    if kind is InferType:
        return _variable(pattern, ty)
    if other is InferType:
        return _variable(ty, pattern)
    if kind is other:
        compare = _COMPARE.get(kind)
        return pattern == ty if compare is None else compare(pattern, ty)
    return kind in _ARRAYS and other in _ARRAYS and may_match(*_elements(pattern, ty))


def _elements(pattern: Any, ty: Any) -> tuple[GenericArg, GenericArg]:
    return pattern.element, ty.element


def all_may_match(patterns: tuple[GenericArg, ...], types: tuple[GenericArg, ...]) -> bool:
    """Tell whether all patterns may be made equal to the types beside them."""
    return all(map(may_match, patterns, types))


def _variable(variable: Any, ty: GenericArg) -> bool:
    kind = variable.kind
    if kind is InferKind.ANY:
        return True
    if isinstance(ty, InferType):
        return ty.kind is InferKind.ANY or ty.kind is kind
    return isinstance(ty, IntType if kind is InferKind.INT else FloatType)


def _tuples(pattern: TupleType, ty: TupleType) -> bool:
    return len(pattern.elements) == len(ty.elements) and all(
        map(may_match, pattern.elements, ty.elements)
    )


def _applied(pattern: Any, ty: Any) -> bool:
    return pattern.definition is ty.definition and all_may_match(pattern.arguments, ty.arguments)


def _arrays(pattern: ArrayType, ty: ArrayType) -> bool:
    return pattern.length == ty.length and may_match(pattern.element, ty.element)


def _functions(pattern: FnPtrType, ty: FnPtrType) -> bool:
    left, right = pattern.signature, ty.signature
    same = left.abi == right.abi and left.unsafe is right.unsafe
    return same and len(left.inputs) == len(right.inputs)


_ARRAYS = frozenset((ArrayType, GenericArrayType))
_COMPARE: dict[type, Callable[[Any, Any], bool]] = {
    PointerType: lambda p, t: p.kind is t.kind and may_match(p.pointee, t.pointee),
    RefType: lambda p, t: p.mutable is t.mutable and may_match(p.pointee, t.pointee),
    ArrayType: _arrays,
    GenericArrayType: lambda p, t: may_match(p.element, t.element),
    SliceType: lambda p, t: may_match(p.element, t.element),
    TupleType: _tuples,
    AdtType: _applied,
    FnDefType: _applied,
    ClosureType: _applied,
    FnPtrType: _functions,
    DynType: lambda p, t: p.trait is t.trait and p.auto == t.auto,
    ConstValue: lambda p, t: p.value == t.value,
}
