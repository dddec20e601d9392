"""Constants in types: array lengths, constant arguments, discriminants.

Literals, arithmetic on them, constant parameters and constants made of these are evaluated here.
Whatever else is an anonymous `Constant`, for the evaluator that `Collector.evaluate` is.
"""

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING

from freehold.rust import ast
from freehold.rust.collect.written import parts
from freehold.rust.items import (
    Constant,
    GenericName,
    PartialResolution,
    Primitive,
    SelfType,
)
from freehold.rust.resolve.lookup import lexical, self_type
from freehold.rust.resolve.scopes import TYPE, VALUE
from freehold.rust.resolve.wants import Want
from freehold.types import BOOL, CHAR, BoolType, CharType, IntType, Type
from freehold.types.generic import (
    USIZE,
    Const,
    ConstParam,
    ConstValue,
)

if TYPE_CHECKING:
    from freehold.rust.collect.lower import Lowerer

__all__ = ["USIZE", "bounds", "lower", "number"]


def lower(lowerer: "Lowerer", node: ast.Expr, type_: Type) -> Const | None:
    """Return the constant that `node` is; None after an error."""
    inner = _plain(node)
    if isinstance(inner, ast.PathExpr):
        resolution = _resolve(lowerer, inner.path)
        if isinstance(resolution.base, GenericName) and not resolution.unresolved:
            parameter = resolution.base.parameter
            return ConstParam(parameter.index, parameter.name, parameter.type or type_)
    if isinstance(inner, ast.Underscore) and lowerer.hooks is not None:
        return lowerer.hooks.const(inner.span, type_)
    value = _Evaluate(lowerer).value(inner, type_)
    if value is None:
        value = lowerer.collector.evaluated(lowerer, inner, type_)
    return None if value is None else ConstValue(value, type_)


def number(lowerer: "Lowerer", node: ast.Expr, type_: Type) -> int | None:
    """Return the number that `node` is, or None if it cannot be told here."""
    return _Evaluate(lowerer).value(_plain(node), type_)


def _plain(node: ast.Expr) -> ast.Expr:
    """Return what stands inside of parentheses and blocks of one expression."""
    while True:
        if isinstance(node, ast.Paren):
            node = node.inner
        elif isinstance(node, ast.BlockExpr) and not node.block.statements and node.block.result:
            node = node.block.result
        else:
            return node


def _resolve(lowerer: "Lowerer", path: ast.Path) -> PartialResolution:
    return lowerer.resolve(path, Want.VALUE)


def is_generic(lowerer: "Lowerer", node: object) -> bool:
    """Tell whether an expression mentions generic parameters: then it has no one value."""
    match node:
        case ast.Lifetime(name=name):
            return name not in {"static", "_"}
        case ast.Path(segments=[segment, *_]) if _names_parameter(lowerer, segment.ident):
            return True
        case _:
            return any(is_generic(lowerer, part) for part in parts(node))


def _names_parameter(lowerer: "Lowerer", ident: ast.Ident) -> bool:
    world, scope = lowerer.collector.world, lowerer.scope
    if ident.name == "Self":
        found = self_type(scope)
        return isinstance(found, SelfType) and bool(found.owner.generics.count)
    return any(
        isinstance(lexical(world, scope, ident.name, space), GenericName) for space in (TYPE, VALUE)
    )


def bounds(type_: Type) -> tuple[int, int] | None:
    """Return the least and the greatest value of an integer type."""
    match type_:
        case IntType(bits, signed=True):
            return -(1 << (bits - 1)), (1 << (bits - 1)) - 1
        case IntType(bits):
            return 0, (1 << bits) - 1
        case _:
            return None


