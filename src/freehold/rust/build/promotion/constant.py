"""Which borrows are of a constant: computed from constants, by what cannot fail and has no effect.

constant(t)     :- t is set once, by an rvalue of constant places and operands.
promoted(&t.f)  :- constant(t), t needs no drop, t has no UnsafeCell in it, f goes through no
                   pointer. `&mut []` too; no other mutable borrow.
"""

from collections.abc import Callable

from freehold.mir.body import Body, Program
from freehold.mir.statements import Assert, Assign, Call, Drop, Goto
from freehold.mir.typing import Typer
from freehold.mir.values import (
    ENTRY,
    Aggregate,
    Binary,
    BinOp,
    Block,
    BorrowKind,
    Cast,
    CastKind,
    ConstantIndex,
    Copy,
    Deref,
    Discriminant,
    Downcast,
    FieldOf,
    Index,
    IntConst,
    ItemConst,
    Len,
    Local,
    Move,
    NamedConst,
    Operand,
    Place,
    RawPointer,
    Ref,
    Rvalue,
    Subslice,
    Use,
)
from freehold.rust.build.promotion.cells import has_cell, is_cell
from freehold.rust.build.promotion.temporaries import At, Temporaries, operands_of
from freehold.rust.items import Function
from freehold.types import AdtKind, ArrayType, IntType, PointerType, Type
from freehold.types.generic import AdtDef, AdtType, FnDefType, FnPtrType, RefType

TypeTest = Callable[[Type], bool]
AdtTest = Callable[[AdtDef], bool]


def _drops_itself(definition: AdtDef) -> bool:
    return definition.drop is not None


def _base(place: Place) -> Local:
    assert isinstance(place.base, int)
    return place.base


def _certain_blocks(body: Body) -> frozenset[Block]:
    """Return the blocks that control certainly comes to."""
    found: list[Block] = []
    at: Block | None = ENTRY
    while at is not None and at not in found:
        found.append(at)
        terminator = body.blocks[at].terminator
        at = terminator.target if isinstance(terminator, Goto | Call | Drop | Assert) else None
    return frozenset(found)


