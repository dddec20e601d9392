"""The crates of a program: our std and the user's, and what type checking asks of them.

`load` parses, expands and resolves. Definitions (`rust.items`) are then filled in as they are
read. What is no attribute of a definition is asked here:

- `lang`, `impls_of`, `impls_for`, `inherent_impls`: tables over both crates;
- `names_of(owner)`: what the names in a body mean;
- `lowerer(owner, hooks)`: AST types, generic arguments and trait references of a body to types.
"""

from collections.abc import Iterable
from typing import Protocol

from freehold.diagnostics import Diagnostic
from freehold.rust import ast
from freehold.rust.items import (
    AssociatedType,
    Constant,
    Crate,
    Function,
    Impl,
    Item,
    PartialResolution,
    Resolution,
    Static,
    Struct,
    Trait,
)
from freehold.rust.resolve.names import Names
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import Const, Definition, FieldDef, GenericArg, Region, TraitRef

Owner = Function | Constant | Static


class Hooks(Protocol):
    """How types in a body are completed. Signatures have no hooks: there, all is written out."""

    def type(self, span: Span) -> Type:
        """Return a type for `_` or an omitted type argument: an inference variable."""

    def const(self, span: Span, type_: Type) -> Const:
        """Return a constant for `_` or an omitted constant argument."""

    def region(self, span: Span) -> Region:
        """Return a region for an elided lifetime: erased."""

    def relative(self, base: Type, segment: ast.PathSegment, span: Span) -> Type:
        """Return the type `base::segment` that lowering cannot know (`base` is no parameter)."""

    def normalise(self, ty: Type, span: Span) -> Type:
        """Return a projection just made, normalised as far as possible."""

    def unsupported(self, span: Span, what: str) -> None:
        """Take note of something that lowering cannot do."""


class Lowerer(Protocol):
    """Makes types of what is written, in the scope of one owner. Errors go to the crates."""

    def type(self, node: ast.TypeExpr) -> Type:
        """Return the type that `node` spells; `ERROR` after an error."""

    def const(self, node: ast.Expr, type_: Type) -> Const | None:
        """Return the constant that an array length or constant argument is; None after an error."""

    def arguments(
        self,
        definition: Definition,
        written: ast.GenericArgs | None,
        parent: tuple[GenericArg, ...],
        span: Span,
    ) -> tuple[GenericArg, ...]:
        """Return all arguments of `definition`: those of its parent, then the ones `written`.

        What was not written is asked of the hooks. Explicit arguments for late-bound lifetimes
        are checked for their number and dropped.
        """

    def path(self, path: ast.Path, resolution: PartialResolution) -> tuple[GenericArg, ...]:
        """Return the arguments of the definition that `path` fully resolves to (`unresolved` 0).

        Of a constructor: its ADT's, wherever they are written. Of a trait's item: Self first (its
        qualified self, or a new variable).
        """

    def base(self, path: ast.Path, resolution: PartialResolution) -> Type:
        """Return the type that the resolved front of `path` is, when segments are unresolved."""

    def trait_ref(self, path: ast.Path, self_type: Type) -> TraitRef | None:
        """Return the trait that `path` names, applied to `self_type`; None after an error."""


class Crates(Protocol):
    """Both crates, and the tables over them."""

    std: Crate
    user: Crate
    diagnostics: list[Diagnostic]

    def lang(self, name: str) -> Definition:
        """Return the lang item `name`; KeyError if our std has none."""

    def known(self, path: str) -> Definition:
        """Return an item of std by its path without the crate: `vec::Vec`, `ops::Fn`."""

    def impls_of(self, trait: Trait) -> Iterable[Impl]:
        """Return all impls of `trait`, negative ones too."""

    def impls_for(self, trait: Trait, self_type: Type) -> Iterable[Impl]:
        """Return the impls of `trait` whose self type may unify with `self_type`, by its head.

        Blanket impls always are among them. An inference variable gets all impls.
        """

    def inherent_impls(self, self_type: Type) -> Iterable[Impl]:
        """Return the inherent impls whose self type may unify with `self_type`, by its head."""

    def names_of(self, owner: Owner) -> Names:
        """Return what the names in the body of `owner` mean. Made once."""

    def lowerer(self, owner: Owner, hooks: Hooks) -> Lowerer:
        """Return what makes types in the body of `owner`."""

    def visible(self, what: Item | Struct | FieldDef, owner: Definition) -> bool:
        """Tell whether `what` may be named inside of `owner`."""

    def module_of(self, definition: Definition) -> Definition:
        """Return the module around `definition`."""

    def associated(self, trait: Trait, name: str) -> AssociatedType | None:
        """Return the associated type `name` of `trait` itself (not of its supertraits)."""

    def traits_in_scope(self, owner: Definition) -> tuple[Trait, ...]:
        """Return the traits in scope around `owner`, outside of its body."""

    def describe(self, resolution: Resolution) -> str:
        """Return the kind of thing, as messages name it: `struct`, `unit variant`, `function`."""
