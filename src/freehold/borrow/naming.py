"""Names for regions: their own, or those given, `'1`, `'2`..., and where they come from."""

from freehold.borrow.context import Context
from freehold.borrow.regions import Universal, UniversalKind
from freehold.mir.values import Local
from freehold.ownership.findings import Draft
from freehold.records import dataclass
from freehold.source import Span
from freehold.types.fold import regions_of
from freehold.types.generic import CaptureKind, ClosureDef, ClosureKind, RegionId, RegionVar


@dataclass(frozen=True, slots=True)
class RegionName:
    """A name, and what to say of it: a label where it comes from."""

    text: str
    span: Span | None = None
    label: str = ""
    note: str = ""
    environment: bool = False
    upvar: str = ""

    def explain(self, draft: Draft) -> None:
        """Say where the region comes from."""
        if self.span is not None:
            draft.label(self.span, self.label)
        if self.note:
            draft.note(self.note)


class Names:
    """The names given in one body, so that each region keeps its number."""

    def __init__(self, solved: Context) -> None:
        self._solved = solved
        self._universals = {u.id: u for u in solved.regions.universals}
        self._given: dict[RegionId, RegionName] = {}
        self._count = 0

    def universal(self, region: RegionId) -> Universal | None:
        """Return the universal region with that variable."""
        return self._universals.get(region)

    def of(self, region: RegionId) -> RegionName:
        """Return the name of a universal region."""
        if region not in self._given:
            self._given[region] = self._make(region)
        return self._given[region]

    def fresh(self) -> str:
        """Return the next number's name."""
        self._count += 1
        return f"'{self._count}"

    def _make(self, region: RegionId) -> RegionName:
        universal = self._universals.get(region)
        if universal is None:
            return RegionName(self.fresh())
        if universal.kind is UniversalKind.STATIC:
            return RegionName("'static")
        if universal.name and universal.name != "'_":
            text = f"lifetime `{universal.name}` defined here"
            return RegionName(universal.name, universal.declared, text)
        if universal.of_environment:
            return self._environment()
        return self._anonymous(universal)

    def _environment(self) -> RegionName:
        closure = self._solved.analysed.body.generic
        assert closure is not None
        name = self.fresh()
        note = ""
        kind = closure.definition.kind if isinstance(closure.definition, ClosureDef) else None
        if kind in (ClosureKind.FN, ClosureKind.FN_MUT):
            note = (
                f"closure implements `{kind.value}`, so references to captured variables can't "
                "escape the closure"
            )
        text = f"lifetime `{name}` represents this closure's body"
        return RegionName(name, closure.definition.span, text, note, environment=True)

    def _anonymous(self, universal: Universal) -> RegionName:
        name = self.fresh()
        if universal.of_impl and universal.declared is not None:
            text = f"lifetime `{name}` appears in the `impl`'s self type"
            return RegionName(name, universal.declared, text)
        if universal.argument is not None and universal.declared is not None:
            text = f"let's call the lifetime of this reference `{name}`"
            return RegionName(name, universal.declared, text)
        upvar = self._in_upvar(universal.id)
        if upvar is not None:
            span, variable = upvar
            text = f"lifetime `{name}` appears in the type of `{variable}`"
            return RegionName(name, span, text, upvar=variable)
        local = self.argument_with(universal.id)
        if local is not None:
            decl = self._solved.analysed.body.locals[local]
            shown = self._solved.places.show(decl.type)
            return RegionName(name, decl.span, f"has type `{shown}` with lifetime `{name}`")
        if universal.declared is not None:
            return RegionName(name, universal.declared, f"lifetime `{name}` appears in this type")
        body = self._solved.analysed.body
        return RegionName(name, body.span, f"return type has lifetime `{name}`")

    def _in_upvar(self, region: RegionId) -> tuple[Span, str] | None:
        for number, capture in enumerate(self._solved.places.captures):
            regions = self._capture_regions(number, capture.kind)
            if region in regions:
                return capture.span, capture.name
        return None

    def _capture_regions(self, number: int, kind: CaptureKind) -> set[RegionId]:
        """Return the regions in the type of a captured variable, its own reference left out."""
        types = self._solved.upvar_types
        if number >= len(types):
            return set()
        found = [r.id for r in regions_of(types[number]) if isinstance(r, RegionVar)]
        return set(found if kind is CaptureKind.MOVE else found[1:])

    def upvar_with(self, region: RegionId) -> tuple[Span, str] | None:
        """Return the captured variable whose type has `region`."""
        return self._in_upvar(region)

    def argument_with(self, region: RegionId) -> Local | None:
        """Return the first argument whose type has `region`."""
        body = self._solved.analysed.body
        first = 2 if self._solved.regions.in_closure else 1
        for number in range(first, body.argument_count + 1):
            types = regions_of(self._solved.regions.locals[number])
            if any(isinstance(r, RegionVar) and self._stands_for(r.id, region) for r in types):
                return Local(number)
        return None

    def _stands_for(self, variable: RegionId, region: RegionId) -> bool:
        return variable == region or self._solved.values.same(variable, region)
