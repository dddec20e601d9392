"""libc as a pure table: what each function takes, gives and does to memory.

`LIBC` reads a function's line when it is first asked for, so that a program pays only for the
functions that it names.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from freehold.runtime.libc.model import Datum, Function
from freehold.runtime.libc.notation import read_function, split_table

TABLES = ("string", "stdio", "stdlib", "math", "time", "system", "hidden", "rust")


def _text(name: str) -> str:
    return (files("freehold.runtime.libc") / "tables" / f"{name}.txt").read_text("utf-8")


@cache
def _lines() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for name in TABLES:
        found.update(split_table(_text(name)))
    return found


@cache
def _function(name: str) -> Function:
    header, line = _lines()[name]
    return read_function(line, header)


class _Libc(Mapping[str, Function]):
    """Every function of the table by its name."""

    def __getitem__(self, name: str) -> Function:
        return _function(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_lines())

    def __len__(self) -> int:
        return len(_lines())

    def __contains__(self, name: object) -> bool:
        return name in _lines()


LIBC: Mapping[str, Function] = _Libc()


def wrapped(name: str) -> bool:
    """Whether calls of `name` are checked: through `fhw_<name>`, or native but without pointers."""
    return name in LIBC


@cache
def libc_data() -> Mapping[str, Datum]:
    """Return the variables of libc that programs may name, by name."""
    found = {}
    for line in _text("data").splitlines():
        header, name, *rest = line.split()
        size = int(rest[-1]) if rest[-1].isdigit() else 8
        found[name] = Datum(name, header, size, "pointer" in rest)
    return found
