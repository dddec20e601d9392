"""Definitions: what `rust.collect` makes of the items of a crate, and all later stages read.

Every item has one `Definition`, compared by identity. Types in here have their regions (named,
bound or static), except in bodies. A `Crate` is the user's program or our std; the definitions of
std are made lazily, body by body.
"""

from dataclasses import dataclass, field
from enum import Enum

from freehold.rust import ast
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

# ---------------------------------------------------------------------------------------- generics


class ParameterKind(Enum):
    """Kinds of generic parameter."""

    LIFETIME = "lifetime"
    TYPE = "type"
    CONST = "const"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A generic parameter; `index` is its place in the flat tuple of arguments.

    `default` is in terms of the parameters before it. `type` is a constant's. `implicit` marks
    the parameter of an `impl Trait` argument. `late` marks a late-bound lifetime: it has no place
    in the arguments, and `index` is its place in the signature's binder.
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
class Generics:
    """The parameters of an item (`own`, after those of `parent`) and what it requires.

    `predicates` are the item's own; `T: Sized` is among them unless `?Sized` was written.
    """

    parent: "Generics | None" = None
    own: tuple[Parameter, ...] = ()
    late: tuple[Parameter, ...] = ()
    predicates: tuple[Predicate, ...] = ()

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


@dataclass(eq=False, slots=True)
class Item(Definition):
    """What the kinds of item share. `parent` is the module, impl, trait or function around it."""

    parent: Definition | None = None
    attributes: tuple[ast.Attribute, ...] = ()
    lang: str = ""
    public: bool = False
    generics: Generics = field(default_factory=Generics)


@dataclass(eq=False, slots=True)
class Module(Item):
    """A module; `names` are the items that it declares or imports, by namespace."""

    types: dict[str, Definition] = field(default_factory=dict)
    values: dict[str, Definition] = field(default_factory=dict)
    macros: dict[str, Definition] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Struct(AdtDef):
    """A struct, enum or union with what the front end knows of it besides."""

    parent: Definition | None = None
    node: ast.Item | None = None
    attributes: tuple[ast.Attribute, ...] = ()
    public: bool = False
    generics: Generics = field(default_factory=Generics)


class Safety(Enum):
    """Whether a call needs `unsafe`."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(eq=False, slots=True)
class Function(Item):
    """A function, method, intrinsic or foreign function.

    `node` is its tree (its body may be absent: a required method, a foreign function). `parameter
    names` are for messages. `intrinsic` is the name of an intrinsic. `has_self` for methods.
    """

    node: ast.Item | None = None
    signature: Signature | None = None
    has_self: bool = False
    intrinsic: str = ""
    foreign: bool = False
    track_caller: bool = False
    constant: bool = False


@dataclass(eq=False, slots=True)
class Constructor(Item):
    """The function (or constant, for a unit) that a struct's or variant's name also is."""

    adt: AdtDef | None = None
    variant: int = 0
    signature: Signature | None = None  # None: a unit


@dataclass(eq=False, slots=True)
class Constant(Item):
    """A const item, an associated constant, or the value of a discriminant or array length."""

    node: ast.Item | ast.Expr | None = None
    type: Type | None = None


@dataclass(eq=False, slots=True)
class Static(Item):
    """A static."""

    node: ast.Item | None = None
    type: Type | None = None
    mutable: bool = False


@dataclass(eq=False, slots=True)
class Alias(Item):
    """`type Name<..> = aliased;`."""

    aliased: Type | None = None


@dataclass(eq=False, slots=True)
class AssociatedType(Item):
    """An associated type: `bounds` on that of a trait; `value` in an impl, or a trait's default."""

    bounds: tuple[Predicate, ...] = ()
    value: Type | None = None


@dataclass(eq=False, slots=True)
class Trait(Item):
    """A trait: parameters with Self first; `supertraits` are among its predicates too.

    `items` are its functions, constants and types, by name. `auto` for Send, Sync, Unpin...
    """

    node: ast.Item | None = None
    supertraits: tuple[TraitRef, ...] = ()
    items: dict[str, Definition] = field(default_factory=dict)
    auto: bool = False
    unsafe: bool = False


@dataclass(eq=False, slots=True)
class Impl(Item):
    """An impl: of `trait` (None: inherent) for `self_type`; `items` by name.

    An item of an impl of a trait may be absent: the trait's default then stands for it.
    """

    node: ast.Item | None = None
    trait: TraitRef | None = None
    self_type: Type | None = None
    items: dict[str, Definition] = field(default_factory=dict)
    negative: bool = False


@dataclass(eq=False, slots=True)
class Opaque(Item):
    """`impl Trait` in return position of `parent`; `hidden` is found by checking its body."""

    bounds: tuple[Predicate, ...] = ()
    hidden: Type | None = None


@dataclass(frozen=True, slots=True)
class LocalVariable:
    """A resolution: a local variable, by the pattern that binds it."""

    pattern: ast.Pattern


@dataclass(frozen=True, slots=True)
class SelfType:
    """A resolution: `Self`; of an impl or of a trait."""

    owner: Impl | Trait


@dataclass(frozen=True, slots=True)
class GenericName:
    """A resolution: a type, constant or lifetime parameter of the item at hand."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Primitive:
    """A resolution: a primitive type."""

    type: Type


Resolution = Definition | LocalVariable | SelfType | GenericName | Primitive


@dataclass(frozen=True, slots=True)
class PartialResolution:
    """What a path is: `base` for its first segments, `unresolved` segments left to typeck.

    `T::Item`, `Vec::new`, `Self::LEN` leave associated items to type checking.
    """

    base: Resolution
    unresolved: int = 0


@dataclass(slots=True, eq=False)
class Crate:
    """A whole crate, resolved and collected.

    `lang` are the lang items, of std. `impls_of` are the impls of each trait, `inherent` the
    inherent impls, in order of declaration. `paths` resolve each path node of a body or type.
    """

    name: str
    root: Module
    lang: dict[str, Definition] = field(default_factory=dict)
    impls_of: dict[Trait, list[Impl]] = field(default_factory=dict)
    inherent: list[Impl] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    constants: list[Constant] = field(default_factory=list)
    statics: list[Static] = field(default_factory=list)
    adts: list[Struct] = field(default_factory=list)
    traits: list[Trait] = field(default_factory=list)
