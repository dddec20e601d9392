"""The symbolic execution of one function: paths over its blocks, joined and bounded."""

from collections.abc import Callable
from dataclasses import replace
from heapq import heappop, heappush
from typing import Any

from freehold.effects.apply import holds
from freehold.effects.calls import execute_call
from freehold.effects.evaluate import EXECUTE, operand, type_of
from freehold.effects.facts import negate
from freehold.effects.growth import look_for_lost, look_for_zero_growth, replaces
from freehold.effects.job import Dead, Job, Options
from freehold.effects.joining import alike, join
from freehold.effects.leaks import disjunct_of, finish
from freehold.effects.liveness import dead_at_entry
from freehold.effects.loops import Loops, arrive, leaves_early
from freehold.effects.merging import merge, parted
from freehold.effects.overruns import bound_of
from freehold.effects.state import Point, State
from freehold.effects.summary import Disjunct, Summary, written
from freehold.effects.values import (
    Condition,
    Linear,
    RegionKind,
    Relation,
    Symbol,
    Value,
    form,
    fresh,
    number_anew,
)
from freehold.effects.whole import Whole
from freehold.mir.body import Body, Linkage
from freehold.mir.cfg import reverse_postorder
from freehold.mir.operands import operands_of
from freehold.mir.statements import (
    Assert,
    Call,
    Drop,
    FalseEdge,
    FalseUnwind,
    Goto,
    IndirectGoto,
    Resume,
    Return,
    Switch,
    Unreachable,
)
from freehold.mir.values import ENTRY, RETURN, Binary, Block, Cast, Copy, Local, Move, Unary
from freehold.types import Adt, ArrayType, ComplexType, FloatType, PointerType, VoidType

After = list[tuple[State, Block]]
_AGGREGATES = (Adt, ArrayType, ComplexType)
_LATENT = 3  # paths that end in the caller's fault, at most


def analyse(body: Body, whole: Whole, options: Options) -> tuple[Job, Summary]:
    """Return what a function does, and the job that found it out."""
    number_anew()
    job = Job(body, whole, options)
    state, parameters = _start(job)
    paths = _Paths(job)
    paths.run(state)
    ways, rest, every = paths.ways()
    more = [one for one in (rest, every) if one is not None]
    summary = Summary(
        parameters,
        ways,
        job.bounds.steps > 0,
        _used_parameters(body),
        rest=rest,
        whole=every,
        sets=written([*ways, *more], parameters),
    )
    look_for_lost(job, summary)
    look_for_zero_growth(job, summary)
    return job, replace(summary, replaces=replaces(summary))


def _start(job: Job) -> tuple[State, tuple[Symbol, ...]]:
    """Return the state at the entry, and the symbols of the parameters."""
    state = State()
    parameters: list[Symbol] = []
    body = job.body
    for number in range(1, body.argument_count + 1):
        local = Local(number)
        ty = body.locals[local].type
        if isinstance(ty, _AGGREGATES):
            parameters.append(job.given(local))
            continue
        value = fresh(ty, visible=True, tainted=job.entry)
        parameters.append(value.terms[0][0])
        if type(ty) is PointerType:
            job.given_pointers.append(value.terms[0][0])
        elif body.linkage is Linkage.EXTERNAL:  # all who call others are known
            job.given_numbers.add(value.terms[0][0])
        if local in job.locals:
            from_start = job.start_cell(state, local)
            from_start.put(0, job.size_of(local), value)
        else:
            state.env[local] = value
    return state, tuple(parameters)


def _used_parameters(body: Body) -> frozenset[int]:
    """Return the numbers of the parameters that more is done with than to hand them on."""
    found: set[int] = set()
    arguments = range(1, body.argument_count + 1)
    for block in body.blocks:
        for statement in block.statements:
            rvalue = getattr(statement, "rvalue", None)
            if isinstance(rvalue, (Binary, Unary, Cast)):
                for one in operands_of(rvalue):
                    if isinstance(one, (Copy, Move)) and one.place.base in arguments:
                        found.add(int(one.place.base) - 1)
        end = block.terminator
        operands = end.arguments if isinstance(end, Call) else ()
        if isinstance(end, Switch):
            operands = (end.operand,)
        for one in operands:
            if isinstance(one, (Copy, Move)) and one.place.base in arguments:
                found.add(int(one.place.base) - 1)
    return frozenset(found)


