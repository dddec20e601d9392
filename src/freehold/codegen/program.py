"""A program as an LLVM module: functions, globals, thunks, and the tables the run time reads."""

import re

from freehold.codegen import abi
from freehold.codegen.calls import parameter_types
from freehold.codegen.compiled import NO_BASE, Base, Compiled, Linked
from freehold.codegen.constants import FIRST, LAST, guarded
from freehold.codegen.constants import SECTION as CONSTANTS
from freehold.codegen.ends import ending
from freehold.codegen.function import ATTRIBUTES, SECTION, emit_body
from freehold.codegen.lltypes import (
    ir_type,
    is_aggregate,
    is_scalar,
    parts_of,
    result_type,
    signature_id,
)
from freehold.codegen.module import FIRST_OBJECT, KINDS, PACKED_SITE, Module, quote
from freehold.codegen.unwinding import quiet
from freehold.mir.body import Global, Linkage, Program, Relocation
from freehold.mir.values import Symbol
from freehold.records import dataclass
from freehold.runtime.libc import LIBC
from freehold.types import FunctionType, PointerType, align_of, size_of
from freehold.types.signature import is_nothing

# Zeros inside of data that are worth a field of their own.
_GAP = re.compile(rb"\0{256,}")
_PLAIN = set(range(32, 127)) - set(b'"\\')
_ESCAPES = {byte: f"\\{byte:02X}" for byte in set(range(256)) - _PLAIN}

PREAMBLE = (
    (
        'distinct !DICompileUnit(language: DW_LANG_C11, file: !1, producer: "freehold", '
        "isOptimized: true, runtimeVersion: 0, emissionKind: LineTablesOnly)"
    ),
    '!DIFile(filename: "sites", directory: "")',
    "!DISubroutineType(types: !3)",
    "!{}",
    "!{!9, !9, i64 0}",
    "!{!10, !10, i64 0}",
    "!{!11, !11, i64 0}",
    "!{!12, !12, i64 0}",
    '!{!"branch_weights", i32 100000, i32 1}',
    '!{!"user memory", !13, i64 0}',
    '!{!"descriptors", !13, i64 0}',
    '!{!"init shadow", !13, i64 0}',
    '!{!"handle shadow", !13, i64 0}',
    '!{!"freehold"}',
    '!{i32 2, !"Debug Info Version", i32 3}',
    '!{i32 7, !"Dwarf Version", i32 5}',
    "!{!18, !18, i64 0}",
    "!{!19, !19, i64 0}",
    '!{!"known to be initialised", !13, i64 0}',
    '!{!"known to be plain", !13, i64 0}',
)


# LLVM's inlining threshold for the run time, which says itself what must be inlined: at the default
# of 225 it takes half as long again to build.
_INLINING = 25


@dataclass(frozen=True, slots=True)
class CodegenOptions:
    """`trusted`: our own run time: native convention, no handles, no checks.

    `proven`: Rust's rules have shown that no access is wrong: no handles, no checks either.

    A program that is `recorded` notes its steps, its stores and its variables in a log.
    `base` is another object that the program is linked with; `exports`, if there are any, make this
    one, and are the functions and statics that it gives.
    """

    trusted: bool = False
    proven: bool = False
    speed: int = 2
    recorded: bool = False
    base: Base = NO_BASE
    exports: frozenset[Symbol] = frozenset()


def compile_program(program: Program, options: CodegenOptions) -> Compiled:
    """Return the object code of a whole program."""
    from freehold.codegen.optimise import object_code  # noqa: PLC0415  (imports LLVM)

    module = _module(program, options)
    text = _module_text(module)
    code = object_code(text, speed=options.speed, inlining=_INLINING if options.trusted else None)
    statistics = module.statistics
    proven = sum(statistics.proven.values())
    return Compiled(
        code,
        tuple(module.sites),
        statistics.total,
        proven,
        tuple(sorted(module.natives)),
        module.shown,
        _as_base(module) if options.exports else NO_BASE,
    )


