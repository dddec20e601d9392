"""What lowering asks of type checking while it makes the types of a body."""

from typing import Protocol

from freehold.rust import ast
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import Const, Region


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

    def unsupported(self, span: Span, what: str) -> None:
        """Take note of something that lowering cannot do."""
