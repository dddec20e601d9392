"""Types as they are written."""

from typing import TYPE_CHECKING

from freehold.rust.ast.base import Ident, Lifetime, Node, node
from freehold.rust.ast.paths import Attribute, Bound, ConstArg, LifetimeParam, MacroCall, Path

if TYPE_CHECKING:
    from freehold.rust.ast.expressions import Expr


@node
class PathType(Node):
    """A path as a type: `Vec<T>`, `Self`, `<T as Trait>::Item`."""

    path: Path


@node
class RefType(Node):
    """`&'a mut T`."""

    lifetime: Lifetime | None
    mutable: bool
    inner: "TypeExpr"


@node
class PointerType(Node):
    """`*const T` or `*mut T`."""

    mutable: bool
    inner: "TypeExpr"


@node
class SliceType(Node):
    """`[T]`."""

    element: "TypeExpr"


@node
class ArrayType(Node):
    """`[T; N]`."""

    element: "TypeExpr"
    length: "Expr"


@node
class TupleType(Node):
    """`(A, B)`, `(A,)`, `()`."""

    elements: "tuple[TypeExpr, ...]"


@node
class ParenType(Node):
    """`(T)`."""

    inner: "TypeExpr"


@node
class NeverType(Node):
    """`!`."""


@node
class InferType(Node):
    """`_`."""


@node
class FnPointerParam(Node):
    """A parameter of a function pointer, whose name means nothing."""

    attributes: tuple[Attribute, ...]
    ident: Ident | None
    type: "TypeExpr"


@node
class FnPointerType(Node):
    """`for<'a> unsafe extern "C" fn(A, ...) -> B`. `abi` None: Rust's; `extern fn` has "C"."""

    lifetimes: tuple[LifetimeParam, ...]
    is_unsafe: bool
    abi: str | None
    parameters: tuple[FnPointerParam, ...]
    variadic: bool
    output: "TypeExpr | None"


@node
class ImplTraitType(Node):
    """`impl A + 'b`."""

    bounds: tuple[Bound, ...]


@node
class TraitObjectType(Node):
    """`dyn A + 'b`; without `dyn` (`is_bare`) it is an error of edition 2021 past parsing.

    A bare `Trait` with no `+` parses as a PathType.
    """

    bounds: tuple[Bound, ...]
    is_bare: bool = False


@node
class MacroType(Node):
    """A macro call as a type. Expansion leaves none."""

    call: MacroCall


@node
class ErrorType(Node):
    """Where a type should have been; the error is reported."""


TypeExpr = (
    PathType
    | RefType
    | PointerType
    | SliceType
    | ArrayType
    | TupleType
    | ParenType
    | NeverType
    | InferType
    | FnPointerType
    | ImplTraitType
    | TraitObjectType
    | MacroType
    | ErrorType
)

GenericArg = Lifetime | ConstArg | TypeExpr
