"""Accesses: the check, the shadow of what is initialised, the load or store itself."""

from dataclasses import replace

from freehold.codegen.lltypes import ir_type, is_scalar, is_signed, value_bytes
from freehold.codegen.padding import beside, beyond
from freehold.codegen.plan import holds_pointers
from freehold.codegen.record import written
from freehold.codegen.spot import Spot
from freehold.codegen.state import (
    HANDLE_ADD,
    SHADOW_ADD,
    SHADOW_XOR,
    TABLE,
    TBAA_DESCRIPTOR,
    TBAA_HANDLE,
    TBAA_INIT,
    TBAA_USER,
    FunctionState,
    Value,
)
from freehold.types import BoolType, IntType, PointerType, Type, align_of, size_of

FAULT = " cold nounwind memory(inaccessiblemem: readwrite)"
# What a fault changes (shadow bytes, so that it is said once) the program need not see: the run
# time looks again.
LOOKUP = " nounwind memory(read, inaccessiblemem: readwrite)"


# ------------------------------------------------------------------------------------- checks


def must_be_set(f: FunctionState, value: Value, local: int | None = None) -> Value:
    """Report `value` once if it is uninitialised, and count it as initialised afterwards."""
    if value.init is None or f.module.trusted:
        return value
    if f.leave_unless(value.init):
        return replace(value, init=None)
    good, bad = f.label("set"), f.label("unset")
    f.branch(value.init, good, bad, likely=True)
    f.start(bad)
    site = f.site("" if local is None else f.body.locals[local].name)
    f.call("void", "fh_fault_uninit_value", f"i32 {site}", site=site, tail=FAULT)
    f.jump(good)
    f.start(good)
    if local is not None and f.plan.homes[local].tracked:
        f.line(f"store i1 true, ptr %i{local}")
    return replace(value, init=None)


def checked_address(f: FunctionState, spot: Spot, size: int, *, write: bool) -> str:
    """Return the address to access `size` bytes at `spot` by, after its checks."""
    if f.module.trusted:
        return spot.address
    if size == 0:
        return spot.address
    if spot.index_ok == "true" and spot.known is not None:
        f.count("index compared before")
        return spot.address
    fixed = spot.offset is not None and not spot.members
    if fixed and _surely_inside(spot, size):
        f.count("constant offset")
        return spot.address
    key = (spot.pointer, spot.offset, spot.address if spot.offset is None else "", write)
    reusable = fixed and spot.pointer is not None
    if reusable:
        for reuse in (key, (*key[:3], True)):
            known = f.checked.get((*reuse, size))
            if known is not None:
                f.count("checked before")
                return known
    f.count()
    address = _guard(f, spot, size, write=write)
    if reusable:
        f.checked[(*key, size)] = address
    return address


def _surely_inside(spot: Spot, size: int) -> bool:
    if spot.known is None or spot.offset is None:
        return False
    return spot.offset >= 0 and spot.offset + size <= spot.known


def _guard(f: FunctionState, spot: Spot, size: int, *, write: bool) -> str:
    """Write the check of the object, and of the members that were indexed on the way."""
    inside = _object_ok(f, spot, size)
    ok = inside
    for member in spot.members:
        ok = f.let(f"and i1 {ok}, {member.ok}") if ok is not None else member.ok
    assert ok is not None
    aligned = _aligned(f, spot, size)
    if f.leave_unless(ok):
        if aligned is not None:
            f.leave_unless(aligned)
        return spot.address
    if aligned is not None:
        ok = f.let(f"and i1 {ok}, {aligned}")
    good, bad = f.label("ok"), f.label("bad")
    origin = f.block
    f.branch(ok, good, bad, likely=True)
    f.start(bad)
    site = f.site(spot.member)
    kind = "write" if write else "read"
    incoming: list[tuple[str, str]] = []
    if spot.members:
        member = spot.members[-1]
        for one in reversed(spot.members[:-1]):
            chosen = f.let(f"select i1 {one.ok}, ptr {member.start}, ptr {one.start}")
            size_ = f.let(f"select i1 {one.ok}, i64 {member.size}, i64 {one.size}")
            member = type(member)(one.ok, chosen, size_)  # type: ignore[arg-type]
        in_member = f.label("member")
        in_object = f.label("object")
        if inside is None:
            f.jump(in_member)
        else:
            f.branch(inside, in_member, in_object)
        f.start(in_member)
        arguments = f"ptr {spot.address}, i64 {size}, ptr {member.start}, i64 {member.size}"
        name = f"fh_fault_member_{kind}"
        made = f.call("ptr", name, f"{arguments}, i32 {site}", site=site, tail=FAULT)
        incoming.append((made, in_member))
        f.jump(good)
        if inside is None:
            return _join(f, spot, good, origin, incoming)
        f.start(in_object)
        bad = in_object
    made = _object_fault(f, spot, size, site, kind, asked=aligned is not None)
    incoming.append((made, bad))
    f.jump(good)
    return _join(f, spot, good, origin, incoming)


