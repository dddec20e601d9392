"""A compiled program, and what others that are linked with one are told of it.

It is kept between runs: to read it again must not cost the import of the compiler.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from freehold.records import dataclass, field
from freehold.source import Span

if TYPE_CHECKING:
    from freehold.mir.values import Symbol
    from freehold.types import Type


RESULT = "the result"  # name of the object that a function's result is in


@dataclass(frozen=True, slots=True)
class Site:
    """What a number stands for: a place that can fault or call, or the declaration of an object.

    `function` is the enclosing function as the user wrote it; `name` the object that is declared,
    or the member that is touched, "" if there is none.
    """

    span: Span
    function: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """A function that is there. `quiet`: it never unwinds; `ends`: the program may end in it.

    `number` is that of its object, None if it has none: nothing there takes its address.
    """

    quiet: bool
    ends: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """What the other object defines: functions, statics by their objects' numbers.

    `objects` is how many objects it describes, `sites` how many sites it numbers.
    """

    functions: Mapping["Symbol", Linked] = field(default_factory=dict)
    statics: Mapping["Symbol", int] = field(default_factory=dict)
    objects: int = 0
    sites: int = 1


NO_BASE = Base()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A program in machine code, and what its numbers stand for.

    `sites[n]` is what a line of the object's DWARF, a `site` argument of the run time, or the
    `site` of a descriptor means. `accesses` counts memory accesses, `proven`
    those among them that need no check. `shown` are the types of a recorded program's variables and
    statics, by their sites. `base` is what others that are linked with it are told.
    """

    object: bytes
    sites: tuple[Site, ...]
    accesses: int = 0
    proven: int = 0
    natives: tuple[str, ...] = ()
    shown: dict[int, "Type"] = field(default_factory=dict)
    base: Base = NO_BASE
