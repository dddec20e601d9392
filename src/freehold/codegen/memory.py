"""Accesses: loads and stores of scalars and bit-fields, and of whole aggregates."""

from dataclasses import replace

from freehold.codegen.ahead import Followed, covering, follow
from freehold.codegen.bounds import (
    asks_alignment,
    below,
    checked_address,
    checked_nothing,
    descriptor_of,
    is_aligned,
    offset_in,
)
from freehold.codegen.lltypes import ir_type, is_signed, value_bytes
from freehold.codegen.padding import beside, beyond
from freehold.codegen.plan import holds_pointers
from freehold.codegen.record import written
from freehold.codegen.shadow import (
    INIT,
    MEMSET,
    Known,
    all_known,
    all_set,
    asks_descriptor,
    handle_slot,
    load_shadow,
    load_word,
    lower_copied,
    lower_tagged,
    lower_unset,
    readable,
    report_unset,
    settle_left,
    shadow_of,
    store_shadow,
    writable,
)
from freehold.codegen.spot import Spot
from freehold.codegen.state import TBAA_HANDLE, TBAA_INIT, TBAA_USER, FunctionState, Origin, Value
from freehold.types import BoolType, IntType, PointerType, Type, is_wide, size_of

# What a look-up changes the program need not see.
LOOKUP = " nounwind memory(read, inaccessiblemem: readwrite)"

# -------------------------------------------------------------------------------------- loads


def _access(spot: Spot, ty: Type) -> tuple[str, str]:
    """Return the words for volatile and atomic accesses, and the alignment's suffix."""
    if spot.atomic:
        return " atomic", f" seq_cst, align {max(1, size_of(ty))}"
    return (" volatile" if spot.volatile else ""), f", align 1, !tbaa !{TBAA_USER}"


def may_switch(f: FunctionState) -> None:
    """Let another thread run here, for a loop may wait for what it does."""
    f.call("void", "fh_thread_point", "", tail=" nounwind")


def load_spot(f: FunctionState, spot: Spot, *, carry: bool) -> Value:
    """Read the scalar at `spot`. With `carry`, uninitialised bytes are not reported but kept."""
    if (spot.atomic or spot.volatile) and not f.module.trusted:
        may_switch(f)
    if spot.bits is not None:
        return _load_bits(f, spot)
    if f.module.unchecked:
        return _load_plain(f, spot)
    if isinstance(spot.type, PointerType):
        return _load_pointer(f, spot, carry=carry)
    size = value_bytes(spot.type)
    init = None
    if spot.constant:
        address = checked_address(f, spot, size, write=False)
    else:
        address, init = readable(f, spot, size, carry=carry)
    return Value(_load(f, spot, address), "0", init)


def _load(f: FunctionState, spot: Spot, address: str) -> str:
    word, suffix = _access(spot, spot.type)
    if f.module.unchecked:
        suffix = suffix.split(", !tbaa")[0]
    return f.let(f"load{word} {ir_type(spot.type)}, ptr {address}{suffix}")


_WIDE = 16  # bytes of a wide pointer


def _load_plain(f: FunctionState, spot: Spot) -> Value:
    """Return the scalar at `spot`, where nothing is checked and nothing has a shadow."""
    checked_address(f, spot, value_bytes(spot.type), write=False)
    value = _load(f, spot, spot.address)
    meta = ""
    if is_wide(spot.type):
        meta = f.let(f"load i64, ptr {f.step(spot.address, 8)}, align 1")
    return Value(value, meta=meta)


def _store_plain(f: FunctionState, spot: Spot, value: Value) -> None:
    checked_address(f, spot, value_bytes(spot.type), write=True)
    _store(f, spot, value, spot.address)
    if is_wide(spot.type):
        f.line(f"store i64 {value.meta}, ptr {f.step(spot.address, 8)}, align 1")


