"""Casts, compound literals, and what types alone decide: sizeof, alignof, offsetof and the like."""

from freehold.c import ast, tree
from freehold.c.ctype import Array, Function, Quals, QualType, RecordType
from freehold.c.lowertype import align_of, lower_type, size_of
from freehold.c.sema import fold
from freehold.c.sema.assign import union_value
from freehold.c.sema.compat import compatible_types
from freehold.c.sema.context import Context
from freehold.c.sema.convert import (
    bit_width,
    convert,
    discard,
    field_width,
    rvalue,
    to_index,
    value,
)
from freehold.c.sema.evaluate import Evaluator
from freehold.c.sema.initial import Initialiser, check_initialised_type, completed
from freehold.c.sema.kinds import (
    BAD,
    BOOL,
    SIZE,
    VA_LIST_TAG,
    VOID_POINTER,
    element_quals,
    is_complete,
    is_floating,
    is_function_pointer,
    is_integer,
    is_pointer,
    is_record,
    is_scalar,
    is_vla,
    is_void,
    target_of,
    unqualified,
)
from freehold.c.sema.primary import member_path
from freehold.c.sema.spell import spell
from freehold.c.sema.static_data import static_data
from freehold.c.sema.vla import runtime_size
from freehold.diagnostics.codes import (
    BAD_CALL,
    BAD_OPERANDS,
    C_WARNING,
    INCOMPLETE_TYPE,
    NO_MEMBER,
    NOT_CONSTANT,
    POINTER_CONVERSION,
    TYPE_MISMATCH,
)
from freehold.mir.body import BinOp, CastKind, Intrinsic
from freehold.source import Span
from freehold.types import field_offset

# ------------------------------------------------------------------------------------------- casts


def cast(c: Context, node: ast.Cast) -> tree.Expr:
    """Analyse `(type) operand`."""
    ty = c.type_name(node.type)
    if is_void(ty):
        return c.after_extents(_to_void(c, node))
    operand = value(c, node.operand)
    if ty is BAD or operand.type is BAD:
        return fold.bad(node.span)
    return c.after_extents(explicit(c, operand, unqualified(ty), node.span))


def _to_void(c: Context, node: ast.Cast) -> tree.Expr:
    operand = c.expr(node.operand)
    if isinstance(operand.type.type, Function):
        operand = rvalue(c, operand)
    return operand if operand.type is BAD else discard(operand, node.span)


