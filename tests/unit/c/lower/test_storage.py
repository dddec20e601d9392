"""Lowering of scopes: what lives when, on every way in and out."""

from tests.unit.c.lower.lowering import block_of, lines_of, lowered, storage_of


def test_a_variable_lives_from_its_declaration_to_the_end_of_its_block() -> None:
    source = "void g(void); void f(void) { int a; { int b; g(); } int c; }"
    assert storage_of(source) == "bb0: +a +b g() bb1: -b +c -c -a return"


def test_return_ends_every_scope_innermost_first() -> None:
    source = "int f(int k) { int a; { int b; if (k) return 1; int c; c = 2; } return 0; }"
    assert storage_of(source) == (
        "bb0: +a +b switch copy _1 {0: bb1, otherwise: bb2} "
        "bb1: +c -c -b -a return "
        "bb2: -b -a return"
    )


def test_break_and_continue_end_the_scopes_of_the_body() -> None:
    source = (
        "void f(int k) { while (k) { int a; if (k == 1) break; if (k == 2) continue; int b; } }"
    )
    text = storage_of(source)
    assert text.count("+a") == 1
    assert text.count("-a") == 3
    assert text.count("-b") == 1


def test_a_jump_into_a_block_makes_its_variables_live() -> None:
    source = "void g(void); void f(int k) { if (k) goto in; { int a; g(); in: g(); } }"
    text = storage_of(source)
    assert text.count("+a") == 2
    assert text.count("-a") == 1


def test_a_jump_out_of_a_block_ends_its_variables() -> None:
    source = "void g(void); void f(int k) { { int a; if (k) goto out; g(); } out: g(); }"
    assert (
        storage_of(source)
        == (
            "bb0: +a switch copy _1 {0: bb3, otherwise: bb1} "
            "bb1: -a >bb2 "
            "bb2: g() bb3: g() bb4: -a >bb2 bb5: return"
        )
        or storage_of(source).count("-a") == 2
    )


def test_a_declaration_met_again_is_uninitialised_again() -> None:
    source = "void g(int *); void f(int k) { again: ; int a; g(&a); if (k--) goto again; }"
    text = storage_of(source)
    assert text.count("+a") == 2
    assert text.count("-a") == 1


def test_case_labels_make_the_variables_around_them_live() -> None:
    source = """int f(int k) {
        switch (k) { int a; case 1: a = 2; return a; case 2: a = 3; return a; } return 0; }"""
    assert storage_of(source).count("+a") == 2


def test_a_loop_entered_by_a_case_works_as_duffs_device_does() -> None:
    source = """void f(char *to, char *from, int n) {
        int turns = (n + 3) / 4;
        switch (n % 4) {
        case 0: do { *to++ = *from++;
        case 3: *to++ = *from++;
        case 2: *to++ = *from++;
        case 1: *to++ = *from++;
                } while (--turns > 0);
        }
    }"""
    switch = [line for line in lines_of(source) if line.startswith("switch") and "3: bb" in line]
    assert len(switch) == 1


def test_case_ranges_are_expanded_up_to_a_limit() -> None:
    short = lines_of("int f(int k) { switch (k) { case 1 ... 3: return 1; } return 0; }")
    assert next(line for line in short if "switch" in line).count("bb") == 4
    wide = lines_of("int f(int k) { switch (k) { case 1 ... 1000: return 1; } return 0; }")
    assert any(line.endswith("= ge(copy _2, 1: i32)") for line in wide), wide
    assert any(line.endswith("= le(copy _2, 1000: i32)") for line in wide)


def test_cleanup_functions_run_before_their_variable_ends() -> None:
    source = """void done(int *p);
    int f(int k) {
        int a __attribute__((cleanup(done))); a = k; int b __attribute__((cleanup(done))); b = k;
        return a + b; }"""
    text = storage_of(source)
    assert text.startswith("bb0: +a +b done()")
    assert text.endswith("-b done() bb2: -a return")


def test_a_variable_length_array_lives_with_its_size() -> None:
    source = "void g(int *); void f(int n) { int a[n]; g(a); }"
    lines = lines_of(source)
    assert any(line.startswith("live _") and " size copy " in line for line in lines)
    assert storage_of(source).count("-a") == 1


