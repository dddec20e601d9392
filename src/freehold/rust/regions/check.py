"""The region constraints of a body: what each assignment, call and borrow makes outlive what.

    p = q            :- sub(type(q), type(p)).
    p = &'r q        :- sub(&'r type(q), type(p)); for each `*x` in q, x: &'s T: 's: 'r,
                        up to and with the first shared one.
    p = f(q...)      :- sub(type(q), input) for each, sub(output, type(p)), f's where clauses.
    p = q as dyn T+'r :- type behind q: 'r.
    ascribe p: T     :- eq(type(p), T), or sub.

Types of locals are those that type checking found, each erased region a variable of its own; those
of parameters and of the result are as the signature has them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from freehold.borrow.regions import (
    Category,
    Outlives,
    RegionBody,
    Requirement,
    TypeTest,
    Universal,
    UniversalKind,
)
from freehold.dataflow.points import Graph, Point
from freehold.mir.body import (
    RETURN,
    Aggregate,
    Ascribe,
    Assign,
    Body,
    Call,
    Cast,
    CastKind,
    Copy,
    Deref,
    ItemConst,
    Local,
    LocalKind,
    Move,
    NamedConst,
    Operand,
    Place,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    StringConst,
    Use,
)
from freehold.rust.items import (
    Constant,
    Constructor,
    Function,
    Impl,
    Opaque,
    Predicate,
    ProjectionPredicate,
    RegionOutlives,
    Static,
    Trait,
    TraitPredicate,
    TypeOutlives,
)
from freehold.rust.regions.outlives import Component, WellFormed, components, variables
from freehold.rust.regions.places import PlaceTypes
from freehold.rust.regions.proofs import argument_components, bounds_of, proof
from freehold.rust.regions.relate import Relate
from freehold.rust.regions.selection import (
    OwnProjection,
    Selection,
    Substituted,
    plain,
    plain_arguments,
)
from freehold.rust.regions.universal import Frame, frame_of
from freehold.rust.regions.variables import mapped
from freehold.rust.traits.env import ParamEnv, own_predicates
from freehold.rust.traits.goals import BoundSource, ImplSource
from freehold.rust.traits.world import World, generics_of
from freehold.source import Span
from freehold.types import (
    AdtKind,
    ArrayType,
    PointerKind,
    PointerType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.fold import Substitute, open_signature, regions_of, substitute
from freehold.types.generic import (
    ERASED,
    ERROR,
    STATIC,
    AdtType,
    BoundRegion,
    ClosureDef,
    ClosureType,
    Definition,
    DynType,
    FnDefType,
    FnPtrType,
    FreeRegion,
    GenericArg,
    GenericArrayType,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    RegionId,
    RegionVar,
    StaticRegion,
    TraitRef,
    Variance,
    is_type,
)

_COVARIANT = Variance.COVARIANT
_DEPTH = 8  # of traits proven for a where clause


@dataclass(frozen=True, slots=True)
class Solved:
    """A closure's body, checked: its universal regions, and what it asks of its creator."""

    universals: tuple[Universal, ...]
    requirements: tuple[Requirement, ...]


def constrain(
    body: Body, owner: Body, world: World, solved: Mapping[ClosureDef, Solved]
) -> RegionBody:
    """Return the regions of `body`, which is `owner` or a closure in it.

    `solved` has all closures that `body` itself creates.
    """
    return _Checker(body, owner, world, solved).run()


@dataclass(slots=True)
class _At:
    """Where the constraints at hand arise, and why."""

    point: Point | None
    span: Span
    category: Category = Category.BORING
    callee: Definition | None = None
    unsized: Type | None = None
    from_closure: bool = False


@dataclass(slots=True)
class _Found:
    constraints: dict[tuple[RegionId, RegionId, Point | None, Category], Outlives] = field(
        default_factory=dict
    )
    loans: dict[Point, RegionId] = field(default_factory=dict)
    tests: list[TypeTest] = field(default_factory=list)
    mentioned: dict[Point, list[RegionId]] = field(default_factory=dict)


