"""Reading MIR back from text. `text.py` describes the form.

Spans come back with the line and column that were printed, in sources made of blanks; so a program
that was read prints as the text that it was read from.
"""

import re
from collections.abc import Callable

from freehold.mir.body import (
    Alias,
    BasicBlock,
    Binding,
    BindingKind,
    Body,
    Extern,
    GenericBody,
    Global,
    Linkage,
    LocalDecl,
    LocalKind,
    Program,
    Relocation,
    ScopeDecl,
)
from freehold.mir.statements import (
    Ascribe,
    Assert,
    AssertKind,
    Assign,
    Barrier,
    Call,
    CallSource,
    Drop,
    FakeRead,
    FakeReadCause,
    FalseEdge,
    FalseUnwind,
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
    Terminator,
    Unreachable,
)
from freehold.mir.structural import structural_answers
from freehold.mir.text_lines import Line, TextError, read_lines
from freehold.mir.text_parse_generic import GenericReader
from freehold.mir.text_print import ADT_FLAGS, PLACE_FLAGS
from freehold.mir.values import (
    AddressConst,
    Aggregate,
    Binary,
    BinOp,
    Block,
    BorrowKind,
    Cast,
    CastKind,
    ConstantIndex,
    Copy,
    Deref,
    Discriminant,
    Downcast,
    FieldOf,
    FloatConst,
    Index,
    IntConst,
    ItemConst,
    LabelConst,
    Len,
    Move,
    NamedConst,
    NullConst,
    Operand,
    Overflow,
    ParamConst,
    Place,
    Projection,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Scope,
    StringConst,
    Subslice,
    Symbol,
    Unary,
    UninitConst,
    UnOp,
    Use,
    ZeroConst,
)
from freehold.source import Span
from freehold.types import (
    BOOL,
    CHAR,
    NEVER,
    VOID,
    Adt,
    AdtKind,
    ArrayType,
    ComplexType,
    DynamicType,
    Field,
    FloatKind,
    FloatType,
    FunctionType,
    IntType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
    Variant,
)
from freehold.types.generic import ISIZE, USIZE, ClosureDef, ConstParam, Variance, array_of

_INTEGERS = (8, 16, 32, 64, 128)
_TYPES: dict[str, Type] = {
    "void": VOID,
    "usize": USIZE,
    "isize": ISIZE,
    "bool": BOOL,
    "char": CHAR,
    "str": StrType(),
    "!": NEVER,
    **{f"i{bits}": IntType(bits, signed=True) for bits in _INTEGERS},
    **{f"u{bits}": IntType(bits, signed=False) for bits in _INTEGERS},
    **{kind.value: FloatType(kind) for kind in FloatKind},
    **{f"complex_{kind.value}": ComplexType(kind) for kind in FloatKind},
}
_BINARY = {op.value: op for op in BinOp}
_BORROWS = frozenset(kind.value for kind in BorrowKind)
_UNARY = {op.value: op for op in UnOp}
_NOT_OPERANDS = frozenset({"cast", "aggregate", "len", "discriminant", "[", "&"})
_OTHER_RVALUES = _NOT_OPERANDS | _BINARY.keys() | _UNARY.keys()
_OF_TYPE: dict[str, Callable[[Type], Operand]] = {
    "null": NullConst,
    "zero": ZeroConst,
    "uninit": UninitConst,
    "item": ItemConst,
}
_ENDS: dict[str, type[Return] | type[Unreachable] | type[Resume]] = {
    "return": Return,
    "unreachable": Unreachable,
    "resume": Resume,
}


def parse(text: str) -> Program:
    """Read a program that `render` printed; raises TextError on anything else."""
    return _Reader(text).program()


