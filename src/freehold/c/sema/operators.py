"""Binary operators on values that have been analysed already (C11 6.5.5 to 6.5.14)."""

from collections.abc import Callable

from freehold.c import ast, tree
from freehold.c.ctype import Array, QualType, RecordType
from freehold.c.lowertype import size_of
from freehold.c.sema import fold
from freehold.c.sema.assign import same_targets
from freehold.c.sema.compat import composite
from freehold.c.sema.context import Context
from freehold.c.sema.convert import (
    arithmetic_operands,
    common_type,
    convert,
    promote,
    rvalue,
    to_index,
    value,
)
from freehold.c.sema.kinds import (
    BAD,
    INT,
    LONG,
    VOID,
    int_kind,
    is_arithmetic,
    is_complete,
    is_function_pointer,
    is_integer,
    is_pointer,
    is_real,
    is_scalar,
    is_vla,
    is_void,
    is_void_pointer,
    pointer_to,
    target_of,
    unqualified,
)
from freehold.c.sema.scaling import check_offset
from freehold.c.sema.spell import spell
from freehold.c.sema.vla import runtime_size
from freehold.diagnostics.codes import (
    BAD_OPERANDS,
    C_WARNING,
    INCOMPLETE_TYPE,
    INT_CONVERSION,
    POINTER_CONVERSION,
    TYPE_MISMATCH,
)
from freehold.mir.values import BinOp
from freehold.source import Span

_BINARY = {
    "+": BinOp.ADD,
    "-": BinOp.SUB,
    "*": BinOp.MUL,
    "/": BinOp.DIV,
    "%": BinOp.REM,
    "&": BinOp.AND,
    "|": BinOp.OR,
    "^": BinOp.XOR,
    "<<": BinOp.SHL,
    ">>": BinOp.SHR,
    "==": BinOp.EQ,
    "!=": BinOp.NE,
    "<": BinOp.LT,
    "<=": BinOp.LE,
    ">": BinOp.GT,
    ">=": BinOp.GE,
}


def binary(c: Context, node: ast.Binary) -> tree.Expr:
    """Analyse a binary operator; chains of them go down on the left in a loop."""
    spine: list[ast.Binary] = []
    at: ast.Expr = node
    while isinstance(at, ast.Binary):
        spine.append(at)
        at = at.left
    left = value(c, at)
    for each in reversed(spine):
        right = value(c, each.right)
        if each.op in {"+", "-"}:
            check_offset(c, left, each.right)
            check_offset(c, right, each.left)
        left = operate(c, each.op, left, right, each.op_span, each.span)
    return left


