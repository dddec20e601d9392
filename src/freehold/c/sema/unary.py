"""Unary operators, assignments, increments (C11 6.5.2.4, 6.5.3, 6.5.16)."""

from collections.abc import Callable

from freehold.c import ast, tree
from freehold.c.ctype import Array, Complex, Floating, Function, Quals, QualType, RecordType
from freehold.c.sema import fold
from freehold.c.sema.assign import assign_convert
from freehold.c.sema.compat import promoted_integer
from freehold.c.sema.context import Context
from freehold.c.sema.convert import (
    convert,
    field_width,
    is_lvalue,
    mark_address_taken,
    promote,
    root_variable,
    rvalue,
    value,
)
from freehold.c.sema.kinds import (
    BAD,
    INT,
    VOID,
    float_kind,
    is_arithmetic,
    is_complete,
    is_function_pointer,
    is_integer,
    is_pointer,
    is_scalar,
    is_void,
    pointer_to,
    target_of,
    unqualified,
)
from freehold.c.sema.operators import operate, pointer_add
from freehold.c.sema.scaling import check_offset
from freehold.c.sema.spell import spell
from freehold.diagnostics import Label
from freehold.diagnostics.codes import (
    BAD_OPERANDS,
    C_WARNING,
    INCOMPLETE_TYPE,
    NOT_ASSIGNABLE,
)
from freehold.source import Span


def unary(c: Context, node: ast.Unary) -> tree.Expr:
    """Analyse a prefix operator."""
    return _UNARY[node.op](c, node)


def paren(c: Context, node: ast.Paren) -> tree.Expr:
    """Analyse `(inner)`."""
    return c.expr(without_parens(node))


def without_parens(node: ast.Expr) -> ast.Expr:
    """Return what stands inside of any parentheses."""
    while isinstance(node, ast.Paren):
        node = node.inner
    return node


def _refuse(c: Context, node: ast.Unary, operand: tree.Expr) -> tree.Expr:
    if is_void(operand.type):
        what = "this expression is void: it has no value"
    else:
        what = f"no unary `{node.op}` of `{spell(operand.type)}`"
    c.report.error(BAD_OPERANDS, node.span, what, operand)
    return fold.bad(node.span)


def _plus(c: Context, node: ast.Unary) -> tree.Expr:
    operand = value(c, node.operand)
    return promote(operand) if is_arithmetic(operand.type) else _refuse(c, node, operand)


def _minus(c: Context, node: ast.Unary) -> tree.Expr:
    operand = value(c, node.operand)
    if not is_arithmetic(operand.type):
        return _refuse(c, node, operand)
    result = fold.negate(promote(operand), node.span)
    if isinstance(result, tree.Arithmetic):
        what = f"the result does not fit into `{spell(result.type)}`"
        c.report.warn(C_WARNING, node.span, what)
    return result


def _tilde(c: Context, node: ast.Unary) -> tree.Expr:
    operand = value(c, node.operand)
    if is_integer(operand.type):
        return fold.complement(promote(operand), node.span)
    if isinstance(operand.type.type, Complex):
        c.report.pedantic(BAD_OPERANDS, node.span, "`~` of a complex value is an extension")
        return tree.Complement(operand.type, node.span, operand)
    return _refuse(c, node, operand)


def _bang(c: Context, node: ast.Unary) -> tree.Expr:
    operand = value(c, node.operand)
    if not is_scalar(operand.type):
        return _refuse(c, node, operand)
    return fold.logical_not(operand, node.span)


def _star(c: Context, node: ast.Unary) -> tree.Expr:
    return dereference(c, value(c, node.operand), node.span)


def dereference(c: Context, pointer: tree.Expr, span: Span) -> tree.Expr:
    """Return the lvalue or function designator that `pointer` points to."""
    if not is_pointer(pointer.type):
        what = f"indirection needs a pointer, not `{spell(pointer.type)}`"
        c.report.error(BAD_OPERANDS, span, what, pointer)
        return fold.bad(span)
    target = target_of(pointer.type)
    if is_void(target):
        c.report.warn(C_WARNING, span, "`*` of a `void *`: what it points to has no type")
    return tree.Deref(target, span, pointer)


