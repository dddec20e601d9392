"""Macros: what a name stands for, and how one invocation is replaced (C11 6.10.3, hidesets)."""

from collections.abc import Callable
from dataclasses import dataclass

from freehold.c.lex import lex
from freehold.c.token import Kind, Token
from freehold.source import Expansion, Source

Builtin = Callable[[Token], Token]


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro. `parameters` None: object-like. `variadic`: the last parameter takes the rest."""

    name: str
    parameters: tuple[str, ...] | None
    variadic: bool
    body: tuple[Token, ...]
    builtin: Builtin | None = None

    def same_as(self, other: "Macro") -> bool:
        """Whether a redefinition as `other` is allowed (6.10.3p2)."""
        return (
            self.parameters == other.parameters
            and self.variadic == other.variadic
            and _spelling(self.body) == _spelling(other.body)
        )


def _spelling(body: tuple[Token, ...]) -> list[tuple[str, bool]]:
    return [(token.text, token.space and index > 0) for index, token in enumerate(body)]


@dataclass(slots=True)
class Argument:
    """One argument: its tokens as written, and fully expanded when that is asked for."""

    tokens: list[Token]
    expanded: list[Token] | None = None
    missing: bool = False  # a variadic argument that the call leaves out, comma and all


class PasteError(Exception):
    """`##` made something that is not one token."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


_PLACEMARKER = Token(Kind.OTHER, "", Source("", ""), 0, 0)
_UNIONS: dict[tuple[frozenset[str] | None, str], frozenset[str]] = {}


def hide(hideset: frozenset[str] | None, name: str) -> frozenset[str]:
    """Return `hideset` with `name` in it; equal sets are one object."""
    key = (hideset, name)
    known = _UNIONS.get(key)
    if known is None:
        known = _UNIONS[key] = (hideset or frozenset()) | {name}
    return known


def stringize(tokens: list[Token], at: Token) -> Token:
    """Return the string literal that `#` makes of an argument."""
    parts: list[str] = []
    for index, token in enumerate(tokens):
        if index and (token.space or token.bol):
            parts.append(" ")
        text = token.text
        if token.kind in {Kind.STRING, Kind.CHAR}:
            text = text.replace("\\", "\\\\").replace('"', '\\"')
        parts.append(text)
    body = "".join(parts)
    return _remake(at, Kind.STRING, f'"{body}"')


def _remake(at: Token, kind: Kind, text: str) -> Token:
    return Token(kind, text, at.source, at.start, at.end, space=at.space, expansion=at.expansion)


def paste(left: Token, right: Token) -> Token:
    """Return the one token that `left ## right` spells."""
    text = left.text + right.text
    if left.kind is Kind.IDENT and right.kind is Kind.IDENT:
        return _remake(left, Kind.IDENT, text)
    made = lex(Source("<paste>", text))[0]
    if len(made) != 2:
        raise PasteError(text)
    return _remake(left, made[0].kind, text)


