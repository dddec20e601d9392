"""The where clauses of what a body uses, and the impls behind them: what they tie together."""

from freehold.rust.items import (
    AssociatedType,
    Constructor,
    Impl,
    Predicate,
    ProjectionPredicate,
    RegionOutlives,
    Trait,
    TraitPredicate,
    TypeOutlives,
)
from freehold.rust.regions.bounds import elaborated, outlives_bounds, trait_bounds
from freehold.rust.regions.constraints import Constraints
from freehold.rust.regions.outlives import WellFormed, components, variables
from freehold.rust.regions.selection import plain_arguments
from freehold.rust.traits.goals import BoundSource, ImplSource, ObjectSource
from freehold.rust.traits.world import generics_of
from freehold.types import Type
from freehold.types.fold import Substitute, parts, substitute
from freehold.types.generic import (
    STATIC,
    AdtType,
    BoundRegion,
    Definition,
    DynType,
    FnPtrType,
    GenericArg,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    RegionVar,
    Signature,
    TraitRef,
    Variance,
    is_type,
    type_argument,
)

_DEPTH = 8  # of traits proven for a where clause


class Clauses:
    """Holds a body to where clauses; `bounds` are its own, and what they imply."""

    __slots__ = ("_shapes", "bounds", "constraints")

    def __init__(self, constraints: Constraints, definition: Definition) -> None:
        """Take up the where clauses of `definition`, which the body is in."""
        self.constraints = constraints
        self._shapes = WellFormed()
        self.bounds = trait_bounds(constraints.regions, generics_of(definition).all_predicates())

    def well_formed(self, ty: Type, depth: int = 0) -> None:
        """Hold to what `ty` being well-formed takes: that of its parts, and its where clauses."""
        if next(variables(ty), None) is None:
            return
        match ty:
            case RefType():
                for component in components(ty.pointee):
                    self.constraints.outlives(component, ty.region)
            case AdtType(definition, arguments):
                for implied in self._shapes.of_adt(ty):
                    self.constraints.outlives(implied.longer, implied.shorter)
                self.predicates(definition, arguments, depth)
            case ProjectionType(item, arguments) if depth < _DEPTH:
                trait = _trait_of(item, arguments)
                if trait is not None:
                    self.prove(trait, depth + 1)
            case FnPtrType() | DynType():
                return
            case _:
                pass
        for part in parts(ty):
            if is_type(part):
                self.well_formed(part, depth)

    def sound(self, signature: Signature) -> None:
        """Hold to what the types of a signature imply of what it does not bind."""
        for part in (*signature.inputs, signature.output):
            for implied in self._shapes.implied(part):
                self.constraints.outlives(implied.longer, implied.shorter)

    def item(self, definition: Definition, arguments: tuple[GenericArg, ...]) -> None:
        """Hold to what it takes to name a function or constant with `arguments`."""
        at = self.constraints.at
        before, at.callee = at.callee, definition
        self.predicates(definition, arguments)
        at.callee = before
        if not any(_has_regions(one) for one in arguments):
            return
        parent = getattr(definition, "parent", None)
        if isinstance(parent, Impl) and parent.self_type is not None:
            own = self.constraints.regions.renumber(substitute(parent.self_type, arguments))
            self.well_formed(own)
        for argument in arguments:
            if is_type(argument):
                self.well_formed(argument)

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
                # What is to outlive any lifetime there is outlives 'static.
                every = bool(bound) and isinstance(region, BoundRegion)
                region = STATIC if every else region
                if not bound or isinstance(ty, ParamType):
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
        fitting = [one for one in self.bounds if _same_trait(one.trait, trait)]
        if len(fitting) == 1:
            own = self.constraints.regions.opened(fitting[0].trait.arguments, fitting[0].bound)
            self.constraints.relate.arguments(own, trait.arguments, Variance.INVARIANT)

    def _by_object(self, trait: TraitRef, depth: int) -> None:
        """A `dyn` type has what its trait asks for: of itself, and of its associated types."""
        itself = type_argument(trait.arguments, 0)
        assert isinstance(itself, DynType)
        if itself.trait is trait.trait and not itself.bound:
            given = trait.arguments[1:]
            self.constraints.relate.arguments(itself.arguments, given, Variance.INVARIANT)
        for what, region in outlives_bounds(elaborated(self.constraints.regions, trait)):
            if is_type(what):
                self.constraints.type_outlives(what, self._region(region))
        for item, value in itself.bindings:
            bounds = item.bounds if isinstance(item, AssociatedType) else ()
            put = Substitute((itself, *itself.arguments))
            for bound in bounds:
                if isinstance(bound, TraitPredicate) and not bound.bound:
                    rest = put.arguments(bound.trait.arguments[1:])
                    made = self.constraints.regions.renumber_all((value, *rest))
                    self.prove(TraitRef(bound.trait.trait, made), depth + 1)

    def prove(self, trait: TraitRef, depth: int = 0) -> None:
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
        if chosen is not None and isinstance(chosen.source, ObjectSource):
            self._by_object(trait, depth)
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
