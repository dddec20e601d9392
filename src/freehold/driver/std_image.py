"""std, compiled once: what most programs use of it is linked with, not compiled again.

There are two such objects, for programs that are `proven` (see `driver.rust_trust`) and for others.
"""

import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import freehold
from freehold.driver.cache import Cache, key_of
from freehold.driver.listener import Listener
from freehold.driver.pickles import OwnUnpickler
from freehold.driver.programs import LazySites
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.codegen.compiled import Base, Site
    from freehold.rust.mono import Compiled

SEED = Path(freehold.__file__).parent / "rust" / "mono" / "seed.rs"
_ID = 64  # bytes that tell what is linked with one image from what is with another
_ALONE = 2  # programs that are compiled whole before std is compiled once
_PARTS = ("rust", "codegen", "mir", "ownership", "types", "runtime")


class StdImage:
    """An object file, its sites, and what is told of it when a program is compiled."""

    def __init__(self, data: bytes) -> None:
        """Take what `_build` returned."""
        self.id = data[:_ID].decode()
        first, second = (int.from_bytes(data[at : at + 8], "little") for at in (_ID, _ID + 8))
        start = _ID + 16
        self._told = data[start : start + first]
        self.object = data[start + first : start + first + second]
        self.sites: Sequence[Site] = LazySites(data[start + first + second :])

    def told(self) -> "tuple[Base, Compiled]":
        """Return what codegen, and what `rust.mono`, are told of it."""
        base, compiled = OwnUnpickler.loads(self._told)
        return base, compiled


def kept_image(cache: Cache, *, proven: bool) -> StdImage | None:
    """Return std's object if it was made before."""
    kept = _kept(cache, _key(cache, proven=proven)) if cache.folder is not None else None
    return StdImage(kept) if kept else None


def wanted_image(cache: Cache, listener: Listener, *, proven: bool) -> StdImage | None:
    """Return std's object for a program that is compiled now; None while it is not worth it.

    The object costs as much as some programs do: the first ones are compiled whole.
    """
    if cache.folder is None:
        return None
    count = key_of("programs without", _key(cache, proven=proven))
    written = cache.get(count) or b""
    before = int(written) if written.isdigit() else 0
    if before < _ALONE:
        cache.put(count, str(before + 1).encode())
        return None
    return std_image(cache, listener, proven=proven)


def _key(cache: Cache, *, proven: bool) -> str:
    return key_of("std, proven" if proven else "std", cache.own_content(*_PARTS))


def std_image(cache: Cache, listener: Listener, *, proven: bool) -> StdImage | None:
    """Return std's object; None if there is nowhere to keep it: then it would cost too much."""
    if cache.folder is None:
        return None
    key = _key(cache, proven=proven)
    kept = _kept(cache, key)
    if kept is None:
        listener.progress("compiling Rust's std, once")
        with cache.alone():
            kept = _kept(cache, key)  # another process may have made it meanwhile
            if kept is None and cache.trusted():
                kept = _attempt(cache, proven=proven)
                cache.put(key, kept)
        listener.progress("")
    return StdImage(kept) if kept else None


def _attempt(cache: Cache, *, proven: bool) -> bytes:
    """Build the image; b"" if that fails: programs run without it, each compiled whole."""
    try:
        return _build(cache, proven=proven)
    except Exception:  # a fault of ours; the tests ask for the image itself
        return b""


def _kept(cache: Cache, key: str) -> bytes | None:
    return cache.get(key) if cache.trusted() else None


def _build(cache: Cache, *, proven: bool) -> bytes:
    from freehold.codegen.program import CodegenOptions, compile_program
    from freehold.driver.deep import deeply
    from freehold.driver.rust import analyse, load_std
    from freehold.driver.rust_bodies import Bodies, main_of
    from freehold.driver.std_bodies import Shelf
    from freehold.rust.depth import deep_recursion
    from freehold.rust.mono import instantiate_std

    def build() -> bytes:
        load_std(cache)
        analysed = analyse(Source("seed.rs", SEED.read_text("utf-8")))
        main = main_of(analysed)
        assert main is not None
        analysed.shelf = Shelf(analysed.crates, cache)
        with deep_recursion():
            made, names = instantiate_std(analysed.world, Bodies(analysed).body_of, main)
        analysed.shelf.close()
        if analysed.refused or made.program is None:
            wrong = [
                f"{d.at.source.name}:{d.at.line}: {d.message}" if d.at else d.message
                for d in (*analysed.diagnostics, *made.diagnostics)
            ]
            raise RuntimeError("std does not compile:\n" + "\n".join(wrong))
        exports = frozenset((*names.functions.values(), *names.statics.values()))
        done = compile_program(made.program, CodegenOptions(exports=exports, proven=proven))
        head = pickle.dumps((_plain(done.base), names), pickle.HIGHEST_PROTOCOL)
        sites = pickle.dumps(tuple(done.sites), pickle.HIGHEST_PROTOCOL)
        sizes = (len(part).to_bytes(8, "little") for part in (head, done.object))
        made_of = key_of(head, done.object)
        return b"".join((made_of.encode(), *sizes, head, done.object, sites))

    return deeply(build)


def _plain(base: "Base") -> "Base":
    return replace(base, functions=dict(base.functions), statics=dict(base.statics))
