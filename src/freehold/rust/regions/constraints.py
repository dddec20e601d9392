"""The constraints of a body as they arise: what must outlive what, where and why.

`at` is the place and the reason of whatever is related; each part of the check sets it first.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from freehold.borrow.regions import Category, Outlives, TypeTest
from freehold.dataflow.points import Point
from freehold.mir.body import Body
from freehold.records import dataclass, field
from freehold.rust.items import ProjectionPredicate
from freehold.rust.regions.opaques import captured_regions
from freehold.rust.regions.outlives import Component, WellFormed, components, variables
from freehold.rust.regions.proofs import argument_components, bounds_of, proof
from freehold.rust.regions.relate import Relate
from freehold.rust.regions.selection import OwnProjection, Selection, plain
from freehold.rust.regions.universal import Frame, frame_of
from freehold.rust.traits.env import ParamEnv, own_predicates
from freehold.rust.traits.world import World, generics_of
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import open_signature
from freehold.types.generic import (
    Definition,
    OpaqueType,
    ParamType,
    ProjectionType,
    Region,
    RegionId,
    RegionVar,
    Signature,
)


@dataclass(slots=True)
class At:
    """Where the constraints at hand arise, and why."""

    point: Point | None
    span: Span
    category: Category = Category.BORING
    callee: Definition | None = None
    unsized: Type | None = None
    from_closure: bool = False


@dataclass(slots=True)
class Found:
    """What was found so far: see `RegionBody`."""

    constraints: dict[tuple[RegionId, RegionId, Point | None, Category], Outlives] = field(
        default_factory=dict
    )
    loans: dict[Point, RegionId] = field(default_factory=dict)
    tests: list[TypeTest] = field(default_factory=list)
    mentioned: dict[Point, list[RegionId]] = field(default_factory=dict)


class Constraints:
    """Takes the constraints of one body; `relate` and `selection` make them."""

    __slots__ = (
        "at",
        "body",
        "found",
        "frame",
        "regions",
        "relate",
        "selection",
        "shapes",
        "world",
    )

    def __init__(self, body: Body, owner: Body, world: World) -> None:
        """Start with nothing but the frame of `body`, which is `owner` or a closure in it."""
        assert owner.generic is not None
        self.body = body
        self.world = world
        self.frame: Frame = frame_of(body, owner)
        self.regions = self.frame.regions
        self.found = Found()
        self.at = At(None, body.span)
        self.relate = Relate(self.regions, self.add, self.hide)
        definition = owner.generic.definition
        env = ParamEnv(world, own_predicates(definition))
        self.selection = Selection(world, env, self.regions, self._own_projections(definition))
        self.shapes = WellFormed()

    def _own_projections(self, definition: Definition) -> list[OwnProjection]:
        renumber = self.regions.renumber
        return [
            OwnProjection(one.item, self.regions.renumber_all(one.arguments), renumber(one.type))
            for one in generics_of(definition).all_predicates()
            if isinstance(one, ProjectionPredicate) and not one.bound
        ]

    def normalise(self, ty: Type) -> Type:
        """Return `ty` with each projection replaced by what it is."""
        return self.selection.normalise(ty, self.relate)

    def project(self, ty: ProjectionType) -> Type | None:
        """Return what a projection is; None if it is rigid."""
        return self.selection.project(ty, self.relate)

    def opened(self, signature: Signature) -> Signature:
        """Return `signature` with fresh regions for those that it binds."""
        return open_signature(signature, tuple(self.regions.fresh() for _ in signature.bound))

    @contextmanager
    def because(self, category: Category) -> Iterator[None]:
        """Give what is related inside another reason."""
        before = self.at.category
        self.at.category = category
        try:
            yield
        finally:
            self.at.category = before

    def hide(self, hidden: Type, opaque: OpaqueType) -> None:
        """The result is `impl Trait`: the regions in what it hides are those that it may capture.

        With one to choose from, they outlive that; with none, 'static; with several, the body.
        """
        wanted = captured_regions(opaque)
        if len(wanted) > 1:
            assert self.frame.body is not None
            wanted = [RegionVar(self.frame.body)]
        with self.because(Category.OPAQUE):
            for one in variables(hidden):
                self.add(one.id, wanted[0].id if wanted else RegionId(0))

    def add(self, longer: RegionId, shorter: RegionId) -> None:
        """Take a constraint that arises here."""
        at = self.at
        key = (longer, shorter, at.point, at.category)
        if longer != shorter and key not in self.found.constraints:
            self.found.constraints[key] = Outlives(
                longer,
                shorter,
                at.category,
                at.span,
                at.point,
                callee=at.callee,
                unsized=at.unsized,
                from_closure=at.from_closure,
            )

    def outlives(self, what: Component, region: Region) -> None:
        """Make a component of a type outlive `region`."""
        if not isinstance(region, RegionVar):
            return
        if isinstance(what, RegionVar):
            self.add(what.id, region.id)
        elif isinstance(what, ParamType | ProjectionType):
            self._test(what, region)

    def _test(self, ty: ParamType | ProjectionType, region: RegionVar) -> None:
        if isinstance(ty, ProjectionType) and not self._known(ty) and not any(bounds_of(ty)):
            # Nothing else can show it: it outlives what all of its arguments outlive.
            for part in argument_components(ty):
                self.outlives(part, region)
            return
        shown = proof(ty, self._known, self.frame.body)
        self.found.tests.append(TypeTest(ty, region.id, self.at.span, shown))

    def _known(self, ty: ParamType | ProjectionType) -> set[RegionId]:
        return self.frame.outlives.get(plain(ty), set())

    def type_outlives(self, ty: Type, region: Region) -> None:
        """Make `ty` outlive `region`."""
        for component in components(ty):
            self.outlives(component, region)

    def well_formed(self, ty: Type) -> None:
        """Hold to what `ty` being well-formed takes."""
        first = next(variables(ty), None)
        if first is not None:
            for implied in self.shapes.implied(ty):
                self.outlives(implied.longer, implied.shorter)

    def mention(self, ty: Type) -> Type:
        """Take note that the regions of `ty` are live here."""
        if self.at.point is not None:
            ids = self.found.mentioned.setdefault(self.at.point, [])
            ids += [one.id for one in variables(ty)]
        return ty
