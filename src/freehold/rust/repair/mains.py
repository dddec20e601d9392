"""The function `main`: of statements that stand outside, of several, of none."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from freehold.diagnostics.edits import Edit
from freehold.rust import ast
from freehold.rust.lex import lex
from freehold.rust.repair.outline import Piece, Role, outline
from freehold.rust.repair.snippet import Snippet
from freehold.rust.token import Kind
from freehold.source import Source


def wrap_statements(draft: Snippet) -> None:
    """Put a `main` around statements that stand outside of any function."""
    edits: list[Edit] = []
    for region in _regions(outline(draft.tokens())):
        start, end = region[0].start, region[-1].end
        draft.say("statements outside of any function are put into a `main`", start, region[0].end)
        fails = any(token.text == "?" for token in draft.tokens() if start <= token.start < end)
        head = "fn main() -> Result<(), Box<dyn std::error::Error>> {" if fails else "fn main() {"
        edits.append(Edit(start, start, f"{head} "))
        last = draft.text[start:end].rstrip()
        semicolon = "" if last.endswith((";", "}")) else ";"
        edits.append(Edit(end, end, f"{semicolon} Ok(()) }}" if fails else f"{semicolon} }}"))
    draft.apply(edits)


def _regions(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield rows of pieces from a first to a last statement.

    No `main` stands between, and nothing that defines a name again: a new snippet starts there.
    """
    region: list[Piece] = []
    waiting: list[Piece] = []
    known: set[str] = set()
    for piece in pieces:
        names = set(_names([piece]))
        if is_main(piece.item) or names & known:
            known.clear()
            if region:
                yield region
            region, waiting = [], []
        known |= names
        if piece.role is Role.STATEMENT:
            region += [*waiting, piece]
            waiting = []
        elif region and not is_main(piece.item):
            waiting.append(piece)
    if region:
        yield region


def is_main(item: ast.Item | None) -> bool:
    """Tell whether an item is the function `main`, not one of several that `cfg` chooses from."""
    if not isinstance(item, ast.Function) or item.ident.name != "main":
        return False
    return all(one.name != "cfg" for one in item.attributes)


def one_main(draft: Snippet) -> None:
    """Make one `main` of several, or of none."""
    if sum(map(is_main, draft.tree().items)) == 1:
        return
    pieces = outline(draft.tokens())
    mains = [index for index, piece in enumerate(pieces) if is_main(piece.item)]
    if len(mains) > 1:
        _join(draft, pieces, mains)
    elif not mains and not _is_library(draft, pieces):
        line = "" if draft.text.endswith("\n") else "\n"
        draft.say("there is no `main`: an empty one is added", pieces[-1].end)
        draft.apply([Edit(len(draft.text), len(draft.text), f"{line}fn main() {{}}\n")])


def _is_library(draft: Snippet, pieces: Sequence[Piece]) -> bool:
    """Tell whether a text is meant to have no `main`: it has tests, or says what it is."""
    its = [piece.item for piece in pieces if piece.item is not None]
    attributes = [one.name for item in its for one in item.attributes]
    attributes += [one.name for one in draft.tree().attributes]
    says_so = not {"test", "crate_type", "no_main"}.isdisjoint(attributes)
    has_main = any(isinstance(item, ast.Function) and item.ident.name == "main" for item in its)
    return not its or says_so or has_main


def _join(draft: Snippet, pieces: Sequence[Piece], mains: Sequence[int]) -> None:
    """Run the `main`s one after the other.

    Each belongs to a snippet: what stands in front of it, up to the one before. Where snippets
    define the same names, each but the first becomes a module.
    """
    ends = [*(index + 1 for index in mains[:-1]), len(pieces)]
    snippets = [pieces[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]
    names = [frozenset(_names(snippet)) for snippet in snippets]
    clash = any(names[i] & names[j] for i in range(len(names)) for j in range(i))
    what = f"there are {len(mains)} `main`s: they run one after the other"
    draft.say(f"{what}, each in a module of its own" if clash else what, pieces[mains[1]].start)
    heads = [pieces[main] for main in mains]
    edits, calls, closings = (_modules if clash else _renamed)(draft, snippets, heads)
    body = "".join(f" {call}();" for call in calls)
    line = "" if draft.text.endswith("\n") else "\n"
    last = f"{line}{closings}fn main() {{{body} }}\n"
    draft.apply([*edits, Edit(len(draft.text), len(draft.text), last)])


_Joined = tuple[list[Edit], list[str], str]


def _renamed(
    draft: Snippet, snippets: Sequence[Sequence[Piece]], mains: Sequence[Piece]
) -> _Joined:
    """Give each `main` a number."""
    calls = [f"main_{number}" for number in range(1, len(mains) + 1)]
    edits = [_rename(main, call) for main, call in zip(mains, calls, strict=True)]
    return edits, calls, ""


def _modules(
    draft: Snippet, snippets: Sequence[Sequence[Piece]], mains: Sequence[Piece]
) -> _Joined:
    """Make modules of all snippets but the first.

    One that uses what an earlier one defines goes inside of that one's module.
    """
    edits = [_rename(mains[0], "main_1")]
    calls = ["main_1"]
    opened: list[tuple[str, frozenset[str]]] = [("", frozenset(_names(snippets[0])))]
    for number, (snippet, main) in enumerate(zip(snippets[1:], mains[1:], strict=True), 2):
        start = snippet[0].start
        own = frozenset(_names(snippet))
        depth = _depth(opened, _used(draft.text[start : snippet[-1].end]) - own)
        closing = "} " * (len(opened) - max(depth, 1))
        del opened[max(depth, 1) :]
        opened.append((f"part_{number}::", own))
        imports = " use super::*;" if depth else ""
        edits.append(Edit(start, start, f"{closing}pub mod part_{number} {{{imports} "))
        if not draft.text.startswith("pub ", main.start):
            edits.append(Edit(main.start, main.start, "pub "))
        calls.append("".join(name for name, _ in opened) + "main")
    return edits, calls, "} " * (len(opened) - 1)


def _depth(opened: Sequence[tuple[str, frozenset[str]]], needed: frozenset[str]) -> int:
    """Return how many of the open modules a snippet has to be inside of."""
    depth = 0
    for index, (_, names) in enumerate(opened, 1):
        if needed & names:
            depth = index
    return depth


def _used(text: str) -> frozenset[str]:
    """Return the names that a text uses; the start of a path counts, not its rest."""
    tokens = lex(Source("", text))[0]
    return frozenset(
        token.text
        for before, token in pairwise(tokens)
        if token.kind is Kind.IDENT and before.text not in ("::", ".")
    )


def _rename(main: Piece, name: str) -> Edit:
    assert isinstance(main.item, ast.Function)
    span = main.item.ident.span
    return Edit(span.start, span.end, name)


def _names(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the names that pieces define or import."""
    for piece in pieces:
        match piece.item:
            case ast.Use(tree=tree):
                yield from _imports(tree)
            case ast.Impl() | ast.ExternBlock() | ast.MacroItem() | None:
                pass
            case ast.Function() as function:
                if not is_main(piece.item):
                    yield function.ident.name
            case item:
                yield item.ident.name


def _imports(tree: ast.UseTree) -> Iterator[str]:
    match tree:
        case ast.UseSimple(path=path, rename=rename):
            yield path.segments[-1].ident.name if rename is None else rename.name
        case ast.UseGroup(trees=trees):
            for one in trees:
                yield from _imports(one)
        case ast.UseGlob():
            pass
