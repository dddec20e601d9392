"""What calls through function pointers may call, as a look at the whole program tells.

The addresses of functions flow along assignments, casts, arguments and results, from slot to slot
(`effects.flow`). Neither order nor contexts are looked at.

    holds(S, F) :- stored(F, S).
    holds(T, F) :- holds(S, F), copied(S, T).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from freehold.effects.flow import FlowCall, Origin, Slot, slot_at, slot_of
from freehold.effects.outline import Outline
from freehold.mir.body import Body, Global, Program
from freehold.mir.values import Copy, Move, Operand, Symbol
from freehold.types import FunctionType

_MOST = 4


class Targets:
    """The functions that each slot may hold, in the order of the program."""

    __slots__ = ("_arity", "_holds", "_program")

    def __init__(
        self,
        program: Program,
        holds: Mapping[Slot, set[Symbol]],
        arity: Mapping[Symbol, int | None],
    ) -> None:
        self._program = program
        self._holds = holds
        self._arity = arity

    def of(self, body: Body, callee: Operand, called_as: FunctionType) -> tuple[Symbol, ...]:
        """Return what a call through `callee` may call: nothing where that is not known.

        A pointer that many functions are stored to is one that anybody may give any function.
        """
        if not isinstance(callee, (Copy, Move)):
            return ()
        slot = slot_of(self._program, body, callee.place)
        return self._in(slot, len(called_as.parameters)) if slot is not None else ()

    def called(self, outline: Outline) -> Iterator[Symbol]:
        """Yield what the calls of a body through pointers are taken to call."""
        for call in outline.flow.calls:
            if not isinstance(call.callee, str):
                yield from self._in(call.callee, call.arity)

    def _in(self, slot: Slot, arity: int) -> tuple[Symbol, ...]:
        found = self._holds.get(slot, ())
        fitting = sorted(name for name in found if self._arity[name] in {None, arity})
        return tuple(fitting) if len(fitting) <= _MOST else ()


def find_targets(program: Program, outlines: Mapping[Symbol, Outline]) -> Targets:
    """Return what the function pointers of a program may point to."""
    # How many arguments a function takes, None for any number.
    arity: dict[Symbol, int | None] = {name: one.arity for name, one in outlines.items()}
    for name, extern in program.externs.items():
        arity.setdefault(name, None if extern.type.variadic else len(extern.type.parameters))
    flow = _Flow(outlines, arity)
    for data in program.globals.values():
        if data.relocations:
            flow.static(data)
    for outline in outlines.values():
        flow.body(outline)
    flow.run()
    return Targets(program, dict(flow.holds), arity)


class _Flow:
    """The slots, and what flows between them."""

    def __init__(
        self, outlines: Mapping[Symbol, Outline], functions: Mapping[Symbol, int | None]
    ) -> None:
        self.holds: defaultdict[Slot, set[Symbol]] = defaultdict(set)
        self._outlines = outlines
        self._functions = functions
        self._copied: defaultdict[Slot, list[Slot]] = defaultdict(list)
        self._calls: defaultdict[Slot, list[FlowCall]] = defaultdict(list)
        self._fresh: list[tuple[Slot, Symbol]] = []

    def _store(self, function: Symbol, slot: Slot) -> None:
        if function not in self.holds[slot]:
            self.holds[slot].add(function)
            self._fresh.append((slot, function))

    def _move(self, origin: Origin, to: Slot) -> None:
        if isinstance(origin, str):
            if origin in self._functions:
                self._store(origin, to)
        elif origin != to:
            self._copied[origin].append(to)
            for function in tuple(self.holds.get(origin, ())):
                self._store(function, to)

    def run(self) -> None:
        """Let everything flow as far as it goes."""
        while self._fresh:
            slot, function = self._fresh.pop()
            for to in tuple(self._copied.get(slot, ())):
                self._store(function, to)
            for call in tuple(self._calls.get(slot, ())):
                self._enter(call, function)

    def static(self, data: Global) -> None:
        """Take in the functions that the text puts into a global."""
        for relocation in data.relocations:
            if relocation.symbol in self._functions and relocation.block is None:
                slot = slot_at(data.type, relocation.offset) or ("global", data.name, "")
                self._store(relocation.symbol, slot)

    def body(self, outline: Outline) -> None:
        """Take in what the statements and calls of a body move."""
        for origin, to in outline.flow.moves:
            self._move(origin, to)
        for call in outline.flow.calls:
            if isinstance(call.callee, str):
                self._enter(call, call.callee)
                continue
            self._calls[call.callee].append(call)
            for function in tuple(self.holds.get(call.callee, ())):
                self._enter(call, function)

    def _enter(self, call: FlowCall, function: Symbol) -> None:
        entered = self._outlines.get(function)
        if entered is None:
            return
        holders = enumerate(entered.flow.holders, 1)
        for (number, holds), origin in zip(holders, call.arguments, strict=False):
            if holds and origin is not None:
                self._move(origin, ("local", function, number))
        if call.destination is not None:
            self._move(("result", function, ""), call.destination)
