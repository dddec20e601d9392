"""Structs, enums and unions: fields, discriminants, variances, their Drop impl."""

from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.collect import arguments
from freehold.rust.collect.regions import Missing
from freehold.rust.items import Constructor, Impl, Module, Struct
from freehold.rust.resolve.declare import visibility
from freehold.rust.resolve.scopes import module_scope
from freehold.source import Span
from freehold.types import I8, I16, I32, I64, I128, U8, U16, U32, U64, U128, Type
from freehold.types.generic import (
    ISIZE,
    USIZE,
    AdtType,
    FieldDef,
    Signature,
    VariantDef,
)

if TYPE_CHECKING:
    from freehold.rust.collect.collector import Collector

_REPR: dict[str, Type] = {
    "i8": I8, "i16": I16, "i32": I32, "i64": I64, "i128": I128, "isize": ISIZE,
    "u8": U8, "u16": U16, "u32": U32, "u64": U64, "u128": U128, "usize": USIZE,
}  # fmt: skip


def fill_variants(collector: "Collector", adt: Struct) -> None:
    """Make the variants of `adt`, and their fields."""
    match adt.node:
        case ast.Struct() | ast.Union() as node:
            constructor = adt.constructors[0]
            fields = _fields(collector, adt, node.fields)
            unit = constructor.style != "struct"
            adt.variants = (
                VariantDef(
                    adt.name, fields, 0, constructor.style, adt.span, constructor if unit else None
                ),
            )
        case ast.EnumItem() as node:
            adt.variants = _variants(collector, adt, node)
        case _:
            adt.variants = ()


def discriminant_type(adt: Struct) -> Type:
    """Return the type of the discriminants of an enum."""
    return next((_REPR[word] for word in adt.repr if word in _REPR), ISIZE)


def _variants(collector: "Collector", adt: Struct, node: ast.EnumItem) -> tuple[VariantDef, ...]:
    made: list[VariantDef] = []
    seen: dict[int, Span] = {}
    type_ = discriminant_type(adt)
    last = -1
    for variant, constructor in zip(node.variants, adt.constructors, strict=True):
        value, span = last + 1, variant.ident.span
        if variant.discriminant is not None:
            span = variant.discriminant.span
            value = _discriminant(collector, adt, variant.discriminant, type_, value)
        if value in seen:
            _repeated(collector, adt, value, seen[value], span)
        seen.setdefault(value, span)
        last = value
        fields = _fields(collector, adt, variant.fields, public=True)
        function = constructor if constructor.style != "struct" else None
        made.append(
            VariantDef(
                variant.ident.name, fields, value, constructor.style, variant.ident.span, function
            )
        )
    return tuple(made)


def _discriminant(
    collector: "Collector", adt: Struct, node: ast.Expr, type_: Type, otherwise: int
) -> int:
    lowerer = collector.lowerer_for(adt)
    found = lowerer.const(node, type_)
    value = getattr(found, "value", None)
    return value if isinstance(value, int) else otherwise


def _repeated(collector: "Collector", adt: Struct, value: int, first: Span, span: Span) -> None:
    collector.world.report(
        adt.scope,
        Diagnostic(
            codes.DUPLICATE_DISCRIMINANT,
            adt.node.span if adt.node else adt.span,
            {"value": value},
            "",
            (
                Label(first, f"`{value}` assigned here"),
                Label(span, f"`{value}` assigned here"),
            ),
        ),
    )


def _fields(
    collector: "Collector", adt: Struct, nodes: tuple[ast.FieldDecl, ...], *, public: bool = False
) -> tuple[FieldDef, ...]:
    made: list[FieldDef] = []
    seen: dict[str, Span] = {}
    for index, node in enumerate(nodes):
        name = node.ident.name if node.ident else str(index)
        span = node.ident.span if node.ident else node.type.span
        if name in seen:
            collector.world.report(
                adt.scope,
                Diagnostic(
                    codes.DUPLICATE_FIELD,
                    node.span,
                    {"name": name},
                    "field already declared",
                    (Label(seen[name], f"`{name}` first declared here"),),
                ),
            )
            continue
        seen[name] = node.span
        lowerer = collector.lowerer_for(adt, Missing())
        lowerer.place = f"{adt.kind.value}s"
        type_ = lowerer.type(node.type)
        if collector.finish(lowerer):
            collector.broken.add(adt)
        seen_in: Module | None = None
        if not public:
            seen_in = visibility(collector.world, module_scope(adt.scope), node.visibility)
        made.append(FieldDef(name, type_, span, seen_in is None, seen_in))
    return tuple(made)


def constructor_signature(constructor: Constructor) -> Signature | None:
    """Return the signature of a tuple struct's or tuple variant's function."""
    adt = constructor.adt
    if adt is None or constructor.style != "tuple":
        return None
    inputs = tuple(field.type for field in adt.variants[constructor.variant].fields)
    return Signature(inputs, AdtType(adt, arguments.identity(adt.generics)))


def fill_drop(collector: "Collector", adt: Struct) -> None:
    """Find the Drop impl of `adt`, and which parameters it says may dangle."""
    adt.drop, adt.dangling = None, frozenset()
    impl = collector.drop_impl(adt)
    if impl is None:
        return
    adt.drop = impl.items.get("drop")
    adt.dangling = _dangling(impl)


def _dangling(impl: Impl) -> frozenset[int]:
    loose = [one for one in impl.generics.own if one.may_dangle]
    if not loose or not isinstance(impl.self_type, AdtType):
        return frozenset()
    given = impl.self_type.arguments
    return frozenset(
        index for one in loose for index, arg in enumerate(given) if arg == arguments.itself(one)
    )
