"""Generic bodies, after drop elaboration, as plain ones: types, constants, calls and drops."""

from dataclasses import replace
from typing import assert_never

from freehold.mir.body import Body
from freehold.mir.cfg import targets_of
from freehold.mir.statements import (
    Assert,
    AssertKind,
    Assign,
    Call,
    Drop,
    FakeRead,
    Goto,
    Intrinsic,
    Resume,
    Return,
    SetDiscriminant,
    Statement,
    StorageDead,
    StorageLive,
    Switch,
    Terminator,
    Unreachable,
)
from freehold.mir.typing import VariantType, project
from freehold.mir.values import (
    AddressConst,
    Aggregate,
    Binary,
    Block,
    Cast,
    CastKind,
    Constant,
    Copy,
    Deref,
    Discriminant,
    FloatConst,
    Index,
    IntConst,
    ItemConst,
    Len,
    Local,
    Move,
    NamedConst,
    Operand,
    ParamConst,
    Place,
    Projection,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    StringConst,
    Unary,
    UninitConst,
    Use,
    ZeroConst,
)
from freehold.rust.infer.instantiate import instantiate_arguments
from freehold.rust.items import Function
from freehold.rust.mono import promises
from freehold.rust.mono.calls import Caller
from freehold.rust.mono.constants import text_address
from freehold.rust.mono.keys import Arguments, ClosureKey, PointerKey
from freehold.rust.mono.named import named_constant, static_address
from freehold.rust.mono.program import Mono
from freehold.rust.mono.sites import Site
from freehold.rust.mono.unsize import Unsizer
from freehold.rust.mono.writer import Writer, number, pointer_path
from freehold.types import (
    Adt,
    FunctionType,
    PointerType,
    Type,
    Variant,
    is_wide,
)
from freehold.types.generic import (
    ClosureType,
    ConstParam,
    ConstValue,
    FnDefType,
    FnPtrType,
    is_const,
)

_CHANGING = frozenset((Deref, Index))


