"""The words for lifetimes that do not fit: E0621, E0521, E0309 to E0311, and others."""

from freehold.borrow.blame import Blame, universal_above
from freehold.borrow.context import Context
from freehold.borrow.naming import Names
from freehold.borrow.outlives import Broken
from freehold.borrow.regions import Category, Outlives, TypeTest, Universal, UniversalKind
from freehold.diagnostics.codes_rust_borrow import (
    CAPTURE_ESCAPES,
    DATA_ESCAPES,
    HIDDEN_LIFETIME,
    HIGHER_RANKED,
    LIFETIME_REQUIRED,
    LIFETIME_TOO_SHORT,
    PARAMETER_TOO_SHORT,
    PART_TOO_SHORT,
    PROJECTION_TOO_SHORT,
)
from freehold.mir.values import Local
from freehold.ownership.findings import Draft
from freehold.source import Span
from freehold.types.generic import (
    ClosureDef,
    ClosureKind,
    OpaqueType,
    ParamType,
)

_ESCAPES = frozenset({Category.ASSIGNMENT, Category.CALL_ARGUMENT})


class RegionWords:
    """Words the region errors of one body."""

    def __init__(self, solved: Context, names: Names, blame: Blame) -> None:
        self._solved = solved
        self._names = names
        self._blame = blame

    def draft(self, broken: Broken) -> Draft | None:
        """Return the finding for a relation that is not known to hold."""
        found = self._blame.blame(broken.longer, broken.shorter, higher_ranked=broken.higher_ranked)
        if found is None:
            return None
        blamed = found[0]
        longer = self._names.universal(broken.longer)
        shorter = self._names.universal(broken.shorter)
        if longer is None or shorter is None:
            return Draft(HIGHER_RANKED, blamed.span, {})
        if any(each.category is Category.HIDDEN for each in found[1]):
            return self._hidden(longer, blamed)
        required = self._required(longer, shorter, blamed)
        if required is not None:
            return required
        outwards = _is_local(longer) and not _is_local(shorter)
        if blamed.category is Category.RETURN and outwards and self._is_fn_mut(longer):
            return self._capture(shorter, blamed)
        if blamed.category in _ESCAPES and outwards:
            return self._escape(longer, shorter, blamed)
        return self._general(longer, shorter, blamed)

    # ------------------------------------------------------------------------------- E0700

    def _hidden(self, longer: Universal, blamed: Outlives) -> Draft:
        """Word that what `impl Trait` hides has a lifetime that it does not capture."""
        generic = self._solved.analysed.body.generic
        assert generic is not None
        shown = generic.answers.show(generic.signature.output)
        draft = Draft(HIDDEN_LIFETIME, blamed.span, {"type": shown})
        self._names.of(longer.id).explain(draft)
        draft.advise(f"add a `use<...>` bound to say that `{shown}` captures it")
        return draft

    # ------------------------------------------------------------------------------- E0621

    def _required(self, longer: Universal, shorter: Universal, blamed: Outlives) -> Draft | None:
        """Word that an anonymous lifetime of a parameter had better be a named one.

        Not where the parameter's type is given: by a trait, or by what a closure is passed to.
        """
        if self._solved.regions.given_signature:
            return None
        for named, other in ((longer, shorter), (shorter, longer)):
            if named.kind is UniversalKind.STATIC or not _has_name(named) or _has_name(other):
                continue
            if other.argument is None or other.of_self or other.in_output:
                return None
            decl = self._solved.analysed.body.locals[Local(other.argument + 1)]
            where = f"the type of `{decl.name}`" if decl.name else "parameter type"
            draft = Draft(LIFETIME_REQUIRED, blamed.span, {"where": where})
            draft.label(blamed.span, f"lifetime `{named.name}` required")
            draft.advise(f"add explicit lifetime `{named.name}` to {where}")
            return draft
        return None

    # ------------------------------------------------------------------------------- closures

    def _is_fn_mut(self, universal: Universal) -> bool:
        generic = self._solved.analysed.body.generic
        assert generic is not None
        own = generic.definition
        mutates = isinstance(own, ClosureDef) and own.kind is ClosureKind.FN_MUT
        return mutates and universal.of_environment

    def _capture(self, shorter: Universal, blamed: Outlives) -> Draft:
        draft = Draft(CAPTURE_ESCAPES, blamed.span, {})
        text = "returns a reference to a captured variable which escapes the closure body"
        draft.label(blamed.span, text)
        captures = self._solved.places.captures
        if blamed.upvar is not None and blamed.upvar < len(captures):
            draft.label(captures[blamed.upvar].span, "variable captured here")
        name = self._names.of(shorter.id)
        if name.span is not None:
            draft.label(name.span, "inferred to be a `FnMut` closure")
        draft.note(
            "`FnMut` closures only have access to their captured variables while they are "
            "executing..."
        )
        draft.note("...therefore, they cannot allow references to captured variables to escape")
        return draft

    # ------------------------------------------------------------------------------- E0521

    def _escape(self, longer: Universal, shorter: Universal, blamed: Outlives) -> Draft:
        kind = self._solved.regions.kind
        inner, outer = self._variable(longer), self._variable(shorter)
        assigned = blamed.category is Category.ASSIGNMENT and kind != "closure"
        if (inner is None and outer is None) or assigned or kind in ("constant", "static"):
            return self._general(longer, shorter, blamed)
        draft = Draft(DATA_ESCAPES, blamed.span, {"where": kind})
        if outer is not None and outer[0]:
            draft.label(outer[1], f"`{outer[0]}` declared here, outside of the {kind} body")
        if inner is not None and inner[0]:
            text = f"`{inner[0]}` is a reference that is only valid in the {kind} body"
            draft.label(inner[1], text)
            draft.label(blamed.span, f"`{inner[0]}` escapes the {kind} body here")
        self._label_requirement(draft, longer, shorter, blamed)
        return draft

    def _variable(self, universal: Universal) -> tuple[str, Span] | None:
        """Return the captured variable or parameter in whose type a region stands."""
        upvar = self._names.upvar_with(universal.id)
        if upvar is not None:
            return upvar[1], upvar[0]
        local = self._names.argument_with(universal.id)
        if local is None:
            return None
        decl = self._solved.analysed.body.locals[local]
        return decl.name, decl.span

    def _label_requirement(
        self, draft: Draft, longer: Universal, shorter: Universal, blamed: Outlives
    ) -> None:
        inner, outer = self._names.of(longer.id), self._names.of(shorter.id)
        inner.explain(draft)
        outer.explain(draft)
        reason = blamed.category.description
        text = f"{reason}requires that `{inner.text}` must outlive `{outer.text}`"
        draft.label(blamed.span, text)

    # ------------------------------------------------------------------------------- general

    def _general(self, longer: Universal, shorter: Universal, blamed: Outlives) -> Draft:
        draft = Draft(LIFETIME_TOO_SHORT, blamed.span, {})
        if blamed.category is Category.RETURN and _is_local(shorter):
            inner, outer = self._names.of(longer.id), self._names.of(shorter.id)
            inner.explain(draft)
            outer.explain(draft)
            draft.label(
                blamed.span,
                f"{self._solved.regions.kind} was supposed to return data with lifetime "
                f"`{outer.text}` but it is returning data with lifetime `{inner.text}`",
            )
        else:
            self._label_requirement(draft, longer, shorter, blamed)
        if _has_name(longer) and _has_name(shorter):
            self._advise(draft, longer, shorter)
        return draft

    @staticmethod
    def _advise(draft: Draft, longer: Universal, shorter: Universal) -> None:
        if shorter.kind is UniversalKind.STATIC:
            draft.advise(f"consider replacing `{longer.name}` with `'static`")
        else:
            draft.advise(f"consider adding the following bound: `{longer.name}: {shorter.name}`")

    # ------------------------------------------------------------------------------- types

    def type_test(self, test: TypeTest) -> Draft:
        """Return the finding for a type that may end too early."""
        ty = self._solved.places.show(test.type)
        kinds = {ParamType: "parameter", OpaqueType: "opaque"}
        what = f"the {kinds.get(type(test.type), 'associated')} type `{ty}`"
        region = universal_above(self._solved, test.region)
        universal = None if region is None else self._names.universal(region)
        code, name, bound = PART_TOO_SHORT, "the lifetime", None
        if universal is not None and universal.kind is UniversalKind.STATIC:
            code, name, bound = PARAMETER_TOO_SHORT, "the static lifetime", "'static"
        elif universal is not None and _has_name(universal):
            code, bound = PROJECTION_TOO_SHORT, universal.name
            name = f"the lifetime `{bound}`"
        draft = Draft(code, test.span, {"what": what})
        draft.label(test.span, f"{what} must be valid for {name}...")
        draft.note(f"...so that the type `{ty}` will meet its required lifetime bounds")
        if bound is not None:
            draft.advise(f"consider adding an explicit lifetime bound: `{ty}: {bound}`")
        return draft


def _is_local(universal: Universal) -> bool:
    return universal.kind is UniversalKind.LOCAL


def _has_name(universal: Universal) -> bool:
    return universal.kind is UniversalKind.STATIC or universal.name not in ("", "'_")
