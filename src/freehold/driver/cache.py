"""Files under content keys, kept between runs: compiled programs and the compiled run time.

A file that is there is whole (it was renamed into place). Whatever goes wrong with the folder
costs time and is otherwise ignored: the cache is never needed.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from time import time_ns

import freehold
from freehold.records import dataclass

_PACKAGE = Path(freehold.__file__).parent
_ROOM = 1 << 30  # bytes that the cache may take
_BEGAN = time_ns() - 20_000_000  # when this process did; the times of files lag by some ms
_SWEEP = "00"  # a file whose key begins so is followed by a sweep: one in 256


def key_of(*parts: bytes | str) -> str:
    """Return the key of what `parts` determine, as 64 hexadecimal digits."""
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


@once
def own_version(*packages: str) -> str:
    """Return what changes with any change of these `packages` of Freehold, or of all of it.

    It is made of the files' names, sizes and times.
    """
    return key_of(freehold.__version__, *_lines(packages))


def _lines(packages: tuple[str, ...]) -> list[str]:
    within = tuple(f"{_PACKAGE / name}{os.sep}" for name in packages)
    return [
        f"{path} {size} {time}"
        for path, (size, time) in sorted(_at_start().items())
        if not within or path.startswith(within)
    ]


def _state() -> dict[str, tuple[int, int]]:
    """Return the size and the time of each file of Freehold, as they are now."""
    return {path: (state.st_size, state.st_mtime_ns) for path, state in _files()}


@once
def _at_start() -> Mapping[str, tuple[int, int]]:
    """Return the state of what this process has loaded, which it knows itself by.

    Nothing, if a file has changed since it began: then nobody knows, and nothing is kept.
    """
    files = dict(_files())
    if any(max(one.st_mtime_ns, one.st_ctime_ns) > _BEGAN for one in files.values()):
        return {}
    return {path: (state.st_size, state.st_mtime_ns) for path, state in files.items()}


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:  # it has gone since: then nothing is kept
        return b""


def _files() -> Iterator[tuple[str, os.stat_result]]:
    folders = [str(_PACKAGE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    with suppress(FileNotFoundError):  # an editor's, gone since it was listed
                        yield entry.path, entry.stat()
                elif entry.name != "__pycache__":
                    folders.append(entry.path)


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of such files; None keeps nothing."""

    folder: Path | None

    def get(self, key: str) -> bytes | None:
        """Return the file of `key`, None if there is none."""
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return data

    def view(self, key: str) -> memoryview | None:
        """Return the file of `key` as it is mapped, for what is read in parts."""
        if self.folder is None:
            return None
        import mmap

        path = self._path(key)
        try:
            with path.open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            os.utime(path)
        except (OSError, ValueError):  # it is not there, or empty
            return None
        return memoryview(mapped)

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`, unless Freehold has changed since this process began."""
        if self.folder is None or _state() != _at_start():
            return
        path = self._path(key)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = path.with_name(f"{path.name}.{os.getpid()}")
            made.write_bytes(data)
            made.replace(path)
        except OSError:
            return
        if key.startswith(_SWEEP):
            self._sweep()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process make what costs much at the same time: it waits for this one."""
        if self.folder is None:
            yield
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (self.folder / "lock").open("ab")
        except OSError:
            yield
            return
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def trusted(self) -> bool:
        """Whether nobody but this user can have written here."""
        if self.folder is None:
            return False
        try:
            state = self.folder.stat()
        except OSError:
            return False
        return state.st_uid == os.geteuid() and not state.st_mode & 0o022

    def own_content(self, *packages: str) -> str:
        """Return what changes with the contents of these `packages` of Freehold, and not before.

        For what costs much to make. The contents are read once for each `own_version`.
        """
        key = key_of("contents", own_version(*packages))
        kept = self.get(key)
        if kept is None:
            start = len(str(_PACKAGE))
            within = tuple(str(_PACKAGE / name) + os.sep for name in packages)
            files = sorted(path for path in _at_start() if not within or path.startswith(within))
            parts = (part for path in files for part in (path[start:], _bytes(path)))
            kept = key_of(*parts).encode()
            self.put(key, kept)
        return kept.decode()

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / key[2:]

    def _sweep(self) -> None:
        """Remove what was not used for longest, until three quarters of the room are enough."""
        assert self.folder is not None
        try:
            files = [(p.stat(), p) for p in self.folder.glob("??/*")]
            taken = sum(state.st_size for state, _ in files)
            for state, path in sorted(files, key=lambda item: item[0].st_mtime):
                if taken <= _ROOM * 3 // 4:
                    break
                path.unlink()
                taken -= state.st_size
        except OSError:
            return
