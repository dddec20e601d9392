"""`__builtin_object_size`: how many bytes are left of an object that an address names.

Only what an address shows by itself is known, as in gcc without optimisation; the address is not
evaluated.
"""

from freehold.c import ast, tree
from freehold.c.lowertype import size_of
from freehold.c.sema import fold
from freehold.c.sema.builtin_arguments import refuse
from freehold.c.sema.context import Context
from freehold.c.sema.evaluate import Evaluator, member_offset
from freehold.c.sema.kinds import SIZE, is_complete, is_vla, target_of

_KINDS = range(4)


def object_size(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    """Analyse `__builtin_object_size(pointer, kind)`.

    Bit 0 of `kind` asks for the closest surrounding member, bit 1 for the least possible size.
    """
    kind = given[1]
    if not isinstance(kind, tree.IntValue) or kind.value not in _KINDS:
        return refuse(c, node, 1, "is not a constant from 0 to 3")
    left = _left(given[0], part=bool(kind.value & 1))
    if left is None:
        left = 0 if kind.value & 2 else -1
    return fold.int_value(left, SIZE, node.span)


def _left(pointer: tree.Expr, *, part: bool) -> int | None:
    at, offset = pointer, 0
    while True:
        if isinstance(at, tree.PointerAdd) and at.scale is None:
            index = Evaluator().integer(at.index)
            if index is None:
                return None
            by = index * size_of(target_of(at.type))
            offset += -by if at.subtract else by
            at = at.pointer
        elif isinstance(at, tree.Convert):
            at = at.operand
        else:
            break
    if isinstance(at, tree.Decay):
        return _left_of(at.array, offset, part=part)
    return _left_of(at.place, offset, part=part) if isinstance(at, tree.AddressOf) else None


def _left_of(place: tree.Expr, offset: int, *, part: bool) -> int | None:
    """Return the bytes from `offset` in `place` to the end of its object, or of its member."""
    while True:
        if isinstance(place, tree.ElementOf):
            index = Evaluator().integer(place.index)
            if index is None:
                return None
            offset += index * size_of(place.type)
            place = place.array
        elif isinstance(place, tree.MemberOf) and not part:
            offset += member_offset(place)
            place = place.base
        else:
            break
    whole = isinstance(place, (tree.VariableRef, tree.StringRef, tree.CompoundLiteralRef))
    if not (whole or (part and isinstance(place, tree.MemberOf))):
        return None
    if is_vla(place.type) or not is_complete(place.type):
        return None
    return max(size_of(place.type) - offset, 0)
