"""Where parsing goes on after a syntax error."""

from freehold.c.parse.cursor import END, KEYWORD, Cursor
from freehold.c.parse.words import DECLARATION_STARTS, STATEMENT_STARTS

_RESUMING = STATEMENT_STARTS | DECLARATION_STARTS


class Recovery(Cursor):
    """A cursor that can skip what makes no sense."""

    __slots__ = ()

    def recover(self, start: int, depth: int, scopes: int) -> None:
        """Go on after a fault in what started at token `start`, with so many levels and scopes.

        The next token is then one where a declaration, statement or member may start, or a `}`.
        """
        self.depth = depth
        self.loose.clear()
        while len(self.undo) > scopes:
            self.leave()
        self._skip(start)
        if self.texts[self.at] in (";", "else"):
            self.at += 1

    def _resumes(self, index: int) -> bool:
        """Tell whether token `index`, a keyword on a new line, starts a declaration or statement.

        What is missing then stood on the line before.
        """
        return (
            self.kinds[index] == KEYWORD
            and self.tokens[index].bol
            and self.texts[index] in _RESUMING
        )

    def _skip(self, start: int) -> None:
        """Move past a `;` or the `}` of an inner block, or up to the `}` of an outer one."""
        texts, kinds = self.texts, self.kinds
        done = texts[start : self.at]
        braces = done.count("{") - done.count("}")
        # The semicolons in the head of a `for` end nothing.
        parentheses = done.count("(") - done.count(")") if texts[start] == "for" else 0
        if self.at > start and not braces and self._resumes(self.at):
            return
        if self.at == start and texts[start] not in ("{", "}", ";", "(") and kinds[start] != END:
            self.at += 1
        while kinds[self.at] != END:
            text = texts[self.at]
            if text == "{":
                braces += 1
                parentheses = 0
            elif text == "}":
                if braces <= 0:
                    return
                braces -= 1
                if not braces:
                    self.at += 1
                    return
            elif text == ")":
                parentheses -= 1
            elif text == ";" and not braces and parentheses <= 0:
                self.at += 1
                return
            self.at += 1