def _object_fault(
    f: FunctionState, spot: Spot, size: int, site: int, kind: str, *, asked: bool
) -> str:
    arguments = f"ptr {spot.address}, i64 {spot.handle}, i64 {size}"
    name = f"fh_fault_{kind}"
    if asked and f.rust:
        name = f"fh_range_{kind}"
        arguments += f", i64 {align_of(spot.type)}"
    return f.call("ptr", name, f"{arguments}, i32 {site}", site=site, tail=FAULT)


def _join(
    f: FunctionState, spot: Spot, good: str, origin: str, incoming: list[tuple[str, str]]
) -> str:
    f.start(good)
    pairs = ", ".join(f"[ {value}, %{block} ]" for value, block in incoming)
    return f.let(f"phi ptr [ {spot.address}, %{origin} ], {pairs}")


def _object_ok(f: FunctionState, spot: Spot, size: int) -> str | None:
    """Return the i1: is the object live, and does it hold the bytes? None: surely."""
    if spot.known is not None:
        if spot.index_ok is not None:
            return spot.index_ok
        if spot.offset is not None:
            inside = spot.offset >= 0 and spot.offset + size <= spot.known
            return None if inside and spot.members else ("true" if inside else "false")
        if spot.members:
            return None  # an index inside its member is inside the object
        # A trailing array of a static object.
    return live_range(f, spot, size)


def _aligned(f: FunctionState, spot: Spot, size: int) -> str | None:
    """Return the i1: is the address one that the type allows? None: surely.

    Objects begin at multiples of 16. The bits of the address alone are asked, so that one answer
    does for all members, and for all rounds of a loop.
    """
    align = align_of(spot.type)
    natural = is_scalar(spot.type) and spot.bits is None and align == size
    if f.rust:
        natural = spot.raw  # references have been asked when they were made
    if align == 1 or not natural or spot.packed or spot.members or spot.known is not None:
        return None
    return is_aligned(f, spot.address, align)


def is_aligned(f: FunctionState, address: str, align: int) -> str:
    """Return the i1: is the address a multiple of `align`?"""
    number = f.let(f"ptrtoint ptr {address} to i64")
    return f.let(f"icmp eq i64 {f.let(f'and i64 {number}, {align - 1}')}, 0")


def reference(f: FunctionState, spot: Spot) -> Value:
    """Return a reference to `spot`; one made of a raw pointer is asked whether it may exist.

    If it may not, that is reported here, and whatever is done through it is a consequence.
    """
    if not spot.raw or spot.meta:
        return Value(spot.address, spot.handle, meta=spot.meta)
    address = checked_address(f, spot, size_of(spot.type), write=False)
    if address == spot.address:
        return Value(address, spot.handle)
    f.module.declare("fh_made_up", "@fh_made_up = external global i64")
    good = f.let(f"icmp eq ptr {address}, {spot.address}")
    made_up = f.let("load i64, ptr @fh_made_up")
    return Value(address, f.let(f"select i1 {good}, i64 {spot.handle}, i64 {made_up}"))


def descriptor_of(f: FunctionState, handle: str) -> str:
    """Return the address of the descriptor of `handle`."""
    short = f.let(f"trunc i64 {handle} to i32")
    offset = f.let(f"zext i32 {short} to i64")
    at = f.let(f"add i64 {offset}, {TABLE}")
    return f.let(f"inttoptr i64 {at} to ptr")


