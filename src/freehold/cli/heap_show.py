"""What `freehold heap` prints: pictures, figures and tables, as text, JSON, SVG or a page."""

import json
from collections.abc import Iterator, Sequence

from freehold import __version__
from freehold.cli.values import usage
from freehold.diagnostics import Diagnostic
from freehold.events import Enter, Log
from freehold.heap.compare import compare
from freehold.heap.draw_text import draw
from freehold.heap.policies import name_of
from freehold.heap.replay import Replay
from freehold.heap.stacks import Guarded, Segmented, StackEnd, StackModel, StackReport, replay_stack
from freehold.heap.strategies import Outcome
from freehold.heap.strategies import strategies as all_strategies
from freehold.heap.words import diagnostic, figures, percent

Results = Sequence[tuple[str, Replay]]
_LISTED = 10_000  # requests in a JSON document
_STACK = 8 << 20


def findings(result: Replay, most: int) -> Iterator[Diagnostic]:
    """Yield the first failures as findings."""
    for failure in result.failures[:most]:
        yield diagnostic(result, failure)


def document(results: Results, form: str, *, pairs: bool) -> str:
    """Return what is to be printed; `pairs`: each two results are to be compared."""
    match form:
        case "json":
            return _json(results)
        case "svg" | "html":
            return _picture(results, form)
        case _:
            lines = _one(results[0][1]) if len(results) == 1 else _several(results, pairs=pairs)
            return "\n".join(lines).rstrip("\n") + "\n"


def _picture(results: Results, form: str) -> str:
    from freehold.heap.draw_svg import compared, html, svg

    if form == "html":
        if len(results) == 1:
            return html(results[0][1], "Heap replay")
        return compared(list(results), "Heap replays")
    if len(results) > 1:
        usage("an SVG shows one replay; --format html shows several")
    return svg(results[0][1]) + "\n"


# ------------------------------------------------------------------------------------- text


def _one(result: Replay) -> Iterator[str]:
    yield from draw(result)
    yield ""
    rows = list(figures(result))
    width = max(len(name) for name, _ in rows)
    for name, text in rows:
        yield f"{name:<{width}}  {text}"


def _several(results: Results, *, pairs: bool) -> Iterator[str]:
    if not pairs:
        yield from _table(_POLICY_HEAD, [_policy_row(name, result) for name, result in results])
        return
    for index in range(0, len(results), 2):
        (name, first), (_, second) = results[index : index + 2]
        rows = [
            (one.name, f"{one.first:,}", f"{one.second:,}", one.change)
            for one in compare(first, second)
        ]
        yield from _table((name, "first trace", "second trace", "change"), rows)
        yield ""


_STRATEGY_HEAD = (
    "strategy", "peak bytes", "released", "left", "pauses", "longest", "cycles", "used too late",
)  # fmt: skip
_POLICY_HEAD = (
    "policy", "failed", "heap", "peak reserved", "free", "largest hole", "external", "internal",
    "inspected",
)  # fmt: skip