def llvm_text(program: Program, options: CodegenOptions) -> str:
    """Return the LLVM module as text, before optimisation."""
    return _module_text(_module(program, options))


def _module(program: Program, options: CodegenOptions) -> Module:
    return Module(
        program,
        trusted=options.trusted,
        proven=options.proven,
        recorded=options.recorded,
        base=options.base,
        exports=options.exports,
    )


def _as_base(module: Module) -> Base:
    numbers = {name: number - FIRST_OBJECT for name, number in module.numbers.items()}
    functions = {
        name: Linked(
            name in module.quiet or not body.type.unwinds,
            name in module.ending,
            numbers.get(name),
        )
        for name, body in module.program.bodies.items()
        if name in module.exports
    }
    statics = {name: numbers[name] for name in module.program.globals if name in module.exports}
    return Base(functions, statics, len(module.numbers), len(module.sites))


def _module_text(module: Module) -> str:
    module.metadata.extend(PREAMBLE)
    program = module.program
    bodies = program.bodies.values()
    if not module.trusted:
        module.ending = ending(program, set(module.functions), module.base)
        module.guarded = guarded(program)
        module.quiet = quiet(program, module.base)
        for symbol in program.linked:
            _declare_linked(module, symbol)
    parts = [emit_body(module, body, 0) for body in bodies]
    parts += [FIRST] if module.guarded else []
    parts += [_global(module, one) for one in program.globals.values()]
    parts += [LAST] if module.guarded else []
    if not module.trusted:
        own = () if module.proven else (*program.bodies, *program.linked)
        parts += [_thunk(module, symbol) for symbol in module.functions if symbol in own]
        parts += [_adapter(module, symbol) for symbol in _pointed(module)]
        parts.append(_tables(module))
    elif any(program.constructors):
        raise NotImplementedError("constructors of the run time")
    defined = {body.name for body in bodies} if module.trusted else set()
    declared = [line for name, line in module.declared.items() if name not in defined]
    metadata = [f"!{number} = {text}" for number, text in enumerate(module.metadata)]
    head = 'target triple = "x86_64-unknown-linux-gnu"\n'
    debug = [] if module.trusted else ["!llvm.dbg.cu = !{!0}", "!llvm.module.flags = !{!14, !15}"]
    return head + "\n".join([*parts, *module.definitions, *declared, *debug, *metadata]) + "\n"


def _declare_linked(module: Module, symbol: Symbol) -> None:
    own = module.own_type(symbol)
    kinds = ", ".join(parameter_types(own))
    head = f"{result_type(own)} {quote(f'fi.{symbol}')}({kinds})"
    module.declare(f"fi.{symbol}", f"declare {head} nounwind")


# ------------------------------------------------------------------------------------- globals


def _global(module: Module, one: Global) -> str:
    name = module.global_name(one)
    thread = "thread_local " if one.thread_local and module.trusted else ""
    if one.data is None:
        kind = f"[{max(size_of(one.type), 1)} x i8]"
        return f"{name} = external {thread}global {kind}, align {max(one.align, 1)}"
    size = module.global_size(one.name)
    data = one.data
    own = one.linkage is Linkage.INTERNAL if module.trusted else one.name not in module.exports
    linkage = "internal " if own else "dso_local " if module.trusted else ""
    align = max(one.align, align_of(one.type), 1 if module.trusted else 16)
    # A write to a literal or a constant is reported by the signal that it raises.
    known = one.literal or one.vtable or (one.constant and not one.relocations)
    word = "constant" if known and one.name not in module.guarded else "global"
    fields = []
    at = 0
    for relocation in sorted(one.relocations, key=lambda r: r.offset):
        if relocation.offset > at:
            fields += _stretch(data, at, relocation.offset)
        if one.vtable and module.is_function(relocation.symbol):
            fields.append(("ptr", module.entry(relocation.symbol)))
        else:
            fields.append(_pointer(module, relocation))
        at = relocation.offset + relocation.width
    if at < size or not fields:
        fields += _stretch(data, at, size)
    kinds = ", ".join(kind for kind, _ in fields)
    values = ", ".join(f"{kind} {value}" for kind, value in fields)
    section = f', section "{CONSTANTS}"' if one.name in module.guarded else ""
    least = max(one.align, align_of(one.type))
    if module.program.exact and least < align and not one.vtable:
        return _exactly(name, linkage, word, (kinds, values), section, least)
    shape = f"{word} <{{ {kinds} }}> <{{ {values} }}>"
    return f"{name} = {linkage}{thread}{shape}{section}, align {align}"


