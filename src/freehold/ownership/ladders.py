"""Drops opened into the drops of what they consist of, one after the other: ladders.

A ladder drops the fields in order. Should one of them panic, the rest are dropped by a second
ladder beside it, which resumes unwinding at its end.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from freehold.mir.patch import Patch
from freehold.mir.statements import Assign, Call, Drop, Goto, Statement, Switch, Terminator
from freehold.mir.structural import NO_DROP_LANG
from freehold.mir.typing import Typer, VariantType, field_types, is_box
from freehold.mir.values import (
    Block,
    BorrowKind,
    ConstantIndex,
    Copy,
    Deref,
    Discriminant,
    Downcast,
    FieldOf,
    ItemConst,
    Move,
    Place,
    Projection,
    Ref,
    Scope,
)
from freehold.ownership.flags import DropFlags
from freehold.ownership.paths import MovePaths, PathId
from freehold.records import dataclass
from freehold.source import Span
from freehold.types import UNIT, AdtKind, ArrayType, FunctionType, TupleType, Type
from freehold.types.generic import (
    ERASED,
    ISIZE,
    AdtType,
    Answers,
    ClosureType,
    Definition,
    FnDefType,
    RefType,
)


class Style(Enum):
    """How a drop is to be done: what is known of the path there."""

    DEAD = "dead"  # surely moved: nothing to do
    STATIC = "static"  # surely initialised: a plain drop
    CONDITIONAL = "conditional"  # perhaps: ask its flag
    OPEN = "open"  # some parts are, some are not: each on its own


@dataclass(frozen=True, slots=True)
class State:
    """What may be initialised, and what may not, at the drop that is elaborated."""

    live: int
    dead: int
    paths: MovePaths

    def deep(self, path: PathId) -> Style:
        """Return the style of dropping `path` with all below it."""
        below = self.paths.subtree(path)
        if not self.live & below:
            return Style.DEAD
        if not self.dead & below:
            return Style.STATIC
        return Style.CONDITIONAL if below == 1 << path else Style.OPEN

    def shallow(self, path: PathId) -> Style:
        """Return the style of `path` itself."""
        if not self.live >> path & 1:
            return Style.DEAD
        return Style.CONDITIONAL if self.dead >> path & 1 else Style.STATIC


@dataclass(frozen=True, slots=True)
class Task:
    """Drop `place`, then go to `after`; `unwind` None: this is a cleanup already.

    `path` is its own, or that of the nearest thing that has one.
    """

    place: Place
    path: PathId
    after: Block
    unwind: Block | None


@dataclass(frozen=True, slots=True)
class Part:
    """A field in a ladder; None: it has no path, and goes with the whole."""

    place: Place
    path: PathId | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all the ladders of a body share."""

    paths: MovePaths
    flags: DropFlags
    patch: Patch
    typer: Typer
    answers: Answers


