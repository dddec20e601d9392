"""What all nodes share, and names."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

from freehold.source import Span

_T = TypeVar("_T")


@dataclass_transform(eq_default=False, frozen_default=True)
def node(cls: type[_T]) -> type[_T]:
    """Make a node class: frozen to the type checker, plain slots when it runs.

    A frozen dataclass costs four times as much to make, and a parser makes little else.
    """
    return dataclass(slots=True, eq=False)(cls)


@node
class Node:
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