class Translator:
    """Makes one instance of a generic body, into `writer`, which has the locals already."""

    def __init__(self, mono: Mono, body: Body, arguments: Arguments, writer: Writer) -> None:
        """Begin; `tracked` functions have one local more, after their arguments.

        The user's own code is `held` to what it promises where it is unsafe.
        """
        self.mono = mono
        self.body = body
        self.arguments = arguments
        self.writer = writer
        tracked = len(writer.type.parameters) > body.argument_count
        self._tracked = tracked
        hidden = Copy(Place(body.argument_count + 1)) if tracked else None  # type: ignore[arg-type]
        self.caller = Caller(mono, writer, hidden)
        self._cleanups = _cleanup_blocks(body)
        self._concrete: dict[int, Type] = {}
        self._map: list[Block] = []
        self._held = not body.span.in_std
        self._boxes: set[Place] = set()  # where the pointers in boxes are

    def run(self) -> None:
        """Write the whole body."""
        writer, body = self.writer, self.body
        writer.scopes = list(body.scopes)
        for declared in body.locals[1 + body.argument_count :]:
            writer.locals.append(replace(declared, type=self._plain(declared.type)))
        for index, declared in enumerate(body.locals[: 1 + body.argument_count]):
            writer.locals[index] = replace(declared, type=writer.locals[index].type)
        self._map = [Block(0), *(writer.block() for _ in body.blocks[1:])]
        for index, block in enumerate(body.blocks):
            writer.start(self._map[index])
            for statement in block.statements:
                self._statement(statement)
            writer.span, writer.scope = block.terminator.span, block.terminator.scope
            self._terminator(block.terminator, cleanup=Block(index) in self._cleanups)

    # -------------------------------------------------------------------------------------- types

    def _plain(self, ty: Type) -> Type:
        return self.mono.types.plain_of(ty, self.arguments)

    def concrete(self, ty: Type) -> Type:
        """Return a type of the body, concrete."""
        return self.mono.types.concrete(ty, self.arguments)

    def _local_type(self, local: int) -> Type:
        known = self._concrete.get(local)
        if known is None:
            known = self._concrete[local] = self.concrete(self.body.locals[local].type)
        return known

    def place_type(self, place: Place) -> Type:
        """Return the concrete type at a place of the generic body."""
        assert isinstance(place.base, int)
        here: Type | Variant | VariantType = self._local_type(place.base)
        for projection in place.projections:
            here = project(here, projection)
            if not isinstance(here, (Variant, VariantType)):
                here = self.mono.types.concrete(here, ())
        assert not isinstance(here, (Variant, VariantType))
        return here

    def operand_type(self, operand: Operand) -> Type:
        """Return the concrete type of an operand of the generic body."""
        if isinstance(operand, (Copy, Move)):
            return self.place_type(operand.place)
        return self.concrete(operand.type)

    # -------------------------------------------------------------------------------------- places

    def _local(self, local: Local) -> Local:
        hidden = self._tracked and local > self.body.argument_count
        return Local(local + 1) if hidden else local

    def place(self, place: Place) -> Place:
        """Return a place of the generic body in the plain one."""
        base = place.base
        assert isinstance(base, int)
        shifted = self._local(base)
        if not any(type(one) in _CHANGING for one in place.projections):
            return place if shifted == base else replace(place, base=shifted)
        here: Type | Variant = self.writer.locals[shifted].type
        made: list[Projection] = []
        for projection in place.projections:
            if type(projection) is Deref and isinstance(here, Adt):  # a Box
                path = pointer_path(here)
                made += path
                for step in path:
                    here = project(here, step)  # type: ignore[assignment]
                if self._held:
                    self._boxes.add(Place(shifted, tuple(made)))
            if isinstance(projection, Index):
                projection = Index(self._local(projection.local))  # noqa: PLW2901
            made.append(projection)
            here = project(here, projection)  # type: ignore[assignment]
        return replace(place, base=shifted, projections=tuple(made))

    # ------------------------------------------------------------------------------------ operands

    def operand(self, operand: Operand) -> Operand:
        """Return an operand of the generic body in the plain one."""
        match operand:
            case Copy(place, span):
                return Copy(self.place(place), span)
            case Move(place):
                return Move(self.place(place))
            case _:
                return self._constant(operand)

    def _constant(self, constant: Constant) -> Operand:
        match constant:
            case IntConst(value, ty):
                return IntConst(value, self._plain(ty))
            case FloatConst() | AddressConst():
                return constant
            case ItemConst(ty) | ZeroConst(ty):
                return ZeroConst(self._plain(ty))
            case UninitConst(ty):
                return UninitConst(self._plain(ty))
            case StringConst(data, ty):
                return self._string(data, self._plain(ty))
            case ParamConst(const, _):
                known = self._const(const)
                return IntConst(known.value, self.mono.types.plain(known.type))
            case NamedConst(definition, arguments, ty, True):
                del arguments
                return static_address(self.mono, definition, self._plain(ty))
            case NamedConst(definition, arguments, ty):
                inside = instantiate_arguments(arguments, self.arguments)
                concrete = self.mono.instances.normalize_arguments(inside)
                return named_constant(self.mono, definition, concrete, self._plain(ty))
            case _:
                raise AssertionError(constant)

    def _const(self, const: ConstParam) -> ConstValue:
        found = self.arguments[const.index]
        assert is_const(found)
        assert isinstance(found, ConstValue)
        return found

    def _string(self, data: bytes, ty: Type) -> Operand:
        text = text_address(self.mono, data, self.writer.span)
        if not is_wide(ty):
            return replace(text, type=ty) if isinstance(text, AddressConst) else text
        return self.writer.wide(ty, text, number(len(data)))

    # ---------------------------------------------------------------------------------- statements

    def _statement(self, statement: Statement) -> None:
        writer = self.writer
        writer.span, writer.scope = statement.span, statement.scope
        match statement:
            case Assign(place, rvalue):
                self._assign(place, rvalue)
            case StorageLive(local) | StorageDead(local):
                writer.statements.append(replace(statement, local=self._local(local)))
            case SetDiscriminant(place):
                writer.statements.append(replace(statement, place=self.place(place)))
            case FakeRead(place=place):
                if self._held:
                    named = self.place(place)
                    promises.loaded(self.caller, named, self._boxes)
                    promises.projected(self.caller, named)
            case _:
                raise AssertionError(statement)  # drop elaboration removes the others

    def _assign(self, place: Place, rvalue: Rvalue) -> None:
        made = self._rvalue(rvalue)
        to = self.place(place)
        if isinstance(made, Use) and isinstance(made.operand, ZeroConst):
            return  # it has no data
        if self._held:
            self._hold_to(made, to)
        else:
            self.writer.assign(to, made)

    def _hold_to(self, made: Rvalue, to: Place) -> None:
        """Assign in the user's code; what is read without any promise is looked at."""
        caller = self.caller
        match made:
            case Ref(_, place) | RawPointer(place) | Discriminant(place) | Len(place):
                promises.loaded(caller, place, self._boxes)
            case Use(Copy(place) | Move(place)):
                promises.loaded(caller, place, self._boxes)
            case _:
                pass
        if isinstance(made, RawPointer):
            promises.projected(caller, made.place)
        self.writer.assign(to, made)
        if (
            isinstance(made, Use)
            and isinstance(made.operand, (Copy, Move))
            and promises.is_unsure(caller, made.operand.place)
        ):
            self._hold_value(to)

    def _hold_value(self, place: Place) -> None:
        """Hold a value that comes from where nothing is promised of it."""
        promises.is_set(self.caller, place)
        if promises.is_reference(self.writer.type_of(place)):
            promises.exists(self.caller, place)

    def _rvalue(self, rvalue: Rvalue) -> Rvalue:  # noqa: PLR0911 (a case a line)
        match rvalue:
            case Use(operand):
                return Use(self.operand(operand))
            case Ref(kind, place):
                return Ref(kind, self.place(place))
            case RawPointer(place, mutable):
                return RawPointer(self.place(place), mutable)
            case Binary(op, left, right, overflow):
                return Binary(op, self.operand(left), self.operand(right), overflow)
            case Unary(op, operand, overflow):
                return Unary(op, self.operand(operand), overflow)
            case Cast():
                return self._cast(rvalue)
            case Aggregate(ty, operands, variant):
                return Aggregate(self._plain(ty), tuple(map(self.operand, operands)), variant)
            case Repeat(operand, length):
                count = length if isinstance(length, int) else self._const(length).value
                return Repeat(self.operand(operand), count)
            case Len(place):
                return Len(self.place(place))
            case Discriminant(place):
                return Discriminant(self.place(place))
            case _:
                assert_never(rvalue)

    def _cast(self, rvalue: Cast) -> Rvalue:
        kind = rvalue.kind
        if kind is CastKind.UNSIZE:
            source = self.operand_type(rvalue.operand)
            target = self.concrete(rvalue.type)
            made = Unsizer(self.mono, self.writer).coerce(
                self.operand(rvalue.operand), source, target
            )
            return Use(made)
        if kind is CastKind.REIFY:
            item = self.operand_type(rvalue.operand)
            assert isinstance(item, FnDefType)
            return Use(self._function(PointerKey(item.definition, item.arguments), rvalue.type))
        if kind is CastKind.CLOSURE:
            closure = self.operand_type(rvalue.operand)
            assert isinstance(closure, ClosureType)
            return Use(self._function(ClosureKey(closure), rvalue.type))
        return Cast(kind, self.operand(rvalue.operand), self._plain(rvalue.type))

    def _function(self, key: PointerKey | ClosureKey, ty: Type) -> Operand:
        return AddressConst(self.mono.symbol(key), 0, self._plain(ty))

    # --------------------------------------------------------------------------------- terminators

    def _block(self, block: Block) -> Block:
        return self._map[block]

    def _unwind(self, unwind: Block | None, *, cleanup: bool) -> Block | None:
        if unwind is not None:
            return self._map[unwind]
        stops = cleanup or not self.writer.type.unwinds
        return self.caller.abort_block() if stops else None

    def _terminator(self, terminator: Terminator, *, cleanup: bool) -> None:
        writer = self.writer
        span, scope = terminator.span, terminator.scope
        match terminator:
            case Goto(target):
                writer.goto(self._map[target])
            case Switch(operand, targets, otherwise):
                pairs = tuple((value, self._map[block]) for value, block in targets)
                writer.end(Switch(self.operand(operand), pairs, self._map[otherwise], span, scope))
            case Call():
                self._call(terminator, cleanup=cleanup)
            case Drop(place, target, unwind=unwind):
                site = Site(None, self._map[target], self._unwind(unwind, cleanup=cleanup))
                self._drop(place, site)
            case Assert():
                self._assert(terminator, cleanup=cleanup)
            case Resume() if not writer.type.unwinds:
                writer.goto(self.caller.abort_block())
            case Return() | Unreachable() | Resume():
                writer.end(terminator)
            case _:
                raise AssertionError(terminator)

    def _drop(self, place: Place, site: Site) -> None:
        self.caller.drop_place(self.place_type(place), self.place(place), site)

    def _call(self, call: Call, *, cleanup: bool) -> None:
        assert not isinstance(call.callee, (str, Intrinsic))
        given = [self.operand(one) for one in call.arguments]
        site = Site(
            None if call.destination is None else self.place(call.destination),
            None if call.target is None else self._map[call.target],
            self._unwind(call.unwind, cleanup=cleanup),
            call.receiver_span,
        )
        ty = self.operand_type(call.callee)
        if isinstance(ty, FnDefType):
            self._call_item(ty, given, site)
            return
        assert isinstance(ty, FnPtrType), ty
        plain = self.mono.types.plain(ty)
        assert isinstance(plain, PointerType)
        assert isinstance(plain.pointee, FunctionType)
        self.caller.pointer(self.operand(call.callee), plain.pointee, given, site)

    def _call_item(self, ty: FnDefType, given: list[Operand], site: Site) -> None:
        called = ty.definition
        if not self._held or not isinstance(called, Function) or not called.span.in_std:
            self.caller.item(called, ty.arguments, given, site)
            return
        promises.before_call(self.caller, called, ty.arguments, given)
        if called.lang == "drop_in_place":
            promises.pointee_exists(self.caller, given[0])
        to, target = site.destination, site.target
        signature = called.signature
        unsafe = signature is not None and signature.unsafe
        if to is None or target is None or not unsafe:
            self.caller.item(called, ty.arguments, given, site)
            return
        after = self.writer.block()
        self.caller.item(called, ty.arguments, given, replace(site, target=after))
        self.writer.start(after)
        self._hold_value(to)
        self.writer.goto(target)

    def _assert(self, check: Assert, *, cleanup: bool) -> None:
        writer = self.writer
        operand = self.operand(check.operand)
        shown = [self.operand(one) for one in check.operands]
        failed, passed = writer.block(), self._map[check.target]
        zero, other = (failed, passed) if check.expected else (passed, failed)
        writer.end(Switch(operand, ((0, zero),), other, check.span, check.scope))
        writer.start(failed)
        unwind = self._unwind(check.unwind, cleanup=cleanup)
        panic, given = _panic(check, shown)
        self.caller.item(self.mono.lang(panic), (), given, Site(None, None, unwind))


_DIVISIONS = {
    AssertKind.DIVISION_BY_ZERO: "panic_const_div_by_zero",
    AssertKind.REMAINDER_BY_ZERO: "panic_const_rem_by_zero",
}


def _panic(check: Assert, shown: list[Operand]) -> tuple[str, list[Operand]]:
    """Return the lang item that words a failed assertion, and what it is told."""
    if check.kind is AssertKind.BOUNDS:
        length, index = shown
        return "panic_bounds_check", [index, length]
    if check.kind is AssertKind.OVERFLOW:
        assert check.op is not None
        return f"panic_const_{check.op.value}_overflow", []
    return _DIVISIONS[check.kind], []


def _cleanup_blocks(body: Body) -> set[Block]:
    """Return the blocks that run while a panic unwinds."""
    found: set[Block] = set()
    pending = [
        unwind
        for block in body.blocks
        if (unwind := getattr(block.terminator, "unwind", None)) is not None
    ]
    while pending:
        block = pending.pop()
        if block not in found:
            found.add(block)
            pending += targets_of(body.blocks[block].terminator)
    return found