def operate(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    """Return `left op right`; `at` is the operator's place, `span` the whole expression's."""
    return _OPERATE[op](c, op, left, right, at, span)


def _invalid(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    if is_void(left.type) or is_void(right.type):
        what = "this expression is void: it has no value"
    else:
        what = f"no `{op}` of `{spell(left.type)}` and `{spell(right.type)}`"
    c.report.error(BAD_OPERANDS, at, what, left, right)
    return fold.bad(span)


def _multiplicative(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    allowed = is_integer if op == "%" else is_arithmetic
    if not (allowed(left.type) and allowed(right.type)):
        return _invalid(c, op, left, right, at, span)
    if op != "*" and _is_zero(right) and is_integer(left.type):
        c.report.warn(C_WARNING, at, "division by zero")
    return _arithmetic(c, op, left, right, at, span)


def _is_zero(expr: tree.Expr) -> bool:
    return isinstance(expr, tree.IntValue) and expr.value == 0


def _arithmetic(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    left, right, ty = arithmetic_operands(left, right)
    result = fold.arithmetic(_BINARY[op], left, right, ty, span)
    if (
        isinstance(result, tree.Arithmetic)
        and isinstance(left, tree.IntValue)
        and isinstance(right, tree.IntValue)
        and not (right.value == 0 and op in "/%")
    ):
        c.report.warn(C_WARNING, at, f"the result does not fit into `{spell(ty)}`")
    return result


def _bitwise(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    if not (is_integer(left.type) and is_integer(right.type)):
        return _invalid(c, op, left, right, at, span)
    left, right, ty = arithmetic_operands(left, right)
    return fold.arithmetic(_BINARY[op], left, right, ty, span)


def _shift(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    if not (is_integer(left.type) and is_integer(right.type)):
        return _invalid(c, op, left, right, at, span)
    left, right = promote(left), promote(right)
    if isinstance(right, tree.IntValue):
        side = "left" if op == "<<" else "right"
        if right.value < 0:
            c.report.warn(C_WARNING, at, f"a {side} shift by a negative count")
        elif right.value >= int_kind(left.type).bits:
            c.report.warn(C_WARNING, at, f"a {side} shift by the type's width or more")
    return fold.arithmetic(_BINARY[op], left, right, left.type, span)


# ----------------------------------------------------------------------------- pointer arithmetic


def _add(c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span) -> tree.Expr:
    if is_arithmetic(left.type) and is_arithmetic(right.type):
        return _arithmetic(c, op, left, right, at, span)
    if is_pointer(left.type) and is_integer(right.type):
        return pointer_add(c, left, right, at, span)
    if is_integer(left.type) and is_pointer(right.type):
        return pointer_add(c, right, left, at, span)
    return _invalid(c, op, left, right, at, span)


def _subtract(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    if is_arithmetic(left.type) and is_arithmetic(right.type):
        return _arithmetic(c, op, left, right, at, span)
    if is_pointer(left.type) and is_integer(right.type):
        return pointer_add(c, left, right, at, span, subtract=True)
    both = is_pointer(left.type) and is_pointer(right.type)
    if both and same_targets(target_of(left.type), target_of(right.type)):
        return _pointer_difference(c, left, right, at, span)
    return _invalid(c, op, left, right, at, span)


def pointer_add(
    c: Context,
    pointer: tree.Expr,
    index: tree.Expr,
    at: Span,
    span: Span,
    *,
    subtract: bool = False,
) -> tree.Expr:
    """Return `pointer + index` (or `-`), in elements."""
    target = target_of(pointer.type)
    if not _steps_through(c, target, at):
        return fold.bad(span)
    scale = runtime_size(target, span) if is_vla(target) else None
    return tree.PointerAdd(pointer.type, span, pointer, to_index(promote(index)), subtract, scale)


def _steps_through(c: Context, target: QualType, at: Span) -> bool:
    if is_complete(target):
        return True
    if isinstance(target.type, (RecordType, Array)):
        what = f"arithmetic on a pointer to the incomplete type `{spell(target)}`"
        c.report.error(INCOMPLETE_TYPE, at, what)
        return False
    kind = "`void *`" if is_void(target) else "to a function"
    c.report.pedantic(BAD_OPERANDS, at, f"arithmetic on a pointer {kind} is an extension")
    return True


def _pointer_difference(
    c: Context, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    target = target_of(left.type)
    if not _steps_through(c, target, at):
        return fold.bad(span)
    if not is_vla(target) and size_of(target) == 0:
        c.report.error(BAD_OPERANDS, at, "arithmetic on a pointer to an empty aggregate")
        return fold.bad(span)
    scale = runtime_size(target, span) if is_vla(target) else None
    return tree.PointerDifference(LONG, span, left, right, scale)


# ------------------------------------------------------------------------------------- comparisons


def _relational(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    if is_real(left.type) and is_real(right.type):
        left, right, _ = arithmetic_operands(left, right)
        return fold.compare(_BINARY[op], left, right, span)
    if not (_compares(left) and _compares(right)):
        return _invalid(c, op, left, right, at, span)
    if is_pointer(left.type) and is_pointer(right.type):
        a, b = target_of(left.type), target_of(right.type)
        if same_targets(a, b):
            if is_function_pointer(left.type):
                what = "pointers to functions have no order"
                c.report.pedantic(POINTER_CONVERSION, at, what)
            elif is_complete(a) != is_complete(b):
                what = "one of these pointers' targets is incomplete"
                c.report.pedwarn(POINTER_CONVERSION, at, what)
        else:
            _distinct(c, at, left, right)
    elif fold.is_null_constant(left) or fold.is_null_constant(right):
        what = "a pointer is neither less nor greater than 0"
        c.report.pedantic(POINTER_CONVERSION, at, what)
    return _compare_pointers(c, op, left, right, at, span)


def _equality(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    if is_arithmetic(left.type) and is_arithmetic(right.type):
        left, right, _ = arithmetic_operands(left, right)
        return fold.compare(_BINARY[op], left, right, span)
    if not (_compares(left) and _compares(right)):
        return _invalid(c, op, left, right, at, span)
    null = fold.is_null_constant(left) or fold.is_null_constant(right)
    if is_pointer(left.type) and is_pointer(right.type) and not null:
        if is_void_pointer(left.type) or is_void_pointer(right.type):
            if is_function_pointer(left.type) or is_function_pointer(right.type):
                what = "a function pointer compared with `void *`: an extension"
                c.report.pedantic(POINTER_CONVERSION, at, what)
        elif not same_targets(target_of(left.type), target_of(right.type)):
            _distinct(c, at, left, right)
    return _compare_pointers(c, op, left, right, at, span)


def _compares(expr: tree.Expr) -> bool:
    return is_pointer(expr.type) or is_integer(expr.type)


def _distinct(c: Context, at: Span, left: tree.Expr, right: tree.Expr) -> None:
    what = f"`{spell(left.type)}` is compared with `{spell(right.type)}` without a cast"
    c.report.pedwarn(POINTER_CONVERSION, at, what)


def _compare_pointers(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    """Compare two scalars of which one at least is a pointer."""
    ty = left.type if is_pointer(left.type) else right.type
    mixed = is_integer(left.type) or is_integer(right.type)
    if mixed and not (fold.is_null_constant(left) or fold.is_null_constant(right)):
        c.report.pedwarn(
            INT_CONVERSION, at, f"`{spell(left.type)}` is compared with `{spell(right.type)}`"
        )
    left, right = convert(left, ty, left.span), convert(right, ty, right.span)
    return tree.Compare(INT, span, _BINARY[op], left, right)


# --------------------------------------------------------------------------- logical, conditional


def _logical(
    c: Context, op: str, left: tree.Expr, right: tree.Expr, at: Span, span: Span
) -> tree.Expr:
    if not (is_scalar(left.type) and is_scalar(right.type)):
        return _invalid(c, op, left, right, at, span)
    return fold.logical(op == "&&", left, right, span)


def condition(c: Context, node: ast.Expr) -> tree.Expr:
    """Analyse an expression that is compared with zero."""
    return as_condition(c, value(c, node), node.span)


def as_condition(c: Context, expr: tree.Expr, at: Span) -> tree.Expr:
    """Require a scalar."""
    if is_scalar(expr.type):
        return expr
    if is_void(expr.type):
        what = "this expression is void: it has no value"
    else:
        what = f"a condition must be a scalar, not `{spell(expr.type)}`"
    c.report.error(BAD_OPERANDS, at, what, expr)
    return fold.bad(expr.span)


def conditional(c: Context, node: ast.Conditional) -> tree.Expr:
    """Analyse `a ? b : c`, or GNU's `a ?: c`; chains of them go down on the right in a loop."""
    chain: list[tuple[ast.Conditional, tree.Expr, tree.Expr | None]] = []
    at: ast.Expr = node
    while isinstance(at, ast.Conditional):
        test = condition(c, at.condition)
        if at.then is None:
            what = "`?:` without its middle is an extension"
            c.report.pedantic(BAD_OPERANDS, at.span, what)
        chain.append((at, test, None if at.then is None else value(c, at.then)))
        at = at.otherwise
    last = value(c, at)
    for each, test, then in reversed(chain):
        last = _elvis(c, each, test, last) if then is None else _choose(c, each, test, then, last)
    return last


def _elvis(c: Context, node: ast.Conditional, test: tree.Expr, otherwise: tree.Expr) -> tree.Expr:
    hole = tree.Hole(test.type, test.span)
    shape: tree.Expr = hole
    if isinstance(test, tree.IntValue):
        shape = test  # so that a null pointer constant is seen to be one
    ty = conditional_type(c, shape, otherwise, node.span)
    if ty is None or test.type is BAD or otherwise.type is BAD:
        return fold.bad(node.span)
    if isinstance(test, tree.IntValue) and is_integer(test.type):
        arms = (convert(test, ty, test.span), convert(otherwise, ty, otherwise.span))
        return fold.conditional(test, arms[0], arms[1], ty, node.span)
    held = _arm(hole, ty)
    return tree.Elvis(ty, node.span, test, hole, held, _arm(otherwise, ty))


def _choose(
    c: Context, node: ast.Conditional, test: tree.Expr, then: tree.Expr, otherwise: tree.Expr
) -> tree.Expr:
    ty = conditional_type(c, then, otherwise, node.span)
    if ty is None or test.type is BAD:
        return fold.bad(node.span)
    return fold.conditional(test, _arm(then, ty), _arm(otherwise, ty), ty, node.span)


def _arm(expr: tree.Expr, ty: QualType) -> tree.Expr:
    if is_void(ty):
        return expr if is_void(expr.type) else tree.Discard(VOID, expr.span, expr)
    return convert(expr, ty, expr.span)


def conditional_type(
    c: Context, then: tree.Expr, otherwise: tree.Expr, at: Span
) -> QualType | None:
    """Return the type of a conditional expression with these arms; None if there is none."""
    a, b = then.type, otherwise.type
    if is_arithmetic(a) and is_arithmetic(b):
        return common_type(promote(then).type, promote(otherwise).type)
    if is_void(a) or is_void(b):
        if BAD in (a, b):
            return None
        if not (is_void(a) and is_void(b)):
            what = "only one side of `?:` is void"
            c.report.pedantic(BAD_OPERANDS, at, what)
        return VOID
    if is_pointer(a) and is_pointer(b):
        return _pointer_arms(c, then, otherwise, at)
    for pointer, other in ((then, otherwise), (otherwise, then)):
        if is_pointer(pointer.type) and is_integer(other.type):
            if not fold.is_null_constant(other):
                what = f"the sides of `?:` are `{spell(a)}` and `{spell(b)}`"
                c.report.pedwarn(INT_CONVERSION, at, what)
            return pointer.type
    if a == b:
        return None if a is BAD else a
    what = f"the sides of `?:` are `{spell(a)}` and `{spell(b)}`"
    c.report.error(TYPE_MISMATCH, at, what, then, otherwise)
    return None


def _pointer_arms(c: Context, then: tree.Expr, otherwise: tree.Expr, at: Span) -> QualType:
    a, b = target_of(then.type), target_of(otherwise.type)
    quals = a.quals | b.quals
    if same_targets(a, b):
        return pointer_to(QualType(composite(unqualified(a), unqualified(b)).type, quals))
    if fold.is_null_constant(then):
        return otherwise.type
    if fold.is_null_constant(otherwise):
        return then.type
    if is_void(a) or is_void(b):
        if is_function_pointer(then.type) or is_function_pointer(otherwise.type):
            what = "the sides of `?:` are `void *` and a function pointer: an extension"
            c.report.pedantic(POINTER_CONVERSION, at, what)
        return pointer_to(QualType(VOID.type, quals))
    what = f"the sides of `?:` are `{spell(then.type)}` and `{spell(otherwise.type)}`"
    c.report.pedwarn(POINTER_CONVERSION, at, what)
    return pointer_to(QualType(VOID.type, quals))


def comma(c: Context, node: ast.Comma) -> tree.Expr:
    """Analyse `a, b`; chains go down on the left in a loop."""
    rights: list[ast.Comma] = []
    at: ast.Expr = node
    while isinstance(at, ast.Comma):
        rights.append(at)
        at = at.left
    left = c.expr(at)
    for each in reversed(rights):
        effect = rvalue(c, left) if left.type.type.__class__ is Array else left
        right = value(c, each.right)
        left = tree.Sequence(right.type, each.span, _effect(effect), right)
    return left


def _effect(expr: tree.Expr) -> tree.Expr:
    # A comma on the left stays bare: whoever goes down the chain can loop along it.
    if is_void(expr.type) or isinstance(expr, tree.Sequence):
        return expr
    return tree.Discard(VOID, expr.span, expr)


_Operate = Callable[[Context, str, tree.Expr, tree.Expr, Span, Span], tree.Expr]
_OPERATE: dict[str, _Operate] = {
    "*": _multiplicative,
    "/": _multiplicative,
    "%": _multiplicative,
    "+": _add,
    "-": _subtract,
    "<<": _shift,
    ">>": _shift,
    "<": _relational,
    ">": _relational,
    "<=": _relational,
    ">=": _relational,
    "==": _equality,
    "!=": _equality,
    "&": _bitwise,
    "^": _bitwise,
    "|": _bitwise,
    "&&": _logical,
    "||": _logical,
}
