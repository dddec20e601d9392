"""THIR by hand: each helper makes one node, with a span of its own; and what happens in MIR."""

from collections.abc import Iterable, Iterator
from itertools import count

from freehold.mir.body import BindingKind, Body, Program
from freehold.mir.statements import (
    Assert,
    Call,
    Drop,
    FakeRead,
    FalseEdge,
    FalseUnwind,
    Goto,
    StorageDead,
    StorageLive,
    Switch,
)
from freehold.mir.structural import structural_answers
from freehold.mir.values import BinOp, BorrowKind, ItemConst
from freehold.mir.verify import verify_body
from freehold.rust import thir
from freehold.rust.build import build
from freehold.source import Source, Span
from freehold.types import BOOL, I32, NEVER, UNIT, AdtKind, TupleType, Type
from freehold.types.generic import (
    ERASED,
    USIZE,
    AdtDef,
    AdtType,
    Definition,
    FieldDef,
    FnDefType,
    RefType,
    Signature,
    VariantDef,
)

SOURCE = Source("hand.rs", " " * 100_000)
_places: Iterator[int] = count(0, 2)
SHARED, MUT, TWO_PHASE = BorrowKind.SHARED, BorrowKind.MUT, BorrowKind.TWO_PHASE


def span() -> Span:
    at = next(_places)
    return Span(SOURCE, at, at + 2)


# ------------------------------------------------------------------------------------------- types


def _variant(name: str, number: int, types: Iterable[Type]) -> VariantDef:
    fields = tuple(FieldDef(str(n), ty, span()) for n, ty in enumerate(types))
    return VariantDef(name, fields, number, "tuple", span())


def struct(name: str, *types: Type, drop: bool = False) -> AdtType:
    """A struct; with `drop` it has a destructor."""
    definition = AdtDef(name, name, span(), variants=(_variant(name, 0, types),))
    if drop:
        definition.drop = Definition("drop", f"{name}::drop", span())
    return AdtType(definition)


def enum(name: str, *variants: tuple[Type, ...]) -> AdtType:
    """An enum of tuple variants, each the types of its fields."""
    made = tuple(_variant(f"V{n}", n, types) for n, types in enumerate(variants))
    return AdtType(AdtDef(name, name, span(), kind=AdtKind.ENUM, variants=made))


D = struct("D", I32, drop=True)
PAIR = struct("Pair", D, D)
MAYBE = enum("Maybe", (), (D,))


def ref(ty: Type, *, mutable: bool = False) -> RefType:
    return RefType(ERASED, ty, mutable)


# ------------------------------------------------------------------------------------- expressions


def num(value: int, ty: Type = I32) -> thir.Expr:
    return thir.Number(value, ty, span())


def call(name: str, result: Type, *arguments: thir.Expr) -> thir.Expr:
    callee = thir.Item(FnDefType(Definition(name, name, span())), span())
    return thir.Call(callee, arguments, result, span())


def mk() -> thir.Expr:
    """A call that makes a `D`."""
    return call("mk", D)


def borrow(place: thir.Expr, kind: BorrowKind = SHARED) -> thir.Expr:
    return thir.Borrow(kind, place, ref(place.type, mutable=kind is not SHARED), span())


def look(place: thir.Expr) -> thir.Expr:
    """A call that is given a reference, and gives a number."""
    return call("look", I32, borrow(place))


def deref(base: thir.Expr) -> thir.Expr:
    assert isinstance(base.type, RefType)
    return thir.Deref(base, base.type.pointee, span())


def field(base: thir.Expr, index: int) -> thir.Expr:
    match base.type:
        case TupleType(elements):
            ty = elements[index]
        case AdtType(definition):
            ty = definition.fields[index].type
        case _:
            raise TypeError(base.type)
    return thir.Field(base, index, ty, span())


def element(base: thir.Expr, index: thir.Expr, ty: Type) -> thir.Expr:
    return thir.Index(base, index, ty, span())


def binary(op: BinOp, left: thir.Expr, right: thir.Expr, ty: Type | None = None) -> thir.Expr:
    return thir.Binary(op, left, right, ty or left.type, span())


def less(left: thir.Expr, right: thir.Expr) -> thir.Expr:
    return binary(BinOp.LT, left, right, BOOL)


def tuple_(*elements: thir.Expr) -> thir.Expr:
    return thir.Tuple(elements, TupleType(tuple(e.type for e in elements)), span())


