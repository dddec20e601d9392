"""The types of option values: sizes, seconds, kinds of leak, which allocation fails."""

import re
from typing import NoReturn

import click

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_SIZE = re.compile(r"(\d+)\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
LEAK_KINDS = ("definite", "indirect", "possible", "reachable")
EACH = -1


class Size(click.ParamType[int]):
    """A number of bytes, such as 64M."""

    name = "size"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the bytes."""
        if isinstance(value, int):
            return value
        match = _SIZE.fullmatch(str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no size; 64M and 2G are", param, ctx)
        return int(match[1]) * _UNITS[match[2].upper()]


class LeakKinds(click.ParamType[tuple[str, ...]]):
    """A list of kinds of loss, as valgrind's --show-leak-kinds."""

    name = "kinds"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the kinds in order."""
        if isinstance(value, tuple):
            return value
        words = [word.strip() for word in str(value).split(",") if word.strip()]
        if words == ["all"]:
            return LEAK_KINDS
        if words == ["none"]:
            return ()
        for word in words:
            if word not in LEAK_KINDS:
                self.fail(f"no kind {word!r}; {', '.join(LEAK_KINDS)}, all, none", param, ctx)
        return tuple(kind for kind in LEAK_KINDS if kind in words)


class Allocation(click.ParamType[int]):
    """The number of an allocation, from 1, or `each`."""

    name = "N|each"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number, or EACH."""
        if isinstance(value, int):
            return value
        if value == "each":
            return EACH
        text = str(value)
        if not text.isdecimal() or int(text) == 0:
            self.fail(f"{value!r} is neither a number from 1 nor `each`", param, ctx)
        return int(text)


LANG = click.option(
    "--lang", type=click.Choice(["c", "rust"]), help="The language of standard input."
)

EDITION = click.option(
    "--edition",
    type=click.Choice(["2015", "2018", "2021"]),
    default="2021",
    show_default=True,
    help="The edition of Rust sources.",
)


def usage(message: str) -> NoReturn:
    """End with a usage error."""
    raise click.UsageError(message)
