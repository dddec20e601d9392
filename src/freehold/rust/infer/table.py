"""The inference variables of one body: what each is bound to, with snapshots to undo bindings.

A binding may be another variable: the older one, so chains are short and always end. Binding is
all that a snapshot undoes; variables that a probe made stay, unbound and unused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NewType

from freehold.records import dataclass
from freehold.source import Span
from freehold.types import FloatType, IntType, Type
from freehold.types.generic import Const, ConstInfer, ErrorType, InferId, InferKind, InferType

Snapshot = NewType("Snapshot", int)


@dataclass(frozen=True, slots=True)
class Origin:
    """Why a variable was made, for "type annotations needed".

    `name` is the parameter or local variable that it stands for, if any; `owner` the item whose
    parameter it is. `diverging`: the type of an expression that never yields a value.
    """

    span: Span | None
    name: str = ""
    owner: str = ""
    diverging: bool = False


UNKNOWN_ORIGIN = Origin(None)


class Table:
    """Variables for types and constants. `version` changes with every binding."""

    __slots__ = ("_consts", "_kinds", "_log", "_types", "origins", "version")

    def __init__(self) -> None:
        """Start without variables."""
        self._types: list[Type | None] = []
        self._kinds: list[InferKind] = []
        self._consts: list[Const | None] = []
        self._log: list[int] = []  # a type's id, or ~ of a constant's
        self.origins: list[Origin] = []
        self.version = 0

    # ------------------------------------------------------------------------------ variables

    def fresh(self, origin: Origin = UNKNOWN_ORIGIN, kind: InferKind = InferKind.ANY) -> InferType:
        """Return a new type variable."""
        self._types.append(None)
        self._kinds.append(kind)
        self.origins.append(origin)
        return InferType(InferId(len(self._types) - 1), kind)

    def fresh_const(self) -> ConstInfer:
        """Return a new constant variable."""
        self._consts.append(None)
        return ConstInfer(InferId(len(self._consts) - 1))

    def shallow(self, ty: Type) -> Type:
        """Return what `ty` is bound to, if it is a variable; it is a root if it still is one."""
        while type(ty) is InferType:
            bound = self._types[ty.id]
            if bound is None:
                return ty
            ty = bound
        return ty

    def shallow_const(self, const: Const) -> Const:
        """Return what `const` is bound to, if it is a variable."""
        while type(const) is ConstInfer:
            bound = self._consts[const.id]
            if bound is None:
                return const
            const = bound
        return const

    def is_bound(self, variable: InferId) -> bool:
        """Tell whether a type variable has been bound, to another variable perhaps."""
        return self._types[variable] is not None

    def is_const_bound(self, variable: InferId) -> bool:
        """Tell whether a constant variable has been bound."""
        return self._consts[variable] is not None

    def unbound(self) -> list[InferType]:
        """Return the type variables that are roots, oldest first."""
        kinds = self._kinds
        return [
            InferType(InferId(at), kinds[at])
            for at, bound in enumerate(self._types)
            if bound is None
        ]

    def diverges(self, root: InferId) -> bool:
        """Tell whether a variable bound to `root`, or `root` itself, stands for diverging code."""
        if self.origins[root].diverging:
            return True
        for at, origin in enumerate(self.origins):
            if origin.diverging:
                found = self.shallow(InferType(InferId(at)))
                if type(found) is InferType and found.id == root:
                    return True
        return False

    def diverging_roots(self) -> set[InferId]:
        """Return the unbound variables that stand for diverging code."""
        found: set[InferId] = set()
        for at, origin in enumerate(self.origins):
            if origin.diverging:
                root = self.shallow(InferType(InferId(at)))
                if type(root) is InferType:
                    found.add(root.id)
        return found

    # ------------------------------------------------------------------------------- bindings

    def bind(self, variable: InferId, ty: Type) -> None:
        """Let `variable`, a root, be `ty`."""
        assert self._types[variable] is None
        self._types[variable] = ty
        self._log.append(variable)
        self.version += 1

    def bind_const(self, variable: InferId, const: Const) -> None:
        """Let `variable`, a root, be `const`."""
        assert self._consts[variable] is None
        self._consts[variable] = const
        self._log.append(~variable)
        self.version += 1

    def join(self, left: InferType, right: InferType) -> bool:
        """Make two roots one; False if one is an integer and the other a float."""
        if left.id == right.id:
            return True
        if left.kind is not right.kind:
            if left.kind is InferKind.ANY:
                self.bind(left.id, right)
                return True
            if right.kind is not InferKind.ANY:
                return False
            self.bind(right.id, left)
            return True
        older, younger = (left, right) if left.id < right.id else (right, left)
        self.bind(younger.id, older)
        return True

    # ------------------------------------------------------------------------------ snapshots

    def snapshot(self) -> Snapshot:
        """Return a mark to `rollback` to."""
        return Snapshot(len(self._log))

    def rollback(self, to: Snapshot) -> None:
        """Undo all bindings since `to`."""
        log = self._log
        if len(log) == to:
            return
        while len(log) > to:
            at = log.pop()
            if at >= 0:
                self._types[at] = None
            else:
                self._consts[~at] = None
        self.version += 1

    @contextmanager
    def probe(self) -> Iterator[None]:
        """Undo, at the end, what is bound in between."""
        mark = self.snapshot()
        try:
            yield
        finally:
            self.rollback(mark)


def admits(kind: InferKind, ty: Type) -> bool:
    """Tell whether a variable of `kind` may become `ty`, which is no variable."""
    if kind is InferKind.ANY or isinstance(ty, ErrorType):
        return True
    return isinstance(ty, IntType if kind is InferKind.INT else FloatType)
