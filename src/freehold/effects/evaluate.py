"""Statements: places to addresses, operands and rvalues to values, assignments to memory."""

from collections.abc import Callable, Iterator
from typing import Any

from freehold.effects.cells import Fill, Rest
from freehold.effects.events import Event
from freehold.effects.faults import Extent, Fault, Kind
from freehold.effects.growth import check_stale
from freehold.effects.job import Dead, Job
from freehold.effects.log import Access, Log
from freehold.effects.memory import (
    ask_read,
    cells_of,
    fill,
    forget,
    keep,
    locate,
    read,
    require,
    write,
)
from freehold.effects.paths import Element, Path, Skip, Through
from freehold.effects.state import State, Status
from freehold.effects.values import (
    UNINITIALISED,
    Linear,
    Number,
    Symbol,
    Value,
    add,
    form,
    fresh,
    split,
)
from freehold.mir.statements import Assign, StorageDead, StorageLive
from freehold.mir.values import (
    RETURN,
    AddressConst,
    Aggregate,
    Binary,
    BinOp,
    Cast,
    CastKind,
    Copy,
    Deref,
    FloatConst,
    IntConst,
    LabelConst,
    Len,
    Move,
    NullConst,
    Operand,
    Place,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Unary,
    UninitConst,
    Use,
    ZeroConst,
)
from freehold.types import (
    Adt,
    AdtKind,
    ArrayType,
    ComplexType,
    FloatType,
    IntType,
    PointerType,
    Type,
    VoidType,
    field_offset,
    size_of,
)

_LEAVES = 64

# ------------------------------------------------------------------------------------------ places


def address_of(job: Job, state: State, place: Place, path: Path, *, accessed: bool = True) -> Value:
    """Return the address of a place that is no register; it may be `accessed` there, or not."""
    base = path.base
    here: Value
    steps = iter(path.steps)
    if isinstance(base, str):
        here = job.whole.address(base)
    elif base in job.locals:
        here = form(job.locals[base])
    else:
        first = next(steps, None)
        assert isinstance(first, Through)
        here = _used_local(job, state, place, base)
        if base in job.stale:
            check_stale(job, state, base, here)
    if not path.known:
        return fresh(PointerType(VoidType()))
    for step in steps:
        if type(step) is Skip:
            here = add(_number(here), step.bytes)
        elif type(step) is Through:
            job.place = place
            here = _load(job, state, here, 8, step.pointer, used=True)
        elif type(step) is Element:
            index = state.facts.known(_used_local(job, state, place, step.local))
            index = job.arithmetic.number(index, None) if type(index) is not int else index
            if step.length is not None:
                last = step.length - accessed
                _check_member(job, state, index, last, step.width, step.member)
            here = add(_number(here), index, step.width)
    return here


def _number(value: Value) -> Number:
    return value if type(value) is int or type(value) is Linear else 0


def _check_member(
    job: Job, state: State, index: Number, last: int, width: int, member: str
) -> None:
    low, high = state.facts.interval(index)
    if low >= 0 and high <= last:
        return
    extent = Extent(index if type(index) is int else 0, width, True, None)
    fault = Fault(Kind.MEMBER, Event("", job.span), name=member, extent=extent)
    for excess in (add(0, index, -1), add(index, last, -1)):
        require(job, state, excess, fault)


def _used_local(job: Job, state: State, place: Place, local: Any) -> Value:
    """Return the value of a register that is used here."""
    value: Value
    if local in job.locals:
        declared = job.body.locals[local]
        value = _load(
            job, state, form(job.locals[local]), size_of(declared.type), declared.type, used=True
        )
        return value
    value = state.env.get(local, UNINITIALISED)
    if value is UNINITIALISED:
        declared = job.body.locals[local]
        job.place = Place(local)
        _uninitialised(job, state)
        value = state.env[local] = fresh(declared.type)
    elif type(value) is Linear:
        ask_held(job, state, value)
    return value


def ask_held(job: Job, state: State, value: Linear) -> None:
    """Ask for the bytes that a value in a register was read from: it is used now."""
    asked = job.pending.get(value.terms[0][0]) if len(value.terms) == 1 else None
    if asked is None or ("held", asked) in state.seen:
        return
    state.seen.add(("held", asked))
    base, offset, size, event = asked
    # They may be gone by now: only what stood there is of interest.
    state.log = Log(state.log, Access(base, offset, size, False, True, event, soft=True))


