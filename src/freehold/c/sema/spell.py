"""A C type as text, the way that a declaration would spell it."""

from freehold.c.ctype import (
    Array,
    Complex,
    EnumType,
    Floating,
    Function,
    Integer,
    Pointer,
    Quals,
    QualType,
    RecordType,
)
from freehold.types import FloatKind

_FLOATS = {
    FloatKind.F32: "float",
    FloatKind.F64: "double",
    FloatKind.F80: "long double",
    FloatKind.F128: "_Float128",
}
_QUALS = (
    (Quals.CONST, "const"),
    (Quals.VOLATILE, "volatile"),
    (Quals.RESTRICT, "restrict"),
    (Quals.ATOMIC, "_Atomic"),
)


def spell(ty: QualType, inner: str = "") -> str:
    """Return `ty` as C writes it around the declarator text `inner`."""
    while True:
        shape = ty.type
        if isinstance(shape, Pointer):
            quals = _quals(ty.quals)
            inner = f"*{quals} {inner}".rstrip() if quals and inner else f"*{quals}{inner}"
            if isinstance(shape.target.type, (Array, Function)):
                inner = f"({inner})"
            ty = shape.target
        elif isinstance(shape, Array):
            length = "*" if shape.extent is not None or shape.star else shape.length
            inner = f"{inner}[{'' if length is None else length}]"
            ty = shape.element
        elif isinstance(shape, Function):
            inner = f"{inner}({_parameters(shape)})"
            ty = shape.result
        else:
            return _join(_quals(ty.quals), _base(ty), inner)


def _join(*words: str) -> str:
    return " ".join(word for word in words if word)


def _quals(quals: Quals) -> str:
    return " ".join(word for bit, word in _QUALS if quals & bit)


def _parameters(function: Function) -> str:
    if not function.prototype:
        return ""
    words = [spell(p) for p in function.parameters]
    if function.variadic:
        words.append("...")
    return ", ".join(words) or "void"


def _base(ty: QualType) -> str:
    shape = ty.type
    if isinstance(shape, Integer):
        return shape.kind.spelling
    if isinstance(shape, Floating):
        return _FLOATS[shape.kind]
    if isinstance(shape, Complex):
        return f"_Complex {_FLOATS[shape.kind]}"
    if isinstance(shape, RecordType):
        return f"{shape.keyword} {shape.tag or '<anonymous>'}"
    if isinstance(shape, EnumType):
        return f"enum {shape.tag or '<anonymous>'}"
    return "void"
