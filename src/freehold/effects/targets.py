"""What calls through function pointers may call, as a look at the whole program tells.

The addresses of functions flow along assignments, casts, arguments and results, from slot to slot:
a slot is a variable of a function, a global, a member of all structs of one type, or what
pointers to one type of function pointer lead to. Neither order nor contexts are looked at.

    holds(S, F) :- stored(F, S).
    holds(T, F) :- holds(S, F), copied(S, T).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from freehold.mir.body import Body, Global, Program
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

_MOST = 4
Slot = tuple[str, str | int, str | int]


class Targets:
    """The functions that each slot may hold, in the order of the program."""

    __slots__ = ("_holds", "_program")

    def __init__(self, program: Program, holds: dict[Slot, set[Symbol]]) -> None:
        self._program = program
        self._holds = holds

    def of(self, body: Body, callee: Operand, called_as: FunctionType) -> tuple[Symbol, ...]:
        """Return what a call through `callee` may call: nothing where that is not known.

        A pointer that many functions are stored to is one that anybody may give any function.
        """
        if not isinstance(callee, (Copy, Move)):
            return ()
        slot = _slot(self._program, body, callee.place)
        found = self._holds.get(slot, ()) if slot is not None else ()
        fitting = sorted(name for name in found if self._fits(name, called_as))
        return tuple(fitting) if len(fitting) <= _MOST else ()

    def called(self, body: Body) -> Iterator[Symbol]:
        """Yield what the calls of a body through pointers are taken to call."""
        for block in body.blocks:
            end = block.terminator
            if isinstance(end, Call) and isinstance(end.callee, (Copy, Move)):
                yield from self.of(body, end.callee, end.type)

    def _fits(self, name: Symbol, called_as: FunctionType) -> bool:
        body = self._program.bodies.get(name)
        declared = body if body is not None else self._program.externs.get(name)
        if declared is None:
            return False
        ours, its = called_as.parameters, declared.type.parameters
        return declared.type.variadic or len(ours) == len(its)


def find_targets(program: Program) -> Targets:
    """Return what the function pointers of a program may point to."""
    functions = program.bodies.keys() | program.externs.keys()
    flow = _Flow(program, functions)
    for data in program.globals.values():
        if data.relocations:
            flow.static(data)
    for body in program.bodies.values():
        flow.body(body)
    flow.run()
    return Targets(program, dict(flow.holds))


class _Flow:
    """The slots, and what flows between them."""

    def __init__(self, program: Program, functions: Iterable[Symbol]) -> None:
        self.holds: defaultdict[Slot, set[Symbol]] = defaultdict(set)
        self._program = program
        self._functions = frozenset(functions)
        self._copied: defaultdict[Slot, list[Slot]] = defaultdict(list)
        self._calls: defaultdict[Slot, list[tuple[Body, Call]]] = defaultdict(list)
        self._fresh: list[tuple[Slot, Symbol]] = []

    def _store(self, function: Symbol, slot: Slot) -> None:
        if function not in self.holds[slot]:
            self.holds[slot].add(function)
            self._fresh.append((slot, function))

    def _copy(self, source: Slot, to: Slot) -> None:
        if source == to:
            return
        self._copied[source].append(to)
        for function in tuple(self.holds.get(source, ())):
            self._store(function, to)

    def run(self) -> None:
        """Let everything flow as far as it goes."""
        while self._fresh:
            slot, function = self._fresh.pop()
            for to in self._copied.get(slot, ()):
                self._store(function, to)
            for body, call in self._calls.get(slot, ()):
                self._enter(body, call, function)

    def static(self, data: Global) -> None:
        """Take in the functions that the text puts into a global."""
        for relocation in data.relocations:
            if relocation.symbol in self._functions and relocation.block is None:
                slot = _slot_at(data.type, relocation.offset) or ("global", data.name, "")
                self._store(relocation.symbol, slot)

    def body(self, body: Body) -> None:
        """Take in what the statements and calls of a body move."""
        for block in body.blocks:
            for statement in block.statements:
                if isinstance(statement, Assign):
                    self._assign(body, statement)
            end = block.terminator
            if isinstance(end, Call):
                self._call(body, end)
            elif isinstance(end, Return):
                result = body.locals[RETURN].type
                if _may_hold(result):
                    self._copy(("local", body.name, RETURN), ("result", body.name, ""))

    def _assign(self, body: Body, statement: Assign) -> None:
        rvalue = statement.rvalue
        if isinstance(rvalue, Aggregate):
            if isinstance(rvalue.type, Adt):
                for member, one in zip(rvalue.type.fields, rvalue.operands, strict=False):
                    self._move(body, one, ("field", rvalue.type.name, member.name))
            return
        if isinstance(rvalue, (RawPointer, Ref)):
            self._point(body, rvalue.place)
            return
        if not isinstance(rvalue, (Use, Cast)):
            return
        if not isinstance(rvalue.operand, (AddressConst, Copy, Move)):
            return
        to = self._slot(body, statement.place)
        if to is not None:
            self._move(body, operands_of(rvalue)[0], to)

    def _slot(self, body: Body, place: Place) -> Slot | None:
        return _slot(self._program, body, place)

    def _move(self, body: Body, one: Operand, to: Slot) -> None:
        if isinstance(one, AddressConst):
            if one.symbol in self._functions:
                self._store(one.symbol, to)
        elif isinstance(one, (Copy, Move)):
            source = self._slot(body, one.place)
            if source is not None:
                self._copy(source, to)

    def _point(self, body: Body, place: Place) -> None:
        """What has its address taken may be read and written through the pointer."""
        slot = self._slot(body, place)
        if slot is None:
            return
        ty = _type_at(self._program, body, place)
        if isinstance(ty, PointerType) and isinstance(ty.pointee, FunctionType):
            through: Slot = ("type", repr(ty.pointee), "")
            self._copy(slot, through)
            self._copy(through, slot)

    def _call(self, body: Body, call: Call) -> None:
        callee = call.callee
        if isinstance(callee, Intrinsic):
            return
        if isinstance(callee, str):
            self._enter(body, call, callee)
            return
        if isinstance(callee, (Copy, Move)):
            slot = self._slot(body, callee.place)
            if slot is not None:
                self._calls[slot].append((body, call))
                for function in tuple(self.holds.get(slot, ())):
                    self._enter(body, call, function)

    def _enter(self, body: Body, call: Call, function: Symbol) -> None:
        entered = self._program.bodies.get(function)
        if entered is None:
            return
        for number, one in enumerate(call.arguments[: entered.argument_count], 1):
            if _may_hold(entered.locals[number].type):
                self._move(body, one, ("local", function, number))
        if call.destination is not None:
            to = self._slot(body, call.destination)
            if to is not None:
                self._copy(("result", function, ""), to)


def _may_hold(ty: Projected) -> bool:
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


def _slot(program: Program, body: Body, place: Place) -> Slot | None:
    """Return the slot of a place that can hold a function's address."""
    if not place.projections and isinstance(place.base, int):
        ty = body.locals[place.base].type
        return ("local", body.name, place.base) if _may_hold(ty) else None
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
    return slot if _may_hold(here) else None


def _slot_at(ty: Type, offset: int) -> Slot | None:
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
