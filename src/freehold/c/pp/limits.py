"""The limits that end a unit: a few lines of macros can ask for more than any machine has."""

from freehold.source import Span

# gcc's own limit.
INCLUDES = 200
# Macro calls in arguments of macro calls; each takes six Python frames.
NESTED_CALLS = 400
# SQLite's amalgamation, 250,000 lines, makes 0.4 million tokens.
MADE = 3_000_000
# Tokens read into arguments; nested calls read the innermost ones again and again.
COLLECTED = 15_000_000
# Tokens of all included files, each time that one is entered.
READ = 15_000_000
# Characters that `#` and `##` spell.
SPELT = 50_000_000


class Limit(Exception):
    """A limit was passed: the unit ends here."""

    def __init__(self, what: str, limit: int, at: Span) -> None:
        super().__init__(what)
        self.what, self.limit, self.at = what, limit, at


class Budget:
    """What one unit has used up."""

    __slots__ = ("_collected", "_made", "_read", "_spelt")

    def __init__(self) -> None:
        self._made = self._collected = self._read = self._spelt = 0

    def make(self, tokens: int, at: Span) -> None:
        """Count tokens that a macro makes."""
        self._made += tokens
        if self._made > MADE:
            raise Limit("the number of tokens that macros make", MADE, at.outermost())

    def collect(self, tokens: int, at: Span) -> None:
        """Count tokens of arguments."""
        self._collected += tokens
        if self._collected > COLLECTED:
            raise Limit("the size of nested macro arguments", COLLECTED, at.outermost())

    def read(self, tokens: int, at: Span) -> None:
        """Count tokens of an included file."""
        self._read += tokens
        if self._read > READ:
            raise Limit("the number of tokens in included files", READ, at)

    def spell(self, characters: int, at: Span) -> None:
        """Count characters of a token that `#` or `##` makes."""
        self._spelt += characters
        if self._spelt > SPELT:
            raise Limit("the length of what `#` and `##` make", SPELT, at.outermost())
