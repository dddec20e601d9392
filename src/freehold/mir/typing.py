"""The types of places, operands and rvalues: functions of a body and the program's globals.

`Typer` is for a pass over one body; the functions beside it are for single questions.
"""

from collections.abc import Callable
from typing import assert_never

from freehold.mir.body import Body, LocalDecl, Program
from freehold.mir.values import (
    Aggregate,
    Binary,
    BinOp,
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
    Move,
    Operand,
    Overflow,
    Place,
    Projection,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Subslice,
    Unary,
    UnOp,
    Use,
)
from freehold.records import dataclass
from freehold.types import (
    BOOL,
    I64,
    U64,
    Adt,
    AdtKind,
    ArrayType,
    ComplexType,
    DynamicType,
    FloatType,
    FunctionType,
    NeverType,
    PointerKind,
    PointerType,
    SliceType,
    TupleType,
    Type,
    Variant,
    VoidType,
    size_of,
    unsized_tail,
)
from freehold.types.fold import substitute
from freehold.types.generic import (
    ERASED,
    ISIZE,
    USIZE,
    AdtType,
    ClosureType,
    ConstParam,
    GenericArg,
    GenericArrayType,
    RefType,
    VariantDef,
    array_of,
    type_argument,
)

COMPARISONS = frozenset({BinOp.EQ, BinOp.NE, BinOp.LT, BinOp.LE, BinOp.GT, BinOp.GE})
SHIFTS = frozenset({BinOp.SHL, BinOp.SHR})


class ProjectionError(Exception):
    """A projection does not apply to the type that it is applied to: an error in our own MIR."""


BOX = "owned_box"  # the lang item that `Deref` goes through too


@dataclass(frozen=True, slots=True)
class VariantType:
    """What a `Downcast` of an `AdtType` has: one variant's fields."""

    variant: VariantDef
    arguments: tuple[GenericArg, ...]


Projected = Type | Variant | VariantType


def is_box(ty: Projected) -> bool:
    """Say whether `ty` is Rust's `Box`."""
    return isinstance(ty, AdtType) and ty.definition.lang == BOX


def project(base: Projected, projection: Projection) -> Projected:
    """Return the type of one `projection` of a place of type `base` (its variant after Downcast).

    A field whose type has a projection (`T::Item`) is not normalised.
    """
    match projection:
        case Deref():
            return _pointee(base)
        case FieldOf(index):
            fields = field_types(base)
            if 0 <= index < len(fields):
                return fields[index]
        case Index() | ConstantIndex():
            if isinstance(base, (ArrayType, SliceType, GenericArrayType)):
                return base.element
        case Subslice(start, end, from_end):
            return _subslice(base, start, end, from_end=from_end)
        case Downcast(variant):
            if isinstance(base, Adt) and base.kind is AdtKind.ENUM:
                return base.variants[variant]
            if isinstance(base, AdtType) and variant < len(base.definition.variants):
                return VariantType(base.definition.variants[variant], base.arguments)
        case _:
            assert_never(projection)
    raise ProjectionError(f"{projection} of {base}")


def _field_of(adt: Adt, index: int) -> Type:
    try:
        return adt.variants[0].fields[index].type
    except IndexError:
        raise ProjectionError(f"field {index} of {adt.kind.value} {adt.name}") from None


def _pointee(base: Projected) -> Type:
    if isinstance(base, (PointerType, RefType)):
        return base.pointee
    if isinstance(base, AdtType) and is_box(base):
        return type_argument(base.arguments, 0)
    raise ProjectionError(f"pointee of {base}")


def field_types(base: Projected) -> tuple[Type, ...]:
    """Return the types of the fields of a struct, union, variant, tuple or closure."""
    match base:
        case AdtType(definition, arguments):
            return tuple(substitute(member.type, arguments) for member in definition.fields)
        case VariantType(variant, arguments):
            return tuple(substitute(member.type, arguments) for member in variant.fields)
        case ClosureType(closure, arguments):
            return tuple(substitute(capture.type, arguments) for capture in closure.captures)
        case Adt() | Variant():
            return tuple(member.type for member in base.fields)
        case TupleType(elements):
            return elements
        case ComplexType(kind):
            return (FloatType(kind), FloatType(kind))
        case _:
            return ()


def _subslice(base: Projected, start: int, end: int, *, from_end: bool) -> Type:
    match base:
        case SliceType():
            return base
        case ArrayType(element, int(length)):
            return ArrayType(element, (length - end if from_end else end) - start)
        case _:
            raise ProjectionError(f"Subslice of {base}")


