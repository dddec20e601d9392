"""`format_args!`: calls of std's formatting functions.

`Arguments::new(&[pieces], &[Argument::new_display(&x), ..], &[placeholders])`; where an argument is
used twice, or out of order, the second is `&match (&x, &y) { args => [..] }`.
"""

from collections.abc import Sequence

from freehold.mir.body import BindingKind
from freehold.mir.values import BorrowKind, CastKind
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.infer import fresh_arguments
from freehold.rust.items import Function, Struct
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft, Expectation, LocalVar
from freehold.rust.typeck.literals import STR_REF
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types import CHAR, U32, ArrayType, SliceType, TupleType, Type
from freehold.types.generic import ERASED, USIZE, AdtDef, AdtType, GenericArg, RefType

_MAKERS = {
    "Display": "format_display",
    "Debug": "format_debug",
    "LowerHex": "format_lower_hex",
    "UpperHex": "format_upper_hex",
    "Octal": "format_octal",
    "Binary": "format_binary",
    "Pointer": "format_pointer",
    "LowerExp": "format_lower_exp",
    "UpperExp": "format_upper_exp",
    "": "format_count",
}
_ALIGNMENTS = {"": 0, "<": 64, "^": 128, ">": 192}


@dataclass(frozen=True, slots=True)
class _Shown:
    """One element of the arguments' array: which argument, by which trait ("": as a count)."""

    argument: int
    trait: str


@dataclass(slots=True, eq=False)
class _Plan:
    """What is shown, in order, and the placeholders' own terms."""

    pieces: list[str]
    shown: list[_Shown]
    specs: list[tuple[int, ast.FormatPlaceholder]]

    @property
    def plain(self) -> bool:
        """Tell whether placeholders show all arguments in order, with nothing special."""
        return all(at == index and _flags(each) == 0 for index, (at, each) in enumerate(self.specs))


def check_format(cx: Checker, e: ast.FormatArgs, _expected: Expectation) -> Draft:
    """Check `format_args!(..)`."""
    plan = _plan(e)
    arguments = [cx.check(each.value) for each in e.arguments]
    makers = [_maker(cx, each, arguments[each.argument]) for each in plan.shown]
    new = cx.lang_function("format_arguments_new")
    definition = cx.crates.lang("format_arguments")
    assert isinstance(definition, Struct)
    ty = AdtType(definition, (ERASED,))
    simple = [each.argument for each in plan.shown] == list(range(len(arguments)))
    variable = None if simple else _tuple_variable(cx, arguments, e.span)

    def write(w: Writer) -> thir.Expr:
        if variable is None:
            given = [_borrow(w.expr(draft)) for draft in arguments]
            array = _array(w, plan, makers, given, e.span)
        else:
            array = _matched(w, (plan, makers), arguments, variable, e.span)
        pieces = [
            thir.String(each.encode("utf-8", "surrogatepass"), w.type(STR_REF), e.span)
            for each in plan.pieces
        ]
        text = thir.Array(tuple(pieces), ArrayType(w.type(STR_REF), len(pieces)), e.span)
        specs = _specs(w, cx, plan, e.span)
        callee = w.item(new, (ERASED,), e.span)
        inputs = tuple(_as_slice(each) for each in (text, array, specs))
        return thir.Call(callee, inputs, w.type(ty, e.span), e.span)

    return Draft(e.span, ty, write)


# -------------------------------------------------------------------------------------------- plan


def _plan(e: ast.FormatArgs) -> _Plan:
    pieces: list[str] = []
    shown: dict[_Shown, int] = {}
    specs: list[tuple[int, ast.FormatPlaceholder]] = []
    after_text = False
    for piece in e.pieces:
        if isinstance(piece, ast.FormatText):
            pieces.append(piece.text)
            after_text = True
            continue
        if not after_text:
            pieces.append("")
        after_text = False
        at = shown.setdefault(_Shown(piece.argument, piece.trait), len(shown))
        specs.append((at, piece))
    for _, placeholder in specs:
        for count in (placeholder.width, placeholder.precision):
            if count is not None and count.is_argument:
                shown.setdefault(_Shown(count.value, ""), len(shown))
    plan = _Plan(pieces, list(shown), specs)
    if plan.plain:
        plan.specs = []
    return plan


def _flags(placeholder: ast.FormatPlaceholder) -> int:
    flags = _ALIGNMENTS[placeholder.align]
    flags |= {"": 0, "+": 1, "-": 2}[placeholder.sign]
    flags |= 4 * placeholder.alternate | 8 * placeholder.zero
    flags |= {"": 0, "x": 16, "X": 32}[placeholder.debug_hex]
    for present, count in ((256, placeholder.width), (1024, placeholder.precision)):
        if count is not None:
            flags |= present | (2 * present if count.is_argument else 0)
    return flags


