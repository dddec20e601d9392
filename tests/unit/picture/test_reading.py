"""Recorded runs that are read again: the same pictures; the events of a run."""

from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from freehold.api import Silent, cache_folder
from freehold.cli.app import freehold
from freehold.driver.options import CompileOptions
from freehold.driver.record import record
from freehold.events import (
    Alloc,
    Enter,
    Free,
    Leave,
    Point,
    Resize,
    TraceFormatError,
    read_recorded,
)
from freehold.execute.options import Recording, RunOptions
from freehold.heap import FirstFit, replay
from freehold.picture import Story, state_at, tell
from freehold.picture.ascii import draw
from freehold.picture.fhtrace import pack, read_story
from freehold.source import Source

PROGRAM = """\
#include <stdlib.h>
static int *grown(int *old) {
    int *made = realloc(old, 4096);
    return made;
}
int main(void) {
    int *p = malloc(8);
    p[0] = 1;
    p = grown(p);
    char *q = calloc(1, 16);
    free(p);
    q[16] = 1;
    return 0;
}
"""


@pytest.fixture(scope="module")
def story() -> Story:
    run = RunOptions(capture=True, record=Recording(bytes=1 << 24))
    made = record((Source("p.c", PROGRAM),), CompileOptions(), run, cache_folder(), Silent())
    assert made.recorded is not None
    return tell(made.recorded)


def test_a_story_comes_back_as_it_was(story: Story) -> None:
    read = read_story(pack(story))
    assert pack(read) == pack(story)
    for position in range(story.end + 1):
        assert draw(read, state_at(read, position)) == draw(story, state_at(story, position))
    assert read.faults == story.faults
    assert [fault.code for fault in read.faults] == ["FH0101"]


def test_the_events_of_a_run(story: Story) -> None:
    log = read_recorded(pack(story))
    told = [one for one in log.events if not isinstance(one, Point)]
    kinds = [type(one) for one in told]
    assert kinds == [Enter, Alloc, Enter, Resize, Leave, Alloc, Free, Leave]
    block = next(one.block for one in told if isinstance(one, Alloc))
    assert told[3] == Resize(block, 4096)
    assert isinstance(told[2], Enter)
    assert (told[2].name, told[2].size) == ("grown", story.frames[1].size)
    assert [one.slot for one in log.events if isinstance(one, Point)][:2] == ["p", "old"]
    span = log.span(log.events.index(told[3]))
    assert span is not None
    assert span.line == 3
    result = replay(log, size=4100, policy=FirstFit())
    assert not result.served  # the old block and the new one are there at once


@pytest.mark.parametrize("cut", [10, 40, 200])
def test_what_is_damaged_is_said(story: Story, cut: int) -> None:
    data = pack(story)
    for damaged in (data[:cut], data[:cut] + b"\xff" + data[cut + 1 :], b"x" + data):
        for read in (read_story, read_recorded):
            with pytest.raises(TraceFormatError):
                read(damaged)


def test_a_file_that_contradicts_itself_is_damaged(story: Story) -> None:
    with pytest.raises(TraceFormatError):
        read_recorded(pack(replace(story, lives=array("i", [99]))))
    frames = [replace(one, caller=7) for one in story.frames]
    with pytest.raises(TraceFormatError):
        read_story(pack(replace(story, frames=frames)))


@pytest.mark.parametrize("words", [["view"], ["view", "--", "x"], ["view", "no.fhtrace"]])
def test_a_line_that_names_no_run_is_said(words: list[str]) -> None:
    done = CliRunner().invoke(freehold, words)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)


def test_it_is_written_by_a_run(tmp_path: Path) -> None:
    program, kept = tmp_path / "p.c", tmp_path / "p.fhtrace"
    program.write_text(PROGRAM)
    done = CliRunner().invoke(freehold, ["run", "--record", str(kept), str(program)])
    assert done.exit_code == 1
    assert read_story(kept.read_bytes()).faults[0].code == "FH0101"
    shown = CliRunner().invoke(freehold, ["view", "--ascii", str(kept)])
    assert "before line 12: q[16] = 1;" in shown.output
    heap = CliRunner().invoke(freehold, ["heap", "--size", "64", str(kept)])
    assert heap.exit_code == 1
    assert "no place for 4,096 bytes" in heap.output
