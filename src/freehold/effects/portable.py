"""Summaries and findings as bytes: to be kept, compared, and sent to another process.

Equal values give equal bytes whatever was analysed before: symbols are numbered as they are met,
sets are sorted, and what is shared is written out, but for the entries of logs. Spans, and the
names of what has no name of its own (string literals), stand apart in the order in which they are
met, so that a function that has merely moved has the same bytes.
"""

import dataclasses
import marshal
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any, Final, get_args

from freehold.effects.cells import Cells
from freehold.effects.log import Entry
from freehold.effects.values import UNINITIALISED, Region, Symbol
from freehold.records import dataclass
from freehold.source import Span
from freehold.types import VOID, Adt, ArrayType, ComplexType, FunctionType, PointerType
from freehold.types import Type as AnyType

Plain = Any  # numbers, strings, None, and tuples of them that begin with a tag

_TUPLE, _SET, _SYMBOL, _REGION, _CELLS, _SPAN, _UNSET, _RECORD, _ENUM, _ENTRY = range(10)
_POINTER: Final = PointerType(VOID)
_SCALARS = frozenset((int, str, bool, float, type(None)))
_OURS = "freehold."
_VERSION = 2  # of marshal: without references, so that equal values have equal bytes


@dataclass(frozen=True, slots=True)
class Portable:
    """A value as bytes; `spans` and `names` are what it refers to by number."""

    data: bytes
    spans: tuple[Span, ...]
    names: tuple[str, ...]


def is_hidden(name: str) -> bool:
    """Whether a global is known to nobody by its name, which changes as others come and go."""
    return name.startswith(".")


def dump(value: object) -> Portable:
    """Return a value of `effects` as bytes."""
    writer = _Writer()
    body = writer.write(value)
    at = 0
    rows = []
    while at < len(writer.symbols):  # the description of a symbol may bring in others
        rows.append(writer.row(writer.symbols[at]))
        at += 1
    data = marshal.dumps((tuple(writer.classes), tuple(rows), body), _VERSION)
    return Portable(data, tuple(writer.spans), tuple(writer.names))


def load(portable: Portable) -> Any:
    """Return the value that `dump` was given, with symbols of its own."""
    classes, rows, body = marshal.loads(portable.data)
    return _Reader(portable, classes, rows).read(body)


# ------------------------------------------------------------------------------------------ writing


class _Writer:
    """Numbers what it meets: classes, symbols, spans, hidden names."""

    def __init__(self) -> None:
        self.classes: dict[tuple[str, str], int] = {}
        self.symbols: list[Symbol] = []
        self.spans: dict[Span, int] = {}
        self.names: dict[str, int] = {}
        self._numbers: dict[Symbol, int] = {}
        self._entries: dict[int, int] = {}

    def write(self, value: Any) -> Plain:
        cls = type(value)
        if cls in _SCALARS:
            return value
        write = _WRITE.get(cls)
        if write is not None:
            return write(self, value)
        if isinstance(value, Enum):
            return (_ENUM, self._class(cls), value.name)
        return self.record(value)

    def record(self, value: object) -> Plain:
        cls: type = type(value)
        write = self.write
        parts = [part if type(part) in _SCALARS else write(part) for part in _parts_of(cls)(value)]
        return (_RECORD, self._class(cls), *parts)

    def entry(self, value: object) -> Plain:
        """Write an entry of a log once: the ways through a function share them."""
        number = self._entries.get(id(value))
        if number is not None:
            return (_ENTRY, number)
        plain = self.record(value)
        number = self._entries[id(value)] = len(self._entries)
        return (_ENTRY, number, plain)

    def _class(self, cls: type) -> int:
        return self.classes.setdefault((cls.__module__, cls.__qualname__), len(self.classes))

    def tuple_(self, value: tuple[object, ...]) -> Plain:
        return (_TUPLE, *map(self.write, value))

    def set_(self, value: frozenset[Any]) -> Plain:
        return (_SET, *map(self.write, sorted(value)))

    def symbol(self, value: Symbol) -> Plain:
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self.symbols)
            self.symbols.append(value)
        return (_SYMBOL, number)

    def row(self, symbol: Symbol) -> Plain:
        name: Plain = symbol.name
        if is_hidden(symbol.name):
            name = self.names.setdefault(symbol.name, len(self.names))
        return (
            symbol.low,
            symbol.high,
            symbol.pointer,
            symbol.visible,
            symbol.tainted,
            self.write(symbol.region),
            self.write(symbol.definition),
            name,
            self.write(symbol.into),
        )

    def region(self, value: Region) -> Plain:
        return (_REGION, *[self.write(getattr(value, name)) for name in _REGION_FIELDS])

    def cells(self, value: Cells) -> Plain:
        written = None if value.written is None else tuple(sorted(value.written))
        at = tuple(value.at.items())
        return (_CELLS, *map(self.write, (value.rest, value.tainted, value.unit, written, at)))

    def span(self, value: Span) -> Plain:
        return (_SPAN, self.spans.setdefault(value, len(self.spans)))

    def pointer(self, value: PointerType) -> Plain:
        """Write that it is a pointer: what to is of no interest in a summary."""
        return self.record(_POINTER)

    def other_type(self, value: AnyType) -> Plain:
        return self.record(VOID)


