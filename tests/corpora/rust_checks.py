"""Running the Rust checker over many files: in worker processes, with a limit on each file."""

import hashlib
import multiprocessing
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from freehold.api import cache_folder
from freehold.diagnostics import Severity
from freehold.driver.cache import Cache
from freehold.source import Source

Finding = tuple[str, int]  # code ("-" for rustc's errors without one), line
SECONDS = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What we say of one file. `unsupported` are the constructs that we do not know."""

    path: Path
    findings: frozenset[Finding] = frozenset()
    unsupported: tuple[str, ...] = ()
    crash: str = ""


def kept_back(listed: str) -> bool:
    """Tell whether a listed path is kept for acceptance."""
    return hashlib.sha1(listed.encode(), usedforsecurity=False).hexdigest()[0] in "0123"


def check_one(path: Path, edition: int = 2021) -> Checked:
    """Check one file; a fault of ours is told by its last frame."""
    from freehold.driver.rust import check_source  # noqa: PLC0415  (heavy)
    from freehold.rust.edition import Edition  # noqa: PLC0415

    def late(_signal: int, _frame: object) -> None:
        raise TimeoutError

    # Of the processor's time: a busy machine is no fault of ours.
    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        source = Source(str(path), path.read_text(encoding="utf-8", errors="replace"))
        found = check_source(source, edition=Edition(edition))
    except TimeoutError:
        return Checked(path, crash="timeout")
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        last = frames[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        return Checked(path, crash=f"{type(error).__name__}: {str(error)[:80]} at {where}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    errors = [one for one in found if one.severity is Severity.ERROR]
    return Checked(
        path,
        frozenset(
            (
                one.code.id if one.code.id.startswith("E") else "-",
                one.at.outermost().line if one.at is not None else 0,
            )
            for one in errors
        ),
        tuple(one.message for one in found if one.severity is Severity.UNSUPPORTED),
    )


def check_all(
    paths: Sequence[Path], jobs: int, edition_of: Callable[[Path], int] = lambda _path: 2021
) -> Iterator[Checked]:
    """Check files in `jobs` processes, in order."""
    from freehold.driver.rust import check_source, load_std  # noqa: PLC0415  (heavy)

    load_std(Cache(cache_folder()))
    check_source(Source("warm.rs", "fn main() {}"))  # load std once: the workers inherit it
    context = multiprocessing.get_context("fork")
    with context.Pool(jobs, maxtasksperchild=50) as pool:
        work = [(path, edition_of(path)) for path in paths]
        yield from pool.imap(_check_one, work, chunksize=4)


def _check_one(work: tuple[Path, int]) -> Checked:
    return check_one(*work)


def expected(words: str) -> frozenset[Finding]:
    """Read `E0382:6 -:9`."""
    pairs = (word.rpartition(":") for word in words.split())
    return frozenset((code, int(line)) for code, _, line in pairs)


def shown(findings: Iterable[Finding]) -> str:
    """Write findings as the lists have them."""
    return " ".join(f"{code}:{line}" for code, line in sorted(findings)) or "nothing"
