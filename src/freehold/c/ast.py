"""The syntax tree of C: what the parser saw, before any name has a meaning.

One class a production of C11 annex A and of GNU C's extensions. Every node has a `span`. Nothing
here knows types: `freehold.c.sema` turns this into `freehold.c.tree`.
"""

from dataclasses import dataclass

from freehold.c.token import Token
from freehold.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Anything with a place in the source."""

    span: Span


# ----------------------------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True, eq=False)
class Identifier(Node):
    """A name used as an expression."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Number(Node):
    """A pp-number: integer or floating constant, not yet read."""

    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Character(Node):
    """A character constant with its prefix and quotes."""

    text: str


@dataclass(frozen=True, slots=True, eq=False)
class String(Node):
    """Adjacent string literals, in order, each with its prefix and quotes."""

    parts: tuple[Token, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Unary(Node):
    """Prefix `+ - ! ~ * & ++ --`, and `__real__`, `__imag__`."""

    op: str
    operand: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Postfix(Node):
    """Postfix `++` or `--`."""

    op: str
    operand: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Binary(Node):
    """`left op right` for the arithmetic, comparison, bitwise and logical operators."""

    op: str
    left: "Expr"
    right: "Expr"
    op_span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Assign(Node):
    """`target op value`, where op is `=` or a compound assignment."""

    op: str
    target: "Expr"
    value: "Expr"
    op_span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Conditional(Node):
    """`condition ? then : otherwise`; then is None in GNU's `a ?: b`."""

    condition: "Expr"
    then: "Expr | None"
    otherwise: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Comma(Node):
    """`left, right`."""

    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Paren(Node):
    """`(inner)`: kept, since it silences warnings and matters to `sizeof ("...")`."""

    inner: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Cast(Node):
    """`(type) operand`."""

    type: "TypeName"
    operand: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class CompoundLiteral(Node):
    """`(type) { ... }`."""

    type: "TypeName"
    initializer: "InitList"


@dataclass(frozen=True, slots=True, eq=False)
class SizeOf(Node):
    """`sizeof` of an expression or a type name."""

    operand: "Expr | TypeName"


@dataclass(frozen=True, slots=True, eq=False)
class AlignOf(Node):
    """`_Alignof` or `__alignof__` of a type name, or (GNU) of an expression."""

    operand: "Expr | TypeName"


@dataclass(frozen=True, slots=True, eq=False)
class Subscript(Node):
    """`array[index]`."""

    array: "Expr"
    index: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Call(Node):
    """`function(arguments)`."""

    function: "Expr"
    arguments: "tuple[Expr, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Member(Node):
    """`object.name`, or `object->name` if `arrow`."""

    object: "Expr"
    name: str
    arrow: bool
    name_span: Span


@dataclass(frozen=True, slots=True, eq=False)
class GenericAssociation(Node):
    """One arm of `_Generic`; type None is `default`."""

    type: "TypeName | None"
    value: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Generic(Node):
    """`_Generic(control, arms)`."""

    control: "Expr"
    arms: tuple[GenericAssociation, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StatementExpr(Node):
    """GNU `({ ... })`."""

    body: "Compound"


@dataclass(frozen=True, slots=True, eq=False)
class LabelAddress(Node):
    """GNU `&&label`."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
class Attribute(Node):
    """One attribute of `__attribute__((...))` or `[[...]]`; underscores around names are gone.

    Arguments that parse as expressions or types are given; a lone identifier is an Identifier.
    """

    name: str
    arguments: "tuple[Expr | TypeName, ...]" = ()


@dataclass(frozen=True, slots=True, eq=False)
class TypedefName(Node):
    """A type specifier that is a typedef's name."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class TypeOf(Node):
    """GNU `typeof`, C23 `typeof_unqual` if `unqualified`."""

    operand: "Expr | TypeName"
    unqualified: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class AtomicType(Node):
    """`_Atomic(type)`."""

    type: "TypeName"


@dataclass(frozen=True, slots=True, eq=False)
class Record(Node):
    """`struct` or `union` (`keyword`); members None when there is no `{...}`."""

    keyword: str
    tag: str | None
    members: "tuple[Declaration | StaticAssert, ...] | None"
    attributes: tuple[Attribute, ...] = ()
    pack: int = 0  # from #pragma pack, bytes; 0 = none


@dataclass(frozen=True, slots=True, eq=False)
class Enumerator(Node):
    """One constant of an enum."""

    name: str
    value: "Expr | None"


@dataclass(frozen=True, slots=True, eq=False)
class Enum(Node):
    """`enum`; enumerators None when there is no `{...}`; `underlying` is C23's `: type`."""

    tag: str | None
    enumerators: tuple[Enumerator, ...] | None
    attributes: tuple[Attribute, ...] = ()
    underlying: "TypeName | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Keyword(Node):
    """A keyword among the specifiers: `int`, `unsigned`, `const`, `static`, `inline`... as spelt

    without underscores around it (`__const__` is `const`; `_Bool`, `_Complex`, `_Noreturn`,
    `_Thread_local`, `__int128`, `__auto_type` keep theirs; `__thread` is `_Thread_local`).
    """

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class AlignAs(Node):
    """`_Alignas(type or constant)`."""

    operand: "Expr | TypeName"


Specifier = Keyword | TypedefName | TypeOf | AtomicType | Record | Enum | AlignAs | Attribute


@dataclass(frozen=True, slots=True, eq=False)
class Specifiers(Node):
    """Declaration specifiers, in source order; what they mean together is sema's question."""

    items: tuple[Specifier, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NameDeclarator(Node):
    """The heart of a declarator: its name, or None in an abstract one."""

    name: str | None


@dataclass(frozen=True, slots=True, eq=False)
class PointerDeclarator(Node):
    """`* qualifiers inner`: inner declares something that is a pointer to the base."""

    inner: "Declarator"
    qualifiers: tuple[Keyword, ...]
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ArrayDeclarator(Node):
    """`inner[size]`; size None is `[]`; `star` is `[*]`."""

    inner: "Declarator"
    size: "Expr | None"
    qualifiers: tuple[Keyword, ...] = ()
    static: bool = False
    star: bool = False


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
class Parameter(Node):
    """One parameter of a prototype."""

    specifiers: Specifiers
    declarator: Declarator
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TypeName(Node):
    """A type name: specifiers and an abstract declarator."""

    specifiers: Specifiers
    declarator: Declarator


@dataclass(frozen=True, slots=True, eq=False)
class FieldDesignator(Node):
    """`.name`."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class IndexDesignator(Node):
    """`[index]`, or GNU `[index ... last]`."""

    index: Expr
    last: Expr | None = None


Designator = FieldDesignator | IndexDesignator


@dataclass(frozen=True, slots=True, eq=False)
class InitItem(Node):
    """One initializer of a list, with its designators."""

    designators: tuple[Designator, ...]
    value: "Initializer"


@dataclass(frozen=True, slots=True, eq=False)
class InitList(Node):
    """`{ ... }`."""

    items: tuple[InitItem, ...]


Initializer = Expr | InitList


@dataclass(frozen=True, slots=True, eq=False)
class InitDeclarator(Node):
    """A declarator with what may follow it: bit-field width, asm label, attributes, initializer."""

    declarator: Declarator
    initializer: Initializer | None = None
    width: Expr | None = None
    asm_label: str | None = None
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Declaration(Node):
    """Specifiers and declarators: a declaration, or a member declaration of a record."""

    specifiers: Specifiers
    declarators: tuple[InitDeclarator, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StaticAssert(Node):
    """`_Static_assert(condition, message)`."""

    condition: Expr
    message: String | None


@dataclass(frozen=True, slots=True, eq=False)
class FunctionDefinition(Node):
    """A function with its body; `parameter_declarations` are K&R's."""

    specifiers: Specifiers
    declarator: Declarator
    parameter_declarations: tuple[Declaration, ...]
    body: "Compound"
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class AsmOperand(Node):
    """`[name] "constraint" (expr)` of an asm statement."""

    constraint: str
    value: Expr
    name: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Asm(Node):
    """Inline or file-scope assembly."""

    template: str
    outputs: tuple[AsmOperand, ...] = ()
    inputs: tuple[AsmOperand, ...] = ()
    clobbers: tuple[str, ...] = ()


External = FunctionDefinition | Declaration | StaticAssert | Asm


# ------------------------------------------------------------------------------------ statements


@dataclass(frozen=True, slots=True, eq=False)
class Compound(Node):
    """`{ ... }`; `local_labels` are GNU `__label__` names. `end` is the closing brace."""

    items: "tuple[BlockItem, ...]"
    end: Span
    local_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ExprStatement(Node):
    """An expression, or nothing at all, and a semicolon."""

    expr: Expr | None
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class If(Node):
    """`if (condition) then else otherwise`."""

    condition: Expr
    then: "Statement"
    otherwise: "Statement | None"


@dataclass(frozen=True, slots=True, eq=False)
class While(Node):
    """`while (condition) body`."""

    condition: Expr
    body: "Statement"


@dataclass(frozen=True, slots=True, eq=False)
class DoWhile(Node):
    """`do body while (condition);`."""

    body: "Statement"
    condition: Expr


@dataclass(frozen=True, slots=True, eq=False)
class For(Node):
    """`for (init; condition; step) body`."""

    init: "Declaration | Expr | StaticAssert | None"
    condition: Expr | None
    step: Expr | None
    body: "Statement"


@dataclass(frozen=True, slots=True, eq=False)
class Switch(Node):
    """`switch (value) body`."""

    value: Expr
    body: "Statement"


@dataclass(frozen=True, slots=True, eq=False)
class Case(Node):
    """`case low:`, or GNU `case low ... high:`, and the statement it labels."""

    low: Expr
    high: Expr | None
    body: "BlockItem"


@dataclass(frozen=True, slots=True, eq=False)
class Default(Node):
    """`default:` and the statement it labels."""

    body: "BlockItem"


@dataclass(frozen=True, slots=True, eq=False)
class Label(Node):
    """`name:` and the statement it labels (C23: or a declaration, or an empty one before `}`)."""

    name: str
    body: "BlockItem"
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Goto(Node):
    """`goto name;`."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class ComputedGoto(Node):
    """GNU `goto *target;`."""

    target: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Break(Node):
    """`break;`."""


@dataclass(frozen=True, slots=True, eq=False)
class Continue(Node):
    """`continue;`."""


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
class Unit(Node):
    """One translation unit."""

    externals: tuple[External, ...]