def _exactly(
    name: str, linkage: str, word: str, held: tuple[str, str], section: str, align: int
) -> str:
    """Return a global at a multiple of `align` that is none of twice that."""
    kinds, values = held
    place = f'{name[:-1]}.place"' if name.endswith('"') else f"{name}.place"
    gap = f"[{align} x i8]"
    shape = f"{word} <{{ {gap}, {kinds} }}> <{{ {gap} zeroinitializer, {values} }}>"
    at = f"getelementptr (i8, ptr {place}, i64 {align})"
    return (
        f"{place} = internal {shape}{section}, align 16\n"
        f"{name} = {linkage}alias <{{ {kinds} }}>, ptr {at}"
    )


def _stretch(data: bytes, start: int, end: int) -> list[tuple[str, str]]:
    """Return the fields for bytes `start..end`; what `data` does not reach is zero."""
    given = data[start:end]
    fields = []
    at = 0
    for gap in _GAP.finditer(given):
        if gap.start() > at:
            fields.append(_bytes(given[at : gap.start()]))
        fields.append((f"[{gap.end() - gap.start()} x i8]", "zeroinitializer"))
        at = gap.end()
    if at < len(given):
        fields.append(_bytes(given[at:]))
    rest = end - start - len(given)
    if rest or not fields:
        fields.append((f"[{rest} x i8]", "zeroinitializer"))
    return fields


def _bytes(data: bytes) -> tuple[str, str]:
    kind = f"[{len(data)} x i8]"
    if not any(data):
        return kind, "zeroinitializer"
    return kind, f'c"{data.decode("latin-1").translate(_ESCAPES)}"'


def _pointer(module: Module, relocation: Relocation) -> tuple[str, str]:
    if relocation.block is not None:
        function = module.code(relocation.symbol)
        value = f"blockaddress({function}, %b{relocation.block})"
        if relocation.minus is None:
            return "ptr", value
        other = f"blockaddress({function}, %b{relocation.minus})"
        difference = f"sub (i64 ptrtoint (ptr {value} to i64), i64 ptrtoint (ptr {other} to i64))"
        bits = 8 * relocation.width
        if bits == 64:
            return "i64", difference
        return f"i{bits}", f"trunc (i64 {difference} to i{bits})"
    value = module.address(relocation.symbol)
    if relocation.addend:
        value = f"getelementptr (i8, ptr {value}, i64 {relocation.addend})"
    return "ptr", value


# -------------------------------------------------------------------------------------- thunks


