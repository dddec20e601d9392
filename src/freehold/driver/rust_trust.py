"""Which programs of Rust's need no checks of memory when they run.

What has passed the checker and does not say `unsafe` can do nothing wrong to memory: each
reference is valid, each place that is read is initialised, and bounds are compared by the program
itself. All of that rests on our std, whose own unsafe code such a program can reach only as it is
meant to be. Leaks, panics, and the depth of the stack remain to be seen by the run.
"""

import re

from freehold.source import Source

_WORD = re.compile(r"\bunsafe\b")


def is_proven(source: Source) -> bool:
    """Whether no wrong access is possible in the program, once it has been checked."""
    if not _WORD.search(source.text):
        return True
    from freehold.rust.lex import lex

    tokens, _ = lex(source)  # the word may stand in a comment
    return all(token.text != "unsafe" for token in tokens)
