"""What is asked before a loop of even accesses: then none of them needs a check.

Between the first round of such a loop and the others (`w…`) the copy without these checks (`q…`)
is chosen, or the one that has them, `b…`. An access moves by the same stride in each round, modulo
2**64 as addresses do; so all of them are inside of an object if the first is, and the bytes from
there to the last are no more than the object has left.
"""

from freehold.codegen.bounds import descriptor_of, offset_in
from freehold.codegen.extents import Extent
from freehold.codegen.lltypes import ir_type
from freehold.codegen.memory import load_spot
from freehold.codegen.places import locate
from freehold.codegen.shadow import (
    BARE,
    INIT,
    Known,
    Word,
    handle_slot,
    has_descriptor,
    load_shadow,
    load_word,
)
from freehold.codegen.spot import Spot
from freehold.codegen.state import SHADOW_XOR, FunctionState
from freehold.codegen.strides import Stride
from freehold.codegen.sweeps import Exit, Group, Sweep
from freehold.mir.values import BinOp, Copy, IntConst, Local, Move, Operand, Place
from freehold.records import dataclass
from freehold.types import IntType, PointerType, Type

_MOST = 1 << 31  # of what is counted, and bytes of a stride: no product of these wraps
_FEW = 12  # rounds for which it is not worth to ask


def widen(f: FunctionState, header: int, sweep: Sweep) -> None:
    """Write the block that asks for all that the loop at `header` accesses evenly."""
    copies = f.copies
    f.lose()
    f.start(f"w{header}")
    copies.turn, copies.at, copies.way_out = "w", (header, 0), f"b{header}"
    copies.kept = {}
    for _, place in sweep.kept:
        if place not in copies.kept:
            copies.kept[place] = _keep(f, place, sweep)
    rounds = _rounds(f, sweep.exit)
    for local, stride in sweep.narrow.items():
        _ask_narrow(f, local, stride, rounds)
    for group in sweep.groups:
        _ask(f, group, rounds)
    f.jump(f"q{header}")


def _keep(f: FunctionState, place: Place, sweep: Sweep) -> tuple[str, str]:
    """Read `place` for all rounds; return the slots of its value and its handle."""
    spot = locate(f, place)
    value = load_spot(f, spot, carry=False)
    if sweep.aside:
        _ask_aside(f, spot, sweep)
    kind = ir_type(spot.type)
    slots = f.slot(kind), f.slot("i64")
    f.line(f"store {kind} {value.ir}, ptr {slots[0]}")
    f.line(f"store i64 {value.handle}, ptr {slots[1]}")
    return slots


def _ask_aside(f: FunctionState, spot: Spot, sweep: Sweep) -> None:
    """Leave unless no store of the loop changes what is at `spot`.

    Where the loop stores, nothing is tagged (`BARE`): not where there is a tagged pointer, then.
    Anything else is to be in another object.
    """
    if isinstance(spot.type, PointerType):
        f.leave_unless(f.let(f"icmp eq i64 {load_shadow(f, spot.address, 8)}, -1"))
    elif has_descriptor(f, spot):
        for group in sweep.groups:
            if group.writes is not None:
                other = f.read_register(group.pointer).handle
                f.leave_unless(f.let(f"icmp ne i64 {spot.handle}, {other}"))


def _now(f: FunctionState, local: Local) -> str:
    """Return what a local holds, as an i64."""
    return _extended(f, f.read_register(local).ir, f.body.locals[local].type)


def _extended(f: FunctionState, value: str, ty: Type) -> str:
    if not isinstance(ty, IntType):
        return f.let(f"ptrtoint ptr {value} to i64")
    if ty.bits == 64 or value.lstrip("-").isdigit():
        return value
    return f.let(f"{'sext' if ty.signed else 'zext'} i{ty.bits} {value} to i64")


