"""Selection goes as deep as rustc's limits: the interpreter must let it. Our std is read once."""

import gc
import sys
from collections.abc import Iterator

import pytest

from freehold.rust import crates


@pytest.fixture(autouse=True)
def deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 20_000))
    yield
    sys.setrecursionlimit(before)


@pytest.fixture(scope="session", autouse=True)
def _std(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("rust-std")

    def get(key: str) -> bytes | None:
        path = folder / key
        return path.read_bytes() if path.is_file() else None

    def put(key: str, data: bytes) -> None:
        for old in folder.iterdir():
            old.unlink()
        (folder / key).write_bytes(data)

    # As the driver has it: the collector finds nothing in trees, and looks at all of them.
    gc.disable()
    crates.prepare(get, put)
    gc.freeze()
    gc.enable()
