"""The allocator models, as options: what a heap is made with, and what a report names.

Sizes are in bytes. `align`: every block starts at a multiple of it, and takes a multiple of it.
`header`: what the allocator itself writes before each block. `coalesce`: whether holes that touch
become one.
"""

from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class FirstFit:
    """The hole at the lowest address that is large enough."""

    coalesce: bool = True
    align: int = 1
    header: int = 0


@dataclass(frozen=True, slots=True)
class NextFit:
    """The next hole that is large enough, from where the last search ended, round and round."""

    coalesce: bool = True
    align: int = 1
    header: int = 0


@dataclass(frozen=True, slots=True)
class BestFit:
    """The smallest hole that is large enough; of equal ones that at the lowest address."""

    coalesce: bool = True
    align: int = 1
    header: int = 0


@dataclass(frozen=True, slots=True)
class WorstFit:
    """The largest hole; of equal ones that at the lowest address."""

    coalesce: bool = True
    align: int = 1
    header: int = 0


@dataclass(frozen=True, slots=True)
class Segregated:
    """A list of holes for each range of sizes; the last hole to come is the first to go.

    Sizes below 128 units of `align` have a list each, above them eight lists share a doubling.
    """

    coalesce: bool = True
    align: int = 8
    header: int = 0


@dataclass(frozen=True, slots=True)
class Buddy:
    """Blocks of powers of two, halved on demand; two halves that are free become one again."""

    coalesce: bool = True
    smallest: int = 16


@dataclass(frozen=True, slots=True)
class Slab:
    """Slabs of `slab` bytes, each cut into objects of one size class.

    Objects above an eighth of a slab, and the slabs, come from a first fit. `coalesce`: a slab
    whose objects are all free goes back.
    """

    coalesce: bool = True
    slab: int = 4096
    align: int = 8


@dataclass(frozen=True, slots=True)
class Bump:
    """A pointer that moves up; nothing comes back but everything at once (reset)."""

    align: int = 1


@dataclass(frozen=True, slots=True)
class Pool:
    """Slots of one size; the last to come back is the first to go."""

    slot: int = 16


@dataclass(frozen=True, slots=True)
class Stack:
    """A pointer that moves up, and down again when the topmost blocks are free."""

    align: int = 1


def checked(policy: "Policy") -> "Policy":
    """Return the policy if its sizes make sense; raises ValueError."""
    for name in ("align", "smallest", "slab", "slot"):
        size = getattr(policy, name, 1)
        if size < 1:
            raise ValueError(f"{name} is {size}, but has to be at least 1")
        if name in {"align", "smallest"} and size & size - 1:
            raise ValueError(f"{name} is {size}, but has to be a power of two")
    if getattr(policy, "header", 0) < 0:
        raise ValueError("a header cannot have a negative size")
    return policy


Policy = FirstFit | NextFit | BestFit | WorstFit | Segregated | Buddy | Slab | Bump | Pool | Stack
POLICIES: dict[str, type[Policy]] = {
    "first-fit": FirstFit,
    "next-fit": NextFit,
    "best-fit": BestFit,
    "worst-fit": WorstFit,
    "segregated": Segregated,
    "buddy": Buddy,
    "slab": Slab,
    "bump": Bump,
    "pool": Pool,
    "stack": Stack,
}


def name_of(policy: Policy) -> str:
    """Return the name that a command line has for the policy."""
    return next(name for name, kind in POLICIES.items() if kind is type(policy))
