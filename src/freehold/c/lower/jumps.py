"""Jumps: labels, `goto`, computed `goto`, and which blocks they may enter."""

from collections.abc import Iterable

from freehold.c import tree
from freehold.c.lower.context import Lowering
from freehold.c.lower.scopes import Jump, LabelPlace
from freehold.c.lower.storage import jump_edge, undo
from freehold.mir.statements import IndirectGoto
from freehold.mir.values import Block


def label_place(cx: Lowering, label: tree.LabelTarget) -> LabelPlace:
    """Return the place of `label`, which may not have been passed yet."""
    place = cx.labels.get(id(label))
    if place is None:
        place = cx.labels[id(label)] = LabelPlace(cx.builder.block())
    return place


def label_block(cx: Lowering, label: tree.LabelTarget) -> Block:
    """Return the block that `label` marks."""
    return label_place(cx, label).block


def label_mark(cx: Lowering, statement: tree.LabelMark) -> None:
    """Lower the place that a label marks."""
    pass_label(cx, label_place(cx, statement.label), statement)


def pass_label(cx: Lowering, place: LabelPlace, statement: tree.Statement) -> None:
    """Continue at a label's block."""
    cx.enter(place.block, statement.span)
    place.scopes = cx.scope.snapshot()
    for scope in place.scopes:
        scope.passed_label = True
    cx.note_call()  # what was read before the label may be stale after it


def jump(cx: Lowering, statement: tree.Jump) -> None:
    """Lower `goto label`; what it leaves and enters is emitted once the label is known."""
    if cx.builder.current is None:
        return
    add_jump(cx, label_place(cx, statement.label), statement)


def add_jump(cx: Lowering, to: LabelPlace, statement: tree.Statement) -> None:
    """End the block with a jump to `to`, to be finished later."""
    pad = cx.builder.leave()
    if pad is not None:
        cx.jumps.append(Jump(pad, cx.scope, cx.scope.snapshot(), to, statement.span))


def finish_jumps(cx: Lowering) -> None:
    """Emit the ends of all jumps, when every label has been passed."""
    scope = cx.scope
    for edge in cx.jumps:
        assert edge.to.scopes is not None
        cx.builder.resume(edge.pad)
        cx.scope = edge.scope
        jump_edge(cx, edge.scopes, edge.to.scopes, edge.span)
        cx.goto(edge.to.block, edge.span)
    cx.scope = scope


def computed_jump(cx: Lowering, statement: tree.ComputedJump) -> None:
    """Lower `goto *target`: it leaves the scopes that hold no label whose address is taken."""
    ty = cx.type_of(statement.target.type)
    operand = cx.stable(cx.operand(statement.target), ty, statement.span)
    for scope in cx.scope.chain():
        if scope.pinned or scope.parent is None:
            break
        undo(cx, scope, scope.exits, statement.span)
    targets = tuple(label_block(cx, label) for label in cx.function.labels if label.address_taken)
    cx.builder.terminate(IndirectGoto(operand, targets, statement.span, cx.scope.scope))


# ----------------------------------------------------------------------- which blocks are entered


class EntryFinder:
    """Finds the blocks that a jump may enter: those with a label, or a case of a switch outside.

    `entered` and `pinned` are ids of `tree.Block`s; a pinned one holds a label whose address is
    taken.
    """

    def __init__(self) -> None:
        self.entered: set[int] = set()
        self.pinned: set[int] = set()

    def walk(self, statement: tree.Statement) -> tuple[bool, bool, bool]:
        """Say whether `statement` holds a label, a case of a switch outside, a pinned label."""
        match statement:
            case tree.LabelMark():
                return True, False, statement.label.address_taken
            case tree.CaseLabel():
                return False, True, False
            case tree.Block(body=body):
                found = self._walk_all(body)
                if found[0] or found[1]:
                    self.entered.add(id(statement))
                if found[2]:
                    self.pinned.add(id(statement))
                return found
            case tree.If():
                return self._walk_all(_arms(statement))
            case tree.Loop(body=inner):
                return self.walk(inner)
            case tree.Switch(body=inner):
                label, _, pinned = self.walk(inner)
                return label, False, pinned
            case _:
                return False, False, False

    def _walk_all(self, statements: Iterable[tree.Statement]) -> tuple[bool, bool, bool]:
        label = case = pinned = False
        for statement in statements:
            one = self.walk(statement)
            label, case, pinned = label or one[0], case or one[1], pinned or one[2]
        return label, case, pinned


def _arms(statement: tree.If) -> Iterable[tree.Statement]:
    # A loop along else-if chains, which may be thousands long.
    arm: tree.Statement | None = statement
    while isinstance(arm, tree.If):
        yield arm.then
        arm = arm.otherwise
    if arm is not None:
        yield arm
