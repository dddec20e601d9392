"""Who carries out tasks: this process, or several processes of this machine.

Each takes tasks under numbers and hands back what they give, in any order. A task whose worker died
comes back as None: whoever gave it decides what then.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Protocol

from freehold.driver.cache import key_of
from freehold.driver.linked import Linked
from freehold.driver.pickles import write
from freehold.driver.tasks import Bench, Result, Shared, Task, decode, encode, perform
from freehold.driver.units import Loaded
from freehold.source import Source

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Done = tuple[int, Result | None]


class Workers(Protocol):
    """`room` is how many tasks are taken at a time; `disk`: they see this machine's files."""

    room: int
    disk: bool

    def share(self, units: Sequence[Loaded], linked: Linked) -> None:
        """Let tasks be about this program from now on."""

    def start(self, number: int, task: Task) -> None:
        """Take a task."""

    def wait(self) -> list[Done]:
        """Wait for tasks, and return what came of at least one."""

    def close(self) -> None:
        """Stop all that is still being done."""


class Inline:
    """This process, at once."""

    room = 1
    disk = True

    def __init__(self) -> None:
        self._bench = Bench()
        self._done: list[Done] = []

    def share(self, units: Sequence[Loaded], linked: Linked) -> None:
        """Have the program itself."""
        self._bench.take("own", linked)

    def start(self, number: int, task: Task) -> None:
        """Carry a task out."""
        self._done.append((number, self._bench.perform(task)))

    def wait(self) -> list[Done]:
        """Return what was done."""
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """Do nothing."""


class Processes:
    """A number of processes; those that die are replaced."""

    disk = True

    def __init__(self, number: int) -> None:
        """Start them when there is something to do."""
        self.room = number * 2  # so that none waits for this one
        self._number = number
        self._pool: ProcessPoolExecutor | None = None
        self._running: dict[Future[bytes], int] = {}
        self._key, self._path = "", ""
        self._sources: Sequence[Source] = ()

    def share(self, units: Sequence[Loaded], linked: Linked) -> None:
        """Write the program to a file that each process reads once."""
        data, _ = write(Shared.of(units, linked))
        self._forget()
        handle, self._path = mkstemp(prefix="freehold-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        self._key = key_of(data)
        self._sources = linked.sources

    def start(self, number: int, task: Task) -> None:
        """Hand a task to a process."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            future = self._submit(encode(task, self._sources))
        except BrokenProcessPool:
            self._drop()
            future = self._submit(encode(task, self._sources))
        self._running[future] = number

    def wait(self) -> list[Done]:
        """Wait for a process."""
        from concurrent.futures import FIRST_COMPLETED, wait
        from concurrent.futures.process import BrokenProcessPool

        done: list[Done] = []
        finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in finished:
            number = self._running.pop(future)
            try:
                done.append((number, decode(future.result(), self._sources)))
            except BrokenProcessPool:
                done.append((number, None))
                self._drop()
        return done

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        self._forget()

    def _submit(self, work: bytes) -> "Future[bytes]":
        return self._executor().submit(perform_here, self._key, self._path, work)

    def _executor(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            # A fork would copy the threads' locks.
            self._pool = ProcessPoolExecutor(self._number, get_context("spawn"))
        return self._pool

    def _drop(self) -> None:
        """Let go of the processes after one of them died: all their tasks are lost."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _forget(self) -> None:
        if self._path:
            Path(self._path).unlink(missing_ok=True)
            self._path = ""


def perform_here(key: str, path: str, work: bytes) -> bytes:
    """Carry a task out in a process of its own; the program is in the file `path`."""
    return perform(key, lambda: Path(path).read_bytes(), work)