def _thunk(module: Module, symbol: Symbol) -> str:
    """Return the native face of a function: handles by address, then the internal entry."""
    ty = module.function_type(symbol)
    if ty.unwinds:  # native code has no way to call it: this is its address alone
        words = f"{ATTRIBUTES} {SECTION}"
        return f"define void {quote('ft.' + symbol)}() {words} {{\nentry:\n  unreachable\n}}\n"
    how = abi.passing(ty.result)
    parameters = [f"ptr sret([{size_of(ty.result)} x i8]) %result"] if how.memory else []
    lines: list[str] = []
    arguments: list[str] = []
    if is_aggregate(ty.result):
        size = max(size_of(ty.result), 1)
        lines.append(f"  %out = alloca [{size} x i8], align 16")
        arguments.append("ptr %out")
    for number, one in enumerate(ty.parameters):
        if is_scalar(one):
            parameters.append(f"{ir_type(one)}{abi.extension(one)} %p{number}")
            arguments.append(f"{ir_type(one)} %p{number}")
            if isinstance(one, PointerType):
                lines.append(f"  %h{number} = call i64 @fh_resolve(ptr %p{number})")
                arguments.append(f"i64 %h{number}")
            continue
        passed = abi.passing(one)
        if passed.memory:
            parameters.append(f"ptr byval([{size_of(one)} x i8]) align 8 %p{number}")
        else:
            lines.append(f"  %p{number} = alloca [{size_of(one) + 16} x i8], align 16")
            for index, word in enumerate(passed.words):
                parameters.append(f"{word} %p{number}.{index}")
                at = f"%p{number}.at{index}"
                lines.append(f"  {at} = getelementptr i8, ptr %p{number}, i64 {8 * index}")
                lines.append(f"  store {word} %p{number}.{index}, ptr {at}, align 1")
        lines.append(f"  call void @fh_shadow_set(ptr %p{number}, i64 {size_of(one)})")
        arguments.append(f"ptr %p{number}")
    if ty.variadic:
        parameters.append("...")
        lines.append("  %none = alloca i64, align 16")
        lines.append("  store i64 0, ptr %none")
        arguments.append("ptr %none")
    memcpy = "llvm.memcpy.p0.p0.i64"
    module.declare(memcpy, f"declare void @{memcpy}(ptr, ptr, i64, i1)")
    module.declare("fh_resolve", "declare i64 @fh_resolve(ptr) nounwind")
    module.declare("fh_shadow_set", "declare void @fh_shadow_set(ptr, i64) nounwind")
    lines += _thunk_tail(symbol, ty, how, arguments)
    head = f"define {abi.return_type(how)} {quote('ft.' + symbol)}({', '.join(parameters)})"
    assert len(parameter_types(ty)) == len(arguments)
    return head + f" {ATTRIBUTES} {SECTION} {{\nentry:\n" + "\n".join(lines) + "\n}\n"


def _pointed(module: Module) -> list[Symbol]:
    """Return the functions that never unwind, and are called as if they might."""
    tables = (one for one in module.program.globals.values() if one.vtable)
    held = (relocation.symbol for one in tables for relocation in one.relocations)
    return [
        symbol for symbol in dict.fromkeys((*module.functions, *held)) if symbol in module.quiet
    ]


def _adapter(module: Module, symbol: Symbol) -> str:
    """Return a function that calls `symbol` and adds the status: it did not unwind."""
    ty = module.function_type(symbol)
    kinds = parameter_types(ty)
    names = ", ".join(f"{kind} %a{n}" for n, kind in enumerate(kinds))
    own, kind = result_type(module.own_type(symbol)), result_type(ty)
    # Of no site itself; but what is inlined here keeps its sites only in a function with a scope.
    body = module.program.bodies.get(symbol)
    scope = at = ""
    if body is not None:
        number = module.subprogram(body, 0)
        scope, at = f" !dbg !{number}", f", !dbg !{module.location(0, number)}"
    text = f"call {own} {quote('fi.' + symbol)}({names}){at}"
    parts = parts_of(ty.result)
    lines = [f"  {text}" if own == "void" else f"  %r = {text}"]
    whole = "undef"
    for index in range(len(parts)):
        part = "%r"
        if len(parts) > 1:
            part = f"%p{index}"
            lines.append(f"  {part} = extractvalue {own} %r, {index}")
        lines.append(f"  %w{index} = insertvalue {kind} {whole}, {parts[index]} {part}, {index}")
        whole = f"%w{index}"
    if parts:
        lines.append(f"  %w = insertvalue {kind} {whole}, i1 false, {len(parts)}")
        whole = "%w"
    lines.append(f"  ret {kind} {whole if parts else 'false'}")
    head = f"define internal {kind} {quote('fu.' + symbol)}({names})"
    return head + f" {ATTRIBUTES} {SECTION}{scope} {{\nentry:\n" + "\n".join(lines) + "\n}\n"


