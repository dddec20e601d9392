"""Items made by hand, and the tables over them: what tests of selection need of a crate."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from freehold.rust.items import (
    AssociatedType,
    Function,
    Generics,
    Impl,
    Parameter,
    ParameterKind,
    Predicate,
    ProjectionPredicate,
    Struct,
    Trait,
    TraitPredicate,
)
from freehold.rust.traits.world import World
from freehold.source import Source, Span
from freehold.types import Type
from freehold.types.generic import (
    AdtType,
    Definition,
    FieldDef,
    ParamType,
    ProjectionType,
    Signature,
    TraitRef,
    VariantDef,
)

HERE = Span(Source("test.rs", ""), 0, 0)
T = ParamType(0, "T")
U = ParamType(1, "U")
SELF = ParamType(0, "Self")


def generics(
    *names: str, parent: Generics | None = None, predicates: Iterable[Predicate] = ()
) -> Generics:
    """Return generics with type parameters of these names, after the parent's."""
    start = parent.count if parent else 0
    own = tuple(
        Parameter(name, ParameterKind.TYPE, start + at, HERE) for at, name in enumerate(names)
    )
    return Generics(parent, own, (), tuple(predicates))


@dataclass
class Program:
    """A crate in the making: it plays the part of `rust.crates.Crates` for selection."""

    items: dict[str, Definition] = field(default_factory=dict)
    impls: list[Impl] = field(default_factory=list)

    @property
    def world(self) -> World:
        return World(self)  # type: ignore[arg-type]

    def lang(self, name: str) -> Definition:
        return self.items[name]

    def impls_for(self, trait: Trait, self_type: Type) -> Iterable[Impl]:
        del self_type
        return [impl for impl in self.impls if impl.trait and impl.trait.trait is trait]

    def inherent_impls(self, self_type: Type) -> Iterable[Impl]:
        del self_type
        return [impl for impl in self.impls if impl.trait is None]

    def trait(self, name: str, *parameters: str, lang: str = "", auto: bool = False) -> Trait:
        made = Trait(name, name, HERE, lang=lang, auto=auto)
        made.generics = generics("Self", *parameters)
        own = tuple(ParamType(at, each) for at, each in enumerate(("Self", *parameters)))
        made.generics.predicates = (TraitPredicate(TraitRef(made, own), HERE),)
        self.items[lang or name] = made
        return made

    def above(self, trait: Trait, supertrait: Trait) -> None:
        """Let `supertrait` be above `trait`."""
        made = TraitRef(supertrait, (SELF,))
        trait.supertraits = (*trait.supertraits, made)
        trait.generics.predicates = (*trait.generics.predicates, TraitPredicate(made, HERE))

    def associated(self, trait: Trait, name: str, *bounds: Trait) -> AssociatedType:
        made = AssociatedType(name, name, HERE, parent=trait)
        made.generics = generics(parent=trait.generics)
        own = tuple(ParamType(p.index, p.name) for p in trait.generics.own)
        this = ProjectionType(made, own)
        made.bounds = tuple(TraitPredicate(TraitRef(each, (this,)), HERE) for each in bounds)
        trait.items = {**trait.items, name: made}
        return made

    def struct(self, name: str, *parameters: str, fields: Iterable[Type] = ()) -> Struct:
        made = Struct(name, name, HERE)
        made.generics = generics(*parameters)
        made.parameter_count = len(parameters)
        made.variants = (
            VariantDef(
                name,
                tuple(FieldDef(str(at), ty, HERE) for at, ty in enumerate(fields)),
                0,
                "tuple",
                HERE,
            ),
        )
        self.items[name] = made
        return made

    def impl(
        self,
        trait: Trait | None,
        self_type: Type,
        *arguments: Type,
        over: tuple[str, ...] = (),
        where: Iterable[Predicate] = (),
        negative: bool = False,
    ) -> Impl:
        made = Impl("impl", "impl", HERE, of=trait, self_type=self_type, negative=negative)
        made.generics = generics(*over, predicates=where)
        if trait is not None:
            made.trait = TraitRef(trait, (self_type, *arguments))
        self.impls.append(made)
        return made

    def value(self, owner: Impl, name: str, ty: Type) -> None:
        """Let `owner` say what an associated type is."""
        made = AssociatedType(name, name, HERE, parent=owner, value=ty)
        made.generics = generics(parent=owner.generics)
        owner.items = {**owner.items, name: made}

    def method(self, owner: Impl | Trait, name: str, *inputs: Type, output: Type) -> Function:
        made = Function(name, name, HERE, parent=owner, has_self=True)
        made.generics = generics(parent=owner.generics)
        made.signature = Signature(inputs, output)
        owner.items = {**owner.items, name: made}
        return made


def adt(definition: Struct, *arguments: Type) -> AdtType:
    return AdtType(definition, arguments)


def has(ty: Type, trait: Trait, *arguments: Type) -> TraitPredicate:
    return TraitPredicate(TraitRef(trait, (ty, *arguments)), HERE)


def equals(item: AssociatedType, ty: Type, value: Type) -> ProjectionPredicate:
    return ProjectionPredicate(item, (ty,), value, HERE)