def _ampersand(c: Context, node: ast.Unary) -> tree.Expr:
    inner = without_parens(node.operand)
    if isinstance(inner, ast.Unary) and inner.op == "*":
        # &*p is p: nothing is accessed, and p may point to void.
        place = _star(c, inner)
        return place.pointer if isinstance(place, tree.Deref) else place
    return address_of(c, c.expr(node.operand), node.span)


def address_of(c: Context, place: tree.Expr, span: Span) -> tree.Expr:
    """Return `&place`."""
    if place.type is BAD:
        return fold.bad(span)
    if isinstance(place.type.type, Function):
        assert isinstance(place, tree.Deref)
        return place.pointer
    if not is_lvalue(place):
        c.report.error(NOT_ASSIGNABLE, span, "`&` of a value that has no address")
        return fold.bad(span)
    if field_width(place) is not None:
        c.report.error(BAD_OPERANDS, span, "a bit-field has no address")
        return fold.bad(span)
    variable = root_variable(place)
    if variable is not None and variable in c.registers:
        what = f"`{variable.name}` is declared `register`: it has no address"
        c.report.error(BAD_OPERANDS, span, what)
        return fold.bad(span)
    mark_address_taken(place)
    return tree.AddressOf(pointer_to(place.type), span, place)


def _part(c: Context, node: ast.Unary) -> tree.Expr:
    operand = c.expr(node.operand)
    imaginary = node.op == "__imag__"
    if isinstance(operand.type.type, Complex):
        part = QualType(Floating(float_kind(operand.type)), operand.type.quals)
        if not is_lvalue(operand):
            part = unqualified(part)
        return tree.ComplexPart(part, node.span, operand, imaginary)
    operand = rvalue(c, operand)
    if not is_arithmetic(operand.type):
        return _refuse(c, node, operand)
    if not imaginary:
        return operand
    zero = convert(tree.IntValue(INT, node.span, 0), operand.type, node.span)
    effect = tree.Discard(VOID, node.span, operand)
    return (
        zero
        if isinstance(operand, tree.Load)
        else tree.Sequence(zero.type, node.span, effect, zero)
    )


def _extension(c: Context, node: ast.Unary) -> tree.Expr:
    c.report.extension += 1
    try:
        return c.expr(node.operand)
    finally:
        c.report.extension -= 1


def _prefix_step(c: Context, node: ast.Unary) -> tree.Expr:
    return _step(c, node, post=False)


def postfix(c: Context, node: ast.Postfix) -> tree.Expr:
    """Analyse postfix `++` or `--`."""
    return _step(c, node, post=True)


def _step(c: Context, node: ast.Unary | ast.Postfix, *, post: bool) -> tree.Expr:
    target = c.expr(node.operand)
    if target.type is BAD:
        return target
    if not is_scalar(target.type) and not isinstance(target.type.type, Array):
        what = f"no `{node.op}` of `{spell(target.type)}`"
        c.report.error(BAD_OPERANDS, node.span, what)
        return fold.bad(node.span)
    if not modifiable(c, target, node.span, f"operand of `{node.op}`"):
        return fold.bad(node.span)
    ty = unqualified(target.type)
    if isinstance(ty.type, Complex):
        what = f"`{node.op}` of a complex number is an extension"
        c.report.pedantic(BAD_OPERANDS, node.span, what)
    hole = tree.Hole(ty, node.span)
    one: tree.Expr = tree.IntValue(INT, node.span, 1)
    if is_pointer(ty):
        pointee = target_of(ty)
        if not is_complete(pointee) and not is_void(pointee) and not is_function_pointer(ty):
            what = f"`{node.op}` of a pointer to the incomplete type `{spell(pointee)}`"
            c.report.error(INCOMPLETE_TYPE, node.span, what)
            return fold.bad(node.span)
        back = node.op == "--"
        stepped = pointer_add(c, hole, one, node.span, node.span, subtract=back)
    else:
        stepped = operate(c, node.op[0], widened(hole, target), one, node.span, node.span)
        stepped = convert(stepped, ty, node.span)
    if stepped.type is BAD:
        return stepped
    return tree.CompoundAssign(ty, node.span, target, hole, stepped, post)


