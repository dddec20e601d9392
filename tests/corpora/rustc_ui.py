"""Compare our verdicts with rustc's on its own ui tests.

python -m tests.corpora.rustc_ui PATH_OF_TESTS_UI LIST [--all] [--match borrowck/] [--verbose]

LIST is a table: path, fail or pass, 1 if about borrow checking proper, code:line of each error.
Of the failing: exact (the same set of code and line), unsupported (we say that we do not know a
construct), wrong (all else). Of the passing: clean, unsupported, false alarm.
"""

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.corpora.rust_checks import Checked, check_all, expected, kept_back, shown


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the list."""

    listed: str
    fails: bool
    wanted: str


def read_list(path: Path, *, every: bool) -> list[Case]:
    """Return the rows about borrow checking proper, or all."""
    rows = (
        (line + "\t\t\t").split("\t")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return [
        Case(listed, verdict == "fail", wanted)
        for listed, verdict, proper, wanted, *_ in rows
        if (every or proper == "1") and not kept_back(listed)
    ]


def edition_of(path: Path) -> int:
    """Return the edition that a test asks for (`//@ edition: 2021`); without a word, the first."""
    found = re.search(r"^//@? *edition: *(\d+)", path.read_text(errors="replace"), re.MULTILINE)
    return min(int(found[1]), 2021) if found else 2015


def judge(case: Case, checked: Checked) -> str:
    """Return exact, clean, unsupported, wrong, false alarm or crash."""
    if checked.crash:
        return "crash"
    if checked.unsupported:
        return "unsupported"
    if case.fails:
        return "exact" if checked.findings == expected(case.wanted) else "wrong"
    return "false alarm" if checked.findings else "clean"


def main() -> int:
    """Check the files and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("list", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--match", default="")
    parser.add_argument("--every", type=int, default=1, help="only each n-th case")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    cases = [case for case in read_list(args.list, every=args.all) if args.match in case.listed]
    cases = cases[:: args.every]
    paths = [args.path / case.listed for case in cases]
    answers = list(check_all(paths, args.jobs, edition_of))
    totals: Counter[tuple[bool, str]] = Counter()
    by_code: dict[str, Counter[str]] = {}
    reasons: Counter[str] = Counter()
    for case, checked in zip(cases, answers, strict=True):
        verdict = judge(case, checked)
        totals[case.fails, verdict] += 1
        for code in {word.rpartition(":")[0] for word in case.wanted.split()}:
            by_code.setdefault(code, Counter())[verdict] += 1
        reasons.update({*checked.unsupported} if verdict == "unsupported" else ())
        reasons.update([checked.crash] if checked.crash else ())
        if args.verbose and verdict in ("wrong", "false alarm", "crash"):
            said = checked.crash or shown(checked.findings)
            print(f"{case.listed}: {verdict}: {said}, wanted {case.wanted or 'nothing'}")
    for reason, count in reasons.most_common(30):
        print(f"{count:5} {reason}")
    print(f"{'code':8}{'exact':>8}{'wrong':>8}{'unsup.':>8}{'crash':>8}")
    for code, row in sorted(by_code.items(), key=lambda item: -sum(item[1].values())):
        cells = (row["exact"], row["wrong"], row["unsupported"], row["crash"])
        print(f"{code:8}" + "".join(f"{cell:>8}" for cell in cells))
    return _totals(totals)


def _totals(totals: "Counter[tuple[bool, str]]") -> int:
    failing = sum(count for (fails, _), count in totals.items() if fails)
    passing = sum(count for (fails, _), count in totals.items() if not fails)
    wrong = totals[True, "wrong"] + totals[True, "crash"] + totals[False, "crash"]
    alarms = totals[False, "false alarm"]
    answered = totals[False, "clean"] + alarms
    exact = totals[True, "exact"]
    print(f"failing: {exact} of {failing} exact ({_share(exact, failing)})")
    print(f"passing: {answered} of {passing} answered ({_share(answered, passing)}),", end=" ")
    print(f"{alarms} false alarms ({_share(alarms, answered)})")
    everything = failing + passing
    print(f"wrong of all: {wrong + alarms} of {everything} ({_share(wrong + alarms, everything)})")
    return 0


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
