"""Usefulness (Maranget 2007): which values no row of patterns covers.

A matrix has a row for each arm and a column for each place looked at. The first column is split
into constructors; each is looked at apart, its fields as new columns. Constructors that no row
names are covered by rows with a wildcard only.
"""

from itertools import pairwise

from freehold.records import dataclass
from freehold.rust.patterns.constructors import (
    Constant,
    Constructor,
    Opaque,
    Pattern,
    Range,
    Shapes,
    Single,
    Slice,
    wild,
)
from freehold.types import AdtKind, ArrayType, SliceType, Type
from freehold.types.generic import AdtType, RefType

Row = tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A place: its type, and whether it is `trusted` to hold a value. `top`: what is matched."""

    type: Type
    trusted: bool = True
    top: bool = False


def uncovered(shapes: Shapes, rows: list[Pattern], ty: Type, *, trusted: bool) -> list[Pattern]:
    """Return patterns of values of `ty` that none of `rows` covers."""
    column = Column(ty, trusted, top=True)
    found = _witnesses(shapes, [(row,) for row in rows], (column,))
    return [witness[0] for witness in found]


def _witnesses(shapes: Shapes, rows: list[Row], columns: tuple[Column, ...]) -> list[Row]:
    if not columns:
        return [] if rows else [()]
    rows = [each for row in rows for each in _alternatives(row)]
    first, rest = columns[0], columns[1:]
    named = [row[0].constructor for row in rows if row[0].constructor is not None]
    present, missing = _split(shapes, first, named)
    found: list[Row] = []
    if missing:
        # Rows with a wildcard are among those of every constructor: only these can be short.
        default = [row[1:] for row in rows if row[0].constructor is None]
        for witness in _witnesses(shapes, default, rest):
            found += [
                (each, *witness) for each in _missing(shapes, first, missing, named=bool(named))
            ]
        return found
    for constructor in present:
        fields = shapes.fields(constructor, first.type)
        inner = tuple(Column(ty, _trust(first, ty)) for ty in fields)
        special = [each for row in rows for each in _specialised(row, constructor, fields)]
        for witness in _witnesses(shapes, special, (*inner, *rest)):
            made = Pattern(constructor, witness[: len(fields)], first.type)
            found.append((made, *witness[len(fields) :]))
    return found


def _alternatives(row: Row) -> list[Row]:
    """Return a row for each alternative of an or-pattern in front."""
    if not row[0].alternatives:
        return [row]
    return [each for p in row[0].alternatives for each in _alternatives((p, *row[1:]))]


def _trust(column: Column, ty: Type) -> bool:
    """Tell whether a field holds a value: behind references and in unions nobody knows."""
    del ty
    inside = column.type
    if isinstance(inside, RefType):
        return False
    if isinstance(inside, AdtType) and inside.definition.kind is AdtKind.UNION:
        return False
    return column.trusted


def _specialised(row: Row, constructor: Constructor, fields: tuple[Type, ...]) -> list[Row]:
    """Return what is left of a row for values made by `constructor`."""
    head, rest = row[0], row[1:]
    if head.constructor is None:
        return [(*map(wild, fields), *rest)]
    if not _covers(head.constructor, constructor):
        return []
    inner = head.fields
    if isinstance(head.constructor, Slice) and head.constructor.longer:
        # The pattern's two ends, with wildcards between.
        assert isinstance(constructor, Slice)
        at = head.constructor.prefix
        between = [wild(ty) for ty in fields[len(inner) :]]
        inner = (*inner[:at], *between, *inner[at:])
    return [(*inner, *rest)]


def _covers(pattern: Constructor, made: Constructor) -> bool:
    match pattern, made:
        case Range(low, high), Range(first, last):
            return low <= first and last <= high
        case Slice(length, longer), Slice():
            if longer:
                return made.length >= length
            return made.length == length and not made.longer
        case Opaque(), _:
            return False
        case _:
            return pattern == made


# -------------------------------------------------------------------------------------- splitting


def _split(
    shapes: Shapes, column: Column, named: list[Constructor]
) -> tuple[list[Constructor], list[Constructor | None]]:
    """Return the constructors to look at apart, and those that no row names.

    A None among the latter stands for endlessly many.
    """
    ty = column.type
    if isinstance(ty, SliceType):
        return _slices(shapes, column, [each for each in named if isinstance(each, Slice)])
    if isinstance(ty, ArrayType):
        made = Slice(ty.length or 0)
        empty = column.trusted and shapes.is_empty(ty)
        return _named_or_missing([] if empty else [made], named)
    every = shapes.all(ty, trusted=column.trusted)
    if every is None:
        constants = [each for each in dict.fromkeys(named) if isinstance(each, Constant)]
        return list(constants), [None]
    if every and isinstance(every[0], Range):
        return _ranges(every, [each for each in named if isinstance(each, Range)])
    return _named_or_missing(list(every), named)


def _named_or_missing(
    every: list[Constructor], named: list[Constructor]
) -> tuple[list[Constructor], list[Constructor | None]]:
    known = set(named)
    present = [each for each in every if each in known]
    present += [
        each
        for each in dict.fromkeys(named)
        if each not in present and not isinstance(each, Opaque)
    ]
    return present, [each for each in every if each not in known]


def _ranges(
    every: tuple[Constructor, ...], named: list[Range]
) -> tuple[list[Constructor], list[Constructor | None]]:
    """Cut the ranges of a type where ranges of patterns begin and end."""
    present: list[Constructor] = []
    missing: list[Constructor | None] = []
    for whole in every:
        assert isinstance(whole, Range)
        cuts = {whole.low, whole.high + 1}
        for each in named:
            cuts |= {at for at in (each.low, each.high + 1) if whole.low < at <= whole.high}
        ends = sorted(cuts)
        for low, after in pairwise(ends):
            piece = Range(low, after - 1)
            if any(_covers(each, piece) for each in named):
                present.append(piece)
            else:
                missing.append(piece)
    return present, _joined(missing)


def _joined(pieces: list[Constructor | None]) -> list[Constructor | None]:
    """Make one of ranges that follow one another."""
    found: list[Constructor | None] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, Range) and isinstance(last, Range) and last.high + 1 == piece.low:
            found[-1] = Range(last.low, piece.high)
        else:
            found.append(piece)
    return found


def _slices(
    shapes: Shapes, column: Column, named: list[Slice]
) -> tuple[list[Constructor], list[Constructor | None]]:
    """Look at each length up to the longest that patterns tell apart, then at all longer ones."""
    assert isinstance(column.type, SliceType)
    prefix = max((each.prefix for each in named if each.longer), default=0)
    suffix = max((each.length - each.prefix for each in named if each.longer), default=0)
    fixed = max((each.length + 1 for each in named if not each.longer), default=0)
    longest = max(prefix + suffix, fixed)
    prefix = max(prefix, longest - suffix)
    if column.trusted and shapes.is_empty(column.type.element):
        every = [Slice(0)]
    else:
        every = [*map(Slice, range(longest)), Slice(longest, longer=True, prefix=prefix)]
    present: list[Constructor] = []
    missing: list[Constructor | None] = []
    for each in every:
        covered = any(_covers(pattern, each) for pattern in named)
        (present if covered else missing).append(each)
    return present, missing


# -------------------------------------------------------------------------------------- witnesses


def _missing(
    shapes: Shapes, column: Column, missing: list[Constructor | None], *, named: bool
) -> list[Pattern]:
    """Return patterns for constructors that no row names: all one by one, or a wildcard."""
    endless = None in missing
    ranges = isinstance(missing[0], Range)
    if endless or (not named and (not column.top or ranges)):
        return [wild(column.type)]
    if isinstance(missing[0], Single):
        return [wild(column.type)]
    found = []
    for each in missing:
        assert each is not None
        fields = tuple(wild(ty) for ty in shapes.fields(each, column.type))
        found.append(Pattern(each, fields, column.type))
    return found
