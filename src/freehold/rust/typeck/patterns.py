"""Patterns: what they match, default binding modes, the variables that they bind (Reference 9).

Struct, tuple-struct and path patterns are in `pattern_paths`.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.mir.body import BindingKind
from freehold.mir.values import BorrowKind
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.infer.unify import array_parts
from freehold.rust.items import Constant
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import ANYTHING, Draft, LocalVar, PatternDraft, expecting
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types import (
    U8,
    ArrayType,
    CharType,
    FloatType,
    IntType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    ERASED,
    ERROR,
    USIZE,
    ConstValue,
    DynType,
    GenericArrayType,
    InferKind,
    InferType,
    RefType,
    array_of,
)


class Mode(Enum):
    """The default binding mode: how names bind that do not say it."""

    MOVE = "move"
    REF = "ref"
    REF_MUT = "ref mut"


@dataclass(frozen=True, slots=True)
class Around:
    """What a pattern stands in. `labels` say where the type comes from, for mismatches.

    `plain_let`: a `let` without `else`.
    """

    kind: BindingKind
    mode: Mode = Mode.MOVE
    labels: tuple[Label, ...] = ()
    plain_let: bool = False


def check_pattern(cx: Checker, p: ast.Pattern, expected: Type, around: Around) -> PatternDraft:
    """Check `p` against a value of type `expected`, through references if its kind allows."""
    while isinstance(p, ast.ParenPattern):
        p = p.inner
    if isinstance(p, ast.IdentPattern) and p in cx.names.patterns:
        return cx.tables.patterns[ast.PathPattern](cx, p, expected, around)
    handler = cx.tables.patterns[type(p)]
    if not _peels(p):
        return handler(cx, p, expected, around)
    expected, around, derefs = peel(cx, expected, around)
    draft = handler(cx, p, expected, around)
    draft.derefs = derefs
    return draft


def _peels(p: ast.Pattern) -> bool:
    """Tell whether a default binding mode looks through references to match `p`.

    For paths it does unless they are constants: `pattern_paths` sees to that.
    """
    match p:
        case (
            ast.StructPattern()
            | ast.TupleStructPattern()
            | ast.TuplePattern()
            | ast.SlicePattern()
            | ast.RangePattern()
            | ast.BoxPattern()
        ):
            return True
        case ast.LiteralPattern(value=value):
            return not isinstance(value, ast.StrLiteral | ast.ByteStrLiteral | ast.CStrLiteral)
        case _:
            return False


def peel(cx: Checker, expected: Type, around: Around) -> tuple[Type, Around, tuple[Type, ...]]:
    """Look through references: what is behind them, the new binding mode, the references."""
    expected = cx.try_known(expected)
    derefs: list[Type] = []
    mode = around.mode
    while isinstance(expected, RefType):
        derefs.append(expected)
        if not expected.mutable:
            mode = Mode.REF
        elif mode is Mode.MOVE:
            mode = Mode.REF_MUT
        expected = cx.try_known(expected.pointee)
    return expected, replace(around, mode=mode) if derefs else around, tuple(derefs)


# --------------------------------------------------------------------------------- simple kinds


def check_wild(
    cx: Checker, p: ast.WildPattern | ast.RestPattern, expected: Type, _around: Around
) -> PatternDraft:
    """Check `_`. A `..` that is not in a list is an error of its own."""
    if isinstance(p, ast.RestPattern):
        cx.report(Diagnostic(codes.REST_PATTERN, p.span, {}))
    return PatternDraft(p.span, expected, lambda w: thir.WildPattern(w.type(expected), p.span))


def failed(cx: Checker, span: Span) -> PatternDraft:
    """Return what stands for a pattern that had an error."""
    cx.failed = True
    return PatternDraft(span, ERROR, lambda _w: thir.NeverPattern(ERROR, span))


def check_error(cx: Checker, p: ast.ErrorPattern, _expected: Type, _around: Around) -> PatternDraft:
    """Stand for a pattern that the parser has complained of."""
    return failed(cx, p.span)


def check_or(cx: Checker, p: ast.OrPattern, expected: Type, around: Around) -> PatternDraft:
    """Check `a | b`."""
    drafts = [check_pattern(cx, each, expected, around) for each in p.alternatives]

    def write(w: Writer) -> thir.Pattern:
        return thir.OrPattern(tuple(map(w.pattern, drafts)), w.type(expected, p.span), p.span)

    return PatternDraft(p.span, expected, write)


# -------------------------------------------------------------------------------------- bindings

_BORROWS = {Mode.REF: BorrowKind.SHARED, Mode.REF_MUT: BorrowKind.MUT}


def check_binding(cx: Checker, p: ast.IdentPattern, expected: Type, around: Around) -> PatternDraft:
    """Check `x`, `mut x`, `ref x`, `ref mut x`, each with `@ pattern` perhaps."""
    mode = around.mode
    if p.by_ref:
        mode = Mode.REF_MUT if p.mutable else Mode.REF
    elif p.mutable:
        mode = Mode.MOVE  # edition 2021: `mut` resets the default
    by_ref = _BORROWS.get(mode)
    ty = expected if by_ref is None else RefType(ERASED, expected, mode is Mode.REF_MUT)
    first = cx.names.binding(p)
    variable = cx.locals.get(first)
    if variable is None:
        mutable = p.mutable and not p.by_ref
        variable = cx.declare(first, p.ident.name, ty, around.kind, mutable=mutable)
        variable.by_ref = by_ref is not None
        variable.span = p.ident.span
        cx.require_sized(ty, p.ident.span, "all local variables must have a statically known size")
    elif first is not p:
        _agree(cx, p, variable, ty)
    sub = None if p.sub is None else check_pattern(cx, p.sub, expected, around)
    found = variable

    def write(w: Writer) -> thir.Pattern:
        inner = None if sub is None else w.pattern(sub)
        number = thir.Variable(found.index)
        return thir.BindPattern(number, by_ref, inner, w.type(expected, p.span), p.span)

    return PatternDraft(p.span, expected, write)


def _agree(cx: Checker, p: ast.IdentPattern, variable: LocalVar, ty: Type) -> None:
    """Demand that a later alternative binds the variable at the same type."""
    first = Label(variable.span, "first introduced with type `{}` here")
    shown = Label(first.span, first.text.format(cx.show(variable.type)))
    cx.demand(p.span, variable.type, ty, (shown,))


def check_ref(cx: Checker, p: ast.RefPattern, expected: Type, around: Around) -> PatternDraft:
    """Check `&p` and `&mut p`."""
    around = replace(around, mode=Mode.MOVE)
    expected = cx.try_known(expected)
    if isinstance(expected, RefType) and expected.mutable is p.mutable:
        inner = expected.pointee
        if isinstance(cx.shallow(inner), DynType):
            shown = cx.show(expected)
            cx.report(Diagnostic(codes.TRAIT_OBJECT_PATTERN, p.span, {"type": shown}))
    else:
        inner = cx.fresh(p.span)
        wanted = RefType(ERASED, inner, p.mutable)
        if not cx.demand(p.span, expected, wanted, around.labels):
            inner = ERROR
        expected = wanted
    sub = check_pattern(cx, p.inner, inner, around)
    matched = expected
    return PatternDraft(
        p.span,
        matched,
        lambda w: thir.DerefPattern(w.pattern(sub), w.type(matched, p.span), p.span),
    )


def check_box(cx: Checker, p: ast.BoxPattern, _expected: Type, _around: Around) -> PatternDraft:
    """Refuse `box p`."""
    cx.unsupported(p.span, "box patterns")
    return failed(cx, p.span)


# ---------------------------------------------------------------------------- literals and ranges


def check_literal(
    cx: Checker, p: ast.LiteralPattern, expected: Type, around: Around
) -> PatternDraft:
    """Check a literal; a byte string matches slices of bytes too."""
    value = cx.check(p.value, ANYTHING if _is_text(p.value) else expecting(expected))
    ty = value.type
    if isinstance(p.value, ast.ByteStrLiteral):
        known = cx.try_known(expected)
        behind = cx.try_known(known.pointee) if isinstance(known, RefType) else None
        if isinstance(behind, SliceType):
            ty = RefType(ERASED, SliceType(U8), mutable=False)
    cx.demand(p.span, expected, ty, around.labels)

    def write(w: Writer) -> thir.Pattern:
        matched = w.type(ty, p.span)
        found = w.expr(value)
        if isinstance(found, thir.String):
            found = thir.String(found.data, matched, found.span)
        return thir.ConstPattern(found, matched, p.span)

    return PatternDraft(p.span, expected, write)


def _is_text(value: ast.Expr) -> bool:
    return isinstance(value, ast.StrLiteral | ast.ByteStrLiteral | ast.CStrLiteral)


def check_const(cx: Checker, p: ast.ConstPattern, _expected: Type, _around: Around) -> PatternDraft:
    """Refuse `const { .. }` as a pattern: it is not stable."""
    cx.unsupported(p.span, "inline constants in patterns")
    return failed(cx, p.span)


def check_range(cx: Checker, p: ast.RangePattern, expected: Type, around: Around) -> PatternDraft:
    """Check `low..=high` and its relatives, of numbers and characters."""
    ends = [None if e is None else cx.check(e, expecting(expected)) for e in (p.low, p.high)]
    for draft in ends:
        if draft is None:
            continue
        ty = cx.shallow(draft.type)
        if not _ordered(ty):
            _refuse_range(cx, p, [each for each in ends if each is not None])
            return failed(cx, p.span)
        if not cx.demand(draft.span, expected, ty, around.labels):
            return failed(cx, p.span)
    low, high = ends

    def write(w: Writer) -> thir.Pattern:
        ty = w.type(expected, p.span)
        left = None if low is None else known(cx, w.expr(low))
        right = None if high is None else known(cx, w.expr(high))
        return thir.RangePattern(left, right, p.inclusive, ty, p.span)

    return PatternDraft(p.span, expected, write)


def known(cx: Checker, value: thir.Expr) -> thir.Expr:
    """Return the number that a constant stands for, where it is one that can be told."""
    if isinstance(value, thir.NamedConst) and isinstance(value.definition, Constant):
        number = cx.solver.world.crates.collector.constant_value(value.definition, value.type)
        if number is not None:
            return thir.Number(number, value.type, value.span)
    return value


def _ordered(ty: Type) -> bool:
    if isinstance(ty, InferType):
        return ty.kind is not InferKind.ANY
    return isinstance(ty, IntType | FloatType | CharType)


def _refuse_range(cx: Checker, p: ast.RangePattern, ends: Sequence[Draft]) -> None:
    wrong = [each for each in ends if not _ordered(cx.shallow(each.type))]
    texts = [f"this is of type `{cx.show(each.type)}` but it should be `char` or numeric"
             for each in wrong]  # fmt: skip
    if len(wrong) == len(ends) == 2:
        cx.report(
            Diagnostic(
                codes.PATTERN_RANGE_TYPE,
                p.span,
                {},
                "",
                tuple(Label(each.span, text) for each, text in zip(wrong, texts, strict=True)),
            )
        )
        return
    cx.report(Diagnostic(codes.PATTERN_RANGE_TYPE, wrong[0].span, {}, texts[0]))


# ------------------------------------------------------------------------------- tuples and slices


def rest_of(elements: Sequence[ast.Pattern]) -> int | None:
    """Return where the first `..` stands in a list of patterns."""
    return next((at for at, each in enumerate(elements) if is_rest(each)), None)


def is_rest(p: ast.Pattern) -> bool:
    """Tell whether `p` is `..`."""
    return isinstance(p, ast.RestPattern)


def spread(elements: Sequence[ast.Pattern], count: int) -> list[tuple[int, ast.Pattern]]:
    """Return which of `count` fields each pattern matches, a `..` taking what is left over."""
    rest = rest_of(elements)
    if rest is None:
        return list(enumerate(elements))
    after = elements[rest + 1 :]
    return [*enumerate(elements[:rest]), *enumerate(after, count - len(after))]


def check_tuple(cx: Checker, p: ast.TuplePattern, expected: Type, around: Around) -> PatternDraft:
    """Check `(a, b, ..)`."""
    rest = rest_of(p.elements)
    given = len(p.elements) - (rest is not None)
    expected = cx.try_known(expected)
    count = given
    if isinstance(expected, TupleType) and rest is not None:
        count = max(given, len(expected.elements))
    if rest is not None and isinstance(expected, InferType):
        expected = cx.known(expected, p.span)
    parts = tuple(cx.fresh(p.span) for _ in range(count))
    tuple_type = TupleType(parts)
    matched = cx.demand(p.span, expected, tuple_type, around.labels)
    fields = [
        (at, check_pattern(cx, each, parts[at] if matched else ERROR, around))
        for at, each in spread(p.elements, count)
    ]

    def write(w: Writer) -> thir.Pattern:
        found = tuple((at, w.pattern(draft)) for at, draft in fields)
        return thir.LeafPattern(found, w.type(tuple_type, p.span), p.span)

    return PatternDraft(p.span, expected, write)


def check_slice(cx: Checker, p: ast.SlicePattern, expected: Type, around: Around) -> PatternDraft:
    """Check `[a, .., b]`, `[head, rest @ ..]` of an array or slice."""
    at = next((i for i, each in enumerate(p.elements) if _is_slice_rest(each)), None)
    given = len(p.elements) - (at is not None)
    if around.plain_let and at is None and isinstance(cx.try_known(expected), InferType):
        cx.unify(expected, ArrayType(cx.fresh(p.span), given))  # nothing else is irrefutable
    expected = cx.known(expected, p.span)
    element, middle_type = _slice_parts(cx, p, expected, given, rest=at is not None)
    cut = len(p.elements) if at is None else at
    prefix = [check_pattern(cx, each, element, around) for each in p.elements[:cut]]
    middle = None
    if at is not None:
        rest = p.elements[at]
        if isinstance(rest, ast.IdentPattern):
            middle = check_binding(cx, _without_rest(cx, rest), middle_type, around)
        else:
            middle = PatternDraft(
                rest.span,
                middle_type,
                lambda w: thir.WildPattern(w.type(middle_type, p.span), rest.span),
            )
    suffix = [check_pattern(cx, each, element, around) for each in p.elements[cut + 1 :]]
    matched = expected

    def write(w: Writer) -> thir.Pattern:
        return thir.SlicePattern(
            tuple(map(w.pattern, prefix)),
            None if middle is None else w.pattern(middle),
            tuple(map(w.pattern, suffix)),
            middle is not None,
            w.type(matched, p.span),
            p.span,
        )

    return PatternDraft(p.span, expected, write)


def _is_slice_rest(p: ast.Pattern) -> bool:
    if isinstance(p, ast.IdentPattern):
        return p.sub is not None and is_rest(p.sub)
    return is_rest(p)


def _without_rest(cx: Checker, p: ast.IdentPattern) -> ast.IdentPattern:
    """Return `name @ ..` as a plain binding of the same variable."""
    plain = ast.IdentPattern(p.span, p.by_ref, p.mutable, p.ident)
    cx.names.bindings[plain] = cx.names.binding(p)
    return plain


def _slice_parts(
    cx: Checker, p: ast.SlicePattern, expected: Type, given: int, *, rest: bool
) -> tuple[Type, Type]:
    """Return the types of an element and of what `..` matches."""
    if isinstance(expected, SliceType):
        return expected.element, expected
    if isinstance(expected, ArrayType | GenericArrayType):
        return _array_parts(cx, p, expected, given, rest=rest)
    if expected != ERROR:
        shown = cx.show(expected)
        text = f"pattern cannot match with input type `{shown}`"
        cx.report(Diagnostic(codes.SLICE_PATTERN_TYPE, p.span, {"type": shown}, text))
    return ERROR, ERROR


def _array_parts(
    cx: Checker, p: ast.SlicePattern, expected: Type, given: int, *, rest: bool
) -> tuple[Type, Type]:
    element, length = array_parts(expected)
    length = cx.table.shallow_const(length)
    if not isinstance(length, ConstValue):
        if not rest and cx.unify(expected, ArrayType(element, given)) is None:
            return element, ERROR
        cx.report(Diagnostic(codes.SLICE_PATTERN_GENERIC, p.span, {}))
        return element, ERROR
    size = length.value
    if not rest and given != size:
        what = f"pattern requires {_count(given)} but array has {size}"
        label = f"expected {size} element{'' if size == 1 else 's'}"
        cx.report(Diagnostic(codes.SLICE_PATTERN_LENGTH, p.span, {"what": what}, label))
    elif given > size:
        what = f"pattern requires at least {_count(given)} but array has {size}"
        label = f"pattern cannot match array of {size} element{'' if size == 1 else 's'}"
        cx.report(Diagnostic(codes.SLICE_PATTERN_SHORT, p.span, {"what": what}, label))
    else:
        return element, array_of(element, ConstValue(size - given, USIZE))
    return element, ERROR


def _count(number: int) -> str:
    return f"{number} element{'' if number == 1 else 's'}"
