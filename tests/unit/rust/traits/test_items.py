"""Checks of items: well-formed signatures, impls against traits, coherence, dyn compatibility."""

import re

import pytest

from freehold.diagnostics import Diagnostic
from freehold.rust.items import Item, Struct
from freehold.rust.traits.coherence import overlaps
from freehold.rust.traits.compare import compare_impl
from freehold.rust.traits.signatures import check_item
from tests.unit.rust.traits.asking import world_of

HEADER = """
use std::fmt::Debug;
struct Plain;
struct Shown<T: Debug>(T);
trait Named { fn name(&self) -> String; }
trait Maker { fn make() -> Self; }
trait Taker { fn take<T>(&self, value: T); }
fn main() {}
"""


def found_in(text: str) -> list[str]:
    """Return codes with lines of `text`, in order."""
    world = world_of(HEADER + text)
    crates = world.crates
    impls = list(crates.world.impls[crates.user])
    user = crates.user
    items: list[Item | Struct] = [*user.functions, *user.adts, *user.traits, *user.statics]
    diagnostics: list[Diagnostic] = []
    for impl in impls:
        items += [impl, *impl.items.values()]  # type: ignore[list-item]
        diagnostics += compare_impl(world, impl)
    for item in dict.fromkeys(items):
        diagnostics += check_item(world, item)  # type: ignore[arg-type]
    diagnostics += overlaps(world, impls)
    first = HEADER.count("\n")
    assert all(each.at is not None for each in diagnostics)
    lines = [(each.at.line - first, each.code.id) for each in diagnostics if each.at]
    return [f"{code}:{line}" for line, code in sorted(lines)]


CASES = {
    "where clauses of a parameter's type": "fn f(x: Shown<Plain>) {} //~ E0277",
    "of a field": "struct S { x: Shown<Plain> } //~ E0277",
    "of a generic struct": "struct S<T>(Shown<T>); //~ E0277\nstruct O<T: Debug>(Shown<T>);",
    "of an impl's header": "impl<T> Shown<T> {} //~ E0277\nimpl<T: Debug> Shown<T> { fn a() {} }",
    "unsized arguments": "fn f(x: Vec<str>) {} //~ E0277\nfn g(x: Box<str>) {}",
    "unsized fields": "struct S { a: [u8], b: u8 } //~ E0277\nstruct L { a: u8, b: [u8] }",
    "supertraits": "trait Sub: Debug {}\nimpl Sub for Plain {} //~ E0277\nimpl Sub for i32 {}",
    "false clauses": "fn f() where Plain: Debug {} //~ E0277\nfn g() where u8: Debug {}",
    "no self": "fn f(x: &dyn Maker) {} //~ E0038",
    "generic method": "fn f(x: Box<dyn Taker>) {} //~ E0038\nfn g(x: Box<dyn Named>) {}",
    "clauses that leave a method out": """
        trait Some { fn new() -> Self where Self: Sized; fn go(&self); }
        fn f(x: &dyn Some) {}""",
    "parameter of another type": """
        trait Scale { fn scale(&self, by: u32) -> u32; }
        impl Scale for Plain { fn scale(&self, by: i32) -> u32 { 1 } } //~ E0053
        impl Scale for u8 { fn scale(&self, by: u32) -> u32 { 1 } }""",
    "result of another type": "impl Named for Plain { fn name(&self) -> u8 { 1 } } //~ E0053",
    "stricter impl": """
        impl Taker for Plain {
            fn take<T: Debug>(&self, value: T) {} //~ E0276
        }""",
    "associated types keep their bounds": """
        trait Owner { type Owned: Debug; }
        impl Owner for Plain { type Owned = Plain; } //~ E0277
        impl Owner for u8 { type Owned = u8; }""",
    "generic traits": """
        trait Into2<T> { fn into2(self) -> T; }
        impl Into2<u8> for Plain { fn into2(self) -> u8 { 1 } }
        impl Into2<u16> for Plain { fn into2(self) -> u16 { 1 } }""",
    "overlap": """
        impl<T: Debug> Named for T { fn name(&self) -> String { String::new() } }
        impl Named for i32 { fn name(&self) -> String { String::new() } } //~ E0119
        impl Named for Plain { fn name(&self) -> String { String::new() } }""",
    "what std may implement later": """
        impl<T: Iterator> Named for T { fn name(&self) -> String { String::new() } }
        impl Named for String { fn name(&self) -> String { String::new() } } //~ E0119""",
    "overlap with std": "impl<T> From<Shown<T>> for Shown<T> where T: Debug { //~ E0119\n"
    "fn from(x: Shown<T>) -> Shown<T> { x } }",
    "inherent items twice": "impl Plain { fn a() {} } //~ E0592\nimpl Plain { fn a() {} }",
    "inherent items of other types": """
        struct W<T>(T);
        impl W<u8> { fn a() {} }
        impl W<u16> { fn a() {} }""",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_items(text: str) -> None:
    wanted = [
        f"{code}:{number}"
        for number, line in enumerate(text.split("\n"), 1)
        for code in re.findall(r"//~ (E\d+)", line)
    ]
    assert found_in(text) == wanted
