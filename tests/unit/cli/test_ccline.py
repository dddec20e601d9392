"""Lines as they stand in makefiles."""

import shlex

import pytest

from freehold.cli.ccline import CcError, CcLine, parse


def line(text: str) -> CcLine:
    return parse(shlex.split(text))


def test_a_line_from_a_build() -> None:
    got = line(
        "-Wall -Wextra -O2 -g3 -std=c11 -Iinc -I ../lib -DNDEBUG -DSIZE=12 '-DSQ(x)=((x)*(x))'"
        " -pthread -fno-strict-aliasing -march=native -c -o main.o -MD -MF main.d main.c -lm"
    )
    assert got.include_dirs == ("inc", "../lib")
    assert got.defines == (("NDEBUG", "1"), ("SIZE", "12"), ("SQ(x)", "((x)*(x))"))
    assert got.std == "c11"
    assert got.rest == ("main.c",)
    assert got.libraries == ()
    assert len(got.notes) == 1  # -o


def test_our_own_options_pass_through() -> None:
    assert line("--format json a.c - --timeout=3").rest == (
        "--format",
        "json",
        "a.c",
        "-",
        "--timeout=3",
    )


def test_the_last_of_define_and_undefine_wins() -> None:
    got = line("-DA=1 -UA -UB -DB")
    assert got.defines == (("B", "1"),)
    assert got.undefines == ("A",)


def test_include_is_not_taken_for_an_i() -> None:
    got = line("-include config.h -isystem sys -iquote here -idirafter late")
    assert got.forced_includes == ("config.h",)
    assert got.system_dirs == ("sys", "late")
    assert got.quote_dirs == ("here",)
    assert got.include_dirs == ()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("-fsanitize=address,undefined", "every check is always on"),
        ("-lsqlite3", "unchecked"),
        ("-m32", "x86-64"),
        ("-funsigned-char", "signed"),
        ("-o prog", "--report"),
    ],
)
def test_what_changes_the_meaning_is_said_once(option: str, said: str) -> None:
    (note,) = line(f"{option} {option} a.c").notes
    assert said in note


@pytest.mark.parametrize("text", ["-E a.c", "-std=c++17 a.cc", "-x c++ a.c", "-Zoom", "a.c -I"])
def test_what_cannot_be_had_is_refused(text: str) -> None:
    with pytest.raises(CcError):
        line(text)
