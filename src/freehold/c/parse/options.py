"""What can be chosen about parsing."""

from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """`std` is as in cc's `-std=`: it decides which words are keywords.

    With `pedantic_errors`, syntax that ISO C11 does not have is an error unless `__extension__`
    marks it.
    """

    std: str = "gnu11"
    pedantic_errors: bool = False
