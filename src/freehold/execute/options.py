"""What a run is asked to do, and what came of it."""

from collections.abc import Callable, Mapping

from freehold.diagnostics import Diagnostic
from freehold.execute.records import Loss
from freehold.execute.trace import RawTrace
from freehold.records import dataclass, field

Sink = Callable[[Diagnostic], None]
Explain = Callable[[Diagnostic], Diagnostic]

ALL_LOSSES = frozenset(Loss)
LOST = frozenset({Loss.DEFINITE, Loss.POSSIBLE})
MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Recording:
    """How much of a run is recorded: so many steps, of later ones fewer and fewer; and bytes."""

    steps: int = 1_000_000
    bytes: int = 1 << 30


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run a compiled program.

    `name` is argv[0]. `stdin` None inherits ours; bytes are fed to it. With `capture` stdout and
    stderr are kept in the outcome instead of going to ours. Times are seconds, sizes bytes; None
    or 0 means no limit, but `memory` None means three quarters of what the machine has free.
    `fail_alloc` N makes the Nth allocation fail. `show` are the kinds of loss that are listed.
    `record` makes a log of a program that was compiled to be recorded; stdout is then kept, too.
    """

    name: str = "a.out"
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] | None = None
    stdin: bytes | None = None
    capture: bool = False
    timeout: float | None = None
    memory: int | None = None
    max_output: int = 0
    leak_check: bool = True
    show: frozenset[Loss] = LOST
    stop_on_first: bool = False
    fail_alloc: int = 0
    fault_limit: int = 200
    native_stack: int = 32 * MEBIBYTE
    side_stack: int = 8 * MEBIBYTE
    fork_limit: int = 64
    record: Recording | None = None


@dataclass(frozen=True, slots=True)
class Losses:
    """Bytes in blocks."""

    bytes: int = 0
    blocks: int = 0


@dataclass(frozen=True, slots=True)
class LeakSummary:
    """The heap at the end: what was lost, by valgrind's definitions, and the use of it before."""

    definite: Losses = Losses()
    indirect: Losses = Losses()
    possible: Losses = Losses()
    reachable: Losses = Losses()
    in_use: Losses = Losses()
    allocations: int = 0
    frees: int = 0
    allocated: int = 0
    peak: int = 0

    def lines(self) -> tuple[str, ...]:
        """Return heap and leak summary as valgrind words them."""
        use = f"{self.allocations:,} allocs, {self.frees:,} frees"
        heap = (
            "HEAP SUMMARY:",
            f"    in use at exit: {_figures(self.in_use)}",
            f"  total heap usage: {use}, {self.allocated:,} bytes allocated",
        )
        if self.in_use.blocks == 0:
            return (*heap, "", "All heap blocks were freed -- no leaks are possible")
        return (
            *heap,
            "",
            "LEAK SUMMARY:",
            f"   definitely lost: {_figures(self.definite)}",
            f"   indirectly lost: {_figures(self.indirect)}",
            f"     possibly lost: {_figures(self.possible)}",
            f"   still reachable: {_figures(self.reachable)}",
        )


def _figures(losses: Losses) -> str:
    return f"{losses.bytes:,} bytes in {losses.blocks:,} blocks"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to.

    `status` is what the program passed to exit, or None if `signal` ended it. `diagnostics` are in
    the order of their happening, leaks last. `faults` counts memory-safety findings, `events`
    every faulting access. `leaks` is None when the program died before it could be checked.
    `cpu_seconds` and `peak_bytes` are the child's own; `usage_known` says that it was measured.
    """

    status: int | None
    signal: int | None
    diagnostics: tuple[Diagnostic, ...] = ()
    leaks: LeakSummary | None = None
    faults: int = 0
    events: int = 0
    consequences: int = 0
    attempts: int = 0
    proven: int = 0
    accesses: int = 0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    stdout: bytes = b""
    stderr: bytes = b""
    recorded: RawTrace | None = None
    closing: tuple[str, ...] = field(default=())

    @property
    def contained(self) -> bool:
        """Whether each block was freed or could still be reached at the end."""
        return self.leaks is None or self.leaks.definite.blocks + self.leaks.indirect.blocks == 0
