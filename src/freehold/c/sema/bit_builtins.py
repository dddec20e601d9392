"""GCC's builtins that count and move bits: clz, ctz, ffs, popcount, parity, clrsb, bswap."""

from collections.abc import Callable

from freehold.c import tree
from freehold.c.ctype import QualType
from freehold.c.sema import fold, temporaries
from freehold.c.sema.builtin_arguments import Build, Handler, typed
from freehold.c.sema.convert import convert
from freehold.c.sema.kinds import (
    INT,
    LLONG,
    LONG,
    UINT,
    UINT128,
    ULLONG,
    ULONG,
    USHORT,
    int_kind,
)
from freehold.mir.statements import Intrinsic
from freehold.mir.values import BinOp
from freehold.source import Span

_UNSIGNED = {"": UINT, "l": ULONG, "ll": ULLONG}
_SIGNED = {"": INT, "l": LONG, "ll": LLONG}
_SWAPPED = {"16": USHORT, "32": UINT, "64": ULONG, "128": UINT128}


def _leading(word: int, bits: int) -> int:
    return bits - word.bit_length()


def _trailing(word: int, bits: int) -> int:
    return (word & -word).bit_length() - 1 if word else bits


def _ones(word: int, bits: int) -> int:
    return word.bit_count()


def _reversed_bytes(word: int, bits: int) -> int:
    return int.from_bytes(word.to_bytes(bits // 8, "little"), "big")


_FOLD: dict[Intrinsic, Callable[[int, int], int]] = {
    Intrinsic.CLZ: _leading,
    Intrinsic.CTZ: _trailing,
    Intrinsic.POPCOUNT: _ones,
    Intrinsic.BSWAP: _reversed_bytes,
}


def _apply(which: Intrinsic, operand: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    """Return the intrinsic of an unsigned operand."""
    if isinstance(operand, tree.IntValue):
        result = _FOLD[which](operand.value, int_kind(operand.type).bits)
        return fold.int_value(result, ty, span)
    return tree.IntrinsicCall(ty, span, which, (operand,))


def _counted(which: Intrinsic) -> Build:
    return lambda span, given: _apply(which, given[0], INT, span)


def _parity(span: Span, given: list[tree.Expr]) -> tree.Expr:
    ones = _apply(Intrinsic.POPCOUNT, given[0], INT, span)
    return fold.arithmetic(BinOp.AND, ones, fold.int_value(1, INT, span), INT, span)


def _first_set(span: Span, given: list[tree.Expr]) -> tree.Expr:
    """`x ? ctz(x) + 1 : 0`."""

    def position(x: tree.Expr) -> tree.Expr:
        word = _UNSIGNED_OF[x.type]
        count = _apply(Intrinsic.CTZ, convert(x, word, span), INT, span)
        after = fold.arithmetic(BinOp.ADD, count, fold.int_value(1, INT, span), INT, span)
        return fold.conditional(x, after, fold.int_value(0, INT, span), INT, span)

    return temporaries.bind(given, span, position)


def _redundant_signs(span: Span, given: list[tree.Expr]) -> tree.Expr:
    """`clz((x ^ x >> top) << 1 | 1)`: the copies of the sign are zeros before the count."""

    def count(x: tree.Expr) -> tree.Expr:
        word = _UNSIGNED_OF[x.type]
        top = fold.int_value(int_kind(word).bits - 1, INT, span)
        one = fold.int_value(1, word, span)
        sign = fold.arithmetic(BinOp.SHR, x, top, x.type, span)
        flipped = convert(fold.arithmetic(BinOp.XOR, x, sign, x.type, span), word, span)
        shifted = fold.arithmetic(BinOp.SHL, flipped, fold.int_value(1, INT, span), word, span)
        ended = fold.arithmetic(BinOp.OR, shifted, one, word, span)
        return _apply(Intrinsic.CLZ, ended, INT, span)

    return temporaries.bind(given, span, count)


def _swapped(ty: QualType) -> Build:
    return lambda span, given: _apply(Intrinsic.BSWAP, given[0], ty, span)


_UNSIGNED_OF = {_SIGNED[suffix]: _UNSIGNED[suffix] for suffix in _SIGNED}
_OF_UNSIGNED = {
    "clz": _counted(Intrinsic.CLZ),
    "ctz": _counted(Intrinsic.CTZ),
    "popcount": _counted(Intrinsic.POPCOUNT),
    "parity": _parity,
}
_OF_SIGNED = {"ffs": _first_set, "clrsb": _redundant_signs}


def _table() -> dict[str, Handler]:
    found: dict[str, Handler] = {}
    for builds, types in ((_OF_UNSIGNED, _UNSIGNED), (_OF_SIGNED, _SIGNED)):
        for name, build in builds.items():
            for suffix, ty in types.items():
                found[f"__builtin_{name}{suffix}"] = typed((ty,), build)
    for suffix, ty in _SWAPPED.items():
        found[f"__builtin_bswap{suffix}"] = typed((ty,), _swapped(ty))
    return found


BIT_BUILTINS = _table()
