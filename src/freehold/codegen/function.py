"""One body: prologue, blocks, epilogue."""

from typing import assert_never

from freehold.codegen import abi
from freehold.codegen.calls import call, parameter_types
from freehold.codegen.compiled import RESULT
from freehold.codegen.ends import give_up, hold
from freehold.codegen.enums import set_discriminant
from freehold.codegen.intrinsics import intrinsic
from freehold.codegen.lltypes import (
    ir_type,
    is_aggregate,
    is_scalar,
    parts_of,
    result_type,
)
from freehold.codegen.memory import copy_bytes, load_spot, store_spot
from freehold.codegen.module import PACKED_SITE, Module, quote
from freehold.codegen.moves import moved
from freehold.codegen.peel import peelable
from freehold.codegen.places import locate
from freehold.codegen.plan import Wants, holds_pointers, named, plan_body, plan_unchecked
from freehold.codegen.record import (
    drops_from,
    ends_from,
    entered,
    is_recorded,
    last_step,
    left,
    step,
)
from freehold.codegen.shadow import clear_shadow
from freehold.codegen.spot import Spot
from freehold.codegen.state import UNWOUND, Copies, FunctionState, Private, Value
from freehold.codegen.strides import Around
from freehold.codegen.sweeps import sweep_of
from freehold.codegen.values import assign, read
from freehold.codegen.widen import widen
from freehold.mir.body import Body, Linkage, LocalKind
from freehold.mir.cfg import dominators, natural_loops, targets_of
from freehold.mir.statements import (
    Ascribe,
    Assign,
    Barrier,
    Call,
    FakeRead,
    Goto,
    IndirectGoto,
    Intrinsic,
    Resume,
    Return,
    SetDiscriminant,
    Statement,
    StorageDead,
    StorageLive,
    Switch,
    Unreachable,
)
from freehold.types import IntType, PointerType, Type, align_of, size_of
from freehold.types.signature import is_nothing

ATTRIBUTES = 'nounwind null_pointer_is_valid "frame-pointer"="all" "disable-tail-calls"="true"'
# Locals are in the native stack: a large frame may not step over its guard page.
PROBED = '"probe-stack"="inline-asm"'
_HINTS = {"inline": "inlinehint", "cold": "cold"}
# LLVM would put functions that look cold elsewhere, where the addresses of a stack are not sought.
SECTION = 'section ".text"'


# LLVM's time grows faster than its functions. Bodies with more statements than this are written
# once, and those with more than that are not inlined, though it be their only call.
LARGE = 300
INLINED = 100


def weight(body: Body) -> int:
    """Return the number of statements and blocks of `body`."""
    return sum(len(block.statements) + 1 for block in body.blocks)


def emit_body(module: Module, body: Body, unit: int) -> str:
    """Return the LLVM definition of `body`."""
    recorded = module.recorded and is_recorded(body)
    if module.proven:
        plan = plan_unchecked(body)
    else:
        wants = Wants(body.name in module.ending, recorded, module.program.exact)
        plan = plan_body(body, wants)
    subprogram = -1 if module.trusted else module.subprogram(body, unit)
    f = FunctionState(module, body, plan, subprogram)
    f.recorded = recorded
    _prologue(f)
    copies = f.copies
    large = weight(body) > LARGE
    loops = {} if module.unchecked or plan.setjmp or large else natural_loops(body)
    twice = bool(loops) and not recorded
    f.headers = frozenset(loops)
    copies.headers = f.headers if twice else frozenset()
    # Rust's padding is of nobody: little is known of many objects. And large bodies take long.
    copies.by_shadow = large or f.rust
    copies.loops = peelable(body, loops) if twice else {}
    if copies.loops and not copies.by_shadow:
        around = Around(body, f.typer, plan, dominators(body))
        found = {one: sweep_of(around, one, blocks) for one, blocks in copies.loops.items()}
        copies.sweeps = {header: sweep for header, sweep in found.items() if sweep is not None}
    f.jump(copies.label(0))
    for header, blocks in copies.loops.items():
        copies.turn, copies.peeling = "p", header
        for index in sorted(blocks):
            _block(f, index, twice=twice)
        if header in copies.sweeps:
            widen(f, header, copies.sweeps[header])
            copies.turn = "q"
            for index in sorted(blocks):
                _block(f, index, twice=twice)
    copies.turn, copies.peeling = "b", -1
    for index in range(len(body.blocks)):
        _block(f, index, twice=twice)
    copies.turn = "c"
    for index in _behind(body, copies):
        _block(f, index, twice=False)
    if copies.indirect:
        _dispatch(f)
    if f.unwound:
        _unwound(f)
    return _define(f)


