"""Format strings: from the text of `format_args!` to pieces and arguments.

format      = (text | "{{" | "}}" | placeholder)*
placeholder = "{" argument? (":" spec)? ws* "}"
spec        = (fill? align)? sign? "#"? "0"? width? ("." precision)? type? ws*
width       = count ; precision = count | "*" ; count = integer | name "$" | integer "$"
type        = "" | "?" | "x?" | "X?" | "x" | "X" | "o" | "b" | "e" | "E" | "p"
"""

import re
from collections.abc import Callable

from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.source import Span

TRAITS = {
    "": "Display",
    "?": "Debug",
    "x?": "Debug",
    "X?": "Debug",
    "x": "LowerHex",
    "X": "UpperHex",
    "o": "Octal",
    "b": "Binary",
    "e": "LowerExp",
    "E": "UpperExp",
    "p": "Pointer",
}

_IDENT = r"(?:r\#)?[^\W\d]\w*"
_COUNT = rf"(?:{_IDENT}|\d+)\$|\d+"
_PLACEHOLDER = re.compile(
    rf"""\s*(?P<argument>{_IDENT}|\d+)?\s*
    (?P<colon>:
      (?:(?P<fill>.)?(?P<align>[<^>]))?
      (?P<sign>[+-])?(?P<alternate>\#)?(?P<zero>0(?!\$))?
      (?P<width>{_COUNT})?
      (?:\.(?P<precision>{_COUNT}|\*))?
      (?P<type>\w?\??)
    )?\s*""",
    re.VERBOSE | re.DOTALL,
)


class BadFormat(Exception):
    """A format string that is wrong: where, and why."""

    def __init__(self, span: Span, why: str, label: str = "") -> None:
        """Note the place and the reason."""
        super().__init__(why)
        self.span = span
        self.why = why
        self.label = label


