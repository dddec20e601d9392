"""Bodies of std that are kept: the second program that needs them checks its own bodies alone."""

from functools import cache
from pathlib import Path

import pytest

from freehold.api import cache_folder
from freehold.driver import rust, std_bodies
from freehold.driver.cache import Cache
from freehold.driver.deep import deeply
from freehold.driver.rust_programs import Front, read_program
from freehold.mir.text import render
from freehold.rust import crates
from freehold.rust.items import Impl, Struct, Trait
from freehold.rust.references import NoReference, References
from freehold.rust.traits import World
from freehold.rust.typeck.body import check_body
from freehold.source import Source
from freehold.types import U8
from freehold.types.generic import AdtType, Definition

FIRST = """
struct Item { size: u32 }
fn main() {
    let mut items = Vec::new();
    items.push(Item { size: 1 });
    let total: u32 = items.iter().map(|one| one.size).sum();
    if total != 1 { std::process::exit(1); }
}
"""
SECOND = FIRST.replace("Item", "Other").replace("size", "weight")


@cache
def ready() -> None:
    rust.load_std(Cache(cache_folder()))


def program(text: str, folder: Path) -> Front:
    ready()
    return deeply(lambda: read_program(Source("kept.rs", text), Cache(folder)))


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the bodies that are type-checked."""
    names: list[str] = []

    def noting(owner: rust.Owner, world: World) -> object:
        names.append(owner.name)
        return check_body(owner, world)

    monkeypatch.setattr(rust, "check_body", noting)
    return names


def test_the_next_programs_check_their_own_bodies(tmp_path: Path, checked: list[str]) -> None:
    first = program(FIRST, tmp_path)
    assert len(checked) > 20
    checked.clear()
    assert program(SECOND, tmp_path).program is not None
    assert checked == ["main"]
    again = program(FIRST, tmp_path)
    assert first.program is not None
    assert again.program is not None
    assert render(first.program) == render(again.program)


def test_what_is_spoilt_is_not_used(tmp_path: Path) -> None:
    ready()
    made = crates.load(Source("spoilt.rs", "fn main() {}"))
    shelf = std_bodies.Shelf(made, Cache(tmp_path))
    swap = made.known("mem::swap")
    shelf.put(swap, std_bodies.Record({swap: None}))
    shelf.close()
    assert std_bodies.Shelf(made, Cache(tmp_path)).take(swap) == std_bodies.Record({swap: None})
    (file,) = tmp_path.glob("*/*")
    whole = file.read_bytes()
    for spoilt in (b"nonsense" + whole, whole[:-3], whole[:20], b""):
        file.write_bytes(spoilt)
        assert std_bodies.Shelf(made, Cache(tmp_path)).take(swap) is None


def test_references_lead_back() -> None:
    ready()
    made = crates.load(Source("refer.rs", "fn own() {} fn main() {}"))
    references = References(made)
    seen: list[Definition] = [made.known("vec::Vec"), made.known("iter::Iterator")]
    vec = seen[0]
    assert isinstance(vec, Struct)
    seen += made.inherent_impls(AdtType(vec, (U8,)))
    for one in list(seen):
        if isinstance(one, Impl | Trait):
            seen += one.items.values()
    for one in seen:
        assert references.find(references.of(one)) is one
    with pytest.raises(NoReference):
        references.of(made.user.functions[0])


def test_a_shelf_without_a_cache_keeps_nothing() -> None:
    ready()
    made = crates.load(Source("none.rs", "fn main() {}"))
    shelf = std_bodies.Shelf(made, Cache(None))
    assert shelf.take(made.known("mem::swap")) is None
    shelf.close()