class _Reader:
    def __init__(self, text: str) -> None:
        self._lines = read_lines(text)
        self._next = 0
        self._adts: dict[int, Adt] = {}
        self._generic = GenericReader(self._type, self._lines)
        self._closures: list[tuple[GenericBody, ClosureDef, Symbol]] = []

    def _more(self, word: str = "") -> bool:
        """Whether a line follows, which begins with `word` if one is given."""
        if self._next >= len(self._lines):
            return False
        return not word or self._lines[self._next].peek() == word

    def _take(self) -> Line:
        if not self._more():
            raise TextError("the text ends too early")
        self._next += 1
        return self._lines[self._next - 1]

    def program(self) -> Program:
        program = Program()
        parts: dict[str, Callable[[Line, Program], None]] = {
            "type": self._definition,
            "adt": self._declaration,
            "def": self._declaration,
            "closuredef": self._declaration,
            "copy": lambda line, _: self._generic.copy(line),
            "static": self._global,
            "extern": self._extern,
            "alias": self._alias,
            "constructor": lambda line, into: into.constructors.append(line.symbol()),
            "destructor": lambda line, into: into.destructors.append(line.symbol()),
            "fn": self._body,
        }
        while self._more():
            line = self._take()
            part = parts.get(line.next())
            if part is None:
                raise line.fail(f"unknown `{line.tokens[0]}`")
            part(line, program)
        for generic, definition, name in self._closures:
            generic.closures[definition] = program.bodies[name]
        return program

    def _declaration(self, line: Line, _: Program) -> None:
        self._generic.declare(line, self._take_if)

    def _take_if(self, word: str) -> Line | None:
        return self._take() if self._more(word) else None

    # ------------------------------------------------------------------------- types, statics

    def _adt(self, line: Line) -> Adt:
        number = line.integer()
        return self._adts.setdefault(number, Adt(AdtKind.STRUCT, ""))

    def _definition(self, line: Line, _: Program) -> None:
        line.expect("%")
        adt = self._adt(line)
        line.expect("=")
        adt.kind, adt.name = AdtKind(line.next()), line.string()
        for flag in ADT_FLAGS:
            setattr(adt, flag, line.flag(flag))
        adt.align, adt.pack = line.number_after("align"), line.number_after("pack")
        if line.accept("tag"):
            tag = self._type(line)
            adt.tag = tag if isinstance(tag, IntType) else None
        if line.accept("valid"):
            low = line.integer()
            line.expect("to")
            adt.valid = low, line.integer()
        line.expect("{")
        variants: list[Variant] = []
        while self._more("variant"):
            head = self._take()
            head.next()
            name, discriminant = head.string(), head.integer()
            fields: list[Field] = []
            while self._more("field"):
                fields.append(self._field(self._take()))
            variants.append(Variant(name, tuple(fields), discriminant))
        adt.variants = tuple(variants)
        self._take().expect("}")

    def _field(self, line: Line) -> Field:
        line.next()
        name = line.string()
        line.expect(":")
        ty = self._type(line)
        bits = line.integer() if line.accept("bits") else None
        align, packed = line.number_after("align"), line.flag("packed")
        return Field(name, ty, bits, align, packed, line.number_after("pack"))

    def _global(self, line: Line, program: Program) -> None:
        name = line.symbol()
        line.expect(":")
        ty = self._type(line)
        line.expect("as")
        display, linkage = line.string(), Linkage(line.next())
        size, align = line.number_after("size"), line.number_after("align")
        words = ("constant", "literal", "thread_local", "common", "vtable")
        flags = [line.flag(word) for word in words]
        data = _bytes(line.next()) if line.accept("=") else None
        relocations: list[Relocation] = []
        while self._more("reloc"):
            relocations.append(_relocation(self._take()))
        constant, literal, thread_local, common, vtable = flags
        program.globals[name] = Global(
            name,
            display,
            ty,
            data,
            line.where(),
            tuple(relocations),
            size,
            align,
            constant,
            literal,
            thread_local,
            linkage,
            common,
            vtable,
        )

    def _extern(self, line: Line, program: Program) -> None:
        name = line.symbol()
        line.expect(":")
        ty = self._function_type(line)
        program.externs[name] = Extern(name, ty, line.where(), _attributes(line))

    def _alias(self, line: Line, program: Program) -> None:
        name = line.symbol()
        line.expect("=")
        target = line.symbol()
        program.aliases[name] = Alias(name, target, line.where(), Linkage(line.next()))

    # ------------------------------------------------------------------------------- bodies

    def _body(self, line: Line, program: Program) -> None:
        name = line.symbol()
        line.expect(":")
        ty = self._function_type(line)
        line.expect("as")
        display, linkage = line.string(), Linkage(line.next())
        arguments, unit = line.number_after("arguments"), line.number_after("unit")
        attributes = _attributes(line)
        generic = self._generic_part() if self._more("generic") else None
        scopes: list[ScopeDecl] = []
        while self._more("scope"):
            scopes.append(_scope(self._take()))
        locals_: list[LocalDecl] = []
        while self._more("let"):
            locals_.append(self._local(self._take()))
        blocks: list[BasicBlock] = []
        while not self._more("}"):
            self._take().expect(f"bb{len(blocks)}", ":")
            blocks.append(self._block())
        self._take()
        body = Body(name, display, ty, locals_, arguments, blocks, scopes, line.where())
        body.linkage, body.attributes, body.unit = linkage, attributes, unit
        body.generic = generic
        program.bodies[name] = body

    def _generic_part(self) -> GenericBody:
        line = self._take()
        line.expect("generic", "#")
        definition, signature = self._generic.definition(line), self._generic.signature(line)
        captures = self._generic.captures(self._take_if)
        unsafe_blocks: list[Span] = []
        while (unsafe := self._take_if("unsafe")) is not None:
            unsafe_blocks.append(unsafe.where())
        answers = structural_answers(self._generic.copies)
        made = GenericBody(definition, signature, answers, captures, tuple(unsafe_blocks))
        while (closure := self._take_if("closure")) is not None:
            closure.expect("closure", "#")
            inner = self._generic.definition(closure)
            if not isinstance(inner, ClosureDef):
                raise closure.fail(f"`{inner.path}` is no closure")
            self._closures.append((made, inner, closure.symbol()))
        return made

    def _local(self, line: Line) -> LocalDecl:
        line.next()
        line.local()
        line.expect(":")
        ty, kind = self._type(line), LocalKind(line.next())
        name = line.string() if line.peek().startswith('"') else ""
        mutable, volatile = not line.flag("immutable"), line.flag("volatile")
        align = line.number_after("align")
        binding = _binding(line) if line.accept("binding") else None
        return LocalDecl(ty, kind, line.where(), name, mutable, volatile, align, binding)

    def _block(self) -> BasicBlock:
        statements: list[Statement] = []
        while True:
            line = self._take()
            terminator = self._terminator(line)
            if terminator is not None:
                return BasicBlock(tuple(statements), terminator)
            statements.append(self._statement(line))

    def _statement(self, line: Line) -> Statement:
        span, scope = line.where(), line.scope
        if line.accept("barrier"):
            return Barrier(span, scope)
        if line.accept("live"):
            local = line.local()
            size = self._operand(line) if line.accept("size") else None
            return StorageLive(local, span, scope, size)
        if line.accept("dead"):
            return StorageDead(line.local(), span, scope)
        if line.accept("discriminant", "("):
            place = _place(line)
            line.expect(")", "=")
            return SetDiscriminant(place, line.integer(), span, scope)
        if line.accept("fakeread"):
            cause = FakeReadCause(line.next())
            return FakeRead(cause, _place(line), span, scope)
        if line.accept("ascribe"):
            return self._ascribe(line)
        place = _place(line)
        line.expect("=")
        return Assign(place, self._rvalue(line), span, scope)

    def _ascribe(self, line: Line) -> Ascribe:
        variance = Variance(line.next())
        place = _place(line)
        line.expect(":")
        ty = self._type(line)
        return Ascribe(place, ty, line.where(), line.scope, variance)

    # ----------------------------------------------------------------------------- terminators

    def _terminator(self, line: Line) -> Terminator | None:
        span, scope = line.where(), line.scope
        word = line.peek()
        match word:
            case "return" | "unreachable" | "resume":
                return _ENDS[word](span, scope)
            case "goto" | "switch":
                line.next()
                return self._jump(line, word)
            case "drop":
                line.next()
                place = _place(line)
                replace = line.flag("replace")
                line.expect("->")
                return Drop(place, line.block(), span, scope, _unwind(line), replace)
            case "assert":
                line.next()
                return self._assert(line)
            case "falseedge":
                line.next()
                target = line.block()
                line.expect("imaginary")
                return FalseEdge(target, line.block(), span, scope)
            case "falseunwind":
                line.next()
                return FalseUnwind(line.block(), span, scope, _unwind(line))
            case _:
                return self._call(line)

    def _assert(self, line: Line) -> Assert:
        operand = self._operand(line)
        line.expect("=", "=")
        expected = line.next() == "true"
        line.expect(",")
        kind = AssertKind(line.next())
        line.expect("(")
        shown = line.many(")", lambda: self._operand(line))
        op: BinOp | UnOp | None = None
        if line.peek() != "->":
            word = line.next()
            op = _UNARY[word] if word in _UNARY else _BINARY[word]
        line.expect("->")
        where, scope, target = line.where(), line.scope, line.block()
        return Assert(operand, expected, kind, shown, target, where, scope, _unwind(line), op)

    def _jump(self, line: Line, word: str) -> Terminator:
        span, scope = line.where(), line.scope
        if word == "goto" and re.fullmatch(r"bb\d+", line.peek()):
            return Goto(line.block(), span, scope)
        operand = self._operand(line)
        line.expect("{")
        if word == "goto":
            return IndirectGoto(operand, line.many("}", line.block), span, scope)
        targets: list[tuple[int, Block]] = []
        while not line.accept("otherwise"):
            value = line.integer()
            line.expect(":")
            targets.append((value, line.block()))
            line.expect(",")
        line.expect(":")
        return Switch(operand, tuple(targets), line.block(), span, scope)

    def _call(self, line: Line) -> Call | None:
        """Read a call; leave the line as it was if it is none."""
        start, destination = line.at, None
        if line.peek() != "call":
            if "call" not in line.tokens or line.peek() in ("live", "dead", "barrier"):
                return None
            destination = _place(line)
            if not line.accept("=") or line.peek() != "call":
                line.at = start
                return None
        line.expect("call")
        if line.accept("%"):
            callee = Intrinsic(line.next())
        else:
            callee = line.symbol() if line.accept("@") else self._operand(line)  # type: ignore[assignment]
        slot = line.integer() if line.accept("slot") else None
        line.expect("(")
        arguments = line.many(")", lambda: self._operand(line))
        line.expect("as")
        ty = self._function_type(line)
        target = line.block() if line.accept("->") else None
        where = line.where()
        unwind = _unwind(line)
        at = line.spot_after("at")
        source = CallSource(line.next()) if line.accept("by") else CallSource.WRITTEN
        return Call(
            callee, ty, arguments, destination, target, where, line.scope, unwind, at, source, slot
        )

    # --------------------------------------------------------------------------- rvalues, operands

    def _rvalue(self, line: Line) -> Rvalue:
        word = line.peek()
        if word not in _OTHER_RVALUES or line.tokens[line.at : line.at + 2] == ["&", "@"]:
            return Use(self._operand(line))
        line.next()
        match word:
            case "cast":
                return self._cast(line)
            case "aggregate":
                ty, variant = self._type(line), line.integer()
                line.expect("(")
                return Aggregate(ty, line.many(")", lambda: self._operand(line)), variant)
            case "[":
                operand = self._operand(line)
                line.expect(";")
                length = self._length(line)
                line.expect("]")
                return Repeat(operand, length)
            case "&":
                return _pointer(line)
            case "len" | "discriminant":
                line.expect("(")
                place = _place(line)
                line.expect(")")
                return Len(place) if word == "len" else Discriminant(place)
            case _:
                return self._operation(line, word)

    def _length(self, line: Line) -> int | ConstParam:
        if line.peek() != "{":
            return line.integer()
        const = self._generic.const(line)
        if not isinstance(const, ConstParam):
            raise line.fail("expected a constant parameter")
        return const

    def _cast(self, line: Line) -> Cast:
        kind = CastKind(line.next())
        line.expect("(")
        operand = self._operand(line)
        line.expect(")", "as")
        return Cast(kind, operand, self._type(line))

    def _operation(self, line: Line, word: str) -> Rvalue:
        mode = Overflow(line.next()) if line.accept(".") else Overflow.WRAP
        line.expect("(")
        operands = line.many(")", lambda: self._operand(line))
        if word in _UNARY:
            return Unary(_UNARY[word], operands[0], mode)
        return Binary(_BINARY[word], operands[0], operands[1], mode)

    def _operand(self, line: Line) -> Operand:
        if line.accept("copy"):
            return Copy(_place(line))
        if line.accept("move"):
            return Move(_place(line))
        word = line.next()
        make: Callable[[Type], Operand]
        match word:
            case "null" | "zero" | "uninit" | "item":
                make = _OF_TYPE[word]
            case "float":
                text = line.string()
                make = lambda ty: FloatConst(text, ty)  # noqa: E731
            case "label":
                block = line.block()
                make = lambda ty: LabelConst(block, ty)  # noqa: E731
            case "&":
                line.expect("@")
                symbol = line.symbol()
                line.expect("+")
                offset = line.integer()
                make = lambda ty: AddressConst(symbol, offset, ty)  # noqa: E731
            case "string":
                data = _bytes(line.next())
                make = lambda ty: StringConst(data, ty)  # noqa: E731
            case "param":
                const = self._length(line)
                assert isinstance(const, ConstParam)
                make = lambda ty: ParamConst(const, ty)  # noqa: E731
            case "named":
                make = self._named(line)
            case _:
                line.at -= 1
                value = line.integer()
                make = lambda ty: IntConst(value, ty)  # noqa: E731
        line.expect(":")
        return make(self._type(line))

    def _named(self, line: Line) -> Callable[[Type], Operand]:
        static = line.flag("static")
        line.expect("#")
        definition, arguments = self._generic.definition(line), self._generic.arguments(line)
        return lambda ty: NamedConst(definition, arguments, ty, static)

    # ------------------------------------------------------------------------------- types

    def _type(self, line: Line) -> Type:  # noqa: PLR0911 (a case a line)
        generic = self._generic.read(line)
        if generic is not None:
            return generic
        word = line.next()
        if word in _TYPES:
            return _TYPES[word]
        match word:
            case "%":
                return self._adt(line)
            case "*":
                kind = PointerKind.C
                if line.peek() in ("const", "mut"):
                    kind = PointerKind(f"*{line.next()}")
                return PointerType(self._type(line), kind)
            case "&":
                kind = PointerKind.REF_MUT if line.accept("mut") else PointerKind.REF
                return PointerType(self._type(line), kind)
            case "[":
                return self._array(line)
            case "(":
                return TupleType(line.many(")", lambda: self._type(line)))
            case "dynamic":
                return DynamicType(line.string())
            case _:
                line.at -= 1
                return self._function_type(line)

    def _array(self, line: Line) -> Type:
        element = self._type(line)
        if line.accept("]"):
            return SliceType(element)
        line.expect(";")
        if line.peek() == "{":
            const = self._generic.const(line)
            line.expect("]")
            return array_of(element, const)
        length = None if line.accept("?") else line.integer()
        line.expect("]")
        return ArrayType(element, length)

    def _function_type(self, line: Line) -> FunctionType:
        word = line.next()
        if word not in ("fn", "oldfn", "unwinding"):
            raise line.fail(f"expected a type, not `{word}`")
        line.expect("(")
        parameters: list[Type] = []
        variadic = False
        while not line.accept(")"):
            if line.accept("..."):
                variadic = True
            else:
                parameters.append(self._type(line))
            line.accept(",")
        line.expect("->")
        prototype, unwinds = word != "oldfn", word == "unwinding"
        return FunctionType(tuple(parameters), self._type(line), variadic, prototype, unwinds)


