"""Run `freehold run` as a user would, and read its JSON report."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the report."""

    code: str
    severity: str
    message: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one run answered. `exit_code` 124 stands for our own hang, 134 for a traceback."""

    exit_code: int
    stdout: bytes
    findings: tuple[Finding, ...]
    stderr: bytes = b""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of everything that is not a mere warning or note."""
        return frozenset(f.code for f in self.findings if f.severity in {"error", "unsupported"})

    def summary(self) -> str:
        """Return the findings in one line."""
        if not self.findings:
            tail = self.stderr.decode(errors="replace").strip().splitlines()
            return tail[-1][:160] if tail else "nothing reported"
        return "; ".join(
            f"{f.code} {Path(f.file).name}:{f.line} {f.message}" for f in self.findings[:3]
        )


def run_freehold(
    files: Sequence[Path],
    *,
    options: Sequence[str] = (),
    arguments: Sequence[str] = (),
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Result:
    """Compile and run `files`, and return status, stdout and findings."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        command = [sys.executable, "-m", "freehold", "run", "--format", "json"]
        command += ["--report", str(report), *options, *map(str, files)]
        if arguments:
            command += ["--", *arguments]
        try:
            done = subprocess.run(
                command,
                input=stdin.encode(),
                capture_output=True,
                timeout=LIMIT_SECONDS,
                check=False,
                cwd=cwd or scratch,
                env={**os.environ, **(environment or {})},
            )
        except subprocess.TimeoutExpired as late:
            return Result(124, late.stdout or b"", (), late.stderr or b"")
        if b"Traceback (most recent call last)" in done.stderr:
            return Result(134, done.stdout, (), done.stderr)
        return Result(done.returncode, done.stdout, _findings(report), done.stderr)


def _findings(report: Path) -> tuple[Finding, ...]:
    if not report.exists():
        return ()
    rows = json.loads(report.read_text())["findings"]
    return tuple(
        Finding(
            row["code"],
            row["severity"],
            row["message"],
            row.get("file") or "",
            row.get("line") or 0,
        )
        for row in rows
    )
