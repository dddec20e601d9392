"""The workers of a Dask cluster that is there already: `freehold[cluster]`.

They need Freehold installed in the same version, and nothing else: files go along with the tasks.
"""

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import freehold
from freehold.driver.cache import key_of
from freehold.driver.linked import Linked
from freehold.driver.means import NoCluster
from freehold.driver.pickles import write
from freehold.driver.tasks import Shared, Task, decode, encode, perform
from freehold.driver.units import Loaded
from freehold.driver.workers import Done
from freehold.source import Source

if TYPE_CHECKING:
    from distributed import Future

_PATIENCE = 5  # seconds to wait for the scheduler
_EACH = 3  # tasks that wait for each thread, so that none waits for this process


_TURN = Lock()  # tasks of one process use one bench, and are bound by the interpreter anyway


class Cluster:
    """The workers at a scheduler. What one of them was doing when it died, another does again."""

    disk = False

    def __init__(self, address: str) -> None:
        """Join the cluster; raises NoCluster."""
        try:
            from distributed import Client
        except ImportError as error:
            raise NoCluster("a cluster needs `pip install freehold[cluster]`") from error
        try:
            self._client: Client = Client(address, timeout=_PATIENCE, set_as_default=False)
            threads = sum(self._client.nthreads().values())
            versions = set(self._client.run(_version).values())
        except Exception as error:  # whatever keeps it from being joined
            raise NoCluster(f"`{address}`: {error}") from error
        if versions != {freehold.__version__}:
            self._client.close()
            raise NoCluster(f"`{address}`: its workers have no Freehold {freehold.__version__}")
        self.room = max(1, threads) * _EACH
        self._running: dict[Future[bytes], int] = {}
        self._key = ""
        self._shared: Any = b""
        self._sources: Sequence[Source] = ()

    def share(self, units: Sequence[Loaded], linked: Linked) -> None:
        """Hand the program to the cluster, from where each worker gets it once."""
        data, _ = write(Shared.of(units, linked))
        self._key = key_of(data)
        self._shared = self._client.scatter(data, broadcast=True, hash=False)
        self._sources = linked.sources

    def start(self, number: int, task: Task) -> None:
        """Hand out a task."""
        work = encode(task, self._sources)
        future = self._client.submit(perform_there, self._key, self._shared, work, pure=False)
        self._running[future] = number

    def wait(self) -> list[Done]:
        """Wait for a worker."""
        from distributed import KilledWorker, wait
        from distributed.client import FutureCancelledError

        with self._client.as_current():
            finished = wait(list(self._running), return_when="FIRST_COMPLETED").done
        done: list[Done] = []
        for future in finished:
            number = self._running.pop(future)
            try:
                done.append((number, decode(future.result(), self._sources)))
            except (KilledWorker, FutureCancelledError):
                done.append((number, None))
        return done

    def close(self) -> None:
        """Leave the cluster as it was."""
        self._client.cancel(list(self._running))
        self._client.close()


def perform_there(key: str, shared: bytes, work: bytes) -> bytes:
    """Carry a task out on a worker; its threads take turns."""
    with _TURN:
        return perform(key, lambda: shared, work)


def _version() -> str:
    return freehold.__version__
