"""Our std, as it is read from the package: one crate of several files, expanded."""

import marshal
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.ast import store
from freehold.rust.catalogue import Catalogue
from freehold.rust.expand import Expanded, Marks, expand
from freehold.rust.expand import Library as Exported
from freehold.rust.expand.expander import is_exported
from freehold.rust.expand.rules import Macro, read_macro
from freehold.rust.parse import parse
from freehold.source import Source

_FOLDER = Path(__file__).parent / "std"
_READERS = ("ast", "collect", "expand", "parse", "resolve")  # packages that what we keep depends on
_SIZE = 8  # bytes that say how long the table is


@dataclass(frozen=True, slots=True)
class Library:
    """Our std after expansion; `source` is its root file.

    `catalogue` is None until it is made; `sources` are the files by name, if it was stored.
    """

    expanded: Expanded
    source: Source
    catalogue: Catalogue | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)


_made: list[Library] = []


def standard() -> Library:
    """Return our std: what `prepare` has found, or read from its sources."""
    if not _made:
        _made.append(_read())
    return _made[0]


def prepare(
    get: Callable[[str], bytes | memoryview | None],
    put: Callable[[str, bytes], None],
    catalogue: Callable[[Library], Catalogue],
) -> None:
    """Take our std from a cache by content (`get`, `put` by key), or put it there."""
    if _made and _made[0].catalogue is not None:
        return
    key = _key()
    data = get(key)
    if data is None:
        library = standard()
        data = _dump(library, catalogue(library))
        put(key, data)
    _made.clear()  # so that what follows sees the same nodes, cached or not
    _made.append(_load(memoryview(data)))


def _key() -> str:
    """Return what changes with any change of our std, or of what reads it."""
    here = str(Path(__file__).parent)
    folders = [here, *(f"{here}/{name}" for name in _READERS), str(_FOLDER)]
    seen: list[str] = []
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".rs")):
                    state = entry.stat()
                    seen.append(f"{entry.path} {state.st_size} {state.st_mtime_ns}")
                elif folder.startswith(str(_FOLDER)) and entry.is_dir():
                    folders.append(entry.path)
    return sha256("\n".join((sys.version, *sorted(seen))).encode()).hexdigest()


def _dump(library: Library, catalogue: Catalogue) -> bytes:
    expanded = library.expanded
    exported = tuple(_exported(expanded.crate.items))
    macros = ast.Crate(expanded.crate.span, (), exported)
    tree, rest = store.dump(expanded.crate)
    parents = expanded.marks.parents()
    names = [item.ident.name for item in exported]
    parts = (library.source.text, tree, names, store.dump(macros), parents, catalogue.dump())
    table = marshal.dumps(parts)
    return len(table).to_bytes(_SIZE, "little") + table + rest


def _exported(items: Iterable[ast.Item]) -> Iterator[ast.MacroRules]:
    for item in items:
        if isinstance(item, ast.Module):
            yield from _exported(item.items or ())
        elif isinstance(item, ast.MacroRules) and is_exported(item):
            yield item


def _load(data: memoryview) -> Library:
    size = _SIZE + int.from_bytes(data[:_SIZE], "little")
    text, tree, names, (macros, bodies), parents, catalogue = marshal.loads(data[_SIZE:size])
    source = Source("std/lib.rs", text)
    sources = {source.name: source}
    whole = store.load(tree, data[size:], sources)
    exported = store.load(macros, memoryview(bodies), sources).items
    stored = {name: partial(_macro, exported, at) for at, name in enumerate(names)}
    expanded = Expanded(whole, Marks(parents), Exported({}, stored), ())
    return Library(expanded, source, Catalogue(*catalogue), sources)


def _macro(exported: Sequence[ast.Item], at: int) -> Macro | None:
    item = exported[at]
    assert isinstance(item, ast.MacroRules)
    return read_macro(item.ident.name, item.body, item.span, standard=True)


def _read() -> Library:
    source = Source("std/lib.rs", (_FOLDER / "lib.rs").read_text(encoding="utf-8"))
    tree, found = parse(source)
    assert not found, [(one.message, one.at) for one in found]
    whole = ast.Crate(tree.span, tree.attributes, _with_files(tree.items, _FOLDER))
    return Library(expand(whole, None), source)


def _with_files(items: Sequence[ast.Item], folder: Path) -> tuple[ast.Item, ...]:
    """Return `items` with the modules that stand in files of their own put in."""
    made: list[ast.Item] = []
    for item in items:
        if isinstance(item, ast.Module):
            inner = folder / item.ident.name
            content = item.items if item.items is not None else _file(inner)
            made.append(
                ast.Module(
                    item.span, item.attributes, item.visibility, item.ident,
                    _with_files(content, inner),
                )
            )  # fmt: skip
        else:
            made.append(item)
    return tuple(made)


def _file(stem: Path) -> Sequence[ast.Item]:
    path = stem.with_suffix(".rs")
    if not path.is_file():
        path = stem / "mod.rs"
    source = Source(f"std/{path.relative_to(_FOLDER)}", path.read_text(encoding="utf-8"))
    tree, found = parse(source)
    assert not found, [(one.message, one.at) for one in found]
    return tree.items
