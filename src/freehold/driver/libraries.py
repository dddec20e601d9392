"""Foreign libraries (`-l`): found as the linker would find them, loaded into this process.

Their functions then resolve like libc's, and run natively and unchecked.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import UNREADABLE
from freehold.driver.options import CompileOptions
from freehold.records import dataclass, field

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
_ALWAYS = ("libc.so.6", "libm.so.6")

if TYPE_CHECKING:
    from ctypes import CDLL


@dataclass(slots=True)
class Libraries:
    """What is loaded, and what could not be."""

    problems: list[Diagnostic] = field(default_factory=list)
    handles: "list[CDLL]" = field(default_factory=list)
    _has_libc: bool = False

    def define(self, symbol: str) -> bool:
        """Whether libc, libm or one of the libraries has `symbol`."""
        import ctypes

        from freehold.runtime.libc import LIBC, libc_data

        if symbol in LIBC or symbol in libc_data():
            return True
        if not self._has_libc:
            self.handles += [ctypes.CDLL(name) for name in _ALWAYS]
            self._has_libc = True
        return any(hasattr(handle, symbol) for handle in self.handles)


def load_libraries(options: CompileOptions) -> Libraries:
    """Load each library of `options`."""
    made = Libraries()
    if not options.libraries:
        return made
    import ctypes

    for name in options.libraries:
        path = next(_candidates(name, options.library_dirs), None)
        try:
            if path is None:
                raise OSError("no such shared library")
            made.handles.append(ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL))
        except OSError as error:
            made.problems.append(Diagnostic(UNREADABLE, None, {"what": f"`-l{name}`: {error}"}))
    return made


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
