"""What the places of a body are called, what they hold, and where ghosts of a span stand."""

from freehold.driver.ghosts import Owned, Spot
from freehold.driver.owner_blocks import Blocks
from freehold.mir.body import Body, LocalKind
from freehold.mir.typing import VariantType, field_types
from freehold.mir.values import Local, Place
from freehold.ownership.describe import Places
from freehold.rust.mono.types import Types
from freehold.rust.traits import Instances, World
from freehold.source import Source, Span
from freehold.types import ArrayType, TupleType, Type
from freehold.types.fold import erase, walk
from freehold.types.generic import (
    AdtType,
    ClosureType,
    ConstParam,
    OpaqueType,
    ParamType,
    ProjectionType,
)
from freehold.types.layout import is_wide, size_of

# Destructors of std that release memory; what holds one of these owns heap.
_ON_HEAP = frozenset(("Vec", "RawVec", "VecDeque", "Rc", "Arc", "LinkedList", "IntoIter"))
_SHOWN = 40


class Sizes:
    """The bytes of types that depend on no parameter."""

    def __init__(self, world: World) -> None:
        self._types = Types(Instances(world))
        self._known: dict[Type, int | None] = {}

    def of(self, ty: Type) -> int | None:
        """Return the bytes of `ty`; None if they depend on a parameter."""
        ty = erase(ty)
        if ty not in self._known:
            self._known[ty] = None if _is_open(ty) else self._size(ty)
        return self._known[ty]

    def _size(self, ty: Type) -> int | None:
        plain = self._types.plain_of(ty, ())
        return 16 if is_wide(plain) else size_of(plain)


def _is_open(ty: Type) -> bool:
    opened = ParamType | ProjectionType | OpaqueType | ConstParam
    return isinstance(ty, opened) or any(isinstance(part, opened) for part in walk(ty))


class Describer:
    """Describes the places of one body."""

    def __init__(self, body: Body, source: Source, sizes: Sizes, blocks: Blocks) -> None:
        assert body.generic is not None
        self.body = body
        self.source = source
        self.places = Places(body)
        self.blocks = blocks
        self.function = body.display
        self._sizes = sizes
        self._answers = body.generic.answers

    # ------------------------------------------------------------------------------- names

    def is_variable(self, local: Local) -> bool:
        """Say whether the user named `local`: not what `for` and `?` are made with."""
        its = self.body.locals[local]
        if not its.name or its.kind is LocalKind.TEMPORARY:
            return False
        return its.span.source is self.source and self._text(its.span).endswith(its.name)

    def name(self, place: Place) -> str | None:
        """Return the name of a place in something that the user named."""
        if isinstance(place.base, str):
            return None
        capture = bool(place.projections) and self.places.captures and place.base == 1
        if not capture and not self.is_variable(Local(place.base)):
            return None
        return self.places.describe(place)

    def value(self, place: Place) -> str:
        """Return the name of a place, or the text that made the temporary."""
        named = self.name(place)
        if named is not None:
            return named
        assert isinstance(place.base, int)
        its = self.body.locals[place.base]
        if its.name == "iter":
            return f"iterator of `{self.shortened(its.span)}`"
        return f"temporary `{self.shortened(its.span)}`"

    def declared(self, place: Place) -> int:
        """Return the line of the variable or temporary that `place` is in."""
        assert isinstance(place.base, int)
        return self.body.locals[place.base].span.outermost().line

    def shortened(self, span: Span) -> str:
        """Return the text of a span on one line, cut where it grows long."""
        text = " ".join(self._text(span).split())
        return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."

    @staticmethod
    def _text(span: Span) -> str:
        at = span.outermost()
        return at.source.text[at.start : at.end]

    # ------------------------------------------------------------------------------- what it holds

    def owned(self, place: Place) -> Owned:
        """Return what `place` holds."""
        ty = self._answers.normalise(self.places.type(place))
        destructor = (
            isinstance(ty, AdtType)
            and ty.definition.drop is not None
            and not ty.definition.path.startswith("std::")
        )
        size = self._sizes.of(ty)
        shown = "closure" if isinstance(ty, ClosureType) else self.places.show(ty)
        return Owned(shown, size, self._on_heap(ty, set()), destructor)

    def needs_drop(self, place: Place) -> bool:
        """Say whether dropping what `place` holds does anything."""
        return self._answers.needs_drop(self._answers.normalise(self.places.type(place)))

    def _on_heap(self, ty: Type, seen: set[Type]) -> bool:
        if ty in seen:
            return False
        seen.add(ty)
        match ty:
            case AdtType(definition) if definition.lang == "owned_box":
                return True
            case AdtType(definition) if definition.drop is not None and definition.name in _ON_HEAP:
                return definition.path.startswith("std::")
            case AdtType(definition, arguments):
                variants = (VariantType(variant, arguments) for variant in definition.variants)
                held = [part for variant in variants for part in field_types(variant)]
            case TupleType() | ClosureType():
                held = list(field_types(ty))
            case ArrayType(element):
                held = [element]
            case _:
                return False
        return any(self._on_heap(self._answers.normalise(part), seen) for part in held)

    # ------------------------------------------------------------------------------- where

    def below(self, span: Span) -> Spot | None:
        """Return the spot below the line where `span` ends; None if it is in no line of the user.

        Of a loop's head, it is below the loop.
        """
        at = span.outermost()
        if at.source is not self.source:
            return None
        return Spot(self.source.line_of(max(at.end - 1, at.start)), self.function)

    def end_of_scope(self, span: Span) -> Spot | None:
        """Return the spot of what happens at the end of a scope: above its `}`."""
        at = span.outermost()
        if at.source is not self.source:
            return None
        last = max(at.end - 1, at.start)
        line = self.source.line_of(last)
        before = self.source.text[self.source.line_start(line) : last]
        closes = self.source.text[last : last + 1] == "}" and not before.strip()
        return Spot(line, self.function, above=closes)
