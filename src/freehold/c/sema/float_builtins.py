"""GCC's builtins for floating values: infinities, NaNs, classification, quiet comparison.

Classification is made of comparisons with limits of the format, so it needs no library.
"""

from collections.abc import Callable

from freehold.c import ast, tree
from freehold.c.ctype import Floating, QualType
from freehold.c.sema import fold, temporaries
from freehold.c.sema.assign import assign_convert
from freehold.c.sema.builtin_arguments import (
    Build,
    Handler,
    generic,
    name_of,
    occasion,
    refuse,
    typed,
)
from freehold.c.sema.calls import apply, builtin_function
from freehold.c.sema.context import Context
from freehold.c.sema.convert import arithmetic_operands, convert, rvalue
from freehold.c.sema.evaluate import Evaluator
from freehold.c.sema.floats import Real
from freehold.c.sema.kinds import (
    BAD,
    CHAR_POINTER,
    CONST_CHAR_POINTER,
    DOUBLE,
    FLOAT,
    FLOAT128,
    INT,
    LDOUBLE,
    LONG,
    SHORT,
    float_kind,
    is_real,
    pointer_to,
)
from freehold.c.sema.primary import designator
from freehold.diagnostics.codes import BAD_CALL
from freehold.mir.values import BinOp
from freehold.source import Span
from freehold.types import FloatKind

_FORMS = {"": DOUBLE, "f": FLOAT, "l": LDOUBLE, "f128": FLOAT128}
_SMALLEST_NORMAL = {
    FloatKind.F32: "0x1p-126",
    FloatKind.F64: "0x1p-1022",
    FloatKind.F80: "0x1p-16382",
    FloatKind.F128: "0x1p-16382",
}
# Where the sign is: the top bit of an integer at a byte offset; and how gcc says that it is set.
_SIGN = {
    FloatKind.F32: (INT, 0, -(1 << 31)),
    FloatKind.F64: (LONG, 0, 1),
    FloatKind.F80: (SHORT, 8, 512),
    FloatKind.F128: (LONG, 8, 1),
}


# -------------------------------------------------------------------------------------- constants


def _constant(text: str, ty: QualType) -> Handler:
    return typed((), lambda span, _: tree.FloatValue(ty, span, text))


