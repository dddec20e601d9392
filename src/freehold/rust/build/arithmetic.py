"""Built-in operators, with the checks of Rust's debug builds."""

from freehold.mir.statements import Assert, AssertKind
from freehold.mir.values import (
    Binary,
    BinOp,
    Cast,
    CastKind,
    Copy,
    IntConst,
    Move,
    Operand,
    Overflow,
    Place,
    Rvalue,
    Unary,
    UnOp,
    Use,
)
from freehold.rust import thir
from freehold.rust.build.builder import Builder
from freehold.rust.build.places import field, to_copy
from freehold.rust.build.scopes import Region
from freehold.source import Span
from freehold.types import BOOL, IntType, TupleType, Type

_CHECKED = frozenset({BinOp.ADD, BinOp.SUB, BinOp.MUL})
_SHIFTS = frozenset({BinOp.SHL, BinOp.SHR})
_DIVISIONS = {
    BinOp.DIV: AssertKind.DIVISION_BY_ZERO,
    BinOp.REM: AssertKind.REMAINDER_BY_ZERO,
}


def require(
    b: Builder,
    place: Place,
    what: tuple[AssertKind, tuple[Operand, ...], BinOp | UnOp | None],
    span: Span,
    *,
    expected: bool = False,
) -> None:
    """Go on only if the bool at `place` is `expected`; it panics otherwise."""
    kind, operands, op = what
    after, scope = b.graph.block(), b.scopes.source
    assertion = Assert(Move(place), expected, kind, operands, after, span, scope, op=op)
    b.scopes.may_unwind(b.graph.end(assertion))
    b.graph.current = after


def compute(
    b: Builder, op: BinOp, ty: Type, operands: tuple[Operand, Operand], span: Span
) -> Rvalue:
    """Return `left op right` of values of type `ty`, after its checks."""
    left, right = operands
    if isinstance(ty, IntType):
        if op in _CHECKED:
            return _overflowing(b, op, ty, operands, span)
        if op in _SHIFTS:
            _check_distance(b, op, ty, operands, span)
        elif op in _DIVISIONS:
            _check_divisor(b, op, ty, operands, span)
    return Binary(op, left, right)


def _overflowing(
    b: Builder, op: BinOp, ty: IntType, operands: tuple[Operand, Operand], span: Span
) -> Rvalue:
    left, right = operands
    pair = b.scratch(TupleType((ty, BOOL)), span)
    b.assign(pair, Binary(op, to_copy(left), to_copy(right), Overflow.CHECKED), span)
    require(b, field(pair, 1), (AssertKind.OVERFLOW, operands, op), span)
    return Use(Move(field(pair, 0)))


def _check_distance(
    b: Builder, op: BinOp, ty: IntType, operands: tuple[Operand, Operand], span: Span
) -> None:
    left, right = to_copy(operands[0]), to_copy(operands[1])
    distance = _type_of(b, right)
    assert isinstance(distance, IntType)
    unsigned, shown = distance, right
    if distance.signed:
        unsigned = IntType(distance.bits, signed=False, pointer_sized=distance.pointer_sized)
        place = b.scratch(unsigned, span)
        b.assign(place, Cast(CastKind.INT, right, unsigned), span)
        shown = Move(place)
    inside = b.scratch(BOOL, span)
    b.assign(inside, Binary(BinOp.LT, shown, IntConst(ty.bits, unsigned)), span)
    require(b, inside, (AssertKind.OVERFLOW, (left, right), op), span, expected=True)


def _check_divisor(
    b: Builder, op: BinOp, ty: IntType, operands: tuple[Operand, Operand], span: Span
) -> None:
    left, right = to_copy(operands[0]), to_copy(operands[1])
    zero = b.scratch(BOOL, span)
    b.assign(zero, Binary(BinOp.EQ, right, IntConst(0, ty)), span)
    require(b, zero, (_DIVISIONS[op], (left,), op), span)
    if not ty.signed:
        return
    # The least number has no positive counterpart.
    minus, least, both = (b.scratch(BOOL, span) for _ in range(3))
    b.assign(minus, Binary(BinOp.EQ, right, IntConst(-1, ty)), span)
    b.assign(least, Binary(BinOp.EQ, left, IntConst(_least(ty), ty)), span)
    b.assign(both, Binary(BinOp.AND, Move(minus), Move(least)), span)
    require(b, both, (AssertKind.OVERFLOW, (left, right), op), span)


def _least(ty: IntType) -> int:
    return -(1 << (ty.bits - 1))


def _type_of(b: Builder, operand: Operand) -> Type:
    if isinstance(operand, Copy | Move):
        return b.type_of(operand.place)
    return operand.type


def binary(b: Builder, e: thir.Binary, lifetime: Region | None) -> Rvalue:
    """Evaluate `left op right`."""
    left = b.operand(e.left, lifetime, kept=True)
    right = b.operand(e.right, lifetime)
    return compute(b, e.op, e.left.type, (left, right), e.span)


def unary(b: Builder, e: thir.Unary, lifetime: Region | None) -> Rvalue:
    """Evaluate `-x` or `!x`."""
    operand = b.operand(e.operand, lifetime)
    ty = e.type
    if e.op is UnOp.NEG and isinstance(ty, IntType) and ty.signed:
        shown = to_copy(operand)
        least = b.scratch(BOOL, e.span)
        b.assign(least, Binary(BinOp.EQ, shown, IntConst(_least(ty), ty)), e.span)
        require(b, least, (AssertKind.OVERFLOW, (shown,), e.op), e.span)
    return Unary(e.op, operand)


def assign_op(b: Builder, e: thir.AssignOp) -> None:
    """Evaluate `place op= value` of built-in types: the value first."""
    right = b.operand(e.value)
    place = b.place(e.place)
    b.assign(place, compute(b, e.op, e.place.type, (Copy(place), right), e.span), e.span)
