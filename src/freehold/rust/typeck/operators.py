"""Operators: built in on scalars, else methods of lang-item traits (Reference 8.2.4).

Whether one is built in shows only once both types are known: the trait is required in any case,
and drafts look at the types when they are written.
"""

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.mir.values import BinOp, BorrowKind, UnOp
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.infer import has_error
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import ANYTHING, Draft, Expectation, expecting
from freehold.rust.typeck.overload import Method, lang_method
from freehold.rust.typeck.places import make_mutable
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types import (
    BOOL,
    UNIT,
    BoolType,
    CharType,
    FloatType,
    IntType,
    NeverType,
    PointerType,
    Type,
)
from freehold.types.generic import (
    ERASED,
    ERROR,
    FnDefType,
    FnPtrType,
    InferKind,
    InferType,
    RefType,
)


@dataclass(frozen=True, slots=True)
class Operator:
    """A binary operator: its traits and methods, plain and for assignment."""

    op: BinOp
    lang: str
    method: str
    group: str
    assign: str = ""

    @property
    def by_reference(self) -> bool:
        """Comparisons take their operands by reference."""
        return self.group == "comparison"


def _arithmetic(op: BinOp, name: str, group: str = "math") -> Operator:
    return Operator(op, name, name, group, f"{name}_assign")


OPERATORS: dict[str, Operator] = {
    "+": _arithmetic(BinOp.ADD, "add"),
    "-": _arithmetic(BinOp.SUB, "sub"),
    "*": _arithmetic(BinOp.MUL, "mul"),
    "/": _arithmetic(BinOp.DIV, "div"),
    "%": _arithmetic(BinOp.REM, "rem"),
    "&": _arithmetic(BinOp.AND, "bitand", "bits"),
    "|": _arithmetic(BinOp.OR, "bitor", "bits"),
    "^": _arithmetic(BinOp.XOR, "bitxor", "bits"),
    "<<": _arithmetic(BinOp.SHL, "shl", "shift"),
    ">>": _arithmetic(BinOp.SHR, "shr", "shift"),
    "==": Operator(BinOp.EQ, "eq", "eq", "comparison"),
    "!=": Operator(BinOp.NE, "eq", "ne", "comparison"),
    "<": Operator(BinOp.LT, "partial_ord", "lt", "comparison"),
    "<=": Operator(BinOp.LE, "partial_ord", "le", "comparison"),
    ">": Operator(BinOp.GT, "partial_ord", "gt", "comparison"),
    ">=": Operator(BinOp.GE, "partial_ord", "ge", "comparison"),
}

# ----------------------------------------------------------------------------- kinds of operand


def is_integral(ty: Type) -> bool:
    """Tell integers, variables for them too."""
    return isinstance(ty, IntType) or (isinstance(ty, InferType) and ty.kind is InferKind.INT)


def is_floating(ty: Type) -> bool:
    """Tell floats, variables for them too."""
    return isinstance(ty, FloatType) or (isinstance(ty, InferType) and ty.kind is InferKind.FLOAT)


def is_scalar(ty: Type) -> bool:
    """Tell the types that built-in comparison takes."""
    if is_integral(ty) or is_floating(ty):
        return True
    return isinstance(ty, BoolType | CharType | PointerType | FnPtrType | FnDefType)


def _is_plain(ty: Type) -> bool:
    """Tell numbers, booleans and characters."""
    return is_integral(ty) or is_floating(ty) or isinstance(ty, BoolType | CharType)


def _is_builtin(group: str, left: Type, right: Type) -> bool:
    match group:
        case "shift":
            return is_integral(left) and is_integral(right)
        case "comparison":
            return is_scalar(left) and is_scalar(right)
        case "bits" if isinstance(left, BoolType) and isinstance(right, BoolType):
            return True
        case _:
            both = is_integral(left) and is_integral(right)
            return both or (is_floating(left) and is_floating(right))


def _behind(cx: Checker, ty: Type) -> Type:
    return cx.shallow(ty.pointee) if isinstance(ty, RefType) else ty


# ------------------------------------------------------------------------------ binary operators


def check_lazy(cx: Checker, e: ast.Lazy, _expected: Expectation) -> Draft:
    """Check `a && b`, `a || b`."""
    left = cx.check_exact(e.left, BOOL)
    before = cx.diverges
    right = cx.check_exact(e.right, BOOL)
    cx.diverges = before
    both = e.op == "&&"

    def write(w: Writer) -> thir.Expr:
        return thir.Logical(both, w.expr(left), w.expr(right), BOOL, e.span)

    return Draft(e.span, BOOL, write)


