"""Selection, projection, method probing and coercion on our std."""

import pytest

from freehold.rust.infer import Mismatch, show
from freehold.rust.infer.show import definition_path
from freehold.rust.items import Function
from freehold.rust.traits import (
    Coerced,
    Fulfilment,
    NoMethod,
    Outcome,
    ParamEnv,
    Pick,
    Scope,
    Solver,
    World,
    coerce,
    confirm,
    confirm_path,
    probe,
    probe_path,
)
from freehold.rust.traits.goals import goals_of
from freehold.types.generic import Definition
from tests.unit.rust.traits.asking import asked, solver_in, types_of, world_of

HEADER = """
use std::cell::{Cell, RefCell};
use std::fmt::{Debug, Display};
use std::ops::{Add, Deref, Index, Range};
use std::rc::Rc;
struct Plain;
#[derive(Clone, Debug)]
struct Holder<T>(T);
trait Shape { fn area(&self) -> f64; fn unit() -> i32 where Self: Sized { 1 } }
impl Shape for Plain { fn area(&self) -> f64 { 0.0 } }
impl<T: Shape> Shape for Vec<T> { fn area(&self) -> f64 { 0.0 } }
struct Counter;
impl Iterator for Counter { type Item = u8; fn next(&mut self) -> Option<u8> { None } }
fn main() {}
"""

HOLDS = [
    "Vec<i32>: Clone",
    "Holder<i32>: Debug",
    "(i32, &'static str): Copy",
    "Rc<Plain>: Clone",
    "Box<dyn Shape + Send>: Send",
    "Box<i32>: Deref<Target = i32>",
    "i32: Into<i64>",
    "Vec<i32>: IntoIterator<Item = i32>",
    "Counter: IntoIterator<Item = u8>",
    "fn(i32) -> u8: Fn(i32) -> u8",
    "Box<dyn Fn(i32) -> u8>: FnOnce(i32) -> u8",
    "i32: Add<&'static i32, Output = i32>",
    "Vec<i32>: Index<usize, Output = i32>",
    "String: PartialEq<str>",
    "std::iter::Map<Counter, fn(u8) -> String>: Iterator<Item = String>",
    "Vec<Vec<Plain>>: Shape",
    "Cell<i32>: Send",
]
FAILS = [
    "Vec<i32>: Copy",
    "Holder<Plain>: Clone",
    "&'static mut i32: Copy",
    "Rc<i32>: Send",
    "RefCell<i32>: Sync",
    "Box<dyn Shape>: Send",
    "str: Sized",
    "Vec<u8>: Shape",
    "i64: Into<i32>",
    "fn(i32) -> u8: Fn(i64) -> u8",
    "Counter: IntoIterator<Item = u16>",
]

PROJECTIONS = [
    ("", "<&'static Vec<i32> as IntoIterator>::Item", "&i32"),
    ("", "<Range<u8> as Iterator>::Item", "u8"),
    ("", "<str as ToOwned>::Owned", "String"),
    ("I: Iterator", "<I as IntoIterator>::Item", "<I as Iterator>::Item"),
    ("I: Iterator<Item = u8>", "<std::iter::Enumerate<I> as Iterator>::Item", "(usize, u8)"),
    ("T: Add<Output = T>", "<T as Add>::Output", "T"),
]

# Receiver, method, what is found, the types that adjustments lead through.
METHODS = [
    ("Vec<i32>", "push", "Vec::<T>::push", ["&mut Vec<i32>"]),
    ("Vec<i32>", "iter", "<impl [T]>::iter", ["[i32]", "&[i32]"]),
    ("[i32; 3]", "len", "<impl [T]>::len", ["&[i32; 3]", "&[i32]"]),
    ("&Plain", "clone", "clone", ["&&Plain"]),
    ("&mut Vec<i32>", "clone", "clone", ["Vec<i32>", "&Vec<i32>"]),
    ("Box<dyn Shape>", "area", "area", ["dyn Shape", "&dyn Shape"]),
    (
        "Rc<RefCell<i32>>",
        "borrow_mut",
        "RefCell::<T>::borrow_mut",
        ["RefCell<i32>", "&RefCell<i32>"],
    ),
    ("Vec<i32>", "into_iter", "into_iter", []),
    ("*mut i32", "is_null", "<impl *mut T>::is_null", []),
    ("Counter", "map", "map", []),
    ("&str", "to_string", "to_string", ["str", "&str"]),
]

COERCIONS = [
    ("&mut i32", "&'static i32", ["i32", "&i32"]),
    ("&String", "&'static str", ["String", "str", "&str"]),
    ("&[i32; 3]", "&'static [i32]", ["[i32; 3]", "&[i32; 3]", "&[i32]"]),
    ("Box<Plain>", "Box<dyn Shape>", ["Box<dyn Shape>"]),
    ("Rc<RefCell<Plain>>", "Rc<RefCell<dyn Shape>>", ["Rc<RefCell<dyn Shape>>"]),
    ("&mut i32", "*const i32", ["i32", "*const i32"]),
    ("*mut i32", "*const i32", ["*const i32"]),
    ("fn(i32)", "unsafe fn(i32)", ["unsafe fn(i32)"]),
    ("!", "i32", ["i32"]),
    ("&i32", "&'static i32", []),
    ("i32", "i64", None),
    ("&i32", "&'static mut i32", None),
    ("Option<Box<Plain>>", "Option<Box<dyn Shape>>", None),
]


