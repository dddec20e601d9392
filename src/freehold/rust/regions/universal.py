"""The universal regions of a body, and what is known of them.

Of a function: 'static, its lifetime parameters (early and late bound, with a name or elided). Of a
closure: those of the function around it, then one for each region in the closure's own type (what
it captures, and its signature), in the order of `outlives.variables`; then those that its signature
binds. The creator of the closure has the same regions in the same order in its type.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from freehold.borrow.regions import Universal, UniversalKind
from freehold.mir.body import Body
from freehold.records import dataclass, field
from freehold.rust.items import Function, Impl, RegionOutlives, TypeOutlives
from freehold.rust.regions.bounds import outlives_bounds, trait_bounds
from freehold.rust.regions.outlives import Component, WellFormed, components, variables
from freehold.rust.regions.selection import plain
from freehold.rust.regions.variables import Regions, extended, signature_of
from freehold.rust.traits.world import generics_of
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import open_signature, regions_of
from freehold.types.generic import (
    STATIC,
    BoundRegion,
    ClosureType,
    FreeRegion,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    RegionId,
    RegionVar,
    Signature,
    is_region,
    is_type,
)


@dataclass(slots=True)
class Frame:
    """The outside of a body: its universal regions, the types of its parameters and result.

    `inputs` have a closure's self first. `outlives` are the regions that a type parameter or
    projection (without regions) is known to outlive. It is `tainted` if its signature has a
    lifetime that had an error.
    """

    regions: Regions
    universals: list[Universal]
    inputs: list[Type]
    output: Type
    known: set[tuple[RegionId, RegionId]] = field(default_factory=set)
    body: RegionId | None = None
    has_self: bool = False
    outlives: dict[Type, set[RegionId]] = field(default_factory=dict)
    tainted: bool = False


def frame_of(body: Body, owner: Body) -> Frame:
    """Return the frame of `body`, a function or constant, or a closure in `owner`."""
    assert owner.generic is not None
    regions = Regions()
    universals = [Universal(RegionId(0), UniversalKind.STATIC, STATIC, "'static")]
    signature = owner.generic.signature
    _declare(owner, signature, regions, universals)
    inputs = [regions.renumber(one) for one in signature.inputs]
    output = regions.renumber(signature.output)
    frame = Frame(regions, universals, inputs, output, tainted=regions.tainted)
    definition = owner.generic.definition
    frame.has_self = isinstance(definition, Function) and definition.has_self and body is owner
    _learn(frame, owner)
    if body is not owner:
        _enter_closure(frame, body)
    frame.body = regions.fresh().id
    _say_arguments(frame, closure=body is not owner)
    frame.universals.append(Universal(frame.body, UniversalKind.LOCAL))
    frame.known |= {(one.id, frame.body) for one in frame.universals[1:-1]}
    return frame


def _declare(
    owner: Body, signature: Signature, regions: Regions, universals: list[Universal]
) -> None:
    """Give numbers to the lifetimes of the function's generics and signature."""
    assert owner.generic is not None
    generics = generics_of(owner.generic.definition)
    spans: dict[Region, Span] = {
        ParamRegion(one.index, one.name): one.span for one in generics.all()
    }
    spans |= {FreeRegion(one.index, one.name): one.span for one in generics.late}
    named: dict[Region, None] = {}
    for parameter in generics.all():
        if parameter.kind.value == "lifetime":
            named[ParamRegion(parameter.index, parameter.name)] = None
    for parameter in generics.late:  # the signature need not mention them
        named[FreeRegion(parameter.index, parameter.name)] = None
    for ty in (*signature.inputs, signature.output):
        for region in regions_of(ty):
            if isinstance(region, ParamRegion | FreeRegion):
                named[region] = None
    for region in named:
        assert isinstance(region, ParamRegion | FreeRegion)
        late = isinstance(region, FreeRegion)
        made = regions.fresh()
        regions.named[region] = made.id
        universals.append(
            Universal(
                made.id,
                UniversalKind.LOCAL,
                region,
                _plain_name(region.name),
                spans.get(region),
                of_impl=not late and not _plain_name(region.name),
            )
        )