@dataclass(slots=True)
class _Reader:
    """Reads one format string; `place` gives the span of characters i to j of it."""

    text: str
    place: Callable[[int, int], Span]
    mark: int
    arguments: list[ast.FormatArgument]
    explicit: int
    names: dict[str, int]
    used: set[int] = field(default_factory=set)
    pieces: list[ast.FormatPiece] = field(default_factory=list)
    next: int = 0

    def read(self) -> None:
        text, at, start, plain = self.text, 0, 0, []
        while at < len(text):
            char = text[at]
            if char in "{}" and text[at : at + 2] == char * 2:
                plain.append(text[start:at] + char)
                at = start = at + 2
            elif char == "{":
                self._text("".join(plain) + text[start:at], at)
                plain = []
                at = start = self._placeholder(at)
            elif char == "}":
                raise BadFormat(
                    self.place(at, at + 1), "invalid format string: unmatched `}` found"
                )
            else:
                at += 1
        self._text("".join(plain) + text[start:at], at)

    def _text(self, text: str, at: int) -> None:
        if text:
            self.pieces.append(ast.FormatText(self.place(max(at - len(text), 0), at), text))

    def _placeholder(self, at: int) -> int:
        found = _PLACEHOLDER.match(self.text, at + 1)
        assert found is not None
        end = found.end()
        if end >= len(self.text) or self.text[end] != "}":
            if "}" not in self.text[at:]:
                raise BadFormat(
                    self.place(at, at + 1),
                    "invalid format string: expected `}` but string was terminated",
                )
            wrong = self.text[end] if end < len(self.text) else "end"
            raise BadFormat(
                self.place(end, end + 1), f"invalid format string: expected `}}`, found `{wrong}`"
            )
        kind = found["type"] or ""
        if kind not in TRAITS:
            raise BadFormat(
                self.place(found.start("type"), found.end("type")), f"unknown format trait `{kind}`"
            )
        span = self.place(at, end + 1)
        precision = self._precision(found)
        argument = self._argument(found, span)
        self.pieces.append(
            ast.FormatPlaceholder(
                span,
                argument,
                TRAITS[kind],
                fill=found["fill"] or " ",
                align=found["align"] or "",
                sign=found["sign"] or "",
                alternate=bool(found["alternate"]),
                zero=bool(found["zero"]),
                debug_hex=kind[0] if kind in ("x?", "X?") else "",
                width=self._count(found, "width"),
                precision=precision,
            )
        )
        return end + 1

    def _argument(self, found: re.Match[str], span: Span) -> int:
        word = found["argument"]
        if word is None:
            index = self.next
            self.next += 1
            return self._positional(index, span)
        if word[0].isdigit():
            return self._positional(int(word), span)
        return self._named(word, self.place(found.start("argument"), found.end("argument")))

    def _positional(self, index: int, span: Span) -> int:
        if index >= self.explicit:
            raise BadFormat(span, self._too_few(index))
        self.used.add(index)
        return index

    def _too_few(self, index: int) -> str:
        if self.explicit == 0:
            given = "no arguments were given"
        else:
            plural = "" if self.explicit == 1 else "s"
            given = (
                f"there {'is' if self.explicit == 1 else 'are'} {self.explicit} argument{plural}"
            )
        wanted = len(re.findall(r"(?<!\{)\{(?!\{)\s*[:}]", self.text))
        if wanted <= self.explicit:
            return f"invalid reference to positional argument {index} ({given})"
        plural = "" if wanted == 1 else "s"
        given = given if self.explicit else given.replace("no arguments", "no arguments")
        return f"{wanted} positional argument{plural} in format string, but {given}"

    def _named(self, word: str, span: Span) -> int:
        name = word.removeprefix("r#")
        index = self.names.get(name)
        if index is None:  # captured from the scope
            ident = ast.Ident(span, name, self.mark)
            path = ast.Path(span, (ast.PathSegment(span, ident),))
            index = self.names[name] = len(self.arguments)
            self.arguments.append(ast.FormatArgument(span, name, ast.PathExpr(span, path)))
        self.used.add(index)
        return index

    def _count(self, found: re.Match[str], group: str) -> ast.FormatCount | None:
        word = found[group]
        if word is None:
            return None
        span = self.place(found.start(group), found.end(group))
        if not word.endswith("$"):
            return ast.FormatCount(span, int(word), is_argument=False)
        word = word[:-1]
        index = self._positional(int(word), span) if word.isdigit() else self._named(word, span)
        return ast.FormatCount(span, index, is_argument=True)

    def _precision(self, found: re.Match[str]) -> ast.FormatCount | None:
        if found["precision"] != "*":
            return self._count(found, "precision")
        # `.*` takes the next argument for the precision, before the one for the value.
        span = self.place(found.start("precision"), found.end("precision"))
        index = self._positional(self.next, span)
        self.next += 1
        return ast.FormatCount(span, index, is_argument=True)


def read_format(
    literal: ast.StrLiteral,
    arguments: list[ast.FormatArgument],
    span: Span,
    place: Callable[[int, int], Span],
    mark: int = 0,
) -> ast.FormatArgs:
    """Return the pieces of `literal` and its arguments; raises BadFormat.

    `place` gives the span of some characters of the string, `mark` is that of captured names.
    """
    explicit = len(arguments)
    names = {one.name: index for index, one in enumerate(arguments) if one.name is not None}
    reader = _Reader(literal.value, place, mark, list(arguments), explicit, names)
    reader.read()
    unused = [arguments[index] for index in range(explicit) if index not in reader.used]
    if unused:
        named = unused[0].name is not None
        why = ("named argument" if named else "argument") + " never used"
        if len(unused) > 1:
            why = "multiple unused formatting arguments"
        raise BadFormat(unused[0].span, why, "named argument never used" if named else why)
    return ast.FormatArgs(span, tuple(reader.pieces), tuple(reader.arguments))
