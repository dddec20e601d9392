"""Patterns that name a struct, variant or constant."""

from collections.abc import Iterable

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust import ast, thir
from freehold.rust.infer import instantiate
from freehold.rust.items import Constant, Constructor, SelfType
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import PatternDraft
from freehold.rust.typeck.paths import Value, value_of
from freehold.rust.typeck.patterns import (
    Around,
    check_pattern,
    failed,
    known,
    peel,
    rest_of,
    spread,
)
from freehold.rust.typeck.structs import Named, named_variant
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types import AdtKind, Type
from freehold.types.generic import ERROR, AdtType

Fields = list[tuple[int, PatternDraft]]


def check_path_pattern(
    cx: Checker, p: ast.PathPattern | ast.IdentPattern, expected: Type, around: Around
) -> PatternDraft:
    """Check a path: a constant, unit struct or unit variant."""
    path = _path_of(cx, p)
    value = value_of(cx, path)
    if value is None:
        return failed(cx, p.span)
    match value.definition:
        case Constructor(style="unit"):
            expected, around, derefs = peel(cx, expected, around)
            draft = _leaf(value, _variant_number(value), [], p.span)
            _demand_type(cx, p.span, expected, value.adt, around)
            draft.derefs = derefs
            return draft
        case Constant() as found:
            return _constant(cx, p, value, found, expected, around)
        case other:
            _refuse_path(cx, p.span, path, other)
            return failed(cx, p.span)


def _path_of(cx: Checker, p: ast.PathPattern | ast.IdentPattern) -> ast.Path:
    if isinstance(p, ast.PathPattern):
        return p.path
    path = ast.Path(p.span, (ast.PathSegment(p.span, p.ident),))
    cx.names.paths[path] = cx.names.patterns[p]
    return path


def _refuse_path(cx: Checker, span: Span, path: ast.Path, found: object) -> None:
    name = "::".join(segment.ident.name for segment in path.segments)
    what = f"expected unit struct, unit variant or constant, found {_described(found)} `{name}`"
    code = codes.NOT_A_UNIT_PATTERN
    cx.report(Diagnostic(code, span, {"what": what}, "not a unit struct, unit variant or constant"))


def _described(found: object) -> str:
    match found:
        case Constructor(adt=adt, style=style) if adt is not None:
            of = "variant" if adt.kind is AdtKind.ENUM else "struct"
            return (
                f"tuple {of}"
                if style == "tuple"
                else f"struct {of}".replace("struct struct", "struct")
            )
        case _:
            return "associated function"


def _variant_number(value: Value) -> int:
    assert isinstance(value.definition, Constructor)
    return value.definition.variant


def _constant(
    cx: Checker,
    p: ast.Pattern,
    value: Value,
    found: Constant,
    expected: Type,
    around: Around,
) -> PatternDraft:
    assert found.type is not None
    ty = cx.normalise(instantiate(found.type, value.arguments), p.span)
    cx.require_item(found, value.arguments, p.span)
    cx.demand(p.span, expected, ty, around.labels)

    def write(w: Writer) -> thir.Pattern:
        matched = w.type(ty, p.span)
        arguments = w.arguments(value.arguments, p.span)
        const = known(cx, thir.NamedConst(found, arguments, matched, p.span))
        return thir.ConstPattern(const, matched, p.span, value.matched_type(w))

    return PatternDraft(p.span, expected, write)


def _demand_type(cx: Checker, span: Span, expected: Type, found: AdtType, around: Around) -> bool:
    return cx.demand(span, expected, found, around.labels)


def _leaf(named: Value | Named, number: int, fields: Fields, span: Span) -> PatternDraft:
    """Return the pattern of some fields of a struct, union or variant."""
    ty = named.adt
    enum = ty.definition.kind is AdtKind.ENUM

    def write(w: Writer) -> thir.Pattern:
        found = tuple((at, w.pattern(draft)) for at, draft in fields)
        matched = w.type(ty, span)
        if enum:
            return thir.VariantPattern(number, found, matched, span, named.matched_type(w))
        return thir.LeafPattern(found, matched, span, named.matched_type(w))

    return PatternDraft(span, ty, write)


