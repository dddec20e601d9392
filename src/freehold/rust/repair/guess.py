"""Types of parameters and results that were left out, guessed from how functions are used.

A small unification over what names, literals and calls of the text's own functions say. It knows
no traits and few methods: what it cannot tell stays unknown, and becomes a generic parameter.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.parse import parse_expr
from freehold.rust.token import Token
from freehold.source import Span


@dataclass(slots=True, eq=False)
class Type:
    """A type: unknown until `head` is set, "" that is. `bound` is what it was unified with.

    `head` is a format with a `{}` for each of `arguments`; `kind` of an unknown one is "", `int`
    or `float`.
    """

    head: str = ""
    arguments: "tuple[Type, ...]" = ()
    kind: str = ""
    bound: "Type | None" = None

    def actual(self) -> "Type":
        """Return what this stands for."""
        here = self
        while here.bound is not None:
            here = here.bound
        return here


class Guess(NamedTuple):
    """What a function lacks: types for spans of `_`, its result's, new generic parameters."""

    function: ast.Function
    parameters: tuple[tuple[Span, str], ...]
    result: str
    generics: tuple[str, ...]


@dataclass(slots=True)
class _Signature:
    parameters: list[Type]
    result: Type


_INTS = frozenset(
    f"{sign}{size}" for sign in "iu" for size in ("8", "16", "32", "64", "128", "size")
)
_TRUTHS = frozenset(("==", "!=", "<", ">", "<=", ">=", "&&", "||"))
_SAME = frozenset(("clone", "to_owned", "abs", "unwrap_or_default"))
_TEXT = frozenset(("to_string", "to_uppercase", "to_lowercase", "trim"))
_COUNTS = frozenset(("len", "capacity", "count"))
_ITERATES = frozenset(("iter", "iter_mut"))


def guess(tree: ast.Crate) -> Iterator[Guess]:
    """Yield what can be said of each function of `tree` that lacks types."""
    for items in _scopes(tree.items):
        yield from _guess([item for item in items if isinstance(item, ast.Function)], tree)


def _scopes(items: Sequence[ast.Item]) -> Iterator[Sequence[ast.Item]]:
    yield items
    for item in items:
        if isinstance(item, ast.Module) and item.items is not None:
            yield from _scopes(item.items)
        elif isinstance(item, ast.Function) and item.body is not None:
            inner = [one for one in item.body.statements if isinstance(one, ast.Item)]
            if inner:
                yield from _scopes(inner)


def _guess(functions: Sequence[ast.Function], tree: ast.Crate) -> Iterator[Guess]:
    lacking = [function for function in functions if _lacks(function, tree)]
    if not lacking:
        return
    body = _Bodies({function.ident.name: _signature(function) for function in functions})
    for function in functions:
        body.function(function)
    for function in lacking:
        signature = body.signatures[function.ident.name]
        generics: dict[int, str] = {}
        its = zip(function.signature.parameters, signature.parameters, strict=True)
        parameters = tuple(
            (parameter.type.span, spell(of, generics))
            for parameter, of in its
            if isinstance(parameter.type, ast.InferType)
        )
        result = ""
        if function.signature.output is None and _returns(function):
            result = spell(signature.result, generics)
        yield Guess(
            function, parameters, "" if result == "()" else result, tuple(generics.values())
        )


def _lacks(function: ast.Function, tree: ast.Crate) -> bool:
    signature = function.signature
    if any(isinstance(parameter.type, ast.InferType) for parameter in signature.parameters):
        return True
    return signature.output is None and _returns(function) and _is_used(function.ident.name, tree)


def _returns(function: ast.Function) -> bool:
    """Tell whether a function returns a value somewhere."""
    if function.body is None:
        return False
    untyped = any(isinstance(p.type, ast.InferType) for p in function.signature.parameters)
    if untyped and function.body.result is not None:
        return not isinstance(function.body.result, ast.While | ast.For)
    return any(
        isinstance(node, ast.Return) and node.value is not None for node in inside(function.body)
    )


