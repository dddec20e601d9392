"""What ownership and borrow ask of types, answered in the environment of one body."""

from collections.abc import Callable
from typing import Any

from freehold.rust.infer.instantiate import instantiate, without_regions
from freehold.rust.infer.show import definition_path, show
from freehold.rust.items import Function, Opaque, Trait
from freehold.rust.traits.env import ParamEnv
from freehold.rust.traits.goals import Outcome
from freehold.rust.traits.knowable import is_users
from freehold.rust.traits.solver import Solver
from freehold.rust.traits.world import World, parent_of
from freehold.source import Span
from freehold.types import (
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    FloatType,
    IntType,
    NeverType,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    Answers,
    CalleeFacts,
    ClosureType,
    Definition,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    OpaqueType,
    Parameter,
    RefType,
)


def answers(world: World, env: ParamEnv, *, reveals: bool = False) -> Answers:
    """Return what holds of types in `env`. Types may have regions: they do not count."""
    facts = Facts(Solver(world, env, reveals=reveals))
    copy, drop, normalise = facts.is_copy, facts.needs_drop, facts.normalise
    return Answers(copy, drop, normalise, show, callee, facts.is_clone, parameter, facts.is_sized)


_SCALARS = frozenset(
    (
        IntType,
        FloatType,
        BoolType,
        CharType,
        NeverType,
        PointerType,
        FnDefType,
        FnPtrType,
    )
)
_NEVER_DROPPED = _SCALARS | frozenset((RefType, StrType))


class Facts:
    """Answers on types without variables, kept."""

    __slots__ = ("_copies", "_drops", "solver")

    def __init__(self, solver: Solver) -> None:
        """Ask `solver`."""
        self.solver = solver
        self._copies: dict[Type, bool] = {}
        self._drops: dict[Type, bool] = {}

    def is_copy(self, ty: Type) -> bool:
        """Tell whether using a value of the type copies it."""
        kind = type(ty)
        if kind in _SCALARS:
            return True
        if isinstance(ty, RefType):
            return not ty.mutable
        known = self._copies.get(ty)
        if known is None:
            normal = self.normalise(without_regions(ty))
            known = self._copies[ty] = self.solver.implements(normal, "copy") is Outcome.YES
        return known

    def is_clone(self, ty: Type) -> bool:
        """Tell whether the type can be cloned."""
        normal = self.normalise(without_regions(ty))
        return self.solver.implements(normal, "clone") is Outcome.YES

    def is_sized(self, ty: Type) -> bool:
        """Tell whether the size of the type is known here."""
        normal = self.normalise(without_regions(ty))
        return self.solver.implements(normal, "sized") is Outcome.YES

    def normalise(self, ty: Type) -> Type:
        """Return `ty` with the projections in it replaced by what is known of them."""
        return self.solver.normalize(ty, [])

    def needs_drop(self, ty: Type) -> bool:
        """Tell whether dropping a value of the type does anything."""
        if type(ty) in _NEVER_DROPPED:
            return False
        known = self._drops.get(ty)
        if known is None:
            self._drops[ty] = False  # a type inside of itself adds nothing
            normal = self.normalise(without_regions(ty))
            known = self._drops[ty] = self._find_needs_drop(normal)
        return known

    def _find_needs_drop(self, ty: Type) -> bool:
        if type(ty) in _NEVER_DROPPED:
            return False
        parts = _PARTS.get(type(ty))
        if parts is not None:
            return any(map(self.needs_drop, parts(ty)))
        match ty:
            case AdtType():
                return self._adt(ty)
            case OpaqueType(Opaque() as definition, arguments) if self.solver.reveals:
                hidden = self.solver.world.hidden(definition)
                if hidden is not None:
                    return self.needs_drop(instantiate(hidden, arguments))
            case ClosureType():
                upvars = self.solver.closure(ty).upvars
                return upvars is None or any(map(self.needs_drop, upvars))
            case _:
                pass
        return not self.is_copy(ty)

    def _adt(self, ty: AdtType) -> bool:
        definition = ty.definition
        if definition.lang == "manually_drop":
            return False
        if definition.drop is not None or definition.lang == "owned_box":
            return True
        if definition.kind is AdtKind.UNION:
            return False
        return any(
            self.needs_drop(instantiate(field.type, ty.arguments))
            for variant in definition.variants
            for field in variant.fields
        )


_PARTS: dict[type, Callable[[Any], tuple[Type, ...]]] = {
    TupleType: lambda ty: ty.elements,
    ArrayType: lambda ty: (ty.element,) if ty.length else (),
    GenericArrayType: lambda ty: (ty.element,),
    SliceType: lambda ty: (ty.element,),
}

# ------------------------------------------------------------------------------------- callees


def callee(definition: Definition) -> CalleeFacts:
    """Return what a finding says of a function that is called."""
    if not isinstance(definition, Function):
        return CalleeFacts(definition.name)
    parent = parent_of(definition)
    trait = _lang(parent) if isinstance(parent, Trait) else ""
    return CalleeFacts(definition_path(definition), self_span(definition), trait)


def parameter(definition: Definition, number: int) -> Parameter | None:
    """Return a parameter of the user's own function, whose type he could change; None of others."""
    node = definition.node if isinstance(definition, Function) else None
    if node is None or not is_users(definition):
        return None
    signature = node.signature
    number -= signature.self_param is not None
    if not 0 <= number < len(signature.parameters):
        return None
    ident = signature.ident
    kind = "function" if signature.self_param is None else "method"
    return Parameter(signature.parameters[number].type.span, ident.name, ident.span, kind)


def self_span(definition: Function) -> Span | None:
    """Return where a method's `self` is written."""
    node = definition.node
    if node is None or node.signature.self_param is None:
        return None
    return node.signature.self_param.span


def _lang(trait: Trait) -> str:
    """Return a trait's lang item; for others of std the name in that style."""
    if trait.lang or not trait.path.startswith("std::"):
        return trait.lang
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in trait.name).lstrip("_")
