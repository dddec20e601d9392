import pytest

from freehold.c import ast

from .conftest import Faults, Parse, Shape

TREES = {
    "int x[2][3];": (
        "(Declaration int (InitDeclarator (ArrayDeclarator (ArrayDeclarator x 2) 3)))"
    ),
    "int *x[3];": "(Declaration int (InitDeclarator (PointerDeclarator (ArrayDeclarator x 3))))",
    "int (*x)[3];": "(Declaration int (InitDeclarator (ArrayDeclarator (PointerDeclarator x) 3)))",
    "int (*f(int a))(T);": (
        "(Declaration int (InitDeclarator (FunctionDeclarator (PointerDeclarator"
        " (FunctionDeclarator f (Parameter int a) True)) (Parameter T _) True)))"
    ),
    "int *const *p;": (
        "(Declaration int (InitDeclarator (PointerDeclarator (PointerDeclarator p) const)))"
    ),
    "void f(int n, int a[static n], int b[*], const char *restrict s, ...);": (
        "(Declaration void (InitDeclarator (FunctionDeclarator f (Parameter int n) (Parameter int"
        " (ArrayDeclarator a n True)) (Parameter int (ArrayDeclarator b True)) (Parameter"
        " const+char (PointerDeclarator s restrict)) True True)))"
    ),
    'struct s { int a:3, :2; union { T x; }; ; _Static_assert(1,""); };': (
        "(Declaration (Record struct s (Declaration int (InitDeclarator a 3) (InitDeclarator _ 2))"
        " (Declaration (Record union (Declaration T (InitDeclarator x)))) (StaticAssert 1"
        ' (String ""))))'
    ),
    "struct {} x;": "(Declaration (Record struct) (InitDeclarator x))",
    "enum e { A, B = 2, };": "(Declaration (Enum e (Enumerator A) (Enumerator B 2)))",
    "int f() {}": "(FunctionDefinition int (FunctionDeclarator f) (Compound))",
    "f(a,b) int b; T *a; { return a; }": (
        "(FunctionDefinition  (FunctionDeclarator f a b) (Declaration int (InitDeclarator b))"
        " (Declaration T (InitDeclarator (PointerDeclarator a))) (Compound (Return a)))"
    ),
    "T x = { .a = 1, [2 ... 3] = {4}, [5] 6, b: 5, {} };": (
        "(Declaration T (InitDeclarator x (InitList (InitItem (FieldDesignator a) 1) (InitItem"
        " (IndexDesignator 2 3) (InitList (InitItem 4))) (InitItem (IndexDesignator 5) 6) (InitItem"
        " (FieldDesignator b) 5) (InitItem (InitList)))))"
    ),
    '__attribute__((packed, , __aligned__(8))) struct s x asm("y") __attribute__((unused));': (
        "(Declaration (Attribute packed)+(Attribute aligned 8)+(Record struct s) (InitDeclarator x"
        " y (Attribute unused)))"
    ),
    "struct __attribute__((a)) s { int x; } __attribute__((b(int, c, 1 + 2)));": (
        "(Declaration (Record struct s (Declaration int (InitDeclarator x)) (Attribute a)"
        " (Attribute b (TypeName int _) c (Binary + 1 2))))"
    ),
    "int (__attribute__((x)) *p)(void);": (
        "(Declaration int (InitDeclarator (FunctionDeclarator (PointerDeclarator p) True)"
        " (Attribute x)))"
    ),
    "[[nodiscard, gnu::packed, other::thing(1 2)]] int f(void);": (
        "(Declaration (Attribute nodiscard)+(Attribute packed)+int (InitDeclarator"
        " (FunctionDeclarator f True)))"
    ),
    "_Atomic(int) x; ": "(Declaration (AtomicType (TypeName int _)) (InitDeclarator x))",
    "_Atomic int x;": "(Declaration _Atomic+int (InitDeclarator x))",
    "_Alignas(16) _Alignas(T) char c;": (
        "(Declaration (AlignAs 16)+(AlignAs (TypeName T _))+char (InitDeclarator c))"
    ),
    "typeof(int *) x;": (
        "(Declaration (TypeOf (TypeName int (PointerDeclarator _))) (InitDeclarator x))"
    ),
    "__typeof(1 + 2) x;": "(Declaration (TypeOf (Binary + 1 2)) (InitDeclarator x))",
    "__auto_type x = 1;": "(Declaration __auto_type (InitDeclarator x 1))",
    "static __inline__ __const __int128 __complex__ x;": (
        "(Declaration static+inline+const+__int128+_Complex (InitDeclarator x))"
    ),
    "__extension__ typedef long long L;": (
        "(Declaration __extension__+typedef+long+long (InitDeclarator L))"
    ),
    "x;": "(Declaration  (InitDeclarator x))",
    "*x, y();": (
        "(Declaration  (InitDeclarator (PointerDeclarator x)) (InitDeclarator"
        " (FunctionDeclarator y)))"
    ),
    'asm("nop");': "(Asm nop True)",
    "_Static_assert(1);": "(StaticAssert 1)",
    "_Float128 x; __thread int y;": "(Declaration _Thread_local+int (InitDeclarator y))",
    "__builtin_va_list v;": "(Declaration __builtin_va_list (InitDeclarator v))",
}


