"""Places taken apart once: steps over addresses, with offsets and sizes looked up."""

from dataclasses import dataclass
from typing import NamedTuple

from freehold.mir.body import Body, LocalKind, Program
from freehold.mir.typing import Projected, ProjectionError, Typer, VariantType, project
from freehold.mir.values import ConstantIndex, Deref, FieldOf, Index, Local, Place, Symbol
from freehold.types import (
    Adt,
    ArrayType,
    ComplexType,
    GenericType,
    PointerType,
    Type,
    Variant,
    VoidType,
    field_offset,
    layout_of,
    size_of,
)


class Through(NamedTuple):
    """Read the pointer that stands here, and go where it points."""

    pointer: Type


class Skip(NamedTuple):
    """Go on by so many bytes."""

    bytes: int


class Element(NamedTuple):
    """Go to the element that `local` numbers; `length` bounds it where `member` names an array."""

    local: Local
    width: int
    length: int | None
    member: str


Step = Through | Skip | Element


@dataclass(frozen=True, slots=True)
class Path:
    """A place: its base, its steps, the type and size of what stands there.

    `aggregate`: it has parts. `bits`: it is a bit-field. `known`: we know how to get there.
    """

    base: Local | Symbol
    steps: tuple[Step, ...]
    type: Type
    size: int
    aggregate: bool
    bits: bool
    known: bool
    room: int | None = None  # bytes to the end of the array member that the place is in
    name: str = ""


def compile_place(place: Place, typer: Typer, program: Program) -> Path:
    """Return `place` taken apart."""
    here: Projected = typer.place(Place(place.base))
    steps: list[Step] = []
    bits = False
    name, member = "", ""
    known = True
    room: int | None = None
    inner = False  # what stands here is an element
    for projection in place.projections:
        room = None
        try:
            after = project(here, projection)
        except ProjectionError:
            known = False
            break
        match projection:
            case Deref():
                assert isinstance(here, PointerType)
                steps.append(Through(here))
                member = ""
            case FieldOf(index) if isinstance(here, (Adt, ComplexType)):
                member = _skip_field(steps, here, index)
                if isinstance(here, Adt):
                    slot = layout_of(here).slots[index]
                    bits = slot.width is not None
            case Index(local) if isinstance(here, ArrayType):
                # A last member of one element stands for as many as were allocated.
                length = here.length if (member or inner) and (here.length or 0) > 1 else None
                steps.append(Element(local, size_of(here.element), length, member))
            case ConstantIndex(offset) if isinstance(here, ArrayType):
                steps.append(Skip(offset * size_of(here.element)))
                if member and not inner and (here.length or 0) > 1:
                    room = size_of(here) - offset * size_of(here.element)
            case _:
                known = False
        inner = isinstance(projection, (Index, ConstantIndex))
        name = member or name
        here = after
    ty: Type = VoidType() if isinstance(here, (Variant, VariantType, GenericType)) else here
    aggregate = isinstance(ty, (Adt, ArrayType, ComplexType))
    return Path(
        place.base,
        tuple(steps),
        ty,
        size_of(ty),
        aggregate,
        bits,
        known,
        room,
        member,
    )


def _skip_field(steps: list[Step], here: Adt | ComplexType, index: int) -> str:
    if isinstance(here, ComplexType):
        steps.append(Skip(index * size_of(here) // 2))
        return ""
    offset = field_offset(here, index)
    if offset:
        steps.append(Skip(offset))
    return here.fields[index].name


def place_name(place: Place, body: Body, program: Program) -> str:
    """Return a place as the user would write it, "" for what has no name."""
    if isinstance(place.base, str):
        data = program.globals.get(place.base)
        name = data.display if data is not None and not data.literal else ""
        here: Projected = data.type if data is not None else VoidType()
    else:
        declared = body.locals[place.base]
        name = declared.name if declared.kind is not LocalKind.TEMPORARY else ""
        here = declared.type
    if not name:
        return ""
    pending = False
    for projection in place.projections:
        try:
            after = project(here, projection)
        except ProjectionError:
            return ""
        match projection:
            case Deref():
                name = f"(*{name})" if pending else name
                pending = True
            case FieldOf(index) if isinstance(here, Adt):
                field = here.fields[index].name
                name = f"{name}{'->' if pending else '.'}{field}" if field else name
                pending = False
            case Index(local):
                inner = body.locals[local].name or "..."
                name, pending = f"{f'(*{name})' if pending else name}[{inner}]", False
            case _:
                return ""
        here = after
    return f"*{name}" if pending else name
