"""Types as they are before monomorphisation: with regions, parameters, definitions, projections.

They stand in generic MIR beside the plain types of `freehold.types.model`; `rust.mono` replaces
every one of them by a plain type. Layout and codegen never see them. Definitions (`AdtDef`,
`Definition`) are compared by identity, all else structurally.

Generic arguments are one flat tuple: those of the parent (trait, with Self first, or impl), then
the item's own; in each, lifetimes, then types and constants, in order of declaration. The `index`
of a parameter is its place in that tuple. Late-bound lifetimes of functions are not in it: they
are `BoundRegion`s of the signature.
"""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, NewType

from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types.model import AdtKind, ArrayType, GenericType, IntType, Type

if TYPE_CHECKING:
    from typing_extensions import TypeIs

RegionId = NewType("RegionId", int)
InferId = NewType("InferId", int)

# --------------------------------------------------------------------------------------- regions


@dataclass(frozen=True, slots=True)
class StaticRegion:
    """`'static`."""


@dataclass(frozen=True, slots=True)
class ErasedRegion:
    """A region that type checking does not know: bodies carry it everywhere."""


@dataclass(frozen=True, slots=True)
class ErrorRegion:
    """A lifetime that had an error which was already said; who meets it says nothing of regions."""


@dataclass(frozen=True, slots=True)
class ParamRegion:
    """An early-bound lifetime parameter of the item at hand."""

    index: int
    name: str


@dataclass(frozen=True, slots=True)
class BoundRegion:
    """A lifetime of an enclosing binder: `depth` 0 is the innermost, `index` its place there."""

    depth: int
    index: int
    name: str = "'_"


@dataclass(frozen=True, slots=True)
class FreeRegion:
    """A late-bound lifetime of the function whose body is at hand."""

    index: int
    name: str


@dataclass(frozen=True, slots=True)
class RegionVar:
    """A region variable of one body: `rust.regions` makes them, `borrow` solves them."""

    id: RegionId


Region = (
    StaticRegion | ErasedRegion | ErrorRegion | ParamRegion | BoundRegion | FreeRegion | RegionVar
)
STATIC, ERASED, ERROR_REGION = StaticRegion(), ErasedRegion(), ErrorRegion()

# --------------------------------------------------------------------------------------- constants


@dataclass(frozen=True, slots=True)
class ConstValue:
    """A known constant: an integer, bool or char as its number."""

    value: int
    type: Type


@dataclass(frozen=True, slots=True)
class ConstParam:
    """A constant parameter of the item at hand."""

    index: int
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class ConstInfer:
    """A constant that inference is to find."""

    id: InferId


Const = ConstValue | ConstParam | ConstInfer

# ------------------------------------------------------------------------------------------- types

GenericArg = Type | Region | Const


@dataclass(frozen=True, slots=True)
class RefType(GenericType):
    """`&'region pointee` or `&'region mut pointee`."""

    region: Region
    pointee: Type
    mutable: bool


@dataclass(frozen=True, slots=True)
class ParamType(GenericType):
    """A type parameter of the item at hand (`Self` of a trait is number 0)."""

    index: int
    name: str


@dataclass(frozen=True, slots=True)
class AdtType(GenericType):
    """A struct, enum or union applied to its arguments."""

    definition: "AdtDef"
    arguments: tuple[GenericArg, ...] = ()


@dataclass(frozen=True, slots=True)
class GenericArrayType(GenericType):
    """`[element; N]` with an N that is not yet a number; `array_of` makes it or an `ArrayType`."""

    element: Type
    length: ConstParam | ConstInfer