# ---------------------------------------------------------------------------------- tuple structs


def check_tuple_struct(
    cx: Checker, p: ast.TupleStructPattern, expected: Type, around: Around
) -> PatternDraft:
    """Check `Some(x)`, `Point(a, ..)`."""
    value = value_of(cx, p.path)
    if value is None:
        return _check_anyway(cx, p.elements, p.span, around)
    made = value.definition
    if not isinstance(made, Constructor) or made.style != "tuple":
        _refuse_tuple(cx, p, made)
        return _check_anyway(cx, p.elements, p.span, around)
    adt = value.adt
    matched = _demand_type(cx, p.span, expected, adt, around)
    variant = adt.definition.variants[made.variant]
    count = len(variant.fields)
    rest = rest_of(p.elements)
    given = len(p.elements) - (rest is not None)
    if given > count or (rest is None and given < count):
        _say_count(cx, p, made, given, count)
        return _check_anyway(cx, p.elements, p.span, around)
    fields: Fields = []
    for at, each in spread(p.elements, count):
        ty = cx.field_type(adt, variant.fields[at], each.span) if matched else ERROR
        fields.append((at, check_pattern(cx, each, ty, around)))
    return _leaf(value, made.variant, fields, p.span)


def _check_anyway(
    cx: Checker, elements: Iterable[ast.Pattern], span: Span, around: Around
) -> PatternDraft:
    """Declare the variables of a pattern that has an error."""
    for each in elements:
        if not isinstance(each, ast.RestPattern):
            check_pattern(cx, each, ERROR, around)
    return failed(cx, span)


def _refuse_tuple(cx: Checker, p: ast.TupleStructPattern, found: object) -> None:
    name = "::".join(segment.ident.name for segment in p.path.segments)
    kind = "unit variant" if isinstance(found, Constructor) else cx.crates.describe(found)  # type: ignore[arg-type]
    if isinstance(found, Constructor) and found.style == "struct":
        kind = "struct variant"
    what = f"expected tuple struct or tuple variant, found {kind} `{name}`"
    label = "not a tuple struct or tuple variant"
    cx.report(Diagnostic(codes.NOT_A_TUPLE_PATTERN, p.span, {"what": what}, label))


