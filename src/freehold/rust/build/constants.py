"""Literals and names of constants and functions, as constants of MIR."""

from freehold.mir.values import (
    Constant,
    FloatConst,
    IntConst,
    ItemConst,
    NamedConst,
    ParamConst,
    StringConst,
)
from freehold.rust import thir
from freehold.rust.build.builder import AsConstant, Builder
from freehold.types.generic import ConstParam, ConstValue, FnDefType


def number(_b: Builder, e: thir.Number) -> Constant:
    """Return an integer, bool or char."""
    return IntConst(e.value, e.type)


def floating(_b: Builder, e: thir.Float) -> Constant:
    """Return a floating-point literal."""
    return FloatConst(e.text, e.type)


def string(_b: Builder, e: thir.String) -> Constant:
    """Return a string literal."""
    return StringConst(e.data, e.type)


def item(_b: Builder, e: thir.Item) -> Constant:
    """Return a function item, with the lifetimes that were written."""
    return ItemConst(e.type if e.user_type is None else e.user_type.type)


def named(_b: Builder, e: thir.NamedConst) -> Constant:
    """Return a constant item with the lifetimes that were written, or a constant parameter."""
    match e.const:
        case ConstParam() as parameter:
            return ParamConst(parameter, e.type)
        case ConstValue(value, ty):
            return IntConst(value, ty)
        case _:
            assert e.definition is not None
            written = None if e.user_type is None else e.user_type.type
            arguments = written.arguments if isinstance(written, FnDefType) else e.arguments
            return NamedConst(e.definition, arguments, e.type)


CONSTANTS: dict[type, AsConstant] = {
    thir.Number: number,
    thir.Float: floating,
    thir.String: string,
    thir.Item: item,
    thir.NamedConst: named,
}
