"""Values of ours as pickles: sources stand in a table, codes by their ids, records as calls.

What is read makes values of our own classes, and of nothing else.
"""

import io
import pickle
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from freehold.diagnostics import Code
from freehold.diagnostics.codes import registry
from freehold.records import dataclass, field
from freehold.source import Source


@dataclass(slots=True)
class Texts:
    """The sources of this process: one for each name and text, so that spans can be compared."""

    known: dict[tuple[str, str], Source] = field(default_factory=dict)

    def add(self, source: Source) -> None:
        """Let `source` stand for its name and text."""
        self.known.setdefault((source.name, source.text), source)

    def source(self, name: str, text: str) -> Source:
        """Return the source of a name and text."""
        return self.known.setdefault((name, text), Source(name, text))


class OwnUnpickler(pickle.Unpickler):
    """Makes values of our own classes, and of nothing else."""

    @classmethod
    def loads(cls, data: bytes) -> Any:
        """Return the value that `data` holds."""
        return cls(io.BytesIO(data)).load()

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """Return a class of ours."""
        if module_name.startswith("freehold."):
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")


class RecordPickler(pickle.Pickler):
    """Writes our records as calls of their classes, which takes less room and time."""

    def reducer_override(self, obj: Any) -> Any:
        """Return the call that makes a record again; what may refer to itself is left alone."""
        if not type(obj).__dict__.get("__slots__"):
            return NotImplemented
        fields = getattr(type(obj), "__dataclass_fields__", None)
        if fields is None or not type(obj).__dataclass_params__.frozen:
            return NotImplemented
        return type(obj), tuple([getattr(obj, name) for name in fields])


class _Writer(RecordPickler):
    def __init__(self, to: io.BytesIO, sources: Sequence[Source]) -> None:
        super().__init__(to, pickle.HIGHEST_PROTOCOL)
        self.sources = {source: i for i, source in enumerate(sources)}

    def persistent_id(self, obj: Any) -> Any:
        """Return the number of a source, the id of a code."""
        if type(obj) is Source:
            return self.sources.setdefault(obj, len(self.sources))
        if type(obj) is Code:
            return obj.id
        return None


class _Reader(OwnUnpickler):
    sources: Sequence[Source]

    def persistent_load(self, pid: Any) -> Any:
        """Return the source of a number, the code of an id."""
        return self.sources[pid] if type(pid) is int else registry()[pid]


def write(value: object, known: Sequence[Source] = ()) -> tuple[bytes, list[Source]]:
    """Return a value as bytes, and the sources that it refers to: those `known`, then others."""
    to = io.BytesIO()
    writer = _Writer(to, known)
    writer.dump(value)
    return to.getvalue(), list(writer.sources)


def read(data: bytes, sources: Sequence[Source]) -> Any:
    """Return the value that was written, given the sources that it refers to.

    Raises whatever comes of bytes that are not as they were written.
    """
    reader = _Reader(io.BytesIO(data))
    reader.sources = sources
    return reader.load()


# A source by its name, with its text unless it can be had again from where it stands.
Table = list[tuple[str, bytes | None]]


def table_of(sources: Iterable[Source], stands: Callable[[Source], bool]) -> Table:
    """Return the table of sources; `stands` says which texts need not be in it."""
    return [
        (one.name, None if stands(one) else one.text.encode("utf-8", "surrogatepass"))
        for one in sources
    ]


def sources_of(table: Table, texts: Texts, get: Callable[[str], str | None]) -> list[Source]:
    """Return the sources of a table; raises KeyError if one can no longer be had."""
    found: list[Source] = []
    for name, data in table:
        text = get(name) if data is None else data.decode("utf-8", "surrogatepass")
        if text is None:
            raise KeyError(name)
        found.append(texts.source(name, text))
    return found
