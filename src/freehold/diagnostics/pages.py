"""The documentation page of each code, from the installed package or from a checkout."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "pages"
_CHECKOUT = Path(__file__).parents[3] / "docs" / "codes"


def page(code_id: str) -> str | None:
    """Return the page of the code `code_id` (such as FH0201) as Markdown, None if there is none."""
    for folder in (_INSTALLED, _CHECKOUT):
        path = folder / f"{code_id}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None
