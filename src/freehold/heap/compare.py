"""Two traces on the same model, side by side: what reserving in advance saves, for instance."""

from freehold.heap.replay import Replay
from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of two replays."""

    name: str
    first: int
    second: int

    @property
    def change(self) -> str:
        """The second against the first."""
        if self.first == self.second:
            return "="
        if not self.first:
            return f"+{self.second:,}"
        return f"{100 * (self.second - self.first) / self.first:+.1f} %"


def compare(first: Replay, second: Replay) -> list[Reading]:
    """Return what both came to."""
    return [
        Reading("requests", len(first.requests), len(second.requests)),
        Reading("requests that failed", len(first.failures), len(second.failures)),
        Reading("blocks moved", first.moves, second.moves),
        Reading("bytes copied", first.copied, second.copied),
        Reading("peak, asked for", first.peak_requested, second.peak_requested),
        Reading("peak, reserved", first.peak_reserved, second.peak_reserved),
        Reading("heap", first.last.size, second.last.size),
        Reading("free at the end", first.last.free, second.last.free),
        Reading("largest hole", first.last.largest, second.last.largest),
        Reading("holes inspected", sum(first.requests.seen), sum(second.requests.seen)),
    ]
