"""Replacing projections by what they are, as far as that is known."""

from typing import TYPE_CHECKING

from freehold.rust.infer.instantiate import instantiate
from freehold.rust.infer.resolve import Resolver
from freehold.rust.items import Opaque, ProjectionPredicate, TraitPredicate
from freehold.rust.traits.goals import Goal
from freehold.rust.traits.project import Projected, Unprojected, trait_ref_of
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import is_loose
from freehold.types.generic import ERROR, OpaqueType, ProjectionType

if TYPE_CHECKING:
    from freehold.rust.traits.solver import Solver

_LIMIT = 128


class Normalizer(Resolver):
    """Resolves variables, and replaces projections; what is pending goes to `nested`.

    An ambiguous projection becomes a new variable, with the goal that it is the projection. One
    whose trait does not hold becomes an error type, with the goal that the trait does hold.
    """

    __slots__ = ("_depth", "_nested", "_solver", "_span")

    def __init__(self, solver: "Solver", nested: list[Goal], span: Span) -> None:
        """Add goals to `nested`, at `span`."""
        super().__init__(solver.table)
        self._solver = solver
        self._nested = nested
        self._span = span
        self._depth = 0

    def type(self, ty: Type) -> Type:
        """Return `ty` normalised."""
        ty = super().type(ty)
        if type(ty) is ProjectionType:
            return self._project(ty)
        if type(ty) is OpaqueType and self._solver.reveals:
            assert isinstance(ty.definition, Opaque)
            hidden = self._solver.world.hidden(ty.definition)
            return ty if hidden is None else self._again(instantiate(hidden, ty.arguments))
        return ty

    def _project(self, ty: ProjectionType) -> Type:
        found = self._solver.project(ty)
        if isinstance(found, Projected):
            self._nested.extend(found.nested)
            return found.type
        match found:
            case Unprojected.RIGID:
                return ty
            case Unprojected.UNIMPLEMENTED:
                self._nested.append(TraitPredicate(trait_ref_of(ty), self._span))
                return ERROR
            case Unprojected.AMBIGUOUS if is_loose(ty):
                return ty  # a variable could not be for all lifetimes of the binder around
            case Unprojected.AMBIGUOUS:
                variable = self._solver.table.fresh()
                pending = ProjectionPredicate(ty.item, ty.arguments, variable, self._span)
                self._nested.append(pending)
                return variable

    def _again(self, ty: Type) -> Type:
        """Return what a projection was replaced by, itself normalised."""
        self._depth += 1
        if self._depth > _LIMIT:
            return ERROR
        result = self.type(ty)
        self._depth -= 1
        return result
