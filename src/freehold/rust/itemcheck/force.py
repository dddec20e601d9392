"""Making everything that the user's items have."""

from freehold.rust.crates import Crates
from freehold.rust.items import (
    Alias,
    AssociatedType,
    Constant,
    Function,
    Generics,
    Item,
    Static,
    Struct,
)
from freehold.rust.resolve.scopes import TYPE, ModuleScope


def force(crates: Crates) -> None:
    """Make all attributes of all items of the user's crate."""
    crate = crates.user
    for adt in crate.adts:
        _adt(adt)
    for trait in crate.traits:
        _generics(trait.generics)
        _ = trait.supertraits
        for item in trait.items.values():
            _item(item)
    for impl in crates.world.impls[crate]:
        _generics(impl.generics)
        _ = impl.trait, impl.self_type
        for item in impl.items.values():
            _item(item)
    for owners in (crate.functions, crate.constants, crate.statics):
        for owner in owners:
            _item(owner)
    for scope in (*crates.world.scopes.values(), *crates.blocks):
        if scope.crate is crate:
            _aliases(scope)


def _aliases(scope: ModuleScope) -> None:
    for binding in scope.tables[TYPE].values():
        if isinstance(binding.target, Alias):
            _item(binding.target)


def _adt(adt: Struct) -> None:
    _generics(adt.generics)
    _ = adt.variants, adt.variances
    for constructor in adt.constructors:
        _ = constructor.signature


def _item(item: object) -> None:
    if isinstance(item, Item):
        _generics(item.generics)
    match item:
        case Function():
            _ = item.signature
            for opaque in item.opaques:
                _ = opaque.bounds
        case Constant() | Static():
            _ = item.type
        case Alias():
            _ = item.aliased
        case AssociatedType():
            _ = item.bounds, item.value
        case _:
            pass


def _generics(generics: Generics) -> None:
    _ = generics.predicates
    for parameter in generics.own:
        _ = parameter.default, parameter.type
