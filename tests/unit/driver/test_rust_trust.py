"""Which programs of Rust's run without checks of memory."""

import pytest

from freehold.driver.rust_trust import is_proven
from freehold.source import Source


@pytest.mark.parametrize(
    ("text", "proven"),
    [
        ("fn main() {}", True),
        ("fn main() { let p = &1 as *const i32; unsafe { *p }; }", False),
        ("unsafe fn f() {}\nfn main() {}", False),
        ('// nothing unsafe\nfn main() { let a = "unsafe"; }', True),
        ("fn main() { let unsafely = 1; }", True),
        ("macro_rules! m { () => { unsafe { f() } } }\nfn main() {}", False),
    ],
)
def test_a_program_that_never_says_unsafe_is_proven(text: str, *, proven: bool) -> None:
    assert is_proven(Source("a.rs", text)) is proven
