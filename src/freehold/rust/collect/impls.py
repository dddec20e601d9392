"""The impls of both crates, by trait and by the head of their self type."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from freehold.rust import ast
from freehold.rust.items import (
    Alias,
    Crate,
    GenericName,
    Impl,
    Primitive,
    Struct,
    Trait,
)
from freehold.rust.resolve.wants import Want
from freehold.types import (
    ArrayType,
    BoolType,
    CharType,
    FloatType,
    IntType,
    NeverType,
    PointerKind,
    PointerType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    ErrorType,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    InferKind,
    InferType,
    OpaqueType,
    RefType,
)
from freehold.types.model import StrType

if TYPE_CHECKING:
    from freehold.rust.collect.collector import Collector

Head = Hashable
ANY: Head = "any"  # of an impl: it fits all types; of a type: nothing is known of it
NONE: Head = "none"  # of a type: only impls for all types fit it


def head_of(ty: Type) -> Head:
    """Return the outermost constructor of `ty`."""
    match ty:
        case AdtType():
            return ty.definition
        case RefType():
            return "&mut" if ty.mutable else "&"
        case PointerType():
            return ty.kind
        case TupleType():
            return "tuple", len(ty.elements)
        case ArrayType() | GenericArrayType():
            return "array"
        case DynType():
            return ("dyn", ty.trait) if ty.trait else ("dyn", ty.auto)
        case InferType():
            return _INFERRED[ty.kind]
        case _:
            return _PLAIN.get(type(ty), NONE) if type(ty) not in _ITSELF else ty


_INFERRED: dict[InferKind, Head] = {
    InferKind.ANY: ANY,
    InferKind.INT: "integer",
    InferKind.FLOAT: "float",
}
_ITSELF = {IntType, FloatType, BoolType, CharType, StrType, NeverType}
_PLAIN: dict[type, Head] = {
    SliceType: "slice",
    FnPtrType: "fn",
    FnDefType: NONE,
    ClosureType: NONE,
    OpaqueType: ANY,
    ErrorType: ANY,
}


@dataclass(slots=True)
class _Table:
    """Impls by head, with their places in the order of declaration."""

    order: dict[Impl, int] = field(default_factory=dict)
    by_head: dict[Head, list[Impl]] = field(default_factory=dict)

    def add(self, impl: Impl, head: Head) -> None:
        """Append an impl."""
        self.order[impl] = len(self.order)
        self.by_head.setdefault(head, []).append(impl)

    def fitting(self, head: Head) -> list[Impl]:
        """Return the impls that may fit a type with that head, in order."""
        if head == ANY:
            return list(self.order)
        found = list(self.by_head.get(ANY, ()))
        if head in {"integer", "float"}:
            wanted = IntType if head == "integer" else FloatType
            for key, impls in self.by_head.items():
                if isinstance(key, wanted):
                    found += impls
        else:
            found += self.by_head.get(head, ())
        return sorted(found, key=self.order.__getitem__)


@dataclass(slots=True, eq=False)
class Impls:
    """The impls of all crates. Tables are made per trait when they are asked for."""

    collector: "Collector"
    _names: dict[str, list[Impl]] = field(default_factory=dict)
    _counted: dict[Crate, int] = field(default_factory=dict)
    _tables: dict[Trait, _Table] = field(default_factory=dict)
    _inherent: _Table | None = None

    def _refresh(self) -> None:
        """Take in the impls declared since the last time: bodies declare some."""
        for crate, impls in self.collector.world.impls.items():
            start = self._counted.get(crate, 0)
            if start == len(impls):
                continue
            self._tables.clear()
            self._inherent = None
            self._counted[crate] = len(impls)
            for impl in impls[start:]:
                self._names.setdefault(self._key(impl), []).append(impl)

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

    def of(self, trait: Trait) -> _Table:
        """Return the impls of `trait`."""
        self._refresh()
        table = self._tables.get(trait)
        if table is None:
            table = _Table()
            for impl in self._names.get(trait.name, ()):
                if impl.of is trait:
                    table.add(impl, self.head(impl))
            self._tables[trait] = table
        return table

    def inherent(self) -> _Table:
        """Return the inherent impls."""
        self._refresh()
        if self._inherent is None:
            self._inherent = _Table()
            for impl in self._names.get("", ()):
                self._inherent.add(impl, self.head(impl))
        return self._inherent

    def of_trait(self, trait: Trait) -> Iterable[Impl]:
        """Return all impls of `trait`."""
        return self.of(trait).order

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
                return PointerKind.RAW_MUT if node.mutable else PointerKind.RAW_CONST
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
                return found.base
            case Primitive():
                return found.base.type
            case GenericName():
                return ANY
            case Alias():
                return None
            case _:
                return None

    def _blanket(self, head: Head) -> Head:
        return ANY if head == NONE else head
