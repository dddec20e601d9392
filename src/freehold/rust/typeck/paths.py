"""Paths of values: what item a path is, with which arguments, and its type.

`Vec::<u8>::new`, `T::default`, `Self::LEN`, `Enum::Variant` and the like leave segments that only
types can resolve: variants, then inherent items, then items of the traits in scope.
"""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.infer import instantiate
from freehold.rust.items import (
    UNRESOLVED,
    Constant,
    Constructor,
    Function,
    GenericName,
    Impl,
    LocalVariable,
    Parameter,
    PartialResolution,
    SelfType,
    Static,
    Struct,
    Trait,
)
from freehold.rust.traits import Pick, Scope, Unknown, confirm_path, probe_path
from freehold.rust.traits.missing import Wanted, missing
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft, Expectation
from freehold.rust.typeck.keep import written_arguments
from freehold.rust.typeck.writer import Writer, erase_arguments
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import erase, regions_of, substitute
from freehold.types.generic import (
    ERASED,
    AdtType,
    ConstParam,
    Definition,
    ErrorType,
    FnDefType,
    GenericArg,
)


@dataclass(frozen=True, slots=True)
class Value:
    """An item with arguments, as a path names it. `user`: the arguments as they were written."""

    definition: Definition
    arguments: tuple[GenericArg, ...]
    span: Span
    user: tuple[GenericArg, ...] | None = None
    required: bool = False  # what the item asks of its arguments is required already

    @property
    def adt(self) -> AdtType:
        """The type that a constructor makes."""
        assert isinstance(self.definition, Constructor)
        assert self.definition.adt is not None
        return AdtType(self.definition.adt, self.arguments)

    def user_type(self, w: Writer) -> thir.UserType | None:
        """Return what the user wrote, to be kept with the expression."""
        if self.user is None:
            return None
        if isinstance(self.definition, Constructor) and self.definition.style != "tuple":
            return self.matched_type(w)
        return w.user(FnDefType(self.definition, self.user), self.span)

    def matched_type(self, w: Writer) -> thir.UserType | None:
        """Return what the user wrote of the type of what a pattern matches."""
        match self.definition:
            case Constructor(adt=adt) if adt is not None and self.user is not None:
                return w.user(AdtType(adt, self.user), self.span)
            case Constant(type=ty) if ty is not None and self.user is not None:
                return w.user(substitute(ty, self.user), self.span)
            case _:
                return None


# ----------------------------------------------------------------------------- what a path is


def value_of(cx: Checker, path: ast.Path) -> Value | None:
    """Return the item that a path is; None after an error (and for locals and const params)."""
    resolution = cx.names.paths[path]
    if resolution.unresolved:
        return _relative_value(cx, path, resolution)
    base = resolution.base
    if isinstance(base, SelfType):
        return _self_constructor(cx, path, base)
    if isinstance(base, Function | Constructor | Constant | Static):
        arguments = cx.lowerer.path(path, resolution)
        if isinstance(base.parent, Trait) and path.qself is None:
            cx.trait_paths.add(path.span)
        user = arguments if _writes_arguments(path) else None
        return Value(base, cx.inferred(arguments, path.span), path.span, user)
    if base is not UNRESOLVED:
        what = cx.crates.describe(base)
        name = path.segments[-1].ident.name
        cx.report(
            Diagnostic(
                codes.PRIVATE_CONSTRUCTOR,
                path.span,
                {"what": f"expected value, found {what} `{name}`"},
            )
        )
    cx.failed = True
    return None


def _writes_arguments(path: ast.Path) -> bool:
    return path.qself is not None or any(each.arguments for each in path.segments)


def _self_constructor(cx: Checker, path: ast.Path, resolution: SelfType) -> Value | None:
    owner = resolution.owner
    ty = owner.self_type if isinstance(owner, Impl) else None
    if isinstance(ty, AdtType) and isinstance(ty.definition, Struct):
        made = ty.definition.constructors
        if made and made[0].style != "struct" and ty.definition.kind.value == "struct":
            return Value(made[0], erase_arguments(ty.arguments), path.span, ty.arguments)
    what = "the `Self` constructor must be used with unit or tuple structs"
    cx.report(Diagnostic(codes.NOT_A_UNIT_STRUCT, path.span, {"what": what}))
    return None


def _relative_value(cx: Checker, path: ast.Path, resolution: PartialResolution) -> Value | None:
    if resolution.unresolved == 1:
        base = cx.lowerer.base(path, resolution)
    else:
        front = ast.Path(path.span, path.segments[:-1], path.is_global, path.qself)
        before = PartialResolution(resolution.base, resolution.unresolved - 1)
        base = cx.lowerer.rest(front, before, path.span)
    return associated_value(cx, base, path, path.segments[-1])


