"""Static objects and string literals as globals."""

from freehold.c import tree
from freehold.c.lower.context import UnitContext
from freehold.mir.body import Global, Linkage, Relocation
from freehold.mir.values import Symbol
from freehold.types import align_of, size_of


def lower_string(unit: UnitContext, literal: tree.StringLiteral, symbol: Symbol) -> Global:
    """Return the global of a string literal."""
    ty = unit.type_of(literal.type.type)
    return Global(
        symbol,
        "string literal",
        ty,
        literal.data,
        literal.span,
        size=len(literal.data),
        align=align_of(ty),
        constant=True,
        literal=True,
        linkage=Linkage.INTERNAL,
    )


def lower_variable(unit: UnitContext, variable: tree.Variable) -> Global:
    """Return the global of a variable with static storage, or of an external declaration."""
    ty = unit.type_of(variable.type.type)
    initial = variable.initial
    data: bytes | None = None
    size = size_of(ty)
    if initial is not None:
        data = initial.data
        size = max(size, len(data))
    elif variable.defined:
        data = b""
    return Global(
        Symbol(variable.symbol),
        variable.name,
        ty,
        data,
        variable.span,
        _relocations(unit, initial),
        size,
        max(variable.align, align_of(ty)),
        constant=variable.constant,
        thread_local=variable.thread_local,
        linkage=variable.linkage,
        common=variable.defined and initial is None,
    )


def _relocations(unit: UnitContext, data: tree.StaticData | None) -> tuple[Relocation, ...]:
    if data is None or not data.relocations:
        return ()
    return tuple(_relocation(unit, relocation) for relocation in data.relocations)


def _relocation(unit: UnitContext, at: tree.StaticRelocation) -> Relocation:
    target = at.target
    match target:
        case tree.Function_():
            unit.functions[id(target)] = target
            symbol = Symbol(target.symbol)
        case tree.Variable():
            if not target.defined:
                unit.variables[id(target)] = target
            symbol = Symbol(target.symbol)
        case tree.StringLiteral():
            symbol = unit.literals[id(target)]
        case tree.LabelTarget():
            symbol, block = unit.labels[id(target)]
            minus = None if at.minus is None else unit.labels[id(at.minus)][1]
            return Relocation(at.offset, symbol, at.addend, block, minus, at.width)
    return Relocation(at.offset, symbol, at.addend, width=at.width)
