"""One position of a story: the stack, the blocks, who points where."""

from bisect import bisect_left
from enum import Enum

from freehold.codegen.compiled import RESULT
from freehold.execute.trace import ObjectKind
from freehold.picture.story import Object, ObjectState, Place, Story
from freehold.picture.tables import Entry
from freehold.picture.values import Leaf, Memory, leaves
from freehold.records import dataclass, field


class ArrowKind(Enum):
    """How a pointer holds what it points to."""

    OWNER = "owner"  # Box, Vec, String, Rc
    SHARED = "shared"  # &
    EXCLUSIVE = "exclusive"  # &mut
    RAW = "raw"  # C's pointers, *const, *mut
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A pointer in object `source` at `offset`, to byte `to` of object `target`.

    `dangling`: the target has ended, or the address lies outside of it.
    """

    source: int
    offset: int
    target: int
    to: int
    kind: ArrowKind
    dangling: bool


@dataclass(frozen=True, slots=True)
class BlockState:
    """An object with what it holds, leaf by leaf."""

    object: Object
    state: ObjectState
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class FrameState:
    """A call: the line that it is at, and its variables in the order of their declaration.

    They take `size` bytes of the stack; what it returns comes last.
    """

    number: int
    function: str
    place: Place | None
    variables: tuple[BlockState, ...]
    size: int


@dataclass(frozen=True, slots=True)
class State:
    """All of it. Frames are outermost first; `heap` has the freed blocks, too."""

    position: int
    place: Place | None
    frames: tuple[FrameState, ...]
    heap: tuple[BlockState, ...]
    statics: tuple[BlockState, ...]
    arrows: tuple[Arrow, ...]
    stdout: bytes
    stack_pointer: int = 0

    def cyclic(self) -> set[int]:
        """Return the numbers of the leaked blocks that keep themselves alive: those on a cycle."""
        lost = {one.object.number for one in self.heap if one.state is ObjectState.LOST}
        held: dict[int, set[int]] = {number: set() for number in lost}
        for arrow in self.arrows:
            if arrow.source in lost and arrow.target in lost:
                held[arrow.source].add(arrow.target)
        return {number for number in lost if _reaches(held, number)}

    def variable(self, name: str) -> BlockState:
        """Return the innermost variable or static called `name`; KeyError if there is none."""
        for frame in reversed(self.frames):
            for one in reversed(frame.variables):
                if one.object.name == name:
                    return one
        for one in self.statics:
            if one.object.name == name:
                return one
        raise KeyError(name)

    def arrows_from(self, name: str) -> list[Arrow]:
        """Return the arrows that start in the variable `name`."""
        number = self.variable(name).object.number
        return [one for one in self.arrows if one.source == number]


# Shown where something points to them.
_CONSTANT = (ObjectKind.CONST, ObjectKind.LITERAL)


def _reaches(held: dict[int, set[int]], number: int) -> bool:
    """Whether a block leads back to itself."""
    pending, seen = list(held[number]), set[int]()
    while pending:
        one = pending.pop()
        if one == number:
            return True
        if one not in seen:
            seen.add(one)
            pending += held[one]
    return False


@dataclass(slots=True)
class _Cells:
    """Memory of the objects, as far as it has been told."""

    types: list[Entry]
    memory: dict[int, Memory] = field(default_factory=dict)

    def of(self, one: Object) -> Memory:
        found = self.memory.get(one.number)
        if found is None:
            found = self.memory[one.number] = Memory(one.size)
        return found


def state_at(story: Story, position: int) -> State:
    """Return what is there at `position` (0 to `story.end`)."""
    cells = _remember(story, position)
    every = [one for one in story.objects if one.kind is not ObjectKind.LIBRARY]
    alive = [one for one in every if one.state(position) is ObjectState.LIVE]
    blocks = {one.number: _block(one, position, cells) for one in alive}
    for one in every:
        state = one.state(position)
        if state in {ObjectState.FREED, ObjectState.LOST}:
            blocks[one.number] = _block(one, position, cells)
    shown = [blocks[one.number] for one in alive if not _is_waiting(one, cells)]
    frames = _frames(story, position, shown)
    heap = [one for one in blocks.values() if one.object.kind is ObjectKind.HEAP]
    said = {one.object.number: one for one in blocks.values() if one.object.kind not in _CONSTANT}
    arrows = tuple(_arrows(story, position, said))
    pointed = {arrow.target for arrow in arrows}
    statics = [
        one
        for one in shown
        if one.object.kind is ObjectKind.GLOBAL
        or (one.object.kind in _CONSTANT and one.object.number in pointed)
    ]
    at_end = position >= story.end
    printed = len(story.stdout) if at_end else story.steps[position].printed
    return State(
        position,
        None if at_end else story.steps[position].place,
        frames,
        tuple(sorted(heap, key=lambda one: one.object.number)),
        tuple(statics),
        arrows,
        story.stdout[:printed],
        story.frames[frames[-1].number].high if frames else 0,
    )


def _remember(story: Story, position: int) -> _Cells:
    cells = _Cells(story.types)
    writes = story.writes
    for index in range(bisect_left(writes.step, position)):
        change = writes[index]
        memory = cells.of(story.objects[change.object])
        if change.length < 0:
            memory.move(change.offset, -change.length)
        else:
            memory.write(change.offset, change.data, change.unset, change.targets)
    return cells


def _is_waiting(one: Object, cells: _Cells) -> bool:
    """Whether `one` is the place of a result that is not there yet."""
    return one.name == RESULT and not any(cells.of(one).state)


def _block(one: Object, position: int, cells: _Cells) -> BlockState:
    state = one.state(position)
    assert state is not None
    told = leaves(cells.types, one.type, one.size, cells.of(one))
    return BlockState(one, state, tuple(told))


def _frames(story: Story, position: int, shown: list[BlockState]) -> tuple[FrameState, ...]:
    by_frame: dict[int, list[BlockState]] = {}
    for block in shown:
        if block.object.frame >= 0:
            by_frame.setdefault(block.object.frame, []).append(block)
    found: list[FrameState] = []
    for frame in story.frames:
        if frame.entered < position and (frame.left is None or frame.left >= position):
            place = _line_of(story, position, frame.number)
            variables = sorted(by_frame.get(frame.number, ()), key=_is_result)
            found.append(
                FrameState(frame.number, frame.function, place, tuple(variables), frame.size)
            )
    return tuple(found)


def _is_result(block: BlockState) -> bool:
    return block.object.name == RESULT


def _line_of(story: Story, position: int, frame: int) -> Place | None:
    """Return the line that a frame is at: its next step, or that of its call."""
    if position < story.end and story.steps[position].frame == frame:
        return story.steps[position].place
    for index in range(min(position, story.end) - 1, -1, -1):
        if story.steps[index].frame == frame:
            return story.steps[index].place
    return None


def _arrows(story: Story, position: int, blocks: dict[int, BlockState]) -> list[Arrow]:
    found: list[Arrow] = []
    for number, block in blocks.items():
        if block.state is ObjectState.FREED:
            continue
        for leaf in block.leaves:
            if leaf.target is None or leaf.moved:
                continue
            target = story.objects[leaf.target]
            to = leaf.address - target.base
            state = target.state(position)
            dangling = state in {ObjectState.FREED, ObjectState.GONE} or not 0 <= to <= target.size
            kind = ArrowKind(leaf.holds)
            found.append(Arrow(number, leaf.offset, leaf.target, to, kind, dangling))
    return found
