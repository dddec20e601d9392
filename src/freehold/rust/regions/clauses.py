"""The where clauses of what a body uses, and the impls behind them: what they tie together."""

from freehold.borrow.regions import Category
from freehold.rust.items import (
    Constructor,
    Impl,
    Predicate,
    ProjectionPredicate,
    RegionOutlives,
    Trait,
    TraitPredicate,
    TypeOutlives,
)
from freehold.rust.regions.constraints import Constraints
from freehold.rust.regions.outlives import variables
from freehold.rust.regions.selection import plain_arguments
from freehold.rust.traits.goals import BoundSource, ImplSource
from freehold.rust.traits.world import generics_of
from freehold.types.fold import Substitute, substitute
from freehold.types.generic import (
    Definition,
    GenericArg,
    ProjectionType,
    Region,
    RegionVar,
    TraitRef,
    Variance,
    is_type,
)

_DEPTH = 8  # of traits proven for a where clause


class Clauses:
    """Holds a body to where clauses; `bounds` are its own, and what they imply."""

    __slots__ = ("bounds", "constraints")

    def __init__(self, constraints: Constraints, definition: Definition) -> None:
        """Take up the where clauses of `definition`, which the body is in."""
        self.constraints = constraints
        self.bounds = self._own_bounds(generics_of(definition).all_predicates())

    def _own_bounds(self, predicates: tuple[Predicate, ...]) -> list[TraitRef]:
        """Return the where clauses on traits, and what they imply, with their regions."""
        found: list[TraitRef] = []
        for one in predicates:
            if isinstance(one, TraitPredicate) and not one.bound:
                assert isinstance(one.trait.trait, Trait)
                for implied in self.constraints.world.supertraits(one.trait.trait):
                    put = Substitute(one.trait.arguments)
                    arguments = self.constraints.regions.renumber_all(
                        put.arguments(implied.arguments)
                    )
                    found.append(TraitRef(implied.trait, arguments))
        return found

    def item(self, definition: Definition, arguments: tuple[GenericArg, ...]) -> None:
        """Hold to what naming an item takes: where clauses, a sound header of its impl or trait."""
        at = self.constraints.at
        before, at.callee = at.callee, definition
        with self.constraints.because(Category.PREDICATE):
            self.predicates(definition, arguments)
        at.callee = before
        parent = getattr(definition, "parent", None)
        header: tuple[GenericArg, ...] = ()
        if isinstance(parent, Trait):
            header = arguments[: parent.generics.count]
        elif isinstance(parent, Impl) and parent.self_type is not None:
            made = self.constraints.regions.renumber(substitute(parent.self_type, arguments))
            header = (made,)
        with self.constraints.because(Category.BORING):
            for one in header:
                if is_type(one):
                    self.constraints.well_formed(one)

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
        renumber = self.constraints.regions.renumber
        match predicate:
            case RegionOutlives(longer, shorter):
                self.constraints.outlives(
                    self._region(put.region(longer)), self._region(put.region(shorter))
                )
            case TypeOutlives(ty, region, _, bound):
                if not bound:
                    own = self.constraints.normalise(renumber(put.type(ty)))
                    self.constraints.type_outlives(own, self._region(put.region(region)))
            case TraitPredicate(trait, _, bound):
                if not bound:
                    made = self.constraints.regions.renumber_all(put.arguments(trait.arguments))
                    self.prove(TraitRef(trait.trait, made), depth)
            case ProjectionPredicate(item, own_arguments, ty, _, bound):
                if not bound:
                    made = self.constraints.regions.renumber_all(put.arguments(own_arguments))
                    known = self.constraints.project(ProjectionType(item, made))
                    if known is not None:
                        wanted = renumber(put.type(ty))
                        self.constraints.relate.equal(
                            known,
                            self.constraints.normalise(wanted),
                        )

    def _region(self, region: Region) -> Region:
        return region if isinstance(region, RegionVar) else self.constraints.regions.name(region)  # type: ignore[arg-type]

    def _by_bound(self, trait: TraitRef) -> None:
        """A where clause makes `trait` hold: if there is one only, its regions are the trait's."""
        fitting = [one for one in self.bounds if _same_trait(one, trait)]
        if len(fitting) == 1:
            self.constraints.relate.arguments(
                fitting[0].arguments, trait.arguments, Variance.INVARIANT
            )

    def prove(self, trait: TraitRef, depth: int) -> None:
        """Relate what the impl behind `trait` ties together; it is known that there is one."""
        if depth >= _DEPTH or not any(_has_regions(one) for one in trait.arguments):
            return
        arguments = tuple(
            self.constraints.normalise(one) if is_type(one) else one for one in trait.arguments
        )
        trait = TraitRef(trait.trait, arguments)
        chosen = self.constraints.selection.chosen(trait)
        if chosen is not None and isinstance(chosen.source, BoundSource):
            self._by_bound(trait)
        if chosen is None or not isinstance(chosen.source, ImplSource):
            return
        own = self.constraints.selection.impl_arguments(
            trait, chosen.source, self.constraints.relate
        )
        for predicate in chosen.source.impl.generics.all_predicates():
            self._predicate(predicate, own, depth + 1)


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
