"""`as`: what it may convert, checked once all types are known (Reference 8.2.4.9)."""

from enum import Enum

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.mir.values import CastKind
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.infer import has_error, try_unify
from freehold.rust.infer.unify import array_parts
from freehold.rust.typeck.calls import signature_of
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft, Expectation, Wish
from freehold.rust.typeck.writer import Writer
from freehold.types import (
    U8,
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    FloatType,
    IntType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    InferKind,
    InferType,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
)


def check_cast(cx: Checker, e: ast.Cast, _expected: Expectation) -> Draft:
    """Check `operand as type`."""
    written, target = cx.lower(e.type)
    known = cx.shallow(target)
    operand = cx.check(e.operand, Expectation(Wish.CASTABLE, known))
    cast = _Cast(e, operand, target)
    if not has_error(cx.resolve(operand.adjusted)) and not has_error(target):
        cx.deferred.append(lambda: _settle(cx, cast))

    def write(w: Writer) -> thir.Expr:
        node = w.expr(operand)
        ty = w.type(target, e.span)
        user = w.user(written, e.type.span)
        if cast.kind is None:
            return thir.Ascribed(node, user, ty, e.span)
        return thir.Cast(cast.kind, node, ty, e.span, user_type=user)

    return Draft(e.span, target, write)


@dataclass(slots=True, eq=False)
class _Cast:
    """A cast to be settled. `kind` stays None for what a coercion does."""

    e: ast.Cast
    operand: Draft
    target: Type
    kind: CastKind | None = None


class _Sort(Enum):
    """What a type is to a cast."""

    INT = "integer"
    CHAR = "char"
    BOOL = "bool"
    FLOAT = "float"
    ENUM = "enum"
    POINTER = "pointer"
    FUNCTION = "function pointer"
    OTHER = "other"


_SORTS: dict[type, _Sort] = {
    IntType: _Sort.INT,
    CharType: _Sort.CHAR,
    BoolType: _Sort.BOOL,
    FloatType: _Sort.FLOAT,
    PointerType: _Sort.POINTER,
    FnPtrType: _Sort.FUNCTION,
}
_VARIABLES = {InferKind.INT: _Sort.INT, InferKind.FLOAT: _Sort.FLOAT}


def _sort(ty: Type) -> _Sort:
    if isinstance(ty, InferType):
        return _VARIABLES.get(ty.kind, _Sort.OTHER)
    if isinstance(ty, AdtType) and _is_plain_enum(ty):
        return _Sort.ENUM
    return _SORTS.get(type(ty), _Sort.OTHER)


def _is_plain_enum(ty: AdtType) -> bool:
    definition = ty.definition
    if definition.kind is not AdtKind.ENUM or not definition.variants:
        return False
    return all(not variant.fields for variant in definition.variants)


def _settle(cx: Checker, cast: _Cast) -> None:
    source = cx.resolve(cx.known(cast.operand.adjusted, cast.operand.span))
    target = cx.resolve(cx.known(cast.target, cast.e.type.span))
    if has_error(source) or has_error(target):
        return
    if isinstance(target, SliceType | StrType | DynType):
        _unsized(cx, cast, source, target)
        return
    if cx.coerce(cast.operand, target) is None:
        return
    _convert(cx, cast, source, target)


# Each row: from, to, how. Pointers and what is left over are looked at apart.
_PLAIN: dict[tuple[_Sort, _Sort], CastKind] = {
    (_Sort.INT, _Sort.INT): CastKind.INT,
    (_Sort.CHAR, _Sort.INT): CastKind.INT,
    (_Sort.BOOL, _Sort.INT): CastKind.INT,
    (_Sort.ENUM, _Sort.INT): CastKind.INT,
    (_Sort.INT, _Sort.FLOAT): CastKind.INT_TO_FLOAT,
    (_Sort.FLOAT, _Sort.INT): CastKind.SATURATE,
    (_Sort.FLOAT, _Sort.FLOAT): CastKind.FLOAT,
    (_Sort.FUNCTION, _Sort.INT): CastKind.EXPOSE,
}


