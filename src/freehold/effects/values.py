"""Symbolic values: integers, linear forms over symbols, conditions, and the uninitialised value.

A pointer is a linear form too: the symbol of its region's address, and what is added to it. The
symbol of an unknown pointer names the region that it points to.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import count
from math import gcd
from typing import Final, NamedTuple

from freehold.effects.events import Event
from freehold.types import BoolType, IntType, PointerType, Type

INFINITE: Final = 1 << 130


class RegionKind(Enum):
    """What a region is part of."""

    STACK = "stack"
    HEAP = "heap"
    STATIC = "static"
    LITERAL = "literal"
    FUNCTION = "function"
    RESOURCE = "resource"  # a stream, directory...: nothing is read through it
    LIBRARY = "library"  # an object of the C library's


class Region:
    """What is fixed about an object. `size` is None where it is not known.

    `family` names what allocated it; `nullable`: its address stands for a failure if it is 0.
    """

    __slots__ = ("event", "family", "kind", "name", "nullable", "size")

    def __init__(
        self,
        kind: RegionKind,
        size: "int | Linear | None",
        name: str = "",
        event: Event | None = None,
        family: str = "",
        nullable: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        self.kind = kind
        self.size = size
        self.name = name
        self.event = event
        self.family = family
        self.nullable = nullable


_numbers = count(1)


def number_anew() -> None:
    """Number symbols from 1 again: what is found in a function depends on no other's numbers."""
    global _numbers  # noqa: PLW0603  (a counter)
    _numbers = count(1)


class Symbol:
    """An unknown number between `low` and `high`; identity is the object itself.

    `visible`: the caller of the function at hand decides it. `tainted`: the world outside does.
    `region` is the object whose address it is, `definition` the operation whose result it is. What
    a search or a walk from object to object came to was reached from `into`, or is null.
    """

    __slots__ = (
        "definition", "high", "into", "low", "name", "number", "pointer", "region", "tainted",
        "visible",
    )  # fmt: skip

    def __init__(
        self,
        low: int,
        high: int,
        *,
        pointer: bool = False,
        visible: bool = False,
        tainted: bool = False,
        region: Region | None = None,
        definition: "Definition | None" = None,
        name: str = "",
        into: "Symbol | None" = None,
        number: int | None = None,
    ) -> None:
        self.into = into
        self.number = next(_numbers) if number is None else number
        self.low = low
        self.high = high
        self.pointer = pointer
        self.visible = visible
        self.tainted = tainted
        self.region = region
        self.definition = definition
        self.name = name

    def __repr__(self) -> str:
        return f"{self.name or 's'}{self.number}"


def number_of(symbol: Symbol) -> int:
    """Return the number of a symbol, to sort by."""
    return symbol.number


Terms = tuple[tuple[Symbol, int], ...]


class Linear(NamedTuple):
    """`constant` and the sum of each symbol times its factor; at least one, by number."""

    terms: Terms
    constant: int = 0


class Relation(Enum):
    """How a linear form compares with zero."""

    EQ = "=="
    NE = "!="
    LE = "<="


class Condition(NamedTuple):
    """1 if `form` compares so with zero, else 0."""

    relation: Relation
    form: Linear


