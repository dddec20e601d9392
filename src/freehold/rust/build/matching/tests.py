"""Tests: what is asked of a place, which candidates each answer leaves, and the code that asks.

A candidate that an answer settles goes to the group of that answer; the first that a test says
nothing about, and all after it, are tried when the group has failed.
"""

from enum import Enum

from freehold.mir.statements import Call, Switch
from freehold.mir.values import (
    Binary,
    BinOp,
    Block,
    BorrowKind,
    Constant,
    Copy,
    Discriminant,
    IntConst,
    ItemConst,
    Len,
    Move,
    Operand,
    Place,
    Ref,
    Use,
)
from freehold.records import dataclass
from freehold.rust import thir
from freehold.rust.build.builder import Builder
from freehold.rust.build.matching.pairs import (
    AnyOf,
    HasLength,
    IsConstant,
    IsInRange,
    IsVariant,
    Pair,
    or_last,
)
from freehold.source import Span
from freehold.types import (
    BOOL,
    BoolType,
    CharType,
    FloatType,
    FunctionType,
    IntType,
    PointerType,
    Type,
)
from freehold.types.generic import ERASED, ISIZE, USIZE, AdtDef, FnDefType, FnPtrType, RefType

# ------------------------------------------------------------------------------------------- tests


@dataclass(frozen=True, slots=True)
class WhichVariant:
    """Of which variant is the enum?"""

    definition: AdtDef


@dataclass(frozen=True, slots=True)
class WhichNumber:
    """Which integer or char is it?"""


@dataclass(frozen=True, slots=True)
class IsTrue:
    """Is the bool true?"""


@dataclass(frozen=True, slots=True)
class Equals:
    """Does it equal `value`?"""

    value: thir.Expr
    type: Type


@dataclass(frozen=True, slots=True)
class InRange:
    """Is it in the range?"""

    range: thir.RangePattern


@dataclass(frozen=True, slots=True)
class Length:
    """Has the slice `length` elements, or at least so many?"""

    length: int
    or_more: bool


Question = WhichVariant | WhichNumber | IsTrue | Equals | InRange | Length


@dataclass(frozen=True, slots=True)
class Test:
    """A question about a place."""

    place: Place
    question: Question
    span: Span


