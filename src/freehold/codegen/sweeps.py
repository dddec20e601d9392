"""Loops whose accesses step evenly, so often as an exit of them tells before they begin.

An exit that compares a local of known stride (`codegen.strides`) with what does not change bounds
the rounds; so the bytes that a loop can touch through a pointer of known stride are known where it
begins, and are asked for there, once (`codegen.widen`).

Only loops that call nothing are asked about, and in which nothing can end, be freed, or become
uninitialised: what is known of an object where they begin holds until they end.
"""

from collections.abc import Iterator

from freehold.codegen.extents import Extent, extent_of
from freehold.codegen.lltypes import is_scalar
from freehold.codegen.plan import holds_pointers
from freehold.codegen.strides import STILL, Around, Point, Stride, Strides, local_of, places_read
from freehold.mir.cfg import targets_of
from freehold.mir.operands import operands_of
from freehold.mir.statements import (
    Assign,
    Switch,
)
from freehold.mir.values import (
    Binary,
    BinOp,
    Block,
    Cast,
    CastKind,
    Copy,
    Deref,
    IntConst,
    Local,
    Move,
    Operand,
    Place,
    RawPointer,
    Ref,
    Rvalue,
)
from freehold.records import dataclass, field
from freehold.types import (
    IntType,
    PointerType,
    align_of,
)

Key = tuple[Local, bool, bool]


@dataclass(frozen=True, slots=True)
class Exit:
    """The loop goes on while `left op right`; only `left` moves.

    `moved`: where it is compared next, `left` will have moved once more. `inside`: the block that
    the loop goes on with, if nothing else leads there.
    """

    op: BinOp
    left: Local
    right: Operand
    stride: Stride
    moved: bool
    inside: Block | None