def _thunk_tail(
    symbol: Symbol, ty: FunctionType, how: abi.Passing, arguments: list[str]
) -> list[str]:
    kind = result_type(ty)
    # What is inlined here would lose its sites: thunks have none to inline them into.
    text = f"call {kind} {quote('fi.' + symbol)}({', '.join(arguments)}) noinline"
    if is_nothing(ty.result):
        return [f"  {text}", "  ret void"]
    if isinstance(ty.result, PointerType):
        return [
            f"  %r = {text}",
            "  %r.p = extractvalue { ptr, i64 } %r, 0",
            "  ret ptr %r.p",
        ]
    if is_scalar(ty.result):
        return [f"  %r = {text}", f"  ret {kind} %r"]
    lines = [f"  {text}"]
    size = size_of(ty.result)
    if how.memory:
        lines.append(
            f"  call void @llvm.memcpy.p0.p0.i64(ptr %result, ptr %out, i64 {size}, i1 false)"
        )
        return [*lines, "  ret void"]
    shape = abi.return_type(how)
    if len(how.words) == 1:
        return [*lines, f"  %r = load {shape}, ptr %out, align 1", f"  ret {shape} %r"]
    whole = "undef"
    for index, word in enumerate(how.words):
        lines.append(f"  %r.at{index} = getelementptr i8, ptr %out, i64 {8 * index}")
        lines.append(f"  %r.{index} = load {word}, ptr %r.at{index}, align 1")
        lines.append(f"  %r.w{index} = insertvalue {shape} {whole}, {word} %r.{index}, {index}")
        whole = f"%r.w{index}"
    return [*lines, f"  ret {shape} {whole}"]


# -------------------------------------------------------------------------------------- tables


def _tables(module: Module) -> str:
    globals_ = [
        one for one in module.program.globals.values() if one.name not in module.base.statics
    ]
    rows = [_object_row(module, one) for one in globals_]
    if not module.proven:
        rows += [_function_row(module, symbol) for symbol in module.functions]
    shape = "{ ptr, i64, i32, i32, ptr, i64 }"
    slots = [
        f"{{ ptr, i64 }} {{ ptr {_at(module, one, relocation)}, "
        f"i64 {module.handle(relocation.symbol)} }}"
        for one in (() if module.proven else globals_)
        for relocation in one.relocations
        if relocation.block is None and one.data is not None and not one.vtable
    ]
    lines = [
        f"@fh.objects = internal constant [{len(rows)} x {shape}] [{', '.join(rows)}]",
        f"@fh.slots = internal constant [{len(slots)} x {{ ptr, i64 }}] [{', '.join(slots)}]",
        _entry(module),
    ]
    counts = []
    for word, symbols in (
        ("constructors", module.program.constructors),
        ("destructors", module.program.destructors),
    ):
        pointers = ", ".join(f"ptr {quote('fi.' + symbol)}" for symbol in symbols)
        lines.append(f"@fh.{word} = internal constant [{len(symbols)} x ptr] [{pointers}]")
        counts.append(f"i64 {len(symbols)}, ptr @fh.{word}")
    main = "ptr @fh.entry" if "main" in module.program.bodies else "ptr null"
    constants = "ptr null, ptr null"
    if module.guarded:
        constants = "ptr @fh.constants, ptr @fh.constants.end"
    base = "null"
    if module.base.objects:
        base = "@fh.base"
        lines.append("@fh.base = external constant i64")
    name = "fh.base" if module.exports else "fh.program"
    lines.append(
        f"@{name} = constant "
        "{ i64, i64, ptr, i64, ptr, ptr, i64, ptr, i64, ptr, ptr, ptr, ptr, i64, i64 } "
        f"{{ i64 1, i64 {len(rows)}, ptr @fh.objects, i64 {len(slots)}, ptr @fh.slots, {main}, "
        f"{', '.join(counts)}, {constants}, ptr {base}, i64 {int(module.proven)}, "
        f"i64 {int(module.program.exact)} }}"
    )
    return "\n".join(lines) + "\n"


