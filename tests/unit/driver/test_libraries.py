"""Finding what -l names."""

from pathlib import Path

from freehold.driver.libraries import load_libraries
from freehold.driver.options import CompileOptions


def test_no_libraries_no_problems() -> None:
    assert load_libraries(CompileOptions()).problems == []


def test_what_is_not_there_is_said() -> None:
    (problem,) = load_libraries(CompileOptions(libraries=("no_such_library",))).problems
    assert problem.code.id == "FH2002"
    assert "-lno_such_library" in problem.message


def test_a_linker_script_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "libscript.so").write_text("INPUT(libother.so)")
    options = CompileOptions(libraries=("script",), library_dirs=(str(tmp_path),))
    assert len(load_libraries(options).problems) == 1


def test_a_library_of_the_machine_is_loaded() -> None:
    assert load_libraries(CompileOptions(libraries=("m",))).problems == []


def test_symbols_of_libc_are_known_and_others_are_not() -> None:
    libraries = load_libraries(CompileOptions())
    assert libraries.define("printf")
    assert libraries.define("stdout")
    assert libraries.define("lgamma_r")
    assert not libraries.define("Py_Initialize")
    assert not libraries.define("no_such_function")
