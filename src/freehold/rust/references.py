"""References to what std declares that hold in every process: plain values for definitions.

A module's item is named by module, namespace and name; an impl by its place in the catalogue; what
stands in those by the way through them. Items inside of bodies have no such name.
"""

from collections.abc import Hashable
from typing import Any

from freehold.records import dataclass, field
from freehold.rust.crates import Crates
from freehold.rust.items import (
    Constructor,
    Function,
    Impl,
    Item,
    Module,
    Opaque,
    Struct,
    Trait,
)
from freehold.rust.resolve.scopes import TYPE, VALUE, Namespace
from freehold.types.generic import Definition

Reference = tuple[Any, ...]


class NoReference(Exception):
    """Something of the user's, or that only a body knows."""


@dataclass(slots=True, eq=False, repr=False)
class References:
    """References of one program's std, both ways."""

    crates: Crates
    _of: dict[Definition, Reference] = field(default_factory=dict)
    _found: dict[Hashable, Definition] = field(default_factory=dict)

    def of(self, definition: Definition) -> Reference:
        """Return the reference to a definition; NoReference if there is none."""
        known = self._of.get(definition)
        if known is None:
            known = self._of[definition] = self._make(definition)
        return known

    def find(self, reference: Reference) -> Definition:
        """Return what a reference means."""
        known = self._found.get(reference)
        if known is None:
            known = self._found[reference] = self._follow(reference)
        return known

    def _make(self, definition: Definition) -> Reference:
        if not isinstance(definition, Item | Struct) or definition.crate is not self.crates.std:
            if isinstance(definition, Opaque):
                return self._opaque(definition)
            raise NoReference
        match definition:
            case Module() if definition in self.crates.world.scopes:
                return "module", definition.path
            case Impl():
                place = self.crates.collector.impls.order.get(definition)
                if place is None or place not in self.crates.collector.impls.places:
                    raise NoReference
                return "impl", place
            case Constructor(adt=adt, variant=variant):
                assert adt is not None
                return "constructor", self.of(adt), variant
            case Opaque():
                return self._opaque(definition)
            case _:
                return self._named(definition)

    def _opaque(self, opaque: Opaque) -> Reference:
        function = opaque.parent
        if not isinstance(function, Function) or opaque not in function.opaques:
            raise NoReference
        return "opaque", self.of(function), function.opaques.index(opaque)

    def _named(self, definition: Item | Struct) -> Reference:
        parent = definition.parent
        if isinstance(parent, Trait | Impl):
            for name, item in parent.items.items():
                if item is definition:
                    return "in", self.of(parent), name
        elif isinstance(parent, Module):
            scope = self.crates.world.scopes.get(parent)
            if scope is None:  # of a block
                raise NoReference
            for space in (TYPE, VALUE):
                found = scope.declared(definition.name, space)
                if found is not None and found.target is definition:
                    return "item", parent.path, int(space), definition.name
        raise NoReference

    def _follow(self, reference: Reference) -> Definition:
        world = self.crates.world
        match reference:
            case ("module", path):
                return world.std_module(path).module
            case ("impl", place):
                impls = self.crates.collector.impls
                return impls.made(impls.places[place])
            case ("constructor", adt, variant):
                struct = self.find(adt)
                assert isinstance(struct, Struct)
                return struct.constructors[variant]
            case ("opaque", function, index):
                owner = self.find(function)
                assert isinstance(owner, Function)
                return owner.opaques[index]
            case ("in", parent, name):
                owner = self.find(parent)
                assert isinstance(owner, Trait | Impl)
                return owner.items[name]
            case ("item", path, space, name):
                found = world.std_module(path).declared(name, Namespace(space))
                assert found is not None
                assert found.target is not None
                return found.target
            case _:
                raise AssertionError(reference)
