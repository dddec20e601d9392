"""rustc's own codes, under its numbers, with its wording; each has a page in `docs/codes/`.

The names are ours. `{what}` stands where rustc words a code in several ways.
"""

from freehold.diagnostics.model import Code, Severity

_E = Severity.ERROR

# ------------------------------------------------------------------------------- The whole of names
OR_PATTERN_BINDING = Code(
    "E0408", "or-pattern-binding", _E, "variable `{name}` is not bound in all patterns"
)
OR_PATTERN_BINDING_MODE = Code(
    "E0409",
    "or-pattern-binding-mode",
    _E,
    "variable `{name}` is bound inconsistently across alternatives separated by `|`",
)
OUTER_GENERIC_PARAMETER = Code(
    "E0401", "outer-generic-parameter", _E, "can't use {what} from outer item"
)
DUPLICATE_GENERIC_PARAMETER = Code(
    "E0403",
    "duplicate-generic-parameter",
    _E,
    "the name `{name}` is already used for a generic parameter in this item's generic parameters",
)
NOT_A_TRAIT = Code("E0404", "not-a-trait", _E, "expected trait, found {found} `{name}`")
NO_SUCH_TRAIT = Code("E0405", "no-such-trait", _E, "cannot find trait `{name}` in {where}")
METHOD_NOT_IN_TRAIT = Code(
    "E0407", "method-not-in-trait", _E, "method `{name}` is not a member of trait `{trait}`"
)
SELF_OUTSIDE_OF_A_TYPE = Code(
    "E0411", "self-outside-of-a-type", _E, "cannot find type `Self` in {where}"
)
DUPLICATE_PARAMETER = Code(
    "E0415",
    "duplicate-parameter",
    _E,
    "identifier `{name}` is bound more than once in this parameter list",
)
DUPLICATE_BINDING = Code(
    "E0416",
    "duplicate-binding",
    _E,
    "identifier `{name}` is bound more than once in the same pattern",
)
NO_SUCH_STRUCT = Code("E0422", "no-such-struct", _E, "cannot find {what}")
WRONG_KIND_OF_NAME = Code("E0423", "wrong-kind-of-name", _E, "{what}")
SELF_OUTSIDE_OF_A_METHOD = Code("E0424", "self-outside-of-a-method", _E, "{what}")
NO_SUCH_VALUE = Code("E0425", "no-such-value", _E, "cannot find {what}")
NO_SUCH_LABEL = Code("E0426", "no-such-label", _E, "use of undeclared label `{name}`")
DUPLICATE_DEFINITION = Code(
    "E0428", "duplicate-definition", _E, "the name `{name}` is defined multiple times"
)
DUPLICATE_IMPORT = Code(
    "E0252", "duplicate-import", _E, "the name `{name}` is defined multiple times"
)
IMPORT_AGAINST_EXTERN_CRATE = Code(
    "E0254", "import-against-extern-crate", _E, "the name `{name}` is defined multiple times"
)
DUPLICATE_EXTERN_CRATE = Code(
    "E0259", "duplicate-extern-crate", _E, "the name `{name}` is defined multiple times"
)
EXTERN_CRATE_AGAINST_DEFINITION = Code(
    "E0260", "extern-crate-against-definition", _E, "the name `{name}` is defined multiple times"
)
IMPORT_AGAINST_DEFINITION = Code(
    "E0255", "import-against-definition", _E, "the name `{name}` is defined multiple times"
)
PRIVATE_RE_EXPORT = Code("E0364", "private-re-export", _E, "`{name}` is {how}")
PRIVATE_MODULE_RE_EXPORT = Code("E0365", "private-module-re-export", _E, "`{name}` is {how}")
IMPORT_OF_SELF = Code(
    "E0429", "import-of-self", _E, "`self` imports are only allowed within a {{ }} list"
)
UNRESOLVED_IMPORT = Code("E0432", "unresolved-import", _E, "{what}")
UNRESOLVED_PATH = Code("E0433", "unresolved-path", _E, "{what}")
CAPTURED_BY_FUNCTION = Code(
    "E0434", "captured-by-function", _E, "can't capture dynamic environment in a fn item"
)
VARIABLE_IN_CONSTANT = Code(
    "E0435", "variable-in-constant", _E, "attempt to use a non-constant value in a constant"
)
TYPE_NOT_IN_TRAIT = Code(
    "E0437", "type-not-in-trait", _E, "type `{name}` is not a member of trait `{trait}`"
)
CONST_NOT_IN_TRAIT = Code(
    "E0438", "const-not-in-trait", _E, "const `{name}` is not a member of trait `{trait}`"
)
NO_SUCH_CRATE = Code("E0463", "no-such-crate", _E, "can't find crate for `{name}`")
BINDING_SHADOWS_ITEM = Code("E0530", "binding-shadows-item", _E, "{what}")
NO_SUCH_PATTERN = Code("E0531", "no-such-pattern", _E, "cannot find {what}")
WRONG_KIND_OF_PATTERN = Code(
    "E0532", "wrong-kind-of-pattern", _E, "expected {expected}, found {found} `{name}`"
)
LABEL_OUT_OF_REACH = Code("E0767", "label-out-of-reach", _E, "use of unreachable label `{name}`")
NOT_A_TYPE = Code("E0573", "not-a-type", _E, "expected {expected}, found {found} `{name}`")
NOT_A_STRUCT = Code("E0574", "not-a-struct", _E, "expected {expected}, found {found} `{name}`")
NOT_AN_ASSOCIATED_ITEM = Code(
    "E0575", "not-an-associated-item", _E, "expected {expected}, found {found} `{name}`"
)
NO_SUCH_ASSOCIATED_ITEM = Code("E0576", "no-such-associated-item", _E, "cannot find {what}")
NO_SUCH_MODULE_FILE = Code("E0583", "no-such-module-file", _E, "file not found for module `{name}`")
PRIVATE_ITEM = Code("E0603", "private-item", _E, "{kind} `{name}` is private")
AMBIGUOUS_NAME = Code("E0659", "ambiguous-name", _E, "`{name}` is ambiguous")
# ---------------------------------------------------------------------------------------- Lifetimes
MISSING_LIFETIME = Code("E0106", "missing-lifetime", _E, "missing lifetime specifier{plural}")
WRONG_NUMBER_OF_GENERIC_ARGUMENTS = Code("E0107", "wrong-number-of-generic-arguments", _E, "{what}")
SEVERAL_OBJECT_LIFETIMES = Code(
    "E0226", "several-object-lifetimes", _E, "only a single explicit lifetime bound is permitted"
)
UNDECLARED_LIFETIME = Code(
    "E0261", "undeclared-lifetime", _E, "use of undeclared lifetime name `{name}`"
)
RESERVED_LIFETIME_NAME = Code(
    "E0262", "reserved-lifetime-name", _E, "invalid lifetime parameter name: `{name}`"
)
SHADOWED_LIFETIME = Code(
    "E0496",
    "shadowed-lifetime",
    _E,
    "lifetime name `{name}` shadows a lifetime name that is already in scope",
)
BOUND_LIFETIME_ONLY_IN_OUTPUT = Code(
    "E0582",
    "bound-lifetime-only-in-output",
    _E,
    "binding for associated type `{item}` references lifetime `{name}`, "
    "which does not appear in the trait input types",
)
POINTER_LIFETIME_ONLY_IN_OUTPUT = Code(
    "E0581",
    "pointer-lifetime-only-in-output",
    _E,
    "return type references {what}, which is not constrained by the fn input types",
)
MISPLACED_ELIDED_LIFETIME = Code("E0637", "misplaced-elided-lifetime", _E, "{what}")
HIDDEN_LIFETIME_IN_IMPL = Code(
    "E0726", "hidden-lifetime-in-impl", _E, "implicit elided lifetime not allowed here"
)
# ----------------------------------------------------------------- Definitions and their signatures
MISSING_TRAIT_ITEMS = Code(
    "E0046", "missing-trait-items", _E, "not all trait items implemented, missing: {names}"
)
WRONG_NUMBER_OF_TYPE_PARAMETERS = Code("E0049", "wrong-number-of-type-parameters", _E, "{what}")
WRONG_NUMBER_OF_PARAMETERS = Code("E0050", "wrong-number-of-parameters", _E, "{what}")
INCOMPATIBLE_PARAMETER_TYPES = Code("E0053", "incompatible-parameter-types", _E, "{what}")
INFINITE_SIZE = Code("E0072", "infinite-size", _E, "{what}")
DUPLICATE_DISCRIMINANT = Code(
    "E0081", "duplicate-discriminant", _E, "discriminant value `{value}` assigned more than once"
)
INHERENT_IMPL_OF_FOREIGN_TYPE = Code(
    "E0116",
    "inherent-impl-of-foreign-type",
    _E,
    "cannot define inherent `impl` for a type outside of the crate where the type is defined",
)
FOREIGN_TRAIT_FOR_FOREIGN_TYPE = Code(
    "E0117",
    "foreign-trait-for-foreign-type",
    _E,
    "only traits defined in the current crate can be implemented for {what}",
)
INHERENT_IMPL_OF_NO_NOMINAL_TYPE = Code(
    "E0118",
    "inherent-impl-of-no-nominal-type",
    _E,
    "no nominal type found for inherent implementation",
)
CONFLICTING_IMPLS = Code(
    "E0119", "conflicting-impls", _E, "conflicting implementations of trait `{trait}`{where}"
)
DROP_OF_A_REFERENCE = Code(
    "E0120",
    "drop-of-a-reference",
    _E,
    "the `Drop` trait may only be implemented for local structs, enums, and unions",
)
PLACEHOLDER_IN_SIGNATURE = Code(
    "E0121",
    "placeholder-in-signature",
    _E,
    "the placeholder `_` is not allowed within types on item signatures for {what}",
)
DUPLICATE_FIELD = Code("E0124", "duplicate-field", _E, "field `{name}` is already declared")
FORWARD_PARAMETER_DEFAULT = Code(
    "E0128",
    "forward-parameter-default",
    _E,
    "generic parameter defaults cannot reference parameters before they are declared",
)
PATTERN_IN_FOREIGN_FUNCTION = Code(
    "E0130",
    "pattern-in-foreign-function",
    _E,
    "patterns aren't allowed in foreign function declarations",
)
GENERIC_MAIN = Code(
    "E0131", "generic-main", _E, "`main` function is not allowed to have generic parameters"
)
COPY_AND_DROP = Code(
    "E0184",
    "copy-and-drop",
    _E,
    "the trait `Copy` cannot be implemented for this type; the type has a destructor",
)
METHOD_WITHOUT_SELF_IN_TRAIT = Code(
    "E0185",
    "method-without-self-in-trait",
    _E,
    "method `{name}` has a `{receiver}` declaration in the impl, but not in the trait",
)
METHOD_WITH_SELF_IN_TRAIT = Code(
    "E0186",
    "method-with-self-in-trait",
    _E,
    "method `{name}` has a `{receiver}` declaration in the trait, but not in the impl",
)
MISSING_OBJECT_BINDINGS = Code("E0191", "missing-object-bindings", _E, "{what}")
LIFETIME_PARAMETERS_DO_NOT_MATCH = Code(
    "E0195",
    "lifetime-parameters-do-not-match",
    _E,
    "lifetime parameters do not match the trait definition",
)
UNSAFE_IMPL_OF_SAFE_TRAIT = Code(
    "E0199", "unsafe-impl-of-safe-trait", _E, "implementing the trait `{trait}` is not unsafe"
)
SAFE_IMPL_OF_UNSAFE_TRAIT = Code(
    "E0200",
    "safe-impl-of-unsafe-trait",
    _E,
    "the trait `{trait}` requires an `unsafe impl` declaration",
)
DUPLICATE_IMPL_ITEM = Code(
    "E0201", "duplicate-impl-item", _E, "duplicate definitions with name `{name}`:"
)
DUPLICATE_INHERENT_ITEM = Code(
    "E0592", "duplicate-inherent-item", _E, "duplicate definitions with name `{name}`"
)
COPY_OF_NON_COPY_FIELD = Code(
    "E0204", "copy-of-non-copy-field", _E, "the trait `Copy` cannot be implemented for this type"
)
COPY_OF_NO_ADT = Code(
    "E0206", "copy-of-no-adt", _E, "the trait `Copy` cannot be implemented for this type"
)
UNCONSTRAINED_PARAMETER = Code(
    "E0207",
    "unconstrained-parameter",
    _E,
    "the {kind} parameter `{name}` is not constrained by the {where}",
)
UNCOVERED_TYPE_PARAMETER = Code("E0210", "uncovered-type-parameter", _E, "{what}")
NO_SUCH_ASSOCIATED_TYPE = Code(
    "E0220", "no-such-associated-type", _E, "associated {kind} `{name}` not found for `{owner}`"
)
AMBIGUOUS_ASSOCIATED_TYPE = Code(
    "E0221",
    "ambiguous-associated-type",
    _E,
    "ambiguous associated type `{name}` in bounds of `{owner}`",
)
ASSOCIATED_TYPE_OF_UNKNOWN_TRAIT = Code(
    "E0223", "associated-type-of-unknown-trait", _E, "ambiguous associated type"
)
SEVERAL_OBJECT_TRAITS = Code(
    "E0225",
    "several-object-traits",
    _E,
    "only auto traits can be used as additional traits in a trait object",
)
CONSTRAINT_ON_NO_TRAIT = Code(
    "E0229", "constraint-on-no-trait", _E, "associated item constraints are not allowed here"
)
PARENTHESISED_ARGUMENTS = Code(
    "E0214",
    "parenthesised-arguments",
    _E,
    "parenthesized type parameters may only be used with a `Fn` trait",
)
ARGUMENTS_ON_A_PLAIN_TYPE = Code("E0109", "arguments-on-a-plain-type", _E, "{what}")
BUILT_IN_TRAIT = Code(
    "E0322", "built-in-trait", _E, "explicit impls for the `{trait}` trait are not permitted"
)
CONST_FOR_OTHER_ITEM = Code(
    "E0323",
    "const-for-other-item",
    _E,
    "item `{name}` is an associated const, which doesn't match its trait `{trait}`",
)
METHOD_FOR_OTHER_ITEM = Code(
    "E0324",
    "method-for-other-item",
    _E,
    "item `{name}` is an associated method, which doesn't match its trait `{trait}`",
)
TYPE_FOR_OTHER_ITEM = Code(
    "E0325",
    "type-for-other-item",
    _E,
    "item `{name}` is an associated type, which doesn't match its trait `{trait}`",
)
CONST_OF_OTHER_TYPE = Code(
    "E0326",
    "const-of-other-type",
    _E,
    "implemented const `{name}` has an incompatible type for trait",
)
DROP_OF_SPECIALISED_TYPE = Code(
    "E0366", "drop-of-specialised-type", _E, "`Drop` impls cannot be specialized"
)
DROP_WITH_EXTRA_BOUNDS = Code(
    "E0367",
    "drop-with-extra-bounds",
    _E,
    "`Drop` impl requires `{predicate}` but the {kind} it is implemented for does not",
)
CONST_METHOD_IN_TRAIT = Code(
    "E0379", "const-method-in-trait", _E, "functions in {where} cannot be declared const"
)
CYCLE = Code("E0391", "cycle", _E, "cycle detected when {what}")
UNUSED_PARAMETER = Code("E0392", "unused-parameter", _E, "{kind} parameter `{name}` is never used")
VISIBILITY_ON_IMPL = Code(
    "E0449", "visibility-on-impl", _E, "visibility qualifiers are not permitted here"
)
STRICTER_IMPL = Code("E0276", "stricter-impl", _E, "impl has stricter requirements than trait")
NO_MAIN = Code("E0601", "no-main", _E, "`main` function not found in crate `{name}`")
ARGUMENTS_OUT_OF_ORDER = Code("E0747", "arguments-out-of-order", _E, "{what}")
DEPENDENT_CONST_PARAMETER = Code(
    "E0770",
    "dependent-const-parameter",
    _E,
    "the type of const parameters must not depend on other generic parameters",
)
BARE_TRAIT = Code("E0782", "bare-trait", _E, "expected a type, found a trait")
GENERIC_RECEIVER = Code(
    "E0801", "generic-receiver", _E, "invalid generic `self` parameter type: `{type}`"
)
BAD_RECEIVER = Code("E0307", "bad-receiver", _E, "invalid `self` parameter type: `{type}`")
MISPLACED_IMPL_TRAIT = Code("E0562", "misplaced-impl-trait", _E, "{what}")
REPEATED_CONSTRAINT = Code(
    "E0719",
    "repeated-constraint",
    _E,
    "the value of the associated type `{name}` in trait `{trait}` is already specified",
)
CALL_IN_CONSTANT = Code("E0015", "call-in-constant", _E, "{what}")
NO_DEFAULT_VARIANT = Code(
    "E0665",
    "no-default-variant",
    _E,
    "`#[derive(Default)]` on enum with no `#[default]`",
)
UNSAFE_INHERENT_IMPL = Code("E0197", "unsafe-inherent-impl", _E, "inherent impls cannot be unsafe")
UNSAFE_NEGATIVE_IMPL = Code("E0198", "unsafe-negative-impl", _E, "negative impls cannot be unsafe")
INHERENT_IMPL_OF_PRIMITIVE = Code(
    "E0390",
    "inherent-impl-of-primitive",
    _E,
    "cannot define inherent `impl` for primitive types",
)
BORROW_IN_ASSOCIATED_TYPE = Code(
    "FH1405",
    "borrow-in-associated-type",
    _E,
    "in the trait associated type is declared without lifetime parameters, so using a borrowed "
    "type for them requires that lifetime to come from the implemented type",
)
GENERIC_CONSTANT = Code(
    "FH1406", "generic-constant", _E, "generic parameters may not be used in const operations"
)
UNSTABLE_FEATURE = Code("E0658", "unstable-feature", _E, "{what}")
UNNAMED_IMPORT = Code("FH1407", "unnamed-import", _E, "imports need to be explicitly named")
RECURSIVE_PARAMETER = Code(
    "FH1404",
    "recursive-parameter",
    _E,
    "{kind} parameter `{name}` is only used recursively",
)