def _unwound(f: FunctionState) -> None:
    """Write the block where a panic leaves the function: what it left alive ends here."""
    f.start(UNWOUND)
    own = f.module.own_type(f.body.name)
    if not own.unwinds:
        f.line("unreachable")
        return
    for number, home in enumerate(f.plan.homes):
        if not home.described:
            continue
        if home.scoped:
            handle = f.let(f"load i64, ptr %h{number}")
            dead, live, done = f.let(f"icmp eq i64 {handle}, 0"), f.label("live"), f.label("dead")
            f.branch(dead, done, live)
            f.start(live)
            _leave(f, number)
            f.jump(done)
            f.start(done)
        else:
            _leave(f, number)
    _reset_frame(f)
    kind = result_type(own)
    if kind == "i1":
        f.line("ret i1 true")
        return
    # Of no constants: LLVM takes a choice between two results apart only if it has seen both made.
    parts = parts_of(f.body.type.result)
    f.module.declare("fh_panic", "@fh_panic = external global { ptr, i64 }")
    whole = "undef"
    for index, part in enumerate(parts):
        any_value = f.let(f"load {part}, ptr @fh_panic")
        whole = f.let(f"insertvalue {kind} {whole}, {part} {any_value}, {index}")
    f.line(f"ret {kind} {f.let(f'insertvalue {kind} {whole}, i1 true, {len(parts)}')}")


def _reset_frame(f: FunctionState) -> None:
    left(f)
    if f.plan.uses_dynamic:
        f.call("void", "fh_dynamic_leave", "i64 %side.top", tail=" nounwind")
    elif f.plan.frame:
        f.line("store i64 %side.top, ptr @fh_side_top")


def _dispatch(f: FunctionState) -> None:
    """Write the one block that jumps to labels by address: n gotos to n labels are n edges."""
    f.entry.append("%indirect.to = alloca ptr")
    f.start("indirect")
    to = f.let("load ptr, ptr %indirect.to")
    labels = ", ".join(f"label %b{target}" for target in f.copies.indirect)
    f.line(f"indirectbr ptr {to}, [{labels}]")


def _block(f: FunctionState, index: int, *, twice: bool) -> None:
    """Write a block; `twice`: its checks may leave it for the careful copy."""
    f.lose()
    f.start(f"{f.copies.turn}{index}")
    block = f.body.blocks[index]
    f.line_shown = None
    before: Statement | None = None
    end, drop = ends_from(f, block), drops_from(f, block)
    for number, statement in enumerate(block.statements):
        _begin(f, index, number, twice=twice)
        if number == end:
            last_step(f, block.terminator.span)
        f.span = statement.span
        step(f, statement, again=number == drop)
        _statement(f, statement, before)
        moved(f, statement)
        before = statement
    _begin(f, index, len(block.statements), twice=twice)
    f.span = block.terminator.span
    if end == len(block.statements):
        last_step(f, f.span)
    step(f, block.terminator)
    _terminator(f, block.terminator)
    f.commit()


def _begin(f: FunctionState, index: int, number: int, *, twice: bool) -> None:
    copies = f.copies
    copies.at, copies.followed = (index, number), None
    copies.way_out = f"c{index}.{number}" if twice else None
    if copies.turn == "c" and copies.at in copies.entered:
        f.jump(f"c{index}.{number}")
        f.start(f"c{index}.{number}")
        f.lose()


def _behind(body: Body, copies: Copies) -> list[int]:
    """Return the blocks of the careful copy that can be reached from those entered."""
    pending = [index for index, _ in copies.entered]
    seen = set(pending)
    while pending:
        terminator = body.blocks[pending.pop()].terminator
        if isinstance(terminator, IndirectGoto):
            continue  # a label's address is that of the fast copy
        for target in targets_of(terminator):
            if target not in seen and target not in copies.headers:
                seen.add(target)
                pending.append(target)
    return sorted(seen)


