"""rustc's codes of traits and methods, under its numbers, with its wording.

The names are ours. `{what}` stands where rustc words a code in several ways.
"""

from freehold.diagnostics.model import Code, Severity

_E = Severity.ERROR

# -------------------------------------------------------------------------------------- obligations
UNIMPLEMENTED = Code("E0277", "trait-not-implemented", _E, "{what}")
ASSOCIATED_TYPE_DIFFERS = Code("E0271", "associated-type-differs", _E, "{what}")
TRAIT_NEEDED = Code("E0283", "type-needed-for-trait", _E, "type annotations needed{what}")
PROJECTION_NEEDED = Code("E0284", "type-needed-for-projection", _E, "type annotations needed{what}")
OVERFLOW = Code(
    "E0275", "endless-requirement", _E, "overflow evaluating the requirement `{predicate}`"
)
CLOSURE_ARITY = Code("E0593", "closure-parameter-count", _E, "{what}")
CLOSURE_SIGNATURE = Code("E0631", "closure-signature", _E, "type mismatch in {kind} arguments")
# ------------------------------------------------------------------------------------------ methods
NO_METHOD = Code("E0599", "no-such-method", _E, "{what}")
SEVERAL_METHODS = Code("E0034", "several-methods", _E, "multiple applicable items in scope")
PRIVATE_METHOD = Code("E0624", "private-method", _E, "{kind} `{name}` is private")
AMBIGUOUS_NUMBER = Code(
    "E0689",
    "method-of-ambiguous-number",
    _E,
    "can't call method `{name}` on ambiguous numeric type `{type}`",
)
# -------------------------------------------------------------------------------- dyn compatibility
NOT_DYN_COMPATIBLE = Code(
    "E0038", "not-dyn-compatible", _E, "the trait `{trait}` is not dyn compatible"
)
BOTH_POLARITIES = Code(
    "E0751",
    "positive-and-negative-impl",
    _E,
    "found both positive and negative implementation of trait `{what}`:",
)
BARE_TRAIT_FUNCTION = Code(
    "E0790",
    "associated-function-of-no-type",
    _E,
    "cannot call associated function on trait without specifying the corresponding `impl` type",
)
RETURNED_OBJECT = Code(
    "E0746",
    "returned-trait-object",
    _E,
    "return type cannot be a trait object without pointer indirection",
)
