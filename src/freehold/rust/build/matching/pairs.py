"""Patterns taken apart: which places are to be tested for what, and what is bound then.

What cannot fail (structs, tuples, references, bindings) disappears: its parts take its place.
"""

from freehold.mir.values import BorrowKind, ConstantIndex, Downcast, Place, Subslice
from freehold.records import dataclass, field
from freehold.rust import thir
from freehold.rust.build.builder import Builder
from freehold.rust.build.inhabited import is_empty_variant
from freehold.rust.build.places import deref, project
from freehold.rust.build.places import field as field_of
from freehold.source import Span
from freehold.types import U8, ArrayType, CharType, IntType, SliceType, Type
from freehold.types.generic import AdtDef, AdtType, RefType, Variance


@dataclass(frozen=True, slots=True)
class Bound:
    """A variable, bound to `source` or to a reference to it."""

    variable: thir.Variable
    by_ref: BorrowKind | None
    source: Place
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class IsVariant:
    """The value is of variant number `variant`."""

    definition: AdtDef
    variant: int


@dataclass(frozen=True, slots=True)
class IsConstant:
    """The value equals a literal or constant."""

    value: thir.Expr


@dataclass(frozen=True, slots=True)
class IsInRange:
    """The value is in a range."""

    range: thir.RangePattern


