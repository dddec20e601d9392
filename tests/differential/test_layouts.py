"""Layouts of generated types: sizes, alignments and offsets as gcc and rustc have them."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from freehold.driver.layouts import Declared, c_types, rust_types
from freehold.driver.options import CompileOptions
from freehold.shapes import Shape, as_ordered, best_order, shape_of
from freehold.source import Source
from freehold.types import layout_of
from freehold.types.model import Adt

STRUCTS = 500
TYPES = 200

# ------------------------------------------------------------------------------------------- C

SCALARS = (
    "char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned",
    "long", "unsigned long long", "float", "double", "long double", "_Bool", "void *",
    "int (*)(void)", "_Complex float", "__int128",
)  # fmt: skip
BIT_TYPES = {
    "int": 32, "unsigned": 32, "char": 8, "unsigned char": 8, "short": 16, "long": 64, "_Bool": 1,
    "unsigned long long": 64,
}  # fmt: skip


def c_member(numbers: random.Random, name: str, earlier: list[str]) -> str:
    kind = numbers.randrange(12)
    if kind < 3:
        ty, most = numbers.choice(list(BIT_TYPES.items()))
        width = numbers.randint(0, most)
        return f"{ty} {name if width else ''} : {width};"
    ty = numbers.choice(SCALARS)
    if kind == 3 and earlier:
        ty = numbers.choice(earlier)
    if "(*)" in ty:
        return f"int (*{name})(void);"
    array = f"[{numbers.randint(1, 5)}]" if numbers.random() < 0.2 else ""
    align = ""
    if numbers.random() < 0.06:
        align = f" __attribute__((aligned({numbers.choice((2, 4, 16, 32))})))"
    return f"{ty} {name}{array}{align};"


def c_source() -> str:
    numbers = random.Random(20240607)
    made = ["#include <stddef.h>"]
    earlier: list[str] = []
    for index in range(STRUCTS):
        keyword = "union" if numbers.random() < 0.12 else "struct"
        count = numbers.randint(1, 9)
        members = [c_member(numbers, f"m{n}", earlier) for n in range(count)]
        attribute = ""
        draw = numbers.random()
        if draw < 0.1:
            attribute = " __attribute__((packed))"
        elif draw < 0.16:
            attribute = f" __attribute__((aligned({numbers.choice((8, 16, 64))})))"
        made.append(f"{keyword}{attribute} s{index} {{ {' '.join(members)} }};")
        if index % 3 == 0:
            earlier.append(f"{keyword} s{index}")
    return "\n".join(made)


def c_probe(types: tuple[Declared, ...]) -> str:
    """Return a program that prints size, alignment and each member's first bit and bits."""
    lines = [
        "#include <stdio.h>",
        "#include <string.h>",
        "static void bits(const unsigned char *p, unsigned long n)",
        "{ long first = -1, count = 0; for (unsigned long i = 0; i < 8 * n; i++)",
        "  if (p[i / 8] >> i % 8 & 1) { if (first < 0) first = i; count++; }",
        '  printf(" %ld:%ld", first, count); }',
        "int main(void) {",
    ]
    for one in types:
        assert isinstance(one.type, Adt)
        name = one.name
        lines.append(f'printf("%zu %zu", sizeof({name}), _Alignof({name}));')
        for member in one.type.fields:
            if not member.name:
                continue
            if member.bits is None:
                where = f"8 * offsetof({name}, {member.name})"
                size = f"8 * sizeof((({name} *)0)->{member.name})"
                lines.append(f'printf(" %zu:%zu", {where}, {size});')
            else:
                lines.append(f"{{ {name} x; memset(&x, 0, sizeof x); x.{member.name} = -1;")
                lines.append("bits((unsigned char *)&x, sizeof x); }")
        lines.append('puts("");')
    return "\n".join([*lines, "return 0; }"])


def told(shape: Shape, fields: list[str]) -> str:
    places = {part.name: f"{part.start}:{part.bits}" for part in shape.parts}
    return " ".join([str(shape.size), str(shape.align), *(places[name] for name in fields)])


@pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed")
def test_c_layouts_are_gcc_s(tmp_path: Path) -> None:
    text = c_source()
    found = c_types(Source("types.c", text), CompileOptions())
    assert [one.severity.value for one in found.diagnostics if one.severity.value == "error"] == []
    assert len(found.types) == STRUCTS
    program, binary = tmp_path / "probe.c", tmp_path / "probe"
    program.write_text(text + "\n" + c_probe(found.types))
    subprocess.run(["gcc", "-w", "-O0", "-o", binary, program], check=True)
    expected = subprocess.run([binary], capture_output=True, text=True, check=True).stdout
    ours = []
    for one in found.types:
        assert isinstance(one.type, Adt)
        named = [member.name for member in one.type.fields if member.name]
        ours.append(told(shape_of(one.type, one.name, one.names), named))
    assert ours == expected.splitlines()


def test_no_best_order_is_worse_than_the_declared_one() -> None:
    saved = 0
    for one in c_types(Source("types.c", c_source()), CompileOptions()).types:
        assert isinstance(one.type, Adt)
        order = best_order(one.type)
        size = layout_of(one.type).size
        assert order.saved >= 0
        assert layout_of(order.type).size == size - order.saved
        assert sorted(order.names) == sorted(member.name for member in one.type.fields)
        saved += order.saved
    assert saved > 1000


