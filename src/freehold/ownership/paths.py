"""Move paths: the places of a body that are moved, assigned or dropped as such, as a tree.

`x` is the parent of `x.0`, of `(x as Some)` and, if x is a Box, of `*x`. A place behind a
reference has no path of its own: what is there cannot be moved out.
"""

from enum import Enum
from typing import NewType, assert_never

from freehold.mir.body import Body, Program
from freehold.mir.typing import Projected, Typer, is_box
from freehold.mir.values import (
    ConstantIndex,
    Deref,
    Downcast,
    FieldOf,
    Index,
    Local,
    Place,
    Projection,
    Subslice,
)
from freehold.records import dataclass, field
from freehold.types import Adt, AdtKind, ArrayType, Type
from freehold.types.generic import AdtType

PathId = NewType("PathId", int)


@dataclass(slots=True)
class MovePath:
    """One path; `children` by the projection that leads to them."""

    place: Place
    parent: PathId | None
    children: dict[Projection, PathId] = field(default_factory=dict)


class Obstacle(Enum):
    """Why a place cannot be moved out of."""

    BORROWED = "borrowed"  # behind a reference or raw pointer
    HAS_DROP = "has_drop"  # in something with a destructor of its own
    INDEX = "index"  # an element by index
    SLICE = "slice"  # an element of a slice by pattern


@dataclass(frozen=True, slots=True)
class Illegal:
    """A place that has no path: the first prefix that stands in the way, and its type.

    Of BORROWED the prefix ends with the `Deref`; else it is the container.
    """

    obstacle: Obstacle
    prefix: Place
    type: Type


class MovePaths:
    """The paths of one body."""

    __slots__ = ("_roots", "_subtrees", "_typer", "paths")

    def __init__(self, body: Body, program: Program) -> None:
        self._typer = Typer(body, program)
        self.paths: list[MovePath] = []
        self._roots: list[PathId] = [
            self._add(Place(Local(number)), None) for number in range(len(body.locals))
        ]
        self._subtrees: list[int] | None = None

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, path: PathId) -> MovePath:
        return self.paths[path]

    def _add(self, place: Place, parent: PathId | None) -> PathId:
        self.paths.append(MovePath(place, parent))
        return PathId(len(self.paths) - 1)

    def root(self, local: Local) -> PathId:
        """Return the path of a local."""
        return self._roots[local]

    def parents(self, path: PathId) -> list[PathId]:
        """Return the paths above `path`, nearest first."""
        above: list[PathId] = []
        parent = self.paths[path].parent
        while parent is not None:
            above.append(parent)
            parent = self.paths[parent].parent
        return above

    def subtree(self, path: PathId) -> int:
        """Return the set of `path` and all below it. No path may be made afterwards."""
        if self._subtrees is None:
            self._subtrees = [1 << number for number in range(len(self.paths))]
            for number in reversed(range(len(self.paths))):  # a parent is older than its children
                parent = self.paths[number].parent
                if parent is not None:
                    self._subtrees[parent] |= self._subtrees[number]
        return self._subtrees[path]

    def find(self, place: Place) -> tuple[PathId | None, bool]:
        """Return the nearest path at or above `place`, and whether it is that of `place` itself."""
        if isinstance(place.base, str):
            return None, False
        path = self._roots[place.base]
        for projection in place.projections:
            below = self.paths[path].children.get(_key(projection))
            if below is None:
                return path, False
            path = below
        return path, True

    def exact(self, place: Place) -> PathId | None:
        """Return the path of `place` itself, if it has one."""
        path, exact = self.find(place)
        return path if exact else None

    def make(self, place: Place) -> "PathId | Illegal | None":
        """Return the path of `place`, made if it is not there; of a union, the whole union's.

        None is the place of a global.
        """
        if isinstance(place.base, str):
            return None
        path = self._roots[place.base]
        here: Projected = self._typer.place(Place(place.base))
        union: PathId | None = None
        for number, projection in enumerate(place.projections):
            prefix = Place(place.base, place.projections[:number])
            obstacle = _obstacle(here, projection)
            if obstacle is not None:
                return self._illegal(obstacle, prefix, projection, here)
            if union is None and _is_union(here):
                union = path
            if union is None:
                path = self._child(path, projection)
            here = self._typer.step(here, projection)
        return path if union is None else union

    def _illegal(
        self, obstacle: Obstacle, prefix: Place, projection: Projection, container: Projected
    ) -> Illegal:
        if obstacle is Obstacle.BORROWED:
            prefix = Place(prefix.base, (*prefix.projections, projection))
            return Illegal(obstacle, prefix, self._typer.place(prefix))
        while prefix.projections and isinstance(prefix.projections[-1], Downcast):
            prefix = Place(prefix.base, prefix.projections[:-1])
        return Illegal(obstacle, prefix, self._typer.place(prefix))

    def _child(self, path: PathId, projection: Projection) -> PathId:
        children = self.paths[path].children
        found = children.get(_key(projection))
        if found is None:
            base = self.paths[path].place
            self._subtrees = None
            found = self._add(Place(base.base, (*base.projections, projection)), path)
            children[_key(projection)] = found
        return found


def _key(projection: Projection) -> Projection:
    """Return what tells a step from others: not how long an array was found to be."""
    if isinstance(projection, ConstantIndex) and projection.min_length:
        return ConstantIndex(projection.offset, projection.from_end)
    return projection


def _is_union(ty: Projected) -> bool:
    kind = ty.definition.kind if isinstance(ty, AdtType) else getattr(ty, "kind", None)
    return kind is AdtKind.UNION


def _obstacle(container: Projected, projection: Projection) -> Obstacle | None:
    """Return what keeps `projection` of a `container` from being moved out."""
    match projection:
        case Deref():
            return None if is_box(container) else Obstacle.BORROWED
        case FieldOf():
            own_drop = isinstance(container, AdtType) and container.definition.drop is not None
            return Obstacle.HAS_DROP if own_drop and not is_box(container) else None
        case Downcast():
            # The field that follows is one of the whole enum's.
            own_drop = isinstance(container, AdtType) and container.definition.drop is not None
            return Obstacle.HAS_DROP if own_drop else None
        case Index():
            return Obstacle.INDEX
        case ConstantIndex() | Subslice():
            return None if isinstance(container, ArrayType) else Obstacle.SLICE
        case _:
            assert_never(projection)


__all__ = ["Adt", "Illegal", "MovePath", "MovePaths", "Obstacle", "PathId"]