# ---------------------------------------------------------------------------------------- checking


def _maker(cx: Checker, shown: _Shown, argument: Draft) -> tuple[Function, tuple[GenericArg, ...]]:
    """Return the function that wraps an argument; what it requires is required at the argument."""
    function = cx.lang_function(_MAKERS[shown.trait])
    assert function.signature is not None
    span = argument.span
    if not shown.trait:
        cx.demand(span, USIZE, argument.adjusted)
        return function, fresh_arguments(cx.table, function.generics, (), span)
    before = (ERASED,) * (function.generics.count - 1)
    arguments = (*before, argument.adjusted)
    cx.require_item(function, arguments, span)
    return function, arguments


def _tuple_variable(cx: Checker, arguments: Sequence[Draft], span: Span) -> LocalVar:
    types = tuple(RefType(ERASED, each.adjusted, mutable=False) for each in arguments)
    node = ast.Ident(span, "args")
    return cx.declare(node, "args", TupleType(types), BindingKind.PATTERN, mutable=False)


# ----------------------------------------------------------------------------------------- writing


def _borrow(node: thir.Expr) -> thir.Expr:
    ty = RefType(ERASED, node.type, mutable=False)
    return thir.Borrow(BorrowKind.SHARED, node, ty, node.span)


def _array(
    w: Writer,
    plan: _Plan,
    makers: list[tuple[Function, tuple[GenericArg, ...]]],
    given: Sequence[thir.Expr],
    span: Span,
) -> thir.Expr:
    """Return the array of wrapped arguments; `given` are references, by number of argument."""
    element = _argument_type(w)
    calls = []
    for shown, (function, arguments) in zip(plan.shown, makers, strict=True):
        value = given[shown.argument]
        callee = w.item(function, arguments, value.span)
        calls.append(thir.Call(callee, (value,), element, value.span))
    return thir.Array(tuple(calls), ArrayType(element, len(calls)), span)


def _argument_type(w: Writer) -> Type:
    return AdtType(_adt(w, "format_argument"), (ERASED,))


def _adt(w: Writer, name: str) -> AdtDef:
    found = w.notes.lang(name)
    assert isinstance(found, AdtDef)
    return found


def _matched(
    w: Writer,
    wrapped: tuple[_Plan, list[tuple[Function, tuple[GenericArg, ...]]]],
    arguments: Sequence[Draft],
    variable: LocalVar,
    span: Span,
) -> thir.Expr:
    plan, makers = wrapped
    references = tuple(_borrow(w.expr(draft)) for draft in arguments)
    ty = TupleType(tuple(each.type for each in references))
    subject = thir.Tuple(references, ty, span)
    number = thir.Variable(variable.index)
    pattern = thir.BindPattern(number, None, None, ty, span)
    whole = thir.Local(number, ty, span)
    given = [
        thir.Field(whole, at, each.type, each.span, str(at)) for at, each in enumerate(references)
    ]
    array = _array(w, plan, makers, given, span)
    arm = thir.Arm(pattern, None, array, span)
    return thir.Match(subject, (arm,), array.type, span)


def _specs(w: Writer, cx: Checker, plan: _Plan, span: Span) -> thir.Expr:
    element = AdtType(_adt(w, "format_placeholder"), ())
    new = cx.lang_function("format_placeholder_new")
    calls = []
    index = {each: at for at, each in enumerate(plan.shown)}
    for at, placeholder in plan.specs:
        numbers = [at]
        for count in (placeholder.width, placeholder.precision):
            value = 0 if count is None else count.value
            if count is not None and count.is_argument:
                value = index[_Shown(count.value, "")]
            numbers.append(value)
        fields = (
            thir.Number(numbers[0], USIZE, span),
            thir.Number(ord(placeholder.fill), CHAR, span),
            thir.Number(_flags(placeholder), U32, span),
            thir.Number(numbers[1], USIZE, span),
            thir.Number(numbers[2], USIZE, span),
        )
        calls.append(thir.Call(w.item(new, (), span), fields, element, span))
    return thir.Array(tuple(calls), ArrayType(element, len(calls)), span)


def _as_slice(array: thir.Expr) -> thir.Expr:
    """Return `&array` as a slice."""
    assert isinstance(array.type, ArrayType)
    ty = RefType(ERASED, SliceType(array.type.element), mutable=False)
    return thir.Cast(CastKind.UNSIZE, _borrow(array), ty, array.span, implicit=True)
