"""Whole programs, checked: types that were written, and what typing leaves for the other checks."""

import re

import pytest

from freehold.cli.console import cache_folder
from freehold.driver.cache import Cache
from freehold.driver.rust import check_source, load_std
from freehold.source import Source

# Marked with `//~ CODE` on each line that has an error (FH1501: a lifetime is too short).
PROGRAMS = {
    "the borrow checker holds to types as written": """
        struct Cut<'a> { text: &'a str }
        impl<'a> Cut<'a> {
            const EMPTY: &'a str = "";
            fn new<T>(text: &'a str, _: T) -> Self { Cut { text } }
        }
        trait Out { type Of; }
        impl Out for u8 { type Of = &'static i32; }
        fn in_a_path<'a>() {
            let s = String::new();
            Cut::<'a>::new(&s, 1); //~ E0597
        }
        fn in_a_constant<'a>(_: &'a str) -> &'static str {
            <Cut<'a>>::EMPTY //~ FH1501
        }
        fn in_a_pattern(s: String) {
            let cut = Cut { text: &s }; //~ E0597
            let Cut::<'static> { text: _ } = cut;
        }
        fn in_an_arm(s: String) {
            match (Cut { text: &s }) { //~ E0597
                Cut::<'static> { .. } => {}
            }
        }
        fn in_a_projection() {
            let n = 1;
            let _: <u8 as Out>::Of = &n; //~ E0597
        }
        fn of_a_reference<'a>(_: &'a u8) -> &'static i32 {
            let (ref n, _): (&'a i32, u8) = (&1, 2);
            *n //~ FH1501
        }
        struct Pair<'a, 'b: 'a>(&'a &'b ());
        impl<'a, 'b> Pair<'a, 'b> { fn longer(x: &'b ()) -> &'a () { x } }
        fn of_an_impl<'a, 'b>(x: &'b ()) -> &'a () {
            Pair::longer(x) //~ FH1501
        }
        fn main() {}
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_error_is_on_its_line(name: str) -> None:
    text = PROGRAMS[name]
    load_std(Cache(cache_folder()))
    found = sorted(
        (one.at.outermost().line, one.code.id)
        for one in check_source(Source("t.rs", text))
        if one.at is not None
    )
    wanted = sorted(
        (number, code)
        for number, line in enumerate(text.split("\n"), 1)
        for code in re.findall(r"E\d{4}|FH\d{4}", line.partition("//~")[2])
    )
    assert found == wanted
