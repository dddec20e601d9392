"""The documentation pages of codes and of pitfalls, from the installed package or a checkout."""

from pathlib import Path

_INSTALLED = Path(__file__).parent
_CHECKOUT = Path(__file__).parents[3] / "docs"
# A kind of page, by its folder in an installed package: where it is in a checkout.
_FOLDERS = {"pages": "codes", "pitfalls": "pitfalls"}


def page(code_id: str) -> str | None:
    """Return the page of the code `code_id` (such as FH0201) as Markdown, None if there is none."""
    return _page("pages", code_id)


def pitfall(name: str) -> str | None:
    """Return the page of a pitfall (such as rc-cycle), None if there is none."""
    return _page("pitfalls", name) if name in pitfalls() else None


def pitfalls() -> dict[str, str]:
    """Return the names of the pitfalls that have a page, each with its title."""
    for folder in _folders("pitfalls"):
        paths = sorted(folder.glob("*.md"))
        if paths:
            return {path.stem: _title(path) for path in paths}
    return {}


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")


def _page(kind: str, name: str) -> str | None:
    for folder in _folders(kind):
        path = folder / f"{name}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


def _folders(kind: str) -> tuple[Path, Path]:
    return _INSTALLED / kind, _CHECKOUT / _FOLDERS[kind]
