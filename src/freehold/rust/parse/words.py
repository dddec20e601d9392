"""Words and signs by what they start."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Strict and reserved keywords of edition 2021, and `_`, which is no identifier either.
KEYWORDS = _set(
    """
    as break const continue crate dyn else enum extern false fn for if impl in let loop match mod
    move mut pub ref return self Self static struct super trait true type unsafe use where while
    async await abstract become box do final macro override priv try typeof unsized virtual yield _
    """
)

# Keywords that may be a segment of a path.
PATH_WORDS = _set("self Self super crate")

# Words and signs that an expression can start with, besides literals, names and lifetimes.
EXPRESSION_STARTS = _set(
    """
    ( [ { - * ! | || & && .. ..= < << :: # async break const continue false for if loop match move
    return static true unsafe while yield let self Self super crate _ box
    """
)

# Words that begin an item whatever follows. The others are looked at more closely.
ITEM_WORDS = _set("fn struct enum trait impl mod use type extern pub macro")

# An expression that starts so and stands first in a statement ends with its block.
BLOCK_STARTS = _set("{ if match loop while for unsafe")
