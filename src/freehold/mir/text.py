"""MIR as text: `render` prints a program, `parse` reads it back; printing that again is the same.

    source 0 "a.c"
    type %0 = struct "S" complete {          an Adt: numbered in the order of first use
        variant "S" 0
            field "n": i32 bits 3
    }
    static counter: i32 as "counter" internal size 4 align 4 = "\\00"  // 0:1:5
        reloc 0 table+8 width 8
    extern puts: fn(*i8) -> i32  // 0:2:1
    fn main: fn() -> i32 as "main" external arguments 0 unit 0 {  // 0:3:5
        scope $0  // 0:3:5
        let _0: i32 return  // 0:3:5
        bb0:
            _1 = add.undefined(copy _2, 1: i32)  $0  // 0:4:9
            _3 = call @puts(copy _4.*.0[_5]) as fn(*i8) -> i32 -> bb1  $0  // 0:4:15
    }

What stands in Rust's bodies before monomorphisation refers to numbered definitions:

    adt #0 "Pair" "main::Pair" struct parameters 2 variances "+o" drop #3 {  // 0:1:1
        variant "Pair" 0 tuple constructor #4  // 0:1:1
            field "0": T#1 private  // 0:1:9
    }
    def #1 "f" "main::f"  // 0:3:1             a function, trait, constant, associated type...
    closuredef #2 "{closure#0}" "f::{closure#0}" FnMut moves fn(i32) -> () {  // 0:4:9
        capture "x" "&uniq": &'_ mut i32  // 0:4:20
    }
    copy #0                                    read, not printed: `structural_answers` says so
    fn f: ... {
        generic #1 for<'a> fn(&'a!0 i32) -> ()
        unsafe  // 0:5:5                       an unsafe block; also `capture` lines
        closure #2 "f::{closure#0}"            the symbol of a closure's body

    'static  '_  'a#0  'a!0  'a^0.1  '?3       static, erased, parameter, free, bound, variable
    &'a#0 mut T   T#1   #0<'static, i32, {3: usize}, {N#2: usize}>   fn#1<...>   closure#2<...>
    fnptr for<'a> unsafe abi "C" fn(&'a^0.0 i32) -> ()  proj#1<T#0>  opaque#1  [T#0; {N#1: usize}]
    dyn 'static for<'a> #1<...> {#6 = i32} + #8

After `//` stand source number, line and column of the span's start (outside of all macros); `$n` is
the scope. A span's end, and the source's text, are not printed.
"""

from freehold.mir.body import Body, Program
from freehold.mir.text_lines import TextError
from freehold.mir.text_parse import parse
from freehold.mir.text_print import Printer

__all__ = ["TextError", "parse", "render", "render_body"]


def render(program: Program) -> str:
    """Return `program` as text."""
    return Printer().program(program)


def render_body(body: Body) -> str:
    """Return one body as text."""
    return Printer().whole_body(body)
