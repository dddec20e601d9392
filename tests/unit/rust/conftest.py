"""Selection goes as deep as rustc's limits: the interpreter must let it."""

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 20_000))
    yield
    sys.setrecursionlimit(before)