class Outcome(Enum):
    """The answers that are not a variant or a number."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class OnVariant:
    """The answer: this variant."""

    variant: int


@dataclass(frozen=True, slots=True)
class OnNumber:
    """The answer: this number."""

    value: int


Answer = Outcome | OnVariant | OnNumber
YES, NO = Outcome.YES, Outcome.NO


def question_of(pair: Pair) -> Test:
    """Return the test that decides `pair`."""
    return Test(pair.place, _question(pair), pair.span)


def _question(pair: Pair) -> Question:
    match pair.case:
        case IsVariant(definition):
            return WhichVariant(definition)
        case IsConstant(thir.Number()) if isinstance(pair.type, BoolType):
            return IsTrue()
        case IsConstant(thir.Number()) if isinstance(pair.type, IntType | CharType):
            return WhichNumber()
        case IsConstant(value):
            return Equals(value, pair.type)
        case IsInRange(range_):
            return InRange(range_)
        case HasLength(length, more):
            return Length(length, more)
        case AnyOf():
            raise AssertionError("or-patterns are expanded before")


# ------------------------------------------------------------------------------------------ sorting


@dataclass(frozen=True, slots=True)
class Sorted:
    """To which answer a candidate belongs; `settled`: the answer says all that its pair asks."""

    answer: Answer
    settled: bool


def sort(test: Test, pairs: list[Pair], groups: dict[Answer, list[list[Pair]]]) -> Answer | None:
    """Return the answer under which a candidate with `pairs` is tried; None: under several.

    `groups` are the pairs of the candidates before it. A pair that is settled gives way to its
    parts.
    """
    for index, pair in enumerate(pairs):
        if pair.place == test.place:
            found = _sort_pair(test, pair, groups)
            if found is None:
                return None
            if found.settled:
                del pairs[index]
                pairs[:] = or_last([*pairs, *pair.within])
            return found.answer
    return None


def _sort_pair(  # noqa: PLR0911 (a case a line)
    test: Test, pair: Pair, groups: dict[Answer, list[list[Pair]]]
) -> Sorted | None:
    match test.question, pair.case:
        case WhichVariant(), IsVariant(_, variant):
            return Sorted(OnVariant(variant), settled=True)
        case WhichNumber(), IsConstant(thir.Number(value)):
            return _sort_number(test, value, groups)
        case WhichNumber(), IsInRange(range_):
            # Only if no number that is asked for is in it does it belong to the rest.
            numbers = (answer.value for answer in groups if isinstance(answer, OnNumber))
            outside = all(contains(range_, number) is False for number in numbers)
            return Sorted(NO, settled=False) if outside else None
        case IsTrue(), IsConstant(thir.Number(value)):
            return Sorted(YES if value else NO, settled=True)
        case Length(), HasLength():
            return _sort_length(test.question, pair.case)
        case InRange(tested), IsInRange(range_):
            if same_range(tested, range_):
                return Sorted(YES, settled=True)
            return Sorted(NO, settled=False) if overlap(tested, range_) is False else None
        case InRange(tested), IsConstant(value):
            number = known(value)
            outside = number is not None and contains(tested, number) is False
            return Sorted(NO, settled=False) if outside else None
        case Equals(tested), IsConstant(value):
            equal = same_constant(tested, value)
            return None if equal is None else Sorted(YES if equal else NO, settled=equal)
        case _:
            return None


def _sort_number(test: Test, value: int, groups: dict[Answer, list[list[Pair]]]) -> Sorted | None:
    """A number may not overtake a range before it that has it."""
    for pairs in groups.get(NO, ()):
        for pair in pairs:
            here = pair.place == test.place
            if here and isinstance(pair.case, IsInRange):
                outside = contains(pair.case.range, value) is False
                if not outside:
                    return None
    return Sorted(OnNumber(value), settled=True)


def _sort_length(test: Length, case: HasLength) -> Sorted | None:
    if test.length == case.length and test.or_more == case.more:
        return Sorted(YES, settled=True)
    if test.or_more:
        if test.length <= case.length:
            return Sorted(YES, settled=False)
        return None if case.more else Sorted(NO, settled=False)
    if test.length >= case.length and case.more:
        return None
    return Sorted(NO, settled=False)


# ------------------------------------------------------------------------------------------ numbers


def known(e: thir.Expr | None) -> int | float | None:
    """Return the value of a literal number."""
    match e:
        case thir.Number(value):
            return value
        case thir.Float(text):
            return float(text)
        case _:
            return None


def contains(range_: thir.RangePattern, value: float) -> bool | None:
    """Say whether `value` is in the range; None: an end is not known."""
    low, high = known(range_.low), known(range_.high)
    if (range_.low is not None and low is None) or (range_.high is not None and high is None):
        return None
    if low is not None and value < low:
        return False
    if high is None:
        return True
    return value <= high if range_.inclusive else value < high


def overlap(a: thir.RangePattern, b: thir.RangePattern) -> bool | None:
    """Say whether some value is in both ranges; None: an end is not known."""
    ends = (a.low, a.high, b.low, b.high)
    if any(end is not None and known(end) is None for end in ends):
        return None
    return not (_ends_before(a, b) or _ends_before(b, a))


def _ends_before(a: thir.RangePattern, b: thir.RangePattern) -> bool:
    high, low = known(a.high), known(b.low)
    if high is None or low is None:
        return False
    return high < low or (high == low and not a.inclusive)


def same_range(a: thir.RangePattern, b: thir.RangePattern) -> bool:
    """Say whether two ranges are known to be the same."""
    if a is b:
        return True
    for x, y in ((a.low, b.low), (a.high, b.high)):
        if (x is None) != (y is None) or (x is not None and known(x) is None):
            return False
        if known(x) != known(y):
            return False
    return a.inclusive == b.inclusive


def same_constant(a: thir.Expr, b: thir.Expr) -> bool | None:
    """Say whether two constants are equal; None: it is not known."""
    if a is b:
        return True
    match a, b:
        case thir.String(data=x), thir.String(data=y):
            return x == y
        case thir.NamedConst(), thir.NamedConst() if a.definition is not None:
            same = a.definition is b.definition and a.arguments == b.arguments
            return True if same else None
        case _:
            left, right = known(a), known(b)
            return None if left is None or right is None else left == right


# ---------------------------------------------------------------------------------------- the code


@dataclass(frozen=True, slots=True)
class Asked:
    """A test from a block: where each answer leads, and all others."""

    block: Block
    targets: dict[Answer, Block]
    others: Block
    match_span: Span
    scrutinee_span: Span

    def target(self, answer: Answer) -> Block:
        """Return where `answer` leads."""
        return self.targets.get(answer, self.others)


def perform(b: Builder, test: Test, asked: Asked) -> None:
    """Build the code of a test."""
    b.graph.current = asked.block
    match test.question:
        case WhichVariant(definition):
            _switch_variant(b, test, definition, asked)
        case WhichNumber():
            targets = tuple(
                (answer.value, block)
                for answer, block in asked.targets.items()
                if isinstance(answer, OnNumber)
            )
            _switch(b, Copy(test.place), targets, asked.target(NO), asked.match_span)
        case IsTrue():
            targets = ((0, asked.target(NO)),)
            _switch(b, Copy(test.place), targets, asked.target(YES), asked.match_span)
        case Equals(value, ty):
            _equal(b, test, value, ty, asked)
        case InRange(range_):
            _range(b, test, range_, asked)
        case Length(length, or_more):
            _length(b, test, BinOp.GE if or_more else BinOp.EQ, length, asked)


def _switch(
    b: Builder,
    operand: Operand,
    targets: tuple[tuple[int, Block], ...],
    otherwise: Block,
    span: Span,
) -> None:
    b.graph.end(Switch(operand, targets, otherwise, span, b.scopes.source))


def _switch_variant(b: Builder, test: Test, definition: AdtDef, asked: Asked) -> None:
    place = b.scratch(ISIZE, test.span)
    b.assign(place, Discriminant(test.place), asked.scrutinee_span)
    targets = tuple(
        (variant.discriminant, asked.targets[OnVariant(number)])
        for number, variant in enumerate(definition.variants)
        if OnVariant(number) in asked.targets
    )
    _switch(b, Move(place), targets, asked.target(NO), asked.match_span)


def _compare(
    b: Builder, op: BinOp, operands: tuple[Operand, Operand], to: tuple[Block, Block], span: Span
) -> None:
    """Compare, and go to the first block if it holds, else to the second."""
    place = b.scratch(BOOL, span)
    b.assign(place, Binary(op, *operands), span)
    _switch(b, Move(place), ((0, to[1]),), to[0], span)


def _constant(b: Builder, e: thir.Expr) -> Constant:
    return b.handlers.constants[type(e)](b, e)


def _range(b: Builder, test: Test, range_: thir.RangePattern, asked: Asked) -> None:
    value = Copy(test.place)
    yes, no = asked.target(YES), asked.target(NO)
    if range_.low is not None:
        inside = yes if range_.high is None else b.graph.block()
        low = _constant(b, range_.low)
        _compare(b, BinOp.LE, (low, value), (inside, no), test.span)
        b.graph.current = inside
    if range_.high is not None:
        high = _constant(b, range_.high)
        op = BinOp.LE if range_.inclusive else BinOp.LT
        _compare(b, op, (value, high), (yes, no), test.span)


def _length(b: Builder, test: Test, op: BinOp, length: int, asked: Asked) -> None:
    actual, expected = b.scratch(USIZE, test.span), b.scratch(USIZE, test.span)
    b.assign(actual, Len(test.place), test.span)
    b.assign(expected, Use(IntConst(length, USIZE)), test.span)
    to = asked.target(YES), asked.target(NO)
    _compare(b, op, (Move(actual), Move(expected)), to, test.span)


def _equal(b: Builder, test: Test, value: thir.Expr, ty: Type, asked: Asked) -> None:
    expected = _constant(b, value)
    yes, no = asked.target(YES), asked.target(NO)
    if not isinstance(value, thir.String) and _is_scalar(ty):
        _compare(b, BinOp.EQ, (expected, Copy(test.place)), (yes, no), test.span)
        return
    if isinstance(ty, RefType):
        result = _call_equal(b, ty.pointee, (Copy(test.place), expected), test.span)
    else:
        operands = _borrow(b, test, ty, test.place), _hold(b, test, ty, expected)
        result = _call_equal(b, ty, operands, test.span)
    _switch(b, Move(result), ((0, no),), yes, test.span)


def _is_scalar(ty: Type) -> bool:
    return isinstance(ty, IntType | CharType | BoolType | FloatType | PointerType | FnPtrType)


def _borrow(b: Builder, test: Test, ty: Type, place: Place) -> Operand:
    reference = b.scratch(RefType(ERASED, ty, mutable=False), test.span)
    b.assign(reference, Ref(BorrowKind.SHARED, place), test.span)
    return Move(reference)


def _hold(b: Builder, test: Test, ty: Type, constant: Constant) -> Operand:
    place = b.scratch(ty, test.span)
    b.assign(place, Use(constant), test.span)
    return _borrow(b, test, ty, place)


def _call_equal(b: Builder, ty: Type, operands: tuple[Operand, Operand], span: Span) -> Place:
    """Call `<ty as PartialEq>::eq`, and return where its answer is."""
    equality = b.source.equality
    assert equality is not None
    result = b.scratch(BOOL, span)
    after = b.graph.block()
    reference = RefType(ERASED, ty, mutable=False)
    callee = ItemConst(FnDefType(equality, (ty, ty)))
    kind = FunctionType((reference, reference), BOOL)
    source = b.scopes.source
    block = b.graph.end(Call(callee, kind, operands, result, after, span, source))
    b.scopes.may_unwind(block)
    b.graph.current = after
    return result
