"""The intrinsics of our std, as plain MIR in the place of their calls."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from freehold.mir.body import Extern
from freehold.mir.statements import Intrinsic
from freehold.mir.values import (
    Aggregate,
    Binary,
    BinOp,
    Cast,
    CastKind,
    Copy,
    Deref,
    Discriminant,
    IntConst,
    Move,
    Operand,
    Overflow,
    Place,
    Rvalue,
    Symbol,
    Use,
)
from freehold.rust.items import Function
from freehold.rust.mono.constants import text_address
from freehold.rust.mono.keys import Arguments
from freehold.rust.mono.names import type_id, type_name
from freehold.rust.mono.sites import Site
from freehold.rust.mono.sizes import size_and_align
from freehold.rust.mono.writer import field, number
from freehold.types import (
    BOOL,
    I64,
    U64,
    VOID,
    Adt,
    AdtKind,
    FunctionType,
    PointerKind,
    PointerType,
    Type,
    align_of,
    size_of,
)
from freehold.types.generic import type_argument

if TYPE_CHECKING:
    from freehold.rust.mono.calls import Caller

Given = Sequence[Operand]
Emit = Callable[["Caller", Arguments, Given, Site], None]

_POINTER = PointerType(VOID, PointerKind.RAW_MUT)


def intrinsic(
    caller: "Caller",
    definition: Function,
    arguments: Arguments,
    given: Given,
    site: Site,
) -> None:
    """Write what an intrinsic does, and go on."""
    _EMIT[definition.intrinsic](caller, arguments, given, site)


def _give(caller: "Caller", site: Site, rvalue: Rvalue) -> None:
    if site.destination is not None:
        ty = caller.writer.type_of(site.destination)
        if size_of(ty):
            caller.writer.assign(site.destination, rvalue)
    _go_on(caller, site)


def _go_on(caller: "Caller", site: Site) -> None:
    assert site.target is not None
    caller.writer.goto(site.target)


def _plain(caller: "Caller", arguments: Arguments, index: int = 0) -> Type:
    return caller.mono.types.plain(type_argument(arguments, index))


# ----------------------------------------------------------------------------------- about types


def _size_of(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del given
    _give(caller, site, Use(number(size_of(_plain(caller, arguments)))))


def _align_of(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del given
    _give(caller, site, Use(number(align_of(_plain(caller, arguments)))))


def _size_of_val(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    size, _ = size_and_align(caller.writer, given[0], _plain(caller, arguments))
    _give(caller, site, Use(size))


def _align_of_val(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    _, align = size_and_align(caller.writer, given[0], _plain(caller, arguments))
    _give(caller, site, Use(align))


def _needs_drop(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del given
    needed = caller.mono.types.needs_drop(type_argument(arguments, 0))
    _give(caller, site, Use(IntConst(int(needed), BOOL)))


def _type_name(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del given
    data = type_name(type_argument(arguments, 0)).encode()
    text = text_address(caller.mono, data, caller.writer.span)
    assert site.destination is not None
    ty = caller.writer.type_of(site.destination)
    _give(caller, site, Aggregate(ty, (text, number(len(data)))))


def _type_id(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del given
    _give(caller, site, Use(number(type_id(caller.mono, type_argument(arguments, 0)))))


def _discriminant(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    ty = _plain(caller, arguments)
    if isinstance(ty, Adt) and ty.kind is AdtKind.ENUM:
        _give(caller, site, Discriminant(_behind(caller, given[0])))
    else:
        _give(caller, site, Use(IntConst(0, I64)))


def _caller_location(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del arguments, given
    _give(caller, site, Use(caller.location(site)))


# -------------------------------------------------------------------------------------- memory


def _behind(caller: "Caller", pointer: Operand) -> Place:
    """Return what a pointer operand points to."""
    if isinstance(pointer, (Copy, Move)):
        return field(pointer.place, Deref())
    local = caller.writer.local(pointer.type)
    caller.writer.put(Place(local), pointer)
    return Place(local, (Deref(),))


def _transmute(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del arguments
    if site.destination is None:
        _go_on(caller, site)
        return
    ty = caller.writer.type_of(site.destination)
    if size_of(ty):
        _give(caller, site, Cast(CastKind.TRANSMUTE, given[0], ty))
    else:
        _go_on(caller, site)


def _bytes(caller: "Caller", ty: Type, count: Operand) -> Operand:
    size = size_of(ty)
    if isinstance(count, IntConst):
        return number(count.value * size)
    if size == 1:
        return count
    return caller.writer.let(U64, Binary(BinOp.MUL, count, number(size)))


def _copy(which: Intrinsic) -> Emit:
    def emit(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
        ty = _plain(caller, arguments)
        source, to, count = given
        if size_of(ty) == 0:
            _go_on(caller, site)
            return
        size = _bytes(caller, ty, count)
        operands = [to, source, size, number(align_of(ty))]
        _machine(caller, which, operands, VOID, replace(site, destination=None))

    return emit


def _fill(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    ty = _plain(caller, arguments)
    to, byte, count = given
    if size_of(ty) == 0:
        _go_on(caller, site)
        return
    operands = [to, byte, _bytes(caller, ty, count), number(align_of(ty))]
    _machine(caller, Intrinsic.FILL, operands, VOID, replace(site, destination=None))


def _machine(caller: "Caller", which: Intrinsic, operands: Given, result: Type, site: Site) -> None:
    """Write one of MIR's own intrinsics."""
    types = tuple(_type(caller, one) for one in operands)
    ty = FunctionType(types, result)
    caller.writer.call(which, ty, operands, site.destination, site.target, None)


