"""When std is compiled once rather than with each program."""

from pathlib import Path

import pytest

from freehold.diagnostics import Diagnostic
from freehold.driver import std_image
from freehold.driver.cache import Cache


class _Listener:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def found(self, finding: Diagnostic) -> None:
        raise AssertionError(finding)

    def progress(self, text: str) -> None:
        self.heard.append(text)


def _fake(cache: Cache, *, proven: bool) -> bytes:
    sizes = (3).to_bytes(8, "little") + (6).to_bytes(8, "little")
    return b"i" * 64 + sizes + b"tol" + b"object" + b"sites"


def test_the_first_programs_are_compiled_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(std_image, "_build", _fake)
    cache, listener = Cache(tmp_path / "new"), _Listener()
    assert std_image.kept_image(cache, proven=True) is None
    assert std_image.wanted_image(cache, listener, proven=True) is None
    assert std_image.wanted_image(cache, listener, proven=True) is None
    assert not listener.heard
    made = std_image.wanted_image(cache, listener, proven=True)
    assert made is not None
    assert listener.heard == ["compiling Rust's std, once", ""]
    assert (made.id, made.object) == ("i" * 64, b"object")
    kept = std_image.kept_image(cache, proven=True)
    assert kept is not None
    assert kept.object == b"object"


def test_without_a_cache_there_is_no_image(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(std_image, "_build", _fake)
    assert std_image.std_image(Cache(None), _Listener(), proven=True) is None
    assert std_image.wanted_image(Cache(None), _Listener(), proven=True) is None


def test_what_cannot_be_compiled_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(cache: Cache, *, proven: bool) -> bytes:
        raise RuntimeError("std does not compile")

    monkeypatch.setattr(std_image, "_build", fail)
    cache = Cache(tmp_path / "new")
    assert std_image.std_image(cache, _Listener(), proven=True) is None
    assert std_image.kept_image(cache, proven=True) is None
