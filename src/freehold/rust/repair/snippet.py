"""A Rust text under repair, with what it reads as."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.edits import Draft
from freehold.rust import ast
from freehold.rust.lex import lex
from freehold.rust.parse import parse_tokens
from freehold.rust.token import Token
from freehold.source import Source


class Snippet(Draft):
    """A draft that knows its tokens and tree; they are read anew only after a change."""

    __slots__ = ("_errors", "_lexed", "_parsed", "_tokens", "_tree")

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._lexed: str | None = None
        self._parsed: str | None = None

    def tokens(self) -> list[Token]:
        """Return the tokens of the text as it is now."""
        if self._lexed is not self.text:
            self._lexed = self.text
            self._tokens, self._errors = lex(self.source)
        return self._tokens

    def lexical_errors(self) -> list[Diagnostic]:
        """Return what could not be cut into tokens that match."""
        self.tokens()
        return self._errors

    def tree(self) -> ast.Crate:
        """Return the tree of the text as it is now."""
        if self._parsed is not self.text:
            tokens = self.tokens()
            self._tree, errors = parse_tokens(tokens)
            self._errors = self._errors or errors
            self._parsed = self.text
        return self._tree

    def errors(self) -> list[Diagnostic]:
        """Return the syntax errors of the text as it is now."""
        self.tree()
        return self._errors
