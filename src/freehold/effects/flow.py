"""What a body moves that may be the address of a function: from slot to slot, into calls, out.

A slot is a variable of a function, a global, a member of all structs of one type, or what
pointers to one type of function pointer lead to.
"""

from collections.abc import Iterator

from freehold.mir.body import Body, Program
from freehold.mir.operands import operands_of
from freehold.mir.statements import Assign, Call, Intrinsic, Return
from freehold.mir.typing import Projected, ProjectionError, project
from freehold.mir.values import (
    RETURN,
    AddressConst,
    Aggregate,
    Cast,
    Copy,
    Deref,
    FieldOf,
    Move,
    Operand,
    Place,
    RawPointer,
    Ref,
    Symbol,
    Use,
)
from freehold.records import dataclass
from freehold.types import (
    Adt,
    ArrayType,
    FunctionType,
    PointerType,
    Type,
    VoidType,
    field_offset,
    size_of,
)

Slot = tuple[str, str | int, str | int]
Origin = Symbol | Slot  # an address, or what a slot holds


@dataclass(frozen=True, slots=True)
class FlowCall:
    """A call of a function, or through a slot, with `arity` arguments as the call has them.

    Of the `arguments`, and of the `destination`, those are given that may hold such an address.
    """

    callee: Origin
    arguments: tuple[Origin | None, ...]
    destination: Slot | None
    arity: int


@dataclass(frozen=True, slots=True)
class Flow:
    """What one body moves. `holders` are the parameters that may hold a function's address."""

    moves: tuple[tuple[Origin, Slot], ...]
    calls: tuple[FlowCall, ...]
    holders: tuple[bool, ...]


def flow_of(body: Body, program: Program) -> Flow:
    """Return what a body moves; `program` has the types of globals."""
    found = _Finder(body, program)
    return Flow(
        tuple(dict.fromkeys(found.moves())),
        tuple(dict.fromkeys(found.calls())),
        tuple(may_hold(body.locals[i].type) for i in range(1, body.argument_count + 1)),
    )


class _Finder:
    def __init__(self, body: Body, program: Program) -> None:
        self._body = body
        self._program = program

    def moves(self) -> Iterator[tuple[Origin, Slot]]:
        """Yield what statements move."""
        body = self._body
        for block in body.blocks:
            for statement in block.statements:
                if isinstance(statement, Assign):
                    yield from self._assign(statement)
            if isinstance(block.terminator, Return) and may_hold(body.locals[RETURN].type):
                yield ("local", body.name, RETURN), ("result", body.name, "")

    def _assign(self, statement: Assign) -> Iterator[tuple[Origin, Slot]]:
        rvalue = statement.rvalue
        if isinstance(rvalue, Aggregate):
            if isinstance(rvalue.type, Adt):
                for member, one in zip(rvalue.type.fields, rvalue.operands, strict=False):
                    origin = self._origin(one)
                    if origin is not None and may_hold(member.type):
                        yield origin, ("field", rvalue.type.name, member.name)
        elif isinstance(rvalue, (RawPointer, Ref)):
            yield from self._point(rvalue.place)
        elif isinstance(rvalue, (Use, Cast)):
            to = self._slot(statement.place)
            origin = self._origin(operands_of(rvalue)[0]) if to is not None else None
            if to is not None and origin is not None:
                yield origin, to

    def _point(self, place: Place) -> Iterator[tuple[Origin, Slot]]:
        """What has its address taken may be read and written through the pointer."""
        slot = self._slot(place)
        ty = _type_at(self._program, self._body, place) if slot is not None else None
        if (
            slot is not None
            and isinstance(ty, PointerType)
            and isinstance(ty.pointee, FunctionType)
        ):
            through: Slot = ("type", repr(ty.pointee), "")
            yield slot, through
            yield through, slot

    def calls(self) -> Iterator[FlowCall]:
        """Yield the calls that such an address may go into, or come out of."""
        for block in self._body.blocks:
            call = block.terminator
            if not isinstance(call, Call) or isinstance(call.callee, Intrinsic):
                continue
            callee: Origin | None = None
            if isinstance(call.callee, str):
                callee = Symbol(call.callee)
            elif isinstance(call.callee, (Copy, Move)):
                callee = self._slot(call.callee.place)
            if callee is None:
                continue
            arguments = tuple(map(self._origin, call.arguments))
            to = self._slot(call.destination) if call.destination is not None else None
            if any(arguments) or to is not None or not isinstance(callee, str):
                yield FlowCall(callee, arguments, to, len(call.type.parameters))

    def _origin(self, one: Operand) -> Origin | None:
        if isinstance(one, AddressConst):
            return one.symbol
        return self._slot(one.place) if isinstance(one, (Copy, Move)) else None

    def _slot(self, place: Place) -> Slot | None:
        return slot_of(self._program, self._body, place)


def may_hold(ty: Projected) -> bool:
    """Whether values of a type can be the address of a function."""
    return isinstance(ty, PointerType) and isinstance(ty.pointee, (FunctionType, VoidType))


def _type_at(program: Program, body: Body, place: Place) -> Projected | None:
    here: Projected
    if isinstance(place.base, str):
        data = program.globals.get(place.base)
        if data is None:
            return None
        here = data.type
    else:
        here = body.locals[place.base].type
    try:
        for projection in place.projections:
            here = project(here, projection)
    except ProjectionError:
        return None
    return here


def slot_of(program: Program, body: Body, place: Place) -> Slot | None:
    """Return the slot of a place that can hold a function's address."""
    if not place.projections and isinstance(place.base, int):
        ty = body.locals[place.base].type
        return ("local", body.name, place.base) if may_hold(ty) else None
    here: Projected | None
    if isinstance(place.base, str):
        data = program.globals.get(place.base)
        here = data.type if data is not None else None
        slot: Slot = ("global", place.base, "")
    else:
        here = body.locals[place.base].type
        slot = ("local", body.name, place.base)
    if here is None:
        return None
    try:
        for projection in place.projections:
            after = project(here, projection)
            if type(projection) is FieldOf and isinstance(here, Adt):
                slot = ("field", here.name, here.fields[projection.index].name)
            elif type(projection) is Deref:
                slot = ("type", repr(after) if isinstance(after, PointerType) else "", "")
                if isinstance(after, PointerType):
                    slot = ("type", repr(after.pointee), "")
            here = after
    except ProjectionError:
        return None
    return slot if may_hold(here) else None


def slot_at(ty: Type, offset: int) -> Slot | None:
    """Return the slot of what stands at a byte of a global of type `ty`; None: the global's own."""
    found: Slot | None = None
    while True:
        if isinstance(ty, ArrayType):
            width = size_of(ty.element)
            ty, offset = ty.element, offset % width if width else 0
        elif isinstance(ty, Adt):
            member = _member_at(ty, offset)
            if member is None:
                return found
            index, ty_of = member
            found = ("field", ty.name, ty.fields[index].name)
            offset -= field_offset(ty, index)
            ty = ty_of
        else:
            return found


def _member_at(ty: Adt, offset: int) -> tuple[int, Type] | None:
    for index, member in enumerate(ty.fields):
        start = field_offset(ty, index)
        if member.bits is None and start <= offset < start + size_of(member.type):
            return index, member.type
    return None
