"""The order of members that takes the least room, and what it saves.

Members by falling alignment leave no gap but at the end, if each size is a multiple of its
alignment; where that does not hold (bit-fields, attributes) a few orders are tried. Never worse
than what was declared, and no other than it if nothing is saved.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

from freehold.records import dataclass
from freehold.types.layout import align_of, layout_of, size_of
from freehold.types.model import Adt, AdtKind, ArrayType, Field, Variant

_ALL = 6  # so many units are tried in every order


@dataclass(frozen=True, slots=True)
class Order:
    """An order of members by name, the type with it, and how many bytes it saves."""

    names: tuple[str, ...]
    type: Adt
    saved: int


def best_order(adt: Adt) -> Order:
    """Return the best order of the members of a struct in C's order; of others the declared one."""
    declared = Order(tuple(one.name for one in adt.fields), adt, 0)
    free = not adt.rust_layout or adt.ordered
    if adt.kind is not AdtKind.STRUCT or not free or len(adt.fields) < 2:
        return declared
    size = layout_of(adt).size
    best = declared
    for fields in _orders(adt.fields):
        made = _with(adt, fields)
        saved = size - layout_of(made).size
        if saved > best.saved:
            best = Order(tuple(one.name for one in fields), made, saved)
    return best


def _with(adt: Adt, fields: tuple[Field, ...]) -> Adt:
    made = Adt(adt.kind, adt.name, (Variant(adt.name, fields),), adt.packed, adt.align)
    made.rust_layout, made.ordered, made.pack = adt.rust_layout, adt.ordered, adt.pack
    made.complete = True
    return made


Unit = tuple[Field, ...]


def _orders(fields: Sequence[Field]) -> Iterator[tuple[Field, ...]]:
    last: tuple[Field, ...] = ()
    movable = list(fields)
    if isinstance(movable[-1].type, ArrayType) and not movable[-1].type.length:
        last = (movable.pop(),)  # a flexible array stays last
    for units in (_units(movable, split=False), _units(movable, split=True)):
        for key in _KEYS:
            ordered = sorted(units, key=key)
            yield (*(one for unit in ordered for one in unit), *last)
        if len(units) <= _ALL:
            for chosen in permutations(units):
                yield (*(one for unit in chosen for one in unit), *last)


def _units(fields: Sequence[Field], *, split: bool) -> list[Unit]:
    """Return what moves together: bit-fields that follow one another, unless `split`."""
    units: list[list[Field]] = []
    for one in fields:
        follows = one.bits is not None and units and units[-1][-1].bits is not None
        if follows and not split:
            units[-1].append(one)
        else:
            units.append([one])
    return [tuple(unit) for unit in units]


def _align(unit: Unit) -> int:
    return max(max(one.align, align_of(one.type)) for one in unit)


def _size(unit: Unit) -> int:
    return sum(size_of(one.type) if one.bits is None else 1 for one in unit)


Key = Callable[[Unit], tuple[int, ...]]
_KEYS: tuple[Key, ...] = (
    lambda unit: (-_align(unit),),
    lambda unit: (-_align(unit), -_size(unit)),
    lambda unit: (-_align(unit), _size(unit)),
    lambda unit: (_align(unit), _size(unit)),
)
