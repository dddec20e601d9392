"""What the closures that a body creates ask of it."""

from collections.abc import Mapping

from freehold.borrow.regions import Requirement, Universal, UniversalKind
from freehold.records import dataclass
from freehold.rust.regions.constraints import At, Constraints
from freehold.rust.regions.outlives import variables
from freehold.types.generic import ClosureDef, ClosureType, RegionId, RegionVar


@dataclass(frozen=True, slots=True)
class Solved:
    """A closure's body, checked: its universal regions, and what it asks of its creator."""

    universals: tuple[Universal, ...]
    requirements: tuple[Requirement, ...]


class Closures:
    """Hands on the requirements of closures; `solved` has all that the body itself creates."""

    __slots__ = ("constraints", "solved")

    def __init__(self, constraints: Constraints, solved: Mapping[ClosureDef, Solved]) -> None:
        """Take where constraints go, and the closures."""
        self.constraints = constraints
        self.solved = solved

    def created(self, ty: ClosureType) -> None:
        """A closure is made here: what its body asks for holds from here on."""
        solved = self.solved.get(ty.definition)
        if solved is None:
            return
        external = [one.id for one in variables(ty)]
        ours = self._renamed(solved.universals, external)
        for one in solved.requirements:
            shorter = ours.get(one.shorter)
            if shorter is None:
                continue
            before = self.constraints.at
            self.constraints.at = At(before.point, one.span, one.category, from_closure=True)
            longer = None if one.longer is None else ours.get(one.longer)
            if longer is not None:
                self.constraints.add(longer, shorter)
            elif one.type is not None:
                self.constraints.type_outlives(one.type, RegionVar(shorter))
            self.constraints.at = before

    def _renamed(
        self, universals: tuple[Universal, ...], external: list[RegionId]
    ) -> dict[RegionId, RegionId]:
        """Return which of our regions a closure's universal ones are."""
        named = {
            one.region: one.id
            for one in self.constraints.frame.universals
            if one.region is not None
        }
        ours: dict[RegionId, RegionId] = {}
        rest = iter(dict.fromkeys(external))
        for one in universals:
            if one.region is not None:
                found = named.get(one.region)
            elif one.kind is UniversalKind.EXTERNAL:
                found = next(rest, None)
            else:
                found = None
            if found is not None:
                ours[one.id] = found
        return ours
