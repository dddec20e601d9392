"""Patterns as rustc prints those that are not covered."""

from freehold.rust.infer.show import show
from freehold.rust.patterns.constructors import (
    ENDLESS,
    Constant,
    Pattern,
    Range,
    Slice,
    Variant,
    bounds,
)
from freehold.types import AdtKind, BoolType, CharType, IntType, Type
from freehold.types.generic import AdtType, RefType

_PRELUDE = frozenset(("Option", "Result"))


def text(p: Pattern) -> str:
    """Return a pattern's text."""
    match p.constructor:
        case None:
            return "_"
        case Range(low, high):
            return _range(p.type, low, high)
        case Variant(number):
            assert isinstance(p.type, AdtType)
            return _adt(p, p.type, number)
        case Slice(length, longer, prefix):
            inner = [text(each) for each in p.fields]
            if longer:
                inner.insert(prefix if prefix < length or not length else length, "..")
            return f"[{', '.join(inner)}]"
        case Constant(value):
            return repr(value)
        case _:
            return _single(p)


def _single(p: Pattern) -> str:
    if isinstance(p.type, RefType):
        return f"&{'mut ' if p.type.mutable else ''}{text(p.fields[0])}"
    if isinstance(p.type, AdtType):
        return _adt(p, p.type, 0)
    inner = ", ".join(map(text, p.fields))
    return f"({inner},)" if len(p.fields) == 1 else f"({inner})"


def _adt(p: Pattern, ty: AdtType, number: int) -> str:
    definition = ty.definition
    variant = definition.variants[number]
    name = definition.name
    if definition.kind is AdtKind.ENUM:
        name = variant.name if name in _PRELUDE else f"{name}::{variant.name}"
    if variant.style == "unit":
        return name
    if variant.style == "tuple":
        return f"{name}({', '.join(map(text, p.fields))})"
    shown = [
        f"{field.name}: {text(each)}"
        for field, each in zip(variant.fields, p.fields, strict=True)
        if each.constructor is not None
    ]
    if len(shown) < len(p.fields):
        shown.append("..")
    return f"{name} {{ {', '.join(shown)} }}"


def _range(ty: Type, low: int, high: int) -> str:
    if isinstance(ty, BoolType):
        return "true" if low else "false"
    whole = bounds(ty)
    if high >= ENDLESS:
        return f"{_number(ty, low, whole)}.."
    if low <= -ENDLESS:
        return f"..{_number(ty, high + 1, whole)}"
    if low == high:
        return _number(ty, low, whole)
    return f"{_number(ty, low, whole)}..={_number(ty, high, whole)}"


def _number(ty: Type, value: int, whole: Range) -> str:
    if isinstance(ty, CharType):
        return _char(value)
    assert isinstance(ty, IntType)
    name = show(ty)
    if not ty.pointer_sized and value == whole.low and ty.signed:
        return f"{name}::MIN"
    if not ty.pointer_sized and value == whole.high:
        return f"{name}::MAX"
    return f"{value}_{name}"


def _char(value: int) -> str:
    if value == 0:
        return "'\\0'"
    character = chr(value)
    if character.isprintable() and not 0xD800 <= value < 0xE000:
        return f"'{character}'"
    return f"'\\u{{{value:x}}}'"


def listed(patterns: list[Pattern]) -> tuple[str, str]:
    """Return "`A` and `B`" for the message, and "patterns `A` and `B`" for the label."""
    shown = list(dict.fromkeys(map(text, patterns)))
    quoted = [f"`{each}`" for each in shown]
    if len(quoted) == 1:
        return quoted[0], f"pattern {quoted[0]}"
    if len(quoted) <= 3:
        joined = f"{', '.join(quoted[:-1])} and {quoted[-1]}"
    else:
        joined = f"{', '.join(quoted[:3])} and {len(quoted) - 3} more"
    return joined, f"patterns {joined}"
