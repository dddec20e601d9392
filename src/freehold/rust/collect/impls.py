"""The impls of both crates, by trait and by the head of their self type."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.catalogue import Head, Row
from freehold.rust.collect.heads import (
    ANY,
    FLOAT,
    FLOATS,
    INTEGER,
    INTEGERS,
    NONE,
    SCALARS,
    head_of,
    head_of_item,
)
from freehold.rust.items import Crate, GenericName, Impl, Primitive, Struct, Trait
from freehold.rust.resolve.declare import Declarer
from freehold.rust.resolve.wants import Want
from freehold.types import PointerKind, Type

if TYPE_CHECKING:
    from freehold.rust.collect.collector import Collector

_NO_ROWS: Mapping[Head, list[Row]] = {}
_AFTER_STD = 1_000_000  # places of impls that are in no catalogue begin here
_VARIABLES: Mapping[Head, Iterable[Head]] = {INTEGER: INTEGERS, FLOAT: FLOATS}


@dataclass(slots=True, eq=False)
class _Table:
    """The impls of one trait: rows of std's catalogue, made when they may fit, and all others."""

    every: "Impls"
    rows: Mapping[Head, list[Row]]
    by_head: dict[Head, list[Impl]] = field(default_factory=dict)
    _found: dict[Head, list[Impl]] = field(default_factory=dict)

    def add(self, impl: Impl, head: Head) -> None:
        """Append an impl."""
        self.by_head.setdefault(head, []).append(impl)

    def of_head(self, head: Head) -> list[Impl]:
        """Return the impls that are for types with that head alone, in order."""
        made = [self.every.made(row) for row in self.rows.get(head, ())]
        return [*made, *self.by_head.get(head, ())]

    def fitting(self, head: Head) -> list[Impl]:
        """Return the impls that may fit a type with that head, in order."""
        known = self._found.get(head)
        if known is None:
            known = self._found[head] = self._fitting(head)
        return known

    def _fitting(self, head: Head) -> list[Impl]:
        if head == ANY:
            heads: set[Head] = {*self.rows, *self.by_head}
        else:
            heads = {ANY, *_VARIABLES.get(head, (head,))}
        found = [impl for one in heads for impl in self.of_head(one)]
        return sorted(found, key=self.every.order.__getitem__)


@dataclass(slots=True, eq=False, repr=False)
class Impls:
    """The impls of all crates. Tables are made per trait when they are asked for.

    `order` has the places of the impls that are made, in the order of declaration.
    """

    collector: "Collector"
    order: dict[Impl, int] = field(default_factory=dict)
    _names: dict[str, list[Impl]] = field(default_factory=dict)
    _counted: dict[Crate, int] = field(default_factory=dict)
    _tables: dict[Trait | None, _Table] = field(default_factory=dict)
    _made: dict[int, Impl] = field(default_factory=dict)
    _places: dict[int, Row] = field(default_factory=dict)

    @property
    def places(self) -> Mapping[int, Row]:
        """The rows of the catalogue by their places."""
        if not self._places:
            tables = self.collector.world.catalogue.impls.values()
            rows = (row for table in tables for each in table.values() for row in each)
            self._places = {row[0]: row for row in rows}
        return self._places

    def _refresh(self) -> None:
        """Take in the impls declared since the last time: bodies declare some."""
        for crate, impls in self.collector.world.impls.items():
            start = self._counted.get(crate, 0)
            if start == len(impls):
                continue
            self._tables.clear()
            self._counted[crate] = len(impls)
            for impl in impls[start:]:
                self.order[impl] = _AFTER_STD + len(self.order)
                self._names.setdefault(self._key(impl), []).append(impl)

    def made(self, row: Row) -> Impl:
        """Return an impl of std."""
        place, module, position = row
        known = self._made.get(place)
        if known is None:
            world = self.collector.world
            scope = world.std_module(world.catalogue.modules[module])
            known = self._made[place] = Declarer(world, scope).listed_impl(position)
            self.order[known] = place
        return known

    def _key(self, impl: Impl) -> str:
        """Return the name of the trait, or "" of an inherent impl."""
        if impl.node is None or impl.node.trait is None:
            return ""
        # A renamed import makes the written name differ from the trait's.
        name = impl.node.trait.segments[-1].ident.name
        if len(impl.node.trait.segments) == 1 and self._renamed(impl, name):
            return impl.of.name if impl.of else "?"
        return name

    def _renamed(self, impl: Impl, name: str) -> bool:
        found = self.collector.imports_named(impl.scope, name)
        return any(one.path and one.path[-1].name != name for one in found)

    def _rows(self, trait: Head) -> Mapping[Head, list[Row]]:
        if not isinstance(trait, str):
            return _NO_ROWS
        return self.collector.world.catalogue.impls.get(trait, _NO_ROWS)

    def of(self, trait: Trait) -> _Table:
        """Return the impls of `trait`."""
        self._refresh()
        table = self._tables.get(trait)
        if table is None:
            table = _Table(self, self._rows(head_of_item(trait)))
            for impl in self._names.get(trait.name, ()):
                if impl.of is trait:
                    table.add(impl, self.head(impl))
            self._tables[trait] = table
        return table

    def inherent(self) -> _Table:
        """Return the inherent impls."""
        self._refresh()
        table = self._tables.get(None)
        if table is None:
            table = _Table(self, self._rows(""))
            for impl in self._names.get("", ()):
                table.add(impl, self.head(impl))
            self._tables[None] = table
        return table

    def of_trait(self, trait: Trait) -> Iterable[Impl]:
        """Return all impls of `trait`."""
        return self.of(trait).fitting(ANY)

    def fitting(self, trait: Trait, ty: Type) -> list[Impl]:
        """Return the impls of `trait` that may be for `ty`."""
        return self.of(trait).fitting(head_of(ty))

    # ----------------------------------------------------------------------------------- heads

    def head(self, impl: Impl) -> Head:
        """Return the head of an impl's self type, without making that type if possible."""
        assert impl.node is not None
        return self._head(impl, impl.node.self_type)

    def _head(self, impl: Impl, node: ast.TypeExpr) -> Head:
        match node:
            case ast.PathType() if node.path.qself is None:
                found = self._path(impl, node.path)
                if found is not None:
                    return found
            case ast.RefType():
                return "&mut" if node.mutable else "&"
            case ast.PointerType():
                kind = PointerKind.RAW_MUT if node.mutable else PointerKind.RAW_CONST
                return kind.value
            case ast.ArrayType():
                return "array"
            case ast.SliceType():
                return "slice"
            case ast.TupleType():
                return "tuple", len(node.elements)
            case ast.ParenType():
                return self._head(impl, node.inner)
            case _:
                pass
        ty = impl.self_type
        return ANY if ty is None else self._blanket(head_of(ty))

    def _path(self, impl: Impl, path: ast.Path) -> Head | None:
        found = self.collector.resolution(path, impl.scope, Want.TYPE)
        if found.unresolved:
            return None
        match found.base:
            case Struct():
                return head_of_item(found.base)
            case Primitive():
                return SCALARS[found.base.type]
            case GenericName():
                return ANY
            case _:
                return None

    def _blanket(self, head: Head) -> Head:
        return ANY if head == NONE else head