def _type(caller: "Caller", operand: Operand) -> Type:
    if isinstance(operand, (Copy, Move)):
        return caller.writer.type_of(operand.place)
    return operand.type


def _read(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del arguments
    _give(caller, site, Use(Copy(_behind(caller, given[0]))))


def _write(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    if size_of(_plain(caller, arguments)):
        caller.writer.put(_behind(caller, given[0]), given[1])
    _go_on(caller, site)


def _load(*, volatile: bool) -> Emit:
    def emit(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
        del arguments
        place = _behind(caller, given[0])
        place = replace(place, volatile=volatile, unaligned=not volatile)
        _give(caller, site, Use(Copy(place)))

    return emit


def _store(*, volatile: bool) -> Emit:
    def emit(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
        del arguments
        place = _behind(caller, given[0])
        caller.writer.put(replace(place, volatile=volatile, unaligned=not volatile), given[1])
        _go_on(caller, site)

    return emit


# ------------------------------------------------------------------------------------- pointers


def _offset(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    ty = _plain(caller, arguments)
    pointer, count = given
    if size_of(ty) == 0:
        _give(caller, site, Use(pointer))
        return
    _give(caller, site, Binary(BinOp.OFFSET, pointer, count))


def _distance(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    ty = _plain(caller, arguments)
    if size_of(ty) == 0:
        _give(caller, site, Use(IntConst(0, I64)))
        return
    _give(caller, site, Binary(BinOp.PTR_DIFF, given[0], given[1]))


def _slice_from(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del arguments
    assert site.destination is not None
    ty = caller.writer.type_of(site.destination)
    _give(caller, site, Aggregate(ty, (given[0], given[1])))


def _slice_len(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del arguments
    _give(caller, site, Use(caller.writer.metadata(given[0])))


# ----------------------------------------------------------------------------------- arithmetic


def _binary(op: BinOp, overflow: Overflow = Overflow.WRAP) -> Emit:
    def emit(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
        del arguments
        _give(caller, site, Binary(op, given[0], given[1], overflow))

    return emit


def _own(which: Intrinsic) -> Emit:
    def emit(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
        del arguments
        assert site.destination is not None
        ty = caller.writer.type_of(site.destination)
        _machine(caller, which, given, ty, site)

    return emit


def _bswap(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    if size_of(_plain(caller, arguments)) == 1:
        _give(caller, site, Use(given[0]))
    else:
        _own(Intrinsic.BSWAP)(caller, arguments, given, site)


# -------------------------------------------------------------------------------------- control


def _unreachable(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del arguments, given, site
    ty = FunctionType((), VOID)
    caller.writer.call(Intrinsic.UNREACHABLE, ty, (), None, None, None)


def _abort(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    del arguments, given, site
    symbol, ty = Symbol("abort"), FunctionType((), VOID)
    caller.mono.externs.setdefault(symbol, Extern(symbol, ty, caller.writer.span))
    caller.writer.call(symbol, ty, (), None, None, None)


def _catch(caller: "Caller", arguments: Arguments, given: Given, site: Site) -> None:
    _own(Intrinsic.CATCH)(caller, arguments, given, site)


_EMIT: dict[str, Emit] = {
    "size_of": _size_of,
    "align_of": _align_of,
    "size_of_val": _size_of_val,
    "align_of_val": _align_of_val,
    "needs_drop": _needs_drop,
    "type_name": _type_name,
    "type_id": _type_id,
    "discriminant_value": _discriminant,
    "caller_location": _caller_location,
    "transmute": _transmute,
    "copy": _copy(Intrinsic.COPY),
    "copy_nonoverlapping": _copy(Intrinsic.COPY_APART),
    "write_bytes": _fill,
    "read_via_copy": _read,
    "write_via_move": _write,
    "unaligned_read": _load(volatile=False),
    "unaligned_write": _store(volatile=False),
    "volatile_load": _load(volatile=True),
    "volatile_store": _store(volatile=True),
    "offset": _offset,
    "arith_offset": _offset,
    "ptr_offset_from": _distance,
    "slice_from_raw_parts": _slice_from,
    "slice_len": _slice_len,
    "add_with_overflow": _binary(BinOp.ADD, Overflow.CHECKED),
    "sub_with_overflow": _binary(BinOp.SUB, Overflow.CHECKED),
    "mul_with_overflow": _binary(BinOp.MUL, Overflow.CHECKED),
    "wrapping_add": _binary(BinOp.ADD),
    "wrapping_sub": _binary(BinOp.SUB),
    "wrapping_mul": _binary(BinOp.MUL),
    "saturating_add": _own(Intrinsic.SATURATING_ADD),
    "saturating_sub": _own(Intrinsic.SATURATING_SUB),
    "unchecked_shl": _binary(BinOp.SHL),
    "unchecked_shr": _binary(BinOp.SHR),
    "ctpop": _own(Intrinsic.POPCOUNT),
    "ctlz": _own(Intrinsic.CLZ),
    "cttz": _own(Intrinsic.CTZ),
    "bswap": _bswap,
    "bitreverse": _own(Intrinsic.BITREVERSE),
    "rotate_left": _own(Intrinsic.ROTATE_LEFT),
    "rotate_right": _own(Intrinsic.ROTATE_RIGHT),
    "unreachable": _unreachable,
    "abort": _abort,
    "catch_unwind": _catch,
}

INTRINSICS = frozenset(_EMIT)
