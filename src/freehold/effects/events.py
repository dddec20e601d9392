"""What happened on the way to a fault: plain values with spans."""

from typing import NamedTuple

from freehold.source import Span


class Event(NamedTuple):
    """`text` says what happened at `span`; `inside` is where, if that is within a call."""

    text: str
    span: Span
    inside: "Event | None" = None

    def through(self, call: Span) -> "Event":
        """Return the event as the caller sees it."""
        return Event(self.text, call, self)

    def spans(self) -> list[Span]:
        """Return the spans, outermost first."""
        found, here = [], self
        while True:
            found.append(here.span)
            if here.inside is None:
                return found
            here = here.inside