# ---------------------------------------------------------------------------------------- Rust

PLAIN = ("u8", "i16", "u32", "u64", "f32", "f64", "bool", "char", "u128", "usize")
OWNED = (
    "&'static u8", "Option<u8>", "Option<char>", "Option<bool>", "Box<u32>", "Option<Box<u8>>",
    "String", "Vec<u16>", "&'static str", "[u8; 3]", "(u8, u32)", "[u16; 5]", "()",
    "Option<Option<bool>>", "std::rc::Rc<u8>", "*const u8", "fn(u8) -> u8", "std::num::NonZeroU32",
)  # fmt: skip


def rust_type(numbers: random.Random, earlier: list[str]) -> str:
    if earlier and numbers.random() < 0.2:
        name = numbers.choice(earlier)
        return name if numbers.random() < 0.6 else f"Option<{name}>"
    return numbers.choice(PLAIN if numbers.random() < 0.6 else OWNED)


def rust_item(numbers: random.Random, index: int, earlier: list[str]) -> str:
    kind = numbers.random()
    if kind < 0.3:
        variants = []
        for number in range(numbers.randint(1, 5)):
            count = numbers.choice((0, 0, 1, 1, 2, 3))
            fields = ", ".join(rust_type(numbers, earlier) for _ in range(count))
            variants.append(f"V{number}({fields})" if count else f"V{number}")
        words = numbers.choice(("", "", "", "#[repr(u8)] ", "#[repr(C)] ", "#[repr(i32)] "))
        return f"{words}enum T{index} {{ {', '.join(variants)} }}"
    fields = ", ".join(
        f"m{number}: {rust_type(numbers, earlier)}" for number in range(numbers.randint(1, 7))
    )
    words = ""
    if kind < 0.5:
        words = "#[repr(C)] "
    elif kind < 0.55:
        words = numbers.choice(("#[repr(align(16))] ", "#[repr(C, align(32))] "))
    return f"{words}struct T{index} {{ {fields} }}"


def rust_source() -> str:
    numbers = random.Random(20240608)
    made: list[str] = ["#![allow(dead_code, improper_ctypes_definitions)]"]
    earlier: list[str] = []
    for index in range(TYPES):
        made.append(rust_item(numbers, index, earlier))
        earlier.append(f"T{index}")
    return "\n".join(made)


@pytest.mark.skipif(shutil.which("rustc") is None, reason="rustc is not installed")
def test_rust_layouts_are_rustc_s(tmp_path: Path) -> None:
    text = rust_source()
    found = rust_types(Source("types.rs", text + "\nfn main() {}\n"))
    assert [one.message for one in found.diagnostics if one.severity.value == "error"] == []
    assert len(found.types) == TYPES
    lines, ours = [], []
    for one in found.types:
        name = one.name.split()[-1]
        assert isinstance(one.type, Adt)
        shape = shape_of(one.type)
        places = {part.name: part.start // 8 for part in shape.parts}
        named = [member.name for member in one.type.fields] if one.type.kind.value != "enum" else []
        ours.append(
            " ".join(map(str, [shape.size, shape.align, *(places[member] for member in named)]))
        )
        sizes = [f"std::mem::size_of::<{name}>()", f"std::mem::align_of::<{name}>()"]
        sizes += [f"std::mem::offset_of!({name}, {member})" for member in named]
        lines.append(f'println!("{" ".join("{}" for _ in sizes)}", {", ".join(sizes)});')
    program, binary = tmp_path / "probe.rs", tmp_path / "probe"
    program.write_text(f"{text}\nfn main() {{\n" + "\n".join(lines) + "\n}\n")
    subprocess.run(
        ["rustc", "--edition", "2021", "-A", "warnings", "-o", binary, program], check=True
    )
    expected = subprocess.run([binary], capture_output=True, text=True, check=True).stdout
    assert ours == expected.splitlines()


def test_reordering_never_makes_a_rust_struct_larger() -> None:
    for one in rust_types(Source("types.rs", rust_source() + "\nfn main() {}\n")).types:
        assert isinstance(one.type, Adt)
        fixed, free = (as_ordered(one.type, ordered=ordered) for ordered in (True, False))
        if fixed is not None and free is not None and one.type.kind.value == "struct":
            assert layout_of(free).size <= layout_of(fixed).size


def test_a_rust_struct_in_c_s_order_and_in_its_own() -> None:
    text = "#[repr(C)] struct Reading { flag: u8, value: u32, unit: u16 }\nfn main() {}\n"
    (found,) = rust_types(Source("reading.rs", text)).types
    assert isinstance(found.type, Adt)
    assert (layout_of(found.type).size, layout_of(found.type).align) == (12, 4)
    free = as_ordered(found.type, ordered=False)
    assert free is not None
    assert layout_of(free).size == 8
    assert best_order(found.type).saved == 4
    (found,) = rust_types(Source("reading.rs", text), "Option<(u8, u32, u16)>").types
    assert (layout_of(found.type).size, layout_of(found.type).align) == (12, 4)
    (found,) = rust_types(Source("reading.rs", text), "(u8, u32, u16)").types
    shape = shape_of(found.type)
    assert [part.start // 8 for part in shape.parts] == [0, 4, 6]
    assert shape.padding == 8
    found_ = rust_types(Source("reading.rs", text), "Missing")
    assert found_.types == ()
    assert found_.diagnostics
