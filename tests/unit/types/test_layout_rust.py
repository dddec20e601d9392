"""Rust's layouts: sizes, alignments and niches, against what rustc gives the same types."""

import shutil
import subprocess
from pathlib import Path

import pytest

from freehold.types import (
    BOOL,
    CHAR,
    F64,
    I8,
    I32,
    I128,
    NEVER,
    U8,
    U16,
    U32,
    U64,
    UNIT,
    Adt,
    AdtKind,
    ArrayType,
    DynamicType,
    Field,
    FunctionType,
    IntType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
    Variant,
    layout_of,
)

U128 = IntType(128, signed=False)


def fields(*types: Type) -> tuple[Field, ...]:
    return tuple(Field(str(n), ty) for n, ty in enumerate(types))


def struct(*types: Type) -> Adt:
    body = (Variant("S", fields(*types)),)
    return Adt(AdtKind.STRUCT, "S", body, complete=True, rust_layout=True)


def changed(adt: Adt, **more: object) -> Adt:
    for name, value in more.items():
        setattr(adt, name, value)
    return adt


def union(*types: Type) -> Adt:
    return changed(struct(*types), kind=AdtKind.UNION)


def enum(*variants: tuple[Type, ...], values: tuple[int, ...] = ()) -> Adt:
    numbers = values or tuple(range(len(variants)))
    made = tuple(
        Variant(f"V{k}", fields(*one), value)
        for k, (one, value) in enumerate(zip(variants, numbers, strict=True))
    )
    return Adt(AdtKind.ENUM, "E", made, complete=True, rust_layout=True)


def option(ty: Type) -> Adt:
    return enum((), (ty,))


def ref(ty: Type) -> PointerType:
    return PointerType(ty, PointerKind.REF)


def raw(ty: Type) -> PointerType:
    return PointerType(ty, PointerKind.RAW_CONST)


THREE = enum((), (), ())
BOXED = changed(struct(raw(I32)), valid=(1, (1 << 64) - 1))
CAP = changed(struct(U64), valid=(0, (1 << 63) - 1))
VEC = struct(struct(CAP, BOXED), U64)
CELL = changed(struct(BOOL), opaque=True)

# Rust's declarations (S0, S1... are named by place), the type's text, the type.
CASES: tuple[tuple[str, str, Type], ...] = (
    ("", "(u8, u32, u8)", TupleType((U8, U32, U8))),
    ("struct X(u8, u64, u16, bool, u32);", "X", struct(U8, U64, U16, BOOL, U32)),
    ("#[repr(C)] struct X(u8, u64, u16);", "X", changed(struct(U8, U64, U16), ordered=True)),
    ("#[repr(packed)] struct X(u8, u64);", "X", changed(struct(U8, U64), packed=True, pack=1)),
    ("#[repr(packed(2))] struct X(u8, u64);", "X", changed(struct(U8, U64), pack=2)),
    ("#[repr(align(16))] struct X(u8);", "X", changed(struct(U8), align=16)),
    ("", "Option<&i32>", option(ref(I32))),
    ("", "Option<*const i32>", option(raw(I32))),
    ("", "Option<fn(i32)>", option(ref(FunctionType((I32,), UNIT)))),
    ("", "Option<Option<&i32>>", option(option(ref(I32)))),
    ("", "Option<Box<i32>>", option(BOXED)),
    ("", "Option<Vec<i32>>", option(VEC)),
    ("", "Option<Option<Vec<i32>>>", option(option(VEC))),
    ("", "Result<Vec<i32>, u8>", enum((VEC,), (U8,))),
    ("", "Result<Vec<i32>, Vec<i32>>", enum((VEC,), (VEC,))),
    ("", "Option<bool>", option(BOOL)),
    ("", "Option<Option<Option<bool>>>", option(option(option(BOOL)))),
    ("", "Option<char>", option(CHAR)),
    ("", "Option<u8>", option(U8)),
    ("", "Option<u32>", option(U32)),
    ("", "Option<i128>", option(I128)),
    ("", "Option<(u32, u8)>", option(TupleType((U32, U8)))),
    ("", "Option<(u32, bool)>", option(TupleType((U32, BOOL)))),
    ("", "Option<std::cell::Cell<bool>>", option(CELL)),
    ("enum X { A, B, C }", "X", THREE),
    ("enum X { A, B, C }", "Option<Option<X>>", option(option(THREE))),
    ("enum X { A(u32), B(u8, u16), C }", "X", enum((U32,), (U8, U16), ())),
    ("enum X { A(u64, bool), B(u32), C(u8) }", "X", enum((U64, BOOL), (U32,), (U8,))),
    ("enum X { A(bool, u64, u64), B(u32) }", "X", enum((BOOL, U64, U64), (U32,))),
    ("enum X { A(bool), B(bool), C }", "X", enum((BOOL,), (BOOL,), ())),
    ("enum X { A(bool), B(bool), C }", "Option<X>", option(enum((BOOL,), (BOOL,), ()))),
    ("enum X { A(&'static u8, u16), B(u32) }", "X", enum((ref(U8), U16), (U32,))),
    ("enum X { A(u8, u8), B(u16, u8) }", "X", enum((U8, U8), (U16, U8))),
    ("enum X { A = 1000, B = 2 }", "X", enum((), (), values=(1000, 2))),
    ("enum X { A = -1, B = 200 }", "X", enum((), (), values=(-1, 200))),
    ("#[repr(u16)] enum X { A, B }", "X", changed(enum((), ()), tag=U16)),
    ("#[repr(u8)] enum X { A(u64), B(u8) }", "X", changed(enum((U64,), (U8,)), tag=U8)),
    ("#[repr(C)] enum X { A, B }", "X", changed(enum((), ()), ordered=True)),
    ("#[repr(C)] enum X { A(u64, u8), B(u8) }", "X",
     changed(enum((U64, U8), (U8,)), ordered=True)),
    ("#[repr(C, u8)] enum X { A(u32), B(u8) }", "X",
     changed(enum((U32,), (U8,)), ordered=True, tag=U8)),
    ("enum X {}", "X", enum()),
    ("enum X {}", "Result<u32, X>", enum((U32,), (enum(),))),
    ("enum X {}", "Option<X>", option(enum())),
    ("enum X { A(u32, N), B(u8), C } enum N {}", "X", enum((U32, NEVER), (U8,), ())),
    ("", "&[u8]", ref(SliceType(U8))),
    ("", "Option<&str>", option(ref(StrType()))),
    ("", "*const dyn Fn()", raw(DynamicType("Fn"))),
    ("", "Option<&dyn Fn()>", option(ref(DynamicType("Fn")))),
    ("", "[(u8, u16); 3]", ArrayType(TupleType((U8, U16)), 3)),
    ("", "Option<[bool; 3]>", option(ArrayType(BOOL, 3))),
    ("union X { a: u8, b: [u16; 3] }", "X", union(U8, ArrayType(U16, 3))),
    ("", "Option<std::mem::MaybeUninit<bool>>", option(union(UNIT, BOOL))),
    ("", "((), u8, [u64; 0])", TupleType((UNIT, U8, ArrayType(U64, 0)))),
    ("struct X([u8; 4], u32, u16);", "X", struct(ArrayType(U8, 4), U32, U16)),
    ("struct X(f64, Option<u8>, i8);", "X", struct(F64, option(U8), I8)),
    ("enum X { A((u8, bool), u32), B((u16, u8)) }", "X",
     enum((TupleType((U8, BOOL)), U32), (TupleType((U16, U8)),))),
    ("", "Option<Option<(bool, u64, u8)>>", option(option(TupleType((BOOL, U64, U8))))),
    ("enum X { A(u128), B(u8) }", "X", enum((U128,), (U8,))),
    ("", "Option<Result<Option<bool>, Option<char>>>",
     option(enum((option(BOOL),), (option(CHAR),)))),
)  # fmt: skip

