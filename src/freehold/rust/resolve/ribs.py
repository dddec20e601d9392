"""What is in scope while a body is walked: variables, labels, and where they cannot be reached."""

from collections.abc import Iterator
from enum import Enum

from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.items import LocalVariable
from freehold.rust.resolve.lookup import Found, Outer, in_module, lexical, parameter
from freehold.rust.resolve.names import LabelTarget
from freehold.rust.resolve.scopes import VALUE, GenericScope, ModuleScope, Scope
from freehold.rust.resolve.world import World

Binder = ast.IdentPattern | ast.SelfParam
Key = tuple[str, int]  # a name and its mark


class Wall(Enum):
    """What variables do not reach through."""

    FUNCTION = "fn item"
    CONSTANT = "constant"


Rib = dict[Key, Binder] | ModuleScope | GenericScope | Wall


@dataclass(frozen=True, slots=True)
class Walled:
    """A variable that stands behind a wall."""

    binder: Binder
    wall: Wall


@dataclass(slots=True)
class Label:
    """A label that is in scope; `reachable` is False of one outside of the closure at hand."""

    lifetime: ast.Lifetime
    target: LabelTarget
    reachable: bool = True


@dataclass(slots=True, eq=False)
class Ribs:
    """The ribs of a body, outermost first, and its labels."""

    world: World
    scope: Scope
    stack: list[Rib] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def bind(self, made: dict[Key, Binder]) -> None:
        """Bring variables into scope, in front of all others."""
        if made:
            self.stack.append(made)

    def value(self, ident: ast.Ident) -> "Found | LocalVariable | Walled | None":
        """Return what a lone name means as a value, looking outwards."""
        mark = ident.mark
        while True:
            found = self._marked(ident.name, mark)
            if found is not None or mark == 0:
                break
            mark = self.world.parent_mark(self.scope, mark)
        return (
            found if found is not None else lexical(self.world, self._outside(), ident.name, VALUE)
        )

    def _outside(self) -> Scope:
        """Return the scope around the outermost block of this body that declares items."""
        for rib in self.stack:
            if isinstance(rib, ModuleScope):
                assert rib.parent is not None
                return rib.parent
        return self.scope

    def _marked(self, name: str, mark: int) -> "Found | LocalVariable | Walled | None":
        key, wall = (name, mark), None
        for rib in reversed(self.stack):
            if isinstance(rib, dict):
                binder = rib.get(key)
                if binder is not None:
                    return Walled(binder, wall) if wall else LocalVariable(binder)
            elif isinstance(rib, Wall):
                wall = wall or rib
            elif isinstance(rib, GenericScope):
                own = parameter(rib, name, VALUE)
                if own is not None:
                    return Outer(own) if wall is Wall.FUNCTION else own
            else:
                found = in_module(self.world, rib, name, VALUE)
                if found is not None:
                    return found
        return None

    def item(self, ident: ast.Ident) -> "Found | None":
        """Return what a lone name means as a value if no variable counts."""
        for rib in reversed(self.stack):
            found: Found | None = None
            if isinstance(rib, ModuleScope):
                found = in_module(self.world, rib, ident.name, VALUE)
            elif isinstance(rib, GenericScope):
                found = parameter(rib, ident.name, VALUE)
            if found is not None:
                return found
        return lexical(self.world, self._outside(), ident.name, VALUE)

    def label(self, lifetime: ast.Lifetime) -> Label | None:
        """Return the label that `lifetime` means."""
        mark = lifetime.mark
        while True:
            for one in reversed(self.labels):
                if one.lifetime.name == lifetime.name and one.lifetime.mark == mark:
                    return one
            if mark == 0:
                return None
            mark = self.world.parent_mark(self.scope, mark)

    def variables(self) -> Iterator[tuple[str, str]]:
        """Return the names of the variables that can be used here, with what they are."""
        for rib in reversed(self.stack):
            if isinstance(rib, Wall):
                return
            if isinstance(rib, dict):
                yield from ((name, "local variable") for name, _ in rib)
