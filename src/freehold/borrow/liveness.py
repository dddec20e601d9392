"""Where regions are live: where a variable whose type has them may still be used or dropped.

A value that is only dropped from here on keeps alive what its destructor may look at.
"""

from collections.abc import Iterable, Mapping

from freehold.borrow.regions import RegionBody, captured_types
from freehold.dataflow.points import Graph, Point
from freehold.dataflow.solver import Effect, solve_backward
from freehold.mir.typing import VariantType, field_types
from freehold.mir.values import Block, Local
from freehold.mir.visit import Touched, touched
from freehold.ownership.initialisation import MaybeInitialised, States, entry_states, solve
from freehold.ownership.moves import MoveData
from freehold.types import ArrayType, SliceType, TupleType, Type
from freehold.types.fold import parts, regions_of
from freehold.types.generic import (
    AdtType,
    Answers,
    ClosureType,
    DynType,
    GenericArg,
    GenericArrayType,
    OpaqueType,
    ProjectionType,
    RegionId,
    RegionVar,
    is_region,
    is_type,
)


class Liveness:
    """The points at whose entry each local is live for use, and for a drop only."""

    __slots__ = ("_graph", "_touched", "drops", "uses")

    def __init__(self, graph: Graph, locals_: Iterable[Local]) -> None:
        self._graph = graph
        self._touched = [touched(graph.at(Point(number))) for number in range(graph.count)]
        wanted = 0
        for local in locals_:
            wanted |= 1 << local
        self.uses: dict[Local, int] = {}
        self.drops: dict[Local, int] = {}
        self._find_uses(wanted)

    def _find_uses(self, wanted: int) -> None:
        # live(V, P) :- used(V, P).   live(V, P) :- edge(P, Q), live(V, Q), not defined(V, P).
        graph = self._graph
        effects = [self._block_effect(Block(n), wanted) for n in range(len(graph.body.blocks))]
        at_end = solve_backward(graph, effects)
        for number, live in enumerate(at_end):
            self._spread(Block(number), live, wanted)

    def _block_effect(self, block: Block, wanted: int) -> Effect:
        gen = kill = 0
        for point in range(self._graph.end(block), self._graph.start(block) - 1, -1):
            here = self._touched[point]
            for local in here.defines:
                gen &= ~(1 << local)
                kill |= 1 << local
            for local in here.uses:
                gen |= 1 << local
        return Effect(gen & wanted, kill & wanted)

    def _spread(self, block: Block, live: int, wanted: int) -> None:
        """Enter the points of one block, at whose end `live` are live."""
        start, end = self._graph.start(block), self._graph.end(block)
        last = {Local(local): int(end) for local in _bits(live)}
        for point in range(end, start - 1, -1):
            here = self._touched[point]
            for local in here.defines:
                self._enter(local, point + 1, last.pop(local, None))
            for local in here.uses:
                if wanted >> local & 1:
                    last.setdefault(local, point)
        for local, until in last.items():
            self._enter(local, start, until)

    def _enter(self, local: Local, first: int, last: int | None) -> None:
        if last is not None:
            self.uses[local] = self.uses.get(local, 0) | _range(first, last)

    # ------------------------------------------------------------------------------- drops

    def find_drops(self, data: MoveData, initialised: States, locals_: set[Local]) -> None:
        """Find where `locals_` are live for a drop: only where they may be initialised."""
        # drop_live(V, P) :- dropped(V, P), maybe_init(V, P).
        # drop_live(V, P) :- edge(P, Q), drop_live(V, Q), maybe_init(V, P) at the end of a block,
        #                    not defined(V, P), not live(V, P).
        effects = MaybeInitialised(data)
        for block in range(len(self._graph.body.blocks)):
            at = self._graph.end(Block(block))
            for local in self._touched[at].drops:
                subtree = data.paths.subtree(data.paths.root(local))
                if local in locals_ and initialised.at(at) & subtree:
                    self._walk_back(local, at, subtree, initialised, effects)

    def _walk_back(
        self,
        local: Local,
        at: Point,
        subtree: int,
        initialised: States,
        effects: MaybeInitialised,
    ) -> None:
        found = self.drops.get(local, 0) | 1 << at
        used = self.uses.get(local, 0)
        pending = [at]
        while pending:
            end = pending.pop()
            block = self._graph.block(end)
            reached, found = self._through_block(local, end, found, used)
            if not reached:
                continue
            for before in self._graph.before[block]:
                out = self._graph.end(before)
                if found >> out & 1 or used >> out & 1:
                    continue
                if local in self._touched[out].defines:
                    continue
                if effects.at(out).of(initialised.at(out)) & subtree:
                    found |= 1 << out
                    pending.append(out)
        self.drops[local] = found

    def _through_block(self, local: Local, end: Point, found: int, used: int) -> tuple[bool, int]:
        """Walk from `end` to the start of its block; say whether that was reached."""
        for point in range(end - 1, self._graph.start(self._graph.block(end)) - 1, -1):
            if local in self._touched[point].defines or used >> point & 1 or found >> point & 1:
                return False, found
            found |= 1 << point
        return True, found

    def touched(self, point: Point) -> Touched:
        """Return what `point` does to locals."""
        return self._touched[point]