class _Checker:
    __slots__ = (
        "at",
        "body",
        "bounds",
        "found",
        "frame",
        "graph",
        "locals",
        "places",
        "regions",
        "relate",
        "selection",
        "shapes",
        "solved",
        "world",
    )

    def __init__(
        self, body: Body, owner: Body, world: World, solved: Mapping[ClosureDef, Solved]
    ) -> None:
        assert owner.generic is not None
        self.body = body
        self.world = world
        self.solved = solved
        self.graph = Graph(body)
        self.frame: Frame = frame_of(body, owner)
        self.regions = self.frame.regions
        self.found = _Found()
        self.at = _At(None, body.span)
        self.relate = Relate(self.regions, self.add, self.hide)
        definition = owner.generic.definition
        predicates = own_predicates(definition)
        env = ParamEnv(world, predicates)
        self.selection = Selection(world, env, self.regions, self._own_projections(definition))
        self.shapes = WellFormed()
        self.bounds = self._own_bounds(generics_of(definition).all_predicates())
        self.locals: list[Type] = []
        self.places = PlaceTypes(self.locals, self.selection, self.relate)

    def _own_projections(self, definition: Definition) -> list[OwnProjection]:
        renumber = self.regions.renumber
        return [
            OwnProjection(one.item, self.regions.renumber_all(one.arguments), renumber(one.type))
            for one in generics_of(definition).all_predicates()
            if isinstance(one, ProjectionPredicate) and not one.bound
        ]

    def _own_bounds(self, predicates: tuple[Predicate, ...]) -> list[TraitRef]:
        """Return the where clauses on traits, and what they imply, with their regions."""
        found: list[TraitRef] = []
        for one in predicates:
            if isinstance(one, TraitPredicate) and not one.bound:
                assert isinstance(one.trait.trait, Trait)
                for implied in self.world.supertraits(one.trait.trait):
                    put = Substitute(one.trait.arguments)
                    arguments = self.regions.renumber_all(put.arguments(implied.arguments))
                    found.append(TraitRef(implied.trait, arguments))
        return found

    def run(self) -> RegionBody:
        self._declare_locals()
        for number, block in enumerate(self.body.blocks):
            point = self.graph.start(number)  # type: ignore[arg-type]
            for statement in block.statements:
                self.at = _At(point, statement.span)
                visit = _STATEMENTS.get(type(statement))
                if visit is not None:
                    visit(self, statement)
                point = Point(point + 1)
            self.at = _At(point, block.terminator.span)
            if isinstance(block.terminator, Call):
                self.call(block.terminator)
        return RegionBody(
            self.body,
            self.regions.count,
            tuple(self.locals),
            tuple(self.found.constraints.values()),
            tuple(self.frame.universals),
            tuple(self.frame.known),
            self.found.loans,
            {point: tuple(ids) for point, ids in self.found.mentioned.items()},
            tuple(self.found.tests),
            kind=self._kind(),
            body_region=self.frame.body,
        )

    def _kind(self) -> str:
        """Return what rustc calls the body."""
        definition = None if self.body.generic is None else self.body.generic.definition
        match definition:
            case ClosureDef():
                return "closure"
            case Constant():
                return "constant"
            case Static():
                return "static"
            case Function(has_self=True):
                return "method"
            case Function(parent=Impl() | Trait()):
                return "associated function"
            case _:
                return "function"

    def _declare_locals(self) -> None:
        """Give each local regions of its own; those of the signature are equal to its types."""
        known: dict[Local, Type] = {RETURN: self.frame.output}
        for number, ty in enumerate(self.frame.inputs, 1):
            known[Local(number)] = ty
        for declared in self.body.locals:
            ty = self.regions.renumber(declared.type)
            self.locals.append(self.selection.normalise(ty, self.relate))
        self.at = _At(None, self.body.span, Category.BORING_NO_LOCATION)
        for local, ty in known.items():
            self.at.span = self.body.locals[local].span
            self.relate.equal(self.locals[local], self.selection.normalise(ty, self.relate))

    def hide(self, hidden: Type, opaque: OpaqueType) -> None:
        """The result is `impl Trait`: the regions in what it hides are those that it may capture.

        With one to choose from, they outlive that; with none, 'static; with several, the body.
        """
        assert isinstance(opaque.definition, Opaque)
        names = {name for bound in opaque.definition.bounds for name in _named(bound)}
        wanted = [one.id for one in self.frame.universals if one.name and one.name in names]
        if len(wanted) > 1:
            assert self.frame.body is not None
            wanted = [self.frame.body]
        before = self.at.category
        self.at.category = Category.OPAQUE
        for one in variables(hidden):
            self.add(one.id, wanted[0] if wanted else RegionId(0))
        self.at.category = before

    # --------------------------------------------------------------------------- constraints

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

    def category_of(self, place: Place) -> Category:
        """Return why an assignment to `place` relates regions."""
        if place.projections or not isinstance(place.base, int):
            return Category.ASSIGNMENT
        if place.base == RETURN:
            return self._result_category()
        kind = self.body.locals[place.base].kind
        return Category.ASSIGNMENT if kind is LocalKind.VARIABLE else Category.BORING

    def _result_category(self) -> Category:
        generic = self.body.generic
        definition = generic.definition if generic is not None else None
        if isinstance(definition, Constant):
            return Category.CONST
        if isinstance(definition, Static):
            return Category.STATIC
        return Category.RETURN

    # ----------------------------------------------------------------------------- statements

    def assign(self, statement: Assign) -> None:
        target = self.places.place(statement.place)
        self.at.category = self.category_of(statement.place)
        value = self.rvalue(statement.rvalue, target)
        if value is not None:
            self.relate.sub(value, target)

    def ascribe(self, statement: Ascribe) -> None:
        self.at.category = Category.ANNOTATION
        ty = self.selection.normalise(self.regions.renumber(statement.type), self.relate)
        self.well_formed(ty)
        place = self.places.place(statement.place)
        if statement.exact:
            self.relate.equal(place, ty)
        else:
            self.relate.sub(place, ty)

    def rvalue(self, rvalue: Rvalue, target: Type) -> Type | None:
        """Return the type of an rvalue; None if it has no regions to relate."""
        match rvalue:
            case Use(operand):
                return self.operand(operand)
            case Ref():
                return self.borrow(rvalue)
            case RawPointer(place, mutable):
                kind = PointerKind.RAW_MUT if mutable else PointerKind.RAW_CONST
                return PointerType(self.places.place(place), kind)
            case Cast():
                return self.cast(rvalue, target)
            case Aggregate():
                return self.aggregate(rvalue)
            case Repeat(operand):
                element = self.operand(operand)
                if isinstance(target, ArrayType | GenericArrayType):
                    self.relate.sub(element, target.element)
                return None
            case _:
                return None

    def operand(self, operand: Operand) -> Type:
        """Return the type of an operand with its regions."""
        match operand:
            case Copy(place):
                return self._copied(self.places.place(place))
            case Move(place):
                return self.places.place(place)
            case StringConst(_, ty):
                return self._static(ty)
            case NamedConst():
                return self._constant(operand)
            case ItemConst(ty):
                return self._mention(self.regions.renumber(ty))
            case _:
                return ERROR

    def _copied(self, ty: Type) -> Type:
        """What is copied is Copy, whatever its regions: `impl Copy for T<'static>` says more."""
        trait = self.world.lang_trait("copy") if isinstance(ty, AdtType) else None
        if trait is not None:
            before = self.at.category
            self.at.category = Category.COPY_BOUND
            self.prove(TraitRef(trait, (ty,)), 0)
            self.at.category = before
        return ty

    def _mention(self, ty: Type) -> Type:
        """Take note that the regions of `ty` are live here."""
        if self.at.point is not None:
            ids = self.found.mentioned.setdefault(self.at.point, [])
            ids += [one.id for one in variables(ty)]
        return ty

    def _static(self, ty: Type) -> Type:
        return self.regions.renumber(mapped(ty, {ERASED: STATIC}))

    def _constant(self, operand: NamedConst) -> Type:
        definition = operand.definition
        if operand.static:
            own = getattr(definition, "type", None)
            if own is None:
                return self._static(operand.type)
            inner = self.regions.renumber(own)
            if isinstance(operand.type, RefType):
                return RefType(self.regions.name(STATIC), inner, operand.type.mutable)
            if isinstance(operand.type, PointerType):
                return PointerType(inner, operand.type.kind)
            return ERROR
        if isinstance(definition, Constant) and definition.type is not None:
            arguments = self.regions.renumber_all(operand.arguments)
            own = self.regions.renumber(substitute(definition.type, arguments))
            return self.selection.normalise(own, self.relate)
        return self.regions.renumber(operand.type)

    def borrow(self, ref: Ref) -> Type:
        """A borrow: its loan, and what of the references that it goes through must live."""
        region = self.regions.fresh()
        assert self.at.point is not None
        self.found.loans[self.at.point] = region.id
        steps = self.places.steps(ref.place)
        mutable = ref.kind.value not in ("&", "&fake")
        before = self.at.category
        self.at.category = Category.BORING
        for number in range(len(ref.place.projections) - 1, -1, -1):
            if not isinstance(ref.place.projections[number], Deref):
                continue
            through = steps[number]
            if isinstance(through, RefType):
                self.relate.regions(through.region, region, _COVARIANT)
                if not through.mutable:
                    break
            elif isinstance(through, PointerType):
                break
        self.at.category = before
        return RefType(region, steps[-1], mutable)

    def aggregate(self, aggregate: Aggregate) -> Type:
        """Make each operand fit its field."""
        ty = self._mention(self.regions.renumber(aggregate.type))
        before = self.at.category
        self.at.category = Category.BORING
        for number, operand in enumerate(aggregate.operands):
            given = self.operand(operand)
            if isinstance(ty, ArrayType | SliceType | GenericArrayType):
                self.relate.sub(given, ty.element)
            else:
                variant, field_number = aggregate.variant, number
                if isinstance(ty, AdtType) and ty.definition.kind is AdtKind.UNION:
                    variant, field_number = 0, aggregate.variant
                self.relate.sub(given, self.places.field(ty, variant, field_number))
        if isinstance(ty, ClosureType):
            self._created(ty)
        elif isinstance(ty, AdtType):
            self.predicates(ty.definition, ty.arguments)
        self.at.category = before
        return ty

    def _created(self, ty: ClosureType) -> None:
        """A closure is made here: what its body asks for holds from here on."""
        solved = self.solved.get(ty.definition)
        if solved is None:
            return
        external = [one.id for one in variables(TupleType((ty.arguments[-2], ty.arguments[-1])))]  # type: ignore[arg-type]
        ours = self._renamed(solved.universals, external)
        for one in solved.requirements:
            shorter = ours.get(one.shorter)
            if shorter is None:
                continue
            before = self.at
            self.at = _At(before.point, one.span, one.category, from_closure=True)
            longer = None if one.longer is None else ours.get(one.longer)
            if longer is not None:
                self.add(longer, shorter)
            elif one.type is not None:
                self.type_outlives(one.type, RegionVar(shorter))
            self.at = before

    def _renamed(
        self, universals: tuple[Universal, ...], external: list[RegionId]
    ) -> dict[RegionId, RegionId]:
        """Return which of our regions a closure's universal ones are."""
        named = {one.region: one.id for one in self.frame.universals if one.region is not None}
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

    # ---------------------------------------------------------------------------------- casts

    def cast(self, cast: Cast, target: Type) -> Type | None:
        """Relate a conversion to its target; what is no coercion keeps no regions."""
        given = self.operand(cast.operand)
        made = self._mention(self.regions.renumber(cast.type))
        before = self.at.category
        self.at.category = Category.CAST
        match cast.kind:
            case CastKind.UNSIZE:
                self.at.unsized = made
                self.unsize(given, made)
                self.at.unsized = None
            case CastKind.REIFY | CastKind.CLOSURE:
                self._to_pointer(given, made)
            case CastKind.POINTER:
                if plain(given) == plain(made):
                    self.relate.sub(given, made)
                elif isinstance(given, PointerType) and isinstance(made, PointerType):
                    self._between_pointers(given, made)
            case _:
                pass
        self.at.category = before
        return made

    def _between_pointers(self, given: PointerType, made: PointerType) -> None:
        """`*mut T` to `*const T` keeps the pointee's regions; other casts forget them."""
        if plain(given.pointee) == plain(made.pointee):
            self.relate.sub(PointerType(given.pointee, made.kind), made)

    def _to_pointer(self, given: Type, made: Type) -> None:
        if not isinstance(made, FnPtrType):
            return
        if isinstance(given, FnDefType):
            own = getattr(given.definition, "signature", None)
            if own is None:
                return
            signature = Substituted(self.regions).signature_of(own, given.arguments)
            self.predicates(given.definition, given.arguments)
        elif isinstance(given, ClosureType):
            pointer = given.arguments[-1]
            assert isinstance(pointer, FnPtrType)
            signature = pointer.signature
        else:
            return
        if not signature.bound:
            signature = self.selection.signature(signature, self.relate)
        self.relate.sub(FnPtrType(signature), made)

    def unsize(self, given: Type, made: Type) -> None:
        """Relate a pointer to its unsized form."""
        match given, made:
            case (RefType(), RefType()):
                self.relate.regions(given.region, made.region, _COVARIANT)
                self._unsized(given.pointee, made.pointee, exact=made.mutable)
            case (RefType() | PointerType() as ours, PointerType() as theirs):
                exact = theirs.kind is PointerKind.RAW_MUT
                self._unsized(ours.pointee, theirs.pointee, exact=exact)
            case (AdtType(), AdtType()) if given.definition is made.definition:
                for one, other in zip(given.arguments, made.arguments, strict=False):
                    if is_type(one) and is_type(other):
                        self._unsized(one, other, exact=False)
            case _:
                pass

    def _unsized(self, given: Type, made: Type, *, exact: bool) -> None:
        if isinstance(made, SliceType) and isinstance(given, ArrayType | GenericArrayType):
            relate = self.relate.equal if exact else self.relate.sub
            relate(given.element, made.element)
        elif isinstance(made, DynType):
            self._to_dyn(given, made)
        elif isinstance(given, AdtType) and isinstance(made, AdtType):
            self.unsize(given, made)
        elif exact:
            self.relate.equal(given, made)
        else:
            self.relate.sub(given, made)

    def _to_dyn(self, given: Type, made: DynType) -> None:
        if isinstance(given, DynType):
            self.relate.regions(given.region, made.region, _COVARIANT)
            if given.trait is made.trait:
                same = DynType(
                    given.trait, given.arguments, given.bindings, given.auto, made.region
                )
                self.relate.sub(same, made)
            return
        self.type_outlives(given, made.region)
        if made.trait is not None and not made.bound:
            self.prove(TraitRef(made.trait, (given, *made.arguments)), 0)
            for item, value in made.bindings:
                own = self.selection.project(
                    ProjectionType(item, (given, *made.arguments)), self.relate
                )
                if own is not None:
                    self.relate.equal(own, value)

    # ---------------------------------------------------------------------------------- calls

    def call(self, call: Call) -> None:
        """Relate the arguments to the inputs and the output to the destination."""
        ty = self._callee(call.callee)
        if ty is None:
            return
        signature = self._signature_of(ty)
        if signature is None:
            return
        inputs, output = signature
        self.at.category = Category.BORING
        for part in (*inputs, output):
            self.well_formed(part)
        self.at.category = Category.CALL_ARGUMENT
        self.at.callee = ty.definition if isinstance(ty, FnDefType) else None
        for operand, wanted in zip(call.arguments, inputs, strict=False):
            self.relate.sub(self.operand(operand), wanted)
        if isinstance(ty, FnDefType):
            self.at.category = Category.PREDICATE
            self.predicates(ty.definition, ty.arguments)
        if call.destination is not None:
            self.at.callee = None
            self.at.category = self.category_of(call.destination)
            self.relate.sub(output, self.places.place(call.destination))

    def _callee(self, callee: Any) -> Type | None:
        if isinstance(callee, ItemConst | Copy | Move | NamedConst):
            return self.operand(callee)
        return None

    def _signature_of(self, ty: Type) -> tuple[tuple[Type, ...], Type] | None:
        if isinstance(ty, FnDefType):
            own = getattr(ty.definition, "signature", None)
            if own is None:
                return None
            signature = Substituted(self.regions).signature_of(own, ty.arguments)
        elif isinstance(ty, FnPtrType):
            signature = ty.signature
        else:
            return None
        opened = open_signature(signature, tuple(self.regions.fresh() for _ in signature.bound))
        before = self.at.category
        self.at.category = Category.BORING
        made = self.selection.signature(opened, self.relate)
        self.at.category = before
        return made.inputs, made.output

    # ------------------------------------------------------------------------- where clauses

    def well_formed(self, ty: Type) -> None:
        """Hold to what `ty` being well-formed takes."""
        first = next(variables(ty), None)
        if first is not None:
            for implied in self.shapes.implied(ty):
                self.outlives(implied.longer, implied.shorter)

    def predicates(
        self, definition: Definition, arguments: tuple[GenericArg, ...], depth: int = 0
    ) -> None:
        """Hold to the where clauses of `definition` with `arguments`."""
        if isinstance(definition, Constructor) and definition.adt is not None:
            definition = definition.adt
        for predicate in generics_of(definition).all_predicates():
            self._predicate(predicate, arguments, depth)
        own = _trait_of(definition, arguments)
        if own is not None:
            self.prove(own, depth)

    def _predicate(
        self, predicate: Predicate, arguments: tuple[GenericArg, ...], depth: int
    ) -> None:
        put = Substitute(arguments)
        renumber = self.regions.renumber
        match predicate:
            case RegionOutlives(longer, shorter):
                self.outlives(self._region(put.region(longer)), self._region(put.region(shorter)))
            case TypeOutlives(ty, region, _, bound):
                if not bound:
                    own = self.selection.normalise(renumber(put.type(ty)), self.relate)
                    self.type_outlives(own, self._region(put.region(region)))
            case TraitPredicate(trait, _, bound):
                if not bound:
                    made = self.regions.renumber_all(put.arguments(trait.arguments))
                    self.prove(TraitRef(trait.trait, made), depth)
            case ProjectionPredicate(item, own_arguments, ty, _, bound):
                if not bound:
                    made = self.regions.renumber_all(put.arguments(own_arguments))
                    known = self.selection.project(ProjectionType(item, made), self.relate)
                    if known is not None:
                        wanted = renumber(put.type(ty))
                        self.relate.equal(known, self.selection.normalise(wanted, self.relate))

    def _region(self, region: Region) -> Region:
        return region if isinstance(region, RegionVar) else self.regions.name(region)  # type: ignore[arg-type]

    def _by_bound(self, trait: TraitRef) -> None:
        """A where clause makes `trait` hold: if there is one only, its regions are the trait's."""
        fitting = [one for one in self.bounds if _same_trait(one, trait)]
        if len(fitting) == 1:
            self.relate.arguments(fitting[0].arguments, trait.arguments, Variance.INVARIANT)

    def prove(self, trait: TraitRef, depth: int) -> None:
        """Relate what the impl behind `trait` ties together; it is known that there is one."""
        if depth >= _DEPTH or not any(_has_regions(one) for one in trait.arguments):
            return
        arguments = tuple(
            self.selection.normalise(one, self.relate) if is_type(one) else one
            for one in trait.arguments
        )
        trait = TraitRef(trait.trait, arguments)
        chosen = self.selection.chosen(trait)
        if chosen is not None and isinstance(chosen.source, BoundSource):
            self._by_bound(trait)
        if chosen is None or not isinstance(chosen.source, ImplSource):
            return
        own = self.selection.impl_arguments(trait, chosen.source, self.relate)
        for predicate in chosen.source.impl.generics.all_predicates():
            self._predicate(predicate, own, depth + 1)