def make(ty: AdtType, *values: thir.Expr, variant: int = 0) -> thir.Expr:
    return thir.Adt(ty.definition, variant, tuple(enumerate(values)), ty, span())


def both(left: thir.Expr, right: thir.Expr) -> thir.Expr:
    return thir.Logical(both=True, left=left, right=right, type=BOOL, span=span())


def assign(place: thir.Expr, value: thir.Expr) -> thir.Expr:
    return thir.Assign(place, value, UNIT, span())


def do(value: thir.Expr) -> thir.Statement:
    return thir.ExprStatement(value, span())


def block(
    *statements: thir.Statement, value: thir.Expr | None = None, label: int | None = None
) -> thir.Block:
    ty = UNIT if value is None else value.type
    at = None if label is None else thir.Loop(label)
    return thir.Block(statements, value, ty, span(), at)


def if_(condition: thir.Expr, then: thir.Expr, otherwise: thir.Expr | None = None) -> thir.Expr:
    return thir.If(condition, then, otherwise, then.type, span())


def loop(label: int, body: thir.Expr, ty: Type = UNIT) -> thir.Expr:
    return thir.LoopExpr(thir.Loop(label), body, ty, span())


def break_(label: int, value: thir.Expr | None = None) -> thir.Expr:
    return thir.Never(thir.Break(thir.Loop(label), value, NEVER, span()), UNIT, span())


def return_(value: thir.Expr | None = None) -> thir.Expr:
    return thir.Never(thir.Return(value, NEVER, span()), UNIT, span())


# ---------------------------------------------------------------------------------------- patterns


def match(scrutinee: thir.Expr, ty: Type, *arms: thir.Arm) -> thir.Expr:
    return thir.Match(scrutinee, arms, ty, span())


def arm(pattern: thir.Pattern, body: thir.Expr, guard: thir.Expr | None = None) -> thir.Arm:
    return thir.Arm(pattern, guard, body, span())


def wild(ty: Type) -> thir.Pattern:
    return thir.WildPattern(ty, span())


def variant(ty: Type, number: int, *fields: thir.Pattern) -> thir.Pattern:
    return thir.VariantPattern(number, tuple(enumerate(fields)), ty, span())


def leaf(ty: Type, *fields: thir.Pattern) -> thir.Pattern:
    return thir.LeafPattern(tuple(enumerate(fields)), ty, span())


def either(*patterns: thir.Pattern) -> thir.Pattern:
    return thir.OrPattern(patterns, patterns[0].type, span())


def is_(value: thir.Expr) -> thir.Pattern:
    return thir.ConstPattern(value, value.type, span())


def slice_(ty: Type, *prefix: thir.Pattern, rest: bool = False) -> thir.Pattern:
    return thir.SlicePattern(prefix, None, (), rest=rest, type=ty, span=span())


# ------------------------------------------------------------------------------------------ bodies


class Making:
    """A function in the making: it knows its variables."""

    def __init__(self, *parameters: tuple[str, Type], result: Type = UNIT) -> None:
        self.variables: list[thir.VariableDecl] = []
        self.parameters = tuple(
            thir.ParameterDecl(self.bind(name, ty, kind=BindingKind.PARAMETER), ty, span())
            for name, ty in parameters
        )
        self.result = result

    def bind(
        self,
        name: str,
        ty: Type,
        by_ref: BorrowKind | None = None,
        kind: BindingKind = BindingKind.LET,
    ) -> thir.BindPattern:
        """A binding pattern of a new variable, matched against a `ty`."""
        held = ty if by_ref is None else ref(ty, mutable=by_ref is not SHARED)
        found = thir.VariableDecl(
            name, held, mutable=False, span=span(), kind=kind, by_ref=by_ref is not None
        )
        self.variables.append(found)
        number = thir.Variable(len(self.variables) - 1)
        return thir.BindPattern(number, by_ref, None, ty, span())

    def again(self, name: str) -> thir.BindPattern:
        """A binding of the same variable, in another alternative."""
        used = self.use(name)
        return thir.BindPattern(used.variable, None, None, used.type, span())

    def use(self, name: str) -> thir.Local:
        """The latest variable of that name."""
        for number in range(len(self.variables) - 1, -1, -1):
            if self.variables[number].name == name:
                return thir.Local(thir.Variable(number), self.variables[number].type, span())
        raise KeyError(name)

    def let(self, name: str, value: thir.Expr) -> thir.Statement:
        """`let name = value;`."""
        return thir.LetStatement(self.bind(name, value.type), value, span())

    def body(self, value: thir.Expr) -> Body:
        """The built body of a function with that value, verified."""
        inputs = tuple(parameter.type for parameter in self.parameters)
        source = thir.Body(
            thir.BodyKind.FUNCTION,
            Definition("f", "f", span()),
            Signature(inputs, self.result),
            self.parameters,
            value,
            self.variables,
            structural_answers(()),
            span(),
            equality=Definition("eq", "eq", span()),
        )
        made = build(source)
        verify_body(Program(), made)
        return made


