"""Initialisation: the shadow of memory, and what the descriptors know of it.

Of most objects the descriptor knows a stretch from the base on that is initialised (`init`), and
one that holds no tagged pointers either (`bare`). A load inside the first does not look at the
shadow, and a store inside the second leaves it as it is: so most accesses touch no shadow at all.
Whatever takes something back lowers these words: `lower_tagged`, `lower_unset`, the run time.
"""

from freehold.codegen.ahead import (
    covering,
    follows_pointer,
    is_settled,
    reads_ahead,
    settle_ahead,
    writes_ahead,
)
from freehold.codegen.bounds import (
    FAULT,
    aligned_ok,
    asks_alignment,
    asks_range,
    below,
    checked_address,
    depth_of,
    descriptor_of,
    guard,
    live_range,
    object_ok,
    offset_in,
    proven,
    remember,
)
from freehold.codegen.extents import Extent
from freehold.codegen.spot import Spot
from freehold.codegen.state import (
    HANDLE_ADD,
    SHADOW_ADD,
    SHADOW_XOR,
    TBAA_BARE,
    TBAA_INIT,
    TBAA_KNOWN,
    FunctionState,
)
from freehold.records import dataclass
from freehold.types import align_of

MEMSET = "llvm.memset.p0.i64"


def shadow_of(f: FunctionState, address: str) -> str:
    """Return the address of the init shadow of `address`."""
    known = f.private.get(address)
    if known is not None:
        return f.let(f"getelementptr i8, ptr %s{known.local}, i64 {known.offset}")
    number = f.let(f"ptrtoint ptr {address} to i64")
    flipped = f.let(f"xor i64 {number}, {SHADOW_XOR}")
    at = f.let(f"add i64 {flipped}, {SHADOW_ADD}")
    return f.let(f"inttoptr i64 {at} to ptr")


def handle_slot(f: FunctionState, address: str) -> str:
    """Return where the handle of a pointer at `address` is kept."""
    known = f.private.get(address)
    if known is not None:
        return f.let(f"getelementptr i8, ptr %g{known.local}, i64 {known.offset}")
    number = f.let(f"ptrtoint ptr {address} to i64")
    flipped = f.let(f"xor i64 {number}, {SHADOW_XOR}")
    at = f.let(f"add i64 {flipped}, {HANDLE_ADD}")
    return f.let(f"inttoptr i64 {at} to ptr")


def plain(size: int) -> int:
    """Return the shadow of `size` bytes that are initialised and untagged."""
    return int.from_bytes(b"\x7f" * size, "little")


def load_shadow(f: FunctionState, address: str, size: int) -> str:
    """Return the shadow of `size` bytes."""
    shadow = shadow_of(f, address)
    return f.let(f"load i{8 * size}, ptr {shadow}, align 1, !tbaa !{TBAA_INIT}")


def all_set(f: FunctionState, shadow: str, size: int) -> str:
    """Return the i1: are all of `size` bytes initialised?"""
    kind = f"i{8 * size}"
    masked = f.let(f"and {kind} {shadow}, {plain(size)}")
    return f.let(f"icmp eq {kind} {masked}, {plain(size)}")


def store_shadow(f: FunctionState, address: str, size: int, init: str | None) -> None:
    """Count `size` bytes as initialised, if `init`, by a store of no pointer."""
    kind = f"i{8 * size}"
    shadow = shadow_of(f, address)
    value = str(plain(size))
    if init is not None:
        value = f.let(f"select i1 {init}, {kind} {value}, {kind} 0")
    f.line(f"store {kind} {value}, ptr {shadow}, align 1, !tbaa !{TBAA_INIT}")


