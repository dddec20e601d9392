"""Unification: makes two types equal by binding variables, or says where they differ.

Regions never differ here: bodies are checked without them, and `rust.regions` relates them later.
Projections are taken as rigid: `traits.normalize` has replaced the others.

The functions bind as they go. Who needs to take a failed attempt back does so by a snapshot, or
calls `try_unify`.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from freehold.records import dataclass
from freehold.rust.infer.instantiate import open_binder
from freehold.rust.infer.resolve import mentions
from freehold.rust.infer.table import Table, admits
from freehold.types import ArrayType, PointerKind, PointerType, SliceType, TupleType, Type
from freehold.types.generic import (
    USIZE,
    AdtType,
    ClosureType,
    Const,
    ConstInfer,
    ConstValue,
    DynType,
    ErrorType,
    FnDefType,
    FnPtrType,
    GenericArg,
    GenericArrayType,
    InferType,
    OpaqueType,
    ProjectionType,
    RefType,
    Signature,
    is_const,
    is_type,
)


class Difference(Enum):
    """In what two types differ."""

    SORTS = "sorts"
    MUTABILITY = "mutability"
    TUPLE_SIZE = "tuple size"
    ARRAY_SIZE = "array size"
    CONSTANT = "constant"
    PARAMETERS = "number of parameters"
    SAFETY = "safety"
    ABI = "abi"
    VARIADIC = "variadic"
    TRAITS = "traits"
    CYCLIC = "cyclic"
    BINDERS = "binders"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where two types differ, innermost: the parts there."""

    difference: Difference
    expected: object
    found: object


def unify(table: Table, expected: Type, found: Type) -> Mismatch | None:
    """Make the types equal, or say where they differ."""
    if expected is found:
        return None
    if type(expected) is InferType:
        expected = table.shallow(expected)
    if type(found) is InferType:
        found = table.shallow(found)
    kind = type(expected)
    if kind is InferType or type(found) is InferType:
        return _variable(table, expected, found)
    if kind is type(found):
        relate = _RELATE.get(kind)
        if relate is not None:
            return relate(table, expected, found)
        return None if expected == found else _sorts(expected, found)
    if kind is ErrorType or type(found) is ErrorType:
        return None
    if kind in _ARRAYS and type(found) in _ARRAYS:
        return _arrays(table, expected, found)
    return _sorts(expected, found)


def try_unify(table: Table, expected: Type, found: Type) -> Mismatch | None:
    """Make the types equal, or say where they differ and leave everything as it was."""
    mark = table.snapshot()
    mismatch = unify(table, expected, found)
    if mismatch is not None:
        table.rollback(mark)
    return mismatch


def can_unify(table: Table, expected: Type, found: Type) -> bool:
    """Tell whether the types could be made equal."""
    mark = table.snapshot()
    mismatch = unify(table, expected, found)
    table.rollback(mark)
    return mismatch is None


def unify_arguments(
    table: Table, expected: tuple[GenericArg, ...], found: tuple[GenericArg, ...]
) -> Mismatch | None:
    """Make two lists of arguments of one item equal."""
    if expected is found:
        return None
    for left, right in zip(expected, found, strict=True):
        if is_type(left):
            assert is_type(right)
            mismatch = unify(table, left, right)
        elif is_const(left):
            assert is_const(right)
            mismatch = unify_consts(table, left, right)
        else:
            continue
        if mismatch is not None:
            return mismatch
    return None


def unify_consts(table: Table, expected: Const, found: Const) -> Mismatch | None:
    """Make two constants equal; their types are known to be."""
    expected, found = table.shallow_const(expected), table.shallow_const(found)
    if isinstance(expected, ConstInfer):
        if expected != found:
            table.bind_const(expected.id, found)
        return None
    if isinstance(found, ConstInfer):
        table.bind_const(found.id, expected)
        return None
    if isinstance(expected, ConstValue) and isinstance(found, ConstValue):
        same = expected.value == found.value
    else:
        same = expected == found
    return None if same else Mismatch(Difference.CONSTANT, expected, found)


def unify_signatures(table: Table, expected: Signature, found: Signature) -> Mismatch | None:
    """Make two signatures equal; their binders do not matter."""
    if expected.unsafe is not found.unsafe:
        return Mismatch(Difference.SAFETY, expected.unsafe, found.unsafe)
    if expected.abi != found.abi:
        return Mismatch(Difference.ABI, expected.abi, found.abi)
    if expected.variadic is not found.variadic:
        return Mismatch(Difference.VARIADIC, expected.variadic, found.variadic)
    if len(expected.inputs) != len(found.inputs):
        return Mismatch(Difference.PARAMETERS, expected, found)
    for left, right in zip(expected.inputs, found.inputs, strict=True):
        mismatch = unify(table, left, right)
        if mismatch is not None:
            return mismatch
    return unify(table, expected.output, found.output)


# --------------------------------------------------------------------------------------- by kind


def _sorts(expected: Type, found: Type) -> Mismatch:
    return Mismatch(Difference.SORTS, expected, found)


