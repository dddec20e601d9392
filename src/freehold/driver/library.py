"""The run time that every program is linked with: built once by our own front end, then cached."""

from pathlib import Path

import freehold
from freehold.driver.cache import Cache, key_of
from freehold.driver.listener import Listener

SOURCES = Path(freehold.__file__).parent / "runtime" / "native"
_PARTS = ("c", "codegen", "mir", "runtime", "types")


def runtime_object(cache: Cache, listener: Listener) -> bytes:
    """Return the run time as an object file."""
    key = key_of("runtime", cache.own_content(*_PARTS))
    kept = cache.get(key)
    if kept is not None:
        return kept
    listener.progress("building the run time, once")
    with cache.alone():
        made = cache.get(key)  # another process may have made it meanwhile
        if made is None:
            made = _build()
            cache.put(key, made)
    listener.progress("")
    return made


def _build() -> bytes:
    from freehold.codegen.program import CodegenOptions, compile_program
    from freehold.driver.deep import deeply
    from freehold.driver.frontend import read_program
    from freehold.driver.options import CompileOptions
    from freehold.source import Source

    def build() -> bytes:
        paths = sorted(SOURCES.glob("*.c"))
        sources = [Source(str(path), path.read_text()) for path in paths]
        front = read_program(sources, CompileOptions(include_dirs=(str(SOURCES),)))
        if front.program is None:
            wrong = [
                f"{d.at.source.name}:{d.at.line}: {d.message}" if d.at else d.message
                for d in front.diagnostics
            ]
            raise RuntimeError("the run time does not compile:\n" + "\n".join(wrong))
        return compile_program(front.program, CodegenOptions(trusted=True)).object

    return deeply(build)