@pytest.mark.parametrize("text", TREES)
def test_tree(text: str, external: Shape) -> None:
    assert external("typedef int T;" + text) == TREES[text]


def test_c23(external: Shape) -> None:
    assert external("enum e : int { Q };", "c23") == (
        "(Declaration (Enum e (Enumerator Q) (TypeName int _)))"
    )
    assert external("int f(...);", "c23") == (
        "(Declaration int (InitDeclarator (FunctionDeclarator f True True)))"
    )
    assert external("bool b = {};", "c23") == "(Declaration _Bool (InitDeclarator b (InitList)))"
    assert external("static_assert(true);", "c23") == "(StaticAssert (Builtin true))"


PACKS = {
    "#pragma pack(1)\nS(a)\n#pragma pack()\nS(b)": [1, 0],
    "#pragma pack(push, 2)\nS(a)\n#pragma pack(pop)\nS(b)": [2, 0],
    "#pragma pack(push, n, 4)\n#pragma pack(push, 2)\nS(a)\n#pragma pack(pop, n)\nS(b)": [2, 0],
    "#pragma pack(4)\n#pragma pack(push)\n#pragma pack(1)\n#pragma pack(pop)\nS(a)": [4],
    "#pragma pack(3)\nS(a)\n#pragma other\nS(b)": [0, 0],
    "struct a { int x;\n#pragma pack(1)\n};": [1],
}


@pytest.mark.parametrize("text", PACKS)
def test_pack(text: str, preprocessed: Parse) -> None:
    found = []
    for item in preprocessed("#define S(tag) struct tag { int x; };\n" + text).externals:
        assert isinstance(item, ast.Declaration)
        record = item.specifiers.items[0]
        assert isinstance(record, ast.Record)
        found.append(record.pack)
    assert found == PACKS[text]


@pytest.mark.parametrize(
    "text",
    [
        "int",
        "int x",
        "int x y;",
        "int x[;",
        "int f(int a,);",
        "int f(a, int b);",
        "int f(...);",
        "int (x;",
        "struct;",
        "struct s { int x",
        "struct s { x; };",
        "struct s { static int x; };",
        "enum {};",
        "enum e { 1 };",
        "enum e { A B };",
        "int x = ;",
        "int x = {1 2};",
        "int x = { .a 1 };",
        "int f(a) int a; int b {}",
        "int f(int a) int b; {}",
        "typedef;x y;",
        "foo x;",
        "foo *x;",
        "int f(foo x);",
        "int x{};",
        "1;",
        "}",
        "_Alignas(8 int x;",
        "__attribute__((x) int y;",
        "_Static_assert(1, 2);",
        "int int_; int_ x;",
    ],
)
def test_fault(text: str, faults: Faults) -> None:
    assert faults(text)
