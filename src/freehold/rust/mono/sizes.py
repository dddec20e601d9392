"""Sizes and alignments that only a run knows: of slices and trait objects, and what ends in one."""

from freehold.mir.statements import Intrinsic
from freehold.mir.values import Binary, BinOp, Copy, Operand, Place, Unary, UnOp
from freehold.rust.mono.writer import Writer, number
from freehold.types import (
    U64,
    Adt,
    DynamicType,
    FunctionType,
    StrType,
    Type,
    align_of,
    layout_of,
    size_of,
    unsized_tail,
)

DROP_WORD, SIZE_WORD, ALIGN_WORD, FIRST_METHOD = 0, 1, 2, 3


def size_and_align(writer: Writer, pointer: Operand, ty: Type) -> tuple[Operand, Operand]:
    """Return the size and alignment, as u64, of the `ty` that `pointer` points to."""
    tail = unsized_tail(ty)
    if tail is None:
        return number(size_of(ty)), number(align_of(ty))
    meta = writer.metadata(pointer)
    if isinstance(tail, DynamicType):
        size: Operand = vtable_word(writer, meta, SIZE_WORD)
        align: Operand = vtable_word(writer, meta, ALIGN_WORD)
    else:
        element = 1 if isinstance(tail, StrType) else size_of(tail.element)
        size = _let(writer, BinOp.MUL, meta, number(element))
        align = number(align_of(tail))
    return _around(writer, ty, size, align) if isinstance(ty, Adt) else (size, align)


def _around(writer: Writer, ty: Adt, size: Operand, align: Operand) -> tuple[Operand, Operand]:
    """Return those of a struct whose tail has `size` and `align`, through all its layers."""
    last = ty.fields[-1].type
    if isinstance(last, Adt):
        size, align = _around(writer, last, size, align)
    layout = layout_of(ty)
    start = number(layout.slots[-1].offset)
    if isinstance(unsized_tail(ty), DynamicType):
        start = _rounded(writer, start, align)
        align = _max(writer, align, number(layout.align))
    else:
        align = number(layout.align)
    end = _let(writer, BinOp.ADD, start, size)
    return _rounded(writer, end, align), align


def vtable_word(writer: Writer, table: Operand, word: int) -> Operand:
    """Return a word of a vtable."""
    local = writer.local(U64)
    ty = FunctionType((U64, U64), U64)
    following = writer.block()
    writer.call(Intrinsic.VTABLE_WORD, ty, (table, number(word)), Place(local), following, None)
    writer.start(following)
    return Copy(Place(local))


def _let(writer: Writer, op: BinOp, left: Operand, right: Operand) -> Operand:
    return writer.let(U64, Binary(op, left, right))


def _rounded(writer: Writer, size: Operand, align: Operand) -> Operand:
    """Return `size` rounded up to a multiple of `align`, a power of two."""
    less = _let(writer, BinOp.SUB, align, number(1))
    more = _let(writer, BinOp.ADD, size, less)
    mask = writer.let(U64, Unary(UnOp.NOT, less))
    return _let(writer, BinOp.AND, more, mask)


def _max(writer: Writer, left: Operand, right: Operand) -> Operand:
    """Return the greater of two powers of two: both, less the lowest bit in which they differ."""
    both = _let(writer, BinOp.OR, left, right)
    different = _let(writer, BinOp.XOR, left, right)
    negative = _let(writer, BinOp.SUB, number(0), different)
    return _let(writer, BinOp.SUB, both, _let(writer, BinOp.AND, different, negative))
