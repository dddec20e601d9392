"""Expressions with operators.

Chains of binary operators, of casts and of postfix operators are loops: their length is no
nesting.
"""

from collections.abc import Callable

from freehold.rust import ast
from freehold.rust.parse.control import BLOCK_LIKE, Control
from freehold.rust.parse.cursor import FIRST_LITERAL, FRAGMENT, IDENT, LAST_LITERAL, LIFETIME
from freehold.rust.parse.spans import join
from freehold.rust.parse.words import BLOCK_STARTS
from freehold.rust.token import Kind
from freehold.source import Span

# How tightly each binary operator binds.
_LEVELS = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 3,
    ">": 3,
    "<=": 3,
    ">=": 3,
    "|": 4,
    "^": 5,
    "&": 6,
    "<<": 7,
    ">>": 7,
    "+": 8,
    "-": 8,
    "*": 9,
    "/": 9,
    "%": 9,
    "as": 10,
}
_AND, _COMPARE, _AS = 2, 3, 10
_ASSIGN = frozenset(("=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "^=", "|="))
_RANGE = frozenset(("..", "..=", "..."))
_POSTFIX = frozenset((".", "(", "[", "?"))
# What other languages have where Rust has something else.
_FOREIGN = {
    "++": "Rust has no `++`: write `+= 1`",
    "--": "Rust has no `--`: write `-= 1`",
    "===": "Rust compares with `==`",
    "!==": "Rust compares with `!=`",
    "<>": "Rust compares with `!=`",
}
_WORDS = {"and": "`&&`", "or": "`||`"}


class Expressions(Control):
    """Expressions."""

    __slots__ = ()

    # expression = range (assign-op expression)?
    def expression(self) -> ast.Expr:
        """Parse an expression."""
        self.nest()
        start = self.at
        left = self._prefix_range() if self.texts[start] in _RANGE else self.operand()
        text = self.texts[self.at]
        if text in _LEVELS:
            left = self._binary(left, 0)
            text = self.texts[self.at]
        if text in _RANGE:
            left = self._range(left)
            text = self.texts[self.at]
        if text in _ASSIGN:
            left = self._assign(left)
        self.depth -= 1
        return left

    # statement-expression = block-like | expression
    def statement_expression(self) -> ast.Expr:
        """Parse an expression that stands first in a statement: a block may end it."""
        text = self.texts[self.at]
        if text not in BLOCK_STARTS and self.kinds[self.at] != LIFETIME:
            is_const = text == "const" and self.texts[self.at + 1] == "{"
            if not is_const:
                return self.expression()
        self.nest()
        start = self.at
        left = self._primary()
        text = self.texts[self.at]
        if isinstance(left, BLOCK_LIKE) and text not in {".", "?"}:
            self.depth -= 1
            return left
        left = self._rest(start, left)
        self.depth -= 1
        return left

    def _rest(self, start: int, left: ast.Expr) -> ast.Expr:
        """Parse what follows the primary expression `left`."""
        left = self._postfix(start, left)
        left = self._binary(left, 0)
        if self.texts[self.at] in _RANGE:
            left = self._range(left)
        if self.texts[self.at] in _ASSIGN:
            left = self._assign(left)
        return left

    def continue_expression(self, start: int, left: ast.Expr) -> ast.Expr:
        """Parse the rest of an expression that starts with `left` at token `start`."""
        self.nest()
        left = self._rest(start, left)
        self.depth -= 1
        return left

    def let_operand(self) -> ast.Expr:
        """Parse what a `let` in a condition matches: `&&` ends it."""
        let_ok, self.let_ok = self.let_ok, False
        if self.texts[self.at] in _RANGE:
            operand = self._prefix_range(_AND)
        else:
            operand = self._binary(self.operand(), _AND)
        self.let_ok = let_ok
        return operand

    # ------------------------------------------------------------------------------------- binary

    # binary = operand (binary-op operand | "as" type)*
    def _binary(self, left: ast.Expr, floor: int) -> ast.Expr:
        """Parse the operators after `left` that bind tighter than `floor`."""
        texts = self.texts
        while (level := _LEVELS.get(op := texts[self.at], 0)) > floor:
            if level == _AS:
                left = self._cast(left)
                continue
            token = self.tokens[self.at]
            self.at += 1
            let_ok = self.let_ok
            self.let_ok = let_ok and level == _AND
            if texts[self.at] in _RANGE and level <= _AND:
                right = self._prefix_range()
            else:
                right = self.operand()
            if _LEVELS.get(texts[self.at], 0) > level:
                right = self._binary(right, level)
            self.let_ok = let_ok
            place = Span(token.source, token.start, token.end, token.expansion)
            left = self._joined(op, level, left, right, place)
        return left

    def _joined(
        self, op: str, level: int, left: ast.Expr, right: ast.Expr, place: Span
    ) -> ast.Expr:
        a, b = left.span, right.span
        if a.expansion is b.expansion and a.source is b.source:
            span = Span(a.source, a.start, b.end, a.expansion)
        else:
            span = join(a, b)
        if level <= _AND:
            if isinstance(left, ast.Let) or isinstance(right, ast.Let):
                self._chained_let(op, left if isinstance(left, ast.Let) else right)
            return ast.Lazy(span, op, left, right, place)
        if level == _COMPARE and _compares(left):
            self._chained_comparison(op, left, place)
        return ast.Binary(span, op, left, right, place)

    def _chained_let(self, op: str, let: ast.Expr) -> None:
        if op == "&&":
            self.error("let chains are only allowed in Rust 2024 or later", let.span)
        else:
            self.error("expected expression, found `let` statement", let.span)

    def _chained_comparison(self, op: str, left: ast.Expr, place: Span) -> None:
        assert isinstance(left, ast.Binary)
        if left.op == "<" and op == ">":
            help = "use `::<...>` instead of `<...>` to specify lifetime, type, or const arguments"
        else:
            help = "split the comparison into two"
        self.error("comparison operators cannot be chained", place, help)

    # "as" type
    def _cast(self, left: ast.Expr) -> ast.Expr:
        self.at += 1
        ty = self.type_(plus=False)
        return ast.Cast(join(left.span, self.tokens[self.at - 1].span), left, ty)

    # range = binary? (".." | "..=") binary?
    def _range(self, left: ast.Expr) -> ast.Expr:
        dots = self.texts[self.at]
        self.at += 1
        self._check_dots(dots)
        end = None
        if self.starts_expression():
            end = self._binary(self.operand(), 0)
        elif dots != "..":
            self.error("inclusive range with no end", self.span(self.at - 1))
        span = join(left.span, self.tokens[self.at - 1].span)
        return ast.Range(span, left, end, dots != "..")

    def _prefix_range(self, floor: int = 0) -> ast.Expr:
        start = self.at
        dots = self.texts[start]
        self.at += 1
        self._check_dots(dots)
        end = None
        if self.starts_expression():
            end = self._binary(self.operand(), floor)
        elif dots != "..":
            self.error("inclusive range with no end", self.span(self.at - 1))
        return ast.Range(self.span(start), None, end, dots != "..")

    def _check_dots(self, dots: str) -> None:
        if dots == "...":
            help = "use `..` for an exclusive range, or `..=` for an inclusive one"
            self.error("unexpected token: `...`", self.span(self.at - 1), help)

    # assign-op = "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "&=" | "|=" | "^=" | "<<=" | ">>="
    def _assign(self, target: ast.Expr) -> ast.Expr:
        op = self.texts[self.at]
        place = self.here()
        self.at += 1
        if isinstance(target, ast.Let) or (self.let_ok and _is_condition(target)):
            what = f"expected `==`, found `{op}`" if op == "=" else f"unexpected `{op}`"
            raise self.fault(what, place)
        let_ok, self.let_ok = self.let_ok, False
        value = self.expression()
        self.let_ok = let_ok
        span = join(target.span, value.span)
        if op == "=":
            return ast.Assign(span, target, value, place)
        return ast.CompoundAssign(span, op[:-1], target, value, place)

    # --------------------------------------------------------------------------------------- unary

    # operand = prefix-op operand | primary postfix*
    def operand(self) -> ast.Expr:
        """Parse an expression without binary operators."""
        start = self.at
        text = self.texts[start]
        if self.kinds[start] == IDENT:
            left = self.path_expression()
        else:
            rule = _PREFIX.get(text)
            if rule is not None:
                return rule(self)
            left = self._primary()
        if self.texts[self.at] in _POSTFIX:
            return self._postfix(start, left)
        return left

    def _primary(self) -> ast.Expr:
        kind = self.kinds[self.at]
        if FIRST_LITERAL <= kind <= LAST_LITERAL:
            return self.literal()
        rule = _PRIMARY.get(self.texts[self.at])
        if rule is not None:
            return rule(self)
        if kind == FRAGMENT:
            return self.fragment_expression()
        if kind == LIFETIME:
            return self.labelled()
        if self.starts_path():
            return self.path_expression()
        raise self.no_expression()

    def no_expression(self) -> Exception:
        """Return the fault that no expression starts here."""
        pair = "".join(self.texts[max(self.at - 1, 0) : self.at + 1])
        help = _FOREIGN.get(pair, "")
        return self.fault(f"expected expression, found {self.spelling()}", help=help)

    # prefix-op = "-" | "!" | "*"
    def _negate(self) -> ast.Expr:
        start = self.at
        op = self.texts[start]
        self.at += 1
        operand = self._prefixed()
        span = self.span(start)
        return ast.Deref(span, operand) if op == "*" else ast.Unary(span, op, operand)

    def _prefixed(self) -> ast.Expr:
        self.nest()
        let_ok, self.let_ok = self.let_ok, False
        operand = self.operand()
        self.let_ok = let_ok
        self.depth -= 1
        return operand

    # "&" "mut"? operand | "&" "raw" ("const" | "mut") operand
    def _borrow(self) -> ast.Expr:
        self.split("&")
        start = self.at
        self.at += 1
        texts = self.texts
        if texts[self.at] == "raw" and texts[self.at + 1] in ("const", "mut"):
            mutable = texts[self.at + 1] == "mut"
            if mutable or texts[self.at + 2] not in ("{", "|", "||"):
                self.at += 2
                operand = self._prefixed()
                return ast.RawBorrow(self.span(start), mutable, operand)
        mutable = self.accept("mut")
        operand = self._prefixed()
        return ast.Borrow(self.span(start), mutable, operand)

    # attribute+ operand
    def _attributed(self) -> ast.Expr:
        start = self.at
        attributes = self.attributes()
        inner = self.operand()
        return ast.Attributed(self.span(start), attributes, inner)

    # ------------------------------------------------------------------------------------- postfix

    # postfix = "." member | "(" expressions ")" | "[" expression "]" | "?"
    def _postfix(self, start: int, left: ast.Expr) -> ast.Expr:
        texts = self.texts
        while True:
            text = texts[self.at]
            if text == ".":
                self.at += 1
                left = self._member(start, left)
            elif text == "(":
                arguments = self.list_of_expressions("(")
                left = ast.Call(self._from(start, left), left, arguments)
            elif text == "?":
                self.at += 1
                left = ast.Try(self._from(start, left), left)
            elif text == "[":
                left = self._index(start, left)
            else:
                return left

    def _from(self, start: int, left: ast.Expr) -> Span:
        """Return the span from the start of `left`, at token `start`, to the token before."""
        first, last = left.span, self.tokens[self.at - 1]
        if first.expansion is last.expansion and first.source is last.source:
            return Span(first.source, first.start, last.end, first.expansion)
        return self.span(start)

    def _index(self, start: int, left: ast.Expr) -> ast.Expr:
        before = self.no_struct, self.let_ok
        self.no_struct = self.let_ok = False
        bracket = self.at
        self.at += 1
        index = self.expression()
        self.no_struct, self.let_ok = before
        self.expect("]")
        return ast.Index(self._from(start, left), left, index, self.span(bracket))

    # member = "await" | name | name ("::" generic-args)? "(" expressions ")" | integer
    def _member(self, start: int, left: ast.Expr) -> ast.Expr:
        kind = self.kinds[self.at]
        if kind == IDENT:
            return self._named(start, left)
        if kind == Kind.INT:
            return self._numbered(start, left)
        if kind == Kind.FLOAT:
            return self._numbered_twice(start, left)
        if self.texts[self.at] == "await":
            self.at += 1
            return ast.Await(self._from(start, left), left)
        raise self.unexpected_member()

    def unexpected_member(self) -> Exception:
        """Return the fault that no member follows the dot."""
        return self.fault(f"unexpected token: {self.spelling()}", primary="after the `.`")

    def _named(self, start: int, left: ast.Expr) -> ast.Expr:
        name = self.ident()
        text = self.texts[self.at]
        arguments = None
        segment_start = self.at - 1
        if text == "::":
            self.at += 1
            if not self.split("<"):
                raise self.unexpected("`<`")
            arguments = self.generic_args()
            text = self.texts[self.at]
            if text != "(":
                raise self.unexpected("`(`")
        if text != "(":
            return ast.Field(self._from(start, left), left, name)
        span = self.span(segment_start) if arguments else name.span
        method = ast.PathSegment(span, name, arguments)
        its = self.list_of_expressions("(")
        return ast.MethodCall(self._from(start, left), left, method, its)

    def _numbered(self, start: int, left: ast.Expr) -> ast.Expr:
        token = self.tokens[self.at]
        self.at += 1
        if not token.text.isdecimal():
            self.error(f"`{token.text}` is no field of a tuple", token.span)
            return ast.ErrorExpr(self._from(start, left))
        return ast.TupleField(self._from(start, left), left, int(token.text), token.span)

    def _numbered_twice(self, start: int, left: ast.Expr) -> ast.Expr:
        """Parse `.0.1`, which the lexer takes for a dot and a float."""
        token = self.tokens[self.at]
        first, dot, second = token.text.partition(".")
        if not dot or not first.isdecimal() or (second and not second.isdecimal()):
            raise self.unexpected_member()
        self.at += 1
        here = token.span
        middle = token.start + len(first)
        inner_span = here._replace(end=middle)
        span = self._from(start, left)
        left = ast.TupleField(span._replace(end=middle), left, int(first), inner_span)
        if not second:  # `x.0.` and a name on the next line
            return self._member(start, left)
        return ast.TupleField(span, left, int(second), here._replace(start=middle + 1))


def _compares(expr: ast.Expr) -> bool:
    return isinstance(expr, ast.Binary) and _LEVELS[expr.op] == _COMPARE


def _is_condition(target: ast.Expr) -> bool:
    """Tell whether an assignment's target holds a `let`."""
    return isinstance(target, ast.Lazy) and (
        isinstance(target.left, ast.Let) or isinstance(target.right, ast.Let)
    )


_Rule = Callable[[Expressions], ast.Expr]

_PREFIX: dict[str, _Rule] = {
    **dict.fromkeys(("-", "!", "*"), Expressions._negate),
    **dict.fromkeys(("&", "&&"), Expressions._borrow),
    "#": Expressions._attributed,
    "|": Expressions.closure,
    "||": Expressions.closure,
    "move": Expressions.closure,
    "static": Expressions.closure,
    "return": Expressions.return_,
    "break": Expressions.break_,
    "let": Expressions.let,
}

_PRIMARY: dict[str, _Rule] = {
    "(": Expressions.paren,
    "[": Expressions.bracket,
    "{": Expressions.block_expression,
    "if": Expressions.if_,
    "match": Expressions.match,
    "loop": Expressions.loop,
    "while": Expressions.while_,
    "for": Expressions.for_,
    "unsafe": Expressions.unsafe_block,
    "const": Expressions.const_block,
    "async": Expressions.async_,
    "continue": Expressions.continue_,
    "true": Expressions.boolean,
    "false": Expressions.boolean,
    "_": Expressions.underscore,
    "yield": Expressions.yield_,
    "do": Expressions.yield_,
    "become": Expressions.yield_,
    "box": Expressions.yield_,
}
