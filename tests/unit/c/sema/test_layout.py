"""Sizes, alignments, offsets and bits of records: facts of the x86-64 ABI, as gcc lays them out."""

import pytest

from tests.unit.c.sema.analysing import data_of, numbers

# what, declaration of `struct s` or `union s`, size, alignment, offsets of members
LAYOUTS: list[tuple[str, str, int, int, dict[str, int]]] = [
    ("plain", "struct s { char a; int b; short c; };", 12, 4, {"a": 0, "b": 4, "c": 8}),
    (
        "nested",
        "struct t { char x; double y; }; struct s { char a; struct t b; char c; };",
        32,
        8,
        {"b": 8, "c": 24},
    ),
    ("union", "union s { char a[5]; int b; double c; };", 8, 8, {}),
    ("union odd", "union s { char a[9]; short b; };", 10, 2, {}),
    ("long double", "struct s { char a; long double b; };", 32, 16, {"b": 16}),
    (
        "complex",
        "struct s { char a; _Complex float b; _Complex double c; };",
        32,
        8,
        {"b": 4, "c": 16},
    ),
    ("bool", "struct s { _Bool a; _Bool b : 1; _Bool c : 1; int d; };", 8, 4, {"d": 4}),
    (
        "packed",
        "struct __attribute__((packed)) s { char a; int b; short c; };",
        7,
        1,
        {"b": 1, "c": 5},
    ),
    (
        "packed member",
        "struct s { char a; int b __attribute__((packed)); char c; int d; };",
        12,
        4,
        {"b": 1, "c": 5, "d": 8},
    ),
    (
        "aligned struct",
        "struct __attribute__((aligned(16))) s { char a; int b; };",
        16,
        16,
        {"b": 4},
    ),
    (
        "aligned member",
        "struct s { char a; int b __attribute__((aligned(16))); char c; };",
        32,
        16,
        {"b": 16, "c": 20},
    ),
    (
        "alignas member",
        "struct s { char a; _Alignas(8) char b; char c; };",
        16,
        8,
        {"b": 8, "c": 9},
    ),
    (
        "packed aligned",
        "struct __attribute__((packed, aligned(4))) s { char a; long b; char c; };",
        12,
        4,
        {"b": 1, "c": 9},
    ),
    (
        "packed with aligned member",
        (
            "struct __attribute__((packed)) s"
            " { char a; int b __attribute__((aligned(4))); char c; long d; };"
        ),
        20,
        4,
        {"b": 4, "c": 8, "d": 9},
    ),
    (
        "pragma pack 1",
        "#pragma pack(push, 1)\nstruct s { char a; int b; double c; };\n#pragma pack(pop)",
        13,
        1,
        {"b": 1, "c": 5},
    ),
    (
        "pragma pack 2",
        "#pragma pack(push, 2)\nstruct s { char a; int b; char c; double d; };\n#pragma pack(pop)",
        16,
        2,
        {"b": 2, "c": 6, "d": 8},
    ),
    (
        "pragma pack 4 long double",
        "#pragma pack(4)\nstruct s { char a; long double b; };\n#pragma pack()",
        20,
        4,
        {"b": 4},
    ),
    (
        "pragma pack inner",
        (
            "struct t { char x; int y; };\n#pragma pack(1)\n"
            "struct s { char a; struct t b; };\n#pragma pack()"
        ),
        9,
        1,
        {"b": 1},
    ),
    (
        "pragma pack popped",
        "#pragma pack(push, 1)\n#pragma pack(pop)\nstruct s { char a; int b; };",
        8,
        4,
        {"b": 4},
    ),
    (
        "bits",
        "struct s { unsigned a : 3; unsigned b : 7; unsigned c : 22; unsigned d : 1; };",
        8,
        4,
        {},
    ),
    ("bits over a char", "struct s { char a; int b : 5; char c; };", 4, 4, {"c": 2}),
    ("bits straddle", "struct s { int a : 20; int b : 20; };", 8, 4, {}),
    ("bits small types", "struct s { char a : 4; char b : 5; short c : 9; };", 4, 2, {}),
    ("bits long", "struct s { long a : 33; int b : 20; long c : 40; };", 16, 8, {}),
    ("bits mixed", "struct s { char a : 7; int b : 25; char c; };", 8, 4, {"c": 4}),
    ("bits zero", "struct s { char a : 3; int : 0; char b; };", 5, 1, {"b": 4}),
    ("bits zero char", "struct s { char a : 3; char : 0; char b : 2; char c; };", 3, 1, {"c": 2}),
    ("bits unnamed", "struct s { char a; int : 20; char b; };", 5, 1, {"b": 4}),
    ("bits only unnamed", "struct s { char a; int : 3; };", 2, 1, {}),
    ("bits zero alone", "struct s { char a; long : 0; char b; };", 9, 1, {"b": 8}),
    (
        "bits packed",
        "struct __attribute__((packed)) s { int a : 5; int b : 12; char c; int d : 20; };",
        7,
        1,
        {"c": 3},
    ),
    (
        "bits packed straddle",
        "struct __attribute__((packed)) s { char a; int b : 30; int c : 6; };",
        6,
        1,
        {},
    ),
    (
        "bits pragma pack",
        "#pragma pack(1)\nstruct s { char a; int b : 20; int c : 20; char d; };\n#pragma pack()",
        7,
        1,
        {"d": 6},
    ),
    (
        "bits pragma pack 2",
        (
            "#pragma pack(2)\n"
            "struct s { char a; int b : 20; int c : 20; long d : 33; char e; };\n#pragma pack()"
        ),
        12,
        2,
        {"e": 11},
    ),
    (
        "bits aligned",
        "struct s { int a : 3; int b __attribute__((aligned(8))) ; int c : 2; };",
        16,
        8,
        {"b": 8},
    ),
    ("bits in union", "union s { int a : 3; long b : 40; char c; };", 8, 8, {}),
    (
        "bits enum",
        "enum e { X, Y }; struct s { enum e a : 2; enum e b : 2; char c; };",
        4,
        4,
        {"c": 1},
    ),
    ("bits bool", "struct s { _Bool a : 1; int b : 1; _Bool c : 1; char d; };", 4, 4, {"d": 1}),
    ("flexible", "struct s { int n; char a[]; };", 4, 4, {"a": 4}),
    ("flexible long", "struct s { char n; long a[]; };", 8, 8, {"a": 8}),
    ("zero array", "struct s { char n; int a[0]; };", 4, 4, {"a": 4}),
    ("empty", "struct s { };", 0, 1, {}),
    (
        "empty member",
        "struct t { }; struct s { char a; struct t b; int c; };",
        8,
        4,
        {"b": 1, "c": 4},
    ),
    (
        "anonymous",
        "struct s { char a; union { int b; double c; }; struct { char d; short e; }; };",
        24,
        8,
        {"b": 8, "c": 8, "d": 16, "e": 18},
    ),
    (
        "arrays",
        "struct s { char a[3]; short b[3]; int c[2][2]; };",
        28,
        4,
        {"b": 4, "c": 12, "c[1][1]": 24},
    ),
    (
        "pointers",
        "struct s { char a; int *b; char c; int (*d)(void); };",
        32,
        8,
        {"b": 8, "c": 16, "d": 24},
    ),
    ("int128", "struct s { char a; __int128 b; };", 32, 16, {"b": 16}),
    ("enum long", "enum e { BIG = 0x100000000 }; struct s { char a; enum e b; };", 16, 8, {"b": 8}),
    (
        "packed enum",
        "enum __attribute__((packed)) e { P, Q }; struct s { char a; enum e b; };",
        2,
        1,
        {"b": 1},
    ),
    (
        "typedef aligned",
        "typedef int wide __attribute__((aligned(16))); struct s { char a; wide b; };",
        32,
        16,
        {"b": 16},
    ),
    (
        "vector of structs",
        "struct t { char a; short b; char c; }; struct s { struct t t[3]; char z; };",
        20,
        2,
        {"t[1].b": 8, "z": 18},
    ),
    (
        "packed, and pragma pack",
        (
            "#pragma pack(2)\nstruct __attribute__((packed)) s { char f; unsigned long g : 51; };"
            "\n#pragma pack()"
        ),
        8,
        2,
        {},
    ),
    (
        "packed beats pragma pack",
        (
            "#pragma pack(4)\nstruct __attribute__((packed)) s { char *f; char g : 5; int h; };"
            "\n#pragma pack()"
        ),
        13,
        1,
        {"h": 9},
    ),
    (
        "zero width in pragma pack",
        "#pragma pack(2)\nstruct s { char f; long : 0; long g : 53; };\n#pragma pack()",
        16,
        2,
        {},
    ),
    (
        "aligned bits in pragma pack",
        (
            "#pragma pack(1)\nstruct s { char f; char g : 1 __attribute__((aligned(16))); int h; };"
            "\n#pragma pack()"
        ),
        6,
        1,
        {"h": 2},
    ),
]
# declaration of `struct s`, initialiser, bytes
BITS = [
    (
        "struct s { unsigned a : 3; unsigned b : 7; unsigned c : 22; unsigned d : 1; }",
        "{5, 99, 0x2abcde, 1}",
        "1d7bf3aa01000000",
    ),
    ("struct s { int a : 20; int b : 20; }", "{-2, 0x5a5a5}", "feff0f00a5a50500"),
    ("struct s { char a : 4; char b : 5; short c : 9; }", "{-1, 9, -200}", "0f093801"),
    (
        "struct s { long a : 33; int b : 20; long c : 40; }",
        "{-3, 0x12345, 0x7fffffffff}",
        "fdffffff8b460200ffffffff7f000000",
    ),
    ("struct s { char a : 3; int : 0; char b; }", "{1, 'x'}", "0100000078"),
    ("struct s { char a; int : 5; int b : 7; _Bool c : 1; }", "{1, 77, 8}", "01a01900"),
    (
        "struct __attribute__((packed)) s { char a; int b : 30; int c : 6; }",
        "{1, 0x1badcafe, -9}",
        "01fecaaddb0d",
    ),
    (
        "struct __attribute__((packed)) s { int a : 5; int b : 12; char c; int d : 20; }",
        "{3, 0x7ab, 'c', 0x54321}",
        "63f50063214305",
    ),
    (
        "#pragma pack(1)\nstruct s { int a : 20; int b : 20; char c; }",
        "{0x12345, 0x6789a, 'c'}",
        "4523a1896763",
    ),
    (
        "struct s { union { struct { unsigned a : 4, b : 4; }; unsigned char c; }; short d; }",
        "{.a = 1, .b = 2, .d = 3}",
        "2100000003000000",
    ),
]


@pytest.mark.parametrize(
    ("declaration", "size", "align", "offsets"),
    [row[1:] for row in LAYOUTS],
    ids=[row[0] for row in LAYOUTS],
)
def test_layout(declaration: str, size: int, align: int, offsets: dict[str, int]) -> None:
    tag = "union s" if "union s " in declaration else "struct s"
    asked = [f"sizeof({tag})", f"_Alignof({tag})"]
    asked += [f"__builtin_offsetof({tag}, {member})" for member in offsets]
    assert numbers(declaration, *asked) == [size, align, *offsets.values()]


@pytest.mark.parametrize(("declaration", "initialiser", "data"), BITS)
def test_bits(declaration: str, initialiser: str, data: str) -> None:
    assert data_of(f"{declaration} v = {initialiser};", "v").hex() == data
