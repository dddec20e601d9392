"""Arguments of calls: their number, their expected types, their coercions.

What the call's result should be tells what its arguments should be: `let v: Option<&dyn T> =
Some(&x)`. Closures are checked last, when the other arguments have told more of their types.
"""

from collections.abc import Sequence
from dataclasses import replace

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.typeck.access import hint_for_value
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft, Expectation
from freehold.rust.typeck.hopes import hoped
from freehold.source import Span
from freehold.types import BoolType, FloatKind, FloatType, IntType, TupleType, Type
from freehold.types.generic import Definition, ErrorType, FnDefType


@dataclass(frozen=True, slots=True)
class Callee:
    """What is called: `inputs` are those that arguments are written for.

    `what` is the word for it: "function", "method", "struct", "enum variant", "closure".
    `through_trait`: by an `Fn` trait, as closures are.
    `at` is what to underline when the number of arguments is wrong.
    """

    inputs: tuple[Type, ...]
    output: Type
    what: str
    at: Span
    span: Span
    definition: Definition | None = None
    variadic: bool = False
    through_trait: bool = False


def check_arguments(
    cx: Checker, callee: Callee, arguments: Sequence[ast.Expr], expected: Expectation
) -> list[Draft]:
    """Check the arguments of a call."""
    formal = callee.inputs
    right = len(arguments) == len(formal) or (callee.variadic and len(arguments) > len(formal))
    if not right:
        _say_count(cx, callee, arguments)
        for each in arguments:
            cx.check(each)
        return []
    hopes = _expected_inputs(cx, callee, expected)
    drafts: list[Draft | None] = [None] * len(arguments)
    for closures in (False, True):
        if closures:
            cx.fulfilment.select()
        for at, e in enumerate(arguments):
            if _is_closure(e) is not closures:
                continue
            if at < len(formal):
                drafts[at] = _argument(cx, callee, e, formal[at], hopes[at])
            else:
                drafts[at] = _variadic(cx, e)
    return [each for each in drafts if each is not None]


def _is_closure(e: ast.Expr) -> bool:
    while isinstance(e, ast.Paren):
        e = e.inner
    return isinstance(e, ast.Closure)


def _expected_inputs(cx: Checker, callee: Callee, expected: Expectation) -> tuple[Type, ...]:
    """Return what the arguments would be if the result were as expected; nothing is bound."""
    wanted = cx.only(expected)
    if wanted is None:
        return callee.inputs
    return hoped(cx.table, wanted, callee.output, callee.inputs)


def _argument(cx: Checker, callee: Callee, e: ast.Expr, formal: Type, hope: Type) -> Draft:
    hint = hint_for_value(cx, hope)
    draft = cx.check(e, hint)
    cx.fulfilment.select()
    target = cx.only(hint) or formal
    mismatch = cx.coerce(draft, target, two_phase=True)
    if mismatch is None and target is not formal:
        mismatch = cx.unify(formal, target)
    if mismatch is not None:
        labels = (Label(callee.at, f"arguments to this {callee.what} are incorrect"),)
        cx.mismatch(draft.span, formal, draft.adjusted, mismatch, labels)
    return draft


# -------------------------------------------------------------------------------------- variadics


def _variadic(cx: Checker, e: ast.Expr) -> Draft:
    """Check an argument that `...` takes: C would promote small types, Rust has it said."""
    draft = cx.check(e)
    ty = cx.try_known(draft.adjusted)
    wanted = None
    if isinstance(ty, FloatType) and ty.kind is FloatKind.F32:
        wanted = "c_double"
    elif isinstance(ty, BoolType) or (isinstance(ty, IntType) and ty.bits < 32):
        signed = not isinstance(ty, IntType) or ty.signed
        wanted = "c_int" if signed else "c_uint"
    elif isinstance(ty, FnDefType):
        wanted = cx.show(ty)
    if wanted is not None:
        help_ = (f"cast the value to `{wanted}`",)
        facts = {"type": cx.show(ty)}
        cx.report(Diagnostic(codes.VARIADIC_ARGUMENT, draft.span, facts, help=help_))
    return draft


# ---------------------------------------------------------------------------------------- counts


def _say_count(cx: Checker, callee: Callee, arguments: Sequence[ast.Expr]) -> None:
    wanted, given = len(callee.inputs), len(arguments)
    code = codes.ARGUMENT_COUNT
    if callee.variadic:
        code = codes.ARGUMENT_COUNT_VARIADIC
    elif callee.through_trait:
        code = codes.ARGUMENT_COUNT_CLOSURE
    least = "at least " if callee.variadic else ""
    were = "argument was" if given == 1 else "arguments were"
    what = (
        f"this {callee.what} takes {least}{wanted} argument{'' if wanted == 1 else 's'} "
        f"but {given} {were} supplied"
    )
    labels: list[Label] = []
    if given < wanted:
        missing = [cx.show(each) for each in callee.inputs[given:]]
        text = f"argument #{given + 1} of type `{missing[0]}` is missing"
        if len(missing) > 1:
            text = f"{len(missing)} arguments of type{'s'} {_listed(missing)} are missing"
        labels.append(Label(callee.span, text))
    else:
        labels += [
            Label(each.span, f"unexpected argument #{wanted + at + 1}")
            for at, each in enumerate(arguments[wanted:])
        ]
    found = Diagnostic(code, callee.at, {"what": what}, "", tuple(labels))
    cx.report(_with_definition(found, callee.definition, callee.what))


def _listed(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _with_definition(found: Diagnostic, definition: Definition | None, what: str) -> Diagnostic:
    if definition is None:
        return found
    return replace(found, labels=(*found.labels, Label(definition.span, f"{what} defined here")))


def tuple_inputs(ty: Type) -> tuple[Type, ...] | None:
    """Return the elements of the tuple that the arguments of an `Fn` trait are."""
    if isinstance(ty, TupleType):
        return ty.elements
    return () if isinstance(ty, ErrorType) else None