def _say_count(
    cx: Checker, p: ast.TupleStructPattern, made: Constructor, given: int, count: int
) -> None:
    adt = made.adt
    assert adt is not None
    of = "tuple variant" if adt.kind is AdtKind.ENUM else "tuple struct"
    name = "::".join(segment.ident.name for segment in p.path.segments)
    what = (
        f"this pattern has {given} field{_s(given)}, "
        f"but the corresponding {of} has {count} field{_s(count)}"
    )
    fields = adt.variants[made.variant].fields
    labels = tuple(Label(field.span, "") for field in fields[:1])
    help_: tuple[str, ...] = ()
    if given < count:
        help_ = (f"use `..` to ignore the rest of the fields of `{name}`",)
    where = p.elements[0].span.to(p.elements[-1].span) if p.elements else p.span
    label = f"expected {count} field{_s(count)}, found {given}"
    cx.report(
        Diagnostic(codes.PATTERN_FIELD_COUNT, where, {"what": what}, label, labels, help=help_)
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


# --------------------------------------------------------------------------------------- structs


def check_struct_pattern(
    cx: Checker, p: ast.StructPattern, expected: Type, around: Around
) -> PatternDraft:
    """Check `Point { x, y: 0, .. }`."""
    named = named_variant(cx, p.path)
    if named is None:
        return _check_anyway(cx, (each.pattern for each in p.fields), p.span, around)
    matched = _demand_type(cx, p.span, expected, named.adt, around)
    fields: Fields = []
    seen: dict[int, Span] = {}
    unknown: list[ast.FieldPattern] = []
    for each in p.fields:
        found = named.field(each.ident.name)
        ty: Type = ERROR
        if found is None:
            unknown.append(each)
        elif found[0] in seen:
            _twice(cx, each, seen[found[0]])
        else:
            seen[found[0]] = each.span
            _visible(cx, named, each, found[0])
            ty = cx.field_type(named.adt, found[1], each.span) if matched else ERROR
        draft = check_pattern(cx, each.pattern, ty, around)
        if found is not None:
            fields.append((found[0], draft))
    if unknown:
        _no_fields(cx, named, unknown)
    elif named.is_union:
        _union_pattern(cx, p)
    elif p.rest is None and len(seen) < len(named.variant.fields):
        _missing(cx, named, p, seen)
    return _leaf(named, named.number, fields, p.span)


def _twice(cx: Checker, each: ast.FieldPattern, first: Span) -> None:
    name = each.ident.name
    label = f"multiple uses of `{name}` in pattern"
    others = (Label(first, f"first use of `{name}`"),)
    cx.report(Diagnostic(codes.PATTERN_FIELD_TWICE, each.span, {"field": name}, label, others))


def _visible(cx: Checker, named: Named, each: ast.FieldPattern, at: int) -> None:
    field = named.variant.fields[at]
    if not named.is_enum and not cx.crates.visible(field, cx.owner):
        _private(cx, named, each.ident)


def _private(cx: Checker, named: Named, ident: ast.Ident) -> None:
    facts = {
        "s": "",
        "are": "is",
        "fields": f"`{ident.name}`",
        "kind": named.kind,
        "type": named.name,
    }
    cx.report(Diagnostic(codes.PRIVATE_FIELD_INIT, ident.span, facts, "private field"))


def _no_fields(cx: Checker, named: Named, unknown: list[ast.FieldPattern]) -> None:
    names = ", ".join(f"`{each.ident.name}`" for each in unknown)
    of = f"{named.kind} `{named.name}`"
    if len(unknown) == 1:
        what = f"{of} does not have a field named {names}"
        label = f"{of} does not have this field"
    else:
        what = f"{of} does not have fields named {names}"
        label = f"{of} does not have these fields"
    at = unknown[-1].ident.span
    labels = tuple(Label(each.ident.span, "") for each in unknown[:-1])
    cx.report(Diagnostic(codes.PATTERN_NO_FIELD, at, {"what": what}, label, labels))


def _union_pattern(cx: Checker, p: ast.StructPattern) -> None:
    if len(p.fields) != 1:
        cx.report(Diagnostic(codes.UNION_PATTERN, p.span, {}))


def _missing(cx: Checker, named: Named, p: ast.StructPattern, seen: dict[int, Span]) -> None:
    left = [f"`{field.name}`" for at, field in enumerate(named.variant.fields) if at not in seen]
    hidden = any(
        not named.is_enum and not cx.crates.visible(field, cx.owner)
        for at, field in enumerate(named.variant.fields)
        if at not in seen
    )
    if hidden and len(left) == 1:
        cx.report(Diagnostic(codes.PATTERN_HIDDEN_FIELDS, p.span, {}))
        return
    names = (
        ", ".join(left)
        if len(left) < 4
        else f"{', '.join(left[:3])} and {len(left) - 3} other fields"
    )
    if 1 < len(left) < 4:
        names = (
            f"{', '.join(left[:-1])} and {left[-1]}"
            if len(left) == 2
            else ", ".join(left[:-1]) + f" and {left[-1]}"
        )
    word = "field" if len(left) == 1 else "fields"
    what = f"pattern does not mention {word} {names}"
    label = f"missing {word} {names}"
    cx.report(Diagnostic(codes.PATTERN_MISSING_FIELDS, p.span, {"what": what}, label))


def is_self(resolution: object) -> bool:
    """Tell whether a resolution is `Self`."""
    return isinstance(resolution, SelfType)
