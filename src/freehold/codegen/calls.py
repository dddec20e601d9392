"""Calls: the internal convention, indirect calls, libc's wrappers, native functions."""

from dataclasses import replace

from freehold.codegen import abi
from freehold.codegen.bounds import checked_address, descriptor_of
from freehold.codegen.lltypes import (
    ir_type,
    is_aggregate,
    is_scalar,
    parts_of,
    result_type,
    signature_id,
    vararg_type,
)
from freehold.codegen.memory import (
    copy_bytes,
    set_padding,
    store_spot,
    zero_aggregate,
)
from freehold.codegen.module import quote
from freehold.codegen.places import locate
from freehold.codegen.plan import holds_pointers
from freehold.codegen.spot import Spot
from freehold.codegen.state import (
    TBAA_DESCRIPTOR,
    UNWOUND,
    FunctionState,
    Value,
)
from freehold.codegen.values import FOREIGN, constant, read, reinterpret
from freehold.mir.statements import Call, Intrinsic
from freehold.mir.values import Copy, Deref, Move, Operand, Place, Symbol
from freehold.runtime.libc import LIBC
from freehold.types import FunctionType, PointerType, Type, is_wide, size_of
from freehold.types.signature import is_nothing

ITEM = 32  # bytes of struct fh_vararg


def call(f: FunctionState, terminator: Call) -> None:
    """Write a call, and its result into its destination."""
    callee = terminator.callee
    assert not isinstance(callee, Intrinsic)
    if f.module.trusted:
        _native(f, terminator)
    elif isinstance(callee, str):
        _direct(f, terminator, callee)
    elif terminator.slot is not None:
        _virtual(f, terminator, callee, terminator.slot)
    else:
        _indirect(f, terminator, callee)


def _direct(f: FunctionState, terminator: Call, symbol: Symbol) -> None:
    if symbol in f.module.program.linked:
        _internal(f, terminator, quote(f"fi.{symbol}"), f.module.own_type(symbol))
        return
    body = f.module.program.bodies.get(symbol)
    if body is not None:
        actual = body.type
        if signature_id(actual) != signature_id(terminator.type) and not _compatible(
            actual, terminator, f
        ):
            _report_mismatch(f, symbol, terminator.type)
        _internal(f, terminator, quote(f"fi.{symbol}"), f.module.own_type(symbol))
        return
    known = LIBC.get(symbol)
    if known is None or known.native:
        _native(f, terminator)
        return
    _declare_wrapper(f, known.wrapper, known.signature, " cold" if known.noreturn else "")
    _internal(f, terminator, quote(known.wrapper), known.signature, lend=True)


def _compatible(actual: FunctionType, terminator: Call, f: FunctionState) -> bool:
    """Whether a call without a prototype passes what the function takes."""
    if terminator.type.prototype and actual.prototype:
        return False
    given = [f.typer.operand(operand) for operand in terminator.arguments]
    if len(given) < len(actual.parameters):
        return False
    return all(
        _same_class(a, b) for a, b in zip(given, actual.parameters, strict=False)
    ) and _same_class(terminator.type.result, actual.result)


def _same_class(a: Type, b: Type) -> bool:
    if is_nothing(a) or is_nothing(b):
        return is_nothing(a) == is_nothing(b)
    if is_scalar(a) and is_scalar(b):
        return ir_type(a) == ir_type(b)
    return is_scalar(a) == is_scalar(b) and size_of(a) == size_of(b)


def _report_mismatch(f: FunctionState, symbol: Symbol, ty: FunctionType) -> None:
    if symbol not in f.module.numbers:
        return
    site = f.site()
    address, handle = f.module.address(symbol), f.module.handle(symbol)
    arguments = f"ptr {address}, i64 {handle}, i64 {_signed(signature_id(ty))}, i32 {site}"
    f.call("ptr", "fh_call_check", arguments, site=site, tail=" nounwind")


def _signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number


# --------------------------------------------------------------------------------- convention


def parameter_types(ty: FunctionType) -> list[str]:
    """Return the LLVM parameter types in the internal convention."""
    out = ["ptr"] if is_aggregate(ty.result) else []
    for one in ty.parameters:
        out += parts_of(one) or ("ptr",)
    if ty.variadic:
        out.append("ptr")
    return out


def _declare_wrapper(f: FunctionState, name: str, ty: FunctionType, more: str) -> None:
    kinds, result = ", ".join(parameter_types(ty)), result_type(ty)
    f.module.declare(name, f"declare {result} {quote(name)}({kinds}) nounwind{more}")


