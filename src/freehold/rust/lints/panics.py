"""Operations that surely panic: rustc's `unconditional_panic` and `arithmetic_overflow`.

Constants are followed through a body's locals, before drops are elaborated. As in rustc, what is
borrowed or an argument is not followed, and what is assigned more than once only to the end of its
block; a switch on a known value leads one way.
"""

import operator
from collections.abc import Callable, Iterator

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes_rust_lints import ARITHMETIC_OVERFLOW, UNCONDITIONAL_PANIC
from freehold.mir.body import Body
from freehold.mir.cfg import targets_of
from freehold.mir.statements import (
    Assert,
    AssertKind,
    Assign,
    Call,
    SetDiscriminant,
    Statement,
    StorageDead,
    StorageLive,
    Switch,
    Terminator,
)
from freehold.mir.values import (
    Aggregate,
    Binary,
    BinOp,
    Block,
    Cast,
    CastKind,
    Copy,
    Deref,
    FieldOf,
    IntConst,
    Local,
    Move,
    NamedConst,
    Operand,
    Overflow,
    Place,
    RawPointer,
    Ref,
    Rvalue,
    Unary,
    UnOp,
    Use,
)
from freehold.rust.infer.show import show
from freehold.types import BoolType, CharType, IntType, TupleType, Type

Known = int | tuple["Known | None", ...]
Constant = Callable[[NamedConst], int | None]

_LARGEST = 16  # parts of an aggregate that is followed
_ARITHMETIC: dict[BinOp, Callable[[int, int], int]] = {
    BinOp.ADD: operator.add,
    BinOp.SUB: operator.sub,
    BinOp.MUL: operator.mul,
    BinOp.AND: operator.and_,
    BinOp.OR: operator.or_,
    BinOp.XOR: operator.xor,
}
_COMPARE: dict[BinOp, Callable[[int, int], bool]] = {
    BinOp.EQ: operator.eq,
    BinOp.NE: operator.ne,
    BinOp.LT: operator.lt,
    BinOp.LE: operator.le,
    BinOp.GT: operator.gt,
    BinOp.GE: operator.ge,
}
_SIGNS = {BinOp.ADD: "+", BinOp.SUB: "-", BinOp.MUL: "*", BinOp.DIV: "/", BinOp.REM: "%"}
_DIRECTIONS = {BinOp.SHL: "left", BinOp.SHR: "right"}


def known_panics(body: Body, constant: Constant) -> Iterator[Diagnostic]:
    """Return the operations of a body that fail whenever they are reached."""
    if any(isinstance(block.terminator, Assert) for block in body.blocks):
        yield from _Walk(body, constant).run()


