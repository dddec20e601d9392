"""Compiled programs: from the cache, or made.

An entry is found under the hash of sources, options and Freehold itself. It lists every file that
was read besides, with its hash, and every file that was looked for and was not there; it counts
only while all of that is still so.
"""

import io
import json
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import UNDEFINED_SYMBOL
from freehold.driver.cache import Cache, key_of, own_version
from freehold.driver.causes import NO_CAUSES, Causes
from freehold.driver.libraries import Libraries
from freehold.driver.options import CompileOptions
from freehold.driver.pickles import OwnUnpickler
from freehold.driver.reader import Files, Reader
from freehold.records import dataclass
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.codegen.compiled import Compiled, Site
    from freehold.driver.ghosts import Owners


@dataclass(frozen=True, slots=True)
class Built:
    """A compiled program, unless something in `diagnostics` stands against it.

    `base` is another object that it is linked with; `owners` are those of a recorded Rust program.
    """

    compiled: "Compiled | None"
    diagnostics: tuple[Diagnostic, ...]
    base: bytes = b""
    causes: Causes = NO_CAUSES
    owners: "Owners | None" = None


def obtain(
    sources: Sequence[Source],
    options: CompileOptions,
    cache: Cache,
    libraries: Libraries,
    *,
    recorded: bool = False,
) -> Built:
    """Return the program of `sources`, compiled now or before; one that is `recorded`, if so."""
    chosen = repr((options, recorded))
    key = key_of(own_version(), chosen, *(part for s in sources for part in (s.name, s.text)))
    kept = kept_built(cache, key)
    if kept is not None:
        return kept
    reader = Reader()
    built = _compile(sources, options, reader, libraries, recorded=recorded)
    texts = [source.text for source in sources]
    if built.compiled is not None and not reader.momentary(texts):
        keep_built(cache, key, built, reader.seen)
    return built


def _compile(
    sources: Sequence[Source],
    options: CompileOptions,
    reader: Reader,
    libraries: Libraries,
    *,
    recorded: bool,
) -> Built:
    from freehold.codegen.program import CodegenOptions, compile_program
    from freehold.driver.deep import deeply
    from freehold.driver.frontend import read_program
    from freehold.mir.values import Symbol

    def work() -> Built:
        front = read_program(sources, options, reader, libraries.define)
        if front.program is None:
            return Built(None, front.diagnostics)
        if Symbol("main") not in front.program.bodies:
            missing = Diagnostic(UNDEFINED_SYMBOL, None, {"name": "main"})
            return Built(None, (*front.diagnostics, missing))
        compiled = compile_program(front.program, CodegenOptions(recorded=recorded))
        return Built(compiled, front.diagnostics)

    return deeply(work)


def keep_built(
    cache: Cache, key: str, built: Built, read: Mapping[str, str | None] = MappingProxyType({})
) -> None:
    """Keep a compiled program; `read` are the files that were read, by name, and their hashes."""
    assert built.compiled is not None
    own = str(Path(__file__).parents[1])
    files = {name: seen for name, seen in read.items() if not name.startswith(own)}
    try:
        sites = pickle.dumps(tuple(built.compiled.sites), pickle.HIGHEST_PROTOCOL)
        rest = pickle.dumps(
            (
                replace(built.compiled, object=b"", sites=()),
                replace(built, compiled=None, base=b""),
            ),
            pickle.HIGHEST_PROTOCOL,
        )
    except RecursionError:  # macros nested too deeply to be written down
        return
    obj = built.compiled.object
    head = json.dumps({"files": files, "sizes": [len(rest), len(obj), len(sites)]}).encode()
    cache.put(key, b"".join((len(head).to_bytes(8, "little"), head, rest, obj, sites)))


def kept_built(cache: Cache, key: str) -> Built | None:
    """Return the program kept under `key`; None: it has to be made."""
    try:
        return _load(cache, key)
    except Exception:  # whatever is wrong with the entry, the program can be made again
        return None


def _load(cache: Cache, key: str) -> Built | None:
    data = cache.get(key)
    if data is None or not cache.trusted():
        return None
    start = 8 + int.from_bytes(data[:8], "little")
    head = json.loads(data[8:start])
    now = Files()
    for name, seen in head["files"].items():
        if now.hash(name) != seen:
            return None
    parts = []
    for size in head["sizes"]:
        parts.append(data[start : start + size])
        start += size
    rest, obj, sites = parts
    compiled, built = OwnUnpickler(io.BytesIO(rest)).load()
    whole = replace(compiled, object=obj, sites=LazySites(sites))
    return replace(built, compiled=whole)  # type: ignore[no-any-return]


class LazySites(Sequence["Site"]):
    """The sites, read when first asked for: a clean run never needs them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sites: tuple[Site, ...] | None = None

    def _all(self) -> "tuple[Site, ...]":
        if self._sites is None:
            self._sites = OwnUnpickler(io.BytesIO(self._data)).load()
        assert self._sites is not None
        return self._sites

    @overload
    def __getitem__(self, index: int) -> "Site": ...
    @overload
    def __getitem__(self, index: slice) -> "Sequence[Site]": ...
    def __getitem__(self, index: int | slice) -> "Site | Sequence[Site]":
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> "Iterator[Site]":
        return iter(self._all())
