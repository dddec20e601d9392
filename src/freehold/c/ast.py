"""The syntax tree of C: what the parser saw, before any name has a meaning.

One class a production of C11 annex A and of GNU C's extensions. Every node has a `span`. Nothing
here knows types: `freehold.c.sema` turns this into `freehold.c.tree`.
"""

from typing import TypeVar, dataclass_transform

from freehold.c.token import Token
from freehold.records import dataclass
from freehold.source import Span

_T = TypeVar("_T")


@dataclass_transform(eq_default=False, frozen_default=True)
def node(cls: type[_T]) -> type[_T]:
    """Make a node class: frozen to the type checker, plain slots when it runs.

    A frozen dataclass costs four times as much to make, and a parser makes little else.
    """
    return dataclass(slots=True, eq=False)(cls)


@node
class Node:
    """Anything with a place in the source."""

    span: Span


# ----------------------------------------------------------------------------------- expressions


@node
class Identifier(Node):
    """A name used as an expression."""

    name: str


@node
class Number(Node):
    """A pp-number: integer or floating constant, not yet read."""

    text: str


@node
class Character(Node):
    """A character constant with its prefix and quotes."""

    text: str


@node
class String(Node):
    """Adjacent string literals, in order, each with its prefix and quotes."""

    parts: tuple[Token, ...]


@node
class Unary(Node):
    """Prefix `+ - ! ~ * & ++ --`, and `__real__`, `__imag__`."""

    op: str
    operand: "Expr"


@node
class Postfix(Node):
    """Postfix `++` or `--`."""

    op: str
    operand: "Expr"


@node
class Binary(Node):
    """`left op right` for the arithmetic, comparison, bitwise and logical operators.

    Chains lean left and have no limit: whoever walks one must loop down `left`, not recurse.
    """

    op: str
    left: "Expr"
    right: "Expr"
    op_span: Span


@node
class Assign(Node):
    """`target op value`, where op is `=` or a compound assignment."""

    op: str
    target: "Expr"
    value: "Expr"
    op_span: Span


@node
class Conditional(Node):
    """`condition ? then : otherwise`; then is None in GNU's `a ?: b`."""

    condition: "Expr"
    then: "Expr | None"
    otherwise: "Expr"


@node
class Comma(Node):
    """`left, right`."""

    left: "Expr"
    right: "Expr"


@node
class Paren(Node):
    """`(inner)`: kept, since it silences warnings and matters to `sizeof ("...")`."""

    inner: "Expr"


@node
class Cast(Node):
    """`(type) operand`."""

    type: "TypeName"
    operand: "Expr"


@node
class CompoundLiteral(Node):
    """`(type) { ... }`."""

    type: "TypeName"
    initializer: "InitList"


@node
class SizeOf(Node):
    """`sizeof` of an expression or a type name."""

    operand: "Expr | TypeName"


@node
class AlignOf(Node):
    """`_Alignof` or `__alignof__` of a type name, or (GNU) of an expression."""

    operand: "Expr | TypeName"


@node
class Subscript(Node):
    """`array[index]`."""

    array: "Expr"
    index: "Expr"


@node
class Call(Node):
    """`function(arguments)`."""

    function: "Expr"
    arguments: "tuple[Expr, ...]"


@node
class Member(Node):
    """`object.name`, or `object->name` if `arrow`."""

    object: "Expr"
    name: str
    arrow: bool
    name_span: Span


@node
class GenericAssociation(Node):
    """One arm of `_Generic`; type None is `default`."""

    type: "TypeName | None"
    value: "Expr"


@node
class Generic(Node):
    """`_Generic(control, arms)`."""

    control: "Expr"
    arms: tuple[GenericAssociation, ...]


@node
class StatementExpr(Node):
    """GNU `({ ... })`."""

    body: "Compound"


@node
class LabelAddress(Node):
    """GNU `&&label`."""

    name: str


@node
class Builtin(Node):
    """A builtin whose arguments are not all expressions.

    `__builtin_va_arg`, `__builtin_offsetof` (type, then a designator chain as an Expr rooted in
    an Identifier), `__builtin_types_compatible_p`, `__builtin_choose_expr`. Builtins with ordinary
    arguments are plain calls.
    """

    name: str
    arguments: "tuple[Expr | TypeName, ...]"


