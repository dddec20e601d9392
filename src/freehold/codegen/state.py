"""The function that is being written: its text, its values, its places in the text."""

from dataclasses import replace
from math import gcd

from freehold.codegen.extents import Extent
from freehold.codegen.lltypes import ir_type, is_scalar
from freehold.codegen.module import Module
from freehold.codegen.plan import Plan, is_rust
from freehold.codegen.sweeps import Group, Key, Sweep
from freehold.mir.body import Body
from freehold.mir.typing import Typer
from freehold.mir.values import Block, Place
from freehold.records import dataclass, field
from freehold.source import Source, Span

TABLE = 0x4000_0000
SHADOW_XOR = 0x5000_0000_0000
# Not round, or an object and its shadows would fall into the same way of a cache.
SHADOW_ADD = 0x15_5000
HANDLE_ADD = 0x1000_002A_A000

# Numbers of metadata nodes that every module has; see `program.PREAMBLE`.
TBAA_USER, TBAA_DESCRIPTOR, TBAA_INIT, TBAA_HANDLE = 4, 5, 6, 7
TBAA_KNOWN, TBAA_BARE = 16, 17
LIKELY = 8

UNWOUND = "unwound"  # the label where a panic leaves the function


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar: `ir` and, of a pointer, its handle. `init` is an i1, or None if surely set.

    `meta` is the metadata of a wide pointer: an i64.
    """

    ir: str
    handle: str = "0"
    init: str | None = None
    meta: str = ""


@dataclass(frozen=True, slots=True)
class Private:
    """An address in a private local: its number, and the bytes to there (a number or an i64)."""

    local: int
    offset: str = "0"


@dataclass(frozen=True, slots=True)
class Lent:
    """A temporary that points to the start of an array member of `size` bytes."""

    size: int
    member: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Another address of the same alignment: that of a pointer with its handle, if known.

    What was derived from it lies `distance` further on, the sum of these, a multiple of `multiple`.
    """

    address: str
    handle: str = ""
    multiple: int = 0
    distance: tuple[str, ...] = ()


@dataclass(slots=True)
class Copies:
    """The copies of a body that has loops: a fast one, and a careful one behind it.

    In the fast copy a check that fails leaves for the same statement of the careful copy, which
    says what is wrong and goes on. A statement can be left only as long as it has changed nothing,
    since it is run again: `way_out` is the label of its other copy. The careful copy goes back
    where a loop begins (`headers`).

    The first round of an innermost loop without calls is peeled off (`loops`: its blocks, by its
    header): what it has checked holds in all others, as far as it does not change. The way back
    leads to such a first round: so nothing joins the loop itself, and what does not change can
    move out of it.

    If what a loop accesses can be asked for before (`sweeps`), it has one more copy, in which
    that is not asked again. Behind the first round one of the two is chosen: see `widen`.

    `turn` is the copy that is being written: "b", "p" (a first round), "w" (the choice), "q"
    (where nothing is asked again) or "c" (careful).
    """

    turn: str = "b"
    at: tuple[int, int] = (-1, 0)  # block and statement
    way_out: str | None = None
    entered: set[tuple[int, int]] = field(default_factory=set)
    loops: dict[int, frozenset[int]] = field(default_factory=dict)
    sweeps: dict[int, Sweep] = field(default_factory=dict)
    apart: dict[Key, str] = field(default_factory=dict)  # slots: from pointers to their handles
    kept: dict[Place, tuple[str, str]] = field(default_factory=dict)  # slots for value and handle
    headers: frozenset[int] = frozenset()
    by_shadow: bool = False  # descriptors are not asked what is known: see `shadow`
    peeling: int = -1
    indirect: dict[int, None] = field(default_factory=dict)  # blocks that computed gotos lead to
    # Reads that were asked for where their pointer was loaded, see `ahead.follow`: the careful copy
    # looks how far their objects are initialised.
    awaited: set[tuple[int, int]] = field(default_factory=set)
    # What is known of the pointer that this statement computes: extent and alignment.
    followed: tuple[Extent, int] | None = None
    # The sites of each statement are the same in all copies, which LLVM may join again.
    sites: dict[tuple[tuple[int, int], Span, str], int] = field(default_factory=dict)

    def label(self, target: int) -> str:
        """Return the label of block `target`, for a jump from where we are."""
        if self.turn == "c":
            if target in self.headers:
                return f"{'p' if target in self.loops else 'b'}{target}"
            return f"c{target}"
        if self.peeling >= 0 and target in self.loops[self.peeling]:
            if self.turn == "p" and target == self.peeling:
                return f"{'w' if target in self.sweeps else 'b'}{target}"
            return f"{self.turn}{target}"
        loop = self.loops.get(target)
        return f"b{target}" if loop is None or self.at[0] in loop else f"p{target}"

    def kept_at(self, place: Place) -> tuple[str, str] | None:
        """Return the slots of what `place` held before the loop, if it still does."""
        if self.turn != "q":
            return None
        index, number = self.at
        asked = ((Block(index), number), place) in self.sweeps[self.peeling].kept
        return self.kept[place] if asked else None

    def covering(
        self, pointer: int | None, extent: Extent, align: int, *, write: bool
    ) -> Group | None:
        """Return with what this access through a register local was asked for before the loop."""
        if self.turn != "q" or pointer is None:
            return None
        sweep, (index, number) = self.sweeps[self.peeling], self.at
        return sweep.covering((Block(index), number), pointer, extent, align, write=write)


