"""What `borrow` is told about the regions of a body; `rust.regions` finds it out.

Every region of the body's types is a variable here, a number: the universal ones first ('static is
number 0), then those that only this body knows. Constraints hold in the whole body; where they
arose matters for messages only. Points are those of `dataflow.points.Graph(body)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from freehold.dataflow.points import Point
from freehold.mir.body import Body, Local
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import ClosureDef, RegionId

STATIC_ID = RegionId(0)


class Category(Enum):
    """Why one region outlives another, as rustc's messages tell it apart."""

    RETURN = "returning this value"
    USE_AS_CONST = "using this value as a constant"
    USE_AS_STATIC = "using this value as a static"
    ANNOTATION = "type annotation"
    CAST = "cast"
    UNSIZE = "coercion"
    CLOSURE_BOUNDS = "closure body"
    CALL_ARGUMENT = "argument"
    COPY_BOUND = "copying this value"
    SIZED_BOUND = "proving this value is `Sized`"
    ASSIGNMENT = "assignment"
    USAGE = "usage"
    OPAQUE = "opaque type"
    CLOSURE_UPVAR = "closure capture"
    PREDICATE = "a where clause"
    BORING = ""
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Outlives:
    """`longer: shorter`. Point None: it holds for the signature, not for a statement.

    `capture` is the number of the captured variable for CLOSURE_UPVAR; `callee` what is called for
    CALL_ARGUMENT and PREDICATE.
    """

    longer: RegionId
    shorter: RegionId
    point: Point | None
    category: Category
    span: Span
    capture: int | None = None
    callee: str = ""


class UniversalKind(Enum):
    """Where a universal region comes from."""

    STATIC = "static"
    NAMED = "named"  # a lifetime parameter with a name
    ANONYMOUS = "anonymous"  # an elided lifetime of the signature
    EXTERNAL = "external"  # in a closure: a region of the function around it
    BODY = "body"  # the body itself: what outlives nothing outside


@dataclass(frozen=True, slots=True)
class Universal:
    """A region that the body does not choose. `name` is "'a", "'static" or "" if elided.

    `argument` is the number of the first parameter (0 the first) whose type mentions it.
    """

    id: RegionId
    kind: UniversalKind
    name: str = ""
    span: Span | None = None
    argument: int | None = None


@dataclass(frozen=True, slots=True)
class TypeTest:
    """`type: region` for a type parameter or rigid projection; `known` are what it outlives."""

    type: Type
    region: RegionId
    point: Point | None
    span: Span
    known: frozenset[RegionId] = frozenset()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a closure's body asks of its creator: between two of its external regions."""

    longer: RegionId
    shorter: RegionId
    span: Span
    category: Category


@dataclass(slots=True, eq=False)
class RegionBody:
    """The regions of one body.

    `local_types` are the types of the locals with `RegionVar`s. `loans` gives the region of each
    `Ref` (by the point of its assignment). `drop_regions` are those regions of a local's type
    that must be live when the local is dropped (all others may dangle). `known` holds the pairs
    (longer, shorter) that signature and where clauses promise, reflexive and transitive closure not
    taken. `closures` are the solved bodies' creation sites: which closure each point creates.
    """

    body: Body
    local_types: list[Type]
    region_count: int
    universals: tuple[Universal, ...]
    known: frozenset[tuple[RegionId, RegionId]]
    constraints: list[Outlives]
    loans: Mapping[Point, RegionId]
    drop_regions: Mapping[Local, frozenset[RegionId]]
    tests: list[TypeTest] = field(default_factory=list)
    closures: dict[Point, ClosureDef] = field(default_factory=dict)

    @property
    def universal_count(self) -> int:
        """How many of the regions, the first ones, are universal."""
        return len(self.universals)