def _convert(cx: Checker, cast: _Cast, source: Type, target: Type) -> None:
    source = _decayed(cx, cast, source)
    left, right = _sort(source), _sort(target)
    kind = _PLAIN.get((left, right))
    if kind is not None:
        cast.kind = kind
        return
    if right is _Sort.CHAR:
        _to_char(cx, cast, source)
    elif right is _Sort.BOOL and left in (_Sort.INT, _Sort.FLOAT, _Sort.POINTER, _Sort.CHAR):
        _to_bool(cx, cast, source)
    elif right is _Sort.POINTER and isinstance(target, PointerType):
        _to_pointer(cx, cast, source, target)
    elif left is _Sort.POINTER and right is _Sort.INT and isinstance(source, PointerType):
        if _is_thin(cx, source.pointee):
            cast.kind = CastKind.EXPOSE
        else:
            _invalid(cx, cast, source, target)
    else:
        _refuse(cx, cast, source, target)


def _decayed(cx: Checker, cast: _Cast, source: Type) -> Type:
    """Make a function item or closure the pointer that it may be cast as."""
    if isinstance(source, FnDefType):
        signature = signature_of(cx, source, cast.operand.span)
        if signature is not None:
            pointer = FnPtrType(signature)
            if cx.coerce(cast.operand, pointer) is None:
                return pointer
    return source


def _to_char(cx: Checker, cast: _Cast, source: Type) -> None:
    if source == U8 or (isinstance(source, InferType) and cx.unify(U8, source) is None):
        cast.kind = CastKind.INT
        return
    if _sort(source) is _Sort.OTHER:
        _refuse(cx, cast, source, cast.target)
        return
    facts = {"type": cx.show(source)}
    cx.report(Diagnostic(codes.CAST_TO_CHAR, cast.e.span, facts, "invalid cast"))


def _to_bool(cx: Checker, cast: _Cast, source: Type) -> None:
    facts = {"type": cx.show(source)}
    help_ = ("compare with zero instead: `!= 0`",)
    cx.report(Diagnostic(codes.CAST_TO_BOOL, cast.e.span, facts, help=help_))


# ------------------------------------------------------------------------------------ to pointers


def _to_pointer(cx: Checker, cast: _Cast, source: Type, target: PointerType) -> None:
    match source:
        case PointerType():
            _between_pointers(cx, cast, source, target)
        case FnPtrType():
            if _is_thin(cx, target.pointee):
                cast.kind = CastKind.POINTER
            else:
                _invalid(cx, cast, source, target)
        case IntType() | InferType(_, InferKind.INT):
            if _is_thin(cx, target.pointee):
                cast.kind = CastKind.WITH_EXPOSED
            else:
                _integer_to_wide(cx, cast, source, target)
        case RefType():
            _from_reference(cx, cast, source, target)
        case AdtType() if _is_plain_enum(source):
            _invalid(cx, cast, source, target)
        case _ if _sort(source) is _Sort.OTHER:
            _refuse(cx, cast, source, target)
        case _:
            _invalid(cx, cast, source, target)


def _integer_to_wide(cx: Checker, cast: _Cast, source: Type, target: Type) -> None:
    what = f"cannot cast `{cx.show(source)}` to a pointer that is wide"
    cx.report(Diagnostic(codes.CAST_IS_INVALID, cast.e.span, {"what": what}))


def _from_reference(cx: Checker, cast: _Cast, source: RefType, target: PointerType) -> None:
    """Take `&[T; n]` as `*const T`; other references had to coerce."""
    pointee = cx.resolve(source.pointee)
    if isinstance(pointee, ArrayType | GenericArrayType):
        element = array_parts(pointee)[0]
        writes = target.kind is PointerKind.RAW_MUT
        if (source.mutable or not writes) and try_unify(cx.table, target.pointee, element) is None:
            array = PointerType(pointee, target.kind)
            if cx.coerce(cast.operand, array) is None:
                cast.kind = CastKind.POINTER
                return
    what = f"casting `{cx.show(source)}` as `{cx.show(target)}` is invalid"
    cx.report(Diagnostic(codes.CAST_IS_INVALID, cast.e.span, {"what": what}))