def test_a_compound_literal_lives_in_its_block() -> None:
    # The statement that an `if` holds is a block of its own (6.8.4).
    source = "void g(int *); void f(int k) { { if (k) g((int[]){1, k}); } g(0); }"
    text = storage_of(source)
    assert text == (
        "bb0: switch copy _1 {0: bb1, otherwise: bb2} bb1: g() bb2: + g() bb3: - >bb1 bb4: return"
    )
    source = "void g(int *); void f(int k) { { int *p = 0; p = (int[]){1, k}; g(p); } g(0); }"
    assert storage_of(source) == "bb0: + +p g() bb1: -p - g() bb2: return"


def test_a_statement_expression_yields_its_value_before_its_variables_end() -> None:
    assert block_of("int f(int k) { return ({ int a; a = k; a; }) + 1; }") == [
        "live _2",
        "_2 = copy _1",
        "_3 = copy _2",
        "dead _2",
        "_0 = add.undefined(copy _3, 1: i32)",
    ]


def test_main_returns_zero_and_others_nothing_in_particular() -> None:
    assert block_of("int main(void) { }", "main") == ["_0 = 0: i32"]
    assert block_of("int f(void) { }") == ["_0 = uninit: i32"]
    assert block_of("void f(void) { }") == []


COMPUTED = """
int f(int *code) {
    static const void *const table[] = { &&add, &&end };
    static const int apart[] = { &&add - &&end };
    int total = 0;
    goto *table[*code++];
add: { int t = *code++; total += t; goto *table[*code++]; }
end: return total + apart[0];
}
"""


def test_computed_gotos_reach_every_label_whose_address_is_taken() -> None:
    program = lowered(COMPUTED)
    lines = lines_of(COMPUTED)
    jumps = [line for line in lines if line.startswith("goto copy")]
    assert len(jumps) == 2
    assert storage_of(COMPUTED).count("-t") == 1
    table, apart = (g for g in program.globals.values() if g.relocations)
    assert [r.symbol for r in table.relocations] == ["f", "f"]
    assert all(f"bb{r.block}" in jumps[0] for r in table.relocations)
    assert apart.relocations[0].minus == table.relocations[1].block
    assert apart.relocations[0].width == 4


def test_big_constant_initialisers_are_copied_from_an_image() -> None:
    values = ", ".join(map(str, range(20)))
    assert block_of(f"void g(int *); int f(int k) {{ int a[20] = {{{values}}}; return a[k]; }}")[
        :2
    ] == [
        "live _2",
        '_2 = copy @".const.t.0"',
    ]


def test_what_is_not_constant_is_stored_after_the_image() -> None:
    values = ", ".join(map(str, range(20)))
    lines = block_of(f"int f(int k) {{ int a[21] = {{{values}, k}}; return a[k]; }}")
    assert lines[1:3] == ['_2 = copy @".const.t.0"', "_2[20] = copy _1"]


def test_small_initialisers_are_stores_over_zeros() -> None:
    assert block_of(
        "struct s { int a, b, c; }; int f(int k) { struct s x = { .b = k }; return x.a; }"
    ) == [
        "live _2",
        "_2 = zero: %0",
        "_2.1 = copy _1",
        "_0 = copy _2.0",
        "dead _2",
    ]


def test_strings_fill_the_rest_of_their_array_with_zeros() -> None:
    program = lowered('char f(int k) { char a[6] = "hi"; return a[k]; }')
    image = next(g for name, g in program.globals.items() if name.startswith(".const"))
    assert image.data == b"hi\0\0\0\0"


def test_only_what_is_used_is_declared() -> None:
    program = lowered(
        "int used(void), unused(void); extern int x, y; int f(void) { return used() + x; }"
    )
    assert list(program.externs) == ["used"]
    assert [name for name, g in program.globals.items() if g.data is None] == ["x"]


def test_a_tentative_definition_gives_way() -> None:
    program = lowered("int x; int y = 0;")
    assert [g.common for g in program.globals.values()] == [True, False]
