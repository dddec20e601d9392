"""Replays: the textbook's story, figures, several heaps, moves, failures, pictures."""

import re
from html.parser import HTMLParser

import pytest

from freehold.events import Alloc, Block, Free, Log, Resize, read_trace
from freehold.heap import (
    BestFit,
    Bump,
    FirstFit,
    Growth,
    HeapOptions,
    Policy,
    Pool,
    Slab,
    Stack,
    Why,
    replay,
)
from freehold.heap.compare import compare
from freehold.heap.draw_svg import html, svg
from freehold.heap.draw_text import draw
from freehold.heap.replay import SAMPLES, Replay
from freehold.heap.words import diagnostic, figures
from freehold.source import Source

STORY = "A=5 B=1 free:A C=2 D=5"


def holes(result: Replay) -> list[tuple[int, int]]:
    return [hole for heap in result.heaps.values() for hole in heap.space.holes()]


def test_the_story_fails_under_first_fit_and_says_why() -> None:
    result = replay(STORY, size=10)
    (failure,) = result.failures
    assert failure.failed.why is Why.FRAGMENTED
    assert failure.failed.holes == (3, 4)
    found = diagnostic(result, failure)
    assert found.message == "`D=5` cannot be served: 7 bytes are free, in holes of 3 and 4"
    assert found.at is not None
    assert found.at.source.text[found.at.start : found.at.end] == "D=5"
    assert found.primary == "no hole of 5 bytes"


def test_growing_serves_the_story() -> None:
    result = replay(STORY, size=10, growth=Growth.CONTIGUOUS)
    assert result.served
    assert result.heaps[""].chunks == [(0, 11)]  # the hole of 4 at the end needs 1 more
    assert holes(result) == [(2, 3)]


def test_with_chunks_the_new_block_lies_apart_and_the_hole_stays() -> None:
    result = replay(STORY, size=10, growth=Growth.CHUNKS)
    assert result.served
    (_, (start, size)) = result.heaps[""].chunks
    assert size == 5
    assert result.heaps[""].live[Block(3)] == (start, 5, 5)
    assert holes(result) == [(2, 3), (6, 4)]


def test_best_fit_serves_the_story_in_ten_bytes() -> None:
    result = replay(STORY, size=10, policy=BestFit())
    assert result.served
    assert holes(result) == [(8, 2)]


def test_the_story_as_text() -> None:
    lines = list(draw(replay(STORY, size=10)))
    assert lines[:4] == [
        "A=5     AAAAA.....",
        "B=1     AAAAAB....",
        "free:A  .....B....",
        "C=2     CC...B....",
    ]
    assert lines[4].startswith("D=5     CC...B....   `D=5`: no place for 5 bytes: 7 bytes are free")
    apart = list(draw(replay(STORY, size=10, growth=Growth.CHUNKS)))
    assert apart[3:] == ["C=2     CC...B....", "D=5     CC...B....|DDDDD"]


@pytest.mark.parametrize(
    ("script", "policy", "size", "why", "words"),
    [
        ("A=4 B=3 C=4", FirstFit(), 10, Why.FULL, "only 3 bytes are free"),
        ("A=17", Pool(16), 64, Why.NEVER, "a slot has 16 bytes"),
        ("A=6 free:A B=6", Bump(), 10, Why.HELD, "4 bytes are free, 6 bytes more"),
        ("A=6 B=1 free:A C=4", Stack(), 10, Why.HELD, "3 bytes are free, 6 bytes more"),
        ("A=8", Slab(slab=64), 60, Why.FULL, "only 56 bytes are free"),
    ],
)
def test_why_a_request_failed(script: str, policy: Policy, size: int, why: Why, words: str) -> None:
    result = replay(script, size=size, policy=policy)
    (failure,) = result.failures
    assert failure.failed.why is why
    assert words in diagnostic(result, failure).message


def test_a_limit_is_named() -> None:
    result = replay("A=6 B=6", size=8, growth=Growth.CONTIGUOUS, limit=10)
    assert "may not grow any more" in diagnostic(result, result.failures[0]).message
    assert replay("A=6 B=6", size=8, growth=Growth.CONTIGUOUS, limit=12, step=64).served


def test_a_failed_block_is_ignored_from_then_on() -> None:
    result = replay("A=20 resize:A=4 use:A free:A B=10", size=10)
    assert [failure.step for failure in result.failures] == [0]
    assert result.heaps[""].live == {Block(1): (0, 10, 10)}


def test_until_failure_stops_there() -> None:
    result = replay("A=6 B=6 C=2", size=10, until_failure=True)
    assert result.steps == 2
    assert len(result.requests) == 2
    assert result.last.requested == 6


