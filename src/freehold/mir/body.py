"""MIR: bodies and programs, the one form that both languages reach.

What blocks hold is in `mir.statements`, what statements compute with in `mir.values`.

It is rustc's MIR as far as both languages need it, and what C adds. Invariants are what
`freehold.mir.verify` checks; `freehold.mir.text` prints and parses all of this.

Evaluation is explicit: operands have no side effects, a statement has at most one, and every
conversion is a `Cast`. A `Body` is built once by `mir.build` and not changed in place afterwards.
"""

from enum import Enum

from freehold.mir.statements import Statement, Terminator
from freehold.mir.values import Block, Place, Scope, Symbol
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import FunctionType, Type
from freehold.types.generic import Answers, Capture, Definition, Signature

# ---------------------------------------------------------------------------------------- bodies


class LocalKind(Enum):
    """What a local stands for."""

    RETURN = "return"
    ARGUMENT = "argument"
    VARIABLE = "variable"
    TEMPORARY = "temporary"


class BindingKind(Enum):
    """How a Rust variable came to be."""

    LET = "let"
    PATTERN = "pattern"  # in a match arm, `if let`, `for`
    PARAMETER = "parameter"
    SELF = "self"  # `self`, `mut self`, `self: T`
    SELF_REF = "&self"
    SELF_REF_MUT = "&mut self"


@dataclass(frozen=True, slots=True)
class Binding:
    """A Rust variable: `by_ref` for `ref x` and for what default binding modes made a reference.

    `type_span` is the type written (`let x: T`, a parameter's), `initialiser` the `let`'s value.
    `matched` is the expression that its pattern is matched against and `place` the place that was,
    unless the whole pattern is the variable. `guard` marks the reference that stands for the
    variable in the guard of its arm. `pattern` is the subpattern that binds it (`ref mut x`).
    """

    kind: BindingKind
    by_ref: bool = False
    type_span: Span | None = None
    initialiser: Span | None = None
    matched: Span | None = None
    place: Place | None = None
    guard: bool = False
    pattern: Span | None = None


@dataclass(frozen=True, slots=True)
class LocalDecl:
    """A local: its type, and for variables its name and where it was declared.

    `volatile` covers every access. `align` (bytes) is a requested alignment, 0 = natural.
    `binding` says how a Rust variable came to be, for the words of a finding.
    """

    type: Type
    kind: LocalKind
    span: Span
    name: str = ""
    mutable: bool = True
    volatile: bool = False
    align: int = 0
    binding: Binding | None = None


@dataclass(frozen=True, slots=True)
class ScopeDecl:
    """A lexical scope: its parent, and the text that it covers."""

    parent: Scope | None
    span: Span


@dataclass(frozen=True, slots=True)
class BasicBlock:
    """Statements in order, then one terminator."""

    statements: tuple[Statement, ...]
    terminator: Terminator


class Linkage(Enum):
    """Who can see a symbol."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    WEAK = "weak"


@dataclass(slots=True, eq=False)
class GenericBody:
    """What Rust's bodies carry until monomorphisation.

    `definition` is the function, closure, constant or static; `signature` as its body sees it:
    regions not erased, late-bound ones free, a closure's self first. `answers` speak of types in
    its environment. `unsafe_blocks` are the spans of its unsafe blocks; `closures` the bodies of
    the closures in it, by definition; `promoted` those of the constants that were made of borrowed
    constant expressions: each is a `NamedConst` in this body.
    """

    definition: Definition
    signature: Signature
    answers: Answers
    captures: tuple[Capture, ...] = ()
    unsafe_blocks: tuple[Span, ...] = ()
    closures: "dict[Definition, Body]" = field(default_factory=dict)
    promoted: "dict[Definition, Body]" = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Body:
    """One function. `locals[0]` is the return value, then `argument_count` arguments.

    `name` is the link name, `display` the name that the user wrote. `end` is where its text ends;
    None: where it returns.
    """

    name: Symbol
    display: str
    type: FunctionType
    locals: list[LocalDecl]
    argument_count: int
    blocks: list[BasicBlock]
    scopes: list[ScopeDecl]
    span: Span
    linkage: Linkage = Linkage.EXTERNAL
    attributes: frozenset[str] = frozenset()  # noreturn, constructor, noinline, shim...
    unit: int = 0  # which translation unit it came from
    generic: GenericBody | None = None
    end: Span | None = None


@dataclass(frozen=True, slots=True)
class Relocation:
    """At byte `offset` of a global's bytes stands the address of `symbol` plus `addend`.

    With `block` it is the address of that block of body `symbol`; with `minus` too, the difference
    of the two blocks' addresses. `width` is the number of bytes that it fills.
    """

    offset: int
    symbol: Symbol
    addend: int = 0
    block: Block | None = None
    minus: Block | None = None
    width: int = 8


@dataclass(frozen=True, slots=True)
class Global:
    """A static object of `size` bytes: those of `data`, then zeros. No `data`: declared elsewhere.

    String literals and function statics are globals too. `literal` marks string literals. The
    functions in a `vtable` are those that `Call.slot` numbers, and of no use to anything else.
    """

    name: Symbol
    display: str
    type: Type
    data: bytes | None
    span: Span
    relocations: tuple[Relocation, ...] = ()
    size: int = 0  # larger than the type's when a flexible array member is initialised
    align: int = 1
    constant: bool = False
    literal: bool = False
    thread_local: bool = False
    linkage: Linkage = Linkage.INTERNAL
    common: bool = False  # a tentative definition: gives way to another definition
    vtable: bool = False


@dataclass(frozen=True, slots=True)
class Extern:
    """A function that is declared and used but not defined in the program: libc's, or foreign."""

    name: Symbol
    type: FunctionType
    span: Span
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a function: `mir.link` replaces it by `target`."""

    name: Symbol
    target: Symbol
    span: Span
    linkage: Linkage = Linkage.EXTERNAL


@dataclass(slots=True)
class Program:
    """Everything that is linked together: one translation unit, or several.

    `linked` are functions of Rust's that another object defines, which codegen is told of. In an
    `exact` program no object is better aligned than it is to be: Rust's, if it has unsafe code.
    """

    bodies: dict[Symbol, Body] = field(default_factory=dict)
    globals: dict[Symbol, Global] = field(default_factory=dict)
    externs: dict[Symbol, Extern] = field(default_factory=dict)
    constructors: list[Symbol] = field(default_factory=list)
    destructors: list[Symbol] = field(default_factory=list)
    aliases: dict[Symbol, Alias] = field(default_factory=dict)
    linked: dict[Symbol, FunctionType] = field(default_factory=dict)
    exact: bool = False
