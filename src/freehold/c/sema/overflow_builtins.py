"""GCC's arithmetic that tells whether its result fits: generic, typed, and `_p` forms."""

from freehold.c import ast, tree
from freehold.c.ctype import EnumType, Quals, QualType
from freehold.c.sema import fold, temporaries
from freehold.c.sema.builtin_arguments import Build, Handler, after, generic, refuse, typed
from freehold.c.sema.context import Context
from freehold.c.sema.convert import bit_width
from freehold.c.sema.kinds import (
    BOOL,
    INT,
    LLONG,
    LONG,
    UINT,
    ULLONG,
    ULONG,
    int_kind,
    is_bool,
    is_integer,
    is_pointer,
    pointer_to,
    target_of,
)
from freehold.mir.statements import Intrinsic
from freehold.mir.values import BinOp

_OPERATIONS = {
    "add": (Intrinsic.ADD_OVERFLOW, BinOp.ADD),
    "sub": (Intrinsic.SUB_OVERFLOW, BinOp.SUB),
    "mul": (Intrinsic.MUL_OVERFLOW, BinOp.MUL),
}
_TYPED = {"s": INT, "sl": LONG, "sll": LLONG, "u": UINT, "ul": ULONG, "ull": ULLONG}


def _stored(which: Intrinsic) -> Build:
    """`(a, b, pointer)`: store the result, and return whether it did not fit."""
    return lambda span, given: tree.IntrinsicCall(BOOL, span, which, tuple(given))


def _generic(which: Intrinsic) -> Handler:
    def handle(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        for index in range(2):
            if not is_integer(given[index].type):
                return refuse(c, node, index, "is not an integer")
        if not is_pointer(given[2].type):
            return refuse(c, node, 2, "is not a pointer to an integer")
        target = target_of(given[2].type)
        if not _holds_result(target):
            return refuse(c, node, 2, "is not a pointer to an integer")
        if target.quals & Quals.CONST:
            return refuse(c, node, 2, "points to a const integer")
        return _stored(which)(node.span, given)

    return generic(3, handle, 3)


def _holds_result(ty: QualType) -> bool:
    return is_integer(ty) and not is_bool(ty) and not isinstance(ty.type, EnumType)


def _predicate(which: Intrinsic, op: BinOp) -> Handler:
    """`(a, b, like)`: whether the result would not fit in the type of `like`."""

    def handle(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        for index, each in enumerate(given):
            fits = _holds_result(each.type) if index == 2 else is_integer(each.type)
            if not fits:
                return refuse(c, node, index, "is not an integer")
        left, right, like = given
        if bit_width(like) is not None:
            c.report.unsupported(like.span, "an overflow test for the width of a bit-field")
            return fold.bad(node.span)
        known = _known(op, left, right, like.type)
        if known is not None:
            return after([like], tree.IntValue(BOOL, node.span, int(known)))
        variable = tree.Variable("", QualType(like.type.type), tree.Storage.AUTO, node.span)
        pointer = temporaries.address(variable, node.span)
        result = tree.IntrinsicCall(BOOL, node.span, which, (left, right, pointer))
        declare = tree.Declare(node.span, variable, None)
        return after([like], temporaries.block([variable], [declare], result, node.span))

    return generic(3, handle, 3)


def _known(op: BinOp, left: tree.Expr, right: tree.Expr, ty: QualType) -> bool | None:
    """Return whether the result of constants does not fit in `ty`."""
    if not isinstance(left, tree.IntValue) or not isinstance(right, tree.IntValue):
        return None
    kind = int_kind(ty)
    exact = fold.compute(op, left.value, right.value, kind)
    return None if exact is None else not fold.fits(exact, kind)


def _table() -> dict[str, Handler]:
    found: dict[str, Handler] = {}
    for name, (which, op) in _OPERATIONS.items():
        found[f"__builtin_{name}_overflow"] = _generic(which)
        found[f"__builtin_{name}_overflow_p"] = _predicate(which, op)
        for letters, ty in _TYPED.items():
            parameters = (ty, ty, pointer_to(ty))
            full = f"__builtin_{letters[0]}{name}{letters[1:]}_overflow"
            found[full] = typed(parameters, _stored(which))
    return found


OVERFLOW_BUILTINS = _table()
