"""What README.md and the pages show is what is printed: each transcript is run."""

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

TOP = Path(__file__).parents[2]
PAGES = ("README.md", "docs/heap.md")
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_PROGRAM = re.compile(r"^```c file=(\S+)\n(.*?)^```$", re.M | re.S)
_FREEHOLD = f"alias freehold='{sys.executable} -m freehold'\n"
ACCOUNT = """fn main() {
    let mut ledger = vec![10];
    let first = &ledger[0];
    ledger.push(20);
    println!("{first}");
}
"""
PACKET = """struct packet {
    char kind;
    int length;
    short flags;
    void *next;
    char tail;
};
"""


class Transcript(NamedTuple):
    page: str
    line: str
    printed: str


def transcripts() -> list[Transcript]:
    found = []
    for page in PAGES:
        for block in _CONSOLE.finditer((TOP / page).read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block[1], flags=re.M)[1:]:
                line, _, printed = part.partition("\n")
                if line.startswith("freehold") and printed:
                    found.append(Transcript(page, line, printed))
    return found


def sources(folder: Path) -> None:
    """Write the programs of README.md; one of them stands in its own transcript only."""
    text = (TOP / "README.md").read_text(encoding="utf-8")
    queue = re.search(r"^```c\n(.*?)^```$", text, re.M | re.S)
    assert queue is not None
    owned = next(one for one in transcripts() if "ownership" in one.line)
    orders = re.findall(r"^ *\d+ \| ?(.*)$", owned.printed, re.M)
    for page in PAGES:
        for name, program in _PROGRAM.findall((TOP / page).read_text(encoding="utf-8")):
            (folder / name).write_text(program)
    (folder / "queue.c").write_text(queue[1])
    (folder / "orders.rs").write_text("\n".join(orders) + "\n")
    (folder / "account.rs").write_text(ACCOUNT)
    (folder / "packet.c").write_text(PACKET)


@pytest.mark.parametrize("one", transcripts(), ids=lambda one: f"{one.page}: {one.line[9:40]}")
def test_a_transcript_is_what_is_printed(one: Transcript, tmp_path: Path) -> None:
    sources(tmp_path)
    done = subprocess.run(
        ["bash", "-c", f"shopt -s expand_aliases\n{_FREEHOLD}{one.line}"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    cut = one.page == "docs/heap.md" and "--size 10 " in one.line  # the finding goes to stderr
    printed = done.stdout.partition("\n\n")[2] if cut else done.stdout
    assert printed == one.printed
