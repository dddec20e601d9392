"""Foreign libraries (`-l`): found as the linker would find them, loaded into this process.

Their functions then resolve like libc's, and run natively and unchecked.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import UNREADABLE
from freehold.driver.options import CompileOptions

_SYSTEM = (
    "/usr/local/lib",
    "/usr/lib/x86_64-linux-gnu",
    "/lib/x86_64-linux-gnu",
    "/usr/lib64",
    "/lib64",
    "/usr/lib",
    "/lib",
)
_VERSION = re.compile(r"\d+(\.\d+)*")


def load_libraries(options: CompileOptions) -> list[Diagnostic]:
    """Load each library of `options`; return what could not be loaded."""
    if not options.libraries:
        return []
    import ctypes

    problems: list[Diagnostic] = []
    for name in options.libraries:
        path = next(_candidates(name, options.library_dirs), None)
        try:
            if path is None:
                raise OSError("no such shared library")
            ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
        except OSError as error:
            problems.append(Diagnostic(UNREADABLE, None, {"what": f"`-l{name}`: {error}"}))
    return problems


def _candidates(name: str, folders: Iterable[str]) -> Iterator[Path]:
    """Yield the files that `-l name` may mean, best first."""
    for folder in (*folders, *_SYSTEM):
        plain = Path(folder, f"lib{name}.so")
        if _is_shared(plain):
            yield plain
        # Without a development package only libname.so.6 is there.
        versions = [p for p in Path(folder).glob(f"lib{name}.so.*") if _version(p)]
        yield from sorted(versions, key=_version, reverse=True)


def _is_shared(path: Path) -> bool:
    """Whether `path` is a library, rather than the linker's script that stands for one."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _version(path: Path) -> list[int]:
    digits = path.name.partition(".so.")[2]
    return [int(d) for d in digits.split(".")] if _VERSION.fullmatch(digits) else []
