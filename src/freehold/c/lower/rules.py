"""The tables of lowering: which function lowers which kind of node."""

from typing import Any

from freehold.c import tree
from freehold.c.lower import (
    arithmetic,
    assign,
    calls,
    conditions,
    jumps,
    places,
    pointers,
    statements,
    storage,
    switches,
    values,
)
from freehold.c.lower.context import Rules
from freehold.c.lower.initialise import initialise

_OPERAND: dict[type, Any] = {
    tree.IntValue: values.int_value,
    tree.FloatValue: values.float_value,
    tree.FunctionRef: pointers.function_ref,
    tree.LabelRef: pointers.label_ref,
    tree.Load: values.load,
    tree.Hole: values.hole,
    tree.MemberOf: values.part,
    tree.ComplexPart: values.part,
    tree.Logical: conditions.logical,
    tree.Conditional: conditions.conditional,
    tree.Elvis: conditions.elvis,
    tree.Sequence: values.sequence,
    tree.Store: assign.store,
    tree.CompoundAssign: assign.compound,
    tree.Discard: values.discard,
    tree.Call: calls.call,
    tree.IntrinsicCall: calls.intrinsic,
    tree.BlockExpr: values.block_expr,
}

_RVALUE: dict[type, Any] = {
    tree.Decay: pointers.decay,
    tree.AddressOf: pointers.address_of,
    tree.Arithmetic: arithmetic.arithmetic,
    tree.Compare: arithmetic.compare,
    tree.PointerAdd: pointers.pointer_add,
    tree.PointerDifference: pointers.pointer_difference,
    tree.Negate: arithmetic.negate,
    tree.Complement: arithmetic.complement,
    tree.LogicalNot: arithmetic.logical_not,
    tree.Convert: values.convert,
}

_INTO: dict[type, Any] = {
    tree.Logical: conditions.logical_into,
    tree.Conditional: conditions.conditional_into,
    tree.Sequence: values.sequence_into,
    tree.Call: calls.call_into,
    tree.IntrinsicCall: calls.intrinsic_into,
    tree.BlockExpr: values.block_expr_into,
}

_EFFECT: dict[type, Any] = {
    tree.VariableRef: places.place_effect,
    tree.StringRef: places.place_effect,
    tree.CompoundLiteralRef: places.place_effect,
    tree.Deref: places.place_effect,
    tree.MemberOf: places.place_effect,
    tree.ElementOf: places.place_effect,
    tree.ComplexPart: places.place_effect,
    tree.Load: values.load_effect,
    tree.Logical: conditions.logical_effect,
    tree.Conditional: conditions.conditional_effect,
    tree.Sequence: values.sequence_effect,
    tree.Store: assign.store_effect,
    tree.CompoundAssign: assign.compound_effect,
    tree.Convert: values.convert_effect,
    tree.Discard: values.discard_effect,
    tree.Compare: values.pair_effect,
    tree.PointerDifference: values.pair_effect,
    tree.Call: calls.call_effect,
    tree.BlockExpr: values.block_expr_effect,
}

_BRANCH: dict[type, Any] = {
    object: conditions.branch_on_value,
    tree.Compare: conditions.branch_on_compare,
    tree.LogicalNot: conditions.branch_on_not,
    tree.Logical: conditions.branch_on_logical,
    tree.Conditional: conditions.branch_on_conditional,
    tree.Convert: conditions.branch_on_convert,
    tree.Sequence: conditions.branch_on_sequence,
}

_STATEMENT: dict[type, Any] = {
    tree.Block: statements.block,
    tree.Declare: storage.declare,
    tree.SetExtent: statements.set_extent,
    tree.Evaluate: statements.evaluate,
    tree.If: statements.if_,
    tree.Loop: statements.loop,
    tree.Switch: switches.switch,
    tree.CaseLabel: switches.case_label,
    tree.LabelMark: jumps.label_mark,
    tree.Jump: jumps.jump,
    tree.ComputedJump: jumps.computed_jump,
    tree.Break: statements.break_,
    tree.Continue: statements.continue_,
    tree.Return: statements.return_,
    tree.CompilerBarrier: statements.barrier,
}

RULES = Rules(
    operand=_OPERAND,
    rvalue=_RVALUE,
    into=_INTO,
    effect=_EFFECT,
    branch=_BRANCH,
    place=places.lower_place,
    statement=_STATEMENT,
    initialise=initialise,
    body=statements.body,
)
