"""Definitions: what `rust.collect` makes of the items of a crate, and all later stages read.

Every item has one `Definition`, compared by identity. Types in here have their regions (named,
bound or static), except in bodies. A `Crate` is the user's program or our std.

Definitions are filled in as they are read: generics, signatures, fields, predicates and the like
are *lazy* attributes. `rust.collect` leaves them unset, and the first read makes them, so a program
pays for what it reaches of std only. Whoever reads them need not know: `function.signature` is
there when it is asked for. Definitions made by hand (in tests) have them from the start.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.edition import Edition
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import (
    AdtDef,
    Definition,
    GenericArg,
    Region,
    Signature,
    TraitRef,
)

# ---------------------------------------------------------------------------------- lazy attributes

Filler = Callable[[Any, str], None]
"""Sets the attribute of that name (and any others that come with it) of that definition."""


class Lazy:
    """Something with attributes that are made when they are first read."""

    __slots__ = ()

    if TYPE_CHECKING:
        filler: Filler | None
    else:

        def __getattr__(self, name: str) -> object:
            # Only called for what is not set.
            if name not in type(self).__dataclass_fields__ or name == "filler" or not self.filler:
                raise AttributeError(name)
            self.filler(self, name)
            return object.__getattribute__(self, name)

    def defer(self, filler: Filler, *names: str) -> None:
        """Unset the attributes `names`: `filler` makes them when they are first read."""
        for name in names:
            delattr(self, name)
        object.__setattr__(self, "filler", filler)  # a slot of each kind of item


# ---------------------------------------------------------------------------------------- generics


class ParameterKind(Enum):
    """Kinds of generic parameter."""

    LIFETIME = "lifetime"
    TYPE = "type"
    CONST = "const"


@dataclass(slots=True, eq=False)
class Parameter(Lazy):
    """A generic parameter; `index` is its place in the flat tuple of arguments.

    `default` (lazy) is in terms of the parameters before it. `type` (lazy) is a constant's.
    `implicit` marks the parameter of an `impl Trait` argument. `late` marks a late-bound lifetime:
    it has no place in the arguments, and `index` is its place in the signature's binder.
    Lifetimes have their quote in the name.
    """

    name: str
    kind: ParameterKind
    index: int
    span: Span
    default: GenericArg | None = None
    type: Type | None = None
    implicit: bool = False
    late: bool = False
    may_dangle: bool = False
    has_default: bool = False
    filler: Filler | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TraitPredicate:
    """`trait.self_type: trait`, under a binder of `bound` lifetimes."""

    trait: TraitRef
    span: Span
    bound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectionPredicate:
    """`<arguments[0] as Trait<...>>::item == type`."""

    item: Definition
    arguments: tuple[GenericArg, ...]
    type: Type
    span: Span
    bound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeOutlives:
    """`type: region`."""

    type: Type
    region: Region
    span: Span
    bound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionOutlives:
    """`longer: shorter`."""

    longer: Region
    shorter: Region
    span: Span


Predicate = TraitPredicate | ProjectionPredicate | TypeOutlives | RegionOutlives


@dataclass(slots=True, eq=False)
class Generics(Lazy):
    """The parameters of an item (`own`, after those of `parent`) and what it requires.

    `predicates` (lazy) are the item's own; `T: Sized` is among them unless `?Sized` was written. A
    trait's first one is `Self: Trait<..>` itself. `late` are the late-bound lifetimes that have a
    name, in the order of the signature's binder; elided ones follow there.
    """

    parent: "Generics | None" = None
    own: tuple[Parameter, ...] = ()
    late: tuple[Parameter, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    filler: Filler | None = field(default=None, repr=False)

    @property
    def count(self) -> int:
        """How many arguments the item takes, its parents' included."""
        return len(self.own) + (self.parent.count if self.parent else 0)

    def all(self) -> tuple[Parameter, ...]:
        """Return the parameters of the parents, then the item's own, by index."""
        return (*(self.parent.all() if self.parent else ()), *self.own)

    def all_predicates(self) -> tuple[Predicate, ...]:
        """Return what the parents and the item require."""
        return (*(self.parent.all_predicates() if self.parent else ()), *self.predicates)


