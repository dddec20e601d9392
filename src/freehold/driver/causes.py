"""What a Rust program's source says about the findings of its run.

Each fault is where the checker's promises end: in an `unsafe` block, or after one. A cycle of
`Rc`s is lost for a field that should be a `Weak`. These facts are kept with the compiled program:
to read them again must not cost the import of the front end.
"""

from dataclasses import replace

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics.codes import DEFINITELY_LOST
from freehold.records import dataclass
from freehold.source import Span

_FAULTS = ("FH01", "FH02", "FH03", "FH04", "FH05", "FH06")


@dataclass(frozen=True, slots=True)
class Closing:
    """A field that can close a cycle: its type, its name, where it is declared."""

    owner: str
    field: str
    span: Span

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return f"`{self.field}` of `{self.owner}`"


@dataclass(frozen=True, slots=True)
class Causes:
    """The `unsafe` blocks of a program, the heads and extents of its `unsafe` functions, cycles."""

    blocks: tuple[Span, ...] = ()
    functions: tuple[tuple[Span, Span], ...] = ()
    closing: tuple[Closing, ...] = ()

    def explain(self, found: Diagnostic) -> Diagnostic:
        """Return a finding with what is known of its cause."""
        if found.code.id.startswith(_FAULTS):
            return self._fault(found)
        if found.code is DEFINITELY_LOST and found.facts.get("cause") == "cycle":
            return self._cycle(found)
        return found

    def _fault(self, found: Diagnostic) -> Diagnostic:
        places = (found.at, *(frame.span for frame in found.stack))
        for place in places:
            label = self._around(place.outermost()) if place is not None else None
            if label is not None:
                return replace(found, labels=(*found.labels, label))
        lines = sorted({span.line for span in (*self.blocks, *(at for at, _ in self.functions))})
        if not lines:
            return found
        word = "line" if len(lines) == 1 else "lines"
        where = ", ".join(map(str, lines))
        note = f"this is safe code: what it relies on was broken by `unsafe` code ({word} {where})"
        return replace(found, notes=(*found.notes, note))

    def _around(self, at: Span) -> Label | None:
        """Return the label of the innermost `unsafe` block, or function, around a place."""
        blocks = [span for span in self.blocks if _holds(span, at)]
        if blocks:
            block = min(blocks, key=lambda span: span.end - span.start)
            head = Span(block.source, block.start, block.start + len("unsafe"))
            return Label(head, "in this `unsafe` block")
        for head, whole in self.functions:
            if _holds(whole, at):
                return Label(head, "in this `unsafe` function")
        return None

    def _cycle(self, found: Diagnostic) -> Diagnostic:
        note = "it is in a cycle of `Rc`s: each keeps the next alive, so none is ever dropped"
        found = replace(found, notes=(*found.notes, note))
        if not self.closing:
            return found
        labels = tuple(Label(one.span, "this field closes a cycle") for one in self.closing)
        words = " or ".join(one.words for one in self.closing)
        help_ = f"make {words} a `Weak`, which does not keep what it points to alive"
        return replace(found, labels=(*found.labels, *labels), help=(*found.help, help_))


def _holds(span: Span, at: Span) -> bool:
    same = span.source.name == at.source.name
    return same and span.start <= at.start and at.end <= span.end


NO_CAUSES = Causes()
