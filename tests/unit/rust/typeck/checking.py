"""Checks programs against our std: codes by line, and THIR as explicit text."""

import re
from functools import cache

from freehold.diagnostics import Diagnostic
from freehold.mir.values import BorrowKind
from freehold.rust import thir
from freehold.rust.crates import Crates, load
from freehold.rust.infer import show
from freehold.rust.items import Function, Impl, Trait
from freehold.rust.traits import World
from freehold.rust.typeck import check_body
from freehold.source import Source
from freehold.types.generic import ClosureDef, FnDefType

_MARK = re.compile(r"//~(\^*)((?: [A-Z]+\d+)+)")


class Checked:
    """A program and what checking its bodies gave."""

    def __init__(self, text: str) -> None:
        self.crates: Crates = load(Source("main.rs", text))
        self.world = World(self.crates)
        self.bodies: dict[str, thir.Body] = {}
        self.found: list[Diagnostic] = []
        self.crates.resolve_all()
        user = self.crates.user
        for owners in (user.functions, user.constants, user.statics):
            for owner in owners:
                body, found = check_body(owner, self.world)
                self.found += found
                if body is not None:
                    self.bodies[owner.name] = body
        self.found += self.crates.diagnostics

    def codes(self) -> set[tuple[int, str]]:
        """The line and code of each finding."""
        return {(at.outermost().line, each.code.id) for each in self.found if (at := each.at)}

    def closures(self, function: str) -> list[ClosureDef]:
        """The closures of a function, in order."""
        return list(self.bodies[function].closures)


@cache
def checked(text: str) -> Checked:
    """Check a program, once."""
    return Checked(text)


