"""Literals: their types, from suffixes and hints, and their values."""

import sys

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes_rust_lints import OVERFLOWING_LITERALS
from freehold.rust import ast, thir
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft, Expectation
from freehold.rust.typeck.writer import Writer
from freehold.types import (
    BOOL,
    CHAR,
    F32,
    F64,
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
    U128,
    ArrayType,
    CharType,
    FloatType,
    IntType,
    PointerType,
    StrType,
    Type,
)
from freehold.types.generic import (
    ISIZE,
    STATIC,
    USIZE,
    AdtDef,
    AdtType,
    FnDefType,
    FnPtrType,
    InferKind,
    InferType,
    RefType,
)

SUFFIXES: dict[str, Type] = {
    "i8": I8,
    "i16": I16,
    "i32": I32,
    "i64": I64,
    "i128": I128,
    "isize": ISIZE,
    "u8": U8,
    "u16": U16,
    "u32": U32,
    "u64": U64,
    "u128": U128,
    "usize": USIZE,
    "f32": F32,
    "f64": F64,
}
# What rounds to no more than the greatest float: half a unit in the last place above it.
_GREATEST = {F32: float.fromhex("0x1.ffffffp127"), F64: sys.float_info.max}
STR_REF = RefType(STATIC, StrType(), mutable=False)


def wrap(value: int, ty: Type) -> int:
    """Return `value` as the integer type `ty` holds it: wrapped, and signed if it is."""
    if not isinstance(ty, IntType):
        return value
    value &= (1 << ty.bits) - 1
    return value - (1 << ty.bits) if ty.signed and value >> (ty.bits - 1) else value


def check_int(cx: Checker, e: ast.IntLiteral, expected: Expectation) -> Draft:
    """Check an integer literal: its suffix says its type, else the hint, else a variable."""
    ty = SUFFIXES.get(e.suffix) or _hinted_int(cx, expected) or cx.fresh_int(e.span)

    def write(w: Writer) -> thir.Expr:
        found = w.type(ty)
        if isinstance(found, IntType) and e.value > _greatest(found, negated=e in cx.negated):
            cx.report(Diagnostic(OVERFLOWING_LITERALS, e.span, {"type": cx.show(found)}))
        return thir.Number(wrap(e.value, found), found, e.span)

    return Draft(e.span, ty, write)


def _greatest(ty: IntType, *, negated: bool) -> int:
    """Return the greatest value of a literal; after a minus it may be one more."""
    return (1 << (ty.bits - ty.signed)) - (not (ty.signed and negated))


def _hinted_int(cx: Checker, expected: Expectation) -> Type | None:
    hint = cx.hint(expected)
    if isinstance(hint, IntType) or (isinstance(hint, InferType) and hint.kind is InferKind.INT):
        return hint
    if isinstance(hint, CharType):
        return U8
    if isinstance(hint, PointerType | FnDefType | FnPtrType):
        return USIZE
    return None


def check_float(cx: Checker, e: ast.FloatLiteral, expected: Expectation) -> Draft:
    """Check a floating literal: its suffix says its type, else the hint, else a float variable."""
    ty = SUFFIXES.get(e.suffix)
    if ty is None:
        hint = cx.hint(expected)
        floats = isinstance(hint, InferType) and hint.kind is InferKind.FLOAT
        ty = hint if hint is not None and (floats or isinstance(hint, FloatType)) else None
    found = ty or cx.fresh_float(e.span)

    def write(w: Writer) -> thir.Expr:
        known = w.type(found)
        if isinstance(known, FloatType) and float(e.text) > _GREATEST[known]:
            cx.report(Diagnostic(OVERFLOWING_LITERALS, e.span, {"type": cx.show(known)}))
        return thir.Float(e.text, known, e.span)

    return Draft(e.span, found, write)


def check_bool(_cx: Checker, e: ast.BoolLiteral, _expected: Expectation) -> Draft:
    """Check `true` or `false`."""
    return Draft(e.span, BOOL, lambda _w: thir.Number(int(e.value), BOOL, e.span))


def check_char(_cx: Checker, e: ast.CharLiteral, _expected: Expectation) -> Draft:
    """Check a character."""
    return Draft(e.span, CHAR, lambda _w: thir.Number(ord(e.value), CHAR, e.span))


def check_byte(_cx: Checker, e: ast.ByteLiteral, _expected: Expectation) -> Draft:
    """Check a byte character."""
    return Draft(e.span, U8, lambda _w: thir.Number(e.value, U8, e.span))


def check_str(_cx: Checker, e: ast.StrLiteral, _expected: Expectation) -> Draft:
    """Check a string."""
    data = e.value.encode("utf-8", "surrogatepass")
    return Draft(e.span, STR_REF, lambda w: thir.String(data, w.type(STR_REF), e.span))


def check_byte_str(_cx: Checker, e: ast.ByteStrLiteral, _expected: Expectation) -> Draft:
    """Check a byte string, a reference to an array."""
    ty = RefType(STATIC, ArrayType(U8, len(e.value)), mutable=False)
    return Draft(e.span, ty, lambda w: thir.String(e.value, w.type(ty), e.span))


def check_c_str(cx: Checker, e: ast.CStrLiteral, _expected: Expectation) -> Draft:
    """Check a C string."""
    found = cx.crates.lang("CStr")
    assert isinstance(found, AdtDef)
    ty = RefType(STATIC, AdtType(found), mutable=False)
    data = e.value + b"\0"
    return Draft(e.span, ty, lambda w: thir.String(data, w.type(ty), e.span))
