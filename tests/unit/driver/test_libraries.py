"""Finding what -l names."""

from pathlib import Path

from freehold.driver.libraries import load_libraries
from freehold.driver.options import CompileOptions


def test_no_libraries_no_problems() -> None:
    assert load_libraries(CompileOptions()) == []


def test_what_is_not_there_is_said() -> None:
    (problem,) = load_libraries(CompileOptions(libraries=("no_such_library",)))
    assert problem.code.id == "FH2002"
    assert "-lno_such_library" in problem.message


def test_a_linker_script_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "libscript.so").write_text("INPUT(libother.so)")
    options = CompileOptions(libraries=("script",), library_dirs=(str(tmp_path),))
    assert len(load_libraries(options)) == 1


def test_a_library_of_the_machine_is_loaded() -> None:
    assert load_libraries(CompileOptions(libraries=("m",))) == []