def test_heaps_have_their_own_memory_and_policy() -> None:
    heaps = {"net": HeapOptions(32, Pool(16))}
    result = replay("A=5 P@net=9 Q@net=9 R@net=9 B=5", size=10, heaps=heaps)
    (failure,) = result.failures
    assert failure.heap == "net"
    assert result.heaps[""].live.keys() == {Block(0), Block(4)}
    assert result.heaps["net"].reserved == 32
    assert "heap `net`" in "\n".join(draw(result))


def test_resizing_moves_or_not() -> None:
    moved = replay("A=4 B=1 resize:A=8", size=20)
    assert (moved.moves, moved.copied) == (1, 4)
    assert moved.peak_reserved == 4 + 1 + 8  # both copies are there for a moment
    stayed = replay("A=4 resize:A=8 resize:A=2", size=20)
    assert (stayed.moves, stayed.copied) == (0, 0)
    assert holes(stayed) == [(2, 18)]


def growing(*, reserve: bool) -> str:
    """A vector of eight numbers among other allocations."""
    words = ["v=64" if reserve else "v=8"]
    for number in range(1, 8):
        words.append(f"other{number}=8")
        if not reserve and number in {1, 2, 4}:
            words.append(f"resize:v={16 * number}")
    return " ".join(words)


def test_reserving_saves_moves_and_copies() -> None:
    without, with_ = replay(growing(reserve=False)), replay(growing(reserve=True))
    readings = {one.name: one for one in compare(without, with_)}
    assert (readings["blocks moved"].first, readings["blocks moved"].second) == (3, 0)
    assert (readings["bytes copied"].first, readings["bytes copied"].second) == (56, 0)
    assert readings["bytes copied"].change == "-100.0 %"
    assert readings["heap"].second < readings["heap"].first


def test_reset_empties_one_heap() -> None:
    result = replay("A=4 B@x=4 reset C=8 D@x=4", size=8, policy=Bump())
    assert result.served
    assert result.releases == 1
    assert list(result.stays.ends) == [2, -1, -1, -1]


def test_figures_are_sums_over_heaps() -> None:
    result = replay("A=3 B@x=5 free:A", size=8, policy=FirstFit(align=4))
    last = result.last
    assert (last.size, last.requested, last.reserved, last.free, last.largest) == (16, 5, 8, 8, 8)
    assert last.internal == pytest.approx(3 / 8)
    shown = dict(figures(result))
    assert shown["live at the end"] == "5 bytes in 1 block"
    assert shown["requests"] == "2: 2 served, 0 failed"


def many(count: int) -> Log:
    log = Log()
    for block in range(count):
        log.add(Alloc(Block(block), 8 + block % 5, f"n{block}"))
        if block >= 20:
            log.add(Free(Block(block - 20)))
        if block % 7 == 0:
            log.add(Resize(Block(block), 40))
    return log


def test_long_logs_are_sampled_and_folded() -> None:
    result = replay(many(6000), step=4096)
    assert len(result.samples) <= 2 * SAMPLES
    assert result.samples[-1].step == result.steps - 1
    lines = list(draw(result))
    assert len(lines) <= 50
    assert "one column is" in lines[0]
    picture = svg(result)
    assert picture.count("<rect") < 20_000


class Strict(HTMLParser):
    """Collects what a page would load, run or style."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, _ in attrs:
            if name.startswith("on") or name in {"style", "src", "href"}:
                self.bad.append(name)


HOSTILE = "<script>alert(1)</script>"


def test_program_text_is_never_markup() -> None:
    names = [HOSTILE, '"onload="x', "</title><img/src=x>", "\x00\x1b[31m", "\u202e", "x" * 5000]
    log = Log()
    for block, name in enumerate(names):
        log.add(Alloc(Block(block), 10, name, name))
    for page in (html(replay(log), HOSTILE), svg(replay(log))):
        parser = Strict()
        parser.feed(page)
        assert not {"script", "img", "iframe", "link"} & set(parser.tags)
        assert parser.bad == []
        assert "\x00" not in page
        assert "\u202e" not in page


def test_a_page_allows_nothing_but_its_style_sheet() -> None:
    page = html(replay(STORY, size=10), "story")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in page
    assert "7 bytes are free, in holes of 3 and 4" in page


def test_a_trace_file_is_replayed() -> None:
    text = "event,block,size,heap\nalloc,1,5,\nalloc,x,1,\nfree,1\nalloc,1,2\nalloc,d,5\n"
    log, problems = read_trace(Source("t.csv", text))
    assert not problems
    assert replay(log, size=10).failures[0].step == 4


def test_a_script_that_makes_no_sense_is_an_error() -> None:
    with pytest.raises(ValueError, match="`B` is not allocated"):
        replay("A=5 free:B")
