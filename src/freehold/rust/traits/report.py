"""The words for obligations that failed: E0277 and its kin."""

from collections.abc import Iterable, Mapping

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_traits as codes
from freehold.diagnostics import codes_rust_types as type_codes
from freehold.records import dataclass
from freehold.rust.infer.resolve import Resolver, has_error, inner
from freehold.rust.infer.show import show, show_predicate, show_trait
from freehold.rust.items import Function, ProjectionPredicate, Trait, TraitPredicate
from freehold.rust.traits.builtin import KIND_OF_TRAIT, signature_of
from freehold.rust.traits.compatible import not_dyn_compatible
from freehold.rust.traits.describe import is_local, unimplemented_words
from freehold.rust.traits.fulfil import Failure, Fulfilment, Unfulfilled
from freehold.rust.traits.goals import (
    Cause,
    ClosureKindGoal,
    Derived,
    DynCompatible,
    Goal,
    ItemBound,
    Noted,
    WellFormed,
    opened,
)
from freehold.rust.traits.world import World, generics_of
from freehold.source import Span
from freehold.types import TupleType, Type
from freehold.types.fold import erase
from freehold.types.generic import (
    ClosureKind,
    ClosureType,
    Definition,
    DynType,
    FnDefType,
    GenericArg,
    ParamType,
    ProjectionType,
    Signature,
    TraitRef,
    is_type,
    type_argument,
)


@dataclass(frozen=True, slots=True)
class CallSite:
    """The arguments of a call, the receiver first if it has one: an error is at the one to blame.

    `callee` is what is called, with its receiver's name for a method.
    """

    arguments: tuple[Span, ...]
    callee: Span


Calls = Mapping[Span, CallSite]


def report(fulfilment: Fulfilment, calls: Calls | None = None) -> list[Diagnostic]:
    """Return the diagnostics for the errors so far, and forget these. Ambiguities are left.

    `calls` are the calls of functions with where clauses, by the span at which these are required.
    """
    reporter = _Reporter(fulfilment, calls or {})
    errors = fulfilment.errors
    fulfilment.errors = [each for each in errors if each.failure is Failure.AMBIGUOUS]
    return reporter.all(each for each in errors if each.failure is not Failure.AMBIGUOUS)


