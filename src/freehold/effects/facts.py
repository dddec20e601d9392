"""Path conditions: intervals of linear forms, and constants that they differ from.

What is refuted here is surely infeasible; what is kept may be infeasible all the same.
"""

from collections.abc import Iterator, Sequence

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
    """What holds on one path: bounds of symbols, bounds of sums by normal terms, what differs."""

    __slots__ = ("differs", "ranges", "sums")

    def __init__(
        self,
        ranges: dict[Symbol, Interval] | None = None,
        sums: dict[Terms, Interval] | None = None,
        differs: dict[Terms, frozenset[int]] | None = None,
    ) -> None:
        self.ranges: dict[Symbol, Interval] = ranges or {}
        self.sums: dict[Terms, Interval] = sums or {}
        self.differs: dict[Terms, frozenset[int]] = differs or {}

    def copy(self) -> "Facts":
        """Return the same facts, to be changed apart."""
        return Facts(self.ranges.copy(), self.sums.copy(), self.differs.copy())

    def all(self) -> Iterator[tuple[Terms, Interval]]:
        """Yield the bounds of all that has some."""
        for symbol, bounds in self.ranges.items():
            yield ((symbol, 1),), bounds
        yield from self.sums.items()

    def bounds(self, symbol: Symbol) -> Interval:
        """Return bounds of a symbol."""
        return self.ranges.get(symbol) or (symbol.low, symbol.high)

    def of(self, terms: Terms) -> Interval | None:
        """Return the bounds that were taken in of normal terms."""
        return self.ranges.get(terms[0][0]) if len(terms) == 1 else self.sums.get(terms)

    def interval(self, value: Value) -> Interval:
        """Return bounds of `value`."""
        if type(value) is int:
            return value, value
        if type(value) is not Linear:
            return (0, 1) if type(value) is Condition else (-INFINITE, INFINITE)
        terms, constant = value
        ranges = self.ranges
        if len(terms) == 1:
            symbol, k = terms[0]
            low, high = ranges.get(symbol) or (symbol.low, symbol.high)
            if k == 1:
                return low + constant, high + constant
            if k < 0:
                low, high = high, low
            return low * k + constant, high * k + constant
        low = high = constant
        for symbol, k in terms:
            least, most = ranges.get(symbol) or (symbol.low, symbol.high)
            if k < 0:
                least, most = most, least
            low += k * least
            high += k * most
        if self.sums:
            plain, factor = normal(terms)
            known = self.sums.get(plain)
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
        if len(terms) > 1:
            self.sums[terms] = (low, high)
            return self._spread(terms, low, high, _ROUNDS)
        return self._narrow(terms[0][0], low, high, _ROUNDS)

    def _narrow(self, symbol: Symbol, low: int, high: int, rounds: int) -> bool:
        """Bound a symbol, and by a pointer the others that it is compared with.

        That a number is 0 because a loop did not begin is no reason to bound others.
        """
        self.ranges[symbol] = (low, high)
        if not symbol.pointer or not self.sums or not rounds:
            return True
        for terms, (least, most) in self.sums.items():
            for one, _ in terms:
                if one is symbol and not self._spread(terms, least, most, rounds - 1):
                    return False
        return True

    def _spread(self, terms: Terms, low: int, high: int, rounds: int) -> bool:
        """Bound each symbol by what the others leave it."""
        for symbol, factor in terms:
            least = most = 0
            for other, k in terms:
                if other is not symbol:
                    bottom, top = self.ranges.get(other) or (other.low, other.high)
                    least += k * (bottom if k > 0 else top)
                    most += k * (top if k > 0 else bottom)
            own_low, own_high = self.ranges.get(symbol) or (symbol.low, symbol.high)
            # low <= factor * symbol + the rest <= high
            bottom, top, k = low - most, high - least, factor
            if k < 0:
                bottom, top, k = -top, -bottom, -k
            new_low, new_high = max(own_low, -(-bottom // k)), min(own_high, top // k)
            if new_low > new_high:
                return False
            changed = (new_low, new_high) != (own_low, own_high)
            if changed and not self._narrow(symbol, new_low, new_high, rounds):
                return False
        return True


_ROUNDS = 2  # steps from sum to sum


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
    for symbol, (low, high) in one.ranges.items():
        least, most = other.ranges.get(symbol) or (symbol.low, symbol.high)
        bounds = (min(low, least), max(high, most))
        if bounds != (symbol.low, symbol.high):
            made.ranges[symbol] = bounds
    for terms, (low, high) in one.sums.items():
        least, most = other.interval(Linear(terms))
        made.sums[terms] = (min(low, least), max(high, most))
    for terms, numbers in one.differs.items():
        value = Linear(terms)
        both = frozenset(n for n in numbers if not other.may_be(value, n))
        if both:
            made.differs[terms] = both
    return made


def hull_of(every: Sequence[Facts]) -> Facts:
    """Return what holds on all of several paths."""
    made = Facts()
    first, others = every[0], every[1:]
    for symbol in first.ranges:
        bounds = [one.bounds(symbol) for one in every]
        low, high = min(one for one, _ in bounds), max(one for _, one in bounds)
        if (low, high) != (symbol.low, symbol.high):
            made.ranges[symbol] = (low, high)
    for terms, (low, high) in first.sums.items():
        known = [one.sums[terms] for one in others if terms in one.sums]
        if len(known) == len(others):
            least, most = min(one for one, _ in known), max(one for _, one in known)
            made.sums[terms] = (min(low, least), max(high, most))
    for terms, numbers in first.differs.items():
        value = Linear(terms)
        both = frozenset(n for n in numbers if not any(one.may_be(value, n) for one in others))
        if both:
            made.differs[terms] = both
    return made
