"""Names, members, elements, _Generic: expressions that select (C11 6.5.1, 6.5.2.1, 6.5.2.3)."""

from freehold.c import ast, tree
from freehold.c.ctype import Array, Function, Quals, QualType, RecordType
from freehold.c.sema import fold
from freehold.c.sema.compat import compatible
from freehold.c.sema.context import Context
from freehold.c.sema.convert import is_lvalue, rvalue, to_index, value
from freehold.c.sema.headers import header_help
from freehold.c.sema.kinds import (
    BAD,
    BAD_RECORD,
    CHAR,
    is_complete,
    is_integer,
    is_pointer,
    is_record,
    is_variably_modified,
    is_vla,
    pointer_to,
    qualified,
    target_of,
    unqualified,
)
from freehold.c.sema.operators import pointer_add
from freehold.c.sema.scaling import check_index
from freehold.c.sema.scope import Constant, Typedef, Undeclared, suggestion
from freehold.c.sema.spell import spell
from freehold.c.sema.unary import dereference
from freehold.diagnostics.codes import (
    BAD_OPERANDS,
    C_WARNING,
    INCOMPLETE_TYPE,
    NO_MEMBER,
    TYPE_MISMATCH,
    UNDECLARED,
)
from freehold.source import Span

_LISTED = 6  # members named in a help text
_FUNCTION_NAMES = frozenset(("__func__", "__FUNCTION__", "__PRETTY_FUNCTION__"))


def identifier(c: Context, node: ast.Identifier) -> tree.Expr:
    """Analyse a name."""
    entity = c.scope.find(node.name)
    if isinstance(entity, tree.Variable):
        return tree.VariableRef(entity.type, node.span, entity)
    if isinstance(entity, Constant):
        return tree.IntValue(entity.type, node.span, entity.value)
    if isinstance(entity, tree.Function_):
        return designator(entity, node.span)
    if isinstance(entity, Undeclared):
        return fold.bad(node.span)
    if isinstance(entity, Typedef):
        what = f"`{node.name}` is a type, where an expression is needed"
        c.report.error(BAD_OPERANDS, node.span, what)
        return fold.bad(node.span)
    if node.name in _FUNCTION_NAMES:
        return _function_name(c, node)
    builtin = c.rules.builtin_function(c, node.name, node.span)
    if builtin is not None:
        return designator(builtin, node.span)
    return undeclared(c, node)


def designator(function: tree.Function_, span: Span) -> tree.Expr:
    """Return the designator of a function: it decays to its address."""
    ty = QualType(function.type)
    return tree.Deref(ty, span, tree.FunctionRef(pointer_to(ty), span, function))


def undeclared(c: Context, node: ast.Identifier) -> tree.Expr:
    """Report an undeclared name, once in each function."""
    hint = header_help(node.name) or suggestion(node.name, c.scope.visible())
    c.report.error(UNDECLARED, node.span, node.name, help=hint)
    c.outermost_block().names.setdefault(node.name, Undeclared(node.name))
    return fold.bad(node.span)


def _function_name(c: Context, node: ast.Identifier) -> tree.Expr:
    if node.name != "__func__":
        what = f"`{node.name}` is an extension: ISO C has `__func__`"
        c.report.pedantic(C_WARNING, node.span, what)
    if c.function is None:
        c.report.warn(C_WARNING, node.span, f"`{node.name}` outside of functions")
        text = "" if node.name == "__func__" else "top level"
    else:
        text = c.function.entity.name
    literal = c.function_names.get(text)
    if literal is None:
        data = text.encode() + b"\0"
        ty = QualType(Array(qualified(CHAR, Quals.CONST), len(data)))
        literal = c.function_names[text] = tree.StringLiteral(data, ty, node.span)
        c.strings.append(literal)
    return tree.StringRef(literal.type, node.span, literal)


# ----------------------------------------------------------------------------------------- members