def _between_pointers(cx: Checker, cast: _Cast, source: PointerType, target: PointerType) -> None:
    left, right = _metadata(cx, source.pointee), _metadata(cx, target.pointee)
    if right is None or left is None:
        if right is None and isinstance(cx.shallow(target.pointee), InferType):
            facts = {"what": "to a pointer"}
            cx.report(Diagnostic(codes.UNKNOWN_CAST, cast.e.span, facts))
            return
        if right == "thin":
            cast.kind = CastKind.POINTER
            return
        if (
            left is None
            and right is None
            and cx.resolve(source.pointee) == cx.resolve(target.pointee)
        ):
            cast.kind = CastKind.POINTER
            return
        _invalid(cx, cast, source, target)
        return
    if right == "thin":
        cast.kind = CastKind.POINTER
    elif left == "thin":
        facts = {"source": cx.show(source), "target": cx.show(target)}
        cx.report(Diagnostic(codes.THIN_TO_WIDE_CAST, cast.e.span, facts))
    elif left == right:
        cast.kind = CastKind.POINTER
    else:
        _invalid(cx, cast, source, target)


def _metadata(cx: Checker, pointee: Type) -> str | None:
    """Return what a pointer to it has besides the address: "thin", "length", "vtable", or None."""
    ty = cx.resolve(pointee)
    while True:
        if isinstance(ty, AdtType) and ty.definition.kind is AdtKind.STRUCT:
            fields = ty.definition.fields
            if not fields or cx.is_sized(ty):
                return "thin"
            ty = cx.resolve(cx.field_type(ty, fields[-1], cx.frame.span))
        elif isinstance(ty, TupleType) and ty.elements:
            ty = ty.elements[-1]
        else:
            break
    match ty:
        case SliceType() | StrType():
            return "length"
        case DynType(trait, _, _, _, _, _):
            return f"vtable {'' if trait is None else trait.path}"
        case ParamType() | ProjectionType() | OpaqueType():
            return "thin" if cx.is_sized(ty) else f"that of {cx.show(ty)}"
        case InferType():
            return "thin" if cx.is_sized(ty) else None
        case _:
            return "thin"


def _is_thin(cx: Checker, pointee: Type) -> bool:
    return _metadata(cx, pointee) == "thin"


# ----------------------------------------------------------------------------------------- errors


def _invalid(cx: Checker, cast: _Cast, source: Type, target: Type) -> None:
    what = f"casting `{cx.show(source)}` as `{cx.show(target)}` is invalid"
    cx.report(Diagnostic(codes.CAST_IS_INVALID, cast.e.span, {"what": what}))


def _refuse(cx: Checker, cast: _Cast, source: Type, target: Type) -> None:
    pointee = cx.resolve(source.pointee) if isinstance(source, RefType) else None
    if pointee is not None and _sort(target) in (_Sort.INT, _Sort.FLOAT):
        numeric = _sort(pointee) in (_Sort.INT, _Sort.FLOAT)
        what = f"casting `{cx.show(source)}` as `{cx.show(target)}` is invalid"
        text = f"cannot cast `{cx.show(source)}` as `{cx.show(target)}`"
        labels = (Label(cast.operand.span, text),)
        help_ = ("dereference the expression",) if numeric else ()
        cx.report(
            Diagnostic(codes.CAST_IS_INVALID, cast.e.span, {"what": what}, "", labels, help=help_)
        )
        return
    plain = {_Sort.INT, _Sort.FLOAT, _Sort.CHAR, _Sort.BOOL}
    if _sort(source) in plain | {_Sort.POINTER} and _sort(target) in plain | {_Sort.POINTER}:
        _invalid(cx, cast, source, target)
        return
    facts = {"source": cx.show(source), "target": cx.show(target)}
    label = (
        "an `as` expression can only be used to convert between primitive types "
        "or to coerce to a specific trait object"
    )
    if isinstance(source, ClosureType) or _sort(target) is not _Sort.OTHER:
        label = "invalid cast"
    cx.report(Diagnostic(codes.BAD_CAST, cast.e.span, facts, label))


def _unsized(cx: Checker, cast: _Cast, source: Type, target: Type) -> None:
    facts = {"source": cx.show(source), "target": cx.show(target)}
    cx.report(Diagnostic(codes.CAST_TO_UNSIZED, cast.e.span, facts))
