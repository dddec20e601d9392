"""Generic parameters of items, and what items require of them."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.collect import arguments, bounds
from freehold.rust.collect.lower import Lowerer
from freehold.rust.collect.regions import Implied, Missing
from freehold.rust.collect.written import elided_count, elided_spans, impl_traits, lifetime_names
from freehold.rust.items import (
    Alias,
    AssociatedType,
    Function,
    Generics,
    Impl,
    Item,
    Parameter,
    ParameterKind,
    Predicate,
    RegionOutlives,
    Struct,
    Trait,
    TraitPredicate,
)
from freehold.rust.resolve.scopes import GenericScope
from freehold.source import Span
from freehold.types.generic import (
    ERROR,
    STATIC,
    Definition,
    GenericArg,
    ParamRegion,
    ParamType,
    TraitRef,
    is_type,
)

if TYPE_CHECKING:
    from freehold.rust.collect.collector import Collector

Owner = Function | Struct | Alias | AssociatedType | Trait | Impl


def make(collector: "Collector", owner: Owner) -> Generics:
    """Return the generics of `owner`; defaults, types of constants and predicates come later."""
    written = written_generics(owner)
    parent = parent_generics(owner)
    made = _Own(collector, owner, parent.count if parent else 0)
    if isinstance(owner, Trait):
        made.add("Self", ParameterKind.TYPE, owner.span)
    if written is not None:
        _check_names(collector, owner, written)
        made.lifetimes(written)
        made.elided()
        made.others(written)
        made.implicit()
    generics = Generics(parent, tuple(made.own), tuple(made.late))
    generics.defer(partial(_fill_predicates, collector, owner), "predicates")
    return generics


def written_generics(owner: Definition) -> ast.Generics | None:
    """Return what stands between an item's `<` and `>`, and after its `where`."""
    node = getattr(owner, "node", None)
    if isinstance(node, ast.Function):
        return node.signature.generics
    found = getattr(node, "generics", None)
    return found if isinstance(found, ast.Generics) else None


def parent_generics(owner: Item | Struct) -> Generics | None:
    """Return the generics of the impl or trait around `owner`."""
    parent = owner.parent
    return parent.generics if isinstance(parent, Trait | Impl) else None


class _Own:
    """The own parameters of an item, as they are made."""

    def __init__(self, collector: "Collector", owner: Owner, start: int) -> None:
        self.collector = collector
        self.owner = owner
        self.start = start
        self.own: list[Parameter] = []
        self.late: list[Parameter] = []

    def add(
        self, name: str, kind: ParameterKind, span: Span, *, implicit: bool = False
    ) -> Parameter:
        """Append a parameter."""
        index = self.start + len(self.own)
        made = Parameter(name, kind, index, span, implicit=implicit)
        self.own.append(made)
        return made

    def lifetimes(self, written: ast.Generics) -> None:
        """Append the lifetimes; those of functions may be late-bound."""
        late = _late_bound(self.owner) if isinstance(self.owner, Function) else set()
        for param in written.params:
            if not isinstance(param, ast.LifetimeParam):
                continue
            name = f"'{param.lifetime.name}"
            if param.lifetime.name in late:
                self.late.append(
                    Parameter(name, ParameterKind.LIFETIME, len(self.late), param.span, late=True)
                )
            else:
                made = self.add(name, ParameterKind.LIFETIME, param.lifetime.span)
                made.may_dangle = _may_dangle(param.attributes)

    def elided(self) -> None:
        """Append the lifetimes that the header of an impl, or an `impl Trait`, leaves out."""
        for span in _elided_spans(self.owner):
            self.add("'_", ParameterKind.LIFETIME, span, implicit=True)

    def others(self, written: ast.Generics) -> None:
        """Append types and constants."""
        for param in written.params:
            match param:
                case ast.TypeParam():
                    made = self.add(param.ident.name, ParameterKind.TYPE, param.ident.span)
                    made.has_default = param.default is not None
                    made.may_dangle = _may_dangle(param.attributes)
                    if made.has_default:
                        made.defer(
                            partial(_fill_default, self.collector, self.owner, param), "default"
                        )
                case ast.ConstParam():
                    made = self.add(param.ident.name, ParameterKind.CONST, param.ident.span)
                    made.has_default = param.default is not None
                    fill = partial(_fill_const, self.collector, self.owner, param)
                    made.defer(fill, "type", *(("default",) if made.has_default else ()))
                case ast.LifetimeParam():
                    pass

    def implicit(self) -> None:
        """Append a type for each `impl Trait` in the parameters of a function."""
        if not isinstance(self.owner, Function) or self.owner.node is None:
            return
        for node in impl_traits(self.owner.node.signature.parameters):
            text = node.span.source.text[node.span.start : node.span.end]
            made = self.add(text, ParameterKind.TYPE, node.span, implicit=True)
            self.collector.implicit[node] = made


