"""Builtins and atomics: types, constants, what they refuse."""

import pytest

from tests.unit.c.sema.analysing import analysed, errors, faults, numbers


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("__builtin_popcount(255)", 8),
        ("__builtin_clz(1)", 31),
        ("__builtin_ctzl(1ul << 40)", 40),
        ("__builtin_ffs(0)", 0),
        ("__builtin_parity(7)", 1),
        ("__builtin_bswap16(0x1234)", 0x3412),
        ("__builtin_bswap32(0x12345678)", 0x78563412),
        ("__builtin_expect(3, 1)", 3),
        ("__builtin_constant_p(3 + 4)", 1),
        ('__builtin_strlen("four")', 4),
        ("__builtin_types_compatible_p(int, const int)", 1),
        ("__builtin_types_compatible_p(int, unsigned)", 0),
        ("__builtin_choose_expr(1, 2, 3.5)", 2),
        ("__builtin_offsetof(struct { int a; int b[4]; }, b[2])", 12),
        ("__builtin_object_size(&g[2], 0)", 8),
        ("(int)__builtin_inf() > 0 ? 1 : 2", 1),
        ('__builtin_isnan(__builtin_nan(""))', 1),
        ("__builtin_classify_type(1.0)", 8),
        ("_Generic(1.0f, double: 1, float: 2, default: 3)", 2),
        ("_Generic((char)0, int: 1, char: 2)", 2),
        ("_Generic(&g, int (*)[4]: 1, default: 2)", 1),
        ("sizeof(_Generic(1, int: g))", 16),
        ("__alignof__(long double)", 16),
        ("_Alignof(char[3])", 1),
        ("sizeof(int[__builtin_choose_expr(1, 3, 4)])", 12),
        ("(long)0x8000000000000000", -(2**63)),
        ("2147483648", 2**31),
        ("sizeof(2147483648)", 8),
        ("sizeof(0x80000000)", 4),
        ("sizeof 'a'", 4),
        ("sizeof L'a'", 4),
        ('sizeof u"ab"', 6),
        ("sizeof(char[2][3])", 6),
        ("-1 < 0u", 0),
        ("(char)-1 < 0", 1),
        ("1 ? -1 : 0u", 2**32 - 1),
        ("(unsigned short)-1 + 1", 65536),
    ],
)
def test_constants(expression: str, value: int) -> None:
    assert numbers("int g[4];", expression) == [value]


@pytest.mark.parametrize(
    "body",
    [
        "int r; return __builtin_add_overflow(a, 1, &r) ? 0 : r;",
        "long r; return __builtin_mul_overflow(a, 7u, &r);",
        "return __sync_fetch_and_add(&a, 1) + __sync_val_compare_and_swap(&a, 1, 2);",
        "__atomic_store_n(&a, 1, __ATOMIC_RELEASE); return __atomic_load_n(&a, __ATOMIC_ACQUIRE);",
        "int e = 0; return __atomic_compare_exchange_n(&a, &e, 1, 0, 5, 5);",
        "_Atomic int x = 1; x += a; x++; return x;",
        "_Atomic(int *) p = &a; p++; return p == 0;",
        "__builtin_va_list l; (void)l; __sync_synchronize(); return 0;",
        "char *s = __builtin_alloca(a); return __builtin_memcmp(s, s, 1);",
        "if (a) __builtin_unreachable(); __builtin_prefetch(&a); return 0;",
        "__builtin_trap();",
        "return __builtin_isless(1.0, (double)a) + (__builtin_signbit(1.0f) != 0);",
        "return __extension__ ({ __typeof__(a) b = a; b; });",
    ],
)
def test_accepted(body: str) -> None:
    assert not errors(f"int f(int a) {{ {body} }}")


def test_stdatomic_and_tgmath_and_stdarg() -> None:
    source = """#include <stdarg.h>
    #include <stdatomic.h>
    #include <tgmath.h>
    atomic_int n; atomic_flag flag = ATOMIC_FLAG_INIT;
    int sum(int count, ...) {
        va_list a, b; va_start(a, count); va_copy(b, a);
        int total = va_arg(a, int) + (int)va_arg(b, double); va_end(a); va_end(b);
        return total + atomic_fetch_add(&n, 2) + atomic_flag_test_and_set(&flag);
    }
    float root(float x) { return sqrt(x) + fabs(x); }
    """
    assert not faults(source)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("return __builtin_add_overflow(a, 1, a);", "FH1207"),
        ("const int r = 0; return __builtin_add_overflow(a, 1, &r);", "FH1207"),
        ("__builtin_va_list l; __builtin_va_start(l, a);", "FH1207"),
        ("return __builtin_va_arg(a, int);", "FH1203"),
        ("return __atomic_load_n(a, 5);", "FH1207"),
        ("return __builtin_popcount();", "FH1207"),
        ("return __builtin_popcount(1, 2);", "FH1207"),
        ("return __builtin_choose_expr(a, 1, 2);", "FH1209"),
        ("return __builtin_offsetof(int, a);", "FH1204"),
        ("return _Generic(a, char: 1);", "FH1203"),
        ("return _Generic(a, int: 1, int: 2);", "FH1203"),
        ("_Atomic int x; return &x == &a;", "FH1302"),
        ("_Atomic int x; int *p = &x; return p == &a;", "FH1302"),
    ],
)
def test_refused(body: str, code: str) -> None:
    found = analysed(f"int f(int a) {{ {body} }}")[1]
    assert found
    assert found[0].code.id == code, found[0].message
