"""Complex numbers, by their components: MIR only moves them and reaches their two parts."""

from freehold.c import tree
from freehold.c.lower.context import Lowering
from freehold.mir.statements import Assign
from freehold.mir.values import (
    Binary,
    BinOp,
    Cast,
    CastKind,
    Copy,
    FieldOf,
    FloatConst,
    Operand,
    Place,
    Rvalue,
    Unary,
    UnOp,
    Use,
)
from freehold.source import Span
from freehold.types import BOOL, BoolType, ComplexType, FloatType, IntType, Type

REAL, IMAGINARY = FieldOf(0), FieldOf(1)
_ZERO = "0x0p+0"
Parts = tuple[Operand, Operand]


def constant(cx: Lowering, text: str, ty: ComplexType, span: Span) -> Operand:
    """Lower a real constant of complex type."""
    part = FloatType(ty.kind)
    return _whole(cx, (FloatConst(text, part), FloatConst(_ZERO, part)), ty, span)


def arithmetic(cx: Lowering, expr: tree.Arithmetic, ty: ComplexType) -> Rvalue:
    """Lower `left op right`."""
    left, right = cx.operands(expr.left, expr.right)
    a, b = _parts(cx, left, ty, expr.span), _parts(cx, right, ty, expr.span)
    work = _Work(cx, FloatType(ty.kind), expr.span)
    match expr.op:
        case BinOp.MUL:
            return Use(_whole(cx, _product(work, a, b), ty, expr.span))
        case BinOp.DIV:
            return Use(_quotient(cx, work, a, b, ty))
        case _:
            sums = work.binary(expr.op, a[0], b[0]), work.binary(expr.op, a[1], b[1])
            return Use(_whole(cx, sums, ty, expr.span))


class _Work:
    """Arithmetic on parts, each result in a temporary."""

    def __init__(self, cx: Lowering, part: FloatType, span: Span) -> None:
        self.cx = cx
        self.part = part
        self.span = span

    def binary(self, op: BinOp, left: Operand, right: Operand) -> Operand:
        return self.cx.hold(Binary(op, left, right), self.part, self.span)

    def test(self, op: BinOp, left: Operand, right: Operand) -> Operand:
        return self.cx.hold(Binary(op, left, right), BOOL, self.span)

    def magnitude(self, operand: Operand) -> Operand:
        """|x|, as max(x, -x) by a branch."""
        cx = self.cx
        result = Place(cx.builder.temporary(self.part, self.span))
        zero = FloatConst(_ZERO, self.part)
        negative, positive, join = cx.builder.block(), cx.builder.block(), cx.builder.block()
        cx.switch(self.test(BinOp.LT, operand, zero), negative, positive, self.span)
        cx.builder.enter(negative)
        cx.assign(result, Unary(UnOp.NEG, operand), self.span)
        cx.goto(join, self.span)
        cx.builder.enter(positive)
        cx.assign(result, Use(operand), self.span)
        cx.enter(join, self.span)
        return Copy(result)


def _product(work: _Work, a: Parts, b: Parts) -> Parts:
    # (a0 + a1 i)(b0 + b1 i) = (a0 b0 - a1 b1) + (a0 b1 + a1 b0) i
    real = work.binary(
        BinOp.SUB, work.binary(BinOp.MUL, a[0], b[0]), work.binary(BinOp.MUL, a[1], b[1])
    )
    imaginary = work.binary(
        BinOp.ADD, work.binary(BinOp.MUL, a[0], b[1]), work.binary(BinOp.MUL, a[1], b[0])
    )
    return real, imaginary


def _quotient(cx: Lowering, work: _Work, a: Parts, b: Parts, ty: ComplexType) -> Operand:
    # Smith's method, which libgcc uses too: scale by the smaller part over the larger one.
    result = Place(cx.builder.temporary(ty, work.span))
    small, large, join = cx.builder.block(), cx.builder.block(), cx.builder.block()
    smaller = work.test(BinOp.LT, work.magnitude(b[0]), work.magnitude(b[1]))
    cx.switch(smaller, small, large, work.span)
    for block, (over, under), (first, second), sign in (
        (small, (b[0], b[1]), (a[0], a[1]), BinOp.SUB),
        (large, (b[1], b[0]), (a[1], a[0]), BinOp.ADD),
    ):
        cx.builder.enter(block)
        ratio = work.binary(BinOp.DIV, over, under)
        scale = work.binary(BinOp.ADD, work.binary(BinOp.MUL, over, ratio), under)
        real = work.binary(BinOp.ADD, work.binary(BinOp.MUL, first, ratio), second)
        if sign is BinOp.SUB:
            # |b0| < |b1|: ((a1 r) - a0) / s
            imaginary = work.binary(BinOp.SUB, work.binary(BinOp.MUL, second, ratio), first)
        else:
            # ((a1) - (a0 r)) / s
            imaginary = work.binary(BinOp.SUB, first, work.binary(BinOp.MUL, second, ratio))
        parts = work.binary(BinOp.DIV, real, scale), work.binary(BinOp.DIV, imaginary, scale)
        _store_parts(cx, result, parts, work.span)
        cx.goto(join, work.span)
    cx.builder.enter(join)
    return Copy(result)