def _load_pointer(f: FunctionState, spot: Spot, *, carry: bool) -> Value:
    """Return the pointer at `spot`, with its handle and its metadata."""
    size = value_bytes(spot.type)
    by_descriptor = asks_descriptor(f, spot)
    if by_descriptor:
        address, init = readable(f, spot, size, carry=carry)
    else:
        address, init = checked_address(f, spot, size, write=False), None
    misaligned = _leave_misaligned(f, spot, address)
    value = _load(f, spot, address)
    ahead = follow(f) if by_descriptor and misaligned is None else None
    if ahead is not None and f.copies.way_out is not None:
        return _followed(f, spot, address, value, ahead)
    if by_descriptor:
        handle = _known_handle(f, spot, address, value, misaligned)
    else:
        init, handle = _tagged_handle(f, address, value, misaligned)
    meta = ""
    if size == _WIDE:
        second = f.step(address, 8)
        meta = f.let(f"load i64, ptr {second}, align 1, !tbaa !{TBAA_USER}")
        if not by_descriptor:
            set_ = all_set(f, load_shadow(f, second, 8), 8)
            init = set_ if init is None else f.let(f"and i1 {init}, {set_}")
    if init is not None and not carry:
        report_unset(f, address, size, init)
        init = None
    if not by_descriptor:
        settle_left(f, spot)
    f.origins[value] = Origin(value, handle)
    return Value(value, handle, init, meta)


def _followed(f: FunctionState, spot: Spot, address: str, value: str, ahead: Followed) -> Value:
    """Return the pointer `value`, loaded from `address`, through which the block goes on to read.

    One look at its descriptor does for the pointer and for what is read. What is read is
    initialised, so this is no null pointer; and the kept handle counts whatever the tags are.
    """
    handle = _covered_handle(f, spot, address)
    descriptor = descriptor_of(f, handle)
    known = Known(descriptor, offset_in(f, descriptor, value, handle))
    limit = load_word(f, known, INIT)
    f.leave_unless(f.let(f"icmp ult i64 {known.offset}, {limit}"))
    low, high = ahead.extent
    start = known.offset
    if ahead.index is not None:
        index = f.read_register(ahead.index)
        ty = f.body.locals[ahead.index].type
        assert isinstance(ty, IntType)
        count = index.ir
        if ty.bits < 64:
            count = f.let(f"{'sext' if ty.signed else 'zext'} i{ty.bits} {count} to i64")
        scaled = count if ahead.unit == 1 else f.let(f"mul i64 {count}, {ahead.unit}")
        start = f.let(f"add i64 {start}, {scaled}")
    start = f.let(f"add i64 {start}, {low}") if low else start
    f.leave_unless(_is_there(f, start, limit, high - low, ahead.align))
    f.copies.awaited.add(ahead.at)
    f.copies.followed = ahead.extent, ahead.align
    f.depths[value, handle] = known.offset
    f.origins[value] = Origin(value, handle)
    return Value(value, handle)


def _is_there(f: FunctionState, start: str, limit: str, size: int, align: int) -> str:
    """Return the i1: do `size` bytes from `start` on, aligned, lie below `limit`?

    Objects begin at multiples of 16, so that of which `start` is a multiple tells the alignment:
    turned right by these bits, what is not aligned is larger than any limit.
    """
    if align == 1:
        return below(f, start, limit, size)
    shift = align.bit_length() - 1
    f.module.declare("llvm.fshr.i64", "declare i64 @llvm.fshr.i64(i64, i64, i64)")
    turned = f.let(f"call i64 @llvm.fshr.i64(i64 {start}, i64 {start}, i64 {shift})")
    return f.let(f"icmp ult i64 {turned}, {f.let(f'lshr i64 {limit}, {shift}')}")


def _leave_misaligned(f: FunctionState, spot: Spot, address: str) -> str | None:
    """Return the i1: is a pointer at `address` misaligned? None: surely not.

    Only aligned words have handles.
    """
    leaves = f.copies.way_out is not None
    if address in f.private or covering(f, spot, 8, write=False) is not None:
        return None
    if not spot.packed and (spot.known is not None or (leaves and asks_alignment(f, spot, 8))):
        return None
    aligned = is_aligned(f, address, 8)
    return None if f.leave_unless(aligned) else f.let(f"xor i1 {aligned}, true")


def _kept_handle(f: FunctionState, address: str) -> str:
    return f.let(f"load i64, ptr {handle_slot(f, address)}, align 1, !tbaa !{TBAA_HANDLE}")


