"""Collects the annotated sources: tests/ui (compiled), tests/check (checked), tests/run (run)."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.render_text import render
from freehold.source import Source
from tests.annotated import Expectation, Key, Mismatch, expectation, revisions

# A busy machine is slow, which says nothing about what is tested.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

_SECONDS = {".c": 60, ".rs": 240}  # what of Rust's std is not in its image is compiled each time


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite the snapshots")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    here = Path(__file__).parent
    folders = file_path.relative_to(here).parts if here in file_path.parents else ()
    if file_path.suffix not in {".c", ".rs"}:
        return None
    items: dict[str, type[AnnotatedItem]] = {"run": RunItem}
    if file_path.suffix == ".c":
        items |= {"ui": UiItem, "check": CheckItem}
    item = next((items[name] for name in reversed(folders) if name in items), None)
    if item is None:
        return None
    made = AnnotatedFile.from_parent(parent, path=file_path)
    made.item = item
    return made


class AnnotatedFile(pytest.File):
    """A source with marks: one test for each of its revisions."""

    item: "type[AnnotatedItem]"

    def collect(self) -> Iterator[pytest.Item]:
        for revision in revisions(self.path.read_text()):
            name = f"{self.path.stem}-{revision}" if revision else self.path.stem
            yield self.item.from_parent(self, name=name, revision=revision)


class AnnotatedItem(pytest.Item):
    """One revision of an annotated source."""

    def __init__(
        self, *, name: str, parent: pytest.Collector, revision: str, **more: object
    ) -> None:
        super().__init__(name, parent, **more)  # type: ignore[arg-type]
        self.revision = revision

    def compare_with_snapshot(self, suffix: str, got: str) -> None:
        middle = f".{self.revision}" if self.revision else ""
        snapshot = self.path.with_suffix(f"{middle}{suffix}")
        if self.config.getoption("--bless"):
            if got:
                snapshot.write_text(got)
            else:
                snapshot.unlink(missing_ok=True)
        elif (snapshot.read_text() if snapshot.exists() else "") != got:
            raise Mismatch(f"{snapshot.name} differs; run: pytest --bless {self.path}\n{got}")

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> str:
        if isinstance(excinfo.value, Mismatch):
            return f"{self.path}: {excinfo.value}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


class UiItem(AnnotatedItem):
    """Compiles the source, and compares what is said about it with the marks and the snapshot."""

    def runtest(self) -> None:
        from freehold.driver.frontend import read_program  # noqa: PLC0415
        from freehold.driver.libraries import Libraries  # noqa: PLC0415
        from freehold.driver.options import CompileOptions  # noqa: PLC0415

        source = Source(self.path.name, self.path.read_text())
        known = Libraries().define
        found = read_program([source], CompileOptions(), known=known).diagnostics
        got = {(d.at.outermost().line, d.code.id) for d in found if d.at is not None}
        expectation(self.path, self.revision).check(got)
        text = "\n\n".join(render(d, Palette()) for d in found)
        self.compare_with_snapshot(".stderr", text + "\n" if text else "")


class CheckItem(AnnotatedItem):
    """Checks the source without running it, and compares codes, lines and levels with the marks."""

    def runtest(self) -> None:
        from freehold.cli.ccline import parse  # noqa: PLC0415
        from freehold.cli.run import compile_options  # noqa: PLC0415
        from freehold.driver.static import check_c  # noqa: PLC0415

        expected = expectation(self.path, self.revision)
        options = compile_options(parse(expected.options), system_headers=False)
        source = Source(self.path.name, self.path.read_text())
        done = check_c([(source, options)], pedantic=True)
        found = [d for d in done.findings if d.at is not None]
        got = {(d.at.outermost().line, d.code.id) for d in found if d.at is not None}
        expected.check(got)
        for one in found:
            assert one.at is not None
            key = (one.at.outermost().line, one.code.id)
            wanted = expected.levels.get(key)
            if wanted is not None and wanted != one.severity.value:
                raise Mismatch(f"{key} is of level {one.severity.value}, wanted {wanted}")


class RunItem(AnnotatedItem):
    """Runs the program as a user would, and compares findings, output, exit code and words."""

    def runtest(self) -> None:
        expected = expectation(self.path, self.revision)
        with tempfile.TemporaryDirectory() as scratch:
            report = Path(scratch) / "report.json"
            done = self._run(expected, report)
            if not report.exists():
                raise Mismatch(f"no report; exit code {done.returncode}\n{done.stderr}")
            findings = json.loads(report.read_text())["findings"]
        expected.check(_keys(findings, self.path.name))
        if done.returncode != expected.exit_code:
            raise Mismatch(
                f"exit code {done.returncode}, wanted {expected.exit_code}\n{done.stderr}"
            )
        for words in expected.says:
            if words not in done.stderr:
                raise Mismatch(f"does not say {words!r}:\n{done.stderr}")
        self.compare_with_snapshot(".stdout", done.stdout)

    def _run(self, expected: Expectation, report: Path) -> subprocess.CompletedProcess[str]:
        if self.path.suffix == ".rs":
            make_std(Source(self.path.name, self.path.read_text("utf-8")))
        command = [sys.executable, "-m", "freehold", "run", "--color", "never"]
        command += ["--format", "json", "--report", str(report), *expected.options, self.path.name]
        stdin = self.path.with_suffix(".stdin")
        return subprocess.run(
            [*command, "--", *expected.arguments],
            input=stdin.read_text() if stdin.exists() else "",
            capture_output=True,
            text=True,
            timeout=_SECONDS[self.path.suffix],
            cwd=self.path.parent,
            check=False,
        )


def make_std(program: Source) -> None:
    """Compile Rust's std for `program`, if it is not kept: that takes longer than a test may."""
    from freehold.driver.rust_trust import is_proven  # noqa: PLC0415

    _make_std(proven=is_proven(program))


@cache
def _make_std(*, proven: bool) -> None:
    from freehold.api import cache_folder  # noqa: PLC0415
    from freehold.driver.cache import Cache  # noqa: PLC0415
    from freehold.driver.std_image import std_image  # noqa: PLC0415

    assert std_image(Cache(cache_folder()), _Deaf(), proven=proven) is not None


class _Deaf:
    def progress(self, text: str) -> None:
        """Hear nothing."""

    def found(self, finding: object) -> None:
        """Hear nothing."""


def _keys(findings: Iterable[dict[str, object]], main: str) -> set[Key]:
    """Return line and code of each finding; line 0 for one that is not in the main file."""
    keys: set[Key] = set()
    for finding in findings:
        line = finding["line"] if finding["file"] == main else 0
        keys.add((line if isinstance(line, int) else 0, str(finding["code"])))
    return keys
