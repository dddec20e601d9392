"""Static checking of C: sources, one linked program, the findings of the engine in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import STALE_POINTER, UNCHECKED_ALLOCATION, USE_AFTER_FREE
from freehold.driver.options import CompileOptions
from freehold.mir.body import Program
from freehold.source import Source

Unit = tuple[Source, CompileOptions]


@dataclass(frozen=True, slots=True)
class Findings:
    """What checking found; `notes` are lines on what is not listed."""

    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()


def check_c(units: Sequence[Unit], *, pedantic: bool) -> Findings:
    """Check `units`, linked as one program, without running them."""
    from freehold.driver.deep import deeply

    return deeply(lambda: _check(units, pedantic=pedantic))


def _check(units: Sequence[Unit], *, pedantic: bool) -> Findings:
    from freehold.checks import diagnose
    from freehold.effects import check_program

    program, said = _read(units)
    if program is None:
        return Findings(tuple(said))
    done = check_program(program)
    found = _once(diagnose(finding) for finding in done.findings)
    shown = [d for d in found if pedantic or d.code is not UNCHECKED_ALLOCATION]
    notes: list[str] = []
    silent = len(found) - len(shown)
    if silent:
        what = "1 allocation is" if silent == 1 else f"{silent:,} allocations are"
        notes.append(f"{what} used without a test for failure: --pedantic lists them")
    if done.limits:
        number = len(done.limits)
        what = "1 function was" if number == 1 else f"{number:,} functions were"
        notes.append(f"{what} looked at in part only: too many paths")
    return Findings((*said, *shown), tuple(notes))


def _read(units: Sequence[Unit]) -> tuple[Program | None, list[Diagnostic]]:
    """Return the program that the units make together, and what was said about them."""
    from freehold.c.pp.files import read_from_disk
    from freehold.driver.frontend import is_fatal, read_unit
    from freehold.mir.link import link

    said: list[Diagnostic] = []
    programs: list[Program] = []
    for source, options in units:
        front = read_unit(source, options, read_from_disk)
        said.extend(
            d for d in front.diagnostics if options.warnings or d.severity is not Severity.WARNING
        )
        if front.program is not None:
            programs.append(front.program)
    if len(programs) < len(units):
        return None, said
    program, problems = link(programs)
    said.extend(problems)
    return (None if is_fatal(problems) else program), said


def _once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return one finding for each code and place, the gravest, in the order of the text."""
    kept: dict[object, Diagnostic] = {}
    for one in found:
        key = (one.code.id, one.at)
        before = kept.get(key)
        if before is None or one.severity is Severity.ERROR:
            kept[key] = one
    # What was released is more than what may have been.
    freed = {one.at for one in kept.values() if one.code is USE_AFTER_FREE}
    shown = (d for d in kept.values() if not (d.code is STALE_POINTER and d.at in freed))
    return sorted(shown, key=_place)


def _place(found: Diagnostic) -> tuple[str, int]:
    at = found.at
    return ("", 0) if at is None else (at.outermost().source.name, at.outermost().start)
