"""Functions and globals of a unit apart from each other, and digests of what they are.

A digest does not change when the function moves in its file, nor when its neighbours change: spans
count from the function's name, string literals and types by what they hold.
"""

import io
import pickle
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Self

from freehold.driver.pickles import OwnUnpickler, RecordPickler
from freehold.effects.outline import Outline, outline_of
from freehold.effects.portable import is_hidden
from freehold.mir.body import Body, Program
from freehold.mir.values import Symbol
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import Adt

_ROUNDS = 4  # how deep the names of types within types are looked through


@dataclass(frozen=True, slots=True)
class PackedBody:
    """A body as bytes; it refers by number to spans, types and hidden names."""

    name: Symbol
    data: bytes
    spans: tuple[Span, ...]
    types: tuple[Adt, ...]
    names: tuple[str, ...]
    digest: bytes
    head: Mapping[str, object]  # what linking asks of the body
    outline: Outline


@dataclass(frozen=True, slots=True)
class PackedProgram:
    """A unit's program: `rest` has everything but its bodies; `digests` are those of globals."""

    rest: Program
    bodies: tuple[PackedBody, ...]
    digests: Mapping[Symbol, bytes]


def pack(program: Program) -> PackedProgram:
    """Take a unit's program apart."""
    packer = Packer(program)
    bodies = tuple(map(packer.body, program.bodies.values()))
    rest = Program(
        {},
        program.globals,
        program.externs,
        program.constructors,
        program.destructors,
        program.aliases,
        program.linked,
    )
    return PackedProgram(rest, bodies, {name: packer.global_(name) for name in program.globals})


def unpack(packed: PackedProgram) -> Program:
    """Return the program, each body as it was; bodies are read when they are looked into."""
    rest = packed.rest
    bodies: dict[Symbol, Body] = {one.name: _PackedBody.of(one) for one in packed.bodies}
    return Program(
        bodies,
        rest.globals,
        rest.externs,
        rest.constructors,
        rest.destructors,
        rest.aliases,
        rest.linked,
    )


_HEAD = ("name", "display", "linkage", "span", "attributes")
_LATER = tuple(
    part for part in Body.__dataclass_fields__ if part not in {*_HEAD, "unit", "generic"}
)


class _PackedBody(Body):
    """A body that is read when something is asked of it that is not in its head."""

    __slots__ = ("_packed",)
    _packed: PackedBody

    @classmethod
    def of(cls, packed: PackedBody) -> Self:
        """Return the body that `packed` holds."""
        made = cls.__new__(cls)
        made._packed = packed
        made.unit, made.generic = 0, None
        for part, value in packed.head.items():
            setattr(made, part, value)
        return made

    def __getattr__(self, name: str) -> object:
        """Read the body: a part of it is not there yet."""
        if name not in _LATER:
            raise AttributeError(name)
        packed = self._packed
        reader = _Reader(io.BytesIO(packed.data))
        reader.tables = (packed.spans, packed.types, packed.names)
        whole = reader.load()
        for part in _LATER:
            setattr(self, part, getattr(whole, part))
        return getattr(self, name)


@dataclass(slots=True, eq=False)
class Packer:
    """Packs what belongs to one program; what its types and literals are is looked up once."""

    program: Program
    _globals: dict[Symbol, bytes] = field(default_factory=dict)
    _types: "_Types" = field(init=False)

    def __post_init__(self) -> None:
        """Start with no type known."""
        self._types = _Types()

    def body(self, body: Body) -> PackedBody:
        """Return a body as bytes."""
        to = io.BytesIO()
        writer = _Writer(to)
        writer.dump(body)
        data = to.getvalue()
        spans = tuple(writer.spans)
        digest = sha256(data)
        for part in (*_places(spans, body.span), *self._outer(writer)):
            digest.update(len(part).to_bytes(4, "little") + part)
        return PackedBody(
            body.name,
            data,
            spans,
            tuple(writer.types),
            tuple(writer.names),
            digest.digest(),
            {part: getattr(body, part) for part in _HEAD},
            outline_of(body, self.program),
        )

    def global_(self, name: Symbol) -> bytes:
        """Return the digest of a global, of a hidden one without its name."""
        known = self._globals.get(name)
        if known is None:
            to = io.BytesIO()
            writer = _Writer(to)
            self._globals[name] = b""  # one that points to itself
            writer.dump(self.program.globals[name])
            digest = sha256(to.getvalue())
            for part in self._outer(writer):
                digest.update(part)
            known = self._globals[name] = digest.digest()
        return known

    def _outer(self, writer: "_Writer") -> Iterable[bytes]:
        """Yield what the types and names that were written stand for."""
        yield from (self._types.digest(one) for one in writer.types)
        for name in writer.names:
            symbol = Symbol(name)
            yield self.global_(symbol) if symbol in self.program.globals else name.encode()