def _named(bound: Predicate) -> Iterator[str]:
    """Return the names of the lifetimes in a bound."""
    match bound:
        case TypeOutlives(_, region):
            yield from _named_in(region)
        case TraitPredicate(trait):
            for argument in trait.arguments[1:]:
                yield from _named_in(argument)
        case ProjectionPredicate(_, arguments, ty):
            for argument in (*arguments[1:], ty):
                yield from _named_in(argument)
        case RegionOutlives():
            pass


def _named_in(argument: GenericArg) -> Iterator[str]:
    regions = regions_of(argument) if is_type(argument) else iter((argument,))
    for region in regions:
        if isinstance(region, StaticRegion):
            yield "'static"
        elif isinstance(region, ParamRegion | FreeRegion | BoundRegion):
            yield region.name


def _same_trait(left: TraitRef, right: TraitRef) -> bool:
    return left.trait is right.trait and plain_arguments(left.arguments) == plain_arguments(
        right.arguments
    )


def _has_regions(argument: GenericArg) -> bool:
    if isinstance(argument, RegionVar):
        return True
    return is_type(argument) and next(variables(argument), None) is not None


def _trait_of(definition: Definition, arguments: tuple[GenericArg, ...]) -> TraitRef | None:
    """Return the trait that a call of a trait's own method needs."""
    parent = getattr(definition, "parent", None)
    if not isinstance(parent, Trait):
        return None
    return TraitRef(parent, arguments[: parent.generics.count])


_STATEMENTS: dict[type, Callable[[_Checker, Any], None]] = {
    Assign: _Checker.assign,
    Ascribe: _Checker.ascribe,
}
