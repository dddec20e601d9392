"""Where the program may end inside a call: what its callers' locals point to is not lost then.

LLVM keeps no pointer that it will not need again, so a leak check after `exit` would not find it.
Functions that end the program look to LLVM as if they came back, and after every call that may
end in one stands a use of each pointer variable in scope.
"""

from collections.abc import Iterator

from freehold.codegen.compiled import NO_BASE, Base
from freehold.codegen.lltypes import result_type
from freehold.codegen.plan import is_rust
from freehold.codegen.state import FunctionState
from freehold.mir.body import Body, LocalKind, Program
from freehold.mir.cfg import targets_of
from freehold.mir.statements import Call, Intrinsic, StorageDead, StorageLive
from freehold.mir.values import Local, Symbol
from freehold.runtime.libc import LIBC
from freehold.types import FunctionType, PointerType, Type

# For every function pointer that may be called, by the program or by libc.
_POINTED = Symbol("")


def ending(program: Program, taken: set[Symbol], base: Base = NO_BASE) -> frozenset[Symbol]:
    """Return the functions in which the program may end; `taken`: those called by pointers."""
    callers: dict[Symbol, set[Symbol]] = {}
    found = {name for name, one in base.functions.items() if one.ends}
    for body in program.bodies.values():
        for callee in _callees(body):
            if callee is None:
                found.add(body.name)
            else:
                callers.setdefault(callee, set()).add(body.name)
    for symbol in taken:
        callers.setdefault(symbol, set()).add(_POINTED)
    pending = list(found)
    while pending:
        fresh = callers.get(pending.pop(), set()) - found
        found |= fresh
        pending.extend(fresh)
    return frozenset(found)


def _callees(body: Body) -> Iterator[Symbol | None]:
    """Yield what `body` calls; None: something that does not come back."""
    for block in body.blocks:
        terminator = block.terminator
        if not isinstance(terminator, Call) or isinstance(terminator.callee, Intrinsic):
            continue
        if _comes_never_back(terminator, rust=is_rust(body)):
            yield None
        elif not isinstance(terminator.callee, str):
            yield _POINTED
        elif (known := LIBC.get(terminator.callee)) is None:
            yield terminator.callee
        elif any(_is_callback(one) for one in known.signature.parameters):
            yield _POINTED


def _comes_never_back(call: Call, *, rust: bool) -> bool:
    """Whether the program ends in `call` itself: one of Rust's that does not return may unwind."""
    if call.target is not None or call.type.unwinds:
        return False
    return not (rust and call.callee == "abort")  # else whatever allocates would end the program


def _is_callback(ty: Type) -> bool:
    return isinstance(ty, PointerType) and isinstance(ty.pointee, FunctionType)


def may_end(f: FunctionState, terminator: Call) -> bool:
    """Whether the program may end in this call."""
    found = f.module.ending
    if _comes_never_back(terminator, rust=f.rust):
        return True
    if not isinstance(terminator.callee, str):
        return _POINTED in found
    if terminator.callee in found:
        return True
    known = LIBC.get(terminator.callee)
    if known is None or _POINTED not in found:
        return False
    return any(_is_callback(one) for one in known.signature.parameters)


def hold(f: FunctionState, terminator: Call) -> None:
    """After a call: keep the pointers of the variables in scope for as long as it takes."""
    if not f.module.trusted and may_end(f, terminator):
        _hold_variables(f)


def give_up(f: FunctionState) -> None:
    """Where nothing comes back, though LLVM is not to know: keep the variables, and return."""
    if f.module.trusted:
        f.line("unreachable")
        return
    _hold_variables(f)
    kind = result_type(f.module.own_type(f.body.name))
    f.line("ret void" if kind == "void" else f"ret {kind} zeroinitializer")


def _hold_variables(f: FunctionState) -> None:
    use = 'call void asm sideeffect "", "X"'
    for local in variables(f, f.copies.at[0]):
        if f.plan.homes[local].native:
            f.line(f'call void asm sideeffect "", "X,~{{memory}}"(ptr %m{local}) nounwind')
            continue
        value = f.read_register(local)
        f.line(f"{use}(ptr {value.ir}) nounwind memory(inaccessiblemem: readwrite)")


def variables(f: FunctionState, block: int) -> list[Local]:
    """Return the variables that may be in scope at the end of `block` and hold pointers.

    Not those in memory that the leak check looks into itself.
    """
    if f.plan.scopes is None:
        f.plan.scopes = _scopes(f.body)
    return [
        Local(number)
        for number, declared in enumerate(f.body.locals)
        if _holds(f, Local(number))
        and (declared.kind is LocalKind.VARIABLE or 0 < number <= f.body.argument_count)
        and f.plan.scopes[block] >> number & 1
    ]


def _holds(f: FunctionState, local: Local) -> bool:
    home = f.plan.homes[local]
    return (home.register and home.pointer) or (home.native and home.handles)


# in(entry) = the locals without a scope; in(B) = the union of out(P) of its predecessors
# out(B)    = in(B), with the locals made live and without those ended, in order
def _scopes(body: Body) -> list[int]:
    """Return for each block the locals that may be in scope at its end, one bit each."""
    begin = (1 << len(body.locals)) - 1
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, (StorageLive, StorageDead)):
                begin &= ~(1 << statement.local)
    ends = [0] * len(body.blocks)
    entry: list[int | None] = [None] * len(body.blocks)
    entry[0] = begin
    work = [0]
    while work:
        index = work.pop()
        state = entry[index] or 0
        for statement in body.blocks[index].statements:
            if isinstance(statement, StorageLive):
                state |= 1 << statement.local
            elif isinstance(statement, StorageDead):
                state &= ~(1 << statement.local)
        ends[index] = state
        for target in targets_of(body.blocks[index].terminator):
            before = entry[target]
            after = state if before is None else before | state
            if after != before:
                entry[target] = after
                work.append(target)
    return ends