def _internal(
    f: FunctionState, terminator: Call, callee: str, ty: FunctionType, *, lend: bool = False
) -> None:
    arguments: list[str] = []
    loans = _loans(f, terminator) if lend else []
    slot = ""
    into = ""
    if is_aggregate(ty.result):
        into = _result_place(f, terminator)
        slot = "" if into else temporary(f, size_of(ty.result))
        arguments.append(f"ptr {into or slot}")
    arguments += _arguments(f, terminator, ty, dict(loans))
    text = f"call {result_type(ty)} {callee}({', '.join(arguments)}){f.debug(f.site())}"
    if result_type(ty) == "void":
        f.line(text)
        value, status = Value("undef"), ""
    else:
        value, status = _value(f, f.let(text), ty)
    f.commit()
    value = _end_loans(f, loans, value)
    if status:
        _unless_panic(f, terminator, status)
    if slot:
        _store_aggregate(f, terminator.destination, slot, ty.result)
    elif is_scalar(ty.result):
        _finish(f, terminator, value, ty.result)


def _result_place(f: FunctionState, terminator: Call) -> str:
    """Return where a call may write its result at once; "" if the arguments may lie there, too."""
    place = terminator.destination
    if not f.module.unchecked or place is None or not isinstance(place.base, int):
        return ""
    if any(isinstance(one, Deref) for one in place.projections):
        return ""
    given = (one.place for one in terminator.arguments if isinstance(one, (Copy, Move)))
    return "" if any(one.base == place.base for one in given) else locate(f, place).address


def _unless_panic(f: FunctionState, terminator: Call, status: str) -> None:
    """Go to where a panic goes if `status` says that there is one."""
    after = f.label("returned")
    f.branch(f.let(f"xor i1 {status}, true"), after, unwind_label(f, terminator), likely=True)
    f.start(after)


def unwind_label(f: FunctionState, terminator: Call) -> str:
    """Return the label that a panic in `terminator` goes to."""
    if terminator.unwind is not None:
        return f.copies.label(terminator.unwind)
    f.unwound = True
    return UNWOUND


Loans = list[tuple[int, tuple[str, str]]]


def _loans(f: FunctionState, terminator: Call) -> Loans:
    """Return, by argument, the handles of array members lent to this call, and their owners'."""
    made: Loans = []
    for number, operand in enumerate(terminator.arguments):
        if not isinstance(operand, (Copy, Move)) or operand.place.projections:
            continue
        lent = f.lent.get(operand.place.base) if isinstance(operand.place.base, int) else None
        if lent is None:
            continue
        site = f.site(lent.member)
        owner = f.read_register(int(operand.place.base))
        arguments = f"ptr {owner.ir}, i64 {lent.size}, i64 {owner.handle}, i32 {site}"
        handle = f.call("i64", "fh_member_enter", arguments, site=site, tail=" nounwind")
        made.append((number, (handle, owner.handle)))
    return made


def _end_loans(f: FunctionState, loans: Loans, value: Value | None = None) -> Value:
    """End the loans; a result that came from one points into the whole object again."""
    result = value or Value("undef")
    for _, (handle, owner) in loans:
        f.call("void", "fh_member_exit", f"i64 {handle}", tail=" nounwind")
        if result.handle != "0":
            same = f.let(f"icmp eq i64 {result.handle}, {handle}")
            whole = f.let(f"select i1 {same}, i64 {owner}, i64 {result.handle}")
            result = Value(result.ir, whole, result.init, result.meta)
    return result


def _value(f: FunctionState, made: str, ty: FunctionType) -> tuple[Value, str]:
    """Take apart what a call of type `ty` returned: the value, and the status or ""."""
    kind = result_type(ty)
    count = len(parts_of(ty.result))
    if count + ty.unwinds == 1:
        return (Value("undef"), made) if ty.unwinds else (Value(made), "")
    parts = [f.let(f"extractvalue {kind} {made}, {n}") for n in range(count)]
    status = f.let(f"extractvalue {kind} {made}, {count}") if ty.unwinds else ""
    handle = parts[1] if count > 1 else "0"
    return Value(parts[0], handle, meta="".join(parts[2:])), status


def _finish(f: FunctionState, terminator: Call, value: Value, ty: Type) -> None:
    place = terminator.destination
    if place is None:
        return
    found = reinterpret(f, value, ty, f.typer.place(place))
    if found is not None:  # else the result is looked for where nothing was put
        put(f, place, found)


