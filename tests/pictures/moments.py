"""Programs recorded once, and what is said of their memory at a marked moment."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from freehold.api import Silent, cache_folder
from freehold.driver.options import CompileOptions
from freehold.driver.record import record
from freehold.execute.options import Recording, RunOptions
from freehold.picture import Arrow, ArrowKind, ObjectState, State, Story, state_at, tell
from freehold.picture.ascii import letters
from freehold.source import Source

_MARK = re.compile(r"\[([a-z]+\.[a-z]+)\]")
_SIGNS = {
    ArrowKind.OWNER: "owns",
    ArrowKind.SHARED: "&",
    ArrowKind.EXCLUSIVE: "&mut",
    ArrowKind.RAW: "->",
    ArrowKind.WEAK: "weak",
}


@dataclass(frozen=True)
class Moments:
    """A recorded program, and the lines of its marks."""

    story: Story
    lines: dict[str, int]

    def at(self, mark: str, time: int = 1) -> State:
        """Return the state when the line of `mark` is to be executed for the `time`th time."""
        found = [n for n, one in enumerate(self.story.steps) if one.place.line == self.lines[mark]]
        return state_at(self.story, found[time - 1])

    def first_block(self, state: State) -> int:
        """Return how many blocks are of calls from main that have ended: the next one is A."""
        calls = [one.number for one in state.frames if self.story.frames[one.number].depth == 1]
        if not calls:  # in main itself: what the last call has left
            ended = [one for one in self.story.frames if one.depth == 1 and one.left is not None]
            calls = [one.number for one in ended if (one.left or 0) < state.position][-1:]
        since = self.story.frames[calls[0]].entered if calls else -1
        return sum(one.object.born < since for one in state.heap)

    def names(self, state: State) -> dict[int, str]:
        """Return what each object is called: blocks A, B, ... since the call from main."""
        first = self.first_block(state)
        known = {one.number: one.name for one in self.story.objects}
        for number, one in enumerate(state.heap):
            known[one.object.number] = letters(number - first) if number >= first else "earlier"
        return known

    def facts(self, state: State) -> set[str]:
        """Return who points to whom, and what blocks are that do not simply live."""
        names = self.names(state)
        found = {_said(arrow, names) for arrow in state.arrows}
        for one in state.heap:
            if one.state is not ObjectState.LIVE:
                word = "leaked" if one.state is ObjectState.LOST else one.state.value
                found.add(f"{names[one.object.number]} {word}")
        for frame in state.frames:
            for variable in frame.variables:
                if variable.leaves and all(leaf.moved for leaf in variable.leaves):
                    found.add(f"{variable.object.name} moved")
        return {one for one in found if "earlier" not in one}

    def values(self, state: State) -> set[str]:
        """Return the values of all scalars: `n = 5`, `A[0] = ?`, `list.next = null`."""
        names = self.names(state)
        blocks = [one for frame in state.frames for one in frame.variables] + [*state.heap]
        return {
            f"{names[block.object.number]}{leaf.path} = {leaf.text}"
            for block in blocks
            for leaf in block.leaves
            if leaf.target is None and not leaf.moved
        }


def _said(arrow: Arrow, names: dict[int, str]) -> str:
    to = f"{names[arrow.target]}{f'+{arrow.to}' if arrow.to else ''}"
    sign = "dangles to" if arrow.dangling else _SIGNS[arrow.kind]
    return f"{names[arrow.source]} {sign} {to}"


@cache
def moments_of(name: str) -> Moments:
    """Record the program `name` of this folder."""
    text = (Path(__file__).parent / name).read_text()
    lines = {
        mark: number
        for number, line in enumerate(text.split("\n"), 1)
        for mark in _MARK.findall(line)
    }
    run = RunOptions(capture=True, record=Recording(bytes=1 << 28))
    made = record((Source(name, text),), CompileOptions(), run, cache_folder(), Silent())
    assert made.recorded is not None, [one.message for one in made.diagnostics]
    return Moments(tell(made.recorded), lines)
