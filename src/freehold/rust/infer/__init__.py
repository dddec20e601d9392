"""Inference: variables, unification, instantiation, printing of types.

Knows nothing of traits: `rust.traits` decides what a type implements, and stands upon this.
"""

from freehold.rust.infer.adjust import Adjustment
from freehold.rust.infer.instantiate import (
    fresh_arguments,
    identity,
    instantiate,
    instantiate_arguments,
    instantiate_binder,
    instantiate_predicate,
    instantiate_signature,
    instantiate_trait,
)
from freehold.rust.infer.resolve import first_free, has_error, resolve
from freehold.rust.infer.show import mismatch_label, show, show_trait, sort
from freehold.rust.infer.table import Origin, Snapshot, Table
from freehold.rust.infer.unify import (
    Difference,
    Mismatch,
    can_unify,
    try_unify,
    unify,
    unify_arguments,
    unify_signatures,
)

__all__ = [
    "Adjustment",
    "Difference",
    "Mismatch",
    "Origin",
    "Snapshot",
    "Table",
    "can_unify",
    "first_free",
    "fresh_arguments",
    "has_error",
    "identity",
    "instantiate",
    "instantiate_arguments",
    "instantiate_binder",
    "instantiate_predicate",
    "instantiate_signature",
    "instantiate_trait",
    "mismatch_label",
    "resolve",
    "show",
    "show_trait",
    "sort",
    "try_unify",
    "unify",
    "unify_arguments",
    "unify_signatures",
]