def _covered_handle(f: FunctionState, spot: Spot, address: str) -> str:
    """Return the kept handle; where a loop reads evenly, it lies evenly too: see `widen`."""
    group = covering(f, spot, 8, write=False)
    if group is None:
        return _kept_handle(f, address)
    apart = f.let(f"load i64, ptr {f.copies.apart[group.key]}")
    at = f.let(f"getelementptr i8, ptr {address}, i64 {apart}")
    return f.let(f"load i64, ptr {at}, align 1, !tbaa !{TBAA_HANDLE}")


def _known_handle(
    f: FunctionState, spot: Spot, address: str, value: str, misaligned: str | None
) -> str:
    """Return the handle of the pointer `value`, initialised, that was loaded from `address`.

    The kept handle counts if the word is tagged. If by it the pointer points to where its object
    is known to be initialised, then it is what a search by address would find: whatever the tags.
    """
    null = f.let(f"icmp eq ptr {value}, null")
    kept = _covered_handle(f, spot, address)
    none = null if misaligned is None else f.let(f"or i1 {null}, {misaligned}")
    # Without a branch, so that all of it moves out of loops that do not change it.
    handle = f.let(f"select i1 {none}, i64 0, i64 {kept}")
    descriptor = descriptor_of(f, handle)
    known = Known(descriptor, offset_in(f, descriptor, value, handle))
    if f.copies.way_out is not None:
        f.depths[value, handle] = known.offset
    inside = f.let(f"icmp ult i64 {known.offset}, {load_word(f, known, INIT)}")
    ok = f.let(f"or i1 {inside}, {null}")
    good, ask, fast = f.label("handle"), f.label("tags"), f.block
    f.branch(ok, good, ask, likely=True)
    f.start(ask)
    tagged = f.let(f"icmp eq i64 {load_shadow(f, address, 8)}, -1")
    if f.leave_unless(tagged):
        f.jump(good)
        f.start(good)
        return handle
    if misaligned is not None:
        tagged = f.let(f"select i1 {misaligned}, i1 false, i1 {tagged}")
    untagged, trusted = f.label("untagged"), f.block
    f.branch(tagged, good, untagged, likely=True)
    f.start(untagged)
    found = f.call("i64", "fh_load_handle", f"ptr {address}, ptr {value}", tail=LOOKUP)
    f.jump(good)
    f.start(good)
    ways = f"[ {handle}, %{fast} ], [ {handle}, %{trusted} ], [ {found}, %{untagged} ]"
    return f.let(f"phi i64 {ways}")


def _tagged_handle(
    f: FunctionState, address: str, value: str, misaligned: str | None
) -> tuple[str | None, str]:
    """Return whether the pointer is initialised, and its handle: kept, or by its address."""
    shadow = load_shadow(f, address, 8)
    if f.copies.way_out is not None:
        return None, _tagged_or_null(f, address, value, shadow)
    tagged = f.let(f"icmp eq i64 {shadow}, -1")
    if misaligned is not None:
        tagged = f.let(f"select i1 {misaligned}, i1 false, i1 {tagged}")
    fast, slow, join = f.label("tagged"), f.label("untagged"), f.label("handle")
    f.branch(tagged, fast, slow, likely=True)
    f.start(fast)
    kept = _kept_handle(f, address)
    f.jump(join)
    f.start(slow)
    init = all_set(f, shadow, 8)
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
    kept = _kept_handle(f, address)
    return f.let(f"select i1 {null}, i64 0, i64 {kept}")


# What a plain shadow lacks to be a tagged one.
_TAG_BITS = int.from_bytes(b"\x80" * 8, "little", signed=True)


# ------------------------------------------------------------------------------------- stores


def store_spot(f: FunctionState, spot: Spot, value: Value) -> None:
    """Write a scalar, its shadow, and a pointer's handle."""
    if spot.bits is not None:
        _store_bits(f, spot, value)
        return
    if f.module.unchecked:
        _store_plain(f, spot, value)
        return
    if value.init is not None and f.leave_unless(value.init):
        value = replace(value, init=None)
    if isinstance(spot.type, PointerType):
        _store_pointer(f, spot, value)
        return
    size = value_bytes(spot.type)
    # What a long double leaves unused is padding, too.
    extent = size_of(spot.type) + beside(spot)
    address = None
    if value.init is None and not beyond(spot):
        address = writable(f, spot, size, extent)
    if address is not None:
        _store(f, spot, value, address)
        return
    address = checked_address(f, spot, size, write=True)
    _store(f, spot, value, address)
    store_shadow(f, address, extent, value.init)
    lower_unset(f, spot, address, value.init)
    _set_beyond(f, spot, address)


