"""Each fault of an access or a release: its code, its place, its chain of events."""

from collections.abc import Callable

from tests.unit.execute.conftest import Ran

Run = Callable[..., Ran]


def test_heap(run_native: Run) -> None:
    ran = run_native("heap")
    assert ran.found == [
        ("FH0101", 15),
        ("FH0106", 16),
        ("FH0109", 17),
        ("FH0301", 18),
        ("FH0201", 20),
        ("FH0202", 21),
        ("FH0201", 23),
        ("FH0401", 24),
        ("FH0801", 5),
    ]
    assert (
        ran.message(15)
        == "heap buffer overflow: write of 4 bytes, 0 bytes after a block of 20 bytes"
    )
    assert ran.message(18) == "invalid free: pointer 4 bytes inside a block of 20 bytes"
    assert ran.outcome.status == 31  # the old bytes, a zero, and the slot reused
    assert ran.outcome.diagnostics[0].count == 3
    assert ran.outcome.events == 10
    assert ran.outcome.closing[-2:] == (
        "memory safety: violated (8 faults)",
        "memory containment: violated (20 bytes in 1 block)",
    )


def test_reuse_keeps_both_stacks(run_native: Run) -> None:
    reused = run_native("heap").outcome.diagnostics[6]
    assert [event.text for event in reused.events] == [
        "20 bytes allocated here",
        "freed here",
        "these bytes now belong to a block of 20 bytes, allocated here",
    ]
    places = [event.stack[0].span.line for event in reused.events if event.stack[0].span]
    assert places == [5, 19, 5]


def test_locals(run_native: Run) -> None:
    ran = run_native("locals")
    assert ran.found == [
        ("FH0203", 38),
        ("FH0203", 40),
        ("FH0102", 26),
        ("FH0109", 27),
        ("FH0302", 28),
        ("FH0204", 31),
        ("FH0102", 43),
        ("FH0401", 44),
        ("FH0203", 46),
        ("FH0602", 47),
    ]
    assert ran.outcome.status == 1