def widened(hole: tree.Hole, target: tree.Expr) -> tree.Expr:
    """Promote the old value of `target` if that is a bit-field: the hole does not show it."""
    width = field_width(target)
    if width is None or not is_integer(hole.type):
        return hole
    return convert(hole, promoted_integer(hole.type, width), hole.span)


# ------------------------------------------------------------------------------------- assignment


def assign(c: Context, node: ast.Assign) -> tree.Expr:
    """Analyse `=` and the compound assignments; `a = b = c` goes down on the right in a loop."""
    chain: list[tuple[ast.Assign, tree.Expr]] = []
    at: ast.Expr = node
    while isinstance(at, ast.Assign):
        chain.append((at, c.expr(at.target)))
        at = at.value
    result = value(c, at)
    for each, target in reversed(chain):
        result = _assign_one(c, each, target, result)
    return result


def _assign_one(c: Context, node: ast.Assign, target: tree.Expr, operand: tree.Expr) -> tree.Expr:
    if not modifiable(c, target, target.span, "left side of an assignment"):
        return fold.bad(node.span)
    ty = unqualified(target.type)
    if node.op == "=":
        stored = assign_convert(c, operand, ty, operand.span, "assignment")
        if stored.type is BAD:
            return stored
        return tree.Store(ty, node.span, target, stored)
    hole = tree.Hole(ty, target.span)
    old = widened(hole, target)
    check_offset(c, old, node.value)
    computed = operate(c, node.op[:-1], old, operand, node.op_span, node.span)
    stored = assign_convert(c, computed, ty, node.op_span, "assignment")
    if stored.type is BAD:
        return stored
    return tree.CompoundAssign(ty, node.span, target, hole, stored)


def modifiable(c: Context, target: tree.Expr, at: Span, role: str) -> bool:
    """Require a modifiable lvalue; `role` says what for."""
    ty = target.type
    if ty is BAD:
        return False
    if not is_lvalue(target) or isinstance(ty.type, Function):
        kind = "a function" if isinstance(ty.type, Function) else "a value"
        c.report.error(NOT_ASSIGNABLE, at, f"the {role} must be an object, not {kind}")
        return False
    if isinstance(ty.type, Array):
        c.report.error(NOT_ASSIGNABLE, at, f"an array as a whole cannot be the {role}")
        return False
    if not is_complete(ty):
        c.report.error(INCOMPLETE_TYPE, at, f"the {role} has the incomplete type `{spell(ty)}`")
        return False
    direct = ty.quals & Quals.CONST
    if direct or (isinstance(ty.type, RecordType) and _holds_const(ty.type)):
        why = "it is const" if direct else "a member of it is const"
        what = f"{_describe(target)} cannot change: {why}"
        variable = root_variable(target)
        labels = () if variable is None else (Label(variable.span, "declared here"),)
        c.report.error(NOT_ASSIGNABLE, at, what, labels=labels)
        return False
    return True


def _holds_const(record: RecordType) -> bool:
    for member in record.members or ():
        inner = member.type
        while isinstance(inner.type, Array):
            inner = inner.type.element
        if inner.quals & Quals.CONST:
            return True
        if isinstance(inner.type, RecordType) and _holds_const(inner.type):
            return True
    return False


def _describe(target: tree.Expr) -> str:
    if isinstance(target, tree.VariableRef):
        return f"variable `{target.variable.name}`"
    if isinstance(target, tree.MemberOf):
        members = target.record.members or ()
        return f"member `{members[target.index].name}`"
    return "this object"


_UNARY: dict[str, Callable[[Context, ast.Unary], tree.Expr]] = {
    "+": _plus,
    "-": _minus,
    "~": _tilde,
    "!": _bang,
    "*": _star,
    "&": _ampersand,
    "++": _prefix_step,
    "--": _prefix_step,
    "__real__": _part,
    "__imag__": _part,
    "__extension__": _extension,
}
