"""Selection: which impl, where clause or rule of the language makes a trait hold for a type.

A `Solver` looks in one environment, at one table of variables. `holds` asks and binds nothing;
`select` binds what the candidate that it takes needs.
"""

from freehold.records import dataclass
from freehold.rust.infer.instantiate import (
    instantiate,
    instantiate_binder,
    instantiate_signature,
    open_binder,
)
from freehold.rust.infer.resolve import CLOSURES, RIGID, Resolver, holds
from freehold.rust.infer.table import Table
from freehold.rust.infer.unify import unify
from freehold.rust.items import ProjectionPredicate, Trait, TraitPredicate
from freehold.rust.traits.assemble import assemble
from freehold.rust.traits.builtin import extends
from freehold.rust.traits.candidates import NOWHERE, BoundCandidate, Candidate, Rank
from freehold.rust.traits.compatible import violations
from freehold.rust.traits.env import ParamEnv
from freehold.rust.traits.goals import (
    Chosen,
    ClosureKindGoal,
    DynCompatible,
    Goal,
    ImplSource,
    Outcome,
    Stuck,
    WellFormed,
    opened,
    opened_projection,
    resolved,
)
from freehold.rust.traits.normalize import Normalizer
from freehold.rust.traits.project import Projected, Unprojected, project, trait_ref_of
from freehold.rust.traits.wellformed import well_formed
from freehold.rust.traits.world import World
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import Folder
from freehold.types.generic import (
    ClosureDef,
    ClosureKind,
    ClosureType,
    Const,
    ConstInfer,
    GenericArg,
    InferId,
    InferType,
    ProjectionType,
    Signature,
    TraitRef,
)

RECURSION_LIMIT = 128  # as rustc's


class EndlessError(Exception):
    """Showing `goal` never comes to an end."""

    def __init__(self, goal: TraitRef) -> None:
        """Take the goal at which the limit was reached."""
        super().__init__()
        self.goal = goal


@dataclass(slots=True)
class ClosureFacts:
    """What is known of a closure so far, in terms of the body around it.

    `kind` and `upvars` (types of what it holds) are None until its captures are known; that it
    mentions no variable from around it (`captureless`) is known from the start.
    """

    signature: Signature
    kind: ClosureKind | None = None
    upvars: tuple[Type, ...] | None = None
    captureless: bool = False


