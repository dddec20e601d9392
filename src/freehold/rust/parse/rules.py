"""The rules that others call before they are defined: the grammar is one knot."""

from freehold.rust import ast
from freehold.rust.parse.cursor import Cursor
from freehold.rust.token import CLOSER, Delimited, Kind


class Rules(Cursor):
    """What every part of the grammar may ask of the others, and what is too small for a file."""

    __slots__ = ()

    def type_(self, *, plus: bool = True) -> ast.TypeExpr:
        """Parse a type; `plus`: bounds without parentheses may follow `dyn` and `impl`."""
        raise NotImplementedError

    def pattern(self) -> ast.Pattern:
        """Parse a pattern, alternatives included."""
        raise NotImplementedError

    def simple_pattern(self) -> ast.Pattern:
        """Parse a pattern that is no row of alternatives."""
        raise NotImplementedError

    def expression(self) -> ast.Expr:
        """Parse an expression."""
        raise NotImplementedError

    def block(self) -> ast.Block:
        """Parse a block."""
        raise NotImplementedError

    def attributes(self) -> tuple[ast.Attribute, ...]:
        """Parse outer attributes, if any."""
        raise NotImplementedError

    def inner_attributes(self) -> tuple[ast.Attribute, ...]:
        """Parse inner attributes, if any."""
        raise NotImplementedError

    def starts_item(self) -> bool:
        """Tell whether an item stands here."""
        raise NotImplementedError

    def item(self, attributes: tuple[ast.Attribute, ...], start: int) -> ast.Item:
        """Parse an item; its attributes, which start at token `start`, were read."""
        raise NotImplementedError

    # delimited = "(" token* ")" | "[" token* "]" | "{" token* "}"
    def delimited(self) -> Delimited:
        """Step over a token tree in delimiters, and return it."""
        start = self.at
        if self.kinds[start] != Kind.OPEN:
            raise self.unexpected("one of `(`, `[`, or `{`")
        end = self.past_tree(start)
        self.at = end
        tokens = self.tokens
        return Delimited(tokens[start], tuple(tokens[start + 1 : end - 1]), tokens[end - 1])

    def next_or_close(self, opener: str) -> bool:
        """Step over the comma or the end of a list after an element; tell whether it goes on."""
        text = self.texts[self.at]
        if text == ",":
            self.at += 1
            return self.texts[self.at] != CLOSER[opener]
        if text != CLOSER[opener]:
            raise self.unexpected(f"one of `{CLOSER[opener]}` or `,`")
        return False

    def lifetime_params(self) -> tuple[ast.LifetimeParam, ...]:
        """Parse `for<'a, 'b>`, if it stands here."""
        raise NotImplementedError

    def macro_call(self, path: ast.Path, start: int) -> ast.MacroCall:
        """Parse `!` and the arguments of the call of the macro `path`."""
        self.expect("!")
        body = self.delimited()
        return ast.MacroCall(self.span(start), path, body)
