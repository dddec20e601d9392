"""Where a lesson's own code is: call stacks of Python, as the frames of findings.

Frames of this package are left out, and so is everything from the standard library and installed
packages outwards: what runs the lesson is not part of it.
"""

import linecache
import re
import sys
import sysconfig
from pathlib import Path
from types import CodeType, FrameType

from freehold.diagnostics import Frame
from freehold.source import Source, Span

_OWN = str(Path(__file__).parent)
_FOREIGN = tuple(
    {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
)
_MOST = 64  # frames of one stack
_SOURCES: dict[str, Source] = {}
_FRAMES: dict[tuple[CodeType, int], Frame] = {}
_TARGET = re.compile(r"\s*([^\W\d]\w*)\s*(?::[^=]+)?=(?!=)")


def callers() -> tuple[Frame, ...]:
    """Return the stack of the lesson, innermost frame first."""
    found: list[Frame] = []
    frame = _outside(sys._getframe(1))
    while frame is not None and len(found) < _MOST:
        code = frame.f_code
        if code.co_filename.startswith(_FOREIGN):
            break
        found.append(_frame(code, frame.f_lasti))
        frame = frame.f_back
    return tuple(found)


def assigned_name() -> str:
    """Return the variable that the running statement assigns to, "" if it is no plain one."""
    frame = _outside(sys._getframe(1))
    if frame is None:
        return ""
    match = _TARGET.match(linecache.getline(frame.f_code.co_filename, frame.f_lineno))
    return match[1] if match else ""


def _outside(frame: FrameType | None) -> FrameType | None:
    # Of the standard library too: `with` runs our context managers through it.
    while frame is not None and frame.f_code.co_filename.startswith((_OWN, *_FOREIGN)):
        frame = frame.f_back
    return frame


def _frame(code: CodeType, last: int) -> Frame:
    known = _FRAMES.get((code, last))
    if known is None:
        name = "main" if code.co_name == "<module>" else code.co_name
        known = _FRAMES[code, last] = Frame(name, _span(code, last))
    return known


def _span(code: CodeType, last: int) -> Span | None:
    source = _source(code.co_filename)
    positions = list(code.co_positions())
    line, end_line, column, end_column = positions[last // 2]
    if line is None or not source.line_text(line):
        return None
    start = source.line_start(line)
    text = source.line_text(line)
    if column is None or end_column is None or end_line != line:
        bare = text.strip()
        first = len(text) - len(text.lstrip())
        return Span(source, start + first, start + first + len(bare))
    # Columns count bytes of UTF-8.
    data = text.encode("utf-8", "surrogatepass")
    first = len(data[:column].decode("utf-8", "replace"))
    past = len(data[:end_column].decode("utf-8", "replace"))
    return Span(source, start + first, start + past)


def _source(name: str) -> Source:
    text = "".join(linecache.getlines(name))
    known = _SOURCES.get(name)
    if known is None or known.text != text:
        known = _SOURCES[name] = Source(name, text)
    return known
