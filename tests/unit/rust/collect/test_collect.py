"""Definitions: indices of parameters, elision, predicates, variances, defaults."""

from freehold.rust.crates import Crates
from freehold.rust.infer.show import show
from freehold.rust.items import (
    Function,
    ProjectionPredicate,
    RegionOutlives,
    Struct,
    Trait,
    TraitPredicate,
)
from freehold.types.fold import regions_of
from freehold.types.generic import (
    STATIC,
    AdtType,
    BoundRegion,
    DynType,
    FnPtrType,
    OpaqueType,
    ParamRegion,
    ParamType,
    RefType,
    Region,
)
from tests.unit.rust.resolve.marked import loaded


def program(text: str) -> Crates:
    made = loaded(text + "\nfn main() {}")
    assert not made.diagnostics, [one.message for one in made.diagnostics]
    return made


def function(crates: Crates, name: str) -> Function:
    return next(one for one in crates.user.functions if one.name == name)


def adt(crates: Crates, name: str) -> Struct:
    return next(one for one in crates.user.adts if one.name == name)


def output_region(text: str) -> Region:
    signature = function(program(text), "f").signature
    assert signature is not None
    return next(iter(regions_of(signature.output)))


def test_parameters_are_numbered_after_those_of_the_parent() -> None:
    crates = program(
        "struct S<'a, T>(&'a T);\n"
        "impl<'a, T: Clone> S<'a, T> { fn m<'b, 'c: 'b, U>(&self, x: &'b U, y: &'c T) {} }\n"
    )
    method = function(crates, "m")
    assert [(one.name, one.index) for one in method.generics.all()] == [
        ("'a", 0), ("T", 1), ("'b", 2), ("'c", 3), ("U", 4),
    ]  # fmt: skip
    assert method.generics.late == ()  # both lifetimes stand in a bound


def test_lifetimes_without_bounds_are_late() -> None:
    crates = program("fn f<'a, 'b: 'b, T>(x: &'a T, y: &'b T, z: &T) {}")
    f = function(crates, "f")
    assert [one.name for one in f.generics.late] == ["'a"]
    assert [one.name for one in f.generics.own] == ["'b", "T"]
    assert f.signature is not None
    assert f.signature.bound == ("'a", "'_")
    first, second, third = f.signature.inputs
    assert isinstance(first, RefType)
    assert first.region == BoundRegion(0, 0, "'a")
    assert isinstance(second, RefType)
    assert second.region == ParamRegion(0, "'b")
    assert isinstance(third, RefType)
    assert third.region == BoundRegion(0, 1, "'_")


def test_results_borrow_from_self_or_the_only_parameter() -> None:
    assert output_region("fn f(x: &str, n: u8) -> &str { x }") == BoundRegion(0, 0, "'_")
    assert output_region("fn f<'a>(x: &'a str, y: &'static str) -> &'a str { x }").name == "'a"  # type: ignore[union-attr]
    method = "struct S; impl S { fn f(&self, other: &str) -> &str { loop {} } }"
    assert output_region(method) == BoundRegion(0, 0, "'_")
    boxed = "struct S; impl S { fn f(self: Box<&Self>, o: &str) -> &str { loop {} } }"
    assert output_region(boxed) == BoundRegion(0, 0, "'_")


def test_function_types_bind_what_they_leave_out() -> None:
    f = function(program("fn f<F: Fn(&u8) -> &u8>(g: fn(&u8) -> &u8, x: F) {}"), "f")
    assert f.signature is not None
    pointer = f.signature.inputs[0]
    assert isinstance(pointer, FnPtrType)
    assert pointer.signature.bound == ("'_",)
    bound, output = (one for one in f.generics.predicates if getattr(one, "bound", ()))
    assert isinstance(bound, TraitPredicate)
    assert isinstance(output, ProjectionPredicate)
    assert next(iter(regions_of(output.type))) == BoundRegion(0, 0, "'_")


def test_predicates_hold_sized_and_constraints() -> None:
    f = function(
        program(
            "fn f<'a, T: ?Sized + 'a, U: Iterator<Item = u8>>(t: &'a T, u: U)"
            " where U::Item: Copy, 'static: 'a {}"
        ),
        "f",
    )
    shown = {
        (one.trait.trait.name, show(one.trait.self_type))
        for one in f.generics.predicates
        if isinstance(one, TraitPredicate)
    }
    assert ("Sized", "U") in shown
    assert ("Sized", "T") not in shown
    assert ("Copy", "<U as Iterator>::Item") in shown
    assert any(isinstance(one, RegionOutlives) for one in f.generics.predicates)


