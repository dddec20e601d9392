"""Places: their address, what is known about them statically, and the checks that they need."""

from dataclasses import replace

from freehold.codegen.bounds import must_be_set
from freehold.codegen.memory import load_spot
from freehold.codegen.padding import of_element, with_padding
from freehold.codegen.spot import MemberCheck, Spot, still_aligned
from freehold.codegen.state import FunctionState, Value
from freehold.mir.values import (
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
    DynamicType,
    FloatType,
    PointerKind,
    PointerType,
    SliceType,
    TupleType,
    Type,
    align_of,
    layout_of,
    size_of,
    unsized_tail,
)

VTABLE_SIZE, VTABLE_ALIGN = 1, 2  # words of a vtable; word 0 is the drop glue, or 0


def locate(f: FunctionState, place: Place) -> Spot:
    """Return where `place` is; it is not accessed yet."""
    projections = list(place.projections)
    base = place.base
    volatile = place.volatile
    if isinstance(base, int) and projections and isinstance(projections[0], Deref):
        spot = _dereferenced(f, base)
        projections.pop(0)
    elif isinstance(base, int):
        volatile = volatile or f.body.locals[base].volatile
        spot = _local(f, base)
    else:
        one = f.module.program.globals[base]
        size = f.module.global_size(base)
        handle = "0" if f.module.unchecked else f.module.handle(base)
        name = f.module.global_name(one)
        spot = Spot(name, handle, one.type, size, 0, name, constant=one.constant)
    whole = True
    for projection in projections:
        spot = project_spot(f, spot, projection, whole=whole)
        whole = False
    if not (volatile or place.atomic or place.unaligned):
        return spot
    packed = spot.packed or place.unaligned
    return replace(spot, volatile=volatile, atomic=place.atomic, packed=packed)


def _local(f: FunctionState, base: Local) -> Spot:
    declared, home = f.body.locals[base], f.plan.homes[base]
    if home.register:  # of no size
        return Spot(f"inttoptr (i64 {align_of(declared.type)} to ptr)", "0", declared.type, 0, 0)
    known = None if home.dynamic else home.size
    tracked = (home.described or home.dynamic) and not f.module.unchecked
    handle = f.let(f"load i64, ptr %h{base}") if tracked else "0"
    address = f.let(f"load ptr, ptr %m{base}") if home.dynamic else f"%m{base}"
    return Spot(address, handle, declared.type, known, 0, address)


def _dereferenced(f: FunctionState, base: Local) -> Spot:
    ty = f.body.locals[base].type
    assert isinstance(ty, PointerType)
    if f.plan.homes[base].register:
        value = f.read_register(base)
        value = must_be_set(f, value, base)
        return _pointee(value, ty, base)
    return _pointee(load_spot(f, locate(f, Place(Local(base))), carry=False), ty)


def _pointee(value: Value, ty: PointerType, base: Local | None = None) -> Spot:
    raw = ty.kind in _RAW
    return Spot(
        value.ir,
        value.handle,
        ty.pointee,
        None,
        0,
        pointer=base,
        raw=raw,
        meta=value.meta,
        align=align_of(ty.pointee) if raw else 0,
    )


_RAW = frozenset((PointerKind.RAW_CONST, PointerKind.RAW_MUT))


def project_spot(f: FunctionState, spot: Spot, projection: object, *, whole: bool) -> Spot:
    """Return where one more projection leads; `whole`: it is the first, of a whole object."""
    match projection:
        case FieldOf(index):
            return _field(f, spot, index)
        case Index(local):
            return _index(f, spot, local, whole=whole)
        case ConstantIndex(offset, from_end):
            return _constant_index(f, spot, offset, from_end=from_end)
        case Deref():
            assert isinstance(spot.type, PointerType)
            return _pointee(load_spot(f, spot, carry=False), spot.type)
        case Downcast(variant):
            return replace(spot, variant=variant)
        case Subslice(start, end, from_end):
            return _subslice(f, spot, start, end, from_end=from_end)
        case _:
            raise AssertionError(projection)


def _field(f: FunctionState, spot: Spot, index: int) -> Spot:
    ty = spot.type
    if isinstance(ty, ComplexType):
        part = FloatType(ty.kind)
        offset = index * size_of(part)
        return of_element(f, spot, _moved(f, spot, offset, part))
    if isinstance(ty, TupleType):
        return _moved(f, spot, layout_of(ty).slots[index].offset, ty.elements[index])
    assert isinstance(ty, Adt)
    if ty.rust_layout:
        return _rust_field(f, spot, ty, index)
    slot = layout_of(ty).slots[index]
    member = ty.fields[index]
    packed = spot.packed or ty.packed or member.packed
    moved = replace(_moved(f, spot, slot.offset, member.type), member=member.name, packed=packed)
    if not f.module.unchecked:
        moved = with_padding(f, spot, moved, index)
    if member.bits is not None:
        return replace(moved, bits=slot)
    if is_trailing(ty, index):
        # 0 marks a trailing array: its own length does not bind, and no padding follows it.
        return replace(moved, aligned=0, padding=0)
    return replace(moved, aligned=1)


