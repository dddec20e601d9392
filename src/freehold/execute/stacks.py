"""From return addresses to frames of the source: user code by its sites, wrappers by their name."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

from freehold.diagnostics import Frame
from freehold.execute.load import Loaded
from freehold.records import dataclass
from freehold.source import STD, Span

WRAPPER = "fhw_"


class Site(Protocol):
    """A place in the source that compiled code refers to by number.

    `function` is the enclosing function as the user wrote it; `name` the variable or member that
    the site declares or touches, "" if there is none.
    """

    @property
    def span(self) -> Span:
        """Where it is."""

    @property
    def function(self) -> str:
        """The function around it, "" at file scope."""

    @property
    def name(self) -> str:
        """The variable or member."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A call stack: the libc function that was called last ("" for none), then user frames."""

    wrapper: str
    frames: tuple[Frame, ...]

    @property
    def at(self) -> Span | None:
        """The innermost place in the user's source."""
        return next((frame.span for frame in self.frames if frame.span is not None), None)

    @property
    def all(self) -> tuple[Frame, ...]:
        """The frames with the libc function, if any, as the innermost."""
        named = self.wrapper and not self.wrapper.startswith(_ENTRIES)
        return (Frame(self.wrapper, None), *self.frames) if named else self.frames


def _of_std(frame: Frame) -> bool:
    if frame.span is None:
        return False
    return frame.span.in_std or frame.function.startswith(_GLUE)


def _as_written(frame: Frame) -> Frame:
    """Return a frame in a macro of std's at the place of the macro's call."""
    if frame.span is not None and frame.span.source.name.startswith(STD):
        return Frame(frame.function, frame.span.outermost())
    return frame


_GLUE = "drop of "  # drop glue, which is nobody's source
_ENTRIES = "__freehold_"  # what Rust's std calls in the run time
_START = "lang_start"  # the function of std that calls main


def shortened(frames: list[Frame]) -> list[Frame]:
    """Leave out the inside of Rust's std: of its frames in a row, what user code called stays.

    What leads to `main` goes too.
    """
    if not any(frame.span and frame.span.source.name.startswith(STD) for frame in frames):
        return frames
    end = next((i for i, frame in enumerate(frames) if frame.function == _START), len(frames))
    while end and end < len(frames) and _of_std(frames[end - 1]):
        end -= 1
    if end < len(frames) and end > 1 and frames[end - 1].function == frames[end - 2].function:
        end -= 1  # the call of `main` through a trait
    kept: list[Frame] = []
    for number in range(end):
        frame = frames[number]
        if not _of_std(frame):
            kept.append(_as_written(frame))
        elif number + 1 >= end or not _of_std(frames[number + 1]):
            kept.append(Frame(frame.function, None))
    return kept


class Stacks:
    """Knows the loaded code and the sites, and turns addresses into frames."""

    def __init__(
        self,
        loaded: Loaded,
        sites: Sequence[Site],
        chain: Callable[[int], tuple[int, ...]],
        of_base: Callable[[int], tuple[int, ...]] = lambda offset: (),
    ) -> None:
        """Take `chain`, which maps an offset in .text to site numbers, innermost first.

        `of_base` is the same for what the program is linked with.
        """
        self._loaded = loaded
        self._sites = sites
        self._chain = chain
        self._of_base = of_base
        self.chain_at = lru_cache(maxsize=4096)(self._chain_at)

    def site(self, number: int) -> Site | None:
        """Return site `number`, None for 0 and for what is out of range."""
        return self._sites[number] if 0 < number < len(self._sites) else None

    def _chain_at(self, pc: int) -> tuple[int, ...]:
        offset = self._loaded.program.text_offset(pc)
        if offset is not None:
            return self._chain(offset)
        base = self._loaded.base
        offset = base.text_offset(pc) if base is not None else None
        return self._of_base(offset) if offset is not None else ()

    def trace(self, addresses: Sequence[int], site: int = 0) -> Trace:
        """Return the frames of a stack of return addresses.

        `site`, if not 0, is where the innermost user frame is: more exact than its address.
        """
        wrapper = ""
        frames: list[Frame] = []
        for address in addresses:
            pc = address - 1
            if self._is_program(pc):
                frames.extend(self._frames_at(pc, site if not frames else 0))
            elif (name := self._loaded.runtime.function_at(pc)).startswith(WRAPPER):
                name = name.removeprefix(WRAPPER)
                if frames:  # qsort, between the program and what it calls back
                    frames.append(Frame(name, None))
                else:
                    wrapper = name
        if not frames and (known := self.site(site)) is not None:
            frames.append(Frame(known.function, known.span))
        return Trace(wrapper, tuple(shortened(frames)))

    def _is_program(self, pc: int) -> bool:
        base = self._loaded.base
        return self._loaded.program.contains(pc) or (base is not None and base.contains(pc))

    def _frames_at(self, pc: int, site: int) -> list[Frame]:
        chain = self.chain_at(pc)
        if site and (not chain or chain[0] != site):
            chain = (site, *chain[1:])
        known = [found for number in chain if (found := self.site(number)) is not None]
        if known:
            return [Frame(found.function, found.span) for found in known]
        # The entry to main and the thunks have no sites: they are none of the user's.
        return []

    def function_of(self, address: int) -> str:
        """Return the name of the user function that `address` returns into."""
        frames = self.trace((address,)).frames
        return frames[-1].function if frames else "?"
