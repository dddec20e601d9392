"""Calls (C11 6.5.2.2): of functions, through pointers, of functions that nothing declares."""

from freehold.c import ast, tree
from freehold.c.ctype import Function, RecordType
from freehold.c.sema import fold
from freehold.c.sema.assign import assign_convert
from freehold.c.sema.casts import wrong_count
from freehold.c.sema.context import Context
from freehold.c.sema.convert import default_promote, rvalue, value
from freehold.c.sema.headers import header_help
from freehold.c.sema.kinds import (
    BAD,
    INT,
    is_complete,
    is_function_pointer,
    is_void,
    target_of,
    unqualified,
)
from freehold.c.sema.known import known_attributes, known_type
from freehold.c.sema.primary import designator
from freehold.c.sema.scope import suggestion
from freehold.c.sema.spell import spell
from freehold.c.sema.unary import without_parens
from freehold.diagnostics import Label
from freehold.diagnostics.codes import (
    BAD_CALL,
    IMPLICIT_DECLARATION,
    INCOMPLETE_TYPE,
    TYPE_MISMATCH,
)
from freehold.mir.statements import Intrinsic
from freehold.source import Span

_PREFIX = "__builtin_"
_SETJMP = frozenset(("setjmp", "_setjmp", "sigsetjmp", "__sigsetjmp"))
_LONGJMP = frozenset(("longjmp", "_longjmp", "siglongjmp"))
_IN_PLACE = {
    **dict.fromkeys(_SETJMP, Intrinsic.SETJMP),
    **dict.fromkeys(_LONGJMP, Intrinsic.LONGJMP),
    "alloca": Intrinsic.ALLOCA,
}


def call(c: Context, node: ast.Call) -> tree.Expr:
    """Analyse a call."""
    function = without_parens(node.function)
    if isinstance(function, ast.Identifier) and c.scope.find(function.name) is None:
        handler = c.rules.builtin_call.get(function.name)
        if handler is not None:
            return handler(c, node)
        callee = _implicit(c, function)
    else:
        callee = rvalue(c, c.expr(node.function))
    arguments = [value(c, argument) for argument in node.arguments]
    return apply(c, callee, arguments, node)


def _implicit(c: Context, node: ast.Identifier) -> tree.Expr:
    builtin = builtin_function(c, node.name, node.span)
    if builtin is not None:
        return rvalue(c, designator(builtin, node.span))
    if node.name not in c.assumed:
        hint = header_help(node.name) or suggestion(node.name, c.scope.visible())
        c.report.pedwarn(IMPLICIT_DECLARATION, node.span, node.name, help=hint)
        c.assumed.add(node.name)
    known = known_type(node.name)
    ty = known or Function(INT, (), prototype=False)
    function = linked_function(c, node.name, ty, node.span)
    c.scope.names[node.name] = function
    return rvalue(c, designator(function, node.span))


def builtin_function(c: Context, name: str, span: Span) -> tree.Function_ | None:
    """Return the library function that `__builtin_NAME` stands for."""
    if not name.startswith(_PREFIX):
        return None
    plain = name[len(_PREFIX) :]
    ty = known_type(plain)
    return None if ty is None else linked_function(c, plain, ty, span)


def linked_function(c: Context, name: str, ty: Function, span: Span) -> tree.Function_:
    """Return the function with external linkage called `name`, declared by the language."""
    entity = c.linked.get(name)
    if isinstance(entity, tree.Function_):
        return entity
    function = tree.Function_(name, ty, span, name, attributes=known_attributes(name))
    if entity is None:
        c.linked[name] = function
        c.implicit.add(function)
    c.functions.append(function)
    return function


def apply(c: Context, callee: tree.Expr, arguments: list[tree.Expr], node: ast.Call) -> tree.Expr:
    """Return the call of a function pointer with these values."""
    if not is_function_pointer(callee.type):
        what = f"`{spell(callee.type)}` is called, but is no function"
        c.report.error(BAD_CALL, node.function.span, what, callee)
        return fold.bad(node.span)
    ty = target_of(callee.type).type
    assert isinstance(ty, Function)
    named = callee.function if isinstance(callee, tree.FunctionRef) else None
    converted = _convert_arguments(c, ty, arguments, node, named)
    if converted is None:
        return fold.bad(node.span)
    result = unqualified(ty.result)
    if not is_void(result) and not is_complete(result):
        what = f"the call returns `{spell(result)}`, which is incomplete"
        c.report.error(INCOMPLETE_TYPE, node.function.span, what)
        return fold.bad(node.span)
    if result is BAD:
        return fold.bad(node.span)
    if not isinstance(callee, tree.FunctionRef):
        return tree.Call(result, node.span, callee, ty, converted)
    function = callee.function
    intrinsic = _IN_PLACE.get(function.symbol)
    if intrinsic is not None and function.body is None:
        return tree.IntrinsicCall(result, node.span, intrinsic, converted)
    return tree.Call(result, node.span, function, ty, converted)


def _convert_arguments(
    c: Context,
    ty: Function,
    arguments: list[tree.Expr],
    node: ast.Call,
    function: tree.Function_ | None,
) -> tuple[tree.Expr, ...] | None:
    """Convert arguments to the parameters of a function type; None if they do not fit."""
    name = "" if function is None else function.name
    where = f" of `{name}`" if name else ""
    at = node.function.span
    count = len(ty.parameters)
    here = None if function is None else Label(function.span, "declared here")
    if ty.prototype and (len(arguments) < count or (len(arguments) > count and not ty.variadic)):
        takes = f"at least {count}" if ty.variadic else str(count)
        wrong_count(c, at, name, takes, len(arguments), () if here is None else (here,))
        return None
    converted: list[tree.Expr] = []
    for index, argument in enumerate(arguments):
        span = node.arguments[index].span if index < len(node.arguments) else node.span
        if ty.prototype and index < count:
            parameter = ty.parameters[index]
            if not is_complete(parameter) and not is_void(parameter):
                what = f"parameter {index + 1}{where} has the incomplete type `{spell(parameter)}`"
                c.report.error(INCOMPLETE_TYPE, span, what)
                return None
            occasion = f"argument {index + 1}{where}"
            argument = assign_convert(c, argument, parameter, span, occasion, here)  # noqa: PLW2901
        else:
            argument = _promoted_argument(c, argument, span)  # noqa: PLW2901
        converted.append(argument)
    return None if any(a.type is BAD for a in converted) else tuple(converted)


def _promoted_argument(c: Context, argument: tree.Expr, span: Span) -> tree.Expr:
    if is_void(argument.type):
        c.report.error(TYPE_MISMATCH, span, "this argument is void: it has no value")
        return fold.bad(span)
    if isinstance(argument.type.type, RecordType):
        return argument
    return default_promote(argument)
