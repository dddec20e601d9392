"""Coercions: what may be done, unwritten, to make a value of one type one of another.

Reborrows and deref coercion, unsizing, function items and closures to pointers, `!` to anything,
`&mut` to `&`, `*mut` to `*const`; where nothing of that applies the types have to be equal.
"""

from dataclasses import replace

from freehold.records import dataclass
from freehold.rust.infer.adjust import (
    Adjustment,
    BorrowStep,
    ClosureStep,
    DerefStep,
    MutToConstStep,
    NeverStep,
    RawBorrowStep,
    ReifyStep,
    UnsafeStep,
    UnsizeStep,
)
from freehold.rust.infer.instantiate import instantiate_binder
from freehold.rust.infer.show import show
from freehold.rust.infer.table import Origin
from freehold.rust.infer.unify import Difference, Mismatch, unify
from freehold.rust.items import Constructor, Function, TraitPredicate
from freehold.rust.traits.autoderef import walk
from freehold.rust.traits.candidates import NOWHERE
from freehold.rust.traits.fulfil import Fulfilment
from freehold.rust.traits.goals import Cause, Goal, Noted, Stuck
from freehold.source import Span
from freehold.types import NeverType, PointerKind, PointerType, SliceType, Type
from freehold.types.generic import (
    ERASED,
    AdtType,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    InferKind,
    InferType,
    RefType,
    Signature,
    TraitRef,
    type_argument,
)