@dataclass(slots=True)
class Group:
    """What is accessed through `pointer`, at its value where the loop begins or one stride on.

    `moved`: the latter. `again`: once more than the exit's test is passed. The extents count from
    where it points to; `align` is what it is to be a multiple of. `pointers`: some are read.
    """

    pointer: Local
    stride: Stride
    moved: bool
    again: bool
    align: int = 1
    reads: Extent | None = None
    writes: Extent | None = None
    points: set[Point] = field(default_factory=set)
    written: set[Point] = field(default_factory=set)
    pointers: bool = False

    @property
    def key(self) -> Key:
        """What distinguishes the groups of a loop."""
        return self.pointer, self.moved, self.again


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a loop accesses evenly.

    `narrow`: no value of these is to wrap, for each is widened. `kept`: the places that hold the
    same in each round, with where they are read; `aside`: if what the loop stores, all of it
    evenly, is not stored there.
    """

    exit: Exit
    groups: tuple[Group, ...]
    narrow: dict[Local, Stride]
    kept: dict[tuple[Point, Place], None]
    aside: bool

    def covering(
        self, at: Point, pointer: int, extent: Extent, align: int, *, write: bool
    ) -> Group | None:
        """Return the group that the access of `extent` through `pointer` belongs to, if any."""
        for group in self.groups:
            if group.pointer == pointer and at in group.points and group.align % align == 0:
                hull = group.writes if write else group.reads
                if hull is not None and hull[0] <= extent[0] and extent[1] <= hull[1]:
                    return group
        return None


def sweep_of(around: Around, header: int, blocks: frozenset[int]) -> Sweep | None:
    """Return what is accessed evenly in a loop, or None: nothing, or nobody knows how often."""
    loop = _Loop(around, Block(header), blocks)
    if not loop.is_quiet():
        return None
    if loop.stores and not loop.tags:
        # What is stored where no pointer is changes no pointer.
        found = loop.sweep(aside=True)
        if found is not None:
            return found
    return loop.sweep(aside=False)


# What the loop goes on while, if it goes on where the comparison does not hold.
_NEGATED = {
    BinOp.LT: BinOp.GE,
    BinOp.LE: BinOp.GT,
    BinOp.GT: BinOp.LE,
    BinOp.GE: BinOp.LT,
    BinOp.EQ: BinOp.NE,
    BinOp.NE: BinOp.EQ,
}
_MIRRORED = {
    BinOp.LT: BinOp.GT,
    BinOp.LE: BinOp.GE,
    BinOp.GT: BinOp.LT,
    BinOp.GE: BinOp.LE,
    BinOp.EQ: BinOp.EQ,
    BinOp.NE: BinOp.NE,
}
_RISING = frozenset((BinOp.LT, BinOp.LE, BinOp.NE))
_FALLING = frozenset((BinOp.GT, BinOp.GE, BinOp.NE))
_LONGEST = 1 << 20  # bytes of a stride


class _Loop(Strides):
    """One loop while it is looked at."""

    def sweep(self, *, aside: bool) -> Sweep | None:
        """Return what is accessed evenly; `aside`: if no store changes what else is read."""
        self.aside = aside
        self.narrow.clear()
        self.strides.clear()
        way_out = self.exit()
        if way_out is None:
            return None
        groups = tuple(self.groups(way_out))
        if not any(group.stride.scale for group in groups):
            return None
        even = {at for group in groups if group.writes is not None for at in group.written}
        if aside and not even.issuperset(self.stores):
            return None
        return Sweep(way_out, groups, dict(self.narrow), dict.fromkeys(self.kept()), aside)

    # --------------------------------------------------------------------------------- exits

    def exit(self) -> Exit | None:
        """Return the exit by which the number of rounds is known before.

        If there are others, most loops end by those, and to ask for all is not worth it.
        """
        ways_out = [
            index
            for index in self.blocks
            for target in targets_of(self.body.blocks[index].terminator)
            if target not in self.blocks
        ]
        if len(ways_out) != 1 or ways_out[0] not in self.every:
            return None
        return self._exit(Block(ways_out[0]))

    def _exit(self, index: Block) -> Exit | None:
        block = self.body.blocks[index]
        switch = block.terminator
        if not isinstance(switch, Switch) or len(switch.targets) != 1:
            return None
        (value, zero), other = switch.targets[0], switch.otherwise
        stays = other in self.blocks
        if value != 0 or stays == (zero in self.blocks):
            return None
        condition = local_of(switch.operand)
        at = None if condition is None else self.only(condition)
        if at is None or at[0] != index:
            return None
        statement = block.statements[at[1]]
        assert isinstance(statement, Assign)
        return self._counted(statement.rvalue, at, other if stays else zero, holds=stays)

    def _counted(self, rvalue: Rvalue, at: Point, inside: Block, *, holds: bool) -> Exit | None:
        match rvalue:
            case Binary(op, left, right) if op in _NEGATED:
                pass
            case Cast(CastKind.BOOL, left):
                op, ty = BinOp.NE, self.typer.operand(left)
                if not isinstance(ty, IntType):
                    return None
                right = IntConst(0, ty)
            case _:
                return None
        if self.of(left, at) == STILL:
            left, right, op = right, left, _MIRRORED[op]
        stride, local = self.of(left, at), local_of(left)
        op = op if holds else _NEGATED[op]
        if stride is None or local is None or self.of(right, at) != STILL:
            return None
        if not isinstance(right, (IntConst, Copy, Move)):
            return None
        if not _leads_to(op, stride):
            return None
        moved = not self.is_counter(local) or self.after(local, at)
        alone = sum(inside in targets_of(one.terminator) for one in self.body.blocks) == 1
        return Exit(op, local, right, stride, moved, inside if alone else None)

    # -------------------------------------------------------------------------------- groups

    def groups(self, way_out: Exit) -> Iterator[Group]:
        """Yield what is accessed evenly, by what it is accessed through."""
        found: dict[Key, Group] = {}
        for index in sorted(self.blocks):
            passed = way_out.inside is not None and self.dominated[index] >> way_out.inside & 1
            for number, statement in enumerate(self.body.blocks[index].statements):
                if isinstance(statement, Assign):
                    self._add(found, statement, (Block(index), number), again=not passed)
        for group in found.values():
            if group.reads is not None or group.writes is not None:
                yield group

    def _add(
        self,
        found: dict[Key, Group],
        statement: Assign,
        at: Point,
        *,
        again: bool,
    ) -> None:
        accesses = [(place, False) for place in places_read(statement.rvalue)]
        if isinstance(statement.rvalue, (Ref, RawPointer)):
            accesses = []
        accesses.append((statement.place, True))
        for place, write in accesses:
            base = place.base
            if not isinstance(base, int) or not place.projections or place.unaligned:
                continue
            if not isinstance(place.projections[0], Deref):
                continue
            extent, stride = extent_of(self.body, place, base), self.of(Copy(Place(base)), at)
            ty = self.typer.place(place)
            if extent is None or stride is None or not _is_even(stride, extent[0], align_of(ty)):
                continue
            if write and (self.tags or self._may_hold_pointers(base)):
                continue
            moved = not self.is_counter(base) if base in self.assigned else False
            moved = moved or (base in self.assigned and self.after(base, at))
            group = found.setdefault((base, moved, again), Group(base, stride, moved, again))
            group.points.add(at)
            group.align = max(group.align, align_of(ty))
            if write:
                group.writes = _hull(group.writes, extent)
                group.written.add(at)
            else:
                group.reads = _hull(group.reads, extent)
                group.pointers = group.pointers or isinstance(ty, PointerType)

    def kept(self) -> Iterator[tuple[Point, Place]]:
        """Yield what is read again and again, and is always the same."""
        for index in sorted(self.blocks):
            for number, statement in enumerate(self.body.blocks[index].statements):
                if not isinstance(statement, Assign):
                    continue
                at = Block(index), number
                for operand in operands_of(statement.rvalue):
                    if isinstance(operand, (Copy, Move)) and self._is_kept(operand.place, at):
                        yield at, operand.place

    def _is_kept(self, place: Place, at: Point) -> bool:
        home = self.plan.homes[place.base] if isinstance(place.base, int) else None
        if home is not None and home.register and not place.projections:
            return False
        return is_scalar(self.typer.place(place)) and self.stays(place, at)

    def _may_hold_pointers(self, pointer: Local) -> bool:
        ty = self.body.locals[pointer].type
        return not isinstance(ty, PointerType) or holds_pointers(ty.pointee)


def _leads_to(op: BinOp, stride: Stride) -> bool:
    """Whether what moves so will come to fail the test."""
    if not 0 < abs(stride.scale) <= _LONGEST:
        return False
    if stride.times is not None:  # more than 0, as is asked when the loop begins
        return op in {BinOp.LT, BinOp.LE}
    return op in (_RISING if stride.scale > 0 else _FALLING)


def _is_even(stride: Stride, offset: int, align: int) -> bool:
    """Whether all accesses are aligned if the pointer is, and none is too far away."""
    return (
        abs(stride.scale) <= _LONGEST
        and abs(offset) <= _LONGEST
        and stride.scale % align == 0
        and offset % align == 0
    )


def _hull(one: Extent | None, other: Extent) -> Extent:
    return other if one is None else (min(one[0], other[0]), max(one[1], other[1]))
