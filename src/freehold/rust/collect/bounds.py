"""Traits applied to their arguments, bounds as predicates, trait objects."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.collect import arguments, relative
from freehold.rust.collect.regions import Binder, Fresh
from freehold.rust.items import (
    AssociatedType,
    Predicate,
    ProjectionPredicate,
    Trait,
    TraitPredicate,
    TypeOutlives,
)
from freehold.rust.resolve.wants import Want
from freehold.source import Span
from freehold.types import TupleType, Type
from freehold.types.fold import Folder, shift
from freehold.types.generic import (
    ERASED,
    ERROR,
    STATIC,
    BoundRegion,
    Definition,
    DynType,
    GenericArg,
    ParamType,
    ProjectionType,
    Region,
    TraitRef,
    is_region,
)

if TYPE_CHECKING:
    from freehold.rust.collect.lower import Lowerer


def trait_of(lowerer: "Lowerer", path: ast.Path) -> Trait | None:
    """Return the trait that `path` names; None after an error."""
    found = lowerer.resolve(path, Want.TRAIT)
    return found.base if isinstance(found.base, Trait) and not found.unresolved else None


def trait_ref(lowerer: "Lowerer", path: ast.Path, self_type: Type) -> TraitRef | None:
    """Return the trait that `path` names, applied to `self_type`; constraints are an error."""
    trait = trait_of(lowerer, path)
    if trait is None:
        return None
    lowerer.no_arguments(path.segments[:-1])
    last = path.segments[-1]
    if not isinstance(last.arguments, ast.AngleArgs) or not last.arguments.constraints:
        return TraitRef(trait, _arguments(lowerer, trait, path, self_type))
    for constraint in last.arguments.constraints:
        arguments.constraint_on_no_trait(lowerer, constraint)
        for bound in constraint.bounds or ():
            if isinstance(bound, ast.Lifetime):
                lowerer.region(bound)
    if last.arguments.arguments:
        _arguments(lowerer, trait, path, self_type)
    return None


def _arguments(
    lowerer: "Lowerer", trait: Trait, path: ast.Path, self_type: Type
) -> arguments.Arguments:
    last = path.segments[-1]
    if isinstance(last.arguments, ast.ParenArgs) and not is_fn_trait(trait):
        lowerer.error(
            codes.PARENTHESISED_ARGUMENTS,
            last.arguments.span,
            "only `Fn` traits may use parentheses",
        )
    return arguments.complete(lowerer, trait, last.arguments, (self_type,), last.ident.span)


def is_fn_trait(trait: Trait) -> bool:
    """Tell whether `trait` is Fn, FnMut or FnOnce."""
    return trait.lang in {"fn", "fn_mut", "fn_once", "async_fn", "async_fn_mut", "async_fn_once"}


# ------------------------------------------------------------------------------------- predicates


def predicates(
    lowerer: "Lowerer", bounds: Sequence[ast.Bound], self_type: Type
) -> Iterator[Predicate]:
    """Return what `self_type: bounds` requires."""
    for bound in bounds:
        match bound:
            case ast.TraitBound():
                yield from of_trait(lowerer, bound, self_type)
            case ast.Lifetime():
                yield TypeOutlives(self_type, lowerer.region(bound), bound.span)
            case ast.UseBound():
                pass


def of_trait(
    lowerer: "Lowerer",
    bound: ast.TraitBound,
    self_type: "Type | ast.TypeExpr",
    outer: tuple[ast.LifetimeParam, ...] = (),
) -> Iterator[Predicate]:
    """Return what `self_type: bound` requires, constraints included; nothing of `?Trait`.

    A `self_type` still to be made stands inside of the binder, with the lifetimes `outer`.
    """
    if bound.modifier == "?":
        trait_of(lowerer, bound.path)
        return
    with lowerer.binder((*outer, *bound.lifetimes)) as binder:
        itself = lowerer.type(self_type) if isinstance(self_type, ast.Node) else shift(self_type, 1)
        found = applied(lowerer, bound.path, itself, binder)
    if found is None:
        return
    loose(lowerer, found, binder)
    bound_names = tuple(binder.names)
    yield TraitPredicate(found.trait, bound.span, bound_names)
    for item, ty, args, span in found.equal:
        yield ProjectionPredicate(item, args, ty, span, bound_names)
    yield from found.more


def outlives(lowerer: "Lowerer", predicate: ast.WhereType, bound: ast.Lifetime) -> Predicate:
    """Return `for<'a> T: 'b`."""
    with lowerer.binder(predicate.lifetimes) as binder:
        ty = lowerer.type(predicate.type)
        return TypeOutlives(ty, lowerer.region(bound), bound.span, tuple(binder.names))


def loose(lowerer: "Lowerer", found: "Applied", binder: Binder) -> None:
    """Report lifetimes of a binder that only an associated type mentions (E0582)."""
    of_trait = {index for one in found.trait.arguments for index in _bound_in(one)}
    for item, ty, given, span in found.equal:
        known = of_trait.union(*map(_bound_in, given))
        for index in dict.fromkeys(_bound_in(ty, everywhere=True)):
            if index not in known:
                name = binder.names[index]
                lowerer.error(codes.BOUND_LIFETIME_ONLY_IN_OUTPUT, span, item=item.name, name=name)
                break


def loose_in_output(inputs: tuple[Type, ...], output: Type) -> int | None:
    """Return a lifetime of a function pointer that only its result mentions, by its index."""
    known = {index for one in inputs for index in _bound_in(one)}
    return next((one for one in _bound_in(output, everywhere=True) if one not in known), None)


def _bound_in(argument: GenericArg, *, everywhere: bool = False) -> Iterator[int]:
    """Return the lifetimes of the innermost binder that `argument` mentions, by their index.

    What only stands in the arguments of projections counts only if `everywhere` is set.
    """
    found: list[int] = []

    class Look(Folder):
        __slots__ = ()

        def region(self, region: Region) -> Region:
            if isinstance(region, BoundRegion) and region.depth == self.depth:
                found.append(region.index)
            return region

        def type(self, ty: Type) -> Type:
            skipped = isinstance(ty, ProjectionType) and not everywhere
            return ty if skipped else self.parts(ty)

    Look().argument(argument)
    return iter(found)


@dataclass(slots=True)
class Applied:
    """A trait bound: the trait, and what its constraints say of associated types."""

    trait: TraitRef
    equal: list[tuple[AssociatedType, Type, arguments.Arguments, Span]] = field(
        default_factory=list
    )
    more: list[Predicate] = field(default_factory=list)


def applied(lowerer: "Lowerer", path: ast.Path, self_type: Type, binder: Binder) -> Applied | None:
    """Return the trait that `path` names with its constraints, inside of `binder`."""
    trait = trait_of(lowerer, path)
    if trait is None:
        return None
    lowerer.no_arguments(path.segments[:-1])
    last = path.segments[-1]
    if isinstance(last.arguments, ast.ParenArgs):
        return _sugar(lowerer, trait, path, self_type, binder)
    made = Applied(TraitRef(trait, _arguments(lowerer, trait, path, self_type)))
    if isinstance(last.arguments, ast.AngleArgs):
        for constraint in last.arguments.constraints:
            _constraint(lowerer, made, constraint)
    return made


def unconstrained(
    lowerer: "Lowerer", trait: Trait, path: ast.Path, self_type: Type, binder: Binder
) -> TraitRef:
    """Return the trait that `path` names, whatever its constraints say."""
    written = path.segments[-1].arguments
    if isinstance(written, ast.ParenArgs) and is_fn_trait(trait):
        with lowerer.eliding(Fresh(binder)):
            inputs = TupleType(tuple(map(lowerer.type, written.inputs)))
        return TraitRef(trait, (self_type, inputs))
    return TraitRef(trait, _arguments(lowerer, trait, path, self_type))


def _sugar(
    lowerer: "Lowerer", trait: Trait, path: ast.Path, self_type: Type, binder: Binder
) -> Applied | None:
    """Return `Fn(A) -> B` as a trait of a tuple, with its output."""
    written = path.segments[-1].arguments
    assert isinstance(written, ast.ParenArgs)
    if not is_fn_trait(trait):
        lowerer.error(
            codes.PARENTHESISED_ARGUMENTS, written.span, "only `Fn` traits may use parentheses"
        )
        return None
    with lowerer.objects(None):
        inputs, output = lowerer.arrow(binder, written.inputs, written.output)
    made = Applied(TraitRef(trait, (self_type, TupleType(inputs))))
    item = lowerer.collector.output_of_calls()
    if item is not None:
        span = written.output.span if written.output else written.span
        made.equal.append((item, output, (self_type, TupleType(inputs)), span))
    return made


def _constraint(lowerer: "Lowerer", made: Applied, constraint: ast.AssocConstraint) -> None:
    """Add what `Item = T` or `Item: Bound` says."""
    name = constraint.ident.name
    owner = relative.owner_of(lowerer.collector, made.trait, name)
    if owner is None:
        _no_item(lowerer, made.trait.trait, constraint)
        return
    item = owner.trait.items[name] if isinstance(owner.trait, Trait) else None
    if not isinstance(item, AssociatedType):
        lowerer.unsupported(constraint.span, "constraints on associated constants")
        return
    args = arguments.complete(
        lowerer, item, constraint.arguments, owner.arguments, constraint.ident.span
    )
    if made.trait.self_type == _SELF and any(one is item for one, *_ in made.equal):
        lowerer.error(
            codes.REPEATED_CONSTRAINT, constraint.span, "re-bound here", name=name,
            trait=made.trait.trait.name,
        )  # fmt: skip
    if isinstance(constraint.equals, ast.ConstArg):
        lowerer.unsupported(constraint.span, "constraints on associated constants")
    elif constraint.equals is not None:
        made.equal.append((item, lowerer.type(constraint.equals), args, constraint.span))
    for bound in constraint.bounds or ():
        # The projection stands outside of the bound's own binder.
        made.more += predicates(lowerer, (bound,), ProjectionType(item, args))


def _no_item(lowerer: "Lowerer", trait: Definition, constraint: ast.AssocConstraint) -> None:
    name = constraint.ident.name
    assert isinstance(trait, Trait)
    has_items = any(isinstance(one, AssociatedType) for one in trait.items.values())
    label = "" if has_items else f"associated type `{name}` not found"
    lowerer.error(
        codes.NO_SUCH_ASSOCIATED_TYPE,
        constraint.ident.span,
        label,
        kind="type",
        name=name,
        owner=trait.name,
    )


# ----------------------------------------------------------------------------------- trait objects

_SELF = ParamType(-1, "Self")


def trait_object(lowerer: "Lowerer", node: ast.TraitObjectType) -> Type:
    """Return `dyn A + B + 'a`."""
    lifetimes = [one for one in node.bounds if isinstance(one, ast.Lifetime)]
    traits = [one for one in node.bounds if isinstance(one, ast.TraitBound)]
    for extra in lifetimes[1:]:
        lowerer.error(codes.SEVERAL_OBJECT_LIFETIMES, extra.span)
    known = [(one, trait_of(lowerer, one.path)) for one in traits if one.modifier != "?"]
    if any(trait is None for _, trait in known):
        return ERROR
    principal = [(one, trait) for one, trait in known if trait and not trait.auto]
    auto: frozenset[Definition] = frozenset(trait for _, trait in known if trait and trait.auto)
    if len(principal) > 1 and len({trait for _, trait in principal}) > 1:
        _several(lowerer, principal)
        return ERROR
    if not principal:
        region = _object_region(lowerer, lifetimes, None)
        return DynType(None, (), (), auto, region)
    bound = principal[0][0]
    trait = principal[0][1]
    assert trait is not None
    with lowerer.binder(bound.lifetimes) as binder, lowerer.objects(None):
        made = applied(lowerer, bound.path, _SELF, binder)
    if made is None:
        return ERROR
    loose(lowerer, made, binder)
    region = _object_region(lowerer, lifetimes, made.trait)
    bindings: tuple[tuple[Definition, Type], ...] = tuple(
        (item, ty) for item, ty, _, _ in made.equal
    )
    lowerer.collector.missing_bindings(lowerer, node, made)
    return DynType(trait, made.trait.arguments[1:], bindings, auto, region, tuple(binder.names))


def _several(lowerer: "Lowerer", principal: Sequence[tuple[ast.TraitBound, Trait | None]]) -> None:
    first, second = principal[0][0], principal[1][0]
    lowerer.say(
        Diagnostic(
            codes.SEVERAL_OBJECT_TRAITS,
            second.span,
            {},
            "additional non-auto trait",
            (Label(first.span, "first non-auto trait"),),
        )
    )


def _object_region(
    lowerer: "Lowerer", lifetimes: list[ast.Lifetime], trait: TraitRef | None
) -> Region:
    """Return the lifetime of a trait object: as written, by its trait, or by where it stands."""
    if lifetimes and lifetimes[0].name != "_":
        return lowerer.region(lifetimes[0])
    if lifetimes:
        return lowerer.binders.region(lowerer.meant(lifetimes[0]))
    own = _trait_region(lowerer, trait) if trait is not None else None
    if own is not None:
        return own
    if lowerer.object_region is not None:
        return lowerer.binders.region(lowerer.object_region)
    if lowerer.hooks is not None:
        return ERASED
    return STATIC


def _trait_region(lowerer: "Lowerer", trait: TraitRef) -> Region | None:
    """Return the lifetime that a trait's declaration demands of its Self."""
    definition = trait.trait
    if not isinstance(definition, Trait) or definition.node is None:
        return None
    for bound in definition.node.supertraits:
        if isinstance(bound, ast.Lifetime):
            if bound.name == "static":
                return STATIC
            for param in definition.generics.own:
                if param.name == f"'{bound.name}":
                    found = trait.arguments[param.index]
                    assert is_region(found)
                    # Arguments stand inside of the object's binder, its lifetime outside.
                    return found
    return None
