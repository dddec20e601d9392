"""Monomorphisation: from elaborated generic MIR to the plain MIR of what is reached."""

from freehold.diagnostics import Diagnostic
from freehold.mir.body import Global, Program, Symbol
from freehold.mir.operands import references
from freehold.records import dataclass
from freehold.rust.items import Function
from freehold.rust.mono.functions import make_body
from freehold.rust.mono.keys import Key, MainKey
from freehold.rust.mono.program import BodyOf, Mono, Unavailable
from freehold.rust.mono.types import Types
from freehold.rust.traits import Instances
from freehold.rust.traits.world import World

__all__ = ["BodyOf", "Instantiated", "instantiate"]


@dataclass(frozen=True, slots=True)
class Instantiated:
    """A plain program, unless `diagnostics` say why there is none. `keys`: what its bodies are."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    keys: dict[Symbol, Key]


def instantiate(world: World, body_of: BodyOf, main: Function) -> Instantiated:
    """Return the program that `main` reaches; `body_of` gives elaborated generic bodies."""
    instances = Instances(world)
    mono = Mono(world, body_of, instances, Types(instances), make_body)
    program = Program()
    found: list[Diagnostic] = []
    pending = [mono.symbol(MainKey(main))]
    seen = set(pending)
    while pending:
        symbol = pending.pop()
        try:
            reached = _add(mono, program, symbol)
        except Unavailable as error:
            if error.found not in found:
                found.append(error.found)
            continue
        for other in reached:
            if other not in seen:
                seen.add(other)
                pending.append(other)
    return Instantiated(None if found else program, tuple(found), mono.keys)


def _add(mono: Mono, program: Program, symbol: Symbol) -> list[Symbol]:
    """Add what `symbol` is to the program, and return what that refers to."""
    if symbol in mono.keys:
        body = mono.body(symbol)
        program.bodies[symbol] = body
        return list(references(body))
    if mono.is_global(symbol):
        made = mono.global_of(symbol)
        program.globals[symbol] = made
        return _held(made)
    program.externs[symbol] = mono.externs[symbol]
    return []


def _held(made: Global) -> list[Symbol]:
    return [relocation.symbol for relocation in made.relocations]
