"""Concrete instances: which body a call of a trait's method runs, once all types are known."""

from enum import Enum

from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.infer.instantiate import without_regions
from freehold.rust.infer.resolve import Resolver
from freehold.rust.items import Constant, Function, Impl, Trait
from freehold.rust.traits.candidates import NOWHERE
from freehold.rust.traits.env import ParamEnv
from freehold.rust.traits.fulfil import Fulfilment
from freehold.rust.traits.goals import (
    BuiltinSource,
    CallSource,
    Chosen,
    Goal,
    ImplSource,
    ObjectSource,
    Stuck,
)
from freehold.rust.traits.solver import Solver
from freehold.rust.traits.world import World, impl_item, trait_of
from freehold.types import Type
from freehold.types.generic import (
    ERASED,
    ClosureType,
    Definition,
    GenericArg,
    TraitRef,
    is_region,
    is_type,
)

Arguments = tuple[GenericArg, ...]


class Shim(Enum):
    """What has no body of its own: `rust.mono` makes it."""

    NONE = ""
    CLOSURE = "closure"  # `Fn*::call*` of a closure
    FUNCTION = "function"  # `Fn*::call*` of a function item or pointer: Self is argument 0
    CLONE = "clone"  # `Clone::clone` of a tuple, closure, function item or pointer
    VIRTUAL = "virtual"  # a method of a `dyn` type: through its vtable


@dataclass(frozen=True, slots=True)
class Instance:
    """A body and the arguments for its parameters; with a shim, the trait's method instead.

    Of a closure it is the closure, and `method` the trait's method that is called.
    """

    definition: Definition
    arguments: Arguments
    shim: Shim = Shim.NONE
    method: Definition | None = None


class Instances:
    """Finds instances and normalises types, of one whole program. All opaque types are revealed."""

    __slots__ = ("_known", "_normal", "solver", "world")

    def __init__(self, world: World) -> None:
        """Look in an empty environment: there are no parameters left."""
        self.world = world
        self.solver = Solver(world, ParamEnv(world, ()), reveals=True)
        self._known: dict[tuple[Definition, Arguments], Instance | None] = {}
        self._normal: dict[Type, Type] = {}

    def normalize_concrete(self, ty: Type) -> Type:
        """Return a type without parameters in its one form: no projections, opaques, regions."""
        known = self._normal.get(ty)
        if known is None:
            nested: list[Goal] = []
            made = self.solver.normalize(without_regions(ty), nested)
            known = self._normal[ty] = self._resolved(made, nested)
        return known

    def _resolved(self, ty: Type, nested: list[Goal]) -> Type:
        resolver = Resolver(self.solver.table)
        made = resolver.type(ty)
        if not resolver.free:
            return made
        fulfilment = Fulfilment(self.solver)
        for goal in nested:
            fulfilment.require_goal(goal, NOWHERE)
        fulfilment.select()
        return Resolver(self.solver.table).type(ty)

    def normalize_arguments(self, arguments: Arguments) -> Arguments:
        """Return concrete arguments in their one form."""
        return tuple(
            self.normalize_concrete(each) if is_type(each) else ERASED if is_region(each) else each
            for each in arguments
        )

    def resolve(self, definition: Definition, arguments: Arguments) -> Instance | None:
        """Return what a function or constant with concrete, normalised arguments is.

        None: a required method of which there is no impl (an error that was reported).
        """
        key = (definition, arguments)
        if key not in self._known:
            trait = trait_of(definition)
            self._known[key] = (
                Instance(definition, arguments)
                if trait is None
                else self._of_trait(definition, trait, arguments)
            )
        return self._known[key]

    def _of_trait(
        self, definition: Definition, trait: Trait, arguments: Arguments
    ) -> Instance | None:
        arity = trait.generics.count
        goal = TraitRef(trait, arguments[:arity])
        mark = self.solver.table.snapshot()
        chosen = self.solver.select(goal)
        if isinstance(chosen, Stuck):
            self.solver.table.rollback(mark)
            return None
        match chosen.source:
            case ImplSource(impl, impl_arguments):
                return self._of_impl(
                    definition, impl, arguments, self._bound(impl_arguments, chosen)
                )
            case ObjectSource():
                return Instance(definition, arguments, Shim.VIRTUAL)
            case CallSource():
                return _callable(definition, goal.self_type, arguments)
            case BuiltinSource() if trait.lang == "clone" and definition.name == "clone":
                return Instance(definition, arguments, Shim.CLONE)
            case _:
                return Instance(definition, arguments)

    def _bound(self, arguments: Arguments, chosen: Chosen) -> Arguments:
        """Return an impl's arguments, bound: the header binds them, or what the impl requires."""
        resolver = Resolver(self.solver.table)
        made = resolver.arguments(arguments)
        if not resolver.free:
            return made
        fulfilment = Fulfilment(self.solver)
        for goal in chosen.nested:
            fulfilment.require_goal(goal, NOWHERE)
        fulfilment.select()
        return Resolver(self.solver.table).arguments(arguments)

    def _of_impl(
        self, definition: Definition, impl: Impl, arguments: Arguments, of_impl: Arguments
    ) -> Instance | None:
        found = impl_item(impl, definition)
        if found is not None:
            trait = trait_of(definition)
            assert trait is not None
            return Instance(found, (*of_impl, *arguments[trait.generics.count :]))
        return Instance(definition, arguments) if _has_body(definition) else None


def _callable(definition: Definition, self_type: Type, arguments: Arguments) -> Instance:
    if isinstance(self_type, ClosureType):
        return Instance(self_type.definition, self_type.arguments, Shim.CLOSURE, definition)
    return Instance(definition, arguments, Shim.FUNCTION)


def _has_body(definition: Definition) -> bool:
    match definition:
        case Function(node=node):
            return node is not None and node.body is not None
        case Constant(node=ast.Const(value=value)):
            return value is not None
        case _:
            return False
