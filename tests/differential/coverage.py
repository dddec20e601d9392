"""Which expressions of a C program are executed: clang's regions and how often each was entered."""

import json
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

# A run that is killed, or does not end, still writes what it has counted.
_AT_DEATH = """
#include <signal.h>
#include <unistd.h>
extern int __llvm_profile_write_file(void);
static void dead(int number) { __llvm_profile_write_file(); _exit(128 + number); }
static void __attribute__((constructor)) arm(void) {
    int deadly[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTRAP, SIGALRM};
    for (unsigned i = 0; i < sizeof deadly / sizeof *deadly; i++) signal(deadly[i], dead);
    alarm(20);
}
"""
_OLD_C = ("implicit-function-declaration", "implicit-int", "int-conversion")
_COMPILER = (
    *("-w", "-O0", "-fprofile-instr-generate", "-fcoverage-mapping"),
    *(f"-Wno-error={what}" for what in _OLD_C),
)

Place = tuple[int, int]  # line and column, from 1


class Coverage:
    """How often each place of each file was executed."""

    def __init__(self, files: Mapping[str, list[tuple[Place, int]]]) -> None:
        self._files = files

    def executed(self, file: str, place: Place) -> bool:
        """Whether the region at `place` of the file of that name was entered."""
        segments = self._files.get(Path(file).name, [])
        at = bisect_right(segments, place, key=lambda segment: segment[0])
        return at > 0 and segments[at - 1][1] > 0


@cache
def tools() -> tuple[str, str, str] | None:
    """Return clang, llvm-profdata and llvm-cov of one release; None where they are missing."""
    for suffix in ("", *(f"-{release}" for release in range(25, 13, -1))):
        found = [shutil.which(f"{name}{suffix}") for name in ("clang", "llvm-profdata", "llvm-cov")]
        compiler, merge, show = found
        if compiler and merge and show:
            return compiler, merge, show
    return None


def measure(
    files: Sequence[Path],
    options: Sequence[str],
    scratch: Path,
    *,
    arguments: Sequence[str] = (),
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
) -> Coverage | None:
    """Return what clang's build of `files` executes; None where that cannot be told."""
    found = tools()
    if found is None:
        return None
    compiler, merge, show = found
    scratch.joinpath("at_death.c").write_text(_AT_DEATH)
    command = [compiler, *_COMPILER, "-o", "program", *options, *map(str, files), "at_death.c"]
    if not _run([*command, "-lm", "-lpthread"], scratch):
        return None
    try:
        subprocess.run(
            ["./program", *arguments],
            input=stdin.encode(),
            capture_output=True,
            cwd=scratch,
            check=False,
            timeout=40,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return None
    profile = "default.profraw"
    if not _run([merge, "merge", "-o", "program.profdata", profile], scratch):
        return None
    done = subprocess.run(
        [show, "export", "./program", "-instr-profile=program.profdata"],
        cwd=scratch,
        capture_output=True,
        check=False,
    )
    return _read(json.loads(done.stdout)) if done.returncode == 0 else None


def _run(command: list[str], scratch: Path) -> bool:
    done = subprocess.run(command, cwd=scratch, capture_output=True, check=False)
    return done.returncode == 0


def _read(export: dict[str, Any]) -> Coverage:
    files: dict[str, list[tuple[Place, int]]] = {}
    for unit in export["data"]:
        for file in unit["files"]:
            segments = [((s[0], s[1]), s[2] if s[3] else 0) for s in file["segments"]]
            files.setdefault(Path(file["filename"]).name, []).extend(segments)
    return Coverage({name: sorted(segments) for name, segments in files.items()})