class _Reporter:
    __slots__ = ("_calls", "_fulfilment", "_said", "_world")

    def __init__(self, fulfilment: Fulfilment, calls: Calls) -> None:
        self._fulfilment = fulfilment
        self._world: World = fulfilment.solver.world
        self._calls = calls
        self._said: list[tuple[Span, Goal]] = []

    def all(self, errors: Iterable[Unfulfilled]) -> list[Diagnostic]:
        found: list[Diagnostic] = []
        for error in errors:
            settled = self._settled(error)
            if self._is_implied(settled):
                continue
            self._said.append((settled.cause.span, settled.goal))
            found.append(self._one(_erased(error)))
        return found

    def _settled(self, error: Unfulfilled) -> Unfulfilled:
        goal = self._fulfilment.solver.settled(error.goal)
        return Unfulfilled(error.failure, goal, error.cause, error.mismatch, error.found)

    def _is_implied(self, error: Unfulfilled) -> bool:
        """Tell whether what was said at the same place says this too, or an error is in it."""
        if _mentions_error(error.goal):
            return True
        for span, goal in self._said:
            if span == error.cause.span and self._implies(goal, error.goal):
                return True
        return False

    def _implies(self, said: Goal, goal: Goal) -> bool:
        if said == goal:
            return True
        if not isinstance(said, TraitPredicate):
            return False
        trait = said.trait.trait
        assert isinstance(trait, Trait)
        above = {each.trait for each in self._world.supertraits(trait)}
        match goal:
            case TraitPredicate(TraitRef(wanted, arguments)):
                same = arguments[0] == said.trait.self_type
                return same and (wanted is trait or wanted in above)
            case ProjectionPredicate(item, arguments):
                return arguments[0] == said.trait.self_type and _owner(item) in above
            case _:
                return False

    # ------------------------------------------------------------------------------ by failure

    def _one(self, error: Unfulfilled) -> Diagnostic:
        match error.goal:
            case ClosureKindGoal(closure, kind):
                found = self._fulfilment.solver.closure(closure).kind
                assert found is not None
                return _closure_kind(closure, kind, found)
            case ProjectionPredicate() as goal:
                return self._projection(error, goal)
            case TraitPredicate() as goal:
                return self._trait(error, opened(goal))
            case DynCompatible(trait):
                return not_dyn_compatible(self._world, trait, self._place(error))
            case WellFormed(ty):
                return self._overflow(error, f"{show(ty)} well-formed")

    def _overflow(self, error: Unfulfilled, predicate: str) -> Diagnostic:
        at = self._place(error)
        return Diagnostic(
            codes.OVERFLOW, at, {"predicate": predicate}, notes=self._notes(error.cause)
        )

    def _trait(self, error: Unfulfilled, goal: TraitRef) -> Diagnostic:
        shown = f"{show(goal.self_type)}: {show_trait(goal)}"
        if error.failure is Failure.OVERFLOW:
            return self._overflow(error, shown)
        if _is_returned(error) and isinstance(goal.self_type, DynType):
            label = "doesn't have a size known at compile-time"
            return Diagnostic(codes.RETURNED_OBJECT, error.cause.span, {}, label)
        callable_ = self._callable(error, goal)
        if callable_ is not None:
            return callable_
        words = unimplemented_words(goal) | _question_mark(error, goal)
        what = words.get("message", f"the trait bound `{shown}` is not satisfied")
        missing = f"the trait `{show_trait(goal)}` is not implemented for `{show(goal.self_type)}`"
        local = is_local(goal.self_type)
        label = words.get("label") or ("unsatisfied trait bound" if local else missing)
        help_: tuple[str, ...] = () if label == missing else (missing,)
        if isinstance(error.cause.root.why, Noted) and error.cause.root.why.help:
            help_ = (*help_, error.cause.root.why.help)
        notes = (words["note"],) if "note" in words else ()
        return Diagnostic(
            codes.UNIMPLEMENTED,
            self._place(error),
            {"what": what},
            label,
            self._labels(error),
            notes=(*notes, *self._notes(error.cause)),
            help=help_,
        )

    def _projection(self, error: Unfulfilled, goal: ProjectionPredicate) -> Diagnostic:
        table = self._fulfilment.table
        projection = ProjectionType(goal.item, goal.arguments)
        self_type = type_argument(goal.arguments, 0)
        if error.failure is Failure.OVERFLOW:
            return self._overflow(error, show_predicate(goal))
        assert error.found is not None
        expected, found = goal.type, Resolver(table).type(error.found)
        shown, wanted, got = show(self_type), show(expected), show(found)
        if goal.item.name == "Item" and _lang_or_name(goal.item) == "Iterator":
            what = (
                f"expected `{shown}` to be an iterator that yields `{wanted}`, "
                f"but it yields `{got}`"
            )
        elif goal.item is self._world.lang("fn_once_output"):
            what = f"expected `{shown}` to return `{wanted}`, but it returns `{got}`"
        else:
            what = f"type mismatch resolving `{show(projection)} == {wanted}`"
        label = f"expected `{wanted}`, found `{got}`"
        return Diagnostic(
            codes.ASSOCIATED_TYPE_DIFFERS,
            self._place(error),
            {"what": what},
            label,
            self._labels(error),
            notes=self._notes(error.cause),
        )

    # ------------------------------------------------------------------------------- callables

    def _callable(self, error: Unfulfilled, goal: TraitRef) -> Diagnostic | None:
        """Return what is wrong with a callable that does not have a `Fn` trait; None otherwise."""
        kind = KIND_OF_TRAIT.get(getattr(goal.trait, "lang", ""))
        if kind is None:
            return None
        solver, ty = self._fulfilment.solver, goal.self_type
        wanted = solver.table.shallow(type_argument(goal.arguments, 1))
        if not isinstance(wanted, TupleType):
            return None
        if isinstance(ty, ClosureType):
            signature: Signature | None = solver.closure_signature(ty)
        else:
            signature = signature_of(solver, ty)
        if signature is None or signature.unsafe or signature.variadic:
            return None
        if len(signature.inputs) != len(wanted.elements):
            return self._arity(error, ty, len(wanted.elements), len(signature.inputs))
        inputs = Resolver(solver.table).types(signature.inputs)
        if isinstance(ty, ClosureType):
            found = solver.closure(ty).kind
            if found is not None and inputs == wanted.elements:
                return _closure_kind(ty, kind, found)
        return self._signature(error, ty, wanted.elements, inputs)

    def _arity(self, error: Unfulfilled, ty: Type, wanted: int, found: int) -> Diagnostic:
        is_closure = isinstance(ty, ClosureType)
        kind = "closure" if is_closure else "function"
        what = f"{kind} is expected to take {_arguments(wanted)}, but it takes {_arguments(found)}"
        labels: tuple[Label, ...] = ()
        if isinstance(ty, ClosureType | FnDefType):
            labels = (Label(ty.definition.span, f"takes {_arguments(found)}"),)
        label = f"expected {kind} that takes {_arguments(wanted)}"
        at = error.cause.span
        return Diagnostic(codes.CLOSURE_ARITY, at, {"what": what}, label, labels)

    def _signature(
        self, error: Unfulfilled, ty: Type, wanted: tuple[Type, ...], found: tuple[Type, ...]
    ) -> Diagnostic:
        is_closure = isinstance(ty, ClosureType)
        kind = "closure" if is_closure else "function"
        labels: tuple[Label, ...] = ()
        if isinstance(ty, ClosureType | FnDefType):
            labels = (Label(ty.definition.span, "found signature defined here"),)
        note = (
            f"expected {kind} signature `fn({_types(wanted)}) -> _`, "
            f"found {kind} signature `fn({_types(found)}) -> _`"
        )
        return Diagnostic(
            codes.CLOSURE_SIGNATURE,
            error.cause.span,
            {"kind": kind},
            "expected due to this",
            labels,
            notes=(note, *self._notes(error.cause)),
        )

    # ------------------------------------------------------------------------------ where, why

    def _place(self, error: Unfulfilled) -> Span:
        site = self._calls.get(error.cause.span)
        blamed = self._blamed(error.cause, site)
        return error.cause.span if blamed is None else blamed

    def _blamed(self, cause: Cause, site: CallSite | None) -> Span | None:
        """Return the only argument whose type is what the failed where clause is about."""
        why = cause.root.why
        if site is None or not isinstance(why, ItemBound) or why.predicate is None:
            return None
        definition = why.definition
        if not isinstance(definition, Function) or definition.signature is None:
            return None
        inputs = definition.signature.inputs
        for parameter in _blamable(definition, why.predicate):
            fitting = [at for at, ty in enumerate(inputs) if _has_parameter(ty, parameter)]
            if len(fitting) == 1 and fitting[0] < len(site.arguments):
                return site.arguments[fitting[0]]
        return None

    def _labels(self, error: Unfulfilled) -> tuple[Label, ...]:
        site = self._calls.get(error.cause.span)
        if site is None or self._blamed(error.cause, site) is None:
            return ()
        return (Label(site.callee, "required by a bound introduced by this call"),)

    def _notes(self, cause: Cause) -> tuple[str, ...]:
        notes: list[str] = []
        while isinstance(cause.why, Derived):
            parent = cause.why.parent
            notes.append(
                f"required for `{show(parent.self_type)}` to implement `{show_trait(parent)}`"
            )
            cause = cause.why.cause
        match cause.why:
            case ItemBound(definition, _):
                notes.append(f"required by a bound in `{_bound_owner(definition)}`")
            case Noted(note, _):
                notes.append(note)
            case _:
                pass
        return tuple(notes)


