"""Places: variables, captures, fields, what pointers point to, elements, statics."""

from freehold.mir.body import LocalDecl, LocalKind
from freehold.mir.statements import Ascribe, AssertKind, FakeReadCause
from freehold.mir.values import (
    Binary,
    BinOp,
    BorrowKind,
    Copy,
    Deref,
    Index,
    IntConst,
    Len,
    Local,
    Move,
    NamedConst,
    Operand,
    ParamConst,
    Place,
    Ref,
    Use,
)
from freehold.rust import thir
from freehold.rust.build.arithmetic import require
from freehold.rust.build.builder import Access, AsPlace, Builder
from freehold.rust.build.drops import DropKind
from freehold.rust.build.places import deref, field, project
from freehold.rust.items import Static
from freehold.source import Span
from freehold.types import BOOL, ArrayType, PointerKind, PointerType, SliceType, Type
from freehold.types.fold import parts, regions_of
from freehold.types.generic import (
    ERASED,
    STATIC,
    USIZE,
    CaptureKind,
    ClosureDef,
    ConstParam,
    ErasedRegion,
    GenericArrayType,
    ProjectionType,
    RefType,
    Variance,
    is_type,
)

SELF = Local(1)  # a closure's own value, or a reference to it


def variable(b: Builder, e: thir.Local, _access: Access) -> Place:
    """Return a variable: in a guard that may still fail, it is seen through a reference."""
    found = b.variables[e.variable]
    if any(e.variable in guard for guard in b.guards):
        assert found.in_guard is not None
        return deref(Place(found.in_guard))
    return Place(found.own)


def upvar(b: Builder, e: thir.Upvar, _access: Access) -> Place:
    """Return a captured place: through the closure, and the reference that it may hold."""
    closure = b.source.definition
    assert isinstance(closure, ClosureDef)
    place = Place(SELF)
    if isinstance(b.source.closure_self, RefType):
        place = deref(place)
    place = field(place, e.index)
    by_value = closure.captures[e.index].kind is CaptureKind.MOVE
    return place if by_value else deref(place)


def field_of(b: Builder, e: thir.Field, access: Access) -> Place:
    """Return a field."""
    return field(b.place(e.base, access), e.index)


def pointee(b: Builder, e: thir.Deref, access: Access) -> Place:
    """Return what a pointer points to."""
    return deref(b.place(e.base, access))


def static(b: Builder, e: thir.StaticItem, access: Access) -> Place:
    """Return a static, through its address."""
    address = b.add_local(
        LocalDecl(_address_type(e), LocalKind.TEMPORARY, e.span, mutable=access.mutable)
    )
    b.storage_live(address, e.span)
    lifetime = b.lifetime(e)
    if lifetime is not None:
        b.scopes.schedule(address, lifetime, DropKind.STORAGE)
    named = NamedConst(e.definition, (), b.locals[address].type, static=True)
    b.assign(Place(address), Use(named), e.span)
    return deref(Place(address))


def _address_type(e: thir.StaticItem) -> Type:
    if isinstance(e.definition, Static):
        if e.definition.mutable:
            return PointerType(e.type, PointerKind.RAW_MUT)
        if e.definition.foreign:
            return PointerType(e.type, PointerKind.RAW_CONST)
    return RefType(STATIC, e.type, mutable=False)


def ascribed(b: Builder, e: thir.Ascribed, access: Access) -> Place:
    """Return a value of which the type was written."""
    place = Place(b.temporary(e.operand, b.lifetime(e.operand), mutable=access.mutable))
    ascribe(b, place, e.user_type)
    return place


def ascribe(
    b: Builder,
    place: Place,
    user_type: thir.UserType,
    variance: Variance = Variance.INVARIANT,
) -> None:
    """Say that the type of `place` is the one that was written, if that has lifetimes."""
    if has_regions(user_type.type):
        source = b.scopes.source
        b.graph.push(Ascribe(place, user_type.type, user_type.span, source, variance))


def has_regions(ty: Type) -> bool:
    """Say whether `ty` says anything of lifetimes; a projection may."""
    return _has_projection(ty) or any(
        not isinstance(region, ErasedRegion) for region in regions_of(ty)
    )


def _has_projection(ty: Type) -> bool:
    return isinstance(ty, ProjectionType) or any(
        is_type(part) and _has_projection(part) for part in parts(ty)
    )


# ---------------------------------------------------------------------------------------- elements


def element(b: Builder, e: thir.Index, access: Access) -> Place:
    """Return an element: the base, then the index, then the bounds check."""
    fakes: list[Local] = [] if access.fakes is None else access.fakes
    base = b.place(e.base, Access(access.mutable, fakes))
    index = b.temporary(e.index, b.lifetime(e), mutable=False)
    _check_bounds(b, base, index, e.span)
    if access.fakes is None:
        for local in fakes:
            b.fake_read(FakeReadCause.INDEX, Place(local), e.span)
    else:
        _borrow_bases(b, base, fakes, e.span)
    return project(base, Index(index))


def _check_bounds(b: Builder, base: Place, index: Local, span: Span) -> None:
    length = _length(b, base, span)
    inside = b.scratch(BOOL, span)
    at = Copy(Place(index))
    compared = Copy(length.place) if isinstance(length, Move) else length
    b.assign(inside, Binary(BinOp.LT, at, compared), span)
    what = AssertKind.BOUNDS, (length, at), None
    require(b, inside, what, span, expected=True)


def _length(b: Builder, base: Place, span: Span) -> Operand:
    """Return the number of elements; that of an array is known, but the array must be there."""
    match b.type_of(base):
        case ArrayType(length=int(length)):
            b.fake_read(FakeReadCause.INDEX, base, span)
            return IntConst(length, USIZE)
        case GenericArrayType(length=ConstParam() as length):
            b.fake_read(FakeReadCause.INDEX, base, span)
            return ParamConst(length, USIZE)
        case _:
            held = b.scratch(USIZE, span)
            b.assign(held, Len(base), span)
            return Move(held)


def _borrow_bases(b: Builder, base: Place, fakes: list[Local], span: Span) -> None:
    """Borrow the references that `base` goes through: the next index must not change them."""
    if not isinstance(b.type_of(base), SliceType):
        return
    for count in range(len(base.projections) - 1, -1, -1):
        prefix = Place(base.base, base.projections[:count])
        projection = base.projections[count]
        if isinstance(projection, Deref):
            ty = RefType(ERASED, b.type_of(prefix), mutable=False)
            local = b.add_local(LocalDecl(ty, LocalKind.TEMPORARY, span))
            b.assign(Place(local), Ref(BorrowKind.FAKE, prefix), span)
            fakes.append(local)
        elif isinstance(projection, Index) and isinstance(b.type_of(prefix), SliceType):
            return


PLACES: dict[type, AsPlace] = {
    thir.Local: variable,
    thir.Upvar: upvar,
    thir.Field: field_of,
    thir.Deref: pointee,
    thir.Index: element,
    thir.StaticItem: static,
    thir.Ascribed: ascribed,
}