def _operand(f: FunctionState, operand: Operand) -> str:
    if isinstance(operand, IntConst):
        return str(operand.value)
    assert isinstance(operand, (Copy, Move))
    place = operand.place
    slots = f.copies.kept.get(place)
    if slots is None:
        assert isinstance(place.base, int)
        return _now(f, place.base)
    ty = f.typer.place(place)
    return _extended(f, f.let(f"load {ir_type(ty)}, ptr {slots[0]}"), ty)


def _step(f: FunctionState, stride: Stride) -> str:
    """Return a stride in bytes or units, an i64; leave if it is not positive, or too large."""
    if stride.times is None:
        return str(stride.scale)
    times = _now(f, stride.times)
    less = f.let(f"sub i64 {times}, 1")
    f.leave_unless(f.let(f"icmp ult i64 {less}, {_MOST // stride.scale}"))
    return times if stride.scale == 1 else f.let(f"mul i64 {times}, {stride.scale}")


@dataclass(slots=True)
class Rounds:
    """The rounds to come: as many as `step` fits into `distance`, or less, and one more."""

    f: FunctionState
    exit: Exit
    distance: str
    step: str
    count: str = ""

    def way(self, stride: Stride, more: int) -> str:
        """Return how far that is at the most, and `more` strides on, in bytes or units."""
        f = self.f
        if stride.scale == 0:
            return "0"
        step = _step(f, stride)
        same = stride.times is not None and stride.times == self.exit.stride.times
        if same and stride.scale % self.exit.stride.scale == 0:
            # What is left of the distance after the last round is not worth a division.
            way = f.let(f"mul i64 {self.distance}, {stride.scale // self.exit.stride.scale}")
        else:
            way = f.let(f"mul i64 {self._counted()}, {step}")
        if not more:
            return way
        return f.let(f"add i64 {way}, {f.let(f'mul i64 {step}, {more}')}")

    def _counted(self) -> str:
        if not self.count:
            size = self.step.lstrip("-")
            self.count = self.distance
            if size != "1":
                self.count = self.f.let(f"udiv i64 {self.distance}, {size}")
        return self.count


def _rounds(f: FunctionState, way_out: Exit) -> Rounds:
    """Return how often the exit's test is passed from here on; leave if it is not."""
    ty = f.body.locals[way_out.left].type
    rising = way_out.stride.scale > 0
    signed = isinstance(ty, IntType) and (ty.signed or ty.bits < 64)
    letter = "s" if signed else "u"
    step, limit = _step(f, way_out.stride), _operand(f, way_out.right)
    first = _now(f, way_out.left)
    if way_out.moved:
        first = f.let(f"add i64 {first}, {step}")
    including = way_out.op in {BinOp.LE, BinOp.GE}
    low, high = (first, limit) if rising else (limit, first)
    word = f"{letter}{'le' if including else 'lt'}"
    f.leave_unless(f.let(f"icmp {word} i64 {low}, {high}"))
    distance = f.let(f"sub i64 {high}, {low}")
    size = step.lstrip("-")
    if way_out.op is BinOp.NE and size != "1":
        rest = f.let(f"urem i64 {distance}, {size}")
        f.leave_unless(f.let(f"icmp eq i64 {rest}, 0"))
    elif including or size != "1":
        _ask_end(f, limit, size, ty, rising=rising)
    if not including:
        distance = f.let(f"sub i64 {distance}, 1")
    least = _FEW * int(size) if size.isdigit() else 0
    above = f.let(f"sub i64 {distance}, {least}") if least else distance
    f.leave_unless(f.let(f"icmp ult i64 {above}, {_MOST}"))
    return Rounds(f, way_out, distance, step)


def _range_of(ty: Type) -> tuple[int, int]:
    if not isinstance(ty, IntType):
        return 0, (1 << 64) - 1
    if ty.signed:
        return -(1 << (ty.bits - 1)), (1 << (ty.bits - 1)) - 1
    return 0, (1 << ty.bits) - 1