def _is_returned(error: Unfulfilled) -> bool:
    why = error.cause.why
    return isinstance(why, Noted) and why.note.startswith("the return type of a function")


def _question_mark(error: Unfulfilled, goal: TraitRef) -> dict[str, str]:
    """Return the words for an error that `?` cannot convert."""
    why = error.cause.why
    if not isinstance(why, Derived) or goal.trait.name != "From":
        return {}
    if why.parent.trait.name != "FromResidual":
        return {}
    target = show(goal.self_type)
    label = f"the trait `{show_trait(goal)}` is not implemented for `{target}`"
    note = "the question mark operation (`?`) implicitly performs a conversion on the error value"
    return {
        "message": f"`?` couldn't convert the error to `{target}`",
        "label": label,
        "note": f"{note} using the `From` trait",
    }


def _erased(error: Unfulfilled) -> Unfulfilled:
    """Return an error as it was found: numbers not known yet, no lifetimes of bodies."""
    goal = error.goal
    match goal:
        case TraitPredicate(trait, span, bound):
            erased = TraitRef(trait.trait, tuple(map(_without_lifetimes, trait.arguments)))
            goal = TraitPredicate(erased, span, bound)
        case ProjectionPredicate(item, arguments, ty, span, bound):
            arguments = tuple(map(_without_lifetimes, arguments))
            goal = ProjectionPredicate(item, arguments, erase(ty), span, bound)
        case _:
            pass
    found = None if error.found is None else erase(error.found)
    return Unfulfilled(error.failure, goal, error.cause, error.mismatch, found)


