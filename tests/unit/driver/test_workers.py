"""Other processes, and a cluster, find what one process finds; one that dies loses nothing."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from freehold.driver.means import Means, NoCluster
from freehold.driver.tasks import Analyse, Task
from freehold.driver.workers import Processes
from tests.unit.driver.programs import check, told, write


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return write(tmp_path)


def test_processes_find_the_same(program: Path, tmp_path: Path) -> None:
    one = told(check(program))
    cache = tmp_path / "cache" / "freehold"
    assert told(check(program, Means(cache=cache, jobs=2))) == one
    assert told(check(program, Means(cache=cache))) == one  # from what they have kept


@contextmanager
def _killing() -> Iterator[list[int]]:
    """Kill the first process that there is to kill, as soon as it works."""
    over, killed = Event(), list[int]()

    def kill() -> None:
        while not over.wait(0.02) and not killed:
            for child in active_children():
                if child.pid is not None and child.name.startswith("Spawn"):
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
                    return

    thread = Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def test_a_process_that_dies_loses_nothing(program: Path) -> None:
    one = told(check(program))
    with _killing() as killed:
        assert told(check(program, Means(jobs=2))) == one
    assert killed


def test_what_kills_each_process_is_given_up(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a function that cannot be analysed nothing is told; of the others all is."""
    start = Processes.start

    def lose(self: Processes, number: int, task: Task) -> None:
        if isinstance(task, Analyse) and "lost" in task.functions:
            raise_lost.append(number)
        else:
            start(self, number, task)

    raise_lost: list[int] = []
    wait = Processes.wait

    def waited(self: Processes):  # type: ignore[no-untyped-def]
        if raise_lost:
            return [(raise_lost.pop(), None)]
        return wait(self)

    monkeypatch.setattr(Processes, "start", lose)
    monkeypatch.setattr(Processes, "wait", waited)
    found = {one.code.id for one in check(program, Means(jobs=2))}
    assert found == {"FH0107", "FH0201"}


def test_no_cluster_is_said(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="`distributed` is not installed")
    monkeypatch.setattr("freehold.driver.cluster._PATIENCE", 1)
    with pytest.raises(NoCluster, match=r"127\.0\.0\.1:1"):
        check(program, Means(cluster="tcp://127.0.0.1:1"))


@pytest.mark.filterwarnings("default")  # of distributed's own
def test_a_cluster_finds_the_same_though_a_worker_is_lost(program: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="`distributed` is not installed")
    one = told(check(program))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        assert told(check(program, Means(cluster=address))) == one
        pid = next(iter(cluster.workers.values())).pid
        lose = Timer(0.1, os.kill, (pid, signal.SIGKILL))
        lose.start()
        assert told(check(program, Means(cluster=address))) == one
        lose.join()
