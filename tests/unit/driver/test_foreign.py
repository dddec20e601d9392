"""Functions that a program declares and nothing here defines."""

from freehold import api
from freehold.source import Source

TEXT = """
unsafe extern "C" {
    fn of_some_library(number: i32) -> i32;
}

fn main() {
    let _ = unsafe { of_some_library(1) };
}
"""


def test_a_foreign_function_that_libc_lacks_is_unsupported_in_rust() -> None:
    done = api.run(Source("foreign.rs", TEXT))
    assert [one.code.id for one in done.findings] == ["FH1901"]
    assert "of_some_library" in done.findings[0].message
