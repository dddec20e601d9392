"""Obligations on types that nothing tells: E0282, E0283, E0284, E0790."""

from collections.abc import Sequence
from dataclasses import replace

from freehold.diagnostics import Code, Diagnostic
from freehold.diagnostics import codes_rust_traits as trait_codes
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust.infer import first_free
from freehold.rust.items import Function, ProjectionPredicate, Trait, TraitPredicate
from freehold.rust.traits import ItemBound, Unfulfilled
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.unknown import unknown_type
from freehold.types import Type
from freehold.types.generic import ERROR, InferType, TraitRef, is_type, type_argument


def say_unsure(cx: Checker, errors: Sequence[Unfulfilled]) -> Diagnostic:
    """Return what is to be said of obligations that types are lacking for: of the first one.

    That a size is not known tells least: such ones come last.
    """
    error = min(errors, key=lambda each: _is_size(cx, each))
    on_trait = _on_trait(cx, error)
    if on_trait is not None:
        return on_trait
    ty, code = _unknown(cx, error)
    found = unknown_type(cx.table, cx.locals.values(), ty, error.cause.span)
    return replace(found, code=code)


def _is_size(cx: Checker, error: Unfulfilled) -> bool:
    sized = cx.solver.world.lang("sized")
    return isinstance(error.goal, TraitPredicate) and error.goal.trait.trait is sized


def _unknown(cx: Checker, error: Unfulfilled) -> tuple[Type, Code]:
    """Return the type that is lacking, and the code for it."""
    match error.goal:
        case TraitPredicate(trait) if _is_size(cx, error):
            return trait.self_type, codes.TYPE_NEEDED
        case TraitPredicate(trait):
            return _first_unknown(cx, trait), trait_codes.TRAIT_NEEDED
        case ProjectionPredicate(_, arguments):
            return type_argument(arguments, 0), trait_codes.PROJECTION_NEEDED
        case _:
            return ERROR, codes.TYPE_NEEDED


def _first_unknown(cx: Checker, trait: TraitRef) -> Type:
    for each in trait.arguments:
        if is_type(each) and first_free(cx.table, each) is not None:
            return each
    return trait.self_type


def _on_trait(cx: Checker, error: Unfulfilled) -> Diagnostic | None:
    """Return E0790 for a trait's own function called by the trait's name, of no known type."""
    why = error.cause.why
    if not isinstance(why, ItemBound) or not isinstance(error.goal, TraitPredicate):
        return None
    item, trait = why.definition, error.goal.trait
    if not isinstance(cx.table.shallow(trait.self_type), InferType):
        return None
    if not isinstance(item, Function) or item.has_self or item.parent is not trait.trait:
        return None
    if error.cause.span not in cx.trait_paths:
        return None
    assert isinstance(item.parent, Trait)
    label = "cannot call associated function of trait"
    return Diagnostic(trait_codes.BARE_TRAIT_FUNCTION, error.cause.span, {}, label)