def _without_lifetimes(argument: GenericArg) -> GenericArg:
    return erase(argument) if is_type(argument) else argument


def _bound_owner(definition: Definition) -> str:
    return definition.name


def _owner(item: Definition) -> Definition | None:
    return getattr(item, "parent", None)


def _lang_or_name(item: Definition) -> str:
    owner = _owner(item)
    return "" if owner is None else owner.name


def _mentions_error(goal: Goal) -> bool:
    match goal:
        case TraitPredicate(TraitRef(_, arguments)):
            return any(map(has_error, arguments))
        case ProjectionPredicate(_, arguments, ty):
            return has_error(ty) or any(map(has_error, arguments))
        case _:
            return False


def _arguments(count: int) -> str:
    return f"{count} argument{'' if count == 1 else 's'}"


def _types(types: tuple[Type, ...]) -> str:
    return ", ".join(map(show, types))


def _closure_kind(ty: ClosureType, wanted: ClosureKind, found: ClosureKind) -> Diagnostic:
    facts = {"expected": wanted.value, "kind": found.value}
    label = f"this closure implements `{found.value}`, not `{wanted.value}`"
    return Diagnostic(type_codes.CLOSURE_KIND, ty.definition.span, facts, label)


# ---------------------------------------------------------------------------------------- blame


def _blamable(
    definition: Function, predicate: TraitPredicate | ProjectionPredicate
) -> Iterable[int]:
    """Return the parameters that a where clause is about: the item's own, then its parents'."""
    arguments = (
        predicate.trait.arguments if isinstance(predicate, TraitPredicate) else predicate.arguments
    )
    mentioned = [index for argument in arguments for index in _parameters(argument)]
    generics = generics_of(definition)
    own = {parameter.index for parameter in generics.own}
    is_self = {p.index for p in generics.all() if p.name == "Self"}
    for group in (
        [index for index in mentioned if index in own],
        [index for index in mentioned if index not in own and index not in is_self],
        [index for index in mentioned if index in is_self],
    ):
        if group:
            yield group[0]


def _parameters(argument: GenericArg) -> Iterable[int]:
    if isinstance(argument, ParamType):
        yield argument.index
    else:
        for part in inner(argument):
            yield from _parameters(part)


def _has_parameter(ty: Type, index: int) -> bool:
    return index in set(_parameters(ty))
