"""Stack models: what a call costs and what happens when calls go too deep, under three designs.

A frame's bytes lie below its caller's; `touch` is the lowest byte that the function really writes,
counted from the top of its frame. Addresses are not used: what counts is how far down a stack goes.
"""

from collections.abc import Iterable, Sequence
from enum import Enum

from freehold.events import Enter, Event, Leave
from freehold.records import dataclass, field

PAGE = 4096


@dataclass(frozen=True, slots=True)
class Guarded:
    """One stretch of memory with a guard below; `probes`: each page of a frame is touched in turn.

    Without probes a frame larger than the guard may pass over it, and write to what lies below.
    """

    size: int = 8 << 20
    guard: int = PAGE
    probes: bool = False


@dataclass(frozen=True, slots=True)
class Segmented:
    """Stacklets, linked; a call that does not fit gets another one, of at least `stacklet` bytes.

    `keep`: one empty stacklet stays for the next call, else a call at a boundary in a loop
    allocates and releases each time (the hot split). `limit`: bytes in all, 0 for none.
    """

    stacklet: int = 64 << 10
    keep: bool = False
    limit: int = 0


StackModel = Guarded | Segmented


class StackEnd(Enum):
    """How the calls went."""

    DONE = "all calls were made"
    OVERFLOW = "the guard was hit: stack overflow"
    TRAMPLED = "a write passed over the guard: other memory is overwritten, unnoticed"
    EXHAUSTED = "no memory for another stacklet"


@dataclass(frozen=True, slots=True)
class StackReport:
    """What the calls came to; sizes in bytes.

    `step` and `call` say which event and which call ended it, for an end that is not DONE.
    `reserved` is the memory that the stack had at its deepest; `allocations` and `releases` are of
    stacklets; `probed` pages were touched by probes.
    """

    end: StackEnd
    calls: int
    depth: int
    peak: int
    reserved: int
    step: int = -1
    call: str = ""
    allocations: int = 0
    releases: int = 0
    probed: int = 0
    lost: int = 0  # bytes at the ends of stacklets that their next frame did not fit in, at most


def replay_stack(
    events: Iterable[Event], model: StackModel, touched: "dict[int, int] | None" = None
) -> StackReport:
    """Make the calls of `events` under `model`.

    A function writes the far end of its frame first, as a call that it makes would; or no more than
    its first `touched[step]` bytes.
    """
    calls = [
        (step, event) for step, event in enumerate(events) if isinstance(event, (Enter, Leave))
    ]
    if isinstance(model, Guarded):
        return _guarded(calls, model, touched or {})
    return _segmented(calls, model)


Calls = Sequence[tuple[int, Enter | Leave]]


def _guarded(calls: Calls, model: Guarded, touched: dict[int, int]) -> StackReport:
    frames: list[int] = []
    used = peak = deepest = made = probed = 0
    for step, event in calls:
        if isinstance(event, Leave):
            used -= frames.pop()
            continue
        made += 1
        low = used + min(touched.get(step, event.size), event.size)
        frames.append(event.size)
        used += event.size
        probed += event.size // PAGE if model.probes else 0
        deepest = max(deepest, len(frames))
        end = _touch(model, used if model.probes else low)
        if end is not StackEnd.DONE:
            name = event.name
            return StackReport(end, made, deepest, used, model.size, step, name, probed=probed)
        peak = max(peak, used)
    return StackReport(StackEnd.DONE, made, deepest, peak, model.size, probed=probed)


def _touch(model: Guarded, low: int) -> StackEnd:
    """Return what comes of a write `low` bytes down; probes do not miss the guard."""
    if low <= model.size:
        return StackEnd.DONE
    if model.probes or low <= model.size + model.guard:
        return StackEnd.OVERFLOW
    return StackEnd.TRAMPLED


@dataclass(slots=True)
class _Stacklets:
    """The stacklets of a segmented stack, and what they cost."""

    model: Segmented
    rooms: list[int] = field(default_factory=list)
    used: list[int] = field(default_factory=list)
    spare: int = 0
    held: int = 0  # bytes of all stacklets, the spare one too
    most: int = 0
    lost: int = 0
    idle: int = 0  # bytes at the ends of all stacklets but the last
    allocations: int = 0
    releases: int = 0

    def push(self, size: int) -> bool:
        """Make room for a frame; False if there is none to be had."""
        full = not self.rooms or self.used[-1] + size > self.rooms[-1]
        if full and not self._another(size):
            return False
        self.used[-1] += size
        return True

    def _another(self, size: int) -> bool:
        room = self.spare
        if room and room >= size:
            self.spare = 0
        else:
            room = max(self.model.stacklet, size)
            if self.model.limit and self.held + room > self.model.limit:
                return False
            self.held += room
            self.most = max(self.most, self.held)
            self.allocations += 1
        if self.rooms:
            self.idle += self.rooms[-1] - self.used[-1]
            self.lost = max(self.lost, self.idle)
        self.rooms.append(room)
        self.used.append(0)
        return True

    def pop(self, size: int) -> None:
        """A frame ends; a stacklet that is empty goes, or stays as the spare one."""
        self.used[-1] -= size
        if self.used[-1] or len(self.rooms) == 1:
            return
        empty = self.rooms.pop()
        self.used.pop()
        self.idle -= self.rooms[-1] - self.used[-1]
        if self.model.keep and empty > self.spare:
            empty, self.spare = self.spare, empty
        if empty:
            self.held -= empty
            self.releases += 1


def _segmented(calls: Calls, model: Segmented) -> StackReport:
    stack = _Stacklets(model)
    frames: list[int] = []
    made = deepest = used = peak = 0
    end, where, name = StackEnd.DONE, -1, ""
    for step, event in calls:
        if isinstance(event, Leave):
            size = frames.pop()
            used -= size
            stack.pop(size)
            continue
        made += 1
        if not stack.push(event.size):
            end, where, name = StackEnd.EXHAUSTED, step, event.name
            break
        frames.append(event.size)
        used += event.size
        deepest = max(deepest, len(frames))
        peak = max(peak, used)
    costs = stack.allocations, stack.releases, 0, stack.lost
    return StackReport(end, made, deepest, peak, stack.most, where, name, *costs)
