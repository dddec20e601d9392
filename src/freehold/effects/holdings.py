"""What a body does with members that hold pointers: what it puts there, and where it takes them.

A member *owns* what it points to where all that is ever stored in it, in the whole program, are new
blocks that go nowhere else. If besides nobody takes such a block out again, nobody releases it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from freehold.effects.flow import Slot
from freehold.mir.body import Body, Program
from freehold.mir.operands import operands_of
from freehold.mir.statements import Assign, Call, Return
from freehold.mir.typing import Typer
from freehold.mir.values import (
    RETURN,
    Aggregate,
    Binary,
    Cast,
    Copy,
    FieldOf,
    Local,
    Move,
    NullConst,
    Operand,
    Place,
    RawPointer,
    Ref,
    Use,
    ZeroConst,
)
from freehold.runtime.libc import LIBC
from freehold.runtime.libc.model import Calls, Closes, Frees, Keeps, Returns
from freehold.types import Adt, FunctionType, PointerType

_MAKERS = frozenset(("malloc", "calloc", "strdup", "strndup", "aligned_alloc"))
_TAKERS = (Frees, Keeps, Calls, Closes)


class Holding(NamedTuple):
    """A member; `owned`: a new block is put there. Else it holds others, or its value goes on."""

    member: Slot
    owned: bool


Origin = Slot | int  # a member that was read, or the block of a call that allocates


def holdings_of(body: Body, program: Program) -> tuple[Holding, ...]:
    """Return what a body does with members that hold pointers."""
    return tuple(dict.fromkeys(_Holdings(body, program).look()))


def owning(holdings: Iterable[Holding]) -> frozenset[Slot]:
    """Return the members that own what they point to, and never give it up."""
    owned: set[Slot] = set()
    shared: set[Slot] = set()
    for member, own in holdings:
        (owned if own else shared).add(member)
    return frozenset(owned - shared)


class _Holdings:
    def __init__(self, body: Body, program: Program) -> None:
        self._body = body
        self._typer = Typer(body, program)
        self._origins: dict[Local, set[Origin]] = {}
        self._sinks: dict[int, set[Slot | None]] = {}  # where each new block goes; None: elsewhere

    def look(self) -> Iterator[Holding]:
        """Yield what the body does."""
        self._trace()
        for block in self._body.blocks:
            for statement in block.statements:
                if isinstance(statement, Assign):
                    yield from self._assign(statement)
            end = block.terminator
            if isinstance(end, Call):
                yield from self._call(end)
            elif isinstance(end, Return):
                yield from self._leave(self._origins.get(RETURN, set()))
        for sinks in self._sinks.values():
            alone = len(sinks) == 1
            yield from (Holding(member, alone) for member in sinks if member is not None)

    def _trace(self) -> None:
        """Find what each variable may hold."""
        changed = True
        while changed:
            changed = False
            for number, block in enumerate(self._body.blocks):
                for statement in block.statements:
                    if isinstance(statement, Assign) and not statement.place.projections:
                        value = statement.rvalue
                        if isinstance(value, (Use, Cast)):
                            found = self._origins_of(value.operand)
                            changed |= self._hold(statement.place.base, found)
                end = block.terminator
                if isinstance(end, Call):
                    to = end.destination
                    if to is not None and not to.projections:
                        changed |= self._hold(to.base, self._result_of(end, number))

    def _result_of(self, call: Call, number: int) -> set[Origin]:
        """Return what the result of a call is: a new block, or what it was given."""
        if call.callee in _MAKERS:
            return {number}
        known = LIBC.get(call.callee) if isinstance(call.callee, str) else None
        if known is None:
            return set()
        given = {e.parameter for e in known.effects if isinstance(e, Returns)}
        found: set[Origin] = set()
        for name, one in zip(known.parameters, call.arguments, strict=False):
            found |= self._origins_of(one) if name in given else set()
        return found

    def _hold(self, base: object, found: set[Origin]) -> bool:
        if not isinstance(base, int) or not found:
            return False
        held = self._origins.setdefault(Local(base), set())
        before = len(held)
        held |= found
        return len(held) > before

    def _origins_of(self, one: Operand) -> set[Origin]:
        if not isinstance(one, (Copy, Move)):
            return set()
        place = one.place
        if not place.projections:
            return (
                self._origins.get(Local(place.base), set())
                if isinstance(place.base, int)
                else set()
            )
        member = self._member(place)
        return {member} if member is not None else set()

    def _member(self, place: Place) -> Slot | None:
        """Return the member that a place is, if that holds pointers to data."""
        last = place.projections[-1] if place.projections else None
        if not isinstance(last, FieldOf):
            return None
        owner = self._typer.place(Place(place.base, place.projections[:-1]))
        if not isinstance(owner, Adt):
            return None
        member = owner.fields[last.index]
        if not isinstance(member.type, PointerType) or isinstance(
            member.type.pointee, FunctionType
        ):
            return None
        return ("field", owner.name, member.name)

    def _assign(self, statement: Assign) -> Iterator[Holding]:
        rvalue, place = statement.rvalue, statement.place
        if isinstance(rvalue, (RawPointer, Ref)):
            member = self._member(rvalue.place)
            if member is not None:
                yield Holding(member, False)
            return
        if not place.projections and isinstance(place.base, int):
            yield from self._whole(rvalue)
            return
        if isinstance(rvalue, Binary):
            return
        goal = self._member(place)
        for one in operands_of(rvalue):
            origins = self._origins_of(one)
            yield from self._leave(origins, goal)
            fresh = bool(origins) and all(isinstance(origin, int) for origin in origins)
            if goal is not None and not fresh and not isinstance(one, (NullConst, ZeroConst)):
                yield Holding(goal, False)
        yield from self._whole(rvalue)

    def _whole(self, rvalue: object) -> Iterator[Holding]:
        """A struct that is copied shares what its members point to."""
        ty: object = None
        if isinstance(rvalue, Use) and isinstance(rvalue.operand, (Copy, Move)):
            ty = self._typer.operand(rvalue.operand)
        elif isinstance(rvalue, Aggregate):
            ty = rvalue.type
            for one in rvalue.operands:
                yield from self._leave(self._origins_of(one))
        if isinstance(ty, Adt):
            yield from (Holding(("field", ty.name, one.name), False) for one in ty.fields)

    def _call(self, call: Call) -> Iterator[Holding]:
        known = LIBC.get(call.callee) if isinstance(call.callee, str) else None
        harmless = known is not None and not any(isinstance(e, _TAKERS) for e in known.effects)
        for one in call.arguments:
            origins = self._origins_of(one)
            if not harmless and call.callee != "free":
                yield from self._leave(origins)
            elif not harmless:
                yield from (Holding(o, False) for o in origins if not isinstance(o, int))
        goal = self._member(call.destination) if call.destination is not None else None
        if goal is not None:
            yield Holding(goal, False)

    def _leave(self, origins: set[Origin], goal: Slot | None = None) -> Iterator[Holding]:
        """What was read from a member goes on; a new block goes to `goal`."""
        for origin in origins:
            if isinstance(origin, int):
                self._sinks.setdefault(origin, set()).add(goal)
            else:
                yield Holding(origin, False)