def _object_row(module: Module, one: Global) -> str:
    kind = KINDS["literal"] if one.literal else KINDS["const" if one.constant else "global"]
    size = module.global_size(one.name)
    site = module.object_site(one.type, one.span, "", one.display)
    if module.recorded:
        module.shown[site & ~PACKED_SITE] = one.type
    shape = "{ ptr, i64, i32, i32, ptr, i64 }"
    name = module.global_name(one)
    own = int(one.thread_local)
    return f"{shape} {{ ptr {name}, i64 {size}, i32 {kind}, i32 {site}, ptr null, i64 {own} }}"


def _function_row(module: Module, symbol: Symbol) -> str:
    site = _function_site(module, symbol)
    entry = "null"
    ty = module.function_type(symbol)
    if module.is_function(symbol):
        entry = module.entry(symbol)
    elif symbol in LIBC and not LIBC[symbol].native:
        known = LIBC[symbol]
        ty = known.signature
        entry = quote(known.wrapper)
        kinds = ", ".join(parameter_types(ty))
        line = f"declare {result_type(ty)} {entry}({kinds}) nounwind"
        module.declare(known.wrapper, line)
    signature = signature_id(ty)
    shape = "{ ptr, i64, i32, i32, ptr, i64 }"
    return (
        f"{shape} {{ ptr {module.address(symbol)}, i64 0, i32 {KINDS['function']}, i32 {site}, "
        f"ptr {entry}, i64 {signature - (1 << 64) if signature >> 63 else signature} }}"
    )


def _function_site(module: Module, symbol: Symbol) -> int:
    body = module.program.bodies.get(symbol)
    if body is not None:
        return module.site(body.span, "", body.display)
    known = module.program.externs.get(symbol)
    return module.site(known.span, "", symbol) if known is not None else 0


def _at(module: Module, one: Global, relocation: Relocation) -> str:
    name = module.global_name(one)
    if relocation.offset == 0:
        return name
    return f"getelementptr (i8, ptr {name}, i64 {relocation.offset})"


def _entry(module: Module) -> str:
    """Return the function that calls `main`, whatever its parameters are."""
    body = module.program.bodies.get(Symbol("main"))
    if body is None:
        return ""
    ty = body.type
    given = [["i32 %c"], ["ptr %v", "i64 %vh"], ["ptr %e", "i64 %eh"]]
    arguments: list[str] = []
    for number, one in enumerate(ty.parameters):
        if isinstance(one, PointerType):
            arguments += given[min(max(number, 1), 2)]
        elif is_scalar(one):
            word = ir_type(one)
            arguments.append(
                "i32 %c" if word == "i32" and number == 0 else f"{word} zeroinitializer"
            )
        else:
            arguments.append("ptr null")
    ty = module.own_type(body.name)
    kind = result_type(ty)
    call = f"call {kind} {quote('fi.main')}({', '.join(arguments)}) noinline"
    if ty.unwinds:
        lines = _main_status(kind, call)
    elif kind == "i32":
        lines = [f"  %r = {call}", "  ret i32 %r"]
    elif kind.startswith("i"):
        fit = "trunc" if int(kind[1:]) > 32 else "sext"
        lines = [f"  %r = {call}", f"  %s = {fit} {kind} %r to i32", "  ret i32 %s"]
    elif is_aggregate(ty.result):
        lines = ["  ret i32 0"]
    else:
        lines = [f"  {call}", "  ret i32 0"]
    # Global: the loader finds where the code lies by it.
    head = "define i32 @fh.entry(i32 %c, ptr %v, i64 %vh, ptr %e, i64 %eh)"
    return f"{head} {ATTRIBUTES} {SECTION} {{\nentry:\n" + "\n".join(lines) + "\n}\n"


PANICKED = 101


def _main_status(kind: str, call: str) -> list[str]:
    """Return the lines that call Rust's main, whose result is i32 or nothing."""
    if kind == "i1":
        return [f"  %r = {call}", f"  %s = select i1 %r, i32 {PANICKED}, i32 0", "  ret i32 %s"]
    return [
        f"  %r = {call}",
        f"  %status = extractvalue {kind} %r, 1",
        f"  %value = extractvalue {kind} %r, 0",
        f"  %s = select i1 %status, i32 {PANICKED}, i32 %value",
        "  ret i32 %s",
    ]