# What rustc 1.95 says of them: size, alignment, both of an Option of the type.
EXPECTED = tuple(
    tuple(map(int, line.split()))
    for line in (Path(__file__).parent / "layouts.txt").read_text().splitlines()
)


def ours(ty: Type) -> tuple[int, ...]:
    alone, wrapped = layout_of(ty), layout_of(option(ty))
    return alone.size, alone.align, wrapped.size, wrapped.align


@pytest.mark.parametrize("number", range(len(CASES)))
def test_sizes_are_those_of_rustc(number: int) -> None:
    assert ours(CASES[number][2]) == EXPECTED[number]


@pytest.mark.skipif(shutil.which("rustc") is None, reason="needs rustc")
def test_expected_sizes_are_what_rustc_prints(tmp_path: Path) -> None:
    lines = []
    for declarations, text, _ in CASES:
        body = f"{declarations} show::<{text}>();"
        lines.append(f"    {{ {body} }}")
    source = tmp_path / "sizes.rs"
    source.write_text(
        "#![allow(dead_code)]\nfn show<T>() { use std::mem::*; println!("
        '"{} {} {} {}", size_of::<T>(), align_of::<T>(), size_of::<Option<T>>(), '
        "align_of::<Option<T>>()); }\nfn main() {\n" + "\n".join(lines) + "\n}\n"
    )
    program = tmp_path / "sizes"
    command = ["rustc", "--edition", "2021", "-o", str(program), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = subprocess.run([program], check=True, capture_output=True, text=True, timeout=10)
    made = tuple(tuple(map(int, line.split())) for line in printed.stdout.splitlines())
    assert made == EXPECTED


def test_none_of_a_reference_is_null() -> None:
    tag = layout_of(option(ref(I32))).tag
    assert tag is not None
    assert (tag.offset, tag.untagged, tag.start) == (0, 1, 0)


def test_an_unsized_field_stays_last() -> None:
    counted = changed(struct(U64, U64, U8), fixed_tail=True)
    assert [slot.offset for slot in layout_of(counted).slots] == [0, 8, 16]
    slice_ = changed(struct(U8, U16, SliceType(U64)), fixed_tail=True)
    assert layout_of(slice_).slots[2].offset == 8


def test_fields_stand_in_order_of_alignment() -> None:
    layout = layout_of(struct(U8, U64, U16))
    assert [slot.offset for slot in layout.slots] == [10, 0, 8]
