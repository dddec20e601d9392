"""What the standard library has and ours lacks: a call of that is not supported, but no error.

`std/lacks.txt` has the names alone: a line for each type and trait that ours has too, made by
`tests/corpora/std_names.py` from the documentation of a toolchain.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from freehold.rust.collect.heads import FLOAT, INTEGER, head_of
from freehold.rust.items import Trait
from freehold.rust.traits.goals import Outcome
from freehold.rust.traits.solver import Solver
from freehold.types import Type
from freehold.types.generic import TraitRef

_FILE = Path(__file__).parents[1] / "std" / "lacks.txt"
_DEFAULTS = {INTEGER: "i32", FLOAT: "f64"}


def lacking(solver: Solver, types: Iterable[Type], name: str) -> str | None:
    """Return which of `types`, or which trait that one of them implements, has `name` in std."""
    types = list(types)
    for ty in types:
        owner = type_name(ty)
        if owner is not None and name in _names().get(owner, ()):
            return owner
    for trait in solver.world.crates.std_traits():
        if name in _names().get(f"trait {trait.name}", ()) and _holds(solver, trait, types):
            return trait.name
    return None


def type_name(ty: Type) -> str | None:
    """Return the last name of a type's path, or that of a primitive; None of other types."""
    head = head_of(ty)
    head = _DEFAULTS.get(head, head)
    return head.rpartition("::")[2] if isinstance(head, str) else None


def _holds(solver: Solver, trait: Trait, types: Iterable[Type]) -> bool:
    if len(trait.generics.own) > 1:
        return False
    return any(solver.holds(TraitRef(trait, (ty,))) is Outcome.YES for ty in types)


@cache
def _names() -> Mapping[str, frozenset[str]]:
    lines = _FILE.read_text("utf-8").splitlines()
    parted = (line.partition(": ") for line in lines)
    return {owner: frozenset(names.split()) for owner, _, names in parted}