@dataclass(frozen=True, slots=True)
class HasLength:
    """The slice has `length` elements, or `more`."""

    length: int
    more: bool


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the alternatives matches."""

    alternatives: "tuple[FlatPattern, ...]"


Case = IsVariant | IsConstant | IsInRange | HasLength | AnyOf


@dataclass(frozen=True, slots=True)
class Pair:
    """A place, what it is tested for, and what is tested in it if that holds."""

    place: Place
    case: Case
    within: "tuple[Pair, ...]"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Written:
    """The user wrote the type of `place`; that of variables in `pattern` follows from it."""

    place: Place
    user_type: thir.UserType
    pattern: thir.Pattern | None = None
    variance: Variance = Variance.COVARIANT


@dataclass(slots=True)
class FlatPattern:
    """A pattern against a place: tests, or-patterns last, and bindings in order.

    `written` says of which places and variables the type was written.
    """

    span: Span
    pairs: list[Pair] = field(default_factory=list)
    bindings: list[Bound] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)


def flatten(b: Builder, place: Place, pattern: thir.Pattern) -> FlatPattern:
    """Return `pattern` against `place`, taken apart."""
    flat = FlatPattern(pattern.span)
    flat.pairs = or_last(_Flattener(b, flat).pairs(place, pattern))
    return flat


def or_last(pairs: list[Pair]) -> list[Pair]:
    """Return `pairs` with or-patterns after all others: they multiply what follows them."""
    return sorted(pairs, key=lambda pair: isinstance(pair.case, AnyOf))


class _Flattener:
    """Takes one pattern apart; bindings are collected in `flat`, those of parts first."""

    def __init__(self, b: Builder, flat: FlatPattern) -> None:
        self._b = b
        self._flat = flat

    def pairs(  # noqa: PLR0911 (a case a line)
        self, place: Place, pattern: thir.Pattern
    ) -> list[Pair]:
        match pattern:
            case thir.WildPattern() | thir.NeverPattern():
                return []
            case thir.BindPattern():
                return self._binding(place, pattern)
            case thir.DerefPattern(sub):
                return self.pairs(deref(place), sub)
            case thir.LeafPattern(fields):
                self._write(place, pattern)
                return self._fields(place, fields)
            case thir.VariantPattern():
                return self._variant(place, pattern)
            case thir.SlicePattern():
                return self._slice(place, pattern)
            case thir.OrPattern(alternatives):
                flats = tuple(flatten(self._b, place, one) for one in alternatives)
                return [Pair(place, AnyOf(flats), (), pattern.type, pattern.span)]
            case thir.RangePattern():
                return self._range(place, pattern)
            case thir.ConstPattern(value):
                return self._constant(place, pattern, value)

    def _binding(self, place: Place, pattern: thir.BindPattern) -> list[Pair]:
        sub = pattern.sub
        pairs = [] if sub is None else self.pairs(place, sub)
        self._flat.bindings.append(
            Bound(pattern.variable, pattern.by_ref, place, pattern.type, pattern.span)
        )
        return pairs

    def _fields(self, place: Place, fields: tuple[tuple[int, thir.Pattern], ...]) -> list[Pair]:
        return [pair for index, sub in fields for pair in self.pairs(field_of(place, index), sub)]

    def _write(self, place: Place, pattern: thir.LeafPattern | thir.VariantPattern) -> None:
        """Keep what a path says of the type matched."""
        if pattern.user_type is not None:
            self._flat.written.append(Written(place, pattern.user_type, pattern))

    def _variant(self, place: Place, pattern: thir.VariantPattern) -> list[Pair]:
        self._write(place, pattern)
        ty, variant = pattern.type, pattern.variant
        assert isinstance(ty, AdtType)
        within = self._fields(project(place, Downcast(variant)), pattern.fields)
        others = (n for n in range(len(ty.definition.variants)) if n != variant)
        if all(is_empty_variant(ty, other, self._b.source.answers) for other in others):
            return within
        case = IsVariant(ty.definition, variant)
        return [Pair(place, case, tuple(within), ty, pattern.span)]

    def _slice(self, place: Place, pattern: thir.SlicePattern) -> list[Pair]:
        prefix, suffix = pattern.prefix, pattern.suffix
        count = len(prefix) + len(suffix)
        length = pattern.type.length if isinstance(pattern.type, ArrayType) else None
        within: list[Pair] = []
        for offset, sub in enumerate(prefix):
            within += self.pairs(project(place, ConstantIndex(offset)), sub)
        if pattern.middle is not None:
            end = len(suffix) if length is None else length - len(suffix)
            part = Subslice(len(prefix), end, from_end=length is None)
            within += self.pairs(project(place, part), pattern.middle)
        for offset, sub in enumerate(reversed(suffix), 1):
            at = ConstantIndex(offset if length is None else length - offset, length is None)
            within += self.pairs(project(place, at), sub)
        if not isinstance(pattern.type, SliceType) or (count == 0 and pattern.rest):
            return within
        case = HasLength(count, pattern.rest)
        return [Pair(place, case, tuple(within), pattern.type, pattern.span)]

    def _range(self, place: Place, pattern: thir.RangePattern) -> list[Pair]:
        if _is_whole(pattern):
            return []
        return [Pair(place, IsInRange(pattern), (), pattern.type, pattern.span)]

    def _constant(self, place: Place, pattern: thir.ConstPattern, value: thir.Expr) -> list[Pair]:
        if pattern.user_type is not None:
            # The value matched may well live longer than the constant, not the other way round.
            written = Written(place, pattern.user_type, None, Variance.CONTRAVARIANT)
            self._flat.written.append(written)
        bytes_ = _as_slice(pattern, value)
        if bytes_ is not None:
            return self.pairs(place, bytes_)
        return [Pair(place, IsConstant(value), (), pattern.type, pattern.span)]


def _as_slice(pattern: thir.ConstPattern, value: thir.Expr) -> thir.Pattern | None:
    """Return a byte string against a slice or array as a pattern of its bytes."""
    ty = pattern.type
    if not isinstance(value, thir.String) or not isinstance(ty, RefType):
        return None
    if not isinstance(ty.pointee, SliceType | ArrayType):
        return None
    numbers = [thir.Number(byte, U8, value.span) for byte in value.data]
    parts = tuple(thir.ConstPattern(number, U8, value.span) for number in numbers)
    inner = thir.SlicePattern(parts, None, (), rest=False, type=ty.pointee, span=value.span)
    return thir.DerefPattern(inner, ty, value.span)


def _is_whole(pattern: thir.RangePattern) -> bool:
    """Say whether every value of the type is in the range."""
    low, high, ty = pattern.low, pattern.high, pattern.type
    least, greatest = 0, 0x10FFFF
    if isinstance(ty, IntType):
        least = -(1 << (ty.bits - 1)) if ty.signed else 0
        greatest = (1 << (ty.bits - ty.signed)) - 1
    elif not isinstance(ty, CharType):
        return False
    from_start = low is None or (isinstance(low, thir.Number) and low.value <= least)
    ends = isinstance(high, thir.Number) and pattern.inclusive and high.value >= greatest
    return from_start and (high is None or ends)
