"""The types of places, operands and rvalues: functions of a body and the program's globals.

`Typer` is for a pass over one body; the functions beside it are for single questions.
"""

from typing import assert_never

from freehold.mir.body import (
    Aggregate,
    Binary,
    BinOp,
    Body,
    BorrowKind,
    Cast,
    ConstantIndex,
    Copy,
    Deref,
    Discriminant,
    Downcast,
    FieldOf,
    Index,
    Len,
    LocalDecl,
    Move,
    Operand,
    Place,
    Program,
    Projection,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Subslice,
    Unary,
    Use,
)
from freehold.types import (
    BOOL,
    I64,
    U64,
    Adt,
    AdtKind,
    ArrayType,
    ComplexType,
    FloatType,
    FunctionType,
    PointerKind,
    PointerType,
    SliceType,
    TupleType,
    Type,
    Variant,
    VoidType,
    size_of,
)

COMPARISONS = frozenset({BinOp.EQ, BinOp.NE, BinOp.LT, BinOp.LE, BinOp.GT, BinOp.GE})
SHIFTS = frozenset({BinOp.SHL, BinOp.SHR})
THIN_KINDS = frozenset({PointerKind.C, PointerKind.RAW_CONST, PointerKind.RAW_MUT})


class ProjectionError(Exception):
    """A projection does not apply to the type that it is applied to: an error in our own MIR."""


def project(base: Type | Variant, projection: Projection) -> Type | Variant:
    """Return the type of one `projection` of a place of type `base` (a Variant after Downcast)."""
    match projection:
        case Deref():
            if isinstance(base, PointerType):
                return base.pointee
        case FieldOf(index):
            fields = _field_types(base)
            if 0 <= index < len(fields):
                return fields[index]
        case Index() | ConstantIndex():
            if isinstance(base, (ArrayType, SliceType)):
                return base.element
        case Subslice(start, end, from_end):
            return _subslice(base, start, end, from_end=from_end)
        case Downcast(variant):
            if isinstance(base, Adt) and base.kind is AdtKind.ENUM:
                return base.variants[variant]
        case _:
            assert_never(projection)
    raise ProjectionError(f"{projection} of {base}")


def _field_of(adt: Adt, index: int) -> Type:
    try:
        return adt.variants[0].fields[index].type
    except IndexError:
        raise ProjectionError(f"field {index} of {adt.kind.value} {adt.name}") from None


def _field_types(base: Type | Variant) -> tuple[Type, ...]:
    match base:
        case Adt() | Variant():
            return tuple(member.type for member in base.fields)
        case TupleType(elements):
            return elements
        case ComplexType(kind):
            return (FloatType(kind), FloatType(kind))
        case _:
            return ()


def _subslice(base: Type | Variant, start: int, end: int, *, from_end: bool) -> Type:
    match base:
        case SliceType():
            return base
        case ArrayType(element, int(length)):
            return ArrayType(element, (length - end if from_end else end) - start)
        case _:
            raise ProjectionError(f"Subslice of {base}")


class Typer:
    """Answers what types the places, operands and rvalues of one body have."""

    __slots__ = ("_globals", "_locals")

    def __init__(self, body: Body, program: Program) -> None:
        self._locals: list[LocalDecl] = body.locals
        self._globals = program.globals

    def place(self, place: Place) -> Type:
        """Return the type of the object at `place`."""
        base = place.base
        here: Type | Variant
        here = self._locals[base].type if isinstance(base, int) else self._globals[base].type
        for projection in place.projections:
            # The three that C programs are made of, before the general question.
            if type(projection) is FieldOf and type(here) is Adt:
                here = _field_of(here, projection.index)
            elif type(projection) is Deref and type(here) is PointerType:
                here = here.pointee
            else:
                here = project(here, projection)
        if isinstance(here, Variant):
            raise ProjectionError(f"{place} is a variant without a field")
        return here

    def operand(self, operand: Operand) -> Type:
        """Return the type of the value of `operand`."""
        if isinstance(operand, (Copy, Move)):
            return self.place(operand.place)
        return operand.type

    def rvalue(self, rvalue: Rvalue) -> Type:
        """Return the type of the value of `rvalue`; a RawPointer is said to be a C pointer."""
        match rvalue:
            case Use(operand) | Unary(operand=operand):
                return self.operand(operand)
            case Binary(op, left, _):
                return self._binary(op, left)
            case Cast(_, _, type_) | Aggregate(type_):
                return type_
            case RawPointer(place):
                return PointerType(self.place(place))
            case Ref(kind, place):
                shared = kind is BorrowKind.SHARED
                reference = PointerKind.REF if shared else PointerKind.REF_MUT
                return PointerType(self.place(place), reference)
            case Repeat(operand, length):
                return ArrayType(self.operand(operand), length)
            case Len():
                return U64
            case Discriminant():
                return I64
            case _:
                assert_never(rvalue)

    def _binary(self, op: BinOp, left: Operand) -> Type:
        if op in COMPARISONS:
            return BOOL
        if op is BinOp.PTR_DIFF:
            return I64
        return self.operand(left)


def place_type(body: Body, program: Program, place: Place) -> Type:
    """Return the type of the object at `place` in `body`."""
    return Typer(body, program).place(place)


def operand_type(body: Body, program: Program, operand: Operand) -> Type:
    """Return the type of the value of `operand` in `body`."""
    return Typer(body, program).operand(operand)


def rvalue_type(body: Body, program: Program, rvalue: Rvalue) -> Type:
    """Return the type of the value of `rvalue` in `body`."""
    return Typer(body, program).rvalue(rvalue)


def is_thin_pointer(ty: Type) -> bool:
    """Say whether `ty` is a one-word pointer without a borrow: C's, or Rust's raw ones."""
    return (
        isinstance(ty, PointerType)
        and ty.kind in THIN_KINDS
        and not isinstance(ty.pointee, SliceType)
    )


def agree(left: Type, right: Type) -> bool:
    """Say whether a value of one type may be assigned to a place of the other without a Cast.

    C's compatible types differ in detail (`int (*)()` and `int (*)(int)`), and one struct declared
    in two files is two Adts: so thin pointers agree whatever they point to, incomplete arrays agree
    with complete ones, and Adts of one kind, tag and size agree.
    """
    if left is right or left == right:
        return True
    match left, right:
        case PointerType(), PointerType():
            return is_thin_pointer(left) and is_thin_pointer(right)
        case ArrayType(a, n), ArrayType(b, m):
            return (n is None or m is None or n == m) and agree(a, b)
        case Adt(), Adt():
            same = left.kind is right.kind and left.name == right.name
            return same and size_of(left) == size_of(right)
        case FunctionType(), FunctionType():
            return agree(left.result, right.result)
        case _:
            return False


def is_void(ty: Type) -> bool:
    """Say whether a value of `ty` holds nothing."""
    return isinstance(ty, VoidType) or ty == TupleType(())
