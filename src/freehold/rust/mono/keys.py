"""What a function of the plain program is an instance of."""

from freehold.records import dataclass
from freehold.types import Type
from freehold.types.generic import ClosureType, Definition, GenericArg

Arguments = tuple[GenericArg, ...]


@dataclass(frozen=True, slots=True)
class BodyKey:
    """A function or closure that has a body, with arguments for its parameters."""

    definition: Definition
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class GlueKey:
    """`fn(*mut type)`: drops what it points to."""

    type: Type


@dataclass(frozen=True, slots=True)
class CloneKey:
    """`fn(&type) -> type`, built in."""

    type: Type


@dataclass(frozen=True, slots=True)
class OnceKey:
    """A closure that needs its self by reference, called by value: `fn(closure, args...)`."""

    closure: ClosureType


@dataclass(frozen=True, slots=True)
class ClosureKey:
    """A closure without captures as a function: `fn(args...)`."""

    closure: ClosureType


@dataclass(frozen=True, slots=True)
class PointerKey:
    """A function item, however it is made, as a function to point to."""

    definition: Definition
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class MethodKey:
    """A trait's method as it stands in a vtable: its self is a thin pointer."""

    definition: Definition
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class MainKey:
    """`main` of the process: calls the lang item `start` with the program's `main`."""

    definition: Definition


Key = BodyKey | GlueKey | CloneKey | OnceKey | ClosureKey | PointerKey | MethodKey | MainKey
