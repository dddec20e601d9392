"""Calls: what a callee with concrete arguments is, and how it is called."""

from collections.abc import Sequence
from dataclasses import replace

from freehold.mir.body import Extern
from freehold.mir.statements import Intrinsic
from freehold.mir.values import Aggregate, Block, Copy, Deref, Move, Operand, Place, Symbol, Use
from freehold.rust.items import Constructor, Function
from freehold.rust.mono.glue import drop_call
from freehold.rust.mono.intrinsics import intrinsic
from freehold.rust.mono.keys import Arguments, BodyKey, CloneKey, OnceKey
from freehold.rust.mono.locations import location
from freehold.rust.mono.program import Mono
from freehold.rust.mono.sites import Site
from freehold.rust.mono.vtables import slot_of
from freehold.rust.mono.writer import Writer, field, part, pointer_path
from freehold.rust.traits import Instance, Shim
from freehold.types import (
    VOID,
    Adt,
    FunctionType,
    NeverType,
    PointerKind,
    PointerType,
    Type,
    is_wide,
    unsized_tail,
)
from freehold.types.generic import (
    ClosureDef,
    ClosureKind,
    ClosureType,
    Definition,
    FnDefType,
    FnPtrType,
    type_argument,
)

THIN = PointerType(VOID, PointerKind.RAW_MUT)