def _ask_end(f: FunctionState, limit: str, size: str, ty: Type, *, rising: bool) -> None:
    """Leave unless what is compared can pass `limit` by `size` without wrapping."""
    low, high = _range_of(ty)
    if isinstance(ty, IntType) and ty.bits < 64:
        end = f.let(f"{'add' if rising else 'sub'} i64 {limit}, {size}")
        test = f"sle i64 {end}, {high}" if rising else f"sge i64 {end}, {low}"
    else:
        most = int(size) if size.isdigit() else _MOST
        letter = "s" if isinstance(ty, IntType) and ty.signed else "u"
        test = f"le i64 {limit}, {high - most}" if rising else f"ge i64 {limit}, {low + most}"
        test = letter + test
    f.leave_unless(f.let(f"icmp {test}"))


def _ask_narrow(f: FunctionState, local: Local, stride: Stride, rounds: Rounds) -> None:
    """Leave unless `local` keeps to its type's range while it steps on."""
    low, high = _range_of(f.body.locals[local].type)
    way = rounds.way(stride, 2)
    end = f.let(f"add i64 {_now(f, local)}, {way}")
    if stride.scale > 0:
        f.leave_unless(f.let(f"icmp sle i64 {end}, {high}"))
    else:
        f.leave_unless(f.let(f"icmp sge i64 {end}, {low}"))


def _ask(f: FunctionState, group: Group, rounds: Rounds) -> None:
    """Leave unless all that is accessed through one pointer is there, initialised and aligned."""
    pointer = f.read_register(group.pointer)
    step = _step(f, group.stride)
    first = pointer.ir
    if group.moved and step != "0":
        first = f.let(f"getelementptr i8, ptr {first}, i64 {step}")
    way = rounds.way(group.stride, 1 if group.again else 0)
    if group.align > 1:
        number = f.let(f"ptrtoint ptr {first} to i64")
        bits = f.let(f"and i64 {number}, {group.align - 1}")
        f.leave_unless(f.let(f"icmp eq i64 {bits}, 0"))
    descriptor = descriptor_of(f, pointer.handle)
    known = Known(descriptor, offset_in(f, descriptor, first, pointer.handle))
    for extent, word in ((group.reads, INIT), (group.writes, BARE)):
        if extent is not None:
            _ask_word(f, known, extent, word, way, falling=group.stride.scale < 0)
    if group.pointers and group.reads is not None:
        f.copies.apart[group.key] = _apart(f, group, first, way)


def _apart(f: FunctionState, group: Group, first: str, way: str) -> str:
    """Return a slot for how far the handles of pointers lie from these; leave if that differs.

    It is the same for all addresses that have the same upper bits.
    """
    assert group.reads is not None
    low, high = group.reads
    if group.stride.scale < 0:
        low, high = high, low
    address = f.let(f"ptrtoint ptr {f.step(first, low)} to i64")
    end = f.let(f"add i64 {address}, {f.let(f'add i64 {way}, {high - low}')}")
    bits = f.let(f"xor i64 {address}, {end}")
    f.leave_unless(f.let(f"icmp ult i64 {bits}, {SHADOW_XOR & -SHADOW_XOR}"))
    handles = f.let(f"ptrtoint ptr {handle_slot(f, f.step(first, low))} to i64")
    slot = f.slot("i64")
    f.line(f"store i64 {f.let(f'sub i64 {handles}, {address}')}, ptr {slot}")
    return slot


def _ask_word(
    f: FunctionState, known: Known, extent: Extent, word: Word, way: str, *, falling: bool
) -> None:
    low, high = extent
    start = f.let(f"add i64 {known.offset}, {low}")
    if falling:
        start = f.let(f"add i64 {start}, {way}")
        size = f.let(f"sub i64 {high - low}, {way}")
    else:
        size = f.let(f"add i64 {way}, {high - low}")
    limit = load_word(f, known, word)
    f.leave_unless(f.let(f"icmp ult i64 {start}, {limit}"))
    left = f.let(f"sub i64 {limit}, {start}")
    f.leave_unless(f.let(f"icmp ule i64 {size}, {left}"))