def _rust_field(f: FunctionState, spot: Spot, ty: Adt, index: int) -> Spot:
    # Padding is not set with any field: whoever reads it reads what nobody wrote.
    layout = layout_of(ty)
    body, slots = ty.variants[0], layout.slots
    if ty.kind is AdtKind.ENUM:
        assert spot.variant is not None
        body, slots = ty.variants[spot.variant], layout.variants[spot.variant].slots
    member = body.fields[index]
    moved = _moved(f, spot, slots[index].offset, member.type)
    packed = spot.packed or ty.packed or ty.pack > 0
    if spot.meta and unsized_tail(member.type) is not None and not packed:
        moved = _aligned_tail(f, spot, moved, slots[index].offset)
    meta = spot.meta if unsized_tail(member.type) is not None else ""
    return replace(moved, member=member.name, packed=packed, meta=meta, variant=None)


def _aligned_tail(f: FunctionState, spot: Spot, moved: Spot, offset: int) -> Spot:
    """Return the last field, whose alignment only its vtable knows."""
    if not isinstance(unsized_tail(moved.type), DynamicType):
        return moved
    table = f.let(f"inttoptr i64 {spot.meta} to ptr")
    at = f.let(f"getelementptr i8, ptr {table}, i64 {8 * VTABLE_ALIGN}")
    align = f.let(f"load i64, ptr {at}, align 8, !invariant.load !3")
    most = f.let(f"add i64 {align}, {offset - 1}")
    mask = f.let(f"sub i64 0, {align}")
    rounded = f.let(f"and i64 {most}, {mask}")
    return replace(moved, address=f.step(spot.address, rounded), offset=None, align=1)


def is_trailing(ty: Adt, index: int) -> bool:
    """Whether a field is a struct's last, an array of no length, none or one: it may be longer."""
    array = ty.fields[index].type
    last = ty.kind is AdtKind.STRUCT and index == len(ty.fields) - 1
    return last and isinstance(array, ArrayType) and (array.length is None or array.length <= 1)


def _moved(f: FunctionState, spot: Spot, offset: int, ty: Type) -> Spot:
    return replace(
        spot,
        address=f.step(spot.address, offset),
        type=ty,
        offset=None if spot.offset is None else spot.offset + offset,
        align=still_aligned(spot.align, offset),
    )


def _constant_index(f: FunctionState, spot: Spot, offset: int, *, from_end: bool) -> Spot:
    array = spot.type
    assert isinstance(array, (ArrayType, SliceType))
    size = size_of(array.element)
    if from_end:
        length = spot.meta if isinstance(array, SliceType) else str(array.length)
        index = f.let(f"sub i64 {length}, {offset}")
        address = f.step(spot.address, f.let(f"mul i64 {index}, {size}"))
        align = still_aligned(spot.align, size)
        return replace(spot, address=address, type=array.element, offset=None, meta="", align=align)
    moved = replace(_moved(f, spot, offset * size, array.element), aligned=1, meta="")
    return of_element(f, spot, moved)


def _subslice(f: FunctionState, spot: Spot, start: int, end: int, *, from_end: bool) -> Spot:
    array = spot.type
    if isinstance(array, ArrayType):
        length = (array.length or 0) - end if from_end else end
        part = ArrayType(array.element, length - start)
        return _moved(f, spot, start * size_of(array.element), part)
    assert isinstance(array, SliceType)
    length_ = f.let(f"sub i64 {spot.meta}, {start + end}") if from_end else str(end - start)
    return replace(_moved(f, spot, start * size_of(array.element), array), meta=length_)


def _index(f: FunctionState, spot: Spot, local: int, *, whole: bool) -> Spot:
    array = spot.type
    assert isinstance(array, (ArrayType, SliceType))
    index = must_be_set(f, f.read_register(local), local).ir
    size = size_of(array.element)
    scaled = index if size == 1 else f.let(f"mul i64 {index}, {size}")
    address = f.step(spot.address, scaled)
    f.derive(address, spot.address, size, scaled)
    moved = replace(spot, address=address, type=array.element, offset=None, aligned=1, meta="")
    moved = replace(moved, align=still_aligned(spot.align, size))
    if f.rust or isinstance(array, SliceType):
        # The index was compared with the length before: an array's needs no further check.
        inside = "true" if spot.known is not None else None
        return replace(moved, index_ok=inside)
    moved = of_element(f, spot, moved)
    if f.module.unchecked or array.length is None:
        return moved
    if spot.aligned == 0:  # a trailing array: the object's bounds alone
        return moved
    ok = f.let(f"icmp ult i64 {index}, {array.length}")
    if whole and spot.known is not None and spot.known == size_of(array):
        return replace(moved, index_ok=ok)
    check = MemberCheck(ok, spot.address, size_of(array))
    return replace(moved, members=(*spot.members, check))