Expr = (
    Identifier
    | Number
    | Character
    | String
    | Unary
    | Postfix
    | Binary
    | Assign
    | Conditional
    | Comma
    | Paren
    | Cast
    | CompoundLiteral
    | SizeOf
    | AlignOf
    | Subscript
    | Call
    | Member
    | Generic
    | StatementExpr
    | LabelAddress
    | Builtin
)


# ---------------------------------------------------------------------------------- declarations


@node
class Attribute(Node):
    """One attribute of `__attribute__((...))` or `[[...]]`; underscores around names are gone.

    Arguments that parse as expressions or types are given; a lone identifier is an Identifier.
    """

    name: str
    arguments: "tuple[Expr | TypeName, ...]" = ()


@node
class TypedefName(Node):
    """A type specifier that is a typedef's name."""

    name: str


@node
class TypeOf(Node):
    """GNU `typeof`, C23 `typeof_unqual` if `unqualified`."""

    operand: "Expr | TypeName"
    unqualified: bool = False


@node
class AtomicType(Node):
    """`_Atomic(type)`."""

    type: "TypeName"


@node
class Record(Node):
    """`struct` or `union` (`keyword`); members None when there is no `{...}`."""

    keyword: str
    tag: str | None
    members: "tuple[Declaration | StaticAssert, ...] | None"
    attributes: tuple[Attribute, ...] = ()
    pack: int = 0  # from #pragma pack, bytes; 0 = none


@node
class Enumerator(Node):
    """One constant of an enum."""

    name: str
    value: "Expr | None"


@node
class Enum(Node):
    """`enum`; enumerators None when there is no `{...}`; `underlying` is C23's `: type`."""

    tag: str | None
    enumerators: tuple[Enumerator, ...] | None
    attributes: tuple[Attribute, ...] = ()
    underlying: "TypeName | None" = None


@node
class Keyword(Node):
    """A keyword among the specifiers: `int`, `unsigned`, `const`, `static`, `inline`... as spelt

    without underscores around it (`__const__` is `const`; `_Bool`, `_Complex`, `_Noreturn`,
    `_Thread_local`, `__int128`, `__auto_type` keep theirs; `__thread` is `_Thread_local`).
    """

    name: str


@node
class AlignAs(Node):
    """`_Alignas(type or constant)`."""

    operand: "Expr | TypeName"


Specifier = Keyword | TypedefName | TypeOf | AtomicType | Record | Enum | AlignAs | Attribute


@node
class Specifiers(Node):
    """Declaration specifiers, in source order; what they mean together is sema's question."""

    items: tuple[Specifier, ...]


@node
class NameDeclarator(Node):
    """The heart of a declarator: its name, or None in an abstract one."""

    name: str | None


@node
class PointerDeclarator(Node):
    """`* qualifiers inner`: inner declares something that is a pointer to the base."""

    inner: "Declarator"
    qualifiers: tuple[Keyword, ...]
    attributes: tuple[Attribute, ...] = ()


@node
class ArrayDeclarator(Node):
    """`inner[size]`; size None is `[]`; `star` is `[*]`."""

    inner: "Declarator"
    size: "Expr | None"
    qualifiers: tuple[Keyword, ...] = ()
    static: bool = False
    star: bool = False


@node
class FunctionDeclarator(Node):
    """`inner(parameters)`. K&R definitions have `names` and no parameters.

    `prototype` is False for `()` and for K&R name lists; `(void)` is a prototype without
    parameters.
    """

    inner: "Declarator"
    parameters: "tuple[Parameter, ...]"
    variadic: bool
    prototype: bool
    names: tuple[NameDeclarator, ...] = ()


Declarator = NameDeclarator | PointerDeclarator | ArrayDeclarator | FunctionDeclarator


@node
class Parameter(Node):
    """One parameter of a prototype."""

    specifiers: Specifiers
    declarator: Declarator
    attributes: tuple[Attribute, ...] = ()


@node
class TypeName(Node):
    """A type name: specifiers and an abstract declarator."""

    specifiers: Specifiers
    declarator: Declarator


@node
class FieldDesignator(Node):
    """`.name`."""

    name: str


@node
class IndexDesignator(Node):
    """`[index]`, or GNU `[index ... last]`."""

    index: Expr
    last: Expr | None = None


Designator = FieldDesignator | IndexDesignator


