"""The symbols of a relocatable ELF64 object: which code lies where, what it gives and needs."""

import struct
from collections.abc import Iterator
from functools import cached_property

from freehold.records import dataclass

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_SYMTAB = 2
_EXECUTABLE = 4
_FUNCTION = 2
_LOCAL, _GLOBAL = 0, 1
_MADE_BY_LINKER = "_GLOBAL_OFFSET_TABLE_"


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name, how many bytes it has, and whether it is code."""

    name: str
    size: int
    executable: bool


@dataclass(frozen=True, slots=True)
class Symbol:
    """A defined function: `offset` bytes into section number `section`."""

    name: str
    section: int
    offset: int
    size: int
    is_global: bool


def _text(table: bytes, at: int) -> str:
    return table[at : table.index(0, at)].decode(errors="replace")


class ElfObject:
    """The sections and defined functions of one object file, read when first asked for."""

    def __init__(self, data: bytes) -> None:
        """Take the object file's bytes."""
        self._data = data
        header = _HEADER.unpack_from(data)
        offset, entry, count, self._names = header[6], header[11], header[12], header[13]
        self._rows = [_SECTION.unpack_from(data, offset + i * entry) for i in range(count)]

    def _contents(self, index: int) -> bytes:
        row = self._rows[index]
        return self._data[row[4] : row[4] + row[5]]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section, by number."""
        names = self._contents(self._names)
        return tuple(
            Section(_text(names, row[0]), row[5], bool(row[2] & _EXECUTABLE)) for row in self._rows
        )

    @cached_property
    def functions(self) -> tuple[Symbol, ...]:
        """Every function that the object defines."""
        return tuple(
            Symbol(_text(names, name), section, value, size, info >> 4 == _GLOBAL)
            for names, (name, info, _, section, value, size) in self._symbols()
            if info & 15 == _FUNCTION and 0 < section < len(self._rows)
        )

    @cached_property
    def defined(self) -> frozenset[str]:
        """The names that the object gives to others: of functions, and of data."""
        return frozenset(
            _text(names, name)
            for names, (name, info, _, section, _, _) in self._symbols()
            if section and info >> 4 != _LOCAL
        )

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The names that others must define."""
        found = (
            _text(names, name)
            for names, (name, info, _, section, _, _) in self._symbols()
            if name and not section and info >> 4 == _GLOBAL
        )
        return tuple(name for name in found if name != _MADE_BY_LINKER)

    def _symbols(self) -> Iterator[tuple[bytes, tuple[int, ...]]]:
        """Yield each symbol, with the bytes that its name is in."""
        for index, row in enumerate(self._rows):
            if row[1] == _SYMTAB:
                names = self._contents(row[6])
                for symbol in _SYMBOL.iter_unpack(self._contents(index)):
                    yield names, symbol