def put(f: FunctionState, place: Place, value: Value) -> None:
    """Store a scalar into a place."""
    base = place.base
    if isinstance(base, int) and not place.projections and f.plan.homes[base].register:
        f.write_register(base, value)
        return
    store_spot(f, locate(f, place), value)


def _store_aggregate(f: FunctionState, place: Place | None, slot: str, ty: Type) -> None:
    if place is None:
        return
    size = size_of(ty)
    spot = locate(f, place)
    there = checked_address(f, spot, size, write=True)
    copy_bytes(f, (there, spot.handle), (slot, "0"), size, handles=holds_pointers(ty))
    set_padding(f, spot, there, size)


def temporary(f: FunctionState, size: int) -> str:
    """Return memory of the frame that lives as long as the function."""
    if f.module.unchecked:
        return f.slot(f"[{size} x i8], align 16")
    offset = f.plan.reserve(size)
    return f.let(f"getelementptr i8, ptr %frame, i64 {offset}")


def _arguments(
    f: FunctionState, terminator: Call, ty: FunctionType, loans: dict[int, tuple[str, str]]
) -> list[str]:
    out: list[str] = []
    given = list(terminator.arguments)
    for number, wanted in enumerate(ty.parameters):
        if number >= len(given):
            out += _missing(wanted)
            continue
        passed = _argument(f, given[number], wanted)
        if number in loans:
            passed[1] = f"i64 {loans[number][0]}"
        out += passed
    if ty.variadic:
        out.append(f"ptr {varargs(f, given[len(ty.parameters) :])}")
    return out


def _missing(ty: Type) -> list[str]:
    return [f"{part} zeroinitializer" for part in parts_of(ty) or ("ptr",)]


def _argument(f: FunctionState, operand: Operand, wanted: Type) -> list[str]:
    actual = f.typer.operand(operand)
    if is_aggregate(wanted):
        if not is_aggregate(actual) or size_of(actual) != size_of(wanted):
            return ["ptr null"]
        return [f"ptr {_aggregate_address(f, operand)}"]
    if is_aggregate(actual) or is_nothing(actual):
        return _missing(wanted)
    value = reinterpret(f, read(f, operand), actual, wanted)
    if value is None:
        return _missing(wanted)
    if f.module.unchecked:
        value = replace(value, handle=FOREIGN)  # the run time takes it as it is
    return passed(value, wanted)


def passed(value: Value, ty: Type) -> list[str]:
    """Return the LLVM arguments that pass a scalar of type `ty`."""
    if not isinstance(ty, PointerType):
        return [f"{ir_type(ty)} {value.ir}"]
    wide = [f"i64 {value.meta}"] if is_wide(ty) else []
    return [f"ptr {value.ir}", f"i64 {value.handle}", *wide]


def _aggregate_address(f: FunctionState, operand: Operand) -> str:
    if isinstance(operand, (Copy, Move)):
        spot = locate(f, operand.place)
        size = size_of(spot.type)
        address = checked_address(f, spot, size, write=False)
        if address not in f.private:
            return address
        copy = temporary(f, size)  # with its shadow where the callee looks for it
        copy_bytes(f, (copy, "0"), (address, spot.handle), size, handles=holds_pointers(spot.type))
        return copy
    # A zero of an aggregate type.
    ty = f.typer.operand(operand)
    slot = temporary(f, size_of(ty))
    zero_aggregate(f, Spot(slot, "0", ty, size_of(ty), 0))
    return slot


def varargs(f: FunctionState, operands: list[Operand]) -> str:
    """Return the address of the argument block of a variadic call."""
    name = f"%va{len(f.entry)}"
    f.entry.append(f"{name} = alloca [{8 + ITEM * len(operands)} x i8], align 16")
    f.line(f"store i32 {len(operands)}, ptr {name}")
    for index, operand in enumerate(operands):
        ty = f.typer.operand(operand)
        at = f.let(f"getelementptr i8, ptr {name}, i64 {8 + ITEM * index}")
        f.line(f"store i32 {vararg_type(ty)}, ptr {at}")
        handle_at = f.let(f"getelementptr i8, ptr {at}, i64 8")
        value_at = f.let(f"getelementptr i8, ptr {at}, i64 16")
        if is_aggregate(ty):
            size_at = f.let(f"getelementptr i8, ptr {at}, i64 24")
            slot = temporary(f, size_of(ty))
            copy_bytes(f, (slot, "0"), (_aggregate_address(f, operand), "0"), size_of(ty))
            f.line(f"store ptr {slot}, ptr {value_at}")
            f.line(f"store i64 {size_of(ty)}, ptr {size_at}")
            continue
        value = read(f, operand)
        if isinstance(ty, PointerType):
            f.line(f"store i64 {value.handle}, ptr {handle_at}")
        f.line(f"store i64 0, ptr {value_at}")
        f.line(f"store {ir_type(ty)} {value.ir}, ptr {value_at}, align 1")
    return name


