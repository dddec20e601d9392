"""Printing of MIR. `text.py` describes the form."""

import json
import re
from collections.abc import Iterable
from typing import assert_never

from freehold.mir.body import (
    Alias,
    BasicBlock,
    Binding,
    Body,
    Extern,
    GenericBody,
    Global,
    LocalDecl,
    Program,
    Relocation,
)
from freehold.mir.statements import (
    Ascribe,
    Assert,
    Assign,
    Barrier,
    Call,
    CallSource,
    Drop,
    FakeRead,
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
from freehold.mir.text_print_generic import GenericPrinter
from freehold.mir.values import (
    AddressConst,
    Aggregate,
    Binary,
    Cast,
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
    StringConst,
    Subslice,
    Unary,
    UninitConst,
    Use,
    ZeroConst,
)
from freehold.source import Source, Span
from freehold.types import (
    Adt,
    ArrayType,
    BoolType,
    CharType,
    ComplexType,
    DynamicType,
    Field,
    FloatType,
    FunctionType,
    GenericType,
    IntType,
    NeverType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
    VoidType,
)

ADT_FLAGS = ("packed", "rust_layout", "complete", "ordered", "fixed_tail", "opaque")
PLACE_FLAGS = ("volatile", "atomic", "unaligned")
_PLAIN = re.compile(r"[A-Za-z_$][\w$]*")
_POINTER = {
    PointerKind.C: "*",
    PointerKind.RAW_CONST: "*const ",
    PointerKind.RAW_MUT: "*mut ",
    PointerKind.REF: "&",
    PointerKind.REF_MUT: "&mut ",
}


class Printer:
    """Prints one program; numbers its sources and Adts as it meets them."""

    def __init__(self) -> None:
        self._sources: dict[Source, int] = {}
        self._adts: dict[Adt, int] = {}
        self._generic = GenericPrinter(self.type, self._at)

    def program(self, program: Program) -> str:
        """Return the text of a whole program."""
        parts = [self._global(g) for g in program.globals.values()]
        parts += [self._extern(e) for e in program.externs.values()]
        parts += [self._alias(a) for a in program.aliases.values()]
        parts += [f"constructor {_symbol(s)}\n" for s in program.constructors]
        parts += [f"destructor {_symbol(s)}\n" for s in program.destructors]
        parts += ["\n" + self.body(b) for b in _with_closures(program.bodies.values())]
        return self._tables() + "".join(parts)

    def whole_body(self, body: Body) -> str:
        """Return the text of one body, with the tables that it needs."""
        text = "\n".join(map(self.body, _with_closures([body])))
        return f"{self._tables()}\n{text}"

    # ------------------------------------------------------------------------------- the tables

    def _tables(self) -> str:
        # Printing a definition may meet further ones: the tables grow while they are walked.
        definitions: list[str] = []
        generic: list[str] = []
        while True:
            count = len(definitions) + len(generic)
            while len(definitions) < len(self._adts):
                definitions.append(self._definition(list(self._adts)[len(definitions)]))
            generic += self._generic.definitions(len(generic))
            if len(definitions) + len(generic) == count:
                break
        sources = [f"source {n} {json.dumps(s.name)}\n" for s, n in self._sources.items()]
        return "".join(sources + definitions + generic)

    def _definition(self, adt: Adt) -> str:
        words = [f"type %{self._adts[adt]} = {adt.kind.value} {json.dumps(adt.name)}"]
        words += [word for word in ADT_FLAGS if getattr(adt, word)]
        if adt.align:
            words.append(f"align {adt.align}")
        if adt.pack:
            words.append(f"pack {adt.pack}")
        if adt.tag is not None:
            words.append(f"tag {self.type(adt.tag)}")
        if adt.valid is not None:
            words.append(f"valid {adt.valid[0]} to {adt.valid[1]}")
        lines = [" ".join(words) + " {\n"]
        for variant in adt.variants:
            lines.append(f"    variant {json.dumps(variant.name)} {variant.discriminant}\n")
            lines += [f"        {self._field(member)}\n" for member in variant.fields]
        return "".join([*lines, "}\n"])

    def _field(self, member: Field) -> str:
        text = f"field {json.dumps(member.name)}: {self.type(member.type)}"
        if member.bits is not None:
            text += f" bits {member.bits}"
        if member.align:
            text += f" align {member.align}"
        text += " packed" if member.packed else ""
        return text + (f" pack {member.pack}" if member.pack else "")

    # ------------------------------------------------------------------------------- statics

    def _global(self, item: Global) -> str:
        words = [f"static {_symbol(item.name)}: {self.type(item.type)}"]
        words += [f"as {json.dumps(item.display)}", item.linkage.value]
        words += [f"size {item.size}", f"align {item.align}"]
        flags = ("constant", "literal", "thread_local", "common", "vtable")
        words += [word for word in flags if getattr(item, word)]
        if item.data is not None:
            words.append(f"= {_bytes(item.data)}")
        lines = [" ".join(words) + self._at(item.span)]
        lines += [f"    {self._relocation(relocation)}\n" for relocation in item.relocations]
        return "".join(lines)

    @staticmethod
    def _relocation(item: Relocation) -> str:
        text = f"reloc {item.offset} {_symbol(item.symbol)}+{item.addend} width {item.width}"
        if item.block is not None:
            text += f" block bb{item.block}"
        return text if item.minus is None else f"{text} minus bb{item.minus}"

    def _extern(self, item: Extern) -> str:
        head = f"extern {_symbol(item.name)}: {self.type(item.type)}"
        return head + _attributes(item.attributes) + self._at(item.span)

    def _alias(self, item: Alias) -> str:
        words = f"alias {_symbol(item.name)} = {_symbol(item.target)} {item.linkage.value}"
        return words + self._at(item.span)

    # ------------------------------------------------------------------------------- bodies

    def body(self, body: Body) -> str:
        """Return the text of `body` without the tables."""
        head = f"fn {_symbol(body.name)}: {self.type(body.type)} as {json.dumps(body.display)}"
        head += f" {body.linkage.value} arguments {body.argument_count} unit {body.unit}"
        lines = [head + _attributes(body.attributes) + " {" + self._at(body.span)]
        lines += [] if body.generic is None else self._generic_part(body.generic)
        for number, scope in enumerate(body.scopes):
            within = "" if scope.parent is None else f" in ${scope.parent}"
            lines.append(f"    scope ${number}{within}{self._at(scope.span)}")
        lines += [self._local(number, decl) for number, decl in enumerate(body.locals)]
        for number, block in enumerate(body.blocks):
            lines += ["\n" if number or body.locals else "", f"    bb{number}:\n"]
            lines += self._block(block)
        return "".join([*lines, "}\n"])

    def _generic_part(self, part: GenericBody) -> Iterable[str]:
        definition = self._generic.reference(part.definition)
        yield f"    generic {definition} {self._generic.signature(part.signature)}\n"
        for capture in part.captures:
            yield f"    {self._generic.capture(capture)}"
        for span in part.unsafe_blocks:
            yield f"    unsafe{self._at(span)}"
        for closure, body in part.closures.items():
            yield f"    closure {self._generic.reference(closure)} {_symbol(body.name)}\n"

    def _binding(self, binding: Binding) -> str:
        text = f" binding {json.dumps(binding.kind.value)}"
        text += " by_ref" if binding.by_ref else ""
        if binding.type_span is not None:
            text += f" type {self._spot(binding.type_span)}"
        if binding.initialiser is not None:
            text += f" init {self._spot(binding.initialiser)}"
        if binding.matched is not None:
            text += f" matched {self._spot(binding.matched)}"
        if binding.place is not None:
            text += f" of {self.place(binding.place)}"
        text += " guard" if binding.guard else ""
        if binding.pattern is not None:
            text += f" pattern {self._spot(binding.pattern)}"
        return text

    def _local(self, number: int, decl: LocalDecl) -> str:
        text = f"    let _{number}: {self.type(decl.type)} {decl.kind.value}"
        if decl.name:
            text += f" {json.dumps(decl.name)}"
        text += "" if decl.mutable else " immutable"
        text += " volatile" if decl.volatile else ""
        text += f" align {decl.align}" if decl.align else ""
        text += "" if decl.binding is None else self._binding(decl.binding)
        return text + self._at(decl.span)

    def _block(self, block: BasicBlock) -> Iterable[str]:
        for statement in block.statements:
            text = self.statement(statement)
            yield f"        {text}{self._in(statement.scope, statement.span)}"
        terminator = block.terminator
        text = self.terminator(terminator)
        yield f"        {text}{self._in(terminator.scope, terminator.span)}"

    def _in(self, scope: int, span: Span) -> str:
        return f"  ${scope}{self._at(span)}"

    def _at(self, span: Span) -> str:
        return f"  // {self._spot(span)[1:]}\n"

    def _spot(self, span: Span) -> str:
        span = span.outermost()
        number = self._sources.setdefault(span.source, len(self._sources))
        return f"@{number}:{span.line}:{span.column}"

    # ------------------------------------------------------------------- statements, terminators

    def statement(self, statement: Statement) -> str:
        """Return the text of a statement."""
        match statement:
            case Assign(place, rvalue):
                return f"{self.place(place)} = {self.rvalue(rvalue)}"
            case StorageLive(local, size=size):
                return f"live _{local}" + ("" if size is None else f" size {self.operand(size)}")
            case StorageDead(local):
                return f"dead _{local}"
            case SetDiscriminant(place, variant):
                return f"discriminant({self.place(place)}) = {variant}"
            case Barrier():
                return "barrier"
            case FakeRead(cause, place):
                return f"fakeread {cause.value} {self.place(place)}"
            case Ascribe(place, ty, variance=variance):
                return f"ascribe {variance.value} {self.place(place)}: {self.type(ty)}"
            case _:
                assert_never(statement)

    def terminator(self, terminator: Terminator) -> str:  # noqa: PLR0911 (a case a line)
        """Return the text of a terminator."""
        match terminator:
            case Goto(target):
                return f"goto bb{target}"
            case Switch(operand, targets, otherwise):
                cases = "".join(f"{value}: bb{block}, " for value, block in targets)
                return f"switch {self.operand(operand)} {{{cases}otherwise: bb{otherwise}}}"
            case Call():
                return self._call(terminator)
            case Drop(place, target, unwind=unwind, replace=replace):
                word = " replace" if replace else ""
                return f"drop {self.place(place)}{word} -> bb{target}{_unwind(unwind)}"
            case Assert():
                return self._assert(terminator)
            case FalseEdge(target, imaginary):
                return f"falseedge bb{target} imaginary bb{imaginary}"
            case FalseUnwind(target, unwind=unwind):
                return f"falseunwind bb{target}{_unwind(unwind)}"
            case IndirectGoto(operand, blocks):
                names = ", ".join(f"bb{block}" for block in blocks)
                return f"goto {self.operand(operand)} {{{names}}}"
            case Return() | Unreachable() | Resume():
                return type(terminator).__name__.lower()
            case _:
                assert_never(terminator)

    def _assert(self, check: Assert) -> str:
        shown = ", ".join(map(self.operand, check.operands))
        text = f"assert {self.operand(check.operand)} == {str(check.expected).lower()}, "
        text += f"{check.kind.value}({shown})" + ("" if check.op is None else f" {check.op.value}")
        return f"{text} -> bb{check.target}{_unwind(check.unwind)}"

    def _call(self, call: Call) -> str:
        callee = call.callee
        if isinstance(callee, Intrinsic):
            name = f"%{callee.value}"
        elif isinstance(callee, str):
            name = f"@{_symbol(callee)}"
        else:
            name = self.operand(callee)
        if call.slot is not None:
            name += f" slot {call.slot}"
        arguments = ", ".join(map(self.operand, call.arguments))
        text = f"call {name}({arguments}) as {self.type(call.type)}"
        if call.target is not None:
            text += f" -> bb{call.target}"
        text += _unwind(call.unwind)
        if call.receiver_span is not None:
            text += f" at {self._spot(call.receiver_span)}"
        if call.source is not CallSource.WRITTEN:
            text += f" by {call.source.value}"
        return text if call.destination is None else f"{self.place(call.destination)} = {text}"

    # ------------------------------------------------------------------- rvalues, operands, places

    def rvalue(self, rvalue: Rvalue) -> str:  # noqa: PLR0911 (a case a line)
        """Return the text of an rvalue."""
        match rvalue:
            case Use(operand):
                return self.operand(operand)
            case Ref(kind, place):
                return f"{kind.value} {self.place(place)}"
            case RawPointer(place, mutable):
                return f"&raw {'mut' if mutable else 'const'} {self.place(place)}"
            case Binary(op, left, right, overflow):
                both = f"{self.operand(left)}, {self.operand(right)}"
                return f"{op.value}{_overflow(overflow)}({both})"
            case Unary(op, operand, overflow):
                return f"{op.value}{_overflow(overflow)}({self.operand(operand)})"
            case Cast(kind, operand, ty):
                return f"cast {kind.value}({self.operand(operand)}) as {self.type(ty)}"
            case Aggregate(ty, operands, variant):
                fields = ", ".join(map(self.operand, operands))
                return f"aggregate {self.type(ty)} {variant} ({fields})"
            case Repeat(operand, length):
                count = length if isinstance(length, int) else self._generic.const(length)
                return f"[{self.operand(operand)}; {count}]"
            case Len(place):
                return f"len({self.place(place)})"
            case Discriminant(place):
                return f"discriminant({self.place(place)})"
            case _:
                assert_never(rvalue)

    def operand(self, operand: Operand) -> str:  # noqa: PLR0911 (a case a line)
        """Return the text of an operand."""
        match operand:
            case Copy(place):
                return f"copy {self.place(place)}"
            case Move(place):
                return f"move {self.place(place)}"
            case IntConst(value, ty):
                return f"{value}: {self.type(ty)}"
            case FloatConst(text, ty):
                return f"float {json.dumps(text)}: {self.type(ty)}"
            case NullConst(ty):
                return f"null: {self.type(ty)}"
            case AddressConst(symbol, offset, ty):
                return f"&@{_symbol(symbol)}+{offset}: {self.type(ty)}"
            case LabelConst(block, ty):
                return f"label bb{block}: {self.type(ty)}"
            case ZeroConst(ty):
                return f"zero: {self.type(ty)}"
            case UninitConst(ty):
                return f"uninit: {self.type(ty)}"
            case ItemConst() | StringConst() | ParamConst() | NamedConst():
                return f"{self._generic_constant(operand)}: {self.type(operand.type)}"
            case _:
                assert_never(operand)

    def _generic_constant(self, operand: ItemConst | StringConst | ParamConst | NamedConst) -> str:
        match operand:
            case ItemConst():
                return "item"
            case StringConst(data):
                return f"string {_bytes(data)}"
            case ParamConst(const):
                return f"param {self._generic.const(const)}"
            case NamedConst(definition, arguments, _, static):
                name = self._generic.reference(definition) + self._generic.arguments(arguments)
                return f"named {'static ' if static else ''}{name}"
            case _:
                assert_never(operand)

    def place(self, place: Place) -> str:
        """Return the text of a place."""
        base = f"_{place.base}" if isinstance(place.base, int) else f"@{_symbol(place.base)}"
        flags = "".join(f"{word} " for word in PLACE_FLAGS if getattr(place, word))
        return flags + base + "".join(map(_projection, place.projections))

    # ------------------------------------------------------------------------------- types

    def type(self, ty: Type) -> str:  # noqa: PLR0911 (a case a line)
        """Return the text of a type."""
        match ty:
            case Adt():
                return f"%{self._adts.setdefault(ty, len(self._adts))}"
            case PointerType(pointee, kind):
                return _POINTER[kind] + self.type(pointee)
            case ArrayType(element, length):
                return f"[{self.type(element)}; {'?' if length is None else length}]"
            case SliceType(element):
                return f"[{self.type(element)}]"
            case TupleType(elements):
                return "(" + "".join(f"{self.type(element)}, " for element in elements) + ")"
            case DynamicType(name):
                return f"dynamic {json.dumps(name)}"
            case FunctionType(parameters, result, variadic, prototype, unwinds):
                texts = [*map(self.type, parameters), *(["..."] if variadic else [])]
                word = "unwinding" if unwinds else "fn" if prototype else "oldfn"
                return f"{word}({', '.join(texts)}) -> {self.type(result)}"
            case GenericType():
                return self._generic.type(ty)
            case _:
                return _scalar(ty)


def _with_closures(bodies: Iterable[Body]) -> Iterable[Body]:
    """Return the bodies, and after them those of closures in them that are not among them."""
    found = dict.fromkeys(bodies)
    pending = list(found)
    while pending:
        body = pending.pop()
        inner = [] if body.generic is None else list(body.generic.closures.values())
        pending += [closure for closure in inner if closure not in found]
        found.update(dict.fromkeys(inner))
    return found


def _scalar(  # noqa: PLR0911 (a case a line)
    ty: IntType | FloatType | ComplexType | BoolType | VoidType | CharType | NeverType | StrType,
) -> str:
    match ty:
        case IntType(pointer_sized=True, signed=signed):
            return "isize" if signed else "usize"
        case IntType(bits, signed):
            return f"{'i' if signed else 'u'}{bits}"
        case FloatType(kind):
            return kind.value
        case ComplexType(kind):
            return f"complex_{kind.value}"
        case BoolType():
            return "bool"
        case VoidType():
            return "void"
        case CharType():
            return "char"
        case NeverType():
            return "!"
        case StrType():
            return "str"
        case _:
            assert_never(ty)


def _projection(projection: Projection) -> str:
    match projection:
        case Deref():
            return ".*"
        case FieldOf(index):
            return f".{index}"
        case Index(local):
            return f"[_{local}]"
        case ConstantIndex(offset, from_end, least):
            return f"[{'-' if from_end else ''}{offset}{f' of {least}' if least else ''}]"
        case Subslice(start, end, from_end):
            return f"[{start}..{'-' if from_end else ''}{end}]"
        case Downcast(variant):
            return f".as{variant}"
        case _:
            assert_never(projection)


def _overflow(overflow: Overflow) -> str:
    return "" if overflow is Overflow.WRAP else f".{overflow.value}"


def _unwind(block: int | None) -> str:
    return "" if block is None else f" unwind bb{block}"


def _symbol(symbol: str) -> str:
    return symbol if _PLAIN.fullmatch(symbol) else json.dumps(symbol)


def _attributes(attributes: frozenset[str]) -> str:
    return f" [{' '.join(sorted(attributes))}]" if attributes else ""


def _bytes(data: bytes) -> str:
    # Runs of printable characters as they are, other bytes as \xx.
    return '"' + re.sub(rb"[^ !#-\[\]-~]", lambda m: b"\\%02x" % m[0][0], data).decode() + '"'
