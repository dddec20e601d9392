"""Relations between universal regions: which are broken, and what a closure may ask for instead."""

from freehold.borrow.blame import Blame
from freehold.borrow.context import Context
from freehold.borrow.regions import (
    AllOf,
    AnyOf,
    Category,
    Proof,
    Requirement,
    TypeTest,
    Universal,
    UniversalKind,
)
from freehold.borrow.solver import bits
from freehold.records import dataclass
from freehold.types.generic import RegionId


@dataclass(frozen=True, slots=True)
class Broken:
    """`longer: shorter` is needed and not known; `higher_ranked`: of a bound lifetime."""

    longer: RegionId
    shorter: RegionId
    higher_ranked: bool = False


class Relations:
    """Checks the universal regions of one body."""

    def __init__(self, solved: Context, blame: Blame) -> None:
        self._solved = solved
        self._values = solved.values
        self._blame = blame
        self._universals: dict[RegionId, Universal] = {u.id: u for u in solved.regions.universals}
        self.broken: list[Broken] = []
        self.failed: list[TypeTest] = []
        self.required: dict[Requirement, None] = {}
        self._check()

    def outlives(self, longer: RegionId, shorter: RegionId) -> bool:
        """Say whether one universal region is known to outlive another."""
        return bool(self._solved.known[longer] >> shorter & 1)

    # ------------------------------------------------------------------------------- regions

    def _check(self) -> None:
        first: dict[int, RegionId] = {}
        for region in self._universals:
            component = self._values.component[region]
            representative = first.setdefault(component, region)
            if representative != region:
                # What is in one component is equal: it is enough to know that of one of them.
                self._relate(region, representative)
                continue
            for number in bits(self._values.ends(region)):
                if number != region and not self._relate(region, RegionId(number)):
                    break  # of one region the first error is told
        for region in self._solved.regions.higher_ranked:
            others = self._values.ends(region) & ~(1 << region)
            if others:
                shorter = RegionId(next(iter(bits(others))))
                self.broken.append(Broken(region, shorter, higher_ranked=True))
        for test in self._solved.regions.type_tests:
            self._test(test)

    def _relate(self, longer: RegionId, shorter: RegionId) -> bool:
        """Check one relation; a closure passes on what it cannot know. False is an error."""
        if longer not in self._universals or shorter not in self._universals:
            self.broken.append(Broken(longer, shorter, higher_ranked=True))
            return False
        if self.outlives(longer, shorter) or self._pass_on(longer, shorter):
            return True
        self.broken.append(Broken(longer, shorter))
        return False

    def _pass_on(self, longer: RegionId, shorter: RegionId) -> bool:
        if not self._solved.regions.in_closure:
            return False
        below = self._external_below(longer)
        if below is None:
            return False
        found = self._blame.blame(longer, shorter)
        category = Category.BORING if found is None else found[0].category
        span = self._solved.graph.body.span if found is None else found[0].span
        for above in self._external_above(shorter):
            self.required[Requirement(above, span, category, below)] = None
        return True

    def _is_local(self, region: RegionId) -> bool:
        return self._universals[region].kind is UniversalKind.LOCAL

    def _external_below(self, region: RegionId) -> RegionId | None:
        """Return the largest external region that `region` is known to outlive."""
        if not self._is_local(region):
            return region
        known = self._solved.known
        below = [r for r in self._universals if known[region] >> r & 1 and not self._is_local(r)]
        largest = [r for r in below if all(known[r] >> other & 1 for other in below)]
        return largest[0] if largest else None

    def _external_above(self, region: RegionId) -> list[RegionId]:
        """Return the smallest external regions that are known to outlive `region`."""
        if not self._is_local(region):
            return [region]
        known = self._solved.known
        above = [r for r in self._universals if known[r] >> region & 1 and not self._is_local(r)]
        return [
            r
            for r in above
            if not any(o != r and known[r] >> o & 1 and not known[o] >> r & 1 for o in above)
        ]

    # ------------------------------------------------------------------------------- type tests

    def _test(self, test: TypeTest) -> None:
        if self._proves(test.proof, test.region):
            return
        if self._solved.regions.in_closure:
            ends = [RegionId(n) for n in bits(self._values.ends(test.region))]
            above = {
                a for end in ends if end in self._universals for a in self._external_above(end)
            }
            for region in sorted(above):
                made = Requirement(region, test.span, Category.BORING, None, test.type)
                self.required[made] = None
            if above:
                return
        key = (test.type, test.region, test.span)
        if all((each.type, each.region, each.span) != key for each in self.failed):
            self.failed.append(test)

    def _proves(self, proof: Proof, region: RegionId) -> bool:
        match proof:
            case AnyOf(proofs):
                return any(self._proves(each, region) for each in proofs)
            case AllOf(proofs):
                return all(self._proves(each, region) for each in proofs)
            case _:
                return self.holds(proof, region)

    def holds(self, longer: RegionId, shorter: RegionId) -> bool:
        """Say whether what was solved makes one region outlive another."""
        if self._values.same(longer, shorter):
            return True
        above = [RegionId(number) for number in bits(self._values.ends(longer))]
        for number in bits(self._values.ends(shorter)):
            end = RegionId(number)
            if not any(
                a == end or (a in self._universals and self.outlives(a, end)) for a in above
            ):
                return False
        if longer in self._universals:
            return True
        return not self._values.points(shorter) & ~self._values.points(longer)