def _may_dangle(attributes: tuple[ast.Attribute, ...]) -> bool:
    return any(one.name == "may_dangle" for one in attributes)


def _elided_spans(owner: Owner) -> Iterator[Span]:
    if isinstance(owner, Impl) and owner.node is not None:
        node = owner.node
        for _ in range(elided_count(node.trait) + elided_count(node.self_type)):
            yield node.head
    elif isinstance(owner, Function) and owner.node is not None:
        for one in impl_traits(owner.node.signature.parameters, nested=False):
            yield from elided_spans(one.bounds)


# A lifetime of a function is late-bound unless a bound mentions it, or it is in the result and in
# no parameter (outside of projections).
def _late_bound(function: Function) -> set[str]:
    assert function.node is not None
    signature = function.node.signature
    declared = [one for one in signature.generics.params if isinstance(one, ast.LifetimeParam)]
    if not declared:
        return set()
    bounded = {one.lifetime.name for one in declared if one.bounds}
    for param in signature.generics.params:
        match param:
            case ast.LifetimeParam():
                bounded |= {one.name for one in param.bounds}
            case ast.TypeParam():
                bounded |= lifetime_names(param.bounds)
            case ast.ConstParam():
                pass
    bounded |= lifetime_names(signature.generics.where)
    for node in impl_traits(signature.parameters):
        bounded |= lifetime_names(node.bounds)
    inputs = lifetime_names(signature.parameters, constrained=True)
    if signature.self_param is not None:
        inputs |= lifetime_names(signature.self_param, constrained=True)
    only_output = lifetime_names(signature.output) - inputs
    return {one.lifetime.name for one in declared} - bounded - only_output


def _check_names(collector: "Collector", owner: Owner, written: ast.Generics) -> None:
    """Report parameters of one name (E0403), reserved (E0262) and shadowing ones (E0496, E0403)."""
    seen: dict[str, Span] = {}
    outer = owner.scope.parent if isinstance(owner.scope, GenericScope) else None
    for param in written.params:
        ident = param.lifetime if isinstance(param, ast.LifetimeParam) else param.ident
        quote = "'" if isinstance(param, ast.LifetimeParam) else ""
        name = f"{quote}{ident.name}"
        if quote and ident.name in {"static", "_"}:
            collector.reserved_lifetime(owner.scope, param.lifetime)  # type: ignore[union-attr]
            continue
        first = seen.get(name) or (_outer(outer, ident.name) if not quote else None)
        if first is not None:
            collector.world.report(
                owner.scope,
                Diagnostic(
                    codes.DUPLICATE_GENERIC_PARAMETER,
                    ident.span,
                    {"name": name},
                    "already used",
                    (Label(first, f"first use of `{name}`"),),
                ),
            )
            continue
        seen[name] = ident.span
        shadowed = _outer_lifetime(outer, ident.name) if quote else None
        if shadowed is not None:
            collector.world.report(
                owner.scope,
                Diagnostic(
                    codes.SHADOWED_LIFETIME,
                    ident.span,
                    {"name": name},
                    f"lifetime `{name}` already in scope",
                    (Label(shadowed, "first declared here"),),
                ),
            )


def _outer(scope: object, name: str) -> Span | None:
    if isinstance(scope, GenericScope) and name in scope.params:
        return scope.params[name].ident.span
    return None


def _outer_lifetime(scope: object, name: str) -> Span | None:
    if isinstance(scope, GenericScope) and name in scope.lifetimes:
        return scope.lifetimes[name].lifetime.span
    return None


# --------------------------------------------------------------------------- defaults and constants


def _fill_default(
    collector: "Collector", owner: Owner, node: ast.TypeParam, parameter: Parameter, name: str
) -> None:
    del name
    parameter.default = ERROR  # for a default that mentions itself
    assert node.default is not None
    lowerer = collector.lowerer_for(owner)
    found: GenericArg = lowerer.type(node.default)
    collector.finish(lowerer)
    parameter.default = _only_before(lowerer, parameter, found, node.default.span)


def _only_before(
    lowerer: Lowerer, parameter: Parameter, found: GenericArg, span: Span
) -> GenericArg:
    if is_type(found) and arguments.highest(found) >= parameter.index:
        lowerer.error(
            codes.FORWARD_PARAMETER_DEFAULT,
            span,
            "defaulted generic parameters cannot be forward declared",
        )
        return ERROR
    return found


def _fill_const(
    collector: "Collector", owner: Owner, node: ast.ConstParam, parameter: Parameter, name: str
) -> None:
    parameter.type = None
    lowerer = collector.lowerer_for(owner)
    if lifetime_names(node.type) - {"static", "_"}:
        parameter.type = ParamType(0, "_")
    else:
        parameter.type = lowerer.type(node.type)
        collector.finish(lowerer)
    if arguments.highest(parameter.type) >= 0:
        lowerer.error(
            codes.DEPENDENT_CONST_PARAMETER,
            node.type.span,
            "the type must not depend on other parameters",
        )
        parameter.type = ERROR
    if node.default is not None and name:
        parameter.default = None
        parameter.default = lowerer.const(node.default, parameter.type)


