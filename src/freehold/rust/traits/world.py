"""One program's definitions as trait selection sees them, and answers that hold everywhere."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from freehold.rust.infer.instantiate import identity, instantiate_trait
from freehold.rust.infer.resolve import ALIASES, holds, inner
from freehold.rust.items import (
    AssociatedType,
    Constructor,
    Function,
    Generics,
    Impl,
    Item,
    Opaque,
    ParameterKind,
    ProjectionPredicate,
    Struct,
    Trait,
    TraitPredicate,
)
from freehold.rust.traits.goals import Outcome
from freehold.types import Type
from freehold.types.generic import (
    ConstParam,
    Definition,
    GenericArg,
    ParamType,
    ProjectionType,
    TraitRef,
)

if TYPE_CHECKING:
    from freehold.rust.crates import Crates

NO_GENERICS = Generics()


class World:
    """What selection needs of a program. `hidden` finds what an opaque type stands for.

    `concrete` holds answers on traits of types without parameters: they need no environment.
    """

    __slots__ = (
        "_fn_pointers",
        "_lang",
        "_loose",
        "_projections",
        "_supertraits",
        "_unnormal",
        "concrete",
        "crates",
        "hidden",
        "shared",
    )

    def __init__(
        self, crates: "Crates", hidden: Callable[[Opaque], Type | None] = lambda opaque: None
    ) -> None:
        """Take the crates; `hidden` checks the body that an opaque type comes from."""
        self.crates = crates
        self.hidden = hidden
        self.concrete: dict[TraitRef, Outcome] = {}
        self.shared: dict[tuple[str, object], object] = {}
        self._lang: dict[str, Definition | None] = {}
        self._supertraits: dict[Trait, tuple[TraitRef, ...]] = {}
        self._fn_pointers: dict[Impl, bool] = {}
        self._loose: dict[Impl, bool] = {}
        self._unnormal: dict[Impl, bool] = {}
        self._projections: dict[Trait, tuple[ProjectionPredicate, ...]] = {}

    def lang(self, name: str) -> Definition | None:
        """Return a lang item, None if our std has none of that name."""
        if name not in self._lang:
            try:
                self._lang[name] = self.crates.lang(name)
            except KeyError:
                self._lang[name] = None
        return self._lang[name]

    def lang_trait(self, name: str) -> Trait | None:
        """Return a lang item that is a trait."""
        found = self.lang(name)
        return found if isinstance(found, Trait) else None

    def impls_for(self, trait: Trait, self_type: Type) -> Iterable[Impl]:
        """Return the impls of `trait` that may be for `self_type`, by its head."""
        return self.crates.impls_for(trait, self_type)

    def supertraits(self, trait: Trait) -> tuple[TraitRef, ...]:
        """Return `trait` itself and all its supertraits, in terms of its own parameters."""
        known = self._supertraits.get(trait)
        if known is None:
            known = self._supertraits[trait] = self._elaborate(trait)
        return known

    def _elaborate(self, trait: Trait) -> tuple[TraitRef, ...]:
        found = [own_trait_ref(trait)]
        for at in found:  # grows as it goes
            definition = at.trait
            assert isinstance(definition, Trait)
            for supertrait in definition.supertraits:
                made = instantiate_trait(supertrait, at.arguments)
                if made not in found:
                    found.append(made)
        return tuple(found)

    def has_projections(self, impl: Impl) -> bool:
        """Tell whether the header of `impl` has projections, to be normalised before it is used."""
        known = self._unnormal.get(impl)
        if known is None:
            assert impl.trait is not None
            known = any(holds(argument, ALIASES) for argument in impl.trait.arguments)
            self._unnormal[impl] = known
        return known

    def has_loose_parameters(self, impl: Impl) -> bool:
        """Tell whether `impl` has parameters that only its where clauses determine.

        In `impl<B, F: Fn() -> B> Trait for F` that is B.
        """
        known = self._loose.get(impl)
        if known is None:
            assert impl.trait is not None
            bound = {index for each in impl.trait.arguments for index in parameters_of(each)}
            kinds = (ParameterKind.TYPE, ParameterKind.CONST)
            own = {p.index for p in impl.generics.own if p.kind in kinds}
            known = self._loose[impl] = not own <= bound
        return known

    def is_for_fn_pointers(self, impl: Impl) -> bool:
        """Tell whether `impl` is `impl<F: FnPtr> Trait for F`: for function pointers alone."""
        known = self._fn_pointers.get(impl)
        if known is None:
            self_type = impl.self_type
            known = self._fn_pointers[impl] = isinstance(self_type, ParamType) and any(
                isinstance(each, TraitPredicate)
                and each.trait.self_type == self_type
                and getattr(each.trait.trait, "lang", "") == "fn_ptr_trait"
                for each in impl.generics.predicates
            )
        return known

    def super_projections(self, trait: Trait) -> tuple[ProjectionPredicate, ...]:
        """Return what `trait` itself says of associated types of its Self: `trait A: B<C = u8>`."""
        known = self._projections.get(trait)
        if known is None:
            known = self._projections[trait] = tuple(
                predicate
                for predicate in trait.generics.predicates
                if isinstance(predicate, ProjectionPredicate)
                and isinstance(predicate.arguments[0], ParamType)
                and predicate.arguments[0].index == 0
            )
        return known


def parameters_of(part: GenericArg) -> Iterator[int]:
    """Return the indices of the type and constant parameters in `part`, with repetition.

    What stands inside of projections does not count: it is not determined by what they are.
    """
    if isinstance(part, ParamType | ConstParam):
        yield part.index
    elif not isinstance(part, ProjectionType):
        for each in inner(part):
            yield from parameters_of(each)


def own_trait_ref(trait: Trait) -> TraitRef:
    """Return `Self: trait` in terms of the trait's own parameters."""
    return TraitRef(trait, identity(trait.generics))


def generics_of(definition: Definition) -> Generics:
    """Return the generics of any kind of definition."""
    if isinstance(definition, Constructor) and definition.adt is not None:
        return definition.adt.generics
    if isinstance(definition, Item | Struct):
        return definition.generics
    return NO_GENERICS


def parent_of(definition: Definition) -> Definition | None:
    """Return what a definition is declared in."""
    return definition.parent if isinstance(definition, Item | Struct) else None


def trait_of(item: Definition) -> Trait | None:
    """Return the trait that `item` is declared in, None if it is no trait's."""
    parent = parent_of(item)
    return parent if isinstance(parent, Trait) else None


def impl_item(owner: Impl, item: Definition) -> Definition | None:
    """Return what `owner` has for an item of its trait; None: the trait's default stands."""
    found = owner.items.get(item.name)
    kinds = (AssociatedType, Function)
    if found is None or any(isinstance(found, k) is not isinstance(item, k) for k in kinds):
        return None
    return found


def is_sized_bound(predicate: TraitPredicate) -> bool:
    """Tell whether a predicate is `T: Sized`."""
    return getattr(predicate.trait.trait, "lang", "") == "sized"
