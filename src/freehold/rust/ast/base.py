"""What all nodes share, and names."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

from freehold.records import dataclass
from freehold.source import Span

_T = TypeVar("_T")


@dataclass_transform(eq_default=False, frozen_default=True)
def node(cls: type[_T]) -> type[_T]:
    """Make a node class: frozen to the type checker, plain slots when it runs.

    A frozen dataclass costs four times as much to make, and a parser makes little else.
    """
    return dataclass(slots=True, eq=False)(cls)


class Stored:
    """A node that `ast.store` has loaded: its fields are made when they are first asked for."""

    __slots__ = ("stored",)
    stored: Callable[[type, str], object]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Make a field; called only where a slot is empty."""
            if name == "stored":
                raise AttributeError(name)
            value = self.stored(type(self), name)
            setattr(self, name, value)
            return value


@node
class Node(Stored):
    """Anything with a place in the source."""

    span: Span


@node
class Ident(Node):
    """A name, without `r#`. `mark` is its syntax context (see `Token.mark`).

    In a path also `self`, `super`, `crate`, `Self` and `$crate`.
    """

    name: str
    mark: int = 0


@node
class Lifetime(Node):
    """`'a`, without its quote; `_` and `static` too. Also a label."""

    name: str
    mark: int = 0
