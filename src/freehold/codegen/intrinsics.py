"""Operations that codegen makes in place: variable arguments, jumps, atomics, bit counting."""

from collections.abc import Callable

from freehold.codegen.bounds import FAULT, checked_address, descriptor_of, offset_in
from freehold.codegen.calls import function_entry, passed, put, unwind_label, vtable_word
from freehold.codegen.gaps import must_be_set_at
from freehold.codegen.lltypes import ir_type, is_aggregate, is_scalar, is_signed, vararg_type
from freehold.codegen.memory import (
    INLINE_BYTES,
    Where,
    copy_bytes,
    copy_inline,
    load_spot,
    may_switch,
    move,
    store_spot,
)
from freehold.codegen.places import locate
from freehold.codegen.shadow import MEMSET
from freehold.codegen.spot import Spot
from freehold.codegen.state import TBAA_DESCRIPTOR, FunctionState, Value
from freehold.codegen.values import FOREIGN, read
from freehold.mir.statements import Call, Intrinsic
from freehold.mir.values import Copy, IntConst, Move, Operand
from freehold.types import (
    ArrayType,
    BoolType,
    FunctionType,
    IntType,
    PointerType,
    Type,
    size_of,
)

QUIET = " nounwind"


def intrinsic(f: FunctionState, terminator: Call, which: Intrinsic) -> None:
    """Write one intrinsic call."""
    EMIT[which](f, terminator)


def _give(f: FunctionState, terminator: Call, value: Value) -> None:
    if terminator.destination is not None:
        put(f, terminator.destination, value)


def _pointers(f: FunctionState, terminator: Call) -> str:
    """Return all (pointer) arguments with their handles, for a run-time function."""
    parts = []
    for operand in terminator.arguments:
        value = read(f, operand)
        parts.append(f"ptr {value.ir}, i64 {value.handle}")
    return ", ".join(parts)


# --------------------------------------------------------------------------- variable arguments


def _va_start(f: FunctionState, terminator: Call) -> None:
    site = f.site()
    arguments = f"{_pointers(f, terminator)}, ptr %varargs, i32 {site}"
    f.call("void", "fh_va_start", arguments, site=site, tail=QUIET)


def _va_copy(f: FunctionState, terminator: Call) -> None:
    site = f.site()
    f.call("void", "fh_va_copy", f"{_pointers(f, terminator)}, i32 {site}", site=site, tail=QUIET)


def _va_end(f: FunctionState, terminator: Call) -> None:
    site = f.site()
    f.call("void", "fh_va_end", f"{_pointers(f, terminator)}, i32 {site}", site=site, tail=QUIET)


def _va_arg(f: FunctionState, terminator: Call) -> None:
    site = f.site()
    ty = terminator.type.result
    arguments = f"{_pointers(f, terminator)}, i32 {vararg_type(ty)}, i32 {site}"
    item = f.call("ptr", "fh_va_arg", arguments, site=site, tail=QUIET)
    at = f.let(f"getelementptr i8, ptr {item}, i64 16")
    if is_aggregate(ty):
        if terminator.destination is not None:
            address = f.let(f"load ptr, ptr {at}")
            size = size_of(ty)
            spot = locate(f, terminator.destination)
            there = checked_address(f, spot, size, write=True)
            copy_bytes(f, (there, spot.handle), (address, "0"), size)
        return
    value = f.let(f"load {ir_type(ty)}, ptr {at}, align 1")
    handle = "0"
    if isinstance(ty, PointerType):
        handle_at = f.let(f"getelementptr i8, ptr {item}, i64 8")
        handle = f.let(f"load i64, ptr {handle_at}")
    _give(f, terminator, Value(value, handle))


# --------------------------------------------------------------------------------------- memory


def _alloca(f: FunctionState, terminator: Call) -> None:
    size = read(f, terminator.arguments[0]).ir
    site = f.site()
    arguments = f"i64 {size}, i64 16, i32 10, i32 {site}"
    made = f.call("{ ptr, i64 }", "fh_dynamic_enter", arguments, site=site, tail=QUIET)
    pointer = f.let(f"extractvalue {{ ptr, i64 }} {made}, 0")
    _give(f, terminator, Value(pointer, f.let(f"extractvalue {{ ptr, i64 }} {made}, 1")))


