"""What is known of each function of a linked program: made now, or kept from before.

A record is kept under what the function's analysis depends on: its body, what it refers to, and
the *bytes* of its callees' summaries. A callee that was edited and does what it did changes
nothing for its callers. Spans and hidden names in a record are references: into the tables of the
function's own body, or into the summary of a callee, which has them in turn; so a record tells the
places of today.
"""

import marshal
from collections.abc import Iterator
from hashlib import sha256

from freehold.driver.cache import key_of
from freehold.driver.linked import Linked
from freehold.driver.store import Store
from freehold.driver.tasks import Outcome
from freehold.effects.portable import Portable, is_hidden
from freehold.effects.whole import callees
from freehold.mir.values import Symbol
from freehold.records import dataclass, field
from freehold.source import Span

# _OWN and the number in the body's table; _CALL, the callee, and the number in its summary's table;
# _NAMED and a global's name; _TABLE, a global, and the number of one of its relocations.
Reference = tuple[int, str, int]
_OWN, _CALL, _NAMED, _TABLE = range(4)


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A portable value whose spans and names are references."""

    data: bytes
    spans: tuple[Reference, ...]
    names: tuple[Reference, ...]


@dataclass(slots=True, eq=False)
class Ledger:
    """The records of one program's functions, as they become known."""

    linked: Linked
    store: Store
    version: str
    _kept: dict[Symbol, tuple[_Frozen, _Frozen]] = field(default_factory=dict)
    _summaries: dict[Symbol, Portable] = field(default_factory=dict)
    _told: dict[Symbol, Portable] = field(default_factory=dict)
    _digests: dict[Symbol, bytes] = field(default_factory=dict)

    def needs(self, name: Symbol) -> Iterator[Symbol]:
        """Yield the functions that must be known before this one, by what its body says."""
        order = self.linked.order
        rank = order[name]
        for other in callees(self.linked.outlines[name], self.linked.whole):
            if order[other] < rank:
                yield other

    def summary(self, name: Symbol) -> Portable:
        """Return the summary of a function that is known."""
        known = self._summaries.get(name)
        if known is None:
            known = self._summaries[name] = self._thawed(name, self._kept[name][0])
        return known

    def told(self, name: Symbol) -> Portable:
        """Return the findings and limits of a function that is known."""
        known = self._told.get(name)
        return known if known is not None else self._thawed(name, self._kept[name][1])

    # ------------------------------------------------------------------------------- keeping

    def recall(self, name: Symbol) -> bool:
        """Look a function up that nothing is known of yet; all that it needs is known."""
        if not self.store.keeps:
            return False
        data = self.store.get(self._key(name))
        if data is None:
            return False
        try:
            summary, told, touched = marshal.loads(data)
            self._kept[name] = _Frozen(*summary), _Frozen(*told)
            rank = self.linked.order[name]
            for reference, token in touched:
                if self._token(Symbol(self._name(name, reference)), rank) != token:
                    del self._kept[name]
                    return False
        except (ValueError, TypeError, EOFError, LookupError):
            self._kept.pop(name, None)
            return False  # it is not as it was written
        return True

    def add(self, outcome: Outcome) -> None:
        """Take in what was made of a function, and keep it."""
        self.forgo(outcome)
        if self.store.keeps:
            try:
                self._keep(outcome)
            except LookupError:
                return  # it refers to what has no place in a table

    def forgo(self, outcome: Outcome) -> None:
        """Take in that nothing can be known of a function, for this time."""
        assert outcome.summary is not None
        assert outcome.told is not None
        self._summaries[outcome.function] = outcome.summary
        self._told[outcome.function] = outcome.told

    def _keep(self, outcome: Outcome) -> None:
        name, touched = outcome.function, outcome.touched
        index = _Index(self, name, touched)
        rank = self.linked.order[name]
        plain = set(self.linked.outlines[name].references)
        more = tuple(
            (index.name(one), self._token(one, rank)) for one in sorted(touched) if one not in plain
        )
        both = (index.frozen(self._summaries[name]), index.frozen(self._told[name]))
        row = (*both, more)
        self.store.put(self._key(name), marshal.dumps(row))

    def _key(self, name: Symbol) -> str:
        rank = self.linked.order[name]
        outline = self.linked.outlines[name]
        parts = [self._token(other, rank) for other in outline.references]
        for other in self.linked.whole.targets.called(outline):
            parts += [other.encode(), self._token(other, rank)]
        declared = repr(self.linked.pairs)
        return key_of("function", self.version, declared, self.linked.packed[name].digest, *parts)

    def _token(self, name: Symbol, rank: int) -> bytes:
        """Return what a function of number `rank` can know of a name."""
        program, order = self.linked.program, self.linked.order
        if name in program.globals:
            whole = self.linked.whole
            return self.linked.digests[name] + bytes((name in whole.constants, name in whole.sole))
        if name not in order:
            return b"elsewhere"
        endless = bytes((name in self.linked.whole.endless,))
        if order[name] >= rank:
            return b"later" + endless
        return self._digest(name) + endless

    def _digest(self, name: Symbol) -> bytes:
        known = self._digests.get(name)
        if known is None:
            kept = self._kept.get(name)
            data = self._summaries[name].data if kept is None else kept[0].data
            known = self._digests[name] = sha256(data).digest()
        return known

    # ---------------------------------------------------------------------------- references

    def _thawed(self, name: Symbol, frozen: _Frozen) -> Portable:
        return Portable(
            frozen.data,
            tuple(self._span(name, one) for one in frozen.spans),
            tuple(self._name(name, one) for one in frozen.names),
        )

    def _span(self, name: Symbol, reference: Reference) -> Span:
        kind, other, number = reference
        if kind == _OWN:
            return self.linked.packed[name].spans[number]
        if kind == _CALL:
            return self.summary(Symbol(other)).spans[number]
        return self.linked.program.globals[Symbol(other)].span

    def _name(self, name: Symbol, reference: Reference) -> str:
        kind, other, number = reference
        if kind == _OWN:
            return self.linked.packed[name].names[number]
        if kind == _CALL:
            return self.summary(Symbol(other)).names[number]
        if kind == _TABLE:
            return self.linked.program.globals[Symbol(other)].relocations[number].symbol
        return other


