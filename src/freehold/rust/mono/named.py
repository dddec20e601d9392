"""Constants and statics: evaluated once, then operands or globals."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import UNSUPPORTED
from freehold.diagnostics.codes_rust import CYCLE
from freehold.diagnostics.codes_rust_mono import CONSTANT_FAILED
from freehold.mir.body import Global, Linkage, Relocation
from freehold.mir.values import (
    AddressConst,
    Copy,
    FloatConst,
    IntConst,
    NullConst,
    Operand,
    Place,
    Symbol,
    ZeroConst,
)
from freehold.rust.items import Constant, Constructor, Static
from freehold.rust.mono.interpret.machine import Machine
from freehold.rust.mono.interpret.memory import (
    Allocation,
    EvaluationError,
    Pointer,
    is_frozen,
    load,
)
from freehold.rust.mono.keys import Arguments, BodyKey
from freehold.rust.mono.program import Mono, Unavailable
from freehold.source import Span
from freehold.types import (
    BoolType,
    CharType,
    FloatType,
    IntType,
    PointerType,
    Type,
    is_wide,
    size_of,
)
from freehold.types.generic import Definition

_NUMBERS = (IntType, BoolType, CharType)


def named_constant(mono: Mono, definition: Definition, arguments: Arguments, ty: Type) -> Operand:
    """Return the value of a constant, of plain type `ty`, as an operand."""
    key = ("constant", definition, arguments)
    known = mono.memo.get(key)
    if known is _BEGUN:
        what = f"evaluating `{definition.path}`"
        raise Unavailable(Diagnostic(CYCLE, definition.span, {"what": what}))
    if known is None:
        mono.memo[key] = _BEGUN
        try:
            known = _Operand(_evaluate(mono, definition, arguments, ty))
        finally:
            del mono.memo[key]
        mono.memo[key] = known
    assert isinstance(known, _Operand)
    return known.operand


_BEGUN = object()  # a constant that is being evaluated: it must not need itself


class _Operand:
    __slots__ = ("operand",)

    def __init__(self, operand: Operand) -> None:
        self.operand = operand


def static_address(mono: Mono, definition: Definition, ty: Type) -> Operand:
    """Return the address of a static; it is evaluated when it is reached."""
    assert isinstance(definition, Static)
    key = ("static", definition)
    known = mono.memo.get(key)
    if known is None:
        known = mono.memo[key] = _static_symbol(mono, definition)
    assert isinstance(known, str)
    return AddressConst(Symbol(known), 0, ty)


def _static_symbol(mono: Mono, definition: Static) -> Symbol:
    name = mono.namer.definition(definition)
    there = None if name is None else mono.compiled.statics.get(name)
    if there is not None:
        plain = mono.types.plain(mono.constant_type(definition, ()))
        mono.made[there] = Global(there, definition.name, plain, None, definition.span)
        return there
    prefix = "std." if mono.numbered else ""
    symbol = Symbol(mono.unique(f"{prefix}{definition.name}"))
    mono.lazy[symbol] = lambda: _static(mono, definition, symbol)
    if name is not None:
        mono.statics[name] = symbol
    return symbol


def _static(mono: Mono, definition: Static, symbol: Symbol) -> Global:
    plain = mono.types.plain(mono.constant_type(definition, ()))
    memory = _run(mono, BodyKey(definition, ()), definition.span)
    mutable = definition.mutable or not is_frozen(plain)
    return _Interner(mono, definition.span, mutable=mutable).make(
        memory, plain, symbol, definition.name
    )


def _evaluate(mono: Mono, definition: Definition, arguments: Arguments, ty: Type) -> Operand:
    instance = mono.instances.resolve(definition, arguments)
    if instance is None:
        raise LookupError(f"no impl has {definition.path}")
    found = instance.definition
    assert not isinstance(found, Constructor)
    memory = _run(mono, BodyKey(found, instance.arguments), found.span)
    return _operand(mono, memory, ty, found)


def constant_value(mono: Mono, definition: Definition, arguments: Arguments) -> int:
    """Return the value of a constant that is an integer, bool or char."""
    plain = mono.types.plain(mono.constant_type(definition, arguments))
    value = load(Pointer(_run(mono, BodyKey(definition, arguments), definition.span), 0), plain)
    assert isinstance(value, int)
    return value


def evaluated(mono: Mono, item: Constant | Static) -> Allocation:
    """Return the bytes of a constant or static without generic parameters."""
    return _run(mono, BodyKey(item, ()), item.span)


def machine(mono: Mono) -> Machine:
    """Return the machine that runs constants of this program."""
    known = mono.memo.get("machine")
    if known is None:
        known = mono.memo["machine"] = Machine(
            mono.body,
            mono.global_of,
            lambda symbol: _panic_text(mono, symbol),
            mono.externs.__contains__,
        )
    assert isinstance(known, Machine)
    return known


def _run(mono: Mono, key: BodyKey, span: Span) -> Allocation:
    runner = machine(mono)
    depth = len(runner.frames)
    try:
        return runner.call(mono.symbol(key), [])
    except EvaluationError as error:
        first = runner.frames[depth].span if len(runner.frames) > depth else span
        del runner.frames[depth:]
        if error.unsupported:
            found = Diagnostic(UNSUPPORTED, first, {"what": error.what})
        else:
            found = Diagnostic(CONSTANT_FAILED, first, {"what": error.what})
        raise Unavailable(found) from error


_PANICS = {
    "panic": "",
    "panic_fmt": "",
    "panic_bounds_check": "index out of bounds",
    "panic_const_add_overflow": "attempt to add with overflow",
    "panic_const_sub_overflow": "attempt to subtract with overflow",
    "panic_const_mul_overflow": "attempt to multiply with overflow",
    "panic_const_div_overflow": "attempt to divide with overflow",
    "panic_const_rem_overflow": "attempt to calculate the remainder with overflow",
    "panic_const_neg_overflow": "attempt to negate with overflow",
    "panic_const_shl_overflow": "attempt to shift left with overflow",
    "panic_const_shr_overflow": "attempt to shift right with overflow",
    "panic_const_div_by_zero": "attempt to divide by zero",
    "panic_const_rem_by_zero": "attempt to calculate the remainder with a divisor of zero",
}


def _panic_text(mono: Mono, symbol: Symbol) -> str | None:
    """Return the words of a function that panics, "" if its argument has them; else None."""
    key = mono.keys.get(symbol)
    if not isinstance(key, BodyKey):
        return None
    return _PANICS.get(getattr(key.definition, "lang", ""))


# ------------------------------------------------------------------------------- values as globals


def _operand(mono: Mono, memory: Allocation, ty: Type, definition: Definition) -> Operand:
    interner = _Interner(mono, definition.span, mutable=False)
    if size_of(ty) == 0:
        return ZeroConst(ty)
    if isinstance(ty, (*_NUMBERS, FloatType)) or (isinstance(ty, PointerType) and not is_wide(ty)):
        value = load(Pointer(memory, 0), ty)
        if isinstance(value, int) and isinstance(ty, _NUMBERS):
            return IntConst(value, ty)
        if isinstance(value, float):
            return FloatConst(value.hex() if abs(value) < float("inf") else str(value), ty)
        if isinstance(value, Pointer) and value.allocation is not None:
            return AddressConst(interner.symbol(value.allocation), value.offset, ty)
        if isinstance(value, Pointer):
            return IntConst(value.offset, ty) if value.offset else NullConst(ty)
    symbol = Symbol(mono.unique(definition.name or "constant"))
    mono.add_global(interner.make(memory, ty, symbol, definition.name))
    return Copy(Place(symbol))


class _Interner:
    """Makes globals of the memory of constants, and of all that it points to."""

    def __init__(self, mono: Mono, span: Span, *, mutable: bool) -> None:
        self._mono = mono
        self._span = span
        self._mutable = mutable

    def make(self, memory: Allocation, ty: Type, symbol: Symbol, name: str) -> Global:
        """Return the global for `memory`."""
        memory.symbol = symbol
        held = tuple(
            Relocation(offset, self.symbol(pointer.allocation), pointer.offset)
            for offset, pointer in sorted(memory.pointers.items())
            if pointer.allocation is not None
        )
        data = bytearray(memory.data)
        for one in held:
            data[one.offset : one.offset + 8] = bytes(8)
        return Global(
            symbol,
            name,
            ty,
            bytes(data),
            self._span,
            held,
            memory.size,
            max(memory.align, 1),
            constant=not self._mutable,
            linkage=Linkage.INTERNAL,
        )

    def symbol(self, memory: Allocation) -> Symbol:
        """Return the symbol of an allocation that something points to."""
        if memory.symbol is None:
            symbol = Symbol(self._mono.unique("constant"))
            ty = memory.type
            assert ty is not None
            self._mono.add_global(self.make(memory, ty, symbol, "a constant"))
        assert memory.symbol is not None
        return memory.symbol
