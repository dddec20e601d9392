"""The state of one analysis: scopes, what is being built, and the tables that tie the rules.

The rules of expressions, types, declarations and statements need each other; they meet in `Rules`,
which `analyse` fills, so that their modules need not import one another in a circle.
"""

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from freehold.c import ast, tree
from freehold.c.ctype import QualType, RecordType
from freehold.c.sema.kinds import SIZE
from freehold.c.sema.options import SemaOptions
from freehold.c.sema.report import Reporter
from freehold.c.sema.scope import Scope, ScopeKind
from freehold.mir.body import Linkage
from freehold.records import dataclass, field
from freehold.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class BlockBuilder:
    """A block in the making."""

    variables: list[tree.Variable] = field(default_factory=list)
    statements: list[tree.Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Modified:
    """A variably modified declaration in scope; jumps may not enter its scope."""

    name: str
    span: Span
    outer: "Modified | None"


@dataclass(slots=True)
class LabelState:
    """What is known of a label so far; `fixed` is the declarations in scope where it stands."""

    target: tree.LabelTarget
    declared_at: Span
    defined: bool = False
    used: bool = False
    fixed: Modified | None = None


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A goto (or, if it is no `jump`, an `&&`), and the variable lengths in scope there."""

    label: LabelState
    span: Span
    fixed: Modified | None
    jump: bool


@dataclass(slots=True)
class SwitchState:
    """An enclosing switch: what its cases are converted to, and those seen."""

    type: QualType
    cases: list[tree.CaseTarget] = field(default_factory=list)
    values: dict[int, tree.CaseTarget] = field(default_factory=dict)
    ranges: list[tree.CaseTarget] = field(default_factory=list)
    default: Span | None = None
    fixed: Modified | None = None


@dataclass(slots=True)
class FunctionState:
    """The function being analysed."""

    entity: tree.Function_
    result: QualType
    labels: dict[str, LabelState] = field(default_factory=dict)
    local_labels: list[dict[str, LabelState]] = field(default_factory=list)
    all_labels: list[LabelState] = field(default_factory=list)
    uses: list[LabelUse] = field(default_factory=list)
    switches: list[SwitchState] = field(default_factory=list)
    breakable: int = 0
    loops: int = 0
    fixed: Modified | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules by node type, and the few whole questions that cross module borders."""

    expression: dict[type, Callable[["Context", Any], tree.Expr]]
    specifier: dict[type, Callable[..., QualType]]
    statement: dict[type, Callable[["Context", Any], None]]
    type_name: Callable[["Context", ast.TypeName], QualType]
    aligned_type_name: Callable[["Context", ast.TypeName], tuple[QualType, int]]
    builtin_call: dict[str, Callable[["Context", ast.Call], tree.Expr]]
    builtin_function: Callable[["Context", str, Span], tree.Function_ | None]


class Context:
    """One translation unit's analysis."""

    __slots__ = (
        "assumed",
        "block",
        "constants",
        "declared",
        "extents",
        "file",
        "function",
        "function_names",
        "functions",
        "implicit",
        "inline_only",
        "linked",
        "measured",
        "member_paths",
        "records",
        "registers",
        "report",
        "rules",
        "scope",
        "strings",
        "symbols",
        "tentative",
        "unevaluated",
        "variables",
    )

    def __init__(self, options: SemaOptions, rules: Rules) -> None:
        self.report = Reporter(options)
        self.rules = rules
        self.file = self.scope = Scope(ScopeKind.FILE)
        self.functions: list[tree.Function_] = []
        self.records: list[RecordType] = []
        self.variables: list[tree.Variable] = []
        self.strings: list[tree.StringLiteral] = []
        self.linked: dict[str, tree.Variable | tree.Function_] = {}
        self.measured: dict[int, QualType] = {}  # of each `sizeof`, by its node
        self.tentative: dict[tree.Variable, Span] = {}
        self.member_paths: dict[RecordType, dict[str, tuple[tuple[RecordType, int], ...]]] = {}
        self.registers: set[tree.Variable] = set()
        self.implicit: set[tree.Function_] = set()
        self.assumed: set[str] = set()  # names of functions that calls declared
        self.declared: set[tree.Function_] = set()
        self.inline_only: set[tree.Function_] = set()
        self.function: FunctionState | None = None
        self.block: BlockBuilder | None = None
        self.function_names: dict[str, tree.StringLiteral] = {}
        self.constants: dict[tree.Variable, tree.Expr] = {}
        self.extents: list[tree.Statement] = []
        self.symbols: dict[str, int] = {}
        self.unevaluated = 0

    def expr(self, node: ast.Expr) -> tree.Expr:
        """Analyse an expression: an lvalue, a function designator or a value."""
        return self.rules.expression[node.__class__](self, node)

    def type_name(self, node: ast.TypeName) -> QualType:
        """Return the type that a type name means."""
        return self.rules.type_name(self, node)

    def statement(self, node: ast.BlockItem) -> None:
        """Analyse a statement or declaration into the current block."""
        self.rules.statement[node.__class__](self, node)

    def emit(self, statement: tree.Statement) -> None:
        """Append a statement to the current block."""
        assert self.block is not None
        self.block.statements.append(statement)

    def outermost_block(self) -> Scope:
        """Return the outermost scope of the current function, or the file's."""
        scope = self.scope
        while scope.parent is not None and scope.parent is not self.file:
            scope = scope.parent
        return scope

    @contextmanager
    def scoped(self, kind: ScopeKind) -> "Iterator[Scope]":
        """Open a scope for the duration of a `with`."""
        outer = self.scope
        self.scope = Scope(kind, outer)
        try:
            yield self.scope
        finally:
            self.scope = outer

    @contextmanager
    def unevaluated_operand(self) -> "Iterator[None]":
        """Analyse an operand that is not evaluated: its VLA sizes are not either."""
        self.unevaluated += 1
        try:
            yield
        finally:
            self.unevaluated -= 1

    def unique_symbol(self, base: str) -> str:
        """Return `base`, or `base.N` if it was returned before."""
        count = self.symbols.get(base, 0)
        self.symbols[base] = count + 1
        return f"{base}.{count}" if count else base

    # ------------------------------------------------------------------------- hidden variables

    def hidden(self, ty: QualType, span: Span) -> tree.Variable:
        """Make an unnamed automatic variable of the current block."""
        variable = tree.Variable("", ty, tree.Storage.AUTO, span)
        if self.block is not None:
            self.block.variables.append(variable)
        return variable

    def hidden_static(self, ty: QualType, span: Span, base: str) -> tree.Variable:
        """Make an unnamed static variable; its initial bytes are still to come."""
        symbol = self.unique_symbol(base)
        variable = tree.Variable(
            "", ty, tree.Storage.STATIC, span, symbol, Linkage.INTERNAL, defined=True
        )
        self.variables.append(variable)
        return variable

    def extent(self, count: tree.Expr, span: Span) -> tree.Variable:
        """Make the hidden variable of a VLA's element count; `extents` gets its assignment."""
        variable = self.hidden(SIZE, span)
        self.extents.append(tree.SetExtent(span, variable, count))
        return variable

    def flush_extents(self) -> None:
        """Emit the pending assignments of VLA element counts."""
        if self.extents:
            assert self.block is not None
            self.block.statements.extend(self.extents)
            self.extents = []

    def after_extents(self, expr: tree.Expr) -> tree.Expr:
        """Return `expr` preceded by the pending assignments of VLA element counts."""
        if not self.extents or self.function is None:
            return expr
        body = tuple(self.extents)
        self.extents = []
        span = expr.span
        return tree.BlockExpr(expr.type, span, tree.Block(span, (), body, span), expr)


def load(variable: tree.Variable, span: Span) -> tree.Expr:
    """Return the value of `variable`."""
    ty = variable.type
    ty = QualType(ty.type) if ty.quals else ty
    return tree.Load(ty, span, tree.VariableRef(variable.type, span, variable))