def _places(spans: tuple[Span, ...], start: Span) -> Iterable[bytes]:
    """Yield where spans lie: in the function by distance from its name, others by their text."""
    end = start.end
    for span in spans:
        if span.source is start.source and span.start >= start.start:
            end = max(end, span.end)
        yield repr(_place(span, start)).encode("utf-8", "surrogatepass")
    yield start.source.text[start.start : end].encode("utf-8", "surrogatepass")


def _place(span: Span, start: Span) -> tuple[object, ...]:
    source, first, last, expansion = span
    by = None if expansion is None else (expansion.macro, _place(expansion.call, start))
    if source is start.source and first >= start.start:
        return first - start.start, last - first, by
    return source.name, source.text[first:last], by


class _Types:
    """Digests of structs and unions: what they hold, and what those that they lead to hold."""

    def __init__(self) -> None:
        self._own: dict[Adt, bytes] = {}
        self._parts: dict[Adt, tuple[Adt, ...]] = {}
        self._whole: dict[Adt, bytes] = {}
        self._known: dict[tuple[Adt, int], bytes] = {}

    def digest(self, adt: Adt) -> bytes:
        """Return the digest of a type with all that it leads to."""
        known = self._whole.get(adt)
        if known is None:
            reached = self._reached(adt)
            parts = sorted(self._deep(one, _ROUNDS) for one in reached)
            known = self._whole[adt] = sha256(b"".join((self._own[adt], *parts))).digest()
        return known

    def _reached(self, adt: Adt) -> set[Adt]:
        found = {adt}
        pending = [adt]
        while pending:
            for part in self._look(pending.pop()):
                if part not in found:
                    found.add(part)
                    pending.append(part)
        return found

    def _look(self, adt: Adt) -> tuple[Adt, ...]:
        known = self._parts.get(adt)
        if known is None:
            to = io.BytesIO()
            writer = _Writer(to)
            parts = (adt.kind, adt.name, adt.alias, adt.variants)
            writer.dump((*parts, adt.packed, adt.align, adt.complete))
            self._own[adt] = sha256(to.getvalue()).digest()
            known = self._parts[adt] = tuple(writer.types)
        return known

    def _deep(self, adt: Adt, rounds: int) -> bytes:
        parts = self._look(adt)
        if not rounds or not parts:
            return self._own[adt]
        known = self._known.get((adt, rounds))
        if known is None:
            inner = (self._deep(one, rounds - 1) for one in parts)
            known = sha256(b"".join((self._own[adt], *inner))).digest()
            self._known[adt, rounds] = known
        return known


# Persistent ids are the number in the table times three, and which table it is.
_SPANS, _TYPES, _NAMES = range(3)


class _Writer(RecordPickler):
    """Puts spans, structs and hidden names into tables."""

    def __init__(self, to: io.BytesIO) -> None:
        super().__init__(to, pickle.HIGHEST_PROTOCOL)
        self.spans: dict[Span, int] = {}
        self.types: dict[Adt, int] = {}
        self.names: dict[str, int] = {}

    def persistent_id(self, obj: Any) -> Any:
        cls = type(obj)
        if cls is Span:
            return self.spans.setdefault(obj, len(self.spans)) * 3 + _SPANS
        if cls is str:
            if is_hidden(obj):
                return self.names.setdefault(obj, len(self.names)) * 3 + _NAMES
        elif cls is Adt:
            return self.types.setdefault(obj, len(self.types)) * 3 + _TYPES
        return None

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, Body):
            # Sets differ in order from process to process.
            head = [getattr(obj, part) for part in _HEAD if part != "attributes"]
            rest = [getattr(obj, part) for part in _LATER]
            return _body, (*head, tuple(sorted(obj.attributes)), *rest)
        return super().reducer_override(obj)


def _body(*parts: Any) -> Body:
    made = dict(zip((*_HEAD, *_LATER), parts, strict=True))
    made["attributes"] = frozenset(made["attributes"])
    return Body(**made)


class _Reader(OwnUnpickler):
    tables: tuple[tuple[Any, ...], ...]

    def persistent_load(self, pid: Any) -> Any:
        return self.tables[pid % 3][pid // 3]
