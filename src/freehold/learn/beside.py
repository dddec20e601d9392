"""What other tools say of the same file, in one table: those that are installed.

Only a tool's own output is read. The program is compiled and run for it in a folder of its own.
"""

import json
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from freehold.api import check, run
from freehold.diagnostics import Diagnostic, Severity
from freehold.records import dataclass
from freehold.source import Source

_SECONDS = 60.0
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool says: `lines` are findings, with the line of the source that each names.

    `missing` says why there are none, if it could not be asked.
    """

    tool: str
    lines: tuple[tuple[str, int | None], ...] = ()
    seconds: float = 0.0
    missing: str = ""


def beside(source: Source, tools: tuple[str, ...]) -> list[Said]:
    """Return what Freehold says of a file, then what each of `tools` does."""
    said = [_timed("freehold run", lambda: _own(run(source, timeout=_SECONDS).findings))]
    said.append(_timed("freehold check", lambda: _own(check(source).findings)))
    return said + [_ask(tool, source) for tool in tools]


def rows(said: list[Said]) -> list[tuple[str, str, str]]:
    """Return the table: tool, seconds, what it finds; a tool that finds more has more rows."""
    made = []
    for one in said:
        if one.missing:
            made.append((one.tool, "-", one.missing))
            continue
        words = _counted(one.lines) or ["nothing"]
        made.append((one.tool, f"{one.seconds:.1f}", words[0]))
        made += [("", "", more) for more in words[1:_LISTED]]
        if len(words) > _LISTED:
            made.append(("", "", f"and {len(words) - _LISTED} more"))
    return made


def _counted(lines: tuple[tuple[str, int | None], ...]) -> list[str]:
    """Return the findings in words; what is the same is said once."""
    counts: dict[tuple[str, int | None], int] = {}
    for one in lines:
        counts[one] = counts.get(one, 0) + 1
    return [
        text
        + ("" if line is None else f", line {line}")
        + ("" if count == 1 else f" ({count} times)")
        for (text, line), count in counts.items()
    ]


# ------------------------------------------------------------------------------------ the tools


def _ask(tool: str, source: Source) -> Said:
    needs, suffix, ask = _TOOLS[tool]
    if not source.name.endswith(suffix):
        return Said(tool, missing=f"not for {'Rust' if suffix == '.c' else 'C'}")
    found = {name: shutil.which(name) for name in needs}
    absent = [name for name, path in found.items() if path is None]
    if absent:
        return Said(tool, missing=f"{', '.join(absent)} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(source.name).name)
        path.write_text(source.text, encoding="utf-8", errors="surrogateescape")
        try:
            return _timed(tool, lambda: ask(path))
        except subprocess.TimeoutExpired:
            return Said(tool, missing=f"it did not end within {_SECONDS:.0f} s")
        except _CannotTell as error:
            return Said(tool, missing=str(error))
        except (OSError, ValueError, KeyError, ET.ParseError) as error:
            return Said(tool, missing=f"its report cannot be read: {error}")


class _CannotTell(Exception):
    """The tool gave no report; the text says why."""


def _timed(tool: str, ask: Callable[[], Iterator[tuple[str, int | None]]]) -> Said:
    start = perf_counter()
    lines = tuple(ask())
    return Said(tool, lines, perf_counter() - start)


def _own(found: tuple[Diagnostic, ...]) -> Iterator[tuple[str, int | None]]:
    for one in found:
        if one.severity is not Severity.NOTE:
            line = None if one.at is None else one.at.outermost().line
            yield f"{one.code.id} {one.message}", line


def _valgrind(path: Path) -> Iterator[tuple[str, int | None]]:
    program = _compiled(path, "-O0")
    report = path.with_suffix(".xml")
    _call("valgrind", "--leak-check=full", "--xml=yes", f"--xml-file={report}", program)
    for error in ET.parse(report).getroot().iter("error"):
        frames = [frame for stack in error.findall("stack")[:1] for frame in stack]
        line = next((f.findtext("line") for f in frames if f.findtext("file") == path.name), None)
        what = error.findtext("what") or error.findtext("xwhat/text") or ""
        yield f"{error.findtext('kind')}: {_short(what)}", None if line is None else int(line)


def _asan(path: Path) -> Iterator[tuple[str, int | None]]:
    program = _compiled(path, "-O0", "-fsanitize=address")
    report = _call(str(program)).stderr
    for start in re.finditer(r"ERROR: (Address|Leak)Sanitizer: ([^\n]*)", report):
        rest = report[start.end() :]
        if start[1] == "Leak":
            yield from _lost(rest, path.name)
            continue
        what = start[2].split(" on ")[0].split(" (")[0]
        yield f"{what}: it stops here", _line(rest, path.name)


def _lost(report: str, file: str) -> Iterator[tuple[str, int | None]]:
    for one in re.finditer(r"((?:Dir|Indir)ect leak of [^\n]*?) allocated from", report):
        yield one[1], _line(report[one.end() :], file)


def _line(report: str, file: str) -> int | None:
    """Return the first line of `file` in a stack, which ends at the first empty line."""
    stack = report.lstrip("\n").split("\n\n")[0]
    match = re.search(rf"{re.escape(file)}:(\d+)", stack)
    return None if match is None else int(match[1])


def _rustc(path: Path) -> Iterator[tuple[str, int | None]]:
    arguments = ("--edition", "2021", "--error-format=json", "--emit=metadata")
    out = path.with_suffix(".rmeta")
    done = _call("rustc", *arguments, "-o", str(out), str(path))
    for text in done.stderr.splitlines():
        said = json.loads(text)
        if said.get("level") != "error" or not said.get("spans"):
            continue
        spans = [span for span in said["spans"] if span["is_primary"]] or said["spans"]
        code = (said.get("code") or {}).get("code") or "error"
        yield f"{code} {_short(said['message'])}", int(spans[0]["line_start"])


def _compiled(path: Path, *options: str) -> Path:
    program = path.with_suffix(".out")
    done = _call("cc", "-g", "-w", *options, "-o", str(program), str(path), "-lm")
    if done.returncode != 0:
        first = done.stderr.strip().splitlines()[:1]
        raise _CannotTell(f"cc does not compile it: {' '.join(first)[:120]}")
    return program


def _call(*command: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_SECONDS,
        check=False,
    )


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:89]}…"


Ask = Callable[[Path], Iterator[tuple[str, int | None]]]
# tool: (what it needs, the sources it is for, how it is asked)
_TOOLS: dict[str, tuple[tuple[str, ...], str, Ask]] = {
    "valgrind": (("valgrind", "cc"), ".c", _valgrind),
    "asan": (("cc",), ".c", _asan),
    "rustc": (("rustc",), ".rs", _rustc),
}
TOOLS = tuple(_TOOLS)
