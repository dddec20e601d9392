"""Lvalues: where an object is. A pointer is dereferenced only from a local that holds it."""

from freehold.c import tree
from freehold.c.lower.context import DEREF, Lowering
from freehold.c.lower.storage import literal_place
from freehold.mir.values import (
    ConstantIndex,
    Copy,
    FieldOf,
    Index,
    IntConst,
    Local,
    Operand,
    Place,
    Projection,
    Symbol,
    Use,
)
from freehold.source import Span
from freehold.types import Adt, ArrayType, FunctionType, IntType, PointerType, Type, VoidType

FIELDS = tuple(FieldOf(index) for index in range(256))
FIRST = ConstantIndex(0)
_STATIC = frozenset({tree.Storage.STATIC, tree.Storage.EXTERN, tree.Storage.THREAD})
_NOT_READ = (VoidType, FunctionType, ArrayType)
_STEPS = frozenset({tree.MemberOf, tree.ElementOf, tree.ComplexPart})


def field_of(index: int) -> FieldOf:
    """Return the projection to field number `index`."""
    return FIELDS[index] if index < len(FIELDS) else FieldOf(index)


def lower_place(cx: Lowering, expr: tree.Expr) -> Place:
    """Return the place of `expr`; of a value (`f().x`), that of a temporary which holds it."""
    if type(expr) is tree.VariableRef:
        return variable_place(cx, expr.variable)
    steps: list[tree.MemberOf | tree.ElementOf | tree.ComplexPart] = []
    while type(expr) in _STEPS:
        assert isinstance(expr, (tree.MemberOf, tree.ElementOf, tree.ComplexPart))
        steps.append(expr)
        expr = expr.array if isinstance(expr, tree.ElementOf) else expr.base
    root = _root(cx, expr)
    if not steps:
        return root
    projections = list(root.projections)
    for step in reversed(steps):
        if isinstance(step, tree.MemberOf):
            projections.append(field_of(step.index))
        elif isinstance(step, tree.ElementOf):
            projections.append(_element(cx, step.index))
        else:
            projections.append(FIELDS[step.imaginary])
    return Place(root.base, tuple(projections))


def place_effect(cx: Lowering, expr: tree.Expr) -> None:
    """Locate an lvalue whose value nobody wants: only a volatile one is read."""
    place = cx.access(expr)
    ty = cx.type_of(expr.type)
    known = not isinstance(ty, _NOT_READ) and (not isinstance(ty, Adt) or ty.complete)
    if known and (place.volatile or place.atomic):
        cx.note_call()
        cx.hold(Use(Copy(place)), ty, expr.span)


def variable_place(cx: Lowering, variable: tree.Variable) -> Place:
    """Return the place of a variable."""
    place = cx.places.get(id(variable))
    if place is not None:
        return place
    if variable.storage not in _STATIC:
        raise KeyError(f"no local for `{variable.name}`")
    if not variable.defined:
        cx.unit.variables[id(variable)] = variable
    place = cx.places[id(variable)] = Place(Symbol(variable.symbol))
    return place


def _root(cx: Lowering, expr: tree.Expr) -> Place:
    match expr:
        case tree.VariableRef():
            return variable_place(cx, expr.variable)
        case tree.Deref():
            pointer = cx.operand(expr.pointer)
            return deref(cx, pointer, cx.type_of(expr.type), expr.pointer.span)
        case tree.StringRef():
            return Place(cx.unit.literals[id(expr.literal)])
        case tree.CompoundLiteralRef():
            return _compound_literal(cx, expr)
        case _:
            return _value_place(cx, expr)


def deref(cx: Lowering, pointer: Operand, pointee: Type, span: Span) -> Place:
    """Return the place of type `pointee` that `pointer` points to."""
    if type(pointer) is Copy:
        place = pointer.place
        if isinstance(place.base, int) and not place.projections and not place.volatile:
            held = cx.builder.locals[place.base].type
            if isinstance(held, PointerType) and held.pointee is pointee:
                return Place(place.base, (DEREF,))
    return Place(cx.hold(Use(pointer), cx.pointer_to(pointee), span).place.base, (DEREF,))


def _element(cx: Lowering, index: tree.Expr) -> Projection:
    operand = cx.operand(index)
    if isinstance(operand, IntConst) and operand.value >= 0:
        return ConstantIndex(operand.value) if operand.value else FIRST
    return Index(_index_local(cx, operand, index))


def _index_local(cx: Lowering, operand: Operand, index: tree.Expr) -> Local:
    if type(operand) is Copy:
        place = operand.place
        base = place.base
        plain = not (place.projections or place.volatile or base in cx.escaping)
        if isinstance(base, int) and plain:
            ty = cx.builder.locals[base].type
            if isinstance(ty, IntType) and ty.bits == 64:
                return base
    base = cx.hold(Use(operand), cx.type_of(index.type), index.span).place.base
    assert isinstance(base, int)
    return base


def _compound_literal(cx: Lowering, expr: tree.CompoundLiteralRef) -> Place:
    place = literal_place(cx, expr.variable)
    cx.rules.initialise(cx, place, expr.variable.type, expr.initializer)
    return place


def _value_place(cx: Lowering, expr: tree.Expr) -> Place:
    ty = cx.type_of(expr.type)
    operand = cx.operand(expr)
    if type(operand) is Copy:
        return operand.place
    return cx.hold(Use(operand), ty, expr.span).place
