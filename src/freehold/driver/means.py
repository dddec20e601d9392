"""What checking may use: a folder to keep things in, processes, a cluster."""

from pathlib import Path

from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class Means:
    """With `cluster`, the address of a Dask scheduler, its workers do the work.

    Else `jobs` processes do, this one alone where that is 1. Where `cache` is None nothing is kept.
    """

    cache: Path | None = None
    jobs: int = 1
    cluster: str = ""


ALONE = Means()


class NoCluster(Exception):
    """There is no cluster to do the work; the text says why."""
