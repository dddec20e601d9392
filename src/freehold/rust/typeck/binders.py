"""Whether a function is as general in its lifetimes as the function pointer that it becomes.

A pointer's bound lifetime may be any; where the function has one of its own choice there, it is
not general enough. Everything else about lifetimes is the borrow checker's.
"""

from freehold.rust.infer import Table, resolve
from freehold.rust.items import Constructor, Function
from freehold.types import Type
from freehold.types.fold import parts, substitute_signature
from freehold.types.generic import (
    BoundRegion,
    DynType,
    FnDefType,
    FnPtrType,
    FreeRegion,
    GenericArg,
    InferType,
    Region,
    Signature,
    is_region,
    is_type,
)


def is_general(table: Table, target: Type, source: Type) -> bool:
    """Tell whether a function `source` can be called with all lifetimes that `target` promises."""
    target = table.shallow(target)
    if not isinstance(target, FnPtrType) or not target.signature.bound:
        return True
    found = _signature(table.shallow(source))
    if found is None:
        return True
    wanted = resolve(table, target)
    has = resolve(table, FnPtrType(found))
    assert isinstance(wanted, FnPtrType)
    assert isinstance(has, FnPtrType)
    return _Comparison().signatures(wanted.signature, has.signature)


def _signature(ty: Type) -> Signature | None:
    match ty:
        case FnPtrType(signature):
            return signature
        case FnDefType(Function() | Constructor() as definition, arguments):
            if definition.signature is None:
                return None
            # Early-bound lifetimes are this use's own choice.
            own = tuple(
                FreeRegion(at, "'_") if is_region(each) else each
                for at, each in enumerate(arguments)
            )
            return substitute_signature(definition.signature, own)
        case _:
            return None


class _Comparison:
    """Walks both signatures part by part.

    A lifetime that comes in flows from the pointer's to the function's; one that goes out the
    other way. `linked` are the pointer's lifetimes that flow into each of the function's own.
    """

    __slots__ = ("_inward", "linked")

    def __init__(self) -> None:
        self._inward = True
        self.linked: dict[BoundRegion, set[Region]] = {}

    def signatures(self, wanted: Signature, has: Signature) -> bool:
        """Tell whether lifetimes that the pointer binds stay free in what there is."""
        for left, right in zip(wanted.inputs, has.inputs, strict=False):
            if not self._fits(left, right, 0):
                return False
        self._inward = False
        return self._fits(wanted.output, has.output, 0)

    def _fits(self, wanted: GenericArg, has: GenericArg, depth: int) -> bool:
        if is_region(wanted) and is_region(has):
            return self._region(wanted, has, depth)
        if not (is_type(wanted) and is_type(has)) or type(wanted) is not type(has):
            return True
        if isinstance(wanted, InferType):
            return True
        depth += isinstance(wanted, FnPtrType | DynType)
        pairs = zip(parts(wanted), parts(has), strict=False)
        return all(self._fits(left, right, depth) for left, right in pairs)

    def _region(self, wanted: Region, has: Region, depth: int) -> bool:
        own = isinstance(has, BoundRegion) and has.depth == depth
        bound = isinstance(wanted, BoundRegion) and wanted.depth == depth
        if not self._inward:
            # What comes out of one of the function's own is as short as all that flow into it.
            flowing = self.linked.get(has, set()) if isinstance(has, BoundRegion) else set()
            return not own or all(each == wanted for each in flowing)
        if own and bound:
            assert isinstance(has, BoundRegion)
            self.linked.setdefault(has, set()).add(wanted)
        return own or not bound