def _define(f: FunctionState) -> str:
    body, module = f.body, f.module
    words = [ATTRIBUTES]
    if module.proven:
        words += [PROBED, *(word for key, word in _HINTS.items() if key in body.attributes)]
    if "noinline" in body.attributes or "cold" in body.attributes:
        words.append("noinline")
    elif "always_inline" in body.attributes:
        words.append("alwaysinline")
    elif weight(body) > INLINED and not module.unchecked:
        words.append("noinline")
    if "returns_twice" in body.attributes:
        words.append("noinline")
    entry = ["entry:", *(f"  {line}" for line in f.entry), *_frame(f), "  br label %begin"]
    debug = "" if module.trusted else f" {SECTION} !dbg !{f.subprogram}"
    if module.trusted:
        head = _trusted_head(f)
    else:
        kinds = parameter_types(body.type)
        names = ", ".join(f"{kind} %a{n}" for n, kind in enumerate(kinds))
        linkage = "" if body.name in module.exports else "internal "
        head = (
            f"define {linkage}{result_type(module.own_type(body.name))} "
            f"{quote('fi.' + body.name)}({names})"
        )
    text = "\n".join([*entry, "begin:", *f.lines])
    return f"{head} {' '.join(words)}{debug} {{\n{text}\n}}\n"


# A part of the run time is linked into no other: what it defines, it finds without a table.
_LINKAGE = {Linkage.WEAK: "weak ", Linkage.INTERNAL: "internal ", Linkage.EXTERNAL: "dso_local "}


def _trusted_head(f: FunctionState) -> str:
    body = f.body
    how = abi.passing(body.type.result)
    parts = [f"ptr sret([{size_of(body.type.result)} x i8]) %result"] if how.memory else []
    number = 0
    for ty in body.type.parameters:
        for kind in _parameter_kinds(ty):
            parts.append(f"{kind} %a{number}")
            number += 1
    linkage = _LINKAGE[body.linkage]
    name = f.module.code(body.name)
    if "preserve_most" in body.attributes:  # it is called where no register is to spare
        linkage += "preserve_mostcc "
    return f"define {linkage}{abi.return_type(how)} {name}({', '.join(parts)})"


def _parameter_kinds(ty: Type) -> list[str]:
    how = abi.passing(ty)
    if how.memory:
        return [f"ptr byval([{size_of(ty)} x i8]) align 8"]
    if is_scalar(ty):
        return [f"{ir_type(ty)}{abi.extension(ty)}"]
    return list(how.words)


# ------------------------------------------------------------------------------------ prologue


