"""The parts of the run time: a program is linked with those that it needs, and each is whole."""

import pytest

from freehold.api import cache_folder
from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache
from freehold.driver.library import (
    CORE,
    INDEX,
    defining,
    index_line,
    part_object,
    parts,
    runtime_objects,
)
from freehold.execute.elf import ElfObject
from freehold.runtime.libc import LIBC


class Silent:
    def found(self, finding: Diagnostic) -> None: ...

    def progress(self, text: str) -> None: ...


def part(name: str) -> bytes:
    return part_object(name, Cache(cache_folder()), Silent())


@pytest.mark.parametrize("name", parts())
def test_the_index_says_what_a_part_defines(name: str) -> None:
    lines = [line for line in INDEX.read_text().splitlines() if line.split()[0] == name]
    assert lines == ([] if name == CORE else [index_line(name, part(name))])


def test_what_parts_need_of_each_other_is_there() -> None:
    core = ElfObject(part(CORE)).defined
    assert not core & set(defining())
    for name in parts():
        own = (
            one for one in ElfObject(part(name)).needed if one.startswith(("fh_", "fl_", "fhw_"))
        )
        assert [one for one in own if one not in core and one not in defining()] == []


def test_every_wrapper_is_in_a_part() -> None:
    wrappers = {one.wrapper for one in LIBC.values() if not one.native}
    assert wrappers <= defining().keys() | ElfObject(part(CORE)).defined


def test_a_program_is_linked_with_what_it_needs() -> None:
    cache = Cache(cache_folder())
    assert runtime_objects(cache, Silent()) == (part(CORE),)
    linked = runtime_objects(cache, Silent(), part("libc_scanf"), b"")
    assert set(linked) == {part(CORE), part("libc_format")}
