"""The machine that evaluates constants: it runs plain bodies over bytes."""

from collections.abc import Callable
from dataclasses import replace

from freehold.mir.body import BasicBlock, Body, Global
from freehold.mir.statements import (
    Assign,
    Call,
    Goto,
    Return,
    SetDiscriminant,
    Statement,
    StorageDead,
    StorageLive,
    Switch,
    Terminator,
)
from freehold.mir.typing import COMPARISONS
from freehold.mir.values import (
    AddressConst,
    Aggregate,
    Binary,
    BinOp,
    Cast,
    ConstantIndex,
    Copy,
    Deref,
    Discriminant,
    Downcast,
    FieldOf,
    FloatConst,
    Index,
    IntConst,
    Len,
    Move,
    NullConst,
    Operand,
    Overflow,
    Place,
    Projection,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Subslice,
    Symbol,
    Unary,
    UninitConst,
    UnOp,
    Use,
    ZeroConst,
)
from freehold.records import dataclass, field
from freehold.rust.mono.interpret.arithmetic import compare, convert, exact
from freehold.rust.mono.interpret.builtin import built_in
from freehold.rust.mono.interpret.memory import (
    NULL,
    UNSET,
    Allocation,
    EvaluationError,
    Pointer,
    Unset,
    Value,
    Wide,
    allocate,
    clear,
    copy,
    load,
    store,
    store_bytes,
    wrap,
)
from freehold.source import Span
from freehold.types import (
    BOOL,
    I64,
    U64,
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    FloatType,
    IntType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    align_of,
    layout_of,
    size_of,
)

_SCALARS = (IntType, BoolType, CharType, FloatType, PointerType)
STEPS = 2_000_000
FRAMES = 128


@dataclass(frozen=True, slots=True)
class Located:
    """A place, found: where it is, its type, the metadata of an unsized one, an enum's variant."""

    at: Pointer
    type: Type
    meta: int | Pointer | None = None
    variant: int | None = None


@dataclass(slots=True)
class Frame:
    """A function that runs."""

    body: Body
    locals: list[Allocation | None]
    span: Span


# What only the run time wants to know: which blocks have no owner on purpose.
_HINTS = frozenset(("__freehold_give_up", "__freehold_take_back"))