def _store(f: FunctionState, spot: Spot, value: Value, address: str) -> None:
    word, suffix = _access(spot, spot.type)
    if f.module.unchecked:
        suffix = suffix.split(", !tbaa")[0]
    f.commit()
    f.line(f"store{word} {ir_type(spot.type)} {value.ir}, ptr {address}{suffix}{_here(f)}")
    if not f.module.unchecked:
        written(f, address, value_bytes(spot.type))


def _here(f: FunctionState) -> str:
    """Return the suffix that says where a store is: it may be to a page that is read-only."""
    return "" if f.module.unchecked else f.debug(f.site())


def set_padding(f: FunctionState, spot: Spot, address: str, size: int) -> None:
    """Count the padding that goes with `spot`, stored in `size` bytes at `address`, as set."""
    if beside(spot):
        after = f.let(f"getelementptr i8, ptr {address}, i64 {size}")
        store_shadow(f, after, beside(spot), None)
    _set_beyond(f, spot, address)


def _set_beyond(f: FunctionState, spot: Spot, address: str) -> None:
    if beyond(spot):
        # After a fault the store went elsewhere.
        same = f.let(f"icmp eq ptr {address}, {spot.address}")
        after = f.let(f"select i1 {same}, ptr {spot.padding_at}, ptr {address}")
        store_shadow(f, after, beyond(spot), None)


def _store_pointer(f: FunctionState, spot: Spot, value: Value) -> None:
    size = value_bytes(spot.type)
    address = checked_address(f, spot, size, write=True)
    misaligned = _leave_misaligned(f, spot, address)
    _store(f, spot, value, address)
    if misaligned is None:
        _store_tags(f, spot, address, value)
    else:
        odd, even, done = f.label("odd"), f.label("even"), f.label("stored")
        f.branch(misaligned, odd, even)
        f.start(odd)
        store_shadow(f, address, 8, value.init)
        f.jump(done)
        f.start(even)
        _store_tags(f, spot, address, value)
        f.jump(done)
        f.start(done)
    if size == _WIDE:
        second = f.step(address, 8)
        f.line(f"store i64 {value.meta}, ptr {second}, align 1, !tbaa !{TBAA_USER}{_here(f)}")
        store_shadow(f, second, 8, value.init)
    lower_unset(f, spot, address, value.init)
    set_padding(f, spot, address, size)


def _store_tags(f: FunctionState, spot: Spot, address: str, value: Value) -> None:
    shadow = shadow_of(f, address)
    tags = "-1" if value.init is None else f.let(f"select i1 {value.init}, i64 -1, i64 0")
    f.line(f"store i64 {tags}, ptr {shadow}, align 1, !tbaa !{TBAA_INIT}")
    at = handle_slot(f, address)
    f.line(f"store i64 {value.handle}, ptr {at}, align 8, !tbaa !{TBAA_HANDLE}")
    lower_tagged(f, spot)


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
    if f.module.unchecked:
        address = checked_address(f, window, size, write=False)
    else:
        address, _ = readable(f, window, size, carry=False)
    raw = f"i{8 * size}"
    volatile = " volatile" if spot.volatile else ""
    loaded = f.let(f"load{volatile} {raw}, ptr {address}, align 1")
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
    if not f.module.unchecked:
        written(f, address, size)
        store_shadow(f, address, size, None)
        set_padding(f, window, address, size)


# ---------------------------------------------------------------------------------- aggregates


