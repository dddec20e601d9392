"""What binds to what."""

import pytest

from freehold.rust import ast, parse
from freehold.rust.token import ParsedFragment, Token
from tests.unit.rust.parse.shapes import crate, expression, item, pattern, show, tokens_of, type_


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a + b * c - d", "((a + (b * c)) - d)"),
        ("a || b && c == d | e ^ f & g << h", "(a || (b && (c == (d | (e ^ (f & (g << h)))))))"),
        ("-a.b as u8 * c", "(Cast(Unary('-', Field(a, b)), u8) * c)"),
        ("*a.b[0]?.c", "Deref(Field(Try(Index(Field(a, b), 0)), c))"),
        ("a = b = c", "Assign(a, Assign(b, c))"),
        ("a += b..c", "CompoundAssign('+', a, Range(b, c, False))"),
        ("..a + 1", "Range(-, (a + 1), False)"),
        ("&&mut a", "Borrow(False, Borrow(True, a))"),
        ("&raw mut a", "RawBorrow(True, a)"),
        ("&raw", "Borrow(False, raw)"),
        ("x.0.1.2", "TupleField(TupleField(TupleField(x, 0), 1), 2)"),
        ("a.b::<C>(d)", "MethodCall(a, bAngleArgs([C], []), [d])"),
        ("(a)", "Paren(a)"),
        ("(a,)", "Tuple([a])"),
        ("[a; 3]", "Repeat(a, 3)"),
        ("|a, b: u8| a", ("Closure([], False, False, [ClosureParam([], IdentPattern(False, False,"
         " a, -), -), ClosureParam([], IdentPattern(False, False, b, -), u8)], -, a)")),
        ("S { a, 0: b, ..c }", ("StructLiteral(S, [FieldInit([], a, a, True), FieldInit([], 0, b,"
         " False)], c, -)")),
        ("if a == S {} ", "If((a == S), Block([], -, []), -)"),
        ("match a { b => c, _ => {} }", ("Match(a, [Arm([], IdentPattern(False, False, b, -), -, "
         "c), Arm([], WildPattern(), -, BlockExpr(Block([], -, []), -, False))])")),
        ("return a + b", "Return((a + b))"),
        ("break 'a b", "Break('a, b)"),
        ("<Vec<u8> as A<B>>::c::<D>", ("<VecAngleArgs([u8], []) as AAngleArgs([B], [])>::"
         "cAngleArgs([D], [])")),
        ("a::b!(c d)", "MacroExpr(MacroCall(a::b, c d))"),
        ("r#fn(r#self_)", "Call(fn, [self_])"),
        ("union + auto + default", "((union + auto) + default)"),
    ],
)  # fmt: skip
def test_expressions(text: str, shape: str) -> None:
    assert show(expression(text)) == shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("&'a mut [T]", "RefType('a, True, SliceType(T))"),
        ("Vec<Vec<Vec<u8>>>", "VecAngleArgs([VecAngleArgs([VecAngleArgs([u8], [])], [])], [])"),
        ("A<'a, T, 3, { N }, -1, I = U, J: K>", ("AAngleArgs(['a, T, ConstArg(3), ConstArg("
         "BlockExpr(Block([], N, []), -, False)), ConstArg(Unary('-', 1))], "
         "[AssocConstraint(I, -, U, -), AssocConstraint(J, -, -, [TraitBound([], '', K)])])")),
        ("Fn(A) -> B", "FnParenArgs([A], B)"),
        ("dyn A + 'a", "TraitObjectType([TraitBound([], '', A), 'a], False)"),
        ("A + B", "TraitObjectType([TraitBound([], '', A), TraitBound([], '', B)], True)"),
        ("&dyn A", "RefType(-, False, TraitObjectType([TraitBound([], '', A)], False))"),
        ("for<'a> fn(&'a u8)", ("FnPointerType([LifetimeParam([], 'a, [])], False, -, "
         "[FnPointerParam([], -, RefType('a, False, u8))], False, -)")),
        ("(A)", "ParenType(A)"),
        ("(A,)", "TupleType([A])"),
        ("[u8; N + 1]", "ArrayType(u8, (N + 1))"),
        ("*const !", "PointerType(False, NeverType())"),
    ],
)  # fmt: skip
def test_types(text: str, shape: str) -> None:
    assert show(type_(text)) == shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a @ 1 | b", ("OrPattern([IdentPattern(False, False, a, LiteralPattern(1)), "
         "IdentPattern(False, False, b, -)])")),
        ("..=5", "RangePattern(-, 5, True, False)"),
        ("A::B..=-1", "RangePattern(A::B, Unary('-', 1), True, False)"),
        ("[.., a]", "SlicePattern([RestPattern(), IdentPattern(False, False, a, -)])"),
        ("(..)", "TuplePattern([RestPattern()])"),
        ("&&a", "RefPattern(False, RefPattern(False, IdentPattern(False, False, a, -)))"),
        ("S { ref mut a, b: _, .. }", ("StructPattern(S, [FieldPattern([], a, IdentPattern(True, "
         "True, a, -), True), FieldPattern([], b, WildPattern(), False)])")),
    ],
)  # fmt: skip
def test_patterns(text: str, shape: str) -> None:
    assert show(pattern(text)) == shape


