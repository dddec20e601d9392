"""Run Miri's tests about memory: is each fault found, with the right kind, and nothing else?

python -m tests.corpora.miri PATH_OF_MIRI_TESTS LIST [--match dangling] [--verbose]

LIST is a table: path, fail, pass or panic, revisions, the annotated error. Of the failing, those in
the folders about memory proper count; of the passing, all that stand alone.
"""

import argparse
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.corpora.harness import Result, run_freehold
from tests.corpora.rust_checks import kept_back

# Which codes are right for a folder of Miri's tests: what we call the fault that it is about.
KINDS = {
    "fail/dangling_pointers/": ("FH01", "FH02", "FH05"),
    "fail/alloc/": ("FH02", "FH03", "FH08"),
    "fail/uninit/": ("FH04",),
    "fail/unaligned_pointers/": ("FH0503",),
    "fail/memleak": ("FH08",),
    "fail/tls_macro_leak": ("FH08",),
}
# Options that ask Miri for another Rust than we run: such a test says nothing of ours.
_OTHERWISE = {
    "pass": re.compile(
        r"^//@ *compile-flags:.*(overflow-checks=off|-Zmir-enable-passes|-Zmiri-num-cpus"
        r"|-Zmiri-env-set|-Zmiri-disable-alignment-check)",
        re.M,
    ),
    "fail": re.compile(r"^//@ *compile-flags:.*-Zmiri-symbolic-alignment-check", re.M),
}
# What says that it runs under Miri, or demands exchanges that fail for no reason, as Miri's do.
_MIRI_ITSELF = re.compile(r"assert!\(cfg!\(miri\)\)|panic!\(\"compare_exchange_weak succeeded")
_TARGETS = re.compile(r"^//@ *(only|ignore)-target: *([\w -]+)", re.M)


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the list; `kinds` are prefixes of the codes that are right, () if it must pass.

    `leaks`: it passes though it leaks, for Miri is told not to look.
    """

    path: Path
    listed: str
    kinds: tuple[str, ...]
    leaks: bool = False


def read_list(tests: Path, table: Path) -> list[Case]:
    """Return the tests about memory, and those that must run clean, all under our rules."""
    found: list[Case] = []
    for line in table.read_text(encoding="utf-8").splitlines():
        listed, verdict, *_ = (line + "\t").split("\t")
        if not line or line.startswith("#") or kept_back(listed) or not _for_us(tests / listed):
            continue
        text = (tests / listed).read_text(encoding="utf-8")
        if verdict in _OTHERWISE and _OTHERWISE[verdict].search(text):
            continue
        if _MIRI_ITSELF.search(text):
            continue
        if verdict == "pass":
            leaks = "-Zmiri-ignore-leaks" in text
            found.append(Case(tests / listed, listed, (), leaks))
            continue
        part = next((kinds for start, kinds in KINDS.items() if listed.startswith(start)), None)
        if verdict == "fail" and part is not None:
            found.append(Case(tests / listed, listed, part))
    return found


def _for_us(path: Path) -> bool:
    """Tell whether Miri runs a test for our target, Linux on x86-64."""
    for only, targets in _TARGETS.findall(path.read_text(encoding="utf-8")):
        ours = any(word in "x86_64-unknown-linux-gnu" for word in targets.split("#")[0].split())
        if ours is not (only == "only"):
            return False
    return True


def judge(case: Case, result: Result) -> str:
    """Return right, wrong or unsupported."""
    if any(one.severity == "unsupported" for one in result.findings):
        return "unsupported"
    if not case.kinds:
        codes = {code for code in result.codes if not (case.leaks and code.startswith("FH08"))}
        clean = result.exit_code == 0 or (case.leaks and bool(result.codes))
        return "right" if not codes and clean else "wrong"
    return "right" if any(code.startswith(case.kinds) for code in result.codes) else "wrong"


def main() -> int:
    """Run the tests and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("list", type=Path)
    parser.add_argument("--match", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    cases = [case for case in read_list(args.path, args.list) if args.match in case.listed]
    with ThreadPoolExecutor(args.jobs) as pool:
        results = list(pool.map(lambda case: run_freehold([case.path]), cases))
    totals: Counter[tuple[str, str]] = Counter()
    for case, result in zip(cases, results, strict=True):
        verdict = judge(case, result)
        totals["faulty" if case.kinds else "clean", verdict] += 1
        if args.verbose and verdict == "wrong":
            print(f"{case.listed}: exit {result.exit_code}, {result.summary()}")
    for kind in ("faulty", "clean"):
        counts = {verdict: n for (which, verdict), n in totals.items() if which == kind}
        whole = max(sum(counts.values()), 1)
        cells = ", ".join(f"{v} {n} ({100 * n / whole:.1f} %)" for v, n in counts.items())
        print(f"{kind}: {cells}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
