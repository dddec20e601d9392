"""Names that a text uses for what Rust has under another: pseudo-calls, and what is retired."""

import itertools
from collections.abc import Iterator

from freehold.diagnostics.edits import Edit
from freehold.rust.parse.faults import Fault
from freehold.rust.parse.items import Items
from freehold.rust.repair.snippet import Snippet
from freehold.rust.token import Kind, Token, end_of_tree

# What texts call the release of a value.
_RELEASES = ("dealloc", "free")


def read_releases(draft: Snippet) -> None:
    """Read `dealloc(x)` as `drop(x)`, unless the text has such a function."""
    tokens = draft.tokens()
    edits: list[Edit] = []
    for index, token in enumerate(tokens[:-2]):
        if token.text in _RELEASES and _calls_with_one(tokens, index):
            if _is_defined(tokens, token.text):
                continue
            draft.say(f"`{token.text}` is read as `drop`", token.start, token.end)
            edits.append(Edit(token.start, token.end, "drop"))
    draft.apply(edits)


def _calls_with_one(tokens: list[Token], index: int) -> bool:
    """Tell whether the name at `index` is called with one argument."""
    if tokens[index + 1].text != "(" or (index and tokens[index - 1].text in (".", "::", "fn")):
        return False
    end = end_of_tree(tokens, index + 1) - 1
    at = index + 2
    while at < end:
        if tokens[at].text == ",":
            return False
        at = end_of_tree(tokens, at)
    return end > index + 2


def _is_defined(tokens: list[Token], name: str) -> bool:
    """Tell whether a text defines or imports `name`."""
    uses = False
    for before, token in itertools.pairwise(tokens):
        uses = (uses or before.text == "use") and before.text != ";"
        if token.text == name and (uses or before.text == "fn"):
            return True
    return False


def modernise(draft: Snippet) -> None:
    """Put what replaced them in the place of retired forms; say what they were."""
    for rule in (_boxes, _tries, _heaps):
        tokens = draft.tokens()
        draft.apply(list(rule(draft, tokens)))


# "box" operand: never stable, Box::new since 1.0
def _boxes(draft: Snippet, tokens: list[Token]) -> Iterator[Edit]:
    for index, token in enumerate(tokens):
        if token.text != "box" or token.kind is not Kind.IDENT:
            continue
        parser = Items(tokens)
        parser.at = index + 1
        try:
            parser.operand()
        except Fault:
            continue
        end = tokens[parser.at - 1].end
        draft.say("`box` was never stable: it is read as `Box::new`", token.start, end)
        yield Edit(token.start, tokens[index + 1].start, "Box::new(")
        yield Edit(end, end, ")")


# "try" "!" "(" expression ")": since 1.13 expression "?"
def _tries(draft: Snippet, tokens: list[Token]) -> Iterator[Edit]:
    for index, token in enumerate(tokens[:-2]):
        if token.text == "try" and token.kind is Kind.IDENT and tokens[index + 1].text == "!":
            if tokens[index + 2].text != "(":
                continue
            end = tokens[end_of_tree(tokens, index + 2) - 1].end
            draft.say("`try!` is retired: it is read as `?`", token.start, end)
            yield Edit(token.start, tokens[index + 2].start, "")
            yield Edit(end, end, "?")


# "Heap" "::" "default" "()" ("." "alloc" "(" layout ")")? ("." "unwrap" "()")? ("as" "*" "mut" T)?
def _heaps(draft: Snippet, tokens: list[Token]) -> Iterator[Edit]:
    texts = [token.text for token in tokens]
    if "Heap" not in texts or _is_own(texts):
        return
    for index in range(len(texts) - 4):
        if texts[index : index + 5] != ["Heap", "::", "default", "(", ")"]:
            continue
        at = index + 5
        layout = ""
        while texts[at] == "." and texts[at + 1] in ("alloc", "unwrap") and texts[at + 2] == "(":
            end = end_of_tree(tokens, at + 2)
            if texts[at + 1] == "alloc":
                layout = draft.text[tokens[at + 2].end : tokens[end - 1].start].strip()
            at = end
        first, last = tokens[index].start, tokens[at - 1].end
        layout = layout or _layout(texts, at)
        what = (
            "`Heap` was an allocator of nightly Rust, and is gone: `std::alloc::alloc` replaced it"
        )
        draft.say(what, first, last)
        lines = "\n" * draft.text.count("\n", first, last)
        yield Edit(first, last, f"std::alloc::alloc({_full(layout, texts)}){lines}")
    yield from _unimported(texts, tokens)


def _is_own(texts: list[str]) -> bool:
    return any(
        word in ("struct", "enum", "type", "trait", "mod") and name == "Heap"
        for word, name in itertools.pairwise(texts)
    )


def _layout(texts: list[str], at: int) -> str:
    """Return the layout of what is allocated, from the cast behind it and from later use."""
    element = "u8"
    if texts[at : at + 3] == ["as", "*", "mut"]:
        element = texts[at + 3]
    count = "1"
    for index in range(at, len(texts) - 5):
        if texts[index] == "from_raw_parts_mut" and texts[index + 3] == ",":
            count = texts[index + 4]
            break
    return f"Layout::array::<{element}>({count}).unwrap()"


def _full(layout: str, texts: list[str]) -> str:
    """Return the text of a layout with the path that its text does not import."""
    imported = _imports("Layout", texts)
    return layout if imported else layout.replace("Layout::", "std::alloc::Layout::", 1)


def _imports(name: str, texts: list[str]) -> bool:
    uses = False
    for text in texts:
        uses = (uses or text == "use") and text != ";"
        if uses and text == name:
            return True
    return False


def _unimported(texts: list[str], tokens: list[Token]) -> Iterator[Edit]:
    """Write out the paths that such texts left to their imports."""
    for index, token in enumerate(tokens[1:-1], 1):
        bare = texts[index - 1] != "::" and texts[index + 1] == "::"
        if bare and token.text in ("slice", "ptr", "mem") and not _imports(token.text, texts):
            yield Edit(token.start, token.start, "std::")
