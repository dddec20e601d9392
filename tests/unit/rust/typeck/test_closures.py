"""What closures capture, how, and how they may be called."""

import pytest

from freehold.types.generic import ClosureKind
from tests.unit.rust.typeck.checking import checked

HEADER = """
struct Pair { a: String, b: (String, u8) }
struct Guard(String);
impl Drop for Guard { fn drop(&mut self) {} }
fn eat<T>(_: T) {}
"""
FN, MUT, ONCE = ClosureKind.FN, ClosureKind.FN_MUT, ClosureKind.FN_ONCE

CASES = [
    ("p: Pair", "|| { let _ = p.a.len(); }", FN, ["&p.a"]),
    ("p: Pair", "|| eat(p.b.0)", ONCE, ["move p.b.0"]),
    ("p: Pair", "|| eat(p.b.1)", FN, ["&p.b.1"]),
    ("mut p: Pair", "|| p.b.1 = 2", MUT, ["&mut p.b.1"]),
    ("p: &mut Pair", "|| p.b.1 = 2", MUT, ["&mut p.b.1"]),
    ("p: &Pair", "|| { let _ = p.a.len(); }", FN, ["&*p"]),
    ("p: Pair", "move || { let _ = p.a.len(); }", FN, ["move p.a"]),
    ("p: &Pair", "move || { let _ = p.a.len(); }", FN, ["move p"]),
    ("p: Box<Pair>", "move || { let _ = p.a.len(); }", FN, ["move p"]),
    ("g: Guard", "|| eat(g.0.len())", FN, ["&g.0"]),
    ("mut p: Pair", "|| { p.a.push('x'); eat(p.b.0.len()) }", MUT, ["&mut p.a", "&p.b.0"]),
    ("p: Pair", "|| { eat(&p.b); eat(p.b.0.len()) }", FN, ["&p.b"]),
    ("v: Vec<u8>, n: usize", "|| eat(v[n])", FN, ["&v", "&n"]),
    ("n: u8", "|| { let f = || n + 1; eat(f()) }", FN, ["&n"]),
    ("s: String", "|| { let f = move || eat(s); f() }", ONCE, ["move s"]),
    ("o: Option<String>", "|| match o { Some(s) => eat(s), None => {} }", ONCE, ["move o"]),
    ("o: Option<String>", "|| match &o { Some(s) => eat(s), None => {} }", FN, ["&o"]),
    ("mut n: u8", "|| { let r = &mut n; *r += 1; }", MUT, ["&mut n"]),
    ("n: u8", "|x: u8| x + 1", FN, []),
]
PROGRAM = HEADER + "\n".join(
    f"fn f{at}({parameters}) {{ let _c = {text}; }}"
    for at, (parameters, text, _, _) in enumerate(CASES)
)


@pytest.mark.parametrize(("parameters", "text", "kind", "captures"), CASES)
def test_captures(parameters: str, text: str, kind: ClosureKind, captures: list[str]) -> None:
    at = CASES.index((parameters, text, kind, captures))
    closure = checked(PROGRAM).closures(f"f{at}")[0]
    found = [
        f"{each.kind.value}{' ' if each.kind.value != '&' else ''}{each.name}"
        for each in closure.captures
    ]
    assert found == captures
    assert closure.kind is kind


def test_expected_kind_is_taken() -> None:
    program = "fn w(f: impl FnOnce()) {} fn f() { let mut n = 0; w(|| n += 1); }"
    assert checked(program).closures("f")[0].kind is ONCE


def test_expected_signature_keeps_its_lifetimes() -> None:
    program = "fn w(f: impl Fn(&u8) -> &u8) {} fn f() { w(|x| x); }"
    closure = checked(program).closures("f")[0]
    assert closure.signature is not None
    assert closure.signature.bound != ()
