"""MIR text: what is printed is read back as the same program."""

import pytest

from freehold.mir.text import TextError, parse, render
from freehold.mir.verify import MirError, verify

EVERYTHING = """\
source 0 "a.c"
source 1 "dir/b \\"q\\".h"
type %0 = struct "S" packed complete align 8 {
    variant "S" 0
        field "n": i32 bits 3
        field "next": *%0 align 16 packed
        field "u": %1
}
type %1 = union "U" complete {
    variant "U" 0
        field "a": [u8; 4]
        field "": [f32; 1]
}
static counter: i32 as "counter" internal size 8 align 4 = "ab\\00\\22\\5c"  // 0:1:5
static ".str.0": [i8; 3] as "string literal" internal size 3 align 1 literal = "hi\\00"  // 0:9:1
static table: [*void; 2] as "table" external size 16 align 8 thread_local common = ""  // 1:2:7
    reloc 0 counter+-8 width 8
    reloc 8 main+0 width 4 block bb1 minus bb0
static elsewhere: [i32; ?] as "elsewhere" external size 0 align 4  // 0:1:1
extern puts: fn(*i8, ...) -> i32 [noreturn pure]  // 0:2:1
extern old: oldfn() -> void  // 0:2:9
alias other = main weak  // 0:3:3
constructor main
destructor main

fn main: fn(i32, **i8) -> i32 as "main" external arguments 2 unit 3 [noinline] {  // 0:3:5
    scope $0  // 0:3:5
    scope $1 in $0  // 0:4:9
    let _0: i32 return  // 0:3:5
    let _1: i32 argument "argc"  // 0:3:14
    let _2: **i8 argument "argv" immutable  // 0:3:22
    let _3: %0 variable "s" volatile align 32  // 0:4:1
    let _4: *%0 temporary  // 0:4:1
    let _5: i64 temporary  // 0:4:1
    let _6: [i32; ?] variable "vla"  // 0:5:1
    let _7: bool temporary  // 0:5:1
    let _8: complex_f64 temporary  // 0:5:1
    let _9: f80 temporary  // 0:5:1
    let _10: u64 temporary  // 0:5:1
    let _11: [i8; 3] temporary  // 0:5:1

    bb0:
        live _3  $1  // 0:4:9
        live _6 size copy _5  $0  // 0:4:9
        _4 = &raw mut _3  $0  // 0:4:9
        _4 = &raw const _4.*.1.*.1.*  $0  // 0:4:9
        _4.*.2.0[_5] = 7: u8  $0  // 0:4:9
        _4.*.2.0[3] = 255: u8  $0  // 0:4:9
        _5 = -9223372036854775808: i64  $0  // 1:6:2
        _5 = add.undefined(copy _5, move _5)  $0  // 1:6:2
        _5 = neg.undefined(copy _5)  $0  // 1:6:2
        _7 = lt(copy volatile _5, 0: i64)  $0  // 1:6:2
        _4 = null: *%0  $0  // 1:6:2
        _4 = cast pointer(&@counter+4: *i32) as *%0  $0  // 1:6:2
        _8.0 = float "0x1.8p+3": f64  $0  // 1:6:2
        _8 = zero: complex_f64  $0  // 1:6:2
        _9 = uninit: f80  $0  // 1:6:2
        _8 = aggregate complex_f64 0 (float "inf": f64, float "nan": f64)  $0  // 1:6:2
        _10 = len(_4.*.2.0)  $0  // 1:6:2
        _11 = [copy @".str.0"[1]; 3]  $0  // 1:6:2
        barrier  $0  // 1:6:2
        volatile @counter = copy atomic @counter  $0  // 1:6:2
        _0 = call @puts(&@".str.0"+0: *i8, copy _5) as fn(*i8, ...) -> i32 -> bb1  $0  // 0:7:7

    bb1:
        switch copy _1 {0: bb2, -5: bb3, otherwise: bb4}  $0  // 0:8:1

    bb2:
        dead _3  $1  // 0:8:1
        goto label bb1: *void {bb1, bb3}  $0  // 0:8:1

    bb3:
        _0 = call %setjmp(copy _4) as fn(*%0) -> i32 -> bb4  $0  // 0:8:1

    bb4:
        call copy _4() as oldfn() -> void  $0  // 0:9:1

    bb5:
        return  $0  // 0:9:1

    bb6:
        unreachable  $0  // 0:9:1

    bb7:
        goto bb5  $0  // 0:9:1
}
"""


def test_reading_what_is_printed_gives_the_same_program() -> None:
    assert render(parse(EVERYTHING)) == EVERYTHING


def test_what_is_read_can_be_verified() -> None:
    verify(parse(EVERYTHING))


RUST = """\
source 0 "a.rs"
type %0 = enum "Option" rust_layout complete {
    variant "None" 0
    variant "Some" 1
        field "0": &mut i32
}

fn f: fn(%0, &[u8], &str) -> () as "f" internal arguments 3 unit 0 {  // 0:1:1
    scope $0  // 0:1:1
    let _0: () return  // 0:1:1
    let _1: %0 argument "x"  // 0:1:1
    let _2: &[u8] argument "s"  // 0:1:1
    let _3: &str argument "t"  // 0:1:1
    let _4: (i32, char, ) variable "u"  // 0:1:1
    let _5: i64 temporary  // 0:1:1
    let _6: *const u8 temporary  // 0:1:1
    let _7: *mut ! temporary  // 0:1:1
    let _8: &mut i32 temporary  // 0:1:1
    let _9: [u8] temporary  // 0:1:1

    bb0:
        discriminant(_1) = 1  $0  // 0:1:1
        _5 = discriminant(_1)  $0  // 0:1:1
        _8 = copy _1.as1.0  $0  // 0:1:1
        _8 = &mut _4.0  $0  // 0:1:1
        _8 = &two_phase _4.0  $0  // 0:1:1
        _9 = copy _2.*[1..-2]  $0  // 0:1:1
        _9 = copy _2.*[0..2]  $0  // 0:1:1
        _6 = &raw const _2.*[-1]  $0  // 0:1:1
        _4 = aggregate (i32, char, ) 0 (1: i32, 65: char)  $0  // 0:1:1
        drop _1 -> bb1 unwind bb2  $0  // 0:1:1

    bb1:
        return  $0  // 0:1:1

    bb2:
        resume  $0  // 0:1:1
}
"""


def test_rust_forms_are_read_back_too() -> None:
    assert render(parse(RUST)) == RUST


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("_0 = call", "_3 = call"),
        ("otherwise: bb4", "otherwise: bb99"),
        ("neg.undefined(copy _5)", "neg.undefined(copy _4)"),
        ("live _3 ", "live _1 "),
        ("len(_4.*.2.0)", "len(_4.*.9)"),
        ("_4.*.2.0[_5]", "_4.*.2.0[_1]"),
        ("7: u8", "256: u8"),
        ("call @puts", "call @nobody"),
        ("$1  // 0:4:9\n        live _6", "$8  // 0:4:9\n        live _6"),
    ],
)
def test_the_verifier_refuses_what_is_wrong(old: str, new: str) -> None:
    text = EVERYTHING.replace(old, new)
    assert text != EVERYTHING
    with pytest.raises(MirError):
        verify(parse(text))


def test_text_that_is_not_mir_is_refused_with_its_line() -> None:
    with pytest.raises(TextError, match="line 6"):
        parse(EVERYTHING.replace("align 16 packed", "align packed"))
    with pytest.raises(TextError, match="line 1"):
        parse("nonsense")