class _Evaluate:
    """Evaluates what needs no type checking. None: it does need it."""

    def __init__(self, lowerer: "Lowerer") -> None:
        self.lowerer = lowerer

    def value(self, node: ast.Expr, type_: Type) -> int | None:
        """Return the value of `node` as a `type_`."""
        found = self._raw(_plain(node), type_)
        limits = bounds(type_)
        if found is None or limits is None or limits[0] <= found <= limits[1]:
            return found
        return None

    def _raw(self, node: ast.Expr, type_: Type) -> int | None:
        match node:
            case ast.IntLiteral() | ast.ByteLiteral() | ast.BoolLiteral() | ast.CharLiteral():
                return _literal(node, type_)
            case ast.PathExpr():
                return self._path(node.path, type_)
            case ast.Unary(op="-") if isinstance(type_, IntType) and type_.signed:
                found = self.value(node.operand, type_)
                if found is None and isinstance(node.operand, ast.IntLiteral):
                    found = node.operand.value  # the least value: its opposite does not fit
                return None if found is None else -found
            case ast.Binary():
                return self._binary(node, type_)
            case ast.Cast():
                return self._cast(node, type_)
            case _:
                return None

    def _binary(self, node: ast.Binary, type_: Type) -> int | None:
        act = _OPERATORS.get(node.op)
        if act is None or not isinstance(type_, IntType):
            return None
        left, right = self.value(node.left, type_), self.value(node.right, type_)
        if node.op in {"<<", ">>"} and not (right is not None and 0 <= right < type_.bits):
            return None
        if left is None or right is None or (node.op in {"/", "%"} and right == 0):
            return None
        found = act(left, right)
        return _wrapped(found, type_) if node.op == "<<" else found

    def _cast(self, node: ast.Cast, type_: Type) -> int | None:
        if not isinstance(node.type, ast.PathType) or not isinstance(type_, IntType):
            return None
        named = self.lowerer.resolve(node.type.path, Want.TYPE).base
        if not isinstance(named, Primitive) or named.type != type_:
            return None
        for source in self._types(node.operand, type_):
            found = self.value(node.operand, source)
            if found is not None:
                return _wrapped(found, type_)
        return None

    def _types(self, node: ast.Expr, target: IntType) -> list[Type]:
        """Return the types that the operand of a cast may have."""
        node = _plain(node)
        if isinstance(node, ast.PathExpr):
            found = _resolve(self.lowerer, node.path)
            if isinstance(found.base, Constant) and not found.unresolved and found.base.type:
                return [found.base.type]
            if isinstance(found.base, Primitive):
                return [found.base.type]
        if isinstance(node, ast.IntLiteral) and not node.suffix:
            return [target]
        if isinstance(node, ast.BoolLiteral):
            return [BOOL]
        return [CHAR] if isinstance(node, ast.CharLiteral) else []

    def _path(self, path: ast.Path, type_: Type) -> int | None:
        found = _resolve(self.lowerer, path)
        if isinstance(found.base, Constant) and found.unresolved == 0:
            return self.lowerer.collector.constant_value(found.base, type_)
        if isinstance(found.base, Primitive) and found.unresolved == 1:
            limits = bounds(found.base.type)
            name = path.segments[-1].ident.name
            if limits is not None and found.base.type == type_ and name in {"MIN", "MAX"}:
                return limits[name == "MAX"]
        return None


def _literal(node: ast.Literal, type_: Type) -> int | None:
    match node:
        case ast.IntLiteral() | ast.ByteLiteral() if isinstance(type_, IntType):
            return node.value
        case ast.BoolLiteral() if isinstance(type_, BoolType):
            return int(node.value)
        case ast.CharLiteral() if isinstance(type_, CharType):
            return ord(node.value)
        case _:
            return None


def _wrapped(value: int, type_: IntType) -> int:
    value &= (1 << type_.bits) - 1
    if type_.signed and value >> (type_.bits - 1):
        value -= 1 << type_.bits
    return value


def _divide(left: int, right: int) -> int:
    found = abs(left) // abs(right)
    return found if (left < 0) == (right < 0) else -found


_OPERATORS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
    "%": lambda left, right: left - right * _divide(left, right),
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
}
