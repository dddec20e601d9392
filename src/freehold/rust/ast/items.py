"""Items and statements."""

from collections.abc import Sequence
from enum import Enum

from freehold.rust.ast.base import Ident, Lifetime, Node, node
from freehold.rust.ast.expressions import Block, Expr
from freehold.rust.ast.paths import Attribute, Bound, Generics, MacroCall, Path
from freehold.rust.ast.patterns import Pattern
from freehold.rust.ast.types import TypeExpr
from freehold.rust.token import Delimited
from freehold.source import Span


@node
class Visibility(Node):
    """`pub` (`scope` None), `pub(crate)`, `pub(self)`, `pub(super)` or `pub(in path)`."""

    scope: Path | None


# -------------------------------------------------------------------------------------- functions


@node
class SelfParam(Node):
    """`self`, `mut self`, `&'a self`, `&mut self` or `self: Type`.

    `mutable` is that of the reference in the `&` forms, else that of the binding. `ident` is the
    name `self`, with its mark.
    """

    attributes: tuple[Attribute, ...]
    ident: Ident
    reference: bool
    lifetime: Lifetime | None
    mutable: bool
    type: TypeExpr | None


@node
class Parameter(Node):
    """`pattern: type`."""

    attributes: tuple[Attribute, ...]
    pattern: Pattern
    type: TypeExpr


@node
class Signature(Node):
    """`const async unsafe extern "C" fn name<T>(self, a: A, ...) -> B where ...`.

    `abi` is None for Rust's own; a bare `extern` has "C". `is_safe`: `safe fn` in an extern block.
    """

    ident: Ident
    is_const: bool
    is_async: bool
    is_unsafe: bool
    is_safe: bool
    abi: str | None
    generics: Generics
    self_param: SelfParam | None
    parameters: tuple[Parameter, ...]
    variadic: bool
    output: TypeExpr | None


@node
class Function(Node):
    """A function; `body` None where `;` stands (traits, extern blocks).

    `is_default`: `default fn` (specialisation). Its name is in the signature.
    """

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    signature: Signature
    body: Block | None
    is_default: bool = False

    @property
    def ident(self) -> Ident:
        """Its name."""
        return self.signature.ident


# -------------------------------------------------------------------------------- data definitions


class Shape(Enum):
    """How the fields of a struct or variant are written."""

    UNIT = "unit"
    TUPLE = "tuple"
    NAMED = "named"


@node
class FieldDecl(Node):
    """`pub name: Type`; a field of a tuple struct has no name."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident | None
    type: TypeExpr


@node
class Struct(Node):
    """`struct Name;`, `struct Name(A, B);` or `struct Name { a: A }`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    generics: Generics
    shape: Shape
    fields: tuple[FieldDecl, ...]


@node
class Union(Node):
    """`union Name { a: A }`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    generics: Generics
    fields: tuple[FieldDecl, ...]


@node
class Variant(Node):
    """`Name`, `Name(A)`, `Name { a: A }`, each with `= discriminant`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    shape: Shape
    fields: tuple[FieldDecl, ...]
    discriminant: Expr | None


@node
class EnumItem(Node):
    """`enum Name { variants }`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    generics: Generics
    variants: tuple[Variant, ...]


# ----------------------------------------------------------------------------- other declarations


@node
class TypeAlias(Node):
    """`type Name<T>: Bounds = Type;`, also as an associated type and in an extern block."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    generics: Generics
    bounds: tuple[Bound, ...]
    type: TypeExpr | None
    is_default: bool = False


@node
class Const(Node):
    """`const NAME: Type = value;`; the name may be `_`; no value in a trait."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    type: TypeExpr
    value: Expr | None
    is_default: bool = False


@node
class Static(Node):
    """`static mut NAME: Type = value;`; no value in an extern block."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    mutable: bool
    type: TypeExpr
    value: Expr | None
    is_unsafe: bool = False
    is_safe: bool = False


@node
class Trait(Node):
    """`unsafe auto trait Name<T>: Supertraits where ... { items }`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    generics: Generics
    is_unsafe: bool
    is_auto: bool
    supertraits: tuple[Bound, ...]
    items: "Sequence[AssocItem]"


@node
class Impl(Node):
    """`impl<T> Type { }` or `unsafe impl<T> !Trait for Type { }`. `head`: up to the `{`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    generics: Generics
    is_unsafe: bool
    is_default: bool
    is_const: bool
    negative: bool
    trait: Path | None
    self_type: TypeExpr
    items: "Sequence[AssocItem]"
    head: Span


@node
class Module(Node):
    """`mod name { items }`; `items` None for `mod name;`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    items: "Sequence[Item] | None"


@node
class ExternBlock(Node):
    """`unsafe extern "C" { items }`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    is_unsafe: bool
    abi: str
    items: "tuple[ForeignItem, ...]"


@node
class ExternCrate(Node):
    """`extern crate name as rename;` (`rename` may be `_`)."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    rename: Ident | None


# -------------------------------------------------------------------------------------------- use


@node
class UseSimple(Node):
    """`a::b::c` or `a::b::c as d` (`d` may be `_`); in a group also `self`."""

    path: Path
    rename: Ident | None


@node
class UseGlob(Node):
    """`a::b::*`; the path of a bare `*` is empty."""

    path: Path


@node
class UseGroup(Node):
    """`a::b::{c, d::e, f::*}`; the path of a bare group is empty."""

    path: Path
    trees: "tuple[UseTree, ...]"


UseTree = UseSimple | UseGlob | UseGroup


@node
class Use(Node):
    """`use tree;`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    tree: UseTree


# ----------------------------------------------------------------------------------------- macros


@node
class MacroRules(Node):
    """`macro_rules! name { rules }`."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    ident: Ident
    body: Delimited


@node
class MacroItem(Node):
    """A macro call as an item, in an impl, trait or extern block too. Expansion leaves none."""

    attributes: tuple[Attribute, ...]
    visibility: Visibility | None
    call: MacroCall


AssocItem = Function | Const | TypeAlias | MacroItem
ForeignItem = Function | Static | TypeAlias | MacroItem
Item = (
    Function
    | Struct
    | Union
    | EnumItem
    | TypeAlias
    | Const
    | Static
    | Trait
    | Impl
    | Module
    | ExternBlock
    | ExternCrate
    | Use
    | MacroRules
    | MacroItem
)

# ------------------------------------------------------------------------------------- statements


@node
class LetStatement(Node):
    """`let pattern: type = init else { otherwise };`."""

    attributes: tuple[Attribute, ...]
    pattern: Pattern
    type: TypeExpr | None
    init: Expr | None
    otherwise: Block | None


@node
class ExprStatement(Node):
    """`expression;`, or (no `semicolon`) an expression that ends in a block, of type `()`."""

    attributes: tuple[Attribute, ...]
    expr: Expr
    semicolon: bool


@node
class MacroStatement(Node):
    """`m! { }`, `m!();` as a statement: it may expand to several. Expansion leaves none.

    A call that more of an expression follows, or a bracketed one that ends the block, is a
    MacroExpr in an expression instead.
    """

    attributes: tuple[Attribute, ...]
    call: MacroCall
    semicolon: bool


Statement = LetStatement | ExprStatement | MacroStatement | Item


@node
class Crate(Node):
    """A whole file."""

    attributes: tuple[Attribute, ...]
    items: Sequence[Item]
