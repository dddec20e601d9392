"""Scripts and trace files: what they say, and what is said of those that make no sense."""

import json

import pytest

from freehold.events import (
    Alloc,
    Block,
    Enter,
    Event,
    Free,
    Leave,
    Log,
    Move,
    Point,
    Read,
    Reset,
    Resize,
    Write,
    read_script,
    read_trace,
    write_csv,
)
from freehold.source import Source

A, B = Block(0), Block(1)


def test_every_word_of_a_script() -> None:
    script = "{f:1K*2 A=5 B@x=2K resize:A=8 use:A A.next->B A.next->nil p->B move:A->B }"
    script += " free:A reset@x }"
    log, problems = read_script(Source("script", script))
    assert problems == []
    assert log.events == [
        Enter("f", 1024),
        Enter("f", 1024),
        Alloc(A, 5, "A"),
        Alloc(B, 2048, "B", "x"),
        Resize(A, 8),
        Read(A),
        Point(A, "next", B),
        Point(A, "next", None),
        Point(None, "p", B),
        Move(A, "A", "B", B),
        Leave(),
        Free(A),
        Reset("x"),
        Leave(),
    ]
    assert log.text(3) == "B@x=2K"


@pytest.mark.parametrize(
    ("script", "at", "what"),
    [
        ("A=5 A=6", "A=6", "allocated already"),
        ("A=5 free:A free:A", "free:A", "not allocated any more"),
        ("use:B", "use:B", "not allocated"),
        ("A=x", "A=x", "no number of bytes"),
        ("A=", "A=", "no number of bytes"),
        ("A=99999999999999999999", "A=99999999999999999999", "no number of bytes"),
        ("A=9223372036854775807", "A=9223372036854775807", "more than an address space"),
        ("A=5 hello", "hello", "is no step"),
        ("}", "}", "nothing is entered"),
        ("{f*99999999", "{f*99999999", "is more than"),
        ("A=5 A.x->B", "A.x->B", "not allocated"),
        ("A=٣", "A=٣", "no number of bytes"),
    ],
)
def test_what_makes_no_sense_is_pointed_at(script: str, at: str, what: str) -> None:
    _, problems = read_script(Source("script", script))
    (found,) = problems
    assert found.code.id == "FH0902"
    assert what in found.message
    assert found.at is not None
    assert script[found.at.start : found.at.end] == at


def test_columns_may_come_in_any_order_and_be_quoted() -> None:
    text = '\ufeffsize, note ,name,block,EVENT\r\n16,"a, b","x, ""y""",7,alloc\r\n\r\n,,,7,free\r\n'
    log, problems = read_trace(Source("t.csv", text))
    assert problems == []
    assert log.events == [Alloc(A, 16, 'x, "y"'), Free(A)]
    assert log.text(1) == ",,,7,free"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a,b\nalloc,1", "names the columns"),
        ("event,event\n", "named twice"),
        ("event,block\nalloc,1,2\n", "3 cells, but there are 2"),
        ("event,block,size\nburn,1,2\n", "no event `burn`"),
        ("event,block,size\nalloc,,2\n", "needs a block"),
        ("{", "property name"),
        ('{"events": 5}', "list `events`"),
        ('{"events": [1]}', "event 1: an event is an object"),
        ('{"events": [{"event": "alloc", "block": 1, "size": true}]}', "neither text nor a number"),
        ('{"events": [{"block": 1}]}', "no event ``"),
    ],
)
def test_files_that_make_no_sense(text: str, what: str) -> None:
    _, problems = read_trace(Source("trace", text))
    assert what in problems[0].message


def test_a_deep_document_is_no_crash() -> None:
    _, problems = read_trace(Source("t.json", '{"events": ' + "[" * 100_000))
    assert problems


def test_a_file_that_is_no_trace_is_not_listed_line_by_line() -> None:
    _, problems = read_trace(Source("t.csv", "event\n" + "x\n" * 1000))
    assert len(problems) == 20


def test_json_says_the_same_as_csv() -> None:
    rows = [
        {"event": "enter", "name": "main", "size": 64},
        {"event": "alloc", "block": "n", "size": 24, "heap": None},
        {"event": "point", "block": "n", "slot": "next", "target": "n"},
        {"event": "leave"},
    ]
    log, problems = read_trace(Source("t.json", json.dumps({"events": rows})))
    assert problems == []
    assert log.events == [Enter("main", 64), Alloc(A, 24, "n"), Point(A, "next", A), Leave()]
    assert log.span(1) is None


def test_what_is_written_is_read_again() -> None:
    log = Log()
    its: list[Event] = [
        Enter("f", 8),
        Alloc(A, 5, 'a,\n"b"', "h"),
        Alloc(B, 6, "b"),
        Resize(A, 9),
        Write(A, 0, b"x", b"y"),
        Read(A, 0, 3),
        Point(A, "next", B),
        Point(None, "p", None),
        Move(B, "1", "0", A),
        Free(A),
        Leave(),
    ]
    for event in its:
        log.add(event)
    again, problems = read_trace(Source("t.csv", write_csv(log)))
    assert problems == []
    expected = [
        event if type(event) is not Alloc or event.heap != "h" else Alloc(A, 5, 'a, "b"', "h")
        for event in its
    ]
    expected[4] = Write(A)
    assert again.events == expected
