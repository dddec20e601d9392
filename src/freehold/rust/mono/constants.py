"""Literals as globals."""

from freehold.mir.body import Global
from freehold.mir.values import AddressConst, Operand, Symbol
from freehold.rust.mono.program import Mono
from freehold.source import Span
from freehold.types import (
    U8,
    ArrayType,
    PointerKind,
    PointerType,
)


def text_bytes(mono: Mono, data: bytes, span: Span) -> Symbol:
    """Return the global that holds `data`: one for each text."""
    key = ("text", data)
    known = mono.memo.get(key)
    if known is None:
        symbol = Symbol(mono.unique("text"))
        display = data[:24].decode("utf-8", "replace")
        known = mono.memo[key] = mono.add_global(
            Global(
                symbol,
                f'"{display}"',
                ArrayType(U8, len(data)),
                data,
                span,
                (),
                len(data),
                1,
                constant=True,
                literal=True,
            )
        )
    assert isinstance(known, str)
    return Symbol(known)


def text_address(mono: Mono, data: bytes, span: Span) -> Operand:
    """Return a thin reference to `data`."""
    symbol = text_bytes(mono, data, span)
    ty = PointerType(ArrayType(U8, len(data)), PointerKind.REF)
    return AddressConst(symbol, 0, ty)
