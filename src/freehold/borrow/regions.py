"""What `borrow` is given of a body: its region variables, and what is known and required of them.

`rust.regions` makes a `RegionBody` of a MIR body. Each region in the types of the MIR is a variable
of its own there. A constraint `longer: shorter` holds everywhere in the body: what is live in
`shorter` is then live in `longer`. Variables for universal regions ('static, the lifetimes that
the signature leaves open, the function's own body) come first.
"""

from collections.abc import Mapping
from enum import Enum

from freehold.dataflow.points import Point
from freehold.mir.body import Body
from freehold.mir.typing import field_types
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import TupleType, Type
from freehold.types.generic import ClosureType, Definition, FnPtrType, Region, RegionId


class Category(Enum):
    """Why a constraint is there; the value begins "... requires that `'a` must outlive `'b`"."""

    RETURN = "returning this value "
    YIELD = "yielding this value "
    CONST = "using this value as a constant "
    STATIC = "using this value as a static "
    ANNOTATION = "type annotation "  # of a `let`, a parameter, a cast's target
    GENERIC_ARGUMENT = ("type annotation ", "generic argument")  # of a turbofish, of a path
    CAST = "cast "
    CALL_ARGUMENT = "argument "
    COPY_BOUND = "copying this value "
    SIZED_BOUND = "proving this value is `Sized` "
    ASSIGNMENT = "assignment "
    USAGE = "this usage "
    OPAQUE = "opaque type "
    HIDDEN = ("opaque type ", "hidden")  # what `impl Trait` hides: no bound asks for it
    CLOSURE_UPVAR = "closure capture "
    PREDICATE = ("", "predicate")  # a where clause of what is used
    BORING = ("", "boring")  # nothing to tell, but its place is of use
    BORING_NO_LOCATION = ("", "boring no location")
    INTERNAL = ("", "internal")

    @property
    def description(self) -> str:
        """The words, with a space after them; "" if there are none."""
        return self.value if isinstance(self.value, str) else self.value[0]


@dataclass(frozen=True, slots=True)
class Outlives:
    """`longer: shorter`, because of what is at `span`.

    `point` is None for what holds of the body as a whole. `callee` is the function of a call whose
    argument (or predicate) it is; `upvar` the number of a closure's capture; `unsized` the target
    of an unsizing coercion. `from_closure`: a closure in the body requires it.
    """

    longer: RegionId
    shorter: RegionId
    category: Category
    span: Span
    point: Point | None = None
    callee: Definition | None = None
    upvar: int | None = None
    unsized: Type | None = None
    from_closure: bool = False
    desugared: bool = False  # the span is of code that the user did not write so (`for`, `?`)


class UniversalKind(Enum):
    """Which regions a closure can tell its parent about: STATIC and EXTERNAL ones.

    All of a function are LOCAL. Of a closure, EXTERNAL are those of the body around it (in the same
    order in all closures of a function).
    """

    STATIC = "static"
    EXTERNAL = "external"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Universal:
    """A region that the body knows by its bounds only; its variable is `id`.

    `region` is what it is outside: a `ParamRegion`, `FreeRegion`... None for the body's own and for
    those of a closure that no name stands for. `name` is `'a`; "" if it is anonymous. `declared` is
    where its name, or the elided `&`, stands. `argument` is the number of the parameter (from 0)
    in whose type an anonymous one stands. `of_self`: in the type of `self`. `in_output`: the
    return type has it too.
    """

    id: RegionId
    kind: UniversalKind
    region: Region | None = None
    name: str = ""
    declared: Span | None = None
    argument: int | None = None
    of_self: bool = False
    in_output: bool = False
    of_environment: bool = False  # the region of a closure's own `&self`
    of_impl: bool = False  # `'_` in an impl's header


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the proofs is enough."""

    proofs: "tuple[Proof, ...]"


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the proofs are needed. None at all are always there."""

    proofs: "tuple[Proof, ...]"


Proof = RegionId | AnyOf | AllOf
"""A region proves `T: 'r` if it outlives 'r."""


@dataclass(frozen=True, slots=True)
class TypeTest:
    """`type: region` must hold; `type` is a parameter, projection or opaque type.

    `proof` are the regions that the type is known to outlive.
    """

    type: Type
    region: RegionId
    span: Span
    proof: Proof


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a closure asks of the body around it: `longer: shorter`, both external or static.

    With `type` it is `type: shorter`.
    """

    shorter: RegionId
    span: Span
    category: Category
    longer: RegionId | None = None
    type: Type | None = None


def captured_types(closure: ClosureType) -> tuple[Type, ...]:
    """Return the types of a closure's captures, with regions.

    `rust.regions` puts them among the closure's arguments, as a tuple before its signature.
    """
    match closure.arguments:
        case (*_, TupleType(elements), FnPtrType()):
            return elements
        case _:
            return field_types(closure)


@dataclass(frozen=True, slots=True)
class RegionBody:
    """A body with its regions.

    `locals` are the types of the body's locals, each region a `RegionVar`; `count` is the number
    of variables. `loans` tells the region of each `Ref` by its point. `mentioned` are regions that
    the rvalues and calls at a point hold in types of their own (constants, casts, aggregates, the
    arguments of a function item): they are live there. `known` are the relations between universal
    regions: what the signature says and implies; 'static: all is understood.

    `kind` is what rustc calls the body: "function", "method", "associated function", "closure",
    "constant", "static". `higher_ranked` are variables of bound lifetimes that a value must be
    valid for whatever they are: each may hold nothing but itself. `given_signature`: a trait, or
    what a closure is passed to, says what the types of the parameters are. `aliases` are types
    known by name only (projections, `impl Trait`), and the regions that have to hold where a value
    of one is used: not all that they mention. A body is `tainted` if its types have a lifetime that
    had an error: nothing is to be said of it.
    """

    body: Body
    count: int
    locals: tuple[Type, ...]
    constraints: tuple[Outlives, ...]
    universals: tuple[Universal, ...]
    known: tuple[tuple[RegionId, RegionId], ...] = ()
    loans: Mapping[Point, RegionId] = field(default_factory=dict)
    mentioned: Mapping[Point, tuple[RegionId, ...]] = field(default_factory=dict)
    type_tests: tuple[TypeTest, ...] = ()
    higher_ranked: tuple[RegionId, ...] = ()
    kind: str = "function"
    body_region: RegionId | None = None
    given_signature: bool = False
    aliases: Mapping[Type, frozenset[RegionId]] = field(default_factory=dict)
    tainted: bool = False

    @property
    def in_closure(self) -> bool:
        """Whether it is the body of a closure."""
        return self.kind == "closure"

    @property
    def is_constant(self) -> bool:
        """Whether it is the value of a constant or static: what it borrows of its own lives on."""
        return self.kind in ("constant", "static")
