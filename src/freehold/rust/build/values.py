"""Values that are made in one step from operands."""

from freehold.mir.body import LocalDecl, LocalKind
from freehold.mir.statements import Drop
from freehold.mir.values import (
    Aggregate,
    BorrowKind,
    Cast,
    CastKind,
    Discriminant,
    FieldOf,
    ItemConst,
    Move,
    Operand,
    Place,
    Ref,
    Repeat,
    Rvalue,
    Use,
)
from freehold.rust import thir
from freehold.rust.build.access import PLACES, SELF, ascribe, has_regions
from freehold.rust.build.arithmetic import assign_op, binary, unary
from freehold.rust.build.builder import AsRvalue, AsStatement, Builder
from freehold.rust.build.drops import DropKind
from freehold.rust.build.places import local_of
from freehold.rust.build.scopes import Region
from freehold.types import UNIT, Type
from freehold.types.generic import ISIZE, AdtType, ClosureDef, ConstParam, ConstValue


def cast(b: Builder, e: thir.Cast, lifetime: Region | None) -> Rvalue:
    """Convert a value; an enum by its discriminant."""
    if e.kind is CastKind.INT and isinstance(e.operand.type, AdtType):
        enum = b.temporary(e.operand, lifetime, mutable=False)
        place = b.scratch(ISIZE, e.operand.span)
        b.assign(place, Discriminant(Place(enum)), e.span)
        operand: Operand = Move(place)
    else:
        operand = b.operand(e.operand, lifetime)
    made = Cast(e.kind, operand, e.type)
    return made if e.user_type is None else typed(b, made, e.type, e.user_type)


def typed(b: Builder, rvalue: Rvalue, ty: Type, user_type: thir.UserType) -> Rvalue:
    """Return `rvalue` by way of a temporary whose type was written, if it has lifetimes."""
    if not has_regions(user_type.type):
        return rvalue
    place = b.scratch(ty, user_type.span)
    b.assign(place, rvalue, user_type.span)
    ascribe(b, place, user_type)
    return Use(Move(place))


def tuple_(b: Builder, e: thir.Tuple, lifetime: Region | None) -> Rvalue:
    """Make a tuple."""
    if not e.elements and e.type == UNIT:
        return Use(ItemConst(UNIT))
    return Aggregate(e.type, _operands(b, e.elements, lifetime))


def array(b: Builder, e: thir.Array, lifetime: Region | None) -> Rvalue:
    """Make an array."""
    return Aggregate(e.type, _operands(b, e.elements, lifetime))


def _operands(
    b: Builder, elements: tuple[thir.Expr, ...], lifetime: Region | None
) -> tuple[Operand, ...]:
    return tuple([b.operand(element, lifetime, kept=True) for element in elements])


def repeat(b: Builder, e: thir.Repeat, lifetime: Region | None) -> Rvalue:
    """Make an array of copies; of none, the element is dropped at once."""
    length = e.length
    if isinstance(length, ConstValue) and length.value == 0:
        _drop_element(b, e, lifetime)
        return Aggregate(e.type, ())
    operand = b.operand(e.element, lifetime)
    if isinstance(length, ConstParam):
        return Repeat(operand, length)
    assert isinstance(length, ConstValue)
    return Repeat(operand, length.value)


def _drop_element(b: Builder, e: thir.Repeat, lifetime: Region | None) -> None:
    if type(e.element) in b.handlers.constants:
        return  # a constant that is not used does not exist
    operand = b.operand(e.element, lifetime)
    if isinstance(operand, Move):
        after = b.graph.block()
        b.scopes.may_unwind(b.graph.end(Drop(operand.place, after, e.span, b.scopes.source)))
        b.graph.current = after
    b.scopes.moved((operand,))


# ---------------------------------------------------------------------------------------- closures


def closure(b: Builder, e: thir.Closure, lifetime: Region | None) -> Rvalue:
    """Make a closure of what it captures."""
    operands = tuple([_capture(b, captured, lifetime) for captured in e.captures])
    return Aggregate(e.type, operands)


def _capture(b: Builder, e: thir.Expr, lifetime: Region | None) -> Operand:
    if type(e) in PLACES:
        return b.consume(b.place(e), e.type)
    if isinstance(e, thir.Borrow) and e.kind in (BorrowKind.MUT, BorrowKind.UNIQUE):
        return _mutable_capture(b, e, lifetime)
    return b.operand(e, lifetime, kept=True)


def _mutable_capture(b: Builder, e: thir.Borrow, lifetime: Region | None) -> Operand:
    """Borrow for writing what need not be declared `mut` itself, a mutable reference, say."""
    local = b.add_local(LocalDecl(e.type, LocalKind.TEMPORARY, e.span))
    b.storage_live(local, e.span)
    place = b.place(e.place)
    unique = e.kind is BorrowKind.UNIQUE or not _is_mutable(b, place)
    kind = BorrowKind.UNIQUE if unique else BorrowKind.MUT
    b.assign(Place(local), Ref(kind, place), e.span)
    if lifetime is not None:
        b.scopes.schedule(local, lifetime, DropKind.STORAGE)
    return Move(Place(local))


def _is_mutable(b: Builder, place: Place) -> bool:
    """Say whether the variable is declared `mut`, or so is what a closure holds of it."""
    within = b.source.definition
    if isinstance(within, ClosureDef) and place.base == SELF:
        fields = (each.index for each in place.projections if isinstance(each, FieldOf))
        return within.captures[next(fields)].mutable
    return b.locals[local_of(place)].mutable


# ------------------------------------------------------------------------------------- assignments


def assign(b: Builder, e: thir.Assign) -> None:
    """Evaluate `place = value`: the value first; what was in the place is dropped."""
    value = b.rvalue(e.value)
    place = b.place(e.place)
    if b.needs_drop(e.place.type):
        _replace(b, place, value, e)
    else:
        b.assign(place, value, e.span)


def _replace(b: Builder, place: Place, value: Rvalue, e: thir.Assign) -> None:
    span, source = e.place.span, b.scopes.source
    after, unwound = b.graph.block(), b.graph.block()
    b.assign_in(after, place, value, span)
    b.assign_in(unwound, place, value, span)
    drop = Drop(place, after, span, source, unwound, replace=True)
    b.scopes.may_unwind(b.graph.end(drop))
    b.graph.current = after


def done(b: Builder, e: thir.Assign | thir.AssignOp, _lifetime: Region | None) -> Rvalue:
    """Evaluate an assignment where a value is wanted: ()."""
    b.handlers.statements[type(e)](b, e)
    return Use(ItemConst(UNIT))


RVALUES: dict[type, AsRvalue] = {
    thir.Binary: binary,
    thir.Unary: unary,
    thir.Cast: cast,
    thir.Tuple: tuple_,
    thir.Array: array,
    thir.Repeat: repeat,
    thir.Closure: closure,
    thir.Assign: done,
    thir.AssignOp: done,
}
ASSIGNMENTS: dict[type, AsStatement] = {thir.Assign: assign, thir.AssignOp: assign_op}
