"""Struct literals, tuples, arrays, repetitions and ranges."""

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust import ast, thir
from freehold.rust.infer import fresh_arguments, instantiate
from freehold.rust.infer.unify import array_parts
from freehold.rust.items import Function, Struct
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import ANYTHING, Draft, Expectation, expecting
from freehold.rust.typeck.hopes import hoped
from freehold.rust.typeck.joins import Join
from freehold.rust.typeck.structs import Named, named_variant
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types import ArrayType, SliceType, TupleType, Type
from freehold.types.generic import (
    USIZE,
    AdtType,
    ConstValue,
    FieldDef,
    GenericArrayType,
    array_of,
)

# ----------------------------------------------------------------------------------------- structs


def check_struct(cx: Checker, e: ast.StructLiteral, expected: Expectation) -> Draft:
    """Check `Name { field: value, ..base }`."""
    named = named_variant(cx, e.path)
    if named is None:
        for each in e.fields:
            cx.check(each.value)
        if e.base is not None:
            cx.check(e.base)
        return cx.erroneous(e.span)
    cx.require_item(named.adt.definition, named.adt.arguments, e.path.span)
    wanted = cx.only(expected)
    hopes = named.adt
    if wanted is not None:
        hopes = _hoped(cx, named.adt, wanted)
    fields, seen = _fields(cx, e, named, hopes)
    base = None
    if e.base is not None:
        base = _base(cx, e, e.base, named, seen)
    elif named.is_union:
        if len(e.fields) != 1:
            cx.report(Diagnostic(codes.UNION_FIELDS, e.path.span, {}))
    else:
        _missing(cx, e, named, seen)
    return _written(cx, e, named, fields, base)


def _hoped(cx: Checker, ty: AdtType, wanted: Type) -> AdtType:
    """Return the type as it would be if it were what is wanted; nothing is bound."""
    made = hoped(cx.table, wanted, ty, (ty,))[0]
    assert isinstance(made, AdtType)
    return made


def _fields(
    cx: Checker, e: ast.StructLiteral, named: Named, hopes: AdtType
) -> tuple[list[tuple[int, Draft]], dict[int, Span]]:
    fields: list[tuple[int, Draft]] = []
    seen: dict[int, Span] = {}
    for each in e.fields:
        found = named.field(each.ident.name)
        if found is None:
            _no_field(cx, e, named, each)
            cx.check(each.value)
            continue
        at, field = found
        if at in seen:
            label = "used more than once"
            labels = (Label(seen[at], f"first use of `{field.name}`"),)
            facts = {"field": field.name}
            cx.report(Diagnostic(codes.FIELD_TWICE, each.ident.span, facts, label, labels))
        seen.setdefault(at, each.ident.span)
        _visible(cx, named, field, each.ident.span)
        ty = cx.field_type(named.adt, field, each.span)
        hope = ty if hopes is named.adt else cx.field_type(hopes, field, each.span)
        draft = cx.check(each.value, expecting(hope))
        target = hope if hopes is not named.adt else ty
        mismatch = cx.coerce(draft, target)
        if mismatch is None and target is not ty:
            mismatch = cx.unify(ty, target)
        if mismatch is not None:
            cx.mismatch(draft.span, ty, draft.adjusted, mismatch)
        fields.append((at, draft))
    return fields, seen


def _visible(cx: Checker, named: Named, field: FieldDef, at: Span) -> None:
    if named.is_enum or cx.crates.visible(field, cx.owner):
        return
    facts = {
        "s": "",
        "are": "is",
        "fields": f"`{field.name}`",
        "kind": named.kind,
        "type": named.name,
    }
    cx.report(Diagnostic(codes.PRIVATE_FIELD_INIT, at, facts, "private field"))


def _no_field(cx: Checker, e: ast.StructLiteral, named: Named, each: ast.FieldInit) -> None:
    name = each.ident.name
    where = f"{named.kind} `{named.name}`"
    if named.is_enum:
        what = f"variant `{named.name}` has no field named `{name}`"
        label = f"`{named.name}` does not have this field"
        code = codes.NO_SUCH_FIELD_VARIANT
    else:
        what = f"{where} has no field named `{name}`"
        label = f"`{named.name}` does not have this field"
        code = codes.NO_SUCH_FIELD_INIT
    fields = [field.name for at, field in enumerate(named.variant.fields)]
    given = {one.ident.name for one in e.fields}
    left = [f"`{field}`" for field in fields if field not in given]
    notes = (f"available fields are: {', '.join(left)}",) if left else (
        "all struct fields are already assigned",
    )  # fmt: skip
    cx.report(Diagnostic(code, each.ident.span, {"what": what}, label, notes=notes))