@dataclass(frozen=True, slots=True)
class Coerced:
    """A coercion that works: what is done, and the type that comes out."""

    adjustments: tuple[Adjustment, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Joined:
    """Two types made one. `before` is done to all earlier values, `new` to the new one."""

    before: tuple[Adjustment, ...]
    new: tuple[Adjustment, ...]
    type: Type


def coerce(
    fulfilment: Fulfilment,
    source: Type,
    target: Type,
    at: Span,
    *,
    two_phase: bool = False,
    reborrows: bool = False,
) -> Coerced | Mismatch:
    """Make a value of type `source` one of type `target`; on failure nothing is bound.

    `reborrows`: it shows that a shared reference becomes another one, `&*x`, not x itself.
    """
    table = fulfilment.table
    source, target = table.shallow(source), table.shallow(target)
    if isinstance(source, NeverType):
        return _from_never(fulfilment, target, at)
    mark, pending = table.snapshot(), len(fulfilment.pending)
    result = _coerce(_Site(fulfilment, at, two_phase, reborrows), source, target)
    if isinstance(result, Mismatch):
        table.rollback(mark)
        del fulfilment.pending[pending:]
    return result


@dataclass(frozen=True, slots=True)
class _Site:
    fulfilment: Fulfilment
    at: Span
    two_phase: bool = False
    reborrows: bool = False

    def unify(self, source: Type, target: Type, *adjustments: Adjustment) -> Coerced | Mismatch:
        """Make the types equal, after the adjustments that lead to `source`."""
        mismatch = unify(self.fulfilment.table, target, source)
        return mismatch or Coerced(adjustments, target)


def _from_never(fulfilment: Fulfilment, target: Type, at: Span) -> Coerced:
    """`!` becomes anything; a variable then stands for code that is not reached."""
    if isinstance(target, NeverType):
        return Coerced((), target)
    if isinstance(target, InferType):
        diverging = fulfilment.table.fresh(Origin(at, diverging=True))
        unify(fulfilment.table, target, diverging)
        target = diverging
    return Coerced((NeverStep(target),), target)


def _coerce(site: _Site, source: Type, target: Type) -> Coerced | Mismatch:
    if isinstance(source, InferType) and source.kind is InferKind.ANY:
        return site.unify(source, target)
    if _may_unsize(site, source, target):
        table, pending = site.fulfilment.table, len(site.fulfilment.pending)
        mark = table.snapshot()
        unsized = _unsize(site, source, target)
        if unsized is not None:
            return unsized
        table.rollback(mark)
        del site.fulfilment.pending[pending:]
    match source, target:
        case _, PointerType():
            return _to_pointer(site, source, target)
        case RefType(), RefType():
            return _to_reference(site, source, target)
        case FnDefType(), FnPtrType():
            return _from_function(site, source, target)
        case FnPtrType(), FnPtrType():
            return _from_pointer(site, source, target)
        case ClosureType(), FnPtrType():
            return _from_closure(site, source, target)
        case _:
            return site.unify(source, target)


def _mutability(source: Type, target: Type) -> Mismatch:
    return Mismatch(Difference.MUTABILITY, target, source)


# ------------------------------------------------------------------------- references, pointers


def _to_reference(site: _Site, source: RefType, target: RefType) -> Coerced | Mismatch:
    """Reborrow, after as many dereferences as make the pointee fit."""
    if target.mutable and not source.mutable:
        return _mutability(source, target)
    table = site.fulfilment.table
    first: Mismatch | None = None
    steps: list[Adjustment] = []
    nested: list[Goal] = []
    walked = walk(site.fulfilment.solver, source, nested, site.at)
    next(walked)  # the reference itself
    for step in walked:
        steps.append(DerefStep(step.type, step.overloaded))
        borrowed = RefType(ERASED, step.type, target.mutable)
        mark = table.snapshot()
        mismatch = unify(table, target, borrowed)
        if mismatch is None:
            if len(steps) == 1 and not source.mutable and not site.reborrows:
                return Coerced((), source)  # `&*x` of a shared reference is x
            for goal in nested:
                site.fulfilment.require_goal(goal, site.at)
            borrow = BorrowStep(borrowed, target.mutable, site.two_phase and target.mutable)
            return Coerced((*steps, borrow), borrowed)
        table.rollback(mark)
        first = first or mismatch
    assert first is not None
    return first


def _to_pointer(site: _Site, source: Type, target: PointerType) -> Coerced | Mismatch:
    mutable = target.kind is PointerKind.RAW_MUT
    match source:
        case RefType(_, pointee, is_mutable):
            if mutable and not is_mutable:
                return _mutability(source, target)
            made = PointerType(pointee, target.kind)
            return site.unify(made, target, DerefStep(pointee), RawBorrowStep(made, mutable))
        case PointerType(pointee, PointerKind.RAW_MUT) if not mutable:
            made = PointerType(pointee, target.kind)
            return site.unify(made, target, MutToConstStep(made))
        case PointerType() if source.kind is not target.kind:
            return _mutability(source, target)
        case _:
            return site.unify(source, target)


# ------------------------------------------------------------------------------------- unsizing

_WIDE = (SliceType, DynType)


def _may_unsize(site: _Site, source: Type, target: Type) -> bool:
    """Rule out, cheaply, what never unsizes: most coercions."""
    table = site.fulfilment.table
    match source, target:
        case RefType() | PointerType(), RefType() | PointerType():
            if isinstance(source, PointerType) and isinstance(target, RefType):
                return False
            to = table.shallow(target.pointee)
            if isinstance(to, AdtType):
                origin = table.shallow(source.pointee)
                return isinstance(origin, AdtType) and origin.definition is to.definition
            return isinstance(to, _WIDE)
        case AdtType(), AdtType():
            return (source.definition is target.definition and source != target) or _has_dyn(source)
        case _:
            return False


def _has_dyn(ty: AdtType) -> bool:
    return any(isinstance(argument, DynType) for argument in ty.arguments)


def _unsize(site: _Site, source: Type, target: Type) -> Coerced | None:
    """`source: CoerceUnsized<target>`; goals that it leads to, of other traits, become required."""
    fulfilment = site.fulfilment
    world, table = fulfilment.solver.world, fulfilment.table
    trait, unsize = world.lang("coerce_unsized"), world.lang("unsize")
    if trait is None or unsize is None:
        return None
    reborrow = _reborrow(source, target)
    if reborrow is None:
        return None
    origin = reborrow[-1].type if reborrow else source
    shown = show(source, table), show(target, table)
    cause = Cause(site.at, Noted(f"required for the cast from `{shown[0]}` to `{shown[1]}`"))
    queue: list[Goal] = [TraitPredicate(TraitRef(trait, (origin, target)), NOWHERE)]
    while queue:
        goal = queue.pop()
        wanted = goal.trait if isinstance(goal, TraitPredicate) else None
        if wanted is None or wanted.trait not in (trait, unsize):
            fulfilment.require(goal, cause)
            continue
        chosen = fulfilment.solver.select(wanted)
        if chosen is Stuck.AMBIGUOUS and wanted.trait is unsize:
            to = table.shallow(type_argument(wanted.arguments, 1))
            if isinstance(table.shallow(wanted.self_type), InferType) and isinstance(to, DynType):
                fulfilment.require(goal, cause)
                continue
        if isinstance(chosen, Stuck):
            return None
        queue += chosen.nested
    return Coerced((*reborrow, UnsizeStep(target)), target)


def _reborrow(source: Type, target: Type) -> tuple[Adjustment, ...] | None:
    """Return what makes a pointer of `target`'s kind to the same pointee; None if that is wrong."""
    match source, target:
        case RefType(_, pointee, mutable), RefType(_, _, wanted):
            if wanted and not mutable:
                return None
            return (DerefStep(pointee), BorrowStep(RefType(ERASED, pointee, wanted), wanted))
        case RefType(_, pointee, mutable), PointerType(_, kind):
            wanted = kind is PointerKind.RAW_MUT
            if wanted and not mutable:
                return None
            return (DerefStep(pointee), RawBorrowStep(PointerType(pointee, kind), wanted))
        case _:
            return ()


# ------------------------------------------------------------------------------------ callables


def function_signature(fulfilment: Fulfilment, ty: FnDefType, at: Span) -> Signature | None:
    """Return a function item's signature, binder kept, normalised; None if it is no function."""
    definition = ty.definition
    if not isinstance(definition, Function | Constructor) or definition.signature is None:
        return None
    return _normalised(fulfilment, instantiate_binder(definition.signature, ty.arguments), at)


def _normalised(fulfilment: Fulfilment, signature: Signature, at: Span) -> Signature:
    return replace(
        signature,
        inputs=tuple(fulfilment.normalise(ty, at) for ty in signature.inputs),
        output=fulfilment.normalise(signature.output, at),
    )


def _safe_to(
    site: _Site, signature: Signature, target: FnPtrType, first: Adjustment
) -> Coerced | Mismatch:
    """A pointer of `signature`, which `first` makes, as `target`: perhaps made unsafe."""
    if target.signature.unsafe and not signature.unsafe:
        unsafe = FnPtrType(replace(signature, unsafe=True))
        return site.unify(unsafe, target, first, UnsafeStep(unsafe))
    return site.unify(FnPtrType(signature), target, first)


def _from_function(site: _Site, source: FnDefType, target: FnPtrType) -> Coerced | Mismatch:
    signature = function_signature(site.fulfilment, source, site.at)
    intrinsic = isinstance(source.definition, Function) and source.definition.intrinsic
    if signature is None or intrinsic:
        return site.unify(source, target)
    return _safe_to(site, signature, target, ReifyStep(FnPtrType(signature)))


def _from_pointer(site: _Site, source: FnPtrType, target: FnPtrType) -> Coerced | Mismatch:
    if target.signature.unsafe and not source.signature.unsafe:
        unsafe = FnPtrType(replace(source.signature, unsafe=True))
        return site.unify(unsafe, target, UnsafeStep(unsafe))
    return site.unify(source, target)


def _from_closure(site: _Site, source: ClosureType, target: FnPtrType) -> Coerced | Mismatch:
    facts = site.fulfilment.solver.closure(source)
    if not facts.captureless:
        return site.unify(source, target)
    signature = replace(facts.signature, unsafe=target.signature.unsafe)
    pointer = FnPtrType(signature)
    return site.unify(pointer, target, ClosureStep(pointer))


# --------------------------------------------------------------------------------------- joining


def join(
    fulfilment: Fulfilment, before: Type, new: Type, at: Span, *, untouched: bool = True
) -> Joined | Mismatch:
    """Find one type for values of type `before` and a `new` one: arms, array elements, returns.

    `untouched`: nothing but reborrows was done to the earlier values, so they may be coerced.
    """
    table = fulfilment.table
    before, new = table.shallow(before), table.shallow(new)
    pointers = _as_pointers(fulfilment, before, new, at)
    if pointers is not None:
        return pointers
    forth = coerce(fulfilment, new, before, at)
    if isinstance(forth, Coerced):
        return Joined((), forth.adjustments, forth.type)
    if not untouched:
        return forth
    back = coerce(fulfilment, before, new, at)
    if isinstance(back, Coerced):
        return Joined(back.adjustments, (), back.type)
    return forth


def _as_pointers(fulfilment: Fulfilment, before: Type, new: Type, at: Span) -> Joined | None:
    """Two different functions or closures without captures become pointers of one signature."""
    kinds = FnDefType | ClosureType
    if not isinstance(before, kinds) or not isinstance(new, kinds):
        return None
    mark = fulfilment.table.snapshot()
    if unify(fulfilment.table, before, new) is None:
        return Joined((), (), before)
    fulfilment.table.rollback(mark)
    unsafe = _is_unsafe(before) or _is_unsafe(new)
    left = _pointer_to(fulfilment, before, at, unsafe=unsafe)
    right = _pointer_to(fulfilment, new, at, unsafe=unsafe)
    if left is None or right is None:
        return None
    if unify(fulfilment.table, left.type, right.type) is not None:
        fulfilment.table.rollback(mark)
        return None
    return Joined((left,), (replace(right, type=left.type),), left.type)


def _is_unsafe(ty: FnDefType | ClosureType) -> bool:
    signature = getattr(ty.definition, "signature", None)
    return isinstance(ty, FnDefType) and isinstance(signature, Signature) and signature.unsafe


def _pointer_to(
    fulfilment: Fulfilment, ty: FnDefType | ClosureType, at: Span, *, unsafe: bool
) -> ReifyStep | ClosureStep | None:
    if isinstance(ty, FnDefType):
        signature = function_signature(fulfilment, ty, at)
        return None if signature is None else ReifyStep(FnPtrType(signature))
    facts = fulfilment.solver.closure(ty)
    if not facts.captureless:
        return None
    return ClosureStep(FnPtrType(replace(facts.signature, unsafe=unsafe)))
