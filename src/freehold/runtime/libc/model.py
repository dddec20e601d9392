"""What is known of a libc function: its signature, and what it does to memory.

The records are data. Codegen reads the signature and `Provision`; `generate` makes the mechanical
wrappers from the effects; a checker that never runs the program can read the same effects.
Nothing here knows how a check is made.
"""

from enum import Enum
from typing import NewType

from freehold.records import dataclass
from freehold.types import FunctionType

Parameter = NewType("Parameter", str)  # the name of a parameter, as its prototype spells it


# --------------------------------------------------------------------------------------- extents


@dataclass(frozen=True, slots=True)
class Count:
    """As many bytes as the product of `factors`: integer parameters and constants."""

    factors: tuple[Parameter | int, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """`count` objects of the pointer's declared type (a parameter, or a constant)."""

    count: Parameter | int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A string of `unit`-byte characters up to and with its NUL.

    With `limit` it ends after that many characters, NUL or not.
    """

    unit: int = 1
    limit: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Numeral:
    """As much of a string as reads as a number, and the character that ends it."""

    unit: int = 1


@dataclass(frozen=True, slots=True)
class Vector:
    """An array of pointers that a null pointer ends; each points to a string."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An extent that depends on more than the arguments: a format, a stream, another object."""


Extent = Count | Whole | Text | Numeral | Vector | Unknown


# --------------------------------------------------------------------------------------- effects


@dataclass(frozen=True, slots=True)
class Reads:
    """Reads `extent` from what `parameter` points to, which must be initialised.

    `optional`: a null pointer stands for nothing. `copies`: the bytes only travel, initialised
    or not.
    """

    parameter: Parameter
    extent: Extent
    optional: bool = False
    copies: bool = False


@dataclass(frozen=True, slots=True)
class Writes:
    """Writes up to `extent` to what `parameter` points to, and initialises it on success.

    `by_result`: no more units are written than the function's result says.
    """

    parameter: Parameter
    extent: Extent
    optional: bool = False
    by_result: bool = False


@dataclass(frozen=True, slots=True)
class Updates:
    """Reads the initialised `extent`, and writes it."""

    parameter: Parameter
    extent: Extent
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Frees:
    """Releases the heap block that `parameter` points to; null is silent."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Allocates:
    """The result (or what is stored through `through`) is a new heap block of `extent`."""

    extent: Extent
    through: Parameter | None = None
    zeroed: bool = False


@dataclass(frozen=True, slots=True)
class Returns:
    """The result is null or points into what `parameter` points to."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Borrows:
    """The result is null or points to `extent` bytes that belong to libc, until the next call."""

    extent: Extent


@dataclass(frozen=True, slots=True)
class Points:
    """Stores, through `parameter`, a pointer into what `into` points to (None: libc's own)."""

    parameter: Parameter
    into: Parameter | None


@dataclass(frozen=True, slots=True)
class Keeps:
    """`parameter` is kept after the call returns."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Calls:
    """The function that `parameter` points to may be called, now or (`later`) afterwards."""

    parameter: Parameter
    later: bool = False


class Resource(Enum):
    """What must be released besides memory."""

    STREAM = "stream"
    DESCRIPTOR = "descriptor"
    DIRECTORY = "directory"
    MAPPING = "mapping"


@dataclass(frozen=True, slots=True)
class Uses:
    """`parameter` is a live `resource`."""

    parameter: Parameter
    resource: Resource


@dataclass(frozen=True, slots=True)
class Opens:
    """The result is a new `resource`, or stands for failure."""

    resource: Resource


@dataclass(frozen=True, slots=True)
class Closes:
    """`parameter` is a live `resource`, and is released."""

    parameter: Parameter
    resource: Resource


@dataclass(frozen=True, slots=True)
class Formats:
    """`parameter` is a format of `family` (printf, scanf, strftime) for the arguments after it."""

    parameter: Parameter
    family: str
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Ends:
    """The function does not return."""


Effect = (
    Reads
    | Writes
    | Updates
    | Frees
    | Allocates
    | Returns
    | Borrows
    | Points
    | Keeps
    | Calls
    | Uses
    | Opens
    | Closes
    | Formats
    | Ends
)


# ------------------------------------------------------------------------------------- functions


class Provision(Enum):
    """Where a call of the function goes."""

    NATIVE = "native"  # straight to libc's symbol: nothing but scalars go in and out
    GENERATED = "generated"  # to a wrapper that `generate` made from the effects
    WRITTEN = "written"  # to a wrapper written by hand in runtime/native
    ALIAS = "alias"  # to the wrapper of `symbol`, which has the same signature


class Failure(Enum):
    """Which result says that the function failed and wrote nothing."""

    NEVER = "never"
    NEGATIVE = "negative"
    NULL = "null"
    NONZERO = "nonzero"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Function:
    """One function. `header` is "" for names that only libc's own headers know.

    `prototype` is its C declaration, `signature` the same in MIR's types; `spellings` are the C
    types of the parameters without qualifiers, `result` that of the result. `symbol` differs from
    the name for an alias.
    """

    name: str
    header: str
    prototype: str
    signature: FunctionType
    parameters: tuple[Parameter, ...]
    spellings: tuple[str, ...]
    result: str
    effects: tuple[Effect, ...]
    provision: Provision
    failure: Failure
    symbol: str

    @property
    def native(self) -> bool:
        """Whether a call goes straight to libc's symbol, in the native C convention."""
        return self.provision is Provision.NATIVE

    @property
    def wrapper(self) -> str:
        """The symbol of the checked wrapper, in the internal convention."""
        return f"fhw_{self.symbol}"

    @property
    def noreturn(self) -> bool:
        """Whether a call never comes back."""
        return any(isinstance(effect, Ends) for effect in self.effects)


@dataclass(frozen=True, slots=True)
class Datum:
    """A variable of libc's that programs may name: its size in bytes; whether it is a pointer."""

    name: str
    header: str
    size: int
    pointer: bool
