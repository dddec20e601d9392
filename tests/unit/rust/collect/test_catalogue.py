"""The catalogue of std: programs declare what they name of it, and find the impls that may fit."""

from freehold.rust.collect.heads import ANY, head_of, head_of_item
from freehold.rust.crates import Crates
from freehold.rust.items import Impl, Struct, Trait
from freehold.rust.resolve.scopes import MACRO, TYPE, VALUE
from tests.unit.rust.resolve.marked import loaded


def program(text: str = "fn main() {}") -> Crates:
    made = loaded(text)
    assert not made.diagnostics, [one.message for one in made.diagnostics]
    return made


def trait(crates: Crates, path: str) -> Trait:
    found = crates.known(path)
    assert isinstance(found, Trait)
    return found


def test_few_modules_are_declared() -> None:
    crates = program()
    declared = [one for one in crates.world.scopes.values() if one.crate is crates.std]
    assert len(declared) < len(crates.world.catalogue.modules)


def test_a_name_declares_its_items_and_no_others() -> None:
    names = program().world.catalogue.names["std::option"]
    one, other = program().world, program().world
    for world in (one, other):
        for space in (TYPE, VALUE):
            assert not world.std_module("std::option").declared("no_such_name", space)
    scope, whole = one.std_module("std::option"), other.std_module("std::option")
    before = len(one.scopes)
    assert scope.declared("Option", TYPE)
    assert len(one.scopes) == before
    for name in names:
        scope.declared(name, TYPE)
    left = scope.later
    scope.later = None  # what is asked for now declares nothing
    for space in (TYPE, VALUE, MACRO):
        assert scope.tables[space].keys() == whole.tables[space].keys()
    assert scope.imports.keys() == whole.imports.keys()
    assert len(scope.globs) == len(whole.globs)
    assert left is not None


def test_rows_are_where_they_say() -> None:
    crates = program()
    for path in ("ops::Add", "cmp::PartialEq", "iter::Iterator", "ops::Drop", "ops::Deref"):
        wanted = trait(crates, path)
        table = crates.world.catalogue.impls[wanted.path]
        for head, rows in table.items():
            for row in rows:
                impl = crates.collector.impls.made(row)
                assert impl.of is wanted
                assert impl.self_type is not None
                assert head in {head_of(impl.self_type), ANY}


def test_impls_come_once_and_in_order() -> None:
    crates = program("struct S; impl Clone for S { fn clone(&self) -> S { S } } fn main() {}")
    every = list(crates.impls_of(trait(crates, "clone::Clone")))
    assert len(set(every)) == len(every)
    assert [one.crate is crates.user for one in every] == [*[False] * (len(every) - 1), True]
    assert list(crates.impls_of(trait(crates, "clone::Clone"))) == every
    order = crates.collector.impls.order
    assert sorted(every, key=order.__getitem__) == every


def test_only_impls_that_may_fit_are_made() -> None:
    crates = program()
    vec = crates.known("vec::Vec")
    assert isinstance(vec, Struct)
    found = crates.collector.impls.of(trait(crates, "clone::Clone")).of_head(head_of_item(vec))
    assert [one.self_type.definition for one in found] == [vec]  # type: ignore[union-attr]
    assert all(isinstance(one, Impl) for one in crates.collector.impls.order)
    assert len(crates.collector.impls.order) < 100


def test_a_trait_of_the_same_path_is_not_std_s() -> None:
    crates = program(
        "mod std { pub mod clone { pub trait Clone {} impl Clone for u8 {} } } fn main() {}"
    )
    (own,) = crates.user.traits
    assert own.path == "std::clone::Clone"
    assert all(one.crate is crates.user for one in crates.impls_of(own))


def test_lang_items_are_found_in_modules_not_yet_declared() -> None:
    crates = program()
    assert crates.world.catalogue.lang["start"] == ("std::rt", "lang_start")  # without impls
    for name, (module, _) in crates.world.catalogue.lang.items():
        found = crates.lang(name)
        assert getattr(found, "lang", "") == name
        assert getattr(found, "path", "").startswith(module)
