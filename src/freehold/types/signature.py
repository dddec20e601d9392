"""How values of a function's type travel: two functions that agree in it can be called alike."""

from freehold.types.layout import is_wide
from freehold.types.model import (
    BoolType,
    CharType,
    FloatKind,
    FloatType,
    FunctionType,
    IntType,
    NeverType,
    PointerType,
    TupleType,
    Type,
    VoidType,
)

_INT_LETTERS = {8: "b", 16: "h", 32: "i", 64: "l", 128: "q"}
_FLOAT_LETTERS = {FloatKind.F32: "f", FloatKind.F64: "d", FloatKind.F80: "e", FloatKind.F128: "g"}


def is_nothing(ty: Type) -> bool:
    """Whether `ty` has no value at all."""
    return isinstance(ty, (VoidType, NeverType)) or ty == TupleType(())


def _letter(ty: Type) -> str:
    match ty:
        case IntType(bits):
            return _INT_LETTERS[bits]
        case BoolType():
            return "b"
        case CharType():
            return "i"
        case FloatType(kind):
            return _FLOAT_LETTERS[kind]
        case PointerType():
            return "w" if is_wide(ty) else "p"
        case _:
            return "v" if is_nothing(ty) else "a"


def signature_text(ty: FunctionType) -> str:
    """Return the register classes of a function type, as in `i(pl)`.

    `...` marks a variadic one, `!` one that may unwind.
    """
    parameters = "".join(map(_letter, ty.parameters))
    status = "!" if ty.unwinds else ""
    return f"{_letter(ty.result)}{status}({parameters}{'...' if ty.variadic else ''})"
