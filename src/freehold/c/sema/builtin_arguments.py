"""The arguments of builtins: analysed, counted, converted; wrong ones never reach a builder."""

from collections.abc import Callable, Sequence

from freehold.c import ast, tree
from freehold.c.ctype import QualType
from freehold.c.sema import fold
from freehold.c.sema.assign import assign_convert
from freehold.c.sema.casts import wrong_count
from freehold.c.sema.context import Context
from freehold.c.sema.convert import value
from freehold.c.sema.kinds import BAD, VOID, is_void
from freehold.c.sema.unary import without_parens
from freehold.diagnostics.codes import BAD_CALL, TYPE_MISMATCH
from freehold.source import Span

Handler = Callable[[Context, ast.Call], tree.Expr]
Build = Callable[[Span, list[tree.Expr]], tree.Expr]
CheckedBuild = Callable[[Context, ast.Call, list[tree.Expr]], tree.Expr]


def name_of(node: ast.Call) -> str:
    """Return the name of the builtin that is called."""
    function = without_parens(node.function)
    assert isinstance(function, ast.Identifier)
    return function.name


def occasion(node: ast.Call, index: int) -> str:
    """Name the passing of argument number `index`, counted from 0."""
    return f"argument {index + 1} of `{name_of(node)}`"


def typed(parameters: Sequence[QualType], build: Build, *, variadic: bool = False) -> Handler:
    """Return the handler of a builtin with a prototype; `build` gets converted arguments."""

    def handle(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        for index, ty in enumerate(parameters):
            at = node.arguments[index].span
            given[index] = assign_convert(c, given[index], ty, at, occasion(node, index))
        if any(each.type is BAD for each in given):
            return fold.bad(node.span)
        return build(node.span, given)

    count = len(parameters)
    return generic(count, handle, None if variadic else count)


def generic(least: int, build: CheckedBuild, most: int | None) -> Handler:
    """Return the handler of a builtin that takes `least` to `most` arguments of any type."""

    def handle(c: Context, node: ast.Call) -> tree.Expr:
        given = [value(c, argument) for argument in node.arguments]
        if len(given) < least or (most is not None and len(given) > most):
            takes = str(least) if least == most else f"at least {least}"
            if most is not None and least < most:
                takes = f"{least} to {most}"
            return wrong_count(c, node.function.span, name_of(node), takes, len(given))
        for argument in given:
            if is_void(argument.type):
                what = "this expression is void: it has no value"
                c.report.error(TYPE_MISMATCH, argument.span, what)
                return fold.bad(node.span)
        if any(each.type is BAD for each in given):
            return fold.bad(node.span)
        return build(c, node, given)

    return handle


def refuse(c: Context, node: ast.Call, index: int, problem: str) -> tree.Expr:
    """Report what is wrong with argument number `index`, counted from 0."""
    what = f"argument {index + 1} of `{name_of(node)}` {problem}"
    c.report.error(BAD_CALL, node.arguments[index].span, what)
    return fold.bad(node.span)


def after(ignored: Sequence[tree.Expr], result: tree.Expr) -> tree.Expr:
    """Return `result`, before which operands without influence on it are evaluated."""
    for each in reversed(ignored):
        if not isinstance(each, (tree.IntValue, tree.FloatValue)):
            effect = tree.Discard(VOID, each.span, each)
            result = tree.Sequence(result.type, result.span, effect, result)
    return result