# ------------------------------------------------------------------------------ indirect calls


def _indirect(f: FunctionState, terminator: Call, callee: Operand) -> None:
    value = read(f, callee)
    entry = function_entry(f, value, terminator.type)
    if terminator.type.unwinds:  # no native function is of such a type
        _internal(f, terminator, entry, terminator.type)
        return
    found = f.let(f"icmp ne ptr {entry}, null")
    inner, outer, done = f.label("entry"), f.label("native"), f.label("called")
    f.branch(found, inner, outer, likely=True)
    checked = dict(f.checked)
    f.start(inner)
    _internal(f, terminator, entry, terminator.type)
    f.jump(done)
    f.start(outer)
    f.checked = checked  # what was checked on the one way is not checked on the other
    _native_call(f, terminator, value.ir)
    f.jump(done)
    f.start(done)


def function_entry(f: FunctionState, value: Value, ty: FunctionType) -> str:
    """Return the internal entry of a function pointer: from its descriptor when all agrees."""
    if f.module.unchecked:
        return value.ir
    signature = _signed(signature_id(ty))
    descriptor = descriptor_of(f, value.handle)
    base = f.let(f"load i64, ptr {descriptor}, align 16, !tbaa !{TBAA_DESCRIPTOR}")
    number = f.let(f"ptrtoint ptr {value.ir} to i64")
    tagged = f.let(f"add i64 {number}, {value.handle}")
    same = f.let(f"icmp eq i64 {base}, {tagged}")
    signature_at = f.let(f"getelementptr i8, ptr {descriptor}, i64 32")
    held = f.let(f"load i64, ptr {signature_at}, align 8, !tbaa !{TBAA_DESCRIPTOR}")
    agrees = f.let(f"icmp eq i64 {held}, {signature}")
    ok = f.let(f"and i1 {same}, {agrees}")
    fast, slow, join = f.label("known"), f.label("check"), f.label("target")
    f.branch(ok, fast, slow, likely=True)
    f.start(fast)
    entry_at = f.let(f"getelementptr i8, ptr {descriptor}, i64 56")
    known = f.let(f"load ptr, ptr {entry_at}, align 8, !tbaa !{TBAA_DESCRIPTOR}")
    f.jump(join)
    f.start(slow)
    site = f.site()
    arguments = f"ptr {value.ir}, i64 {value.handle}, i64 {signature}, i32 {site}"
    checked = f.call("ptr", "fh_call_check", arguments, site=site, tail=" nounwind")
    f.jump(join)
    f.start(join)
    return f.let(f"phi ptr [ {known}, %{fast} ], [ {checked}, %{slow} ]")


def _virtual(f: FunctionState, terminator: Call, table: Operand, slot: int) -> None:
    entry = f.let(f"inttoptr i64 {vtable_word(f, table, slot)} to ptr")
    _internal(f, terminator, entry, terminator.type)


def vtable_word(f: FunctionState, table: Operand, slot: int) -> str:
    """Return word number `slot` of the vtable at `table`, which is one of the program's."""
    address = f.let(f"inttoptr i64 {read(f, table).ir} to ptr")
    at = f.let(f"getelementptr i8, ptr {address}, i64 {8 * slot}")
    return f.let(f"load i64, ptr {at}, align 8, !tbaa !{TBAA_DESCRIPTOR}, !invariant.load !3")


# -------------------------------------------------------------------------------- native calls


def _native(f: FunctionState, terminator: Call) -> None:
    callee = terminator.callee
    if not isinstance(callee, str):
        assert not isinstance(callee, Intrinsic)
        _native_call(f, terminator, read(f, callee).ir)
        return
    if f.module.trusted:
        _declare_native(f, callee, terminator)
        _native_call(f, terminator, f.module.code(callee))
        return
    _declare_native(f, callee, terminator)
    if callee not in LIBC:
        _announce(f, terminator, callee)
    _native_call(f, terminator, quote(callee))


