"""Loops in which nothing ends, and by how much their locals step on from round to round.

A local's *stride* is what is added to it from one round to the next. A local that does not change
has the stride 0, and what is computed of strides has one, modulo the size of its type.
"""

from collections.abc import Iterator

from freehold.codegen.lltypes import is_scalar
from freehold.codegen.plan import Plan
from freehold.mir.body import Body
from freehold.mir.cfg import targets_of
from freehold.mir.operands import operands_of
from freehold.mir.statements import (
    Assign,
    Barrier,
    Goto,
    Statement,
    StorageDead,
    StorageLive,
    Switch,
)
from freehold.mir.typing import Typer
from freehold.mir.values import (
    Binary,
    BinOp,
    Block,
    Cast,
    CastKind,
    Copy,
    Deref,
    Index,
    IntConst,
    Local,
    Move,
    Operand,
    Place,
    RawPointer,
    Ref,
    Rvalue,
    Use,
)
from freehold.records import dataclass
from freehold.types import (
    IntType,
    PointerType,
    Type,
    is_wide,
    size_of,
)

Point = tuple[Block, int]  # a block and the number of a statement in it


@dataclass(frozen=True, slots=True)
class Stride:
    """`scale` times the value of the local `times`, if there is one."""

    scale: int
    times: Local | None = None


STILL = Stride(0)


@dataclass(frozen=True, slots=True)
class Around:
    """The body that loops stand in: with the homes of its locals, and who dominates each block."""

    body: Body
    typer: Typer
    plan: Plan
    dominated: list[int]


_SCALES = {BinOp.ADD: 1, BinOp.SUB: -1, BinOp.OFFSET: 0}  # OFFSET: the pointee's size


