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

from collections.abc import Callable, Mapping
from typing import Any

from freehold.borrow.regions import Category, RegionBody
from freehold.dataflow.points import Point
from freehold.mir.body import Body, LocalKind
from freehold.mir.statements import Ascribe, Assign, Call
from freehold.mir.values import RETURN, Local, Place
from freehold.rust.items import Constant, Function, Impl, Static, Trait
from freehold.rust.regions.aliases import live_aliases
from freehold.rust.regions.calls import Calls
from freehold.rust.regions.clauses import Clauses
from freehold.rust.regions.closures import Closures, Solved
from freehold.rust.regions.constraints import At, Constraints
from freehold.rust.regions.places import PlaceTypes
from freehold.rust.regions.values import Values
from freehold.rust.traits.world import World
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import ClosureDef, Definition, ProjectionType, TraitRef, Variance


def constrain(
    body: Body, owner: Body, world: World, solved: Mapping[ClosureDef, Solved]
) -> RegionBody:
    """Return the regions of `body`, which is `owner` or a closure in it.

    `solved` has all closures that `body` itself creates.
    """
    return _constrain(body, owner, world, solved)


def _constrain(
    body: Body, owner: Body, world: World, solved: Mapping[ClosureDef, Solved]
) -> RegionBody:
    assert owner.generic is not None
    made = Constraints(body, owner, world)
    made.learn()
    clauses = Clauses(made, owner.generic.definition)
    walk = _Walk(made, clauses, Closures(made, solved), body)
    frame = made.frame
    # Lifetimes that had an error matter in the signature and in the body, not in where clauses.
    made.regions.tainted = frame.tainted
    walk.declare_locals({RETURN: frame.output, **_numbered(frame.inputs)})
    walk.visit()
    return RegionBody(
        body,
        made.regions.count,
        tuple(walk.locals),
        tuple(made.found.constraints.values()),
        tuple(frame.universals),
        tuple(frame.known),
        made.found.loans,
        {point: tuple(ids) for point, ids in made.found.mentioned.items()},
        tuple(made.found.tests),
        kind=_kind(body),
        body_region=frame.body,
        given_signature=_has_given_signature(body),
        aliases=live_aliases(walk.locals, made.known),
        tainted=made.regions.tainted,
    )


def _has_given_signature(body: Body) -> bool:
    definition = None if body.generic is None else body.generic.definition
    if isinstance(definition, Function):
        return isinstance(definition.parent, Impl) and definition.parent.trait is not None
    return isinstance(definition, ClosureDef)


def _numbered(inputs: list[Type]) -> dict[Local, Type]:
    return {Local(number): ty for number, ty in enumerate(inputs, 1)}


def _kind(body: Body) -> str:
    """Return what rustc calls the body."""
    definition = None if body.generic is None else body.generic.definition
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


class _Walk:
    """Visits a body; or a constant that was promoted out of it, all of it at one `point`."""

    __slots__ = (
        "_calls",
        "_clauses",
        "_closures",
        "_places",
        "_point",
        "_values",
        "body",
        "constraints",
        "locals",
    )

    def __init__(
        self,
        constraints: Constraints,
        clauses: Clauses,
        closures: Closures,
        body: Body,
        point: Point | None = None,
    ) -> None:
        self.constraints = constraints
        self.body = body
        self.locals: list[Type] = []
        self._clauses = clauses
        self._closures = closures
        self._point = point
        self._places = PlaceTypes(self.locals, constraints.selection, constraints.relate)
        self._values = Values(constraints, clauses, closures, self._places, self._promoted)
        self._calls = Calls(constraints, clauses, self._values)

    def declare_locals(self, known: Mapping[Local, Type]) -> None:
        """Give each local regions of its own; those of the signature are equal to its types."""
        constraints = self.constraints
        for declared in self.body.locals:
            self.locals.append(constraints.normalise(constraints.regions.renumber(declared.type)))
        constraints.at = At(None, self.body.span, Category.BORING_NO_LOCATION)
        for local, ty in known.items():
            constraints.at.span = self.body.locals[local].span
            constraints.relate.equal(self.locals[local], constraints.normalise(ty))

    def visit(self) -> None:
        """Visit all blocks."""
        point = 0
        for block in self.body.blocks:
            for statement in block.statements:
                self._enter(point, statement.span)
                visit = _STATEMENTS.get(type(statement))
                if visit is not None:
                    visit(self, statement)
                point += 1
            self._enter(point, block.terminator.span)
            if isinstance(block.terminator, Call):
                self._call(block.terminator)
            point += 1

    def _enter(self, point: int, span: Span) -> None:
        inside = self._point is not None
        self.constraints.at = At(self._point if inside else Point(point), span, lends=not inside)

    def _promoted(self, constant: Definition) -> Type | None:
        """Return the type of a promoted constant, whose body is as a part of this one."""
        assert self.body.generic is not None
        body = self.body.generic.promoted.get(constant)
        if body is None:
            return None
        before = self.constraints.at
        walk = _Walk(self.constraints, self._clauses, self._closures, body, before.point)
        walk.declare_locals({})
        walk.visit()
        self.constraints.at = before
        return walk.locals[RETURN]

    def category_of(self, place: Place) -> Category:
        """Return why an assignment to `place` relates regions."""
        if place.projections or not isinstance(place.base, int):
            return Category.ASSIGNMENT
        if place.base == RETURN:
            return self._result_category()
        kind = self.body.locals[place.base].kind
        return Category.ASSIGNMENT if kind is LocalKind.VARIABLE else Category.BORING

    def _result_category(self) -> Category:
        if self._point is not None:
            return Category.BORING
        generic = self.body.generic
        definition = generic.definition if generic is not None else None
        if isinstance(definition, Constant):
            return Category.CONST
        if isinstance(definition, Static):
            return Category.STATIC
        return Category.RETURN

    def assign(self, statement: Assign) -> None:
        target = self._places.place(statement.place)
        self.constraints.at.category = self.category_of(statement.place)
        value = self._values.rvalue(statement.rvalue, target)
        if value is not None:
            self.constraints.relate.sub(value, target)
        if isinstance(target, ProjectionType):
            self._sized(target)

    def _sized(self, ty: Type) -> None:
        """What is assigned is Sized, by a where clause perhaps."""
        trait = self.constraints.world.lang_trait("sized")
        if trait is not None:
            with self.constraints.because(Category.SIZED_BOUND):
                self._clauses.prove(TraitRef(trait, (ty,)))

    def ascribe(self, statement: Ascribe) -> None:
        of_signature = self._of_signature(statement)
        self.constraints.at.category = (
            Category.BORING_NO_LOCATION if of_signature else Category.ANNOTATION
        )
        made = self.constraints.regions.renumber(statement.type)
        place = self._places.place(statement.place)
        if not of_signature:
            self._clauses.well_formed(made)
        ty = self.constraints.normalise(made)
        self.constraints.relate.types(place, ty, statement.variance)

    def _of_signature(self, statement: Ascribe) -> bool:
        """Say whether it is a closure's parameter or result whose type was written."""
        base = statement.place.base
        if statement.place.projections or not isinstance(base, int):
            return False
        if statement.variance is not Variance.INVARIANT:
            return False  # a `let _: T = parameter`
        return self.body.locals[base].kind in (LocalKind.RETURN, LocalKind.ARGUMENT)

    def _call(self, call: Call) -> None:
        to = call.destination
        self._calls.call(call, Category.BORING if to is None else self.category_of(to))


_STATEMENTS: dict[type, Callable[[_Walk, Any], None]] = {
    Assign: _Walk.assign,
    Ascribe: _Walk.ascribe,
}
