"""Kernels, side by side in one run: Freehold against what the machine has of the peers.

    python -m bench.kernels [--suite rust] [--runs 3] [--only list,trees] [--without valgrind]

CPU is user + system seconds of the program alone (Freehold's compile time is shown apart), the
median of the runs; memory is the peak resident set in MiB. Ratios are to the suite's first peer.
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

KERNELS = Path(__file__).parent / "kernels"
NAMES = ("list", "trees", "matmul", "sieve", "strings", "hash", "nbody", "quicksort", "interpreter")
ALLOCATING = frozenset({"list", "trees"})


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to build and run a kernel. `build` makes `{exe}` from `{source}`; `run` starts it."""

    name: str
    build: tuple[str, ...]
    run: tuple[str, ...] = ("{exe}",)

    @property
    def available(self) -> bool:
        """Whether its tools are on this machine."""
        tools = (self.build[0], self.run[0])
        return all(tool == "{exe}" or shutil.which(tool) for tool in tools)


PEERS = (
    Peer("gcc -O2", ("gcc", "-O2", "{source}", "-o", "{exe}", "-lm")),
    Peer("clang -O2", ("clang", "-O2", "{source}", "-o", "{exe}", "-lm")),
    Peer("gcc ASan", ("gcc", "-O2", "-g", "-fsanitize=address", "{source}", "-o", "{exe}", "-lm")),
    Peer("clang ASan", ("clang", "-O2", "-fsanitize=address", "{source}", "-o", "{exe}", "-lm")),
    Peer("clang MSan", ("clang", "-O2", "-fsanitize=memory", "{source}", "-o", "{exe}", "-lm")),
    Peer(
        "valgrind",
        ("gcc", "-O2", "-g", "{source}", "-o", "{exe}", "-lm"),
        ("valgrind", "-q", "--leak-check=full", "{exe}"),
    ),
)
RUSTC = ("rustc", "--edition", "2021", "{source}", "-o", "{exe}")
RUST_PEERS = (Peer("rustc -O", (*RUSTC, "-O")), Peer("rustc debug", RUSTC))
FREEHOLD = "freehold"
CHECKED = "check-all"  # Freehold, when it checks what Rust's rules have proven, too


@dataclass(frozen=True, slots=True)
class Suite:
    """Kernels of one language; the first of `peers` is what the others are compared with."""

    suffix: str
    names: tuple[str, ...]
    peers: tuple[Peer, ...]
    ways: tuple[str, ...] = (FREEHOLD,)

    @property
    def base(self) -> str:
        """The peer that ratios are to."""
        return self.peers[0].name


