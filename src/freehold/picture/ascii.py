"""A position as boxes in the terminal, as a textbook draws them: the stack left, the heap right."""

import re
from collections.abc import Iterator
from itertools import groupby

from freehold.picture.state import Arrow, BlockState, State
from freehold.picture.story import ObjectState, Story

_GAP = "   "
_ELEMENT = re.compile(r"(.*)\[(\d+)\]")
_FOLDED = 4  # equal elements that are drawn as one, at least
_WORDS = {ObjectState.FREED: "freed", ObjectState.LOST: "leaked", ObjectState.GONE: "gone"}


def draw(story: Story, state: State) -> str:
    """Return the picture of one position."""
    numbers = block_names(state)
    left = _stack(story, state, numbers)
    right = _heap(story, state, numbers)
    width = max(map(len, left), default=0)
    rows = max(len(left), len(right))
    left += [""] * (rows - len(left))
    right += [""] * (rows - len(right))
    body = [f"{a:<{width}}{_GAP}{b}".rstrip() for a, b in zip(left, right, strict=True)]
    return "\n".join([_heading(story, state), "", *body]) + "\n"


def block_names(state: State) -> dict[int, str]:
    """Return the letter of each block: A, B, ... in the order of their allocation."""
    return {one.object.number: letters(number) for number, one in enumerate(state.heap)}


def letters(number: int) -> str:
    """Return the name of block `number`: A, ..., Z, AA, ..."""
    name = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(65 + digit) + name
    return name


def _heading(story: Story, state: State) -> str:
    if state.place is None:
        return f"the end, after {story.end} steps"
    source = story.sources[state.place.source]
    text = source.line_text(state.place.line).strip()
    return f"step {state.position + 1} of {story.end}, before line {state.place.line}: {text}"


def _stack(story: Story, state: State, numbers: dict[int, str]) -> list[str]:
    lines = ["STACK"]
    arrows = {(one.source, one.offset): one for one in state.arrows}
    for frame in state.frames:
        rows = [row for one in frame.variables for row in _rows(one, arrows, story, numbers)]
        lines += _box(f"{frame.function}()", rows or ["no variables"])
    statics = [one for one in state.statics if one.object.kind.name == "GLOBAL"]
    if statics:
        rows = [row for one in statics for row in _rows(one, arrows, story, numbers)]
        lines += ["", "STATIC DATA", *_box("", rows)]
    return lines


def _heap(story: Story, state: State, numbers: dict[int, str]) -> list[str]:
    lines = ["HEAP"]
    arrows = {(one.source, one.offset): one for one in state.arrows}
    pointed = {one.target for one in state.arrows}
    cyclic = state.cyclic()
    for one in state.heap:
        word = _WORDS.get(one.state)
        if one.object.number in cyclic:
            word = "leaked in a cycle"
        size = f"{one.object.size} byte{'' if one.object.size == 1 else 's'}"
        title = f"{numbers[one.object.number]}: {size}{f', {word}' if word else ''}"
        if one.state is not ObjectState.FREED:
            lines += _box(title, _rows(one, arrows, story, numbers))
        elif one.object.number in pointed or one.object.died == state.position - 1:
            lines += _box(title, ["??"])
        else:
            lines += [f"[{title}]"]
    return lines if len(lines) > 1 else [*lines, "empty"]


def _rows(
    block: BlockState,
    arrows: dict[tuple[int, int], Arrow],
    story: Story,
    numbers: dict[int, str],
) -> list[str]:
    """Return a line for each scalar of an object."""
    rows: list[tuple[str, str]] = []
    for leaf in block.leaves:
        arrow = arrows.get((block.object.number, leaf.offset)) if leaf.size else None
        text = leaf.text
        if leaf.moved:
            text = "moved"
        elif arrow is not None:
            text = _target(arrow, story, numbers)
        name = f"{block.object.name}{leaf.path}".lstrip(".")
        rows.append((name, text))
    return [f"{name} = {text}" if name else text for name, text in _folded(rows)]


def _folded(rows: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the rows; elements of an array that follow each other and hold the same as one."""

    def key(indexed: tuple[int, tuple[str, str]]) -> tuple[str, int, str]:
        number, (name, text) = indexed
        match = _ELEMENT.fullmatch(name)
        return (match[1], int(match[2]) - number, text) if match else (name, -number, text)

    for _, group in groupby(enumerate(rows), key):
        same = [row for _, row in group]
        first, last = _ELEMENT.fullmatch(same[0][0]), _ELEMENT.fullmatch(same[-1][0])
        if first is None or last is None or len(same) < _FOLDED:
            yield from same
        else:
            yield f"{first[1]}[{first[2]}..{last[2]}]", same[0][1]


def _target(arrow: Arrow, story: Story, numbers: dict[int, str]) -> str:
    name = numbers.get(arrow.target) or story.objects[arrow.target].name or "?"
    at = f"+{arrow.to}" if arrow.to else ""
    return f"--> {name}{at}{' (dangling)' if arrow.dangling else ''}"


def _box(title: str, rows: list[str]) -> list[str]:
    width = max([len(title) + 2, *map(len, rows)])
    head = f"+- {title} {'-' * (width - len(title) - 1)}+" if title else f"+{'-' * (width + 2)}+"
    return [head, *(f"| {row:<{width}} |" for row in rows), f"+{'-' * (width + 2)}+"]
