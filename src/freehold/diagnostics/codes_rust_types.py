"""rustc's codes of types: bodies that do not type-check, under its numbers, with its wording.

The names are ours. `{what}` stands where rustc words a code in several ways.
"""

from freehold.diagnostics.model import Code, Severity

_E = Severity.ERROR

# --------------------------------------------------------------------------------------- mismatches
MISMATCHED_TYPES = Code("E0308", "mismatched-types", _E, "mismatched types")
BRANCHES_DIFFER = Code("E0308", "mismatched-types", _E, "{what}")
TYPE_NEEDED = Code("E0282", "type-needed", _E, "type annotations needed{what}")
IF_WITHOUT_ELSE = Code("E0317", "if-without-else", _E, "`if` may be missing an `else` clause")
# ----------------------------------------------------------------------------------------- patterns
PATTERN_FIELD_COUNT = Code("E0023", "pattern-field-count", _E, "{what}")
PATTERN_FIELD_TWICE = Code(
    "E0025", "pattern-field-twice", _E, "field `{field}` bound multiple times in the pattern"
)
PATTERN_NO_FIELD = Code("E0026", "pattern-no-such-field", _E, "{what}")
PATTERN_MISSING_FIELDS = Code("E0027", "pattern-missing-fields", _E, "{what}")
PATTERN_RANGE_TYPE = Code(
    "E0029",
    "pattern-range-type",
    _E,
    "only `char` and numeric types are allowed in range patterns",
)
EMPTY_RANGE = Code(
    "E0030",
    "pattern-empty-range",
    _E,
    "lower bound for range pattern must be less than or equal to upper bound",
)
EMPTY_RANGE_EXCLUSIVE = Code(
    "E0579",
    "pattern-empty-exclusive-range",
    _E,
    "lower bound for range pattern must be less than upper bound",
)
TRAIT_OBJECT_PATTERN = Code(
    "E0033",
    "pattern-dereferences-trait-object",
    _E,
    "type `{type}` cannot be dereferenced",
)
NOT_A_TUPLE_PATTERN = Code("E0164", "not-a-tuple-pattern", _E, "{what}")
NOT_A_UNIT_PATTERN = Code("E0533", "not-a-unit-pattern", _E, "{what}")
SLICE_PATTERN_LENGTH = Code("E0527", "slice-pattern-length", _E, "{what}")
SLICE_PATTERN_SHORT = Code("E0528", "slice-pattern-short", _E, "{what}")
SLICE_PATTERN_TYPE = Code(
    "E0529", "slice-pattern-type", _E, "expected an array or slice, found `{type}`"
)
SLICE_PATTERN_GENERIC = Code(
    "E0730", "slice-pattern-generic", _E, "cannot pattern-match on an array without a fixed length"
)
PATTERN_HIDDEN_FIELDS = Code(
    "FH1411",
    "pattern-hidden-fields",
    _E,
    "pattern requires `..` due to inaccessible fields",
)
UNION_PATTERN = Code("FH1412", "union-pattern", _E, "union patterns should have exactly one field")
REST_PATTERN = Code("FH1413", "misplaced-rest-pattern", _E, "`..` patterns are not allowed here")
NOT_A_UNIT_STRUCT = Code("FH1414", "not-a-unit-struct", _E, "{what}")
DESTRUCTURING_BASE = Code("E0797", "destructuring-base", _E, "{what}")
MISPLACED_UNDERSCORE = Code("FH1415", "misplaced-underscore", _E, "{what}")
NON_EXHAUSTIVE = Code("E0004", "non-exhaustive-patterns", _E, "non-exhaustive patterns: {what}")
REFUTABLE = Code("E0005", "refutable-pattern", _E, "refutable pattern in {where}")
# ------------------------------------------------------------------------------------------ structs
NO_SUCH_FIELD_INIT = Code("E0560", "no-such-field-in-literal", _E, "{what}")
NO_SUCH_FIELD_VARIANT = Code("E0559", "no-such-field-in-variant", _E, "{what}")
FIELD_TWICE = Code("E0062", "field-twice", _E, "field `{field}` specified more than once")
MISSING_FIELDS = Code(
    "E0063", "missing-fields", _E, "missing field{what} in initializer of `{type}`"
)
NOT_A_STRUCT = Code(
    "E0071", "not-a-struct", _E, "expected struct, variant or union type, found {found}"
)
BASE_OF_NON_STRUCT = Code(
    "E0436",
    "functional-update-of-non-struct",
    _E,
    "functional record update syntax requires a struct",
)
PRIVATE_FIELD_INIT = Code(
    "E0451", "private-field-in-literal", _E, "field{s} {fields} of {kind} `{type}` {are} private"
)
PRIVATE_FIELDS_LEFT = Code("FH1416", "private-fields-left", _E, "{what}")
UNION_FIELDS = Code("E0784", "union-fields", _E, "union expressions should have exactly one field")
PRIVATE_CONSTRUCTOR = Code("E0423", "wrong-kind-of-name", _E, "{what}")
# ------------------------------------------------------------------------------------------- fields
NO_FIELD = Code("E0609", "no-such-field", _E, "no field `{field}` on type `{type}`")
NOT_A_FIELD_HOLDER = Code(
    "E0610",
    "field-of-primitive",
    _E,
    "`{type}` is a primitive type and therefore doesn't have fields",
)
METHOD_AS_FIELD = Code(
    "E0615", "method-as-field", _E, "attempted to take value of method `{method}` on type `{type}`"
)
PRIVATE_FIELD = Code("E0616", "private-field", _E, "field `{field}` of {kind} `{type}` is private")
CANNOT_INDEX = Code("E0608", "cannot-index", _E, "cannot index into a value of type `{type}`")
CANNOT_DEREF = Code("E0614", "cannot-dereference", _E, "type `{type}` cannot be dereferenced")
# ---------------------------------------------------------------------------------------- operators
NO_OPERATOR = Code("E0369", "no-binary-operator", _E, "{what}")
NO_ASSIGN_OPERATOR = Code(
    "E0368",
    "no-assignment-operator",
    _E,
    "binary assignment operation `{op}=` cannot be applied to type `{type}`",
)
NO_UNARY_OPERATOR = Code(
    "E0600", "no-unary-operator", _E, "cannot apply unary operator `{op}` to type `{type}`"
)
BAD_ASSIGN_OP_TARGET = Code(
    "E0067", "bad-compound-assignment-target", _E, "invalid left-hand side of assignment"
)
BAD_ASSIGN_TARGET = Code(
    "E0070", "bad-assignment-target", _E, "invalid left-hand side of assignment"
)
TEMPORARY_ADDRESS = Code("E0745", "address-of-temporary", _E, "cannot take address of a temporary")
# -------------------------------------------------------------------------------------------- casts
CAST_TO_CHAR = Code("E0604", "cast-to-char", _E, "only `u8` can be cast as `char`, not `{type}`")
BAD_CAST = Code("E0605", "bad-cast", _E, "non-primitive cast: `{source}` as `{target}`")
CAST_IS_INVALID = Code("E0606", "cast-is-invalid", _E, "{what}")
THIN_TO_WIDE_CAST = Code(
    "E0607",
    "thin-to-wide-cast",
    _E,
    "cannot cast thin pointer `{source}` to wide pointer `{target}`",
)
CAST_TO_BOOL = Code("E0054", "cast-to-bool", _E, "cannot cast `{type}` as `bool`")
CAST_TO_UNSIZED = Code(
    "E0620", "cast-to-unsized", _E, "cast to unsized type: `{source}` as `{target}`"
)
UNKNOWN_CAST = Code("E0641", "cast-of-unknown-pointer", _E, "cannot cast {what} of unknown kind")
# -------------------------------------------------------------------------------------------- calls
ARGUMENT_COUNT_CLOSURE = Code("E0057", "closure-argument-count", _E, "{what}")
ARGUMENT_COUNT_VARIADIC = Code("E0060", "variadic-argument-count", _E, "{what}")
ARGUMENT_COUNT = Code("E0061", "argument-count", _E, "{what}")
VARIADIC_ARGUMENT = Code(
    "E0617", "variadic-argument", _E, "can't pass `{type}` to variadic function"
)
NOT_CALLABLE = Code("E0618", "not-callable", _E, "expected function, found {what}")
EXPLICIT_DROP = Code("E0040", "explicit-drop", _E, "explicit use of destructor method")
UNSAFE_REQUIRED = Code(
    "E0133", "unsafe-required", _E, "{what} is unsafe and requires unsafe {where}"
)
# ------------------------------------------------------------------------------------------ control
BREAK_INSIDE_CLOSURE = Code("E0267", "jump-inside-closure", _E, "`{word}` inside of {place}")
JUMP_OUTSIDE_LOOP = Code("E0268", "jump-outside-loop", _E, "`{word}` outside of a loop{more}")
BREAK_VALUE = Code("E0571", "break-with-value", _E, "`break` with value from a {kind}")
UNLABELED_BREAK = Code(
    "E0695", "unlabeled-jump-in-labeled-block", _E, "unlabeled `{word}` inside of a labeled block"
)
CONTINUE_TO_BLOCK = Code("E0696", "continue-to-block", _E, "`continue` pointing to a labeled block")
BREAK_LABEL_IN_CONDITION = Code(
    "E0590",
    "jump-in-condition",
    _E,
    "`break` or `continue` with no label in the condition of a `while` loop",
)
RETURN_OUTSIDE = Code(
    "E0572", "return-outside-of-function", _E, "return statement outside of function body"
)
RETURN_NEEDS_VALUE = Code(
    "E0069", "return-needs-value", _E, "`return;` in a function whose return type is not `()`"
)
# ----------------------------------------------------------------------------------------- closures
CLOSURE_KIND = Code(
    "E0525",
    "closure-kind",
    _E,
    "expected a closure that implements the `{expected}` trait, "
    "but this closure only implements `{kind}`",
)
