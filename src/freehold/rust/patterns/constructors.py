"""Constructors: the ways in which a value of a type may have been made.

A pattern is a constructor with patterns for its fields, or a wildcard (constructor None).
"""

from collections.abc import Callable

from freehold.records import dataclass
from freehold.rust.infer.instantiate import instantiate
from freehold.types import (
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    IntType,
    NeverType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.generic import AdtType, RefType

Normalise = Callable[[Type], Type]
ENDLESS = 1 << 130  # past the ends of usize and isize, whose size is no part of the language


@dataclass(frozen=True, slots=True)
class Single:
    """The only constructor of a struct, tuple, reference or Box."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of an enum."""

    number: int


@dataclass(frozen=True, slots=True)
class Range:
    """The integers or characters from `low` to `high`, which is included; bools are 0 and 1."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Slices of `length` elements; with `longer` of that or more, of which the ends are seen.

    With `longer`, `prefix` of the `length` elements are counted from the start.
    """

    length: int
    longer: bool = False
    prefix: int = 0


@dataclass(frozen=True, slots=True)
class Constant:
    """A string or float: it differs from all others."""

    value: object


@dataclass(frozen=True, slots=True)
class Opaque:
    """A constant of which nothing is known: it covers nothing."""

    key: int


Constructor = Single | Variant | Range | Slice | Constant | Opaque


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of values of `type`. `alternatives` are those of an or-pattern."""

    constructor: Constructor | None
    fields: tuple["Pattern", ...]
    type: Type
    alternatives: tuple["Pattern", ...] = ()


def wild(ty: Type) -> Pattern:
    """Return the pattern that covers all values of `ty`."""
    return Pattern(None, (), ty)


# ------------------------------------------------------------------------------------------ fields


class Shapes:
    """The fields and constructors of types, their projections replaced."""

    __slots__ = ("_empty", "_normalise")

    def __init__(self, normalise: Normalise) -> None:
        """Replace projections by `normalise`."""
        self._normalise = normalise
        self._empty: dict[Type, bool] = {}

    def fields(self, constructor: Constructor, ty: Type) -> tuple[Type, ...]:
        """Return the types of the fields of a constructor of `ty`."""
        match constructor:
            case Variant(number):
                assert isinstance(ty, AdtType)
                return self._of_variant(ty, number)
            case Slice(length):
                assert isinstance(ty, ArrayType | SliceType)
                return (ty.element,) * length
            case Single():
                return self._of_single(ty)
            case _:
                return ()

    def _of_variant(self, ty: AdtType, number: int) -> tuple[Type, ...]:
        fields = ty.definition.variants[number].fields
        return tuple(self._normalise(instantiate(each.type, ty.arguments)) for each in fields)

    def _of_single(self, ty: Type) -> tuple[Type, ...]:
        match ty:
            case TupleType(elements):
                return elements
            case RefType(_, pointee, _):
                return (pointee,)
            case AdtType() if ty.definition.lang == "owned_box":
                return (ty.arguments[0],)  # type: ignore[return-value]
            case AdtType():
                return self._of_variant(ty, 0)
            case _:
                return ()

    # ------------------------------------------------------------------------ constructors

    def is_empty(self, ty: Type) -> bool:
        """Tell whether there are no values of `ty`."""
        known = self._empty.get(ty)
        if known is None:
            self._empty[ty] = False  # a type inside of itself adds nothing
            known = self._empty[ty] = self._find_empty(ty)
        return known

    def _find_empty(self, ty: Type) -> bool:
        match ty:
            case NeverType():
                return True
            case TupleType(elements):
                return any(map(self.is_empty, elements))
            case ArrayType(element, length):
                return bool(length) and self.is_empty(element)
            case AdtType() if ty.definition.kind is AdtKind.UNION:
                return False
            case AdtType():
                numbers = range(len(ty.definition.variants))
                return all(
                    any(map(self.is_empty, self._of_variant(ty, number))) for number in numbers
                )
            case _:
                return False

    def all(self, ty: Type, *, trusted: bool) -> tuple[Constructor, ...] | None:
        """Return all constructors of `ty`, ranges whole; None if they are endless.

        Variants that cannot exist are left out if the place is `trusted` to hold a value.
        """
        match ty:
            case BoolType():
                return (Range(0, 0), Range(1, 1))
            case CharType():
                return (Range(0, 0xD7FF), Range(0xE000, 0x10FFFF))
            case IntType():
                return (_whole(ty),)
            case NeverType():
                return () if trusted else None
            case AdtType() if ty.definition.kind is AdtKind.ENUM:
                return self._variants(ty, trusted=trusted)
            case TupleType() | RefType() | AdtType():
                return () if trusted and self.is_empty(ty) else (Single(),)
            case _:
                return None

    def _variants(self, ty: AdtType, *, trusted: bool) -> tuple[Constructor, ...]:
        return tuple(
            Variant(number)
            for number in range(len(ty.definition.variants))
            if not (trusted and any(map(self.is_empty, self._of_variant(ty, number))))
        )


def _whole(ty: IntType) -> Range:
    if ty.pointer_sized:
        return Range(-ENDLESS if ty.signed else 0, ENDLESS)
    if ty.signed:
        return Range(-(1 << (ty.bits - 1)), (1 << (ty.bits - 1)) - 1)
    return Range(0, (1 << ty.bits) - 1)


def bounds(ty: Type) -> Range:
    """Return the range of all values of an integer, character or bool type."""
    if isinstance(ty, IntType):
        return _whole(ty)
    return Range(0, 0x10FFFF) if isinstance(ty, CharType) else Range(0, 1)