def live_range(f: FunctionState, spot: Spot, size: int) -> str:
    """Return the i1: bounds and life in one compare of two loads."""
    descriptor = descriptor_of(f, spot.handle)
    base = f.let(f"load i64, ptr {descriptor}, align 16, !tbaa !{TBAA_DESCRIPTOR}")
    size_at = f.let(f"getelementptr i8, ptr {descriptor}, i64 8")
    extent = f.let(f"load i64, ptr {size_at}, align 8, !tbaa !{TBAA_DESCRIPTOR}")
    number = f.let(f"ptrtoint ptr {spot.address} to i64")
    tagged = f.let(f"add i64 {number}, {spot.handle}")
    offset = f.let(f"sub i64 {tagged}, {base}")
    f.module.declare("llvm.usub.sat.i64", "declare i64 @llvm.usub.sat.i64(i64, i64)")
    limit = f.let(f"call i64 @llvm.usub.sat.i64(i64 {extent}, i64 {size - 1})")
    return f.let(f"icmp ult i64 {offset}, {limit}")


# ------------------------------------------------------------------------------------- shadow


def shadow_of(f: FunctionState, address: str) -> str:
    """Return the address of the init shadow of `address`."""
    known = f.private.get(address)
    if known is not None:
        return f.let(f"getelementptr i8, ptr %s{known.local}, i64 {known.offset}")
    number = f.let(f"ptrtoint ptr {address} to i64")
    flipped = f.let(f"xor i64 {number}, {SHADOW_XOR}")
    at = f.let(f"add i64 {flipped}, {SHADOW_ADD}")
    return f.let(f"inttoptr i64 {at} to ptr")


def _plain(size: int) -> int:
    return int.from_bytes(b"\x7f" * size, "little")


def _load_shadow(f: FunctionState, address: str, size: int) -> str:
    kind = f"i{8 * size}"
    shadow = shadow_of(f, address)
    return f.let(f"load {kind}, ptr {shadow}, align 1, !tbaa !{TBAA_INIT}")


def _all_set(f: FunctionState, shadow: str, size: int) -> str:
    kind = f"i{8 * size}"
    masked = f.let(f"and {kind} {shadow}, {_plain(size)}")
    return f.let(f"icmp eq {kind} {masked}, {_plain(size)}")


def _store_shadow(f: FunctionState, address: str, size: int, init: str | None) -> None:
    kind = f"i{8 * size}"
    shadow = shadow_of(f, address)
    value = str(_plain(size))
    if init is not None:
        value = f.let(f"select i1 {init}, {kind} {value}, {kind} 0")
    f.line(f"store {kind} {value}, ptr {shadow}, align 1, !tbaa !{TBAA_INIT}")


# -------------------------------------------------------------------------------------- loads


def _access(spot: Spot, kind: str, ty: Type) -> tuple[str, str]:
    """Return the words for volatile and atomic accesses, and the alignment's suffix."""
    if spot.atomic:
        return " atomic", f" seq_cst, align {max(1, size_of(ty))}"
    return (" volatile" if spot.volatile else ""), f", align 1, !tbaa !{TBAA_USER}"


def load_spot(f: FunctionState, spot: Spot, *, carry: bool) -> Value:
    """Read the scalar at `spot`. With `carry`, uninitialised bytes are not reported but kept."""
    if spot.bits is not None:
        return _load_bits(f, spot)
    ty = spot.type
    size = value_bytes(ty)
    address = checked_address(f, spot, size, write=False)
    word, suffix = _access(spot, "load", ty)
    if f.module.trusted:
        suffix = suffix.split(", !tbaa")[0]
        return Value(f.let(f"load{word} {ir_type(ty)}, ptr {address}{suffix}"))
    value = f.let(f"load{word} {ir_type(ty)}, ptr {address}{suffix}")
    if spot.constant and not isinstance(ty, PointerType):
        return Value(value)
    if isinstance(ty, PointerType):
        return _load_pointer(f, address, value, carry=carry, wide=size == _WIDE)
    shadow = _load_shadow(f, address, size)
    if carry:
        return Value(value, "0", _all_set(f, shadow, size))
    _require_set(f, address, shadow, size)
    return Value(value)


_WIDE = 16  # bytes of a wide pointer


def _load_pointer(f: FunctionState, address: str, value: str, *, carry: bool, wide: bool) -> Value:
    """Return the pointer `value`, loaded from `address`, with its handle and its metadata."""
    init, handle = _pointer_handle(f, address, value, _load_shadow(f, address, 8))
    meta = ""
    if wide:
        second = f.step(address, 8)
        meta = f.let(f"load i64, ptr {second}, align 1, !tbaa !{TBAA_USER}")
        set_ = _all_set(f, _load_shadow(f, second, 8), 8)
        init = set_ if init == "true" else f.let(f"and i1 {init}, {set_}")
    if init == "true":
        return Value(value, handle, meta=meta)
    if carry:
        return Value(value, handle, init, meta)
    _report_unset(f, address, _WIDE if wide else 8, init)
    return Value(value, handle, meta=meta)


