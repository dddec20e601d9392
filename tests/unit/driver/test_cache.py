"""The cache keeps what it was given, and survives what a disk does."""

from pathlib import Path

import pytest

from freehold.driver import cache as kept
from freehold.driver.cache import Cache, key_of, own_version


def test_keys_tell_parts_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("a") == key_of(b"a")


def test_what_is_put_is_got(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new")
    assert cache.get(key_of("x")) is None
    cache.put(key_of("x"), b"data")
    assert cache.get(key_of("x")) == b"data"
    assert cache.trusted()


def test_no_folder_keeps_nothing() -> None:
    cache = Cache(None)
    cache.put(key_of("x"), b"data")
    assert cache.get(key_of("x")) is None
    assert not cache.trusted()


def test_an_unwritable_folder_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "folder")
    cache.put(key_of("x"), b"data")
    assert cache.get(key_of("x")) is None


def test_a_folder_that_others_can_write_is_not_trusted(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    assert not Cache(folder).trusted()


def test_own_version_is_stable() -> None:
    assert own_version() == own_version()


def test_own_content_is_read_once_and_stable(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new")
    first = cache.own_content("mir")
    assert cache.own_content("mir") == first
    assert cache.own_content("types") != first
    assert Cache(None).own_content("mir") == first


def test_what_is_made_of_changed_sources_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "new")
    before = own_version()
    monkeypatch.setattr(kept, "_state", dict)
    cache.put(key_of("x"), b"data")
    assert cache.get(key_of("x")) is None
    assert own_version() == before


def test_nothing_is_kept_if_a_source_has_changed_since_the_process_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_at_start", kept._at_start.__wrapped__)
    monkeypatch.setattr(kept, "_BEGAN", 0)
    cache = Cache(tmp_path / "new")
    cache.put(key_of("x"), b"data")
    assert cache.get(key_of("x")) is None


def test_one_at_a_time(tmp_path: Path) -> None:
    with Cache(tmp_path / "new").alone():
        assert (tmp_path / "new").is_dir()
    with Cache(None).alone():
        pass