def member(c: Context, node: ast.Member) -> tree.Expr:
    """Analyse `a.b` or `a->b`."""
    base = c.expr(node.object)
    if node.arrow:
        base = rvalue(c, base)
        if base.type is BAD:
            return fold.bad(node.span)
        if not is_pointer(base.type):
            what = f"`->` needs a pointer, not `{spell(base.type)}`"
            if is_record(base.type):
                what = f"`{spell(base.type)}` is no pointer: use `.` for member `{node.name}`"
            c.report.error(NO_MEMBER, node.name_span, what, base)
            return fold.bad(node.span)
        base = tree.Deref(target_of(base.type), node.object.span, base)
    return select(c, base, node.name, node.name_span, node.span)


def select(c: Context, base: tree.Expr, name: str, at: Span, span: Span) -> tree.Expr:
    """Return member `name` of the struct or union `base`."""
    record = base.type.type
    if record is BAD_RECORD:
        return fold.bad(span)
    if not isinstance(record, RecordType):
        what = f"`{spell(base.type)}` has no members, so no `{name}`"
        if is_pointer(base.type) and is_record(target_of(base.type)):
            what = f"`{spell(base.type)}` is a pointer: use `->` for member `{name}`"
        c.report.error(NO_MEMBER, at, what, base)
        return fold.bad(span)
    if record.members is None:
        what = f"`{spell(unqualified(base.type))}` is incomplete here, so it has no members"
        c.report.error(INCOMPLETE_TYPE, at, what)
        return fold.bad(span)
    path = member_path(c, record, name)
    if path is None:
        what = f"`{spell(unqualified(base.type))}` has no member `{name}`"
        names = _names(record)
        c.report.error(NO_MEMBER, at, what, help=suggestion(name, names) or _listed(names))
        return fold.bad(span)
    for owner, index in path:
        base = member_of(c, base, owner, index, span)
    return base


def member_of(c: Context, base: tree.Expr, record: RecordType, index: int, span: Span) -> tree.Expr:
    """Return member number `index` of `base`: of an lvalue, it has its qualifiers."""
    members = record.members
    assert members is not None
    ty = members[index].type
    if is_lvalue(base):
        if base.type.quals:
            ty = qualified(ty, base.type.quals)
    elif isinstance(ty.type, Array):
        base = _materialise(c, base)
    else:
        ty = unqualified(ty)
    return tree.MemberOf(ty, span, base, record, index)


def _materialise(c: Context, value_: tree.Expr) -> tree.Expr:
    """Give a struct value the temporary object in which its array members live."""
    variable = c.hidden(value_.type, value_.span)
    initial = tree.Initial(zero=False, stores=(tree.InitStore((), value_),))
    return tree.CompoundLiteralRef(value_.type, value_.span, variable, initial)


def member_path(
    c: Context, record: RecordType, name: str
) -> tuple[tuple[RecordType, int], ...] | None:
    """Return the steps to member `name`, through anonymous members; None if there is none."""
    known = c.member_paths.get(record)
    if known is None:
        known = c.member_paths[record] = _paths(record)
    return known.get(name)


_Path = tuple[tuple[RecordType, int], ...]


def _paths(record: RecordType) -> dict[str, _Path]:
    found: dict[str, _Path] = {}
    for index, each in enumerate(record.members or ()):
        if each.name:
            found.setdefault(each.name, ((record, index),))
        elif isinstance(each.type.type, RecordType) and each.bits is None:
            for name, rest in _paths(each.type.type).items():
                found.setdefault(name, ((record, index), *rest))
    return found


def _names(record: RecordType) -> list[str]:
    return list(_paths(record))


def _listed(names: list[str]) -> str:
    """Return what to say of the members that there are."""
    if not names:
        return ""
    shown = ", ".join(f"`{name}`" for name in names[:_LISTED])
    return f"it has {shown}" + (" and others" if len(names) > _LISTED else "")


# --------------------------------------------------------------------------------------- elements


