"""Snippets: teaching text that is no program as it stands is made one, and each change is said.

Passes over the text, each a file. Those that mend syntax run only on text that does not parse, and
count only if it then does: a program with a plain syntax error stays as it is, with that error.
Lines keep their numbers, unless they were glued together.
"""

from freehold.diagnostics.edits import Repaired
from freehold.rust.depth import deep_recursion
from freehold.rust.repair.mains import is_main, one_main
from freehold.rust.repair.names import modernise, read_releases
from freehold.rust.repair.outline import acts
from freehold.rust.repair.parameters import settle_parameters
from freehold.rust.repair.signatures import add_types
from freehold.rust.repair.snippet import Snippet
from freehold.source import Source

__all__ = ["repair"]

_MEANING = (read_releases, modernise, one_main, add_types, settle_parameters)


def repair(source: Source) -> Repaired:
    """Return `source` as the program that it means, or as it is."""
    with deep_recursion():
        return _repair(Snippet(source))


def _repair(draft: Snippet) -> Repaired:
    items = draft.tree().items
    if draft.errors() or any(map(acts, items)) or not any(map(is_main, items)):
        from freehold.rust.repair.syntax import mend_syntax  # noqa: PLC0415  (few need it)

        mend_syntax(draft)
    if draft.errors():
        return Repaired(draft.original)
    for mend in _MEANING:
        mend(draft)
    return draft.done()