def body(text: str) -> ast.Block:
    function = item(f"fn f() {{ {text} }}")
    assert isinstance(function, ast.Function)
    assert function.body is not None
    return function.body


@pytest.mark.parametrize(
    ("text", "kinds", "has_result"),
    [
        ("a; b", "ExprStatement", True),
        ("if a {} - 1", "ExprStatement", True),
        ("match a {}.b()", "", True),
        ("unsafe { a } [1, 2]", "ExprStatement", True),
        ("loop {} ;;; let a;", "ExprStatement LetStatement", False),
        ("m! { a } m!(b); m![c]", "MacroStatement MacroStatement", True),
        ("m! { a }", "MacroStatement", False),
        ("m!(a).b; m!(a) + 1", "ExprStatement", True),
        ("const A: u8 = 1; const { 1 } async fn g() {} async { 1 }", "Const ExprStatement Function",
         True),
        ("struct S; union U { a: u8 } union = 1; static X: u8 = 1; unsafe fn g() {}",
         "Struct Union ExprStatement Static Function", False),
        ("let A(x) = y else { return };", "LetStatement", False),
        ("'a: { b } 'c: loop {}", "ExprStatement", True),
        ("for<'a> |x: &'a u8| x; for x in y {}", "ExprStatement", True),
    ],
)  # fmt: skip
def test_statements(text: str, kinds: str, has_result: bool) -> None:  # noqa: FBT001
    block = body(text)
    assert " ".join(type(one).__name__ for one in block.statements) == kinds
    assert (block.result is not None) == has_result


def test_items_of_all_kinds() -> None:
    text = """
        mod a; use b::{c as d, *}; extern crate e as f; fn g(); const H: u8; static I: u8;
        struct J; enum K {} union L { m: u8 } trait M {} auto trait N {} impl O {} impl P for Q {}
        type R = S; extern "C" {} macro_rules! t { () => {} } u! {} v::w!(); unsafe impl X for Y {}
    """
    names = [type(one).__name__ for one in crate(text).items]
    assert " ".join(names) == (
        "Module Use ExternCrate Function Const Static Struct EnumItem Union Trait Trait Impl Impl "
        "TypeAlias ExternBlock MacroRules MacroItem MacroItem Impl"
    )


def test_self_parameters() -> None:
    def of(text: str) -> tuple[object, ...]:
        function = item(f"fn f({text});")
        assert isinstance(function, ast.Function)
        found = function.signature.self_param
        assert found is not None
        return found.reference, show(found.lifetime), found.mutable, show(found.type)

    assert of("self") == (False, "-", False, "-")
    assert of("mut self, a: u8") == (False, "-", True, "-")
    assert of("&'a mut self") == (True, "'a", True, "-")
    assert of("self: &Rc<Self>") == (
        False,
        "-",
        False,
        "RefType(-, False, RcAngleArgs([Self], []))",
    )


