"""The passes for text that does not parse, or is no program."""

from freehold.rust.repair.braces import close
from freehold.rust.repair.comments import unglue
from freehold.rust.repair.mains import is_main, wrap_statements
from freehold.rust.repair.names import modernise
from freehold.rust.repair.outline import acts
from freehold.rust.repair.prose import set_prose_aside
from freehold.rust.repair.signatures import add_fn
from freehold.rust.repair.snippet import Snippet

_PASSES = (set_prose_aside, close, modernise, add_fn, wrap_statements)


def mend_syntax(draft: Snippet) -> None:
    """Make `draft` parse, as far as that goes."""
    if draft.errors() or not any(map(is_main, draft.tree().items)):
        unglue(draft)
    for mend in _PASSES:
        if draft.errors() or any(map(acts, draft.tree().items)):
            mend(draft)
