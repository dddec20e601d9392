"""Paths, generic arguments and parameters, attributes, macro calls."""

from typing import TYPE_CHECKING

from freehold.rust.ast.base import Ident, Lifetime, Node, node
from freehold.rust.token import Delimited

if TYPE_CHECKING:
    from freehold.rust.ast.expressions import Expr
    from freehold.rust.ast.types import GenericArg, TypeExpr


@node
class Path(Node):
    """`a::b::<T>::c`, `::a::b`, or `<T as Trait>::a`.

    `is_global`: it starts with `::`. With `qself` the segments are those after `<...>::`.
    """

    segments: "tuple[PathSegment, ...]"
    is_global: bool = False
    qself: "QSelf | None" = None


@node
class QSelf(Node):
    """`<T>` or `<T as Trait>` in front of a path."""

    type: "TypeExpr"
    trait: Path | None


@node
class PathSegment(Node):
    """One name of a path, with its generic arguments (None: none were written)."""

    ident: Ident
    arguments: "GenericArgs | None" = None


@node
class AngleArgs(Node):
    """`<'a, T, 3, Item = U>` or `::<...>`."""

    arguments: "tuple[GenericArg, ...]"
    constraints: "tuple[AssocConstraint, ...]"


@node
class ParenArgs(Node):
    """`(A, B) -> C`, as in `Fn(A, B) -> C`; `output` None means `()`."""

    inputs: "tuple[TypeExpr, ...]"
    output: "TypeExpr | None"


GenericArgs = AngleArgs | ParenArgs


@node
class ConstArg(Node):
    """A literal, `-` literal or block as a generic argument.

    A lone name parses as a PathType even where it turns out to be a constant.
    """

    value: "Expr"


@node
class AssocConstraint(Node):
    """`Item = T`, `N = 3` or `Item: Bound` among generic arguments; one of the two is set."""

    ident: Ident
    arguments: GenericArgs | None
    equals: "TypeExpr | ConstArg | None"
    bounds: "tuple[Bound, ...] | None"


@node
class TraitBound(Node):
    """`Trait<T>`, `?Sized`, `for<'a> Fn(&'a T)`. `modifier` is "", `?`, `const` or `~const`."""

    lifetimes: "tuple[LifetimeParam, ...]"
    modifier: str
    path: Path


@node
class UseBound(Node):
    """`use<'a, T>`: what an `impl Trait` captures."""

    arguments: tuple[Lifetime | Ident, ...]


Bound = TraitBound | Lifetime | UseBound


@node
class LifetimeParam(Node):
    """`'a: 'b + 'c`, a parameter or bound by `for<...>`."""

    attributes: "tuple[Attribute, ...]"
    lifetime: Lifetime
    bounds: tuple[Lifetime, ...]


@node
class TypeParam(Node):
    """`T: Bound = Default`."""

    attributes: "tuple[Attribute, ...]"
    ident: Ident
    bounds: tuple[Bound, ...]
    default: "TypeExpr | None"


@node
class ConstParam(Node):
    """`const N: usize = 3`."""

    attributes: "tuple[Attribute, ...]"
    ident: Ident
    type: "TypeExpr"
    default: "Expr | None"


GenericParam = LifetimeParam | TypeParam | ConstParam


@node
class WhereType(Node):
    """`for<'a> T: Bound + 'b` in a where clause."""

    lifetimes: tuple[LifetimeParam, ...]
    type: "TypeExpr"
    bounds: tuple[Bound, ...]


@node
class WhereLifetime(Node):
    """`'a: 'b + 'c` in a where clause."""

    lifetime: Lifetime
    bounds: tuple[Lifetime, ...]


WherePredicate = WhereType | WhereLifetime


@node
class Generics(Node):
    """The `<...>` of an item and its where clause. `span` is that of `<...>`, or an empty one."""

    params: tuple[GenericParam, ...]
    where: tuple[WherePredicate, ...]


@node
class Attribute(Node):
    """`#[path]`, `#[path(tokens)]`, `#[path = value]`, inner with `#!`.

    A doc comment is `doc = "text"` with `is_doc` set.
    """

    path: Path
    inner: bool
    arguments: Delimited | None = None
    value: "Expr | None" = None
    is_doc: bool = False

    @property
    def name(self) -> str:
        """The path as it is usually asked for: `derive`, `rustfmt::skip`."""
        return "::".join(segment.ident.name for segment in self.path.segments)


@node
class MacroCall(Node):
    """`path!(...)`, `path![...]` or `path! {...}`. Expansion leaves none."""

    path: Path
    body: Delimited