class Constants:
    """Answers for one body which of its temporaries are constant."""

    def __init__(self, body: Body, found: Temporaries, *, of_constant: bool) -> None:
        """Look at `body`; `of_constant`: it is itself the body of a constant or static."""
        assert body.generic is not None
        self._body = body
        self._found = found
        self._certain = _certain_blocks(body) if of_constant else frozenset()
        self._answers = body.generic.answers
        self._types = Typer(body, Program())
        self._known: dict[Local, bool] = {}

    def is_promoted(self, at: At) -> bool:
        """Say whether the borrow at `at` is of a constant."""
        statement = self._body.blocks[at.block].statements[at.index]
        assert isinstance(statement, Assign)
        ref = statement.rvalue
        assert isinstance(ref, Ref)
        return self._local(_base(ref.place)) and self._borrow(ref)

    # ------------------------------------------------------------------------------- constant

    def _local(self, local: Local) -> bool:
        if local not in self._found.made or self._drops(local):
            return False
        known = self._known.get(local)
        if known is None:
            at = self._found.made[local].at
            block = self._body.blocks[at.block]
            if at.index < len(block.statements):
                known = self._rvalue(self._set_by(local))
            else:
                assert isinstance(block.terminator, Call)
                known = self._call(block.terminator, at.block)
            self._known[local] = known
        return known

    def _set_by(self, local: Local) -> Rvalue:
        at = self._found.made[local].at
        statement = self._body.blocks[at.block].statements[at.index]
        assert isinstance(statement, Assign)
        return statement.rvalue

    def _rvalue(self, rvalue: Rvalue) -> bool:
        match rvalue:
            case Ref(_, place):
                return self._place(self._reborrowed(place)) and self._borrow(rvalue)
            case RawPointer(place):
                inner = self._reborrowed(place)
                return inner is not place and self._place(inner)
            case Len(place) | Discriminant(place):
                return self._place(place)
            case Cast(kind=CastKind.EXPOSE):
                return False
            case Binary() if not self._cannot_fail(rvalue):
                return False
            case _:
                return all(map(self._operand, operands_of(rvalue)))

    def _reborrowed(self, place: Place) -> Place:
        """Return the reference of which `place` is what it points to, else `place` itself."""
        if place.projections and isinstance(place.projections[-1], Deref):
            inner = Place(place.base, place.projections[:-1])
            if isinstance(self._types.place(inner), RefType):
                return inner
        return place

    def _operand(self, operand: Operand) -> bool:
        match operand:
            case Copy(place) | Move(place):
                return self._place(place)
            case NamedConst(static=static):
                return not static
            case _:
                return True

    def _place(self, place: Place) -> bool:
        for count, projection in enumerate(place.projections):
            before = Place(place.base, place.projections[:count])
            match projection:
                case Downcast() | Deref():
                    return False
                case Index(local):
                    if not self._inside(before, local):
                        return False
                case FieldOf():
                    ty = self._types.place(before)
                    if isinstance(ty, AdtType) and ty.definition.kind is AdtKind.UNION:
                        return False
                case ConstantIndex() | Subslice():
                    pass
        return self._local(_base(place))

    def _inside(self, base: Place, index: Local) -> bool:
        ty = self._types.place(base)
        if not isinstance(ty, ArrayType) or index not in self._found.made or ty.length is None:
            return False
        match self._set_by(index):
            case Use(IntConst(value)):
                return value < ty.length
            case _:
                return False

    def _cannot_fail(self, rvalue: Binary) -> bool:
        ty = self._types.operand(rvalue.left)
        if isinstance(ty, PointerType | FnPtrType):
            return False  # an address is not known before the program runs
        if rvalue.op not in (BinOp.DIV, BinOp.REM) or not isinstance(ty, IntType):
            return True
        match rvalue.right:
            case IntConst(0):
                return False
            case IntConst(-1) if ty.signed:
                left = rvalue.left
                return isinstance(left, IntConst) and left.value != -(1 << (ty.bits - 1))
            case IntConst():
                return True
            case _:
                return False

    def _call(self, call: Call, block: Block) -> bool:
        callee = call.callee
        if not isinstance(callee, ItemConst) or not isinstance(callee.type, FnDefType):
            return False
        function = callee.type.definition
        if not isinstance(function, Function) or not all(map(self._operand, call.arguments)):
            return False
        if block in self._certain and function.constant:
            return True
        return any(attribute.name == "rustc_promotable" for attribute in function.attributes)

    # ------------------------------------------------------------------------------- borrows

    def _borrow(self, ref: Ref) -> bool:
        match ref.kind:
            case BorrowKind.SHARED:
                return not self._cells(_base(ref.place))
            case BorrowKind.MUT | BorrowKind.TWO_PHASE:
                ty = self._types.place(ref.place)
                return isinstance(ty, ArrayType) and ty.length == 0
            case _:
                return False

    def _drops(self, local: Local) -> bool:
        return self._qualifies(local, self._answers.needs_drop, _drops_itself)

    def _cells(self, local: Local) -> bool:
        return self._qualifies(local, self._has_cell, is_cell)

    def _has_cell(self, ty: Type) -> bool:
        return has_cell(ty, self._answers.normalise)

    def _qualifies(self, local: Local, by_type: TypeTest, itself: AdtTest) -> bool:
        """Say whether the value of `local` has a quality, that its type alone may have.

        An `Option` that is None has none of the qualities of what it does not hold.
        """
        if not by_type(self._body.locals[local].type):
            return False
        made = self._found.made.get(local)
        if made is None:
            return True
        block = self._body.blocks[made.at.block]
        if made.at.index == len(block.statements):
            return True
        match self._set_by(local):
            case Aggregate(AdtType(definition), operands):
                if itself(definition):
                    return True
                return any(self._part(operand, by_type, itself) for operand in operands)
            case Ref(_, place) | RawPointer(place):
                return self._part(Copy(self._reborrowed(place)), by_type, itself)
            case rvalue:
                return any(self._part(operand, by_type, itself) for operand in operands_of(rvalue))

    def _part(self, operand: Operand, by_type: TypeTest, itself: AdtTest) -> bool:
        if not by_type(self._types.operand(operand)):
            return False
        if isinstance(operand, Copy | Move):
            if any(isinstance(one, Deref) for one in operand.place.projections):
                return True
            return self._qualifies(_base(operand.place), by_type, itself)
        return True
