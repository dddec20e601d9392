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
