"""A whole report: the findings, and what each run of the program did."""

from freehold.diagnostics.model import Diagnostic, Severity
from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """An amount of heap: so many bytes in so many blocks."""

    bytes: int = 0
    blocks: int = 0


@dataclass(frozen=True, slots=True)
class HeapUse:
    """The heap over a whole run, as valgrind's HEAP SUMMARY and LEAK SUMMARY count it.

    `peak_bytes` is the most that was allocated at once.
    """

    in_use: Loss = Loss()
    allocations: int = 0
    releases: int = 0
    allocated_bytes: int = 0
    definite: Loss = Loss()
    indirect: Loss = Loss()
    possible: Loss = Loss()
    reachable: Loss = Loss()
    peak_bytes: int = 0

    @property
    def lost(self) -> Loss:
        """What no root reaches: definitely and indirectly lost together."""
        return Loss(
            self.definite.bytes + self.indirect.bytes, self.definite.blocks + self.indirect.blocks
        )


@dataclass(frozen=True, slots=True)
class Accesses:
    """How many of the program's accesses were proven at compile time, and so run unchecked."""

    proven: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run of the program. `status` is its exit status, `signal` what ended it instead.

    `violations` counts the distinct memory-safety findings. `failed_allocation` is the number of
    the allocation that was made to fail, 0 for none. `stdout` and `stderr` are what was kept of
    its output, when that was asked for.
    """

    status: int | None = None
    signal: str | None = None
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    heap: HeapUse | None = None
    accesses: Accesses = Accesses()
    violations: int = 0
    failed_allocation: int = 0
    stdout: bytes = b""
    stderr: bytes = b""

    @property
    def contained(self) -> bool:
        """Whether each block was freed, or is reachable from a root."""
        return self.heap is None or self.heap.lost.blocks == 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a command found, and the exit code it answers with.

    `summary` are lines for people, said at the end.
    """

    findings: tuple[Diagnostic, ...] = ()
    runs: tuple[RunSummary, ...] = ()
    exit_code: int = 0
    command: str = "run"
    files: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()

    @property
    def has_findings(self) -> bool:
        """Whether something about the program itself was found: a finding of a run."""
        return any(is_finding(found) for found in self.findings)


def is_finding(found: Diagnostic) -> bool:
    """Whether `found` is a fault of the running program, rather than a note or about its text."""
    faults = found.code.id < "FH1"
    return faults and found.severity in {Severity.ERROR, Severity.WARNING, Severity.HAZARD}
