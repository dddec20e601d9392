"""Lowering of expressions: order, copies, places."""

from tests.unit.c.lower.lowering import block_of, lines_of, lowered


def test_a_struct_is_copied_in_one_assignment() -> None:
    source = "struct s { int a[9]; }; void f(struct s *p, struct s *q) { *p = *q; }"
    assert block_of(source) == ["_1.* = copy _2.*"]


def test_a_scalar_is_moved_without_being_read() -> None:
    assert block_of("void f(int *p, int *q) { *p = *q; }") == ["_1.* = copy _2.*"]


def test_a_discarded_value_is_not_read() -> None:
    assert block_of("void f(int x, int *p) { (void)x; x; (void)*p; *p; }") == []


def test_a_volatile_value_is_read_though_discarded() -> None:
    read = ["_2 = copy volatile _1.*"]
    assert block_of("void f(volatile int *p) { *p; }") == read
    assert block_of("void f(volatile int *p) { (void)*p; }") == read
    assert block_of("void f(volatile int *p) { *p, 0; }") == read
    assert block_of("void f(volatile int *p) { 0, *p; }") == read
    assert block_of("struct s { volatile int v; }; void f(struct s *p) { p->v; }") == [
        "_2 = copy volatile _1.*.0"
    ]
    arms = lines_of("void f(volatile int *p, int k) { k ? *p : 0; k ? (void)*p : (void)*p; }")
    assert sum(line.endswith("= copy volatile _1.*") for line in arms) == 3
    source = "struct s; void f(volatile struct s *p, volatile void *q) { (void)*p; (void)*q; }"
    assert block_of(source) == []


def test_the_left_operand_is_taken_before_a_call_on_the_right_may_change_it() -> None:
    assert lines_of("int g; int h(void); int f(void) { return g + h(); }") == [
        "bb0:",
        "_2 = copy @g",
        "_1 = call @h() as fn() -> i32 -> bb1",
        "bb1:",
        "_0 = add.undefined(copy _2, copy _1)",
        "return",
    ]


def test_operands_that_nothing_changes_are_read_in_place() -> None:
    source = "struct s { int a, b; }; int f(struct s *p, int i) { return p->a + p->b * i; }"
    assert block_of(source) == [
        "_3 = mul.undefined(copy _1.*.1, copy _2)",
        "_0 = add.undefined(copy _1.*.0, copy _3)",
    ]


def test_copying_through_moving_pointers_takes_no_detour() -> None:
    source = "void f(char *p, char *q) { *p++ = *q++; }"
    assert block_of(source) == [
        "_3 = copy _2",
        "_2 = offset(copy _3, 1: i64)",
        "_4 = copy _1",
        "_1 = offset(copy _4, 1: i64)",
        "_4.* = copy _3.*",
    ]


def test_the_right_side_is_evaluated_before_the_place_that_it_may_move() -> None:
    source = "struct s { int n; } *g; int h(void); void f(void) { g->n = h(); g->n += h(); }"
    assert lines_of(source) == [
        "bb0:",
        "_1 = call @h() as fn() -> i32 -> bb1",
        "bb1:",
        "_2 = copy @g",
        "_2.*.0 = copy _1",
        "_3 = call @h() as fn() -> i32 -> bb2",
        "bb2:",
        "_4 = copy @g",
        "_4.*.0 = add.undefined(copy _4.*.0, copy _3)",
        "return",
    ]


def test_array_lvalues_are_indexed_and_pointers_offset() -> None:
    source = "int a[4]; int f(long i, int *p) { return a[i] + a[2] + p[i]; }"
    assert block_of(source) == [
        "_3 = add.undefined(copy @a[_1], copy @a[2])",
        "_4 = offset(copy _2, copy _1)",
        "_0 = add.undefined(copy _3, copy _4.*)",
    ]


def test_an_index_of_another_width_is_converted_first() -> None:
    assert block_of("int a[4]; int f(int i) { return a[i]; }") == [
        "_2 = cast int(copy _1) as i64",
        "_0 = copy @a[_2]",
    ]


def test_addresses_are_no_accesses() -> None:
    source = (
        "struct s { int a[3]; int b; }; int *f(struct s *p, int k) { return k ? &p->b : p->a + 3; }"
    )
    lines = lines_of(source)
    assert "_0 = &raw mut _1.*.1" in lines
    assert "_3 = &raw mut _1.*.0[0]" in lines
    assert not any("copy _1.*" in line for line in lines)


