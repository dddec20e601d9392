"""Names: scopes, imports, hygiene, and the errors of what means nothing."""

import pytest

from freehold.rust import ast
from freehold.rust.items import Constructor, Function, LocalVariable, PartialResolution
from tests.unit.rust.resolve.marked import agrees, loaded

PROGRAMS = {
    "values": """
mod shop { pub fn open() {} fn till() {} pub struct Key(u8); pub mod back {} }
struct Lamp { on: bool }
fn main() {
    let count = 1;
    cuont;             //~ E0425
    shop::open();
    shop::till();      //~ E0603
    shop::close();     //~ E0425
    nowhere::open();   //~ E0433
    Lamp(true);        //~ E0423
    shop::Key(1);      //~ E0603
    println("x");      //~ E0423
    shop::back;        //~ E0423
    i32;               //~ E0423
    self.on;           //~ E0424
    let _ = Sofa { legs: 4 }; //~ E0422
    let _: Sofa;       //~ E0425
    let _: Self;       //~ E0411
}
""",
    "shadowing": """
fn main() {
    let x = 1;
    { let x = "inner"; let _ = x.len(); }
    let x = x + 1;
    if let Some(y) = Some(x) { let _ = y; }
    let _ = y;         //~ E0425
    for i in 0..3 { let _ = i; }
    let _ = i;         //~ E0425
    let f = |a: i32| a + x;
    let _ = a;         //~ E0425
    while let Some(z) = Some(f(1)) { let _ = z; break; }
}
""",
    "nested items": """
fn outer<T>(p: T) {
    let local = 1;
    fn inner(x: T) -> i32 { local }     //~ E0401 E0434
    const SIZE: usize = local;          //~ E0435
    let _ = [0; local];                 //~ E0435
    helper();
    fn helper() { sibling(); }
    fn sibling() {}
    struct Here;
    impl Here { fn new() -> Self { Here } }
    let _ = Here::new();
}
fn main() { helper(); }                 //~ E0425
""",
    "patterns": """
enum Shape { Dot, Round(f64), Box { side: f64 } }
const LIMIT: i32 = 3;
static TOP: i32 = 4;
struct Pair(i32, i32);
fn main() {
    let (a, a) = (1, 2);                //~ E0416
    match 1 { LIMIT => {} TOP => {} _ => {} } //~ E0530
    match 1 { 1 | other => {} _ => {} } //~ E0408
    match Shape::Dot {
        Shape::Dot => {}
        Shape::Round => {}              //~ E0532
        Shape::Box { side } => {}
        Round(r) => {}                  //~ E0531
    }
    let Pair = Pair(1, 2);              //~ E0530
}
fn twice(x: i32, x: i32) {}             //~ E0415
""",
    "labels": """
fn main() {
    'a: loop {
        'b: for _ in 0..3 { continue 'a; }
        break 'b;                       //~ E0426
    }
    'c: loop { let f = || { break 'c; }; } //~ E0767
}
""",
    "imports": """
mod a { pub fn one() {} pub fn two() {} fn three() {} pub mod deep { pub use super::two as zwei; } }
mod b { pub fn one() {} }
mod both { pub use crate::a::*; pub use crate::b::*; }
use a::one as first;
use a::deep::zwei;
use a::three;           //~ E0603
use a::four;            //~ E0432
use nowhere::thing;     //~ E0432
use a::{self, two};     //~ E0255
use b::one as two;      //~ E0252
use std::collections::LinkedList as List;
use a::deep as shown;
fn main() {
    first(); zwei(); two(); thing();
    both::one();        //~ E0659
    both::two();
    let _: List<u8>;
}
""",
    "circles of imports": """
mod left { pub use crate::right::*; pub fn from_left() {} }
mod right { pub use crate::left::*; pub fn from_right() {} }
fn main() { left::from_right(); right::from_left(); left::neither(); } //~ E0425
""",
    "twice": """
struct Bear;
struct Bear;            //~ E0428
fn swap() {}
use std::mem::swap;     //~ E0255
fn bear() {}
mod bear {}
fn main() {}
""",
    "primitives and modules of one name": """
use std::str;
use std::char;
fn name(s: &str) -> char { let _ = str::from_utf8(b"x"); s.chars().next().unwrap_or(char::MAX) }
fn main() {}
""",
    "no main": "fn start() {} //~ E0601",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_names(text: str) -> None:
    assert agrees(text)


def names_in_main(text: str) -> dict[str, PartialResolution]:
    program = loaded(text)
    assert not program.diagnostics
    main = next(one for one in program.user.functions if one.name == "main")
    paths = program.names_of(main).paths
    return {"::".join(one.ident.name for one in path.segments): to for path, to in paths.items()}


def test_paths_lead_to_definitions_and_leave_associated_items() -> None:
    names = names_in_main(
        "enum Door { Open, Shut(u8) } struct Lamp; impl Lamp { fn new() -> Self { Lamp } }\n"
        "trait Make { fn make() -> Self; } impl Make for Lamp { fn make() -> Self { Lamp } }\n"
        "fn main() { let a = 1; let _ = (a, Door::Shut(1), Lamp::new(), <Lamp as Make>::make()); }"
    )
    assert isinstance(names["a"].base, LocalVariable)
    shut = names["Door::Shut"]
    assert isinstance(shut.base, Constructor)
    assert (shut.base.name, shut.unresolved) == ("Shut", 0)
    assert names["Lamp::new"].unresolved == 1
    make = names["make"]
    assert isinstance(make.base, Function)
    assert (make.base.name, make.unresolved) == ("make", 0)


def test_alternatives_share_their_variables() -> None:
    program = loaded("fn main() { match (1, 2) { (1, x) | (x, 2) => { let _ = x; } _ => {} } }")
    main = next(one for one in program.user.functions if one.name == "main")
    names = program.names_of(main)
    (second, first), *rest = names.bindings.items()
    assert not rest
    used = [
        one.base.pattern
        for path, one in names.paths.items()
        if isinstance(one.base, LocalVariable) and path.segments[0].ident.name == "x"
    ]
    assert used == [first]
    assert isinstance(second, ast.IdentPattern)
    assert names.binding(second) is first


def test_similar_names_and_imports_are_offered() -> None:
    program = loaded("fn main() { let length = 1; let _ = lenght; let _: HashMap<u8, u8>; }")
    near, missing = program.diagnostics
    assert "`length`" in near.help[0]
    assert "use std::collections::HashMap;" in missing.help[0]


def test_macros_do_not_see_variables_of_their_caller() -> None:
    program = loaded(
        "macro_rules! twice { ($e:expr) => {{ let x = 2; x * $e }}; }\n"
        "fn main() { let x = 3; let _ = twice!(x); }"
    )
    main = next(one for one in program.user.functions if one.name == "main")
    bound = {
        one.base.pattern
        for one in program.names_of(main).paths.values()
        if isinstance(one.base, LocalVariable)
    }
    assert len(bound) == 2
