"""Deep recursion, and failures that come out as they went in."""

import gc

import pytest

from freehold.driver.deep import deeply


def _depth(n: int) -> int:
    return 0 if n == 0 else 1 + _depth(n - 1)


def test_deep_recursion() -> None:
    assert deeply(lambda: _depth(50_000)) == 50_000


def test_failures_come_through() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        deeply(fail)


def test_the_collector_is_as_it_was() -> None:
    assert gc.isenabled()
    deeply(lambda: None)
    assert gc.isenabled()
