"""`T::Item`: associated types of parameters, found by the bounds on them.

Only the bounds that lead to the item are lowered: the others may mention what is being made.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.collect import arguments
from freehold.rust.items import (
    AssociatedType,
    Impl,
    ParameterKind,
    Resolution,
    SelfType,
    Trait,
    TraitPredicate,
)
from freehold.rust.resolve.scopes import GenericScope, Scope
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import Substitute
from freehold.types.generic import (
    ERROR,
    OpaqueType,
    ParamType,
    ProjectionType,
    TraitRef,
)

if TYPE_CHECKING:
    from freehold.rust.collect.collector import Collector
    from freehold.rust.collect.lower import Lowerer


def associated(
    lowerer: "Lowerer", base: Type, origin: Resolution | None, segment: ast.PathSegment, span: Span
) -> Type:
    """Return `base::segment`. `origin` is the name that `base` was, if it was one."""
    name = segment.ident.name
    if isinstance(origin, SelfType) and isinstance(origin.owner, Impl):
        found = _in_impl(lowerer, origin.owner, name)
        candidates = [] if found is None else [found]
        if not candidates and lowerer.hooks is not None:
            return lowerer.hooks.relative(base, segment, span)
    elif isinstance(base, ParamType | ProjectionType | OpaqueType):
        candidates = list(_candidates(lowerer, base, name))
    elif lowerer.hooks is not None:
        return lowerer.hooks.relative(base, segment, span)
    else:
        candidates = []
    if not candidates:
        return _not_found(lowerer, base, origin, segment, span)
    distinct = list(dict.fromkeys(candidates))
    if len(distinct) > 1 and len({one.trait for one in distinct}) > 1:
        lowerer.error(
            codes.AMBIGUOUS_ASSOCIATED_TYPE,
            span,
            f"ambiguous associated type `{name}`",
            name=name,
            owner=_shown(base),
        )
        return ERROR
    trait = distinct[0].trait
    assert isinstance(trait, Trait)
    item = trait.items[name]
    made = arguments.complete(
        lowerer, item, segment.arguments, distinct[0].arguments, segment.ident.span
    )
    return ProjectionType(item, made)


def _shown(base: Type) -> str:
    return base.name if isinstance(base, ParamType) else "its type"


def _not_found(
    lowerer: "Lowerer",
    base: Type,
    origin: Resolution | None,
    segment: ast.PathSegment,
    span: Span,
) -> Type:
    name = segment.ident.name
    if isinstance(base, ParamType) and not isinstance(origin, SelfType | None):
        lowerer.error(
            codes.NO_SUCH_ASSOCIATED_TYPE,
            segment.ident.span,
            f"associated type `{name}` not found",
            kind="type",
            name=name,
            owner=base.name,
        )
    elif isinstance(origin, SelfType):
        lowerer.error(
            codes.NO_SUCH_ASSOCIATED_TYPE,
            segment.ident.span,
            f"associated type `{name}` not found",
            kind="type",
            name=name,
            owner="Self",
        )
    else:
        lowerer.say(
            Diagnostic(
                codes.ASSOCIATED_TYPE_OF_UNKNOWN_TRAIT,
                span,
                help=(f"use fully-qualified syntax: `<Type as Trait>::{name}`",),
            )
        )
    return ERROR


def _in_impl(lowerer: "Lowerer", impl: Impl, name: str) -> TraitRef | None:
    """Return the trait of `impl`, or the supertrait of that, that has the type `name`."""
    if impl.of is None:
        return None
    if not defines(lowerer.collector, impl.of, name):
        return None
    trait = impl.trait
    return None if trait is None else owner_of(lowerer.collector, trait, name)


# ----------------------------------------------------------------------------- traits with an item


def has_type(trait: Trait, name: str) -> bool:
    """Tell whether `trait` itself declares the associated type `name`."""
    node = trait.node
    return node is not None and any(
        isinstance(one, ast.TypeAlias) and one.ident.name == name for one in node.items
    )


def _supers(collector: "Collector", trait: Trait) -> Iterator[tuple[ast.TraitBound, Trait]]:
    """Return the direct supertraits with the bounds that name them, those of `where Self:` too."""
    assert trait.node is not None
    found: list[ast.Bound] = list(trait.node.supertraits)
    for one in trait.node.generics.where:
        if isinstance(one, ast.WhereType) and arguments.names_parameter(one.type, "Self"):
            found += one.bounds
    for bound in found:
        if isinstance(bound, ast.TraitBound) and bound.modifier != "?":
            named = collector.trait_named(bound.path, trait.scope)
            if named is not None:
                yield bound, named


def defines(collector: "Collector", trait: Trait, name: str) -> bool:
    """Tell whether `trait` or a supertrait declares the associated type `name`."""
    return _chain(collector, trait, name, set()) is not None


def _chain(
    collector: "Collector", trait: Trait, name: str, seen: set[Trait]
) -> list[tuple[Trait, ast.TraitBound]] | None:
    """Return the steps (a trait, its bound) from `trait` to the supertrait that declares `name`."""
    if has_type(trait, name):
        return []
    if trait in seen or trait.node is None:
        return None
    seen.add(trait)
    for bound, parent in _supers(collector, trait):
        rest = _chain(collector, parent, name, seen)
        if rest is not None:
            return [(trait, bound), *rest]
    return None


def owner_of(collector: "Collector", trait: TraitRef, name: str) -> TraitRef | None:
    """Return `trait`, or its supertrait, that declares the associated type `name`."""
    assert isinstance(trait.trait, Trait)
    chain = _chain(collector, trait.trait, name, set())
    if chain is None:
        return None
    at = trait
    for step, bound in chain:
        parent = collector.bound_ref(bound, step, ParamType(0, "Self"))
        if parent is None:
            return None
        at = Substitute(at.arguments).trait_ref(parent.trait)
    return at


# ----------------------------------------------------------------------------- bounds on parameters


def _candidates(lowerer: "Lowerer", base: Type, name: str) -> Iterator[TraitRef]:
    """Return the traits that `base` is bound by and that have the associated type `name`."""
    collector = lowerer.collector
    if isinstance(base, ProjectionType):
        item = base.item
        if isinstance(item, AssociatedType):
            yield from _of_item(lowerer, item, base, name)
        yield from _where(lowerer, base, name)
        return
    if isinstance(base, OpaqueType):
        return
    assert isinstance(base, ParamType)
    for bound, trait, scope, outer in _bounds_on(lowerer, base):
        if defines(collector, trait, name):
            found = collector.bound_ref(bound, scope.owner, base, outer)
            owner = None if found is None else owner_of(collector, found.trait, name)
            if owner is not None:
                yield owner
    at: Scope | None = lowerer.scope
    while at is not None and base.index == 0:
        if isinstance(at, GenericScope) and isinstance(at.owner, Trait):
            owner = owner_of(
                collector, TraitRef(at.owner, arguments.identity(at.owner.generics)), name
            )
            if owner is not None:
                yield owner
        at = at.parent


def _bounds_on(
    lowerer: "Lowerer", base: ParamType
) -> Iterator[tuple[ast.TraitBound, Trait, GenericScope, tuple[ast.LifetimeParam, ...]]]:
    """Return the bounds on a parameter, with the traits they name and where they stand."""
    at: Scope | None = lowerer.scope
    while at is not None:
        if isinstance(at, GenericScope):
            for bound, outer in _written_bounds(at, base):
                trait = lowerer.collector.trait_named(bound.path, at)
                if trait is not None:
                    yield bound, trait, at, outer
            if at.barrier:
                return
        at = at.parent


def _written_bounds(
    scope: GenericScope, base: ParamType
) -> Iterator[tuple[ast.TraitBound, tuple[ast.LifetimeParam, ...]]]:
    generics = generics_node(scope)
    if generics is None:
        return
    own = any(
        one.index == base.index and one.name == base.name and one.kind is ParameterKind.TYPE
        for one in scope.owner.generics.own
    )
    node = scope.params.get(base.name) if own else None
    if isinstance(node, ast.TypeParam):
        yield from ((one, ()) for one in _traits(node.bounds))
    for predicate in generics.where:
        if isinstance(predicate, ast.WhereType) and arguments.names_parameter(
            predicate.type, base.name
        ):
            yield from ((one, predicate.lifetimes) for one in _traits(predicate.bounds))


def _traits(bounds: tuple[ast.Bound, ...]) -> Iterator[ast.TraitBound]:
    for bound in bounds:
        if isinstance(bound, ast.TraitBound) and bound.modifier != "?":
            yield bound


def generics_node(scope: GenericScope) -> ast.Generics | None:
    """Return the written generics of the owner of `scope`."""
    node = getattr(scope.owner, "node", None)
    if isinstance(node, ast.Function):
        return node.signature.generics
    found = getattr(node, "generics", None)
    return found if isinstance(found, ast.Generics) else None


def _of_item(
    lowerer: "Lowerer", item: AssociatedType, base: ProjectionType, name: str
) -> Iterator[TraitRef]:
    """Return the traits that an associated type is declared to have."""
    for predicate in item.bounds:
        if isinstance(predicate, TraitPredicate):
            assert isinstance(predicate.trait.trait, Trait)
            if defines(lowerer.collector, predicate.trait.trait, name):
                there = Substitute(base.arguments).trait_ref(predicate.trait)
                owner = owner_of(lowerer.collector, there, name)
                if owner is not None:
                    yield owner


def _where(lowerer: "Lowerer", base: ProjectionType, name: str) -> Iterator[TraitRef]:
    """Return the traits that where clauses (`T::Item: Trait`) give a projection."""
    at: Scope | None = lowerer.scope
    while at is not None:
        if isinstance(at, GenericScope):
            yield from _where_in(lowerer, at, base, name)
            if at.barrier:
                return
        at = at.parent


def _where_in(
    lowerer: "Lowerer", scope: GenericScope, base: ProjectionType, name: str
) -> Iterator[TraitRef]:
    generics = generics_node(scope)
    for predicate in generics.where if generics else ():
        if not isinstance(predicate, ast.WhereType) or not _is_projection(predicate.type):
            continue
        for bound in predicate.bounds:
            if not isinstance(bound, ast.TraitBound):
                continue
            trait = lowerer.collector.trait_named(bound.path, scope)
            if trait is None or not defines(lowerer.collector, trait, name):
                continue
            found = lowerer.collector.where_ref(predicate, bound, scope.owner)
            if found is not None and found.self_type == base:
                owner = owner_of(lowerer.collector, found, name)
                if owner is not None:
                    yield owner


def _is_projection(node: ast.TypeExpr) -> bool:
    return isinstance(node, ast.PathType) and (
        len(node.path.segments) > 1 or node.path.qself is not None
    )