def explicit(c: Context, operand: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    """Convert a value to the type `ty` of a cast."""
    shape = ty.type
    if isinstance(shape, (Array, Function)):
        kind = "an array" if isinstance(shape, Array) else "a function"
        return _refuse(c, span, f"cast specifies {kind} type", operand)
    if isinstance(shape, RecordType):
        return _to_record(c, operand, ty, span)
    if not is_complete(ty):
        return _refuse(c, span, f"cast to the incomplete type `{spell(ty)}`", operand)
    if is_void(operand.type):
        return _refuse(c, span, "void value not ignored as it ought to be", operand)
    if not is_scalar(operand.type):
        what = f"cannot convert `{spell(operand.type)}` to `{spell(ty)}`"
        return _refuse(c, span, what, operand)
    if is_pointer(ty) or is_pointer(operand.type):
        if is_floating(ty) or is_floating(operand.type):
            what = f"cannot convert `{spell(operand.type)}` to `{spell(ty)}`"
            return _refuse(c, span, what, operand)
        _check_pointer_cast(c, operand, ty, span)
    result = convert(operand, ty, span)
    if result is operand and bit_width(operand) is not None:
        # No longer a bit-field's value: it keeps this type when it is promoted.
        return tree.Convert(ty, span, CastKind.INT, operand)
    return result


def _refuse(c: Context, at: Span, what: str, operand: tree.Expr) -> tree.Expr:
    c.report.error(BAD_OPERANDS, at, what, operand)
    return fold.bad(at)


def _to_record(c: Context, operand: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    record = ty.type
    assert isinstance(record, RecordType)
    if compatible_types(record, operand.type.type):
        c.report.pedantic(BAD_OPERANDS, span, "ISO C forbids casting nonscalar to the same type")
        return operand
    if record.keyword == "union" and record.members is not None:
        for index, member in enumerate(record.members):
            if compatible_types(member.type.type, operand.type.type):
                c.report.pedantic(BAD_OPERANDS, span, "ISO C forbids casts to union type")
                return union_value(ty, index, operand, span)
    what = f"conversion to the non-scalar type `{spell(ty)}` requested"
    return _refuse(c, span, what, operand)


def _check_pointer_cast(c: Context, operand: tree.Expr, ty: QualType, span: Span) -> None:
    source = operand.type
    if is_pointer(ty) and is_pointer(source):
        both = is_function_pointer(ty) == is_function_pointer(source)
        if not both and not fold.is_null_constant(operand):
            what = "ISO C forbids conversion between function and object pointer types"
            c.report.pedantic(POINTER_CONVERSION, span, what)
    elif is_integer(ty) and size_of(ty) < 8 and not isinstance(operand, tree.IntValue):
        c.report.warn(C_WARNING, span, "cast from pointer to integer of different size")
    elif is_integer(source) and size_of(source) < 8 and not isinstance(operand, tree.IntValue):
        c.report.warn(C_WARNING, span, "cast to pointer from integer of different size")


# ------------------------------------------------------------------------------- compound literals


def compound_literal(c: Context, node: ast.CompoundLiteral) -> tree.Expr:
    """Analyse `(type) { ... }`: an unnamed object, static outside of functions."""
    ty = c.type_name(node.type)
    if isinstance(ty.type, Function) or is_void(ty):
        c.report.error(BAD_OPERANDS, node.span, f"compound literal of type `{spell(ty)}`")
        return fold.bad(node.span)
    if is_vla(ty):
        c.report.error(BAD_OPERANDS, node.span, "compound literal has variable size")
        return fold.bad(node.span)
    if not check_initialised_type(c, ty, "(compound literal)", node.span):
        return fold.bad(node.span)
    static = c.function is None
    work = Initialiser(c, static=static)
    work.run(ty, node.initializer)
    ty = completed(ty, work.length)
    if static:
        variable = c.hidden_static(ty, node.span, ".compound")
        variable.initial = static_data(c, ty, work.entries, node.span)
        variable.constant = bool(element_quals(ty) & Quals.CONST)
        return tree.VariableRef(ty, node.span, variable)
    variable = c.hidden(ty, node.span)
    return tree.CompoundLiteralRef(ty, node.span, variable, automatic(work))


def automatic(work: Initialiser) -> tree.Initial:
    """Return the stores that a walk over an initialiser has found."""
    stores = tuple(tree.InitStore(e.path, e.value, e.last) for e in work.entries)
    return tree.Initial(work.zero, stores)


# ------------------------------------------------------------------------- sizeof and alignof


def size_of_expr(c: Context, node: ast.SizeOf) -> tree.Expr:
    """Analyse `sizeof`."""
    if isinstance(node.operand, ast.TypeName):
        ty = c.type_name(node.operand)
    else:
        with c.unevaluated_operand():
            operand = c.expr(node.operand)
        ty = operand.type
        if field_width(operand) is not None:
            c.report.error(BAD_OPERANDS, node.span, "`sizeof` applied to a bit-field")
            return fold.bad(node.span)
    if not _measurable(c, ty, "sizeof", node.span):
        return fold.bad(node.span)
    return c.after_extents(runtime_size(ty, node.span))


def _measurable(c: Context, ty: QualType, word: str, at: Span) -> bool:
    if ty is BAD:
        return False
    if is_void(ty) or isinstance(ty.type, Function):
        kind = "void" if is_void(ty) else "function"
        c.report.pedantic(BAD_OPERANDS, at, f"invalid application of `{word}` to a {kind} type")
    elif not is_complete(ty):
        what = f"invalid application of `{word}` to the incomplete type `{spell(ty)}`"
        c.report.error(INCOMPLETE_TYPE, at, what)
        return False
    return True


def align_of_expr(c: Context, node: ast.AlignOf) -> tree.Expr:
    """Analyse `_Alignof`, of a type or (GNU) of an expression."""
    asked = 0
    if isinstance(node.operand, ast.TypeName):
        ty, asked = c.rules.aligned_type_name(c, node.operand)
    else:
        c.report.pedantic(BAD_OPERANDS, node.span, "ISO C does not allow `_Alignof (expression)`")
        with c.unevaluated_operand():
            operand = c.expr(node.operand)
        ty = operand.type
        if field_width(operand) is not None:
            c.report.error(BAD_OPERANDS, node.span, "`_Alignof` applied to a bit-field")
            return fold.bad(node.span)
        asked = _own_alignment(operand)
    if not _measurable(c, ty, "_Alignof", node.span):
        return fold.bad(node.span)
    return tree.IntValue(SIZE, node.span, asked or align_of(ty))


def _own_alignment(operand: tree.Expr) -> int:
    if isinstance(operand, tree.VariableRef):
        return operand.variable.align
    if isinstance(operand, tree.MemberOf):
        member = (operand.record.members or ())[operand.index]
        packed = member.packed or operand.record.packed
        return max(member.align, 1 if packed else align_of(member.type))
    return 0


# ------------------------------------------------------------------------------- typed builtins


def builtin(c: Context, node: ast.Builtin) -> tree.Expr:
    """Analyse a builtin that takes types."""
    return _BUILTINS[node.name](c, node)


def _types_compatible(c: Context, node: ast.Builtin) -> tree.Expr:
    types = [c.type_name(a) for a in node.arguments if isinstance(a, ast.TypeName)]
    if len(types) != 2 or BAD in types:
        return fold.bad(node.span)
    return fold.truth(compatible_types(types[0].type, types[1].type), node.span)


def _choose_expr(c: Context, node: ast.Builtin) -> tree.Expr:
    condition, *arms = (a for a in node.arguments if not isinstance(a, ast.TypeName))
    chosen = value(c, condition)
    known = Evaluator().integer(chosen)
    if known is None:
        what = "first argument to `__builtin_choose_expr` is not a constant"
        c.report.error(NOT_CONSTANT, condition.span, what, chosen)
        return fold.bad(node.span)
    results = []
    for index, arm in enumerate(arms):
        if index == (0 if known else 1):
            results.append(c.expr(arm))
        else:
            with c.unevaluated_operand():
                c.expr(arm)
    return results[0]


def _va_arg(c: Context, node: ast.Builtin) -> tree.Expr:
    source, name = node.arguments
    assert not isinstance(source, ast.TypeName)
    assert isinstance(name, ast.TypeName)
    cursor = value(c, source)
    ty = unqualified(c.type_name(name))
    if ty is BAD or cursor.type is BAD:
        return fold.bad(node.span)
    if not is_va_list(cursor):
        what = "first argument to `va_arg` is not of type `va_list`"
        c.report.error(TYPE_MISMATCH, source.span, what, cursor)
        return fold.bad(node.span)
    if not is_complete(ty):
        what = f"second argument to `va_arg` is of the incomplete type `{spell(ty)}`"
        c.report.error(INCOMPLETE_TYPE, name.span, what)
        return fold.bad(node.span)
    if isinstance(ty.type, Array):
        c.report.unsupported(name.span, "`va_arg` of an array type")
        return fold.bad(node.span)
    return tree.IntrinsicCall(ty, node.span, Intrinsic.VA_ARG, (cursor,))


def is_va_list(cursor: tree.Expr) -> bool:
    """Tell whether a value is a (decayed) va_list."""
    return is_pointer(cursor.type) and target_of(cursor.type).type is VA_LIST_TAG


def _offset_of(c: Context, node: ast.Builtin) -> tree.Expr:
    name, chain = node.arguments
    assert isinstance(name, ast.TypeName)
    assert not isinstance(chain, ast.TypeName)
    ty = c.type_name(name)
    if ty is BAD:
        return fold.bad(node.span)
    if not is_record(ty):
        what = f"`offsetof` needs a struct or union, not `{spell(ty)}`"
        c.report.error(BAD_OPERANDS, name.span, what)
        return fold.bad(node.span)
    found = _walk(c, ty, chain)
    if found is None:
        return fold.bad(node.span)
    return fold.arithmetic(BinOp.ADD, found[1], tree.IntValue(SIZE, node.span, 0), SIZE, node.span)


def _walk(c: Context, ty: QualType, chain: ast.Expr) -> tuple[QualType, tree.Expr] | None:
    """Return the type that a designator chain leads to, and its offset."""
    if isinstance(chain, ast.Identifier):
        return _step_into(c, ty, chain.name, tree.IntValue(SIZE, chain.span, 0), chain.span)
    if isinstance(chain, ast.Member):
        outer = _walk(c, ty, chain.object)
        if outer is None:
            return None
        base = outer[0]
        if chain.arrow and isinstance(base.type, Array):
            base = base.type.element
        return _step_into(c, base, chain.name, outer[1], chain.name_span)
    if isinstance(chain, ast.Subscript):
        outer = _walk(c, ty, chain.array)
        return None if outer is None else _step_to(c, outer, chain)
    c.report.error(BAD_OPERANDS, chain.span, "`offsetof` needs a member designator")
    return None


def _step_into(
    c: Context, ty: QualType, name: str, offset: tree.Expr, at: Span
) -> tuple[QualType, tree.Expr] | None:
    record = ty.type
    if ty is BAD:
        return None
    if not isinstance(record, RecordType):
        c.report.error(NO_MEMBER, at, f"request for member `{name}` in `{spell(ty)}`")
        return None
    if record.members is None:
        c.report.error(INCOMPLETE_TYPE, at, f"invalid use of incomplete type `{spell(ty)}`")
        return None
    path = member_path(c, record, name)
    if path is None:
        c.report.error(NO_MEMBER, at, f"`{spell(ty)}` has no member named `{name}`")
        return None
    total = 0
    for owner, index in path:
        total += field_offset(lower_type(owner), index)
        member = (owner.members or ())[index]
    if member.bits is not None:
        c.report.error(BAD_OPERANDS, at, "attempt to take the address of a bit-field")
        return None
    step = tree.IntValue(SIZE, at, total)
    return member.type, fold.arithmetic(BinOp.ADD, offset, step, SIZE, at)


def _step_to(
    c: Context, outer: tuple[QualType, tree.Expr], chain: ast.Subscript
) -> tuple[QualType, tree.Expr] | None:
    ty, offset = outer
    index = value(c, chain.index)
    if not isinstance(ty.type, Array) or not is_integer(index.type):
        c.report.error(BAD_OPERANDS, chain.span, "subscript of what is not an array", index)
        return None
    size = tree.IntValue(SIZE, chain.span, size_of(ty.type.element))
    count = convert(to_index(index), SIZE, chain.span)
    by = fold.arithmetic(BinOp.MUL, count, size, SIZE, chain.span)
    return ty.type.element, fold.arithmetic(BinOp.ADD, offset, by, SIZE, chain.span)


def _true(c: Context, node: ast.Builtin) -> tree.Expr:
    return tree.IntValue(BOOL, node.span, 1)


def _false(c: Context, node: ast.Builtin) -> tree.Expr:
    return tree.IntValue(BOOL, node.span, 0)


def _nullptr(c: Context, node: ast.Builtin) -> tree.Expr:
    return tree.IntValue(VOID_POINTER, node.span, 0)


_BUILTINS = {
    "__true": _true,
    "__false": _false,
    "__nullptr": _nullptr,
    "__builtin_types_compatible_p": _types_compatible,
    "__builtin_choose_expr": _choose_expr,
    "__builtin_va_arg": _va_arg,
    "__builtin_offsetof": _offset_of,
}


def wrong_count(c: Context, at: Span, name: str, *, too_few: bool) -> tree.Expr:
    """Report a call with the wrong number of arguments."""
    word = "few" if too_few else "many"
    c.report.error(BAD_CALL, at, f"too {word} arguments to function `{name}`")
    return fold.bad(at)
