"""Monomorphisation: from elaborated generic MIR to the plain MIR of what is reached."""

from collections.abc import Iterable

from freehold.diagnostics import Diagnostic
from freehold.mir.body import Body, Global, Program
from freehold.mir.operands import references
from freehold.mir.values import Symbol
from freehold.records import dataclass
from freehold.rust.items import Function
from freehold.rust.mono.base import Compiled
from freehold.rust.mono.functions import make_body
from freehold.rust.mono.keys import Key, MainKey
from freehold.rust.mono.program import BodyOf, Mono, Unavailable, is_inline
from freehold.rust.mono.types import Types
from freehold.rust.traits import Instances
from freehold.rust.traits.world import World

__all__ = ["BodyOf", "Compiled", "Instantiated", "instantiate", "instantiate_std"]


_SMALL = 10  # statements and blocks


@dataclass(frozen=True, slots=True)
class Instantiated:
    """A plain program, unless `diagnostics` say why there is none. `keys`: what its bodies are."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    keys: dict[Symbol, Key]


def instantiate(
    world: World, body_of: BodyOf, main: Function, compiled: Compiled | None = None
) -> Instantiated:
    """Return the program that `main` reaches; `body_of` gives elaborated generic bodies.

    What `compiled` has is linked with, except what is better compiled where it is called.
    """
    mono = _mono(world, body_of)
    mono.compiled = compiled or Compiled()
    program, found = _collect(mono, main)
    return Instantiated(None if found else program, tuple(found), mono.keys)


def instantiate_std(world: World, body_of: BodyOf, main: Function) -> tuple[Instantiated, Compiled]:
    """Return what `main` reaches of std alone, and its names, to be linked with later."""
    mono = _mono(world, body_of)
    mono.numbered = True
    program, found = _collect(mono, main)
    names: dict[str, Symbol] = {}
    for symbol, body in program.bodies.items():
        key = mono.keys[symbol]
        name = None if is_inline(key) or _is_small(body) else mono.namer.key(key)
        if name is not None:
            assert name not in names, name
            names[name] = symbol
    kept = _reached(program, names.values())
    program.bodies = {name: one for name, one in program.bodies.items() if name in kept}
    program.globals = {name: one for name, one in program.globals.items() if name in kept}
    statics = {name: symbol for name, symbol in mono.statics.items() if symbol in kept}
    made = Instantiated(None if found else program, tuple(found), mono.keys)
    return made, Compiled(names, statics)


def _mono(world: World, body_of: BodyOf) -> Mono:
    instances = Instances(world)
    declared = frozenset(one.name for one in world.crates.user.functions if one.foreign)
    return Mono(world, body_of, instances, Types(instances), make_body, declared=declared)


def _collect(mono: Mono, main: Function) -> tuple[Program, list[Diagnostic]]:
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
    program.exact = mono.unsafe
    return program, found


def _is_small(body: Body) -> bool:
    """Whether a call costs more than the function itself: it is compiled where it is called."""
    return sum(len(block.statements) + 1 for block in body.blocks) <= _SMALL


def _reached(program: Program, roots: Iterable[Symbol]) -> set[Symbol]:
    """Return the functions and globals that `roots` reach."""
    pending = list(roots)
    seen = set(pending)
    while pending:
        symbol = pending.pop()
        body = program.bodies.get(symbol)
        held = program.globals.get(symbol)
        found = references(body) if body is not None else _held(held) if held is not None else ()
        for other in found:
            if other not in seen:
                seen.add(other)
                pending.append(other)
    return seen


def _add(mono: Mono, program: Program, symbol: Symbol) -> list[Symbol]:
    """Add what `symbol` is to the program, and return what that refers to."""
    if symbol in mono.linked:
        program.linked[symbol] = mono.function_type(mono.keys[symbol])
        return []
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
