"""Programs in plain MIR as Rust's are: enums, slices, vtables, unwinding. They run."""

import re
from pathlib import Path

import pytest

from freehold.api import cache_folder
from freehold.codegen.program import CodegenOptions, compile_program
from freehold.driver.cache import Cache
from freehold.driver.library import runtime_objects
from freehold.execute import Outcome, RunOptions, run
from freehold.mir.text import parse
from freehold.mir.verify import verify

FOLDER = Path(__file__).parent / "rust"


class Silent:
    """A listener that hears nothing."""

    def found(self, finding: object) -> None:
        """Hear nothing."""

    def progress(self, text: str) -> None:
        """Hear nothing."""


BARE = re.compile(r"\s*(}|bb\d+:|type .*|variant .*|field .*|)$")


def placed(text: str, name: str) -> str:
    """Return a program whose every line is said to be of itself."""
    lines = [f'source 0 "{name}.mir"']
    for number, line in enumerate(text.splitlines(), 1):
        scope = " $0" if line.startswith(" " * 8) else ""
        lines.append(line if BARE.match(line) else f"{line} {scope}  // 0:{number}:1")
    return "\n".join(lines)


def execute(name: str, *, proven: bool = False) -> Outcome:
    program = parse(placed((FOLDER / f"{name}.mir").read_text(), name))
    verify(program)
    compiled = compile_program(program, CodegenOptions(proven=proven))
    library = runtime_objects(Cache(cache_folder()), Silent(), compiled.object)
    return run(compiled, library, RunOptions(name=name, capture=True, timeout=20))


@pytest.mark.parametrize("proven", [False, True], ids=["checked", "proven"])
@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.stdout")))
def test_programs_print_what_they_should(name: str, *, proven: bool) -> None:
    outcome = execute(name, proven=proven)
    assert [d.message for d in outcome.diagnostics] == []
    assert outcome.stdout.decode() == (FOLDER / f"{name}.stdout").read_text()
    assert outcome.status == 0
