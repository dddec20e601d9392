"""The table of libc against itself, the wrappers, our headers, and (with gcc) the machine's."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from freehold.c.preprocess import OWN_HEADERS
from freehold.runtime.libc import LIBC, generate, libc_data, wrapped
from freehold.runtime.libc.model import (
    Closes,
    Count,
    Extent,
    Formats,
    Function,
    Keeps,
    Points,
    Provision,
    Reads,
    Returns,
    Text,
    Updates,
    Uses,
    Whole,
    Writes,
)
from freehold.runtime.libc.prototype import parse_prototype
from freehold.types import F64, I8, I32, I64, U64, VOID, FunctionType, IntType, PointerType

NATIVE = Path(generate.__file__).parent.parent / "native"
# Newer or older than the libc of some machines, or a macro there.
NOT_EVERYWHERE = {"strlcpy", "strlcat", "gets", "basename"}


def test_prototypes_become_types() -> None:
    parsed = parse_prototype(
        "void *bsearch(const void *key, size_t n, int (*f)(const void *, int))"
    )
    callback = FunctionType((PointerType(VOID), I32), I32)
    assert parsed.type == FunctionType(
        (PointerType(VOID), U64, PointerType(callback)), PointerType(VOID)
    )
    assert parsed.parameters == ("key", "n", "f")
    assert parse_prototype("int printf(const char *format, ...)").type == FunctionType(
        (PointerType(I8),), I32, variadic=True
    )
    assert parse_prototype("double strtod(const char *s, char **end)").type.result == F64
    assert parse_prototype("unsigned long long int f(long int n)").type == FunctionType((I64,), U64)
    assert parse_prototype("int rand(void)").type == FunctionType((), I32)


def test_lookups() -> None:
    assert wrapped("memcpy")
    assert not wrapped("no_such_function")
    assert LIBC["memcpy"].wrapper == "fhw_memcpy"
    assert LIBC["index"].wrapper == "fhw_strchr"
    assert LIBC["abs"].native
    assert LIBC["exit"].noreturn
    assert not LIBC["malloc"].noreturn
    assert libc_data()["stdin"].pointer
    assert libc_data()["optind"].size == 4


def parameters_of(extent: Extent) -> list[str]:
    match extent:
        case Count(factors):
            return [factor for factor in factors if isinstance(factor, str)]
        case Whole(str() as count):
            return [count]
        case Text(_, str() as limit):
            return [limit]
        case _:
            return []


def test_effects_name_parameters() -> None:
    for function in LIBC.values():
        types = dict(zip(function.parameters, function.signature.parameters, strict=True))
        pointers = {name for name, ty in types.items() if isinstance(ty, PointerType)}
        integers = {name for name, ty in types.items() if isinstance(ty, IntType)}
        for effect in function.effects:
            match effect:
                case Reads() | Writes() | Updates():
                    assert effect.parameter in pointers, function.name
                    assert integers.issuperset(parameters_of(effect.extent)), function.name
                case Returns() | Keeps() | Points() | Formats():
                    assert effect.parameter in pointers, function.name
                case Uses() | Closes():
                    assert effect.parameter in types, function.name
                case _:
                    pass


def test_aliases_have_the_signature_of_their_wrapper() -> None:
    for function in LIBC.values():
        if function.provision is Provision.ALIAS:
            target = LIBC[function.symbol]
            assert target.signature == function.signature, function.name
            assert target.provision in (Provision.GENERATED, Provision.WRITTEN), function.name


def written_wrappers() -> set[str]:
    """Return the names of the wrappers that the C files define."""
    found: set[str] = set()
    for path in (*NATIVE.glob("libc_*.c"), NATIVE / "rust.c", NATIVE / "leaks.c"):
        text = path.read_text("utf-8")
        found.update(re.findall(r"^[a-z][\w *]*?fhw_(\w+)\(", text, re.MULTILINE))
        found.update(re.findall(r"^CTYPE\((\w+)\)", text, re.MULTILINE))
        found.update(re.findall(r"^#define TOKEN_WRAPPER fhw_(\w+)", text, re.MULTILINE))
    twice = (NATIVE / "libc_text.h").read_text("utf-8")
    for name in re.findall(r"^[a-z][\w *]*\bW\((\w+)\)\(", twice, re.MULTILINE):
        found.update((f"str{name}", f"wcs{name}"))
    for name in re.findall(r"^[a-z][\w *]*\bW2\((\w+)\)\(", twice, re.MULTILINE):
        found.update((f"st{name}", f"wc{name}"))
    return found


def test_every_wrapper_is_written() -> None:
    needed = {f.symbol for f in LIBC.values() if f.provision is not Provision.NATIVE}
    assert needed == written_wrappers()


def test_generated_wrappers_are_current() -> None:
    assert generate.TARGET.read_text("utf-8") == generate.source()


def signature_id(text: str) -> int:
    """Return the fnv1a-64 of a signature's text, as codegen computes it."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def test_signature_ids() -> None:
    header = (NATIVE / "libc_support.h").read_text("utf-8")
    pairs = re.findall(r"#define FL_SIG_\w+ 0x(\w+)ul /\* (\S+) \*/", header)
    assert len(pairs) > 10
    for value, text in pairs:
        assert int(value, 16) == signature_id(text), text


def assignments(functions: list[Function]) -> str:
    """Return C that is accepted without a warning if each function has the table's type."""
    lines = ["#define _GNU_SOURCE", "#include <stdarg.h>"]
    # libgen.h comes last: it hides the basename of string.h.
    headers = sorted({f.header for f in functions}, key=lambda name: (name == "libgen.h", name))
    lines += [f"#include <{header}>" for header in headers]
    for number, function in enumerate(functions):
        at = function.prototype.index(function.name + "(")
        before, after = function.prototype[:at], function.prototype[at + len(function.name) :]
        lines.append(f"#undef {function.name}")
        lines.append(f"static {before}(*p{number}){after} = {function.name};")
    return "\n".join(lines) + "\n"


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc to compare with")
@pytest.mark.parametrize("headers", ["ours", "the machine's"])
def test_table_equals_headers(headers: str) -> None:
    here = ["-nostdinc", "-isystem", OWN_HEADERS] if headers == "ours" else []
    exempt: set[str] = set() if headers == "ours" else NOT_EVERYWHERE
    functions = [f for f in LIBC.values() if f.header and f.name not in exempt]
    strict = ["-w", "-Werror=incompatible-pointer-types", "-Werror=implicit-function-declaration"]
    command = ["gcc", "-std=gnu11", "-fsyntax-only", "-fno-builtin", *strict, *here, "-xc", "-"]
    done = subprocess.run(
        command, input=assignments(functions), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
