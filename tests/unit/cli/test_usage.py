"""What a wrong command line is told, and that nothing which cannot be written is a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from freehold.cli.app import freehold

OK = "int main(void) { return 0; }\n"


def said(*arguments: str, stdin: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(freehold, list(arguments), input=stdin)
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rnu",), "no command rnu; did you mean `freehold run`?"),
        (("main.c",), "no command main.c; did you mean `freehold run main.c`?"),
        (("zz",), "no command zz\n"),
        (("explain", "use-after-fre"), "did you mean use-after-free?"),
        (("explain", "E382"), "did you mean E0382?"),
        (("run",), "no file given"),
        (("run", "none.c"), "cannot read `none.c`: no such file or directory"),
        (("view", "."), "cannot read `.`: is a directory"),
        (("layout", "none.c"), "cannot read `none.c`: no such file or directory"),
        (("heap", "none.csv"), "cannot read `none.csv`: no such file or directory"),
        (("emit", "mir", "none.c"), "cannot read `none.c`: no such file or directory"),
        (("ownership", "none.c"), "cannot read `none.c`: no such file or directory"),
        (("learn", "grade", "none.c"), "cannot read `none.c`: no such file or directory"),
        (("learn", "start", "none"), "no exercise none"),
        (("demo", "none"), "no example none"),
    ],
    ids=" ".join,
)
def test_what_is_wrong_is_said(arguments: tuple[str, ...], words: str) -> None:
    code, output = said(*arguments)
    assert code == 2
    assert words in output


def test_what_is_compiled_already_is_no_source(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(b"\x7fELF\2\1\1\0")
    code, output = said("run", str(program))
    assert (code, "it is compiled already" in output) == (2, True)


def test_a_folder_without_sources_is_said(tmp_path: Path) -> None:
    code, output = said("check", str(tmp_path))
    assert (code, output) == (0, f"note: no C or Rust file in `{tmp_path}`\n")


def test_a_check_ends_with_a_line_on_all_of_it() -> None:
    assert said("check", "-", stdin=OK)[1].splitlines()[-1] == "1 file checked: nothing to report"
    wrong = "fn main() { let a = vec![1]; drop(a); drop(a); }"
    code, output = said("check", "--lang", "rust", "-", stdin=wrong)
    assert (code, output.splitlines()[-1]) == (1, "1 file checked: 1 error")
    assert said("check", "-q", "-", stdin=OK) == (0, "")


def test_a_report_may_be_a_page() -> None:
    wrong = '#include <stdlib.h>\nint main(void) { free("<b>"); }\n'
    code, output = said("check", "--format", "html", "-", stdin=wrong)
    assert code == 1
    assert "free(&quot;&lt;b&gt;&quot;)" in output
    assert "<script" not in output


@pytest.mark.parametrize(
    "arguments", [("--help",), ("explain",), ("heap", "A=5"), ("check", "--format", "json", "-")]
)
def test_a_full_disk_is_said(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "freehold", *arguments],
            input=OK,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, "freehold: no space left on device\n")


def test_o_is_ours_where_no_compiler_has_it(tmp_path: Path) -> None:
    source, page, layout = tmp_path / "a.c", tmp_path / "a.page.html", tmp_path / "layout.txt"
    source.write_text("struct pair { int a, b; };\n" + OK)
    assert said("layout", str(source), "-o", str(layout))[0] == 0
    assert "size 8" in layout.read_text()
    assert said("run", "-q", str(source)) == (0, "")
    assert said("view", "-q", str(source), "-o", str(page))[0] == 0
    assert page.read_text().startswith("<!doctype html>")


def test_commands_that_read_rust_take_its_edition(tmp_path: Path) -> None:
    for name in ("check", "run", "view", "ownership"):
        assert "2015|2018|2021" in said(name, "--help")[1]
    file = tmp_path / "old.rs"
    file.write_text("trait T {}\nfn f(_: &T) {}\nfn main() {}\n")
    assert said("ownership", str(file))[0] == 1
    assert said("ownership", "--edition", "2018", str(file))[0] == 0


def test_bytes_of_a_source_that_are_no_utf_8_go_out_as_they_came_in(tmp_path: Path) -> None:
    file = tmp_path / "odd.rs"
    file.write_bytes(b'fn main() { let _ = "a\x80b"; }\n')
    done = CliRunner().invoke(freehold, ["ownership", str(file)])
    assert done.exit_code == 0
    assert b'"a\x80b"' in done.stdout_bytes
