"""Programs that use libc widely: under the checked run they print what gcc's build prints."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "libc"
PROGRAMS = sorted(HERE.glob("*.c"))
ARGUMENTS = ["a", "-b", "c"]
INPUT = "1 2 three\n4 five\n"
SECONDS = 120

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc to compare with")


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, input=INPUT, capture_output=True, text=True, timeout=SECONDS, check=False
    )


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_same_output(program: Path, tmp_path: Path) -> None:
    native, report = tmp_path / "native", tmp_path / "report.json"
    build = ["gcc", "-std=gnu11", "-w", "-o", str(native), str(program), "-lm"]
    subprocess.run(build, check=True)
    wanted = run([str(native), *ARGUMENTS])
    options = ["--format", "json", "--report", str(report)]
    freehold = [sys.executable, "-m", "freehold", "run", *options, str(program)]
    got = run([*freehold, "--", *ARGUMENTS])
    assert got.stdout == wanted.stdout, got.stderr
    findings = json.loads(report.read_text("utf-8"))["findings"]
    assert findings == []
    assert got.returncode == wanted.returncode
