"""Trees as bytes, and back: for the cache of our std. Loading makes the nodes that are used.

A node is a row `(class, start, end, field...)`; where its source or expansion differs from those of
the chunk that it is in, `start` is a whole span `(SPAN, source, start, end, expansion)`. Tuples are
lists. Doc comments are left out. Items and blocks are chunks: bytes of their own, which nobody
reads until they are looked at. Those of the items of modules stand apart, behind the table that
says where they begin, so that of the whole only the table is read (the rest may be a mapped file).
Traits and impls say the names of their items besides: few of them are ever looked at.
"""

import marshal
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from freehold.rust import ast
from freehold.rust.token import Delimited, Kind, ParsedFragment, Token
from freehold.source import Expansion, Source, Span

_CLASSES = tuple(
    sorted(
        (one for one in vars(ast).values() if isinstance(one, type) and issubclass(one, ast.Node)),
        key=lambda cls: cls.__name__,
    )
)
_NUMBER = {cls: number for number, cls in enumerate(_CLASSES)}
_REST = {cls: tuple(one.name for one in fields(cls) if one.name != "span") for cls in _CLASSES}
_PLACES = {cls: {name: place for place, name in enumerate(rest, 3)} for cls, rest in _REST.items()}
_SPAN, _SHAPE, _DELIMITED, _CHUNK = -1, -2, -3, -4
_CHUNKS = frozenset((ast.Block, *ast.Item.__args__)) - {ast.Module}
_LARGE = frozenset((ast.Crate, ast.Module, ast.Signature))
_SHAPES = tuple(ast.Shape)
_OWNERS = (ast.Trait, ast.Impl)  # after their fields come the names of their items
_NAMES = "names of items"
for _owner in _OWNERS:
    _PLACES[_owner][_NAMES] = 3 + len(_REST[_owner])


class _Writer:
    """Numbers the sources and expansions that a tree mentions."""

    def __init__(self) -> None:
        self.sources: dict[Source, int] = {}
        self.expansions: dict[Expansion, int] = {}
        self.expansion_rows: list[tuple[str, Any]] = []
        self.apart = bytearray()
        self._source: Source | None = None
        self._expansion: Expansion | None = None
        self._depth = 0

    def value(self, value: object) -> Any:
        write = _WRITE.get(type(value))
        if write is not None:
            return write(self, value)
        if isinstance(value, ast.Node):
            return self.chunk(value) if type(value) in _CHUNKS else self.node(value)
        return value

    def chunk(self, node: ast.Node) -> Any:
        """Write a node as bytes; those in it leave out the source and expansion that it has."""
        before = self._source, self._expansion
        self._source, self._expansion = node.span.source, node.span.expansion
        self._depth += 1
        head = self.span(node.span)
        row = marshal.dumps(self.node(node))
        self._source, self._expansion = before
        self._depth -= 1
        where = len(self.apart)
        if not self._depth:
            self.apart += row
        return (_CHUNK, _NUMBER[type(node)], head, row if self._depth else where)

    def node(self, node: ast.Node) -> Any:
        cls = type(node)
        source, start, end, expansion = node.span
        near = source is self._source and expansion == self._expansion
        place = (start, end) if near else (self.span(node.span), 0)
        rest = [self.value(getattr(node, name)) for name in _REST[cls]]
        if isinstance(node, _OWNERS):
            rest.append([_name(one) for one in node.items])
        return (_NUMBER[cls], *place, *rest)

    def span(self, span: Span) -> Any:
        source = self.sources.setdefault(span.source, len(self.sources))
        return (_SPAN, source, span.start, span.end, self.expansion(span.expansion))

    def expansion(self, expansion: Expansion | None) -> int | None:
        if expansion is None:
            return None
        known = self.expansions.get(expansion)
        if known is None:
            row = (expansion.macro, self.span(expansion.call))
            known = self.expansions[expansion] = len(self.expansion_rows)
            self.expansion_rows.append(row)
        return known

    def _apart(self, node: object) -> Any:
        return self.chunk(node) if isinstance(node, ast.Node) else self.value(node)

    def delimited(self, group: Delimited) -> Any:
        tokens = [self.token(one) for one in (group.open, *group.tokens, group.close)]
        return (_DELIMITED, tokens)

    def token(self, token: Token) -> Any:
        if isinstance(token, ParsedFragment):
            inner = [self.token(one) for one in token.tokens]
            node = token.node
            return (token.fragment, self._apart(node), inner, self.span(token.span))
        row = (int(token.kind), token.text, token.space, token.mark)
        return (*row, *self.span(token.span)[1:])


_WRITE: dict[type, Callable[[_Writer, Any], Any]] = {
    Span: _Writer.span,
    tuple: lambda writer, value: [writer.value(one) for one in value if not _is_doc(one)],
    ast.Shape: lambda _writer, value: (_SHAPE, _SHAPES.index(value)),
    Delimited: _Writer.delimited,
}


def _name(item: ast.AssocItem) -> str | None:
    return None if isinstance(item, ast.MacroItem) else item.ident.name


def _is_doc(value: object) -> bool:
    return isinstance(value, ast.Attribute) and value.is_doc


Table = tuple[Any, ...]
"""What is read of a tree at once: its sources, its expansions, its modules."""