def _require_set(f: FunctionState, address: str, shadow: str, size: int) -> None:
    """Report bytes that are not initialised; nearly always they are, by a plain store."""
    plain = f.let(f"icmp eq i{8 * size} {shadow}, {_plain(size)}")
    if f.leave_unless(plain):
        return
    good, other = f.label("plain"), f.label("other")
    f.branch(plain, good, other, likely=True)
    f.start(other)
    _report_unset(f, address, size, _all_set(f, shadow, size))
    f.jump(good)
    f.start(good)


def _report_unset(f: FunctionState, address: str, size: int, init: str) -> None:
    good, bad = f.label("set"), f.label("unset")
    f.branch(init, good, bad, likely=True)
    f.start(bad)
    site = f.site()
    arguments = f"ptr {address}, i64 {size}, i32 {site}"
    f.call("void", "fh_fault_uninit", arguments, site=site, tail=FAULT)
    f.jump(good)
    f.start(good)


def _pointer_handle(f: FunctionState, address: str, value: str, shadow: str) -> tuple[str, str]:
    """Return whether the pointer is initialised, and its handle: shadow's, or by its address."""
    if f.copies.way_out is not None:
        return "true", _tagged_or_null(f, address, value, shadow)
    tagged = f.let(f"icmp eq i64 {shadow}, -1")
    fast, slow, join = f.label("tagged"), f.label("untagged"), f.label("handle")
    f.branch(tagged, fast, slow, likely=True)
    f.start(fast)
    at = _handle_slot(f, address)
    kept = f.let(f"load i64, ptr {at}, align 8, !tbaa !{TBAA_HANDLE}")
    f.jump(join)
    f.start(slow)
    init = _all_set(f, shadow, 8)
    if address in f.private:
        found = f.call("i64", "fh_resolve", f"ptr {value}", tail=LOOKUP)
    else:
        found = f.call("i64", "fh_load_handle", f"ptr {address}, ptr {value}", tail=LOOKUP)
    f.jump(join)
    f.start(join)
    handle = f.let(f"phi i64 [ {kept}, %{fast} ], [ {found}, %{slow} ]")
    init = f.let(f"phi i1 [ true, %{fast} ], [ {init}, %{slow} ]")
    return init, handle


def _tagged_or_null(f: FunctionState, address: str, value: str, shadow: str) -> str:
    """Return the handle of a pointer that is tagged, or null, as nearly all are; else leave.

    Without a branch between the two, so that all of it moves out of loops that do not change it.
    """
    null = f.let(f"icmp eq ptr {value}, null")
    tags = f.let(f"select i1 {null}, i64 {_TAG_BITS}, i64 0")
    seen = f.let(f"or i64 {shadow}, {tags}")
    f.leave_unless(f.let(f"icmp eq i64 {seen}, -1"))
    kept = f.let(f"load i64, ptr {_handle_slot(f, address)}, align 8, !tbaa !{TBAA_HANDLE}")
    return f.let(f"select i1 {null}, i64 0, i64 {kept}")


# What a plain shadow lacks to be a tagged one.
_TAG_BITS = int.from_bytes(b"\x80" * 8, "little", signed=True)


def _handle_slot(f: FunctionState, address: str) -> str:
    known = f.private.get(address)
    if known is not None:
        return f.let(f"getelementptr i8, ptr %g{known.local}, i64 {known.offset}")
    number = f.let(f"ptrtoint ptr {address} to i64")
    flipped = f.let(f"xor i64 {number}, {SHADOW_XOR}")
    at = f.let(f"add i64 {flipped}, {HANDLE_ADD}")
    return f.let(f"inttoptr i64 {at} to ptr")


# ------------------------------------------------------------------------------------- stores


