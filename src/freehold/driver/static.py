"""Static checking of C: sources, one linked program, the findings of the engine in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import (
    STALE_POINTER,
    UNCHECKED_ALLOCATION,
    UNREADABLE,
    USE_AFTER_FREE,
)
from freehold.driver.cache import Cache, key_of, own_version
from freehold.driver.means import ALONE, Means
from freehold.driver.options import CompileOptions
from freehold.driver.pickles import Texts
from freehold.driver.reader import Files
from freehold.driver.results import Findings, decode_findings, encode_findings
from freehold.driver.store import Store
from freehold.driver.units import Loaded, ReadUnit, is_lasting, load_unit, unit_key
from freehold.effects.pairs import Pair
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.driver.ledger import Ledger
    from freehold.driver.workers import Workers
    from freehold.effects.faults import Finding

Unit = tuple[Source, CompileOptions]
Seen = TypeVar("Seen")


def check_c(
    units: Sequence[Unit],
    *,
    pedantic: bool,
    pairs: tuple[Pair, ...] = (),
    means: Means = ALONE,
    say: Callable[[str], None] = lambda text: None,
) -> Findings:
    """Check `units`, linked as one program, without running them.

    `pairs` are functions that the project declares to take and give back resources; `say` hears how
    far it is.
    """

    def work(check: _Check) -> Findings:
        check.pairs = pairs
        return check.findings(pedantic=pedantic)

    return _with_means(units, means, say, work)


def examine(
    units: Sequence[Unit], look: "Callable[[Ledger], Seen]", means: Means = ALONE
) -> "tuple[tuple[Diagnostic, ...], Seen | None]":
    """Return what is said of `units`, and what `look` makes of all that is known of them."""
    return _with_means(units, means, lambda text: None, lambda check: check.examine(look))


def _with_means(
    units: Sequence[Unit],
    means: Means,
    say: Callable[[str], None],
    work: "Callable[[_Check], Seen]",
) -> Seen:
    from freehold.driver.deep import deeply

    def done() -> Seen:
        workers = _workers(means)
        try:
            with Store(Cache(means.cache)) as store:
                return work(_Check(units, workers, store, say))
        finally:
            workers.close()

    return deeply(done)


def _workers(means: Means) -> "Workers":
    from freehold.driver.workers import Inline, Processes

    if means.cluster:
        from freehold.driver.cluster import Cluster

        return Cluster(means.cluster)
    return Processes(means.jobs) if means.jobs > 1 else Inline()


@dataclass(slots=True, eq=False)
class _Check:
    units: Sequence[Unit]
    workers: "Workers"
    store: Store
    say: Callable[[str], None]
    pairs: tuple[Pair, ...] = ()
    _files: Files = field(default_factory=Files)
    _texts: Texts = field(default_factory=Texts)
    _tasks: tuple[ReadUnit, ...] = ()

    def findings(self, *, pedantic: bool) -> Findings:
        """Return what is found, in the order of the text: kept from before, or found now."""
        from freehold.driver.schedule import Lost

        keys = self._start()
        key = key_of("check", _version(), repr((pedantic, self.pairs)), *keys)
        kept = self.store.get(key)
        if kept is not None:
            found = decode_findings(kept, self._tasks, self._files, self._texts)
            if found is not None:
                return found
        try:
            loaded, lasting = self._read(keys)
        except Lost as error:
            return Findings((Diagnostic(UNREADABLE, None, {"what": str(error)}),))
        found = self._find(loaded, pedantic=pedantic)
        if lasting and self.store.keeps:
            seen = tuple(dict.fromkeys(one for unit in loaded for one in unit.seen))
            self.store.put(key, encode_findings(found, seen, self._tasks))
        return found

    def examine(
        self, look: "Callable[[Ledger], Seen]"
    ) -> "tuple[tuple[Diagnostic, ...], Seen | None]":
        """Return what was said of the sources, and what `look` makes of their ledger."""
        from freehold.driver.schedule import Lost

        try:
            loaded, _ = self._read(self._start())
        except Lost as error:
            return (Diagnostic(UNREADABLE, None, {"what": str(error)}),), None
        problems, ledger = self._ledger(loaded)
        said = (*self._said(loaded), *problems)
        return said, None if ledger is None else look(ledger)

    def _start(self) -> list[str]:
        """Make the tasks of reading the units, and return their keys."""
        for source, _ in self.units:
            self._texts.add(source)
        self._tasks = tuple(ReadUnit(one.name, one.text, options) for one, options in self.units)
        return [unit_key(task, _version()) for task in self._tasks]

    def _find(self, loaded: "Sequence[Loaded]", *, pedantic: bool) -> Findings:
        from freehold.checks import diagnose
        from freehold.driver.linked import programs_of
        from freehold.effects.growth import is_told
        from freehold.effects.portable import load

        said = self._said(loaded)
        raw: list[Finding] = []
        cut: dict[tuple[object, ...], None] = {}
        for program in programs_of(loaded):
            problems, ledger = self._ledger(program)
            said.extend(problems)
            if ledger is None:
                continue
            whole = ledger.linked.whole
            for name in ledger.linked.order:
                its, limits = load(ledger.told(name))
                raw.extend(one for one in its if is_told(one, whole.zeroed, whole.owning))
                cut.update(((name, one), None) for one in limits)
        found = _once(diagnose(finding) for finding in raw)
        shown = [d for d in found if pedantic or d.code is not UNCHECKED_ALLOCATION]
        notes: list[str] = []
        silent = len(found) - len(shown)
        if silent:
            what = "1 allocation is" if silent == 1 else f"{silent:,} allocations are"
            notes.append(f"{what} used without a test for failure: --pedantic lists them")
        if cut:
            what = "1 function was" if len(cut) == 1 else f"{len(cut):,} functions were"
            notes.append(f"{what} looked at in part only: too many paths")
        return Findings((*said, *shown), tuple(notes))

    def _said(self, loaded: "Sequence[Loaded]") -> list[Diagnostic]:
        """Return what was said of the sources."""
        return [
            d
            for unit, (_, options) in zip(loaded, self.units, strict=True)
            for d in unit.read.diagnostics
            if options.warnings or d.severity is not Severity.WARNING
        ]

    def _ledger(self, loaded: "Sequence[Loaded]") -> "tuple[list[Diagnostic], Ledger | None]":
        """Return what linking says, and all that is known of the functions of one program."""
        from freehold.driver.ledger import Ledger
        from freehold.driver.linked import link_units
        from freehold.driver.schedule import analyse_all

        if any(unit.read.packed is None for unit in loaded):
            return [], None
        linked, problems = link_units(loaded, self.pairs)
        if linked is None:
            return problems, None
        ledger = Ledger(linked, self.store, _version())
        analyse_all(ledger, self.workers, lambda: self.workers.share(loaded, linked), self.say)
        return problems, ledger

    def _read(self, keys: Sequence[str]) -> "tuple[list[Loaded], bool]":
        """Read the units that are not known from before, and load all of them.

        Also return whether they would be the same at another moment; raises Lost.
        """
        from freehold.driver.schedule import Lost, read_all

        kept = self.store.get_all(keys)
        loaded = [
            self._load(task, kept.get(key)) for task, key in zip(self._tasks, keys, strict=True)
        ]
        missing = [i for i, unit in enumerate(loaded) if unit is None]
        made = read_all([self._tasks[i] for i in missing], self.workers, self._files, self.say)
        lasting = True
        for i, data in zip(missing, made, strict=True):
            loaded[i] = self._load(self._tasks[i], data)
            if is_lasting(data):
                self.store.put(keys[i], data)
            else:
                lasting = False
        changed = [
            task.name for task, unit in zip(self._tasks, loaded, strict=True) if unit is None
        ]
        if changed:
            raise Lost(f"`{changed[0]}`, or what it includes, changes while it is read")
        return [unit for unit in loaded if unit is not None], lasting

    def _load(self, task: ReadUnit, data: bytes | None) -> "Loaded | None":
        return None if data is None else load_unit(data, task, self._files, self._texts)


@cache
def _version() -> str:
    """Return what changes when what is kept could come out otherwise."""
    return own_version("c", "driver", "effects", "mir", "runtime", "types")


def _once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return one finding for each code and place, the gravest, in the order of the text."""
    kept: dict[object, Diagnostic] = {}
    for one in found:
        key = (one.code.id, one.at)
        before = kept.get(key)
        if before is None or one.severity is Severity.ERROR:
            kept[key] = one
    # What was released is more than what may have been.
    freed = {one.at for one in kept.values() if one.code is USE_AFTER_FREE}
    shown = (d for d in kept.values() if not (d.code is STALE_POINTER and d.at in freed))
    return sorted(shown, key=_place)


def _place(found: Diagnostic) -> tuple[str, int]:
    at = found.at
    return ("", 0) if at is None else (at.outermost().source.name, at.outermost().start)
