"""What only macro expansion makes."""

from typing import TYPE_CHECKING

from freehold.rust.ast.base import Ident, Node, node
from freehold.rust.ast.types import TypeExpr

if TYPE_CHECKING:
    from freehold.rust.ast.expressions import Expr


@node
class FormatArgument(Node):
    """An argument of a format; `name` is set for `name = value` and for captured `{name}`."""

    name: str | None
    value: "Expr"


@node
class FormatText(Node):
    """Text between placeholders, `{{` already read."""

    text: str


@node
class FormatCount(Node):
    """A width or precision: a number, or (`is_argument`) the index of an argument."""

    value: int
    is_argument: bool


@node
class FormatPlaceholder(Node):
    """`{argument:fill<+#0width.precision trait}`; `argument` is an index into the arguments.

    `trait` is `Display`, `Debug`, `LowerHex`, `UpperHex`, `Octal`, `Binary`, `Pointer`, `LowerExp`
    or `UpperExp`; `align` "", `<`, `^` or `>`; `sign` "", `+` or `-`; `debug_hex` "", `x` or `X`.
    """

    argument: int
    trait: str
    fill: str = " "
    align: str = ""
    sign: str = ""
    alternate: bool = False
    zero: bool = False
    debug_hex: str = ""
    width: FormatCount | None = None
    precision: FormatCount | None = None


FormatPiece = FormatText | FormatPlaceholder


@node
class FormatArgs(Node):
    """What `format_args!` expands to: a value of `core::fmt::Arguments`. Each argument once."""

    pieces: tuple[FormatPiece, ...]
    arguments: tuple[FormatArgument, ...]


@node
class OffsetOf(Node):
    """What `offset_of!(Type, a.b)` expands to."""

    type: TypeExpr
    fields: tuple[Ident, ...]