def _learn(frame: Frame, owner: Body) -> None:
    """Take up where clauses, and what well-formed parameter types imply."""
    assert owner.generic is not None
    definition = owner.generic.definition
    for predicate in generics_of(definition).all_predicates():
        match predicate:
            case RegionOutlives(longer, shorter):
                _know(frame, (_var(frame, longer),), _var(frame, shorter))
            case TypeOutlives(ty, region, _, bound) if not bound:
                own = frame.regions.renumber(ty)
                _know(frame, components(own), _var(frame, region))
            case TypeOutlives(ParamType() | ProjectionType() as ty, region):
                # What outlives any lifetime there is outlives 'static.
                all_ = STATIC if isinstance(region, BoundRegion) else region
                _know(frame, (ty,), _var(frame, all_))
            case _:
                pass
    bounds = trait_bounds(frame.regions, generics_of(definition).all_predicates())
    for what, shorter in outlives_bounds(one.trait for one in bounds if not one.bound):
        if is_region(what):
            _know(frame, (_var(frame, what),), _var(frame, shorter))
        elif is_type(what):
            _know(frame, components(what), _var(frame, shorter))
    for ty in (*frame.inputs, frame.output, *_header(frame, definition)):
        learn_from(frame, ty)


def learn_from(frame: Frame, ty: Type) -> None:
    """Take up what follows from a type of the signature being well-formed."""
    for implied in WellFormed().implied(ty):
        _know(frame, (implied.longer,), _var(frame, implied.shorter))


def _header(frame: Frame, definition: object) -> Iterator[Type]:
    """Return the types of the header of the impl around a method."""
    parent = getattr(definition, "parent", None)
    if isinstance(parent, Impl):
        if parent.self_type is not None:
            yield frame.regions.renumber(parent.self_type)
        for argument in parent.trait.arguments if parent.trait is not None else ():
            if isinstance(argument, Type) and not is_region(argument):
                yield frame.regions.renumber(argument)


def _var(frame: Frame, region: Region) -> Region:
    if isinstance(region, RegionVar):
        return region
    known = frame.regions.named.get(region)
    return region if known is None else RegionVar(known)


def _know(frame: Frame, longer: Iterable[Component], shorter: Region) -> None:
    if not isinstance(shorter, RegionVar):
        return
    for one in longer:
        if isinstance(one, RegionVar):
            frame.known.add((one.id, shorter.id))
        elif isinstance(one, ParamType | ProjectionType | OpaqueType):
            frame.outlives.setdefault(plain(one), set()).add(shorter.id)


def _enter_closure(frame: Frame, body: Body) -> None:
    """Make the frame of the function around it that of a closure."""
    self_type = body.locals[1].type
    regions, universals = frame.regions, frame.universals
    inner = self_type.pointee if isinstance(self_type, RefType) else self_type
    assert isinstance(inner, ClosureType)
    own = regions.renumber(extended(inner))
    assert isinstance(own, ClosureType)
    own_regions = {one.id for one in variables(own)}
    # To a closure the late-bound lifetimes of the function around it are external too.
    universals[1:] = [replace(one, kind=UniversalKind.EXTERNAL) for one in universals[1:]]
    start = len(universals)
    for number in range(start, regions.count):
        external = number in own_regions
        kind = UniversalKind.EXTERNAL if external else UniversalKind.LOCAL
        universals.append(Universal(RegionId(number), kind))
    signature = signature_of(own)
    bound: list[Region] = []
    for name in signature.bound:
        made = regions.fresh()
        universals.append(Universal(made.id, UniversalKind.LOCAL, name=_plain_name(name)))
        bound.append(made)
    opened = open_signature(signature, tuple(bound))
    first: Type = own
    if isinstance(self_type, RefType):
        made = regions.fresh()
        universals.append(Universal(made.id, UniversalKind.LOCAL, of_environment=True))
        first = RefType(made, own, self_type.mutable)
    frame.inputs = [first, *opened.inputs]
    frame.output = opened.output
    well_formed = WellFormed()
    for ty in (*opened.inputs, opened.output):
        for implied in well_formed.implied(ty):
            _know(frame, (implied.longer,), _var(frame, implied.shorter))


def _say_arguments(frame: Frame, *, closure: bool) -> None:
    """Note for each universal region the first parameter whose type mentions it."""
    first: dict[RegionId, int] = {}
    for number, ty in enumerate(frame.inputs[1:] if closure else frame.inputs):
        for one in variables(ty):
            first.setdefault(one.id, number)
    result = {one.id for one in variables(frame.output)}
    frame.universals[:] = [
        replace(
            one,
            argument=first.get(one.id),
            of_self=frame.has_self and first.get(one.id) == 0,
            in_output=one.id in result,
        )
        for one in frame.universals
    ]


def _plain_name(name: str) -> str:
    return "" if name == "'_" else name
