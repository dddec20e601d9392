"""What checking C a second time costs: with nothing changed, and with one function edited.

python -m bench.check_again FOLDER FILE FUNCTION [--jobs N]

FOLDER is a checkout of cJSON, lua or zlib: a copy of it is checked as one program. The edit puts a
statement of no effect at the start of FUNCTION in FILE, then one that changes what the function
does. CPU seconds are those of the command with its processes.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.check_c import sources_of


def main() -> None:
    """Print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("file")
    parser.add_argument("function")
    parser.add_argument("--jobs", default="1")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "program")
        shutil.copytree(chosen.folder, folder)
        environment = {**os.environ, "XDG_CACHE_HOME": str(Path(scratch, "cache"))}
        files = [str(path) for path in sources_of(folder)]
        lines = sum(len(Path(name).read_bytes().splitlines()) for name in files) / 1000

        def measure(what: str) -> None:
            cpu, found = _check(files, environment, chosen.jobs)
            each = f"{cpu / lines:6.3f} s/KLOC"
            print(f"{what:<28} {cpu:7.2f} s CPU  {each}  {found} findings", flush=True)

        print(f"{len(files)} files, {lines:.1f} KLOC")
        measure("cold")
        measure("nothing changed")
        _edit(folder / chosen.file, chosen.function, ";")
        measure("edited, the same effect")
        _edit(folder / chosen.file, chosen.function, "{ static int calls; calls++; }")
        measure("edited, another effect")


def _check(files: list[str], environment: dict[str, str], jobs: str) -> tuple[float, int]:
    before = os.times()
    command = [sys.executable, "-m", "freehold", "check", "--no-config", "--format", "json"]
    done = subprocess.run(
        [*command, "--jobs", jobs, *files],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    after = os.times()
    cpu = after.children_user - before.children_user
    cpu += after.children_system - before.children_system
    return cpu, len(json.loads(done.stdout)["findings"])


def _edit(path: Path, function: str, text: str) -> None:
    """Put `text` at the start of the body of `function`."""
    source = path.read_text(encoding="utf-8", errors="surrogateescape")
    definition = re.search(rf"\b{function}\s*\([^;{{}}]*\)\s*{{", source)
    assert definition is not None, f"no definition of {function}"
    made = source[: definition.end()] + text + source[definition.end() :]
    path.write_text(made, encoding="utf-8", errors="surrogateescape")


if __name__ == "__main__":
    main()
