"""Snippets become programs, and each change is said."""

import pytest

from freehold.rust.parse import parse
from freehold.rust.repair import repair
from freehold.source import Source


def repaired(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the text after repair, and the line and message of each note."""
    result = repair(Source("t.rs", text))
    assert not parse(result.source)[1]
    notes: list[tuple[int, str]] = []
    for note in result.repairs:
        assert note.at is not None
        assert note.at.source.text == text
        notes.append((note.at.line, note.message.removeprefix("repaired: ")))
    return result.source.text, notes


@pytest.mark.parametrize(
    "text",
    [
        "fn main() {}",
        "// fn main() was here\nfn main() { f(); }\nfn f() -> u8 { return 1; }",
        "fn dealloc<T>(value: T) {}\nfn main() { dealloc(3); }",
        "use std::alloc::{dealloc, Layout};\nfn main() { unsafe { dealloc(a, b) } }",
        "#[test] fn works() {}",
        '#![crate_type = "lib"]\npub fn f() {}',
        "#[cfg(a)] fn main() {}\n#[cfg(b)] fn main() {}",
        "",
    ],
)
def test_a_program_stays_as_it_is(text: str) -> None:
    source = Source("t.rs", text)
    assert repair(source).source is source
    assert repair(source).repairs == ()


@pytest.mark.parametrize("text", ["fn main() { let x = ; }", "fn main() { f(1 2) }", "struct {}"])
def test_a_syntax_error_stays_one(text: str) -> None:
    source = Source("t.rs", text)
    assert repair(source).source is source
    assert parse(source)[1]


def test_statements_outside_of_functions() -> None:
    text, notes = repaired('struct P { x: u8 }\nlet p = P { x: 1 };\nprintln!("{}", p.x);\n')
    assert text == ('struct P { x: u8 }\nfn main() { let p = P { x: 1 };\nprintln!("{}", p.x); }\n')
    assert notes == [(2, "statements outside of any function are put into a `main`")]


def test_statements_that_may_fail() -> None:
    text, _ = repaired('let n: i32 = "1".parse()?\n')
    assert text.startswith("fn main() -> Result<(), Box<dyn std::error::Error>> { let n")
    assert text.endswith("?; Ok(()) }\n")


def test_a_function_without_fn_and_types() -> None:
    text, notes = repaired(
        "fn price() -> u64 {\n    let base = 40;\n    let sum = taxed(base);\n    return sum;\n}\n"
        "taxed(amount) {\n    return amount;\n}\nprice();\n"
    )
    assert "fn taxed(amount: u64) -> u64 {" in text
    assert text.endswith("fn main() { price(); }\n")
    assert [line for line, _ in notes] == [6, 9, 6, 6]


@pytest.mark.parametrize(
    ("functions", "head"),
    [
        ("fn twice(n) { return n * 2; } fn main() { let x: i64 = twice(3); }", "(n: i64) -> i64"),
        ("fn hi(name) { println!(\"{}\", name); } fn main() { hi(\"a\"); }", "(name: &str) {"),
        ("fn len(v) { return v.len(); } fn main() { let n = len(vec![1.5]); }",
         "(v: Vec<f64>) -> usize"),
        ("fn own(b) { return b; } fn main() { let c = own(Box::new(1u8)); }",
         "(b: Box<u8>) -> Box<u8>"),
        ("fn pick(a, mut b) { return a; } fn main() { let c = pick(true, 'x'); }",
         "(a: bool, mut b: char) -> bool"),
        ("fn any(x) { return x; } fn main() { any(Some::<u8>); }", "any<T>(x: T) -> T"),
        ("fn keep(v: Vec<u8>) { return v; } fn main() { let w = keep(vec![1]); }",
         "(v: Vec<u8>) -> Vec<u8>"),
        ("fn big(a) { if a > 2 { return a } else { return 0 } } fn main() { let b = big(7); }",
         "(a: i32) -> i32"),
    ],
)  # fmt: skip
def test_types_are_found_from_use(functions: str, head: str) -> None:
    assert head in repaired(functions)[0]


def test_nobody_uses_the_result() -> None:
    source = Source("t.rs", "fn f(v: Vec<u8>) { return v; }\nfn main() { f(vec![1]); }")
    assert repair(source).repairs == ()


def test_lines_glued_together() -> None:
    text, notes = repaired(
        "// demo.rs: two guests fn main() { let a = 1; // the first one // comes early "
        'let b = 2; // let c = 3; // not yet println!("{}", a + b); } // the end of it all'
    )
    assert text.splitlines() == [
        "// demo.rs: two guests ",
        "fn main() {",
        "    let a = 1; // the first one ",
        "// comes early ",
        "    let b = 2; // let c = 3; ",
        "// not yet ",
        '    println!("{}", a + b);',
        "} // the end of it all",
    ]
    assert notes[0] == (1, "the comment ends before `fn main() { let a = 1;`, which is code")
    assert notes[-1][1] == "lines that were glued together are broken again"


def test_braces_that_got_lost() -> None:
    text, notes = repaired(
        "struct Stack {\n    items: Vec<u8>,\n    top: usize\n\n"
        "impl Stack {\n    fn new() -> Stack {\n        let stack = Stack {\n"
        "            items: Vec::new(),\n            top: 0\n        return stack;\n\n"
        "    fn full(&self) -> bool {\n        if self.top > 3 {\n            return true;\n"
        "        false\n\nfn main() {\n    let s = Stack::new();\n"
    )
    lines = text.splitlines()
    assert lines[2] == "    top: usize }"
    assert lines[8] == "            top: 0 };"
    assert lines[9] == "        return stack; }"
    assert lines[13:15] == ["            return true; }", "        false } }"]
    assert lines[-1].endswith("}")
    assert len(notes) == 6


def test_several_mains() -> None:
    text, notes = repaired("struct A;\nfn main() { A; }\nfn main() { let _ = A; }\n")
    assert text == (
        "struct A;\nfn main_1() { A; }\nfn main_2() { let _ = A; }\n"
        "fn main() { main_1(); main_2(); }\n"
    )
    assert notes == [(3, "there are 2 `main`s: they run one after the other")]


def test_several_snippets_that_define_the_same() -> None:
    text, _ = repaired(
        "struct A;\nfn main() {}\nstruct B;\nstruct A(u8);\nfn main() { B; }\n"
        "fn main() { A(1); }\nfn main() { let x: i8 = 1; }\n"
    )
    assert "pub mod part_2 { struct B;" in text
    assert "pub mod part_3 { use super::*; pub fn main() { A(1); }" in text
    assert "} } pub mod part_4 { pub fn main() { let x" in text
    assert text.endswith(
        "} fn main() { main_1(); part_2::main(); part_2::part_3::main(); part_4::main(); }\n"
    )


def test_prose_between_the_code() -> None:
    text, notes = repaired(
        "Moving a value\nfn main() {\n    let a = 1;\n}Here `a` isn't moved: it's copied.\n"
        "- Copy types are copied\nconst N: u8 = 1;\n"
    )
    assert text == (
        "// Moving a value\nfn main() {\n    let a = 1;\n}// Here `a` isn't moved: it's copied.\n"
        "// - Copy types are copied\nconst N: u8 = 1;\n"
    )
    assert [line for line, _ in notes] == [1, 4, 5]


def test_pseudo_calls_and_retired_forms() -> None:
    text, notes = repaired(
        "fn main() {\n    let v = vec![1];\n    dealloc(v);\n    let b = box 3 + 1;\n"
        "    let p = unsafe {\n        Heap::default().alloc(Layout::new::<u8>())\n"
        "            .unwrap() as *mut u8\n    };\n}\n"
    )
    assert "    drop(v);\n" in text
    assert "let b = Box::new(3) + 1;" in text
    assert "std::alloc::alloc(std::alloc::Layout::new::<u8>())\n as *mut u8" in text
    assert text.count("\n") == 9
    assert sorted(line for line, _ in notes) == [3, 4, 6]


def test_a_parameter_that_nothing_settles() -> None:
    text, _ = repaired(
        "struct Pool<T> { item: T }\nimpl<T> Pool<T> {\n    fn count() -> usize { 3 }\n"
        "    fn new(item: T) -> Self { Pool { item } }\n}\n"
        "fn main() { Pool::new(1); Pool::count(); }\n"
    )
    assert text.endswith("fn main() { Pool::new(1); Pool::<()>::count(); }\n")


def test_a_library_gets_a_main() -> None:
    text, notes = repaired("fn dangle() -> &String { &String::new() }")
    assert text == "fn dangle() -> &String { &String::new() }\nfn main() {}\n"
    assert notes == [(1, "there is no `main`: an empty one is added")]


def test_deep_and_long_texts() -> None:
    long = f"fn f(x) {{ return x + {'1 + ' * 2_000}1; }}\nfn main() {{ let y = f(2); }}"
    assert "fn f(x: i32) -> i32" in repaired(long)[0]
    deep = f"fn f(x) {{ return {'(' * 400}x{')' * 400}; }}\nfn main() {{ let y = f(2u8); }}"
    assert "fn f(x: u8) -> u8" in repaired(deep)[0]
