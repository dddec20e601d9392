"""The constraints of a body as they arise: what must outlive what, where and why.

`at` is the place and the reason of whatever is related; each part of the check sets it first.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from freehold.borrow.regions import Category, Outlives, TypeTest
from freehold.dataflow.points import Point
from freehold.mir.body import Body
from freehold.records import dataclass, field
from freehold.rust.items import Opaque, ProjectionPredicate, TypeOutlives
from freehold.rust.regions.aliases import Alias, declared
from freehold.rust.regions.opaques import captured_regions
from freehold.rust.regions.outlives import Component, components, variables
from freehold.rust.regions.proofs import argument_components, proof
from freehold.rust.regions.relate import Relate
from freehold.rust.regions.selection import STATIC_NUMBER, OwnProjection, Selection, plain
from freehold.rust.regions.universal import Frame, frame_of, learn_from
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
    StaticRegion,
    is_type,
)


@dataclass(slots=True)
class At:
    """Where the constraints at hand arise, and why. What is promoted lends nothing."""

    point: Point | None
    span: Span
    category: Category = Category.BORING
    callee: Definition | None = None
    unsized: Type | None = None
    from_closure: bool = False
    lends: bool = True


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

    def _own_projections(self, definition: Definition) -> list[OwnProjection]:
        return [
            OwnProjection(
                one.item, self.regions.renumber_under((*one.arguments, one.type)), one.bound
            )
            for one in generics_of(definition).all_predicates()
            if isinstance(one, ProjectionPredicate)
        ]

    def learn(self) -> None:
        """Take up what the signature's types imply that projections in them hide."""
        for ty in (*self.frame.inputs, self.frame.output):
            made = self.normalise(ty)
            if made != ty:
                learn_from(self.frame, made)

    def normalise(self, ty: Type) -> Type:
        """Return `ty` with each projection replaced by what it is."""
        return self.selection.normalise(ty, self.relate)

    def project(self, ty: ProjectionType) -> Type | None:
        """Return what a projection is, normalised; None if it is rigid."""
        arguments = tuple([self.normalise(one) if is_type(one) else one for one in ty.arguments])
        found = self.selection.project(ProjectionType(ty.item, arguments), self.relate)
        return None if found is None else self.normalise(found)

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
        assert isinstance(opaque.definition, Opaque)
        asked = any(isinstance(bound, TypeOutlives) for bound in opaque.definition.bounds)
        for one in variables(hidden):
            held = self.regions.fresh()  # the value is returned, then its type is hidden
            self.add(one.id, held.id)
            with self.because(Category.OPAQUE if asked else Category.HIDDEN):
                self.add(held.id, wanted[0].id if wanted else RegionId(0))

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
        if isinstance(region, StaticRegion):
            region = RegionVar(STATIC_NUMBER)
        if not isinstance(region, RegionVar):
            return
        if isinstance(what, StaticRegion):
            return
        if isinstance(what, RegionVar):
            self.add(what.id, region.id)
        elif isinstance(what, ParamType | ProjectionType | OpaqueType):
            self._test(what, region)

    def _test(self, ty: ParamType | Alias, region: RegionVar) -> None:
        if not isinstance(ty, ParamType) and self._follows(ty, region):
            return
        shown = proof(ty, self.known, self.frame.body)
        self.found.tests.append(TypeTest(ty, region.id, self.at.span, shown))

    def _follows(self, alias: Alias, region: RegionVar) -> bool:
        """If one thing alone can show it, ask for that."""
        bounds, known = declared(alias), self.known(alias)
        if not bounds and not known:
            if isinstance(alias, ProjectionType) and next(variables(alias), None) is None:
                return False
            for part in argument_components(alias):
                self.outlives(part, region)
            return True
        if len({*bounds, *(RegionVar(one) for one in known)}) == 1 and bounds:
            self.outlives(bounds[0], region)
            return True
        return False

    def known(self, ty: Type) -> set[RegionId]:
        """Return the regions that where clauses say a parameter or alias outlives."""
        return self.frame.outlives.get(plain(ty), set())

    def type_outlives(self, ty: Type, region: Region) -> None:
        """Make `ty` outlive `region`."""
        for component in components(ty):
            self.outlives(component, region)

    def mention(self, ty: Type) -> Type:
        """Take note that the regions of `ty` are live here."""
        if self.at.point is not None:
            ids = self.found.mentioned.setdefault(self.at.point, [])
            ids += [one.id for one in variables(ty)]
        return ty
