"""The whole program as one function's analysis sees it: addresses, constants, summaries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from freehold.effects.events import Event
from freehold.effects.flow import Slot
from freehold.effects.holdings import owning
from freehold.effects.outline import Outline, returns
from freehold.effects.pairs import Pair
from freehold.effects.summary import Summary
from freehold.effects.targets import Targets, find_targets
from freehold.effects.values import Linear, Region, RegionKind, Symbol, form
from freehold.mir.body import Body, Global, Linkage, Program
from freehold.mir.operands import operands_in
from freehold.mir.statements import Assign, Call
from freehold.mir.values import (
    AddressConst,
    Copy,
    Deref,
    Local,
    Move,
    Place,
    RawPointer,
    Ref,
)
from freehold.mir.values import Symbol as Name
from freehold.types import Adt, ArrayType, ComplexType, size_of

MAIN = Name("main")
_AGGREGATES = (Adt, ArrayType, ComplexType)


@dataclass(slots=True, eq=False)
class Whole:
    """A program, and what is known of its functions so far. `constants` are never written.

    `touched` are the functions and globals that the analysis at hand has asked about: with the
    function's own body, and what `targets` says of its calls, they are all that its result depends
    on.
    """

    program: Program
    constants: frozenset[Name]
    targets: Targets
    endless: frozenset[Name] = frozenset()  # functions that never return
    pairs: tuple[Pair, ...] = ()
    summaries: Mapping[Name, Summary] = field(default_factory=dict)
    touched: set[Name] = field(default_factory=set)
    zeroed: frozenset[Slot] = frozenset()  # members that are set to 0 somewhere
    owning: frozenset[Slot] = frozenset()  # members whose blocks nobody else has, or releases
    sole: frozenset[Name] = frozenset()  # globals that one function alone refers to
    _addresses: dict[Name, Linear] = field(default_factory=dict)
    _ranks: dict[Name, int] = field(default_factory=dict)

    def address(self, name: Name) -> Linear:
        """Return the address of a global or function."""
        self.touched.add(name)
        known = self._addresses.get(name)
        if known is None:
            known = self._addresses[name] = form(self._symbol(name))
        return known

    def summary(self, name: Name) -> Summary | None:
        """Return what is known of a function that was analysed before."""
        self.touched.add(name)
        return self.summaries.get(name)

    def defines(self, name: Name) -> bool:
        """Whether the program has the body of a function."""
        return name in self.program.bodies

    def _symbol(self, name: Name) -> Symbol:
        data = self.program.globals.get(name)
        if data is None:
            region = Region(RegionKind.FUNCTION, 1, name)
        else:
            kind = RegionKind.LITERAL if data.literal else RegionKind.STATIC
            size = data.size or size_of(data.type)
            event = None if data.literal else Event("declared here", data.span)
            known = size if data.data is not None or size else None
            region = Region(kind, known, data.display, event)
        most = 1 << 47
        return Symbol(
            _LEAST,
            most,
            pointer=True,
            visible=True,
            region=region,
            name=name,
            number=self._rank(name),
        )

    def _rank(self, name: Name) -> int:
        """Return a number for a name, the same whatever was analysed before; it is negative."""
        if not self._ranks:
            program = self.program
            names = sorted({*program.globals, *program.bodies, *program.externs})
            self._ranks = {name: i - len(names) for i, name in enumerate(names)}
        return self._ranks.get(name, -len(self._ranks) - 1)

    def data_of(self, base: Symbol) -> Global | None:
        """Return the global whose address `base` is."""
        return self.program.globals.get(Name(base.name))


_LEAST = 65536


def whole_of(
    program: Program, outlines: Mapping[Name, Outline], pairs: tuple[Pair, ...] = ()
) -> Whole:
    """Return `program` with what a look at all of it tells, and what is declared of it."""
    constants = frozenset(_constants(program, outlines))
    targets = find_targets(program, outlines)
    zeroed = frozenset(slot for outline in outlines.values() for slot in outline.zeroed)
    owned = owning(one for outline in outlines.values() for one in outline.holdings)
    endless = _endless(outlines)
    return Whole(
        program,
        constants,
        targets,
        endless,
        pairs,
        zeroed=zeroed,
        owning=owned,
        sole=frozenset(_sole(program, outlines)),
    )


def _sole(program: Program, outlines: Mapping[Name, Outline]) -> Iterator[Name]:
    """Yield the globals of one file that one function refers to, and nothing else."""
    users = Counter(name for outline in outlines.values() for name in outline.references)
    pointed = {one.symbol for data in program.globals.values() for one in data.relocations}
    for name, data in program.globals.items():
        if users[name] == 1 and data.linkage is Linkage.INTERNAL and name not in pointed:
            yield name


def _endless(outlines: Mapping[Name, Outline]) -> frozenset[Name]:
    """Return the functions none of whose paths comes to a return."""
    found: set[Name] = set()
    changed = True
    while changed:
        changed = False
        for name, outline in outlines.items():
            if name not in found and not returns(outline, found):
                found.add(name)
                changed = True
    return frozenset(found)


def _constants(program: Program, outlines: Mapping[Name, Outline]) -> Iterator[Name]:
    """Yield the globals that nothing writes, whose address goes nowhere."""
    written = {name for outline in outlines.values() for name in outline.written}
    for data in program.globals.values():
        written.update(relocation.symbol for relocation in data.relocations)
    closed = MAIN in program.bodies
    for name, data in program.globals.items():
        if data.data is None or (name in written and not data.constant):
            continue
        if data.constant or data.literal or closed or data.linkage is Linkage.INTERNAL:
            yield name


def callees(outline: Outline, whole: Whole) -> list[Name]:
    """Return the functions that a body may call, itself, through tables or through pointers."""
    found: list[Name] = []
    program = whole.program
    seen = dict.fromkeys((*outline.references, *whole.targets.called(outline)))
    pending = list(seen)
    for name in pending:  # it grows
        if name in program.bodies:
            found.append(name)
            continue
        data = program.globals.get(name)
        for relocation in data.relocations if data is not None else ():
            if relocation.symbol not in seen:
                seen[relocation.symbol] = None
                pending.append(relocation.symbol)
    return found


def bottom_up(whole: Whole, outlines: Mapping[Name, Outline]) -> list[Name]:
    """Return the functions, each after those that it calls (but for cycles)."""
    program = whole.program
    edges = {name: callees(outline, whole) for name, outline in outlines.items()}
    order: list[Name] = []
    done: set[Name] = set()
    for root in program.bodies:
        if root in done:
            continue
        done.add(root)
        stack = [(root, iter(edges[root]))]
        while stack:
            name, rest = stack[-1]
            for callee in rest:
                if callee not in done:
                    done.add(callee)
                    stack.append((callee, iter(edges[callee])))
                    break
            else:
                order.append(name)
                stack.pop()
    return order


def memory_locals(body: Body) -> frozenset[Local]:
    """Return the locals that need a region: their address is taken, or they have parts."""
    found: set[Local] = set()

    def see(place: Place, *, address: bool = False) -> None:
        if isinstance(place.base, str):
            return
        first = place.projections[0] if place.projections else None
        if (first is None and address) or (first is not None and type(first) is not Deref):
            found.add(place.base)

    for one in operands_in(body):
        if isinstance(one, (Copy, Move)):
            see(one.place)
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, Assign):
                see(statement.place)
                if isinstance(statement.rvalue, (RawPointer, Ref)):
                    see(statement.rvalue.place, address=True)
        end = block.terminator
        if isinstance(end, Call) and end.destination is not None:
            see(end.destination)
    found.update(Local(i) for i, one in enumerate(body.locals) if isinstance(one.type, _AGGREGATES))
    return frozenset(found)


def has_address_taken(body: Body, name: Name) -> bool:
    """Whether a body does more with a global than to read and write it."""
    for one in operands_in(body):
        if isinstance(one, AddressConst) and one.symbol == name:
            return True
    for block in body.blocks:
        for statement in block.statements:
            rvalue = statement.rvalue if isinstance(statement, Assign) else None
            if isinstance(rvalue, (RawPointer, Ref)) and rvalue.place.base == name:
                return True
    return False
