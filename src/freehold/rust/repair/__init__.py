"""Snippets: teaching text that is no program as it stands is made one, and each change is said.

Passes over the text, each a file. Those that mend syntax run only on text that does not parse, and
count only if it then does: a program with a plain syntax error stays as it is, with that error.
Lines keep their numbers, unless they were glued together.
"""

from freehold.diagnostics.edits import Draft, Repaired
from freehold.rust import ast
from freehold.rust.parse import parse
from freehold.rust.repair.braces import close
from freehold.rust.repair.comments import unglue
from freehold.rust.repair.mains import one_main, wrap_statements
from freehold.rust.repair.names import modernise, read_releases
from freehold.rust.repair.outline import Role, outline
from freehold.rust.repair.parameters import settle_parameters
from freehold.rust.repair.prose import set_prose_aside
from freehold.rust.repair.signatures import add_fn, add_types
from freehold.source import Source

__all__ = ["repair"]

_SYNTAX = (set_prose_aside, close, modernise, add_fn, wrap_statements)


def repair(source: Source) -> Repaired:
    """Return `source` as the program that it means, or as it is."""
    draft = Draft(source)
    tree, found = parse(source)
    if found or not _has_main(tree):
        unglue(draft)
    for mend in _SYNTAX:
        if _is_faulty(draft):
            mend(draft)
    if parse(draft.source)[1]:
        return Repaired(source)
    read_releases(draft)
    modernise(draft)
    one_main(draft)
    add_types(draft)
    settle_parameters(draft)
    return draft.done()


def _has_main(tree: ast.Crate) -> bool:
    return any(isinstance(its, ast.Function) and its.ident.name == "main" for its in tree.items)


def _is_faulty(draft: Draft) -> bool:
    if parse(draft.source)[1]:
        return True
    return any(piece.role is not Role.ITEM for piece in outline(draft.source))
