"""Macros whose replacement depends on where or when they stand: `__LINE__` and its like."""

import datetime
from collections.abc import Callable
from itertools import count

from freehold.c.pp.macro import Macro, special
from freehold.c.pp.stream import Stream
from freehold.c.token import Kind, Token

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def builtin_macros(
    stream: Stream, base: str, now: datetime.datetime, modified: Callable[[str], float | None]
) -> dict[str, Macro]:
    """Return the builtin macros of a unit whose main file is `base`."""
    counter = count()

    def stamp(at: Token) -> Token:
        seconds = modified(stream.frames[-1].lexed.source.name)
        if seconds is None:
            return _string(at, "??? ??? ?? ??:??:?? ????")
        when = datetime.datetime.fromtimestamp(seconds)
        return _string(at, f"{_DAYS[when.weekday()]} {_day(when)} {when:%H:%M:%S} {when.year}")

    makers: dict[str, Callable[[Token], Token]] = {
        "__FILE__": lambda at: _string(at, stream.presumed(at.span.outermost())[0]),
        "__LINE__": lambda at: _number(at, stream.presumed(at.span.outermost())[1]),
        "__COUNTER__": lambda at: _number(at, next(counter)),
        "__INCLUDE_LEVEL__": lambda at: _number(at, len(stream.frames) - 1),
        "__BASE_FILE__": lambda at: _string(at, base),
        "__DATE__": lambda at: _string(at, f"{_day(now)} {now.year}"),
        "__TIME__": lambda at: _string(at, f"{now:%H:%M:%S}"),
        "__TIMESTAMP__": stamp,
    }
    return {name: special(name, make) for name, make in makers.items()}


def _day(when: datetime.datetime) -> str:
    # Whatever the locale, the months are English.
    return f"{_MONTHS[when.month - 1]} {when.day:2d}"


def _number(at: Token, number: int) -> Token:
    return _like(at, Kind.NUMBER, str(number))


def _string(at: Token, text: str) -> Token:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return _like(at, Kind.STRING, f'"{escaped}"')


def _like(at: Token, kind: Kind, text: str) -> Token:
    return Token(
        kind, text, at.source, at.start, at.end,
        bol=at.bol, space=at.space, expansion=at.expansion,
    )  # fmt: skip
