"""Carrying out the edits of findings: what comes of them is checked before it counts.

An edit is kept only if the text still parses, the finding is gone, and nothing new is found.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from freehold.diagnostics import Diagnostic
from freehold.driver.fixes import edited
from freehold.records import dataclass
from freehold.source import Source

Check = Callable[[Sequence[Source]], Sequence[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Mended:
    """The sources as they are now, in the order as they were, and how many findings are gone."""

    sources: tuple[Source, ...]
    gone: int


def mend(sources: Sequence[Source], findings: Iterable[Diagnostic], check: Check) -> Mended:
    """Carry out the edits of `findings` in `sources`; `check` says what is found in others."""
    wanted = [one for one in findings if _is_in(one, sources)]
    before = _counted(wanted if not wanted else check(sources))
    done = _tried(sources, wanted, before, check)
    if done is None:
        # One of them is in the way: each by itself.
        good: list[Diagnostic] = []
        for one in wanted:
            if _tried(sources, [*good, one], before, check) is not None:
                good.append(one)
        wanted = good
        done = _tried(sources, good, before, check) if good else None
    return Mended(tuple(done or sources), len(wanted) if done is not None else 0)


def _is_in(found: Diagnostic, sources: Sequence[Source]) -> bool:
    return bool(found.fix) and all(part.span.source in sources for part in found.fix)


def _tried(
    sources: Sequence[Source],
    wanted: Sequence[Diagnostic],
    before: Counter[tuple[str, str]],
    check: Check,
) -> list[Source] | None:
    """Return the sources with the edits of `wanted`, None if that is no better."""
    if not wanted:
        return list(sources)
    fixes = [one.fix for one in wanted]
    made = [Source(one.name, edited(one, fixes)) for one in sources]
    after = _counted(check(made))
    allowed = before - _counted(wanted)
    return made if after <= allowed else None


def _counted(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter(
        (one.code.id, "" if one.at is None else one.at.outermost().source.name) for one in found
    )