def clear_shadow(f: FunctionState, address: str, size: int, handle: str = "0") -> None:
    """Make `size` bytes, of the object of `handle`, uninitialised."""
    if f.module.unchecked or size == 0:
        return
    if handle != "0" and address not in f.private:
        f.call("void", "fh_unset", f"ptr {address}, i64 {handle}, i64 {size}", tail=" nounwind")
        return
    f.commit()
    f.module.declare(MEMSET, f"declare void @{MEMSET}(ptr, i8, i64, i1)")
    shadow = shadow_of(f, address)
    f.line(f"call void @{MEMSET}(ptr {shadow}, i8 0, i64 {size}, i1 false)")


# ---------------------------------------------------------------------- what descriptors know


@dataclass(frozen=True, slots=True)
class Known:
    """The descriptor of an object, and how far behind its base an access is (an i64)."""

    descriptor: str
    offset: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a descriptor: where it is, and its TBAA node."""

    offset: int
    tbaa: int


INIT, BARE = Word(16, TBAA_KNOWN), Word(24, TBAA_BARE)


def has_descriptor(f: FunctionState, spot: Spot) -> bool:
    """Whether `spot` may be in an object that has a descriptor."""
    return not f.module.unchecked and spot.handle != "0" and spot.address not in f.private


def asks_descriptor(f: FunctionState, spot: Spot) -> bool:
    """Whether the descriptor of the object of `spot` is to be asked before its shadow.

    Not at fixed offsets: there the shadow costs no more, but of globals in loops. Nor in the
    careful copy, nor where a check that fails cannot leave the fast one: what asks both and
    goes on would keep what does not change from moving out of loops.
    """
    if f.copies.by_shadow or not has_descriptor(f, spot):
        return False
    if f.copies.headers and f.copies.way_out is None:
        return False
    if spot.known is None or spot.offset is None:
        return True
    return spot.root.startswith("@") and f.copies.way_out is not None


def describe(f: FunctionState, spot: Spot) -> Known:
    """Return the descriptor of the object of `spot`, and the offset in it."""
    descriptor = descriptor_of(f, spot.handle)
    if not spot.root.startswith("@"):
        return Known(descriptor, depth_of(f, descriptor, spot.address, spot.handle))
    number = f.let(f"ptrtoint ptr {spot.address} to i64")
    root = f.let(f"ptrtoint ptr {spot.root} to i64")
    return Known(descriptor, f.let(f"sub i64 {number}, {root}"))


def word_at(f: FunctionState, known: Known, word: Word) -> str:
    """Return where a word of a descriptor is."""
    return f.let(f"getelementptr i8, ptr {known.descriptor}, i64 {word.offset}")


def load_word(f: FunctionState, known: Known, word: Word) -> str:
    """Return a word of a descriptor."""
    at = word_at(f, known, word)
    return f.let(f"load i64, ptr {at}, align 8, !tbaa !{word.tbaa}")


def _within(f: FunctionState, known: Known, word: Word, size: int, *, whole: bool) -> str:
    """Return the i1: do `size` bytes lie below what `word` says?

    `whole`: they do not begin before the object and end in it.
    """
    extent = load_word(f, known, word)
    if not whole:
        return below(f, known.offset, extent, size)
    last = known.offset if size == 1 else f.let(f"add i64 {known.offset}, {size - 1}")
    return f.let(f"icmp ult i64 {last}, {extent}")


def _is_whole(f: FunctionState, spot: Spot, size: int, checked: str | None) -> bool:
    """Whether no access at `spot` can begin before its object and end in it.

    Objects of which anything is known begin at multiples of 16: aligned accesses are whole.
    """
    if size == 1 or not asks_range(spot):
        return True
    asked = checked is None or f.copies.way_out is not None
    return asked and asks_alignment(f, spot, size) and align_of(spot.type) == size


def settle(f: FunctionState, spot: Spot, known: Known) -> None:
    """Look how far the object is initialised now, for the accesses to come."""
    pair = "{ i64, i64 }"
    name = "fh_settle"
    tail = "nounwind memory(read)"
    f.module.declare(name, f"declare preserve_mostcc {pair} @{name}(i64) {tail}")
    made = f.let(f"call preserve_mostcc {pair} @{name}(i64 {spot.handle})")
    for number, word in enumerate((INIT, BARE)):
        value = f.let(f"extractvalue {pair} {made}, {number}")
        f.line(f"store i64 {value}, ptr {word_at(f, known, word)}, align 8, !tbaa !{word.tbaa}")


def settle_left(f: FunctionState, spot: Spot) -> None:
    """In a statement for which the fast copy is left: what is known may have been too little."""
    copies = f.copies
    left = copies.at in copies.entered or copies.at in copies.awaited
    if copies.turn == "c" and left and has_descriptor(f, spot):
        f.call("void", "fh_settle_now", f"i64 {spot.handle}", tail=" nounwind")


def lower_tagged(f: FunctionState, spot: Spot) -> None:
    """A pointer has been stored at `spot`: from there on the object is not bare."""
    f.plain.clear()
    if not has_descriptor(f, spot):
        return
    if spot.known is not None and spot.offset is not None:
        known = Known(descriptor_of(f, spot.handle), str(spot.offset))
        f.module.declare("llvm.umin.i64", "declare i64 @llvm.umin.i64(i64, i64)")
        bare = load_word(f, known, BARE)
        least = f.let(f"call i64 @llvm.umin.i64(i64 {bare}, i64 {spot.offset})")
        f.line(f"store i64 {least}, ptr {word_at(f, known, BARE)}, align 8, !tbaa !{BARE.tbaa}")
        return
    known = describe(f, spot)
    was = f.let(f"icmp ult i64 {known.offset}, {load_word(f, known, BARE)}")
    lower, done = f.label("lower"), f.label("lowered")
    f.branch(f.let(f"xor i1 {was}, true"), done, lower, likely=True)
    f.start(lower)
    at = word_at(f, known, BARE)
    f.line(f"store i64 {known.offset}, ptr {at}, align 8, !tbaa !{BARE.tbaa}")
    f.jump(done)
    f.start(done)


def lower_unset(f: FunctionState, spot: Spot, address: str, init: str | None) -> None:
    """What has been stored at `spot` is initialised only if `init`."""
    if init is None or not has_descriptor(f, spot):
        return
    f.unsettle()
    lower, done = f.label("unset"), f.label("lowered")
    f.branch(init, done, lower, likely=True)
    f.start(lower)
    f.call("void", "fh_lower", f"ptr {address}, i64 {spot.handle}, i32 1", tail=" nounwind")
    f.jump(done)
    f.start(done)


def lower_copied(f: FunctionState, address: str, handle: str, words: list[tuple[str, int]]) -> None:
    """What `words`, each of so many bytes, say is now the shadow of `address`."""
    f.unsettle()
    unset, untold = "false", "false"
    for word, count in words:
        kind, mask = f"i{8 * count}", plain(count)
        masked = f.let(f"and {kind} {word}, {mask}")
        unset = f.let(f"or i1 {unset}, {f.let(f'icmp ne {kind} {masked}, {mask}')}")
        untold = f.let(f"or i1 {untold}, {f.let(f'icmp ne {kind} {word}, {mask}')}")
    descriptor = descriptor_of(f, handle)
    known = Known(descriptor, offset_in(f, descriptor, address, handle))
    needs = []
    for lost, which in ((unset, INIT), (untold, BARE)):
        inside = f.let(f"icmp ult i64 {known.offset}, {load_word(f, known, which)}")
        needs.append(f.let(f"and i1 {lost}, {inside}"))
    lower, done = f.label("lower"), f.label("lowered")
    right = f.let(f"xor i1 {f.let(f'or i1 {needs[0]}, {needs[1]}')}, true")
    f.branch(right, done, lower, likely=True)
    f.start(lower)
    flag = f.let(f"zext i1 {unset} to i32")
    f.call("void", "fh_lower", f"ptr {address}, i64 {handle}, i32 {flag}", tail=" nounwind")
    f.jump(done)
    f.start(done)


def all_known(f: FunctionState, spot: Spot, size: int) -> None:
    """All of the object at `spot`, of `size` bytes, is initialised and untagged now."""
    if spot.handle == "0":
        return
    known = describe(f, spot)
    live, done = f.label("whole"), f.label("raised")
    f.branch(f.let(f"icmp eq i64 {known.offset}, 0"), live, done, likely=True)
    f.start(live)
    for word in (INIT, BARE):
        f.line(f"store i64 {size}, ptr {word_at(f, known, word)}, align 8, !tbaa !{word.tbaa}")
    f.jump(done)
    f.start(done)


# ---------------------------------------------------------------------------- whole accesses


def _guards(f: FunctionState, spot: Spot, size: int) -> list[str]:
    """Return what is to hold, beside the range, for an access to be right."""
    found = [member.ok for member in spot.members]
    if not asks_range(spot):
        inside = object_ok(f, spot, size)
        found += [] if inside is None else [inside]
    aligned = aligned_ok(f, spot, size)
    return found if aligned is None else [*found, aligned]


def readable(f: FunctionState, spot: Spot, size: int, *, carry: bool) -> tuple[str, str | None]:
    """Return where to read `size` bytes, and with `carry` an i1: are they initialised?

    None: they are, or it has been reported that they are not.
    """
    if not asks_descriptor(f, spot):
        address = checked_address(f, spot, size, write=False)
        init = _by_shadow(f, address, size, carry=carry)
        settle_left(f, spot)
        return address, init
    if covering(f, spot, size, write=False) is not None:
        return spot.address, None
    settled = is_settled(f, spot, size)
    checked = proven(f, spot, size, write=False)
    guards = [] if checked is not None else _guards(f, spot, size)
    if f.copies.way_out is not None:
        for one in guards:
            f.leave_unless(one)
        if not settled:
            _leave_unset(f, spot, size, checked)
        remember(f, spot, size, spot.address, write=False)
        return spot.address, None
    known = describe(f, spot)
    whole = _is_whole(f, spot, size, checked)
    ok = _within(f, known, INIT, size, whole=whole)
    for one in guards:
        ok = f.let(f"and i1 {ok}, {one}")
    good, slow, fast = f.label("known"), f.label("ask"), f.block
    f.branch(ok, good, slow, likely=True)
    f.start(slow)
    address = checked if checked is not None else guard(f, spot, size, write=False)
    init = _by_shadow(f, address, size, carry=carry)
    settle(f, spot, known)
    last = f.block
    f.jump(good)
    f.start(good)
    if address != spot.address:
        address = f.let(f"phi ptr [ {spot.address}, %{fast} ], [ {address}, %{last} ]")
    if checked is None:
        remember(f, spot, size, address, write=False)
    if init is not None:
        init = f.let(f"phi i1 [ true, %{fast} ], [ {init}, %{last} ]")
    return address, init


def _leave_unset(f: FunctionState, spot: Spot, size: int, checked: str | None) -> None:
    """Leave the fast copy unless `size` bytes, and what is read after them, are initialised."""
    known = describe(f, spot)
    extent = reads_ahead(f, spot, size) if follows_pointer(spot) and asks_range(spot) else None
    if extent is None or extent[1] - extent[0] == size:
        whole = _is_whole(f, spot, size, checked)
        f.leave_unless(_within(f, known, INIT, size, whole=whole))
    else:
        f.leave_unless(_all_within(f, spot, known, INIT, extent))
    if extent is not None:
        settle_ahead(f, spot, extent)


def _all_within(f: FunctionState, spot: Spot, known: Known, word: Word, extent: Extent) -> str:
    """Return the i1: does `extent`, relative to the pointer of `spot`, lie below `word`?"""
    assert spot.offset is not None
    low, high = extent
    first = Known(known.descriptor, f.let(f"sub i64 {known.offset}, {spot.offset - low}"))
    return _within(f, first, word, high - low, whole=False)


def _is_bare(
    f: FunctionState, spot: Spot, known: Known, size: int, extent: int, checked: str | None
) -> str:
    """Return the i1: are `extent` bytes, and what is written after them, known to be plain?"""
    whole = extent == size and _is_whole(f, spot, size, checked)
    alone = whole or not asks_range(spot)
    if not follows_pointer(spot) or not asks_range(spot):
        return _within(f, known, BARE, extent, whole=alone)
    assert spot.offset is not None
    assert spot.pointer is not None
    low, high, ok = f.plain.get(spot.pointer, (0, 0, ""))
    if low <= spot.offset and spot.offset + extent <= high:
        return ok
    ahead = writes_ahead(f, spot, extent)
    if ahead is None:
        return _within(f, known, BARE, extent, whole=alone)
    ok = _all_within(f, spot, known, BARE, ahead)
    f.plain[spot.pointer] = (*ahead, ok)
    return ok


def writable(f: FunctionState, spot: Spot, size: int, extent: int) -> str | None:
    """Return where to write `size` bytes that are initialised; the shadow of `extent` is seen to.

    None: its descriptor has nothing to say, and no check has been made.
    """
    if not asks_descriptor(f, spot):
        return None
    if covering(f, spot, extent, write=True) is not None:
        return spot.address
    known = describe(f, spot)
    checked = proven(f, spot, size, write=True)
    guards = [] if checked is not None else _guards(f, spot, size)
    leaves = f.copies.way_out is not None
    if leaves:
        for one in guards:
            f.leave_unless(one)
    if leaves:
        ok = _is_bare(f, spot, known, size, extent, checked)
    else:
        whole = extent == size and _is_whole(f, spot, size, checked)
        ok = _within(f, known, BARE, extent, whole=whole or not asks_range(spot))
        for one in guards:
            ok = f.let(f"and i1 {ok}, {one}")
    good, slow, fast = f.label("bare"), f.label("mark"), f.block
    f.branch(ok, good, slow, likely=True)
    f.start(slow)
    address = spot.address
    if not leaves:
        address = checked if checked is not None else guard(f, spot, size, write=True)
    elif checked is None and asks_range(spot) and not is_settled(f, spot, size):
        f.leave_unless(live_range(f, spot, size))
    f.commit()
    store_shadow(f, address, extent, None)
    last = f.block
    f.jump(good)
    f.start(good)
    if address != spot.address:
        address = f.let(f"phi ptr [ {spot.address}, %{fast} ], [ {address}, %{last} ]")
    if checked is None:
        remember(f, spot, size, address, write=True)
    return address


# ---------------------------------------------------------------------------- by the shadow


def _by_shadow(f: FunctionState, address: str, size: int, *, carry: bool) -> str | None:
    shadow = load_shadow(f, address, size)
    if carry:
        return all_set(f, shadow, size)
    even = f.let(f"icmp eq i{8 * size} {shadow}, {plain(size)}")
    if f.leave_unless(even):
        return None
    good, other = f.label("plain"), f.label("other")
    f.branch(even, good, other, likely=True)
    f.start(other)
    report_unset(f, address, size, all_set(f, shadow, size))
    f.jump(good)
    f.start(good)
    return None


def report_unset(f: FunctionState, address: str, size: int, init: str) -> None:
    """Report once that bytes at `address` are not initialised, unless `init`."""
    good, bad = f.label("set"), f.label("unset")
    f.branch(init, good, bad, likely=True)
    f.start(bad)
    site = f.site()
    arguments = f"ptr {address}, i64 {size}, i32 {site}"
    f.call("void", "fh_fault_uninit", arguments, site=site, tail=FAULT)
    f.jump(good)
    f.start(good)
