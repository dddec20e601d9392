"""What is said beside a finding: labels, notes and help that a reader of rustc looks for."""

import pytest

from freehold.api import cache_folder
from freehold.driver.cache import Cache
from freehold.driver.rust import check_source, load_std
from freehold.source import Source

# For each program what one of its lines must say; the rest may be said as well.
PROGRAMS = {
    "a parameter takes what was given": (
        """
        struct Name(String);
        fn eat(name: Name) {}
        fn main() { let n = Name(String::new()); eat(n); eat(n); }
        """,
        {
            "this parameter takes ownership of the value",
            "in this function",
            "value moved here",
            "value used here after move",
            "move occurs because `n` has type `Name`, which does not implement the `Copy` trait",
            (
                "consider changing this parameter type in function `eat` to borrow instead if "
                "owning the value isn't necessary"
            ),
            "consider implementing `Clone` for this type",
        },
    ),
    "a loop takes a vector": (
        'fn main() { let v = vec![1]; for n in v {} println!("{:?}", v); }',
        {
            "`v` moved due to this implicit call to `.into_iter()`",
            (
                "consider iterating over a slice of the `Vec<i32>`'s content to avoid moving into "
                "the `for` loop: `&`"
            ),
        },
    ),
    "an option is taken apart": (
        "fn main() { let o = Some(String::new()); o.unwrap(); o.is_some(); }",
        {"consider calling `.as_ref()` or `.as_mut()` to borrow the type's contents"},
    ),
    "what is borrowed is moved": (
        'fn main() { let s = String::new(); let r = &s; drop(s); println!("{r}"); }',
        {
            "binding `s` declared here",
            "borrow of `s` occurs here",
            "move out of `s` occurs here",
            "borrow later used here",
            "consider cloning the value if the performance cost is acceptable: `.clone()`",
        },
    ),
    "a shared reference is written through": (
        "fn main() {} fn f(s: &String) { s.push('x'); }",
        {
            "`s` is a `&` reference, so it cannot be borrowed as mutable",
            "consider changing this to be a mutable reference: `&mut`",
        },
    ),
    "a variable is set twice": (
        "fn main() { let n = 1; n = 2; }",
        {"first assignment to `n`", "consider making this binding mutable: `mut n`"},
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _std() -> None:
    load_std(Cache(cache_folder()))


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_is_said(name: str) -> None:
    program, wanted = PROGRAMS[name]
    found = [one for one in check_source(Source("words.rs", program)) if one.code.id[0] == "E"]
    assert len(found) == 1
    one = found[0]
    said = {one.primary, *one.notes, *one.help, *(label.text for label in one.labels)}
    assert wanted <= said


def test_the_result_may_borrow_from_these() -> None:
    text = "fn longest(a: &str, n: u8, b: &str) -> &str { a } fn main() {}"
    found = check_source(Source("words.rs", text))
    assert [one.code.id for one in found] == ["E0106"]
    starts = [label.span.start for label in found[0].labels]
    assert [text[start : start + 4] for start in starts] == ["&str", "&str"]
