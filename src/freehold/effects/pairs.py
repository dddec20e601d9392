"""What a project may declare of its functions: which take a resource, which give it back."""

from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """`acquire` returns a resource, or fails by what `failure` says; `release` takes it.

    `failure` is `null`, `negative` or `nonzero`; of the last the resource is what the first
    argument holds, or where it points.
    """

    acquire: str
    release: str
    name: str
    failure: str
