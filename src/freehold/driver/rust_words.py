"""C's types as Rust would write them, for people who read signatures."""

import re
from typing import Final

from freehold.types import (
    Adt,
    ArrayType,
    BoolType,
    ComplexType,
    FloatKind,
    FloatType,
    FunctionType,
    IntType,
    PointerType,
    Type,
    VoidType,
)

# Names that Rust's prelude has taken.
_TAKEN: Final = frozenset(("Box", "Vec", "String", "Option", "Result", "Some", "None", "Ok", "Err"))
_KEYWORDS: Final = frozenset(
    [
        "as",
        "async",
        "await",
        "box",
        "const",
        "crate",
        "dyn",
        "enum",
        "extern",
        "fn",
        "impl",
        "in",
        "let",
        "loop",
        "match",
        "mod",
        "move",
        "mut",
        "pub",
        "ref",
        "self",
        "super",
        "trait",
        "type",
        "unsafe",
        "use",
        "where",
        "abstract",
        "final",
        "override",
        "priv",
        "typeof",
        "yield",
    ]
)
_KNOWN: Final = {"_IO_FILE": "File", "__dirstream": "ReadDir"}
_FAMILIES: Final = {"fopen": "File", "opendir": "ReadDir"}
_FLOATS: Final = {FloatKind.F32: "f32", FloatKind.F64: "f64"}


class TypeWords:
    """Words types. A pointer says more where it is known what becomes of it."""

    def plain(self, ty: Type) -> str:
        """Return a type that nothing more is known of."""
        number = _number(ty)
        if number:
            return number
        match ty:
            case PointerType(FunctionType() as function):
                return f"Option<{self._function(function)}>"
            case PointerType(pointee):
                return f"*mut {self.plain(pointee)}"
            case ArrayType(element, length):
                each = self.plain(element)
                return f"[{each}; {length}]" if length is not None else f"[{each}]"
            case FunctionType():
                return self._function(ty)
            case Adt():
                return camel(ty.name or ty.alias)
            case _:
                return "_"

    def _function(self, ty: FunctionType) -> str:
        given = ", ".join(map(self.plain, ty.parameters))
        to = "" if isinstance(ty.result, VoidType) else f" -> {self.plain(ty.result)}"
        return f"fn({given}){to}"

    def raw(self, pointee: Type) -> str:
        """Return what a raw pointer points to."""
        return self.plain(pointee)

    def pointee(self, pointee: Type, *, text: bool, many: bool) -> str:
        """Return what a reference refers to: a string, a slice, one thing."""
        if text and self.is_text(pointee):
            return "CStr"
        each = self.plain(pointee)
        return f"[{'u8' if isinstance(pointee, VoidType) else each}]" if many else each

    def owned(self, pointee: Type, family: str, *, many: bool) -> str:
        """Return the owner of what was allocated by a family of functions."""
        if family in _FAMILIES:
            return _FAMILIES[family]
        if self.is_text(pointee):
            return "CString"
        each = self.plain(pointee)
        if many:
            return f"Vec<{'u8' if isinstance(pointee, VoidType) else each}>"
        return f"Box<{each}>"

    @staticmethod
    def is_text(pointee: Type) -> bool:
        """Whether a pointer to it may be a string."""
        return isinstance(pointee, IntType) and pointee.bits == 8 and pointee.signed


def _number(ty: Type) -> str:
    """Return the name of a type of numbers, or of none; "" for another."""
    match ty:
        case VoidType():
            return "c_void"
        case BoolType():
            return "bool"
        case IntType(64, False):
            return "usize"
        case IntType(bits, signed):
            return f"{'i' if signed else 'u'}{bits}"
        case FloatType(kind):
            return _FLOATS.get(kind, "c_longdouble")
        case ComplexType(kind):
            return f"Complex<{_FLOATS.get(kind, 'c_longdouble')}>"
        case _:
            return ""


def camel(name: str) -> str:
    """Return a C struct's name as Rust's types are called."""
    if name in _KNOWN:
        return _KNOWN[name]
    words = re.split(r"[^A-Za-z0-9]+", name.removeprefix("struct ").removeprefix("union "))
    made = "".join(word[:1].upper() + word[1:] for word in words if word)
    if not made:
        return "_"
    return f"{made}_" if made in _TAKEN or made[0].isdigit() else made


def snake(name: str) -> str:
    """Return a C name as one that Rust takes."""
    return f"r#{name}" if name in _KEYWORDS and name not in {"self", "super", "crate"} else name
