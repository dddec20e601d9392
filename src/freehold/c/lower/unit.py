"""A translation unit to a MIR program."""

from dataclasses import replace
from pathlib import PurePath

from freehold.c import tree
from freehold.c.depth import deep_recursion
from freehold.c.lower.context import Lowering, UnitContext, Unsupported
from freehold.c.lower.jumps import EntryFinder, finish_jumps
from freehold.c.lower.rules import RULES
from freehold.c.lower.static import lower_string, lower_variable
from freehold.c.lower.storage import VOLATILE
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import TOO_COMPLEX, UNSUPPORTED
from freehold.mir.body import Alias, Body, Extern, Linkage, LocalDecl, LocalKind, Program
from freehold.mir.build import BodyBuilder
from freehold.mir.statements import Assign, Return
from freehold.mir.values import RETURN, IntConst, Place, Symbol, UninitConst, Use
from freehold.types import FunctionType, IntType, VoidType


def lower(unit: tree.TranslationUnit) -> tuple[Program, list[Diagnostic]]:
    """Lower a unit that sema found no error in. A function that cannot be is left out."""
    with deep_recursion():
        return _lower(unit)


def _lower(unit: tree.TranslationUnit) -> tuple[Program, list[Diagnostic]]:
    context = UnitContext(_stem(unit))
    program = Program()
    for number, literal in enumerate(unit.strings):
        symbol = Symbol(f".str.{context.stem}.{number}")
        context.literals[id(literal)] = symbol
        program.globals[symbol] = lower_string(context, literal, symbol)
    for function in unit.functions:
        if function.body is not None:
            _define(context, program, function)
    for variable in unit.variables:
        if variable.defined:
            program.globals[Symbol(variable.symbol)] = lower_variable(context, variable)
    for constant in context.pool.values():
        program.globals[constant.name] = constant
    _declare(context, program, unit)
    return program, context.diagnostics


def _stem(unit: tree.TranslationUnit) -> str:
    """Return the name of the file, so that hidden symbols seldom clash with another unit's."""
    defined = [f.span for f in unit.functions if f.body is not None]
    spans = defined or [v.span for v in unit.variables]
    return PurePath(spans[-1].outermost().source.name).stem if spans else ""


def _declare(context: UnitContext, program: Program, unit: tree.TranslationUnit) -> None:
    """Add what is declared here, used, and defined elsewhere; and the aliases."""
    for variable in context.variables.values():
        name = Symbol(variable.symbol)
        if name not in program.globals:
            program.globals[name] = lower_variable(context, variable)
    for function in unit.functions:
        if function.alias and function.body is None:
            name = Symbol(function.symbol)
            target = Symbol(function.alias)
            linkage = Linkage.WEAK if "weak" in function.attributes else function.linkage
            program.aliases[name] = Alias(name, target, function.span, linkage)
    for function in context.functions.values():
        name = Symbol(function.symbol)
        if name not in program.bodies and name not in program.aliases:
            ty = context.function_type(function.type)
            program.externs[name] = Extern(name, ty, function.span, function.attributes)


def _define(context: UnitContext, program: Program, function: tree.Function_) -> None:
    try:
        body = lower_function(context, function)
    except Unsupported as error:
        found = Diagnostic(UNSUPPORTED, error.span, {"what": error.what})
        context.diagnostics.append(found)
        return
    except RecursionError:
        facts = {"what": "the nesting of an expression", "limit": "Python's stack"}
        context.diagnostics.append(Diagnostic(TOO_COMPLEX, function.span, facts))
        return
    program.bodies[body.name] = body
    if "constructor" in function.attributes:
        program.constructors.append(body.name)
    if "destructor" in function.attributes:
        program.destructors.append(body.name)


def lower_function(context: UnitContext, function: tree.Function_) -> Body:
    """Lower a function that is defined here."""
    assert function.body is not None
    ty = context.function_type(function.type)
    builder = BodyBuilder(function.symbol, function.name, ty, function.span)
    cx = Lowering(context, RULES, function, builder)
    for parameter in function.parameters:
        _parameter(cx, parameter)
    finder = EntryFinder()
    finder.walk(function.body)
    cx.entered_blocks, cx.pinned_blocks = finder.entered, finder.pinned
    cx.statement(function.body)
    _fall_off(cx, function, ty)
    finish_jumps(cx)
    roots = [place.block for key, place in cx.labels.items() if key in _taken(function)]
    attributes = function.attributes
    if cx.returns_twice:
        attributes |= {"returns_twice"}
    linkage = Linkage.WEAK if "weak" in attributes else function.linkage
    body = builder.finish(len(function.parameters), linkage, attributes, roots)
    for label in function.labels:
        if label.address_taken:
            block = builder.renumbered[cx.labels[id(label)].block]
            context.labels[id(label)] = (body.name, block)
    assert function.body is not None
    return replace(body, end=function.body.end)


def _taken(function: tree.Function_) -> set[int]:
    return {id(label) for label in function.labels if label.address_taken}


def _parameter(cx: Lowering, parameter: tree.Variable) -> None:
    volatile = bool(int.__and__(parameter.type.quals, VOLATILE))
    decl = LocalDecl(
        cx.type_of(parameter.type),
        LocalKind.ARGUMENT,
        parameter.span,
        parameter.name,
        volatile=volatile,
    )
    local = cx.builder.local(decl)
    cx.places[id(parameter)] = Place(local)
    if parameter.address_taken:
        cx.escaping.add(local)


def _fall_off(cx: Lowering, function: tree.Function_, ty: FunctionType) -> None:
    """End a function whose last statement does not return."""
    assert function.body is not None
    span = function.body.end
    scope = cx.scope.scope
    if isinstance(ty.result, IntType) and function.name == "main":
        value = Use(IntConst(0, ty.result))
        cx.builder.push(Assign(Place(RETURN), value, span, scope))
    elif not isinstance(ty.result, VoidType):
        cx.builder.push(Assign(Place(RETURN), Use(UninitConst(ty.result)), span, scope))
    cx.builder.terminate(Return(span, scope))