def subscript(c: Context, node: ast.Subscript) -> tree.Expr:
    """Analyse `a[i]`."""
    array, index = c.expr(node.array), value(c, node.index)
    if is_integer(array.type) and not is_integer(index.type):
        array, index = index, rvalue(c, array)
    if array.type is BAD or index.type is BAD:
        return fold.bad(node.span)
    shape = array.type.type
    if not isinstance(shape, Array) and not is_pointer(array.type):
        what = f"`[]` needs an array or pointer, not `{spell(array.type)}`"
        c.report.error(BAD_OPERANDS, node.span, what)
        return fold.bad(node.span)
    if not is_integer(index.type):
        what = f"an index must be an integer, not `{spell(index.type)}`"
        c.report.error(BAD_OPERANDS, node.index.span, what)
        return fold.bad(node.span)
    check_index(c, shape.element if isinstance(shape, Array) else target_of(array.type), node.index)
    if isinstance(shape, Array) and is_lvalue(array):
        return element(c, array, index, node.span)
    pointer = rvalue(c, array)
    if not _subscriptable(c, target_of(pointer.type), node.span):
        return fold.bad(node.span)
    at = node.span
    return dereference(c, pointer_add(c, pointer, index, at, at), at)


def _subscriptable(c: Context, target: QualType, at: Span) -> bool:
    if isinstance(target.type, Function):
        c.report.error(BAD_OPERANDS, at, "a pointer to a function has no elements")
        return False
    if not is_complete(target) and isinstance(target.type, (RecordType, Array)):
        what = f"`{spell(target)}` is incomplete, so its elements have no size"
        c.report.error(INCOMPLETE_TYPE, at, what)
        return False
    return True


def element(c: Context, array: tree.Expr, index: tree.Expr, span: Span) -> tree.Expr:
    """Return element `index` of an array lvalue; its bounds apply if they are known."""
    shape = array.type.type
    assert isinstance(shape, Array)
    if shape.length is None or is_vla(array.type):
        pointer = pointer_add(c, rvalue(c, array), index, span, span)
        return dereference(c, pointer, span)
    return tree.ElementOf(shape.element, span, array, to_index(index))


# ---------------------------------------------------------------------------------------- _Generic


def generic(c: Context, node: ast.Generic) -> tree.Expr:
    """Analyse `_Generic`: only the chosen arm counts, but all are checked."""
    with c.unevaluated_operand():
        control = value(c, node.control)
    ty = unqualified(control.type)
    chosen: ast.GenericAssociation | None = None
    default: ast.GenericAssociation | None = None
    seen: list[QualType] = []
    for arm in node.arms:
        if arm.type is None:
            if default is not None:
                c.report.error(TYPE_MISMATCH, arm.span, "a `_Generic` has one `default` at most")
            default = arm
            continue
        named = c.type_name(arm.type)
        _check_association(c, named, seen, arm.span)
        seen.append(named)
        if chosen is None and compatible(named, ty):
            chosen = arm
    chosen = chosen or default
    results = {id(arm): _arm(c, arm, arm is chosen) for arm in node.arms}
    if chosen is None:
        what = f"no arm of this `_Generic` takes `{spell(ty)}`"
        c.report.error(TYPE_MISMATCH, node.control.span, what, control)
        return fold.bad(node.span)
    return results[id(chosen)]


def _arm(c: Context, arm: ast.GenericAssociation, chosen: bool) -> tree.Expr:  # noqa: FBT001
    if chosen:
        return c.expr(arm.value)
    with c.unevaluated_operand():
        return c.expr(arm.value)


def _check_association(c: Context, ty: QualType, seen: list[QualType], at: Span) -> None:
    if ty is BAD:
        return
    if isinstance(ty.type, Function):
        c.report.error(TYPE_MISMATCH, at, "an arm of `_Generic` cannot have a function type")
    elif is_variably_modified(ty):
        c.report.error(TYPE_MISMATCH, at, "an arm of `_Generic` cannot have a variable length")
    elif not is_complete(ty):
        c.report.error(INCOMPLETE_TYPE, at, "an arm of `_Generic` cannot have an incomplete type")
    elif any(compatible(ty, other) for other in seen):
        what = f"two arms of this `_Generic` take `{spell(ty)}`"
        c.report.error(TYPE_MISMATCH, at, what)