class _Paths:
    """The paths that are still to be followed, by block in reverse postorder."""

    def __init__(self, job: Job) -> None:
        self._job = job
        body = job.body
        self._blocks = body.blocks
        self._rank = {block: i for i, block in enumerate(reverse_postorder(body))}
        self._loops = Loops.of(body)
        self._dead = dead_at_entry(body, job.registers)
        self._waiting: dict[Block, list[State]] = {}
        self._queue: list[tuple[int, Block]] = []
        self._ended: list[State] = []
        self._rest: list[State] = []  # those that ended beyond
        self._beyond: dict[Block, list[State]] = {}  # those that wait where there is no room

    def run(self, state: State) -> None:
        """Follow every path from the entry, within bounds."""
        self._add(state, None, ENTRY)
        job = self._job
        while self._queue:
            _, block = heappop(self._queue)
            for one in self._taken(block):
                if job.steps > job.last:
                    job.bounds.steps += 1
                    continue
                job.room = self._room(block)
                for after, target in self._block(one, block):
                    self._add(after, block, target)
        for one in self._ended:
            finish(job, one, _result_of(job, one))

    def ways(self) -> tuple[tuple[Disjunct, ...], Disjunct | None, Disjunct | None]:
        """Return what callers are to know: of each path, of the rest, and of all together."""
        job = self._job
        ways = [disjunct_of(job, *self._merged([one])) for one in self._ended]
        ways += (disjunct_of(job, one, 0, ends=True) for one in job.latent[:_LATENT] if ways)
        beyond = whole = None
        if self._rest:
            beyond = disjunct_of(job, *self._merged(self._rest))
        if len(self._ended) > 1:
            whole = disjunct_of(job, *self._merged([*self._ended, *self._rest]))
        return tuple(ways), beyond, whole

    def _merged(self, ended: list[State]) -> tuple[State, Value]:
        """Return one path that has ended for several, and its result."""
        made = ended[0]
        if len(ended) > 1:
            made = merge(self._job, ended)
            made.end = ended[0].end
        return made, _result_of(self._job, made)

    def _taken(self, block: Block) -> list[State]:
        """Return the paths that wait at a block: what there was no room for goes as one."""
        waiting = self._waiting.pop(block, [])
        beyond = self._beyond.pop(block, None)
        if beyond is not None:
            room = max(self._job.width // 4, 1)
            parts = parted([waiting.pop(), *beyond], room)
            waiting += (merge(self._job, part) for part in parts)
        return waiting

    def _room(self, block: Block) -> int:
        """Return how many paths more may come to where a call goes on."""
        end = self._blocks[block].terminator
        target = end.target if type(end) is Call else None
        if target is None:
            return self._job.width
        return self._job.width - len(self._waiting.get(target, ()))

    def _add(self, state: State, source: Block | None, target: Block) -> None:
        job = self._job
        if source is not None and leaves_early(self._loops, state, source, target):
            return
        if not arrive(job, self._loops, state, source, target):
            return
        dead = self._dead[target]
        if dead:
            for local in [x for x in state.env if dead >> x & 1]:
                del state.env[local]
        waiting = self._waiting.get(target)
        if waiting is None:
            self._waiting[target] = [state]
            heappush(self._queue, (self._rank[target], target))
            return
        for i, other in enumerate(waiting):
            if alike(state, other, len(waiting)):
                waiting[i] = join(state, other)
                return
        if len(waiting) >= job.width:
            self._beyond.setdefault(target, []).append(state)
            return
        waiting.append(state)

    def _end(self, state: State, end: Return) -> None:
        """Keep a path that has come to a return: the end of the function is one more block."""
        job = self._job
        for local in [x for x in state.env if x != RETURN]:
            del state.env[local]
        state.end = (job.point, job.span)
        for i, other in enumerate(self._ended):
            if alike(state, other, len(self._ended)):
                self._ended[i] = join(state, other)
                return
        if len(self._ended) < job.options.disjuncts:
            self._ended.append(state)
            return
        finish(job, state, _result_of(job, state))
        self._rest.append(state)

    def _block(self, state: State, number: Block) -> After:
        job = self._job
        block = self._blocks[number]
        state.visited |= 1 << number
        job.steps += len(block.statements) + 1
        try:
            for index, statement in enumerate(block.statements):
                execute = EXECUTE.get(type(statement))
                if execute is not None:
                    job.point = Point(number, index)
                    job.span = statement.span
                    execute(job, state, statement)
            end = block.terminator
            job.point = Point(number, len(block.statements))
            job.span = end.span
            if type(end) is Return:
                self._end(state, end)
                return []
            return _END[type(end)](job, state, end)
        except Dead:
            job.end(state, died=True)
            return []


# --------------------------------------------------------------------------------------------- ends


def _goto(job: Job, state: State, end: Goto) -> After:
    return [(state, end.target)]


def _switch(job: Job, state: State, end: Switch) -> After:
    value = state.facts.known(operand(job, state, end.operand))
    if type(value) is int:
        for number, target in end.targets:
            if number == value:
                return [(state, target)]
        return [(state, end.otherwise)]
    if type(value) is Condition:
        return _branch(job, state, value, end)
    if type(value) is not Linear:
        return []
    ty = type_of(job, end.operand)
    if type(ty) is FloatType:
        value = fresh(ty)
    found: After = []
    for number, target in end.targets:
        condition = Condition(Relation.EQ, Linear(value.terms, value.constant - number))
        here = state.fork()
        if holds(job, here, condition):
            found.append((here, target))
        if not holds(job, state, negate(condition)):
            return _forked(found)
    found.append((state, end.otherwise))
    return _forked(found)


def _forked(found: After) -> After:
    if len(found) > 1:
        for state, _ in found:
            state.forks += 1
    return found


def _branch(job: Job, state: State, condition: Condition, end: Switch) -> After:
    targets = dict(end.targets)
    on_false = targets.get(0, end.otherwise)
    on_true = targets.get(1, end.otherwise)
    here = state.fork()
    found: After = []
    job.tested |= {bound_of(condition), bound_of(negate(condition))}
    if holds(job, here, condition):
        found.append((here, on_true))
    if holds(job, state, negate(condition)):
        found.append((state, on_false))
    if _is_failure(condition) and job.steps * 4 < job.options.steps:
        return found  # where memory runs out the loop is mostly left
    return _forked(found)


def _is_failure(condition: Condition) -> bool:
    """Whether a condition says that an allocation failed, or that it did not."""
    relation, value = condition
    if relation is Relation.LE or len(value.terms) != 1 or value.constant:
        return False
    region = value.terms[0][0].region
    return region is not None and region.nullable and region.kind is RegionKind.HEAP


def _call(job: Job, state: State, end: Call) -> After:
    after = execute_call(job, state, end)
    assert end.target is not None or not after
    return [(one, end.target) for one in after if end.target is not None]


def _result_of(job: Job, state: State) -> Value:
    """Return what a path that has ended gives, and let the job be at its end."""
    job.point, job.span = state.end
    if isinstance(job.body.locals[RETURN].type, VoidType):
        return 0
    return form(job.result) if job.result is not None else state.env.get(RETURN, 0)


def _stop(job: Job, state: State, end: Unreachable | Resume) -> After:
    job.leave(state)
    return []


def _anywhere(job: Job, state: State, end: IndirectGoto) -> After:
    known = job.label_of(operand(job, state, end.operand))
    if known is not None:
        return [(state, known)]
    found = [(state.fork(), target) for target in end.targets]
    return _forked(found)


def _onwards(job: Job, state: State, end: Drop | FalseEdge | FalseUnwind | Assert) -> After:
    return [(state, end.target)]


_END: dict[type, Callable[[Job, State, Any], After]] = {
    Goto: _goto,
    Switch: _switch,
    Call: _call,
    Unreachable: _stop,
    Resume: _stop,
    IndirectGoto: _anywhere,
    Drop: _onwards,
    FalseEdge: _onwards,
    FalseUnwind: _onwards,
    Assert: _onwards,
}
