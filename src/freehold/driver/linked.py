"""The units of a check, linked: the program as tasks see it, in this process or in another."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from freehold.diagnostics import Diagnostic
from freehold.driver.packed import PackedBody, Packer, unpack
from freehold.driver.units import Loaded
from freehold.effects.outline import Outline
from freehold.effects.pairs import Pair
from freehold.effects.whole import MAIN, Whole, bottom_up, whole_of
from freehold.mir.body import Program
from freehold.mir.link import link
from freehold.mir.values import Symbol
from freehold.records import dataclass
from freehold.source import Source


@dataclass(eq=False)
class Linked:
    """A linked program with digests of its parts.

    The same units give the same one in each process: `sources` in the same order, functions in the
    same order.
    """

    program: Program
    packed: Mapping[Symbol, PackedBody]
    digests: Mapping[Symbol, bytes]
    sources: Sequence[Source]
    pairs: tuple[Pair, ...] = ()

    @cached_property
    def outlines(self) -> dict[Symbol, Outline]:
        """What the functions must know of each other's bodies."""
        return {name: one.outline for name, one in self.packed.items()}

    @cached_property
    def order(self) -> dict[Symbol, int]:
        """The functions, each after those that it calls (but for cycles), with their numbers."""
        return {name: i for i, name in enumerate(bottom_up(self.whole, self.outlines))}

    @cached_property
    def whole(self) -> Whole:
        """The program as the analysis of functions sees it, without any summaries."""
        return whole_of(self.program, self.outlines, self.pairs)


def programs_of(units: Sequence[Loaded]) -> list[list[Loaded]]:
    """Return the programs that units make: one for each that defines `main`, with all that do not.

    So a folder of tests, each a program of its own, is checked with what they share.
    """
    own = [i for i, unit in enumerate(units) if _defines_main(unit)]
    if len(own) < 2:
        return [list(units)]
    others = set(own)
    return [[unit for i, unit in enumerate(units) if i == one or i not in others] for one in own]


def _defines_main(unit: Loaded) -> bool:
    packed = unit.read.packed
    return packed is not None and any(body.name == MAIN for body in packed.bodies)


def link_units(
    units: Sequence[Loaded], pairs: tuple[Pair, ...] = ()
) -> tuple[Linked | None, list[Diagnostic]]:
    """Return the program of units that could all be read, and what linking them says."""
    from freehold.driver.frontend import is_fatal

    programs = [unpack(one.read.packed) for one in units if one.read.packed is not None]
    program, problems = link(programs)
    if is_fatal(problems):
        return None, problems
    packed: dict[Symbol, PackedBody] = {}
    digests: dict[Symbol, bytes] = {}
    for unit, own in zip(units, programs, strict=True):
        assert unit.read.packed is not None
        for one in unit.read.packed.bodies:
            if program.bodies.get(one.name) is own.bodies[one.name]:
                packed[one.name] = one
        digests.update(
            (name, digest)
            for name, digest in unit.read.packed.digests.items()
            if program.globals.get(name) is own.globals[name]
        )
    packer = Packer(program)  # of what linking has changed
    for name, body in program.bodies.items():
        if name not in packed:
            packed[name] = packer.body(body)
    for name in program.globals:
        if name not in digests:
            digests[name] = packer.global_(name)
    sources = list(dict.fromkeys(source for unit in units for source in unit.sources))
    return Linked(program, packed, digests, sources, pairs), problems
