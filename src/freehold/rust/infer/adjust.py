"""What is done to a value without being written: autoderef, autoref, coercions.

Each adjustment yields a value (or place) of its `type`; they are applied in order.
"""

from freehold.records import dataclass
from freehold.rust.items import Function
from freehold.types import Type
from freehold.types.generic import GenericArg


@dataclass(frozen=True, slots=True)
class Overloaded:
    """A call of `Deref::deref` (or `deref_mut`, decided later by what the place is used for)."""

    method: Function
    arguments: tuple[GenericArg, ...]


@dataclass(frozen=True, slots=True)
class DerefStep:
    """`*value`: the place of that type. `overloaded` None: of a reference, pointer or Box."""

    type: Type
    overloaded: Overloaded | None = None


@dataclass(frozen=True, slots=True)
class BorrowStep:
    """`&value` or `&mut value`. `two_phase`: of a receiver, until the call."""

    type: Type
    mutable: bool
    two_phase: bool = False


@dataclass(frozen=True, slots=True)
class RawBorrowStep:
    """`&raw const value` or `&raw mut value`."""

    type: Type
    mutable: bool


@dataclass(frozen=True, slots=True)
class UnsizeStep:
    """A pointer to an array or a sized type becomes one to a slice or trait object."""

    type: Type


@dataclass(frozen=True, slots=True)
class ReifyStep:
    """A function item becomes a function pointer."""

    type: Type


@dataclass(frozen=True, slots=True)
class ClosureStep:
    """A closure without captures becomes a function pointer."""

    type: Type


@dataclass(frozen=True, slots=True)
class UnsafeStep:
    """A safe function pointer becomes an unsafe one."""

    type: Type


@dataclass(frozen=True, slots=True)
class MutToConstStep:
    """`*mut T` becomes `*const T`."""

    type: Type


@dataclass(frozen=True, slots=True)
class NeverStep:
    """What never yields a value stands for one of any type."""

    type: Type


Adjustment = (
    DerefStep
    | BorrowStep
    | RawBorrowStep
    | UnsizeStep
    | ReifyStep
    | ClosureStep
    | UnsafeStep
    | MutToConstStep
    | NeverStep
)
