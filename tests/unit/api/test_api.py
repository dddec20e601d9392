"""Freehold from Python: results as values, cheap to import, and shown in a notebook."""

import subprocess
import sys
from pathlib import Path

import pytest

import freehold
from freehold import notebook
from freehold.heap import replay
from freehold.memory import I32, Heap

PAST = """
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv)
{
    int *row = malloc(2 * sizeof *row);
    row[0] = getchar();
    row[SIZE] = 7;
    printf("%d %s <b>\\n", row[0], argv[argc - 1]);
    free(row);
    return 0;
}
"""


def test_importing_it_imports_nothing() -> None:
    script = "import sys, freehold; print([n for n in sys.modules if n.startswith('freehold.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)  # noqa: PLW1510
    assert done.stdout == "[]\n"


def test_a_run_is_a_value() -> None:
    source = freehold.Source("past.c", PAST)
    ran = freehold.run(source, arguments=["end"], stdin=b"A", defines={"SIZE": 2})
    assert ran.codes == ("FH0101",)
    assert (ran.exit_code, ran.stdout) == (1, "65 end <b>\n")
    assert ran.run is not None
    assert ran.run.heap is not None
    assert (ran.run.heap.allocations, ran.run.heap.peak_bytes) == (1, 8)
    assert "heap buffer overflow" in str(ran)
    shown = ran._repr_html_()
    assert "end &lt;b&gt;" in shown
    assert '<span class="error">error[FH0101]</span>' in shown


def test_a_check_is_a_value(tmp_path: Path) -> None:
    path = tmp_path / "moved.rs"
    path.write_text("fn main() { let a = vec![1]; let b = a; drop(a); drop(b); }")
    assert freehold.check(path).codes == ("E0382",)
    with pytest.raises(FileNotFoundError):
        freehold.check(tmp_path / "none.c")


def test_a_view_is_a_value() -> None:
    text = "#include <stdlib.h>\nint main(void)\n{\n    free(malloc(3));\n    return 0;\n}\n"
    seen = freehold.view(freehold.Source("a.c", text))
    assert "3 bytes, freed" in seen.boxes()
    assert 'sandbox="allow-scripts"' in seen._repr_html_()
    with pytest.raises(freehold.SourceError, match="nothing declares"):
        freehold.view(freehold.Source("b.c", "int main(void) { return x; }"))


def test_heaps_show_themselves() -> None:
    assert "no place for 5 bytes" in replay("A=5 B=1 free:A C=2 D=5", size=10)._repr_html_()
    heap = Heap()
    heap.free(heap.new(I32, 5))
    assert "<svg" in heap._repr_html_()


def test_the_magic_takes_a_cell_apart() -> None:
    ran = notebook.magic("run -DSIZE=1 --stdin B -- one two", PAST)
    assert isinstance(ran, freehold.Result)
    assert (ran.codes, ran.stdout) == ((), "66 two <b>\n")
    moved = "let a = String::new(); let b = a; drop(a);"
    checked = notebook.magic("check", moved)
    assert isinstance(checked, freehold.Result)
    assert checked.codes == ("E0382",)
    with pytest.raises(notebook.UsageError, match="invalid choice"):
        notebook.magic("draw", PAST)


def test_in_a_shell_of_ipython() -> None:
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    shell = interactive.InteractiveShell()
    shell.run_line_magic("load_ext", "freehold.notebook")
    result = shell.run_cell(f"%%freehold run -DSIZE=2\n{PAST}", store_history=False)
    assert result.success, result.error_in_exec
    data, _ = shell.display_formatter.format(result.result)
    assert "FH0101" in data["text/html"]
    data, _ = shell.display_formatter.format(result.result.findings[0])
    assert "FH0101" in data["text/html"]


def test_a_program_that_was_kept_has_its_source_once() -> None:
    text = "int main(void)\n{\n    int count = 3;\n    return count - 3;\n}\n"
    for _ in range(2):  # the second time it comes from the cache
        seen = freehold.view(freehold.Source("kept.c", text))
        assert [source.name for source in seen.stories[0].sources] == ["kept.c"]
