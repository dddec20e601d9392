"""Constant evaluation: what a typed expression is worth before the program runs.

`fold` has folded integer constant expressions already; here come the wider kinds that C and gcc
allow in initialisers: floating arithmetic, addresses, and integers that had to wrap.
"""

from collections.abc import Callable, Mapping
from typing import Any

from freehold.c import tree
from freehold.c.ctype import Complex, Floating, IntKind, Quals, QualType
from freehold.c.lowertype import lower_type, size_of
from freehold.c.sema import floats, fold
from freehold.c.sema.complexes import complex_parts
from freehold.c.sema.convert import field_width
from freehold.c.sema.floats import Real
from freehold.c.sema.kinds import (
    element_quals,
    float_kind,
    int_kind,
    is_integer,
    is_pointer,
    target_of,
)
from freehold.mir.values import BinOp, CastKind
from freehold.records import dataclass
from freehold.types import field_offset

Target = tree.Variable | tree.Function_ | tree.StringLiteral | tree.LabelTarget
_MAX = 0xFFFF_FFFF_FFFF_FFFF


@dataclass(frozen=True, slots=True)
class Address:
    """The address of `target` plus `addend` bytes; with `minus`, a difference of two labels."""

    target: Target
    addend: int = 0
    minus: tree.LabelTarget | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A complex value."""

    real: Real
    imaginary: Real


Value = int | Real | Address | Pair


class Evaluator:
    """One evaluation. `overflowed` says that an operation in it did.

    `known` are the initialisers of constant variables, for those places where gcc takes them.
    """

    __slots__ = ("known", "overflowed")

    def __init__(self, known: Mapping[tree.Variable, tree.Expr] | None = None) -> None:
        self.known = known
        self.overflowed = False

    def value(self, expr: tree.Expr) -> Value | None:
        """Return the value of `expr`, or None if it has none before run time."""
        rule = _VALUE.get(expr.__class__)
        return None if rule is None else rule(self, expr)

    def integer(self, expr: tree.Expr) -> int | None:
        """Return the value of `expr` if it is an integer."""
        found = self.value(expr)
        return found if isinstance(found, int) else None

    def place(self, expr: tree.Expr) -> Address | int | None:
        """Return the address of the lvalue `expr`, or None if it is not constant."""
        rule = _PLACE.get(expr.__class__)
        return None if rule is None else rule(self, expr)


# ----------------------------------------------------------------------------------------- places


def _variable_place(ev: Evaluator, expr: tree.VariableRef) -> Address | None:
    return _object(expr.variable)


def _literal_place(ev: Evaluator, expr: tree.CompoundLiteralRef) -> Address | None:
    return _object(expr.variable)


def _object(variable: tree.Variable) -> Address | None:
    fixed = variable.storage in (tree.Storage.STATIC, tree.Storage.EXTERN)
    return Address(variable) if fixed and not variable.thread_local else None


def _member_place(ev: Evaluator, expr: tree.MemberOf) -> Address | int | None:
    return _shift(ev.place(expr.base), member_offset(expr))


def member_offset(expr: tree.MemberOf) -> int:
    """Return the byte offset of the member that `expr` selects."""
    return field_offset(lower_type(expr.record), expr.index)


def _element_place(ev: Evaluator, expr: tree.ElementOf) -> Address | int | None:
    index = ev.integer(expr.index)
    if index is None:
        return None
    return _shift(ev.place(expr.array), index * size_of(expr.type))


def _pointee_place(ev: Evaluator, expr: tree.Deref) -> Address | int | None:
    found = ev.value(expr.pointer)
    return found if isinstance(found, (Address, int)) else None


def _part_place(ev: Evaluator, expr: tree.ComplexPart) -> Address | int | None:
    return _shift(ev.place(expr.base), size_of(expr.type) if expr.imaginary else 0)


def _shift(base: Address | int | None, by: int) -> Address | int | None:
    if isinstance(base, Address):
        return Address(base.target, base.addend + by, base.minus)
    return None if base is None else (base + by) & _MAX


_PLACE: dict[type, Callable[[Evaluator, Any], Address | int | None]] = {
    tree.VariableRef: _variable_place,
    tree.CompoundLiteralRef: _literal_place,
    tree.StringRef: lambda ev, expr: Address(expr.literal),
    tree.MemberOf: _member_place,
    tree.ElementOf: _element_place,
    tree.Deref: _pointee_place,
    tree.ComplexPart: _part_place,
}


# ----------------------------------------------------------------------------------------- values


def _load(ev: Evaluator, expr: tree.Load) -> Value | None:
    """In initialisers gcc takes the values of constant objects whose initialisers it has seen."""
    if ev.known is None or element_quals(expr.place.type) != Quals.CONST:
        return None
    if isinstance(expr.place, tree.VariableRef) and expr.place.variable in ev.known:
        return ev.value(ev.known[expr.place.variable])
    at = ev.place(expr.place)
    if not isinstance(at, Address) or not isinstance(at.target, tree.Variable):
        return None
    data = at.target.initial
    if data is None or field_width(expr.place) is not None:
        return None
    return _stored(data, at.addend, expr.type)


def _stored(data: tree.StaticData, offset: int, ty: QualType) -> Value | None:
    size = size_of(ty)
    for item in data.relocations:
        if offset - item.width < item.offset < offset + size:
            exact = item.offset == offset and item.width == size
            return Address(item.target, item.addend, item.minus) if exact else None
    raw = data.data[offset : offset + size].ljust(size, b"\0")
    if is_integer(ty) or is_pointer(ty):
        signed = is_integer(ty) and int_kind(ty).signed
        return int.from_bytes(raw, "little", signed=signed)
    if isinstance(ty.type, Floating):
        return floats.decode(raw, ty.type.kind)
    return None


def _arithmetic(ev: Evaluator, expr: tree.Arithmetic) -> Value | None:
    # Down the left spine in a loop: sums have thousands of terms. The right operand first, so
    # that what is not constant is given up early.
    spine: list[tuple[tree.Arithmetic, Value]] = []
    at: tree.Expr = expr
    while isinstance(at, tree.Arithmetic):
        right = ev.value(at.right)
        if right is None:
            return None
        spine.append((at, right))
        at = at.left
    left = ev.value(at)
    for node, right in reversed(spine):
        if left is None:
            return None
        left = _binary(ev, node.op, left, right, node.type)
    return left


def _binary(ev: Evaluator, op: BinOp, left: Value, right: Value, ty: QualType) -> Value | None:
    if isinstance(left, int) and isinstance(right, int):
        return _integers(ev, op, left, right, ty)
    if isinstance(left, Real) and isinstance(right, Real):
        return floats.arithmetic(op, left, right, float_kind(ty))
    if isinstance(left, Pair) and isinstance(right, Pair):
        return _complex(op, left, right, ty)
    if isinstance(left, Address) or isinstance(right, Address):
        return _address_sum(op, left, right)
    return None


def _integers(ev: Evaluator, op: BinOp, left: int, right: int, ty: QualType) -> int | None:
    kind = int_kind(ty)
    exact = fold.compute(op, left, right, kind)
    if exact is None:
        return None
    result = fold.wrap(exact, kind)
    if result != exact and kind.signed and op is not BinOp.SHL:
        ev.overflowed = True
    return result


def _complex(op: BinOp, left: Pair, right: Pair, ty: QualType) -> Pair | None:
    kind = float_kind(ty)

    def of(op: BinOp, a: Real, b: Real) -> Real:
        return floats.arithmetic(op, a, b, kind)

    if op in (BinOp.ADD, BinOp.SUB):
        return Pair(of(op, left.real, right.real), of(op, left.imaginary, right.imaginary))
    if op is not BinOp.MUL:
        return None
    add, sub, mul = BinOp.ADD, BinOp.SUB, BinOp.MUL
    return Pair(
        of(sub, of(mul, left.real, right.real), of(mul, left.imaginary, right.imaginary)),
        of(add, of(mul, left.real, right.imaginary), of(mul, left.imaginary, right.real)),
    )


def _address_sum(op: BinOp, left: Value, right: Value) -> Value | None:
    if op is BinOp.ADD and isinstance(left, Address) and isinstance(right, int):
        return _shift(left, right)
    if op is BinOp.ADD and isinstance(left, int) and isinstance(right, Address):
        return _shift(right, left)
    if op is BinOp.SUB and isinstance(left, Address):
        return _shift(left, -right) if isinstance(right, int) else _difference(left, right)
    return None


def _difference(left: Value, right: Value) -> Value | None:
    if not isinstance(left, Address) or not isinstance(right, Address):
        return left - right if isinstance(left, int) and isinstance(right, int) else None
    if left.target is right.target and left.minus is right.minus:
        return left.addend - right.addend
    if isinstance(left.target, tree.LabelTarget) and isinstance(right.target, tree.LabelTarget):
        return Address(left.target, left.addend - right.addend, right.target)
    return None


def _pointer_add(ev: Evaluator, expr: tree.PointerAdd) -> Value | None:
    index = ev.integer(expr.index)
    if index is None or expr.scale is not None:
        return None
    base = ev.value(expr.pointer)
    if not isinstance(base, (Address, int)):
        return None
    by = index * size_of(target_of(expr.pointer.type))
    return _shift(base, -by if expr.subtract else by)


def _pointer_difference(ev: Evaluator, expr: tree.PointerDifference) -> Value | None:
    right = ev.value(expr.right)
    left = ev.value(expr.left) if right is not None else None
    if left is None or right is None or expr.scale is not None:
        return None
    found = _difference(left, right)
    if isinstance(found, int):
        return fold.divide(found, size_of(target_of(expr.left.type)) or 1)
    return found


def _compare(ev: Evaluator, expr: tree.Compare) -> int | None:
    right = ev.value(expr.right)
    left = ev.value(expr.left) if right is not None else None
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        if is_pointer(expr.left.type):
            left, right = left & _MAX, right & _MAX
        return int(fold.ORDER[expr.op](left, right))
    if isinstance(left, Real) and isinstance(right, Real):
        return int(floats.compare(expr.op, left, right))
    return _compare_addresses(expr.op, left, right)


def _compare_addresses(op: BinOp, left: Value, right: Value) -> int | None:
    if isinstance(left, Address) and isinstance(right, Address):
        if left.target is right.target:
            return int(fold.ORDER[op](left.addend, right.addend))
        plain = not (isinstance(left.target, tree.StringLiteral) or left.addend or right.addend)
        return int(op is BinOp.NE) if plain and op in (BinOp.EQ, BinOp.NE) else None
    other = right if isinstance(left, Address) else left
    if other == 0 and op in (BinOp.EQ, BinOp.NE):
        return int(op is BinOp.NE)
    return None


def truth_of(found: Value | None) -> bool | None:
    """Return whether a value is unequal to zero, if that is known."""
    if isinstance(found, Real):
        return found.magnitude != 0
    if isinstance(found, Pair):
        return found.real.magnitude != 0 or found.imaginary.magnitude != 0
    if isinstance(found, Address):
        weak = isinstance(found.target, tree.Variable | tree.Function_) and (
            found.target.linkage.value == "weak"
        )
        return None if weak else True
    return None if found is None else found != 0


def _logical_not(ev: Evaluator, expr: tree.LogicalNot) -> int | None:
    found = truth_of(ev.value(expr.operand))
    return None if found is None else int(not found)


def _logical(ev: Evaluator, expr: tree.Logical) -> int | None:
    rights: list[tree.Logical] = []
    at: tree.Expr = expr
    while isinstance(at, tree.Logical):
        rights.append(at)
        at = at.left
    left = truth_of(ev.value(at))
    for node in reversed(rights):
        if left is None:
            return None
        if left is node.is_and:
            left = truth_of(ev.value(node.right))
    return None if left is None else int(left)


def _conditional(ev: Evaluator, expr: tree.Conditional) -> Value | None:
    chosen = truth_of(ev.value(expr.condition))
    if chosen is None:
        return _same_either_way(ev, expr)
    return ev.value(expr.then if chosen else expr.otherwise)


def _same_either_way(ev: Evaluator, expr: tree.Conditional) -> Value | None:
    both = (expr.then, expr.otherwise)
    simple = isinstance(expr.condition, tree.Load)
    if simple and all(isinstance(arm, tree.IntValue) for arm in both):
        then, otherwise = map(ev.integer, both)
        return then if then == otherwise else None
    return None


def _elvis(ev: Evaluator, expr: tree.Elvis) -> Value | None:
    found = ev.value(expr.condition)
    chosen = truth_of(found)
    if chosen is None or found is None:
        return None
    if not chosen:
        return ev.value(expr.otherwise)
    if expr.value is expr.hole:
        return found
    if isinstance(expr.value, tree.Convert) and expr.value.operand is expr.hole:
        return _converted(ev, expr.value, found)
    return None


def _negate(ev: Evaluator, expr: tree.Negate) -> Value | None:
    found = ev.value(expr.operand)
    if isinstance(found, int):
        return _integers(ev, BinOp.SUB, 0, found, expr.type)
    if isinstance(found, Pair):
        return Pair(floats.negate(found.real), floats.negate(found.imaginary))
    return floats.negate(found) if isinstance(found, Real) else None


def _complement(ev: Evaluator, expr: tree.Complement) -> Value | None:
    found = ev.value(expr.operand)
    if isinstance(found, Pair):
        return Pair(found.real, floats.negate(found.imaginary))
    return fold.wrap(~found, int_kind(expr.type)) if isinstance(found, int) else None


def _convert(ev: Evaluator, expr: tree.Convert) -> Value | None:
    found = ev.value(expr.operand)
    return None if found is None else _converted(ev, expr, found)


def _converted(ev: Evaluator, expr: tree.Convert, found: Value) -> Value | None:
    if expr.kind is CastKind.BOOL:
        known = truth_of(found)
        return None if known is None else int(known)
    if isinstance(found, Address):
        return _converted_address(expr, found)
    if isinstance(found, int):
        return _converted_integer(expr, found)
    if isinstance(found, Pair):
        return _converted_pair(expr, found)
    if isinstance(expr.type.type, Complex):
        return Pair(floats.convert(found, float_kind(expr.type)), floats.ZERO)
    if isinstance(expr.type.type, Floating):
        return floats.convert(found, float_kind(expr.type))
    return _saturated(ev, found, int_kind(expr.type))


def _converted_address(expr: tree.Convert, found: Address) -> Value | None:
    if is_pointer(expr.type):
        return found
    if is_integer(expr.type) and (size_of(expr.type) == 8 or found.minus is not None):
        return found
    return None


def _converted_integer(expr: tree.Convert, found: int) -> Value | None:
    if is_pointer(expr.type):
        return found & _MAX
    if is_integer(expr.type):
        return fold.wrap(found, int_kind(expr.type))
    if isinstance(expr.type.type, Floating):
        return floats.from_int(found, float_kind(expr.type))
    return None


def _converted_pair(expr: tree.Convert, found: Pair) -> Value | None:
    kind = float_kind(expr.type)
    if expr.kind is CastKind.COMPLEX_REAL:
        return floats.convert(found.real, kind)
    return Pair(floats.convert(found.real, kind), floats.convert(found.imaginary, kind))


def _saturated(ev: Evaluator, found: Real, kind: IntKind) -> int | None:
    value = floats.to_int(found)
    if value is not None and fold.fits(value, kind):
        return value
    ev.overflowed = True
    if value is None and found.nan:
        return 0
    low = -(1 << (kind.bits - 1)) if kind.signed else 0
    high = (1 << (kind.bits - kind.signed)) - 1
    return low if found.negative else high


def _sequence(ev: Evaluator, expr: tree.Sequence) -> None:
    """gcc never takes a comma expression for a constant."""
    return


def _complex_block(ev: Evaluator, expr: tree.BlockExpr) -> Value | None:
    parts = complex_parts(expr)
    if parts is None:
        return None
    real, imaginary = ev.value(parts[0]), ev.value(parts[1])
    if isinstance(real, Real) and isinstance(imaginary, Real):
        return Pair(real, imaginary)
    return None


def _complex_part(ev: Evaluator, expr: tree.ComplexPart) -> Value | None:
    found = ev.value(expr.base)
    if not isinstance(found, Pair):
        return None
    return found.imaginary if expr.imaginary else found.real


_VALUE: dict[type, Callable[[Evaluator, Any], Value | None]] = {
    tree.IntValue: lambda ev, expr: expr.value,
    tree.FloatValue: lambda ev, expr: floats.read(expr.text),
    tree.FunctionRef: lambda ev, expr: Address(expr.function),
    tree.LabelRef: lambda ev, expr: Address(expr.label),
    tree.Load: _load,
    tree.Decay: lambda ev, expr: ev.place(expr.array),
    tree.AddressOf: lambda ev, expr: ev.place(expr.place),
    tree.Arithmetic: _arithmetic,
    tree.Compare: _compare,
    tree.PointerAdd: _pointer_add,
    tree.PointerDifference: _pointer_difference,
    tree.Negate: _negate,
    tree.Complement: _complement,
    tree.LogicalNot: _logical_not,
    tree.Logical: _logical,
    tree.Conditional: _conditional,
    tree.Elvis: _elvis,
    tree.Sequence: _sequence,
    tree.Convert: _convert,
    tree.BlockExpr: _complex_block,
    tree.ComplexPart: _complex_part,
}