def _is_used(name: str, tree: ast.Crate) -> bool:
    """Tell whether the result of a call of `name` is made something of."""
    for node in inside(tree):
        if isinstance(node, ast.LetStatement) and _calls(node.init, name):
            return True
        if isinstance(node, ast.Call) and any(_calls(one, name) for one in node.arguments):
            return True
        if isinstance(node, ast.MacroCall) and any(
            token.text == name for token in node.body.tokens
        ):
            return True
    return False


def _calls(expr: ast.Expr | None, name: str) -> bool:
    return isinstance(expr, ast.Call) and _name(expr.function) == name


def inside(node: ast.Node) -> Iterator[ast.Node]:
    """Yield `node` and what is below it, but for closures and items."""
    todo: list[object] = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, ast.Node):
            yield one
            if not isinstance(one, ast.Closure):
                todo += [getattr(one, name) for name in _fields(one)]
        elif isinstance(one, tuple) and not isinstance(one, Span):
            todo += one


def _fields(node: ast.Node) -> tuple[str, ...]:
    return tuple(node.__dataclass_fields__)


def _name(expr: ast.Expr) -> str:
    if isinstance(expr, ast.PathExpr):
        return "::".join(segment.ident.name for segment in expr.path.segments)
    return ""


def _signature(function: ast.Function) -> _Signature:
    its = function.signature
    result = Type("()") if its.output is None and not _returns(function) else written(its.output)
    return _Signature([written(parameter.type) for parameter in its.parameters], result)


def written(ty: ast.TypeExpr | None) -> Type:
    """Return a type as it is written; unknown for None and `_`."""
    match ty:
        case None | ast.InferType():
            return Type()
        case ast.ParenType(inner=inner):
            return written(inner)
        case ast.RefType(lifetime=None, mutable=mutable, inner=inner):
            return Type("&mut {}" if mutable else "&{}", (written(inner),))
        case ast.PathType(path=ast.Path(segments=(*_, last), qself=None)):
            match last.arguments:
                case ast.AngleArgs(arguments=(one,), constraints=()) if isinstance(
                    one, ast.TypeExpr
                ):
                    return Type(f"{last.ident.name}<{{}}>", (written(one),))
                case None:
                    return Type(last.ident.name)
                case _:
                    pass
        case _:
            pass
    source, start, end, _ = ty.span
    return Type(source.text[start:end].replace("{", "{{").replace("}", "}}"))


def unify(left: Type, right: Type) -> None:
    """Make two types one, as far as they agree."""
    left, right = left.actual(), right.actual()
    if left is right:
        return
    if left.head and right.head:
        if left.head == right.head:
            for one, other in zip(left.arguments, right.arguments, strict=True):
                unify(one, other)
        return
    if left.head or (left.kind and not right.kind and not right.head):
        left, right = right, left
    if left.kind and right.head and not _fits(left.kind, right.head):
        return
    left.bound = right


def _fits(kind: str, head: str) -> bool:
    return head in _INTS if kind == "int" else head in ("f32", "f64")


def spell(ty: Type, generics: dict[int, str]) -> str:
    """Return the text of a type; an unknown one becomes a generic parameter."""
    here = ty.actual()
    if here.head:
        return here.head.format(*(spell(one, generics) for one in here.arguments))
    if here.kind:
        return "i32" if here.kind == "int" else "f64"
    return generics.setdefault(id(here), f"T{len(generics)}" if generics else "T")


