"""Reading a translation unit: as a task that gives bytes, and from the bytes that it gave before.

An entry is found under the hash of the source, its options and the front end itself. It lists each
file that was read besides, with its hash, and each that was looked for and was not there; it counts
only while all of that is still so.
"""

import marshal
import pickle
from collections.abc import Mapping
from dataclasses import replace

from freehold.c.preprocess import OWN_HEADERS
from freehold.diagnostics import Diagnostic
from freehold.driver import pickles
from freehold.driver.cache import key_of
from freehold.driver.options import CompileOptions
from freehold.driver.packed import PackedProgram, pack
from freehold.driver.pickles import Texts
from freehold.driver.reader import Files, Reader, hash_of
from freehold.records import dataclass, field
from freehold.source import Source


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """The task of reading one unit.

    `files` are the texts of all files that it may include, None for those that are not there; where
    it is None itself, they are on this machine's disk.
    """

    name: str
    text: str
    options: CompileOptions
    files: Mapping[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class UnitRead:
    """What became of it. `packed` is None if it cannot be part of a program."""

    packed: PackedProgram | None
    diagnostics: tuple[Diagnostic, ...]


Seen = tuple[tuple[str, str], ...]  # files that were asked for, with their hashes


@dataclass(frozen=True, slots=True)
class Loaded:
    """A unit that was read, also as bytes, the sources it refers to, and what was read for it."""

    read: UnitRead
    sources: tuple[Source, ...]
    data: bytes
    seen: Seen


@dataclass(slots=True, eq=False)
class _Given:
    """Files that were sent along. What is not among them is noted, and taken not to be there."""

    files: Mapping[str, str | None]
    wanted: list[str] = field(default_factory=list)
    own: Files = field(default_factory=Files)

    def text(self, name: str) -> str | None:
        """Return the text of a file, None if it is not there."""
        if name in self.files:
            return self.files[name]
        if name.startswith(f"{OWN_HEADERS}/"):
            return self.own.text(name)
        self.wanted.append(name)
        return None

    def hash(self, name: str) -> str:
        """Return the hash of a file's text."""
        return hash_of(self.text(name))


def read_unit(task: ReadUnit) -> bytes:
    """Carry the task out; what it gives is read by `load_unit`."""
    from freehold.driver.frontend import read_unit as read

    files = Files() if task.files is None else _Given(task.files)
    reader = Reader(files)
    front = read(Source(task.name, task.text), task.options, reader)
    packed = None if front.program is None else pack(front.program)
    wanted = tuple(dict.fromkeys(files.wanted)) if isinstance(files, _Given) else ()
    data, sources = pickles.write(UnitRead(packed, front.diagnostics))

    def stands(source: Source) -> bool:
        # The texts of snippets are changed.
        on_disk = reader.seen.get(source.name) == hash_of(source.text)
        return on_disk or (source.name == task.name and source.text == task.text)

    table = pickles.table_of(sources, stands)
    again = bool(wanted) or reader.momentary([task.text])
    return marshal.dumps((table, tuple(reader.seen.items()), wanted, again, data))


def wanted_by(data: bytes) -> tuple[str, ...]:
    """Return the files that the reading of a unit asked for and was not given."""
    found = marshal.loads(data)[2]
    assert isinstance(found, tuple)
    return found


def is_lasting(data: bytes) -> bool:
    """Whether the unit will be read as the same another time, as long as its files stay."""
    return not marshal.loads(data)[3]


def load_unit(data: bytes, task: ReadUnit, files: Files, texts: Texts) -> Loaded | None:
    """Return what a unit was read as, None if a file that it includes has changed since."""
    try:
        table, seen, _, _, rest = marshal.loads(data)
        if not is_current(seen, files):
            return None

        def get(name: str) -> str | None:
            return task.text if name == task.name else files.text(name)

        sources = pickles.sources_of(table, texts, get)
        return decode_unit(rest, tuple(sources), seen)
    except (ValueError, TypeError, EOFError, KeyError, AttributeError, pickle.UnpicklingError):
        return None  # it is not as it was written


def is_current(seen: Seen, files: Files) -> bool:
    """Whether files are as they were seen."""
    return all(name.startswith(OWN_HEADERS) or files.hash(name) == was for name, was in seen)


def decode_unit(data: bytes, sources: tuple[Source, ...], seen: Seen = ()) -> Loaded:
    """Return the unit that `data` are; raises whatever comes of other bytes."""
    made = pickles.read(data, sources)
    assert isinstance(made, UnitRead)
    return Loaded(made, sources, data, seen)


def unit_key(task: ReadUnit, version: str) -> str:
    """Return the key of a unit."""
    options = repr(replace(task.options, libraries=(), library_dirs=()))
    return key_of("unit", version, options, task.name, task.text)