def test_the_address_of_what_a_pointer_points_to_is_the_pointer() -> None:
    assert block_of("int *f(int *p) { return &*p; }") == ["_0 = copy _1"]


def test_conditions_branch_without_a_value() -> None:
    assert lines_of("int f(int a, int *p) { if (!(a < 3) && p) return 1; return 2; }") == [
        "bb0:",
        "_3 = lt(copy _1, 3: i32)",
        "switch copy _3 {0: bb3, otherwise: bb1}",
        "bb1:",
        "_0 = 2: i32",
        "return",
        "bb2:",
        "_0 = 1: i32",
        "return",
        "bb3:",
        "_4 = cast bool(copy _2) as bool",
        "switch copy _4 {0: bb1, otherwise: bb2}",
    ]


def test_a_bit_field_assignment_yields_what_the_field_holds() -> None:
    source = (
        "struct s { unsigned u : 3; int i : 5; }; int f(struct s *p, int v) { return p->i = v; }"
    )
    assert block_of(source) == [
        "_3 = copy _2",
        "_1.*.1 = copy _3",
        "_4 = cast int(copy _3) as u32",
        "_5 = shl(copy _4, 27: i32)",
        "_6 = cast int(copy _5) as i32",
        "_7 = shr(copy _6, 27: i32)",
        "_0 = copy _7",
    ]


def test_a_post_increment_yields_the_old_value() -> None:
    assert block_of("int f(int *p) { return (*p)++; }") == [
        "_2 = copy _1.*",
        "_1.* = add.undefined(copy _2, 1: i32)",
        "_0 = copy _2",
    ]


def test_volatile_accesses_are_marked_and_made_in_order() -> None:
    assert block_of("volatile int v; int f(void) { return v - v; }") == [
        "_1 = copy volatile @v",
        "_2 = copy volatile @v",
        "_0 = sub.undefined(copy _1, copy _2)",
    ]


def test_atomic_updates_loop_until_nobody_came_between() -> None:
    lines = lines_of("_Atomic int n; void f(void) { n += 2; }")
    assert "_2 = copy atomic @n" in lines
    assert any(line.startswith("_6 = call %atomic_compare_exchange(") for line in lines), lines


def test_a_call_writes_its_result_where_only_the_caller_sees_it() -> None:
    source = """struct s { int a[4]; }; struct s g(void), other;
    void f(void) { struct s x = g(); other = g(); x; }"""
    lines = lines_of(source)
    assert "_1 = call @g() as fn() -> %0 -> bb1" in lines
    assert "_2 = call @g() as fn() -> %0 -> bb2" in lines
    assert "@other = copy _2" in lines


def test_control_ends_at_a_function_that_does_not_return() -> None:
    lines = lines_of("_Noreturn void die(int); int f(int x) { if (x) die(x); return 1; }")
    assert "call @die(copy _1) as fn(i32) -> void" in lines


def test_a_function_that_calls_setjmp_says_so() -> None:
    source = """#include <setjmp.h>
    jmp_buf b; int f(void) { return setjmp(b); } int g(void) { return 0; }"""
    bodies = lowered(source).bodies
    marked = [name for name, body in bodies.items() if "returns_twice" in body.attributes]
    assert marked == ["f"]


def test_complex_numbers_are_lowered_by_their_parts() -> None:
    source = "double _Complex f(double _Complex a, double _Complex b) { return a * b; }"
    assert block_of(source) == [
        "_3 = mul(copy _1.0, copy _2.0)",
        "_4 = mul(copy _1.1, copy _2.1)",
        "_5 = sub(copy _3, copy _4)",
        "_6 = mul(copy _1.0, copy _2.1)",
        "_7 = mul(copy _1.1, copy _2.0)",
        "_8 = add(copy _6, copy _7)",
        "_9.0 = copy _5",
        "_9.1 = copy _8",
        "_0 = copy _9",
    ]


def test_long_chains_need_no_deep_stack() -> None:
    count = 20_000
    lowered("int f(int x) { return " + " + ".join(["x"] * count) + "; }")
    lowered("int f(int x) { return " + " && ".join(["x"] * count) + "; }")
    lowered("int f(int x) { return " + ", ".join(["x++"] * count) + "; }")
    arms = "".join(f"if (x == {n}) return {n}; else " for n in range(5000))
    lowered("int f(int x) { " + arms + "return -1; }")