def _uninitialised(job: Job, state: State) -> None:
    job.fault(state, Fault(Kind.UNINITIALISED, Event("", job.span), name=job.reading))


def _load(job: Job, state: State, address: Value, size: int, ty: Type, *, used: bool) -> Value:
    """Read a scalar; where it is used it must be initialised."""
    event = Event("", job.span)
    found = locate(job, state, address, size, event, write=False, ask=False)
    if found is None:
        return fresh(ty)
    base = found[0]
    value = read(job, state, base, found[1], size, ty, event, checked=used)
    own = ask_read(job, state, base, found[1], size, event, checked=used)
    if job.held and not used and not own and type(value) is Linear and type(found[1]) is int:
        job.pending[value.terms[0][0]] = (base, found[1], size, event)
    if value is UNINITIALISED and (used or base in state.told):
        if base not in state.told:
            _uninitialised(job, state)
        value = fresh(ty)
        if type(found[1]) is int:
            write(job, state, found[0], found[1], size, value)
        else:
            forget(job, state, found[0])
    return value


def load_place(job: Job, state: State, place: Place, *, used: bool) -> Value:
    """Return the value of a scalar place."""
    if not place.projections and place.base in job.registers:
        if used:
            return _used_local(job, state, place, place.base)
        return state.env.get(place.base, UNINITIALISED)
    path = job.path(place)
    job.place = place
    address = address_of(job, state, place, path)
    if path.bits:
        found = locate(job, state, address, 1, Event("", job.span), write=False, checked=False)
        return fresh(path.type, tainted=found is not None and found[0].tainted)
    if place.volatile:
        locate(job, state, address, path.size, Event("", job.span), write=False, checked=False)
        return fresh(path.type)
    job.place = place
    return _load(job, state, address, path.size, path.type, used=used)


def store_place(job: Job, state: State, place: Place, value: Value) -> None:
    """Give a scalar place a value."""
    if not place.projections and place.base in job.registers:
        state.env[place.base] = value
        return
    path = job.path(place)
    address = address_of(job, state, place, path)
    job.place = place
    size = 1 if path.bits else path.size
    found = locate(job, state, address, size, Event("", job.span), write=True)
    if found is not None and not path.bits:
        write(job, state, found[0], found[1], size, value)


# ---------------------------------------------------------------------------------------- operands


def operand(job: Job, state: State, one: Operand, *, used: bool = True) -> Value:
    """Return the value of a scalar operand."""
    return _OPERAND[type(one)](job, state, one, used)


def _copy(job: Job, state: State, one: Copy | Move, used: bool) -> Value:  # noqa: FBT001
    return load_place(job, state, one.place, used=used)


def _int(job: Job, state: State, one: IntConst, used: bool) -> Value:  # noqa: FBT001
    return one.value


def _float(job: Job, state: State, one: FloatConst, used: bool) -> Value:  # noqa: FBT001
    try:
        value = float(one.text)
    except ValueError:
        return fresh(one.type)
    return int(value) if value.is_integer() else fresh(one.type)


def _zero(job: Job, state: State, one: Any, used: bool) -> Value:  # noqa: FBT001
    return 0


def _address(job: Job, state: State, one: AddressConst, used: bool) -> Value:  # noqa: FBT001
    return add(job.whole.address(one.symbol), one.offset)


def _label(job: Job, state: State, one: LabelConst, used: bool) -> Value:  # noqa: FBT001
    return job.label(one.block)


def _none(job: Job, state: State, one: Any, used: bool) -> Value:  # noqa: FBT001
    return UNINITIALISED


def _unknown(job: Job, state: State, one: Any, used: bool) -> Value:  # noqa: FBT001
    return fresh(one.type)


class _Operands(dict[type, Callable[[Job, State, Any, bool], Value]]):
    def __missing__(self, key: type) -> Callable[[Job, State, Any, bool], Value]:
        return _unknown


_OPERAND = _Operands(
    {
        Copy: _copy,
        Move: _copy,
        IntConst: _int,
        FloatConst: _float,
        NullConst: _zero,
        ZeroConst: _zero,
        AddressConst: _address,
        UninitConst: _none,
        LabelConst: _label,
    }
)


def type_of(job: Job, one: Operand) -> Type:
    """Return the type of an operand."""
    if isinstance(one, (Copy, Move)):
        if not one.place.projections and isinstance(one.place.base, int):
            return job.body.locals[one.place.base].type
        return job.path(one.place).type
    return one.type