def _pointer(line: Line) -> Rvalue:
    if line.accept("raw"):
        return RawPointer(mutable=line.next() == "mut", place=_place(line))
    kind = BorrowKind.SHARED
    if f"&{line.peek()}" in _BORROWS:
        kind = BorrowKind(f"&{line.next()}")
    return Ref(kind, _place(line))


def _place(line: Line) -> Place:
    volatile, atomic, unaligned = (line.flag(word) for word in PLACE_FLAGS)
    base = line.symbol() if line.accept("@") else line.local()
    projections: list[Projection] = []
    while line.peek() in (".", "["):
        projections.append(_member(line) if line.next() == "." else _index(line))
    return Place(base, tuple(projections), volatile, atomic, unaligned)


def _member(line: Line) -> Projection:
    if line.accept("*"):
        return Deref()
    word = line.next()
    return Downcast(int(word[2:])) if word.startswith("as") else FieldOf(int(word))


def _index(line: Line) -> Projection:
    if line.peek().startswith("_"):
        index: Projection = Index(line.local())
    else:
        word = line.next()
        if line.accept(".", "."):
            end = line.next()
            index = Subslice(int(word), int(end.lstrip("-")), end.startswith("-"))
        else:
            least = line.number_after("of")
            index = ConstantIndex(int(word.lstrip("-")), word.startswith("-"), least)
    line.expect("]")
    return index


