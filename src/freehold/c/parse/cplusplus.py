"""Recognises C++ where C stopped making sense, to say so by name instead of as a syntax error.

Asked only after a syntax error: each of these words is a fine identifier in C.
"""

from collections.abc import Callable, Sequence

_ALLOCATE = "C allocates with `malloc(size)`, and tests the result against NULL"
_RELEASE = "C releases with `free(pointer)`"
_STRUCT = "C has `struct` with data members, and functions that take a pointer to it"
_POINTER = "C has pointers: `type *name`, and `&object` where it is called"
_HEADER = "C prints with `printf` from <stdio.h>"
_INPUT = "C reads with `scanf` or `fgets` from <stdio.h>"
_PREFIX = "C has no namespaces: names carry a prefix instead"
_CAST = "C casts with `(type)value`"
_ERRORS = "C reports failure through return values"
_MACRO = "C has `_Generic` and macros instead"

_WORDS = {
    "class": _STRUCT,
    "new": _ALLOCATE,
    "delete": _RELEASE,
    "template": _MACRO,
    "typename": _MACRO,
    "namespace": _PREFIX,
    "using": _PREFIX,
    "std": _PREFIX,
    "cout": _HEADER,
    "cerr": _HEADER,
    "clog": _HEADER,
    "cin": _INPUT,
    "public": _STRUCT,
    "private": _STRUCT,
    "protected": _STRUCT,
    "virtual": "C has pointers to functions as members",
    "operator": "C has no overloaded operators",
    "friend": _STRUCT,
    "try": _ERRORS,
    "catch": _ERRORS,
    "throw": _ERRORS,
    "static_cast": _CAST,
    "const_cast": _CAST,
    "dynamic_cast": _CAST,
    "reinterpret_cast": _CAST,
    "constexpr": "C has `enum` constants and `static const` objects",
}

# Those that are C++ whatever is declared, if this follows.
_FOLLOWED = {"template": "<"}

STREAMS = frozenset(("cout", "cerr", "clog", "cin"))

Known = Callable[[str], bool]


def recognise(texts: Sequence[str], at: int, is_declared: Known) -> tuple[int, str, str] | None:
    """Say what C++ the syntax error at token `at` comes from: (token, name of it, help)."""
    if texts[at] == "&" and at and (texts[at - 1].isidentifier() or texts[at - 1] == ">"):
        return at, "reference", _POINTER
    if texts[at] == ":" and (texts[at - 1] == ":" or texts[at + 1] == ":"):
        return at, "::", _PREFIX
    if texts[at].startswith('"C') and at and texts[at - 1] == "extern":
        return at, 'extern "C"', "a C compiler needs no linkage specification: leave it out"
    for index in (at, at - 1, at - 2, at + 1):
        word = texts[index] if 0 <= index < len(texts) else ""
        if word not in _WORDS:
            continue
        if not is_declared(word) or _FOLLOWED.get(word) == texts[index + 1]:
            return index, word, _WORDS[word]
    return None


def stream_help(name: str) -> str:
    """Return what C has instead of the stream `name`."""
    return _WORDS[name]
