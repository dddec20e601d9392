"""Unsizing coercions: of references and raw pointers, and of what holds one (Box, Rc, Pin)."""

from freehold.mir.values import Aggregate, Copy, FieldOf, Move, Operand, Place, ZeroConst
from freehold.rust.mono.program import Mono
from freehold.rust.mono.sizes import vtable_word
from freehold.rust.mono.vtables import super_slot, vtable_operand
from freehold.rust.mono.writer import Writer, field, number
from freehold.types import (
    AdtKind,
    ArrayType,
    PointerType,
    SliceType,
    Type,
    size_of,
)
from freehold.types.generic import AdtType, DynType, RefType


class Unsizer:
    """Writes coercions into one body. Types are concrete."""

    def __init__(self, mono: Mono, writer: Writer) -> None:
        """Write into `writer`."""
        self._mono = mono
        self._writer = writer

    def coerce(self, operand: Operand, source: Type, target: Type) -> Operand:
        """Return `operand`, of type `source`, as a `target`."""
        old, new = _pointee(source), _pointee(target)
        if old is not None and new is not None:
            return self._pointer(operand, old, new, self._mono.types.plain(target))
        assert isinstance(source, AdtType), (source, target)
        assert isinstance(target, AdtType), (source, target)
        return self._struct(operand, source, target)

    def _pointer(self, operand: Operand, old: Type, new: Type, plain: Type) -> Operand:
        writer = self._writer
        old_tail, new_tail = self._tails(old, new)
        if isinstance(old_tail, DynType):
            assert isinstance(new_tail, DynType)
            slot = super_slot(self._mono, old_tail, new_tail)
            if slot is None:
                return writer.cast(operand, plain)
            table = vtable_word(writer, writer.metadata(operand), slot)
            return writer.wide(plain, writer.thin(operand), table)
        if isinstance(new_tail, DynType):
            meta = vtable_operand(self._mono, writer, old_tail, new_tail)
        else:
            assert isinstance(old_tail, ArrayType), (old, new)
            assert isinstance(new_tail, SliceType), (old, new)
            meta = number(old_tail.length or 0)
        return writer.wide(plain, writer.thin(operand), meta)

    def _tails(self, old: Type, new: Type) -> tuple[Type, Type]:
        """Return the parts in which the two differ: the last fields of structs."""
        while isinstance(old, AdtType) and isinstance(new, AdtType):
            if old.definition is not new.definition:
                break
            last = old.definition.fields[-1].type
            old = self._mono.types.concrete(last, old.arguments)
            new = self._mono.types.concrete(last, new.arguments)
        return old, new

    def _struct(self, operand: Operand, source: AdtType, target: AdtType) -> Operand:
        """Coerce the one field that changes; the others are the same, or have no data."""
        assert source.definition is target.definition
        assert source.definition.kind is AdtKind.STRUCT
        types = self._mono.types
        place = self._place(operand, types.plain(source))
        made: list[Operand] = []
        for index, member in enumerate(source.definition.fields):
            old = types.concrete(member.type, source.arguments)
            new = types.concrete(member.type, target.arguments)
            this = field(place, FieldOf(index))
            moved = Move(this) if isinstance(operand, Move) else Copy(this)
            if types.plain(old) is types.plain(new) or old == new:
                made.append(moved)
            elif size_of(types.plain(old)) == 0:
                made.append(ZeroConst(types.plain(new)))
            else:
                made.append(self.coerce(moved, old, new))
        plain = types.plain(target)
        return self._writer.let(plain, Aggregate(plain, tuple(made)))

    def _place(self, operand: Operand, plain: Type) -> Place:
        if isinstance(operand, (Copy, Move)):
            return operand.place
        local = self._writer.local(plain)
        self._writer.put(Place(local), operand)
        return Place(local)


def _pointee(ty: Type) -> Type | None:
    return ty.pointee if isinstance(ty, (RefType, PointerType)) else None
