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
from freehold.diagnostics import Label
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
from freehold.mir.statements import Intrinsic
from freehold.mir.values import BinOp, CastKind
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
        return _refuse(c, span, f"no cast leads to {kind} type", operand)
    if isinstance(shape, RecordType):
        return _to_record(c, operand, ty, span)
    if not is_complete(ty):
        return _refuse(c, span, f"no cast leads to the incomplete type `{spell(ty)}`", operand)
    if is_void(operand.type):
        return _refuse(c, span, "this expression is void: it has no value", operand)
    if not is_scalar(operand.type):
        what = f"no cast leads from `{spell(operand.type)}` to `{spell(ty)}`"
        return _refuse(c, span, what, operand)
    if is_pointer(ty) or is_pointer(operand.type):
        if is_floating(ty) or is_floating(operand.type):
            what = f"no cast leads from `{spell(operand.type)}` to `{spell(ty)}`"
            return _refuse(c, span, what, operand)
        _check_pointer_cast(c, operand, ty, span)
    result = convert(operand, ty, span)
    if result is operand and bit_width(operand) is not None:
        # No longer a bit-field's value: it keeps this type when it is promoted.
        return tree.Convert(ty, span, CastKind.INT, operand)
    return result


def _refuse(c: Context, at: Span, what: str, operand: tree.Expr) -> tree.Expr:
    c.report.error(TYPE_MISMATCH, at, what, operand)
    return fold.bad(at)


def _to_record(c: Context, operand: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    record = ty.type
    assert isinstance(record, RecordType)
    if compatible_types(record, operand.type.type):
        c.report.pedantic(
            BAD_OPERANDS, span, "a cast of a struct or union to its own type is an extension"
        )
        return operand
    if record.keyword == "union" and record.members is not None:
        for index, member in enumerate(record.members):
            if compatible_types(member.type.type, operand.type.type):
                c.report.pedantic(BAD_OPERANDS, span, "a cast to a union is an extension")
                return union_value(ty, index, operand, span)
    what = f"no cast leads to `{spell(ty)}`: it is no scalar"
    return _refuse(c, span, what, operand)


def _check_pointer_cast(c: Context, operand: tree.Expr, ty: QualType, span: Span) -> None:
    source = operand.type
    if is_pointer(ty) and is_pointer(source):
        both = is_function_pointer(ty) == is_function_pointer(source)
        if not both and not fold.is_null_constant(operand):
            what = "a cast between function and object pointers is an extension"
            c.report.pedantic(POINTER_CONVERSION, span, what)
    elif is_integer(ty) and size_of(ty) < 8 and not isinstance(operand, tree.IntValue):
        c.report.warn(C_WARNING, span, f"`{spell(ty)}` does not hold all bits of a pointer")
    elif is_integer(source) and size_of(source) < 8 and not isinstance(operand, tree.IntValue):
        c.report.warn(C_WARNING, span, f"a pointer is made of `{spell(source)}`, which is narrower")


# ------------------------------------------------------------------------------- compound literals


def compound_literal(c: Context, node: ast.CompoundLiteral) -> tree.Expr:
    """Analyse `(type) { ... }`: an unnamed object, static outside of functions."""
    ty = c.type_name(node.type)
    if isinstance(ty.type, Function) or is_void(ty):
        c.report.error(BAD_OPERANDS, node.span, f"compound literal of type `{spell(ty)}`")
        return fold.bad(node.span)
    if is_vla(ty):
        c.report.error(BAD_OPERANDS, node.span, "a compound literal cannot have a variable length")
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
            c.report.error(BAD_OPERANDS, node.span, "a bit-field has no `sizeof`")
            return fold.bad(node.span)
    if not _measurable(c, ty, "sizeof", node.span):
        return fold.bad(node.span)
    c.measured[id(node)] = ty
    return c.after_extents(runtime_size(ty, node.span))


def _measurable(c: Context, ty: QualType, word: str, at: Span) -> bool:
    if ty is BAD:
        return False
    if is_void(ty) or isinstance(ty.type, Function):
        kind = "void" if is_void(ty) else "function"
        c.report.pedantic(BAD_OPERANDS, at, f"`{word}` of a {kind} type is an extension")
    elif not is_complete(ty):
        what = f"`{word}` needs a complete type, and `{spell(ty)}` is incomplete"
        c.report.error(INCOMPLETE_TYPE, at, what)
        return False
    return True


def align_of_expr(c: Context, node: ast.AlignOf) -> tree.Expr:
    """Analyse `_Alignof`, of a type or (GNU) of an expression."""
    asked = 0
    if isinstance(node.operand, ast.TypeName):
        ty, asked = c.rules.aligned_type_name(c, node.operand)
    else:
        c.report.pedantic(BAD_OPERANDS, node.span, "`_Alignof` of an expression is an extension")
        with c.unevaluated_operand():
            operand = c.expr(node.operand)
        ty = operand.type
        if field_width(operand) is not None:
            c.report.error(BAD_OPERANDS, node.span, "a bit-field has no `_Alignof`")
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
        what = "`__builtin_choose_expr` takes a constant as its first argument"
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
        what = "`va_arg` takes a `va_list` as its first argument"
        c.report.error(TYPE_MISMATCH, source.span, what, cursor)
        return fold.bad(node.span)
    if not is_complete(ty):
        what = f"`va_arg` cannot yield the incomplete type `{spell(ty)}`"
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
        c.report.error(NO_MEMBER, at, f"`{spell(ty)}` has no members, so no `{name}`")
        return None
    if record.members is None:
        c.report.error(INCOMPLETE_TYPE, at, f"`{spell(ty)}` is incomplete here")
        return None
    path = member_path(c, record, name)
    if path is None:
        c.report.error(NO_MEMBER, at, f"`{spell(ty)}` has no member `{name}`")
        return None
    total = 0
    for owner, index in path:
        total += field_offset(lower_type(owner), index)
        member = (owner.members or ())[index]
    if member.bits is not None:
        c.report.error(BAD_OPERANDS, at, "a bit-field has no address")
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


def wrong_count(
    c: Context, at: Span, name: str, takes: str, given: int, labels: tuple[Label, ...] = ()
) -> tree.Expr:
    """Report a call with the wrong number of arguments; `takes` is "2" or "at least 1"."""
    plural = "" if takes.rsplit(maxsplit=1)[-1] == "1" else "s"
    callee = f"`{name}`" if name else "this function"
    what = f"{callee} takes {takes} argument{plural}, {given} given"
    c.report.error(BAD_CALL, at, what, labels=labels)
    return fold.bad(at)
