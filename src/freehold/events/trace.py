"""Trace files: CSV with a header row, or JSON. docs/traces.md documents both.

CSV is one event a line, columns by name (`event,block,size,name,heap,slot,target`); JSON is
`{"events": [{"event": "alloc", "block": "A", "size": 5}, ...]}` with the same names.
"""

import csv
import json
from collections.abc import Iterable, Iterator

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import TRACE_ERROR
from freehold.events.build import Builder, Row, TraceError
from freehold.events.model import (
    Alloc,
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
)
from freehold.source import Source, Span

COLUMNS = Row._fields
_PROBLEMS = 20  # a file with more is no trace


def read_trace(source: Source) -> tuple[Log, list[Diagnostic]]:
    """Read a trace file; rows that cannot be are left out, with a diagnostic each."""
    if source.text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _read_json(source)
    return _read_csv(source)


# ------------------------------------------------------------------------------------- CSV


def _words(error: TraceError | csv.Error) -> str:
    return str(error) if isinstance(error, TraceError) else "this is no line of CSV"


def _read_csv(source: Source) -> tuple[Log, list[Diagnostic]]:
    log = Log(source=source)
    builder = Builder(log)
    problems: list[Diagnostic] = []
    order: list[str] | None = None
    for start, line in _lines(source.text):
        try:
            if order is None:
                order = _header(_cells(line))
                continue
            builder.add(_row(order, _cells(line)))
        except (TraceError, csv.Error) as error:
            span = Span(source, start, start + len(line))
            problems.append(Diagnostic(TRACE_ERROR, span, {"what": _words(error)}))
            if order is None or len(problems) == _PROBLEMS:
                return log, problems
            continue
        log.starts.append(start)
        log.ends.append(start + len(line))
    return log, problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line that is not empty, and where it starts."""
    start = 1 if text.startswith("\ufeff") else 0
    for line in text[start:].split("\n"):
        bare = line.rstrip("\r")
        if bare and not bare.isspace():
            yield start, bare
        start += len(line) + 1


def _cells(line: str) -> list[str]:
    return next(csv.reader([line])) if '"' in line else line.split(",")


def _header(cells: list[str]) -> list[str]:
    order = [cell.strip().lower() for cell in cells]
    if "event" not in order:
        raise TraceError("the first row of a trace names the columns: event, block, size, ...")
    if len(set(order)) != len(order):
        raise TraceError("a column is named twice")
    return order


def _row(order: list[str], cells: list[str]) -> Row:
    if len(order) <= len(COLUMNS) and order == list(COLUMNS[: len(order)]):
        if len(cells) > len(order):
            raise TraceError(f"{len(cells)} cells, but there are {len(order)} columns")
        return Row(*cells)
    cells = [cell.strip() for cell in cells]
    return Row(**{"event": "", **_pick(zip(order, cells, strict=False))})


def _pick(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: cell for name, cell in cells if name in COLUMNS}


# ------------------------------------------------------------------------------------ JSON


def _read_json(source: Source) -> tuple[Log, list[Diagnostic]]:
    log = Log()
    builder = Builder(log)
    try:
        document = json.loads(source.text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        at = min(error.pos, len(source.text))
        return log, [_problem(error.msg.lower(), Span(source, at, at))]
    except RecursionError:
        return log, [_problem("the JSON is nested too deeply", None)]
    rows = document.get("events")
    if not isinstance(rows, list):
        return log, [_problem("a trace has a list `events`", Span(source, 0, 0))]
    problems: list[Diagnostic] = []
    for index, row in enumerate(rows):
        try:
            builder.add(_object(row))
        except TraceError as error:
            problems.append(_problem(f"event {index + 1}: {error}", None))
            if len(problems) == _PROBLEMS:
                return log, problems
    return log, problems


def _problem(what: str, at: Span | None) -> Diagnostic:
    return Diagnostic(TRACE_ERROR, at, {"what": what})


def _object(row: object) -> Row:
    if not isinstance(row, dict):
        raise TraceError("an event is an object")
    cells: dict[str, str] = {"event": ""}
    for name, value in row.items():
        if name not in COLUMNS or value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise TraceError(f"`{name}` is neither text nor a number")
        cells[name] = str(value)
    return Row(**cells)


# ----------------------------------------------------------------------------------- writing


def write_csv(log: Log) -> str:
    """Return the trace of `log`: the events that a replay needs."""
    rows = [",".join(COLUMNS)]
    for event in log.events:
        row = _written(event)
        if row is not None:
            rows.append(",".join(_quoted(cell) for cell in row).rstrip(","))
    return "\n".join(rows) + "\n"


def _quoted(cell: str) -> str:
    plain = cell.replace("\r", " ").replace("\n", " ")
    return '"' + plain.replace('"', '""') + '"' if "," in plain or '"' in plain else plain


def _written(event: Event) -> Row | None:  # noqa: PLR0911  (one for each kind)
    match event:
        case Alloc(block, size, name, heap):
            return Row("alloc", str(block), str(size), name, heap)
        case Resize(block, size):
            return Row("resize", str(block), str(size))
        case Free(block):
            return Row("free", str(block))
        case Reset(heap):
            return Row("reset", heap=heap)
        case Read(block, _, size):
            return Row("read", str(block), str(size))
        case Write(block):
            return Row("write", str(block))
        case Point(holder, slot, target):
            return Row("point", _id(holder), slot=slot, target=_id(target))
        case Enter(name, size):
            return Row("enter", size=str(size), name=name)
        case Leave():
            return Row("leave")
        case Move(int(block), _, _, into):
            return Row("move", str(block), target=_id(into))
        case _:
            return None


def _id(block: int | None) -> str:
    return "" if block is None else str(block)