def store_spot(f: FunctionState, spot: Spot, value: Value) -> None:
    """Write a scalar, its shadow, and a pointer's handle."""
    if spot.bits is not None:
        _store_bits(f, spot, value)
        return
    ty = spot.type
    size = value_bytes(ty)
    address = checked_address(f, spot, size, write=True)
    word, suffix = _access(spot, "store", ty)
    f.commit()
    if f.module.trusted:
        suffix = suffix.split(", !tbaa")[0]
    f.line(f"store{word} {ir_type(ty)} {value.ir}, ptr {address}{suffix}{_here(f)}")
    if f.module.trusted:
        return
    written(f, address, size)
    if isinstance(ty, PointerType):
        _store_tags(f, address, value)
        if size == _WIDE:
            second = f.step(address, 8)
            f.line(f"store i64 {value.meta}, ptr {second}, align 1, !tbaa !{TBAA_USER}{_here(f)}")
            _store_shadow(f, second, 8, value.init)
        set_padding(f, spot, address, size)
    else:
        # What a long double leaves unused is padding, too.
        _store_shadow(f, address, size_of(ty) + beside(spot), value.init)
        _set_beyond(f, spot, address)


def _here(f: FunctionState) -> str:
    """Return the suffix that says where a store is: it may be to a page that is read-only."""
    return "" if f.module.trusted else f.debug(f.site())


def set_padding(f: FunctionState, spot: Spot, address: str, size: int) -> None:
    """Count the padding that goes with `spot`, stored in `size` bytes at `address`, as set."""
    if beside(spot):
        after = f.let(f"getelementptr i8, ptr {address}, i64 {size}")
        _store_shadow(f, after, beside(spot), None)
    _set_beyond(f, spot, address)


def _set_beyond(f: FunctionState, spot: Spot, address: str) -> None:
    if beyond(spot):
        # After a fault the store went elsewhere.
        same = f.let(f"icmp eq ptr {address}, {spot.address}")
        after = f.let(f"select i1 {same}, ptr {spot.padding_at}, ptr {address}")
        _store_shadow(f, after, beyond(spot), None)


def _store_tags(f: FunctionState, address: str, value: Value) -> None:
    shadow = shadow_of(f, address)
    tags = "-1" if value.init is None else f.let(f"select i1 {value.init}, i64 -1, i64 0")
    f.line(f"store i64 {tags}, ptr {shadow}, align 1, !tbaa !{TBAA_INIT}")
    at = _handle_slot(f, address)
    f.line(f"store i64 {value.handle}, ptr {at}, align 8, !tbaa !{TBAA_HANDLE}")


# ---------------------------------------------------------------------------------- bit-fields


def _bit_window(f: FunctionState, spot: Spot) -> tuple[Spot, int, int, int]:
    """Return the bytes that a bit-field touches: their spot, number, shift and width."""
    assert spot.bits is not None
    width = spot.bits.width or 0
    first, last = spot.bits.bit // 8, (spot.bits.bit + width + 7) // 8
    address = spot.address
    if first:
        address = f.let(f"getelementptr i8, ptr {address}, i64 {first}")
    offset = None if spot.offset is None else spot.offset + first
    return replace(spot, address=address, offset=offset), last - first, spot.bits.bit % 8, width


def _load_bits(f: FunctionState, spot: Spot) -> Value:
    window, size, shift, width = _bit_window(f, spot)
    address = checked_address(f, window, size, write=False)
    raw = f"i{8 * size}"
    volatile = " volatile" if spot.volatile else ""
    loaded = f.let(f"load{volatile} {raw}, ptr {address}, align 1")
    if not f.module.trusted:
        _require_set(f, address, _load_shadow(f, address, size), size)
    left = 8 * size - width - shift
    high = f.let(f"shl {raw} {loaded}, {left}") if left else loaded
    down = "ashr" if is_signed(spot.type) else "lshr"
    low = f.let(f"{down} {raw} {high}, {8 * size - width}") if width != 8 * size else high
    return Value(_resize(f, low, 8 * size, spot.type))


def _resize(f: FunctionState, value: str, bits: int, ty: Type) -> str:
    wanted = 8 if isinstance(ty, BoolType) else ty.bits if isinstance(ty, IntType) else bits
    if wanted == bits:
        return value
    if wanted < bits:
        return f.let(f"trunc i{bits} {value} to i{wanted}")
    word = "sext" if is_signed(ty) else "zext"
    return f.let(f"{word} i{bits} {value} to i{wanted}")


