"""The work of `freehold check`: from sources to findings, before any of them is left out."""

import gc

from freehold.config import ResourcePair
from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache
from freehold.driver.listener import Listener
from freehold.driver.means import Means, NoCluster
from freehold.driver.options import CompileOptions
from freehold.records import dataclass
from freehold.source import Source

__all__ = ["CheckJob", "Checked", "Means", "NoCluster", "Unit", "check"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A source, and how it is compiled."""

    source: Source
    options: CompileOptions


@dataclass(frozen=True, slots=True)
class CheckJob:
    """What is to be checked, and by what means: C files together, each Rust file by itself."""

    units: tuple[Unit, ...]
    pedantic: bool = False
    resources: tuple[ResourcePair, ...] = ()
    means: Means = Means()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, those on C first; `notes` are lines on what is not listed."""

    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()


def check(job: CheckJob, listener: Listener) -> Checked:
    """Return all findings; `listener` hears how far it has got."""
    rust = [unit for unit in job.units if unit.source.name.endswith(".rs")]
    c = [unit for unit in job.units if unit not in rust]
    found: list[Diagnostic] = []
    notes: tuple[str, ...] = ()
    if c:
        from freehold.driver.static import check_c
        from freehold.effects.pairs import Pair

        units = [(u.source, u.options) for u in c]
        pairs = tuple(Pair(r.acquire, r.release, r.name, r.failure) for r in job.resources)
        done = check_c(
            units, pedantic=job.pedantic, pairs=pairs, means=job.means, say=listener.progress
        )
        found.extend(done.findings)
        notes = done.notes
    for number, unit in enumerate(rust, 1):
        if len(rust) > 1:
            listener.progress(f"{number} of {len(rust)}: {unit.source.name}")
            gc.collect()  # definitions refer to each other: those of the file before are let go of
        found.extend(_rust(unit, Cache(job.means.cache)))
    listener.progress("")
    return Checked(tuple(found), notes)


def _rust(unit: Unit, cache: Cache) -> tuple[Diagnostic, ...]:
    from freehold.driver.deep import deeply
    from freehold.driver.rust import check_source, load_std
    from freehold.rust.edition import Edition

    load_std(cache)
    options = unit.options
    edition = Edition(options.edition)
    return deeply(lambda: check_source(unit.source, strict=options.strict, edition=edition))