@dataclass(slots=True)
class Machine:
    """Runs bodies. `body_of` makes them; `global_of` finds globals.

    `panics` tells what panics, and with which text; `foreign` what has no body.
    """

    body_of: Callable[[Symbol], Body]
    global_of: Callable[[Symbol], Global]
    panics: Callable[[Symbol], str | None]
    foreign: Callable[[object], bool]
    known: dict[Symbol, Allocation] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)
    steps: int = 0

    # --------------------------------------------------------------------------------------- calls

    def call(self, symbol: Symbol, given: list[tuple[Allocation, Type]]) -> Allocation:
        """Run a function with copies of its arguments, and return its result."""
        if len(self.frames) >= FRAMES:
            raise EvaluationError("reached the configured maximum number of stack frames")
        body = self.body_of(symbol)
        frame = Frame(body, [None] * len(body.locals), body.span)
        for number, (memory, _) in enumerate(given, 1):
            frame.locals[number] = memory
        self.frames.append(frame)
        self._run(frame)
        self.frames.pop()
        return self._memory(frame, 0)

    def _run(self, frame: Frame) -> None:
        block: BasicBlock | None = frame.body.blocks[0]
        while block is not None:
            for statement in block.statements:
                frame.span = statement.span
                self._statement(frame, statement)
            self.steps += 1 + len(block.statements)
            if self.steps > STEPS:
                raise EvaluationError("constant evaluation takes too long", unsupported=True)
            frame.span = block.terminator.span
            block = self._terminator(frame, block.terminator)

    def _memory(self, frame: Frame, local: int) -> Allocation:
        known = frame.locals[local]
        if known is None:
            ty = frame.body.locals[local].type
            known = frame.locals[local] = allocate(size_of(ty), align_of(ty), ty)
        return known

    # -------------------------------------------------------------------------------------- globals

    def symbol(self, symbol: Symbol) -> Allocation:
        """Return the memory of a global, or what stands for a function."""
        known = self.known.get(symbol)
        if known is None:
            known = self.known[symbol] = self._symbol(symbol)
        return known

    def _symbol(self, symbol: Symbol) -> Allocation:
        try:
            found = self.global_of(symbol)
        except KeyError:
            return Allocation(bytearray(), bytearray(), symbol=symbol, function=True)
        size = max(found.size, size_of(found.type))
        data = bytearray((found.data or b"").ljust(size, b"\0"))
        made = Allocation(data, bytearray(b"\1" * size), align=found.align, symbol=symbol)
        made.mutable, made.type = False, found.type
        self.known[symbol] = made
        for held in found.relocations:
            made.pointers[held.offset] = Pointer(self.symbol(held.symbol), held.addend)
        return made

    # --------------------------------------------------------------------------------------- places

    def locate(self, frame: Frame, place: Place) -> Located:
        """Return where `place` is."""
        if isinstance(place.base, str):
            memory = self.symbol(place.base)
            here = Located(Pointer(memory, 0), self.global_of(place.base).type)
        else:
            ty = frame.body.locals[place.base].type
            here = Located(Pointer(self._memory(frame, place.base), 0), ty)
        for projection in place.projections:
            here = self._project(frame, here, projection)
        return here

    def _project(self, frame: Frame, here: Located, projection: Projection) -> Located:
        match projection:
            case Deref():
                return self._deref(here)
            case FieldOf(index):
                return _field(here, index)
            case Downcast(variant):
                return replace(here, variant=variant)
            case Index(local):
                index_ = load(Pointer(self._memory(frame, local), 0), U64)
                assert isinstance(index_, int)
                return _element(here, index_)
            case ConstantIndex(offset, from_end):
                return _element(here, _length(here) - offset if from_end else offset)
            case Subslice(start, end, from_end):
                stop = _length(here) - end if from_end else end
                first = _element(here, start) if stop > start else here
                if isinstance(here.type, SliceType):
                    return Located(first.at, here.type, stop - start)
                assert isinstance(here.type, ArrayType)
                return Located(first.at, ArrayType(here.type.element, stop - start))

    @staticmethod
    def _deref(here: Located) -> Located:
        assert isinstance(here.type, PointerType), here.type
        value = load(here.at, here.type)
        if isinstance(value, Wide):
            return Located(value.pointer, here.type.pointee, value.meta)
        if not isinstance(value, Pointer):
            raise EvaluationError("use of uninitialised memory")
        return Located(value, here.type.pointee)

    # ------------------------------------------------------------------------------------- operands

    def value(self, frame: Frame, operand: Operand) -> Value:
        """Return the value of a scalar operand."""
        match operand:
            case Copy(place) | Move(place):
                found = self.locate(frame, place)
                return load(found.at, found.type)
            case IntConst(number, ty):
                return Pointer(None, number) if isinstance(ty, PointerType) else number
            case FloatConst(text, _):
                return float.fromhex(text) if "0x" in text else float(text)
            case NullConst():
                return NULL
            case AddressConst(symbol, offset, _):
                return Pointer(self.symbol(symbol), offset)
            case ZeroConst(ty):
                return NULL if isinstance(ty, PointerType) else 0
            case UninitConst():
                return UNSET
            case _:
                raise AssertionError(operand)

    def number(self, frame: Frame, operand: Operand) -> int:
        """Return the value of an integer operand."""
        value = self.value(frame, operand)
        if isinstance(value, Unset):
            raise EvaluationError("use of uninitialised memory")
        if not isinstance(value, int):
            raise EvaluationError("a pointer is used as a number", unsupported=True)
        return value

    def type_of(self, frame: Frame, operand: Operand) -> Type:
        """Return the type of an operand."""
        if isinstance(operand, (Copy, Move)):
            return self.locate(frame, operand.place).type
        return operand.type

    def put(self, frame: Frame, to: Located, operand: Operand) -> None:
        """Store an operand."""
        size = size_of(to.type)
        if size == 0:
            return
        if isinstance(operand, (Copy, Move)):
            copy(to.at, self.locate(frame, operand.place).at, size)
        elif isinstance(to.type, _SCALARS):
            store(to.at, to.type, self.value(frame, operand))
        elif isinstance(operand, ZeroConst):
            assert to.at.allocation is not None
            store_bytes(to.at.allocation, to.at.offset, bytes(size))
        else:
            assert to.at.allocation is not None
            clear(to.at.allocation, to.at.offset, size)

    # ----------------------------------------------------------------------------------- statements

    def _statement(self, frame: Frame, statement: Statement) -> None:
        match statement:
            case Assign(place, rvalue):
                self._assign(frame, self.locate(frame, place), rvalue)
            case StorageLive(local):
                frame.locals[local] = None
            case SetDiscriminant(place, variant):
                set_discriminant(self.locate(frame, place), variant)
            case StorageDead():
                pass
            case _:
                raise AssertionError(statement)

    def _assign(self, frame: Frame, to: Located, rvalue: Rvalue) -> None:
        match rvalue:
            case Use(operand):
                self.put(frame, to, operand)
            case Aggregate(_, operands, variant):
                self._aggregate(frame, to, operands, variant)
            case Repeat(operand, int(length)):
                for index in range(length):
                    self.put(frame, _element(to, index), operand)
            case Binary(overflow=Overflow.CHECKED):
                self._checked(frame, to, rvalue)
            case Cast(_, operand, ty) if not isinstance(ty, _SCALARS) or not isinstance(
                self.type_of(frame, operand), _SCALARS
            ):
                source = replace(to, type=self.type_of(frame, operand))
                self.put(frame, source, operand)
            case _:
                store(to.at, to.type, self._scalar(frame, rvalue))

    def _aggregate(
        self, frame: Frame, to: Located, operands: tuple[Operand, ...], variant: int
    ) -> None:
        ty = to.type
        if isinstance(ty, PointerType):
            pointer, meta = (self.value(frame, one) for one in operands)
            assert isinstance(pointer, Pointer)
            assert isinstance(meta, int | Pointer)
            store(to.at, ty, Wide(pointer, meta))
            return
        if isinstance(ty, Adt) and ty.kind is AdtKind.UNION:
            self.put(frame, _field(to, variant), operands[0])
            return
        enum = isinstance(ty, Adt) and ty.kind is AdtKind.ENUM
        here = replace(to, variant=variant) if enum else to
        for index, operand in enumerate(operands):
            part = _element(here, index) if isinstance(ty, ArrayType) else _field(here, index)
            self.put(frame, part, operand)
        if enum:
            set_discriminant(to, variant)

    def _checked(self, frame: Frame, to: Located, rvalue: Binary) -> None:
        ty = self.type_of(frame, rvalue.left)
        left, right = self.number(frame, rvalue.left), self.number(frame, rvalue.right)
        over = False
        if rvalue.op in {BinOp.SHL, BinOp.SHR}:
            over = not 0 <= right < 8 * size_of(ty)
        whole = int(exact(rvalue.op, left, right, ty))
        result = wrap(whole, ty)
        over = over or (rvalue.op is not BinOp.SHL and result != whole)
        first, second = _field(to, 0), _field(to, 1)
        store(first.at, ty, result)
        store(second.at, BOOL, int(over))

    def _scalar(self, frame: Frame, rvalue: Rvalue) -> Value:
        match rvalue:
            case Ref(_, place) | RawPointer(place):
                found = self.locate(frame, place)
                return found.at if found.meta is None else Wide(found.at, found.meta)
            case Binary():
                return self._binary(frame, rvalue)
            case Unary(op, operand):
                return self._unary(frame, op, operand)
            case Cast(kind, operand, ty):
                value = self.value(frame, operand)
                return convert(kind, value, self.type_of(frame, operand), ty)
            case Len(place):
                return _length(self.locate(frame, place))
            case Discriminant(place):
                return discriminant(self.locate(frame, place))
            case _:
                raise AssertionError(rvalue)

    def _binary(self, frame: Frame, rvalue: Binary) -> Value:
        left, right = self.value(frame, rvalue.left), self.value(frame, rvalue.right)
        if isinstance(left, Unset) or isinstance(right, Unset):
            raise EvaluationError("use of uninitialised memory")
        ty = self.type_of(frame, rvalue.left)
        if rvalue.op in COMPARISONS:
            return compare(rvalue.op, left, right)
        if rvalue.op is BinOp.OFFSET:
            assert isinstance(ty, PointerType)
            assert isinstance(left, Pointer)
            assert isinstance(right, int)
            return Pointer(left.allocation, left.offset + right * size_of(ty.pointee))
        if rvalue.op is BinOp.PTR_DIFF:
            assert isinstance(ty, PointerType)
            assert isinstance(left, Pointer)
            assert isinstance(right, Pointer)
            return (left.offset - right.offset) // size_of(ty.pointee)
        made = exact(rvalue.op, left, right, ty)
        return made if isinstance(ty, FloatType) else wrap(int(made), ty)

    def _unary(self, frame: Frame, op: UnOp, operand: Operand) -> Value:
        value = self.value(frame, operand)
        if op is UnOp.METADATA:
            assert isinstance(value, Wide)
            return value.meta
        ty = self.type_of(frame, operand)
        if isinstance(value, float):
            return -value
        assert isinstance(value, int)
        if op is UnOp.NEG:
            return wrap(-value, ty)
        return wrap(~value, ty)

    # ---------------------------------------------------------------------------------- terminators

    def _terminator(self, frame: Frame, terminator: Terminator) -> BasicBlock | None:
        blocks = frame.body.blocks
        match terminator:
            case Goto(target):
                return blocks[target]
            case Switch(operand, targets, otherwise):
                value = self.number(frame, operand)
                chosen = next((block for number, block in targets if number == value), otherwise)
                return blocks[chosen]
            case Call():
                self._call(frame, terminator)
                assert terminator.target is not None
                return blocks[terminator.target]
            case Return():
                return None
            case _:
                raise EvaluationError("entering unreachable code")

    def _call(self, frame: Frame, call: Call) -> None:
        result = None
        if call.destination is not None:
            result = self.locate(frame, call.destination)
        symbol = self._callee(frame, call)
        if symbol is None:
            built_in(self, frame, call, result)
            return
        text = self.panics(symbol)
        if text is not None:
            raise EvaluationError(f"evaluation panicked: {self._message(frame, call, text)}")
        if self.foreign(symbol):
            if symbol in _HINTS:
                return
            raise EvaluationError(f"a call of `{symbol}` in a constant", unsupported=True)
        given = [self._argument(frame, one) for one in call.arguments]
        made = self.call(symbol, given)
        if result is not None:
            copy(result.at, Pointer(made, 0), size_of(result.type))

    def _callee(self, frame: Frame, call: Call) -> Symbol | None:
        callee = call.callee
        if isinstance(callee, str):
            return callee
        if not isinstance(callee, (Copy, Move, AddressConst)):
            return None
        value = self.value(frame, callee)
        if call.slot is not None:
            assert isinstance(value, Pointer)
            assert value.allocation is not None
            value = value.allocation.pointers[8 * call.slot]
        if not isinstance(value, Pointer) or value.allocation is None:
            raise EvaluationError("call of what is no function")
        return value.allocation.symbol

    def _argument(self, frame: Frame, operand: Operand) -> tuple[Allocation, Type]:
        ty = self.type_of(frame, operand)
        memory = allocate(size_of(ty), align_of(ty), ty)
        self.put(frame, Located(Pointer(memory, 0), ty), operand)
        return memory, ty

    def _message(self, frame: Frame, call: Call, text: str) -> str:
        if text or not call.arguments:
            return text or "explicit panic"
        ty = self.type_of(frame, call.arguments[0])
        if isinstance(ty, PointerType):
            value = self.value(frame, call.arguments[0])
            if isinstance(value, Wide) and isinstance(value.meta, int):
                return _text(value)
        return "explicit panic"


