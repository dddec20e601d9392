"""Expressions between the two phases of type checking.

Checking an expression gives a `Draft`: its type, perhaps with inference variables still, what is
to be done to its value (adjustments), and a function that writes its THIR once all types are
known. Drafts may be written more than once: captures are found on a first writing.
"""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from freehold.mir.body import BindingKind
from freehold.records import dataclass, field
from freehold.rust import ast, thir
from freehold.rust.infer.adjust import Adjustment
from freehold.rust.items import Function
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import ClosureDef, GenericArg, Signature

if TYPE_CHECKING:
    from freehold.rust.typeck.joins import Join
    from freehold.rust.typeck.writer import Writer

Write = Callable[["Writer"], thir.Expr]
WriteStatement = Callable[["Writer"], thir.Statement]


@dataclass(slots=True, eq=False)
class Overload:
    """How a place was found through a trait: `*x` or `x[i]`, and whether for writing."""

    method: Function
    arguments: tuple[GenericArg, ...]
    mutable: bool = False


@dataclass(slots=True, eq=False)
class Draft:
    """A checked expression. `type` is what it has of itself, before `adjustments`.

    `place`: it is a place expression. `base` is the place that this one is a part of, for those
    that may have to be made mutable; `overload` is set for `*base` and `base[i]` by a trait.
    """

    span: Span
    type: Type
    write: Write
    place: bool = False
    base: "Draft | None" = None
    overload: Overload | None = None
    node: ast.Expr | None = None
    adjustments: list[Adjustment] = field(default_factory=list)

    @property
    def adjusted(self) -> Type:
        """The type after adjustments."""
        return self.adjustments[-1].type if self.adjustments else self.type


@dataclass(slots=True, eq=False)
class PatternDraft:
    """A checked pattern. `derefs` are the references that a default binding mode looks through."""

    span: Span
    type: Type
    write: "Callable[[Writer], thir.Pattern]"
    derefs: tuple[Type, ...] = ()


# ----------------------------------------------------------------------------------- expectation


class Wish(Enum):
    """What the surroundings hope for; nothing of it is binding."""

    ANYTHING = "anything"
    TYPE = "type"
    CASTABLE = "castable"
    UNSIZED = "unsized"  # the value behind a pointer: it may be the sized source of an unsizing


@dataclass(frozen=True, slots=True)
class Expectation:
    """A hint for an expression's type."""

    wish: Wish
    type: Type | None = None


ANYTHING = Expectation(Wish.ANYTHING)


def expecting(ty: Type) -> Expectation:
    """Return the hint that the type is `ty`."""
    return Expectation(Wish.TYPE, ty)


# ----------------------------------------------------------------------------------------- frames


@dataclass(slots=True, eq=False)
class LocalVar:
    """A variable. `number` is unique in the outermost body, `index` in that of its frame."""

    name: str
    type: Type
    mutable: bool
    span: Span
    kind: BindingKind
    frame: "Frame"
    number: int
    index: int
    by_ref: bool = False


@dataclass(slots=True, eq=False)
class Target:
    """A loop or labelled block. `join` unites the values of its breaks; None if it has none.

    `in_condition`: the condition of a `while` is being checked, not its body.
    """

    node: ast.Node
    label: thir.Loop
    join: "Join | None" = None
    name: str = ""
    kind: str = "loop"
    broken: bool = False
    in_condition: bool = False


@dataclass(slots=True, eq=False)
class Frame:
    """A function, closure or constant whose body is being checked."""

    kind: thir.BodyKind
    span: Span
    parent: "Frame | None" = None
    closure: ClosureDef | None = None
    signature: Signature | None = None
    returns: "Join | None" = None
    result: Type | None = None  # what `return` coerces to
    result_span: Span | None = None
    variables: list[LocalVar] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    loops: int = 0
