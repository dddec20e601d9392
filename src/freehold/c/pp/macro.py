"""Macros: what a name stands for (C11 6.10.3), its replacement list taken apart once."""

from collections.abc import Callable

from freehold.c.token import Kind, Token
from freehold.records import dataclass

# Makes the token that a builtin macro stands for at a place, such as the line for `__LINE__`.
Builtin = Callable[[Token], Token]


@dataclass(frozen=True, slots=True)
class Text:
    """A token that stands for itself. `pasted`, here and below: `##` follows."""

    token: Token
    pasted: bool = False


@dataclass(frozen=True, slots=True)
class Expanded:
    """The fully expanded argument of a parameter."""

    parameter: int
    token: Token
    pasted: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """The argument of a parameter as it was written: an operand of `##`."""

    parameter: int
    token: Token
    pasted: bool = False


@dataclass(frozen=True, slots=True)
class Stringized:
    """`#` and a parameter: the spelling of an argument."""

    parameter: int
    token: Token
    pasted: bool = False


@dataclass(frozen=True, slots=True)
class GnuComma:
    """`, ## rest`: nothing if the variadic argument is left out, else the comma and the rest."""

    parameter: int
    comma: Token
    token: Token
    pasted: bool = False


@dataclass(frozen=True, slots=True)
class Optional:
    """`__VA_OPT__(...)`: its contents if the variadic argument is not empty."""

    contents: "Replacement"
    token: Token
    stringized: bool = False
    pasted: bool = False


Item = Text | Expanded | Raw | Stringized | GnuComma | Optional
Replacement = tuple[Item, ...]
# A replacement without `#`, `##` and `__VA_OPT__`: each token, and the parameter that it is or -1.
Simple = tuple[tuple[int, Token], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro. `parameters` None: object-like. `variadic`: the last parameter takes the rest.

    One whose `replacement` is empty and whose `simple` is None is special: `builtin` makes its
    token, or it is `poisoned`, or it is the `operator` `_Pragma`.
    """

    name: str
    parameters: tuple[str, ...] | None
    variadic: bool
    body: tuple[Token, ...]
    replacement: Replacement = ()
    simple: Simple | None = None
    at: Token | None = None
    builtin: Builtin | None = None
    poisoned: bool = False
    operator: bool = False

    def same_as(self, other: "Macro") -> bool:
        """Whether a redefinition as `other` is allowed (6.10.3p2)."""
        return (
            self.parameters == other.parameters
            and self.variadic == other.variadic
            and _spelling(self.body) == _spelling(other.body)
        )


def special(name: str, builtin: Builtin | None = None, *, poisoned: bool = False) -> Macro:
    """Return a macro without replacement list; an operator if it is nothing else."""
    operator = builtin is None and not poisoned
    return Macro(
        name, None, variadic=False, body=(), builtin=builtin, poisoned=poisoned, operator=operator
    )


def _spelling(body: tuple[Token, ...]) -> list[tuple[str, bool]]:
    return [(token.text, token.space and index > 0) for index, token in enumerate(body)]


def take_apart(
    body: tuple[Token, ...], parameters: tuple[str, ...] | None, *, variadic: bool
) -> tuple[Replacement, Simple | None]:
    """Return the items of a replacement list that is known to be well formed."""
    special_texts = {"##"} if parameters is None else {"##", "#", "__VA_OPT__"}
    if special_texts.isdisjoint([token.text for token in body]):
        indices = {name: index for index, name in enumerate(parameters or ())}
        return (), tuple([(indices.get(token.text, -1), token) for token in body])
    return _Parts(body, parameters, variadic=variadic).items(0, len(body)), None


class _Parts:
    """Takes the replacement list of one macro apart."""

    def __init__(
        self, body: tuple[Token, ...], parameters: tuple[str, ...] | None, *, variadic: bool
    ) -> None:
        self._body = body
        self._functional = parameters is not None
        self._indices = {name: index for index, name in enumerate(parameters or ())}
        self._rest = len(parameters) - 1 if parameters and variadic else -1

    # item = parameter | "#" parameter | "#"? "__VA_OPT__" "(" item* ")" | token
    # replacement = item ("##"? item)*
    def items(self, index: int, end: int) -> Replacement:
        """Return the items of `body[index:end]`."""
        made: list[Item] = []
        after_paste = False
        while index < end:
            index, item = self._item(index, end, after_paste=after_paste)
            made.append(item)
            after_paste = item.pasted
        return tuple(made)

    def _item(self, index: int, end: int, *, after_paste: bool) -> tuple[int, Item]:
        token = self._body[index]
        text = token.text
        if token.kind is Kind.IDENT:
            if text in self._indices:
                index, pasted = self._paste_after(index + 1, end)
                kind = Raw if pasted or after_paste else Expanded
                return index, kind(self._indices[text], token, pasted)
            if text == "__VA_OPT__" and self._rest >= 0:
                return self._optional(index, end, stringized=False)
        elif text == "#" and self._functional:
            return self._stringized(index, end)
        elif text == "," and self._is_gnu_comma(index, end):
            rest = self._body[index + 2]
            index, pasted = self._paste_after(index + 3, end)
            return index, GnuComma(self._rest, token, rest, pasted)
        index, pasted = self._paste_after(index + 1, end)
        return index, Text(token, pasted)

    def _paste_after(self, index: int, end: int) -> tuple[int, bool]:
        """Step over `##`, as often as it stands there."""
        start = index
        while index < end and self._body[index].text == "##":
            index += 1
        return index, start < index < end

    def _stringized(self, index: int, end: int) -> tuple[int, Item]:
        operand = self._body[index + 1]
        if operand.text == "__VA_OPT__":
            return self._optional(index + 1, end, stringized=True)
        after, pasted = self._paste_after(index + 2, end)
        return after, Stringized(self._indices[operand.text], self._body[index], pasted)

    def _optional(self, index: int, end: int, *, stringized: bool) -> tuple[int, Item]:
        token = self._body[index]
        close = closing(self._body, index + 1)
        contents = self.items(index + 2, close)
        after, pasted = self._paste_after(close + 1, end)
        return after, Optional(contents, token, stringized, pasted)

    def _is_gnu_comma(self, index: int, end: int) -> bool:
        return (
            self._rest >= 0
            and index + 2 < end
            and self._body[index + 1].text == "##"
            and self._indices.get(self._body[index + 2].text) == self._rest
        )


def closing(body: tuple[Token, ...], index: int) -> int:
    """Return where the parenthesis that opens at `index` closes; -1 if it does not."""
    depth = 0
    for position in range(index, len(body)):
        text = body[position].text
        if text == "(":
            depth += 1
        elif text == ")":
            depth -= 1
            if depth == 0:
                return position
    return -1