def _object_size(f: FunctionState, terminator: Call) -> None:
    kind = terminator.arguments[1]
    unknown = "0" if getattr(kind, "value", 0) in {2, 3} else "-1"
    _give(f, terminator, Value(unknown))


def _aligned_range(
    f: FunctionState, operand: Operand, size: str, align: int, *, write: bool
) -> Where:
    """Return the address and handle of `operand`, after the checks of `size` bytes there."""
    value = read(f, operand)
    word = "write" if write else "read"
    site = f.site()
    arguments = f"ptr {value.ir}, i64 {value.handle}, i64 {size}, i64 {align}, i32 {site}"
    made = f.call("ptr", f"fh_range_{word}", arguments, site=site, tail=QUIET)
    return made, value.handle


def _constant(operand: Operand) -> int:
    assert isinstance(operand, IntConst)
    return operand.value


def _copy(*, apart: bool) -> Callable[[FunctionState, Call], None]:
    def emit(f: FunctionState, terminator: Call) -> None:
        to, source, size, align = terminator.arguments
        bytes_ = read(f, size).ir
        if bytes_ == "0":
            return
        if f.module.unchecked:
            move(f, read(f, to).ir, read(f, source).ir, bytes_)
            return
        here, here_handle = _checked(f, source, bytes_, _constant(align), write=False)
        there, handle = _checked(f, to, bytes_, _constant(align), write=True)
        if apart:
            site = f.site()
            arguments = f"ptr {there}, ptr {here}, i64 {bytes_}, i32 {site}"
            if not bytes_.isdigit():
                f.call("void", "fh_apart", arguments, site=site, tail=QUIET)
        if bytes_.isdigit() and int(bytes_) <= INLINE_BYTES:
            handles = int(bytes_) >= 8 and _constant(align) % 8 == 0
            copy_inline(f, (there, handle), here, int(bytes_), handles=handles)
        else:
            arguments = f"ptr {there}, i64 {handle}, ptr {here}, i64 {here_handle}, i64 {bytes_}"
            f.call("void", "fh_copy", arguments, tail=QUIET)

    return emit


