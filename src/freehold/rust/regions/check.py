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
from freehold.dataflow.points import Graph, Point
from freehold.mir.body import RETURN, Ascribe, Assign, Body, Call, Local, LocalKind, Place
from freehold.rust.items import Constant, Function, Impl, Static, Trait
from freehold.rust.regions.calls import Calls
from freehold.rust.regions.clauses import Clauses
from freehold.rust.regions.closures import Closures, Solved
from freehold.rust.regions.constraints import At, Constraints
from freehold.rust.regions.places import PlaceTypes
from freehold.rust.regions.values import Values
from freehold.rust.traits.world import World
from freehold.types import Type
from freehold.types.generic import ClosureDef


def constrain(
    body: Body, owner: Body, world: World, solved: Mapping[ClosureDef, Solved]
) -> RegionBody:
    """Return the regions of `body`, which is `owner` or a closure in it.

    `solved` has all closures that `body` itself creates.
    """
    return _Checker(body, owner, world, solved).run()


class _Checker:
    __slots__ = ("body", "calls", "constraints", "graph", "locals", "places", "values")

    def __init__(
        self, body: Body, owner: Body, world: World, solved: Mapping[ClosureDef, Solved]
    ) -> None:
        assert owner.generic is not None
        self.body = body
        self.graph = Graph(body)
        self.constraints = Constraints(body, owner, world)
        clauses = Clauses(self.constraints, owner.generic.definition)
        self.locals: list[Type] = []
        self.places = PlaceTypes(self.locals, self.constraints.selection, self.constraints.relate)
        self.values = Values(
            self.constraints, clauses, Closures(self.constraints, solved), self.places
        )
        self.calls = Calls(self.constraints, clauses, self.values)

    def run(self) -> RegionBody:
        # Lifetimes that had an error matter in the signature and in the body, not in where clauses.
        self.constraints.regions.tainted = self.constraints.frame.tainted
        self._declare_locals()
        for number, block in enumerate(self.body.blocks):
            point = self.graph.start(number)  # type: ignore[arg-type]
            for statement in block.statements:
                self.constraints.at = At(point, statement.span)
                visit = _STATEMENTS.get(type(statement))
                if visit is not None:
                    visit(self, statement)
                point = Point(point + 1)
            self.constraints.at = At(point, block.terminator.span)
            if isinstance(block.terminator, Call):
                self._call(block.terminator)
        return self._result()

    def _result(self) -> RegionBody:
        made = self.constraints
        return RegionBody(
            self.body,
            made.regions.count,
            tuple(self.locals),
            tuple(made.found.constraints.values()),
            tuple(made.frame.universals),
            tuple(made.frame.known),
            made.found.loans,
            {point: tuple(ids) for point, ids in made.found.mentioned.items()},
            tuple(made.found.tests),
            kind=self._kind(),
            body_region=made.frame.body,
            tainted=made.regions.tainted,
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
        known: dict[Local, Type] = {RETURN: self.constraints.frame.output}
        for number, ty in enumerate(self.constraints.frame.inputs, 1):
            known[Local(number)] = ty
        for declared in self.body.locals:
            ty = self.constraints.regions.renumber(declared.type)
            self.locals.append(self.constraints.normalise(ty))
        self.constraints.at = At(None, self.body.span, Category.BORING_NO_LOCATION)
        for local, ty in known.items():
            self.constraints.at.span = self.body.locals[local].span
            self.constraints.relate.equal(
                self.locals[local],
                self.constraints.normalise(ty),
            )

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

    def assign(self, statement: Assign) -> None:
        target = self.places.place(statement.place)
        self.constraints.at.category = self.category_of(statement.place)
        value = self.values.rvalue(statement.rvalue, target)
        if value is not None:
            self.constraints.relate.sub(value, target)

    def ascribe(self, statement: Ascribe) -> None:
        body, place = self.constraints.body, statement.place
        of_signature = place.base in range(body.argument_count + 1) and not place.projections
        self.constraints.at.category = Category.BORING if of_signature else Category.ANNOTATION
        ty = self.constraints.normalise(self.constraints.regions.renumber(statement.type))
        self.constraints.well_formed(ty)
        self.constraints.relate.types(self.places.place(place), ty, statement.variance)

    def _call(self, call: Call) -> None:
        to = call.destination
        self.calls.call(call, Category.BORING if to is None else self.category_of(to))


_STATEMENTS: dict[type, Callable[[_Checker, Any], None]] = {
    Assign: _Checker.assign,
    Ascribe: _Checker.ascribe,
}
