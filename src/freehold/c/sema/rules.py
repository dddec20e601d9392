"""Which rule analyses which kind of node."""

from freehold.c import ast
from freehold.c.sema import (
    calls,
    casts,
    declarators,
    functions,
    literals,
    operators,
    primary,
    records,
    statements,
    unary,
    variables,
)
from freehold.c.sema.builtins import BUILTIN_CALLS
from freehold.c.sema.context import Rules
from freehold.c.sema.static_assert import static_assert
from freehold.c.sema.unary import paren

RULES = Rules(
    expression={
        ast.Identifier: primary.identifier,
        ast.Number: literals.number,
        ast.Character: literals.character,
        ast.String: literals.string,
        ast.Unary: unary.unary,
        ast.Postfix: unary.postfix,
        ast.Binary: operators.binary,
        ast.Assign: unary.assign,
        ast.Conditional: operators.conditional,
        ast.Comma: operators.comma,
        ast.Paren: paren,
        ast.Cast: casts.cast,
        ast.CompoundLiteral: casts.compound_literal,
        ast.SizeOf: casts.size_of_expr,
        ast.AlignOf: casts.align_of_expr,
        ast.Subscript: primary.subscript,
        ast.Call: calls.call,
        ast.Member: primary.member,
        ast.Generic: primary.generic,
        ast.StatementExpr: statements.statement_expression,
        ast.LabelAddress: statements.label_address,
        ast.Builtin: casts.builtin,
    },
    specifier={ast.Record: records.record, ast.Enum: records.enumeration},
    statement={
        ast.Declaration: variables.declaration,
        ast.FunctionDefinition: functions.function_definition,
        ast.StaticAssert: static_assert,
        ast.Compound: statements.compound,
        ast.ExprStatement: statements.expression,
        ast.If: statements.if_,
        ast.While: statements.while_,
        ast.DoWhile: statements.do_while,
        ast.For: statements.for_,
        ast.Switch: statements.switch,
        ast.Case: statements.labelled,
        ast.Default: statements.labelled,
        ast.Label: statements.labelled,
        ast.Goto: statements.goto,
        ast.ComputedGoto: statements.computed_goto,
        ast.Break: statements.break_,
        ast.Continue: statements.continue_,
        ast.Return: statements.return_,
        ast.Asm: statements.asm,
    },
    type_name=declarators.type_name,
    aligned_type_name=declarators.aligned_type_name,
    builtin_call=BUILTIN_CALLS,
    builtin_function=calls.builtin_function,
)