def _frame(f: FunctionState) -> list[str]:
    """Return the prologue's lines that lay out the frame: its size is known only at the end."""
    plan = f.plan
    if f.module.trusted:
        size = max(plan.frame, 1)
        lines = [f"  %frame = alloca [{size} x i8], align 16"] if plan.frame else []
    elif plan.frame or plan.uses_dynamic:
        size = -(-plan.frame // 16) * 16 + plan.align - 16
        f.module.declare("fh_side_top", "@fh_side_top = external global i64")
        f.module.declare("fh_side_limit", "@fh_side_limit = external global i64")
        name = "fh_side_overflow"
        f.module.declare(name, f"declare void @{name}(i64, i32) cold noreturn nounwind")
        f.span = f.body.span
        site = f.site()
        lines = [
            "  %side.top = load i64, ptr @fh_side_top",
            f"  %side.next = add i64 %side.top, {size}",
            "  %side.limit = load i64, ptr @fh_side_limit",
            "  %side.ok = icmp ule i64 %side.next, %side.limit",
            "  br i1 %side.ok, label %side.fits, label %side.full, !prof !8",
            "side.full:",
            f"  call void @{name}(i64 {size}, i32 {site}){f.debug(site)}",
            "  unreachable",
            "side.fits:",
            "  store i64 %side.next, ptr @fh_side_top",
            *_frame_start(plan.align),
        ]
    else:
        lines = []
    for number, home in enumerate(plan.homes):
        if not (home.register or home.dynamic or home.private or home.native):
            lines.append(f"  %m{number} = getelementptr i8, ptr %frame, i64 {home.offset}")
    return lines


def _frame_start(align: int) -> list[str]:
    if align == 16:
        return ["  %frame = inttoptr i64 %side.top to ptr"]
    return [
        f"  %side.most = add i64 %side.top, {align - 1}",
        f"  %side.start = and i64 %side.most, {-align}",
        "  %frame = inttoptr i64 %side.start to ptr",
    ]


def _reserve(f: FunctionState, number: int) -> None:
    """Reserve the allocas of one local and its companions, all zero at the start."""
    home, ty, unchecked = f.plan.homes[number], f.body.locals[number].type, f.module.unchecked
    needed: list[tuple[str, str]] = []
    if home.native or home.private:
        _reserve_bytes(f, number, max(16, align_of(ty)))
        return
    if home.register:
        if not is_scalar(ty):
            return
        needed.append(("v", ir_type(ty)))
        if home.pointer and not unchecked:
            needed.append(("h", "i64"))
        if home.wide:
            needed.append(("w", "i64"))
        if home.tracked and not unchecked:
            needed.append(("i", "i1"))
    elif not unchecked and (home.described or home.dynamic):
        needed.append(("h", "i64"))
    if home.dynamic:
        needed.append(("m", "ptr"))
    for letter, kind in needed:
        f.entry.append(f"%{letter}{number} = alloca {kind}")
        if not unchecked:  # the run time reads no local that it has not set
            f.entry.append(f"store {kind} zeroinitializer, ptr %{letter}{number}")


def _reserve_bytes(f: FunctionState, number: int, align: int) -> None:
    home = f.plan.homes[number]
    companions = ""
    if home.private:
        companions = "sg" if home.handles else "s"
        f.private[f"%m{number}"] = Private(number)
    for letter in f"m{companions}":
        f.entry.append(f"%{letter}{number} = alloca [{home.size} x i8], align {align}")


def _prologue(f: FunctionState) -> None:
    for number in range(len(f.plan.homes)):
        _reserve(f, number)
    if f.module.trusted:
        _trusted_parameters(f)
        return
    entered(f)
    for number, home in enumerate(f.plan.homes):
        if home.register or home.dynamic:
            continue
        if home.described and not home.scoped:
            _enter(f, number)
        elif not home.described and not home.scoped:
            clear_shadow(f, f"%m{number}", home.size)
    _parameters(f)


def _parameters(f: FunctionState) -> None:
    position = 1 if is_aggregate(f.body.type.result) else 0
    for number in range(1, f.body.argument_count + 1):
        ty = f.body.locals[number].type
        home = f.plan.homes[number]
        if is_aggregate(ty):
            source, size = (f"%a{position}", "0"), size_of(ty)
            copy_bytes(f, (f"%m{number}", "0"), source, size, handles=holds_pointers(ty))
            position += 1
            continue
        value = Value(f"%a{position}")
        if isinstance(ty, PointerType):
            meta = f"%a{position + 2}" if home.wide else ""
            value = Value(f"%a{position}", f"%a{position + 1}", meta=meta)
        position += len(parts_of(ty)) or 1
        if is_nothing(ty):
            continue
        if home.register:
            f.write_register(number, value)
        else:
            _spill(f, number, value, ty)
    if f.body.type.variadic:
        f.line(f"%varargs = getelementptr i8, ptr %a{position}, i64 0")


def _spill(f: FunctionState, number: int, value: Value, ty: Type) -> None:
    store_spot(f, Spot(f"%m{number}", "0", ty, size_of(ty), 0), value)


def _trusted_parameters(f: FunctionState) -> None:
    position = 0
    for number in range(1, f.body.argument_count + 1):
        ty = f.body.locals[number].type
        home = f.plan.homes[number]
        how = abi.passing(ty)
        if how.memory:
            copy_bytes(f, (f"%m{number}", "0"), (f"%a{position}", "0"), size_of(ty))
            position += 1
        elif is_scalar(ty):
            where = f"%v{number}" if home.register else f"%m{number}"
            f.line(f"store {ir_type(ty)} %a{position}, ptr {where}")
            position += 1
        else:
            for index, word in enumerate(how.words):
                at = f.let(f"getelementptr i8, ptr %m{number}, i64 {8 * index}")
                f.line(f"store {word} %a{position}, ptr {at}, align 1")
                position += 1


# -------------------------------------------------------------------------------------- scopes


def _object_number(f: FunctionState, number: int) -> int:
    declared = f.body.locals[number]
    name = named(f.body, number)  # type: ignore[arg-type]
    if declared.kind is LocalKind.RETURN:
        name = RESULT
    site = f.module.object_site(declared.type, declared.span, f.body.display, name)
    if number in f.plan.shown:
        f.module.shown[site & ~PACKED_SITE] = declared.type
    return site


def _enter(f: FunctionState, number: int) -> None:
    home = f.plan.homes[number]
    pool = f.module.pools.get((f.body.name, number))
    if pool is None:
        pool = f.module.pools[f.body.name, number] = f.module.pool()
        f.module.pool_sites[pool] = _object_number(f, number)
    site = f.module.pool_sites[pool]
    arguments = f"ptr %m{number}, i64 {home.size}, ptr {pool}, i32 {site}"
    handle = f.call("i64", "fh_stack_enter", arguments, tail=" nounwind")
    f.line(f"store i64 {handle}, ptr %h{number}")


def _leave(f: FunctionState, number: int) -> None:
    pool = f.module.pools.get((f.body.name, number))
    if pool is None:
        pool = f.module.pools[f.body.name, number] = f.module.pool()
        f.module.pool_sites[pool] = _object_number(f, number)
    handle = f.let(f"load i64, ptr %h{number}")
    f.call("void", "fh_stack_exit", f"i64 {handle}, ptr {pool}", tail=" nounwind")
    f.line(f"store i64 0, ptr %h{number}")


def _storage_live(f: FunctionState, statement: StorageLive, before: Statement | None) -> None:
    number = statement.local
    home = f.plan.homes[number]
    if home.register:
        if home.tracked and not f.module.unchecked:
            f.line(f"store i1 false, ptr %i{number}")
        return
    if home.dynamic:
        _dynamic(f, statement)
        return
    if f.module.unchecked:
        return
    if not home.described:
        clear_shadow(f, f"%m{number}", home.size)
        return
    handle = f.let(f"load i64, ptr %h{number}")
    dead = f.let(f"icmp eq i64 {handle}, 0")
    fresh, again, done = f.label("enter"), f.label("again"), f.label("live")
    f.branch(dead, fresh, again)
    f.start(fresh)
    _enter(f, number)
    f.jump(done)
    f.start(again)
    clear_shadow(f, f"%m{number}", home.size, handle)
    f.jump(done)
    f.start(done)


def _dynamic(f: FunctionState, statement: StorageLive) -> None:
    number = statement.local
    if statement.size is None:
        return
    size = read(f, statement.size).ir
    ty = f.body.locals[number].type
    if f.module.trusted:
        made = f.let(f"alloca i8, i64 {size}, align 16")
        f.line(f"store ptr {made}, ptr %m{number}")
        return
    before = f.let(f"load i64, ptr %h{number}")
    f.call("void", "fh_dynamic_exit", f"i64 {before}", tail=" nounwind")
    site = _object_number(f, number)
    align = max(16, align_of(ty))
    arguments = f"i64 {size}, i64 {align}, i32 11, i32 {site}"
    pair = f.call("{ ptr, i64 }", "fh_dynamic_enter", arguments, tail=" nounwind")
    pointer = f.let(f"extractvalue {{ ptr, i64 }} {pair}, 0")
    handle = f.let(f"extractvalue {{ ptr, i64 }} {pair}, 1")
    f.line(f"store ptr {pointer}, ptr %m{number}")
    f.line(f"store i64 {handle}, ptr %h{number}")


def _storage_dead(f: FunctionState, statement: StorageDead) -> None:
    number = statement.local
    home = f.plan.homes[number]
    if home.register or home.private or f.module.unchecked:
        return
    if home.dynamic:
        handle = f.let(f"load i64, ptr %h{number}")
        f.call("void", "fh_dynamic_exit", f"i64 {handle}", tail=" nounwind")
        f.line(f"store i64 0, ptr %h{number}")
    elif home.described:
        _leave(f, number)


# ---------------------------------------------------------------------------------- statements


def _statement(f: FunctionState, statement: Statement, before: Statement | None) -> None:
    match statement:
        case Assign():
            assign(f, statement)
        case StorageLive():
            same = isinstance(before, StorageLive) and before.local == statement.local
            if not same or statement.size is not None:
                _storage_live(f, statement, before)
        case StorageDead():
            _storage_dead(f, statement)
        case Barrier():
            f.line('call void asm sideeffect "", "~{memory}"()')
        case SetDiscriminant(place, variant):
            set_discriminant(f, locate(f, place), variant)
        case FakeRead() | Ascribe():
            raise AssertionError(statement)  # drop elaboration removes them
        case _:
            assert_never(statement)


def _terminator(f: FunctionState, terminator: object) -> None:
    match terminator:
        case Goto(target):
            f.jump(f.copies.label(target))
        case Switch():
            _switch(f, terminator)
        case Call():
            _call(f, terminator)
        case Return():
            _return(f)
        case IndirectGoto(operand, targets):
            value = read(f, operand)
            f.line(f"store ptr {value.ir}, ptr %indirect.to")
            f.jump("indirect")
            f.copies.indirect.update(dict.fromkeys(targets))
        case Unreachable():
            f.line("unreachable")
        case Resume() if f.module.own_type(f.body.name).unwinds:
            f.unwound = True
            f.jump(UNWOUND)
        case Resume():
            f.line("unreachable")  # nothing panics here
        case _:  # Rust's own: elaboration and monomorphisation leave none
            raise AssertionError(terminator)


def _call(f: FunctionState, terminator: Call) -> None:
    if isinstance(terminator.callee, Intrinsic):
        intrinsic(f, terminator, terminator.callee)
    else:
        call(f, terminator)
        hold(f, terminator)
    f.checked.clear()
    f.lent.clear()
    if terminator.target is not None:
        f.jump(f.copies.label(terminator.target))
    elif terminator.type.unwinds:
        f.line("unreachable")
    else:
        give_up(f)


def _switch(f: FunctionState, terminator: Switch) -> None:
    value = read(f, terminator.operand)
    ty = f.typer.operand(terminator.operand)
    kind, label = ir_type(ty), f.copies.label
    if len(terminator.targets) == 1 and terminator.targets[0][0] == 0:
        zero = f.let(f"icmp eq {kind} {value.ir}, 0")
        f.branch(zero, label(terminator.targets[0][1]), label(terminator.otherwise))
        return
    bits = ty.bits if isinstance(ty, IntType) else 8
    seen: dict[int, int] = {}
    for number, target in terminator.targets:
        seen.setdefault(number & ((1 << bits) - 1), target)
    cases = " ".join(f"{kind} {number}, label %{label(target)}" for number, target in seen.items())
    f.line(f"switch {kind} {value.ir}, label %{label(terminator.otherwise)} [ {cases} ]")


def _return(f: FunctionState) -> None:
    ty = f.body.type.result
    if f.module.trusted:
        _trusted_return(f, ty)
        return
    value = None
    if is_aggregate(ty):
        copy_bytes(f, ("%a0", "0"), ("%m0", "0"), size_of(ty), handles=holds_pointers(ty))
    elif not is_nothing(ty):
        value = _result(f, ty)
    for number in reversed(range(len(f.plan.homes))):
        home = f.plan.homes[number]
        if home.described and not home.scoped:
            _leave(f, number)
    _reset_frame(f)
    own = f.module.own_type(f.body.name)
    given: list[tuple[str, str]] = []
    if value is not None:
        fields = [value.ir, value.handle, value.meta]
        given = list(zip(parts_of(ty), fields, strict=False))
    if own.unwinds:
        given.append(("i1", "false"))
    kind = result_type(own)
    if len(given) < 2:
        f.line(f"ret {given[0][0]} {given[0][1]}" if given else "ret void")
        return
    whole = "undef"
    for index, (part, name) in enumerate(given):
        whole = f.let(f"insertvalue {kind} {whole}, {part} {name}, {index}")
    f.line(f"ret {kind} {whole}")


def _result(f: FunctionState, ty: Type) -> Value:
    """Return the result, which falling off the end may have left unset: its use reports that."""
    if f.plan.homes[0].register:
        return f.read_register(0)
    return load_spot(f, Spot("%m0", "0", ty, size_of(ty), 0), carry=True)


def _trusted_return(f: FunctionState, ty: Type) -> None:
    how = abi.passing(ty)
    if is_nothing(ty) or (not how.words and not how.memory):
        f.line("ret void")
        return
    if how.memory:
        copy_bytes(f, ("%result", "0"), ("%m0", "0"), size_of(ty))
        f.line("ret void")
        return
    if is_scalar(ty):
        where = "%v0" if f.plan.homes[0].register else "%m0"
        f.line(f"ret {ir_type(ty)} {f.let(f'load {ir_type(ty)}, ptr {where}')}")
        return
    shape = abi.return_type(how)
    whole = "undef"
    for index, word in enumerate(how.words):
        at = f.let(f"getelementptr i8, ptr %m0, i64 {8 * index}")
        part = f.let(f"load {word}, ptr {at}, align 1")
        if len(how.words) == 1:
            whole = part
            break
        whole = f.let(f"insertvalue {shape} {whole}, {word} {part}, {index}")
    f.line(f"ret {shape} {whole}")
