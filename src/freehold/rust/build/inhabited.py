"""Which types have no value: what follows a call that returns one is not reached."""

from freehold.mir.typing import VariantType, field_types
from freehold.types import AdtKind, ArrayType, NeverType, TupleType, Type
from freehold.types.generic import AdtType, Answers


def is_uninhabited(ty: Type, answers: Answers) -> bool:
    """Say whether no value of type `ty` can exist."""
    return _Search(answers).empty(ty)


def is_empty_variant(ty: AdtType, variant: int, answers: Answers) -> bool:
    """Say whether no value of the enum `ty` can be of `variant`."""
    return _Search(answers).empty_variant(ty, variant)


class _Search:
    def __init__(self, answers: Answers) -> None:
        self._normalise = answers.normalise
        self._inside: set[Type] = set()  # a type within itself is held to have values

    def empty(self, ty: Type) -> bool:
        match ty:
            case NeverType():
                return True
            case TupleType(elements):
                return any(map(self.empty, elements))
            case ArrayType(element, length):
                return length != 0 and self.empty(element)
            case AdtType(definition) if definition.kind is not AdtKind.UNION:
                return self._adt(ty)
            case _:
                return False

    def _adt(self, ty: AdtType) -> bool:
        if ty in self._inside:
            return False
        self._inside.add(ty)
        variants = range(len(ty.definition.variants))
        found = all(self.empty_variant(ty, variant) for variant in variants)
        self._inside.discard(ty)
        return found

    def empty_variant(self, ty: AdtType, variant: int) -> bool:
        fields = field_types(VariantType(ty.definition.variants[variant], ty.arguments))
        return any(self.empty(self._normalise(one)) for one in fields)
