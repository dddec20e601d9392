"""The run time that programs are linked with: parts of it, each built once by our own front end.

Every program has the core. The other parts, mostly wrappers of libc, are a source file each, and
are linked as a member of an archive is: when something that is linked needs a name of theirs.

`python -m freehold.driver.library` writes which part defines what, into a file that is committed.
"""

import sys
from functools import cache as once
from pathlib import Path

import freehold
from freehold.driver.cache import Cache, key_of
from freehold.driver.listener import Listener
from freehold.execute.elf import ElfObject

SOURCES = Path(freehold.__file__).parent / "runtime" / "native"
INDEX = SOURCES / "parts.txt"
CORE = "core"
_CORE = (
    *("fault", "heap", "leaks", "libc_support", "local", "map", "report", "resolve", "shadow"),
    *("side", "signals", "stack", "start", "trace", "vararg"),
)
_PARTS = ("c", "codegen", "mir", "runtime", "types")


def runtime_objects(cache: Cache, listener: Listener, *objects: bytes) -> tuple[bytes, ...]:
    """Return the object files of the run time that a program of these `objects` needs."""
    made = {CORE: part_object(CORE, cache, listener)}
    unread = [*filter(None, objects), made[CORE]]
    while unread:
        for symbol in ElfObject(unread.pop()).needed:
            part = defining().get(symbol)
            if part is not None and part not in made:
                made[part] = part_object(part, cache, listener)
                unread.append(made[part])
    return tuple(made.values())


def parts() -> tuple[str, ...]:
    """Return the names of all parts."""
    return (CORE, *(path.stem for path in sorted(SOURCES.glob("*.c")) if path.stem not in _CORE))


@once
def defining() -> dict[str, str]:
    """Return which part to link for a name; the core's are not there."""
    rows = (line.split() for line in INDEX.read_text("utf-8").splitlines())
    return {symbol: part for part, *symbols in rows for symbol in symbols}


def part_object(name: str, cache: Cache, listener: Listener) -> bytes:
    """Return the object file of a part, built now or before."""
    key = key_of("runtime", cache.own_content(*_PARTS), name)
    kept = _kept(cache, key)
    if kept is not None:
        return kept
    listener.progress(f"building the run time, once: {name}")
    with cache.alone():
        made = _kept(cache, key)  # another process may have made it meanwhile
        if made is None:
            made = _build(name)
            cache.put(key, made)
    listener.progress("")
    return made


def _kept(cache: Cache, key: str) -> bytes | None:
    return cache.get(key) if cache.trusted() else None


def _build(name: str) -> bytes:
    from freehold.codegen.program import CodegenOptions, compile_program
    from freehold.driver.deep import deeply
    from freehold.driver.frontend import read_program
    from freehold.driver.options import CompileOptions
    from freehold.source import Source

    def work() -> bytes:
        paths = [SOURCES / f"{stem}.c" for stem in (_CORE if name == CORE else (name,))]
        sources = [Source(str(path), path.read_text("utf-8")) for path in paths]
        front = read_program(sources, CompileOptions(include_dirs=(str(SOURCES),)))
        if front.program is None:
            wrong = [
                f"{d.at.source.name}:{d.at.line}: {d.message}" if d.at else d.message
                for d in front.diagnostics
            ]
            raise RuntimeError("the run time does not compile:\n" + "\n".join(wrong))
        return compile_program(front.program, CodegenOptions(trusted=True)).object

    return deeply(work)


def index_line(name: str, part: bytes) -> str:
    """Return the index's line for a part: its name, then what it defines."""
    return " ".join((name, *sorted(ElfObject(part).defined)))


if __name__ == "__main__":
    lines = [index_line(name, _build(name)) for name in parts() if name != CORE]
    INDEX.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{INDEX.name}: {len(parts())} parts\n")