# ------------------------------------------------------------------------------------------- items


class Members(Mapping[str, Definition]):
    """The items of a trait or impl of our std by name: `make` makes one, by its place."""

    __slots__ = ("_made", "_make", "_places")

    def __init__(self, names: Sequence[str | None], make: Callable[[int], Definition]) -> None:
        self._places = {name: place for place, name in enumerate(names) if name is not None}
        self._make = make
        self._made: dict[str, Definition] = {}

    def __getitem__(self, name: str) -> Definition:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._make(self._places[name])
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def get(self, name: str, default: Any = None) -> Any:
        """Return an item; what is asked for most often is not there."""
        return self[name] if name in self._places else default


@dataclass(eq=False, slots=True, repr=False)
class Item(Lazy, Definition):
    """What the kinds of item share. `parent` is the module, impl, trait or function around it.

    `visibility` is the module in which it can be seen, None: everywhere (`public`). `crate` is
    where it is declared. `scope` is `rust.resolve`'s: where its names are looked up. `generics` is
    lazy.
    """

    parent: Definition | None = None
    attributes: tuple[ast.Attribute, ...] = ()
    lang: str = ""
    public: bool = False
    generics: Generics = field(default_factory=Generics)
    visibility: Definition | None = None
    crate: "Crate | None" = field(default=None, repr=False)
    scope: Any = field(default=None, repr=False)
    filler: Filler | None = field(default=None, repr=False)


@dataclass(eq=False, slots=True, repr=False)
class Module(Item):
    """A module; `names` are the items that it declares or imports, by namespace.

    All three are lazy. Modules of function bodies' blocks have no name.
    """

    types: dict[str, Definition] = field(default_factory=dict)
    values: dict[str, Definition] = field(default_factory=dict)
    macros: dict[str, Definition] = field(default_factory=dict)


@dataclass(eq=False, slots=True, repr=False)
class Struct(Lazy, AdtDef):
    """A struct, enum or union with what the front end knows of it besides.

    Lazy: `generics`, `parameter_count`, `variants`, `variances`, `drop`, `dangling`.
    `constructors` are those of its variants (of a struct: its own), in order: named-field variants
    and structs have one too, without a signature, to stand for them in resolutions.
    """

    parent: Definition | None = None
    node: ast.Item | None = None
    attributes: tuple[ast.Attribute, ...] = ()
    public: bool = False
    generics: Generics = field(default_factory=Generics)
    visibility: Definition | None = None
    crate: "Crate | None" = field(default=None, repr=False)
    scope: Any = field(default=None, repr=False)
    constructors: "tuple[Constructor, ...]" = ()
    filler: Filler | None = field(default=None, repr=False)


@dataclass(eq=False, slots=True, repr=False)
class Function(Item):
    """A function, method, intrinsic or foreign function.

    `node` is its tree (its body may be absent: a required method, a foreign function).
    `intrinsic` is the name of an intrinsic. `has_self` for methods. `signature` is lazy, and has
    an `OpaqueType` where `-> impl Trait` was written; `opaques` are those of its result.
    `safety` is known without the signature.
    """

    node: ast.Function | None = None
    signature: Signature | None = None
    has_self: bool = False
    intrinsic: str = ""
    foreign: bool = False
    track_caller: bool = False
    constant: bool = False
    opaques: "tuple[Opaque, ...]" = ()


@dataclass(eq=False, slots=True, repr=False)
class Constructor(Item):
    """The function (or constant, for a unit) that a struct's or variant's name also is.

    `style` is struct, tuple or unit. `signature` (lazy) is None unless `style` is tuple. Its
    generics are the ADT's.
    """

    adt: "Struct | None" = None
    variant: int = 0
    signature: Signature | None = None
    style: str = "unit"


@dataclass(eq=False, slots=True, repr=False)
class Constant(Item):
    """A const item, an associated constant, or the value of a discriminant or array length.

    `node` is a `Const`, or the expression of an anonymous one. `type` is lazy.
    """

    node: ast.Const | ast.Expr | None = None
    type: Type | None = None


