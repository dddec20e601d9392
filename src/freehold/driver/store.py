"""Bytes under content keys in one SQLite file, for the many small things that checking keeps.

Whatever goes wrong with the file costs time and is otherwise ignored: it is never needed. Several
processes may use it at once; one that cannot write reads.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self

from freehold.driver.cache import Cache

_FILE = "check-1.sqlite"  # the number changes with the table
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, used INTEGER, data BLOB)"
_ROOM = 512 << 20  # bytes that the file may take
_PATIENCE = 5.0  # seconds to wait for another process that writes
_MANY = 500  # keys in one question


class Store:
    """Such a file; None keeps nothing."""

    def __init__(self, cache: Cache) -> None:
        """Open the file in the folder of `cache`, if nobody else can have written there."""
        self._new: dict[str, bytes] = {}
        self._met: set[str] = set()
        self._connection: sqlite3.Connection | None = None
        self._path = Path()
        self._whole = False
        if cache.folder is None:
            return
        path = cache.folder / _FILE
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return
        if cache.trusted():
            self._path = path
            self._connection = _opened(path)
            # What is only read may be in the middle of another process's change.
            self._whole = os.access(path, os.W_OK)

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what is new, and close the file."""
        self.close()

    @property
    def keeps(self) -> bool:
        """Whether there is a file."""
        return self._connection is not None

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key."""
        return self.get_all([key]).get(key)

    def get_all(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what is kept under each of the keys that are there."""
        wanted = list(keys)
        found = {key: self._new[key] for key in wanted if key in self._new}
        if self._connection is None:
            return found
        try:
            for at in range(0, len(wanted), _MANY):
                some = wanted[at : at + _MANY]
                marks = ",".join("?" * len(some))
                rows = self._connection.execute(
                    f"SELECT key, data FROM kept WHERE key IN ({marks})", some
                )
                found.update((str(key), bytes(data)) for key, data in rows)
        except sqlite3.OperationalError:  # another process holds it
            self._leave()
        except (sqlite3.Error, TypeError, ValueError):
            self._leave()
            if self._whole:
                _remove(self._path)  # it is damaged: the next process makes it anew
        self._met.update(found)
        return found

    def _leave(self) -> None:
        """Do without the file."""
        assert self._connection is not None
        self._connection.close()
        self._connection = None

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under a key."""
        if self._connection is not None:
            self._new[key] = data

    def close(self) -> None:
        """Write what is new, and when the rest was used."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            if self._new:
                with connection:
                    _write(connection, self._new, self._met)
            connection.close()
        except sqlite3.Error:  # it cannot be written to, or another process holds it
            return


def _write(connection: sqlite3.Connection, new: dict[str, bytes], met: set[str]) -> None:
    (now,) = connection.execute("SELECT coalesce(max(used), 0) + 1 FROM kept").fetchone()
    connection.executemany("UPDATE kept SET used = ? WHERE key = ?", [(now, key) for key in met])
    rows = [(key, now, data) for key, data in new.items()]
    connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
    (taken,) = connection.execute("SELECT sum(length(data)) FROM kept").fetchone()
    if taken > _ROOM:
        # What was not used for longest goes first.
        (middle,) = connection.execute("SELECT (min(used) + max(used)) / 2 FROM kept").fetchone()
        connection.execute("DELETE FROM kept WHERE used <= ? AND used < ?", (middle, now))


def _opened(path: Path) -> sqlite3.Connection | None:
    """Return a connection to the file, made anew if it is damaged; None if there can be none."""
    try:
        return _connect(path)
    except sqlite3.OperationalError:  # the folder is read-only, or another process holds it
        return None if os.access(path.parent, os.W_OK) else _read_only(path)
    except sqlite3.DatabaseError:
        try:
            _remove(path)
            return _connect(path)
        except sqlite3.Error:
            return None


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(_TABLE)
        connection.execute("SELECT key, used, data FROM kept LIMIT 1").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _read_only(path: Path) -> sqlite3.Connection | None:
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        connection.execute("SELECT key, used, data FROM kept LIMIT 1").fetchall()
    except sqlite3.Error:
        return None
    return connection