def negate(cx: Lowering, expr: tree.Negate, ty: ComplexType) -> Rvalue:
    """Lower `-operand`."""
    real, imaginary = _parts(cx, cx.operand(expr.operand), ty, expr.span)
    part = FloatType(ty.kind)
    negated = (
        cx.hold(Unary(UnOp.NEG, real), part, expr.span),
        cx.hold(Unary(UnOp.NEG, imaginary), part, expr.span),
    )
    return Use(_whole(cx, negated, ty, expr.span))


def conjugate(cx: Lowering, expr: tree.Complement, ty: ComplexType) -> Rvalue:
    """Lower GNU's `~operand`, the conjugate."""
    real, imaginary = _parts(cx, cx.operand(expr.operand), ty, expr.span)
    negated = cx.hold(Unary(UnOp.NEG, imaginary), FloatType(ty.kind), expr.span)
    return Use(_whole(cx, (real, negated), ty, expr.span))


def compare(cx: Lowering, expr: tree.Compare) -> Operand:
    """Lower `==` or `!=` of two complex values."""
    ty = cx.type_of(expr.left.type)
    assert isinstance(ty, ComplexType)
    left, right = cx.operands(expr.left, expr.right)
    a, b = _parts(cx, left, ty, expr.span), _parts(cx, right, ty, expr.span)
    work = _Work(cx, FloatType(ty.kind), expr.span)
    both = BinOp.AND if expr.op is BinOp.EQ else BinOp.OR
    return work.test(both, work.test(expr.op, a[0], b[0]), work.test(expr.op, a[1], b[1]))


def is_not_zero(cx: Lowering, expr: tree.Expr, ty: ComplexType) -> Operand:
    """Lower a complex value as a condition."""
    real, imaginary = _parts(cx, cx.operand(expr), ty, expr.span)
    part = FloatType(ty.kind)
    work = _Work(cx, part, expr.span)
    zero = FloatConst(_ZERO, part)
    tests = work.test(BinOp.NE, real, zero), work.test(BinOp.NE, imaginary, zero)
    return work.test(BinOp.OR, *tests)


def convert(cx: Lowering, expr: tree.Convert, source: Type, ty: Type) -> Rvalue:
    """Lower a conversion to or from a complex type."""
    span = expr.span
    if isinstance(ty, BoolType) and isinstance(source, ComplexType):
        return Use(is_not_zero(cx, expr.operand, source))
    operand = cx.operand(expr.operand)
    if not isinstance(ty, ComplexType):
        assert isinstance(source, ComplexType)
        real = _parts(cx, operand, source, span)[0]
        return Use(_real(cx, real, FloatType(source.kind), ty, span))
    if source == ty:
        return Use(operand)
    part = FloatType(ty.kind)
    if isinstance(source, ComplexType):
        first, second = _parts(cx, operand, source, span)
        old = FloatType(source.kind)
        parts = _real(cx, first, old, part, span), _real(cx, second, old, part, span)
    else:
        parts = _real(cx, operand, source, part, span), FloatConst(_ZERO, part)
    return Use(_whole(cx, parts, ty, span))


def _real(cx: Lowering, operand: Operand, source: Type, ty: Type, span: Span) -> Operand:
    if source == ty:
        return operand
    if isinstance(source, (IntType, BoolType)):
        return cx.hold(Cast(CastKind.INT_TO_FLOAT, operand, ty), ty, span)
    kind = CastKind.FLOAT if isinstance(ty, FloatType) else CastKind.FLOAT_TO_INT
    return cx.hold(Cast(kind, operand, ty), ty, span)


def _parts(cx: Lowering, operand: Operand, ty: ComplexType, span: Span) -> Parts:
    if not isinstance(operand, Copy):
        operand = cx.hold(Use(operand), ty, span)
    place = operand.place
    return (
        Copy(Place(place.base, (*place.projections, REAL), place.volatile)),
        Copy(Place(place.base, (*place.projections, IMAGINARY), place.volatile)),
    )


def _whole(cx: Lowering, parts: Parts, ty: ComplexType, span: Span) -> Copy:
    place = Place(cx.builder.temporary(ty, span))
    _store_parts(cx, place, parts, span)
    return Copy(place)


def _store_parts(cx: Lowering, place: Place, parts: Parts, span: Span) -> None:
    for projection, part in zip((REAL, IMAGINARY), parts, strict=True):
        whole = Place(place.base, (*place.projections, projection))
        cx.builder.push(Assign(whole, Use(part), span, cx.scope.scope))