def marked(text: str) -> set[tuple[int, str]]:
    """The line and code of each `//~ CODE`, `//~^ CODE` for the line above."""
    found: set[tuple[int, str]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        for mark in _MARK.finditer(line):
            found |= {(number - len(mark[1]), code) for code in mark[2].split()}
    return found


# ---------------------------------------------------------------------------------- explicit text


def explicit(program: str, function: str = "f") -> str:
    """The value of a function's body, every implicit step written out."""
    body = checked(program).bodies[function]
    return _Text(body).expr(body.value)


_BORROW = {
    BorrowKind.SHARED: "&",
    BorrowKind.MUT: "&mut ",
    BorrowKind.TWO_PHASE: "&two ",
    BorrowKind.UNIQUE: "&uniq ",
}


class _Text:
    def __init__(self, body: thir.Body) -> None:
        self.names = [each.name for each in body.variables]

    def list(self, nodes: tuple[thir.Expr, ...]) -> str:
        return ", ".join(map(self.expr, nodes))

    def expr(self, e: thir.Expr) -> str:
        made = getattr(self, f"_{type(e).__name__.lower()}", None)
        return made(e) if made else type(e).__name__

    def _number(self, e: thir.Number) -> str:
        return f"{e.value}{show(e.type)}"

    def _string(self, e: thir.String) -> str:
        return repr(e.data.decode())

    def _local(self, e: thir.Local) -> str:
        return self.names[e.variable]

    def _upvar(self, e: thir.Upvar) -> str:
        return f"up{e.index}"

    def _field(self, e: thir.Field) -> str:
        return f"{self.expr(e.base)}.{e.name}"

    def _index(self, e: thir.Index) -> str:
        return f"{self.expr(e.base)}[{self.expr(e.index)}]"

    def _deref(self, e: thir.Deref) -> str:
        return f"(*{self.expr(e.base)})"

    def _item(self, e: thir.Item) -> str:
        assert isinstance(e.type, FnDefType)
        definition = e.type.definition
        assert definition is not None
        parent = definition.parent if isinstance(definition, Function) else None
        owner = f"{parent.name}::" if isinstance(parent, Trait | Impl) else ""
        return f"{owner}{definition.name}"

    def _namedconst(self, e: thir.NamedConst) -> str:
        return e.definition.name if e.definition else str(e.const)

    def _borrow(self, e: thir.Borrow) -> str:
        return f"{_BORROW[e.kind]}{self.expr(e.place)}"

    def _rawborrow(self, e: thir.RawBorrow) -> str:
        return f"&raw {'mut' if e.mutable else 'const'} {self.expr(e.place)}"

    def _binary(self, e: thir.Binary) -> str:
        return f"{e.op.value}({self.list((e.left, e.right))})"

    def _logical(self, e: thir.Logical) -> str:
        return f"{'and' if e.both else 'or'}({self.list((e.left, e.right))})"

    def _unary(self, e: thir.Unary) -> str:
        return f"{e.op.value}({self.expr(e.operand)})"

    def _cast(self, e: thir.Cast) -> str:
        return f"{e.kind.value}({self.expr(e.operand)} as {show(e.type)})"

    def _never(self, e: thir.Never) -> str:
        return f"never({self.expr(e.operand)})"

    def _ascribed(self, e: thir.Ascribed) -> str:
        return f"({self.expr(e.operand)}: {show(e.user_type.type)})"

    def _assign(self, e: thir.Assign) -> str:
        return f"{self.expr(e.place)} = {self.expr(e.value)}"

    def _assignop(self, e: thir.AssignOp) -> str:
        return f"{self.expr(e.place)} {e.op.value}= {self.expr(e.value)}"

    def _call(self, e: thir.Call) -> str:
        return f"{self.expr(e.callee)}({self.list(e.arguments)})"

    def _adt(self, e: thir.Adt) -> str:
        name = e.definition.variants[e.variant].name
        fields = ", ".join(f"{at}: {self.expr(each)}" for at, each in e.fields)
        base = f", ..{self.expr(e.base)}" if e.base else ""
        return f"{name} {{{fields}{base}}}"

    def _tuple(self, e: thir.Tuple) -> str:
        return f"({self.list(e.elements)})"

    def _array(self, e: thir.Array) -> str:
        return f"[{self.list(e.elements)}]"

    def _repeat(self, e: thir.Repeat) -> str:
        return f"[{self.expr(e.element)}; {getattr(e.length, 'value', e.length)}]"

    def _closure(self, e: thir.Closure) -> str:
        return f"closure[{self.list(e.captures)}]"

    def _block(self, e: thir.Block) -> str:
        parts = [self._statement(each) for each in e.statements]
        parts += [self.expr(e.value)] if e.value else []
        inner = "; ".join(parts)
        return f"{'unsafe ' if e.unsafe else ''}{{{inner}}}"

    def _statement(self, s: thir.Statement) -> str:
        if isinstance(s, thir.ExprStatement):
            return f"{self.expr(s.value)};"
        value = f" = {self.expr(s.value)}" if s.value else ""
        left = f" else {self.expr(s.otherwise)}" if s.otherwise else ""
        return f"let {self.pattern(s.pattern)}{value}{left}"

    def _if(self, e: thir.If) -> str:
        left = f" else {self.expr(e.otherwise)}" if e.otherwise else ""
        return f"if {self.expr(e.condition)} {self.expr(e.then)}{left}"

    def _let(self, e: thir.Let) -> str:
        return f"let {self.pattern(e.pattern)} = {self.expr(e.value)}"

    def _match(self, e: thir.Match) -> str:
        arms = []
        for arm in e.arms:
            guard = f" if {self.expr(arm.guard)}" if arm.guard else ""
            arms.append(f"{self.pattern(arm.pattern)}{guard} => {self.expr(arm.body)}")
        return f"match {self.expr(e.scrutinee)} {{{', '.join(arms)}}}"

    def _loopexpr(self, e: thir.LoopExpr) -> str:
        return f"loop {self.expr(e.body)}"

    def _break(self, e: thir.Break) -> str:
        return f"break {self.expr(e.value)}" if e.value else "break"

    def _return(self, e: thir.Return) -> str:
        return f"return {self.expr(e.value)}" if e.value else "return"

    # ----------------------------------------------------------------------------- patterns

    def pattern(self, p: thir.Pattern) -> str:
        match p:
            case thir.BindPattern(variable, by_ref, sub):
                mode = {None: "", BorrowKind.SHARED: "ref ", BorrowKind.MUT: "ref mut "}[by_ref]
                inner = f" @ {self.pattern(sub)}" if sub else ""
                return f"{mode}{self.names[variable]}{inner}"
            case thir.DerefPattern(sub):
                return f"&{self.pattern(sub)}"
            case thir.ConstPattern(value):
                return self.expr(value)
            case thir.LeafPattern(fields):
                return f"({self._fields(fields)})"
            case thir.VariantPattern(number, fields):
                return f"#{number}({self._fields(fields)})"
            case thir.OrPattern(alternatives):
                return " | ".join(map(self.pattern, alternatives))
            case thir.WildPattern():
                return "_"
            case _:
                return type(p).__name__

    def _fields(self, fields: tuple[tuple[int, thir.Pattern], ...]) -> str:
        return ", ".join(f"{at}: {self.pattern(each)}" for at, each in fields)
