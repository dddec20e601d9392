"""Path conditions: intervals of linear forms, and constants that they differ from.

What is refuted here is surely infeasible; what is kept may be infeasible all the same.
"""

from freehold.effects.values import (
    INFINITE,
    Condition,
    Linear,
    RegionKind,
    Relation,
    Symbol,
    Terms,
    Value,
    form,
    normal,
)

Interval = tuple[int, int]
_EMPTY: frozenset[int] = frozenset()


class Facts:
    """What holds on one path, by normal terms."""

    __slots__ = ("differs", "ranges")

    def __init__(
        self,
        ranges: dict[Terms, Interval] | None = None,
        differs: dict[Terms, frozenset[int]] | None = None,
    ) -> None:
        self.ranges: dict[Terms, Interval] = ranges or {}
        self.differs: dict[Terms, frozenset[int]] = differs or {}

    def copy(self) -> "Facts":
        """Return the same facts, to be changed apart."""
        return Facts(self.ranges.copy(), self.differs.copy())

    def interval(self, value: Value) -> Interval:
        """Return bounds of `value`."""
        if type(value) is int:
            return value, value
        if type(value) is Condition:
            return 0, 1
        if type(value) is not Linear:
            return -INFINITE, INFINITE
        terms, constant = value
        if len(terms) == 1:
            symbol, k = terms[0]
            found = self.ranges.get(terms if k == 1 else ((symbol, 1),))
            low, high = found or (symbol.low, symbol.high)
            if k == 1:
                return low + constant, high + constant
            if k < 0:
                low, high = high, low
            return low * k + constant, high * k + constant
        low = high = constant
        for symbol, k in terms:
            least, most = self.ranges.get(((symbol, 1),)) or (symbol.low, symbol.high)
            low += k * (least if k > 0 else most)
            high += k * (most if k > 0 else least)
        plain, factor = normal(terms)
        known = self.ranges.get(plain)
        if known is not None:
            least, most = known if factor > 0 else (known[1], known[0])
            low = max(low, least * factor + constant)
            high = min(high, most * factor + constant)
        return low, high

    def known(self, value: Value) -> Value:
        """Return the number that `value` must be, else `value`."""
        if type(value) is Linear:
            low, high = self.interval(value)
            if low == high:
                return low
        elif type(value) is Condition:
            decided = self.decide(value)
            if decided is not None:
                return int(decided)
        return value

    def may_be(self, value: Linear, number: int) -> bool:
        """Whether `value` can be `number`."""
        low, high = self.interval(value)
        if not low <= number <= high:
            return False
        terms, factor = normal(value.terms)
        rest = number - value.constant
        return rest % factor == 0 and rest // factor not in self.differs.get(terms, _EMPTY)

    def decide(self, condition: Condition) -> bool | None:
        """Return whether `condition` holds, None if it can and can fail."""
        relation, value = condition
        low, high = self.interval(value)
        if relation is Relation.LE:
            if high <= 0:
                return True
            return False if low > 0 else None
        if low == high == 0:
            equal: bool | None = True
        elif low > 0 or high < 0 or not self.may_be(value, 0) or self._distinct(value):
            equal = False
        else:
            return None
        return equal if relation is Relation.EQ else not equal

    def _distinct(self, value: Linear) -> bool:
        """Whether `value` is the difference of the addresses of two objects."""
        if len(value.terms) != 2:
            return False
        (one, k), (other, m) = value.terms
        if k + m or not (one.pointer and other.pointer):
            return False
        if one.region is not None and other.region is not None:
            return not (one.region.nullable and other.region.nullable)
        # What was there when the function was entered is no block that was allocated since.
        for made, given in ((one, other), (other, one)):
            if _is_made(made) and given.visible and self.interval(form(made))[0] > 0:
                return True
        return False

    def assume(self, condition: Condition) -> bool:
        """Take in that `condition` holds; False if it cannot."""
        decided = self.decide(condition)
        if decided is not None:
            return decided
        relation, value = condition
        terms, factor = normal(value.terms)
        constant = value.constant
        low, high = self.interval(Linear(terms))
        if relation is Relation.LE:
            if factor > 0:
                high = min(high, -constant // factor)
            else:
                low = max(low, _ceil(-constant, factor))
        elif relation is Relation.EQ:
            low = high = -constant // factor
        else:
            number = -constant // factor
            if number == low:
                low += 1
            elif number == high:
                high -= 1
            else:
                self.differs[terms] = self.differs.get(terms, _EMPTY) | {number}
        return self._bound(terms, low, high)

    def _bound(self, terms: Terms, low: int, high: int) -> bool:
        excluded = self.differs.get(terms)
        if excluded:
            while low in excluded:
                low += 1
            while high in excluded:
                high -= 1
        if low > high:
            return False
        self.ranges[terms] = (low, high)
        return len(terms) == 1 or self._spread(terms, low, high)

    def _spread(self, terms: Terms, low: int, high: int) -> bool:
        """Bound each symbol by what the others leave it."""
        for symbol, factor in terms:
            k = factor
            rest = Linear(tuple(t for t in terms if t[0] is not symbol))
            least, most = self.interval(rest)
            own_low, own_high = self.interval(Linear(((symbol, 1),)))
            # low <= k * symbol + rest <= high
            bottom, top = low - most, high - least
            if k < 0:
                bottom, top, k = -top, -bottom, -k
            new_low, new_high = max(own_low, -(-bottom // k)), min(own_high, top // k)
            if new_low > new_high:
                return False
            if (new_low, new_high) != (own_low, own_high):
                self.ranges[((symbol, 1),)] = (new_low, new_high)
        return True


def _ceil(number: int, divisor: int) -> int:
    return -(-number // divisor)


def _is_made(symbol: Symbol) -> bool:
    """Whether `symbol` is the address of a block or stream that this function has come by."""
    region = symbol.region
    made = (RegionKind.HEAP, RegionKind.RESOURCE)
    return region is not None and region.kind in made and not symbol.visible


def negate(condition: Condition) -> Condition:
    """Return the opposite."""
    relation, value = condition
    if relation is Relation.EQ:
        return Condition(Relation.NE, value)
    if relation is Relation.NE:
        return Condition(Relation.EQ, value)
    terms = tuple((symbol, -k) for symbol, k in value.terms)
    return Condition(Relation.LE, Linear(terms, 1 - value.constant))


def hull(one: Facts, other: Facts) -> Facts:
    """Return what holds on both of two paths."""
    made = Facts()
    for terms, (low, high) in one.ranges.items():
        least, most = other.interval(Linear(terms))
        made.ranges[terms] = (min(low, least), max(high, most))
    for terms, numbers in one.differs.items():
        value = Linear(terms)
        both = frozenset(n for n in numbers if not other.may_be(value, n))
        if both:
            made.differs[terms] = both
    return made