def _missing(cx: Checker, e: ast.StructLiteral, named: Named, seen: dict[int, Span]) -> None:
    left = [field for at, field in enumerate(named.variant.fields) if at not in seen]
    if not left:
        return
    hidden = [x for x in left if not named.is_enum and not cx.crates.visible(x, cx.owner)]
    if hidden:
        kind, name = named.kind, named.name
        what = f"cannot construct `{name}` with struct literal syntax due to private fields"
        del kind
        cx.report(Diagnostic(codes.PRIVATE_FIELDS_LEFT, e.path.span, {"what": what}))
        return
    names = [f"`{field.name}`" for field in left]
    if len(names) == 1:
        what = f" {names[0]}"
    elif len(names) <= 3:
        what = f"s {', '.join(names[:-1])} and {names[-1]}"
    else:
        more = len(names) - 3
        what = f"s {', '.join(names[:3])} and {more} other field{'' if more == 1 else 's'}"
    label = f"missing{what}"
    facts = {"what": what, "type": named.name if named.is_enum else named.adt.definition.name}
    cx.report(Diagnostic(codes.MISSING_FIELDS, e.path.span, facts, label))


def _base(
    cx: Checker,
    e: ast.StructLiteral,
    written: ast.Expr,
    named: Named,
    seen: dict[int, Span],
) -> Draft:
    draft = cx.check_exact(written, named.adt)
    if named.is_enum or named.is_union:
        cx.report(Diagnostic(codes.BASE_OF_NON_STRUCT, written.span, {}))
        return draft
    for at, field in enumerate(named.variant.fields):
        if at not in seen and not cx.crates.visible(field, cx.owner):
            facts = {
                "field": field.name,
                "kind": "struct",
                "type": named.name,
            }
            label = f"field `{field.name}` is private"
            cx.report(
                Diagnostic(
                    codes.PRIVATE_FIELD_INIT,
                    written.span,
                    facts | {"s": "", "are": "is", "fields": f"`{field.name}`"},
                    label,
                )
            )
    del e
    return draft


def _written(
    cx: Checker,
    e: ast.StructLiteral,
    named: Named,
    fields: list[tuple[int, Draft]],
    base: Draft | None,
) -> Draft:
    del cx

    def write(w: Writer) -> thir.Expr:
        return thir.Adt(
            named.adt.definition,
            named.number,
            tuple((at, w.expr(draft)) for at, draft in fields),
            w.type(named.adt, e.span),
            e.span,
            None if base is None else w.expr(base),
            named.matched_type(w),
        )

    return Draft(e.span, named.adt, write)


# ------------------------------------------------------------------------------ tuples and arrays


def check_tuple(cx: Checker, e: ast.Tuple, expected: Expectation) -> Draft:
    """Check `(a, b)`."""
    wanted = cx.hint(expected)
    wanted = None if wanted is None else cx.try_known(wanted)
    hopes: tuple[Type, ...] = ()
    if isinstance(wanted, TupleType):
        hopes = wanted.elements
    drafts = []
    for at, each in enumerate(e.elements):
        if at < len(hopes):
            draft = cx.check(each, expecting(hopes[at]))
            if cx.coerce(draft, hopes[at]) is not None:
                mismatch = cx.unify(hopes[at], draft.adjusted)
                if mismatch is not None:
                    cx.mismatch(draft.span, hopes[at], draft.adjusted, mismatch)
        else:
            draft = cx.check(each)
        drafts.append(draft)
    ty = TupleType(tuple(draft.adjusted for draft in drafts))

    def write(w: Writer) -> thir.Expr:
        return thir.Tuple(w.exprs(drafts), w.type(ty, e.span), e.span)

    return Draft(e.span, ty, write)


