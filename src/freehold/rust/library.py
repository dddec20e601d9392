"""Our std, as it is read from the package: one crate of several files, expanded."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from freehold.rust import ast
from freehold.rust.expand import Expanded, expand
from freehold.rust.parse import parse
from freehold.source import Source

_FOLDER = Path(__file__).parent / "std"


@dataclass(frozen=True, slots=True)
class Library:
    """Our std after expansion; `source` is its root file."""

    expanded: Expanded
    source: Source


@cache
def standard() -> Library:
    """Return our std."""
    source = Source("std/lib.rs", (_FOLDER / "lib.rs").read_text(encoding="utf-8"))
    tree, found = parse(source)
    assert not found, [(one.message, one.at) for one in found]
    whole = ast.Crate(tree.span, tree.attributes, _with_files(tree.items, _FOLDER))
    return Library(expand(whole, None), source)


def _with_files(items: tuple[ast.Item, ...], folder: Path) -> tuple[ast.Item, ...]:
    """Return `items` with the modules that stand in files of their own put in."""
    made: list[ast.Item] = []
    for item in items:
        if isinstance(item, ast.Module):
            inner = folder / item.ident.name
            content = item.items if item.items is not None else _file(inner)
            made.append(
                ast.Module(
                    item.span, item.attributes, item.visibility, item.ident,
                    _with_files(content, inner),
                )
            )  # fmt: skip
        else:
            made.append(item)
    return tuple(made)


def _file(stem: Path) -> tuple[ast.Item, ...]:
    path = stem.with_suffix(".rs")
    if not path.is_file():
        path = stem / "mod.rs"
    source = Source(f"std/{path.relative_to(_FOLDER)}", path.read_text(encoding="utf-8"))
    tree, found = parse(source)
    assert not found, [(one.message, one.at) for one in found]
    return tree.items
