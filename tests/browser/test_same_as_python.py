"""The page's own reading of a recorded run against the library's: block by block, at every step."""

from typing import Any

import pytest

from freehold.picture import ObjectState, State, state_at
from freehold.picture.fhtrace import pack
from freehold.web import Panel
from tests.browser.conftest import Opener
from tests.pictures.moments import moments_of

TOLD = """position => {
  const app = freehold[0];
  app.go(position);
  const blocks = [...app.shown.values()].filter(block => block.state !== "freed");
  return {
    blocks: Object.fromEntries(blocks.map(block => [block.number,
      [block.state, block.leaves.map(leaf => [leaf.path, leaf.text, !!leaf.moved])]])),
    arrows: app.picture.arrows.map(a => [a.source, a.at, a.target, a.to, a.holds, a.dangling]),
    frames: app.picture.frames.map(frame => [frame.name, frame.size]),
    output: app.output.textContent.trim(),
  };
}"""


def _told(state: State) -> dict[str, Any]:
    shown = [one for frame in state.frames for one in frame.variables]
    shown += [*state.statics, *(one for one in state.heap if one.state is not ObjectState.FREED)]
    blocks = {
        str(one.object.number): [
            one.state.value,
            [[leaf.path, leaf.text, leaf.moved] for leaf in one.leaves],
        ]
        for one in shown
    }
    arrows = [
        [one.source, one.offset, one.target, one.to, one.kind.value, one.dangling]
        for one in state.arrows
        if str(one.source) in blocks
    ]
    frames = [[frame.function, frame.size] for frame in state.frames]
    return {
        "blocks": blocks,
        "arrows": sorted(arrows),
        "frames": frames,
        "output": state.stdout.decode().strip(),
    }


@pytest.mark.parametrize("name", ["programs.c", "programs.rs"])
def test_every_step_is_read_alike(opened: Opener, name: str) -> None:
    story = moments_of(name).story
    page = opened(Panel(name, pack(story)))
    for position in [*range(0, story.end + 1, 3), story.end // 2, 1]:
        told = page.page.evaluate(TOLD, position)
        told["arrows"].sort()
        assert told == _told(state_at(story, position)), position


def test_rust_shows_what_its_compiler_does(opened: Opener) -> None:
    made = moments_of("programs.rs")
    page = opened(Panel("programs.rs", pack(made.story)))
    page.page.evaluate("line => freehold[0].jumpToLine(0, line)", made.lines["early.held"])
    source = page.page.get_by_label("source of programs.rs").inner_text()
    assert "`data` moved into `drop` here, which frees it" in source
    assert "drop(_second)  Noisy, 24 bytes + heap, runs its `Drop`" in source
    assert page.page.locator(".line .borrows", has_text="\u256d").count() > 0