class Solver:
    """Answers questions on traits in `env`, of types with variables of `table`.

    `closures` are those of the body being checked. `reveals`: opaque types are what they hide.
    """

    __slots__ = (
        "_active",
        "_lowest",
        "_stack",
        "closures",
        "coherent",
        "env",
        "reveals",
        "table",
        "world",
    )

    def __init__(
        self,
        world: World,
        env: ParamEnv,
        table: Table | None = None,
        *,
        reveals: bool = False,
        coherent: bool = False,
    ) -> None:
        """Look in `env`. `coherent`: what other crates may implement is ambiguous."""
        self.world = world
        self.env = env
        self.table = Table() if table is None else table
        self.reveals = reveals
        self.coherent = coherent
        self.closures: dict[ClosureDef, ClosureFacts] = {}
        self._stack: list[TraitRef] = []  # goals being evaluated, variables numbered
        self._active: dict[TraitRef, int] = {}
        self._lowest = 0  # the lowest place in the stack that an answer since then rests on

    # ----------------------------------------------------------------------------- questions

    def holds(self, goal: TraitRef) -> Outcome:
        """Tell whether a trait holds. Binds nothing; what never ends does not hold."""
        return self.evaluate(TraitPredicate(goal, NOWHERE))

    def evaluate(self, goal: Goal) -> Outcome:
        """Tell whether a goal holds. Binds nothing; what never ends does not hold."""
        try:
            return self.judge(goal)
        except EndlessError:
            if self._stack:
                raise
            return Outcome.NO

    def judge(self, goal: Goal) -> Outcome:
        """Tell whether a goal holds. Binds nothing; raises `EndlessError` if it never ends."""
        mark = self.table.snapshot()
        try:
            return self._evaluate(goal)
        finally:
            self.table.rollback(mark)

    def implements(self, ty: Type, lang: str) -> Outcome:
        """Tell whether `ty` has the lang item trait `lang`, which has no parameters."""
        trait = self.world.lang(lang)
        return Outcome.NO if trait is None else self.holds(TraitRef(trait, (ty,)))

    def select(self, goal: TraitRef) -> Chosen | Stuck:
        """Return what makes `goal` hold if it does, and bind its variables to fit."""
        resolver = Resolver(self.table)
        goal = resolver.trait_ref(goal)
        candidates = assemble(self, goal)
        if candidates is None:
            return Stuck.AMBIGUOUS
        candidate = self._pick(candidates, goal, free=bool(resolver.free))
        if isinstance(candidate, Stuck):
            return candidate
        mark = self.table.snapshot()
        chosen = candidate.confirm(self, goal)
        if chosen is None or _is_negative(chosen):
            self.table.rollback(mark)
            return Stuck.UNIMPLEMENTED
        return chosen

    def settled(self, goal: Goal) -> Goal:
        """Return `goal` with all that is known of its variables put in."""
        return resolved(Resolver(self.table), goal)

    # ----------------------------------------------------------------------------- evaluation

    def _evaluate(self, goal: Goal) -> Outcome:
        match goal:
            case TraitPredicate():
                return self._evaluate_trait(opened(goal))
            case ProjectionPredicate():
                return self._evaluate_projection(opened_projection(goal))
            case ClosureKindGoal(closure, kind):
                known = self.closure(closure).kind
                if known is None:
                    return Outcome.MAYBE
                return Outcome.YES if extends(known, kind) else Outcome.NO
            case WellFormed(ty):
                needs = well_formed(self, ty)
                if needs is None:
                    return Outcome.MAYBE
                return self._evaluate_all([need for need, _ in needs])
            case DynCompatible(trait):
                return Outcome.NO if violations(self.world, trait) else Outcome.YES

    def _evaluate_all(self, goals: list[Goal]) -> Outcome:
        """Tell whether all hold; what one binds may settle those before it."""
        open_ = goals
        while True:
            version, waiting = self.table.version, []
            for goal in open_:
                outcome = self._evaluate(goal)
                if outcome is Outcome.NO:
                    return Outcome.NO
                if outcome is Outcome.MAYBE:
                    waiting.append(goal)
            if not waiting:
                return Outcome.YES
            if len(waiting) == len(open_) or version == self.table.version:
                return Outcome.MAYBE
            open_ = waiting

    def _evaluate_projection(self, goal: ProjectionPredicate) -> Outcome:
        nested: list[Goal] = []
        ty = Normalizer(self, nested, NOWHERE).type(ProjectionType(goal.item, goal.arguments))
        if unify(self.table, goal.type, ty) is not None:
            return Outcome.NO
        if any(
            isinstance(each, ProjectionPredicate) and each.item is goal.item and each.type == ty
            for each in nested
        ):
            return Outcome.MAYBE
        return self._evaluate_all(nested)

    def _evaluate_trait(self, goal: TraitRef) -> Outcome:
        resolver = Resolver(self.table)
        goal = resolver.trait_ref(goal)
        free = bool(resolver.free)
        cache = None if free else self._cache(goal)
        if cache is not None:
            known = cache.get(goal)
            if known is not None:
                return known
        key = _numbered(goal) if free else goal
        active = self._active.get(key)
        if active is not None:
            self._lowest = min(self._lowest, active)
            return _of_cycle(self._stack[active:])
        depth = len(self._stack)
        if depth >= RECURSION_LIMIT:
            raise EndlessError(goal)
        before, self._lowest = self._lowest, depth
        self._stack.append(key)
        self._active[key] = depth
        mark = self.table.snapshot()
        try:
            outcome = self._evaluate_candidates(goal, free=free)
        finally:
            self._stack.pop()
            del self._active[key]
            self.table.rollback(mark)
        rests_below = self._lowest < depth
        if cache is not None and outcome is not Outcome.MAYBE and not rests_below:
            cache[goal] = outcome
        self._lowest = min(before, self._lowest)
        return outcome

    def _cache(self, goal: TraitRef) -> dict[TraitRef, Outcome] | None:
        """Return where answers on a goal without variables are kept."""
        if self.coherent or (
            self.closures and any(holds(each, CLOSURES) for each in goal.arguments)
        ):
            return None
        if self.env.claims or any(holds(each, RIGID) for each in goal.arguments):
            return self.env.known
        return self.world.concrete

    def _evaluate_candidates(self, goal: TraitRef, *, free: bool) -> Outcome:
        candidates = assemble(self, goal)
        if candidates is None:
            return Outcome.MAYBE
        if len(candidates) == 1:
            return self._try(candidates[0], goal)
        alive = self._alive(candidates, goal)
        picked = self._best(alive, free=free)
        if isinstance(picked, Stuck):
            return Outcome.NO if picked is Stuck.UNIMPLEMENTED else Outcome.MAYBE
        return next(outcome for candidate, outcome in alive if candidate is picked)

    def _try(self, candidate: Candidate, goal: TraitRef) -> Outcome:
        """Return whether a candidate fits and what it needs holds."""
        mark = self.table.snapshot()
        chosen = candidate.confirm(self, goal)
        if chosen is None:
            outcome = Outcome.NO
        else:
            outcome = self._evaluate_all(chosen.nested)
            if outcome is not Outcome.NO and _is_negative(chosen):
                outcome = Outcome.NO
        self.table.rollback(mark)
        return outcome

    def _alive(
        self, candidates: list[Candidate], goal: TraitRef
    ) -> list[tuple[Candidate, Outcome]]:
        tried = [(candidate, self._try(candidate, goal)) for candidate in candidates]
        return [each for each in tried if each[1] is not Outcome.NO]

    def _pick(
        self, candidates: list[Candidate], goal: TraitRef, *, free: bool
    ) -> Candidate | Stuck:
        if len(candidates) == 1:
            return candidates[0]
        return self._best(self._alive(candidates, goal), free=free)

    def _best(self, alive: list[tuple[Candidate, Outcome]], *, free: bool) -> Candidate | Stuck:
        """Return the one to take: where clauses before bounds of items, `dyn`, then impls."""
        if not alive:
            return Stuck.UNIMPLEMENTED
        rank = min(candidate.rank for candidate, _ in alive)
        best = [candidate for candidate, _ in alive if candidate.rank is rank]
        if len(best) == 1 or rank is Rank.LANGUAGE or not free or _same_bounds(best):
            return best[0]
        return Stuck.AMBIGUOUS

    # --------------------------------------------------------------------------- normalising

    def normalize(self, ty: Type, nested: list[Goal], span: Span = NOWHERE) -> Type:
        """Return `ty` with its projections replaced; what is left to show goes to `nested`."""
        return Normalizer(self, nested, span).type(ty)

    def normalize_arguments(
        self, arguments: tuple[GenericArg, ...], nested: list[Goal], span: Span = NOWHERE
    ) -> tuple[GenericArg, ...]:
        """Return arguments with their projections replaced."""
        return Normalizer(self, nested, span).arguments(arguments)

    def normalize_trait(self, trait: TraitRef, nested: list[Goal]) -> TraitRef:
        """Return a trait reference with its projections replaced."""
        return Normalizer(self, nested, NOWHERE).trait_ref(trait)

    def normalize_goal(self, goal: Goal, nested: list[Goal]) -> Goal:
        """Return a goal with the projections inside of it replaced."""
        match goal:
            case TraitPredicate(trait, span, bound):
                made = Normalizer(self, nested, span).trait_ref(trait)
                return TraitPredicate(made, span, bound)
            case ProjectionPredicate(item, arguments, ty, span, bound):
                normalizer = Normalizer(self, nested, span)
                return ProjectionPredicate(
                    item, normalizer.arguments(arguments), normalizer.type(ty), span, bound
                )
            case _:
                return goal

    def bind_projections(self, goals: list[Goal]) -> list[Goal]:
        """Settle the projections among `goals` that say what variables are; return the rest."""
        rest: list[Goal] = []
        for goal in goals:
            if not isinstance(goal, ProjectionPredicate) or not self._bind_projection(goal, rest):
                rest.append(goal)
        return rest

    def _bind_projection(self, goal: ProjectionPredicate, rest: list[Goal]) -> bool:
        goal = opened_projection(goal)
        nested: list[Goal] = []
        mark = self.table.snapshot()
        arguments = self.normalize_arguments(goal.arguments, nested)
        found = self.project(ProjectionType(goal.item, arguments))
        if isinstance(found, Projected) and unify(self.table, goal.type, found.type) is None:
            rest += [*nested, *found.nested]
            return True
        self.table.rollback(mark)
        return False

    def project(self, ty: ProjectionType) -> Projected | Unprojected:
        """Return what a projection is, normalised; its arguments are normalised and resolved."""
        known = self.env.normal.get(ty)
        if known is not None:
            return Unprojected.RIGID if known is ty else Projected(known, [])
        if len(self._stack) >= RECURSION_LIMIT:
            raise EndlessError(trait_ref_of(ty))
        self._stack.append(trait_ref_of(ty))  # never a cycle by itself: it is not active
        try:
            found = project(self, ty)
            if isinstance(found, Projected):
                nested = found.nested
                found = Projected(self.normalize(found.type, nested), nested)
        finally:
            self._stack.pop()
        return self._remember(ty, found)

    def _remember(
        self, ty: ProjectionType, found: Projected | Unprojected
    ) -> Projected | Unprojected:
        """Keep what a projection without variables is, once its trait is known to hold."""
        resolver = Resolver(self.table)
        resolver.arguments(ty.arguments)
        if resolver.free or (self.closures and holds(ty, CLOSURES)):
            return found
        if found is Unprojected.RIGID:
            self.env.normal[ty] = ty
        elif isinstance(found, Projected):
            resolver.type(found.type)
            if not resolver.free and self.holds(trait_ref_of(ty)) is Outcome.YES:
                self.env.normal[ty] = resolver.type(found.type)
                return Projected(self.env.normal[ty], [])
        return found

    # ------------------------------------------------------------------------------ callables

    def open_signature(self, signature: Signature, arguments: tuple[GenericArg, ...]) -> Signature:
        """Return a signature with `arguments`, opened and normalised."""
        opened_ = (
            instantiate_signature(signature, arguments) if arguments else open_binder(signature)
        )
        normalizer = Normalizer(self, [], NOWHERE)
        return Signature(
            normalizer.types(opened_.inputs),
            normalizer.type(opened_.output),
            (),
            opened_.unsafe,
            opened_.variadic,
            opened_.abi,
        )

    def closure(self, ty: ClosureType) -> ClosureFacts:
        """Return what is known of a closure."""
        facts = self.closures.get(ty.definition)
        if facts is not None:
            return facts
        definition = ty.definition
        assert definition.signature is not None
        return ClosureFacts(
            instantiate_binder(definition.signature, ty.arguments),
            definition.kind,
            tuple(instantiate(capture.type, ty.arguments) for capture in definition.captures),
            not definition.captures,
        )

    def closure_signature(self, ty: ClosureType) -> Signature:
        """Return the opened signature of a closure, normalised unless it is being checked."""
        facts = self.closures.get(ty.definition)
        if facts is not None:
            return open_binder(facts.signature)
        definition = ty.definition
        assert definition.signature is not None
        return self.open_signature(definition.signature, ty.arguments)