def copy_aggregate(f: FunctionState, to: Spot, source: Spot) -> None:
    """Assign an aggregate: bytes, shadow and handles travel together."""
    size = size_of(to.type)
    if size == 0:
        if f.rust:
            checked_nothing(f, source)
        return
    here = checked_address(f, source, size, write=False), source.handle
    there = checked_address(f, to, size, write=True), to.handle
    if f.module.unchecked:
        copy_bytes(f, there, here, size)
        return
    handles = holds_pointers(to.type) or _may_be_pointers(f, to, source)
    if f.rust and size <= INLINE_BYTES and (not to.packed and not source.packed):
        copy_inline(f, there, here[0], size, handles=handles)
        return
    copy_bytes(f, there, here, size, handles=handles)
    set_padding(f, to, there[0], size)


def _may_be_pointers(f: FunctionState, to: Spot, source: Spot) -> bool:
    """Whether there may be pointers in what does not say so: both sides have room for handles."""
    known = [f.private.get(spot.address) for spot in (to, source)]
    homes = f.plan.homes
    own = [homes[one.local].handles for one in known if one and one.local < len(homes)]
    return bool(own) and all(own)


# Aggregates up to this size are copied in place.
INLINE_BYTES = 64
_MOVE = "llvm.memmove.p0.p0.i64"


# An address, and the handle of the object that it is in, or "0".
Where = tuple[str, str]


def copy_inline(f: FunctionState, to: Where, here: str, size: int, *, handles: bool) -> None:
    """Copy `size` checked bytes, their shadow and, if there are pointers, their handles."""
    there, handle = to
    f.commit()
    written(f, there, size)
    f.module.declare(_MOVE, f"declare void @{_MOVE}(ptr, ptr, i64, i1)")
    pairs = [(there, here), (shadow_of(f, there), shadow_of(f, here))]
    if handles:
        pairs.append((handle_slot(f, there), handle_slot(f, here)))
    lowers = handle != "0" and there not in f.private
    words = _shadow_words(f, pairs[1][1], size) if lowers else []
    for target, source in pairs:
        f.line(f"call void @{_MOVE}(ptr {target}, ptr {source}, i64 {size}, i1 false)")
    if lowers:
        lower_copied(f, there, handle, words)


def _shadow_words(f: FunctionState, at: str, size: int) -> list[tuple[str, int]]:
    """Return the shadow of `size` bytes, in words of eight bytes and less."""
    found = []
    for start in range(0, size, 8):
        count = min(8, size - start)
        part = f.let(f"getelementptr i8, ptr {at}, i64 {start}")
        word = f.let(f"load i{8 * count}, ptr {part}, align 1, !tbaa !{TBAA_INIT}")
        found.append((word, count))
    return found


def copy_bytes(
    f: FunctionState, to: Where, source: Where, size: int, *, handles: bool = True
) -> None:
    """Copy `size` checked bytes with their shadow."""
    there, here = to[0], source[0]
    if f.module.unchecked:
        move(f, there, here, str(size))
        return
    if there in f.private or here in f.private:
        copy_inline(f, to, here, size, handles=handles)
        return
    f.commit()
    arguments = f"ptr {there}, i64 {to[1]}, ptr {here}, i64 {source[1]}, i64 {size}"
    f.call("void", "fh_copy", arguments, tail=" nounwind")


def move(f: FunctionState, to: str, source: str, size: str) -> None:
    """Copy `size` bytes (a number, or an i64), where memory has no shadow."""
    f.commit()
    f.module.declare(_MOVE, f"declare void @{_MOVE}(ptr, ptr, i64, i1)")
    f.line(f"call void @{_MOVE}(ptr {to}, ptr {source}, i64 {size}, i1 false)")


def zero_aggregate(f: FunctionState, to: Spot) -> None:
    """Set an aggregate to zero bytes, all initialised."""
    size = size_of(to.type)
    if size == 0:
        return
    address = checked_address(f, to, size, write=True)
    f.commit()
    f.module.declare(MEMSET, f"declare void @{MEMSET}(ptr, i8, i64, i1)")
    f.line(f"call void @{MEMSET}(ptr {address}, i8 0, i64 {size}, i1 false){_here(f)}")
    if not f.module.unchecked:
        written(f, address, size)
        shadow = shadow_of(f, address)
        f.line(f"call void @{MEMSET}(ptr {shadow}, i8 127, i64 {size}, i1 false)")
        set_padding(f, to, address, size)
        if to.offset == 0 and to.known == size and to.root:
            all_known(f, to, size)
