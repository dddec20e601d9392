"""Places in the words of rustc: `x.field`, `*r`, `v[..]`, and captured variables by their names."""

from freehold.mir.body import Body, Program
from freehold.mir.statements import Assign
from freehold.mir.typing import Projected, ProjectionError, Typer, VariantType
from freehold.mir.values import (
    ConstantIndex,
    Deref,
    Downcast,
    FieldOf,
    Index,
    Local,
    NamedConst,
    Place,
    Projection,
    Subslice,
    Use,
)
from freehold.types import ArrayType, PointerType, SliceType, TupleType, Type
from freehold.types.generic import (
    AdtType,
    Capture,
    CaptureKind,
    ClosureType,
    Definition,
    GenericArrayType,
    RefType,
    type_argument,
)


class Places:
    """Describes the places of one body, and tells what they are."""

    def __init__(self, body: Body) -> None:
        assert body.generic is not None
        self.body = body
        self.answers = body.generic.answers
        self.captures = body.generic.captures
        self.typer = Typer(body, Program())
        self._statics: dict[Local, Definition] | None = None

    # ------------------------------------------------------------------------------- facts

    def type(self, place: Place) -> Type:
        """Return the type of the object at `place`."""
        return self.typer.place(place)

    def step_type(self, place: Place) -> Projected:
        """Return the type at `place`, which may end with a `Downcast`."""
        here: Projected = self.typer.place(Place(place.base))
        for projection in place.projections:
            here = self.typer.step(here, projection)
        return here

    def show(self, ty: Type) -> str:
        """Return a type as rustc prints it."""
        return self.answers.show(ty)

    def static(self, local: Local) -> Definition | None:
        """Return the static whose address temporary `local` holds."""
        if self._statics is None:
            self._statics = {
                Local(statement.place.base): constant.definition
                for block in self.body.blocks
                for statement in block.statements
                if isinstance(statement, Assign) and not statement.place.projections
                if isinstance(statement.rvalue, Use) and isinstance(statement.place.base, int)
                if isinstance(constant := statement.rvalue.operand, NamedConst) and constant.static
            }
        return self._statics.get(local)

    def is_guard_reference(self, local: Local) -> bool:
        """Say whether `local` is a reference that stands for a variable in a guard."""
        binding = self.body.locals[local].binding
        return binding is not None and binding.guard

    def upvar(self, place: Place) -> Capture | None:
        """Return the capture whose field `place` is; behind its reference, if it has one."""
        projections = place.projections
        derefs = bool(projections) and isinstance(projections[-1], Deref)
        if derefs:
            projections = projections[:-1]
        if not self.captures or not projections or not isinstance(projections[-1], FieldOf):
            return None
        if not self._is_environment(Place(place.base, projections[:-1])):
            return None
        capture = self.captures[projections[-1].index]
        return None if derefs and capture.kind is CaptureKind.MOVE else capture

    def _is_environment(self, place: Place) -> bool:
        if place.base != 1 or len(place.projections) > 1:
            return False
        return isinstance(self.type(place), ClosureType)

    # ------------------------------------------------------------------------------- words

    def any(self, place: Place) -> str:
        """Return `place` in backticks, or "value"."""
        found = self.describe(place)
        return "value" if found is None else f"`{found}`"

    def describe(self, place: Place, *, downcasts: bool = True) -> str | None:
        """Return what `place` is called, None if it has no name; `downcasts` False: nor these."""
        if isinstance(place.base, str):
            return None
        text = self.body.locals[place.base].name or None
        stop = _automatic_until(place.projections)
        for number, projection in enumerate(place.projections):
            here = Place(place.base, place.projections[: number + 1])
            if isinstance(projection, Downcast) and not downcasts:
                return None
            text = self._further(text, here, projection, prefixed=number >= stop)
        return text or None

    def _further(
        self, text: str | None, here: Place, projection: Projection, *, prefixed: bool
    ) -> str | None:
        """Return `text` with the last projection of `here` added."""
        capture = self.upvar(here) if isinstance(projection, Deref | FieldOf) else None
        if capture is not None:
            return capture.name
        match projection:
            case Deref():
                return self._dereferenced(text, here, prefixed=prefixed)
            case FieldOf(index):
                name = self._field(Place(here.base, here.projections[:-1]), index)
                return _joined(text, f".{name}")
            case Index(local):
                return _joined(text, f"[{self.body.locals[local].name or '_'}]")
            case ConstantIndex() | Subslice():
                return _joined(text, "[..]")
            case _:
                return text

    def _dereferenced(self, text: str | None, here: Place, *, prefixed: bool) -> str | None:
        if len(here.projections) == 1 and isinstance(here.base, int):
            if self.is_guard_reference(Local(here.base)):
                return text
            static = self.static(Local(here.base))
            if static is not None:
                return static.name
        return f"*{text}" if prefixed and text is not None else text

    def _field(self, container: Place, index: int) -> str:
        try:
            ty = self.step_type(container)
        except ProjectionError:
            return str(index)
        return field_name(ty, index)


def _joined(text: str | None, suffix: str) -> str | None:
    return None if text is None else text + suffix


def _automatic_until(projections: tuple[Projection, ...]) -> int:
    """Return where the derefs begin that are written out: after all fields and indices."""
    for number in reversed(range(len(projections))):
        if not isinstance(projections[number], Deref | Downcast):
            return number + 1
    return 0


def field_name(ty: Projected, index: int) -> str:
    """Return the name of field `index` of `ty`, or of what it points to."""
    match ty:
        case AdtType(definition) if definition.lang == "owned_box":
            return field_name(type_argument(ty.arguments, 0), index)
        case AdtType(definition):
            return definition.fields[index].name
        case VariantType(variant):
            return variant.fields[index].name
        case ClosureType(closure):
            return closure.captures[index].name
        case RefType(_, pointee) | PointerType(pointee):
            return field_name(pointee, index)
        case ArrayType(element) | SliceType(element) | GenericArrayType(element):
            return field_name(element, index)
        case TupleType() | _:
            return str(index)
