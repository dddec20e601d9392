"""The productions that the parts of the grammar need of one another.

Each part is a class in a module of its own, and the next one builds on it; what a part uses of a
later one is named here.
"""

from abc import abstractmethod
from typing import NamedTuple

from freehold.c import ast
from freehold.c.parse.recovery import Recovery


class Specified(NamedTuple):
    """Declaration specifiers, and the two things that the parser must know of them."""

    specifiers: ast.Specifiers
    is_typedef: bool
    has_type: bool


class Grammar(Recovery):
    """The knots of the grammar."""

    __slots__ = ()

    @abstractmethod
    def expression(self) -> ast.Expr:
        """Parse an expression, commas included."""

    @abstractmethod
    def assignment(self) -> ast.Expr:
        """Parse an assignment expression."""

    @abstractmethod
    def conditional(self) -> ast.Expr:
        """Parse a conditional expression, which constant expressions are."""

    @abstractmethod
    def cast_expression(self) -> ast.Expr:
        """Parse a cast expression: a unary one, or a cast of one."""

    @abstractmethod
    def type_name(self) -> ast.TypeName:
        """Parse a type name."""

    @abstractmethod
    def specifiers(self, *, storage: bool) -> Specified:
        """Parse declaration specifiers; a member's and a type name's have no `storage`."""

    @abstractmethod
    def unknown_type(self, index: int) -> None:
        """Report that token `index` names no type, and take it for one from here on."""

    @abstractmethod
    def declarator(self, *, typed: bool) -> ast.Declarator:
        """Parse a declarator with a name; a typedef's name can be redeclared if `typed`."""

    @abstractmethod
    def init_list(self) -> ast.InitList:
        """Parse a braced initializer."""

    @abstractmethod
    def compound(self) -> ast.Compound:
        """Parse a block."""

    @abstractmethod
    def static_assert(self) -> ast.StaticAssert:
        """Parse a static assertion."""
