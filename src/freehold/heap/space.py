"""What every model does with free memory; it knows neither the blocks' names nor what they hold."""

from abc import ABC, abstractmethod

NOWHERE = -1


class Space(ABC):
    """The free memory of one heap, under one policy. Addresses and sizes are in bytes.

    Each byte that was added is taken, in a hole, or *held*: free, but kept from general requests
    (the free slots of a slab, what a bump pointer has passed).
    """

    held = 0
    unit = 1  # every size that is added is a multiple of it

    @abstractmethod
    def reserve(self, size: int) -> int:
        """Return how many bytes a request of `size` takes; 0 if it can never be served."""

    @abstractmethod
    def take(self, need: int) -> tuple[int, int]:
        """Take `need` bytes, as `reserve` said; return the address, and how many places were seen.

        The address is NOWHERE if there is no place.
        """

    @abstractmethod
    def give(self, start: int, need: int) -> None:
        """Take back what `take` gave."""

    @abstractmethod
    def add(self, start: int, size: int) -> None:
        """Add fresh memory, above all that there is; it joins what it touches."""

    @abstractmethod
    def holes(self) -> list[tuple[int, int]]:
        """Return start and size of each hole, by address."""

    @property
    @abstractmethod
    def free(self) -> int:
        """The bytes in holes."""

    @property
    @abstractmethod
    def largest(self) -> int:
        """The size of the largest hole, 0 if there is none."""

    def widen(self, start: int, need: int, new: int) -> bool:
        """Make a taken block larger or smaller where it is, if that can be."""
        del start
        return need == new

    def wanted(self, need: int) -> int:
        """Return the size of the hole that `need` bytes are looked for in."""
        return need

    def shortfall(self, need: int, end: int) -> int:
        """Return how many bytes have to be added at `end` so that `need` can be taken."""
        del end
        return need

    def home(self, need: int, start: int) -> int:
        """Return where memory for `need` that touches nothing may start, from `start` on."""
        del need
        return round_up(start, self.unit)


def round_up(number: int, unit: int) -> int:
    """Return the least multiple of `unit` that is not below `number`."""
    return -(-number // unit) * unit
