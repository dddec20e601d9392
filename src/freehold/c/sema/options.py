"""What can be chosen about semantic analysis."""

from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class SemaOptions:
    """`pedantic_errors` is gcc's: what ISO C11 forbids, and gcc only warns about, is an error."""

    pedantic_errors: bool = False