class Strides:
    """One loop while its strides are looked for; `aside`: no store changes what else is read."""

    def __init__(self, around: Around, header: Block, blocks: frozenset[int]) -> None:
        self.body, self.typer, self.plan = around.body, around.typer, around.plan
        self.dominated = around.dominated
        self.header, self.blocks = header, blocks
        self.narrow: dict[Local, Stride] = {}
        self.strides: dict[int, Stride | None] = {}
        self.assigned: dict[int, list[Point]] = {}
        self.scoped: set[int] = set()
        self.stores: list[Point] = []
        self.tags = False  # some store is of a pointer
        self.aside = False
        latches = [one for one in blocks if header in targets_of(self.body.blocks[one].terminator)]
        # The blocks that each round comes through.
        self.every = {
            Block(index)
            for index in blocks
            if all(self.dominated[one] >> index & 1 for one in latches)
        }

    def is_quiet(self) -> bool:
        """Whether the loop only computes, and reads and writes scalars; note what it assigns."""
        for index in self.blocks:
            block = self.body.blocks[index]
            if not isinstance(block.terminator, (Goto, Switch)):
                return False
            for number, statement in enumerate(block.statements):
                if not self._is_plain(statement, (Block(index), number)):
                    return False
        return self._is_round()

    def _is_round(self) -> bool:
        """Whether no block is come to twice in a round, by gotos."""
        state = dict.fromkeys(self.blocks, 0)  # 1: begun; 2: all behind it is done
        pending = [int(self.header)]
        while pending:
            index = pending[-1]
            after = [
                target
                for target in targets_of(self.body.blocks[index].terminator)
                if target in self.blocks and target != self.header
            ]
            if state[index] == 0:
                state[index] = 1
                if any(state[target] == 1 for target in after):
                    return False
                pending += [target for target in after if state[target] == 0]
            else:
                state[pending.pop()] = 2
        return True

    def _is_plain(self, statement: Statement, at: Point) -> bool:
        if isinstance(statement, (StorageLive, StorageDead)):
            self.scoped.add(statement.local)
            return self.plan.homes[statement.local].register
        if isinstance(statement, Barrier) or not isinstance(statement, Assign):
            return False
        places = [statement.place, *places_read(statement.rvalue)]
        if not all(self._is_calm(place) for place in places):
            return False
        place = statement.place
        local = place.base if isinstance(place.base, int) and not place.projections else None
        if local is not None and self.plan.homes[local].register:
            self.assigned.setdefault(local, []).append(at)
            return True
        ty = self.typer.place(place)
        self.stores.append(at)
        self.tags = self.tags or isinstance(ty, PointerType)
        return is_scalar(ty)

    def _is_calm(self, place: Place) -> bool:
        """Whether no other thread runs at an access to `place`."""
        noisy = place.volatile or place.atomic
        return not noisy and not (
            isinstance(place.base, int) and self.body.locals[place.base].volatile
        )

    # ------------------------------------------------------------------------------- strides

    def stride(self, local: Local) -> Stride | None:
        """Return the stride of `local`; None: it does not step evenly."""
        if local not in self.strides:
            self.strides[local] = None  # while it is looked for
            self.strides[local] = self._stride(local)
        return self.strides[local]

    def _stride(self, local: Local) -> Stride | None:
        home = self.plan.homes[local]
        if not home.register or home.tracked or home.wide:
            return None
        if not home.pointer and not self._is_integer(local):
            return None
        if local not in self.assigned:
            return None if local in self.scoped else STILL
        point = self.only(local)
        if point is None:
            return None
        statement = self.body.blocks[point[0]].statements[point[1]]
        assert isinstance(statement, Assign)
        rvalue = statement.rvalue
        if local not in self.scoped:
            step = self._step(local, rvalue)
            if step is not None:
                return step
        return self._computed(rvalue, point)

    def only(self, local: Local) -> Point | None:
        """Return where `local` is assigned, if that is once in each round."""
        points = self.assigned.get(local, [])
        if len(points) != 1 or points[0][0] not in self.every:
            return None
        return points[0]

    def is_counter(self, local: Local) -> bool:
        """Whether what is assigned to `local` is its own value and a stride."""
        point = self.only(local)
        if point is None or local in self.scoped:
            return False
        statement = self.body.blocks[point[0]].statements[point[1]]
        assert isinstance(statement, Assign)
        return self._step(local, statement.rvalue) is not None

    def _step(self, local: Local, rvalue: Rvalue) -> Stride | None:
        """Return by how much `local` moves if `rvalue`, its new value, is itself and that much."""
        if not isinstance(rvalue, Binary):
            return None
        own = self._is_old(rvalue.left, local)
        if rvalue.op is BinOp.ADD and not own and self._is_old(rvalue.right, local):
            return self._still(rvalue.left, 1)
        if not own or rvalue.op not in _SCALES:
            return None
        unit = self._unit(rvalue.left) if rvalue.op is BinOp.OFFSET else _SCALES[rvalue.op]
        return self._still(rvalue.right, unit)

    def _is_old(self, operand: Operand, local: Local) -> bool:
        """Whether an operand of what is assigned to `local` is what it held, or a copy of that."""
        source, point = local_of(operand), self.only(local)
        if source is None or source == local:
            return source == local
        at = self.only(source)
        if at is None or point is None or not self._precedes(at, point):
            return False
        statement = self.body.blocks[at[0]].statements[at[1]]
        assert isinstance(statement, Assign)
        rvalue = statement.rvalue
        return isinstance(rvalue, Use) and local_of(rvalue.operand) == local

    def _still(self, operand: Operand, scale: int) -> Stride | None:
        """Return `scale` times an operand that does not change, as a stride."""
        if isinstance(operand, IntConst):
            return Stride(operand.value * scale)
        local = local_of(operand)
        if local is None or scale < 0 or not self._is_integer(local):
            return None
        return Stride(scale, local) if self.stride(local) == STILL else None

    def _is_integer(self, local: Local) -> bool:
        ty = self.body.locals[local].type
        return isinstance(ty, IntType) and ty.bits <= 64

    def _unit(self, pointer: Operand) -> int:
        ty = self.typer.operand(pointer)
        assert isinstance(ty, PointerType)
        return size_of(ty.pointee)

    def _computed(self, rvalue: Rvalue, at: Point) -> Stride | None:
        match rvalue:
            case Use(operand):
                return self.of(operand, at)
            case RawPointer(place=place):
                steady = self._is_still(place, at) and not self._is_reloaded(place)
                return STILL if steady else None
            case Cast(CastKind.POINTER, operand, ty):
                return None if is_wide(ty) else self.of(operand, at)
            case Cast(CastKind.INT, operand, ty):
                return self._widened(operand, ty, at)
            case Binary(BinOp.MUL, left, right):
                return self._product(left, right, at)
            case Binary(op, left, right) if op in _SCALES:
                unit = self._unit(left) if op is BinOp.OFFSET else _SCALES[op]
                return _sum(self.of(left, at), _times(self.of(right, at), unit))
            case Binary(_, left, right):
                still = self.of(left, at) == self.of(right, at) == STILL
                return STILL if still else None
            case _:
                return None

    def _product(self, left: Operand, right: Operand, at: Point) -> Stride | None:
        one, other = self.of(left, at), self.of(right, at)
        if one == STILL:
            one, left, right = other, right, left
        elif other != STILL:
            return None
        if one is None:
            return None
        if isinstance(right, IntConst):
            return _times(one, right.value)
        local = local_of(right)
        if one.times is not None or local is None or one.scale < 0 or not self._is_integer(local):
            return STILL if one == STILL else None
        return Stride(one.scale, local) if one.scale else STILL

    def _widened(self, operand: Operand, ty: Type, at: Point) -> Stride | None:
        stride, source = self.of(operand, at), self.typer.operand(operand)
        if not isinstance(ty, IntType) or not isinstance(source, IntType):
            return STILL if stride == STILL else None
        local = local_of(operand)
        if stride is None or stride == STILL or ty.bits <= source.bits or local is None:
            return stride
        self.narrow[local] = stride
        return stride

    def of(self, operand: Operand, at: Point) -> Stride | None:
        """Return the stride of an operand that is read at `at`."""
        if not isinstance(operand, (Copy, Move)):
            return STILL
        local = local_of(operand)
        if local is None:
            return STILL if self.stays(operand.place, at) else None
        if local in self.assigned and not self.is_counter(local) and not self.after(local, at):
            return None
        return self.stride(local)

    def stays(self, place: Place, at: Point) -> bool:
        """Whether what `place`, where it is read at `at`, holds is always the same."""
        if not self.stores:
            return self._is_still(place, at)
        depth = sum(isinstance(one, Deref) for one in place.projections)
        return self.aside and depth <= self._is_followed(place) and self._is_still(place, at)

    def _is_still(self, place: Place, at: Point) -> bool:
        """Whether `place` is reached by what does not change, but for memory."""
        locals_ = [one.local for one in place.projections if isinstance(one, Index)]
        if isinstance(place.base, int) and self.plan.homes[place.base].register:
            locals_.append(place.base)
        return all(self.of(Copy(Place(local)), at) == STILL for local in locals_)

    def _is_reloaded(self, place: Place) -> bool:
        """Whether the way to `place` leads through pointers in memory that may change."""
        depth = sum(isinstance(one, Deref) for one in place.projections)
        return bool(self.stores) and depth > self._is_followed(place)

    def _is_followed(self, place: Place) -> bool:
        return isinstance(place.base, int) and self.plan.homes[place.base].register

    def after(self, local: Local, at: Point) -> bool:
        """Whether `local` has been assigned in a round when it comes to `at`."""
        point = self.only(local)
        return point is not None and self._precedes(point, at)

    def _precedes(self, one: Point, other: Point) -> bool:
        if one[0] == other[0]:
            return one[1] < other[1]
        return bool(self.dominated[other[0]] >> one[0] & 1)


def places_read(rvalue: Rvalue) -> Iterator[Place]:
    """Yield the places that `rvalue` reads, or takes the address of."""
    for operand in operands_of(rvalue):
        if isinstance(operand, (Copy, Move)):
            yield operand.place
    if isinstance(rvalue, (Ref, RawPointer)):
        yield rvalue.place


def local_of(operand: Operand) -> Local | None:
    """Return the local that an operand is, if it is a whole one."""
    if not isinstance(operand, (Copy, Move)) or operand.place.projections:
        return None
    return operand.place.base if isinstance(operand.place.base, int) else None


def _sum(one: Stride | None, other: Stride | None) -> Stride | None:
    if one is None or other is None:
        return None
    if not one.scale or not other.scale:
        return other if not one.scale else one
    if one.times != other.times:
        return None
    return Stride(one.scale + other.scale, one.times)


def _times(stride: Stride | None, factor: int) -> Stride | None:
    if stride is None or (stride.times is not None and factor < 0):
        return None
    return Stride(stride.scale * factor, stride.times) if factor else STILL
