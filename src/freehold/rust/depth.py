"""How deep Rust may nest, and the room on Python's stack that this takes.

The parser refuses whatever nests deeper than `NESTING`; the recursive stages after it then need
at most `FRAMES` Python frames.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Levels of expressions, blocks, types, patterns, items and use trees together.
NESTING = 1000

# The parser takes at most 12 frames a level.
FRAMES = 30_000


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Raise Python's recursion limit so that a tree of `NESTING` levels can be walked.

    Calls between Python functions take no C stack, so the limit can be this high.
    """
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
