"""`Location` constants: what `#[track_caller]` functions are told of their callers."""

from freehold.mir.body import Global, Relocation
from freehold.mir.values import AddressConst, Operand, Symbol
from freehold.rust.mono.constants import text_bytes
from freehold.rust.mono.program import Mono
from freehold.source import Span
from freehold.types import Adt, layout_of


def location(mono: Mono, span: Span) -> Operand:
    """Return a reference to the Location of `span`; in a macro, of its outermost call."""
    span = span.outermost()
    key = ("location", span.source.name, span.line, span.column)
    known = mono.memo.get(key)
    if known is None:
        known = mono.memo[key] = _make(mono, span)
    assert isinstance(known, str)
    return AddressConst(Symbol(known), 0, mono.location_type())


def _make(mono: Mono, span: Span) -> Symbol:
    adt = mono.location_type().pointee
    assert isinstance(adt, Adt)
    layout = layout_of(adt)
    name = span.source.name.encode()
    data = bytearray(layout.size)
    at = {one.name: slot.offset for one, slot in zip(adt.fields, layout.slots, strict=True)}
    data[at["file"] + 8 : at["file"] + 16] = len(name).to_bytes(8, "little")
    data[at["line"] : at["line"] + 4] = span.line.to_bytes(4, "little")
    data[at["col"] : at["col"] + 4] = span.column.to_bytes(4, "little")
    file = Relocation(at["file"], text_bytes(mono, name, span))
    symbol = Symbol(mono.unique("location"))
    made = Global(
        symbol,
        "a Location",
        adt,
        bytes(data),
        span,
        (file,),
        layout.size,
        layout.align,
        constant=True,
    )
    return mono.add_global(made)
