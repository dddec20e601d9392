"""The ways in which a run ends, and what is left then."""

from collections.abc import Callable

import pytest

from freehold.execute.options import ALL_LOSSES, Losses
from tests.unit.execute.conftest import Ran

Run = Callable[..., Ran]
HELD = ("FH0801", 53)  # the block that every program of ends.c holds in a static of C


def test_leaks_have_valgrinds_figures(run_native: Run) -> None:
    ran = run_native("leaks", show=ALL_LOSSES)
    leaks = ran.outcome.leaks
    assert leaks is not None
    assert leaks.definite == Losses(1_024_136, 1_003)
    assert leaks.indirect == Losses(72, 2)
    assert leaks.possible == Losses(72, 1)
    assert leaks.reachable == Losses(120, 2)
    assert "   definitely lost: 1,024,136 bytes in 1,003 blocks" in leaks.lines()
    messages = [d.message for d in ran.outcome.diagnostics]
    assert "1,024,000 bytes in 1,000 blocks are definitely lost" in messages
    assert "88 (40 direct, 48 indirect) bytes in 1 blocks are definitely lost" in messages
    assert {"FH0801", "FH0802", "FH0803", "FH0804"} == {code for code, _ in ran.found}


@pytest.mark.parametrize(
    ("what", "signal", "code", "words"),
    [
        ("abort", 6, "FH0704", "program aborted: assertion `n > 0` failed"),
        ("raise", 15, "FH0705", "program ended by SIGTERM"),
        ("wild", 11, "FH0705", "program ended by SIGSEGV"),
        ("divide", 8, "FH0703", "arithmetic fault: division by zero: 10 / 0"),
        ("unreachable", 4, "FH0708", "execution reached what was declared unreachable"),
    ],
)
def test_ends_by_signal(run_native: Run, what: str, signal: int, code: str, words: str) -> None:
    ran = run_native("ends", what)
    assert (ran.outcome.status, ran.outcome.signal) == (None, signal)
    assert ran.found[0][0] == code
    assert ran.outcome.diagnostics[0].message == words
    assert ran.found[1:] == [HELD]


def test_recursion(run_native: Run) -> None:
    ran = run_native("ends", "deep")
    assert ran.outcome.diagnostics[0].code.id == "FH0701"
    assert ran.outcome.diagnostics[0].message.endswith("calls deep, `deep` calls itself")


def test_recursion_with_large_locals(run_native: Run) -> None:
    first = run_native("ends", "side").outcome.diagnostics[0]
    assert "`odd` calls `even`" in first.message
    assert "`big` in `even` takes 4,080 bytes" in first.notes


def test_exit_runs_handlers_last_in_first_out(run_native: Run) -> None:
    ran = run_native("ends", "exit")
    assert ran.outcome.stdout == b"first\nagain\nlast\n"
    assert ran.outcome.status == 9


def test_exit_now_flushes_nothing(run_native: Run) -> None:
    ran = run_native("ends", "now")
    assert (ran.outcome.stdout, ran.outcome.status) == (b"", 4)


def test_timeout(run_native: Run) -> None:
    ran = run_native("ends", "loop", timeout=0.3)
    assert ran.outcome.diagnostics[-1].message == "program stopped after 0.3 s"
    assert ran.outcome.leaks is not None


def test_output_limit(run_native: Run) -> None:
    ran = run_native("ends", "flood", max_output=1_000_000)
    assert ran.outcome.diagnostics[-1].code.id == "FH0707"


def test_fork_reports_both(run_native: Run) -> None:
    ran = run_native("ends", "fork")
    assert [code for code, _ in ran.found] == ["FH0502", "FH0801", "FH0106"]
    assert ran.outcome.status == 0


def test_fork_bomb(run_native: Run) -> None:
    assert run_native("ends", "bomb", fork_limit=10).outcome.status == 10


def test_memory_limit_names_the_holder(run_native: Run) -> None:
    ran = run_native("ends", "eat", memory=50_000_000)
    first = ran.outcome.diagnostics[0]
    assert first.code.id == "FH0702"
    assert first.events[0].text == "49,000,000 bytes in 49 blocks allocated here"
    assert ran.outcome.status == 1


def test_memory_of_the_caller_does_not_count(run_native: Run) -> None:
    held = bytearray(b"x") * 800_000_000  # every page of it is resident, and so in the child too
    ran = run_native("ends", "eat", memory=50_000_000)
    assert len(held) == 800_000_000
    assert (ran.outcome.status, ran.outcome.diagnostics[-1].code.id) == (1, "FH0801")


def test_failed_allocation_is_named(run_native: Run) -> None:
    ran = run_native("ends", "fail", fail_alloc=3)
    first = ran.outcome.diagnostics[0]
    assert first.code.id == "FH0501"
    assert first.events[-1].text == "allocation number 3 was made to fail here"
    assert run_native("ends", "fail").outcome.attempts == 3


def test_stop_on_first(run_native: Run) -> None:
    ran = run_native("heap", stop_on_first=True)
    assert [code for code, _ in ran.found][:1] == ["FH0101"]
    assert ran.outcome.faults == 1
