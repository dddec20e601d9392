"""Spans of what consists of several tokens, which macros may have produced."""

from freehold.source import Expansion, Span


def join(first: Span, last: Span) -> Span:
    """Return the span from the start of `first` to the end of `last`.

    Where macros are involved it lies in the innermost text that holds both: an expression half of
    which comes from a macro is placed where that macro is invoked.
    """
    source, start, _, expansion = first
    if expansion is last[3]:
        ordered = source is last[0] and start <= last[2]
        if expansion is None:
            return Span(source, start, last[2], None) if ordered else first
        if ordered and _side(first) == _side(last):
            return Span(source, start, last[2], expansion)
        return expansion.call
    inner = {_key(level): level for level in _levels(first)}
    for level in _levels(last):
        begin = inner.get(_key(level))
        if begin is not None and begin.start <= level.end and _side(begin) == _side(level):
            return Span(begin.source, begin.start, level.end, begin.expansion)
    return first.outermost()


def _side(span: Span) -> bool:
    """Tell whether a token stood in its macro's argument, rather than in the macro's body."""
    if span.expansion is None:
        return True
    call = span.expansion.call
    return call.source is span.source and call.start <= span.start < call.end


def _levels(span: Span) -> list[Span]:
    """Return `span` and the places of the macro invocations around it, innermost first."""
    levels = [span]
    while levels[-1].expansion is not None:
        levels.append(levels[-1].expansion.call)
    return levels


def _key(span: Span) -> tuple[int, Expansion | None]:
    return id(span.source), span.expansion
