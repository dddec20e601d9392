"""Loops: how often a path goes round, and what it knows no more once it has gone round enough."""

from dataclasses import dataclass

from freehold.effects.cells import Cells, Fill
from freehold.effects.job import Job
from freehold.effects.leaks import OWNED, reachable
from freehold.effects.memory import forget, keep
from freehold.effects.renew import is_own_block, renew
from freehold.effects.state import Loop, State
from freehold.effects.values import (
    UNINITIALISED,
    Linear,
    Symbol,
    Value,
    add,
    form,
    fresh,
    split,
)
from freehold.mir.body import Body
from freehold.mir.cfg import natural_loops
from freehold.mir.values import Block
from freehold.types import IntType, PointerType, Type

_FEW = 4  # rounds, once the work has grown
_MANY = 8  # members that change; with more of them, all is forgotten


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops of a body: the blocks of each, by its header."""

    blocks: dict[Block, set[Block]]

    @staticmethod
    def of(body: Body) -> "Loops":
        """Find the loops of a body."""
        return Loops(natural_loops(body))

    def is_back_edge(self, source: Block, target: Block) -> bool:
        """Whether a loop goes round here."""
        inside = self.blocks.get(target)
        return inside is not None and source in inside


def arrive(job: Job, loops: Loops, state: State, source: Block | None, target: Block) -> bool:
    """Take note that a path comes to the head of a loop; False: it need not go on."""
    if target not in loops.blocks:
        return True
    if source is None or not loops.is_back_edge(source, target):
        state.loops[target] = Loop(0, 0, state.forks)
        return True
    before = state.loops.get(target, Loop())
    if before.last:
        return False
    if before.widened:
        state.loops[target] = before._replace(last=True)
        return True
    forked = before.forked + (state.forks > before.forks)
    rounds = before.rounds + 1
    options = job.options
    counted = options.counted if job.steps * 2 < options.steps else _FEW
    if forked < options.rounds and rounds < counted:
        snapshot = forked > 0 or rounds >= _FEW - 1
        env = state.env.copy() if snapshot else None
        mem = _share(state) if env is not None else None
        state.loops[target] = Loop(rounds, forked, state.forks, env=env, mem=mem)
        return True
    job.bounds.rounds += 1
    widen(job, state, before, loops.blocks[target])
    state.loops[target] = Loop(rounds, forked, state.forks, widened=True)
    return True


def leaves_early(loops: Loops, state: State, source: Block, target: Block) -> bool:
    """Whether a path leaves a loop at its head that has not gone round since it was widened.

    It would not have done what the rounds left out do; one that goes round once more has.
    """
    inside = loops.blocks.get(source)
    if inside is None or target in inside:
        return False
    loop = state.loops.get(source)
    return loop is not None and loop.widened and not loop.last


def _share(state: State) -> dict[Symbol, Cells]:
    state.owned = set()
    return state.mem.copy()


def widen(job: Job, state: State, before: Loop, blocks: set[Block]) -> None:
    """Forget what the loop changes."""
    changed = job.assigned(blocks)
    for local in changed:
        if local not in state.env:
            continue
        new = state.env[local]
        old = before.env.get(local, UNINITIALISED) if before.env is not None else None
        state.env[local] = _widened(job, state, old, new, job.body.locals[local].type)
    for base in list(state.mem):
        cells = state.mem.get(base)  # none: another block was put in its place
        old_cells = before.mem.get(base) if before.mem is not None else None
        if cells is None or old_cells is None or old_cells is cells:
            continue
        _widen_cells(job, state, base, old_cells)


def _widened(job: Job, state: State, old: Value | None, new: Value, ty: Type) -> Value:
    if old is not None and old == new:
        return new
    if new is UNINITIALISED:
        return new
    base, _ = split(new)
    if type(old) is Linear and type(new) is Linear and base is not None and split(old)[0] is base:
        # The pointer moves inside its region.
        before, after = add(old, form(base), -1), add(new, form(base), -1)
        return add(form(base), _moved(job, state, before, after))
    numbers = isinstance(old, (int, Linear)) and isinstance(new, (int, Linear))
    if type(ty) is IntType and numbers:
        assert isinstance(old, (int, Linear))
        assert isinstance(new, (int, Linear))
        return _moved(job, state, old, new, ty)
    block = is_own_block(job, state, new)
    if block is not None:
        if old is not None:
            _keep_held(job, state, old)
        return renew(job, state, block)
    made = fresh(ty)
    made.terms[0][0].into = base.into or base if base is not None else None
    for value in (old, new):
        if value is not None:
            _keep_held(job, state, value)
    return made


def _keep_held(job: Job, state: State, value: Value) -> None:
    """Take a block as kept if anything leads to it: it may be where a list has its first part."""
    base, _ = split(value)
    if base is None or base.region is None:
        return
    roots = [*state.env.values()]
    roots.extend(
        form(one) for one in state.mem if one.region is None or one.region.kind not in OWNED
    )
    roots.extend(form(one) for one, status in state.status.items() if status.escaped)
    if base in reachable(state, roots):
        keep(job, state, value)


def _moved(
    job: Job, state: State, old: "int | Linear", new: "int | Linear", ty: Type | None = None
) -> Linear:
    """Return any number on the way that leads from `old` to `new` and on."""
    low, _ = state.facts.interval(new)
    before = state.facts.interval(old)
    made = fresh(ty)
    symbol = made.terms[0][0]
    step = add(new, old, -1)
    if type(step) is int and step:
        job.counters.add(symbol)
    if type(step) is int and step > 0:
        symbol.low = max(symbol.low, before[0])
    elif type(step) is int and step < 0:
        symbol.high = min(symbol.high, before[1])
    elif low >= 0 and before[0] >= 0:
        symbol.low = max(symbol.low, 0)
    for value in (old, new):
        if type(value) is Linear and any(s.tainted for s, _ in value.terms):
            symbol.tainted = True
    return made


def _widen_cells(job: Job, state: State, base: Symbol, old: Cells) -> None:
    cells = state.mem[base]
    if old.rest is not cells.rest:
        forget(job, state, base)
        return
    written = cells.written  # what was only looked at has not changed
    differs = [
        at
        for at, cell in cells.at.items()
        if (written is None or at in written) and old.at.get(at) != cell
    ]
    if len(differs) > _MANY or any(at not in old.at for at in differs):
        forget(job, state, base, tainted=cells.tainted)
        return
    for at in differs:
        own = state.own(base)
        cell = own.at[at]
        value = cell.value
        before = old.at[at].value
        block = is_own_block(job, state, value)
        if block is not None and block is not base:
            if not isinstance(before, Fill):
                _keep_held(job, state, before)
            renewed = renew(job, state, block)
            state.own(base).put(at, cell.size, renewed)
            continue
        ty: Type | None = None
        if type(value) is Linear and value.terms[0][0].pointer:
            keep(job, state, value)
            ty = _ANY_POINTER
        made = fresh(ty)
        if ty is None:
            made.terms[0][0].low, made.terms[0][0].high = _range(cell.size)
        own.put(at, cell.size, made)


def _range(size: int) -> tuple[int, int]:
    top = 1 << min(size, 16) * 8
    return -(top >> 1), top - 1


_ANY_POINTER = PointerType(IntType(8, signed=True))
