"""What a whole check found, kept for the time when nothing has changed since."""

import marshal
import pickle
from collections.abc import Sequence

from freehold.diagnostics import Diagnostic
from freehold.driver import pickles
from freehold.driver.pickles import Texts
from freehold.driver.reader import Files, hash_of
from freehold.driver.units import ReadUnit, Seen, is_current
from freehold.records import dataclass
from freehold.source import Source


@dataclass(frozen=True, slots=True)
class Findings:
    """What checking found; `notes` are lines on what is not listed."""

    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()


def encode_findings(found: Findings, seen: Seen, tasks: Sequence[ReadUnit]) -> bytes:
    """Return findings as bytes; they count as long as the files `seen` are as they were."""
    data, sources = pickles.write(found)
    own = {task.name: hash_of(task.text) for task in tasks}
    hashes = dict(seen) | own

    def stands(source: Source) -> bool:
        return hashes.get(source.name) == hash_of(source.text)

    return marshal.dumps((pickles.table_of(sources, stands), seen, data))


def decode_findings(
    data: bytes, tasks: Sequence[ReadUnit], files: Files, texts: Texts
) -> Findings | None:
    """Return the findings, None if they no longer count."""
    own = {task.name: task.text for task in tasks}
    try:
        table, seen, rest = marshal.loads(data)
        if not is_current(seen, files):
            return None
        sources = pickles.sources_of(table, texts, lambda name: own.get(name) or files.text(name))
        made = pickles.read(rest, sources)
    except (ValueError, TypeError, EOFError, KeyError, AttributeError, pickle.UnpicklingError):
        return None  # it is not as it was written
    return made if isinstance(made, Findings) else None
