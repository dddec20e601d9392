"""A place to run the compiler in: a deep stack, and no garbage collector looking at its trees."""

import gc
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

_STACK = 512 << 20  # bytes of address space; what is not touched is not taken
_FRAMES = 60_000


def deeply(work: Callable[[], Result]) -> Result:
    """Return `work()`, run where trees as deep as the parser allows can be walked."""
    results: list[Result] = []
    failures: list[BaseException] = []

    def target() -> None:
        try:
            results.append(work())
        except BaseException as failure:  # raised again below
            failures.append(failure)

    before, frames = threading.stack_size(_STACK), sys.getrecursionlimit()
    sys.setrecursionlimit(max(frames, _FRAMES))
    collecting = gc.isenabled()
    gc.disable()
    try:
        thread = threading.Thread(target=target, name="compiler")
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
        sys.setrecursionlimit(frames)
        if collecting:
            gc.freeze()
            gc.enable()
    if failures:
        raise failures[0]
    return results[0]
