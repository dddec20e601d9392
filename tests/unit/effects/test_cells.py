"""Contents of a region: what is read is what was written last."""

from hypothesis import given
from hypothesis import strategies as st

from freehold.effects.cells import Cells, Fill, Rest
from freehold.effects.values import UNINITIALISED

WRITES = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from((1, 2, 4)), st.integers(0, 255)), max_size=12
)


@given(WRITES)
def test_each_byte_is_known_or_open_but_never_wrong(
    writes: list[tuple[int, int, int]],
) -> None:
    cells = Cells(Rest.UNINITIALISED)
    truth: dict[int, int] = {}
    for offset, size, byte in writes:
        cells.put(offset, size, int.from_bytes(bytes([byte]) * size, "little"))
        truth.update(dict.fromkeys(range(offset, offset + size), byte))
    for at in range(18):
        found = cells.get(at, 1)
        if isinstance(found, int):
            assert found == truth[at]
        elif found in {Rest.UNINITIALISED, UNINITIALISED}:
            assert at not in truth


def test_a_fill_keeps_its_ends() -> None:
    cells = Cells(Rest.UNINITIALISED)
    cells.put(0, 10, Fill(65))
    cells.put(4, 1, 0)
    assert cells.get(3, 1) == Fill(65)
    assert cells.get(4, 1) == 0
    assert cells.get(9, 1) == Fill(65)
    assert cells.get(10, 1) is Rest.UNINITIALISED


def test_copies_do_not_share_what_is_written_later() -> None:
    one = Cells(Rest.ZERO)
    one.put(0, 4, 7)
    other = one.copy()
    other.put(0, 4, 8)
    assert (one.get(0, 4), other.get(0, 4)) == (7, 8)
