"""Constants that a stray write might reach: LLVM may not know them to be constant.

It deletes a write to what it knows to be constant, and the report with it. String literals, and
const objects of which a pointer is made, therefore lie as plain globals in a section of their own,
whose pages the run time makes read-only.
"""

from collections.abc import Iterator

from freehold.mir.body import Body, Global, Program
from freehold.mir.operands import operands_in
from freehold.mir.statements import Assign
from freehold.mir.values import AddressConst, RawPointer, Ref, Symbol

SECTION = ".fh.constants"
PAGE = 4096
# Before and after the section's objects: it begins with a page, and ends with one to spare.
FIRST = (
    f'@fh.constants = internal global [16 x i8] zeroinitializer, section "{SECTION}", align {PAGE}'
)
LAST = (
    f"@fh.constants.end = internal global [{PAGE} x i8] zeroinitializer, "
    f'section "{SECTION}", align 16'
)


def guarded(program: Program) -> frozenset[Symbol]:
    """Return the globals whose pages are made read-only."""
    pointed = {symbol for body in program.bodies.values() for symbol in _pointed(body)}
    for one in program.globals.values():
        pointed.update(relocation.symbol for relocation in one.relocations)
    return frozenset(one.name for one in program.globals.values() if _is_guarded(one, pointed))


def _is_guarded(one: Global, pointed: set[Symbol]) -> bool:
    if one.data is None or one.vtable:
        return False
    return one.literal or (one.constant and (bool(one.relocations) or one.name in pointed))


def _pointed(body: Body) -> Iterator[Symbol]:
    """Yield the globals of which `body` makes a pointer."""
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, Assign) and isinstance(statement.rvalue, (RawPointer, Ref)):
                base = statement.rvalue.place.base
                if isinstance(base, str):
                    yield base
    yield from (one.symbol for one in operands_in(body) if isinstance(one, AddressConst))
