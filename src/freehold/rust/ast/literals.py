"""Literals, decoded."""

from freehold.rust.ast.base import Node, node


@node
class IntLiteral(Node):
    """An integer; `suffix` is "" if none was written. `1f32` is a FloatLiteral."""

    value: int
    suffix: str = ""


@node
class FloatLiteral(Node):
    """A float: `text` without underscores and suffix, as Python's `float` reads it."""

    text: str
    suffix: str = ""


@node
class BoolLiteral(Node):
    """`true` or `false`."""

    value: bool


@node
class CharLiteral(Node):
    """`'x'`."""

    value: str


@node
class ByteLiteral(Node):
    """`b'x'`."""

    value: int


@node
class StrLiteral(Node):
    """A string, decoded. `raw`: no escapes. `prefix`: characters up to and with the quote.

    With `raw`, character i of the value stands at `span.start + prefix + i` (but for the CR of a
    CR LF); `freehold.rust.lex.string_offsets` gives the places of the characters of any token.
    """

    value: str
    raw: bool = False
    prefix: int = 1


@node
class ByteStrLiteral(Node):
    """`b"..."`, `br"..."`."""

    value: bytes


@node
class CStrLiteral(Node):
    """`c"..."`, `cr"..."`, without the final NUL."""

    value: bytes


Literal = (
    IntLiteral
    | FloatLiteral
    | BoolLiteral
    | CharLiteral
    | ByteLiteral
    | StrLiteral
    | ByteStrLiteral
    | CStrLiteral
)
