"""A block that stands for the one that every round of a loop leaves behind: some size, anything."""

from freehold.effects.cells import Cell, Fill
from freehold.effects.job import Job
from freehold.effects.memory import LIVE, forget
from freehold.effects.state import State
from freehold.effects.values import (
    Condition,
    Linear,
    Region,
    RegionKind,
    Symbol,
    Value,
    add,
    form,
    split,
)

_TOP = 1 << 47


def is_own_block(job: Job, state: State, value: Value | Fill) -> Symbol | None:
    """Return the base of a pointer to the start of a live block that this function came by."""
    if type(value) is not Linear:
        return None
    base, offset = split(value)
    if base is None or offset != 0 or base.region is None or base not in job.made_at:
        return None
    status = state.status.get(base, LIVE)
    if base.region.kind is not RegionKind.HEAP or status.how or status.escaped:
        return None
    return base if state.facts.interval(form(base))[0] > 0 else None


def renew(job: Job, state: State, base: Symbol) -> Linear:
    """Put a block of unknown size and contents where `base` is, and return its address.

    It is still to be freed, and what it holds is not lost.
    """
    old = base.region
    assert old is not None
    if base in state.mem:
        forget(job, state, base)
    made = Symbol(
        1, _TOP, pointer=True, region=Region(old.kind, None, old.name, old.event, old.family)
    )
    job.made_at[made] = job.made_at[base]
    for local, value in state.env.items():
        state.env[local] = _with(value, base, made)
    for other in list(state.mem):
        changed = {
            at: Cell(cell.size, _with(cell.value, base, made))
            for at, cell in state.mem[other].at.items()
            if not isinstance(cell.value, Fill) and _mentions(cell.value, base)
        }
        if changed:
            state.own(other).at.update(changed)
    if base in state.mem:
        state.mem[made] = state.own(base)
        del state.mem[base]
        state.owned.add(made)
    if base in state.status:
        state.status[made] = state.status.pop(base)
    if base in state.told:
        state.told |= {made}
    return form(made)


def _mentions(value: Value, base: Symbol) -> bool:
    if type(value) is Condition:
        value = value.form
    return type(value) is Linear and any(symbol is base for symbol, _ in value.terms)


def _with(value: Value, base: Symbol, made: Symbol) -> Value:
    """Return `value` with one symbol for another."""
    if not _mentions(value, base):
        return value
    if type(value) is Condition:
        new = _with(value.form, base, made)
        assert isinstance(new, Linear)
        return Condition(value.relation, new)
    assert isinstance(value, Linear)
    factor = next(k for symbol, k in value.terms if symbol is base)
    return add(add(value, form(base), -factor), form(made), factor)