def _asked() -> World:
    text = [HEADER]
    for at, bound in enumerate(HOLDS):
        text.append(f"fn holds{at}() where {bound} {{}}")
    for at, bound in enumerate(FAILS):
        text.append(f"fn fails{at}() where {bound} {{}}")
    for at, (bounds, ty, _) in enumerate(PROJECTIONS):
        text.append(f"fn projection{at}<{bounds}>() -> {ty} {{ loop {{}} }}")
    for at, (receiver, _, _, _) in enumerate(METHODS):
        text.append(f"fn method{at}(x: {receiver}) {{}}")
    for at, (source, target, _) in enumerate(COERCIONS):
        text.append(f"fn coercion{at}(x: {source}) -> {target} {{ loop {{}} }}")
    text.append("fn vector(x: Vec<u8>) {}\nfn plain(x: Plain) {}")
    text.append("fn number(x: i32) {}\nfn generic<T: Shape>(x: &T) {}")
    return world_of("\n".join(text))


@pytest.fixture(scope="module")
def world() -> World:
    return _asked()


@pytest.fixture(scope="module")
def functions(world: World) -> dict[str, Function]:
    return asked(world)


def _holds(world: World, function: Function) -> Outcome:
    solver = Solver(world, ParamEnv(world, ()))
    outcome = Outcome.YES
    for goal in goals_of(function.generics.predicates, ()):
        outcome &= solver.evaluate(solver.normalize_goal(goal, []))
    return outcome


@pytest.mark.parametrize("at", range(len(HOLDS)), ids=HOLDS)
def test_holds(world: World, functions: dict[str, Function], at: int) -> None:
    assert _holds(world, functions[f"holds{at}"]) is Outcome.YES


@pytest.mark.parametrize("at", range(len(FAILS)), ids=FAILS)
def test_fails(world: World, functions: dict[str, Function], at: int) -> None:
    assert _holds(world, functions[f"fails{at}"]) is Outcome.NO


@pytest.mark.parametrize("at", range(len(PROJECTIONS)), ids=[each[1] for each in PROJECTIONS])
def test_projection(world: World, functions: dict[str, Function], at: int) -> None:
    function = functions[f"projection{at}"]
    fulfilment = Fulfilment(solver_in(world, function))
    ty = fulfilment.normalise(types_of(function)[1], function.span)
    assert show(ty, fulfilment.table) == PROJECTIONS[at][2]


def _scope(world: World, owner: Definition) -> Scope:
    return Scope(world.crates.traits_in_scope(owner), owner)


@pytest.mark.parametrize("at", range(len(METHODS)), ids=[".".join(each[:2]) for each in METHODS])
def test_method(world: World, functions: dict[str, Function], at: int) -> None:
    function = functions[f"method{at}"]
    _, name, path, adjustments = METHODS[at]
    fulfilment = Fulfilment(solver_in(world, function))
    receiver = types_of(function)[0][0]
    pick = probe(fulfilment.solver, receiver, name, _scope(world, function))
    assert isinstance(pick, Pick)
    method = confirm(fulfilment, pick, receiver, function.span)
    fulfilment.select()
    assert not fulfilment.errors
    assert definition_path(method.item) == path
    found = [show(each.type, fulfilment.table) for each in method.adjustments]
    assert found == adjustments


@pytest.mark.parametrize(
    "at", range(len(COERCIONS)), ids=["->".join(each[:2]) for each in COERCIONS]
)
def test_coercion(world: World, functions: dict[str, Function], at: int) -> None:
    function = functions[f"coercion{at}"]
    fulfilment = Fulfilment(solver_in(world, function))
    (source,), target = types_of(function)
    result = coerce(fulfilment, source, target, function.span)
    fulfilment.select()
    assert not fulfilment.errors
    wanted = COERCIONS[at][2]
    if wanted is None:
        assert isinstance(result, Mismatch)
    else:
        assert isinstance(result, Coerced)
        assert [show(each.type, fulfilment.table) for each in result.adjustments] == wanted


def test_method_whose_bounds_fail(world: World, functions: dict[str, Function]) -> None:
    function = functions["vector"]
    solver = solver_in(world, function)
    found = probe(solver, types_of(function)[0][0], "area", _scope(world, function))
    assert isinstance(found, NoMethod)
    assert len(found.unsatisfied) == 1


@pytest.mark.parametrize(
    ("name", "item", "path"),
    [
        ("vector", "with_capacity", "Vec::<T>::with_capacity"),
        ("plain", "unit", "unit"),
        ("number", "default", "default"),
        ("number", "MAX", "<impl i32>::MAX"),
    ],
)
def test_path(
    world: World, functions: dict[str, Function], name: str, item: str, path: str
) -> None:
    function = functions[name]
    fulfilment = Fulfilment(solver_in(world, function))
    ty = types_of(function)[0][0]
    pick = probe_path(fulfilment.solver, ty, item, _scope(world, function))
    assert isinstance(pick, Pick)
    found = confirm_path(fulfilment, pick, ty, function.span)
    fulfilment.select()
    assert not fulfilment.errors
    assert definition_path(found.item) == path


def test_bounds_of_a_parameter_give_methods(world: World, functions: dict[str, Function]) -> None:
    function = functions["generic"]
    solver = solver_in(world, function)
    found = probe(solver, types_of(function)[0][0], "area", Scope((), function))
    assert isinstance(found, Pick)