# ---------------------------------------------------------------------------------------- rvalues


def _use(job: Job, state: State, rvalue: Use) -> Value:
    return operand(job, state, rvalue.operand, used=False)


def _binary(job: Job, state: State, rvalue: Binary) -> Value:
    left = operand(job, state, rvalue.left)
    right = divisor = operand(job, state, rvalue.right)
    ty = type_of(job, rvalue.left)
    if type(left) is Linear and rvalue.op is not BinOp.OFFSET:
        left = state.facts.known(left)
    if type(right) is Linear:
        right = state.facts.known(right)
    if right == 0 and rvalue.op in _EQUALITIES:
        _check_late(job, state, left)
    if rvalue.op in _BITWISE:
        keep(job, state, left)  # a pointer may be made of these bits again
    if rvalue.op is BinOp.PTR_DIFF:
        _check_apart(job, state, left, right)
    if divisor == 0 and rvalue.op in _DIVISIONS and type(ty) is IntType:
        what = "division" if rvalue.op is BinOp.DIV else "remainder"
        job.fault(state, Fault(Kind.DIVISION, Event("", job.span), name=what))
        raise Dead
    return job.arithmetic.binary(state.facts, rvalue.op, left, right, ty, rvalue.overflow)


_BITWISE = frozenset((BinOp.AND, BinOp.OR, BinOp.XOR, BinOp.SHR, BinOp.SHL, BinOp.REM))
_DIVISIONS = frozenset((BinOp.DIV, BinOp.REM))
_EQUALITIES = frozenset((BinOp.EQ, BinOp.NE))


def _check_late(job: Job, state: State, value: Value) -> None:
    """A test for null has no point where the pointer was used before it."""
    base, offset = split(value)
    made = base is not None and base.region is not None and base.region.nullable
    if base is None or not made or offset != 0 or ("used", base) not in state.seen:
        return
    tested = Event("compared with null here", job.span)
    if job.span.expansion is None:
        job.fault(state, Fault(Kind.NULL, job.used[base], certain=False, events=(tested,)))


def _check_apart(job: Job, state: State, left: Value, right: Value) -> None:
    one, other = split(left)[0], split(right)[0]
    one = one.into if one is not None and one.into is not None else one
    other = other.into if other is not None and other.into is not None else other
    if one is None or other is None or one is other:
        return
    if one.region is not None and other.region is not None:
        job.fault(state, Fault(Kind.APART, Event("", job.span)))


def _unary(job: Job, state: State, rvalue: Unary) -> Value:
    value = operand(job, state, rvalue.operand)
    return job.arithmetic.unary(state.facts, rvalue.op, value, type_of(job, rvalue.operand))


def _cast(job: Job, state: State, rvalue: Cast) -> Value:
    # A pointer that only changes its type is not used yet.
    only = type(rvalue.type) is PointerType
    value = operand(job, state, rvalue.operand, used=not only)
    if value is UNINITIALISED:
        return value
    source = type_of(job, rvalue.operand)
    if rvalue.kind is CastKind.INT and type(source) is IntType and source.bits == 8:
        _check_part(job, state, rvalue)
    if rvalue.kind is CastKind.BOOL:
        _check_late(job, state, value)
    return job.arithmetic.cast(state.facts, rvalue.kind, value, source, rvalue.type)


def _check_part(job: Job, state: State, cast: Cast) -> None:
    """Look for a plain `char` read where an element of an array begins nowhere near.

    `*((char *)numbers + 2)` is the third byte of the first number, not the third number. Bytes are
    looked at through `unsigned char`, or one by one.
    """
    source = cast.operand
    if not isinstance(source, Copy) or source.place.projections != (Deref(),):
        return
    pointer = source.place.base
    if isinstance(pointer, str):
        return
    step = job.definition(pointer)
    if not (isinstance(step, Binary) and step.op is BinOp.OFFSET):
        return
    if not isinstance(step.right, IntConst) or not _is_char(type_of(job, source)):
        return
    base, offset = split(state.env.get(pointer, 0))
    whole = job.array_at(base) if base is not None else None
    if whole is None or type(offset) is not int or whole.element != cast.type:
        return
    width = size_of(whole.element)
    if offset % width and offset < (whole.length or 0):
        extent = Extent(offset, width, False, None)
        job.fault(state, Fault(Kind.PART, Event("", job.span), certain=False, extent=extent))


