"""The words for methods and associated items that were not found: E0599, E0034, E0624, E0689."""

from collections.abc import Iterable

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_traits as codes
from freehold.diagnostics.codes import UNSUPPORTED
from freehold.records import dataclass
from freehold.rust.infer.instantiate import identity
from freehold.rust.infer.show import show, show_predicate
from freehold.rust.items import (
    Function,
    ProjectionPredicate,
    Struct,
    Trait,
    TraitPredicate,
)
from freehold.rust.resolve.suggest import closest
from freehold.rust.traits.describe import described
from freehold.rust.traits.goals import Goal
from freehold.rust.traits.lacking import lacking
from freehold.rust.traits.probe import (
    Ambiguous,
    Member,
    NoMethod,
    Pick,
    Private,
    Scope,
    inherent_candidates,
    probe,
)
from freehold.rust.traits.solver import Solver
from freehold.source import Span
from freehold.types import F64, I32, AdtKind, Type
from freehold.types.generic import AdtType, InferKind, InferType


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was looked for: `name` at `at`, of a value of `type`, or (`path`) of the type itself."""

    name: str
    at: Span
    type: Type
    path: bool = False


def missing(
    solver: Solver, found: NoMethod | Ambiguous | Private, wanted: Wanted, scope: Scope
) -> Diagnostic:
    """Return why an item was not found, or is not to be taken."""
    match found:
        case Ambiguous():
            return _several(found, wanted)
        case Private(item):
            facts = {"kind": _kind_of_item(item), "name": item.name}
            label = Label(item.span, f"private {_kind_of_item(item)} defined here")
            text = f"private {_kind_of_item(item)}"
            return Diagnostic(codes.PRIVATE_METHOD, wanted.at, facts, text, (label,))
        case NoMethod():
            return _none(solver, found, wanted, scope)


def _kind_of_item(item: Member) -> str:
    if not isinstance(item, Function):
        return "associated constant"
    return "method" if item.has_self else "associated function"


def _several(found: Ambiguous, wanted: Wanted) -> Diagnostic:
    labels = tuple(
        Label(each.item.span, f"candidate #{number} is defined here")
        for number, each in enumerate(found.candidates, 1)
    )
    label = f"multiple `{wanted.name}` found"
    return Diagnostic(codes.SEVERAL_METHODS, wanted.at, {}, label, labels)


# ------------------------------------------------------------------------------------ not there


def _none(solver: Solver, found: NoMethod, wanted: Wanted, scope: Scope) -> Diagnostic:
    ty = solver.normalize(wanted.type, [])
    owner = lacking(solver, [step.type for step in found.steps] or [ty], wanted.name)
    if isinstance(ty, InferType) and ty.kind is not InferKind.ANY and not wanted.path:
        concrete = F64 if ty.kind is InferKind.FLOAT else I32
        known = owner or isinstance(probe(solver, concrete, wanted.name, scope), Pick)
        if known or _is_in_a_trait(solver, wanted.name):
            return _ambiguous_number(ty, wanted, concrete)
    if owner is not None:
        return Diagnostic(UNSUPPORTED, wanted.at, {"what": f"`{wanted.name}` of `{owner}`"})
    if found.unsatisfied:
        return _unsatisfied(found, wanted, ty)
    item = _item_kind(ty, wanted)
    whole = described(_as_declared(solver, found, wanted, ty))
    what = f"no {item} named `{wanted.name}` found for {whole} in the current scope"
    labels = _defined_here(ty, wanted, item)
    label, help_ = _advice(solver, found, wanted, ty, item)
    return Diagnostic(codes.NO_METHOD, wanted.at, {"what": what}, label, labels, help=help_)


def _is_in_a_trait(solver: Solver, name: str) -> bool:
    crates = solver.world.crates
    return any(name in trait.items for trait in (*crates.user.traits, *crates.std_traits()))


def _as_declared(solver: Solver, found: NoMethod, wanted: Wanted, ty: Type) -> Type:
    """Return a generic type with its own parameters, if its arguments play no part."""
    if wanted.path or not isinstance(ty, AdtType) or len(found.steps) > 1:
        return ty
    if inherent_candidates(solver, ty, wanted.name):
        return ty
    definition = ty.definition
    assert isinstance(definition, Struct)
    return AdtType(definition, identity(definition.generics))


def _ambiguous_number(ty: Type, wanted: Wanted, concrete: Type) -> Diagnostic:
    facts = {"name": wanted.name, "type": show(ty)}
    help_ = (f"you must specify a concrete type for this numeric value, like `{show(concrete)}`",)
    return Diagnostic(codes.AMBIGUOUS_NUMBER, wanted.at, facts, help=help_)


def _item_kind(ty: Type, wanted: Wanted) -> str:
    if not wanted.path:
        return "method"
    if isinstance(ty, AdtType) and ty.definition.kind is AdtKind.ENUM:
        return "variant or associated item"
    return "function or associated item" if wanted.name[:1].islower() else "associated item"


def _defined_here(ty: Type, wanted: Wanted, item: str) -> tuple[Label, ...]:
    if not isinstance(ty, AdtType) or not isinstance(ty.definition, Struct):
        return ()
    if ty.definition.path.startswith("std::"):
        return ()
    kind = ty.definition.kind.value
    return (Label(ty.definition.span, f"{item} `{wanted.name}` not found for this {kind}"),)


def _advice(
    solver: Solver, found: NoMethod, wanted: Wanted, ty: Type, item: str
) -> tuple[str, tuple[str, ...]]:
    label = f"{item} not found in `{show(ty)}`"
    if not wanted.path:
        for step in found.steps:
            if _has_field(step.type, wanted.name):
                return "field, not a method", ()
            if inherent_candidates(solver, step.type, wanted.name):
                return "this is an associated function, not a method", ()
    similar = closest(wanted.name, _names(solver, found, wanted))
    if similar is not None:
        kind = "method" if not wanted.path else "associated item"
        return label, (f"there is a {kind} `{similar}` with a similar name",)
    traits = _traits_with(solver, wanted)
    if traits:
        rule = "items from traits can only be used if the trait is implemented and in scope"
        names = ", ".join(f"`{trait.name}`" for trait in traits)
        return label, (rule, f"{names} defines an item `{wanted.name}`")
    return label, ()


def _has_field(ty: Type, name: str) -> bool:
    if not isinstance(ty, AdtType) or ty.definition.kind is AdtKind.ENUM:
        return False
    return any(field.name == name for field in ty.definition.fields)


def _names(solver: Solver, found: NoMethod, wanted: Wanted) -> Iterable[str]:
    """Return the names of what the types on the way have of themselves."""
    for step in found.steps:
        if isinstance(step.type, InferType):
            continue
        for impl in solver.world.crates.inherent_impls(step.type):
            for name, item in impl.items.items():
                is_method = isinstance(item, Function) and item.has_self
                if is_method or wanted.path:
                    yield name
    if wanted.path and found.steps:
        ty = found.steps[0].type
        if isinstance(ty, AdtType):
            yield from (variant.name for variant in ty.definition.variants)


def _traits_with(solver: Solver, wanted: Wanted) -> list[Trait]:
    """Return the user's traits that have an item of that name."""
    return [trait for trait in solver.world.crates.user.traits if wanted.name in trait.items]


# ---------------------------------------------------------------------------- not for this type


def _unsatisfied(found: NoMethod, wanted: Wanted, ty: Type) -> Diagnostic:
    kind = "method" if not wanted.path else _kind_of_item(found.unsatisfied[0][0].item)
    if wanted.path and kind != "associated constant":
        kind = "function or associated item"
    what = (
        f"the {kind} `{wanted.name}` exists for {described(ty)}, "
        "but its trait bounds were not satisfied"
    )
    label = f"{kind} cannot be called on `{show(ty)}` due to unsatisfied trait bounds"
    notes: dict[str, None] = {}
    for _, goal in found.unsatisfied:
        shown = _shown(goal)
        if shown:
            notes[f"trait bound `{shown}` was not satisfied"] = None
    return Diagnostic(codes.NO_METHOD, wanted.at, {"what": what}, label, notes=tuple(notes))


def _shown(goal: Goal) -> str:
    if isinstance(goal, TraitPredicate | ProjectionPredicate):
        return show_predicate(goal)
    return ""