@dataclass(slots=True, eq=False)
class _Operands:
    """Both operands as checked, and the method if there is one."""

    left: Draft
    right: Draft
    left_type: Type
    right_type: Type
    method: Method | None
    result: Type


def check_binary(cx: Checker, e: ast.Binary, _expected: Expectation) -> Draft:
    """Check `a + b` and its relatives, comparisons too."""
    operator = OPERATORS[e.op]
    found = _overloaded(cx, e, operator, e.left, assign=False)
    ty = found.result
    left, right = _behind(cx, found.left_type), _behind(cx, found.right_type)
    if _is_builtin(operator.group, left, right):
        made: Type = BOOL if operator.by_reference else left
        if operator.group != "shift":
            cx.demand(e.right.span, left, right)
        cx.demand(e.span, made, ty)
        ty = made
    return Draft(e.span, ty, lambda w: _write_binary(w, e, operator, found, ty))


def _overloaded(
    cx: Checker,
    e: ast.Binary | ast.CompoundAssign,
    operator: Operator,
    target: ast.Expr,
    *,
    assign: bool,
) -> _Operands:
    left = cx.check(target)
    if not assign:
        cx.demand_coerce(left, cx.fresh(left.span))
    left_type = cx.try_known(left.adjusted)
    right_var = cx.fresh(e.right.span if isinstance(e, ast.Binary) else e.value.span)
    lang, name = operator.lang, operator.method
    if assign:
        lang = name = operator.assign
    if isinstance(left_type, InferType) and left_type.kind is InferKind.ANY and not assign:
        cx.fulfilment.select()
    value = e.right if isinstance(e, ast.Binary) else e.value
    right = None
    if _is_plain(left_type) and _is_builtin(operator.group, left_type, left_type):
        # Of two built-in operands no impl is looked for (any integer is shifted by any other: our
        # std has no impls for all these pairs).
        right = cx.check(value, expecting(left_type) if operator.by_reference else ANYTHING)
        right_type = cx.try_known(right.adjusted)
        if _are_builtin(operator, left_type, right_type):
            if assign:
                make_mutable(cx, left)
            made = BOOL if operator.by_reference else left_type
            return _Operands(left, right, left_type, right_type, None, made)
    method = None
    if not has_error(left_type):
        method = lang_method(cx, lang, name, (left_type, right_var), e.op_span)
    right = right or cx.check(value, expecting(right_var))
    cx.demand_coerce(right, right_var)
    right_type = cx.try_known(right.adjusted)
    result: Type = ERROR
    if method is None:
        _refuse(cx, e, (left, left_type), (right, right_type), assign=assign)
    else:
        result = method.signature.output
        if assign:
            make_mutable(cx, left)
    return _Operands(left, right, left_type, right_type, method, result)


def _are_builtin(operator: Operator, left: Type, right: Type) -> bool:
    """Tell operands of one built-in type, as far as is known (of a shift: any integers)."""
    if not _is_plain(right) or not _is_builtin(operator.group, left, right):
        return False
    known = not isinstance(left, InferType) and not isinstance(right, InferType)
    return operator.group == "shift" or not known or left == right


_VERBS = {
    "+": "cannot add `{right}` to `{left}`",
    "-": "cannot subtract `{right}` from `{left}`",
    "*": "cannot multiply `{left}` by `{right}`",
    "/": "cannot divide `{left}` by `{right}`",
    "%": "cannot calculate the remainder of `{left}` divided by `{right}`",
    "&": "no implementation for `{left} & {right}`",
    "|": "no implementation for `{left} | {right}`",
    "^": "no implementation for `{left} ^ {right}`",
    "<<": "no implementation for `{left} << {right}`",
    ">>": "no implementation for `{left} >> {right}`",
}


def _refuse(
    cx: Checker,
    e: ast.Binary | ast.CompoundAssign,
    left: tuple[Draft, Type],
    right: tuple[Draft, Type],
    *,
    assign: bool,
) -> None:
    if has_error(cx.resolve(left[1])) or has_error(cx.resolve(right[1])):
        cx.failed = True
        return
    shown = {"left": cx.show(left[1]), "right": cx.show(right[1])}
    if assign:
        label = f"cannot use `{e.op}=` on type `{shown['left']}`"
        facts = {"op": e.op, "type": shown["left"]}
        cx.report(
            Diagnostic(codes.NO_ASSIGN_OPERATOR, e.span, facts, "", (Label(left[0].span, label),))
        )
        return
    words = _VERBS.get(e.op, f"binary operation `{e.op}` cannot be applied to type `{{left}}`")
    labels = (Label(left[0].span, shown["left"]), Label(right[0].span, shown["right"]))
    what = words.format(**shown)
    cx.report(Diagnostic(codes.NO_OPERATOR, e.op_span, {"what": what}, "", labels))


