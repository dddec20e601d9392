"""Writing plain bodies: blocks, temporaries, and the few shapes that mono needs again and again."""

from collections.abc import Sequence

from freehold.mir.body import BasicBlock, Body, Global, Linkage, LocalDecl, LocalKind, ScopeDecl
from freehold.mir.statements import (
    Assign,
    Call,
    Goto,
    Intrinsic,
    Statement,
    Terminator,
    Unreachable,
)
from freehold.mir.typing import project
from freehold.mir.values import (
    Aggregate,
    Block,
    Cast,
    CastKind,
    Copy,
    Deref,
    FieldOf,
    IntConst,
    Local,
    Move,
    Operand,
    Place,
    Projection,
    RawPointer,
    Rvalue,
    Scope,
    Symbol,
    Unary,
    UnOp,
    Use,
    ZeroConst,
)
from freehold.source import Span
from freehold.types import (
    U64,
    VOID,
    Adt,
    FunctionType,
    PointerKind,
    PointerType,
    Type,
    Variant,
    size_of,
)

OUTSIDE = Scope(0)


class Writer:
    """A plain body in the making. `span` and `scope` are those of what is written next."""

    def __init__(
        self,
        name: Symbol,
        display: str,
        ty: FunctionType,
        span: Span,
        made: dict[Symbol, Global],
    ) -> None:
        """Begin with the result and the arguments as locals, in the first block."""
        self._made = made
        self.name = name
        self.display = display
        self.type = ty
        self.span = span
        self.own_span = span
        self.scope = OUTSIDE
        self.scopes = [ScopeDecl(None, span)]
        self.locals: list[LocalDecl] = [LocalDecl(ty.result, LocalKind.RETURN, span)]
        for parameter in ty.parameters:
            self.locals.append(LocalDecl(parameter, LocalKind.ARGUMENT, span))
        self.blocks: list[BasicBlock | None] = [None]
        self.current = Block(0)
        self.statements: list[Statement] = []
        self.attributes: set[str] = {"rust"}

    # ---------------------------------------------------------------------------------- structure

    def block(self) -> Block:
        """Return a new block, still to be written."""
        self.blocks.append(None)
        return Block(len(self.blocks) - 1)

    def start(self, block: Block) -> None:
        """Write `block` from here on."""
        self.current = block
        self.statements = []

    def end(self, terminator: Terminator) -> None:
        """End the block."""
        self.blocks[self.current] = BasicBlock(tuple(self.statements), terminator)

    def goto(self, target: Block) -> None:
        """End the block with a jump."""
        self.end(Goto(target, self.span, self.scope))

    def local(self, ty: Type) -> Local:
        """Return a new temporary."""
        self.locals.append(LocalDecl(ty, LocalKind.TEMPORARY, self.span))
        return Local(len(self.locals) - 1)

    def finish(self) -> Body:
        """Return the body."""
        blocks = [
            block or BasicBlock((), Unreachable(self.own_span, OUTSIDE)) for block in self.blocks
        ]
        return Body(
            self.name,
            self.display,
            self.type,
            self.locals,
            len(self.type.parameters),
            blocks,
            self.scopes,
            self.own_span,
            Linkage.INTERNAL,
            frozenset(self.attributes),
        )

    # --------------------------------------------------------------------------------- statements

    def assign(self, place: Place, rvalue: Rvalue) -> None:
        """Write `place = rvalue`."""
        self.statements.append(Assign(place, rvalue, self.span, self.scope))

    def put(self, place: Place, operand: Operand) -> None:
        """Write `place = operand`."""
        self.assign(place, Use(operand))

    def let(self, ty: Type, rvalue: Rvalue) -> Operand:
        """Return a new temporary that holds `rvalue`."""
        local = self.local(ty)
        self.assign(Place(local), rvalue)
        return Copy(Place(local))

    def call(  # noqa: PLR0913 (what a call has)
        self,
        callee: Symbol | Operand | Intrinsic,
        ty: FunctionType,
        arguments: Sequence[Operand],
        destination: Place | None,
        target: Block | None,
        unwind: Block | None,
        *,
        slot: int | None = None,
    ) -> None:
        """End the block with a call."""
        if destination is not None and size_of(ty.result) == 0:
            destination = None
        self.end(
            Call(
                callee,
                ty,
                tuple(arguments),
                destination,
                target,
                self.span,
                self.scope,
                unwind,
                slot=slot,
            )
        )

    # -------------------------------------------------------------------------------------- types

    def type_of(self, place: Place) -> Type:
        """Return the type of a place."""
        base = place.base
        here: Type | Variant
        here = self.locals[base].type if isinstance(base, int) else self._made[base].type
        for projection in place.projections:
            here = project(here, projection)  # type: ignore[assignment]
        assert not isinstance(here, Variant)
        return here

    # ------------------------------------------------------------------------------------ pointers

    def address(self, place: Place) -> Operand:
        """Return a raw pointer to `place`."""
        ty = PointerType(self.type_of(place), PointerKind.RAW_MUT)
        return self.let(ty, RawPointer(place))

    def thin(self, pointer: Operand) -> Operand:
        """Return the address in `pointer`, as a thin pointer to void."""
        return self.let(
            PointerType(VOID, PointerKind.RAW_MUT),
            Cast(CastKind.POINTER, pointer, PointerType(VOID, PointerKind.RAW_MUT)),
        )

    def cast(self, pointer: Operand, ty: Type) -> Operand:
        """Return `pointer` as another pointer type of the same metadata, or none."""
        return self.let(ty, Cast(CastKind.POINTER, pointer, ty))

    def metadata(self, pointer: Operand) -> Operand:
        """Return the metadata of a wide pointer."""
        return self.let(U64, Unary(UnOp.METADATA, pointer))

    def wide(self, ty: Type, thin: Operand, metadata: Operand) -> Operand:
        """Return the wide pointer of type `ty` made of its parts."""
        return self.let(ty, Aggregate(ty, (thin, metadata)))


def number(value: int) -> Operand:
    """Return a constant u64."""
    return IntConst(value, U64)


def unit(ty: Type) -> Operand:
    """Return the value of a type without data."""
    return ZeroConst(ty)


def field(place: Place, *projections: Projection) -> Place:
    """Return a part of `place`."""
    return Place(place.base, (*place.projections, *projections))


def pointee(place: Place) -> Place:
    """Return what `place`, a pointer, points to."""
    return field(place, Deref())


def part(operand: Operand, index: int, ty: Type) -> Operand:
    """Return field number `index`, of type `ty`, of an operand."""
    match operand:
        case Copy(place):
            return Copy(field(place, FieldOf(index)))
        case Move(place):
            return Move(field(place, FieldOf(index)))
        case _:
            return ZeroConst(ty)


def pointer_path(ty: Type) -> tuple[FieldOf, ...]:
    """Return the fields that lead to the pointer in a smart pointer such as Box or Rc."""
    path: list[FieldOf] = []
    while isinstance(ty, Adt):
        index = next(n for n, one in enumerate(ty.fields) if size_of(one.type) > 0)
        path.append(FieldOf(index))
        ty = ty.fields[index].type
    assert isinstance(ty, PointerType), ty
    return tuple(path)
