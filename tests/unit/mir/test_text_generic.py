"""MIR text of Rust's bodies before monomorphisation: read back as printed, and verified."""

from pathlib import Path

import pytest

from freehold.mir.text import TextError, parse, render
from freehold.mir.verify import MirError, verify
from freehold.types.generic import AdtType

GENERIC = (Path(__file__).parent / "generic.mir").read_text()


def test_reading_what_is_printed_gives_the_same_program() -> None:
    assert render(parse(GENERIC)) == GENERIC


def test_what_is_read_can_be_verified() -> None:
    verify(parse(GENERIC))
    for old, new in [
        ("_16.*.*", "_16.*.*.*"),
        ("_3.as1.0", "_3.as2.0"),
        ("_14.1 == false", "_14.0 == false"),
        ("_15 = named", "_14 = named"),
        ("bb4 imaginary bb5", "bb4 imaginary bb9"),
        ("let _12: bool", "let _12: bool return"),
    ]:
        with pytest.raises((MirError, TextError)):
            verify(parse(GENERIC.replace(old, new)))


def test_declared_copies_are_answered() -> None:
    program = parse(GENERIC.replace("\nfn f:", "copy #3\n\nfn f:"))
    body = next(iter(program.bodies.values()))
    assert body.generic is not None
    answers = body.generic.answers
    option, pair = body.locals[3].type, body.locals[1].type
    assert isinstance(option, AdtType)
    assert not answers.is_copy(option)
    assert answers.is_copy(AdtType(option.definition, (body.locals[17].type,)))
    assert answers.needs_drop(pair)
    assert not answers.is_copy(pair)
    assert answers.needs_drop(body.locals[10].type)
