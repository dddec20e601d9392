"""From a place in compiled code to the sites that were executing there, inlined calls included.

Codegen writes DWARF in which *the line is the site number*. A return address in the middle of a
function into which others were inlined stands for several sites: the innermost from the line
table, the enclosing ones from the `call_line` of each inlined subroutine around it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from freehold.records import dataclass

TEXT = ".text"


@dataclass(frozen=True, slots=True)
class Row:
    """Code from `start` (offset in .text) up to the next row belongs to `site`; 0 is none."""

    start: int
    site: int


@dataclass(frozen=True, slots=True)
class Inlined:
    """Code in `start..end` was inlined by the call at `site`, at nesting `depth` (outermost 0)."""

    start: int
    end: int
    site: int
    depth: int


class Symboliser:
    """The line table and the inlined calls of one relocatable object, read when first asked."""

    def __init__(self, elf: bytes) -> None:
        """Take the object file's bytes."""
        self._elf = elf
        self._rows: list[Row] | None = None
        self._starts: list[int] = []
        self._inlined: list[Inlined] = []

    def chain(self, offset: int) -> tuple[int, ...]:
        """Return the site numbers at `offset` in .text, innermost first; () if there are none.

        For a return address pass the address less one: the call, not what follows it.
        """
        if self._rows is None:
            self._read()
        assert self._rows is not None
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self._rows[index].site == 0:
            return ()
        around = [call for call in self._inlined if call.start <= offset < call.end]
        around.sort(key=lambda call: -call.depth)
        return (self._rows[index].site, *(call.site for call in around))

    def _read(self) -> None:
        from elftools.elf.elffile import ELFFile  # noqa: PLC0415  (50 ms; needed at a fault only)

        dwarf = ELFFile(BytesIO(self._elf)).get_dwarf_info(relocate_dwarf_sections=True)
        rows: list[Row] = []
        for unit in dwarf.iter_CUs():
            rows.extend(_line_rows(dwarf.line_program_for_CU(unit)))
            ranges = dwarf.range_lists() if dwarf.debug_rnglists_sec else None
            self._inlined.extend(_inlined_calls(unit.get_top_DIE(), unit, ranges, -1))
        rows.sort(key=lambda row: row.start)
        self._rows = rows
        self._starts = [row.start for row in rows]


def _line_rows(program: Any) -> Iterator[Row]:
    if program is None:
        return
    for entry in program.get_entries():
        state = entry.state
        if state is not None:
            yield Row(state.address, 0 if state.end_sequence else state.line)


def _inlined_calls(die: Any, unit: Any, ranges: Any, depth: int) -> Iterator[Inlined]:
    inside = depth
    if die.tag == "DW_TAG_inlined_subroutine":
        inside += 1
        site = die.attributes["DW_AT_call_line"].value
        for start, end in _extents(die, unit, ranges):
            yield Inlined(start, end, site, inside)
    for child in die.iter_children():
        if child.tag in {"DW_TAG_subprogram", "DW_TAG_inlined_subroutine", "DW_TAG_lexical_block"}:
            yield from _inlined_calls(child, unit, ranges, inside)


def _extents(die: Any, unit: Any, ranges: Any) -> Iterator[tuple[int, int]]:
    attributes = die.attributes
    if "DW_AT_low_pc" in attributes:
        low = attributes["DW_AT_low_pc"].value
        high = attributes["DW_AT_high_pc"]
        yield low, high.value if high.form == "DW_FORM_addr" else low + high.value
        return
    if "DW_AT_ranges" not in attributes or ranges is None:
        return
    base = unit.get_top_DIE().attributes.get("DW_AT_low_pc")
    start = base.value if base is not None else 0
    for entry in ranges.get_range_list_at_offset(attributes["DW_AT_ranges"].value, unit):
        if hasattr(entry, "base_address"):
            start = entry.base_address
            continue
        absolute = getattr(entry, "is_absolute", False)
        yield (
            entry.begin_offset + (0 if absolute else start),
            entry.end_offset + (0 if absolute else start),
        )
