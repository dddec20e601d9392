"""The string wrappers against libc's own functions."""

from collections.abc import Callable

from tests.unit.execute.conftest import Ran, run_native, runtime_object

__all__ = ["run_native", "runtime_object"]


def test_exact_extents(run_native: Callable[..., Ran]) -> None:
    ran = run_native("libc_strings")
    assert ran.found == []
    assert ran.outcome.status == 0