# Run-time functions that change nothing which a statement run again would see.
_PURE = frozenset(("fh_load_handle", "fh_resolve"))


class FunctionState:
    """Emits one function; the modules beside this one write through it."""

    def __init__(self, module: Module, body: Body, plan: Plan, subprogram: int) -> None:
        self.module = module
        self.body = body
        self.plan = plan
        self.typer = Typer(body, module.program)
        self.entry: list[str] = []
        self.lines: list[str] = []
        self.subprogram = subprogram
        self.span: Span = body.span
        self.block = "begin"
        self.checked: dict[tuple[object, ...], str] = {}
        self.lent: dict[int, Lent] = {}
        # Of what register locals point to: which bytes are known to be live and initialised, and
        # whether (an i1) they are known to be untagged, too. See `ahead`.
        self.settled: dict[int, tuple[int, int]] = {}
        self.plain: dict[int, tuple[int, int, str]] = {}
        # What register locals hold multiples of, as far as it was asked.
        self.even: dict[int, int] = {}
        # Of addresses, and of what register locals hold.
        self.origins: dict[str, Origin] = {}
        self.held: dict[int, Origin] = {}
        # How far behind its object's base an address lies by a handle.
        self.depths: dict[tuple[str, str], str] = {}
        self.copies = Copies()
        self.private: dict[str, Private] = {}
        self.rust = is_rust(body)
        self.recorded = False  # whether steps and variables are noted: see `codegen.record`
        self.line_shown: tuple[Source, int] | None = None
        self.headers: frozenset[int] = frozenset()  # the blocks that begin a loop's round
        self.unwound = False  # whether some panic goes on in the caller
        self._count = 0
        self._volatile = " volatile" if plan.setjmp else ""

    def temp(self) -> str:
        """Return a fresh value name."""
        self._count += 1
        return f"%t{self._count}"

    def label(self, stem: str) -> str:
        """Return a fresh block name."""
        self._count += 1
        return f"{stem}{self._count}"

    def line(self, text: str) -> None:
        """Write one instruction."""
        self.lines.append(f"  {text}")

    def let(self, text: str) -> str:
        """Write an instruction that has a result, and return its name."""
        name = self.temp()
        self.lines.append(f"  {name} = {text}")
        return name

    def start(self, label: str) -> None:
        """Begin a basic block."""
        self.block = label
        self.lines.append(f"{label}:")

    def jump(self, label: str) -> None:
        """End the block with a branch."""
        self.line(f"br label %{label}")

    def branch(self, condition: str, yes: str, no: str, *, likely: bool = False) -> None:
        """End the block with a conditional branch; `likely`: it is nearly always `yes`."""
        weight = f", !prof !{LIKELY}" if likely else ""
        self.line(f"br i1 {condition}, label %{yes}, label %{no}{weight}")

    def site(self, name: str = "") -> int:
        """Return the site at the span that is being written; `name` is what it touches."""
        key = (self.copies.at, self.span, name)
        known = self.copies.sites.get(key)
        if known is None:
            known = self.module.site(self.span, self.body.display, name)
            self.copies.sites[key] = known
        return known

    def step(self, address: str, offset: int | str) -> str:
        """Return the address `offset` bytes (a number, or an i64) further on."""
        if offset == 0:
            return address
        made = self.let(f"getelementptr i8, ptr {address}, i64 {offset}")
        if isinstance(offset, int):
            self.derive(made, address, offset, str(offset))
        known = self.private.get(address)
        if known is not None:
            self.private[made] = Private(known.local, self._sum(known.offset, str(offset)))
        return made

    def derive(self, made: str, address: str, multiple: int, distance: str) -> None:
        """Note that `made` lies `distance` (an i64) from `address`, a multiple of `multiple`."""
        known = self.origins.get(address) or Origin(address)
        apart = (*known.distance, distance)
        self.origins[made] = replace(known, multiple=gcd(known.multiple, multiple), distance=apart)

    def lose(self) -> None:
        """Drop what was proven: other ways join here."""
        self.checked.clear()
        self.lent.clear()
        self.origins.clear()
        self.held.clear()
        self.depths.clear()
        self.unsettle()

    def unsettle(self) -> None:
        """Drop what was known of shadows: something may be uninitialised now, or end."""
        self.settled.clear()
        self.plain.clear()
        self.even.clear()

    def slot(self, kind: str) -> str:
        """Return a new alloca for values of LLVM type `kind`."""
        name = f"%slot{len(self.entry)}"
        self.entry.append(f"{name} = alloca {kind}")
        return name

    def private_memory(self, size: int) -> str:
        """Return the address of new memory, with its shadow, that is private to the function."""
        if self.module.unchecked:
            return self.slot(f"[{size} x i8], align 16")
        number = len(self.plan.homes) + len(self.private)
        for letter in "msg":
            self.entry.append(f"%{letter}{number} = alloca [{size} x i8], align 16")
        self.private[f"%m{number}"] = Private(number)
        return f"%m{number}"

    def total(self, terms: tuple[str, ...]) -> str:
        """Return the sum of i64s."""
        found = "0"
        for one in terms:
            found = self._sum(found, one)
        return found

    def _sum(self, left: str, right: str) -> str:
        if left.isdigit() and right.isdigit():
            return str(int(left) + int(right))
        return right if left == "0" else self.let(f"add i64 {left}, {right}")

    def count(self, proven: str = "") -> None:
        """Count an access, once for all copies; `proven` says why it needs no check."""
        if self.copies.turn == "b":
            self.module.statistics.count(proven)

    def commit(self) -> None:
        """Note that the statement has changed something, and cannot be run again."""
        self.copies.way_out = None

    def leave_unless(self, ok: str) -> bool:
        """Leave the fast copy unless `ok`, an i1; False if it cannot be left here."""
        copies = self.copies
        if copies.way_out is None:
            return False
        good = self.label("ok")
        self.branch(ok, good, copies.way_out, likely=True)
        self.start(good)
        if copies.turn != "w":
            copies.entered.add(copies.at)
        return True

    def debug(self, site: int) -> str:
        """Return the suffix that ties an instruction to `site`."""
        if self.module.trusted:
            return ""
        return f", !dbg !{self.module.location(site, self.subprogram)}"

    def call(
        self, result: str, callee: str, arguments: str, *, site: int | None = None, tail: str = ""
    ) -> str:
        """Write a call of a run-time function, declared on the way; return its result's name."""
        kinds = ", ".join(_kinds(arguments))
        name = f'@"{callee}"'
        self.module.declare(callee, f"declare {result} {name}({kinds}){tail}")
        suffix = self.debug(self.site() if site is None else site)
        text = f"call {result} {name}({arguments}){suffix}"
        if callee not in _PURE:
            self.commit()
            self.unsettle()
        if result == "void":
            self.line(text)
            return ""
        return self.let(text)

    # ------------------------------------------------------------------------- register locals

    def read_register(self, local: int) -> Value:
        """Return the value of a register local."""
        home = self.plan.homes[local]
        ty = self.body.locals[local].type
        if not is_scalar(ty):
            return Value("undef")
        kind = ir_type(ty)
        value = self.let(f"load{self._volatile} {kind}, ptr %v{local}")
        handle, init, meta = "0", None, ""
        if home.pointer and not self.module.unchecked:
            handle = self.let(f"load{self._volatile} i64, ptr %h{local}")
            if local in self.held:
                self.origins[value] = self.held[local]
        if home.wide:
            meta = self.let(f"load i64, ptr %w{local}")
        if home.tracked and not self.module.unchecked:
            init = self.let(f"load{self._volatile} i1, ptr %i{local}")
        return Value(value, handle, init, meta)

    def write_register(self, local: int, value: Value) -> None:
        """Set a register local."""
        home = self.plan.homes[local]
        kind = ir_type(self.body.locals[local].type)
        self.commit()
        self.line(f"store{self._volatile} {kind} {value.ir}, ptr %v{local}")
        if home.wide:
            self.line(f"store i64 {value.meta}, ptr %w{local}")
        if self.module.unchecked:
            return
        if home.pointer:
            self.line(f"store{self._volatile} i64 {value.handle}, ptr %h{local}")
        if home.tracked:
            self.line(f"store{self._volatile} i1 {value.init or 'true'}, ptr %i{local}")
        self.forget(local)
        if home.pointer:
            known = self.origins.get(value.ir) or Origin(value.ir, value.handle)
            self.held[local] = known

    def forget(self, local: int) -> None:
        """Drop what was proven about the pointer in `local`."""
        for key in [key for key in self.checked if key[0] == local]:
            del self.checked[key]
        for facts in (self.lent, self.held, self.settled, self.plain, self.even):
            facts.pop(local, None)


def _kinds(arguments: str) -> list[str]:
    return [part.strip().split(" ")[0] for part in arguments.split(",")] if arguments else []