# --------------------------------------------------------------------------------- what happens


def ways(body: Body, *, storage: bool = False) -> set[str]:
    """What happens on each way that does not unwind: calls, drops, false edges, assertions.

    With `storage`, also where storage begins (`+x`) and ends (`-x`). Temporaries are `_`; a block
    is entered at most twice on one way.
    """
    found: set[str] = set()
    stack: list[tuple[int, tuple[str, ...], tuple[int, ...]]] = [(0, (), ())]
    while stack:
        at, seen, visited = stack.pop()
        if visited.count(at) == 2:
            continue
        seen = (*seen, *_events(body, at, storage=storage))
        after = _after(body, at)
        if not after:
            found.add(" ".join(seen))
        stack += [(target, seen, (*visited, at)) for target in after]
    return found


def unwinding(body: Body, callee: str) -> list[str]:
    """What is dropped when each call of `callee` unwinds."""
    found = []
    for block in body.blocks:
        terminator = block.terminator
        if isinstance(terminator, Call) and _callee(terminator) == callee:
            at, dropped = terminator.unwind, []
            while at is not None:
                cleanup = body.blocks[at].terminator
                at = None
                if isinstance(cleanup, Drop):
                    dropped.append(_name(body, cleanup.place.base))
                    at = cleanup.target
            found.append(" ".join(dropped))
    return found


def _events(body: Body, at: int, *, storage: bool) -> Iterator[str]:
    for statement in body.blocks[at].statements:
        match statement:
            case StorageLive(local) if storage:
                yield f"+{_name(body, local)}"
            case StorageDead(local) if storage:
                yield f"-{_name(body, local)}"
            case FakeRead(cause) if storage:
                yield f"read:{cause.value}"
            case _:
                pass
    terminator = body.blocks[at].terminator
    match terminator:
        case Drop(place, replace=replace):
            yield f"{'replace' if replace else 'drop'}:{_name(body, place.base)}"
        case Call():
            yield _callee(terminator)
        case Assert(kind=kind):
            yield f"assert:{kind.value}"
        case FalseEdge():
            yield "false"
        case _:
            pass


def _callee(call: Call) -> str:
    assert isinstance(call.callee, ItemConst)
    assert isinstance(call.callee.type, FnDefType)
    return call.callee.type.definition.name


def _after(body: Body, at: int) -> tuple[int, ...]:
    match body.blocks[at].terminator:
        case Switch(targets=targets, otherwise=otherwise):
            return (*(block for _, block in targets), otherwise)
        case Goto(target) | Drop(target=target) | Assert(target=target):
            return (target,)
        case FalseEdge(target) | FalseUnwind(target):
            return (target,)
        case Call(target=target) if target is not None:
            return (target,)
        case _:
            return ()


def _name(body: Body, local: object) -> str:
    assert isinstance(local, int)
    return body.locals[local].name or "_"


__all__ = [
    "BOOL",
    "I32",
    "MAYBE",
    "MUT",
    "PAIR",
    "SHARED",
    "TWO_PHASE",
    "UNIT",
    "USIZE",
    "BinOp",
    "D",
    "Making",
    "arm",
    "assign",
    "binary",
    "block",
    "borrow",
    "both",
    "break_",
    "call",
    "deref",
    "do",
    "either",
    "element",
    "enum",
    "field",
    "if_",
    "is_",
    "leaf",
    "less",
    "look",
    "loop",
    "make",
    "match",
    "mk",
    "num",
    "ref",
    "return_",
    "slice_",
    "span",
    "struct",
    "thir",
    "tuple_",
    "unwinding",
    "variant",
    "ways",
    "wild",
]
