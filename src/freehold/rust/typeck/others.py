"""Expressions that need no file of their own."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust import ast
from freehold.rust.typeck.checker import Checker, Handler
from freehold.rust.typeck.draft import Draft, Expectation


def check_paren(cx: Checker, e: ast.Paren, expected: Expectation) -> Draft:
    """Check `(inner)`."""
    return cx.check(e.inner, expected)


def check_attributed(cx: Checker, e: ast.Attributed, expected: Expectation) -> Draft:
    """Check an expression under attributes."""
    return cx.check(e.inner, expected)


def check_underscore(cx: Checker, e: ast.Underscore, _expected: Expectation) -> Draft:
    """Refuse `_` where it is no target."""
    what = "`_` can only be used on the left-hand side of an assignment"
    cx.report(Diagnostic(codes.MISPLACED_UNDERSCORE, e.span, {"what": what}))
    return cx.erroneous(e.span)


def check_error(cx: Checker, e: ast.ErrorExpr, _expected: Expectation) -> Draft:
    """Stand for what the parser has complained of."""
    return cx.erroneous(e.span)


def check_const_block(cx: Checker, e: ast.ConstBlock, expected: Expectation) -> Draft:
    """Check `const { }` as the block that it holds."""
    return cx.check(ast.BlockExpr(e.span, e.block), expected)


def refuse(what: str) -> Handler:
    """Return the check of what is not supported."""

    def check(cx: Checker, e: ast.Expr, _expected: Expectation) -> Draft:
        cx.unsupported(e.span, what)
        return cx.erroneous(e.span)

    return check
