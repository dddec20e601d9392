"""Calls: the arguments fit the inputs, the output fits the destination, the clauses hold."""

from typing import Any

from freehold.borrow.regions import Category
from freehold.mir.statements import Call
from freehold.mir.values import Copy, ItemConst, Move, NamedConst
from freehold.rust.regions.clauses import Clauses
from freehold.rust.regions.constraints import Constraints
from freehold.rust.regions.selection import Substituted
from freehold.rust.regions.values import Values
from freehold.types import Type
from freehold.types.generic import FnDefType, FnPtrType


class Calls:
    """Relates calls."""

    __slots__ = ("_clauses", "_values", "constraints")

    def __init__(self, constraints: Constraints, clauses: Clauses, values: Values) -> None:
        """Take where constraints go, the check of where clauses, and what types operands."""
        self.constraints = constraints
        self._clauses = clauses
        self._values = values

    def call(self, call: Call, result: Category) -> None:
        """Relate the arguments to the inputs and the output to the destination."""
        ty = self._callee(call.callee)
        if ty is None:
            return
        signature = self._signature_of(ty)
        if signature is None:
            return
        inputs, output = signature
        self.constraints.at.category = Category.BORING
        for part in (*inputs, output):
            self._clauses.well_formed(part)
        self.constraints.at.category = Category.CALL_ARGUMENT
        self.constraints.at.callee = ty.definition if isinstance(ty, FnDefType) else None
        for operand, wanted in zip(call.arguments, inputs, strict=False):
            self.constraints.relate.sub(self._values.operand(operand), wanted)
        if call.destination is not None:
            self.constraints.at.callee = None
            self.constraints.at.category = result
            self.constraints.relate.sub(output, self._values.places.place(call.destination))

    def _callee(self, callee: Any) -> Type | None:
        if isinstance(callee, ItemConst | Copy | Move | NamedConst):
            return self._values.operand(callee)
        return None

    def _signature_of(self, ty: Type) -> tuple[tuple[Type, ...], Type] | None:
        if isinstance(ty, FnDefType):
            own = getattr(ty.definition, "signature", None)
            if own is None:
                return None
            signature = Substituted(self.constraints.regions).signature_of(own, ty.arguments)
        elif isinstance(ty, FnPtrType):
            signature = ty.signature
        else:
            return None
        opened = self.constraints.opened(signature)
        before = self.constraints.at.category
        self.constraints.at.category = Category.BORING
        for part in (*opened.inputs, opened.output):
            # `<&'a &'b () as Trait>::Type` says more before it is known what it is.
            self._clauses.well_formed(part)
        made = self.constraints.selection.signature(opened, self.constraints.relate)
        self.constraints.at.category = before
        return made.inputs, made.output
