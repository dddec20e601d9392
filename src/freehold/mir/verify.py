"""Checks the invariants of MIR. A broken one is an error of ours: `MirError` names the place."""

from dataclasses import replace
from typing import assert_never

from freehold.mir.body import Body, Global, LocalKind, Program
from freehold.mir.cfg import targets_of
from freehold.mir.statements import (
    Ascribe,
    Assert,
    Assign,
    Barrier,
    Call,
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
from freehold.mir.typing import (
    COMPARISONS,
    SHIFTS,
    ProjectionError,
    Typer,
    VariantType,
    agree,
    field_types,
    is_void,
)
from freehold.mir.values import (
    RETURN,
    AddressConst,
    Aggregate,
    Binary,
    BinOp,
    Cast,
    CastKind,
    Copy,
    Discriminant,
    Index,
    IntConst,
    LabelConst,
    Len,
    Local,
    Move,
    NullConst,
    Operand,
    Place,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Unary,
    UnOp,
    Use,
)
from freehold.types import (
    BOOL,
    U64,
    VOID,
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    ComplexType,
    FloatType,
    IntType,
    NeverType,
    PointerType,
    Type,
    unsized_tail,
)
from freehold.types.fold import Folder, walk
from freehold.types.generic import (
    ERASED,
    AdtType,
    ClosureType,
    DynType,
    ErrorType,
    FnDefType,
    FnPtrType,
    InferType,
    OpaqueType,
    ProjectionType,
    Region,
)

_INTEGRAL = (IntType, BoolType, CharType)
_UNARY: dict[UnOp, tuple[type, ...]] = {
    UnOp.NEG: (IntType, FloatType),
    UnOp.NOT: (IntType, BoolType),
    UnOp.METADATA: (PointerType,),
}
_BITWISE = frozenset({BinOp.AND, BinOp.OR, BinOp.XOR})
# Which types each cast takes, and makes.
_CASTS: dict[CastKind, tuple[tuple[type, ...], tuple[type, ...]]] = {
    CastKind.INT: (_INTEGRAL, (IntType, CharType)),
    CastKind.BOOL: ((IntType, BoolType, FloatType, PointerType), (BoolType,)),
    CastKind.INT_TO_FLOAT: ((IntType, BoolType), (FloatType,)),
    CastKind.FLOAT_TO_INT: ((FloatType,), (IntType,)),
    CastKind.SATURATE: ((FloatType,), (IntType,)),
    CastKind.TRANSMUTE: ((object,), (object,)),
    CastKind.FLOAT: ((FloatType,), (FloatType,)),
    CastKind.POINTER: ((PointerType,), (PointerType,)),
    CastKind.EXPOSE: ((PointerType,), (IntType,)),
    CastKind.WITH_EXPOSED: ((IntType,), (PointerType,)),
    CastKind.UNSIZE: ((PointerType,), (PointerType,)),
    CastKind.COMPLEX: ((FloatType, ComplexType), (ComplexType,)),
    CastKind.COMPLEX_REAL: ((ComplexType,), (FloatType,)),
}


class MirError(Exception):
    """MIR breaks an invariant: an error of the stage that made it."""


def verify(program: Program) -> None:
    """Raise MirError unless every body and global of `program` is well formed."""
    for name, item in program.globals.items():
        _require(name == item.name, f"global {name} is named {item.name}")
        _verify_global(program, item)
    for symbol, body in program.bodies.items():
        _require(symbol == body.name, f"body {symbol} is named {body.name}")
        verify_body(program, body)
    for symbol in (*program.constructors, *program.destructors):
        _require(symbol in program.bodies, f"constructor {symbol} has no body")


def verify_body(program: Program, body: Body) -> None:
    """Raise MirError unless `body` is well formed."""
    _BodyVerifier(program, body).run()


def _require(condition: bool, what: str) -> None:  # noqa: FBT001
    if not condition:
        raise MirError(what)


def _verify_global(program: Program, item: Global) -> None:
    where = f"global {item.name}"
    if item.data is None:
        _require(not item.relocations, f"{where}: relocations without data")
        return
    _require(len(item.data) <= item.size, f"{where}: more data than its size")
    for relocation in item.relocations:
        end = relocation.offset + relocation.width
        _require(relocation.offset >= 0 and end <= item.size, f"{where}: relocation outside")
        _require(_is_known(program, relocation.symbol), f"{where}: unknown {relocation.symbol}")
        for block in (relocation.block, relocation.minus):
            if block is not None:
                body = program.bodies.get(relocation.symbol)
                inside = body is not None and block < len(body.blocks)
                _require(inside, f"{where}: no block {block} of {relocation.symbol}")


def _is_known(program: Program, symbol: str) -> bool:
    tables: tuple[dict[str, object], ...] = (
        program.bodies,  # type: ignore[assignment]
        program.globals,
        program.externs,
        program.aliases,
        program.linked,
    )
    return any(symbol in table for table in tables)


def _variant_count(ty: Type) -> int:
    match ty:
        case Adt(kind=AdtKind.ENUM, variants=variants):
            return len(variants)
        case AdtType(definition) if definition.kind is AdtKind.ENUM:
            return len(definition.variants)
        case _:
            return 0


class _Shape(Folder):
    """Forgets all that subtyping may change."""

    __slots__ = ()

    def region(self, region: Region) -> Region:
        return ERASED

    def type(self, ty: Type) -> Type:
        match ty:
            case FnPtrType():
                folded = self.parts(ty)
                assert isinstance(folded, FnPtrType)
                return FnPtrType(replace(folded.signature, bound=()))
            case DynType():
                folded = self.parts(ty)
                assert isinstance(folded, DynType)
                return replace(folded, bound=())
            case _:
                return self.parts(ty)


_OPEN = (ProjectionType, OpaqueType, ErrorType, InferType)


def agree_generic(left: Type, right: Type) -> bool:
    """Say whether Rust types agree but for lifetimes; what is not normalised agrees with all."""
    if any(isinstance(part, _OPEN) for ty in (left, right) for part in walk(ty)):
        return True
    if isinstance(left, NeverType) or isinstance(right, NeverType):
        return True
    shape = _Shape()
    return shape.type(left) == shape.type(right)


class _BodyVerifier:
    """Walks one body; `_at` says where, for the message."""

    def __init__(self, program: Program, body: Body) -> None:
        self._program = program
        self._body = body
        self._generic = body.generic is not None
        self._types = Typer(body, program)
        self._at = "locals"

    def run(self) -> None:
        try:
            self._locals()
            for number, block in enumerate(self._body.blocks):
                for index, statement in enumerate(block.statements):
                    self._at = f"bb{number}[{index}] {type(statement).__name__}"
                    self._scope(statement.scope)
                    self._statement(statement)
                terminator = block.terminator
                self._at = f"bb{number} {type(terminator).__name__}"
                self._scope(terminator.scope)
                for target in targets_of(terminator):
                    self.require(target < len(self._body.blocks), f"no block bb{target}")
                self._terminator(terminator)
        except ProjectionError as error:
            raise MirError(f"{self._body.name}: {self._at}: {error}") from error

    def require(self, condition: bool, what: str) -> None:  # noqa: FBT001
        if not condition:
            raise MirError(f"{self._body.name}: {self._at}: {what}")

    def _locals(self) -> None:
        body = self._body
        self.require(bool(body.blocks), "no blocks")
        self.require(bool(body.locals), "no return local")
        same = body.locals[RETURN].type == body.type.result
        if self._generic:
            same = agree_generic(body.locals[RETURN].type, body.type.result)
        self.require(same, "type of the return local")
        for number, decl in enumerate(body.locals):
            argument = 1 <= number <= body.argument_count
            self.require((decl.kind is LocalKind.ARGUMENT) == argument, f"kind of _{number}")
            self.require((decl.kind is LocalKind.RETURN) == (number == RETURN), f"_{number}")
        self.require(len(body.locals) > body.argument_count, "arguments without locals")
        if body.type.prototype:
            parameters = body.type.parameters
            self.require(len(parameters) == body.argument_count, "number of arguments")
            for ty, decl in zip(parameters, body.locals[1:], strict=False):
                self.agree(ty, decl.type, "parameter")

    def _scope(self, scope: int) -> None:
        self.require(0 <= scope < len(self._body.scopes), f"no scope ${scope}")

    def agree(self, left: Type, right: Type, what: str) -> None:
        agreed = agree_generic if self._generic else agree
        self.require(agreed(left, right), f"{what}: {left} against {right}")

    # ------------------------------------------------------------------------------- statements

    def _statement(self, statement: Statement) -> None:
        match statement:
            case Assign(place, rvalue):
                self._rvalue(rvalue)
                self.agree(self.place(place), self._types.rvalue(rvalue), "assignment")
            case StorageLive(local, size=size):
                self._storage(local)
                if size is not None:
                    self._is_index(self.operand(size))
                    ty = self._body.locals[local].type
                    dynamic = isinstance(ty, ArrayType) and ty.length is None
                    self.require(dynamic, f"size of _{local}, which is no open array")
            case StorageDead(local):
                self._storage(local)
            case SetDiscriminant(place, variant):
                count = _variant_count(self.place(place))
                self.require(0 <= variant < count, "SetDiscriminant")
            case FakeRead(_, place):
                self.place(place)
            case Ascribe(place, ty):
                self.agree(self.place(place), ty, "ascription")
            case Barrier():
                pass
            case _:
                assert_never(statement)

    def _storage(self, local: Local) -> None:
        self.require(0 <= local < len(self._body.locals), f"no local _{local}")
        kind = self._body.locals[local].kind
        lives = kind in (LocalKind.VARIABLE, LocalKind.TEMPORARY)
        self.require(lives, f"storage of _{local}")

    # ------------------------------------------------------------------------------- rvalues

    def _rvalue(self, rvalue: Rvalue) -> None:
        match rvalue:
            case Use(operand):
                self.operand(operand)
            case Ref(_, place) | RawPointer(place) | Len(place) | Discriminant(place):
                self.place(place)
            case Binary():
                self._binary(rvalue)
            case Unary(op, operand):
                ty = self.operand(operand)
                self.require(isinstance(ty, _UNARY[op]), f"{op.value} of {ty}")
            case Cast():
                self._cast(rvalue)
            case Aggregate():
                self._aggregate(rvalue)
            case Repeat(operand, length):
                self.operand(operand)
                self.require(not isinstance(length, int) or length >= 0, "negative Repeat")
            case _:
                assert_never(rvalue)

    def _binary(self, rvalue: Binary) -> None:
        op = rvalue.op
        left, right = self.operand(rvalue.left), self.operand(rvalue.right)
        if self._generic and op not in SHIFTS:
            self.agree(left, right, op.value)
        elif op is BinOp.OFFSET:
            self.require(isinstance(left, PointerType), f"offset from {left}")
            self._is_index(right)
        elif op is BinOp.PTR_DIFF:
            self.require(isinstance(left, PointerType), f"ptr_diff of {left}")
            self.require(isinstance(right, PointerType), f"ptr_diff of {right}")
        elif op in SHIFTS:
            both = isinstance(left, IntType) and isinstance(right, IntType)
            self.require(both, f"{op.value} of {left} by {right}")
        else:
            self.agree(left, right, op.value)
            allowed: tuple[type, ...] = (IntType, FloatType)
            if op in COMPARISONS:
                allowed = (*allowed, BoolType, CharType, PointerType)
            elif op in _BITWISE:
                allowed = (IntType, BoolType)
            self.require(isinstance(left, allowed), f"{op.value} of {left}")

    def _cast(self, rvalue: Cast) -> None:
        source = self.operand(rvalue.operand)
        if self._generic:
            return
        takes, makes = _CASTS[rvalue.kind]
        what = f"cast {rvalue.kind.value} of {source} to {rvalue.type}"
        self.require(isinstance(source, takes) and isinstance(rvalue.type, makes), what)
        if rvalue.kind in (CastKind.EXPOSE, CastKind.WITH_EXPOSED):
            number = rvalue.type if rvalue.kind is CastKind.EXPOSE else source
            self.require(isinstance(number, IntType) and number.bits == 64, what)

    def _aggregate(self, rvalue: Aggregate) -> None:
        types = [self.operand(operand) for operand in rvalue.operands]
        expected: list[Type]
        match rvalue.type:
            case ArrayType(element, int(length)):
                expected = [element] * length
            case ComplexType(kind):
                expected = [FloatType(kind)] * 2
            case AdtType():
                expected = self._adt_fields(rvalue, rvalue.type)
            case ClosureType():
                expected = list(field_types(rvalue.type))
            case PointerType(pointee, kind) if unsized_tail(pointee) is not None:
                expected = [PointerType(VOID, kind), U64]
            case Adt(kind=AdtKind.UNION):
                expected = [rvalue.type.fields[rvalue.variant].type]
            case Adt(variants=variants):
                self.require(rvalue.variant < len(variants), "aggregate variant")
                expected = [member.type for member in variants[rvalue.variant].fields]
            case _:
                expected = list(getattr(rvalue.type, "elements", ()))
        self.require(len(types) == len(expected), f"fields of {rvalue.type}")
        for ty, field in zip(types, expected, strict=True):
            self.agree(ty, field, "field")

    def _adt_fields(self, rvalue: Aggregate, ty: AdtType) -> list[Type]:
        definition = ty.definition
        if definition.kind is AdtKind.UNION:  # `variant` is the number of the field
            return [field_types(ty)[rvalue.variant]]
        self.require(rvalue.variant < len(definition.variants), "aggregate variant")
        return list(field_types(VariantType(definition.variants[rvalue.variant], ty.arguments)))

    # ----------------------------------------------------------------------------- terminators

    def _terminator(self, terminator: Terminator) -> None:
        match terminator:
            case Switch(operand, targets):
                ty = self.operand(operand)
                self.require(isinstance(ty, _INTEGRAL), f"switch on {ty}")
                values = {value for value, _ in targets}
                self.require(len(values) == len(targets), "two targets of one value")
            case Call():
                self._call(terminator)
            case Drop(place):
                self.place(place)
            case IndirectGoto(operand):
                ty = self.operand(operand)
                self.require(isinstance(ty, PointerType), f"goto {ty}")
            case Assert(operand, operands=operands):
                self.agree(self.operand(operand), BOOL, "assertion")
                for shown in operands:
                    self.operand(shown)
            case Goto() | Return() | Unreachable() | Resume() | FalseEdge() | FalseUnwind():
                pass
            case _:
                assert_never(terminator)

    def _call(self, call: Call) -> None:
        callee = call.callee
        if isinstance(callee, str):
            self.require(_is_known(self._program, callee), f"call of unknown {callee}")
        elif not isinstance(callee, Intrinsic):
            ty = self.operand(callee)
            callable_ = (PointerType, FnDefType, FnPtrType) if call.slot is None else (IntType,)
            self.require(isinstance(ty, callable_), f"call of {ty}")
        types = [self.operand(argument) for argument in call.arguments]
        parameters = call.type.parameters
        if call.type.prototype:
            enough = len(types) == len(parameters)
            if call.type.variadic:
                enough = len(types) >= len(parameters)
            self.require(enough, f"{len(types)} arguments for {len(parameters)}")
            for ty, parameter in zip(types, parameters, strict=False):
                self.agree(ty, parameter, "argument")
        if call.destination is not None:
            void = is_void(call.type.result) and not self._generic
            self.require(not void, "destination of a void call")
            self.agree(self.place(call.destination), call.type.result, "result")

    # -------------------------------------------------------------------------- operands, places

    def operand(self, operand: Operand) -> Type:
        match operand:
            case Copy(place) | Move(place):
                return self.place(place)
            case AddressConst(symbol, _, ty):
                self.require(_is_known(self._program, symbol), f"unknown {symbol}")
                self.require(isinstance(ty, PointerType), f"address of type {ty}")
            case NullConst(ty):
                self.require(isinstance(ty, PointerType), f"null of type {ty}")
            case LabelConst(block):
                self.require(block < len(self._body.blocks), f"no block bb{block}")
            case IntConst():
                self._integer(operand)
            case _:
                pass
        return operand.type

    def _integer(self, constant: IntConst) -> None:
        ty = constant.type
        low, high = 0, 1
        if isinstance(ty, IntType):
            low = -(1 << (ty.bits - 1)) if ty.signed else 0
            high = (1 << (ty.bits - ty.signed)) - 1
        elif isinstance(ty, CharType):
            high = 0x10FFFF
        else:
            self.require(isinstance(ty, BoolType), f"integer of type {ty}")
        self.require(low <= constant.value <= high, f"{constant.value} as {ty}")

    def place(self, place: Place) -> Type:
        base = place.base
        if isinstance(base, str):
            self.require(base in self._program.globals, f"no global {base}")
        else:
            self.require(0 <= base < len(self._body.locals), f"no local _{base}")
        for projection in place.projections:
            if isinstance(projection, Index):
                self.require(0 <= projection.local < len(self._body.locals), "index local")
                self._is_index(self._body.locals[projection.local].type)
        return self._types.place(place)

    def _is_index(self, ty: Type) -> None:
        self.require(isinstance(ty, IntType) and ty.bits == 64, f"index of type {ty}")
