"""Values that are used more than once: held by hidden variables of a block expression."""

from collections.abc import Callable, Sequence

from freehold.c import tree
from freehold.c.sema.context import load
from freehold.c.sema.kinds import is_void, pointer_to
from freehold.source import Span

_PLAIN = (tree.IntValue, tree.FloatValue)


def bind(values: Sequence[tree.Expr], span: Span, build: Callable[..., tree.Expr]) -> tree.Expr:
    """Evaluate `values` once each, and return what `build` makes of them."""
    variables: list[tree.Variable] = []
    body: list[tree.Statement] = []
    held: list[tree.Expr] = []
    for value in values:
        if isinstance(value, _PLAIN):
            held.append(value)
            continue
        variable, statement = hold(value)
        variables.append(variable)
        body.append(statement)
        held.append(load(variable, span))
    result = build(*held)
    if not body:
        return result
    return block(variables, body, result, span)


def hold(value: tree.Expr) -> tuple[tree.Variable, tree.Statement]:
    """Return a new variable that holds `value`, and the statement that makes it so."""
    variable = tree.Variable("", value.type, tree.Storage.AUTO, value.span)
    initial = tree.Initial(zero=False, stores=(tree.InitStore((), value),))
    return variable, tree.Declare(value.span, variable, initial)


def block(
    variables: Sequence[tree.Variable],
    body: Sequence[tree.Statement],
    result: tree.Expr,
    span: Span,
) -> tree.Expr:
    """Return a block expression that runs `body` and then yields `result`."""
    if is_void(result.type):
        body = (*body, tree.Evaluate(span, result))
        inner = tree.Block(span, tuple(variables), tuple(body), span)
        return tree.BlockExpr(result.type, span, inner, None)
    inner = tree.Block(span, tuple(variables), tuple(body), span)
    return tree.BlockExpr(result.type, span, inner, result)


def address(variable: tree.Variable, span: Span) -> tree.Expr:
    """Return the address of a hidden variable."""
    variable.address_taken = True
    place = tree.VariableRef(variable.type, span, variable)
    return tree.AddressOf(pointer_to(variable.type), span, place)