class Uninitialised:
    """The value of what was never written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "uninitialised"


UNINITIALISED: Final = Uninitialised()
Number = int | Linear
Value = int | Linear | Condition | Uninitialised


@dataclass(frozen=True, slots=True)
class Definition:
    """The operation that gave a symbol: its name, its operands, the type of its result."""

    operation: str
    left: Value
    right: Value
    type: Type | None


def form(symbol: Symbol, factor: int = 1) -> Linear:
    """Return the linear form of one symbol."""
    return Linear(((symbol, factor),))


def range_of(ty: Type | None) -> tuple[int, int]:
    """Return the least and the greatest value of a type."""
    if type(ty) is IntType:
        if ty.signed:
            return -(1 << ty.bits - 1), (1 << ty.bits - 1) - 1
        return 0, (1 << ty.bits) - 1
    if type(ty) is PointerType:
        return 0, (1 << 64) - 1
    if type(ty) is BoolType:
        return 0, 1
    return -INFINITE, INFINITE


def fresh(ty: Type | None, *, tainted: bool = False, visible: bool = False) -> Linear:
    """Return a new unknown value of a type."""
    low, high = range_of(ty)
    pointer = type(ty) is PointerType
    return form(Symbol(low, high, pointer=pointer, tainted=tainted, visible=visible))


def wrap(value: int, ty: Type | None) -> int:
    """Return what is left of `value` in an integer type."""
    if type(ty) is IntType:
        value &= (1 << ty.bits) - 1
        if ty.signed and value >> ty.bits - 1:
            value -= 1 << ty.bits
        return value
    if type(ty) is PointerType:
        return value & (1 << 64) - 1
    return value


def add(left: Number, right: Number, factor: int = 1) -> Number:
    """Return `left + factor * right`."""
    if type(right) is int:
        if type(left) is int:
            return left + factor * right
        assert isinstance(left, Linear)
        return Linear(left.terms, left.constant + factor * right) if right else left
    assert isinstance(right, Linear)
    if type(left) is int:
        if factor == 1:
            return Linear(right.terms, left + right.constant)
        terms = tuple((s, k * factor) for s, k in right.terms)
        return Linear(terms, left + factor * right.constant)
    assert isinstance(left, Linear)
    sums = dict(left.terms)
    for symbol, k in right.terms:
        total = sums.get(symbol, 0) + factor * k
        if total:
            sums[symbol] = total
        else:
            sums.pop(symbol, None)
    constant = left.constant + factor * right.constant
    if not sums:
        return constant
    if len(sums) == 1:
        return Linear(tuple(sums.items()), constant)
    return Linear(tuple(sorted(sums.items(), key=_by_number)), constant)


def _by_number(term: tuple[Symbol, int]) -> int:
    return term[0].number


def scale(value: Number, factor: int) -> Number:
    """Return `value * factor`."""
    if type(value) is int:
        return value * factor
    assert isinstance(value, Linear)
    if not factor:
        return 0
    if factor == 1:
        return value
    return Linear(tuple((s, k * factor) for s, k in value.terms), value.constant * factor)


def normal(terms: Terms) -> tuple[Terms, int]:
    """Return terms and a factor: the same without a common divisor, the first one positive."""
    if len(terms) == 1:
        symbol, k = terms[0]
        return (terms, 1) if k == 1 else (((symbol, 1),), k)
    divisor = 0
    for _, k in terms:
        divisor = gcd(divisor, k)
    if terms[0][1] < 0:
        divisor = -divisor
    if divisor == 1:
        return terms, 1
    return tuple((s, k // divisor) for s, k in terms), divisor


def split(value: Value) -> tuple[Symbol | None, Number]:
    """Return the base and the offset of a pointer; no base if there is not just one."""
    if type(value) is not Linear:
        return None, value if type(value) is int else 0
    terms = value.terms
    if len(terms) == 1:
        symbol, k = terms[0]
        return (symbol, value.constant) if k == 1 and symbol.pointer else (None, value)
    bases = [symbol for symbol, k in terms if symbol.pointer and k == 1]
    if len(bases) != 1:
        return None, value
    rest = tuple(term for term in terms if term[0] is not bases[0])
    return bases[0], Linear(rest, value.constant)


def is_tainted(value: Value) -> bool:
    """Whether the world outside has a say in `value`."""
    if type(value) is Condition:
        value = value.form
    if type(value) is not Linear:
        return False
    return any(symbol.tainted for symbol, _ in value.terms)


def is_visible(value: Value) -> bool:
    """Whether a caller can tell `value`: it has no symbols but such as the caller decides."""
    if type(value) is Condition:
        value = value.form
    if type(value) is not Linear:
        return True
    for symbol, _ in value.terms:
        if symbol.visible:
            continue
        if symbol.definition is None:
            return False
    return True
