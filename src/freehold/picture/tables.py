"""Types as tables, for readers that have no types of ours: what values are decoded by.

Each entry has `k`, its kind, `n`, its name, and `s`, its size in bytes:

    int    `g` 1 if signed                 float, bool, char, raw (bytes)
    borrow state of a RefCell: -1 exclusive, else how many shared ones
    weak   weak pointers of an Rc, one more while there are strong ones: `d` bytes from it are those
    ptr    `h` how it holds its target     array  `of` a type, `c` how many
    fn     pointer to a function, `at` names by address
    parts  `f` fields [name, offset, type, bit, width or -1], `o` 1 if it is one of std's owners,
           `h` how that holds what it points to
    enum   `v` variants [name, discriminant, fields], `t` tag [offset, size, untagged or -1, first,
           last, start] or null, then `one` is the variant
"""

from collections.abc import Iterator, Mapping

from freehold.picture.holds import Part, parts_of
from freehold.picture.names import holds_of, is_own, is_std, type_name
from freehold.types import (
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    FloatKind,
    FloatType,
    FunctionType,
    IntType,
    PointerType,
    Type,
    layout_of,
    size_of,
)

Entry = dict[str, object]


class Tables:
    """Numbers types as they are asked for."""

    def __init__(self, *, rust: bool, functions: Mapping[int, str] | None = None) -> None:
        """Start without any. `functions` are those that pointers may hold, by address."""
        self.rust = rust
        self._functions = {hex(at): name for at, name in (functions or {}).items()}
        self.entries: list[Entry] = []
        self._numbers: dict[Type, int] = {}

    def number(self, ty: Type | None) -> int:
        """Return the number of a type, -1 for None."""
        if ty is None:
            return -1
        known = self._numbers.get(ty)
        if known is None:
            known = self._numbers[ty] = len(self.entries)
            entry: Entry = {"n": type_name(ty, rust=self.rust), "s": size_of(ty)}
            self.entries.append(entry)
            entry.update(self._shape(ty))
        return known

    def _shape(self, ty: Type) -> Entry:
        match ty:
            case IntType(_, signed):
                return {"k": "int", "g": int(signed)}
            case FloatType(FloatKind.F32 | FloatKind.F64):
                return {"k": "float"}
            case BoolType() | CharType():
                return {"k": "bool" if isinstance(ty, BoolType) else "char"}
            case PointerType(pointee):
                if isinstance(pointee, FunctionType):
                    return {"k": "fn", "at": self._functions}
                return {"k": "ptr", "h": holds_of(ty, "?")}
            case ArrayType(element, length):
                return {"k": "array", "of": self.number(element), "c": length or 0}
            case Adt():
                return self._adt(ty)
            case _:
                return self._parts(ty)

    def _adt(self, ty: Adt) -> Entry:
        if ty.kind is AdtKind.ENUM:
            return self._enum(ty)
        return {"k": "raw"} if ty.kind is AdtKind.UNION else self._parts(ty)

    def _parts(self, ty: Type) -> Entry:
        parts = [
            [part.name, part.offset, self._of_part(ty, part), part.bit, _width(part.width)]
            for part in shown_parts(ty)
        ]
        if not parts and size_of(ty):
            return {"k": "raw"}
        return {"k": "parts", "f": parts, "o": int(is_own(ty)), "h": holds_of(ty)}

    def _of_part(self, ty: Type, part: Part) -> int:
        if part.name == "borrow" and is_std(ty, "RefCell"):
            return self._special({"n": "borrow state", "s": 8, "k": "borrow"})
        if part.name == "weak" and (is_std(ty, "RcInner") or is_std(ty, "ArcInner")):
            strong = next(one.offset for one in shown_parts(ty) if one.name == "strong")
            delta = strong - part.offset
            return self._special({"n": "weak pointers", "s": 8, "k": "weak", "d": delta})
        return self.number(part.type)

    def _special(self, entry: Entry) -> int:
        self.entries.append(entry)
        return len(self.entries) - 1

    def _enum(self, ty: Adt) -> Entry:
        layout = layout_of(ty)
        variants = [
            [
                variant.name,
                variant.discriminant,
                [
                    [_name(member.name, len(variant.fields)), slot.offset, self.number(member.type)]
                    for member, slot in zip(variant.fields, inner.slots, strict=False)
                ],
            ]
            for variant, inner in zip(ty.variants, layout.variants, strict=False)
        ]
        tag = layout.tag
        if tag is None:
            return {"k": "enum", "v": variants, "t": None, "one": layout.single, "h": holds_of(ty)}
        untagged = -1 if tag.untagged is None else tag.untagged
        numbers = [tag.offset, size_of(tag.type), untagged, tag.first, tag.last, str(tag.start)]
        return {"k": "enum", "v": variants, "t": numbers, "one": -1, "h": holds_of(ty)}


def shown_parts(ty: Type) -> Iterator[Part]:
    """Yield the parts that have bytes, and say something: of a RefCell's guards, the value's."""
    guard = is_std(ty, "Ref") or is_std(ty, "RefMut")
    for part in parts_of(ty):
        if size_of(part.type) and (not guard or part.name == "value"):
            yield part


def _width(width: int | None) -> int:
    return -1 if width is None else width


def _name(name: str, count: int) -> str:
    return "" if name.isdigit() and count == 1 else name
