"""Bounds, life and alignment: what is asked before a place is accessed, and the reports."""

from dataclasses import replace

from freehold.codegen.ahead import is_settled
from freehold.codegen.lltypes import is_scalar
from freehold.codegen.spot import Spot
from freehold.codegen.state import TABLE, TBAA_DESCRIPTOR, FunctionState, Value
from freehold.types import align_of, size_of

# What a fault changes (shadow bytes, so that it is said once) the program need not see: the run
# time looks again.
FAULT = " cold nounwind memory(inaccessiblemem: readwrite)"


def must_be_set(f: FunctionState, value: Value, local: int | None = None) -> Value:
    """Report `value` once if it is uninitialised, and count it as initialised afterwards."""
    if value.init is None or f.module.unchecked:
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
    known = proven(f, spot, size, write=write)
    if known is not None:
        return known
    address = guard(f, spot, size, write=write)
    remember(f, spot, size, address, write=write)
    return address


def proven(f: FunctionState, spot: Spot, size: int, *, write: bool) -> str | None:
    """Return the address to access `spot` by if that needs no check; count the access."""
    if f.module.unchecked or size == 0:
        f.count("the rules of its language")
        return spot.address
    if spot.index_ok == "true" and spot.known is not None:
        f.count("index compared before")
        return spot.address
    fixed = spot.offset is not None and not spot.members
    if fixed and _surely_inside(spot, size):
        f.count("constant offset")
        return spot.address
    if fixed and spot.pointer is not None:
        for wrote in (write, True):
            known = f.checked.get((spot.pointer, spot.offset, wrote, size))
            if known is not None:
                f.count("checked before")
                return known
    f.count("checked before" if is_settled(f, spot, size) else "")
    return None


def remember(f: FunctionState, spot: Spot, size: int, address: str, *, write: bool) -> None:
    """Note that `size` bytes at `spot` have been checked, to be accessed by `address`."""
    if spot.offset is not None and not spot.members and spot.pointer is not None:
        f.checked[spot.pointer, spot.offset, write, size] = address


def _surely_inside(spot: Spot, size: int) -> bool:
    if spot.known is None or spot.offset is None:
        return False
    return spot.offset >= 0 and spot.offset + size <= spot.known


def guard(f: FunctionState, spot: Spot, size: int, *, write: bool) -> str:
    """Write the check of the object, and of the members that were indexed on the way."""
    inside = object_ok(f, spot, size)
    ok = inside
    for member in spot.members:
        ok = f.let(f"and i1 {ok}, {member.ok}") if ok is not None else member.ok
    assert ok is not None
    aligned = aligned_ok(f, spot, size)
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
        arguments += f", i64 {wanted_align(f, spot)}"
    return f.call("ptr", name, f"{arguments}, i32 {site}", site=site, tail=FAULT)


def _join(
    f: FunctionState, spot: Spot, good: str, origin: str, incoming: list[tuple[str, str]]
) -> str:
    f.start(good)
    pairs = ", ".join(f"[ {value}, %{block} ]" for value, block in incoming)
    return f.let(f"phi ptr [ {spot.address}, %{origin} ], {pairs}")


def object_ok(f: FunctionState, spot: Spot, size: int) -> str | None:
    """Return the i1: is the object live, and does it hold the bytes? None: surely."""
    if asks_range(spot):
        if is_settled(f, spot, size):
            return "true"
        return live_range(f, spot, size)
    if spot.index_ok is not None:
        return spot.index_ok
    if spot.offset is not None:
        inside = _surely_inside(spot, size)
        return None if inside and spot.members else ("true" if inside else "false")
    return None  # an index inside its member is inside the object


def asks_range(spot: Spot) -> bool:
    """Whether only the descriptor says if the object holds the bytes."""
    if spot.known is None:
        return True
    # Else it is a trailing array of a static object.
    return spot.index_ok is None and spot.offset is None and not spot.members


def aligned_ok(f: FunctionState, spot: Spot, size: int) -> str | None:
    """Return the i1: is the address one that the type allows? None: surely.

    Objects begin at multiples of 16. The bits of the address alone are asked, so that one answer
    does for all members, and for all rounds of a loop.
    """
    if not asks_alignment(f, spot, size) or _is_even(f, spot):
        return None
    return is_aligned(f, spot.address, wanted_align(f, spot))


def _is_even(f: FunctionState, spot: Spot) -> bool:
    """Whether the pointer that `spot` is reached through was asked, and is aligned."""
    if spot.pointer not in f.even or spot.offset is None:
        return False
    align = wanted_align(f, spot)
    return f.even[spot.pointer] % align == 0 and spot.offset % align == 0


def wanted_align(f: FunctionState, spot: Spot) -> int:
    """Return what the address is to be a multiple of.

    In Rust, of a part of what a raw pointer points to: as the whole is aligned.
    """
    return spot.align if f.rust and spot.align else align_of(spot.type)