SUITES = {
    "c": Suite(
        ".c",
        (
            "list",
            "trees",
            "matmul",
            "sieve",
            "strings",
            "hash",
            "nbody",
            "quicksort",
            "interpreter",
        ),
        PEERS,
    ),
    "rust": Suite(
        ".rs",
        ("list", "matmul", "sieve", "quicksort", "nbody", "interpreter"),
        RUST_PEERS,
        (FREEHOLD, CHECKED),
    ),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """CPU seconds, peak MiB, and what was printed."""

    seconds: float
    mebibytes: float
    output: bytes


def measure(command: list[str], cwd: Path) -> Measure | None:
    """Run `command` once; None if it fails."""
    with (cwd / "out").open("w+b") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            return None
        out.seek(0)
        return Measure(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read())


def measure_freehold(source: Path, cwd: Path, way: str = FREEHOLD) -> Measure | None:
    """Run a kernel under Freehold: the child's own CPU and memory, from its JSON report."""
    report = cwd / "report.json"
    with (cwd / "out").open("w+b") as out:
        process = subprocess.run(
            [sys.executable, "-m", "freehold", "run", "--format", "json",
             "--report", str(report), *([] if way == FREEHOLD else [f"--{way}"]), str(source)],
            stdout=out, stderr=subprocess.DEVNULL, cwd=cwd, check=False,
        )  # fmt: skip
        if process.returncode != 0:
            return None
        out.seek(0)
        usage = json.loads(report.read_text())["run"]["usage"]
        return Measure(usage["cpu_seconds"], usage["peak_bytes"] / 2**20, out.read())


def median(samples: list[Measure | None]) -> Measure | None:
    """Return the sample of median CPU, or None if any run failed."""
    good = [sample for sample in samples if sample is not None]
    if len(good) != len(samples) or not good:
        return None
    return sorted(good, key=lambda sample: sample.seconds)[len(good) // 2]


def run_kernel(
    suite: Suite, name: str, runs: int, cwd: Path, without: frozenset[str]
) -> dict[str, Measure | None]:
    """Measure one kernel under every tool, the tools taking turns."""
    source = KERNELS / f"{name}{suite.suffix}"
    commands: dict[str, list[str]] = {}
    for peer in suite.peers:
        if peer.name in without or not peer.available:
            continue
        exe = cwd / f"{name}.{peer.name.replace(' ', '_')}"
        places = {"source": str(source), "exe": str(exe)}
        build = [part.format(**places) for part in peer.build]
        if subprocess.run(build, capture_output=True, check=False).returncode == 0:
            commands[peer.name] = [part.format(**places) for part in peer.run]
    ways = [way for way in suite.ways if way not in without]
    samples: dict[str, list[Measure | None]] = {tool: [] for tool in [*commands, *ways]}
    for way in ways:
        measure_freehold(source, cwd, way)  # compile once, into the cache
    for _ in range(runs):
        for tool, command in commands.items():
            if tool != "valgrind" or not samples[tool]:
                samples[tool].append(measure(command, cwd))
        for way in ways:
            samples[way].append(measure_freehold(source, cwd, way))
    return {tool: median(taken) for tool, taken in samples.items()}


def geometric(values: list[float]) -> float:
    """Return the geometric mean."""
    return math.exp(statistics.fmean(math.log(value) for value in values))


def table(base_tool: str, results: dict[str, dict[str, Measure | None]]) -> Iterator[str]:
    """Yield the ratios and the memory, a row a kernel, then the geometric means."""
    tools = list(next(iter(results.values())))
    yield f"{f'CPU, x {base_tool}':<16}" + "".join(f"{tool:>12}" for tool in tools)
    ratios: dict[str, dict[str, float]] = {tool: {} for tool in tools}
    for name, row in results.items():
        base = row.get(base_tool)
        cells = []
        for tool in tools:
            one = row[tool]
            if one is None or base is None:
                cells.append(f"{'failed' if one is None else f'{one.seconds:.2f} s':>12}")
                continue
            ratios[tool][name] = one.seconds / base.seconds
            cells.append(f"{ratios[tool][name]:>12.2f}")
        yield f"{name:<16}" + "".join(cells)
    for title, skipped in (("geometric mean", frozenset()), ("without alloc.", ALLOCATING)):
        cells = []
        for tool in tools:
            kept = [ratio for name, ratio in ratios[tool].items() if name not in skipped]
            cells.append(f"{geometric(kept):>12.2f}" if kept else f"{'-':>12}")
        yield f"{title:<16}" + "".join(cells)
    yield f"{'peak MiB':<16}"
    for name, row in results.items():
        cells = [
            f"{one.mebibytes:>12.0f}" if (one := row[tool]) else f"{'-':>12}" for tool in tools
        ]
        yield f"{name:<16}" + "".join(cells)


def main() -> int:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--suite", choices=SUITES, default="c")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--without", default="")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    suite = SUITES[args.suite]
    names = args.only.split(",") if args.only else suite.names
    file = args.json or Path(f"bench/out/kernels_{args.suite}.json")
    without = frozenset(args.without.split(","))
    with tempfile.TemporaryDirectory() as cwd:
        results = {name: run_kernel(suite, name, args.runs, Path(cwd), without) for name in names}
    for row in results.values():
        outputs = {one.output for one in row.values() if one is not None}
        if len(outputs) > 1:
            print("outputs differ between tools")
            return 1
    print("\n".join(table(suite.base, results)))
    file.parent.mkdir(parents=True, exist_ok=True)
    plain = {
        name: {
            tool: {k: v for k, v in asdict(one).items() if k != "output"} if one else None
            for tool, one in row.items()
        }
        for name, row in results.items()
    }
    file.write_text(json.dumps(plain, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
