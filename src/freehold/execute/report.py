"""Collects the records of a run and words them: diagnostics as they happen, figures at the end."""

from collections.abc import Callable
from dataclasses import replace

from freehold.diagnostics import Code, Diagnostic, Event, codes
from freehold.diagnostics.codes import registry
from freehold.execute import endings
from freehold.execute.faults import diagnose
from freehold.execute.options import Explain, LeakSummary, Losses, RunOptions, Sink
from freehold.execute.records import Ending, Loss, Record, RecordKind, totals
from freehold.execute.stacks import Stacks, Trace
from freehold.execute.words import blocks, signal_name, size
from freehold.records import dataclass, field

_BY_ID = registry()


def _text_code(number: int) -> Code | None:
    return _BY_ID.get(f"FH{number:04}")


@dataclass(slots=True)
class Reporter:
    """Receives the records of one run, in order.

    A finding goes to `sink` when its record comes, and into `findings`; how often it happened is
    known at the end only. The child tells call stacks apart by their addresses: what the compiler
    made several copies of, such as a loop unrolled, is one place in the source, and one finding.
    """

    stacks: Stacks
    options: RunOptions
    sink: Sink | None
    explain: Explain | None = None
    findings: list[Diagnostic] = field(default_factory=list)
    losses: list[tuple[int, Diagnostic]] = field(default_factory=list)
    faults: int = 0
    figures: dict[str, int] = field(default_factory=dict)
    main_pid: int = 0
    ended: bool = False  # the main process has said how it ends
    stopped_in: Trace | None = None  # where it was when we stopped it
    fatal: str | None = None
    _numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    _counts: dict[int, dict[tuple[int, int], int]] = field(default_factory=dict)
    _lost: dict[object, Record] = field(default_factory=dict)
    _frames: list[Record] = field(default_factory=list)
    _holders: list[Record] = field(default_factory=list)
    _failed: Event | None = None

    def receive(self, record: Record) -> None:
        """Take one record; what is unknown is ignored."""
        handler = _HANDLERS.get(record.kind)
        if handler is not None:
            handler(self, record)

    def say(self, diagnostic: Diagnostic) -> None:
        """Add a finding, and tell it at once."""
        self._tell(self._complete(diagnostic))

    def _complete(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a finding with what is known besides."""
        if self._failed is not None:
            diagnostic = replace(diagnostic, events=(*diagnostic.events, self._failed))
        return diagnostic if self.explain is None else self.explain(diagnostic)

    def _tell(self, diagnostic: Diagnostic) -> None:
        self.findings.append(diagnostic)
        if self.sink is not None:
            self.sink(diagnostic)

    # --------------------------------------------------------------------------- by record kind

    def _fault(self, record: Record) -> None:
        diagnostic = diagnose(record, self.stacks)
        if diagnostic is not None:
            self._numbered(record, diagnostic)

    def _text(self, record: Record) -> None:
        code = _text_code(record.code)
        function, text, *_ = (*record.words, "", "")
        if code is None:
            return
        trace = self.stacks.trace(record.access)
        facts = {"function": function, "what": text, "size": text}
        self._numbered(record, Diagnostic(code, trace.at, facts, stack=trace.all))

    def _numbered(self, record: Record, diagnostic: Diagnostic) -> None:
        key = record.pid, record.number
        made = self._complete(diagnostic)
        at = next((n for n, one in enumerate(self.findings) if _same(one, made)), None)
        if at is None:
            self.faults += 1
            at = len(self.findings)
            self._tell(made)
        self._numbers[key] = at
        self._counted(at, key, 1)

    def _count(self, record: Record) -> None:
        key = record.pid, record.number
        at = self._numbers.get(key)
        if at is not None:
            self._counted(at, key, record.count)

    def _counted(self, at: int, key: tuple[int, int], count: int) -> None:
        counts = self._counts.setdefault(at, {})
        counts[key] = count
        self.findings[at] = replace(self.findings[at], count=sum(counts.values()))

    def _ending(self, record: Record) -> None:
        diagnostic = endings.ending(record, self.stacks, self._frames, self._holders)
        self._frames, self._holders = [], []
        if record.pid == self.main_pid and record.code != Ending.EXHAUSTED:
            self.ended = True
        if record.code == Ending.STOPPED:
            self.stopped_in = self.stacks.trace(record.access)
        if diagnostic is not None:
            self.say(diagnostic)

    def _frame(self, record: Record) -> None:
        self._frames.append(record)

    def _holder(self, record: Record) -> None:
        self._holders.append(record)

    def _loss(self, record: Record) -> None:
        kind = Loss(record.code) if record.code < len(Loss) else None
        if kind not in self.options.show:
            return
        made, released = self.stacks.trace(record.alloc), self.stacks.trace(record.release)
        key = record.pid, record.code, made.all, record.value[3:5], released.all
        seen = self._lost.get(key)
        if seen is not None:
            amounts = tuple(a + b for a, b in zip(seen.value[:3], record.value[:3], strict=True))
            record = replace(record, value=(*amounts, *record.value[3:]))
        self._lost[key] = record

    def _open(self, record: Record) -> None:
        self.losses.append((0, endings.never_closed(record, self.stacks)))

    def _summary(self, record: Record) -> None:
        if record.pid == self.main_pid:
            self.figures = totals(record)
        for lost in self._lost.values():
            diagnostic = endings.loss(lost, self.stacks)
            if diagnostic is not None:
                self.losses.append((lost.value[0] + lost.value[2], diagnostic))
        self._lost = {}
        for _, diagnostic in sorted(self.losses, key=lambda pair: -pair[0]):
            made = self._complete(diagnostic)
            if made not in self.findings:  # a forked process loses what its parent loses
                self._tell(made)
        self.losses = []

    def _native(self, record: Record) -> None:
        function, text, *_ = (*record.words, "", "")
        trace = self.stacks.trace(record.access)
        facts = {"name": function, "what": text}
        self.say(Diagnostic(codes.NATIVE_CALL, trace.at, facts))

    def _failed_allocation(self, record: Record) -> None:
        trace = self.stacks.trace(record.access)
        text = f"allocation number {record.value[0]} was made to fail here"
        self._failed = Event(text, trace.all)

    def _cannot_start(self, record: Record) -> None:
        self.fatal = record.words[0] if record.words else "?"
        self.say(Diagnostic(codes.NO_SHADOW, None, {"what": self.fatal}))

    # ------------------------------------------------------------------------------- at the end

    @property
    def events(self) -> int:
        """How many accesses were faulty, repeats included."""
        return self.figures.get("faults", self.faults)

    def leaks(self) -> LeakSummary | None:
        """Return the heap's figures, None if the program died without them."""
        if not self.figures.get("leaks_checked"):
            return None
        get = self.figures.__getitem__
        return LeakSummary(
            definite=Losses(get("definite_bytes"), get("definite_blocks")),
            indirect=Losses(get("indirect_bytes"), get("indirect_blocks")),
            possible=Losses(get("possible_bytes"), get("possible_blocks")),
            reachable=Losses(get("reachable_bytes"), get("reachable_blocks")),
            in_use=Losses(get("live_bytes"), get("live_blocks")),
            allocations=get("blocks_made"),
            frees=get("frees"),
            allocated=get("bytes_made"),
            peak=get("peak_bytes"),
        )

    def closing(self) -> tuple[str, ...]:
        """Return the two verdicts: memory safety, memory containment."""
        hidden = self.figures.get("findings", 0) - self.options.fault_limit
        lines = []
        if hidden > 0:
            lines.append(f"{hidden:,} more faults are not listed")
        count = f"{self.faults:,} {'fault' if self.faults == 1 else 'faults'}"
        lines.append(f"memory safety: {f'violated ({count})' if self.faults else 'held'}")
        lines.append(f"memory containment: {self._containment()}")
        return tuple(lines)

    def _containment(self) -> str:
        leaks = self.leaks()
        if leaks is None:
            return "not checked"
        lost = leaks.definite.blocks + leaks.indirect.blocks
        if not lost:
            return "held"
        return f"violated ({size(leaks.definite.bytes + leaks.indirect.bytes)} in {blocks(lost)})"

    def killed_by(self, number: int) -> None:
        """The process was ended by a signal without a word: say so."""
        self.say(Diagnostic(codes.KILLED, None, {"signal": signal_name(number)}))


Handler = Callable[[Reporter, Record], None]


def _same(one: Diagnostic, other: Diagnostic) -> bool:
    """Whether two findings differ in how often they happened, if at all."""
    return one.code is other.code and one.at == other.at and replace(one, count=1) == other


_HANDLERS: dict[int, Handler] = {
    RecordKind.FAULT: Reporter._fault,
    RecordKind.TEXT: Reporter._text,
    RecordKind.ENDING: Reporter._ending,
    RecordKind.LOSS: Reporter._loss,
    RecordKind.SUMMARY: Reporter._summary,
    RecordKind.COUNT: Reporter._count,
    RecordKind.OPEN: Reporter._open,
    RecordKind.NATIVE: Reporter._native,
    RecordKind.FATAL: Reporter._cannot_start,
    RecordKind.HOLDER: Reporter._holder,
    RecordKind.FRAME: Reporter._frame,
    RecordKind.FAILED: Reporter._failed_allocation,
}
