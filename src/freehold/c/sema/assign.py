"""Conversion as if by assignment (C11 6.5.16.1): initialisation, arguments and return too."""

from freehold.c import tree
from freehold.c.ctype import Array, Integer, Quals, QualType, RecordType
from freehold.c.sema import fold
from freehold.c.sema.compat import compatible, compatible_types
from freehold.c.sema.context import Context
from freehold.c.sema.convert import convert
from freehold.c.sema.kinds import (
    element_quals,
    int_kind,
    is_arithmetic,
    is_bad,
    is_bool,
    is_function_pointer,
    is_integer,
    is_pointer,
    is_void,
    strip_array_quals,
    target_of,
    unqualified,
)
from freehold.c.sema.spell import spell
from freehold.diagnostics import Label
from freehold.diagnostics.codes import (
    C_WARNING,
    INT_CONVERSION,
    POINTER_CONVERSION,
    TYPE_MISMATCH,
)
from freehold.source import Span

_QUAL_NAMES = (
    (Quals.CONST, "const"),
    (Quals.VOLATILE, "volatile"),
    (Quals.RESTRICT, "restrict"),
    (Quals.ATOMIC, "_Atomic"),
)


def assign_convert(
    c: Context, value: tree.Expr, ty: QualType, at: Span, where: str, note: Label | None = None
) -> tree.Expr:
    """Convert `value` to the type `ty` of what it is assigned to, and say what is wrong with that.

    `where` names the occasion: "assignment", "argument 1 of `f`"; `note` points to the target.
    """
    ty = unqualified(ty)
    if value.type is ty or is_bad(value.type) or is_bad(ty):
        return value
    if is_arithmetic(ty) and is_arithmetic(value.type):
        _warn_of_overflow(c, value, ty, at)
        return convert(value, ty, at)
    if value.type == ty:
        return value
    labels = (note,) if note is not None else ()
    if is_pointer(ty):
        if fold.is_null_constant(value):
            return tree.IntValue(ty, value.span, 0)
        if is_pointer(value.type):
            _check_pointers(c, value, ty, at, where, labels)
            return convert(value, ty, at)
        if is_integer(value.type):
            what = f"`{spell(value.type)}` becomes `{spell(ty)}` in {where} without a cast"
            c.report.pedwarn(INT_CONVERSION, at, what, labels=labels)
            return convert(value, ty, at)
    elif is_pointer(value.type) and is_integer(ty):
        if not is_bool(ty):
            what = f"`{spell(value.type)}` becomes `{spell(ty)}` in {where} without a cast"
            c.report.pedwarn(INT_CONVERSION, at, what, labels=labels)
        return convert(value, ty, at)
    return _mismatch(c, value, ty, at, where, labels)


def _mismatch(
    c: Context,
    value: tree.Expr,
    ty: QualType,
    at: Span,
    where: str,
    labels: tuple[Label, ...],
) -> tree.Expr:
    if isinstance(ty.type, RecordType) and ty.type.transparent:
        wrapped = _transparent(ty, value, at)
        if wrapped is not None:
            return wrapped
    if is_void(value.type):
        what = "this expression is void: it has no value"
    else:
        what = f"expected `{spell(ty)}` in {where}, found `{spell(value.type)}`"
    c.report.error(TYPE_MISMATCH, at, what, value, labels=labels)
    return fold.bad(at)


def _transparent(ty: QualType, value: tree.Expr, at: Span) -> tree.Expr | None:
    """Return a transparent union made of `value`, if one of its members can hold it."""
    record = ty.type
    assert isinstance(record, RecordType)
    for index, member in enumerate(record.members or ()):
        if _fits_member(member.type, value):
            held = convert(value, unqualified(member.type), at)
            return union_value(ty, index, held, at)
    return None


def _fits_member(ty: QualType, value: tree.Expr) -> bool:
    if compatible_types(ty.type, value.type.type):
        return True
    if not is_pointer(ty):
        return False
    if fold.is_null_constant(value):
        return True
    if not is_pointer(value.type):
        return False
    a, b = target_of(ty), target_of(value.type)
    return is_void(a) or is_void(b) or compatible_types(a.type, b.type)


def union_value(ty: QualType, index: int, value: tree.Expr, at: Span) -> tree.Expr:
    """Return a union value whose member `index` is `value`, which has the member's type."""
    assert isinstance(ty.type, RecordType)
    variable = tree.Variable("", unqualified(ty), tree.Storage.AUTO, at)
    store = tree.InitStore((tree.InitStep(ty.type, index),), value)
    ref = tree.VariableRef(variable.type, at, variable)
    body = (tree.Declare(at, variable, tree.Initial(zero=False, stores=(store,))),)
    block = tree.Block(at, (variable,), body, at)
    return tree.BlockExpr(variable.type, at, block, tree.Load(variable.type, at, ref))


def _warn_of_overflow(c: Context, value: tree.Expr, ty: QualType, at: Span) -> None:
    if not isinstance(value, tree.IntValue) or not is_integer(ty) or is_bool(ty):
        return
    kind = int_kind(ty)
    low = -(1 << (kind.bits - 1))
    high = (1 << (kind.bits - kind.signed)) - 1
    if not low <= value.value <= high and kind.bits < int_kind(value.type).bits:
        what = f"conversion to `{spell(ty)}` changes the value of {value.value}"
        c.report.warn(C_WARNING, at, what)


def _check_pointers(
    c: Context,
    value: tree.Expr,
    ty: QualType,
    at: Span,
    where: str,
    labels: tuple[Label, ...],
) -> None:
    to, start = target_of(ty), target_of(value.type)
    if is_void(to) or is_void(start):
        if is_function_pointer(ty) or is_function_pointer(value.type):
            what = f"a function pointer meets `void *` in {where}: an extension"
            c.report.pedantic(POINTER_CONVERSION, at, what)
    elif not same_targets(to, start):
        if differ_in_sign(to, start):
            what = (
                f"`{spell(value.type)}` becomes `{spell(ty)}` in {where}: the targets' signs differ"
            )
            c.report.pedantic(POINTER_CONVERSION, at, what)
        else:
            what = f"`{spell(value.type)}` becomes `{spell(ty)}` in {where} without a cast"
            c.report.pedwarn(POINTER_CONVERSION, at, what, labels=labels)
            return
    lost = element_quals(start) & ~element_quals(to)
    if lost:
        names = ", ".join(f"`{name}`" for bit, name in _QUAL_NAMES if lost & bit)
        what = f"{where} drops {names} from what the pointer points to"
        c.report.pedwarn(POINTER_CONVERSION, at, what, labels=labels)
    elif isinstance(to.type, Array) and element_quals(to) != element_quals(start):
        what = "these pointers' arrays differ in their qualifiers"
        c.report.pedantic(POINTER_CONVERSION, at, what)


def same_targets(a: QualType, b: QualType) -> bool:
    """Tell whether two pointers' targets are compatible, but for their qualifiers."""
    if isinstance(a.type, Array) and isinstance(b.type, Array):
        return compatible(strip_array_quals(a), strip_array_quals(b))
    # _Atomic makes another type, not a qualified version of the same (6.2.5p27).
    atomic = (a.quals ^ b.quals) & Quals.ATOMIC
    return not atomic and compatible_types(a.type, b.type)


def differ_in_sign(a: QualType, b: QualType) -> bool:
    """Tell whether two pointer targets are the same but for the sign of an integer type."""
    left, right = a.type, b.type
    if not (isinstance(left, Integer) and isinstance(right, Integer)):
        return False
    return left.kind.rank == right.kind.rank > 0
