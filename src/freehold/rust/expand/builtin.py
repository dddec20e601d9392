"""The built-in macros: each gives an expression for a call."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from freehold.rust import ast, configuration, parse
from freehold.rust.expand import formats
from freehold.rust.expand.stringify import text_of
from freehold.rust.literals import string_offsets
from freehold.rust.token import Kind, ParsedFragment, Token, end_of_tree
from freehold.source import Span

if TYPE_CHECKING:
    from freehold.rust.expand.expander import Expander


class BadCall(Exception):
    """A call that a built-in macro refuses: where, and why."""

    def __init__(self, span: Span, why: str, label: str = "") -> None:
        """Note the place and the reason."""
        super().__init__(why)
        self.span = span
        self.why = why
        self.label = label


class UnknownCall(Exception):
    """A call of a macro that std has and we do not support: where, and what."""

    def __init__(self, span: Span, what: str) -> None:
        """Note the place and the macro."""
        super().__init__(what)
        self.span = span
        self.what = what


def _arguments(call: ast.MacroCall) -> list[list[Token]]:
    """Split the tokens of a call at the commas between its arguments; one at the end is ignored."""
    parts: list[list[Token]] = [[]]
    tokens, at = call.body.tokens, 0
    generic = any(each.text == "<" for each in tokens)
    while at < len(tokens):
        if generic and not parts[-1]:
            parts[-1] += tokens[at : _end_of_argument(tokens, at)]
            at += len(parts[-1])
            continue
        end = end_of_tree(tokens, at)
        if tokens[at].text == "," and tokens[at].kind is Kind.PUNCT:
            parts.append([])
        else:
            parts[-1] += tokens[at:end]
        at = end
    if not parts[-1]:
        parts.pop()
    return parts


def _end_of_argument(tokens: Sequence[Token], at: int) -> int:
    """Return where the expression at `at` ends: `a::<B, C>()` has a comma of its own."""
    named = at + 1 < len(tokens) and tokens[at + 1].text == "="
    parsed = parse.parse_fragment("expr", tokens, at + 2 if named else at)
    return end_of_tree(tokens, at) if parsed is None or parsed[1] <= at else parsed[1]


def _expression(x: "Expander", tokens: Sequence[Token], span: Span) -> ast.Expr:
    made = x.parsed(parse.parse_expr(tokens, span))
    return ast.ErrorExpr(span) if made is None else x.node(made)


def _literal(x: "Expander", tokens: Sequence[Token], span: Span) -> ast.Expr:
    """Return an argument that must be a literal, once macros in it are expanded."""
    value = _expression(x, tokens, span)
    while isinstance(value, ast.Paren):
        value = value.inner
    return value


# ---------------------------------------------------------------------------------------- formats


def _format_args(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    return _format(x, call, newline=False)


def _format_args_nl(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    return _format(x, call, newline=True)


def _format(x: "Expander", call: ast.MacroCall, *, newline: bool) -> ast.Expr:
    its = _arguments(call)
    if not its:
        raise BadCall(call.span, "requires at least a format string argument")
    first = its[0]
    literal = _literal(x, first, call.span)
    if not isinstance(literal, ast.StrLiteral):
        if isinstance(literal, ast.ErrorExpr):
            return literal
        raise BadCall(literal.span, "format argument must be a string literal")
    arguments = [_format_argument(x, tokens) for tokens in its[1:]]
    _check_order(arguments)
    token = _string_token(first)
    mark = token.mark if token is not None else 0
    place = _places(literal, token)
    try:
        made = formats.read_format(literal, arguments, call.span, place, mark)
    except formats.BadFormat as bad:
        raise BadCall(bad.span, bad.why, bad.label) from bad
    if newline:
        made = _with_newline(made)
    return made


def _with_newline(made: ast.FormatArgs) -> ast.FormatArgs:
    pieces = list(made.pieces)
    if pieces and isinstance(pieces[-1], ast.FormatText):
        pieces[-1] = ast.FormatText(pieces[-1].span, pieces[-1].text + "\n")
    else:
        pieces.append(ast.FormatText(made.span, "\n"))
    return ast.FormatArgs(made.span, tuple(pieces), made.arguments)


def _check_order(arguments: Sequence[ast.FormatArgument]) -> None:
    named: set[str] = set()
    for one in arguments:
        if one.name is None and named:
            raise BadCall(one.span, "positional arguments cannot follow named arguments")
        if one.name in named:
            raise BadCall(one.span, f"duplicate argument named `{one.name}`")
        if one.name is not None:
            named.add(one.name)


def _format_argument(x: "Expander", tokens: list[Token]) -> ast.FormatArgument:
    name = None
    span = tokens[0].span.to(tokens[-1].span) if tokens else None
    if span is None:
        raise BadCall(x.nowhere, "expected expression, found `,`")
    names = tokens[0].kind in (Kind.IDENT, Kind.RAW_IDENT)
    if names and len(tokens) > 1 and tokens[1].text == "=" and tokens[1].kind is Kind.PUNCT:
        name, tokens = tokens[0].text, tokens[2:]
    return ast.FormatArgument(span, name, _expression(x, tokens, span))


def _string_token(tokens: Sequence[Token]) -> Token | None:
    """Return the token that a format string is, if it is one as written."""
    while len(tokens) == 1 and isinstance(tokens[0], ParsedFragment):
        tokens = tokens[0].tokens
    if len(tokens) == 1 and tokens[0].kind in (Kind.STR, Kind.RAW_STR):
        return tokens[0]
    return None


def _places(literal: ast.StrLiteral, token: Token | None) -> Callable[[int, int], Span]:
    """Return what gives the span of characters i to j of a literal."""
    whole = literal.span
    if token is None:
        return lambda _start, _end: whole
    offsets = string_offsets(token)

    def place(start: int, end: int) -> Span:
        last = len(offsets) - 1
        return Span(
            whole.source,
            whole.start + offsets[min(start, last)],
            whole.start + offsets[min(end, last)],
            whole.expansion,
        )

    return place


# ---------------------------------------------------------------------------------------- strings


def _stringify(_x: "Expander", call: ast.MacroCall) -> ast.Expr:
    return ast.StrLiteral(call.span, text_of(call.body.tokens), raw=True, prefix=0)


def _concat(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    out: list[str] = []
    for tokens in _arguments(call):
        value = _literal(x, tokens, call.span)
        negative = isinstance(value, ast.Unary) and value.op == "-"
        if negative:
            assert isinstance(value, ast.Unary)
            value = value.operand
        match value:
            case ast.StrLiteral() | ast.CharLiteral() | ast.IntLiteral():
                text = str(value.value)
            case ast.BoolLiteral():
                text = "true" if value.value else "false"
            case ast.FloatLiteral():
                text = value.text
            case ast.ErrorExpr():
                return value
            case _:
                raise BadCall(value.span, "expected a literal")
        out.append(("-" if negative else "") + text)
    return ast.StrLiteral(call.span, "".join(out), raw=True, prefix=0)


def _string_argument(x: "Expander", call: ast.MacroCall) -> str:
    its = _arguments(call)
    value = _literal(x, its[0], call.span) if its else None
    if not isinstance(value, ast.StrLiteral):
        raise BadCall(call.span, "argument must be a string literal")
    return value.value


def _compile_error(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    raise BadCall(call.span, _string_argument(x, call))


def _env(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    name = _string_argument(x, call)
    raise BadCall(call.span, f"environment variable `{name}` not defined at compile time")


def _option_env(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    _string_argument(x, call)
    return ast.Call(call.span, _path(call.span, "$std", "env", "not_built_with"), ())


def _unread(_x: "Expander", call: ast.MacroCall) -> ast.Expr:
    name = call.path.segments[-1].ident.name
    raise UnknownCall(call.span, f"`{name}!`")


# ------------------------------------------------------------------------------------------ places


def _line(_x: "Expander", call: ast.MacroCall) -> ast.Expr:
    return ast.IntLiteral(call.span, call.span.outermost().line, "u32")


def _column(_x: "Expander", call: ast.MacroCall) -> ast.Expr:
    return ast.IntLiteral(call.span, call.span.outermost().column, "u32")


def _file(_x: "Expander", call: ast.MacroCall) -> ast.Expr:
    return ast.StrLiteral(call.span, call.span.outermost().source.name, raw=True, prefix=0)


def _module_path(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    return ast.StrLiteral(call.span, "::".join([x.name, *x.modules]), raw=True, prefix=0)


def _cfg(_x: "Expander", call: ast.MacroCall) -> ast.Expr:
    return ast.BoolLiteral(call.span, configuration.holds(call.body.trees))


# ------------------------------------------------------------------------------------------ memory


def _addr_of(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    mutable = call.path.segments[-1].ident.name.endswith("mut")
    operand = _expression(x, call.body.tokens, call.span)
    return ast.RawBorrow(call.span, mutable, operand)


def _offset_of(x: "Expander", call: ast.MacroCall) -> ast.Expr:
    its = _arguments(call)
    if len(its) != 2:
        raise BadCall(call.span, "offset_of! takes a type and a field")
    kind = x.parsed(parse.parse_type(its[0], call.span))
    if kind is None:
        return ast.ErrorExpr(call.span)
    fields = tuple(
        ast.Ident(token.span, part, token.mark)
        for token in its[1]
        if token.kind is not Kind.PUNCT
        for part in token.text.split(".")
    )
    return ast.OffsetOf(call.span, x.node(kind), fields)


def _path(span: Span, *names: str) -> ast.Expr:
    segments = tuple(ast.PathSegment(span, ast.Ident(span, name)) for name in names)
    return ast.PathExpr(span, ast.Path(span, segments))


Builtin = Callable[["Expander", ast.MacroCall], ast.Expr]

BUILTIN: dict[str, Builtin] = {
    "format_args": _format_args,
    "format_args_nl": _format_args_nl,
    "const_format_args": _format_args,
    "stringify": _stringify,
    "concat": _concat,
    "compile_error": _compile_error,
    "env": _env,
    "option_env": _option_env,
    "include": _unread,
    "include_str": _unread,
    "include_bytes": _unread,
    "asm": _unread,
    "global_asm": _unread,
    "naked_asm": _unread,
    "is_x86_feature_detected": _unread,
    "line": _line,
    "column": _column,
    "file": _file,
    "module_path": _module_path,
    "cfg": _cfg,
    "addr_of": _addr_of,
    "addr_of_mut": _addr_of,
    "offset_of": _offset_of,
}
