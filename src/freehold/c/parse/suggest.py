"""What to say to whoever names a type that does not exist, or writes another language."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

_HEADERS = {
    "bool": "stdbool.h",
    "size_t": "stddef.h",
    "ptrdiff_t": "stddef.h",
    "wchar_t": "stddef.h",
    "max_align_t": "stddef.h",
    "FILE": "stdio.h",
    "fpos_t": "stdio.h",
    "va_list": "stdarg.h",
    "time_t": "time.h",
    "clock_t": "time.h",
    "jmp_buf": "setjmp.h",
    "sigjmp_buf": "setjmp.h",
    "sig_atomic_t": "signal.h",
    "wint_t": "wchar.h",
    "mbstate_t": "wchar.h",
    "div_t": "stdlib.h",
    "ldiv_t": "stdlib.h",
    "ssize_t": "sys/types.h",
    "off_t": "sys/types.h",
    "pid_t": "sys/types.h",
    "uint": "sys/types.h",
    "char16_t": "uchar.h",
    "char32_t": "uchar.h",
} | {
    f"{sign}int{size}_t": "stdint.h"
    for sign in ("", "u")
    for size in ("8", "16", "32", "64", "max", "ptr", "_fast8", "_fast32", "_least8", "_least32")
}

_WORDS = ("int", "char", "void", "long", "short", "float", "double", "unsigned", "signed")
_KEYWORDS = (*_WORDS, "struct", "union", "enum", "const", "static", "extern", "typedef", "return")

# What C writes for what other languages have.
_OTHERS = {
    "and": "C writes `&&` (or `and`, from <iso646.h>)",
    "or": "C writes `||` (or `or`, from <iso646.h>)",
    "not": "C writes `!` (or `not`, from <iso646.h>)",
    "elif": "C writes `else if`",
    "elsif": "C writes `else if`",
    "elseif": "C writes `else if`",
    "then": "C writes `if (condition) statement`, without `then`",
    "unless": "C writes `if (!condition)`",
    "let": "C writes the type: `int name = value;`",
    "var": "C writes the type: `int name = value;`",
    "function": "C writes the type of the result: `int name(parameters) { ... }`",
    "def": "C writes the type of the result: `int name(parameters) { ... }`",
    "fn": "C writes the type of the result: `int name(parameters) { ... }`",
}


def help_for_token(texts: Sequence[str], at: int) -> str:
    """Return the help for a syntax error at token `at`, "" if there is none."""
    pair = "".join(texts[max(at - 1, 0) : at + 1])
    if pair in ("=<", "=>"):
        return f"write `{pair[::-1]}`"
    if pair == "<>":
        return "C writes `!=`"
    for index in (at, at - 1):
        if index >= 0 and texts[index] in _OTHERS:
            return _OTHERS[texts[index]]
    return ""


def help_for_type(name: str, tags: Mapping[str, str], types: Iterable[str]) -> str:
    """Return the help for the unknown type `name`, given the tags and typedefs there are."""
    if name in _HEADERS:
        return f"`{name}` is declared in <{_HEADERS[name]}>"
    if name in tags:
        return f"write `{tags[name]} {name}`"
    if name in _OTHERS:
        return _OTHERS[name]
    close = get_close_matches(name, [*_KEYWORDS, *types], 1, 0.65)
    return f"did you mean `{close[0]}`?" if close else ""
