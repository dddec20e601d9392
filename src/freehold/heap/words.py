"""The words of a replay: why a request failed, what each step came to, the figures."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import REQUEST_FAILED
from freehold.events.model import words as event_words
from freehold.heap.model import Failed, Growth, Why
from freehold.heap.policies import Policy, Pool, name_of

if TYPE_CHECKING:
    from freehold.heap.replay import Failure, Replay


def bytes_(n: int) -> str:
    """Return "1 byte", "1,024 bytes"."""
    return "1 byte" if n == 1 else f"{n:,} bytes"


def count(n: int, what: str) -> str:
    """Return "1 block", "1,000 blocks"."""
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def why(failed: Failed, policy: Policy) -> str:
    """Return why a request failed, as a sentence without its end."""
    free = f"{bytes_(failed.free)} {'is' if failed.free == 1 else 'are'} free"
    match failed.why:
        case Why.NEVER:
            assert isinstance(policy, Pool)
            text = f"a slot has {bytes_(policy.slot)}"
        case Why.FULL:
            text = (f"only {free}" if failed.free else "nothing is free") + _kept(failed)
        case Why.HELD:
            text = f"{free}" + _kept(failed)
        case Why.FRAGMENTED:
            text = f"{free}, {_in_holes(failed)}"
        case _:
            assert_never(failed.why)
    if failed.limited:
        text += "; the heap may not grow any more"
    return text


def _kept(failed: Failed) -> str:
    if not failed.held:
        return ""
    return f", {bytes_(failed.held)} more cannot be used again yet"


def _in_holes(failed: Failed) -> str:
    sizes = [f"{size:,}" for size in failed.holes]
    more = failed.hole_count - len(sizes)
    if not sizes:
        return f"the largest hole has {bytes_(failed.largest)}"
    if failed.hole_count == 1:
        return f"in one hole of {sizes[0]}"
    if more:
        listed = ", ".join(sizes) + f" and {more:,} more"
        return f"in {failed.hole_count:,} holes of {listed}, the largest of {failed.largest:,}"
    return f"in holes of {', '.join(sizes[:-1])} and {sizes[-1]}"


def wanted(failed: Failed) -> str:
    """Return what a failed request looked for, when that is not what was asked for."""
    if failed.wanted in {failed.size, 0}:
        return ""
    if failed.wanted == failed.need:
        return f"the policy makes it {bytes_(failed.need)}"
    return f"it needs a slab of {bytes_(failed.wanted)}"


def failure_words(result: "Replay", failure: "Failure") -> str:
    """Return a failure in one sentence without its end."""
    request = bytes_(failure.failed.size)
    policy = result.heaps[failure.heap].options.policy
    heap = f" in heap `{failure.heap}`" if failure.heap else ""
    return f"`{_request(result, failure.step)}`{heap}: no place for {request}: " + why(
        failure.failed, policy
    )


def _request(result: "Replay", step: int) -> str:
    text = result.log.text(step)
    return text if len(text) <= 60 else event_words(result.log.events[step])


def diagnostic(result: "Replay", failure: "Failure") -> Diagnostic:
    """Return the finding for a request that failed."""
    failed = failure.failed
    heap = result.heaps[failure.heap]
    policy = heap.options.policy
    seen = f"{count(failed.seen, 'hole')} inspected"
    notes = [text for text in (wanted(failed), seen) if text]
    help_: tuple[str, ...] = ()
    if failed.why is Why.FRAGMENTED and heap.options.growth is Growth.FIXED:
        help_ = ("`--grow` lets the heap grow; another `--policy` may leave larger holes",)
    facts = {
        "request": f"`{_request(result, failure.step)}`",
        "why": why(failed, policy),
        "size": failed.size,
        "free": failed.free,
        "largest_hole": failed.largest,
        "inspected": failed.seen,
    }
    at = result.log.span(failure.step)
    label = f"no hole of {bytes_(failed.wanted)}" if failed.wanted else "larger than a slot"
    return Diagnostic(REQUEST_FAILED, at, facts, label, notes=tuple(notes), help=help_)


def percent(part: float) -> str:
    """Return a part of 1 as a percentage."""
    return f"{100 * part:.1f} %"


def figures(result: "Replay") -> Iterator[tuple[str, str]]:
    """Yield the figures of a replay, each with its name."""
    last, requests = result.last, result.requests
    yield "policy", ", ".join(_policies(result))
    failed = len(result.failures)
    served = len(requests) - failed
    yield "requests", f"{len(requests):,}: {served:,} served, {failed:,} failed"
    yield "releases", f"{result.releases:,}"
    grown = sum(requests.grown.values())
    times = f", grown by {grown:,} in {count(len(requests.grown), 'step')}" if grown else ""
    chunks = sum(len(heap.chunks) for heap in result.heaps.values())
    apart = f", {chunks} chunks" if chunks > len(result.heaps) else ""
    yield "heap", bytes_(last.size) + times + apart
    live = sum(len(heap.live) for heap in result.heaps.values())
    yield "live at the end", f"{bytes_(last.requested)} in {count(live, 'block')}"
    yield "peak", f"{bytes_(result.peak_requested)} asked for, {result.peak_reserved:,} reserved"
    holes = sum(len(heap.space.holes()) for heap in result.heaps.values())
    largest = f", largest {last.largest:,}" if holes else ""
    yield "free", f"{bytes_(last.free)} in {count(holes, 'hole')}{largest}"
    if last.held:
        yield "held", f"{bytes_(last.held)} free, but not for every request"
    worst = max((sample.external for sample in result.samples), default=0.0)
    yield "external fragmentation", f"{percent(last.external)} (highest {percent(worst)})"
    inner = max((sample.internal for sample in result.samples), default=0.0)
    yield "internal fragmentation", f"{percent(last.internal)} (highest {percent(inner)})"
    if len(requests):
        total = sum(requests.seen)
        mean = f"{total / len(requests):.2f} a request, {max(requests.seen):,} at most"
        yield "holes inspected", f"{total:,}: {mean}"
    if result.moves:
        yield "moved by resizing", f"{count(result.moves, 'block')}, {bytes_(result.copied)} copied"


def _policies(result: "Replay") -> list[str]:
    single = len(result.heaps) == 1
    return [
        name_of(heap.options.policy) + ("" if single else f" (heap `{name}`)" if name else "")
        for name, heap in result.heaps.items()
    ]