def _range(first: int, last: int) -> int:
    return (1 << (last + 1)) - (1 << first) if last >= first else 0


def _bits(mask: int) -> Iterable[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def live_regions(
    regions: RegionBody, graph: Graph, data: MoveData, answers: Answers
) -> tuple[list[int], Liveness]:
    """Return the points at which each region is live by itself, and the liveness of locals.

    What must outlive a universal region holds the whole body anyway: the liveness of a local that
    has only such regions would add nothing but worse explanations.
    """
    everywhere = _outliving_universal(regions)
    in_types = {
        Local(number): found
        for number, ty in enumerate(regions.locals)
        if not (found := _variables(ty, regions.aliases)) <= everywhere
    }
    liveness = Liveness(graph, in_types)
    dropped = {
        local
        for number in range(len(graph.body.blocks))
        for local in liveness.touched(graph.end(Block(number))).drops
        if local in in_types
    }
    if dropped:
        initialised, _, _ = entry_states(graph.body, data)
        states = solve(graph.body, graph, MaybeInitialised(data), initialised)
        liveness.find_drops(data, states, dropped)
    live = [0] * regions.count
    for local, points in liveness.uses.items():
        for region in in_types.get(local, ()):
            live[region] |= points
    for local, points in liveness.drops.items():
        for region in drop_regions(regions.locals[local], answers, regions.aliases):
            live[region] |= points
    _mentioned(regions.mentioned, live)
    return live, liveness


def _outliving_universal(regions: RegionBody) -> set[RegionId]:
    """Return the regions that outlive a universal one, themselves included."""
    longer: dict[RegionId, list[RegionId]] = {}
    for each in regions.constraints:
        longer.setdefault(each.shorter, []).append(each.longer)
    pending = [universal.id for universal in regions.universals]
    found = set(pending)
    while pending:
        for region in longer.get(pending.pop(), ()):
            if region not in found:
                found.add(region)
                pending.append(region)
    return found


def _mentioned(mentioned: Mapping[Point, tuple[RegionId, ...]], live: list[int]) -> None:
    for point, found in mentioned.items():
        for region in found:
            live[region] |= 1 << point


Aliases = Mapping[Type, frozenset[RegionId]]


def _variables(ty: Type, aliases: Aliases) -> set[RegionId]:
    """Return the regions that have to hold where a `ty` is used."""
    if not aliases:
        return {region.id for region in regions_of(ty) if isinstance(region, RegionVar)}
    found: set[RegionId] = set()
    pending: list[GenericArg] = [ty]
    while pending:
        part = pending.pop()
        if isinstance(part, RegionVar):
            found.add(part.id)
        elif is_type(part):
            known = aliases.get(part)
            if known is None:
                pending += parts(part)
            else:
                found |= known
    return found


def drop_regions(ty: Type, answers: Answers, aliases: Aliases) -> set[RegionId]:
    """Return the regions that must hold when a `ty` is dropped: what its destructors may use."""
    search = _Drops(answers, aliases)
    search.add(ty)
    return search.found


class _Drops:
    """Looks for the destructors in a type."""

    __slots__ = ("_aliases", "_answers", "_seen", "found")

    def __init__(self, answers: Answers, aliases: Aliases) -> None:
        self._answers = answers
        self._aliases = aliases
        self._seen: set[Type] = set()
        self.found: set[RegionId] = set()

    def add(self, ty: Type) -> None:
        """Take up the regions that dropping a `ty` needs."""
        if ty in self._seen or not self._answers.needs_drop(ty):
            return
        self._seen.add(ty)
        match ty:
            case AdtType(definition) if (
                definition.drop is not None and definition.lang != "owned_box"
            ):
                self._add_destructor(ty)
            case DynType() | OpaqueType() | ProjectionType():
                self.found |= _variables(ty, self._aliases)
            case _:
                for part in _owned(ty):
                    self.add(self._answers.normalise(part))

    def _add_destructor(self, ty: AdtType) -> None:
        """It may use all arguments; of those that it says dangle, only what drops them."""
        for number, argument in enumerate(ty.arguments):
            if number in ty.definition.dangling:
                if is_type(argument):
                    self.add(argument)
            elif is_region(argument):
                self.found |= {argument.id} if isinstance(argument, RegionVar) else set()
            elif is_type(argument):
                self.found |= _variables(argument, self._aliases)


def _owned(ty: Type) -> Iterable[Type]:
    match ty:
        case ArrayType(element) | GenericArrayType(element) | SliceType(element):
            return (element,)
        case AdtType(definition, arguments) if definition.lang in ("owned_box", "phantom_data"):
            return (part for part in arguments if is_type(part))
        case AdtType(definition) if definition.lang == "manually_drop":
            return ()
        case AdtType(definition, arguments):
            variants = (VariantType(variant, arguments) for variant in definition.variants)
            return [part for variant in variants for part in field_types(variant)]
        case ClosureType():
            return captured_types(ty)
        case TupleType():
            return field_types(ty)
        case _:
            return ()
