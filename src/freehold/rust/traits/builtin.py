"""The traits that the language itself implements: `Sized`, `Copy`, `Clone`, `Fn`, `Unsize`...

Each rule gives the candidates for a goal whose Self type is known, or None: ambiguous.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from freehold.rust.infer.instantiate import instantiate
from freehold.rust.items import Constructor, Function
from freehold.rust.traits.candidates import (
    BuiltinCandidate,
    CallCandidate,
    Candidate,
    SpecialCandidate,
)
from freehold.rust.traits.unsize import unsize
from freehold.types import (
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
    AdtDef,
    AdtType,
    ClosureKind,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    InferKind,
    InferType,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
    Signature,
    TraitRef,
    type_argument,
)

if TYPE_CHECKING:
    from freehold.rust.traits.solver import Solver

Rule = Callable[["Solver", TraitRef], "list[Candidate] | None"]

_YES = BuiltinCandidate()
_UNSIZED = frozenset((StrType, SliceType, DynType))
_ALIASES = frozenset((ParamType, ProjectionType, OpaqueType))

# --------------------------------------------------------------------------------------- Sized


def _sized(solver: "Solver", goal: TraitRef) -> "list[Candidate] | None":
    ty = goal.self_type
    kind = type(ty)
    if kind in _UNSIZED or kind in _ALIASES:
        return []
    if isinstance(ty, TupleType):
        return [BuiltinCandidate(ty.elements[-1:])]
    if isinstance(ty, AdtType):
        return [BuiltinCandidate(sized_parts(solver, ty))]
    return [_YES]


def sized_parts(solver: "Solver", ty: AdtType) -> tuple[Type, ...]:
    """Return the types of fields that decide whether `ty` is sized: they may be a parameter."""
    key = ("sized", ty.definition)
    known = solver.world.shared.get(key)
    if known is None:
        solver.world.shared[key] = ()  # a type that holds itself is an error of its own
        known = solver.world.shared[key] = _sized_parts(solver, ty.definition)
    assert isinstance(known, tuple)
    return tuple(instantiate(part, ty.arguments) for part in known)


def _sized_parts(solver: "Solver", definition: AdtDef) -> tuple[Type, ...]:
    found: list[Type] = []
    for variant in definition.variants:
        if not variant.fields:
            continue
        last = variant.fields[-1].type
        if isinstance(last, AdtType):
            found.extend(sized_parts(solver, last))
        elif type(last) not in _ALWAYS_SIZED:
            found.append(last)
    return tuple(found)


_ALWAYS_SIZED = frozenset(
    (
        IntType,
        FloatType,
        BoolType,
        CharType,
        NeverType,
        PointerType,
        RefType,
        FnPtrType,
        FnDefType,
        ArrayType,
        GenericArrayType,
        ClosureType,
    )
)

# ------------------------------------------------------------------------------- Copy and Clone


def _copy(solver: "Solver", goal: TraitRef) -> "list[Candidate] | None":
    ty = goal.self_type
    match ty:
        case FnDefType() | FnPtrType():
            return [_YES]
        case InferType(_, kind):
            return [_YES] if kind is not InferKind.ANY else None
        case TupleType(elements):
            return [BuiltinCandidate(elements)]
        case ClosureType():
            upvars = solver.closure(ty).upvars
            return None if upvars is None else [BuiltinCandidate(upvars)]
        case _:
            return []  # impls in std, or none


# ------------------------------------------------------------------------------------------- Fn

_STRENGTH = {ClosureKind.FN: 0, ClosureKind.FN_MUT: 1, ClosureKind.FN_ONCE: 2}
KIND_OF_TRAIT = {
    "fn": ClosureKind.FN,
    "fn_mut": ClosureKind.FN_MUT,
    "fn_once": ClosureKind.FN_ONCE,
}


def extends(kind: ClosureKind, wanted: ClosureKind) -> bool:
    """Tell whether a closure of `kind` can be called as `wanted` asks."""
    return _STRENGTH[kind] <= _STRENGTH[wanted]


def _call(solver: "Solver", goal: TraitRef) -> "list[Candidate] | None":
    ty = goal.self_type
    lang = getattr(goal.trait, "lang", "")
    wanted = KIND_OF_TRAIT[lang]
    if isinstance(ty, ClosureType):
        facts = solver.closure(ty)
        if facts.kind is not None and not extends(facts.kind, wanted):
            return []
        return [CallCandidate(solver.closure_signature(ty), ty, wanted)]
    signature = callable_signature(solver, ty)
    return [] if signature is None else [CallCandidate(signature)]


def callable_signature(solver: "Solver", ty: Type) -> Signature | None:
    """Return the opened signature of a function item or pointer that has the `Fn` traits."""
    signature = signature_of(solver, ty)
    if signature is None or signature.unsafe or signature.variadic or signature.abi != "Rust":
        return None
    return signature


def signature_of(solver: "Solver", ty: Type) -> Signature | None:
    """Return the opened, normalised signature of a function item or pointer."""
    if isinstance(ty, FnPtrType):
        return solver.open_signature(ty.signature, ())
    if isinstance(ty, FnDefType):
        definition = ty.definition
        if isinstance(definition, Function | Constructor) and definition.signature is not None:
            return solver.open_signature(definition.signature, ty.arguments)
    return None


# -------------------------------------------------------------------------------------- others


def _tuple(solver: "Solver", goal: TraitRef) -> "list[Candidate] | None":
    del solver
    return [_YES] if isinstance(goal.self_type, TupleType) else []


def _fn_ptr(solver: "Solver", goal: TraitRef) -> "list[Candidate] | None":
    del solver
    ty = goal.self_type
    return [_YES] if isinstance(ty, FnPtrType) else []


def _unsize(solver: "Solver", goal: TraitRef) -> "list[Candidate] | None":
    source, target = goal.self_type, type_argument(goal.arguments, 1)
    target = solver.table.shallow(target)
    if isinstance(target, InferType):
        return None
    if isinstance(source, InferType):
        return None if source.kind is InferKind.ANY or isinstance(target, DynType) else []
    fit = unsize(solver, source, target)
    return [] if fit is None else [SpecialCandidate(fit)]


def _pointer_like(solver: "Solver", goal: TraitRef) -> "list[Candidate] | None":
    del solver, goal
    return [_YES]


RULES: dict[str, Rule] = {
    "sized": _sized,
    "copy": _copy,
    "clone": _copy,
    "fn": _call,
    "fn_mut": _call,
    "fn_once": _call,
    "tuple_trait": _tuple,
    "fn_ptr_trait": _fn_ptr,
    "unsize": _unsize,
    "discriminant_kind": _pointer_like,
    "pointee_trait": _pointer_like,
    "destruct": _pointer_like,
}
# These have no impls at all: the rule says everything about types that are no parameters.
COMPLETE = frozenset(
    ("sized", "tuple_trait", "fn_ptr_trait", "unsize", "discriminant_kind", "pointee_trait")
)
