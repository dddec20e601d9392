"""Initialisers of automatic objects: stores, or a copy of a constant image when there are many."""

import struct

from freehold.c import tree
from freehold.c.ctype import Array, QualType
from freehold.c.lower.context import Lowering
from freehold.c.lower.places import FIRST, field_of
from freehold.mir.body import Global, Linkage, Relocation
from freehold.mir.values import (
    Binary,
    BinOp,
    Block,
    ConstantIndex,
    Copy,
    Index,
    IntConst,
    Operand,
    Place,
    Projection,
    Symbol,
    Use,
    ZeroConst,
)
from freehold.source import Span
from freehold.types import (
    BOOL,
    I64,
    Adt,
    ArrayType,
    BoolType,
    FloatKind,
    FloatType,
    IntType,
    PointerType,
    Type,
    align_of,
    layout_of,
    size_of,
)

_FEW = 8  # up to so many stores are made one by one
_UNROLLED = 8  # and so many elements of a range
_IMAGE_LIMIT = 1 << 20  # bytes; larger objects are always zeroed and stored to


def initialise(cx: Lowering, place: Place, ty: QualType, initial: tree.Initial) -> None:
    """Lower the initialisation of the object of type `ty` at `place`."""
    lowered = cx.type_of(ty)
    stores = initial.stores
    span = stores[0].value.span if stores else cx.builder.locals[0].span
    if len(stores) == 1 and not stores[0].path:
        _store(cx, place, lowered, stores[0].value)
        return
    if len(stores) > _FEW:
        rest = _copy_image(cx, place, lowered, stores, span)
        if rest is not None:
            for one in rest:
                _store_at(cx, place, one)
            return
    if initial.zero:
        cx.assign(place, Use(ZeroConst(lowered)), span)
    for one in stores:
        _store_at(cx, place, one)


def _store_at(cx: Lowering, place: Place, one: tree.InitStore) -> None:
    projections = [*place.projections, *map(_step, one.path)]
    ty = _part_type(cx, one.path, one.value)
    if one.last is None:
        _store(cx, Place(place.base, tuple(projections)), ty, one.value)
        return
    first = one.path[-1].index
    operand = cx.stable(cx.operand(one.value), ty, one.value.span)
    if one.last - first < _UNROLLED:
        for index in range(first, one.last + 1):
            projections[-1] = ConstantIndex(index)
            cx.assign(Place(place.base, tuple(projections)), Use(operand), one.value.span)
    else:
        _store_range(cx, Place(place.base, tuple(projections[:-1])), one, operand)


def _step(step: tree.InitStep) -> Projection:
    if isinstance(step.container, Array):
        return ConstantIndex(step.index) if step.index else FIRST
    return field_of(step.index)


def _part_type(cx: Lowering, path: tuple[tree.InitStep, ...], value: tree.Expr) -> Type:
    if not path:
        return cx.type_of(value.type)
    last = path[-1]
    if isinstance(last.container, Array):
        return cx.type_of(last.container.element)
    record = cx.unit.type_of(last.container)
    assert isinstance(record, Adt)
    return record.fields[last.index].type


def _store(cx: Lowering, place: Place, ty: Type, value: tree.Expr) -> None:
    if isinstance(value, tree.StringRef) and isinstance(ty, ArrayType):
        _store_string(cx, place, ty, value)
    elif isinstance(ty, ArrayType) and not isinstance(value, tree.Load):
        # An array from another array, named without a load (GNU: from a compound literal).
        cx.assign(place, Use(Copy(cx.place(value))), value.span)
    else:
        cx.into(place, value, value.span)


def _store_string(cx: Lowering, place: Place, ty: ArrayType, value: tree.StringRef) -> None:
    size = size_of(ty)
    if size > _LONG:
        _store_characters(cx, place, ty, value)
        return
    data = value.literal.data[:size].ljust(size, b"\0")
    if not data.strip(b"\0"):
        cx.assign(place, Use(ZeroConst(ty)), value.span)
    else:
        source = _pooled(cx, data, ty, (), value.span)
        cx.assign(place, Use(Copy(Place(source))), value.span)


_LONG = 1 << 20  # bytes of an array of which no copy is kept to initialise it


