"""The errors that making types may meet, worded."""

from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.collect.regions import Elided, Implied, Missing
from freehold.rust.items import AssociatedType, Impl, Item, Trait
from freehold.rust.resolve.scopes import GenericScope, Scope
from freehold.rust.resolve.world import World

if TYPE_CHECKING:
    from freehold.rust.collect.bounds import Applied
    from freehold.rust.collect.collector import Collector
    from freehold.rust.collect.lower import Lowerer


def reserved_lifetime(world: World, scope: Scope, lifetime: ast.Lifetime) -> None:
    """Report E0262: `'static` is declared. (`'_` has a code of its own.)"""
    name = f"'{lifetime.name}"
    if lifetime.name == "_":
        world.report(
            scope,
            Diagnostic(
                codes.MISPLACED_ELIDED_LIFETIME,
                lifetime.span,
                {"what": "`'_` cannot be used here"},
                "`'_` is a reserved lifetime name",
            ),
        )
        return
    world.report(
        scope,
        Diagnostic(
            codes.RESERVED_LIFETIME_NAME,
            lifetime.span,
            {"name": name},
            f"{name} is a reserved lifetime name",
        ),
    )


def undeclared_lifetime(lowerer: "Lowerer", lifetime: ast.Lifetime) -> None:
    """Report E0261, or E0401 for a lifetime of an item around."""
    name = f"'{lifetime.name}"
    if _outer(lowerer.scope, lifetime.name):
        lowerer.error(
            codes.OUTER_GENERIC_PARAMETER,
            lifetime.span,
            "use of generic parameter from outer item",
            what="generic parameters",
        )
        return
    help_ = f"consider introducing lifetime `{name}` here: `<{name}>`"
    lowerer.say(
        Diagnostic(
            codes.UNDECLARED_LIFETIME,
            lifetime.span,
            {"name": name},
            "undeclared lifetime",
            help=(help_,),
        )
    )


def _outer(scope: Scope, name: str) -> bool:
    at: Scope | None = scope
    while at is not None:
        if isinstance(at, GenericScope) and name in at.lifetimes:
            return True
        at = at.parent
    return False


def missing_lifetimes(
    lowerer: "Lowerer", missing: Missing, signature: ast.Signature | None
) -> None:
    """Report E0106, or E0637 where a lifetime cannot be left out at all."""
    if missing.refused:
        for one in missing.found:
            if one.how != "path":
                _refused(lowerer, one)
    found = [one for one in missing.found if one.how == "path" or not missing.refused]
    if not found:
        return
    first, *others = found
    count = sum(one.count for one in found)
    help_ = _advice(signature)
    lowerer.say(
        Diagnostic(
            codes.MISSING_LIFETIME,
            first.span,
            {"plural": "s" if count > 1 else ""},
            _expected(first),
            (*(Label(one.span, _expected(one)) for one in others), *_sources(signature)),
            help=help_,
        )
    )


def _expected(elided: Elided) -> str:
    if elided.count == 1:
        return "expected named lifetime parameter"
    return f"expected {elided.count} lifetime parameters"


def _sources(signature: ast.Signature | None) -> tuple[Label, ...]:
    """Return the parameters that the result may borrow from, to be looked at."""
    written = () if signature is None else signature.parameters
    return tuple(Label(one.type.span, "") for one in written if _borrows(one.type))


def _advice(signature: ast.Signature | None) -> tuple[str, ...]:
    """Return what rustc says of a result that borrows from nothing, or from one of many."""
    if signature is None:
        return ("consider introducing a named lifetime parameter: `'a`",)
    borrowed = [
        one.pattern.ident.name
        for one in signature.parameters
        if isinstance(one.pattern, ast.IdentPattern) and _borrows(one.type)
    ]
    what = "this function's return type contains a borrowed value, but"
    if not borrowed:
        return (
            f"{what} there is no value for it to be borrowed from",
            "consider using the `'static` lifetime, but this is likely not what you want",
        )
    *rest, last = [f"`{name}`" for name in borrowed]
    silent = "the signature does not say"
    if not rest:
        where = f"which one of {last}'s lifetimes it is borrowed from"
    elif len(rest) == 1:
        where = f"whether it is borrowed from {rest[0]} or {last}"
    else:
        where = f"whether it is borrowed from one of {', '.join(rest)} or {last}"
    return (
        f"{what} {silent} {where}",
        "consider introducing a named lifetime parameter: `<'a>`",
    )


def _borrows(node: ast.TypeExpr) -> bool:
    from freehold.rust.collect.written import elided_count, lifetimes  # noqa: PLC0415

    return bool(elided_count(node)) or any(True for _ in lifetimes(node))