def _nan(ty: QualType) -> Handler:
    """Its argument is a payload, which a constant does not keep."""

    def handle(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        if isinstance(given[0], tree.Decay) and isinstance(given[0].array, tree.StringRef):
            return tree.FloatValue(ty, node.span, "nan")
        library = builtin_function(c, name_of(node), node.span)
        if library is None:
            return refuse(c, node, 0, "is not a string literal")
        return apply(c, rvalue(c, designator(library, node.span)), given, node)

    return generic(1, handle, 1)


def _signalling_nan(ty: QualType) -> Handler:
    return typed((CONST_CHAR_POINTER,), lambda span, _: tree.FloatValue(ty, span, "nan"))


# ----------------------------------------------------------------------------------- comparisons


def _compare(op: BinOp, left: tree.Expr, right: tree.Expr) -> tree.Expr:
    return tree.Compare(INT, left.span, op, left, right)


def _either(left: tree.Expr, right: tree.Expr) -> tree.Expr:
    return tree.Logical(INT, left.span, False, left, right)  # noqa: FBT003  not an `&&`


def _both(left: tree.Expr, right: tree.Expr) -> tree.Expr:
    return tree.Logical(INT, left.span, True, left, right)  # noqa: FBT003  an `&&`


def _like(x: tree.Expr, text: str) -> tree.Expr:
    return tree.FloatValue(x.type, x.span, text)


def _is_nan(x: tree.Expr) -> tree.Expr:
    return _compare(BinOp.NE, x, x)


def _is_inf(x: tree.Expr) -> tree.Expr:
    if isinstance(x, tree.FloatValue):
        return _inf_sign(x)  # gcc's answer for constants
    positive = _compare(BinOp.EQ, x, _like(x, "inf"))
    return _either(positive, _compare(BinOp.EQ, x, _like(x, "-inf")))


def _inf_sign(x: tree.Expr) -> tree.Expr:
    positive = _compare(BinOp.EQ, x, _like(x, "inf"))
    negative = _compare(BinOp.EQ, x, _like(x, "-inf"))
    return tree.Arithmetic(INT, x.span, BinOp.SUB, positive, negative)


def _is_finite(x: tree.Expr) -> tree.Expr:
    return _both(_compare(BinOp.GT, x, _like(x, "-inf")), _compare(BinOp.LT, x, _like(x, "inf")))


def _is_normal(x: tree.Expr) -> tree.Expr:
    least = _SMALLEST_NORMAL[float_kind(x.type)]
    large = _either(
        _compare(BinOp.GE, x, _like(x, least)), _compare(BinOp.LE, x, _like(x, f"-{least}"))
    )
    return _both(large, _is_finite(x))


def _sign_bit(x: tree.Expr) -> tree.Expr:
    if isinstance(x, tree.FloatValue) and x.text != "nan":
        return fold.truth(x.text.startswith("-"), x.span)
    word, offset, answer = _SIGN[float_kind(x.type)]
    span = x.span
    variable, declare = temporaries.hold(x)
    start = convert(temporaries.address(variable, span), CHAR_POINTER, span)
    at = tree.PointerAdd(CHAR_POINTER, span, start, fold.int_value(offset, LONG, span))
    place = tree.Deref(word, span, convert(at, pointer_to(word), span))
    top = tree.Load(word, span, place)
    negative = _compare(BinOp.LT, top, fold.int_value(0, word, span))
    arms = fold.int_value(answer, INT, span), fold.int_value(0, INT, span)
    result = tree.Conditional(INT, span, negative, *arms)
    return temporaries.block([variable], [declare], result, span)


def _settled(result: tree.Expr, span: Span) -> tree.Expr:
    known = Evaluator().integer(result)
    return result if known is None else tree.IntValue(INT, span, known)


def _plain(x: tree.Expr) -> tree.Expr:
    """Return `x` as a constant if it is known, so that it need not be held."""
    known = Evaluator().value(x)
    return fold.float_value(known, x.type, x.span) if isinstance(known, Real) else x


# ------------------------------------------------------------------------------------- one operand

_Test = Callable[[tree.Expr], tree.Expr]


def _tested(test: _Test) -> Build:
    def build(span: Span, given: list[tree.Expr]) -> tree.Expr:
        if test is _sign_bit:
            return _sign_bit(_plain(given[0]))
        return _settled(temporaries.bind([_plain(given[0])], span, test), span)

    return build


def _any_format(test: _Test) -> Handler:
    build = _tested(test)

    def handle(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        if not isinstance(given[0].type.type, Floating):
            return refuse(c, node, 0, "is not a real floating value")
        return build(node.span, given)

    return generic(1, handle, 1)


def _classify(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    """`fpclassify(nan, infinite, normal, subnormal, zero, x)`."""
    if not isinstance(given[5].type.type, Floating):
        return refuse(c, node, 5, "is not a real floating value")
    classes = [
        assign_convert(c, each, INT, each.span, occasion(node, index))
        for index, each in enumerate(given[:5])
    ]
    if any(each.type is BAD for each in classes):
        return fold.bad(node.span)
    held = [*classes, _plain(given[5])]
    return _settled(temporaries.bind(held, node.span, _class_of), node.span)


def _class_of(
    nan: tree.Expr,
    infinite: tree.Expr,
    normal: tree.Expr,
    subnormal: tree.Expr,
    zero: tree.Expr,
    x: tree.Expr,
) -> tree.Expr:
    is_zero = _compare(BinOp.EQ, x, _like(x, "0x0p+0"))
    result = subnormal
    for test, answer in (
        (_is_normal(x), normal),
        (is_zero, zero),
        (_is_inf(x), infinite),
        (_is_nan(x), nan),
    ):
        result = tree.Conditional(INT, x.span, test, answer, result)
    return result


# ------------------------------------------------------------------------------------ two operands


def _ordered(op: BinOp) -> Callable[[tree.Expr, tree.Expr], tree.Expr]:
    return lambda x, y: _compare(op, x, y)


def _less_or_greater(x: tree.Expr, y: tree.Expr) -> tree.Expr:
    return _either(_compare(BinOp.LT, x, y), _compare(BinOp.GT, x, y))


def _unordered(x: tree.Expr, y: tree.Expr) -> tree.Expr:
    return _either(_is_nan(x), _is_nan(y))


def _pair(test: Callable[[tree.Expr, tree.Expr], tree.Expr]) -> Handler:
    def handle(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        x, y = given
        floating = isinstance(x.type.type, Floating) or isinstance(y.type.type, Floating)
        if not (floating and is_real(x.type) and is_real(y.type)):
            what = f"`{name_of(node)}` needs real floating arguments"
            c.report.error(BAD_CALL, node.span, what, x, y)
            return fold.bad(node.span)
        x, y, _ = arithmetic_operands(x, y)
        held = [_plain(x), _plain(y)]
        return _settled(temporaries.bind(held, node.span, test), node.span)

    return generic(2, handle, 2)


def _table() -> dict[str, Handler]:
    found: dict[str, Handler] = {}
    for suffix, ty in _FORMS.items():
        found["huge_val" + suffix] = found["inf" + suffix] = _constant("inf", ty)
        found["nan" + suffix] = _nan(ty)
        found["nans" + suffix] = _signalling_nan(ty)
        found["finite" + suffix] = typed((ty,), _tested(_is_finite))
        for name in _SUFFIXED:
            found[name + suffix] = typed((ty,), _tested(_TESTS[name]))
    for name, test in _TESTS.items():
        found[name] = _any_format(test)
    for name, relation in _RELATIONS.items():
        found[name] = _pair(relation)
    found["fpclassify"] = generic(6, _classify, 6)
    return {f"__builtin_{name}": handler for name, handler in found.items()}


_TESTS: dict[str, _Test] = {
    "isnan": _is_nan,
    "isinf": _is_inf,
    "isinf_sign": _inf_sign,
    "isfinite": _is_finite,
    "isnormal": _is_normal,
    "signbit": _sign_bit,
}
_SUFFIXED = ("isnan", "isinf", "signbit")
_RELATIONS = {
    "isgreater": _ordered(BinOp.GT),
    "isgreaterequal": _ordered(BinOp.GE),
    "isless": _ordered(BinOp.LT),
    "islessequal": _ordered(BinOp.LE),
    "islessgreater": _less_or_greater,
    "isunordered": _unordered,
}

FLOAT_BUILTINS = _table()