class _Index:
    """Where the spans and hidden names stand that one function's record may refer to."""

    def __init__(self, ledger: Ledger, name: Symbol, touched: frozenset[Symbol]) -> None:
        packed = ledger.linked.packed[name]
        self._spans: dict[Span, Reference] = {s: (_OWN, "", i) for i, s in enumerate(packed.spans)}
        self._names: dict[str, Reference] = {n: (_OWN, "", i) for i, n in enumerate(packed.names)}
        self._ledger = ledger
        self._rank = ledger.linked.order[name]
        self._touched = touched
        self._is_whole = False

    def frozen(
        self, portable: Portable
    ) -> tuple[bytes, tuple[Reference, ...], tuple[Reference, ...]]:
        """Return a portable value with references; raises KeyError if there is none to a span."""
        spans = tuple(self._reference(one) for one in portable.spans)
        return portable.data, spans, tuple(self.name(one) for one in portable.names)

    def name(self, name: str) -> Reference:
        """Return the reference to a name."""
        if not is_hidden(name):
            return (_NAMED, name, 0)
        if name not in self._names:
            self._complete()
        return self._names[name]

    def _reference(self, span: Span) -> Reference:
        if span not in self._spans:
            self._complete()
        return self._spans[span]

    def _complete(self) -> None:
        """Take in what callees and globals have."""
        if self._is_whole:
            return
        self._is_whole = True
        ledger, order = self._ledger, self._ledger.linked.order
        for one in sorted(self._touched):
            data = ledger.linked.program.globals.get(one)
            if data is not None:
                self._spans.setdefault(data.span, (_NAMED, one, 0))
                for i, relocation in enumerate(data.relocations):
                    self._names.setdefault(relocation.symbol, (_TABLE, one, i))
            elif order.get(one, self._rank) < self._rank:
                summary = ledger.summary(one)
                for i, span in enumerate(summary.spans):
                    self._spans.setdefault(span, (_CALL, one, i))
                for i, hidden in enumerate(summary.names):
                    self._names.setdefault(hidden, (_CALL, one, i))
