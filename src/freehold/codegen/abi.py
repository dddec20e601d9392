"""The System V calling convention of x86-64, for native calls, thunks and the run time itself."""

from freehold.codegen.lltypes import ir_type, is_scalar
from freehold.records import dataclass
from freehold.types import (
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    ComplexType,
    FloatKind,
    FloatType,
    IntType,
    Type,
    layout_of,
    size_of,
)
from freehold.types.signature import is_nothing


@dataclass(frozen=True, slots=True)
class Passing:
    """How a value is passed: `words` are the LLVM types of its registers; empty: in memory."""

    words: tuple[str, ...]
    memory: bool = False


def passing(ty: Type) -> Passing:
    """Return how a value of `ty` is passed or returned."""
    if is_nothing(ty):
        return Passing(())
    if is_scalar(ty):
        return Passing((ir_type(ty),))
    size = size_of(ty)
    if size == 0:
        return Passing(())
    if size > 16:
        return Passing((), memory=True)
    classes = ["", ""]
    if not _classify(ty, 0, classes):
        return Passing((), memory=True)
    words = []
    for index in range(-(-size // 8)):
        rest = min(8, size - 8 * index)
        if classes[index] == "sse":
            words.append("double" if rest > 4 else "float")
        else:
            words.append(f"i{8 * rest}")
    return Passing(tuple(words))


def _classify(ty: Type, offset: int, classes: list[str]) -> bool:
    """Merge the classes of `ty` at `offset`; False: the whole is passed in memory."""
    match ty:
        case Adt():
            if ty.kind is AdtKind.ENUM:
                return False
            for slot, member in zip(layout_of(ty).slots, ty.fields, strict=True):
                if not _classify(member.type, offset + slot.offset, classes):
                    return False
            return True
        case ArrayType(element, length):
            step = size_of(element)
            return all(
                _classify(element, offset + index * step, classes) for index in range(length or 0)
            )
        case FloatType(kind) | ComplexType(kind):
            last = offset + size_of(ty) - 1
            whole = kind is not FloatKind.F80
            return whole and all(_merge(at, "sse", classes) for at in {offset, last})
        case IntType(128):
            _merge(offset, "integer", classes)
            return _merge(offset + 8, "integer", classes)
        case _:
            return _merge(offset, "integer", classes)


def _merge(offset: int, what: str, classes: list[str]) -> bool:
    index = offset // 8
    if index > 1:
        return False
    if classes[index] != "integer":
        classes[index] = what
    return True


def extension(ty: Type) -> str:
    """Return the attribute that says how a narrow integer fills its register."""
    if isinstance(ty, BoolType):
        return " zeroext"
    if isinstance(ty, IntType) and ty.bits < 32:
        return " signext" if ty.signed else " zeroext"
    return ""


def return_type(how: Passing) -> str:
    """Return the LLVM result type for a value passed so."""
    if how.memory or not how.words:
        return "void"
    return how.words[0] if len(how.words) == 1 else "{ " + ", ".join(how.words) + " }"