def _relocation(line: Line) -> Relocation:
    line.next()
    offset, symbol = line.integer(), line.symbol()
    line.expect("+")
    addend = line.integer()
    width = line.number_after("width", 8)
    block = line.block() if line.accept("block") else None
    minus = line.block() if line.accept("minus") else None
    return Relocation(offset, symbol, addend, block, minus, width)


def _scope(line: Line) -> ScopeDecl:
    line.next()
    line.next()
    parent = Scope(int(line.next()[1:])) if line.accept("in") else None
    return ScopeDecl(parent, line.where())


def _attributes(line: Line) -> frozenset[str]:
    return frozenset(line.many("]", line.next)) if line.accept("[") else frozenset()


def _unwind(line: Line) -> Block | None:
    return line.block() if line.accept("unwind") else None


def _binding(line: Line) -> Binding:
    kind, by_ref = BindingKind(line.string()), line.flag("by_ref")
    type_span, initialiser = line.spot_after("type"), line.spot_after("init")
    matched = line.spot_after("matched")
    place = _place(line) if line.accept("of") else None
    guard = line.flag("guard")
    pattern = line.spot_after("pattern")
    return Binding(kind, by_ref, type_span, initialiser, matched, place, guard, pattern)


def _bytes(token: str) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        return bytes([int(match[1], 16)])

    return re.sub(rb"\\([0-9a-f]{2})", plain, token[1:-1].encode())
