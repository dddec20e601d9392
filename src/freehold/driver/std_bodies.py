"""The elaborated bodies of std, kept between runs: each is checked once, by the first who needs it.

A shelf is one file of the cache: a table, and a pickle for each body. What std declares is
referred to by `rust.references`; a body that refers to anything else is not kept.
"""

import io
import marshal
import pickle
from typing import Any

from freehold.driver.cache import Cache, key_of, own_version
from freehold.mir.body import Body, GenericBody
from freehold.records import dataclass, field
from freehold.rust.crates import Crates
from freehold.rust.items import Constant, Item, Opaque
from freehold.rust.library import standard
from freehold.rust.references import NoReference, Reference, References
from freehold.source import Source
from freehold.types import Type
from freehold.types.generic import Answers, Definition, Signature

_PARTS = ("rust", "ownership", "dataflow", "mir", "types")
_SIZE = 8  # bytes that say how long the table is


@dataclass(frozen=True, slots=True)
class Record:
    """What checking one body gives: elaborated bodies by definition, and the opaque types' own."""

    bodies: dict[Definition, Body | None]
    hidden: tuple[tuple[Opaque, Type | None], ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Shelf:
    """The bodies of std that are kept, and those made since, for one program."""

    crates: Crates
    cache: Cache
    _key: str = ""
    _table: dict[Reference, tuple[int, int]] = field(default_factory=dict)
    _data: memoryview = field(default_factory=lambda: memoryview(b""))
    _new: dict[Reference, bytes] = field(default_factory=dict)
    _references: References = field(init=False)

    def __post_init__(self) -> None:
        """Read the table."""
        self._references = References(self.crates)
        self._key = key_of("bodies of std", own_version(*_PARTS))
        data = self.cache.view(self._key)
        if data is None or not self.cache.trusted():
            return
        start = _SIZE + int.from_bytes(data[:_SIZE], "little")
        try:
            self._table = marshal.loads(data[_SIZE:start])
        except (EOFError, TypeError, ValueError):  # it is not whole: it is written anew
            return
        self._data = data[start:]

    def take(self, definition: Definition) -> Record | None:
        """Return what is kept of a body, None if it is not there."""
        if not self._table:
            return None
        try:
            reference = self._references.of(definition)
        except NoReference:
            return None
        place = self._table.get(reference)
        if place is None:
            return None
        start, size = place
        try:
            made = _Reader(self._references, self._data[start : start + size]).load()
        except Exception:  # whatever is wrong with it, the body can be made again
            return None
        return made if isinstance(made, Record) else None

    def put(self, definition: Definition, record: Record) -> None:
        """Keep a body, if all that it refers to is std's."""
        written = io.BytesIO()
        try:
            reference = self._references.of(definition)
            _Writer(self._references, written, set(record.bodies)).dump(record)
        except (NoReference, RecursionError):
            return
        self._new[reference] = written.getvalue()

    def close(self) -> None:
        """Write the file again, if there is anything new."""
        if not self._new:
            return
        table, parts, at = dict(self._table), [self._data], len(self._data)
        for reference, data in self._new.items():
            table[reference] = at, len(data)
            parts.append(memoryview(data))
            at += len(data)
        head = marshal.dumps(table)
        self.cache.put(self._key, b"".join((len(head).to_bytes(_SIZE, "little"), head, *parts)))
        self._new.clear()


class _Writer(pickle.Pickler):
    """Writes our records as calls of their classes; definitions and sources as references."""

    def __init__(self, references: References, to: io.BytesIO, own: set[Definition]) -> None:
        super().__init__(to, pickle.HIGHEST_PROTOCOL)
        self._references = references
        self._own = own

    def persistent_id(self, obj: Any) -> Any:
        if isinstance(obj, Source):
            if standard().sources.get(obj.name) is not obj:
                raise NoReference
            return obj.name
        if isinstance(obj, Definition) and obj not in self._own:
            return self._references.of(obj)
        if isinstance(obj, Item) and not _is_promoted(obj):
            return self._references.of(obj)
        return None

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, GenericBody):
            rest = obj.captures, obj.unsafe_blocks, obj.closures, obj.promoted
            return _generic, (obj.definition, obj.signature, *rest)
        if isinstance(obj, Constant):
            return _promoted, (obj.name, obj.path, obj.span, obj.parent, obj.type)
        fields = getattr(type(obj), "__dataclass_fields__", None)
        if fields is None:
            return NotImplemented
        return type(obj), tuple([getattr(obj, name) for name in fields])


class _Reader(pickle.Unpickler):
    """Makes values of our own classes, and of nothing else."""

    def __init__(self, references: References, data: memoryview) -> None:
        super().__init__(io.BytesIO(data))
        self._references = references

    def persistent_load(self, pid: Any) -> Any:
        return standard().sources[pid] if isinstance(pid, str) else self._references.find(pid)

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if module_name.startswith("freehold."):
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")


def _is_promoted(item: Item) -> bool:
    return isinstance(item, Constant) and item.name.startswith("promoted[")


def _promoted(name: str, path: str, span: Any, parent: Any, ty: Any) -> Constant:
    generics = parent.generics if isinstance(parent, Item) else parent
    return Constant(name, path, span, parent=parent, generics=generics, type=ty)


def _refuse(_: object) -> Any:
    raise AssertionError("a body that was kept has no environment")


_NO_ANSWERS = Answers(_refuse, _refuse, _refuse)


def _generic(definition: Definition, signature: Signature, *rest: Any) -> GenericBody:
    return GenericBody(definition, signature, _NO_ANSWERS, *rest)