def associated_value(
    cx: Checker, base: Type, path: ast.Path, segment: ast.PathSegment
) -> Value | None:
    """Return `base::segment`: a variant, or an associated item."""
    known = cx.known(cx.normalise(erase(base), path.span), path.span)
    if isinstance(known, ErrorType):
        return None
    made = _variant(known, segment.ident.name)
    if made is not None:
        assert isinstance(known, AdtType)
        user = base.arguments if isinstance(base, AdtType) and _keeps(base, path) else None
        return Value(made, known.arguments, path.span, user)
    scope = Scope(cx.traits_at(path), cx.owner)
    found = probe_path(cx.solver, known, segment.ident.name, scope)
    if isinstance(found, Unknown):
        cx.say_unknown(found.type, path.span)
        return None
    if not isinstance(found, Pick):
        wanted = Wanted(segment.ident.name, segment.ident.span, known, path=True)
        cx.report(missing(cx.solver, found, wanted, scope))
        return None

    def complete(item: Definition, before: tuple[GenericArg, ...]) -> tuple[GenericArg, ...]:
        made = cx.lowerer.arguments(item, segment.arguments, before, segment.span)
        written.extend(made)
        return cx.inferred(made, segment.span)

    written: list[GenericArg] = []
    made_value = confirm_path(cx.fulfilment, found, known, path.span, complete)
    user = None
    if _keeps(base, path):
        user = written_arguments(made_value.item, base, tuple(written))
    return Value(made_value.item, made_value.arguments, path.span, user, required=True)


def _keeps(base: Type, path: ast.Path) -> bool:
    """Tell whether the user wrote something that the borrow checker has to hold to."""
    return _writes_arguments(path) or any(region != ERASED for region in regions_of(base))


def _variant(ty: Type, name: str) -> Constructor | None:
    if not isinstance(ty, AdtType) or ty.definition.kind.value != "enum":
        return None
    assert isinstance(ty.definition, Struct)
    for variant, made in zip(ty.definition.variants, ty.definition.constructors, strict=True):
        if variant.name == name:
            return made
    return None


# -------------------------------------------------------------------------------- expressions


def check_path(cx: Checker, e: ast.PathExpr, _expected: Expectation) -> Draft:
    """Check a path: a local, an item, a constant parameter."""
    base = cx.names.paths[e.path]
    if not base.unresolved:
        match base.base:
            case LocalVariable(pattern):
                return _local(cx, pattern, e.span)
            case GenericName(parameter):
                return _const_parameter(e, parameter)
            case _:
                pass
    value = value_of(cx, e.path)
    if value is None:
        return cx.erroneous(e.span)
    return draft_of(cx, value)


def _local(cx: Checker, pattern: ast.Node, span: Span) -> Draft:
    variable = cx.locals.get(pattern)
    if variable is None:
        return cx.erroneous(span)
    found = variable
    return Draft(span, found.type, lambda w: w.local(found, span), place=True)


def _const_parameter(e: ast.PathExpr, parameter: Parameter) -> Draft:
    assert parameter.type is not None
    const = ConstParam(parameter.index, parameter.name, parameter.type)
    ty = const.type
    return Draft(e.span, ty, lambda _w: thir.NamedConst(None, (), ty, e.span, const))


def draft_of(cx: Checker, value: Value) -> Draft:
    """Return an item as an expression."""
    definition, span = value.definition, value.span
    if not value.required:
        cx.require_item(definition, value.arguments, span)
    match definition:
        case Static():
            return _static(cx, definition, span)
        case Constant():
            return _constant(cx, definition, value)
        case Constructor(style="unit"):
            return _unit(value, definition)
        case Constructor(style="struct"):
            what = f"expected value, found struct variant `{_constructor_path(definition)}`"
            cx.report(Diagnostic(codes.NOT_A_UNIT_PATTERN, span, {"what": what}, "not a value"))
            return cx.erroneous(span)
        case _:
            ty = FnDefType(definition, value.arguments)
            return Draft(span, ty, lambda w: thir.Item(w.type(ty, span), span, value.user_type(w)))


def _constructor_path(definition: Constructor) -> str:
    adt = definition.adt
    assert adt is not None
    return adt.name if adt.name == definition.name else f"{adt.name}::{definition.name}"


def _static(cx: Checker, definition: Static, span: Span) -> Draft:
    assert definition.type is not None
    ty = cx.normalise(instantiate(definition.type, ()), span)
    return Draft(span, ty, lambda w: thir.StaticItem(definition, w.type(ty), span), place=True)


def _constant(cx: Checker, definition: Constant, value: Value) -> Draft:
    assert definition.type is not None
    span = value.span
    ty = cx.normalise(instantiate(definition.type, value.arguments), span)

    def write(w: Writer) -> thir.Expr:
        arguments = w.arguments(value.arguments, span)
        return thir.NamedConst(
            definition, arguments, w.type(ty, span), span, user_type=value.user_type(w)
        )

    return Draft(span, ty, write)


def _unit(value: Value, definition: Constructor) -> Draft:
    ty, span = value.adt, value.span

    def write(w: Writer) -> thir.Expr:
        assert definition.adt is not None
        return thir.Adt(
            definition.adt,
            definition.variant,
            (),
            w.type(ty, span),
            span,
            user_type=value.user_type(w),
        )

    return Draft(span, ty, write)
