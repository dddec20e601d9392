"""Start-up stays light: what a command imports is counted."""

import subprocess
import sys

import pytest

HEAVY = ("click", "llvmlite", "elftools", "freehold.c.", "freehold.codegen", "freehold.execute")


def imported_by(*arguments: str) -> tuple[str, set[str]]:
    script = (
        "import sys; sys.argv[1:] = sys.argv[2:]\n"
        "from freehold.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "-", *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout, set(done.stderr.split())


def test_version_imports_nothing_heavy() -> None:
    out, modules = imported_by("--version")
    assert out.startswith("freehold ")
    assert not {name for name in modules if name.startswith(HEAVY)}


@pytest.mark.parametrize("arguments", [("--help",), ("explain", "FH0201"), ("run", "--help")])
def test_help_and_pages_need_no_compiler(arguments: tuple[str, ...]) -> None:
    out, modules = imported_by(*arguments)
    assert out
    assert not {name for name in modules if name.startswith(HEAVY[1:])}