@dataclass(slots=True)
class _Bodies:
    """The walk over the bodies: `names` are the locals in sight."""

    signatures: dict[str, _Signature]
    names: dict[str, Type] = field(default_factory=dict)
    result: Type = field(default_factory=Type)

    def function(self, function: ast.Function) -> None:
        signature = self.signatures[function.ident.name]
        self.names = {}
        self.result = signature.result
        for parameter, of in zip(function.signature.parameters, signature.parameters, strict=True):
            self.bind(parameter.pattern, of)
        if function.body is not None:
            last = self.block(function.body)
            if function.body.result is not None:
                unify(last, self.result)

    def bind(self, pattern: ast.Pattern, ty: Type) -> None:
        match pattern:
            case ast.IdentPattern(ident=ident):
                self.names[ident.name] = ty
            case ast.RefPattern(inner=inner):
                self.bind(inner, _pointee(ty))
            case ast.TuplePattern(elements=elements):
                for element in elements:
                    self.bind(element, Type())
            case _:
                pass

    def block(self, block: ast.Block) -> Type:
        for statement in block.statements:
            match statement:
                case ast.LetStatement(pattern=pattern, type=ty, init=init):
                    of = written(ty)
                    if init is not None:
                        unify(of, self.type_of(init))
                    self.bind(pattern, of)
                case ast.ExprStatement(expr=expr):
                    self.type_of(expr)
                case _:
                    pass
        return Type("()") if block.result is None else self.type_of(block.result)

    def type_of(self, expr: ast.Expr) -> Type:
        """Return the type of an expression, as far as it shows."""
        rule = _RULES.get(type(expr))
        if rule is not None:
            return rule(self, expr)
        for name in _fields(expr):  # walk on: there may be uses below
            below = getattr(expr, name)
            for one in below if isinstance(below, tuple) else (below,):
                if isinstance(one, ast.Block):
                    self.block(one)
                elif isinstance(one, ast.Expr):
                    self.type_of(one)
        return Type()

    def int_literal(self, expr: ast.IntLiteral) -> Type:
        return Type(expr.suffix) if expr.suffix else Type(kind="int")

    def float_literal(self, expr: ast.FloatLiteral) -> Type:
        return Type(expr.suffix) if expr.suffix else Type(kind="float")

    def path(self, expr: ast.PathExpr) -> Type:
        return self.names.get(_name(expr)) or Type()

    def borrow(self, expr: ast.Borrow) -> Type:
        return Type("&mut {}" if expr.mutable else "&{}", (self.type_of(expr.operand),))

    def deref(self, expr: ast.Deref) -> Type:
        return _pointee(self.type_of(expr.operand))

    def inner(self, expr: ast.Paren) -> Type:
        return self.type_of(expr.inner)

    def negated(self, expr: ast.Unary) -> Type:
        return self.type_of(expr.operand)

    def binary(self, expr: ast.Binary | ast.Lazy) -> Type:
        chain: list[ast.Binary | ast.Lazy] = []
        left: ast.Expr = expr
        while isinstance(left, ast.Binary | ast.Lazy):
            chain.append(left)
            left = left.left
        ty = self.type_of(left)
        for one in reversed(chain):
            unify(_value(ty), _value(self.type_of(one.right)))
            ty = Type("bool") if one.op in _TRUTHS else _value(ty)
        return ty

    def assign(self, expr: ast.Assign | ast.CompoundAssign) -> Type:
        unify(_value(self.type_of(expr.target)), _value(self.type_of(expr.value)))
        return Type("()")

    def cast(self, expr: ast.Cast) -> Type:
        self.type_of(expr.operand)
        return written(expr.type)

    def call(self, expr: ast.Call) -> Type:
        arguments = [self.type_of(one) for one in expr.arguments]
        name = _name(expr.function)
        signature = self.signatures.get(name)
        if signature is not None:
            for one, of in zip(arguments, signature.parameters, strict=False):
                unify(of, one)
            return signature.result
        if len(arguments) == 1 and name in _WRAPPERS:
            return Type(_WRAPPERS[name], (arguments[0],))
        if name == "String::from":
            return Type("String")
        return Type()

    def method(self, expr: ast.MethodCall) -> Type:
        chain: list[ast.MethodCall] = []
        receiver: ast.Expr = expr
        while isinstance(receiver, ast.MethodCall):
            chain.append(receiver)
            receiver = receiver.receiver
        ty = self.type_of(receiver)
        for one in reversed(chain):
            for argument in one.arguments:
                self.type_of(argument)
            ty = self._called(ty, one.method.ident.name)
        return ty

    def _called(self, receiver: Type, name: str) -> Type:
        if name in _COUNTS:
            return Type("usize")
        if name in _TEXT:
            return Type("String")
        if name in _SAME:
            return _value(receiver)
        if name in _ITERATES:
            return Type("&{}", (_value(receiver),))
        return Type()

    def index(self, expr: ast.Index) -> Type:
        self.type_of(expr.index)
        return _element(_value(self.type_of(expr.base)))

    def struct(self, expr: ast.StructLiteral) -> Type:
        for one in expr.fields:
            self.type_of(one.value)
        return Type(expr.path.segments[-1].ident.name)

    def macro(self, expr: ast.MacroExpr) -> Type:
        name = expr.call.path.segments[-1].ident.name
        if name == "format":
            return Type("String")
        if name == "vec" and expr.call.body.tokens:
            first, _ = parse_expr(_first(expr.call), expr.span)
            return Type("Vec<{}>", (Type() if first is None else self.type_of(first),))
        return Type()

    def array(self, expr: ast.Array) -> Type:
        element = Type()
        for one in expr.elements:
            unify(element, self.type_of(one))
        return Type(f"[{{}}; {len(expr.elements)}]", (element,))

    def return_(self, expr: ast.Return) -> Type:
        if expr.value is not None:
            unify(self.type_of(expr.value), self.result)
        return Type()

    def if_(self, expr: ast.If) -> Type:
        self.type_of(expr.condition)
        then = self.block(expr.then)
        if expr.otherwise is not None:
            unify(then, self.type_of(expr.otherwise))
        return then

    def braced(self, expr: ast.BlockExpr) -> Type:
        return self.block(expr.block)

    def for_(self, expr: ast.For) -> Type:
        over = self.type_of(expr.iterable).actual()
        if over.head in ("&{}", "&mut {}"):
            self.bind(expr.pattern, Type(over.head, (_element(over.arguments[0]),)))
        else:
            self.bind(expr.pattern, _element(over))
        self.block(expr.body)
        return Type("()")

    def range(self, expr: ast.Range) -> Type:
        ends = [self.type_of(one) for one in (expr.start, expr.end) if one is not None]
        if not ends:
            return Type()
        unify(ends[0], ends[-1])
        return Type("Range<{}>", (ends[0],))