class Elaborator:
    """Elaborates one drop terminator, at a point where `state` holds."""

    def __init__(self, around: Surroundings, state: State, span: Span, scope: Scope) -> None:
        self._around = around
        self._paths = around.paths
        self._state = state
        self._span = span
        self._scope = scope

    def terminator(self, task: Task) -> Terminator:
        """Return what ends the block of the drop, after all that it needs was added."""
        match self._state.deep(task.path):
            case Style.DEAD:
                return self._goto(task.after)
            case Style.STATIC:
                return self._drop(task)
            case Style.CONDITIONAL:
                return self._goto(self._complete(task))
            case Style.OPEN:
                return self._goto(self._open(task))

    # ------------------------------------------------------------------------------- blocks

    def _goto(self, target: Block) -> Goto:
        return Goto(target, self._span, self._scope)

    def _block(self, terminator: Terminator, *statements: Statement) -> Block:
        return self._around.patch.block(statements, terminator)

    def _drop(self, task: Task) -> Drop:
        return Drop(task.place, task.after, self._span, self._scope, task.unwind)

    def _complete(self, task: Task) -> Block:
        """Drop all of it, if its own flag says so."""
        return self._tested(task, self._block(self._drop(task)))

    def _tested(self, task: Task, if_set: Block) -> Block:
        """Go to `if_set` or past the drop, by what is known of the path itself."""
        style = self._state.shallow(task.path)
        if style is Style.DEAD:
            return task.after
        flag = self._around.flags.get(task.path)
        if style is Style.STATIC or flag is None:
            return if_set
        test = Switch(Copy(Place(flag)), ((0, task.after),), if_set, self._span, self._scope)
        return self._block(test)

    def _reset(self, task: Task) -> Block:
        """Clear the flag of the path itself, then go on."""
        if task.unwind is None or self._around.flags.get(task.path) is None:
            return task.after
        block = self._block(self._goto(task.after))
        self._around.flags.set_at(block, 0, task.path, present=False)
        return block

    def _subpath(self, task: Task, part: Part) -> Block:
        """Drop a part."""
        if part.path is None:
            # What has no path of its own lives as long as the whole.
            return self._complete(replace(task, place=part.place))
        block = self._block(self._goto(task.after))
        inner = replace(task, place=part.place, path=part.path)
        self._around.patch.terminate(block, self.terminator(inner))
        return block

    # ------------------------------------------------------------------------------- ladders

    def _open(self, task: Task) -> Block:
        ty = self._around.typer.place(task.place)
        match ty:
            case TupleType() | ClosureType():
                return self._fields(task, self._parts(task.place, task.path, field_types(ty)))
            case AdtType(definition):
                return self._adt(task, ty, definition.drop)
            case ArrayType(_, int(length)):
                parts = [
                    self._part(task.place, task.path, ConstantIndex(index))
                    for index in range(length)
                ]
                return self._fields(task, parts)
            case _:
                return self._complete(task)

    def _part(self, place: Place, path: PathId, projection: Projection) -> Part:
        child = self._paths[path].children.get(projection)
        return Part(Place(place.base, (*place.projections, projection)), child)

    def _parts(self, place: Place, path: PathId, types: Sequence[Type]) -> list[Part]:
        """Return the fields that need to be dropped."""
        answers = self._around.answers
        return [
            self._part(place, path, FieldOf(index))
            for index, ty in enumerate(types)
            if answers.needs_drop(answers.normalise(ty))
        ]

    def _fields(self, task: Task, parts: list[Part]) -> Block:
        """Drop `parts`, then clear the flag of the whole."""
        return self._ladder(replace(task, after=self._reset(task)), parts)

    def _ladder(self, task: Task, parts: list[Part]) -> Block:
        # unwind[i] is where a panic in part i leads: the drops of the parts after it.
        unwind: list[Block | None] = [None] * len(parts)
        if task.unwind is not None:
            rungs = self._rungs(replace(task, after=task.unwind, unwind=None), parts, unwind)
            unwind = [*rungs[1:], task.unwind] if parts else []
        rungs = self._rungs(task, parts, unwind)
        return rungs[0] if rungs else task.after

    def _rungs(self, task: Task, parts: list[Part], unwind: Sequence[Block | None]) -> list[Block]:
        """Return the blocks that drop each part and all after it."""
        rungs: list[Block] = []
        after = task.after
        for part, panicked in zip(reversed(parts), reversed(unwind), strict=True):
            after = self._subpath(replace(task, after=after, unwind=panicked), part)
            rungs.append(after)
        rungs.reverse()
        return rungs

    # ------------------------------------------------------------------------------- ADTs

    def _adt(self, task: Task, ty: AdtType, destructor: Definition | None) -> Block:
        definition = ty.definition
        if is_box(ty):
            return self._box(task, ty, destructor)
        if destructor is not None or definition.kind is AdtKind.UNION:
            return self._complete(task)
        if definition.lang == NO_DROP_LANG:
            return task.after
        if definition.kind is AdtKind.STRUCT:
            return self._fields(task, self._parts(task.place, task.path, field_types(ty)))
        return self._enum(task, ty)

    def _box(self, task: Task, ty: AdtType, destructor: Definition | None) -> Block:
        """Drop what is in the box, then free it."""
        after = self._reset(task)
        unwind = task.unwind
        if destructor is not None:
            if unwind is not None:
                cleanup = replace(task, after=unwind, unwind=None)
                unwind = self._tested(cleanup, self._destroy(cleanup, ty, destructor))
            freed = replace(task, after=after)
            after = self._tested(freed, self._destroy(freed, ty, destructor))
        part = self._part(task.place, task.path, Deref())
        return self._subpath(replace(task, after=after, unwind=unwind), part)

    def _destroy(self, task: Task, ty: AdtType, destructor: Definition) -> Block:
        """Call the destructor alone, without that of what the value holds."""
        reference = RefType(ERASED, ty, mutable=True)
        borrowed = Place(self._around.patch.temporary(reference, self._span))
        result = Place(self._around.patch.temporary(UNIT, self._span))
        call = Call(
            ItemConst(FnDefType(destructor, ty.arguments)),
            FunctionType((reference,), UNIT),
            (Move(borrowed),),
            result,
            task.after,
            self._span,
            self._scope,
            task.unwind,
        )
        borrow = Assign(borrowed, Ref(BorrowKind.MUT, task.place), self._span, self._scope)
        return self._block(call, borrow)

    def _enum(self, task: Task, ty: AdtType) -> Block:
        """Drop the fields of the variant that is there."""
        below = replace(task, after=self._reset(task))
        opened: list[tuple[int, Block]] = []
        others_need_drop = False
        for number, variant in enumerate(ty.definition.variants):
            path = self._paths[task.path].children.get(Downcast(number))
            types = field_types(VariantType(variant, ty.arguments))
            if path is None:
                others_need_drop |= any(map(self._around.answers.needs_drop, types))
                continue
            place = Place(task.place.base, (*task.place.projections, Downcast(number)))
            block = self._ladder(below, self._parts(place, path, types))
            opened.append((variant.discriminant, block))
        if len(opened) == len(ty.definition.variants):
            *opened, (_, otherwise) = opened
        else:
            otherwise = self._block(self._drop(below)) if others_need_drop else below.after
        number_of = Place(self._around.patch.temporary(ISIZE, self._span))
        read = Assign(number_of, Discriminant(task.place), self._span, self._scope)
        switch = Switch(Move(number_of), tuple(opened), otherwise, self._span, self._scope)
        return self._tested(task, self._block(switch, read))
