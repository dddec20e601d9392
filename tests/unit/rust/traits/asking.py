"""Questions to selection, written in Rust: signatures of functions are what is asked."""

from functools import cache

from freehold.api import cache_folder
from freehold.driver.cache import Cache
from freehold.driver.rust import load_std
from freehold.rust import crates
from freehold.rust.infer import identity, instantiate
from freehold.rust.items import Function
from freehold.rust.traits import World, param_env
from freehold.rust.traits.solver import Solver
from freehold.source import Source
from freehold.types import Type


@cache
def _ready() -> None:
    load_std(Cache(cache_folder()))


def world_of(text: str) -> World:
    """Return the program `text`, loaded with our std; names in it have no errors."""
    _ready()
    program = crates.load(Source("asked.rs", text))
    program.resolve_all()
    assert not program.diagnostics, [found.message for found in program.diagnostics]
    return World(program)


def asked(world: World) -> dict[str, Function]:
    """Return the functions by name."""
    return {each.name: each for each in world.crates.user.functions}


def solver_in(world: World, function: Function) -> Solver:
    """Return a solver in the environment of a function."""
    return Solver(world, param_env(world, function))


def types_of(function: Function) -> tuple[tuple[Type, ...], Type]:
    """Return the types of a function's parameters and result, as its body sees them."""
    own = identity(function.generics)
    signature = function.signature
    assert signature is not None
    inputs = tuple(instantiate(ty, own) for ty in signature.inputs)
    return inputs, instantiate(signature.output, own)
