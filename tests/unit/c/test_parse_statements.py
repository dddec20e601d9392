import pytest

from .conftest import Faults, Shape

TREES = {
    "if (a) b; else if (c) d; else e;": (
        "(If a (ExprStatement b) (If c (ExprStatement d) (ExprStatement e)))"
    ),
    "if (a) if (b) c; else d;": "(If a (If b (ExprStatement c) (ExprStatement d)))",
    "while (a) b;": "(While a (ExprStatement b))",
    "do a; while (b);": "(DoWhile (ExprStatement a) b)",
    "for (;;) ;": "(For (ExprStatement))",
    "for (a; b; c, d) e;": "(For a b (Comma c d) (ExprStatement e))",
    "for (int i=0;i<1;i++) {}": (
        "(For (Declaration int (InitDeclarator i 0)) (Binary < i 1) (Postfix ++ i) (Compound))"
    ),
    "switch (x) { case 1: case 2 ... 3: default: x; }": (
        "(Switch x (Compound (Case 1 (Case 2 3 (Default (ExprStatement x))))))"
    ),
    "goto l;": "(Goto l)",
    "goto *p;": "(ComputedGoto p)",
    "l: m: x;": "(Label l (Label m (ExprStatement x)))",
    "l: __attribute__((unused)) x;": "(Label l (ExprStatement x) (Attribute unused))",
    "l: int x;": "(Label l (Declaration int (InitDeclarator x)))",
    "{ l: }": "(Compound (Label l (ExprStatement)))",
    "return;": "(Return)",
    "return x;": "(Return x)",
    "break;": "(Break)",
    "continue;": "(Continue)",
    ";": "(ExprStatement)",
    "__attribute__((fallthrough));": "(ExprStatement (Attribute fallthrough))",
    "[[fallthrough]];": "(ExprStatement (Attribute fallthrough))",
    "__attribute__((unused)) int x;": ("(Declaration (Attribute unused)+int (InitDeclarator x))"),
    'asm volatile ("x" : "=r"(a), [n] "+m"(b) : "r"(c) : "memory", "cc");': (
        "(Asm x (AsmOperand =r a) (AsmOperand +m b n) (AsmOperand r c) memory cc True)"
    ),
    'asm goto ("x" :::: l);': "(Asm x l True)",
    "{ __label__ a, b; a: b: ; }": "(Compound (Label a (Label b (ExprStatement))) a b)",
    "int g(int x) { return x; }": (
        "(FunctionDefinition int (FunctionDeclarator g (Parameter int x) True)"
        " (Compound (Return x)))"
    ),
    "auto int h(void);": ("(Declaration auto+int (InitDeclarator (FunctionDeclarator h True)))"),
    "__extension__ int x;": "(Declaration __extension__+int (InitDeclarator x))",
    "__extension__ x;": "(ExprStatement (Unary __extension__ x))",
}


@pytest.mark.parametrize("text", TREES)
def test_tree(text: str, statement: Shape) -> None:
    assert statement(text) == TREES[text]


@pytest.mark.parametrize(
    "text",
    [
        "if (a",
        "if a;",
        "if (a) int x;",
        "else a;",
        "while () a;",
        "do a; while (b)",
        "for (a; b) c;",
        "for (;;;) a;",
        "switch x {}",
        "case 1 x;",
        "default x;",
        "goto;",
        "goto 1;",
        "break",
        "return 1 2;",
        "l",
        "asm();",
        "asm(1);",
        "{",
        "}",
        "x; }",
        "x int y;",
        "foo bar;",
    ],
)
def test_fault(text: str, faults: Faults) -> None:
    assert faults(f"void f(void) {{ {text} }}")
