"""Ghosts in words: what stands on the lines between those of the source."""

from typing import assert_never

from freehold.driver.ghosts import BorrowEnded, Dropped, Earlier, Exit, Ghost, Moved, Owned, Way
from freehold.picture.story import Ghost as Told
from freehold.picture.story import GhostKind

_WAYS = {
    Way.VARIABLE: "`{place}` moved to `{target}`",
    Way.PART: "`{place}` moved into `{target}`",
    Way.CALL: "`{place}` moved into `{target}` here",
    Way.DROP: "`{place}` moved into `drop` here, which frees it",
    Way.FORGET: "`{place}` moved into `{target}` here, and is not dropped any more",
    Way.CLOSURE: "`{place}` moved into the closure",
    Way.LOOP: "`{place}` moved into the `for` loop, which consumes it",
    Way.CALLER: "`{place}` moved out to the caller",
}
_EXITS = {
    Exit.SCOPE: "",
    Exit.RETURN: ", on this return",
    Exit.BREAK: ", on this break",
    Exit.CONTINUE: ", on this continue",
    Exit.QUESTION: ", if `?` returns here",
    Exit.ASSIGNED: ", the old value",
}


def head_of(ghost: Ghost) -> tuple[str, str]:
    """Return a ghost in words, a drop in two columns."""
    match ghost:
        case Dropped(_, place, _, owned, certain, leaving):
            doubt = "" if certain else ", if still owned"
            shown = place if not place.startswith(("temporary", "iterator")) else f"<{place}>"
            return f"drop({shown})", _owned(owned) + doubt + _EXITS[leaving]
        case Moved(_, place, _, way, target):
            return _WAYS[way].format(place=place, target=target), ""
        case BorrowEnded(_, borrow, holder, _, dropped, after_loop):
            why = f"`{holder}` is dropped" if dropped else f"last use of `{holder}`"
            where = " in the loop" if after_loop else ""
            return f"`{borrow}` (`{holder}`) ends here: {why}{where}", ""
        case Earlier(_, place, _, first, lines, alone):
            block = f", or `{{}}` around lines {first} to {ghost.spot.line}," if alone else ""
            text = f"last use of `{place}`: `drop({place});` here{block} frees its heap"
            return f"{text} {lines} lines earlier", ""
        case _:
            assert_never(ghost)


def _owned(owned: Owned) -> str:
    """Return what is dropped: `String, 24 bytes + heap`."""
    text = owned.type
    if owned.size is not None:
        text += f", {owned.size} byte{'' if owned.size == 1 else 's'}"
    text += " + heap" if owned.heap else ""
    return text + (", runs its `Drop`" if owned.destructor else "")


def told(ghost: Ghost) -> Told:
    """Return a ghost as pages show it."""
    head, tail = head_of(ghost)
    text = f"{head}  {tail}" if tail else head
    since = ghost.since if isinstance(ghost, BorrowEnded) else 0
    return Told(ghost.spot.line, ghost.spot.above, _KINDS[type(ghost)], text, since)


_KINDS: dict[type[Ghost], GhostKind] = {
    Dropped: GhostKind.DROP,
    Moved: GhostKind.MOVE,
    BorrowEnded: GhostKind.BORROW,
    Earlier: GhostKind.EARLIER,
}
