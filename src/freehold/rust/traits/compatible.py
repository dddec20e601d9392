"""Dyn compatibility: why a trait cannot be a `dyn` type."""

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_traits as codes
from freehold.records import dataclass
from freehold.rust.infer.resolve import inner
from freehold.rust.items import (
    AssociatedType,
    Constant,
    Function,
    ParameterKind,
    ProjectionPredicate,
    Trait,
    TraitPredicate,
)
from freehold.rust.traits.world import World, is_sized_bound
from freehold.source import Span
from freehold.types import PointerType, Type
from freehold.types.generic import (
    AdtType,
    Definition,
    GenericArg,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
    type_argument,
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One reason: `because` goes on "...because ...", at `span`."""

    span: Span
    because: str


def violations(world: World, trait: Trait) -> tuple[Violation, ...]:
    """Return why `trait`, or a trait above it, cannot be a `dyn` type; nothing if it can."""
    known = world.shared.get(("dyn", trait))
    if known is None:
        found: list[Violation] = []
        for each in world.supertraits(trait):
            assert isinstance(each.trait, Trait)
            found += _own(world, each.trait)
        known = world.shared["dyn", trait] = tuple(dict.fromkeys(found))
    assert isinstance(known, tuple)
    return known


def not_dyn_compatible(world: World, trait: Trait, at: Span) -> Diagnostic:
    """Return the E0038 for `dyn trait` at `at`."""
    labels = (
        Label(trait.span, "this trait is not dyn compatible..."),
        *(Label(each.span, f"...because {each.because}") for each in violations(world, trait)),
    )
    note = "for a trait to be dyn compatible it needs to allow building a vtable"
    label = f"`{trait.name}` is not dyn compatible"
    return Diagnostic(
        codes.NOT_DYN_COMPATIBLE, at, {"trait": trait.name}, label, labels, notes=(note,)
    )


def _own(world: World, trait: Trait) -> list[Violation]:
    found: list[Violation] = []
    for predicate in trait.generics.predicates:
        if isinstance(predicate, TraitPredicate) and _is_self(predicate.trait.self_type):
            if is_sized_bound(predicate):
                found.append(Violation(predicate.span, "it requires `Self: Sized`"))
            elif any(_mentions_self(each) for each in predicate.trait.arguments[1:]):
                because = "it uses `Self` as a type parameter"
                if predicate.trait.trait is not trait:
                    found.append(Violation(predicate.span, because))
    for item in trait.items.values():
        match item:
            case Constant():
                because = f"it contains associated const `{item.name}`"
                found.append(Violation(item.span, because))
            case AssociatedType() if item.generics.own and not _needs_sized_self(item):
                because = f"it contains generic associated type `{item.name}`"
                found.append(Violation(item.span, because))
            case Function() if not _needs_sized_self(item):
                found += _method(world, item)
            case _:
                pass
    return found


def _needs_sized_self(item: Function | AssociatedType) -> bool:
    return any(
        isinstance(each, TraitPredicate) and is_sized_bound(each) and _is_self(each.trait.self_type)
        for each in item.generics.predicates
    )


def _method(world: World, item: Function) -> list[Violation]:
    signature = item.signature
    assert signature is not None
    name = item.name
    if not item.has_self:
        return [Violation(item.span, f"associated function `{name}` has no `self` parameter")]
    found: list[Violation] = []
    for ty in signature.inputs[1:]:
        if _mentions_self(ty):
            because = f"method `{name}` references the `Self` type in its parameters"
            found.append(Violation(item.span, because))
    if _mentions_self(signature.output):
        because = f"method `{name}` references the `Self` type in its return type"
        found.append(Violation(item.span, because))
    elif _has_opaque(signature.output):
        because = f"method `{name}` references an `impl Trait` type in its return type"
        found.append(Violation(item.span, because))
    if any(p.kind is not ParameterKind.LIFETIME for p in item.generics.own):
        found.append(Violation(item.span, f"method `{name}` has generic type parameters"))
    if not _can_dispatch(world, signature.inputs[0]):
        because = f"method `{name}`'s `self` parameter cannot be dispatched on"
        found.append(Violation(item.span, because))
    for predicate in item.generics.predicates:
        if isinstance(predicate, TraitPredicate | ProjectionPredicate) and _bounds_self(predicate):
            because = f"method `{name}` references the `Self` type in its `where` clause"
            found.append(Violation(predicate.span, because))
    return found


def _bounds_self(predicate: TraitPredicate | ProjectionPredicate) -> bool:
    if isinstance(predicate, ProjectionPredicate):
        return any(map(_mentions_self, predicate.arguments[1:]))
    trait = predicate.trait
    if isinstance(trait.trait, Trait) and trait.trait.auto:
        return False
    return any(map(_mentions_self, trait.arguments))


def _can_dispatch(world: World, receiver: Type) -> bool:
    """Tell whether a receiver is a pointer to Self that a vtable's method can take."""
    match receiver:
        case ParamType(0):
            return True  # by value: not callable through `dyn`, but no violation
        case RefType(_, pointee, _):
            return _is_self(pointee)
        case PointerType(pointee, _):
            return _is_self(pointee)
        case AdtType(definition, arguments):
            if definition.lang == "pin":
                return _can_dispatch(world, type_argument(arguments, 0))
            return bool(arguments) and _dispatches(world, receiver, definition)
        case _:
            return False


def _dispatches(world: World, receiver: AdtType, definition: Definition) -> bool:
    trait = world.lang_trait("dispatch_from_dyn")
    if trait is None or not _is_self(type_argument(receiver.arguments, 0)):
        return False
    impls = world.impls_for(trait, receiver)
    return any(
        isinstance(impl.self_type, AdtType) and impl.self_type.definition is definition
        for impl in impls
    )


def _is_self(ty: GenericArg) -> bool:
    return isinstance(ty, ParamType) and ty.index == 0


def _mentions_self(part: GenericArg) -> bool:
    """Tell whether Self is in a type other than as the owner of an associated type."""
    if _is_self(part):
        return True
    if isinstance(part, ProjectionType) and _is_self(part.arguments[0]):
        return any(map(_mentions_self, part.arguments[1:]))
    return any(map(_mentions_self, inner(part)))


def _has_opaque(part: GenericArg) -> bool:
    return isinstance(part, OpaqueType) or any(map(_has_opaque, inner(part)))
