"""Drop glue: what runs when a value goes, for each type."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from freehold.mir.statements import Resume, Return, Switch
from freehold.mir.typing import is_box
from freehold.mir.values import (
    Binary,
    BinOp,
    Block,
    BorrowKind,
    Copy,
    Deref,
    Discriminant,
    Downcast,
    FieldOf,
    Index,
    Operand,
    Place,
    Ref,
)
from freehold.rust.items import Trait
from freehold.rust.mono.keys import GlueKey
from freehold.rust.mono.sites import Site
from freehold.rust.mono.sizes import DROP_WORD, vtable_word
from freehold.rust.mono.writer import Writer, field, number, pointer_path
from freehold.types import (
    BOOL,
    I64,
    U64,
    UNIT,
    VOID,
    Adt,
    AdtKind,
    ArrayType,
    FunctionType,
    PointerKind,
    PointerType,
    SliceType,
    TupleType,
    Type,
    unsized_tail,
)
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    VariantDef,
    type_argument,
)

if TYPE_CHECKING:
    from freehold.rust.mono.calls import Caller


Step = Callable[[Block, Block | None], None]  # writes one drop: then the block, or the cleanup


def drop_call(caller: "Caller", ty: Type, pointer: Operand, site: Site) -> None:
    """Call the glue of concrete type `ty`, which needs to be dropped."""
    assert site.target is not None
    if isinstance(ty, DynType):
        _virtual(caller, pointer, site)
        return
    key = GlueKey(ty)
    glue = caller.mono.function_type(key)
    own = caller.writer.cast(pointer, glue.parameters[0])
    caller.writer.call(caller.mono.symbol(key), glue, (own,), None, site.target, site.unwind)


def _virtual(caller: "Caller", pointer: Operand, site: Site) -> None:
    """Call the glue in the vtable, if there is one."""
    writer = caller.writer
    assert site.target is not None
    table = writer.metadata(pointer)
    word = vtable_word(writer, table, DROP_WORD)
    needed = writer.let(BOOL, Binary(BinOp.NE, word, number(0)))
    dropping = writer.block()
    writer.end(Switch(needed, ((0, site.target),), dropping, writer.span, writer.scope))
    writer.start(dropping)
    thin = writer.thin(pointer)
    ty = FunctionType((PointerType(VOID, PointerKind.RAW_MUT),), UNIT, unwinds=True)
    writer.call(table, ty, (thin,), None, site.target, site.unwind, slot=DROP_WORD)


def glue_body(caller: "Caller", ty: Type) -> None:
    """Write the body of the glue of concrete type `ty`: it is given a pointer."""
    whole = Place(1, (Deref(),))  # type: ignore[arg-type]
    done = caller.writer.block()
    _Glue(caller).whole(ty, whole, done)
    caller.writer.start(done)
    caller.writer.end(Return(caller.writer.span, caller.writer.scope))


def is_packed(ty: Type) -> bool:
    """Whether the fields of `ty` may be less aligned than they are to be."""
    return isinstance(ty, Adt) and (ty.packed or ty.pack > 0)


class _Glue:
    def __init__(self, caller: "Caller") -> None:
        self._caller = caller
        self._writer: Writer = caller.writer
        self._types = caller.mono.types
        self._resume: Block | None = None

    def whole(self, ty: Type, place: Place, done: Block) -> None:
        """Drop the value at `place` from the open block on, then go to `done`."""
        match ty:
            case AdtType():
                self._adt(ty, place, done)
            case ClosureType(definition, arguments):
                types = [self._types.concrete(one.type, arguments) for one in definition.captures]
                self._fields(types, place, done)
            case TupleType(elements):
                self._fields(elements, place, done)
            case ArrayType(element, length):
                self._elements(element, place, number(length or 0), done)
            case SliceType(element):
                length_ = self._writer.metadata(Copy(Place(1)))  # type: ignore[arg-type]
                self._elements(element, place, length_, done)
            case _:
                raise AssertionError(ty)

    def _adt(self, ty: AdtType, place: Place, done: Block) -> None:
        definition = ty.definition
        steps: list[Step] = []
        if is_box(ty):
            contents = self._contents(ty, place)
            if contents is not None:
                steps.append(contents)
            steps.append(self._destructor(ty, place))
            self._ladder(steps, done)
            return
        if definition.drop is not None:
            steps.append(self._destructor(ty, place))
        if definition.kind is AdtKind.ENUM:
            self._enum(ty, place, steps, done)
            return
        if definition.kind is AdtKind.STRUCT and definition.variants:
            packed = is_packed(self._types.plain(ty))
            types = self._field_types(ty, definition.variants[0])
            steps += self._field_steps(types, place, packed=packed)
        self._ladder(steps, done)

    def _field_types(self, ty: AdtType, variant: VariantDef) -> list[Type]:
        return [self._types.concrete(one.type, ty.arguments) for one in variant.fields]

    def _destructor(self, ty: AdtType, place: Place) -> Step:
        """Call `Drop::drop` of the type itself."""

        def step(after: Block, unwind: Block | None) -> None:
            trait = self._caller.mono.world.lang_trait("drop")
            assert isinstance(trait, Trait)
            plain = PointerType(self._types.plain(ty), PointerKind.REF_MUT)
            own = self._writer.let(plain, Ref(BorrowKind.MUT, place))
            site = Site(None, after, unwind)
            self._caller.item(trait.items["drop"], (ty,), [own], site)

        return step

    def _contents(self, ty: AdtType, place: Place) -> Step | None:
        inner = type_argument(ty.arguments, 0)
        if not self._types.needs_drop(inner):
            return None
        pointer = field(place, *pointer_path(self._types.plain(ty)))

        def step(after: Block, unwind: Block | None) -> None:
            self._drop(inner, field(pointer, Deref()), after, unwind)

        return step

    def _drop(self, ty: Type, place: Place, after: Block, unwind: Block | None) -> None:
        self._caller.drop_place(ty, place, Site(None, after, unwind))

    # -------------------------------------------------------------------------------------- fields

    def _fields(self, types: Sequence[Type], place: Place, done: Block) -> None:
        self._ladder(self._field_steps(types, place), done)

    def _field_steps(
        self, types: Sequence[Type], place: Place, *, packed: bool = False
    ) -> list[Step]:
        make = self._aligned_step if packed else self._field_step
        return [
            make(ty, field(place, FieldOf(index)))
            for index, ty in enumerate(types)
            if self._types.needs_drop(ty)
        ]

    def _field_step(self, ty: Type, place: Place) -> Step:
        def step(after: Block, unwind: Block | None) -> None:
            self._drop(ty, place, after, unwind)

        return step

    def _aligned_step(self, ty: Type, place: Place) -> Step:
        """Move a field to where references to it may exist, and drop it there."""
        plain = self._types.plain(ty)
        if unsized_tail(plain) is not None:
            return self._field_step(ty, place)

        def step(after: Block, unwind: Block | None) -> None:
            local = self._writer.local(plain)
            self._writer.put(Place(local), Copy(place))
            self._drop(ty, Place(local), after, unwind)

        return step

    def _enum(self, ty: AdtType, place: Place, first: list[Step], done: Block) -> None:
        writer = self._writer
        if first:  # its own destructor, then its fields: also when that panics
            rest, cleanup = writer.block(), writer.block()
            first[0](rest, cleanup)
            writer.start(cleanup)
            self._variants(ty, place, self._cleanup_end())
            writer.start(rest)
        self._variants(ty, place, done)

    def _variants(self, ty: AdtType, place: Place, done: Block) -> None:
        writer = self._writer
        targets: list[tuple[int, Block]] = []
        bodies: list[tuple[Block, list[Step]]] = []
        for number_, variant in enumerate(ty.definition.variants):
            inside = field(place, Downcast(number_))
            steps = self._field_steps(self._field_types(ty, variant), inside)
            if steps:
                block = writer.block()
                targets.append((variant.discriminant, block))
                bodies.append((block, steps))
        tag = writer.let(I64, Discriminant(place))
        writer.end(Switch(tag, tuple(targets), done, writer.span, writer.scope))
        for block, steps in bodies:
            writer.start(block)
            self._ladder(steps, done)

    # ------------------------------------------------------------------------------------- ladders

    def _ladder(self, steps: list[Step], done: Block) -> None:
        """Take the steps in order; should one panic, take the rest, and go on unwinding."""
        writer = self._writer
        if not steps:
            writer.goto(done)
            return
        cleanups = self._cleanups(steps)
        for index, step in enumerate(steps):
            last = index == len(steps) - 1
            after = done if last else writer.block()
            step(after, cleanups[index])
            if not last:
                writer.start(after)

    def _cleanups(self, steps: list[Step]) -> list[Block]:
        """Return where a panic of each step goes: to the drops of what comes after it."""
        writer = self._writer
        opened = writer.current, writer.statements
        below = self._cleanup_end()
        found = [below]
        for step in reversed(steps[1:]):
            block = writer.block()
            writer.start(block)
            step(below, self._caller.abort_block())
            found.append(block)
            below = block
        writer.current, writer.statements = opened
        return found[::-1]

    def _cleanup_end(self) -> Block:
        if self._resume is None:
            writer = self._writer
            opened = writer.current, writer.statements
            self._resume = writer.block()
            writer.start(self._resume)
            writer.end(Resume(writer.span, writer.scope))
            writer.current, writer.statements = opened
        return self._resume

    # --------------------------------------------------------------------------------------- loops

    def _elements(self, element: Type, place: Place, length: Operand, done: Block) -> None:
        """Drop the elements in order; should one panic, drop the rest, and go on unwinding."""
        writer = self._writer
        index = writer.local(U64)
        writer.put(Place(index), number(0))
        cleanup, head = writer.block(), writer.block()
        writer.goto(head)
        writer.start(head)
        self._loop(element, place, index, length, done, cleanup, head)
        writer.start(cleanup)
        self._loop(
            element, place, index, length, self._cleanup_end(), self._caller.abort_block(), cleanup
        )

    def _loop(  # noqa: PLR0913, PLR0917 (a loop's parts)
        self,
        element: Type,
        place: Place,
        index: int,
        length: Operand,
        done: Block,
        unwind: Block,
        head: Block,
    ) -> None:
        """Write a loop that drops from `index` on; its head is the open block."""
        writer = self._writer
        at = Place(index)  # type: ignore[arg-type]
        more = writer.let(BOOL, Binary(BinOp.LT, Copy(at), length))
        body = writer.block()
        writer.end(Switch(more, ((0, done),), body, writer.span, writer.scope))
        writer.start(body)
        this = writer.local(U64)
        writer.put(Place(this), Copy(at))
        writer.assign(at, Binary(BinOp.ADD, Copy(at), number(1)))
        self._drop(element, field(place, Index(this)), head, unwind)