def _policy_row(name: str, result: Replay) -> tuple[str, ...]:
    last = result.last
    return (
        name,
        f"{len(result.failures):,}",
        f"{last.size:,}",
        f"{result.peak_reserved:,}",
        f"{last.free:,}",
        f"{last.largest:,}",
        percent(last.external),
        percent(last.internal),
        f"{sum(result.requests.seen):,}",
    )


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Lay out a table: words to the left, figures to the right."""
    columns = range(len(head))
    widths = [max(len(row[column]) for row in (head, *rows)) for column in columns]
    sides = [">" if any(_is_figure(row[column]) for row in rows) else "<" for column in columns]
    for row in (head, *rows):
        cells = (f"{row[n]:{sides[n]}{widths[n]}}" for n in columns)
        yield "  ".join(cells).rstrip()


def _is_figure(cell: str) -> bool:
    return cell[:1].isdigit() or cell in {"=", "-"}


# ------------------------------------------------------------------------------------- JSON


def _json(results: Results) -> str:
    from freehold.diagnostics.render_json import render
    from freehold.diagnostics.report import Report

    replays = []
    for name, result in results:
        found = tuple(findings(result, len(result.failures)))
        report = json.loads(render(Report(found), __version__))
        replays.append({"name": name, **_facts(result), "findings": report["findings"]})
    failed = any(not result.served for _, result in results)
    return _enveloped("heap", {"replays": replays}, failed=failed)


def _enveloped(command: str, body: dict[str, object], *, failed: bool) -> str:
    document = {
        "schema": 1,
        "tool": {"name": "freehold", "version": __version__},
        "command": command,
        "exit_code": int(failed),
        **body,
    }
    return json.dumps(document, indent=2) + "\n"


def _facts(result: Replay) -> dict[str, object]:
    last, requests, stays = result.last, result.requests, result.stays
    listed = []
    for index in range(min(len(requests), _LISTED)):
        stay = requests.stays[index]
        served = stay >= 0
        listed.append(
            {
                "step": requests.steps[index],
                "request": result.log.text(requests.steps[index]),
                "address": stays.addresses[stay] if served else None,
                "reserved": stays.sizes[stay] if served else None,
                "inspected": requests.seen[index],
                "grown": requests.grown.get(index, 0),
                "copied": requests.copied.get(index, 0),
            }
        )
    heaps = {
        name: {
            "policy": name_of(heap.options.policy),
            "chunks": [{"start": start, "size": size} for start, size in heap.chunks],
            "holes": [{"start": start, "size": size} for start, size in heap.space.holes()],
            "live_blocks": len(heap.live),
        }
        for name, heap in result.heaps.items()
    }
    return {
        "served": result.served,
        "events": result.steps,
        "requests": {"count": len(requests), "failed": len(result.failures), "list": listed},
        "releases": result.releases,
        "moves": result.moves,
        "copied_bytes": result.copied,
        "inspected": sum(requests.seen),
        "peak_requested_bytes": result.peak_requested,
        "peak_reserved_bytes": result.peak_reserved,
        "heap_bytes": last.size,
        "requested_bytes": last.requested,
        "reserved_bytes": last.reserved,
        "free_bytes": last.free,
        "held_bytes": last.held,
        "largest_hole": last.largest,
        "external_fragmentation": round(last.external, 6),
        "internal_fragmentation": round(last.internal, 6),
        "heaps": heaps,
    }


# ------------------------------------------------------------------------- strategies, stacks


def strategies(log: Log, form: str, size: int | None, limit: int) -> tuple[str, bool]:
    """Return the six strategies on the log, and whether one released what was still used."""
    del size, limit
    outcomes = all_strategies(log.events)
    wrong = any(one.early for one in outcomes)
    if form == "json":
        rows = [_outcome(one) for one in outcomes]
        return _enveloped("heap", {"strategies": rows}, failed=wrong), wrong
    head = _STRATEGY_HEAD
    rows_ = [
        (
            one.strategy,
            f"{one.peak:,}",
            f"{one.released:,}",
            f"{one.left_bytes:,} in {one.left_blocks:,}",
            f"{len(one.pauses):,}",
            f"{one.longest_pause:,}",
            f"{one.cycle_bytes:,} in {one.cycles:,}",
            f"{one.early:,}",
        )
        for one in outcomes
    ]
    return "\n".join(_table(head, rows_)) + "\n", wrong


def _outcome(one: Outcome) -> dict[str, object]:
    return {
        "strategy": one.strategy,
        "peak_bytes": one.peak,
        "byte_steps": one.byte_steps,
        "released": one.released,
        "left": {"bytes": one.left_bytes, "blocks": one.left_blocks},
        "pauses": {"count": len(one.pauses), "longest": one.longest_pause, "work": sum(one.pauses)},
        "cycles": {"bytes": one.cycle_bytes, "blocks": one.cycles},
        "used_too_late": one.early,
        "counts_changed": one.bookkeeping,
    }


def stacks(log: Log, form: str, size: int | None, limit: int) -> tuple[str, bool]:
    """Return the calls of the log on four stacks, and whether one did not hold them.

    `size` is the memory of a stack with a guard, `limit` that of one of stacklets.
    """
    if not any(isinstance(event, Enter) for event in log.events):
        usage("there are no calls; `{f:1024*100` makes 100 calls with frames of 1024 bytes")
    room = size or _STACK
    models: tuple[tuple[str, StackModel], ...] = (
        ("guard page", Guarded(room)),
        ("guard page and probes", Guarded(room, probes=True)),
        ("stacklets", Segmented(limit=limit)),
        ("stacklets, one kept", Segmented(limit=limit, keep=True)),
    )
    reports = [(name, replay_stack(log.events, model)) for name, model in models]
    wrong = any(report.end is not StackEnd.DONE for _, report in reports)
    if form == "json":
        rows = [{"model": name, **_stack(report)} for name, report in reports]
        return _enveloped("heap", {"stacks": rows}, failed=wrong), wrong
    head = ("stack", "calls", "deepest", "peak bytes", "memory", "stacklets made", "end")
    rows_ = [
        (
            name,
            f"{report.calls:,}",
            f"{report.depth:,}",
            f"{report.peak:,}",
            f"{report.reserved:,}",
            f"{report.allocations:,}",
            report.end.value,
        )
        for name, report in reports
    ]
    return "\n".join(_table(head, rows_)) + "\n", wrong


def _stack(report: StackReport) -> dict[str, object]:
    return {
        "end": report.end.name.lower(),
        "call": report.call or None,
        "calls": report.calls,
        "deepest": report.depth,
        "peak_bytes": report.peak,
        "memory_bytes": report.reserved,
        "probed_pages": report.probed,
        "stacklets_made": report.allocations,
        "stacklets_released": report.releases,
        "lost_bytes": report.lost,
    }