@node
class InitItem(Node):
    """One initializer of a list, with its designators."""

    designators: tuple[Designator, ...]
    value: "Initializer"


@node
class InitList(Node):
    """`{ ... }`."""

    items: tuple[InitItem, ...]


Initializer = Expr | InitList


@node
class InitDeclarator(Node):
    """A declarator with what may follow it: bit-field width, asm label, attributes, initializer."""

    declarator: Declarator
    initializer: Initializer | None = None
    width: Expr | None = None
    asm_label: str | None = None
    attributes: tuple[Attribute, ...] = ()


@node
class Declaration(Node):
    """Specifiers and declarators: a declaration, or a member declaration of a record."""

    specifiers: Specifiers
    declarators: tuple[InitDeclarator, ...]


@node
class StaticAssert(Node):
    """`_Static_assert(condition, message)`."""

    condition: Expr
    message: String | None


@node
class FunctionDefinition(Node):
    """A function with its body; `parameter_declarations` are K&R's."""

    specifiers: Specifiers
    declarator: Declarator
    parameter_declarations: tuple[Declaration, ...]
    body: "Compound"
    attributes: tuple[Attribute, ...] = ()


@node
class AsmOperand(Node):
    """`[name] "constraint" (expr)` of an asm statement."""

    constraint: str
    value: Expr
    name: str | None = None


@node
class Asm(Node):
    """Inline or file-scope assembly."""

    template: str
    outputs: tuple[AsmOperand, ...] = ()
    inputs: tuple[AsmOperand, ...] = ()
    clobbers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # of `asm goto`
    volatile: bool = False


External = FunctionDefinition | Declaration | StaticAssert | Asm


# ------------------------------------------------------------------------------------ statements


@node
class Compound(Node):
    """`{ ... }`; `local_labels` are GNU `__label__` names. `end` is the closing brace."""

    items: "tuple[BlockItem, ...]"
    end: Span
    local_labels: tuple[str, ...] = ()


@node
class ExprStatement(Node):
    """An expression, or nothing at all, and a semicolon."""

    expr: Expr | None
    attributes: tuple[Attribute, ...] = ()


@node
class If(Node):
    """`if (condition) then else otherwise`.

    An `else if` chain has no limit: whoever walks one must loop along `otherwise`.
    """

    condition: Expr
    then: "Statement"
    otherwise: "Statement | None"


@node
class While(Node):
    """`while (condition) body`."""

    condition: Expr
    body: "Statement"


@node
class DoWhile(Node):
    """`do body while (condition);`."""

    body: "Statement"
    condition: Expr


@node
class For(Node):
    """`for (init; condition; step) body`."""

    init: "Declaration | Expr | StaticAssert | None"
    condition: Expr | None
    step: Expr | None
    body: "Statement"


@node
class Switch(Node):
    """`switch (value) body`."""

    value: Expr
    body: "Statement"


@node
class Case(Node):
    """`case low:`, or GNU `case low ... high:`, and the statement it labels.

    Rows of labels (Case, Default, Label) have no limit: loop along `body`.
    """

    low: Expr
    high: Expr | None
    body: "BlockItem"


@node
class Default(Node):
    """`default:` and the statement it labels."""

    body: "BlockItem"


@node
class Label(Node):
    """`name:` and the statement it labels (C23: or a declaration, or an empty one before `}`)."""

    name: str
    body: "BlockItem"
    attributes: tuple[Attribute, ...] = ()


@node
class Goto(Node):
    """`goto name;`."""

    name: str


@node
class ComputedGoto(Node):
    """GNU `goto *target;`."""

    target: Expr


@node
class Break(Node):
    """`break;`."""


@node
class Continue(Node):
    """`continue;`."""


@node
class Return(Node):
    """`return value;`."""

    value: Expr | None


Statement = (
    Compound
    | ExprStatement
    | If
    | While
    | DoWhile
    | For
    | Switch
    | Case
    | Default
    | Label
    | Goto
    | ComputedGoto
    | Break
    | Continue
    | Return
    | Asm
)

# GNU C allows nested functions; FunctionDefinition among the items is sema's to refuse.
BlockItem = Statement | Declaration | StaticAssert | FunctionDefinition


@node
class Unit(Node):
    """One translation unit."""

    externals: tuple[External, ...]
