"""A run, from a compiled program to its outcome."""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from freehold.diagnostics import Diagnostic
from freehold.execute import endings
from freehold.execute.child import memory_limit, spawn
from freehold.execute.load import Loaded
from freehold.execute.options import MEBIBYTE, Explain, Outcome, RunOptions, Sink
from freehold.execute.records import Record, Stop
from freehold.execute.report import Reporter
from freehold.execute.stacks import Site, Stacks
from freehold.execute.symbolise import Symboliser
from freehold.execute.watch import Ended, Limits, watch


class Image(Protocol):
    """A compiled program: an object file, the sites that its numbers mean, and its statistics."""

    @property
    def object(self) -> bytes:
        """The relocatable object."""

    @property
    def sites(self) -> Sequence[Site]:
        """The sites, by number."""

    @property
    def accesses(self) -> int:
        """How many memory accesses it has."""

    @property
    def proven(self) -> int:
        """How many of them need no check."""


def run(
    image: Image,
    runtime: Sequence[bytes],
    options: RunOptions,
    sink: Sink | None = None,
    base: bytes = b"",
    explain: Explain | None = None,
) -> Outcome:
    """Run a compiled program, linked with the object files of the run time, and of its base.

    `sink` is told of each finding when it happens; the program waits meanwhile. `explain` adds to
    a finding what is known of the source. Whatever the program does, this returns.
    """
    return run_loaded(Loaded(image.object, runtime, base), image, options, sink, base, explain)


def run_loaded(
    loaded: Loaded,
    image: Image,
    options: RunOptions,
    sink: Sink | None = None,
    base: bytes = b"",
    explain: Explain | None = None,
) -> Outcome:
    """Run a program that is linked already, perhaps not for the first time."""
    of_base = Symboliser(base).chain if base else lambda offset: ()
    stacks = Stacks(loaded, image.sites, Symboliser(image.object).chain, of_base)
    reporter = Reporter(stacks, options, sink, explain)
    child = spawn(loaded, options)
    reporter.main_pid = child.pid

    def receive(record: Record) -> None:
        reporter.receive(record)

    limit = memory_limit(options)
    ended = watch(child, _limits(options, limit), options.stdin or b"", receive)
    _say_end(reporter, ended, options, limit)
    made = _outcome(reporter, ended, image)
    if child.trace is None or child.written is None:
        return made
    with os.fdopen(child.written, "rb") as file:
        file.seek(0)
        recorded = replace(child.trace.read(), functions=loaded.pointed_at())
        return replace(made, recorded=recorded, stdout=file.read())


def _limits(options: RunOptions, memory: int) -> Limits:
    # Besides the heap there are its shadow, up to twice as large, and the tables of the run time.
    resident = memory * 3 + 512 * MEBIBYTE if memory else 0
    return Limits(options.timeout, resident, options.max_output)


def _say_end(reporter: Reporter, ended: Ended, options: RunOptions, memory: int) -> None:
    signal = os.WTERMSIG(ended.status) if os.WIFSIGNALED(ended.status) else None
    if ended.stop not in {Stop.NONE, Stop.INTERRUPT}:
        made = endings.stopped(ended.stop, options.timeout or 0, options.max_output, memory)
        if reporter.stopped_in is not None:
            trace = reporter.stopped_in
            made = replace(made, at=trace.at, stack=trace.all)
        reporter.say(made)
    elif signal is not None and not reporter.ended:
        reporter.killed_by(signal)


def _outcome(reporter: Reporter, ended: Ended, image: Image) -> Outcome:
    signaled = os.WIFSIGNALED(ended.status)
    findings: list[Diagnostic] = reporter.findings
    return Outcome(
        status=None if signaled else os.WEXITSTATUS(ended.status),
        signal=os.WTERMSIG(ended.status) if signaled else None,
        diagnostics=tuple(findings),
        leaks=reporter.leaks(),
        faults=reporter.faults,
        events=reporter.events,
        consequences=reporter.figures.get("consequences", 0),
        attempts=reporter.figures.get("attempts", 0),
        proven=image.proven,
        accesses=image.accesses,
        cpu_seconds=ended.cpu_seconds,
        peak_bytes=ended.peak_bytes,
        stdout=bytes(ended.stdout),
        stderr=bytes(ended.stderr),
        closing=reporter.closing(),
    )