def _text(value: Wide) -> str:
    memory = value.pointer.allocation
    assert isinstance(value.meta, int)
    if memory is None:
        return ""
    start = value.pointer.offset
    return bytes(memory.data[start : start + value.meta]).decode("utf-8", "replace")


# ------------------------------------------------------------------------------------ enums, parts


def _moved(here: Located, offset: int, ty: Type) -> Located:
    return Located(Pointer(here.at.allocation, here.at.offset + offset), ty)


def _field(here: Located, index: int) -> Located:
    ty = here.type
    layout = layout_of(ty)
    if isinstance(ty, TupleType):
        return _moved(here, layout.slots[index].offset, ty.elements[index])
    assert isinstance(ty, Adt), ty
    body, slots = ty.variants[0], layout.slots
    if ty.kind is AdtKind.ENUM:
        assert here.variant is not None
        body, slots = ty.variants[here.variant], layout.variants[here.variant].slots
    member = body.fields[index].type
    moved = _moved(here, slots[index].offset, member)
    last = here.meta is not None and index == len(body.fields) - 1
    return replace(moved, meta=here.meta) if last else moved


def _element(here: Located, index: int) -> Located:
    assert isinstance(here.type, (ArrayType, SliceType))
    element = here.type.element
    return _moved(here, index * size_of(element), element)


