"""Which functions a panic may come out of. Those that none comes out of return no status."""

from freehold.codegen.compiled import NO_BASE, Base
from freehold.mir.body import Body, Program
from freehold.mir.cfg import targets_of
from freehold.mir.statements import Call, Intrinsic, Resume
from freehold.mir.values import Block, Symbol

# Stands for everything that is called through a pointer.
_ANYTHING = Symbol("")


# unwinds(F) :- calls(F, G), unwinds(G), not caught in F
def quiet(program: Program, base: Base = NO_BASE) -> frozenset[Symbol]:
    """Return the functions that may unwind by their type, but never do."""
    callers: dict[Symbol, list[Symbol]] = {}
    for body in program.bodies.values():
        if body.type.unwinds:
            for callee in _let_through(body):
                callers.setdefault(callee, []).append(body.name)
    found: set[Symbol] = set()
    pending = [_ANYTHING, *(name for name, one in base.functions.items() if not one.quiet)]
    while pending:
        for caller in callers.get(pending.pop(), ()):
            if caller not in found:
                found.add(caller)
                pending.append(caller)
    own = {name for name, body in program.bodies.items() if body.type.unwinds and name not in found}
    return frozenset(own | {name for name, one in base.functions.items() if one.quiet})


def _let_through(body: Body) -> set[Symbol]:
    """Return what `body` calls in places where a panic would come out of `body`."""
    resumes: dict[Block, bool] = {}
    found: set[Symbol] = set()
    for block in body.blocks:
        call = block.terminator
        if not isinstance(call, Call):
            continue
        callee = _callee(call)
        if callee is None or callee in found:
            continue
        if call.unwind is None or _comes_out(body, call.unwind, resumes):
            found.add(callee)
    return found


def _callee(call: Call) -> Symbol | None:
    callee = call.callee
    if isinstance(callee, Intrinsic):
        return _ANYTHING if callee is Intrinsic.PANIC else None
    if isinstance(callee, str) and call.slot is None:
        return callee
    return _ANYTHING if call.type.unwinds else None


def _comes_out(body: Body, start: Block, known: dict[Block, bool]) -> bool:
    """Whether a cleanup that starts at `start` may end in a `Resume`."""
    if start in known:
        return known[start]
    seen = {start}
    pending = [start]
    while pending:
        terminator = body.blocks[pending.pop()].terminator
        if isinstance(terminator, Resume):
            known[start] = True
            return True
        for target in targets_of(terminator):
            if target not in seen:
                seen.add(target)
                pending.append(target)
    known[start] = False
    return False
