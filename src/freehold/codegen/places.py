"""Places: their address, what is known about them statically, and the checks that they need."""

from dataclasses import replace

from freehold.codegen.memory import load_spot, must_be_set
from freehold.codegen.padding import of_element, with_padding
from freehold.codegen.spot import MemberCheck, Spot
from freehold.codegen.state import FunctionState
from freehold.mir.body import (
    ConstantIndex,
    Deref,
    Downcast,
    FieldOf,
    Index,
    Local,
    Place,
    Subslice,
)
from freehold.types import (
    Adt,
    AdtKind,
    ArrayType,
    ComplexType,
    FloatType,
    PointerType,
    Type,
    layout_of,
    size_of,
)


def locate(f: FunctionState, place: Place) -> Spot:
    """Return where `place` is; it is not accessed yet."""
    projections = list(place.projections)
    base = place.base
    volatile = place.volatile
    if isinstance(base, int) and projections and isinstance(projections[0], Deref):
        spot = _dereferenced(f, base)
        projections.pop(0)
    elif isinstance(base, int):
        declared = f.body.locals[base]
        volatile = volatile or declared.volatile
        home = f.plan.homes[base]
        known = None if home.dynamic else home.size
        tracked = (home.described or home.dynamic) and not f.module.trusted
        handle = f.let(f"load i64, ptr %h{base}") if tracked else "0"
        address = f.let(f"load ptr, ptr %m{base}") if home.dynamic else f"%m{base}"
        spot = Spot(address, handle, declared.type, known, 0)
    else:
        one = f.module.program.globals[base]
        size = f.module.global_size(base)
        handle = "0" if f.module.trusted else f.module.handle(base)
        spot = Spot(f.module.global_name(one), handle, one.type, size, 0, constant=one.constant)
    whole = True
    for projection in projections:
        spot = project_spot(f, spot, projection, whole=whole)
        whole = False
    return _qualified(spot, volatile=volatile, atomic=place.atomic)


def _qualified(spot: Spot, *, volatile: bool, atomic: bool) -> Spot:
    if not volatile and not atomic:
        return spot
    return replace(spot, volatile=volatile, atomic=atomic)


def _dereferenced(f: FunctionState, base: int) -> Spot:
    ty = f.body.locals[base].type
    assert isinstance(ty, PointerType)
    if f.plan.homes[base].register:
        value = f.read_register(base)
        value = must_be_set(f, value, base)
        return Spot(value.ir, value.handle, ty.pointee, None, 0, pointer=base)
    value = load_spot(f, locate(f, Place(Local(base))), carry=False)
    return Spot(value.ir, value.handle, ty.pointee, None, 0)


def project_spot(f: FunctionState, spot: Spot, projection: object, *, whole: bool) -> Spot:
    """Return where one more projection leads; `whole`: it is the first, of a whole object."""
    match projection:
        case FieldOf(index):
            return _field(f, spot, index)
        case Index(local):
            return _index(f, spot, local, whole=whole)
        case ConstantIndex(offset, False):
            return _constant_index(f, spot, offset)
        case ConstantIndex() | Subslice() | Downcast() | Deref():
            raise NotImplementedError(f"{projection}")
        case _:
            raise AssertionError(projection)


def _shift(f: FunctionState, address: str, offset: int) -> str:
    if offset == 0:
        return address
    return f.let(f"getelementptr i8, ptr {address}, i64 {offset}")


def _field(f: FunctionState, spot: Spot, index: int) -> Spot:
    ty = spot.type
    if isinstance(ty, ComplexType):
        part = FloatType(ty.kind)
        offset = index * size_of(part)
        return of_element(f, spot, _moved(f, spot, offset, part))
    assert isinstance(ty, Adt)
    slot = layout_of(ty).slots[index]
    member = ty.fields[index]
    packed = spot.packed or ty.packed or member.packed
    moved = replace(_moved(f, spot, slot.offset, member.type), member=member.name, packed=packed)
    if not f.module.trusted:
        moved = with_padding(f, spot, moved, index)
    if member.bits is not None:
        return replace(moved, bits=slot)
    if is_trailing(ty, index):
        # 0 marks a trailing array: its own length does not bind, and no padding follows it.
        return replace(moved, aligned=0, padding=0)
    return replace(moved, aligned=1)


def is_trailing(ty: Adt, index: int) -> bool:
    """Whether a field is a struct's last, an array of no length, none or one: it may be longer."""
    array = ty.fields[index].type
    last = ty.kind is AdtKind.STRUCT and index == len(ty.fields) - 1
    return last and isinstance(array, ArrayType) and (array.length is None or array.length <= 1)


def _moved(f: FunctionState, spot: Spot, offset: int, ty: Type) -> Spot:
    return replace(
        spot,
        address=_shift(f, spot.address, offset),
        type=ty,
        offset=None if spot.offset is None else spot.offset + offset,
    )


def _constant_index(f: FunctionState, spot: Spot, offset: int) -> Spot:
    assert isinstance(spot.type, ArrayType)
    element = spot.type.element
    moved = replace(_moved(f, spot, offset * size_of(element), element), aligned=1)
    return of_element(f, spot, moved)


def _index(f: FunctionState, spot: Spot, local: int, *, whole: bool) -> Spot:
    assert isinstance(spot.type, ArrayType)
    array = spot.type
    index = must_be_set(f, f.read_register(local), local).ir
    size = size_of(array.element)
    scaled = index if size == 1 else f.let(f"mul i64 {index}, {size}")
    address = f.let(f"getelementptr i8, ptr {spot.address}, i64 {scaled}")
    moved = replace(spot, address=address, type=array.element, offset=None, aligned=1)
    moved = of_element(f, spot, moved)
    if f.module.trusted or array.length is None:
        return moved
    if spot.aligned == 0:  # a trailing array: the object's bounds alone
        return moved
    ok = f.let(f"icmp ult i64 {index}, {array.length}")
    if whole and spot.known is not None and spot.known == size_of(array):
        return replace(moved, index_ok=ok)
    check = MemberCheck(ok, spot.address, size_of(array))
    return replace(moved, members=(*spot.members, check))