def _of_plain_type(owner: object) -> bool:
    """Tell whether `owner` is a type of an impl, which has no lifetimes in the trait."""
    if not isinstance(owner, AssociatedType) or not isinstance(owner.parent, Impl):
        return False
    trait = owner.parent.of
    wanted = trait.items.get(owner.name) if trait is not None else None
    return not isinstance(wanted, AssociatedType) or not wanted.generics.own


def _refused(lowerer: "Lowerer", elided: Elided) -> None:
    if elided.how == "&" and _of_plain_type(lowerer.owner):
        lowerer.error(
            codes.BORROW_IN_ASSOCIATED_TYPE,
            elided.span,
            "this lifetime must come from the implemented type",
        )
        return
    if elided.how == "&":
        what = "`&` without an explicit lifetime name cannot be used here"
        label = "explicit lifetime name needed here"
    else:
        what = "`'_` cannot be used here"
        label = "`'_` is a reserved lifetime name"
    lowerer.error(codes.MISPLACED_ELIDED_LIFETIME, elided.span, label, what=what)


def hidden_lifetimes(lowerer: "Lowerer", elision: Implied) -> None:
    """Report E0726 for paths in the header of an impl that leave lifetimes out."""
    for one in elision.hidden:
        plural = "" if one.count == 1 else "s"
        lowerer.error(
            codes.HIDDEN_LIFETIME_IN_IMPL, one.span, f"expected lifetime parameter{plural}"
        )


def missing_bindings(lowerer: "Lowerer", node: ast.TraitObjectType, made: "Applied") -> None:
    """Report E0191: associated types of a trait object that are not given."""
    given = {item for item, *_ in made.equal}
    trait = made.trait.trait
    assert isinstance(trait, Trait)
    missing = [
        (owner, item)
        for owner in supertraits(lowerer.collector, trait)
        for item in owner.items.values()
        if isinstance(item, AssociatedType) and item not in given and not _only_sized(item)
    ]
    if missing:
        names = " and ".join(f"`{item.name}`" for _, item in missing)
        kind = "type" if len(missing) == 1 else "types"
        owner = missing[0][0].name
        what = f"the value of the associated {kind} {names} in `{owner}` must be specified"
        lowerer.say(
            Diagnostic(
                codes.MISSING_OBJECT_BINDINGS,
                node.bounds[0].span if node.bounds else node.span,
                {"what": what},
                "",
                tuple(Label(item.span, f"`{item.name}` defined here") for _, item in missing),
                help=("specify the associated type",),
            )
        )


def _only_sized(item: AssociatedType) -> bool:
    """Tell whether an associated type has `where Self: Sized`: objects leave it out."""
    from freehold.rust.collect.arguments import names_parameter  # noqa: PLC0415

    return (
        item.node is not None
        and any(
            isinstance(one, ast.WhereType)
            and names_parameter(one.type, "Self")
            and any(
                isinstance(bound, ast.TraitBound) and bound.path.segments[-1].ident.name == "Sized"
                for bound in one.bounds
            )
            for one in item.node.generics.where
        )
    ) or (item.node is not None and bool(item.node.generics.params))


def supertraits(collector: "Collector", trait: Trait) -> list[Trait]:
    """Return `trait` and all its supertraits."""
    found = {trait: None}
    for one in (queue := [trait]):
        for bound in collector.super_bounds(one):
            named = collector.trait_named(bound.path, one.scope)
            if named is not None and named not in found:
                found[named] = None
                queue.append(named)
    return list(found)


def repeated_item(collector: "Collector", owner: Trait | Impl, first: Item, second: Item) -> None:
    """Report two items of one name in a trait or impl."""
    name = second.name
    node = getattr(second, "node", None)
    span = node.span if isinstance(node, ast.Node) else second.span
    if isinstance(owner, Trait):
        code = codes.DUPLICATE_DEFINITION
        kind = "value" if not isinstance(first, AssociatedType) else "type"
        primary, label = (
            f"`{name}` redefined here",
            f"previous definition of the {kind} `{name}` here",
        )
    elif owner.node is not None and owner.node.trait is not None:
        code, primary, label = (
            codes.DUPLICATE_IMPL_ITEM,
            "duplicate definition",
            "previous definition here",
        )
    else:
        code, primary = codes.DUPLICATE_INHERENT_ITEM, f"duplicate definitions for `{name}`"
        label = f"other definition for `{name}`"
        span, first, second = first.span, second, first
    collector.world.report(
        owner.scope, Diagnostic(code, span, {"name": name}, primary, (Label(first.span, label),))
    )
