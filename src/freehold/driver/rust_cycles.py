"""Which fields of a program's types can close a cycle of `Rc`s, and so keep it from being freed."""

from collections.abc import Iterator

from freehold.driver.causes import Closing
from freehold.records import dataclass
from freehold.rust.items import Struct
from freehold.types import ArrayType, SliceType, TupleType, Type
from freehold.types.generic import AdtType, FieldDef, VariantDef

_COUNTED = frozenset(("Rc", "Arc"))
_WEAK = frozenset(("RcWeak", "ArcWeak"))
_CELLS = frozenset(("Cell", "RefCell", "OnceCell", "UnsafeCell", "Mutex", "RwLock", "OnceLock"))
# What a pointer against the direction of ownership is called, most often.
_BACK = ("parent", "prev", "owner", "back", "up", "father", "mother")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A field, what it owns through an `Rc`, and whether there may be many of them in it."""

    field: FieldDef
    where: str
    start: Struct
    ends: frozenset[Struct]
    many: bool


def closing_fields(types: list[Struct]) -> tuple[Closing, ...]:
    """Return for each cycle of `types` the field that should best be `Weak`."""
    edges = [edge for one in types for edge in _edges(one, frozenset(types))]
    owned = _owned(types)
    reach = _closure(types, owned, edges)
    found: dict[frozenset[Struct], _Edge] = {}
    for edge in edges:
        back = [end for end in edge.ends if edge.start in reach[end] or end is edge.start]
        if back:
            cycle = frozenset(
                one for one in types if one in reach[edge.start] and edge.start in reach[one]
            ) | {edge.start}
            best = found.get(cycle)
            if best is None or _rank(edge) < _rank(best):
                found[cycle] = edge
    return tuple(Closing(one.where, one.field.name, one.field.span) for one in found.values())


def _rank(edge: _Edge) -> tuple[bool, bool]:
    """Order by how sure it is that the field points back: by its name, else by its number."""
    return not edge.field.name.startswith(_BACK), edge.many


# owned(T, U) :- T has a field whose type names U, but not behind a `Weak`
def _owned(types: list[Struct]) -> dict[Struct, set[Struct]]:
    known = frozenset(types)
    return {
        one: {
            end
            for variant in one.variants
            for field in variant.fields
            for end, _, _ in _named(field.type, known)
        }
        for one in types
    }


# reach(T, V) :- owned(T, V).   reach(T, V) :- reach(T, U), owned(U, V)
def _closure(
    types: list[Struct], owned: dict[Struct, set[Struct]], edges: list[_Edge]
) -> dict[Struct, set[Struct]]:
    reach = {one: set(owned[one]) for one in types}
    for edge in edges:
        reach[edge.start] |= edge.ends
    for middle in types:
        for one in types:
            if middle in reach[one]:
                reach[one] |= reach[middle]
    return reach


def _edges(adt: Struct, known: frozenset[Struct]) -> Iterator[_Edge]:
    for variant in adt.variants:
        for field in variant.fields:
            counted = [(end, many) for end, rc, many in _named(field.type, known) if rc]
            if counted and _has_cell(field.type):
                ends = frozenset(end for end, _ in counted)
                many = any(many for _, many in counted)
                yield _Edge(field, _where(adt, variant), adt, ends, many)


def _has_cell(ty: Type) -> bool:
    """Whether what is in `ty` can change while it is shared: else no cycle can be closed in it."""
    match ty:
        case AdtType(definition, arguments):
            own = definition.path.startswith("std::") and definition.name in _CELLS
            return own or any(map(_has_cell, arguments))  # type: ignore[arg-type]
        case TupleType(elements):
            return any(map(_has_cell, elements))
        case ArrayType(element) | SliceType(element):
            return _has_cell(element)
        case _:
            return False


def _where(adt: Struct, variant: VariantDef) -> str:
    return adt.name if variant.name in {"", adt.name} else f"{adt.name}::{variant.name}"


def _named(
    ty: Type, known: frozenset[Struct], *, rc: bool = False, many: bool = False
) -> Iterator[tuple[Struct, bool, bool]]:
    """Yield each of the types in `ty`: is it behind an `Rc`, may there be many of them."""
    match ty:
        case AdtType(definition, arguments):
            if definition.lang in _WEAK:
                return
            if isinstance(definition, Struct) and definition in known:
                yield definition, rc, many
            counted = rc or definition.lang in _COUNTED
            several = many or definition.path.startswith("std::collections")
            several |= definition.lang == "Vec"
            for argument in arguments:
                yield from _named(argument, known, rc=counted, many=several)  # type: ignore[arg-type]
        case TupleType(elements):
            for element in elements:
                yield from _named(element, known, rc=rc, many=many)
        case ArrayType(element) | SliceType(element):
            yield from _named(element, known, rc=rc, many=True)
        case _:
            return
