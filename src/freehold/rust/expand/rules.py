"""`macro_rules!`: from the body of a definition to rules, each a matcher and a transcriber.

A matcher and a transcriber are trees of the same four elements. Delimiters inside them are
elements of their own, so that both sides stay close to the flat tokens that they read and write.
"""

from collections.abc import Sequence

from freehold.records import dataclass
from freehold.rust.token import Delimited, Kind, Token, TokenTree
from freehold.source import Span

FRAGMENTS = frozenset(
    [
        "ident",
        "lifetime",
        "tt",
        "literal",
        "vis",
        "block",
        "stmt",
        "expr",
        "expr_2021",
        "pat",
        "pat_param",
        "ty",
        "path",
        "meta",
        "item",
    ]
)


@dataclass(frozen=True, slots=True)
class Exact:
    """A token that stands for itself."""

    token: Token


@dataclass(frozen=True, slots=True)
class Group:
    """Elements between delimiters."""

    open: Token
    elements: "tuple[Element, ...]"
    close: Token


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name:fragment` of a matcher, `$name` of a transcriber (`fragment` is then "")."""

    name: str
    fragment: str
    token: Token


@dataclass(frozen=True, slots=True)
class Repeat:
    """`$( elements ) separator op`, op one of `*`, `+`, `?`."""

    elements: "tuple[Element, ...]"
    separator: Token | None
    op: str
    span: Span


Element = Exact | Group | Variable | Repeat


@dataclass(frozen=True, slots=True)
class Rule:
    """One arm: `(matcher) => { transcriber }`. `variables` are the matcher's, with their depth."""

    matcher: tuple[Element, ...]
    transcriber: tuple[Element, ...]
    variables: dict[str, int]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro by rules. `standard`: our std defined it, so `$crate` leads there."""

    name: str
    rules: tuple[Rule, ...]
    span: Span
    standard: bool


class BadRules(Exception):
    """A definition that cannot be read: where, and why."""

    def __init__(self, span: Span, why: str) -> None:
        """Note the place and the reason."""
        super().__init__(why)
        self.span = span
        self.why = why


def read_macro(name: str, body: Delimited, span: Span, *, standard: bool) -> Macro:
    """Read the rules of a definition; raises `BadRules`."""
    # rules = rule (";" rule)* ";"? ; rule = delimited "=>" delimited
    rules: list[Rule] = []
    its = body.trees
    at = 0
    while at < len(its):
        left = its[at]
        if not isinstance(left, Delimited):
            raise BadRules(left.span, "expected a matcher in `(`, `[` or `{`")
        arrow = its[at + 1] if at + 1 < len(its) else None
        if not _is_punct(arrow, "=>"):
            raise BadRules(left.span, "expected `=>` after the matcher")
        right = its[at + 2] if at + 2 < len(its) else None
        if not isinstance(right, Delimited):
            raise BadRules(left.span, "expected a transcriber in `(`, `[` or `{`")
        rules.append(_rule(left, right))
        at += 3
        if at < len(its):
            if not _is_punct(its[at], ";"):
                raise BadRules(its[at].span, "expected `;` between rules")
            at += 1
    if not rules:
        raise BadRules(span, "macros must contain at least one rule")
    return Macro(name, tuple(rules), span, standard)


def _rule(left: Delimited, right: Delimited) -> Rule:
    matcher = _elements(left.trees, matching=True)
    variables: dict[str, int] = {}
    _declare(matcher, 0, variables)
    return Rule(matcher, _elements(right.trees, matching=False), variables, left.span)


def _declare(elements: Sequence[Element], depth: int, into: dict[str, int]) -> None:
    for element in elements:
        match element:
            case Variable(name, _, token):
                if name in into:
                    raise BadRules(token.span, "duplicate matcher binding")
                into[name] = depth
            case Group(_, inner):
                _declare(inner, depth, into)
            case Repeat(inner):
                _declare(inner, depth + 1, into)
            case Exact():
                pass


def _is_punct(tree: TokenTree | None, text: str) -> bool:
    return isinstance(tree, Token) and tree.kind is Kind.PUNCT and tree.text == text


def _elements(its: Sequence[TokenTree], *, matching: bool) -> tuple[Element, ...]:
    found: list[Element] = []
    at = 0
    while at < len(its):
        tree = its[at]
        if _is_punct(tree, "$") and at + 1 < len(its):
            element, at = _dollar(its, at, matching=matching)
            found.append(element)
            continue
        at += 1
        if isinstance(tree, Delimited):
            inner = _elements(tree.trees, matching=matching)
            found.append(Group(tree.open, inner, tree.close))
        else:
            found.append(Exact(tree))
    return tuple(found)


def _dollar(its: Sequence[TokenTree], at: int, *, matching: bool) -> tuple[Element, int]:
    """Read what follows a `$`; return the element and the index past it."""
    after = its[at + 1]
    if isinstance(after, Delimited):
        if after.delimiter != "(":
            raise BadRules(after.span, "metavariable expressions are unstable")
        return _repeat(its, at, after, matching=matching)
    if after.kind not in (Kind.IDENT, Kind.RAW_IDENT):
        raise BadRules(after.span, f"expected identifier, found `{after.text}`")
    if after.text == "crate" and after.kind is Kind.IDENT:
        return Exact(_crate(after)), at + 2
    if not matching:
        return Variable(after.text, "", after), at + 2
    if not _is_punct(its[at + 2] if at + 2 < len(its) else None, ":"):
        raise BadRules(after.span, "missing fragment specifier")
    kind = its[at + 3] if at + 3 < len(its) else None
    if not isinstance(kind, Token) or kind.kind is not Kind.IDENT:
        raise BadRules(after.span, "missing fragment specifier")
    if kind.text not in FRAGMENTS:
        raise BadRules(kind.span, f"invalid fragment specifier `{kind.text}`")
    return Variable(after.text, kind.text, after), at + 4


def _crate(token: Token) -> Token:
    made = token.marked(token.expansion, token.mark)
    made.text = "$crate"
    return made


def _repeat(
    its: Sequence[TokenTree], at: int, group: Delimited, *, matching: bool
) -> tuple[Element, int]:
    # repeat = "$" "(" element* ")" separator? ("*" | "+" | "?")
    inner = _elements(group.trees, matching=matching)
    at += 2
    separator: Token | None = None
    for _ in range(2):
        tree = its[at] if at < len(its) else None
        if not isinstance(tree, Token):
            break
        at += 1
        if tree.kind is Kind.PUNCT and tree.text in ("*", "+", "?"):
            return Repeat(inner, separator, tree.text, group.span), at
        if tree.kind is Kind.PUNCT and separator is None and tree.text[-1:] in "*+?":
            # The lexer takes the longest operator: `,*` is two tokens, but `=*` may be one.
            first, last = _split(tree)
            return Repeat(inner, first, last, group.span), at
        separator = tree
    raise BadRules(group.span, "expected one of: `*`, `+`, or `?`")


def _split(token: Token) -> tuple[Token, str]:
    first = token.marked(token.expansion, token.mark)
    first.text = token.text[:-1]
    return first, token.text[-1]
