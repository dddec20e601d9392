"""Values that are made in a place: calls, structs and variants, borrows."""

from freehold.mir.statements import Call, CallSource, Unreachable
from freehold.mir.values import Aggregate, BorrowKind, Move, Operand, Place, RawPointer, Ref
from freehold.rust import thir
from freehold.rust.build.builder import Access, Builder
from freehold.rust.build.inhabited import is_uninhabited
from freehold.rust.build.places import field
from freehold.rust.build.values import typed
from freehold.types import AdtKind, FunctionType, Type
from freehold.types.generic import AdtType


def call(b: Builder, to: Place, e: thir.Call) -> None:
    """Call a function: the function is evaluated first, then its arguments."""
    callee = b.operand(e.callee)
    through_trait = e.operator and len(e.arguments) == 2 and _is_packed(e, e.arguments[1])
    if through_trait:
        b.join(e.arguments[1])  # the tuple that the `Fn` traits take is not written
    arguments = tuple([_argument(b, argument) for argument in e.arguments])
    b.scopes.moved(arguments)
    after = b.graph.block()
    returns = not is_uninhabited(e.type, b.source.answers)
    written = not e.operator or through_trait
    source = b.call_sources.get(e, CallSource.WRITTEN if written else CallSource.OPERATOR)
    block = b.graph.end(
        Call(
            callee,
            FunctionType(tuple([argument.type for argument in e.arguments]), e.type),
            arguments,
            to,
            after if returns else None,
            e.span,
            b.scopes.source,
            None,
            e.method_span,
            source,
        )
    )
    b.scopes.may_unwind(block)
    b.graph.current = after


def _argument(b: Builder, e: thir.Expr) -> Operand:
    """Evaluate an argument. A value of unknown size, behind a Box, stays where it is."""
    if isinstance(e, thir.Deref) and not b.source.answers.is_sized(e.type):
        return Move(b.place(e))
    return b.operand(e, kept=True)


def _is_packed(e: thir.Call, argument: thir.Expr) -> bool:
    return isinstance(argument, thir.Tuple) and argument.span == e.span


def adt(b: Builder, to: Place, e: thir.Adt) -> None:
    """Make a struct, union or variant: fields as they are written, then what the base gives."""
    given = {index: b.operand(value, kept=True) for index, value in e.fields}
    count = len(e.definition.variants[e.variant].fields)
    variant = e.variant
    if e.definition.kind is AdtKind.UNION:
        variant = e.fields[0][0]
    operands = [given[index] for index in range(count) if index in given]
    if e.base is not None:
        base = b.place(e.base)
        operands = [given.get(index) or _from_base(b, base, index) for index in range(count)]
    made = Aggregate(_type(e), tuple(operands), variant)
    b.assign(to, made if e.user_type is None else typed(b, made, e.type, e.user_type), e.span)


def _type(e: thir.Adt) -> Type:
    assert isinstance(e.type, AdtType)
    return e.type


def _from_base(b: Builder, base: Place, index: int) -> Operand:
    place = field(base, index)
    return b.consume(place, b.type_of(place))


def borrow(b: Builder, to: Place, e: thir.Borrow) -> None:
    """Borrow a place."""
    place = b.place(e.place, Access(mutable=e.kind is not BorrowKind.SHARED))
    b.assign(to, Ref(e.kind, place), e.span)


def raw_borrow(b: Builder, to: Place, e: thir.RawBorrow) -> None:
    """Take the address of a place."""
    place = b.place(e.place, Access(mutable=e.mutable))
    b.assign(to, RawPointer(place, e.mutable), e.span)


def never(b: Builder, _to: Place, e: thir.Never) -> None:
    """Evaluate what does not end: nothing after it is reached."""
    b.temporary(e.operand, b.scopes.innermost)
    if not isinstance(e.operand, thir.Call):
        b.graph.end(Unreachable(e.span, b.scopes.source))
        b.graph.current = b.graph.block()
