"""What checking is divided into: tasks, whoever carries them out.

A task and what it gives are bytes, so that it is the same thing in this process, in another one, or
on another machine. A task depends on nothing but what it is given.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from freehold.driver import pickles
from freehold.driver.linked import Linked, link_units
from freehold.driver.units import Loaded, ReadUnit, decode_unit, read_unit
from freehold.effects.job import Options
from freehold.effects.pairs import Pair
from freehold.effects.portable import Portable, dump, load
from freehold.effects.program import analyse_function
from freehold.effects.summary import Summary
from freehold.mir.values import Symbol
from freehold.records import dataclass
from freehold.source import Source


@dataclass(frozen=True, slots=True)
class Analyse:
    """The task of analysing functions, one after the other, of the program that was shared.

    `summaries` are those of the functions that they call.
    """

    functions: tuple[Symbol, ...]
    summaries: Mapping[Symbol, Portable]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the analysis of one function gave. `told` are its findings and limits.

    `touched` are the names that it asked about. Where it asked for a summary that it was not given
    there is nothing but the name in `needs`.
    """

    function: Symbol
    summary: Portable | None
    told: Portable | None
    touched: frozenset[Symbol] = frozenset()
    needs: Symbol | None = None


Task = ReadUnit | Analyse
Result = bytes | tuple[Outcome, ...]  # of a unit's reading: what `load_unit` reads


@dataclass(frozen=True, slots=True)
class Shared:
    """What `Analyse` tasks are about: units as bytes, with the numbers of their `sources`."""

    sources: tuple[tuple[str, str], ...]
    units: tuple[tuple[bytes, tuple[int, ...]], ...]
    pairs: tuple[Pair, ...]

    @staticmethod
    def of(units: Sequence[Loaded], linked: Linked) -> "Shared":
        """Return what is to be shared of a program."""
        numbers = {source: i for i, source in enumerate(linked.sources)}
        return Shared(
            tuple((one.name, one.text) for one in linked.sources),
            tuple((u.data, tuple(numbers[one] for one in u.sources)) for u in units),
            linked.pairs,
        )

    def linked(self) -> Linked:
        """Return the program."""
        sources = [Source(name, text) for name, text in self.sources]
        units = [decode_unit(data, tuple(sources[i] for i in own)) for data, own in self.units]
        linked, _ = link_units(units, self.pairs)
        assert linked is not None, "it was linked before"
        return linked


class Analyst:
    """Carries out `Analyse` tasks for one program."""

    def __init__(self, linked: Linked) -> None:
        """Look at the whole of a program."""
        self._linked = linked
        self._summaries = _Summaries(linked.order)
        self._whole = replace(linked.whole, summaries=self._summaries)

    def perform(self, task: Analyse) -> tuple[Outcome, ...]:
        """Return what each function of the task gives."""
        known = self._summaries
        for name, portable in task.summaries.items():
            known.add(name, portable)
        return tuple(map(self._one, task.functions))

    def _one(self, name: Symbol) -> Outcome:
        known = self._summaries
        known.rank = self._linked.order[name]
        try:
            done = analyse_function(self._linked.program.bodies[name], self._whole, Options())
        except _NeedsSummary as error:
            return Outcome(name, None, None, needs=error.name)
        summary = dump(done.summary)
        known.add(name, summary)
        return Outcome(name, summary, dump((done.findings, done.limits)), done.touched)


class _NeedsSummary(Exception):
    """A function's summary was asked for that was not sent along."""

    def __init__(self, name: Symbol) -> None:
        super().__init__(name)
        self.name = name


class _Summaries(Mapping[Symbol, Summary]):
    """The summaries that came with tasks, read when they are asked for.

    The function of number `rank` sees those of smaller numbers, no others: what it finds does not
    depend on who has been there before.
    """

    def __init__(self, order: Mapping[Symbol, int]) -> None:
        self._order = order
        self._portable: dict[Symbol, Portable] = {}
        self._read: dict[Symbol, Summary] = {}
        self.rank = 0

    def add(self, name: Symbol, portable: Portable) -> None:
        if self._portable.get(name) != portable:
            self._portable[name] = portable
            self._read.pop(name, None)

    def __getitem__(self, name: Symbol) -> Summary:
        if self._order.get(name, self.rank) >= self.rank:
            raise KeyError(name)
        known = self._read.get(name)
        if known is None:
            portable = self._portable.get(name)
            if portable is None:
                raise _NeedsSummary(name)
            known = self._read[name] = load(portable)
        return known

    def __iter__(self) -> Iterator[Symbol]:
        return iter(self._portable)

    def __len__(self) -> int:
        return len(self._portable)


# ------------------------------------------------------------------------------------- elsewhere


class Bench:
    """Where tasks are carried out: it has the program that was shared last."""

    def __init__(self) -> None:
        """Start with no program."""
        self._key = ""
        self._linked: Linked | None = None
        self._analyst: Analyst | None = None

    @property
    def sources(self) -> Sequence[Source]:
        """The sources that tasks and outcomes may refer to."""
        return self._linked.sources if self._linked is not None else ()

    def fetch(self, key: str, get: Callable[[], bytes]) -> None:
        """Have the program of a key; `get` gives it as bytes, if it is not there yet."""
        if key and key != self._key:
            shared = pickles.read(get(), ())
            assert isinstance(shared, Shared)
            self.take(key, shared.linked())

    def take(self, key: str, linked: Linked) -> None:
        """Have a program."""
        self._key = key
        self._linked = linked
        self._analyst = Analyst(linked)

    def perform(self, task: Task) -> Result:
        """Carry a task out."""
        match task:
            case ReadUnit():
                return read_unit(task)
            case Analyse():
                assert self._analyst is not None, "nothing was shared"
                return self._analyst.perform(task)
            case _:
                assert_never(task)


_BENCH = Bench()  # of a process that carries out tasks for another


def perform(key: str, get: Callable[[], bytes], work: bytes) -> bytes:
    """Carry out a task that came as bytes, about the program of a key; return its result so."""
    from freehold.driver.deep import deeply

    def done() -> bytes:
        _BENCH.fetch(key, get)
        task = pickles.read(work, _BENCH.sources)
        return encode(_BENCH.perform(task), _BENCH.sources)

    return deeply(done)


def encode(value: Task | Result, sources: Sequence[Source]) -> bytes:
    """Return a task or a result as bytes; the other side has the same sources."""
    data, used = pickles.write(value, sources)
    assert len(used) == len(sources), "a source that the other side does not have"
    return data


def decode(data: bytes, sources: Sequence[Source]) -> Result:
    """Return the result that was encoded."""
    made = pickles.read(data, sources)
    assert isinstance(made, (bytes, tuple))
    return made
