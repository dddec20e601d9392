"""What stands at the top of a text, read piece by piece: items, statements, neither."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TypeVar

from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.depth import deep_recursion
from freehold.rust.parse.faults import Fault, Hopeless
from freehold.rust.parse.items import Items
from freehold.rust.token import Kind, Token

_T = TypeVar("_T")


class Role(Enum):
    """What a piece is."""

    ITEM = "item"
    STATEMENT = "statement"  # one that stands outside of any function
    FUNCTION = "function"  # one without its `fn`
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text at `start..end`; `item` is set for an ITEM."""

    role: Role
    start: int
    end: int
    item: ast.Item | None = None


# Macros whose calls are statements, though they would do as items for the grammar.
_ACTIONS = frozenset(
    """
    print println eprint eprintln dbg assert assert_eq assert_ne debug_assert debug_assert_eq panic
    vec format write writeln unreachable todo unimplemented matches
    """.split()  # noqa: SIM905  a list of words
)


def outline(tokens: Sequence[Token]) -> list[Piece]:
    """Return the pieces of a text, in order."""
    parser = Items(tokens)
    pieces: list[Piece] = []
    with deep_recursion():
        _try(parser, parser.inner_attributes)
        while parser.kinds[parser.at] != Kind.END:
            pieces.append(_piece(parser))
    return pieces


def _piece(parser: Items) -> Piece:
    begin = parser.at
    start = parser.tokens[begin].start

    def item() -> ast.Item:
        return parser.item(parser.attributes(), begin)

    if _headless(parser):
        _step_over_function(parser)
        return Piece(Role.FUNCTION, start, _end(parser))
    made = _try(parser, item)
    if made is not None and not acts(made):
        return Piece(Role.ITEM, start, _end(parser), made)
    parser.at = begin
    if _try(parser, parser.statement) is not None:
        return Piece(Role.STATEMENT, start, _end(parser))
    if _try(parser, parser.bare_statement) is not None and parser.kinds[parser.at] == Kind.END:
        return Piece(Role.STATEMENT, start, _end(parser))  # the last may lack its `;`
    parser.at = begin
    _step_over_line(parser)
    return Piece(Role.UNKNOWN, start, _end(parser))


def _end(parser: Items) -> int:
    return parser.tokens[parser.at - 1].end


def _try(parser: Items, rule: Callable[[], _T]) -> _T | None:
    """Return what `rule` parses, or None if it reports anything; it is forgotten then."""
    before = parser.at, parser.depth
    try:
        made = rule()
    except (Fault, Hopeless):
        made = None
    if parser.found or made is None:
        parser.at, parser.depth = before
        parser.found.clear()
        parser.errors, parser.last_error = 0, -1
        parser.no_struct = parser.let_ok = False
        return None
    return made


def acts(item: ast.Item) -> bool:
    """Tell whether an item is a macro call that is meant as a statement."""
    if not isinstance(item, ast.MacroItem):
        return False
    return item.call.path.segments[-1].ident.name in _ACTIONS


# headless = name generics? "(" token* ")" ("->" type)? "{"
def _headless(parser: Items) -> bool:
    """Tell whether a function without its `fn` stands here."""
    at = parser.at
    texts, kinds = parser.texts, parser.kinds
    while texts[at] in ("pub", "async", "unsafe", "const"):
        at += 1
    if kinds[at] != Kind.IDENT or texts[at + 1] != "(":
        return False
    at = parser.past_tree(at + 1)
    if texts[at] == "->":
        while texts[at] not in ("{", ";", "}", ""):
            at += 1
    return texts[at] == "{"


def _step_over_function(parser: Items) -> None:
    while parser.texts[parser.at] != "{":
        parser.at = parser.past_tree(parser.at)
    parser.at = parser.past_tree(parser.at)


def _step_over_line(parser: Items) -> None:
    """Step over what cannot be read: to a `;`, behind a block, or to the next line."""
    first = True
    while parser.kinds[parser.at] != Kind.END and (first or not parser.on_new_line()):
        text = parser.texts[parser.at]
        parser.at = parser.past_tree(parser.at) if text != "" else parser.at
        first = False
        if text in (";", "{"):
            return
