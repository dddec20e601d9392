import pytest

from freehold.events.columns import TraceFormatError, unpack
from freehold.execute.trace import ObjectKind
from freehold.picture.fhtrace import pack
from freehold.picture.story import Frame, Ghost, GhostKind, Object, Place, Step, Story, Writes
from freehold.picture.tables import Tables
from freehold.source import Source
from freehold.types import ArrayType, IntType


def _story() -> Story:
    source = Source("a.c", "int main(void)\n{ }\n")
    ghosts = (Ghost(2, bool(1), GhostKind.DROP, "drop(x)"),)
    writes = Writes()
    index = writes.add(0, 0, 4, b"\x01\x02\x03\x04")
    writes.unset[index] = 0b1010
    writes.add_move(1, 0, 0, 8)
    target = writes.add(1, 0, 0, bytes(8))
    writes.targets[target] = ((0, 0),)
    tables = Tables(rust=False)
    ty = tables.number(ArrayType(IntType(32, signed=True), 4))
    block = Object(0, ObjectKind.HEAP, "", ty, 0x7000_0001_0000, 16, -1, 0, Place(0, 1), died=1)
    frame = Frame(0, "main", -1, -1, 0, 4096)
    steps = [Step(Place(0, 1), 0, 0), Step(Place(0, 2), 0, 3)]
    return Story(
        (source,),
        steps,
        [frame],
        [block],
        writes,
        (),
        b"hi\n",
        2,
        status=0,
        ghosts=ghosts,
        types=tables.entries,
    )


def test_what_is_packed_comes_back() -> None:
    document = unpack(pack(_story()))
    head, columns = document.head, document.columns
    assert list(columns["step.line"]) == [1, 2]
    assert list(columns["write.length"]) == [4, -8, 8]
    assert columns["write.data"] == b"\x01\x02\x03\x04" + bytes(8)
    assert (list(columns["unset.write"]), columns["unset.mask"]) == ([0], b"\0\1\0\1")
    assert list(columns["target.object"]) == [0]
    assert list(columns["object.base"]) == [float(0x7000_0001_0000)]
    assert head["ghosts"] == [[2, 1, "drop", "drop(x)", 0]]
    assert head["types"] == [
        {"n": "int[4]", "s": 16, "k": "array", "of": 1, "c": 4},
        {"n": "int", "s": 4, "k": "int", "g": 1},
    ]


@pytest.mark.parametrize("cut", [0, 5, 12, 40, -1])
def test_what_is_damaged_is_said(cut: int) -> None:
    with pytest.raises(TraceFormatError):
        unpack(pack(_story())[:cut])


def test_the_same_story_makes_the_same_bytes() -> None:
    assert pack(_story()) == pack(_story())