def _is_char(ty: Type) -> bool:
    return type(ty) is IntType and ty.signed


def _raw(job: Job, state: State, rvalue: RawPointer | Ref) -> Value:
    place = rvalue.place
    return address_of(job, state, place, job.path(place), accessed=False)


def _len(job: Job, state: State, rvalue: Len) -> Value:
    ty = job.path(rvalue.place).type
    return ty.length or 0 if isinstance(ty, ArrayType) else fresh(None)


class _Rvalues(dict[type, Callable[[Job, State, Any], Value]]):
    def __missing__(self, key: type) -> Callable[[Job, State, Any], Value]:
        return lambda job, state, rvalue: fresh(None)


_RVALUE = _Rvalues(
    {
        Use: _use,
        Binary: _binary,
        Unary: _unary,
        Cast: _cast,
        RawPointer: _raw,
        Ref: _raw,
        Len: _len,
    }
)


# ------------------------------------------------------------------------------------- statements


def assign(job: Job, state: State, statement: Assign) -> None:
    """Execute an assignment."""
    place = statement.place
    if not place.projections and place.base in job.registers:
        rvalue = statement.rvalue
        # A result is used: who calls takes it to be set.
        returned = place.base == RETURN
        job.held = type(rvalue) is Use and not returned
        if returned and type(rvalue) is Use:
            state.env[place.base] = operand(job, state, rvalue.operand)
            return
        state.env[place.base] = _RVALUE[type(rvalue)](job, state, rvalue)
        return
    job.held = False
    path = job.path(place)
    if path.aggregate:
        _assign_aggregate(job, state, place, path, statement.rvalue)
        return
    store_place(job, state, place, _RVALUE[type(statement.rvalue)](job, state, statement.rvalue))


def _assign_aggregate(job: Job, state: State, place: Place, path: Path, rvalue: Rvalue) -> None:
    source: tuple[Symbol, Number] | None = None
    if isinstance(rvalue, Use) and isinstance(rvalue.operand, (Copy, Move)):
        source = _source_of(job, state, rvalue.operand.place)
    address = address_of(job, state, place, path)
    job.place = place
    found = locate(job, state, address, path.size, Event("", job.span), write=True)
    if found is None:
        return
    base, offset = found
    match rvalue:
        case Use(Copy() | Move()):
            copy_typed(job, state, source, found, path.type)
        case Use(UninitConst()):
            pass
        case Use():
            fill(job, state, base, offset, path.size, 0)
        case Aggregate(ty, operands, variant):
            for at, one in zip(_parts(ty, variant), operands, strict=False):
                _put_part(job, state, base, add(offset, at), one)
        case Repeat(one, int(length)):
            _repeat(job, state, base, offset, path.size, one, length)
        case _:
            forget(job, state, base)


def _source_of(job: Job, state: State, place: Place) -> tuple[Symbol, Number] | None:
    path = job.path(place)
    job.place = place
    address = address_of(job, state, place, path)
    event = Event("", job.span)
    return locate(job, state, address, path.size, event, write=False, checked=False)