def _is_negative(chosen: Chosen) -> bool:
    return isinstance(chosen.source, ImplSource) and chosen.source.impl.negative


def _same_bounds(candidates: list[Candidate]) -> bool:
    bounds = {each.trait for each in candidates if isinstance(each, BoundCandidate)}
    return len(bounds) == 1


# A cycle of auto traits and `Sized` holds: nothing in it stands against them.
def _of_cycle(cycle: list[TraitRef]) -> Outcome:
    for goal in cycle:
        trait = goal.trait
        if not isinstance(trait, Trait) or not (trait.auto or trait.lang == "sized"):
            return Outcome.NO
    return Outcome.YES


class _Numberer(Folder):
    """Numbers variables by first occurrence: goals alike up to their variables become equal."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[int, int] = {}

    def const(self, const: Const) -> Const:
        if type(const) is not ConstInfer:
            return const
        return ConstInfer(InferId(self._number(~const.id)))

    def type(self, ty: Type) -> Type:
        if type(ty) is not InferType:
            return self.parts(ty)
        return InferType(InferId(self._number(ty.id)), ty.kind)

    def _number(self, variable: int) -> int:
        return -1 - self._seen.setdefault(variable, len(self._seen))


def _numbered(goal: TraitRef) -> TraitRef:
    return _Numberer().trait_ref(goal)