class Typer:
    """Answers what types the places, operands and rvalues of one body have."""

    __slots__ = ("_generic", "_globals", "_locals", "_normalise")

    def __init__(self, body: Body, program: Program) -> None:
        self._locals: list[LocalDecl] = body.locals
        self._globals = program.globals
        self._generic = body.generic is not None
        self._normalise: Callable[[Type], Type] | None = None
        if body.generic is not None:
            self._normalise = body.generic.answers.normalise

    def place(self, place: Place) -> Type:
        """Return the type of the object at `place`."""
        base = place.base
        here: Projected
        here = self._locals[base].type if isinstance(base, int) else self._globals[base].type
        for projection in place.projections:
            # The three that C programs are made of, before the general question.
            if type(projection) is FieldOf and type(here) is Adt:
                here = _field_of(here, projection.index)
            elif type(projection) is Deref and type(here) is PointerType:
                here = here.pointee
            else:
                here = self.step(here, projection)
        if isinstance(here, (Variant, VariantType)):
            raise ProjectionError(f"{place} is a variant without a field")
        return here

    def step(self, here: Projected, projection: Projection) -> Projected:
        """Return the type of one projection of a place of type `here`, normalised."""
        after = project(here, projection)
        if self._normalise is None or isinstance(after, (Variant, VariantType)):
            return after
        return self._normalise(after)

    def operand(self, operand: Operand) -> Type:
        """Return the type of the value of `operand`."""
        if isinstance(operand, (Copy, Move)):
            return self.place(operand.place)
        return operand.type

    def rvalue(self, rvalue: Rvalue) -> Type:  # noqa: PLR0911 (a case a line)
        """Return the type of the value of `rvalue`; a RawPointer is said to be a C pointer."""
        match rvalue:
            case Unary(UnOp.METADATA):
                return U64
            case Use(operand) | Unary(operand=operand):
                return self.operand(operand)
            case Binary(op, left, _, overflow):
                ty = self._binary(op, left)
                return TupleType((ty, BOOL)) if overflow is Overflow.CHECKED else ty
            case Cast(_, _, type_) | Aggregate(type_):
                return type_
            case RawPointer(place, mutable):
                return PointerType(self.place(place), self._raw_kind(mutable=mutable))
            case Ref(kind, place):
                shared = kind in (BorrowKind.SHARED, BorrowKind.FAKE)
                if self._generic:
                    return RefType(ERASED, self.place(place), mutable=not shared)
                reference = PointerKind.REF if shared else PointerKind.REF_MUT
                return PointerType(self.place(place), reference)
            case Repeat(operand, length):
                return _array(self.operand(operand), length)
            case Len():
                return USIZE if self._generic else U64
            case Discriminant():
                return ISIZE if self._generic else I64
            case _:
                assert_never(rvalue)

    def _raw_kind(self, *, mutable: bool) -> PointerKind:
        if not self._generic:
            return PointerKind.C
        return PointerKind.RAW_MUT if mutable else PointerKind.RAW_CONST

    def _binary(self, op: BinOp, left: Operand) -> Type:
        if op in COMPARISONS:
            return BOOL
        if op is BinOp.PTR_DIFF:
            return I64
        return self.operand(left)


def _array(element: Type, length: int | ConstParam) -> Type:
    if isinstance(length, ConstParam):
        return array_of(element, length)
    return ArrayType(element, length)


def place_type(body: Body, program: Program, place: Place) -> Type:
    """Return the type of the object at `place` in `body`."""
    return Typer(body, program).place(place)


def operand_type(body: Body, program: Program, operand: Operand) -> Type:
    """Return the type of the value of `operand` in `body`."""
    return Typer(body, program).operand(operand)


def agree(left: Type, right: Type) -> bool:
    """Say whether a value of one type may be assigned to a place of the other without a Cast.

    C's compatible types differ in detail (`int (*)()` and `int (*)(int)`), and one struct declared
    in two files is two Adts: so pointers agree whatever they point to and promise, as long as both
    are thin, or wide with the same metadata; incomplete arrays agree with complete ones, and Adts
    of one kind, tag and size agree.
    """
    if left is right or left == right:
        return True
    match left, right:
        case PointerType(), PointerType():
            return _metadata(left) is _metadata(right)
        case ArrayType(a, n), ArrayType(b, m):
            return (n is None or m is None or n == m) and agree(a, b)
        case Adt(), Adt():
            same = left.kind is right.kind and left.name == right.name
            return same and size_of(left) == size_of(right)
        case FunctionType(), FunctionType():
            return agree(left.result, right.result)
        case _:
            return False


def _metadata(ty: PointerType) -> type | None:
    tail = unsized_tail(ty.pointee)
    return None if tail is None else DynamicType if isinstance(tail, DynamicType) else SliceType


def is_void(ty: Type) -> bool:
    """Say whether a value of `ty` holds nothing."""
    return isinstance(ty, (VoidType, NeverType)) or ty == TupleType(())