def _parts(ty: Type, variant: int) -> Iterator[int]:
    if isinstance(ty, ArrayType):
        width = size_of(ty.element)
        yield from (width * i for i in range(ty.length or 0))
    elif isinstance(ty, ComplexType):
        yield from (0, size_of(ty) // 2)
    elif isinstance(ty, Adt):
        if ty.kind is AdtKind.UNION:
            yield 0
        else:
            yield from (field_offset(ty, i) for i in range(len(ty.fields)))


def _put_part(job: Job, state: State, base: Symbol, offset: Number, one: Operand) -> None:
    ty = type_of(job, one)
    if isinstance(ty, (Adt, ArrayType, ComplexType)):
        if isinstance(one, (Copy, Move)):
            copy_typed(job, state, _source_of(job, state, one.place), (base, offset), ty)
        else:
            fill(job, state, base, offset, size_of(ty), 0)
        return
    write(job, state, base, offset, size_of(ty), operand(job, state, one, used=False))


def _repeat(
    job: Job, state: State, base: Symbol, offset: Number, size: int, one: Operand, length: int
) -> None:
    value = operand(job, state, one, used=False)
    if value == 0 or (size // max(length, 1) == 1 and type(value) is int):
        assert type(value) is int
        fill(job, state, base, offset, size, value & 255)
        return
    width = size // max(length, 1)
    for i in range(min(length, _LEAVES)):
        write(job, state, base, add(offset, i * width), width, value)
    if length > _LEAVES:
        fill(job, state, base, add(offset, _LEAVES * width), (length - _LEAVES) * width, -2)


def copy_typed(
    job: Job,
    state: State,
    source: tuple[Symbol, Number] | None,
    to: tuple[Symbol, Number],
    ty: Type,
) -> None:
    """Copy an object of type `ty`, initialised or not."""
    size = size_of(ty)
    if source is None or type(source[1]) is not int or type(to[1]) is not int:
        forget(job, state, to[0])
        return
    cells = cells_of(job, state, source[0])
    if cells.rest in {Rest.GIVEN, Rest.DATA, Rest.UNKNOWN}:
        leaves = list(leaves_of(ty, _LEAVES + 1))
        if len(leaves) > _LEAVES:
            fill(job, state, to[0], to[1], size, -2)
            return
        event = Event("", job.span)
        values = [
            (
                at,
                size_of(leaf),
                read(job, state, source[0], source[1] + at, size_of(leaf), leaf, event),
            )
            for at, leaf in leaves
        ]
        for at, width, value in values:
            write(job, state, to[0], to[1] + at, width, value)
        return
    copy_bytes(job, state, (source[0], source[1]), (to[0], to[1]), size)


def copy_bytes(
    job: Job, state: State, source: tuple[Symbol, int], to: tuple[Symbol, int], size: int
) -> None:
    """Copy `size` bytes, initialised or not."""
    start = source[1]
    cells = cells_of(job, state, source[0])
    found = sorted(
        (at, cell) for at, cell in cells.at.items() if at < start + size and at + cell.size > start
    )
    rest: Value | Fill
    match cells.rest:
        case Rest.UNINITIALISED:
            rest = UNINITIALISED
        case Rest.ZERO:
            rest = Fill(0)
        case _:
            rest = Fill(-2)
    cells_of(job, state, to[0])
    own = state.own(to[0])
    if size:
        own.put(to[1], size, rest)
    for at, cell in found:
        low, high = max(at, start), min(at + cell.size, start + size)
        whole = low == at and high == at + cell.size
        value = cell.value if whole or isinstance(cell.value, Fill) else Fill(-2)
        if cell.value is UNINITIALISED:
            value = UNINITIALISED
        own.put(to[1] + low - start, high - low, value)
    if cells.tainted:
        own.tainted = True


def leaves_of(ty: Type, limit: int, at: int = 0) -> Iterator[tuple[int, Type]]:
    """Yield the scalars in `ty` with their offsets, at most `limit`; bit-fields are left out."""
    if isinstance(ty, ArrayType):
        width = size_of(ty.element)
        for i in range(min(ty.length or 0, limit)):
            yield from leaves_of(ty.element, limit, at + i * width)
    elif isinstance(ty, Adt):
        if ty.kind is AdtKind.UNION:
            best = max(ty.fields, key=lambda f: size_of(f.type), default=None)
            if best is not None:
                yield from leaves_of(best.type, limit, at)
            return
        for i, member in enumerate(ty.fields):
            if member.bits is None:
                yield from leaves_of(member.type, limit, at + field_offset(ty, i))
    elif isinstance(ty, ComplexType):
        half = size_of(ty) // 2
        yield at, FloatType(ty.kind)
        yield at + half, FloatType(ty.kind)
    elif size_of(ty):
        yield at, ty


def storage_live(job: Job, state: State, statement: StorageLive) -> None:
    """Begin the life of a local."""
    local = statement.local
    symbol = job.locals.get(local)
    if symbol is None:
        state.env.pop(local, None)
        return
    if statement.size is not None:
        size = operand(job, state, statement.size)
        assert symbol.region is not None
        known = state.facts.known(size)
        symbol.region.size = known if type(known) is int or type(known) is Linear else None
    state.mem.pop(symbol, None)
    state.status.pop(symbol, None)
    state.told -= {symbol}


def storage_dead(job: Job, state: State, statement: StorageDead) -> None:
    """End the life of a local."""
    symbol = job.locals.get(statement.local)
    if symbol is None:
        state.env.pop(statement.local, None)
        return
    state.status[symbol] = Status("scope", Event("its scope ends here", statement.span))


EXECUTE: dict[type, Callable[[Job, State, Any], None]] = {
    Assign: assign,
    StorageLive: storage_live,
    StorageDead: storage_dead,
}