def _announce(f: FunctionState, terminator: Call, name: str) -> None:
    """Say once that a function runs natively; all that its pointers reach counts as set."""
    text = f.module.text(name)
    f.call("void", "fh_note_native", f"ptr {text}, ptr null", tail=" cold nounwind")
    for operand in terminator.arguments:
        if isinstance(f.typer.operand(operand), PointerType):
            value = read(f, operand)
            f.call("void", "fh_expose", f"ptr {value.ir}, i64 {value.handle}", tail=" nounwind")


def _declare_native(f: FunctionState, name: Symbol, terminator: Call) -> None:
    ty = terminator.type
    how = abi.passing(ty.result)
    kinds = [f"ptr sret([{size_of(ty.result)} x i8])"] if how.memory else []
    for one in ty.parameters:
        kinds += _native_kinds(one)
    if ty.variadic or not ty.prototype:
        kinds.append("...")
    attributes = " nounwind"
    f.module.declare(
        name,
        f"declare {abi.return_type(how)} {f.module.code(name)}({', '.join(kinds)}){attributes}",
    )


def _native_kinds(ty: Type) -> list[str]:
    how = abi.passing(ty)
    if how.memory:
        return [f"ptr byval([{size_of(ty)} x i8]) align 8"]
    if is_scalar(ty):
        return [f"{ir_type(ty)}{abi.extension(ty)}"]
    return list(how.words)


def _native_call(f: FunctionState, terminator: Call, callee: str) -> None:
    ty = terminator.type
    how = abi.passing(ty.result)
    slot = ""
    arguments: list[str] = []
    if how.memory or (is_aggregate(ty.result) and how.words):
        slot = native_slot(f, size_of(ty.result))
    if how.memory:
        arguments.append(f"ptr sret([{size_of(ty.result)} x i8]) {slot}")
    for operand in terminator.arguments:
        arguments += _native_argument(f, operand)
    kinds = [f"ptr sret([{size_of(ty.result)} x i8])"] if how.memory else []
    for one in ty.parameters:
        kinds += [kind.split(" ")[0] for kind in _native_kinds(one)]
    if ty.variadic or not ty.prototype:
        kinds.append("...")
        shape = f"{abi.return_type(how)} ({', '.join(k.split(' ')[0] for k in kinds)})"
    else:
        shape = abi.return_type(how)
    text = f"call {shape} {callee}({', '.join(arguments)}){f.debug(f.site())}"
    if abi.return_type(how) == "void":
        f.line(text)
    else:
        made = f.let(text)
        if is_scalar(ty.result):
            handle = FOREIGN if isinstance(ty.result, PointerType) else "0"
            if handle == FOREIGN and not f.module.unchecked:
                f.call("void", "fh_returned", f"ptr {made}", tail=" nounwind")
            _finish(f, terminator, Value(made, handle), ty.result)
            return
        _unpack(f, made, how.words, slot)
    if slot:
        if not f.module.unchecked:
            size = size_of(ty.result)
            f.call("void", "fh_shadow_set", f"ptr {slot}, i64 {size}", tail=" nounwind")
        _store_aggregate(f, terminator.destination, slot, ty.result)


def _unpack(f: FunctionState, made: str, words: tuple[str, ...], slot: str) -> None:
    if len(words) == 1:
        f.line(f"store {words[0]} {made}, ptr {slot}, align 1")
        return
    shape = "{ " + ", ".join(words) + " }"
    for index, word in enumerate(words):
        part = f.let(f"extractvalue {shape} {made}, {index}")
        at = f.let(f"getelementptr i8, ptr {slot}, i64 {8 * index}")
        f.line(f"store {word} {part}, ptr {at}, align 1")


def native_slot(f: FunctionState, size: int) -> str:
    """Return memory for a value that a native call gives or takes."""
    name = f"%slot{len(f.entry)}"
    f.entry.append(f"{name} = alloca [{max(16, size + 8)} x i8], align 16")
    return name


def _native_argument(f: FunctionState, operand: Operand) -> list[str]:
    ty = f.typer.operand(operand)
    if is_scalar(ty):
        value = read(f, operand) if isinstance(operand, (Copy, Move)) else constant(f, operand)
        return [f"{ir_type(ty)}{abi.extension(ty)} {value.ir}"]
    how = abi.passing(ty)
    address = _aggregate_address(f, operand)
    if how.memory:
        return [f"ptr byval([{size_of(ty)} x i8]) align 8 {address}"]
    out = []
    for index, word in enumerate(how.words):
        at = f.let(f"getelementptr i8, ptr {address}, i64 {8 * index}")
        out.append(f"{word} {f.let(f'load {word}, ptr {at}, align 1')}")
    return out