def check_array(cx: Checker, e: ast.Array, expected: Expectation) -> Draft:
    """Check `[a, b]`: its elements have one type."""
    hope = _element(cx, expected)
    join = Join(hope or cx.fresh(e.span))
    drafts = []
    for each in e.elements:
        draft = cx.check(each, ANYTHING if hope is None else expecting(hope))
        join.add(cx, draft)
        drafts.append(draft)
    element = join.type() if drafts else join.expected
    ty = ArrayType(element, len(drafts))

    def write(w: Writer) -> thir.Expr:
        return thir.Array(w.exprs(drafts), w.type(ty, e.span), e.span)

    return Draft(e.span, ty, write)


def _element(cx: Checker, expected: Expectation) -> Type | None:
    hint = cx.hint(expected)
    hint = None if hint is None else cx.try_known(hint)
    if isinstance(hint, SliceType):
        return hint.element
    if isinstance(hint, ArrayType | GenericArrayType):
        return array_parts(hint)[0]
    return None


def check_repeat(cx: Checker, e: ast.Repeat, expected: Expectation) -> Draft:
    """Check `[element; length]`."""
    length = cx.lowerer.const(e.length, USIZE)
    hope = _element(cx, expected)
    if hope is not None:
        draft = cx.check_coerced(e.element, hope)
        element = hope
    else:
        element = cx.fresh(e.element.span)
        draft = cx.check_exact(e.element, element)
    if length is None:
        return cx.erroneous(e.span)
    found = length
    ty = array_of(element, found)
    many = not (isinstance(found, ConstValue) and found.value <= 1)
    if many and not _is_constant(e.element):
        cx.require_lang("copy", element, e.element.span)

    def write(w: Writer) -> thir.Expr:
        const = w.argument(found, e.span)
        return thir.Repeat(w.expr(draft), const, w.type(ty, e.span), e.span)  # type: ignore[arg-type]

    return Draft(e.span, ty, write)


def _is_constant(e: ast.Expr) -> bool:
    """Tell whether an element is a constant's path, which may be repeated without `Copy`."""
    while isinstance(e, ast.Paren):
        e = e.inner
    return isinstance(e, ast.ConstBlock)


# ------------------------------------------------------------------------------------------ ranges

_RANGES = {
    (True, True, False): "Range",
    (True, False, False): "RangeFrom",
    (False, True, False): "RangeTo",
    (False, False, False): "RangeFull",
    (False, True, True): "RangeToInclusive",
}


def check_range(cx: Checker, e: ast.Range, expected: Expectation) -> Draft:
    """Check `a..b` and its relatives: structs of std; `a..=b` is a call."""
    if e.inclusive and e.start is not None and e.end is not None:
        return _inclusive(cx, e, e.start, e.end)
    name = _RANGES[e.start is not None, e.end is not None, e.inclusive]
    definition = cx.crates.lang(name)
    assert isinstance(definition, Struct)
    arguments = fresh_arguments(cx.table, definition.generics, (), e.span)
    ty = AdtType(definition, arguments)
    wanted = cx.only(expected)
    hopes = ty if wanted is None else _hoped(cx, ty, wanted)
    drafts: list[Draft] = []
    for part in (e.start, e.end):
        if part is None:
            continue
        field = definition.fields[len(drafts)]
        hope = instantiate(field.type, hopes.arguments)
        draft = cx.check(part, expecting(hope))
        cx.demand_coerce(draft, instantiate(field.type, arguments))
        drafts.append(draft)

    def write(w: Writer) -> thir.Expr:
        fields = tuple(enumerate(w.exprs(drafts)))
        return thir.Adt(definition, 0, fields, w.type(ty, e.span), e.span)

    return Draft(e.span, ty, write)


def _inclusive(cx: Checker, e: ast.Range, start: ast.Expr, end: ast.Expr) -> Draft:
    function = cx.crates.lang("range_inclusive_new")
    assert isinstance(function, Function)
    assert function.signature is not None
    arguments = fresh_arguments(cx.table, function.generics, (), e.span)
    inputs = [instantiate(each, arguments) for each in function.signature.inputs]
    output = cx.normalise(instantiate(function.signature.output, arguments), e.span)
    drafts = [cx.check_coerced(x, ty) for x, ty in zip((start, end), inputs, strict=True)]

    def write(w: Writer) -> thir.Expr:
        callee = w.item(function, arguments, e.span)
        return thir.Call(callee, w.exprs(drafts), w.type(output, e.span), e.span)

    return Draft(e.span, output, write)