def _write_binary(
    w: Writer, e: ast.Binary, operator: Operator, found: _Operands, ty: Type
) -> thir.Expr:
    left, right = w.expr(found.left), w.expr(found.right)
    result = w.type(ty, e.span)
    if is_scalar(left.type) and is_scalar(right.type):
        return thir.Binary(operator.op, left, right, result, e.span)
    assert found.method is not None
    if operator.by_reference:
        left, right = borrowed(left), borrowed(right)
    callee = w.item(found.method.function, found.method.arguments, e.op_span)
    return thir.Call(callee, (left, right), result, e.span, operator=True)


def borrowed(node: thir.Expr, kind: BorrowKind = BorrowKind.SHARED) -> thir.Expr:
    """Return a reference to a place or value."""
    mutable = kind is not BorrowKind.SHARED
    ty = RefType(ERASED, node.type, mutable)
    return thir.Borrow(kind, node, ty, node.span, implicit=True)


# ---------------------------------------------------------------------------- compound assignment


def check_compound_assign(cx: Checker, e: ast.CompoundAssign, _expected: Expectation) -> Draft:
    """Check `a += b` and its relatives."""
    operator = OPERATORS[e.op]
    found = _overloaded(cx, e, operator, e.target, assign=True)
    left, right = _behind(cx, found.left_type), _behind(cx, found.right_type)
    if _is_builtin(operator.group, left, right) and operator.group != "shift":
        cx.demand(e.value.span, left, right)
    if not found.left.place and not has_error(cx.resolve(found.left_type)):
        label = (Label(e.target.span, "cannot assign to this expression"),)
        cx.report(Diagnostic(codes.BAD_ASSIGN_OP_TARGET, e.op_span, {}, "", label))
    return Draft(e.span, UNIT, lambda w: _write_assign(w, e, operator, found))


def _write_assign(
    w: Writer, e: ast.CompoundAssign, operator: Operator, found: _Operands
) -> thir.Expr:
    left, right = w.expr(found.left), w.expr(found.right)
    if is_scalar(left.type) and is_scalar(right.type):
        return thir.AssignOp(operator.op, left, right, UNIT, e.span)
    assert found.method is not None
    callee = w.item(found.method.function, found.method.arguments, e.op_span)
    place = borrowed(left, BorrowKind.TWO_PHASE)
    return thir.Call(callee, (place, right), UNIT, e.span, operator=True)


# --------------------------------------------------------------------------------- unary operators


def check_unary(cx: Checker, e: ast.Unary, expected: Expectation) -> Draft:
    """Check `-a` and `!a`."""
    literal = _literal(e.operand)
    if literal is not None and e.op == "-":
        cx.negated.add(literal)
    operand = cx.check(e.operand, expected)
    ty = cx.try_known(operand.adjusted)
    lang, op = ("neg", UnOp.NEG) if e.op == "-" else ("not", UnOp.NOT)
    if has_error(ty):
        return cx.erroneous(e.span)
    method = lang_method(cx, lang, lang, (ty,), e.span)
    if method is None:
        shown = cx.show(ty)
        label = f"cannot apply unary operator `{e.op}`"
        facts = {"op": e.op, "type": shown}
        cx.report(Diagnostic(codes.NO_UNARY_OPERATOR, e.span, facts, label))
        return cx.erroneous(e.span)
    result = method.signature.output
    if is_integral(ty) or (is_floating(ty) if e.op == "-" else isinstance(ty, BoolType)):
        cx.unify(ty, result)
        result = ty
    found = method

    def write(w: Writer) -> thir.Expr:
        value = w.expr(operand)
        made = w.type(result, e.span)
        if is_scalar(value.type) or isinstance(value.type, NeverType):
            return _negated(value, e.span) if op is UnOp.NEG and literal is not None else (
                thir.Unary(op, value, made, e.span)
            )  # fmt: skip
        callee = w.item(found.function, found.arguments, e.span)
        return thir.Call(callee, (value,), made, e.span, operator=True)

    return Draft(e.span, result, write)


def _literal(e: ast.Expr) -> ast.IntLiteral | ast.FloatLiteral | None:
    while isinstance(e, ast.Paren):
        e = e.inner
    return e if isinstance(e, ast.IntLiteral | ast.FloatLiteral) else None


def _negated(value: thir.Expr, span: Span) -> thir.Expr:
    if isinstance(value, thir.Number):
        bits = value.type.bits if isinstance(value.type, IntType) else 128
        low = -(1 << (bits - 1))
        number = -value.value if -value.value != -low else low
        return thir.Number(number, value.type, span)
    assert isinstance(value, thir.Float)
    return thir.Float(f"-{value.text}", value.type, span)
