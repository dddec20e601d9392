import pytest

from .conftest import Faults, Shape

TREES = {
    "a+b*c-d": "(Binary - (Binary + a (Binary * b c)) d)",
    "a<b==c&d^e|f&&g||h": (
        "(Binary || (Binary && (Binary | (Binary ^ (Binary & (Binary == (Binary < a b) c) d) e) f)"
        " g) h)"
    ),
    "a-b-c": "(Binary - (Binary - a b) c)",
    "a?b:c?d:e": "(Conditional a b (Conditional c d e))",
    "a?b,c:d": "(Conditional a (Comma b c) d)",
    "a?:b": "(Conditional a b)",
    "a=b=c": "(Assign = a (Assign = b c))",
    "a<<=1": "(Assign <<= a 1)",
    "a,b,c": "(Comma (Comma a b) c)",
    "(a)": "(Paren a)",
    "-!x": "(Unary - (Unary ! x))",
    "*p++": "(Unary * (Postfix ++ p))",
    "__extension__ x": "(Unary __extension__ x)",
    "__real__ x": "(Unary __real__ x)",
    "p->a.b[1](2,3)++": "(Postfix ++ (Call (Subscript (Member (Member p a True) b) 1) 2 3))",
    "&&l": "(LabelAddress l)",
    '"a" "b"': '(String "a" "b")',
    "x*(y)": "(Binary * x (Paren y))",
    "(T)x": "(Cast (TypeName T _) x)",
    "(T)-x": "(Cast (TypeName T _) (Unary - x))",
    "(T*)(x)": "(Cast (TypeName T (PointerDeclarator _)) (Paren x))",
    "(T){1}.a": "(Member (CompoundLiteral (TypeName T _) (InitList (InitItem 1))) a)",
    "sizeof(T)": "(SizeOf (TypeName T _))",
    "sizeof(T)-1": "(Binary - (SizeOf (TypeName T _)) 1)",
    "sizeof(T){1}": "(SizeOf (CompoundLiteral (TypeName T _) (InitList (InitItem 1))))",
    "sizeof x": "(SizeOf x)",
    "sizeof(x)[0]": "(SizeOf (Subscript (Paren x) 0))",
    "sizeof(int(*)[3])": "(SizeOf (TypeName int (ArrayDeclarator (PointerDeclarator _) 3)))",
    "sizeof(int(T))": "(SizeOf (TypeName int (FunctionDeclarator _ (Parameter T _) True)))",
    "__alignof__(T)": "(AlignOf (TypeName T _))",
    "_Alignof x": "(AlignOf x)",
    "_Generic(x,int:1,default:2)": (
        "(Generic x (GenericAssociation (TypeName int _) 1) (GenericAssociation 2))"
    ),
    "__builtin_va_arg(ap,T*)": ("(Builtin __builtin_va_arg ap (TypeName T (PointerDeclarator _)))"),
    "__builtin_offsetof(T,a.b[2])": (
        "(Builtin __builtin_offsetof (TypeName T _) (Subscript (Member a b) 2))"
    ),
    "__builtin_choose_expr(1,2,3)": "(Builtin __builtin_choose_expr 1 2 3)",
    "__builtin_types_compatible_p(int,T)": (
        "(Builtin __builtin_types_compatible_p (TypeName int _) (TypeName T _))"
    ),
    "({ int y = 1; y; })": (
        "(StatementExpr (Compound (Declaration int (InitDeclarator y 1)) (ExprStatement y)))"
    ),
}


@pytest.mark.parametrize("text", TREES)
def test_tree(text: str, expression: Shape) -> None:
    assert expression(text, "typedef int T;") == TREES[text]


def test_c23_constants_are_builtins_without_arguments(expression: Shape) -> None:
    assert expression("nullptr == true", std="c23") == (
        "(Binary == (Builtin nullptr) (Builtin true))"
    )
    assert expression("nullptr == true") == "(Binary == nullptr true)"


def test_strict_standards_leave_asm_and_typeof_to_the_program(expression: Shape) -> None:
    assert expression("asm(typeof)", std="c11") == "(Call asm typeof)"


@pytest.mark.parametrize(
    "text",
    [
        "1 +",
        "(1",
        "a ? b",
        "a[1",
        "f(1,",
        "f(,1)",
        "p->",
        "p.1x",
        "sizeof()",
        "(T)",
        "T + 1",
        "a b",
        "_Generic(x)",
        "_Generic(x, 1)",
        "__builtin_va_arg(ap)",
        "__builtin_choose_expr(1, 2)",
        "(int x)1",
        "(static int)1",
        "1 = ",
        "&& 1",
        "++",
    ],
)
def test_fault(text: str, faults: Faults) -> None:
    assert faults(f"typedef int T; void f(void) {{ {text}; }}")


def test_statement_expression_needs_a_function(faults: Faults) -> None:
    assert faults("int x = ({ 1; });")