def _variable(table: Table, expected: Type, found: Type) -> Mismatch | None:
    if isinstance(expected, InferType) and isinstance(found, InferType):
        return None if table.join(expected, found) else _sorts(expected, found)
    variable, ty = (expected, found) if isinstance(expected, InferType) else (found, expected)
    assert isinstance(variable, InferType)
    if not admits(variable.kind, ty):
        return _sorts(expected, found)
    if mentions(table, ty, variable.id):
        return Mismatch(Difference.CYCLIC, expected, found)
    table.bind(variable.id, ty)
    return None


def _pointers(table: Table, expected: PointerType, found: PointerType) -> Mismatch | None:
    if expected.kind is not found.kind:
        return Mismatch(Difference.MUTABILITY, expected, found)
    return unify(table, expected.pointee, found.pointee)


def _references(table: Table, expected: RefType, found: RefType) -> Mismatch | None:
    if expected.mutable is not found.mutable:
        return Mismatch(Difference.MUTABILITY, expected, found)
    return unify(table, expected.pointee, found.pointee)


def _arrays(table: Table, expected: Type, found: Type) -> Mismatch | None:
    left, length = array_parts(expected)
    right, other = array_parts(found)
    mismatch = unify(table, left, right) or unify_consts(table, length, other)
    if mismatch is not None and mismatch.difference is Difference.CONSTANT:
        lengths = table.shallow_const(length), table.shallow_const(other)
        if (mismatch.expected, mismatch.found) == lengths:
            return Mismatch(Difference.ARRAY_SIZE, *lengths)
    return mismatch


def array_parts(ty: Type) -> tuple[Type, Const]:
    """Return the element and the length of an array type."""
    if isinstance(ty, ArrayType):
        assert ty.length is not None
        return ty.element, ConstValue(ty.length, USIZE)
    assert isinstance(ty, GenericArrayType)
    return ty.element, ty.length


def _slices(table: Table, expected: SliceType, found: SliceType) -> Mismatch | None:
    return unify(table, expected.element, found.element)


def _tuples(table: Table, expected: TupleType, found: TupleType) -> Mismatch | None:
    if len(expected.elements) != len(found.elements):
        return Mismatch(Difference.TUPLE_SIZE, len(expected.elements), len(found.elements))
    for left, right in zip(expected.elements, found.elements, strict=True):
        mismatch = unify(table, left, right)
        if mismatch is not None:
            return mismatch
    return None


def _applied(
    table: Table,
    expected: AdtType | FnDefType | ClosureType | OpaqueType,
    found: AdtType | FnDefType | ClosureType | OpaqueType,
) -> Mismatch | None:
    if expected.definition is not found.definition:
        return _sorts(expected, found)
    return unify_arguments(table, expected.arguments, found.arguments)


def _projections(table: Table, expected: ProjectionType, found: ProjectionType) -> Mismatch | None:
    if expected.item is not found.item:
        return _sorts(expected, found)
    mismatch = unify_arguments(table, expected.arguments, found.arguments)
    return None if mismatch is None else _sorts(expected, found)


def _function_pointers(table: Table, expected: FnPtrType, found: FnPtrType) -> Mismatch | None:
    return unify_signatures(table, _opened(expected.signature), _opened(found.signature))


def _opened(signature: Signature) -> Signature:
    """Return `signature` without its binder: what is bound in it must not get into a variable."""
    return open_binder(signature) if signature.bound else signature


def _dynamic(table: Table, expected: DynType, found: DynType) -> Mismatch | None:
    same = expected.trait is found.trait and expected.auto == found.auto
    if not same or len(expected.bindings) != len(found.bindings):
        return _sorts(expected, found)
    mismatch = unify_arguments(table, expected.arguments, found.arguments)
    if mismatch is not None:
        return mismatch
    others = dict(found.bindings)
    for item, bound in expected.bindings:
        other = others.get(item)
        if other is None:
            return _sorts(expected, found)
        mismatch = unify(table, bound, other)
        if mismatch is not None:
            return mismatch
    return None


_ARRAYS = frozenset((ArrayType, GenericArrayType))

# What is not in it is equal when it compares equal.
_RELATE: dict[type, Callable[[Table, Any, Any], Mismatch | None]] = {
    PointerType: _pointers,
    RefType: _references,
    ArrayType: _arrays,
    GenericArrayType: _arrays,
    SliceType: _slices,
    TupleType: _tuples,
    AdtType: _applied,
    FnDefType: _applied,
    ClosureType: _applied,
    OpaqueType: _applied,
    ProjectionType: _projections,
    FnPtrType: _function_pointers,
    DynType: _dynamic,
    ErrorType: lambda _table, _expected, _found: None,
}


def raw(pointee: Type, *, mutable: bool) -> PointerType:
    """Return `*mut pointee` or `*const pointee`."""
    return PointerType(pointee, PointerKind.RAW_MUT if mutable else PointerKind.RAW_CONST)