_REGION_FIELDS = ("kind", "size", "name", "event", "family", "nullable")


@cache
def _parts_of(cls: type) -> Callable[[Any], Sequence[object]]:
    """Return what gives the fields of a named tuple or of a dataclass."""
    if hasattr(cls, "_fields"):
        return tuple
    names = [one.name for one in dataclasses.fields(cls)]
    return (
        attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, n) for n in names]
    )


_WRITE: dict[type, Callable[[_Writer, Any], Plain]] = {
    tuple: _Writer.tuple_,
    frozenset: _Writer.set_,
    Symbol: _Writer.symbol,
    Region: _Writer.region,
    Cells: _Writer.cells,
    Span: _Writer.span,
    type(UNINITIALISED): lambda _, __: (_UNSET,),
    **dict.fromkeys(get_args(Entry), _Writer.entry),
    PointerType: _Writer.pointer,
    **dict.fromkeys((Adt, ArrayType, ComplexType, FunctionType), _Writer.other_type),
}


# ------------------------------------------------------------------------------------------ reading


class _Reader:
    """Makes symbols first: their descriptions refer to each other."""

    def __init__(
        self, portable: Portable, classes: Sequence[tuple[str, str]], rows: Sequence[Plain]
    ) -> None:
        self.spans = portable.spans
        self.entries: list[object] = []
        self.classes = [_class(module, name) for module, name in classes]
        self.symbols = [Symbol(0, 0, number=i + 1) for i in range(len(rows))]
        for symbol, row in zip(self.symbols, rows, strict=True):
            self._describe(symbol, row, portable.names)

    def _describe(self, symbol: Symbol, row: Plain, names: Sequence[str]) -> None:
        low, high, pointer, visible, tainted, region, definition, name, into = row
        symbol.low, symbol.high = low, high
        symbol.pointer, symbol.visible, symbol.tainted = pointer, visible, tainted
        symbol.region, symbol.definition = self.read(region), self.read(definition)
        symbol.name = names[name] if type(name) is int else name
        symbol.into = self.read(into)

    def read(self, plain: Plain) -> Any:
        if type(plain) is not tuple:
            return plain
        return _READ[plain[0]](self, plain)

    def tuple_(self, plain: Plain) -> object:
        return tuple(map(self.read, plain[1:]))

    def set_(self, plain: Plain) -> object:
        return frozenset(map(self.read, plain[1:]))

    def symbol(self, plain: Plain) -> object:
        return self.symbols[plain[1]]

    def region(self, plain: Plain) -> object:
        return Region(*map(self.read, plain[1:]))

    def cells(self, plain: Plain) -> object:
        rest, tainted, unit, written, at = map(self.read, plain[1:])
        made = Cells(rest, tainted=tainted)
        made.unit, made.at = unit, dict(at)
        made.written = None if written is None else set(written)
        return made

    def span(self, plain: Plain) -> object:
        return self.spans[plain[1]]

    def unset(self, plain: Plain) -> object:
        return UNINITIALISED

    def record(self, plain: Plain) -> object:
        return self.classes[plain[1]](*map(self.read, plain[2:]))

    def entry(self, plain: Plain) -> object:
        if len(plain) > 2:
            self.entries.append(self.read(plain[2]))
        return self.entries[plain[1]]

    def enum(self, plain: Plain) -> object:
        return self.classes[plain[1]][plain[2]]


_READ: tuple[Callable[[_Reader, Plain], object], ...] = (
    _Reader.tuple_,
    _Reader.set_,
    _Reader.symbol,
    _Reader.region,
    _Reader.cells,
    _Reader.span,
    _Reader.unset,
    _Reader.record,
    _Reader.enum,
    _Reader.entry,
)


@cache
def _class(module: str, name: str) -> Any:
    if not module.startswith(_OURS):
        raise ValueError(f"{module}.{name} is none of ours")
    return getattr(import_module(module), name)
