"""Check and run the Rust Book's listings: verdicts against the list, output against rustc's.

python -m tests.corpora.rust_book PATH_OF_BOOK LIST [--match ch04] [--run] [--verbose]

LIST is a table: chapter_listing, edition, verdict, code:line of each error, exit status. With --run
the listings that run are run here and, where rustc is installed, as its programs.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.corpora.harness import Result, run_freehold
from tests.corpora.rust_checks import Checked, check_all, expected, shown


@dataclass(frozen=True, slots=True)
class Listing:
    """A row of the list. `status` is None if the program is not to be run."""

    name: str
    path: Path
    edition: str
    fails: bool
    wanted: str
    status: int | None


def read_list(book: Path, table: Path) -> list[Listing]:
    """Return the listings whose source is there."""
    found: list[Listing] = []
    folders = {one.name.split("-")[0]: one for one in (book / "listings").iterdir()}
    for line in table.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, edition, verdict, wanted, status = (line + "\t\t\t\t").split("\t")[:5]
        chapter, _, rest = name.partition("_")
        folder = folders[chapter] / rest / "src"
        source = next((f for f in (folder / "main.rs", folder / "lib.rs") if f.exists()), None)
        if source is not None:
            number = int(status) if status.isdigit() else None
            found.append(Listing(name, source, edition, verdict == "fail", wanted, number))
    return found


def judge(listing: Listing, checked: Checked) -> str:
    """Return right, wrong, unsupported or crash."""
    if checked.crash:
        return "crash"
    if checked.unsupported:
        return "unsupported"
    right = checked.findings == (expected(listing.wanted) if listing.fails else frozenset())
    return "right" if right else "wrong"


def rustc_output(listing: Listing) -> bytes | None:
    """Return what rustc's program prints, None without rustc."""
    if shutil.which("rustc") is None:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        program = Path(scratch) / "program"
        build = ["rustc", "--edition", listing.edition, "-A", "warnings", "-o", str(program)]
        done = subprocess.run(
            [*build, str(listing.path)], capture_output=True, check=False, timeout=120
        )
        if done.returncode:
            return None
        run = subprocess.run([program], capture_output=True, check=False, timeout=20, input=b"")
        return run.stdout


def compare(listing: Listing) -> tuple[str, Result]:
    """Run a listing; return same, differs, unsupported or not compared."""
    ours = run_freehold([listing.path])
    if any(one.severity == "unsupported" for one in ours.findings):
        return "unsupported", ours
    theirs = rustc_output(listing)
    if theirs is None:
        return "not compared", ours
    same = ours.stdout == theirs and ours.exit_code == listing.status
    return "same" if same else "differs", ours


def main() -> int:
    """Check the listings, run those that run, print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("list", type=Path)
    parser.add_argument("--match", default="")
    parser.add_argument("--run", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    listings = [one for one in read_list(args.path, args.list) if args.match in one.name]
    answers = list(check_all([one.path for one in listings], args.jobs))
    verdicts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for listing, checked in zip(listings, answers, strict=True):
        verdict = judge(listing, checked)
        verdicts[verdict] += 1
        reasons.update({*checked.unsupported} if verdict == "unsupported" else ())
        reasons.update([checked.crash] if checked.crash else ())
        if args.verbose and verdict in ("wrong", "crash"):
            said = checked.crash or shown(checked.findings)
            print(f"{listing.name}: {verdict}: {said}, wanted {listing.wanted or 'nothing'}")
    for reason, count in reasons.most_common(30):
        print(f"{count:5} {reason}")
    print("verdicts: " + _row(verdicts, len(listings)))
    if args.run:
        _run([one for one in listings if one.status is not None], args.jobs, args.verbose)
    return 0


def _run(listings: list[Listing], jobs: int, verbose: bool) -> None:  # noqa: FBT001
    outputs: Counter[str] = Counter()
    with ThreadPoolExecutor(jobs) as pool:
        for listing, (answer, ours) in zip(listings, pool.map(compare, listings), strict=True):
            outputs[answer] += 1
            if verbose and answer == "differs":
                print(f"{listing.name}: exit {ours.exit_code}, {ours.summary()}")
    print("runs: " + _row(outputs, len(listings)))


def _row(counts: Counter[str], whole: int) -> str:
    shares = (f"{name} {n} ({100 * n / max(whole, 1):.1f} %)" for name, n in counts.most_common())
    return f"{whole}: " + ", ".join(shares)


if __name__ == "__main__":
    sys.exit(main())