def test_attributes_and_docs() -> None:
    struct = item('/// one\n#[derive(A, B)] #[doc = "two"] struct S;')
    assert [one.name for one in struct.attributes] == ["doc", "derive", "doc"]
    first, second, third = struct.attributes
    assert isinstance(first.value, ast.StrLiteral)
    assert isinstance(third.value, ast.StrLiteral)
    assert (first.value.value, first.is_doc, third.value.value) == (" one", True, "two")
    assert second.arguments is not None
    assert [token.text for token in second.arguments.tokens] == ["A", ",", "B"]


# ------------------------------------------------------------------------------------- for macros


@pytest.mark.parametrize(
    ("fragment", "text", "past"),
    [
        ("expr", "a + b , c", 3),
        ("ty", "Vec<Vec<u8>> c", 6),
        ("pat", "A | B => c", 3),
        ("pat_param", "A | B", 1),
        ("stmt", "let a = 1 ; b", 4),
        ("item", "pub fn f() {} x", 7),
        ("path", "a::b<C> d", 6),
        ("block", "{ a } b", 3),
        ("meta", "derive(A) , b", 4),
        ("vis", "pub(crate) a", 4),
        ("vis", "a", 0),
    ],
)
def test_fragments(fragment: str, text: str, past: int) -> None:
    found = parse.parse_fragment(fragment, tokens_of(text)[:-1], 0)
    assert found is not None
    assert found[1] == past


def test_a_fragment_may_end_inside_of_a_token() -> None:
    tokens = tokens_of("Vec<u8>> c")[:-1]
    with pytest.raises(parse.HalfToken) as half:
        parse.parse_fragment("ty", tokens, 0)
    split = parse.split_token(tokens, half.value.at)
    assert [token.text for token in split] == ["Vec", "<", "u8", ">", ">", "c"]
    assert parse.parse_fragment("ty", split, 0) is not None


def test_one_parser_for_many_fragments() -> None:
    tokens = tokens_of("a, Vec<Vec<u8>>, +, b + 1")[:-1]
    parser = parse.FragmentParser()
    assert parser("expr", tokens, 0) is not None
    assert parser("ty", tokens, 2) is not None
    assert parser("expr", tokens, 9) is None
    found = parser("expr", tokens, 11)
    assert found is not None
    assert show(found[0]) == "(b + 1)"


def test_what_is_no_fragment() -> None:
    assert parse.parse_fragment("expr", tokens_of(", a")[:-1], 0) is None
    assert parse.parse_fragment("ty", tokens_of("1")[:-1], 0) is None
    assert parse.parse_fragment("expr", [], 0) is None


def test_a_fragment_is_one_operand() -> None:
    tokens = tokens_of("a + b")[:-1]
    found = parse.parse_fragment("expr", tokens, 0)
    assert found is not None
    fragment: Token = ParsedFragment("expr", found[0], tokens, tokens[0].span)
    star = tokens_of("*")[0]
    expr, faults = parse.parse_expr([fragment, star, fragment], tokens[0].span)
    assert not faults
    assert show(expr) == "((a + b) * (a + b))"


def test_types_and_patterns_as_fragments() -> None:
    def fragment(kind: str, text: str) -> Token:
        tokens = tokens_of(text)[:-1]
        found = parse.parse_fragment(kind, tokens, 0)
        assert found is not None
        return ParsedFragment(kind, found[0], tokens, tokens[0].span)

    ty = fragment("ty", "Vec<u8>")
    rest = tokens_of("::new()")[:-1]
    expr, faults = parse.parse_expr([ty, *rest], rest[0].span)
    assert not faults
    assert show(expr) == "Call(VecAngleArgs([u8], [])::new, [])"
    pat = fragment("pat", "Some(x)")
    made, faults = parse.parse_pattern([pat], rest[0].span)
    assert not faults
    assert show(made) == "TupleStructPattern(Some, [IdentPattern(False, False, x, -)])"
