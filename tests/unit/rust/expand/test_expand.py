"""Macro expansion: rules, formats, derives, and what they say of mistakes."""

import pytest

from freehold.rust import ast
from freehold.rust.expand import Expanded, Library, expand
from freehold.rust.expand.rebuild import parts
from freehold.rust.parse import parse
from freehold.source import Source

EMPTY = Library()


def expanded(text: str) -> Expanded:
    crate, errors = parse(Source("t.rs", text))
    assert not errors
    return expand(crate, EMPTY)


def nodes(node: object) -> list[ast.Node]:
    if isinstance(node, tuple):
        return [inner for one in node for inner in nodes(one)]
    if not isinstance(node, ast.Node):
        return []
    return [node, *(inner for name in parts(type(node)) for inner in nodes(getattr(node, name)))]


def numbers(found: Expanded) -> list[int]:
    return [one.value for one in nodes(found.crate) if isinstance(one, ast.IntLiteral)]


def said(text: str) -> list[str]:
    return [str(one.facts["what"]) for one in expanded(text).diagnostics]


@pytest.mark.parametrize(
    ("rules", "call", "wanted"),
    [
        ("($a:expr, $b:expr) => { $b + $a };", "m!(1, 2)", [2, 1]),
        ("($($a:expr),*) => { [$($a),*] };", "m!(1, 2, 3)", [1, 2, 3]),
        ("($($a:expr),* $(,)?) => { [$($a,)*] };", "m!(1, 2,)", [1, 2]),
        ("(@one $a:expr) => { $a }; ($a:tt $b:tt) => { m!(@one $b) };", "m!(1 2)", [2]),
        (
            "($($k:literal => $v:expr);+) => { ($(($v, $k)),+) };",
            "m!(1 => 2; 3 => 4)",
            [2, 1, 4, 3],
        ),
        ("($($($a:literal)*);*) => { [$([$($a),*]),*] };", "m!(1 2; 3)", [1, 2, 3]),
        ("(a) => { 1 }; (b) => { 2 };", "m!(b)", [2]),
        ("($a:ident) => { { let $a = 7; $a } };", "m!(x)", [7]),
        ("($a:block) => { $a };", "m!({ 5 })", [5]),
        (
            "($t:ty, $p:pat) => { match 1 { $p => 2, _ => 3 } };",
            "m!(Vec<u8>, 4 | 5)",
            [1, 4, 5, 2, 3],
        ),
        ("($a:expr) => { $a }; ($($a:tt)*) => { 9 };", "m!(1 +)", [9]),
    ],
)
def test_rules_put_arguments_in(rules: str, call: str, wanted: list[int]) -> None:
    found = expanded(f"macro_rules! m {{ {rules} }} fn main() {{ {call}; }}")
    assert not found.diagnostics
    assert numbers(found) == wanted


def test_no_macro_node_is_left() -> None:
    text = """
    macro_rules! items { ($n:ident) => { fn $n() {} struct S; } }
    macro_rules! t { () => { u8 } }
    macro_rules! p { () => { 1 | 2 } }
    items!(f);
    impl S { inner!(); }
    macro_rules! unused { () => {} }
    fn main() { let p!(): t!() = 1 else { return }; }
    """.replace("impl S { inner!(); }", "")
    found = expanded(text)
    assert not found.diagnostics
    kinds = {type(one).__name__ for one in nodes(found.crate)}
    assert not kinds & {"MacroExpr", "MacroItem", "MacroType", "MacroPattern", "MacroStatement"}


def test_names_of_a_macro_have_marks_of_their_own() -> None:
    text = "macro_rules! m { ($e:expr) => { { let x = 1; $e } } } fn main() { let x = 2; m!(x); }"
    found = expanded(text)
    patterns = [one for one in nodes(found.crate) if isinstance(one, ast.IdentPattern)]
    uses = [one for one in nodes(found.crate) if isinstance(one, ast.PathExpr)]
    assert [one.ident.mark for one in patterns if one.ident.mark == 0] == [0]
    assert [one.path.segments[0].ident.mark for one in uses] == [0]
    inner = next(one.ident.mark for one in patterns if one.ident.mark)
    assert found.marks.parent(inner) == 0


def test_a_tree_used_twice_is_two_trees() -> None:
    found = expanded("macro_rules! m { ($e:expr) => { ($e, $e) } } fn main() { m!(1 + 2); }")
    sums = [one for one in nodes(found.crate) if isinstance(one, ast.Binary)]
    assert len(sums) == 2
    assert sums[0] is not sums[1]


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("absent!()", "cannot find macro `absent` in this scope"),
        ("m!(1; 2)", "no rules expected `;`"),
        ("m!()", "unexpected end of macro invocation"),
        ("forever!()", "recursion limit reached while expanding `forever!`"),
        (
            'format_args!("{}")',
            "1 positional argument in format string, but no arguments were given",
        ),
        ('format_args!("{")', "invalid format string: expected `}` but string was terminated"),
        ('format_args!("a}")', "invalid format string: unmatched `}` found"),
        ('format_args!("", 1)', "argument never used"),
        ('format_args!("{:q}", 1)', "unknown format trait `q`"),
        ("format_args!(1)", "format argument must be a string literal"),
        ('compile_error!("stop")', "stop"),
    ],
)
def test_mistakes_are_said(call: str, wanted: str) -> None:
    rules = "macro_rules! m { ($a:expr) => { $a } } macro_rules! forever { () => { forever!() } }"
    assert wanted in said(f"{rules} fn main() {{ {call}; }}")


def placeholders(text: str) -> list[ast.FormatPlaceholder]:
    found = expanded(f"fn main() {{ let n = 1; {text}; }}")
    assert not found.diagnostics
    return [one for one in nodes(found.crate) if isinstance(one, ast.FormatPlaceholder)]


def test_a_format_names_and_counts_its_arguments() -> None:
    one, two, three = placeholders('format_args!("{0:>+w$.3} {n:#x?} {:*^1$}", 1, 5, w = 7)')
    assert (one.argument, one.align, one.sign, one.trait) == (0, ">", "+", "Display")
    assert one.width is not None
    assert (one.width.value, one.width.is_argument) == (2, True)
    assert one.precision is not None
    assert (one.precision.value, one.precision.is_argument) == (3, False)
    assert (two.argument, two.trait, two.debug_hex, two.alternate) == (3, "Debug", "x", True)
    assert (three.argument, three.fill, three.align) == (0, "*", "^")


def test_captured_names_point_into_the_string() -> None:
    text = 'fn main() { let name = 1; format_args!("hello {name}"); }'
    found = expanded(text)
    use = next(
        one for one in nodes(found.crate) if isinstance(one, ast.PathExpr) and one.span.start > 30
    )
    assert text[use.span.start : use.span.end] == "name"


def test_derives_make_impls_bound_by_their_parameters() -> None:
    found = expanded("#[derive(Clone, Debug, PartialEq)] struct Pair<T> { a: T, b: u8 }")
    impls = [one for one in found.crate.items if isinstance(one, ast.Impl)]
    assert [one.trait.segments[-1].ident.name for one in impls if one.trait] == [
        "Clone",
        "Debug",
        "PartialEq",
    ]
    parameter = impls[0].generics.params[0]
    assert isinstance(parameter, ast.TypeParam)
    assert len(parameter.bounds) == 1


def test_cfg_leaves_out() -> None:
    found = expanded("#[cfg(test)] fn gone() {} #[cfg(not(test))] fn kept() {}")
    assert len(found.crate.items) == 1