def _store_bits(f: FunctionState, spot: Spot, value: Value) -> None:
    window, size, shift, width = _bit_window(f, spot)
    address = checked_address(f, window, size, write=True)
    raw, total = f"i{8 * size}", 8 * size
    volatile = " volatile" if spot.volatile else ""
    bits = 8 if isinstance(spot.type, BoolType) else int(ir_type(spot.type)[1:])
    wide = value.ir
    if bits < total:
        wide = f.let(f"zext i{bits} {wide} to {raw}")
    elif bits > total:
        wide = f.let(f"trunc i{bits} {wide} to {raw}")
    mask = (1 << width) - 1
    wide = f.let(f"and {raw} {wide}, {mask}")
    wide = f.let(f"shl {raw} {wide}, {shift}") if shift else wide
    old = f.let(f"load{volatile} {raw}, ptr {address}, align 1")
    kept = f.let(f"and {raw} {old}, {~(mask << shift) & ((1 << total) - 1)}")
    made = f.let(f"or {raw} {kept}, {wide}")
    f.commit()
    f.line(f"store{volatile} {raw} {made}, ptr {address}, align 1{_here(f)}")
    if not f.module.trusted:
        written(f, address, size)
        _store_shadow(f, address, size, None)
        set_padding(f, window, address, size)


# ---------------------------------------------------------------------------------- aggregates


def copy_aggregate(f: FunctionState, to: Spot, source: Spot) -> None:
    """Assign an aggregate: bytes, shadow and handles travel together."""
    size = size_of(to.type)
    if size == 0:
        return
    here = checked_address(f, source, size, write=False)
    there = checked_address(f, to, size, write=True)
    if f.rust and size <= INLINE_BYTES and (not to.packed and not source.packed):
        copy_inline(f, there, here, size, handles=holds_pointers(to.type))
        return
    copy_bytes(f, there, here, size, handles=holds_pointers(to.type))
    set_padding(f, to, there, size)


# Aggregates up to this size are copied in place.
INLINE_BYTES = 64
_MOVE = "llvm.memmove.p0.p0.i64"


def copy_inline(f: FunctionState, there: str, here: str, size: int, *, handles: bool) -> None:
    """Copy `size` checked bytes, their shadow and, if there are pointers, their handles."""
    f.commit()
    written(f, there, size)
    f.module.declare(_MOVE, f"declare void @{_MOVE}(ptr, ptr, i64, i1)")
    pairs = [(there, here), (shadow_of(f, there), shadow_of(f, here))]
    if handles:
        pairs.append((_handle_slot(f, there), _handle_slot(f, here)))
    for to, source in pairs:
        f.line(f"call void @{_MOVE}(ptr {to}, ptr {source}, i64 {size}, i1 false)")


def copy_bytes(f: FunctionState, there: str, here: str, size: int, *, handles: bool = True) -> None:
    """Copy `size` checked bytes with their shadow."""
    if there in f.private or here in f.private:
        copy_inline(f, there, here, size, handles=handles)
        return
    f.commit()
    if f.module.trusted:
        f.module.declare(
            "llvm.memmove.p0.p0.i64", "declare void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)"
        )
        arguments = f"ptr {there}, ptr {here}, i64 {size}, i1 false"
        f.line(f"call void @llvm.memmove.p0.p0.i64({arguments})")
        return
    f.call("void", "fh_copy", f"ptr {there}, ptr {here}, i64 {size}", tail=" nounwind")


def zero_aggregate(f: FunctionState, to: Spot) -> None:
    """Set an aggregate to zero bytes, all initialised."""
    size = size_of(to.type)
    if size == 0:
        return
    address = checked_address(f, to, size, write=True)
    f.commit()
    f.module.declare("llvm.memset.p0.i64", "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)")
    f.line(f"call void @llvm.memset.p0.i64(ptr {address}, i8 0, i64 {size}, i1 false){_here(f)}")
    if not f.module.trusted:
        written(f, address, size)
        shadow = shadow_of(f, address)
        f.line(f"call void @llvm.memset.p0.i64(ptr {shadow}, i8 127, i64 {size}, i1 false)")
        set_padding(f, to, address, size)


def clear_shadow(f: FunctionState, address: str, size: int) -> None:
    """Make `size` bytes uninitialised."""
    if f.module.trusted or size == 0:
        return
    f.commit()
    f.module.declare("llvm.memset.p0.i64", "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)")
    shadow = shadow_of(f, address)
    f.line(f"call void @llvm.memset.p0.i64(ptr {shadow}, i8 0, i64 {size}, i1 false)")