def asks_alignment(f: FunctionState, spot: Spot, size: int) -> bool:
    """Whether an access of `size` bytes at `spot` is asked for its alignment."""
    align = wanted_align(f, spot)
    natural = is_scalar(spot.type) and spot.bits is None and align == size
    if f.rust:
        natural = spot.raw  # references have been asked when they were made
    unasked = spot.packed or bool(spot.members) or spot.known is not None
    return align > 1 and natural and not unasked


def is_aligned(f: FunctionState, address: str, align: int) -> str:
    """Return the i1: is the address a multiple of `align`?"""
    known = f.origins.get(address)
    at = address if known is None or known.multiple % align else known.address
    number = f.let(f"ptrtoint ptr {at} to i64")
    return f.let(f"icmp eq i64 {f.let(f'and i64 {number}, {align - 1}')}, 0")


def reference(f: FunctionState, spot: Spot) -> Value:
    """Return a reference to `spot`; one made of a raw pointer is asked whether it may exist.

    If it may not, that is reported here, and whatever is done through it is a consequence.
    """
    if not spot.raw or spot.meta:
        return Value(spot.address, spot.handle, meta=spot.meta)
    if size_of(spot.type) == 0:
        return Value(checked_nothing(f, spot), spot.handle)
    address = checked_address(f, spot, size_of(spot.type), write=False)
    if address == spot.address:
        return Value(address, spot.handle)
    f.module.declare("fh_made_up", "@fh_made_up = external global i64")
    good = f.let(f"icmp eq ptr {address}, {spot.address}")
    made_up = f.let("load i64, ptr @fh_made_up")
    return Value(address, f.let(f"select i1 {good}, i64 {spot.handle}, i64 {made_up}"))


def checked_nothing(f: FunctionState, spot: Spot) -> str:
    """Return the address of a value without bytes: it is to be aligned, that is all."""
    align = wanted_align(f, spot)
    if f.module.unchecked or not spot.raw or spot.packed or align == 1:
        return spot.address
    ok = is_aligned(f, spot.address, align)
    if f.leave_unless(ok):
        return spot.address
    good, bad = f.label("ok"), f.label("bad")
    f.branch(ok, good, bad, likely=True)
    f.start(bad)
    site = f.site(spot.member)
    arguments = f"ptr {spot.address}, i64 {spot.handle}, i64 0, i64 {align}, i32 0, i32 {site}"
    f.call("ptr", "fh_fault_aligned", arguments, site=site, tail=FAULT)
    f.jump(good)
    f.start(good)
    return spot.address


def descriptor_of(f: FunctionState, handle: str) -> str:
    """Return the address of the descriptor of `handle`."""
    short = f.let(f"trunc i64 {handle} to i32")
    offset = f.let(f"zext i32 {short} to i64")
    at = f.let(f"add i64 {offset}, {TABLE}")
    return f.let(f"inttoptr i64 {at} to ptr")


def offset_in(f: FunctionState, descriptor: str, address: str, handle: str) -> str:
    """Return how far `address` lies behind the object's base: huge if the handle is stale."""
    base = f.let(f"load i64, ptr {descriptor}, align 16, !tbaa !{TBAA_DESCRIPTOR}")
    number = f.let(f"ptrtoint ptr {address} to i64")
    tagged = f.let(f"add i64 {number}, {handle}")
    return f.let(f"sub i64 {tagged}, {base}")


def depth_of(f: FunctionState, descriptor: str, address: str, handle: str) -> str:
    """Return `offset_in`; by way of the pointer that `address` comes from, if that was asked."""
    known = f.origins.get(address)
    depth = None if known is None else f.depths.get((known.address, known.handle))
    if known is None or depth is None or f.copies.way_out is None:
        return offset_in(f, descriptor, address, handle)
    distance = f.total(known.distance)
    return depth if distance == "0" else f.let(f"add i64 {depth}, {distance}")


def live_range(f: FunctionState, spot: Spot, size: int) -> str:
    """Return the i1: bounds and life in one compare of two loads."""
    descriptor = descriptor_of(f, spot.handle)
    size_at = f.let(f"getelementptr i8, ptr {descriptor}, i64 8")
    extent = f.let(f"load i64, ptr {size_at}, align 8, !tbaa !{TBAA_DESCRIPTOR}")
    offset = offset_in(f, descriptor, spot.address, spot.handle)
    return below(f, offset, extent, size)


def below(f: FunctionState, offset: str, extent: str, size: int) -> str:
    """Return the i1: do `size` bytes from `offset` on lie below `extent`?"""
    f.module.declare("llvm.usub.sat.i64", "declare i64 @llvm.usub.sat.i64(i64, i64)")
    limit = f.let(f"call i64 @llvm.usub.sat.i64(i64 {extent}, i64 {size - 1})")
    return f.let(f"icmp ult i64 {offset}, {limit}")
