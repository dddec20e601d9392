"""When automatic variables begin and end: blocks, declarations, and every way out of a scope."""

from collections.abc import Iterable
from typing import assert_never

from freehold.c import tree
from freehold.c.ctype import Array, QualType
from freehold.c.lower.context import Lowering
from freehold.c.lower.scopes import CScope, EndStorage, Exit, RunCleanup, Snapshot
from freehold.mir.body import LocalDecl, LocalKind
from freehold.mir.statements import StorageDead, StorageLive
from freehold.mir.values import Local, Operand, Place, Symbol
from freehold.source import Span
from freehold.types import Adt, ArrayType, ComplexType, VoidType

VOLATILE = 2
_AGGREGATES = (Adt, ArrayType, ComplexType)


def is_vla(ty: QualType) -> bool:
    """Say whether `ty` is a variable-length array."""
    shape = ty.type
    while isinstance(shape, Array):
        if shape.extent is not None or shape.star:
            return True
        shape = shape.element.type
    return False


def open_scope(cx: Lowering, block: tree.Block) -> None:
    """Enter the scope of `block`: make its locals, and those live that are so from its start."""
    outer = cx.scope
    number = cx.builder.scope(outer.scope, block.span) if block.variables else outer.scope
    scope = cx.scope = CScope(outer, number, block.end)
    scope.jumped_into = id(block) in cx.entered_blocks
    scope.pinned = id(block) in cx.pinned_blocks
    if not block.variables:
        return
    declared = {id(s.variable) for s in block.body if type(s) is tree.Declare}
    for variable in block.variables:
        if variable.storage is not tree.Storage.AUTO:
            continue
        at_declaration = id(variable) in declared
        local = add_variable(cx, variable)
        if cx.is_temporary(local) or is_vla(variable.type):
            continue
        if scope.jumped_into or not at_declaration:
            _live_from_start(cx, scope, local, block.span)


def _live_from_start(cx: Lowering, scope: CScope, local: Local, span: Span) -> None:
    scope.entry.append(local)
    scope.exits.append(EndStorage(local))
    live = StorageLive(local, span, scope.scope)
    cx.builder.push(live)
    if scope.pinned:
        cx.builder.insert(cx.builder.start(), live)


def add_variable(cx: Lowering, variable: tree.Variable) -> Local:
    """Make the local of an automatic variable.

    One without a name, of the front end's own making, is a mere temporary if it is a scalar whose
    address nobody has.
    """
    ty = cx.type_of(variable.type)
    kind = LocalKind.VARIABLE
    if not (variable.name or variable.address_taken):
        kind = LocalKind.VARIABLE if isinstance(ty, _AGGREGATES) else LocalKind.TEMPORARY
    volatile = bool(int.__and__(variable.type.quals, VOLATILE))
    decl = LocalDecl(
        ty, kind, variable.span, variable.name, volatile=volatile, align=variable.align
    )
    local = cx.builder.local(decl)
    cx.places[id(variable)] = Place(local)
    if variable.address_taken:
        cx.escaping.add(local)
    return local


def literal_place(cx: Lowering, variable: tree.Variable) -> Place:
    """Return the place of a compound literal's variable, which its block has made."""
    return cx.places[id(variable)]


def declare(cx: Lowering, statement: tree.Declare) -> None:
    """Lower a declaration: the variable begins, or begins anew, and may be initialised."""
    variable = statement.variable
    if variable.storage is not tree.Storage.AUTO:
        return
    place = cx.places[id(variable)]
    assert isinstance(place.base, int)
    scope = cx.scope
    local = place.base
    from_start = local in scope.entry or cx.is_temporary(local)
    if not from_start or (scope.passed_label and not cx.is_temporary(local)):
        size = _vla_size(cx, variable)
        cx.builder.push(StorageLive(local, statement.span, scope.scope, size))
        cx.note_store(place)
    if not from_start:
        scope.exits.append(EndStorage(local))
    if statement.initial is not None:
        cx.rules.initialise(cx, place, variable.type, statement.initial)
    if variable.cleanup is not None:
        scope.exits.append(RunCleanup(variable))


def _vla_size(cx: Lowering, variable: tree.Variable) -> Operand | None:
    if variable.vla_size is None:
        return None
    operand = cx.operand(variable.vla_size)
    return cx.stable(operand, cx.type_of(variable.vla_size.type), variable.span)


def close_scope(cx: Lowering, span: Span) -> None:
    """Leave the innermost scope by falling off its end."""
    scope = cx.scope
    undo(cx, scope, scope.exits, span)
    assert scope.parent is not None
    cx.scope = scope.parent


def leave_to(cx: Lowering, outer: CScope | None, span: Span) -> None:
    """Undo every scope inside `outer` (None: all of them), as a jump out of them does."""
    for scope in cx.scope.chain():
        if scope is outer:
            break
        undo(cx, scope, scope.exits, span)


def undo(cx: Lowering, scope: CScope, exits: Iterable[Exit], span: Span) -> None:
    """Undo `exits` of `scope`, last first."""
    for exit_ in reversed(list(exits)):
        match exit_:
            case EndStorage(local):
                if not scope.pinned:
                    cx.builder.push(StorageDead(local, span, cx.scope.scope))
            case RunCleanup(variable):
                _clean_up(cx, variable, span)
            case _:
                assert_never(exit_)


def _clean_up(cx: Lowering, variable: tree.Variable, span: Span) -> None:
    function = variable.cleanup
    assert function is not None
    cx.unit.functions[id(function)] = function
    pointer = cx.pointer_to(cx.type_of(variable.type))
    argument = cx.address(cx.places[id(variable)], pointer, span)
    ty = cx.unit.function_type(function.type)
    result = None
    if not isinstance(ty.result, VoidType):
        result = Place(cx.builder.temporary(ty.result, span))
    cx.call(Symbol(function.symbol), ty, (argument,), result, span)


def jump_edge(cx: Lowering, source: Snapshot, target: Snapshot, span: Span) -> None:
    """Emit what happens on a jump from a point in the scopes `source` to one in `target`."""
    for scope, due in source.items():
        if scope in target:
            # The innermost scope around both: what began after the label ends.
            undo(cx, scope, scope.exits[target[scope] : due], span)
            break
        undo(cx, scope, scope.exits[:due], span)
    entered = [scope for scope in target if scope not in source]
    for scope in reversed(entered):
        for local in scope.entry:
            cx.builder.push(StorageLive(local, span, cx.scope.scope))
