"""The headers that help texts name do declare what they are named for."""

from collections import defaultdict

import pytest

from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.c.sema.headers import NAMES_BY_HEADER, header_help
from freehold.source import Source


@pytest.mark.parametrize(("header", "names"), NAMES_BY_HEADER.items(), ids=NAMES_BY_HEADER)
def test_a_header_declares_its_names(header: str, names: tuple[str, ...]) -> None:
    macros = "".join(f"\n#ifdef {name}\nmacro_{name}\n#endif" for name in names)
    text = f"#define _GNU_SOURCE\n#include <{header}>\n{macros}\n"
    made = preprocess(Source("t.c", text), PreprocessOptions())
    seen = {token.text for token in made.tokens}
    missing = [name for name in names if name not in seen and f"macro_{name}" not in seen]
    assert not missing


def test_no_name_has_two_headers() -> None:
    headers = defaultdict(list)
    for header, names in NAMES_BY_HEADER.items():
        for name in names:
            headers[name].append(header)
    assert not {name: found for name, found in headers.items() if len(found) > 1}


def test_unknown_names_have_no_help() -> None:
    assert header_help("strlen") == "`strlen` is declared in <string.h>: include it"
    assert not header_help("no_such_function")