# --------------------------------------------------------------------------------------- predicates


def _fill_predicates(collector: "Collector", owner: Owner, generics: Generics, name: str) -> None:
    del name
    if not collector.enter(owner, "predicates"):
        generics.predicates = ()
        return
    try:
        generics.predicates = tuple(_predicates(collector, owner, generics))
    finally:
        collector.leave(owner, "predicates")


def _predicates(collector: "Collector", owner: Owner, generics: Generics) -> Iterator[Predicate]:
    written = written_generics(owner)
    lowerer = collector.lowerer_for(owner, Missing(refused=True))
    if isinstance(owner, Trait):
        yield TraitPredicate(TraitRef(owner, arguments.identity(generics)), owner.span)
        if owner.node is not None:
            yield from bounds.predicates(lowerer, owner.node.supertraits, ParamType(0, "Self"))
    if written is None:
        return
    unsized = _unsized(written)
    for param in written.params:
        yield from _of_parameter(lowerer, generics, param, unsized)
    for predicate in written.where:
        yield from _where(lowerer, predicate)
    collector.finish(lowerer)
    if isinstance(owner, Function):
        yield from _implicit(collector, owner, generics)


def _unsized(written: ast.Generics) -> set[str]:
    """Return the parameters with a `?Sized` bound."""
    found: set[str] = set()
    for param in written.params:
        if isinstance(param, ast.TypeParam) and any(map(_maybe, param.bounds)):
            found.add(param.ident.name)
    for predicate in written.where:
        if isinstance(predicate, ast.WhereType) and any(map(_maybe, predicate.bounds)):
            match predicate.type:
                case ast.PathType(path=ast.Path(segments=[segment])):
                    found.add(segment.ident.name)
                case _:
                    pass
    return found


def _maybe(bound: ast.Bound) -> bool:
    return isinstance(bound, ast.TraitBound) and bound.modifier == "?"


def _of_parameter(
    lowerer: Lowerer, generics: Generics, param: ast.GenericParam, unsized: set[str]
) -> Iterator[Predicate]:
    match param:
        case ast.LifetimeParam():
            longer = lowerer.region(param.lifetime) if param.bounds else STATIC
            for shorter in param.bounds:
                yield RegionOutlives(longer, lowerer.region(shorter), shorter.span)
        case ast.TypeParam():
            itself = _type_parameter(generics, param.ident.name)
            yield from bounds.predicates(lowerer, param.bounds, itself)
            if param.ident.name not in unsized:
                yield from lowerer.collector.sized(itself, param.ident.span)
        case ast.ConstParam():
            pass


def _type_parameter(generics: Generics, name: str) -> ParamType:
    for one in generics.own:
        if one.name == name and one.kind is ParameterKind.TYPE:
            return ParamType(one.index, name)
    raise AssertionError(name)


def _where(lowerer: Lowerer, predicate: ast.WherePredicate) -> Iterator[Predicate]:
    if isinstance(predicate, ast.WhereLifetime):
        longer = lowerer.region(predicate.lifetime)
        for shorter in predicate.bounds:
            yield RegionOutlives(longer, lowerer.region(shorter), shorter.span)
    elif not predicate.lifetimes:
        yield from bounds.predicates(lowerer, predicate.bounds, lowerer.type(predicate.type))
    else:
        for bound in predicate.bounds:
            if isinstance(bound, ast.TraitBound):
                yield from bounds.of_trait(lowerer, bound, predicate.type, predicate.lifetimes)
            elif isinstance(bound, ast.Lifetime):
                yield bounds.outlives(lowerer, predicate, bound)


def _implicit(collector: "Collector", owner: Function, generics: Generics) -> Iterator[Predicate]:
    """Return what the `impl Trait`s among the parameters require."""
    assert owner.node is not None
    params = [
        ParamRegion(one.index, one.name)
        for one in generics.own
        if one.kind is ParameterKind.LIFETIME and one.implicit
    ]
    elision = Implied(params)
    lowerer = collector.lowerer_for(owner, elision)
    lowerer.implicit = collector.implicit_types(owner)
    for node in impl_traits(owner.node.signature.parameters):
        itself = lowerer.implicit[node]
        yield from bounds.predicates(lowerer, node.bounds, itself)
        if not any(map(_maybe, node.bounds)):
            yield from collector.sized(itself, node.span)
    if not owner.node.signature.is_async:
        what = "anonymous lifetimes in `impl Trait` are unstable"
        for span in (*_elided_spans(owner), *(one.span for one in elision.hidden)):
            lowerer.error(
                codes.UNSTABLE_FEATURE, span, "expected named lifetime parameter", what=what
            )
