"""Editions of Rust: how the same text means something else to an older crate."""

from enum import IntEnum


class Edition(IntEnum):
    """An edition that crates are written in; std is of the newest."""

    E2015 = 2015
    E2018 = 2018
    E2021 = 2021

    @property
    def paths_from_root(self) -> bool:
        """Whether `use a::b` and `::a::b` start at the crate's root."""
        return self < Edition.E2018

    @property
    def has_bare_objects(self) -> bool:
        """Whether a trait's name is a type: `dyn` may be left out."""
        return self < Edition.E2021

    @property
    def captures_whole(self) -> bool:
        """Whether closures capture variables, not the places in them that they use."""
        return self < Edition.E2021
