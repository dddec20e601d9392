"""Reading the line of a `#define` (C11 6.10.3)."""

from freehold.c.pp.macro import Macro, closing, take_apart
from freehold.c.pp.report import Report
from freehold.c.token import Kind, Token
from freehold.records import dataclass

# Names that no macro may take, nor `#undef` take away.
RESERVED = frozenset({"defined", "__has_include", "__has_include_next", "_Pragma"})


class _Malformed(Exception):
    """The line defines nothing: `what` is wrong at `at`."""

    def __init__(self, at: Token, what: str) -> None:
        super().__init__(what)
        self.at, self.what = at, what


@dataclass(frozen=True, slots=True)
class _Parameters:
    names: tuple[str, ...]
    variadic: bool
    end: int  # where the replacement list starts


def read_definition(name: Token, line: list[Token], report: Report) -> Macro | None:
    """Return the macro that `line` defines; None, and a report, if it is malformed.

    `name` is the directive's own name, for a place to complain about.
    """
    try:
        return _read(name, line, report)
    except _Malformed as error:
        report.error(error.at, error.what)
        return None


def macro_to_undefine(name: Token, line: list[Token], report: Report) -> Token | None:
    """Return the token that an `#undef` names; None, and a report, if there is none."""
    try:
        return _macro_name(name, line, report)
    except _Malformed as error:
        report.error(error.at, error.what)
        return None


# define = identifier ("(" parameters? ")")? token*      with no blank before the parenthesis
def _read(name: Token, line: list[Token], report: Report) -> Macro:
    target = _macro_name(name, line, report)
    parameters = None
    start = 1
    if len(line) > 1 and line[1].text == "(" and not line[1].space:
        parameters = _parameters(line, report)
        start = parameters.end
    elif len(line) > 1 and not line[1].space:
        report.pedwarn(line[1], "ISO C wants a blank between a macro's name and its replacement")
    names = parameters.names if parameters else None
    variadic = parameters is not None and parameters.variadic
    body = tuple(line[start:])
    _check(body, names, report, variadic=variadic)
    replacement, simple = take_apart(body, names, variadic=variadic)
    return Macro(target.text, names, variadic, body, replacement, simple, target)


def _macro_name(name: Token, line: list[Token], report: Report) -> Token:
    """Return the token that `#define` or `#undef` names."""
    if not line:
        raise _Malformed(name, f"no macro name after #{name.text}")
    target = line[0]
    if target.kind is not Kind.IDENT:
        raise _Malformed(target, "a macro's name must be an identifier")
    if target.text in RESERVED:
        raise _Malformed(target, f"`{target.text}` cannot be the name of a macro")
    if target.text == "__VA_ARGS__":
        report.pedwarn(target, "`__VA_ARGS__` stands only in variadic macros")
    return target


# parameters = identifier ("," identifier)* ("," "...")? | identifier "..." | "..."
def _parameters(line: list[Token], report: Report) -> _Parameters:
    names: list[str] = []
    index = 2
    if index < len(line) and line[index].text == ")":
        return _Parameters((), variadic=False, end=index + 1)
    while True:
        token = line[index] if index < len(line) else line[-1]
        variadic = index < len(line) and token.text == "..."
        if variadic:
            names.append("__VA_ARGS__")
        elif index >= len(line) or token.kind is not Kind.IDENT:
            raise _Malformed(token, "a macro's parameter must be an identifier")
        elif token.text in names:
            raise _Malformed(token, f"two parameters are called `{token.text}`")
        else:
            if token.text == "__VA_ARGS__":
                report.pedwarn(token, "`__VA_ARGS__` stands only in variadic macros")
            names.append(token.text)
            if index + 1 < len(line) and line[index + 1].text == "...":
                variadic = True
                index += 1
                report.pedantic(token, "ISO C has no named variadic parameters")
        index += 1
        follows = line[index].text if index < len(line) else ""
        if follows == ")":
            return _Parameters(tuple(names), variadic, end=index + 1)
        if follows != "," or variadic:
            at = line[min(index, len(line) - 1)]
            wanted = "`)`" if variadic else "`,` or `)`"
            raise _Malformed(at, f"{wanted} expected in a macro's parameter list")
        index += 1


def _check(
    body: tuple[Token, ...], names: tuple[str, ...] | None, report: Report, *, variadic: bool
) -> None:
    """Complain about a malformed replacement list."""
    if body and "##" in {body[0].text, body[-1].text}:
        at = body[0] if body[0].text == "##" else body[-1]
        raise _Malformed(at, "`##` at an end of a macro's replacement list")
    parameters = set(names or ())
    for index, token in enumerate(body):
        if token.text == "#" and names is not None:
            operand = body[index + 1].text if index + 1 < len(body) else ""
            if operand not in parameters and not (operand == "__VA_OPT__" and variadic):
                raise _Malformed(token, "`#` is not followed by a parameter")
        elif token.text == "__VA_OPT__" and variadic:
            _check_optional(body, index)
        elif token.text == "__VA_ARGS__" and "__VA_ARGS__" not in parameters:
            report.pedwarn(token, "`__VA_ARGS__` stands only in variadic macros")


def _check_optional(body: tuple[Token, ...], index: int) -> None:
    opened = index + 1 < len(body) and body[index + 1].text == "("
    close = closing(body, index + 1) if opened else -1
    if close < 0:
        raise _Malformed(body[index], "`__VA_OPT__` takes tokens in parentheses")
    inside = body[index + 2 : close]
    if any(token.text == "__VA_OPT__" for token in inside):
        raise _Malformed(body[index], "`__VA_OPT__` stands in itself")
    if inside and "##" in {inside[0].text, inside[-1].text}:
        raise _Malformed(body[index], "`##` at an end of `__VA_OPT__`")