@dataclass(frozen=True, slots=True)
class FnDefType(GenericType):
    """The zero-sized type of a function item, or of a struct's or variant's constructor."""

    definition: "Definition"
    arguments: tuple[GenericArg, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Parameters and result, under a binder of `bound` lifetimes (names, `'_` if elided).

    A method's receiver is its first parameter. `abi` is "Rust" or "C".
    """

    inputs: tuple[Type, ...]
    output: Type
    bound: tuple[str, ...] = ()
    unsafe: bool = False
    variadic: bool = False
    abi: str = "Rust"


@dataclass(frozen=True, slots=True)
class FnPtrType(GenericType):
    """`for<'a> fn(&'a T) -> U`."""

    signature: Signature


@dataclass(frozen=True, slots=True)
class ClosureType(GenericType):
    """The type of one closure expression; `arguments` are those of the function around it."""

    definition: "ClosureDef"
    arguments: tuple[GenericArg, ...] = ()


@dataclass(frozen=True, slots=True)
class TraitRef:
    """`trait` applied to its arguments, of which the first is Self."""

    trait: "Definition"
    arguments: tuple[GenericArg, ...]

    @property
    def self_type(self) -> Type:
        """The type that implements."""
        return type_argument(self.arguments, 0)


@dataclass(frozen=True, slots=True)
class DynType(GenericType):
    """`dyn Trait<..., Item = T> + Auto + 'region`.

    `trait` is None when there are only auto traits. `arguments` leave Self out. `bindings` are
    the associated types named, of the supertraits too. `bound` names the lifetimes of a `for<>`.
    """

    trait: "Definition | None"
    arguments: tuple[GenericArg, ...]
    bindings: tuple[tuple["Definition", Type], ...]
    auto: frozenset["Definition"]
    region: Region
    bound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectionType(GenericType):
    """`<arguments[0] as Trait<arguments[1..]>>::item`; rigid once it is normalised."""

    item: "Definition"
    arguments: tuple[GenericArg, ...]


@dataclass(frozen=True, slots=True)
class OpaqueType(GenericType):
    """`impl Trait` in return position: its bounds are known, its hidden type is not."""

    definition: "Definition"
    arguments: tuple[GenericArg, ...]


class InferKind(Enum):
    """What an inference variable may become."""

    ANY = "any"
    INT = "integer"
    FLOAT = "float"


@dataclass(frozen=True, slots=True)
class InferType(GenericType):
    """A type that inference is to find."""

    id: InferId
    kind: InferKind = InferKind.ANY


@dataclass(frozen=True, slots=True)
class ErrorType(GenericType):
    """What had an error that was already said; equal to everything, and silent."""


ERROR = ErrorType()
_REGIONS = frozenset(
    (
        StaticRegion,
        ErasedRegion,
        ErrorRegion,
        ParamRegion,
        BoundRegion,
        FreeRegion,
        RegionVar,
    ),
)
_CONSTS = frozenset((ConstValue, ConstParam, ConstInfer))
_REGIONS_AND_CONSTS = _REGIONS | _CONSTS
USIZE = IntType(64, signed=False, pointer_sized=True)
ISIZE = IntType(64, signed=True, pointer_sized=True)


def is_region(argument: GenericArg) -> "TypeIs[Region]":
    """Tell lifetimes from types and constants."""
    return type(argument) in _REGIONS


def is_const(argument: GenericArg) -> "TypeIs[Const]":
    """Tell constants from types and lifetimes."""
    return type(argument) in _CONSTS


def is_type(argument: GenericArg) -> "TypeIs[Type]":
    """Tell types from lifetimes and constants."""
    return type(argument) not in _REGIONS_AND_CONSTS


def type_argument(arguments: tuple[GenericArg, ...], index: int) -> Type:
    """Return argument number `index`, which is a type."""
    argument = arguments[index]
    assert is_type(argument)
    return argument


def array_of(element: Type, length: Const) -> Type:
    """Return `[element; length]`, plain if the length is known."""
    if isinstance(length, ConstValue):
        return ArrayType(element, length.value)
    return GenericArrayType(element, length)


# ------------------------------------------------------------------------------------- definitions


@dataclass(eq=False, slots=True, repr=False)
class Definition:
    """Something with a path and generics. `rust.items` has its kinds."""

    name: str
    path: str  # as rustc prints it: `std::vec::Vec`
    span: Span

    def __repr__(self) -> str:
        # Definitions refer to each other in circles, and some of their parts are made when read.
        return f"{type(self).__name__}({self.path})"


class Variance(Enum):
    """How a type changes with an argument."""

    COVARIANT = "+"
    CONTRAVARIANT = "-"
    INVARIANT = "o"
    BIVARIANT = "*"


@dataclass(frozen=True, slots=True)
class FieldDef:
    """A field of a struct, union or variant; `type` is in terms of the definition's parameters.

    `visibility` is the module in which it can be seen, unless it is public.
    """

    name: str  # "0", "1"... of tuple structs
    type: Type
    span: Span
    public: bool = True
    visibility: "Definition | None" = None


@dataclass(frozen=True, slots=True)
class VariantDef:
    """One variant; `style` is struct, tuple or unit; `constructor` is its function item, if any."""

    name: str
    fields: tuple[FieldDef, ...]
    discriminant: int
    style: str
    span: Span
    constructor: Definition | None = None


@dataclass(eq=False, slots=True, repr=False)
class AdtDef(Definition):
    """A struct, enum or union. Filled in after creation, so that types may recurse.

    `repr` holds the words of `#[repr]`: "C", "transparent", "packed", "packed(2)", "align(8)",
    "u8"... `lang` is its lang item's name. `drop` is its Drop impl's `drop`, if it has one.
    `dangling` are the indices of the parameters that `#[may_dangle]` releases.
    """

    kind: AdtKind = AdtKind.STRUCT
    variants: tuple[VariantDef, ...] = ()
    parameter_count: int = 0
    variances: tuple[Variance, ...] = ()
    repr: frozenset[str] = frozenset()
    lang: str = ""
    drop: Definition | None = None
    dangling: frozenset[int] = frozenset()

    @property
    def fields(self) -> tuple[FieldDef, ...]:
        """The fields of a struct or union."""
        return self.variants[0].fields if self.variants else ()


class CaptureKind(Enum):
    """How a closure holds what it captures."""

    MOVE = "move"
    SHARED = "&"
    UNIQUE = "&uniq"
    MUT = "&mut"


@dataclass(frozen=True, slots=True)
class Capture:
    """A captured variable or a place in it (edition 2021): field number k of the closure.

    `type` is the type of the field: the place's own for `MOVE`, else a reference to it. `mutable`:
    the place may be assigned to: its variable is `mut`, or it is behind a `&mut`. `behind_shared`:
    it is behind a `&`.
    """

    name: str  # as written: `x`, `self.count`
    kind: CaptureKind
    type: Type
    span: Span
    mutable: bool = True
    behind_shared: bool = False


class ClosureKind(Enum):
    """The strongest trait that a closure implements."""

    FN = "Fn"
    FN_MUT = "FnMut"
    FN_ONCE = "FnOnce"


@dataclass(eq=False, slots=True, repr=False)
class ClosureDef(Definition):
    """A closure expression: what typeck found. `signature` has the parameters as written."""

    kind: ClosureKind = ClosureKind.FN
    signature: Signature | None = None
    captures: tuple[Capture, ...] = ()
    moves: bool = False  # written `move`


# --------------------------------------------------------------------------------------- answers


@dataclass(frozen=True, slots=True)
class CalleeFacts:
    """What a finding says of a function that is called.

    `path` as rustc prints it: `Vec::<T>::push`, `into_iter`. `self_span` is its `self` parameter,
    None if it has none. `trait` is the lang item of its trait ("deref", "index", "fn_once",
    "into_iterator", "add"...), "" if it has none or is of no trait.
    """

    path: str
    self_span: Span | None = None
    trait: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the user's own function: `kind` is "function" or "method"."""

    span: Span
    function: str
    function_span: Span
    kind: str


@dataclass(slots=True)
class Answers:
    """What ownership and borrow ask of types. `rust` fills it; tests of MIR text have their own.

    The answers hold in the environment (where clauses) of one body. `normalise` is given the types
    of fields, in terms of the body, and replaces what projections in them it can. `show` prints a
    type as rustc does; `callee` and `parameter` tell of functions; they and `is_clone` are for the
    words of a finding only.
    """

    is_copy: Callable[[Type], bool]
    needs_drop: Callable[[Type], bool]
    normalise: Callable[[Type], Type] = lambda ty: ty
    show: Callable[[Type], str] = str
    callee: Callable[[Definition], CalleeFacts] = lambda definition: CalleeFacts(definition.path)
    is_clone: Callable[[Type], bool] = lambda _: False
    parameter: Callable[[Definition, int], Parameter | None] = lambda _definition, _number: None
    is_sized: Callable[[Type], bool] = lambda _: True
    cached: dict[Type, bool] = field(default_factory=dict)