def dump(crate: ast.Crate) -> tuple[Table, bytes]:
    """Return a tree as a table and bytes, the text of its sources included."""
    writer = _Writer()
    span, root = writer.span(crate.span), writer.node(crate)
    sources = [(one.name, one.text) for one in writer.sources]
    return (sources, writer.expansion_rows, span, root), bytes(writer.apart)


def load(table: Table, apart: memoryview, sources: dict[str, Source]) -> ast.Crate:
    """Return the tree that `dump` wrote; its nodes are made as they are asked for.

    Its sources are those of `sources`, by name, or are added there.
    """
    texts, expansions, span, root = table
    own = [sources.setdefault(name, Source(name, text)) for name, text in texts]
    reader = _Reader(own, expansions, apart)
    crate = reader.node(root, reader.span(span))
    assert isinstance(crate, ast.Crate)
    return crate


def names_of_items(node: ast.Trait | ast.Impl) -> list[str | None] | None:
    """Return the names of the items of a stored node, none of which is read; None of others."""
    field = getattr(node, "stored", None)
    return None if field is None else field(type(node), _NAMES)


class _Items(Sequence[Any]):
    """Items that are made when they are asked for."""

    __slots__ = ("_chunk", "_made", "_reader", "_rows")

    def __init__(self, reader: "_Reader", rows: list[Any], chunk: Span) -> None:
        self._reader, self._rows, self._chunk = reader, rows, chunk
        self._made: list[Any] = [None] * len(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if self._made[at] is None:
            self._made[at] = self._reader.value(self._rows[at], self._chunk)
        return self._made[at]


class _Reader:
    """Makes nodes of one stored tree."""

    __slots__ = ("_apart", "_expansions", "_made", "_sources")

    def __init__(
        self, sources: list[Source], expansions: Sequence[tuple[str, Any]], apart: memoryview
    ) -> None:
        self._sources = sources
        self._apart = apart
        self._expansions = expansions
        self._made: list[Expansion | None] = [None] * len(expansions)

    def value(self, value: Any, chunk: Span) -> Any:
        kind = type(value)
        if kind is list:
            return tuple([self.value(one, chunk) for one in value])
        if kind is not tuple:
            return value
        number = value[0]
        if number >= 0:
            return self.node(value, chunk)
        if number == _CHUNK:
            return self.chunk(value)
        if number == _SPAN:
            return self.span(value)
        if number == _SHAPE:
            return _SHAPES[value[1]]
        open_, *tokens, close = [self.token(one) for one in value[1]]
        return Delimited(open_, tuple(tokens), close)

    def node(self, row: tuple[Any, ...], chunk: Span) -> ast.Node:
        """Return a node and what is in it; of large ones, which are not read whole, fewer."""
        cls = _CLASSES[row[0]]
        if cls in _LARGE:
            return self._large(row, chunk)
        rest = [
            one if type(one) is not tuple and type(one) is not list else self.value(one, chunk)
            for one in row[3:]
        ]
        made: ast.Node = cls(self._place(row, chunk), *rest)
        return made

    def _large(self, row: tuple[Any, ...], chunk: Span) -> ast.Node:
        """Return a node whose fields are not there yet."""
        node: ast.Node = object.__new__(_CLASSES[row[0]])

        def field(cls: type, name: str) -> object:
            if name == "span":
                return self._place(row, chunk)
            place = _PLACES[cls].get(name)
            if place is None:
                raise AttributeError(name)
            return self._field(name, row[place], chunk)

        node.stored = field
        return node

    def _field(self, name: str, value: Any, chunk: Span) -> Any:
        if name == "items" and value is not None:
            return _Items(self, value, chunk)
        return value if name is _NAMES else self.value(value, chunk)

    def _place(self, row: tuple[Any, ...], chunk: Span) -> Span:
        if isinstance(row[1], tuple):
            return self.span(row[1])
        return Span(chunk.source, row[1], row[2], chunk.expansion)

    def chunk(self, row: tuple[Any, ...]) -> ast.Node:
        """Return a node whose bytes are not read yet."""
        _, number, head, data = row
        node: ast.Node = object.__new__(_CLASSES[number])
        read: list[Any] = []
        span = self.span(head)

        def field(cls: type, name: str) -> object:
            if name == "span":
                return span
            if not read:
                read.append(marshal.loads(self._apart[data:] if type(data) is int else data))
            place = _PLACES[cls].get(name)
            if place is None:
                raise AttributeError(name)
            return self._field(name, read[0][place], span)

        node.stored = field
        return node

    def span(self, row: tuple[Any, ...]) -> Span:
        _, source, start, end, expansion = row
        return Span(self._sources[source], start, end, self.expansion(expansion))

    def expansion(self, number: int | None) -> Expansion | None:
        if number is None:
            return None
        known = self._made[number]
        if known is None:
            macro, call = self._expansions[number]
            known = self._made[number] = Expansion(macro, self.span(call))
        return known

    def token(self, row: tuple[Any, ...]) -> Token:
        if isinstance(row[0], str):
            fragment, node, inner, span = row
            tokens = [self.token(one) for one in inner]
            place = self.span(span)
            return ParsedFragment(fragment, self.value(node, place), tokens, place)
        kind, text, space, mark, source, start, end, expansion = row
        return Token(
            Kind(kind),
            text,
            self._sources[source],
            start,
            end,
            space=space,
            expansion=self.expansion(expansion),
            mark=mark,
        )