def _checked(f: FunctionState, operand: Operand, size: str, align: int, *, write: bool) -> Where:
    """Return where `size` bytes may be accessed; a known size is checked in place."""
    if not size.isdigit():
        return _aligned_range(f, operand, size, align, write=write)
    value = read(f, operand)
    whole = ArrayType(IntType(8 * min(align, 8), signed=False), int(size) // min(align, 8))
    spot = Spot(value.ir, value.handle, whole, None, 0, raw=True)
    return checked_address(f, spot, int(size), write=write), value.handle


def _fill(f: FunctionState, terminator: Call) -> None:
    to, byte, size, align = terminator.arguments
    value, bytes_ = read(f, byte).ir, read(f, size).ir
    f.module.declare(MEMSET, f"declare void @{MEMSET}(ptr, i8, i64, i1)")
    if f.module.unchecked:
        f.line(f"call void @{MEMSET}(ptr {read(f, to).ir}, i8 {value}, i64 {bytes_}, i1 false)")
        return
    there, handle = _aligned_range(f, to, bytes_, _constant(align), write=True)
    f.line(f"call void @{MEMSET}(ptr {there}, i8 {value}, i64 {bytes_}, i1 false)")
    f.call("void", "fh_wrote", f"ptr {there}, i64 {handle}, i64 {bytes_}", tail=QUIET)


def _initialised(f: FunctionState, terminator: Call) -> None:
    operand = terminator.arguments[0]
    if is_scalar(f.typer.operand(operand)):
        read(f, operand)
    elif isinstance(operand, (Copy, Move)):
        must_be_set_at(f, locate(f, operand.place))


def _in_bounds(f: FunctionState, terminator: Call) -> None:
    if f.module.unchecked:
        return
    pointer, count = (read(f, one) for one in terminator.arguments)
    descriptor = descriptor_of(f, pointer.handle)
    start = offset_in(f, descriptor, pointer.ir, pointer.handle)
    size_at = f.let(f"getelementptr i8, ptr {descriptor}, i64 8")
    extent = f.let(f"load i64, ptr {size_at}, align 8, !tbaa !{TBAA_DESCRIPTOR}")
    end = f.let(f"add i64 {start}, {count.ir}")
    inside = [f.let(f"icmp ule i64 {one}, {extent}") for one in (start, end)]
    stays = f.let(f"icmp eq i64 {count.ir}, 0")
    ok = f.let(f"or i1 {f.let(f'and i1 {inside[0]}, {inside[1]}')}, {stays}")
    if f.leave_unless(ok):
        return
    good, bad = f.label("inside"), f.label("outside")
    f.branch(ok, good, bad, likely=True)
    f.start(bad)
    site = f.site()
    arguments = f"ptr {pointer.ir}, i64 {pointer.handle}, i64 {count.ir}, i32 {site}"
    f.call("void", "fh_fault_offset", arguments, site=site, tail=FAULT)
    f.jump(good)
    f.start(good)


# --------------------------------------------------------------------------------------- panics


def _panic(f: FunctionState, terminator: Call) -> None:
    payload = read(f, terminator.arguments[0])
    f.module.declare("fh_panic", "@fh_panic = external global { ptr, i64 }")
    f.line(f"store ptr {payload.ir}, ptr @fh_panic")
    at = "getelementptr (i8, ptr @fh_panic, i64 8)"
    f.line(f"store i64 {payload.handle}, ptr {at}")
    f.jump(unwind_label(f, terminator))
    f.start(f.label("after"))


def _catch(f: FunctionState, terminator: Call) -> None:
    body, data, handler = terminator.arguments
    result = f.slot("i32")
    f.line(f"store i32 0, ptr {result}")
    caught, done = f.label("caught"), f.label("uncaught")
    given = ", ".join(passed(read(f, data), f.typer.operand(data)))
    ty = f.typer.operand(body)
    assert isinstance(ty, PointerType)
    assert isinstance(ty.pointee, FunctionType)
    entry = function_entry(f, read(f, body), ty.pointee)
    status = f.let(f"call i1 {entry}({given}){f.debug(f.site())}")
    f.branch(status, caught, done)
    f.start(caught)
    f.line(f"store i32 1, ptr {result}")
    f.module.declare("fh_panic", "@fh_panic = external global { ptr, i64 }")
    payload = f.let("load ptr, ptr @fh_panic")
    handle = f.let("load i64, ptr getelementptr (i8, ptr @fh_panic, i64 8)")
    kind = f.typer.operand(handler)
    assert isinstance(kind, PointerType)
    assert isinstance(kind.pointee, FunctionType)
    entry = function_entry(f, read(f, handler), kind.pointee)
    given = f"{given}, ptr {payload}, i64 {handle}"
    f.line(f"call i1 {entry}({given}){f.debug(f.site())}")
    f.jump(done)
    f.start(done)
    _give(f, terminator, Value(f.let(f"load i32, ptr {result}")))


def _vtable_word(f: FunctionState, terminator: Call) -> None:
    table, number = terminator.arguments
    _give(f, terminator, Value(vtable_word(f, table, _constant(number))))


# ---------------------------------------------------------------------------------------- jumps


def _setjmp(f: FunctionState, terminator: Call) -> None:
    value = read(f, terminator.arguments[0])
    site = f.site()
    if f.module.trusted:
        buffer = value.ir
    else:
        arguments = f"ptr {value.ir}, i64 {value.handle}, i32 {site}"
        buffer = f.call("ptr", "fh_setjmp_enter", arguments, site=site, tail=QUIET)
    keep = f"i32 {read(f, terminator.arguments[1]).ir}" if terminator.arguments[1:] else "i32 0"
    name = "__sigsetjmp"
    f.module.declare(name, f'declare i32 @"{name}"(ptr, i32) returns_twice nounwind')
    made = f.let(f'call i32 @"{name}"(ptr {buffer}, {keep}) returns_twice{f.debug(site)}')
    _give(f, terminator, Value(made))


def _longjmp(f: FunctionState, terminator: Call) -> None:
    value = read(f, terminator.arguments[0])
    result = read(f, terminator.arguments[1]).ir
    site = f.site()
    if f.module.trusted:
        plain = f"ptr {value.ir}, i32 {result}"
        f.call("void", "siglongjmp", plain, site=site, tail=" noreturn nounwind")
        return
    arguments = f"ptr {value.ir}, i64 {value.handle}, i32 {result}, i32 {site}"
    f.call("void", "fh_longjmp", arguments, site=site, tail=" noreturn nounwind")


def _trap(f: FunctionState, terminator: Call) -> None:
    if f.module.trusted:
        f.module.declare("llvm.trap", "declare void @llvm.trap()")
        f.line("call void @llvm.trap()")
        return
    site = f.site()
    f.call("void", "fh_trap", f"i32 {site}", site=site, tail=" cold nounwind")


def _unreachable(f: FunctionState, terminator: Call) -> None:
    if f.module.unchecked:
        return
    site = f.site()
    name = "fh_fault_unreachable"
    f.call("void", name, f"i32 {site}", site=site, tail=" cold nounwind")


def _frame_address(f: FunctionState, terminator: Call) -> None:
    f.module.declare("llvm.frameaddress.p0", "declare ptr @llvm.frameaddress.p0(i32)")
    depth = read(f, terminator.arguments[0]).ir if terminator.arguments else "0"
    made = f.let(f"call ptr @llvm.frameaddress.p0(i32 {depth})")
    _give(f, terminator, Value(made, FOREIGN))


def _return_address(f: FunctionState, terminator: Call) -> None:
    f.module.declare("llvm.returnaddress", "declare ptr @llvm.returnaddress(i32)")
    depth = read(f, terminator.arguments[0]).ir if terminator.arguments else "0"
    made = f.let(f"call ptr @llvm.returnaddress(i32 {depth})")
    _give(f, terminator, Value(made, FOREIGN))


# ----------------------------------------------------------------------------------------- bits


def _bits(name: str, *, poison: bool) -> Callable[[FunctionState, Call], None]:
    def emit(f: FunctionState, terminator: Call) -> None:
        operand = terminator.arguments[0]
        value = read(f, operand).ir
        kind = ir_type(f.typer.operand(operand))
        more = ", i1 false" if poison else ""
        parameters = f"{kind}, i1" if poison else kind
        function = f"llvm.{name}.{kind}"
        f.module.declare(function, f"declare {kind} @{function}({parameters})")
        made = f.let(f"call {kind} @{function}({kind} {value}{more})")
        _give(f, terminator, Value(_fit(f, made, kind, terminator)))

    return emit


def _funnel(name: str) -> Callable[[FunctionState, Call], None]:
    def emit(f: FunctionState, terminator: Call) -> None:
        operand, count = terminator.arguments
        value, by = read(f, operand).ir, read(f, count).ir
        ty = f.typer.operand(operand)
        kind = ir_type(ty)
        by = _int_fit(f, by, f.typer.operand(count), ty)
        function = f"llvm.{name}.{kind}"
        f.module.declare(function, f"declare {kind} @{function}({kind}, {kind}, {kind})")
        text = f"call {kind} @{function}({kind} {value}, {kind} {value}, {kind} {by})"
        _give(f, terminator, Value(f.let(text)))

    return emit


def _int_fit(f: FunctionState, value: str, source: Type, wanted: Type) -> str:
    old, new = ir_type(source), ir_type(wanted)
    if old == new:
        return value
    word = "trunc" if int(old[1:]) > int(new[1:]) else "zext"
    return f.let(f"{word} {old} {value} to {new}")


def _saturating(name: str) -> Callable[[FunctionState, Call], None]:
    def emit(f: FunctionState, terminator: Call) -> None:
        left, right = terminator.arguments
        ty = f.typer.operand(left)
        kind = ir_type(ty)
        function = f"llvm.{'s' if is_signed(ty) else 'u'}{name}.sat.{kind}"
        f.module.declare(function, f"declare {kind} @{function}({kind}, {kind})")
        text = f"call {kind} @{function}({kind} {read(f, left).ir}, {kind} {read(f, right).ir})"
        _give(f, terminator, Value(f.let(text)))

    return emit


def _fit(f: FunctionState, value: str, kind: str, terminator: Call) -> str:
    wanted = ir_type(terminator.type.result)
    if wanted == kind:
        return value
    word = "trunc" if int(kind[1:]) > int(wanted[1:]) else "zext"
    return f.let(f"{word} {kind} {value} to {wanted}")


def _overflow(op: str) -> Callable[[FunctionState, Call], None]:
    def emit(f: FunctionState, terminator: Call) -> None:
        left, right, pointer = terminator.arguments
        target = f.typer.operand(pointer)
        assert isinstance(target, PointerType)
        result = target.pointee
        assert isinstance(result, (IntType, BoolType))
        types = [f.typer.operand(left), f.typer.operand(right), result]
        # Wide enough for the exact result of any pair of operands.
        width = 2 * max(int(ir_type(ty)[1:]) for ty in types) + 2
        a, b = (_widen(f, read(f, side).ir, f.typer.operand(side), width) for side in (left, right))
        exact = f.let(f"{op} i{width} {a}, {b}")
        kind = ir_type(result)
        small = f.let(f"trunc i{width} {exact} to {kind}")
        back = _widen(f, small, result, width)
        wrong = f.let(f"icmp ne i{width} {back}, {exact}")
        where = read(f, pointer)
        spot = Spot(where.ir, where.handle, result, None, None)
        store_spot(f, spot, Value(small))
        _give(f, terminator, Value(f.let(f"zext i1 {wrong} to i8")))

    return emit


def _widen(f: FunctionState, value: str, ty: Type, width: int) -> str:
    word = "sext" if is_signed(ty) else "zext"
    return f.let(f"{word} {ir_type(ty)} {value} to i{width}")


# -------------------------------------------------------------------------------------- atomics


def _target(f: FunctionState, terminator: Call, *, write: bool) -> tuple[str, Type]:
    operand = terminator.arguments[0]
    ty = f.typer.operand(operand)
    assert isinstance(ty, PointerType)
    value = read(f, operand)
    spot = Spot(value.ir, value.handle, ty.pointee, None, None)
    return checked_address(f, spot, size_of(ty.pointee), write=write), ty.pointee


def _atomic_load(f: FunctionState, terminator: Call) -> None:
    operand = terminator.arguments[0]
    ty = f.typer.operand(operand)
    assert isinstance(ty, PointerType)
    value = read(f, operand)
    spot = Spot(value.ir, value.handle, ty.pointee, None, None, atomic=True)
    _give(f, terminator, load_spot(f, spot, carry=False))


def _atomic_store(f: FunctionState, terminator: Call) -> None:
    operand, new = terminator.arguments[:2]
    ty = f.typer.operand(operand)
    assert isinstance(ty, PointerType)
    value = read(f, operand)
    spot = Spot(value.ir, value.handle, ty.pointee, None, None, atomic=True)
    store_spot(f, spot, read(f, new))


def _rmw(op: str) -> Callable[[FunctionState, Call], None]:
    def emit(f: FunctionState, terminator: Call) -> None:
        if not f.module.trusted:
            may_switch(f)
        address, ty = _target(f, terminator, write=True)
        value = read(f, terminator.arguments[1])
        kind = ir_type(ty)
        if isinstance(ty, PointerType):
            number = f.let(f"ptrtoint ptr {value.ir} to i64")
            old = f.let(f"atomicrmw {op} ptr {address}, i64 {number} seq_cst")
            pointer = f.let(f"inttoptr i64 {old} to ptr")
            handle = "0"
            if not f.module.unchecked:
                handle = f.call(
                    "i64", "fh_load_handle", f"ptr {address}, ptr {pointer}", tail=QUIET
                )
                arguments = f"ptr {address}, ptr {value.ir}, i64 {value.handle}"
                f.call("void", "fh_store_pointer", arguments, tail=QUIET)
            _give(f, terminator, Value(pointer, handle))
            return
        made = f.let(f"atomicrmw {op} ptr {address}, {kind} {value.ir} seq_cst")
        if not f.module.unchecked:
            arguments = f"ptr {address}, i64 {size_of(ty)}"
            f.call("void", "fh_shadow_set", arguments, tail=QUIET)
        _give(f, terminator, Value(made))

    return emit


def _compare_exchange(f: FunctionState, terminator: Call) -> None:
    if not f.module.trusted:
        may_switch(f)
    address, ty = _target(f, terminator, write=True)
    kind = "i64" if isinstance(ty, PointerType) else ir_type(ty)
    expected = read(f, terminator.arguments[1])
    spot = Spot(expected.ir, expected.handle, ty, None, None)
    at = checked_address(f, spot, size_of(ty), write=True)
    wanted = f.let(f"load {kind}, ptr {at}, align 1")
    desired = read(f, terminator.arguments[2])
    new = desired.ir
    if isinstance(ty, PointerType):
        new = f.let(f"ptrtoint ptr {new} to i64")
    pair = f.let(f"cmpxchg ptr {address}, {kind} {wanted}, {kind} {new} seq_cst seq_cst")
    seen = f.let(f"extractvalue {{ {kind}, i1 }} {pair}, 0")
    ok = f.let(f"extractvalue {{ {kind}, i1 }} {pair}, 1")
    good, bad, done = f.label("swapped"), f.label("differed"), f.label("compared")
    f.branch(ok, good, bad)
    f.start(good)
    if not f.module.unchecked and isinstance(ty, PointerType):
        arguments = f"ptr {address}, ptr {desired.ir}, i64 {desired.handle}"
        f.call("void", "fh_store_pointer", arguments, tail=QUIET)
    f.jump(done)
    f.start(bad)
    f.line(f"store {kind} {seen}, ptr {at}, align 1")
    if not f.module.unchecked:
        f.call("void", "fh_shadow_set", f"ptr {at}, i64 {size_of(ty)}", tail=QUIET)
    f.jump(done)
    f.start(done)
    _give(f, terminator, Value(f.let(f"zext i1 {ok} to i8")))


def _fence(f: FunctionState, terminator: Call) -> None:
    f.line("fence seq_cst")


EMIT: dict[Intrinsic, Callable[[FunctionState, Call], None]] = {
    Intrinsic.VA_START: _va_start,
    Intrinsic.VA_ARG: _va_arg,
    Intrinsic.VA_COPY: _va_copy,
    Intrinsic.VA_END: _va_end,
    Intrinsic.ALLOCA: _alloca,
    Intrinsic.SETJMP: _setjmp,
    Intrinsic.LONGJMP: _longjmp,
    Intrinsic.TRAP: _trap,
    Intrinsic.UNREACHABLE: _unreachable,
    Intrinsic.CLZ: _bits("ctlz", poison=True),
    Intrinsic.CTZ: _bits("cttz", poison=True),
    Intrinsic.POPCOUNT: _bits("ctpop", poison=False),
    Intrinsic.BSWAP: _bits("bswap", poison=False),
    Intrinsic.ADD_OVERFLOW: _overflow("add"),
    Intrinsic.SUB_OVERFLOW: _overflow("sub"),
    Intrinsic.MUL_OVERFLOW: _overflow("mul"),
    Intrinsic.FRAME_ADDRESS: _frame_address,
    Intrinsic.RETURN_ADDRESS: _return_address,
    Intrinsic.OBJECT_SIZE: _object_size,
    Intrinsic.ATOMIC_LOAD: _atomic_load,
    Intrinsic.ATOMIC_STORE: _atomic_store,
    Intrinsic.ATOMIC_EXCHANGE: _rmw("xchg"),
    Intrinsic.ATOMIC_COMPARE_EXCHANGE: _compare_exchange,
    Intrinsic.ATOMIC_ADD: _rmw("add"),
    Intrinsic.ATOMIC_SUB: _rmw("sub"),
    Intrinsic.ATOMIC_AND: _rmw("and"),
    Intrinsic.ATOMIC_OR: _rmw("or"),
    Intrinsic.ATOMIC_XOR: _rmw("xor"),
    Intrinsic.ATOMIC_NAND: _rmw("nand"),
    Intrinsic.FENCE: _fence,
    Intrinsic.COPY: _copy(apart=False),
    Intrinsic.COPY_APART: _copy(apart=True),
    Intrinsic.IN_BOUNDS: _in_bounds,
    Intrinsic.INITIALISED: _initialised,
    Intrinsic.FILL: _fill,
    Intrinsic.SATURATING_ADD: _saturating("add"),
    Intrinsic.SATURATING_SUB: _saturating("sub"),
    Intrinsic.ROTATE_LEFT: _funnel("fshl"),
    Intrinsic.ROTATE_RIGHT: _funnel("fshr"),
    Intrinsic.BITREVERSE: _bits("bitreverse", poison=False),
    Intrinsic.VTABLE_WORD: _vtable_word,
    Intrinsic.PANIC: _panic,
    Intrinsic.CATCH: _catch,
}
