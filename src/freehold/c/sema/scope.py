"""Names and what they mean where: scopes, entities, suggestions for misspelt names."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from enum import Enum

from freehold.c.ctype import EnumType, QualType, RecordType
from freehold.c.tree import Function_, Variable
from freehold.records import dataclass
from freehold.source import Span


@dataclass(eq=False, slots=True)
class Typedef:
    """A type's name; `align` is what an aligned attribute of the typedef asks for, 0 if none."""

    name: str
    type: QualType
    span: Span
    align: int = 0


@dataclass(eq=False, slots=True)
class Constant:
    """An enumeration constant."""

    name: str
    type: QualType
    span: Span
    value: int


@dataclass(eq=False, slots=True)
class Undeclared:
    """A name that was reported as undeclared, and is not again."""

    name: str


Entity = Variable | Function_ | Typedef | Constant | Undeclared
Tag = RecordType | EnumType


class ScopeKind(Enum):
    """What a scope belongs to."""

    FILE = "file"
    PROTOTYPE = "prototype"
    BLOCK = "block"


class Scope:
    """Names and tags declared in one place; lookups go on in `parent`."""

    __slots__ = ("kind", "names", "parent", "tags")

    def __init__(self, kind: ScopeKind, parent: "Scope | None" = None) -> None:
        self.kind = kind
        self.parent = parent
        self.names: dict[str, Entity] = {}
        self.tags: dict[str, Tag] = {}

    def find(self, name: str) -> Entity | None:
        """Return what `name` means here."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None

    def find_tag(self, name: str) -> Tag | None:
        """Return the struct, union or enum that tag `name` means here."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.tags.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None

    def visible(self) -> Iterator[str]:
        """Yield the names that mean a value here."""
        scope: Scope | None = self
        while scope is not None:
            for name, entity in scope.names.items():
                if not isinstance(entity, (Typedef, Undeclared)):
                    yield name
            scope = scope.parent


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return "did you mean" and the name most like `name`, or ""."""
    near = get_close_matches(name, [k for k in known if k], n=1, cutoff=0.7)
    return f"did you mean `{near[0]}`?" if near else ""