def _first(call: ast.MacroCall) -> list[Token]:
    """Return the tokens of a macro call up to its first comma."""
    first: list[Token] = []
    for tree in call.body.trees:
        if isinstance(tree, Token) and tree.text in (",", ";"):
            break
        first += [tree] if isinstance(tree, Token) else [tree.open, *tree.tokens, tree.close]
    return first


def _value(ty: Type) -> Type:
    """Return the type past references."""
    here = ty.actual()
    while here.head in ("&{}", "&mut {}"):
        here = here.arguments[0].actual()
    return here


def _pointee(ty: Type) -> Type:
    here = ty.actual()
    return here.arguments[0] if here.head in ("&{}", "&mut {}", "Box<{}>") else Type()


def _element(ty: Type) -> Type:
    """Return what a collection or range holds."""
    here = _value(ty)
    return here.arguments[0] if len(here.arguments) == 1 else Type()


_WRAPPERS = {"Box::new": "Box<{}>", "Rc::new": "Rc<{}>", "Some": "Option<{}>"}

_Rule = Callable[[_Bodies, Any], Type]

_RULES: dict[type, _Rule] = {
    ast.IntLiteral: _Bodies.int_literal,
    ast.FloatLiteral: _Bodies.float_literal,
    ast.BoolLiteral: lambda _bodies, _expr: Type("bool"),
    ast.CharLiteral: lambda _bodies, _expr: Type("char"),
    ast.StrLiteral: lambda _bodies, _expr: Type("&{}", (Type("str"),)),
    ast.PathExpr: _Bodies.path,
    ast.Borrow: _Bodies.borrow,
    ast.Deref: _Bodies.deref,
    ast.Paren: _Bodies.inner,
    ast.Unary: _Bodies.negated,
    ast.Binary: _Bodies.binary,
    ast.Lazy: _Bodies.binary,
    ast.Assign: _Bodies.assign,
    ast.CompoundAssign: _Bodies.assign,
    ast.Cast: _Bodies.cast,
    ast.Call: _Bodies.call,
    ast.MethodCall: _Bodies.method,
    ast.Index: _Bodies.index,
    ast.StructLiteral: _Bodies.struct,
    ast.MacroExpr: _Bodies.macro,
    ast.Array: _Bodies.array,
    ast.Return: _Bodies.return_,
    ast.If: _Bodies.if_,
    ast.BlockExpr: _Bodies.braced,
    ast.For: _Bodies.for_,
    ast.Range: _Bodies.range,
}
