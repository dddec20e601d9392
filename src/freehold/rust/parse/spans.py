"""Spans of what consists of several tokens, which macros may have produced."""

from freehold.source import Expansion, Span


def join(first: Span, last: Span) -> Span:
    """Return the span from the start of `first` to the end of `last`.

    Where macros are involved it lies in the innermost text that holds both: an expression half of
    which comes from a macro is placed where that macro is invoked, or around its argument.
    """
    if first.expansion is last.expansion and first.source is last.source:
        if first.start <= last.end:
            return Span(first.source, first.start, last.end, first.expansion)
        return first
    levels = {_text(level): level for level in _levels(first)}
    for level in _levels(last):
        begin = levels.get(_text(level))
        if begin is not None:
            start, end = min(begin.start, level.start), max(begin.end, level.end)
            return Span(begin.source, start, end, begin.expansion)
    return first.outermost()


def _levels(span: Span) -> list[Span]:
    """Return `span` and the places of the macro invocations around it, innermost first."""
    levels = [span]
    while levels[-1].expansion is not None:
        levels.append(levels[-1].expansion.call)
    return levels


def _text(span: Span) -> tuple[int, int]:
    """Identify the text that `span` lies in: a source, as one expansion produced it."""
    return id(span.source), _identity(span.expansion)


def _identity(expansion: Expansion | None) -> int:
    return 0 if expansion is None else id(expansion)