def _length(here: Located) -> int:
    if isinstance(here.type, ArrayType):
        return here.type.length or 0
    assert isinstance(here.meta, int)
    return here.meta


def discriminant(here: Located) -> int:
    """Return the discriminant of an enum."""
    ty = here.type
    assert isinstance(ty, Adt)
    layout = layout_of(ty)
    tag = layout.tag
    if tag is None:
        return wrap(ty.variants[layout.single].discriminant, I64)
    at = Pointer(here.at.allocation, here.at.offset + tag.offset)
    memory = at.allocation
    if memory is not None and tag.untagged is not None and at.offset in memory.pointers:
        return ty.variants[tag.untagged].discriminant  # a real pointer is no niche
    value = load(at, tag.type)
    if not isinstance(value, int):
        raise EvaluationError("use of uninitialised memory")
    if tag.untagged is None:
        return wrap(value, I64)
    relative = (value - tag.start) & ((1 << tag.type.bits) - 1)
    variant = tag.first + relative if relative <= tag.last - tag.first else tag.untagged
    return ty.variants[variant].discriminant


def set_discriminant(here: Located, variant: int) -> None:
    """Write the tag of an enum."""
    ty = here.type
    assert isinstance(ty, Adt)
    tag = layout_of(ty).tag
    if tag is None or tag.untagged == variant:
        return
    number = ty.variants[variant].discriminant
    if tag.untagged is not None:
        number = tag.start + variant - tag.first
    at = Pointer(here.at.allocation, here.at.offset + tag.offset)
    store(at, tag.type, wrap(number, tag.type))
