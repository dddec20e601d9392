"""`#[cfg(...)]` and `cfg!(...)`: which parts of a program are there.

predicate = "all" "(" list ")" | "any" "(" list ")" | "not" "(" predicate ")"
          | "true" | "false" | name | name "=" string
"""

from collections.abc import Sequence

from freehold.rust import ast
from freehold.rust.token import Delimited, Kind, Token, TokenTree

# Those of rustc's debug build on x86-64 Linux.
_SET = frozenset({"debug_assertions", "unix", "overflow_checks", "true"})
_PAIRS = {
    "target_os": ("linux",),
    "target_family": ("unix",),
    "target_arch": ("x86_64",),
    "target_pointer_width": ("64",),
    "target_endian": ("little",),
    "target_env": ("gnu",),
    "target_vendor": ("unknown",),
    "target_has_atomic": ("8", "16", "32", "64", "ptr"),
    "panic": ("unwind",),
}


def holds(its: Sequence[TokenTree]) -> bool:
    """Return whether a predicate holds; what cannot be read does not."""
    if not its or not isinstance(its[0], Token):
        return False
    name = its[0].text
    if len(its) > 1 and isinstance(its[1], Delimited):
        answers = [holds(one) for one in _list(its[1].trees)]
        if name == "all":
            return all(answers)
        if name == "any":
            return any(answers)
        return name == "not" and len(answers) == 1 and not answers[0]
    if len(its) > 2 and isinstance(its[2], Token) and its[2].kind is Kind.STR:
        return its[2].text[1:-1] in _PAIRS.get(name, ())
    return name in _SET


def _list(its: Sequence[TokenTree]) -> list[list[TokenTree]]:
    parts: list[list[TokenTree]] = [[]]
    for tree in its:
        if isinstance(tree, Token) and tree.text == "," and tree.kind is Kind.PUNCT:
            parts.append([])
        else:
            parts[-1].append(tree)
    return [part for part in parts if part]


def present(attributes: Sequence[ast.Attribute]) -> bool:
    """Return whether what carries these attributes is in the program."""
    return all(
        one.arguments is None or holds(one.arguments.trees)
        for one in attributes
        if one.name == "cfg"
    )