@dataclass(eq=False, slots=True, repr=False)
class Static(Item):
    """A static; `type` is lazy."""

    node: ast.Static | None = None
    type: Type | None = None
    mutable: bool = False
    foreign: bool = False


@dataclass(eq=False, slots=True, repr=False)
class Alias(Item):
    """`type Name<..> = aliased;` (lazy). Lowering types expands it."""

    node: ast.TypeAlias | None = None
    aliased: Type | None = None


@dataclass(eq=False, slots=True, repr=False)
class AssociatedType(Item):
    """An associated type: `bounds` on that of a trait; `value` in an impl, or a trait's default.

    Both are lazy. Bounds have the projection of the trait's own parameters as their Self.
    """

    node: ast.TypeAlias | None = None
    bounds: tuple[Predicate, ...] = ()
    value: Type | None = None


@dataclass(eq=False, slots=True, repr=False)
class Trait(Item):
    """A trait: parameters with Self first; `supertraits` are among its predicates too.

    `items` are its functions, constants and types, by name. `auto` for Send, Sync, Unpin...
    `supertraits` and `items` are lazy; supertraits have Self (parameter 0) as their first argument.
    """

    node: ast.Trait | None = None
    supertraits: tuple[TraitRef, ...] = ()
    items: Mapping[str, Definition] = field(default_factory=dict)
    auto: bool = False
    unsafe: bool = False


@dataclass(eq=False, slots=True, repr=False)
class Impl(Item):
    """An impl: of `trait` (None: inherent) for `self_type`; `items` by name.

    An item of an impl of a trait may be absent: the trait's default then stands for it. `trait`,
    `self_type` and `items` are lazy. `of` is the trait's definition, known before its arguments.
    """

    node: ast.Impl | None = None
    of: Trait | None = None
    trait: TraitRef | None = None
    self_type: Type | None = None
    items: Mapping[str, Definition] = field(default_factory=dict)
    negative: bool = False


@dataclass(eq=False, slots=True, repr=False)
class Opaque(Item):
    """`impl Trait` in return position of `parent`; `hidden` is found by checking its body.

    Its own generics, after those of `parent`, are the lifetimes that its bounds mention.
    """

    bounds: tuple[Predicate, ...] = ()
    hidden: Type | None = None


@dataclass(frozen=True, slots=True)
class LocalVariable:
    """A resolution: a local variable, by the pattern that binds it."""

    pattern: ast.IdentPattern | ast.SelfParam


@dataclass(frozen=True, slots=True)
class SelfType:
    """A resolution: `Self`; of an impl, of a trait, or of the ADT whose declaration it is in."""

    owner: Impl | Trait | Struct


@dataclass(frozen=True, slots=True)
class GenericName:
    """A resolution: a type, constant or lifetime parameter of the item at hand."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Primitive:
    """A resolution: a primitive type."""

    type: Type


@dataclass(frozen=True, slots=True)
class QualifiedType:
    """A resolution: the type `<T>` in front of a path; all its segments are unresolved."""

    type: ast.TypeExpr


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A resolution: the error is reported; types of it are `ErrorType`."""


UNRESOLVED = Unresolved()

Resolution = (
    Definition | LocalVariable | SelfType | GenericName | Primitive | QualifiedType | Unresolved
)


@dataclass(frozen=True, slots=True)
class PartialResolution:
    """What a path is: `base` for its first segments, `unresolved` segments left to typeck.

    `T::Item`, `Vec::new`, `Self::LEN` leave associated items to type checking. `Enum::Variant`
    is its `Constructor`, in types and patterns too; `Trait::method` is the trait's item.
    """

    base: Resolution
    unresolved: int = 0


@dataclass(slots=True, eq=False, repr=False)
class Crate:
    """A whole crate, resolved and collected.

    The lists of the user's crate are complete, items inside of bodies included. Of our std
    (`standard`) items are declared as they are named, and so are the lists and the lang items.
    """

    name: str
    root: Module
    standard: bool = False
    edition: Edition = Edition.E2021
    lang: dict[str, Definition] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    constants: list[Constant] = field(default_factory=list)
    statics: list[Static] = field(default_factory=list)
    adts: list[Struct] = field(default_factory=list)
    traits: list[Trait] = field(default_factory=list)
