"""Which registers of a body are read again: what tells paths apart needlessly is dropped."""

from collections.abc import Iterator

from freehold.mir.body import Body
from freehold.mir.cfg import successors
from freehold.mir.operands import operands_at_end, operands_of
from freehold.mir.statements import Assign, Call, Return
from freehold.mir.values import Copy, Index, Local, Move, Operand, Place, RawPointer, Ref


def dead_at_entry(body: Body, registers: frozenset[Local]) -> list[int]:
    """Return for each block the registers (bits) that nothing reads after its start."""
    # live(b) = uses(b) + (live(s) over successors s of b) - defines(b)
    uses, defines = zip(*(_block(body, i) for i in range(len(body.blocks))), strict=True)
    after = successors(body)
    live = list(uses)
    changed = True
    while changed:
        changed = False
        for i in range(len(body.blocks) - 1, -1, -1):
            out = 0
            for target in after[i]:
                out |= live[target]
            new = uses[i] | (out & ~defines[i])
            if new != live[i]:
                live[i] = new
                changed = True
    every = sum(1 << local for local in registers)
    return [every & ~one for one in live]


def _block(body: Body, number: int) -> tuple[int, int]:
    used = defined = 0
    block = body.blocks[number]
    for statement in block.statements:
        if isinstance(statement, Assign):
            for local in _read(statement):
                if not defined >> local & 1:
                    used |= 1 << local
            if not statement.place.projections and isinstance(statement.place.base, int):
                defined |= 1 << statement.place.base
    end = block.terminator
    places = [place for one in operands_at_end(end) for place in _of_operand(one)]
    if isinstance(end, Call) and end.destination is not None and end.destination.projections:
        places.append(end.destination)
    for place in places:
        for local in _locals(place):
            if not defined >> local & 1:
                used |= 1 << local
    if isinstance(end, Return) and not defined & 1:
        used |= 1
    return used, defined


def _read(statement: Assign) -> Iterator[Local]:
    if statement.place.projections:
        yield from _locals(statement.place)
    for one in operands_of(statement.rvalue):
        for place in _of_operand(one):
            yield from _locals(place)
    if isinstance(statement.rvalue, (RawPointer, Ref)):
        yield from _locals(statement.rvalue.place)


def _of_operand(one: Operand) -> Iterator[Place]:
    if isinstance(one, (Copy, Move)):
        yield one.place


def _locals(place: Place) -> Iterator[Local]:
    if isinstance(place.base, int):
        yield place.base
    for projection in place.projections:
        if isinstance(projection, Index):
            yield projection.local