def _store_characters(cx: Lowering, place: Place, ty: ArrayType, value: tree.StringRef) -> None:
    """Clear an array, and write one character after the other."""
    span, element = value.span, ty.element
    assert isinstance(element, IntType)
    cx.assign(place, Use(ZeroConst(ty)), span)
    width = size_of(element)
    text = value.literal.data
    for at in range(0, len(text), width):
        number = int.from_bytes(text[at : at + width], "little", signed=element.signed)
        index = Place(cx.builder.temporary(I64, span))
        assert isinstance(index.base, int)
        cx.assign(index, Use(IntConst(at // width, I64)), span)
        to = Place(place.base, (*place.projections, Index(index.base)))
        if number:
            cx.assign(to, Use(IntConst(number, element)), span)


def _store_range(cx: Lowering, array: Place, one: tree.InitStore, operand: Operand) -> None:
    # for (i = first; i <= last; i++) array[i] = operand;
    span = one.value.span
    assert one.last is not None
    counter = Place(cx.builder.temporary(I64, span))
    assert isinstance(counter.base, int)
    cx.assign(counter, Use(IntConst(one.path[-1].index, I64)), span)
    head, body, done = cx.builder.block(), cx.builder.block(), cx.builder.block()
    cx.enter(head, span)
    _test(cx, counter, one.last, (body, done), span)
    cx.builder.enter(body)
    element = Place(array.base, (*array.projections, Index(counter.base)))
    cx.assign(element, Use(operand), span)
    cx.assign(counter, Binary(BinOp.ADD, Copy(counter), IntConst(1, I64)), span)
    cx.goto(head, span)
    cx.builder.enter(done)


def _test(cx: Lowering, counter: Place, last: int, to: tuple[Block, Block], span: Span) -> None:
    more = cx.hold(Binary(BinOp.LE, Copy(counter), IntConst(last, I64)), BOOL, span)
    cx.switch(more, *to, span)


# -------------------------------------------------------------------------------------- images


def _copy_image(
    cx: Lowering, place: Place, ty: Type, stores: tuple[tree.InitStore, ...], span: Span
) -> list[tree.InitStore] | None:
    """Copy the constant part of an initialiser from a global; return the other stores.

    None, and nothing is done, if too little is constant for that.
    """
    size = size_of(ty)
    if size > _IMAGE_LIMIT:
        return None
    image = bytearray(size)
    relocations: dict[int, Relocation] = {}
    rest = [one for one in stores if not _put(cx, image, relocations, ty, one)]
    if len(rest) * 2 > len(stores):
        return None
    if any(image) or relocations:
        source = _pooled(cx, bytes(image), ty, tuple(relocations.values()), span)
        cx.assign(place, Use(Copy(Place(source))), span)
    else:
        cx.assign(place, Use(ZeroConst(ty)), span)
    return rest


def _put(
    cx: Lowering,
    image: bytearray,
    relocations: dict[int, Relocation],
    ty: Type,
    one: tree.InitStore,
) -> bool:
    """Write a store into the image; say no if it is not constant, or not of whole bytes."""
    offset = 0
    for step in one.path:
        if isinstance(ty, ArrayType):
            ty = ty.element
            offset += step.index * size_of(ty)
            continue
        assert isinstance(ty, Adt)
        if ty.fields[step.index].bits is not None:
            return False
        offset += layout_of(ty).slots[step.index].offset
        ty = ty.fields[step.index].type
    found = _constant(cx, ty, one.value)
    if found is None:
        return False
    data, symbol = found
    count = 1 if one.last is None else one.last - one.path[-1].index + 1
    image[offset : offset + len(data) * count] = data * count
    if symbol is not None:
        for at in range(offset, offset + 8 * count, 8):
            relocations[at] = Relocation(at, symbol)
    return True


def _constant(cx: Lowering, ty: Type, value: tree.Expr) -> tuple[bytes, Symbol | None] | None:
    """Return the bytes of a constant, and the symbol whose address stands in them, if any."""
    match value:
        case tree.IntValue() if isinstance(ty, (IntType, BoolType, PointerType)):
            size = size_of(ty)
            return (value.value & ((1 << 8 * size) - 1)).to_bytes(size, "little"), None
        case tree.FloatValue() if isinstance(ty, FloatType):
            return _float_bytes(value.text, ty)
        case tree.StringRef() if isinstance(ty, ArrayType):
            size = size_of(ty)
            return value.literal.data[:size].ljust(size, b"\0"), None
        case tree.Decay(array=tree.StringRef(literal=literal)):
            return bytes(8), cx.unit.literals[id(literal)]
        case tree.FunctionRef():
            cx.unit.functions[id(value.function)] = value.function
            return bytes(8), Symbol(value.function.symbol)
        case _:
            return None


def _float_bytes(text: str, ty: FloatType) -> tuple[bytes, None] | None:
    number = float.fromhex(text)
    match ty.kind:
        case FloatKind.F32:
            return struct.pack("<f", number), None
        case FloatKind.F64:
            return struct.pack("<d", number), None
        case _:
            return None


def _pooled(
    cx: Lowering, data: bytes, ty: Type, relocations: tuple[Relocation, ...], span: Span
) -> Symbol:
    """Return the symbol of a constant global with these contents."""
    key = (data, ty, relocations)
    known = cx.unit.pool.get(key)
    if known is None:
        name = Symbol(f".const.{cx.unit.stem}.{len(cx.unit.pool)}")
        known = cx.unit.pool[key] = Global(
            name,
            "initialiser",
            ty,
            data,
            span,
            relocations,
            size_of(ty),
            align_of(ty),
            constant=True,
            linkage=Linkage.INTERNAL,
        )
    return known.name
