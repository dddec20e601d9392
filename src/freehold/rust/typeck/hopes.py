"""What types would be if others were equal: hints, without binding anything."""

from freehold.rust.infer import Table, resolve, try_unify
from freehold.types import Type
from freehold.types.fold import Folder
from freehold.types.generic import Const, ConstInfer, InferType


class _Peek(Folder):
    """Puts in what variables are bound to, but keeps those that are only one with others."""

    __slots__ = ("_table",)

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def const(self, const: Const) -> Const:
        if not isinstance(const, ConstInfer):
            return const
        found = self._table.shallow_const(const)
        return const if isinstance(found, ConstInfer) else found

    def type(self, ty: Type) -> Type:
        if not isinstance(ty, InferType):
            return self.parts(ty)
        found = self._table.shallow(ty)
        return ty if isinstance(found, InferType) else self.type(found)


def hoped(table: Table, wanted: Type, made: Type, types: tuple[Type, ...]) -> tuple[Type, ...]:
    """Return `types` as they would be if `made` were `wanted`; as they are if it cannot be."""
    types = tuple(resolve(table, ty) for ty in types)
    mark = table.snapshot()
    if try_unify(table, wanted, made) is None:
        types = _Peek(table).types(types)
    table.rollback(mark)
    return types
