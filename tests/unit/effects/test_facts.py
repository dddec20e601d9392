"""Path conditions refute what cannot be, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from freehold.effects.facts import Facts, hull, negate
from freehold.effects.values import Condition, Linear, Relation, Symbol, Value, add, form, scale

SMALL = st.integers(-6, 6)


@st.composite
def conditions(draw: st.DrawFn) -> list[tuple[Relation, int, int, int]]:
    one = st.tuples(st.sampled_from(list(Relation)), SMALL, SMALL, SMALL)
    return draw(st.lists(one, min_size=1, max_size=5))


def _holds(relation: Relation, number: int) -> bool:
    match relation:
        case Relation.EQ:
            return number == 0
        case Relation.NE:
            return number != 0
        case Relation.LE:
            return number <= 0


def _made(x: Symbol, y: Symbol, a: int, b: int, c: int) -> Value:
    return add(add(scale(form(x), a), scale(form(y), b)), c)


@given(conditions(), SMALL, SMALL)
def test_what_holds_is_not_refuted(
    found: list[tuple[Relation, int, int, int]], x: int, y: int
) -> None:
    one, other = Symbol(-10, 10), Symbol(-10, 10)
    facts = Facts()
    for relation, a, b, c in found:
        if not _holds(relation, a * x + b * y + c):
            continue
        value = _made(one, other, a, b, c)
        if isinstance(value, Linear):
            assert facts.assume(Condition(relation, value))
    for symbol, number in ((one, x), (other, y)):
        low, high = facts.interval(form(symbol))
        assert low <= number <= high


@given(conditions(), conditions(), SMALL, SMALL)
def test_a_hull_allows_what_either_path_allows(
    ones: list[tuple[Relation, int, int, int]],
    others: list[tuple[Relation, int, int, int]],
    x: int,
    y: int,
) -> None:
    one, other = Symbol(-10, 10), Symbol(-10, 10)
    paths = []
    for found in (ones, others):
        facts = Facts()
        for relation, a, b, c in found:
            value = _made(one, other, a, b, c)
            if _holds(relation, a * x + b * y + c) and isinstance(value, Linear):
                facts.assume(Condition(relation, value))
        paths.append(facts)
    both = hull(paths[0], paths[1])
    for symbol, number in ((one, x), (other, y)):
        low, high = both.interval(form(symbol))
        assert low <= number <= high


@given(st.sampled_from(list(Relation)), SMALL, SMALL, SMALL)
def test_negation_is_the_other_half(relation: Relation, a: int, c: int, x: int) -> None:
    symbol = Symbol(-10, 10)
    value = add(scale(form(symbol), a), c)
    if not isinstance(value, Linear):
        return
    opposite = negate(Condition(relation, value))
    k = opposite.form.terms[0][1]
    assert _holds(relation, a * x + c) != _holds(opposite.relation, k * x + opposite.form.constant)


def test_a_chain_of_bounds_is_followed() -> None:
    i, n = Symbol(0, 1000), Symbol(0, 1000)
    facts = Facts()
    assert facts.assume(Condition(Relation.LE, Linear(((i, 1), (n, -1)), 1)))  # i < n
    assert facts.assume(Condition(Relation.LE, Linear(((n, 1),), -10)))  # n <= 10
    assert facts.decide(Condition(Relation.LE, Linear(((i, 1), (n, -1)), 0))) is True
    assert facts.decide(Condition(Relation.EQ, Linear(((i, 1), (n, -1)), 0))) is False
