"""The analysis of one function: what is fixed for all of its paths, and what they find."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from freehold.effects.arithmetic import Arithmetic
from freehold.effects.cells import Cells, Rest
from freehold.effects.events import Event
from freehold.effects.facts import Facts
from freehold.effects.faults import Fault, Kind
from freehold.effects.paths import Path, compile_place, place_name
from freehold.effects.state import Point, State
from freehold.effects.summary import Disjunct, stored
from freehold.effects.values import (
    INFINITE,
    Linear,
    Number,
    Region,
    RegionKind,
    Symbol,
    Terms,
    Value,
    add,
    form,
    fresh,
    wrap,
)
from freehold.effects.whole import MAIN, Whole, has_address_taken, memory_locals
from freehold.mir.body import Body, LocalKind
from freehold.mir.operands import operands_in
from freehold.mir.statements import Assign, Call
from freehold.mir.typing import Typer
from freehold.mir.values import (
    RETURN,
    Block,
    Cast,
    Copy,
    Local,
    Move,
    Operand,
    Place,
    RawPointer,
    Rvalue,
    Use,
)
from freehold.source import Span
from freehold.types import ArrayType, FloatType, IntType, PointerType, Type, VoidType, size_of

_POINTER = 8


class Dead(Exception):
    """The path ends here: what it did has no meaning."""


class Terminal(NamedTuple):
    """How a path ended: the blocks it went through (bits), the faults it met, where it died."""

    visited: int
    faults: frozenset[tuple[Point, str]]
    died: Point | None = None


@dataclass(slots=True, eq=False)
class Bounds:
    """How often each bound was hit."""

    steps: int = 0
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """Bounds: paths at a block, steps in a function, rounds of a loop, disjuncts of a summary."""

    states: int = 8
    steps: int = 6000
    rounds: int = 2
    counted: int = 260
    disjuncts: int = 8
    entry: str = MAIN


class Job:
    """One function's analysis."""

    def __init__(self, body: Body, whole: Whole, options: Options) -> None:
        self.body = body
        self.whole = whole
        self.options = options
        self.program = whole.program
        self.typer = Typer(body, whole.program)
        self.arithmetic = Arithmetic()
        self.faults: dict[tuple[Point, str], Fault] = {}
        self.terminals: list[Terminal] = []
        self.bounds = Bounds()
        self.point = Point(0, 0)
        self.span: Span = body.span
        self.place: Place | None = None
        self.call: Call | None = None
        self.tested: set[tuple[Terms, int]] = set()  # what branches hold against which number
        self.counters: set[Symbol] = set()  # of loops: each round has moved them by the same
        self.held = False  # what is read goes into a register
        # What was read of the caller's into a register, and not used yet: where it stood.
        self.pending: dict[Symbol, tuple[Symbol, Number, int, Event]] = {}
        self.rooms: dict[Value, tuple[int, str]] = {}  # of a call's arguments into array members
        self.stale: dict[Local, Event] = {}  # variables that a call may have left behind
        self.given_pointers: list[Symbol] = []  # the symbols of pointer parameters
        self.given_numbers: set[Symbol] = set()  # those of the others, if anybody may call it
        self.used: dict[Symbol, Event] = {}  # pointers taken not to be null where they are used
        self.made_at: dict[Symbol, Point] = {}
        self.tied: set[tuple[Symbol, Symbol]] = set()  # objects, and the resources tied to them
        # What was read at an offset that is no number: the same until something is written.
        self.reads: dict[tuple[Symbol, Number, int, int], Linear] = {}
        self._given: dict[tuple[Symbol, Number, int, Type | None], Linear] = {}
        self.read_from: dict[Symbol, Symbol] = {}  # what was found in which object
        self.lengths: dict[tuple[Value, object], Linear] = {}
        self.latent: list[State] = []  # paths that end by what the caller may never bring about
        self.room = options.states  # how many paths may come out of the statement at hand
        self.entry = body.name == options.entry
        self.pristine = self.entry  # what nobody has written holds what the program's text says
        self.steps = 0
        self._most, self.last = _limits(body, options)
        self.paths: dict[int, Path] = {}
        self.locals: dict[Local, Symbol] = {}
        memory = memory_locals(body)
        for local in memory:
            self.locals[local] = self._region_of(local)
        self.registers = frozenset(Local(i) for i in range(len(body.locals))) - memory

        self.own = frozenset(self.locals.values())
        self.result = self.locals.get(RETURN)
        self._stored: dict[int, frozenset[Symbol]] = {}
        self._private: dict[Symbol, bool] = {}
        self._labels: dict[Block, Linear] = {}
        self._assigned: dict[frozenset[Block], frozenset[Local]] = {}

    def stored(self, disjunct: Disjunct) -> frozenset[Symbol]:
        """Return what a way through a callee leaves pointers to in memory."""
        known = self._stored.get(id(disjunct))
        if known is None:
            known = self._stored[id(disjunct)] = stored(disjunct)
        return known

    def is_private(self, base: Symbol) -> bool:
        """Whether `base` is the address of a number that this function alone knows of."""
        known = self._private.get(base)
        if known is None:
            data = self.whole.data_of(base)
            known = self._private[base] = (
                data is not None
                and data.name in self.whole.sole
                and type(data.type) is IntType
                and not has_address_taken(self.body, data.name)
            )
        return known

    def label(self, block: Block) -> Linear:
        """Return the address of a block."""
        known = self._labels.get(block)
        if known is None:
            known = self._labels[block] = form(Symbol(1, 1 << 47))
        return known

    def label_of(self, value: Value) -> Block | None:
        """Return the block whose address `value` is."""
        return next((block for block, one in self._labels.items() if one == value), None)

    def size_of(self, local: Local) -> int:
        """Return the size of a local."""
        return size_of(self.body.locals[local].type)

    def given(self, local: Local) -> Symbol:
        """Return the address of a parameter that is passed by value and has parts."""
        known = self.locals.get(local)
        return known if known is not None else self._region_of(local)

    def origins(self, value: Linear) -> Iterator[Symbol]:
        """Yield the objects that a number was found in."""
        for symbol, _ in value.terms:
            base = self.read_from.get(symbol)
            if base is not None:
                yield base
            how = symbol.definition
            while how is not None:
                inner = how.left
                how = None
                if type(inner) is Linear:
                    for one, _ in inner.terms:
                        if one in self.read_from:
                            yield self.read_from[one]
                        how = one.definition

    def given_at(self, base: Symbol, offset: Number, size: int, ty: Type | None) -> Linear:
        """Return what the caller left at `offset` of what it gave."""
        key = (base, offset, size, ty)
        known = self._given.get(key)
        if known is None:
            known = self._given[key] = fresh(ty, visible=True)
        return known

    def start_cell(self, state: State, local: Local) -> Cells:
        """Return the cells of a parameter in memory."""
        base = self.locals[local]
        cells = state.mem[base] = Cells(Rest.UNINITIALISED)
        state.owned.add(base)
        return cells

    def assigned(self, blocks: set[Block]) -> frozenset[Local]:
        """Return the registers that `blocks` assign."""
        key = frozenset(blocks)
        known = self._assigned.get(key)
        if known is None:
            known = self._assigned[key] = frozenset(self._assigned_in(key))
        return known

    def _assigned_in(self, blocks: frozenset[Block]) -> Iterator[Local]:
        for number in blocks:
            block = self.body.blocks[number]
            for statement in block.statements:
                if isinstance(statement, Assign):
                    yield from _register(statement.place)
            end = block.terminator
            if isinstance(end, Call) and end.destination is not None:
                yield from _register(end.destination)

    def _region_of(self, local: Local) -> Symbol:
        declared = self.body.locals[local]
        size: int | None = size_of(declared.type)
        event = Event("declared here", declared.span) if declared.name else None
        region = Region(RegionKind.STACK, size, declared.name or "a temporary", event)
        given = declared.kind is LocalKind.ARGUMENT
        return Symbol(65536, 1 << 47, pointer=True, region=region, visible=given)

    # ------------------------------------------------------------------------------------ places

    def path(self, place: Place) -> Path:
        """Return a place taken apart."""
        known = self.paths.get(id(place))
        if known is None:
            known = self.paths[id(place)] = compile_place(place, self.typer, self.program)
        return known

    @property
    def reading(self) -> str:
        """What was read last, as the user wrote it."""
        return place_name(self.place, self.body, self.program) if self.place is not None else ""

    @property
    def wanted(self) -> Type | None:
        """The pointer type that the result of the call at hand is converted to."""
        call = self.call
        if call is None or call.destination is None or call.target is None:
            return None
        if call.destination.projections:
            return None
        for statement in self.body.blocks[call.target].statements[:2]:
            if isinstance(statement, Assign) and isinstance(statement.rvalue, Cast):
                source = statement.rvalue.operand
                if isinstance(source, Copy) and source.place == call.destination:
                    return statement.rvalue.type
        return None

    @property
    def ignores(self) -> bool:
        """Whether nobody looks at the result of the call at hand, though it has one."""
        call = self.call
        if call is None or isinstance(call.type.result, VoidType):
            return False
        goal = call.destination
        if goal is None:
            return True
        if goal.projections or isinstance(goal.base, str) or goal.base in self.locals:
            return False
        return goal.base not in self._read_locals

    @cached_property
    def _read_locals(self) -> frozenset[Local]:
        """The registers that are read somewhere."""
        return frozenset(
            Local(one.place.base)
            for one in operands_in(self.body)
            if isinstance(one, (Copy, Move)) and isinstance(one.place.base, int)
        )

    def origin(self, operand: Operand) -> Place | None:
        """Return the place whose value an argument of the call at hand is, casts aside."""
        if not isinstance(operand, Copy):
            return None
        for statement in reversed(self.body.blocks[self.point.block].statements):
            if isinstance(statement, Assign) and statement.place == operand.place:
                rvalue = statement.rvalue
                if isinstance(rvalue, (Cast, Use)) and isinstance(rvalue.operand, Copy):
                    return rvalue.operand.place
                return None
        return operand.place

    def definition(self, local: Local) -> Rvalue | None:
        """Return what a register was last set to in the block at hand."""
        statements = self.body.blocks[self.point.block].statements[: self.point.index]
        for statement in reversed(statements):
            if isinstance(statement, Assign) and statement.place == Place(local):
                return statement.rvalue
        return None

    def array_at(self, base: Symbol) -> ArrayType | None:
        """Return the type of a variable that is an array."""
        data = self.whole.data_of(base)
        ty: Type | None = data.type if data is not None else None
        for local, symbol in self.locals.items():
            if symbol is base:
                ty = self.body.locals[local].type
        return ty if isinstance(ty, ArrayType) else None

    def room_of(self, operand: Operand) -> tuple[int, str] | None:
        """Return size and name of the array member that an argument of the call points into."""
        wanted = operand.place if isinstance(operand, Copy) else None
        for statement in reversed(self.body.blocks[self.point.block].statements):
            if wanted is None:
                return None
            if not isinstance(statement, Assign) or statement.place != wanted:
                continue
            rvalue = statement.rvalue
            if isinstance(rvalue, RawPointer):
                path = self.path(rvalue.place)
                return (path.room, path.name) if path.room is not None else None
            source = rvalue.operand if isinstance(rvalue, (Cast, Use)) else None
            wanted = source.place if isinstance(source, Copy) else None
        return None

    # ------------------------------------------------------------------------------------ faults

    def fault(self, state: State, fault: Fault, base: Symbol | None = None) -> None:
        """Take note of a fault on a path; of `base` no more is said there."""
        key = (self.point, fault.kind.value)
        known = self.faults.get(key)
        if known is None or (fault.certain and not known.certain):
            self.faults[key] = fault
        if fault.certain:
            state.faults |= {key}
        if base is not None:
            state.told |= {base}

    @staticmethod
    def told(state: State) -> frozenset[Symbol]:
        """Return the regions of which a fault was said on this path."""
        return state.told

    @staticmethod
    def tainted_unbounded(state: State, excess: Linear) -> bool:
        """Whether the world outside may make `excess` positive."""
        for symbol, _ in excess.terms:
            if not symbol.tainted and not symbol.visible and symbol.definition is None:
                return False
        return state.facts.interval(excess)[1] < INFINITE

    @property
    def width(self) -> int:
        """How many paths may wait at a block: fewer as the work grows, so that the end is seen."""
        share = self.steps * 4 // self.options.steps
        return (self._most, max(self._most // 2, 1), min(self._most, 3), 1, 1)[min(share, 4)]

    # -------------------------------------------------------------------------------------- ends

    def end(self, state: State, *, died: bool = False) -> None:
        """Take note that a path ends here."""
        self.terminals.append(Terminal(state.visited, state.faults, self.point if died else None))

    def leave(self, state: State) -> None:
        """Take note that the program ends here: nothing is lost that was not lost before."""
        for base in state.mem:
            if base in self.made_at:
                state.faults |= {(self.made_at[base], Kind.LEAK.value)}
        self.end(state)

    def unknown_length(self, address: Value, version: int, *, tainted: bool, most: int) -> Linear:
        """Return the length of a string whose end is not known: the same as long as it is."""
        key = (address, version)
        known = self.lengths.get(key)
        if known is None:
            symbol = Symbol(0, most, tainted=tainted)
            known = self.lengths[key] = form(symbol)
        return known

    # ------------------------------------------------------------------------------------ statics

    def rest_of_static(self, base: Symbol) -> Rest:
        """Return what a static object holds where nothing was written on this path."""
        data = self.whole.data_of(base)
        if data is None or data.data is None:
            return Rest.GIVEN
        if self.pristine or data.literal or data.name in self.whole.constants:
            return Rest.DATA
        return Rest.GIVEN

    def datum(self, base: Symbol, offset: int, size: int, ty: Type | None) -> Value:
        """Return what the program's text puts at `offset` of a static object."""
        data = self.whole.data_of(base)
        if data is None or data.data is None or offset < 0:
            return fresh(ty)
        if size == _POINTER:
            for relocation in data.relocations:
                if relocation.offset != offset:
                    continue
                if relocation.block is not None:
                    own = relocation.symbol == self.body.name
                    return self.label(relocation.block) if own else fresh(ty)
                return add(self.whole.address(relocation.symbol), relocation.addend)
        raw = data.data[offset : offset + size].ljust(size, b"\0")
        number = int.from_bytes(raw, "little")
        if type(ty) is FloatType:
            return fresh(ty) if number else 0
        return wrap(number, ty) if type(ty) in {IntType, PointerType} else number

    def element(self, facts: Facts, base: Number, index: Value, width: int) -> Number:
        """Return `base` and `index` times `width`."""
        return add(base, self.arithmetic.number(facts.known(index), None), width)


def _limits(body: Body, options: Options) -> tuple[int, int]:
    """Return how many paths are followed at most, and the steps after which it is given up."""
    length = sum(len(block.statements) + 1 for block in body.blocks)
    # What is long is followed on few paths, so that its end is seen.
    return max(1, min(options.states, options.steps // length)), max(options.steps * 2, length * 4)


def _register(place: Place) -> Iterator[Local]:
    if isinstance(place.base, int) and not place.projections:
        yield place.base
