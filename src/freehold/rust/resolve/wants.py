"""What a path is expected to be where it stands, and the codes and words when it is not."""

from collections.abc import Callable
from enum import Enum

from freehold.diagnostics import Code
from freehold.diagnostics import codes_rust as codes
from freehold.records import dataclass
from freehold.rust.items import (
    Alias,
    AssociatedType,
    Constant,
    Constructor,
    Function,
    GenericName,
    LocalVariable,
    ParameterKind,
    Primitive,
    QualifiedType,
    Resolution,
    SelfType,
    Static,
    Struct,
    Trait,
    Unresolved,
)
from freehold.rust.resolve.scopes import TYPE, Namespace, head
from freehold.types.model import AdtKind


@dataclass(frozen=True, slots=True)
class _Rule:
    space: Namespace
    words: str
    missing: Code
    wrong: Code


class Want(Enum):
    """What may stand in a place."""

    TYPE = _Rule(Namespace.TYPE, "type", codes.NO_SUCH_VALUE, codes.NOT_A_TYPE)
    TRAIT = _Rule(Namespace.TYPE, "trait", codes.NO_SUCH_TRAIT, codes.NOT_A_TRAIT)
    VALUE = _Rule(Namespace.VALUE, "value", codes.NO_SUCH_VALUE, codes.WRONG_KIND_OF_NAME)
    CALL = _Rule(Namespace.VALUE, "function", codes.NO_SUCH_VALUE, codes.WRONG_KIND_OF_NAME)
    PATTERN = _Rule(
        Namespace.VALUE,
        "unit struct, unit variant or constant",
        codes.NO_SUCH_PATTERN,
        codes.WRONG_KIND_OF_PATTERN,
    )
    TUPLE = _Rule(
        Namespace.VALUE,
        "tuple struct or tuple variant",
        codes.NO_SUCH_PATTERN,
        codes.WRONG_KIND_OF_PATTERN,
    )
    STRUCT = _Rule(
        Namespace.TYPE, "struct, variant or union type", codes.NO_SUCH_STRUCT, codes.NOT_A_STRUCT
    )
    TRAIT_TYPE = _Rule(
        Namespace.TYPE,
        "associated type",
        codes.NO_SUCH_ASSOCIATED_ITEM,
        codes.NOT_AN_ASSOCIATED_ITEM,
    )
    TRAIT_VALUE = _Rule(
        Namespace.VALUE,
        "method or associated constant",
        codes.NO_SUCH_ASSOCIATED_ITEM,
        codes.NOT_AN_ASSOCIATED_ITEM,
    )

    @property
    def space(self) -> Namespace:
        """The namespace of the last name."""
        return self.value.space

    def words(self, name: str) -> str:
        """Return what is expected of a path that ends in `name`."""
        if self is Want.CALL and name[:1].isupper():
            return "function, tuple struct or tuple variant"
        return self.value.words

    def accepts(self, found: Resolution) -> bool:
        """Tell whether `found` may stand there."""
        return isinstance(found, Unresolved) or _ACCEPTS[self](found)


def _is_type(found: Resolution) -> bool:
    if isinstance(found, GenericName):
        return found.parameter.kind is ParameterKind.TYPE
    return isinstance(found, Struct | Alias | AssociatedType | Trait | Primitive | SelfType)


def _is_value(found: Resolution) -> bool:
    if isinstance(found, Constructor):
        return found.style != "struct"
    return isinstance(found, Function | Constant | Static | LocalVariable | SelfType) or _is_const(
        found
    )


def _is_const(found: Resolution) -> bool:
    return isinstance(found, GenericName) and found.parameter.kind is ParameterKind.CONST


def _is_variant(found: Resolution) -> bool:
    return (
        isinstance(found, Constructor) and found.adt is not None and found.adt.kind is AdtKind.ENUM
    )


def _is_pattern(found: Resolution) -> bool:
    if isinstance(found, Constructor):
        return found.style == "unit"
    return isinstance(found, Constant | Static | SelfType) or _is_const(found)


def _is_tuple(found: Resolution) -> bool:
    of_tuple = isinstance(found, Constructor) and found.style == "tuple"
    return of_tuple or isinstance(found, SelfType)


def _is_struct(found: Resolution) -> bool:
    if isinstance(found, Struct):
        return found.kind is not AdtKind.ENUM
    return isinstance(found, Alias | AssociatedType | SelfType) or _is_variant(found)


_ACCEPTS: dict[Want, Callable[[Resolution], bool]] = {
    Want.TYPE: _is_type,
    Want.TRAIT: lambda found: isinstance(found, Trait),
    Want.VALUE: _is_value,
    Want.CALL: _is_value,
    Want.PATTERN: _is_pattern,
    Want.TUPLE: _is_tuple,
    Want.STRUCT: _is_struct,
    Want.TRAIT_TYPE: _is_type,
    Want.TRAIT_VALUE: _is_value,
}


def describe(found: Resolution, space: Namespace | None = None) -> str:
    """Return what `found` is, as messages name it. A variant named as a type is just that."""
    match found:
        case LocalVariable():
            return "local variable"
        case SelfType():
            return "self type"
        case GenericName():
            return "const parameter" if _is_const(found) else "type parameter"
        case Primitive():
            return "builtin type"
        case Unresolved() | QualifiedType():
            return "type"
        case Constructor() if space is TYPE:
            return "variant"
        case Constant() | AssociatedType() | Function() if isinstance(found.parent, Trait):
            return {"constant": "associated constant"}.get(head(found), head(found))
        case _:
            return head(found)