def test_objects_have_the_lifetime_of_where_they_stand() -> None:
    crates = program(
        "trait Job {} trait Kept: 'static {}\n"
        "fn f<'a>(x: Box<dyn Job>, y: &'a dyn Job, z: &'a Box<dyn Job>, k: &'a dyn Kept) {}"
    )
    signature = function(crates, "f").signature
    assert signature is not None
    regions = []
    for ty in signature.inputs:
        inner = ty.pointee if isinstance(ty, RefType) else ty
        if not isinstance(inner, DynType):
            inner = inner.arguments[0]  # type: ignore[union-attr]
        assert isinstance(inner, DynType)
        regions.append(inner.region)
    assert regions == [STATIC, BoundRegion(0, 0, "'a"), STATIC, STATIC]


def test_variances() -> None:
    crates = program(
        "use std::cell::Cell; use std::marker::PhantomData;\n"
        "struct Own<'a, T, U>(&'a T, fn(U));\n"
        "struct Mut<'a, T>(&'a mut T, Cell<u8>);\n"
        "struct Rec<T>(Option<Box<Rec<T>>>, *const T, PhantomData<T>);\n"
        "struct In<T>(Cell<T>);"
    )
    signs = {
        one.name: "".join(variance.value for variance in one.variances) for one in crates.user.adts
    }
    assert signs == {"Own": "++-", "Mut": "+o", "Rec": "+", "In": "o"}


def test_headers_of_impls_name_what_they_leave_out() -> None:
    crates = program("trait Tr<'a> {} struct W<'a>(&'a u8); impl Tr<'_> for &W<'_> {}")
    (impl,) = crates.world.impls[crates.user]
    assert [one.name for one in impl.generics.own] == ["'_", "'_", "'_"]
    assert impl.trait is not None
    assert [one.index for one in regions_of(impl.trait.self_type)] == [1, 2]  # type: ignore[union-attr]
    assert impl.trait.arguments[1] == ParamRegion(0, "'_")


def test_implicit_parameters_and_opaque_results() -> None:
    crates = program(
        "fn f<'a>(x: impl Iterator<Item = u8>, y: &'a str) -> impl Iterator<Item = &'a str>"
        " { std::iter::once(y) }"
    )
    f = function(crates, "f")
    assert [one.implicit for one in f.generics.own] == [True]
    assert f.signature is not None
    assert f.signature.inputs[0] == ParamType(0, f.generics.own[0].name)
    output = f.signature.output
    assert isinstance(output, OpaqueType)
    assert output.arguments[-1] == BoundRegion(0, 0, "'a")
    assert [one.name for one in f.opaques[0].generics.own] == ["'a"]


def test_constants_in_types_are_evaluated() -> None:
    crates = program(
        "const N: usize = 2 * (3 + 1); enum E { A = 5, B, C = 1 << 4 }\n"
        "struct S([u8; N], [u8; u8::MAX as usize], [u8; { 7 }]);"
    )
    lengths = [one.type.length for one in adt(crates, "S").fields]  # type: ignore[union-attr]
    assert lengths == [8, 255, 7]
    assert [one.discriminant for one in adt(crates, "E").variants] == [5, 6, 16]


def test_drop_impls_are_found() -> None:
    crates = program("struct S<T>(T); impl<T> Drop for S<T> { fn drop(&mut self) {} } struct P;")
    assert isinstance(adt(crates, "S").drop, Function)
    assert adt(crates, "P").drop is None
    vec = crates.known("vec::Vec")
    assert isinstance(vec, Struct)
    assert 0 in vec.dangling


def test_impls_are_found_by_the_head_of_the_type() -> None:
    crates = program("struct S; impl Clone for S { fn clone(&self) -> S { S } }")
    clone = crates.lang("clone")
    assert isinstance(clone, Trait)
    s = adt(crates, "S")
    own = list(crates.impls_for(clone, AdtType(s)))
    assert any(one.crate is crates.user for one in own)
    assert len(own) < len(list(crates.impls_of(clone)))


def test_our_std_has_no_errors() -> None:
    crates = program('fn f(x: Vec<String>) { for y in x.iter() { println!("{y}"); } }')
    assert not crates.std_diagnostics