class Replacement:
    """One replacement of a macro's body: parameters substituted, # and ## done."""

    def __init__(
        self,
        macro: Macro,
        arguments: dict[str, Argument],
        call: Token,
        expand: Callable[[list[Token]], list[Token]],
    ) -> None:
        self._macro = macro
        self._arguments = arguments
        self._expand = expand
        self._expansion = Expansion(macro.name, call.span)

    def tokens(self, hideset: frozenset[str]) -> list[Token]:
        """Return the replacement, every token hidden from `hideset`."""
        made = self._substitute(self._macro.body)
        expansion = self._expansion
        out: list[Token] = []
        for token in made:
            if token is _PLACEMARKER:
                continue
            hidden = hideset if token.hideset is None else token.hideset | hideset
            out.append(
                Token(
                    token.kind,
                    token.text,
                    token.source,
                    token.start,
                    token.end,
                    space=token.space or token.bol,
                    hideset=hidden,
                    expansion=token.expansion or expansion,
                )
            )
        return out

    def _substitute(self, body: tuple[Token, ...]) -> list[Token]:
        out: list[Token] = []
        index, end = 0, len(body)
        arguments = self._arguments
        functional = self._macro.parameters is not None
        while index < end:
            token = body[index]
            text = token.text
            if text == "##" and out and index + 1 < end:
                index = self._paste(body, index, out)
            elif functional and text == "#" and index + 1 < end:
                index = self._stringize(body, index, out)
            elif functional and text == "__VA_OPT__" and self._macro.variadic:
                index = self._va_opt(body, index, out)
            elif text == "," and self._swallows(body, index):
                index = self._comma(body, index, out)
            elif text in arguments and token.kind is Kind.IDENT:
                before_paste = index + 1 < end and body[index + 1].text == "##"
                out.extend(self._argument(text, token, raw=before_paste))
                index += 1
            else:
                out.append(token)
                index += 1
        return out

    def _argument(self, name: str, at: Token, *, raw: bool) -> list[Token]:
        argument = self._arguments[name]
        if raw:
            tokens = argument.tokens
        else:
            if argument.expanded is None:
                argument.expanded = self._expand(argument.tokens)
            tokens = argument.expanded
        if not tokens:
            return [_PLACEMARKER]
        first = tokens[0]
        if first.space == at.space and not first.bol:
            return tokens
        copy = Token(
            first.kind, first.text, first.source, first.start, first.end,
            space=at.space, hideset=first.hideset, expansion=first.expansion,
        )  # fmt: skip
        return [copy, *tokens[1:]]

    def _paste(self, body: tuple[Token, ...], index: int, out: list[Token]) -> int:
        right, after = self._paste_operand(body, index + 1)
        left = out.pop()
        if not right or right[0] is _PLACEMARKER:
            out.append(left)
        elif left is _PLACEMARKER:
            out.append(right[0])
        else:
            out.append(paste(left, right[0]))
        out.extend(right[1:])
        return after

    def _paste_operand(self, body: tuple[Token, ...], index: int) -> tuple[list[Token], int]:
        token = body[index]
        if token.text == "__VA_OPT__" and self._macro.variadic:
            made: list[Token] = []
            return made, self._va_opt(body, index, made)
        if token.text == "#" and self._macro.parameters is not None and index + 1 < len(body):
            made = []
            return made, self._stringize(body, index, made)
        if token.kind is Kind.IDENT and token.text in self._arguments:
            return self._argument(token.text, token, raw=True), index + 1
        return [token], index + 1

    def _stringize(self, body: tuple[Token, ...], index: int, out: list[Token]) -> int:
        following = body[index + 1]
        if following.text == "__VA_OPT__" and self._macro.variadic:
            made: list[Token] = []
            after = self._va_opt(body, index + 1, made)
            out.append(stringize([t for t in made if t is not _PLACEMARKER], body[index]))
            return after
        if following.text not in self._arguments:
            out.append(body[index])
            return index + 1
        out.append(stringize(self._arguments[following.text].tokens, body[index]))
        return index + 2

    def _va_opt(self, body: tuple[Token, ...], index: int, out: list[Token]) -> int:
        inside, after = _parenthesised(body, index + 1)
        rest = self._arguments[self._macro.parameters[-1]] if self._macro.parameters else None
        if rest is not None:
            if rest.expanded is None:
                rest.expanded = self._expand(rest.tokens)
            if rest.expanded:
                out.extend(self._substitute(inside))
                return after
        out.append(_PLACEMARKER)
        return after

    def _swallows(self, body: tuple[Token, ...], index: int) -> bool:
        # GNU: `, ## __VA_ARGS__` drops the comma when there are no variadic arguments.
        return (
            self._macro.variadic
            and index + 2 < len(body)
            and body[index + 1].text == "##"
            and self._macro.parameters is not None
            and body[index + 2].text == self._macro.parameters[-1]
        )

    def _comma(self, body: tuple[Token, ...], index: int, out: list[Token]) -> int:
        name = body[index + 2].text
        argument = self._arguments[name]
        if argument.missing or not argument.tokens:
            out.append(_PLACEMARKER)
        else:
            out.append(body[index])
            out.extend(self._argument(name, body[index + 2], raw=False))
        return index + 3


def _parenthesised(body: tuple[Token, ...], index: int) -> tuple[tuple[Token, ...], int]:
    depth = 0
    for position in range(index, len(body)):
        if body[position].text == "(":
            depth += 1
        elif body[position].text == ")":
            depth -= 1
            if depth == 0:
                return body[index + 1 : position], position + 1
    return body[index + 1 :], len(body)