class Caller:
    """Writes calls into one body. `caller` is its own hidden location, if it has one."""

    def __init__(self, mono: Mono, writer: Writer, caller: Operand | None = None) -> None:
        """Write into `writer`."""
        self.mono = mono
        self.writer = writer
        self.caller = caller
        self._abort: Block | None = None

    # ------------------------------------------------------------------------------------ by item

    def item(
        self, definition: Definition, arguments: Arguments, given: Sequence[Operand], site: Site
    ) -> None:
        """Call an item with concrete, normalised arguments."""
        instance = self.mono.instances.resolve(definition, arguments)
        if instance is None:
            raise LookupError(f"no impl has {definition.path}")
        match instance.shim:
            case Shim.NONE:
                self._known(instance.definition, instance.arguments, given, site)
            case Shim.CLOSURE:
                self._closure(instance, given, site)
            case Shim.FUNCTION:
                self._function(type_argument(instance.arguments, 0), given, site)
            case Shim.CLONE:
                key = CloneKey(type_argument(instance.arguments, 0))
                self.direct(self.mono.symbol(key), self.mono.function_type(key), given, site)
            case Shim.VIRTUAL:
                self._virtual(instance, given, site)

    def _known(
        self, definition: Definition, arguments: Arguments, given: Sequence[Operand], site: Site
    ) -> None:
        if isinstance(definition, Constructor):
            self._construct(definition, arguments, given, site)
            return
        assert isinstance(definition, Function), definition.path
        if definition.lang == "drop_in_place":
            self.drop_pointee(type_argument(arguments, 0), given[0], site)
        elif definition.intrinsic:
            intrinsic(self, definition, arguments, given, site)
        elif definition.foreign:
            self._foreign(definition, given, site)
        else:
            key = BodyKey(definition, arguments)
            passed = list(given)
            if self.mono.is_tracked(definition):
                passed.append(self.location(site))
            self.direct(self.mono.symbol(key), self.mono.function_type(key), passed, site)

    def location(self, site: Site) -> Operand:
        """Return the location that a `#[track_caller]` function called here is told."""
        return self.caller or location(self.mono, site.named or self.writer.span)

    def direct(
        self, symbol: Symbol, ty: FunctionType, given: Sequence[Operand], site: Site
    ) -> None:
        """Call a function of the program."""
        target = None if _never(ty) else site.target
        self.writer.call(symbol, ty, given, site.destination, target, site.unwind)

    def _construct(
        self, definition: Constructor, arguments: Arguments, given: Sequence[Operand], site: Site
    ) -> None:
        signature = self.mono.signature_of(definition, arguments)
        ty = self.mono.types.plain(signature.output)
        if site.destination is not None:
            made = Aggregate(ty, tuple(given), definition.variant)
            self.writer.assign(site.destination, made)
        assert site.target is not None
        self.writer.goto(site.target)

    def _foreign(self, definition: Function, given: Sequence[Operand], site: Site) -> None:
        if definition.name == "__freehold_panic":
            payload = self.writer.cast(given[2], PointerType(VOID, PointerKind.RAW_MUT))
            ty = FunctionType((THIN,), VOID, unwinds=True)
            self.writer.call(Intrinsic.PANIC, ty, [payload], None, None, site.unwind)
            return
        symbol, ty = foreign(self.mono, definition)
        self.direct(symbol, replace(ty, unwinds=False), given, site)

    # ---------------------------------------------------------------------------------- callables

    def _closure(self, instance: Instance, given: Sequence[Operand], site: Site) -> None:
        definition = instance.definition
        assert isinstance(definition, ClosureDef)
        assert instance.method is not None
        closure = ClosureType(definition, instance.arguments)
        own, rest = given[0], self._closure_arguments(closure, given[1])
        by_value = instance.method.name == "call_once"
        if by_value and definition.kind is not ClosureKind.FN_ONCE:
            key: BodyKey | OnceKey = OnceKey(closure)
        else:
            key = BodyKey(definition, instance.arguments)
            wanted = self.mono.types.plain(self.mono.closure_self(closure))
            if isinstance(wanted, PointerType) and not by_value:
                own = self.writer.cast(own, wanted)
        self.direct(self.mono.symbol(key), self.mono.function_type(key), [own, *rest], site)

    def _closure_arguments(self, closure: ClosureType, tuple_: Operand) -> list[Operand]:
        inputs, _ = self.mono.closure_signature(closure)
        return [part(tuple_, n, one) for n, one in enumerate(inputs)]

    def _function(self, self_type: Type, given: Sequence[Operand], site: Site) -> None:
        own, tuple_ = given
        if isinstance(self_type, FnDefType):
            signature = self.mono.signature_of(self_type.definition, self_type.arguments)
            types = map(self.mono.types.plain, signature.inputs)
            rest = [part(tuple_, n, one) for n, one in enumerate(types)]
            self.item(self_type.definition, self_type.arguments, rest, site)
            return
        assert isinstance(self_type, FnPtrType), self_type
        plain = self.mono.types.plain(self_type)
        assert isinstance(plain, PointerType)
        assert isinstance(plain.pointee, FunctionType)
        ty = plain.pointee
        rest = [part(tuple_, n, one) for n, one in enumerate(ty.parameters)]
        actual = self._operand_type(own)
        if isinstance(actual, PointerType) and not isinstance(actual.pointee, FunctionType):
            own = self.writer.let(plain, Use(Copy(field(self._place(own), Deref()))))
        self.pointer(own, ty, rest, site)

    def _operand_type(self, operand: Operand) -> Type:
        if isinstance(operand, (Copy, Move)):
            return self.writer.type_of(operand.place)
        return operand.type

    def _place(self, operand: Operand) -> Place:
        if isinstance(operand, (Copy, Move)):
            return operand.place
        local = self.writer.local(operand.type)
        self.writer.put(Place(local), operand)
        return Place(local)

    def pointer(
        self, callee: Operand, ty: FunctionType, given: Sequence[Operand], site: Site
    ) -> None:
        """Call through a function pointer."""
        target = None if _never(ty) else site.target
        self.writer.call(callee, ty, given, site.destination, target, site.unwind)

    # ------------------------------------------------------------------------------------- virtual

    def _virtual(self, instance: Instance, given: Sequence[Operand], site: Site) -> None:
        method, arguments = instance.definition, instance.arguments
        slot = slot_of(self.mono, type_argument(arguments, 0), method, arguments)
        wide = self._receiver(given[0])
        signature = self.mono.signature_of(method, arguments)
        rest = tuple(map(self.mono.types.plain, signature.inputs[1:]))
        result = self.mono.types.plain(signature.output)
        ty = FunctionType((THIN, *rest), result, unwinds=True)
        table, thin = self.writer.metadata(wide), self.writer.thin(wide)
        target = None if _never(ty) else site.target
        passed = [thin, *given[1:]]
        self.writer.call(table, ty, passed, site.destination, target, site.unwind, slot=slot)

    def _receiver(self, operand: Operand) -> Operand:
        """Return the wide pointer in a receiver; an unsized one by value is passed by address."""
        place = self._place(operand)
        ty = self.writer.type_of(place)
        if unsized_tail(ty) is not None:
            return self.writer.address(place)
        if isinstance(ty, Adt):
            place = field(place, *pointer_path(ty))
        assert is_wide(self.writer.type_of(place))
        return Copy(place)

    # --------------------------------------------------------------------------------------- drops

    def drop_pointee(self, ty: Type, pointer: Operand, site: Site) -> None:
        """Drop the value of concrete type `ty` that `pointer` points to."""
        assert site.target is not None
        if not self.mono.types.needs_drop(ty):
            self.writer.goto(site.target)
            return
        drop_call(self, ty, pointer, site)

    def drop_place(self, ty: Type, place: Place, site: Site) -> None:
        """Drop the value of concrete type `ty` at `place`."""
        assert site.target is not None
        if self.mono.types.needs_drop(ty):
            drop_call(self, ty, self.writer.address(place), site)
        else:
            self.writer.goto(site.target)

    def abort_block(self) -> Block:
        """Return the block where a panic goes that leaves a cleanup."""
        if self._abort is None:
            writer = self.writer
            opened = writer.current, writer.statements
            self._abort = writer.block()
            writer.start(self._abort)
            inside = self.writer.type.unwinds
            stop = self.mono.lang("panic_in_cleanup" if inside else "panic_cannot_unwind")
            self.item(stop, (), (), Site(None, None, None))
            writer.current, writer.statements = opened
        return self._abort


def _never(ty: FunctionType) -> bool:
    return isinstance(ty.result, NeverType)


def foreign(mono: Mono, definition: Function) -> tuple[Symbol, FunctionType]:
    """Return the symbol and type of a function of C's, declared in the program."""
    symbol = Symbol(definition.name)
    known = mono.externs.get(symbol)
    if known is None:
        signature = mono.signature_of(definition, ())
        ty = mono.types.function(signature)
        ty = replace(ty, unwinds=False)
        known = mono.externs[symbol] = Extern(symbol, ty, definition.span)
    return symbol, known.type