class _Walk:
    """One body: what is known of its locals where the walk stands."""

    def __init__(self, body: Body, constant: Constant) -> None:
        self.body = body
        self.constant = constant
        self.known: dict[Local, Known] = {}
        self.written: set[Local] = set()
        self.never, self.briefly = _modes(body)

    def run(self) -> Iterator[Diagnostic]:
        pending, seen = [Block(0)], set[Block]()
        while pending:
            at = pending.pop()
            if at in seen:
                continue
            seen.add(at)
            block = self.body.blocks[at]
            for statement in block.statements:
                self._statement(statement)
            if isinstance(block.terminator, Assert):
                yield from self._assertion(block.terminator)
            pending += self._onwards(block.terminator)
            for local in self.written:
                self.known.pop(local, None)
            self.written.clear()

    def _onwards(self, terminator: Terminator) -> tuple[Block, ...]:
        if isinstance(terminator, Switch):
            value = self._operand(terminator.operand)
            if isinstance(value, int):
                targets = dict(terminator.targets)
                return (targets.get(value, terminator.otherwise),)
        if isinstance(terminator, Call) and terminator.destination is not None:
            self._set(terminator.destination, None)
        return targets_of(terminator)

    # --------------------------------------------------------------------------------- statements

    def _statement(self, statement: Statement) -> None:
        match statement:
            case Assign(place, rvalue):
                self._set(place, self._rvalue(rvalue, place))
            case SetDiscriminant(place):
                self._set(place, None)
            case StorageLive(local) | StorageDead(local):
                self.known.pop(local, None)
            case _:
                pass

    def _set(self, place: Place, value: Known | None) -> None:
        if not isinstance(place.base, int):
            return
        local = Local(place.base)
        if value is None or place.projections or local in self.never:
            self.known.pop(local, None)
            return
        self.known[local] = value
        if local in self.briefly:
            self.written.add(local)

    # ------------------------------------------------------------------------------------- values

    def _operand(self, operand: Operand) -> Known | None:
        match operand:
            case IntConst(value):
                return value
            case NamedConst():
                return self.constant(operand)
            case Copy(place) | Move(place):
                return self._place(place)
            case _:
                return None

    def _place(self, place: Place) -> Known | None:
        if not isinstance(place.base, int):
            return None
        found = self.known.get(Local(place.base))
        for step in place.projections:
            if not isinstance(step, FieldOf) or not isinstance(found, tuple):
                return None
            found = found[step.index]
        return found

    def _rvalue(self, rvalue: Rvalue, place: Place) -> Known | None:
        match rvalue:
            case Use(operand):
                return self._operand(operand)
            case Aggregate(TupleType(), operands) if len(operands) <= _LARGEST:
                return tuple(self._operand(one) for one in operands)
            case Binary():
                return self._binary(rvalue, place)
            case Unary(op, operand):
                return self._unary(op, self._operand(operand), self._type(place))
            case Cast(CastKind.INT, operand, ty):
                value = self._operand(operand)
                return _wrapped(value, ty) if isinstance(value, int) else None
            case _:
                return None

    def _type(self, place: Place) -> Type:
        return self.body.locals[place.base].type if isinstance(place.base, int) else BoolType()

    def _binary(self, rvalue: Binary, place: Place) -> Known | None:
        left, right = self._operand(rvalue.left), self._operand(rvalue.right)
        if not isinstance(left, int) or not isinstance(right, int):
            return None
        if rvalue.op in _COMPARE:
            return int(_COMPARE[rvalue.op](left, right))
        ty = self._type(place)
        if rvalue.overflow is Overflow.CHECKED and isinstance(ty, TupleType):
            ty = ty.elements[0]
        exact = _exact(rvalue.op, left, right)
        if exact is None:
            return None
        value = _wrapped(exact, ty)
        if value is None or rvalue.overflow is not Overflow.CHECKED:
            return value
        return value, int(value != exact)

    @staticmethod
    def _unary(op: UnOp, value: Known | None, ty: Type) -> Known | None:
        if not isinstance(value, int) or op is UnOp.METADATA:
            return None
        if isinstance(ty, BoolType):
            return 1 - value
        return _wrapped(-value if op is UnOp.NEG else ~value, ty)

    # -------------------------------------------------------------------------------- assertions

    def _assertion(self, at: Assert) -> Iterator[Diagnostic]:
        value = self._operand(at.operand)
        if not isinstance(value, int) or bool(value) is at.expected:
            return
        shown = [self._shown(one) for one in at.operands]
        match at.kind:
            case AssertKind.BOUNDS:
                what = f"index out of bounds: the length is {shown[0]} but the index is {shown[1]}"
                what = what.replace("_usize", "")
            case AssertKind.DIVISION_BY_ZERO:
                what = f"attempt to divide `{shown[0]}` by zero"
            case AssertKind.REMAINDER_BY_ZERO:
                what = f"attempt to calculate the remainder of `{shown[0]}` with a divisor of zero"
            case AssertKind.OVERFLOW:
                yield Diagnostic(ARITHMETIC_OVERFLOW, at.span, primary=_overflow(at, shown))
                return
        yield Diagnostic(UNCONDITIONAL_PANIC, at.span, primary=what)

    def _shown(self, operand: Operand) -> str:
        value = self._operand(operand)
        match operand:
            case IntConst(_, ty) | NamedConst(type=ty):
                pass
            case Copy(Place(base, ())) | Move(Place(base, ())) if isinstance(base, int):
                ty = self.body.locals[base].type
            case _:
                return "_"
        limits = _limits(ty)
        if not isinstance(value, int) or limits is None:
            return "_"
        if value in limits and value:
            return f"{show(ty)}::{'MAX' if value == limits[1] else 'MIN'}"
        return f"{value}_{show(ty)}"


def _overflow(at: Assert, shown: list[str]) -> str:
    if isinstance(at.op, UnOp):
        return f"attempt to negate `{shown[0]}`, which would overflow"
    if at.op in _DIRECTIONS:
        return f"attempt to shift {_DIRECTIONS[at.op]} by `{shown[1]}`, which would overflow"
    assert at.op is not None
    return f"attempt to compute `{shown[0]} {_SIGNS[at.op]} {shown[1]}`, which would overflow"


def _modes(body: Body) -> tuple[set[Local], set[Local]]:
    """Return the locals that are never followed, and those followed within a block only."""
    never: set[Local] = set()
    briefly: set[Local] = set()
    assigned = {Local(at) for at in range(1, body.argument_count + 1)}

    def assign(place: Place) -> None:
        if isinstance(place.base, int) and not _is_behind(place):
            local = Local(place.base)
            (briefly if local in assigned else assigned).add(local)

    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, Assign | SetDiscriminant):
                assign(statement.place)
            if isinstance(statement, Assign) and isinstance(statement.rvalue, Ref | RawPointer):
                place = statement.rvalue.place
                if isinstance(place.base, int) and not _is_behind(place):
                    never.add(Local(place.base))
        if isinstance(block.terminator, Call) and block.terminator.destination is not None:
            assign(block.terminator.destination)
    return never, briefly


def _is_behind(place: Place) -> bool:
    return any(isinstance(step, Deref) for step in place.projections)


def _exact(op: BinOp, left: int, right: int) -> int | None:
    if op in _ARITHMETIC:
        return _ARITHMETIC[op](left, right)
    if op in _DIRECTIONS:
        fits = 0 <= right < 128  # what does not is found by its assertion
        return (left << right if op is BinOp.SHL else left >> right) if fits else None
    if op not in {BinOp.DIV, BinOp.REM} or right == 0:
        return None
    quotient = abs(left) // abs(right)
    quotient = quotient if (left < 0) == (right < 0) else -quotient
    return quotient if op is BinOp.DIV else left - right * quotient


def _limits(ty: Type) -> tuple[int, int] | None:
    if not isinstance(ty, IntType):
        return None
    if ty.signed:
        return -(1 << (ty.bits - 1)), (1 << (ty.bits - 1)) - 1
    return 0, (1 << ty.bits) - 1


def _wrapped(value: int, ty: Type) -> int | None:
    match ty:
        case IntType(bits, signed):
            value &= (1 << bits) - 1
            return value - (1 << bits) if signed and value >> (bits - 1) else value
        case BoolType() | CharType():
            return value
        case _:
            return None
