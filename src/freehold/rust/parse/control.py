"""Expressions with blocks in them: conditions, loops, matches."""

from freehold.rust import ast
from freehold.rust.parse.cursor import LIFETIME
from freehold.rust.parse.primary import Primary

# Expressions that need no `;` as a statement.
BLOCK_LIKE = (
    ast.If,
    ast.Match,
    ast.BlockExpr,
    ast.Loop,
    ast.While,
    ast.For,
    ast.ConstBlock,
)


class Control(Primary):
    """Expressions that end in a block."""

    __slots__ = ()

    def statement_expression(self) -> ast.Expr:
        """Parse an expression that stands first in a statement: a block may end it."""
        raise NotImplementedError

    def condition(self) -> ast.Expr:
        """Parse the condition of an `if` or `while`: a block follows."""
        before = self.no_struct, self.let_ok
        self.no_struct = self.let_ok = True
        condition = self.expression()
        self.no_struct, self.let_ok = before
        return condition

    def head(self) -> ast.Expr:
        """Parse what is matched or iterated over: a block follows."""
        before = self.no_struct, self.let_ok
        self.no_struct, self.let_ok = True, False
        head = self.expression()
        self.no_struct, self.let_ok = before
        return head

    # let = "let" pattern "=" operand
    def let(self) -> ast.Expr:
        """Parse a `let` in a condition."""
        start = self.at
        if not self.let_ok:
            what = "expected expression, found `let` statement"
            self.error(what, help="only `if`, `while` and guards may have a `let` in them")
        self.at += 1
        pattern = self.pattern()
        self.expect("=")
        scrutinee = self.let_operand()
        return ast.Let(self.span(start), pattern, scrutinee)

    def let_operand(self) -> ast.Expr:
        """Parse what a `let` in a condition matches: `&&` ends it."""
        raise NotImplementedError

    # if = "if" condition block ("else" (if | block))?
    def if_(self) -> ast.Expr:
        """Parse an `if` with all its `else if`s."""
        arms: list[tuple[int, ast.Expr, ast.Block]] = []
        otherwise: ast.Expr | None = None
        while True:
            start = self.at
            self.at += 1
            condition = self.condition()
            arms.append((start, condition, self._then(start)))
            if not self.accept("else"):
                break
            if self.texts[self.at] != "if":
                block = self.block()
                otherwise = ast.BlockExpr(block.span, block)
                break
        for start, condition, then in reversed(arms):
            otherwise = ast.If(self.span(start), condition, then, otherwise)
        assert otherwise is not None
        return otherwise

    def _then(self, start: int) -> ast.Block:
        if self.texts[self.at] != "{":
            at = self.at
            if at == start + 2 or self.texts[at] in ("else", ";"):
                pass
            raise self.unexpected("`{`")
        return self.block()

    # match = "match" expression "{" inner-attribute* arm* "}"
    def match(self) -> ast.Expr:
        """Parse a match."""
        start = self.at
        self.at += 1
        scrutinee = self.head()
        before = self.no_struct, self.let_ok
        self.no_struct = self.let_ok = False
        self.expect("{")
        self.nest()
        self.inner_attributes()
        arms: list[ast.Arm] = []
        while self.texts[self.at] != "}":
            arms.append(self._arm())
        self.at += 1
        self.depth -= 1
        self.no_struct, self.let_ok = before
        return ast.Match(self.span(start), scrutinee, tuple(arms))

    # arm = attribute* pattern ("if" condition)? "=>" (expression "," | block ","?)
    def _arm(self) -> ast.Arm:
        start = self.at
        attributes = self.attributes()
        pattern = self.pattern()
        guard = None
        if self.accept("if"):
            self.let_ok = True
            guard = self.expression()
            self.let_ok = False
        if self.texts[self.at] != "=>":
            wanted = "one of `=>`, `if`, or `|`" if guard is None else "`=>`"
            raise self.unexpected(wanted)
        self.at += 1
        body = self.statement_expression()
        arm = ast.Arm(self.span(start), attributes, pattern, guard, body)
        text = self.texts[self.at]
        if text == ",":
            self.at += 1
        elif text != "}" and not isinstance(body, BLOCK_LIKE):
            self._missing_comma()
        return arm

    def _missing_comma(self) -> None:
        """Report an arm without its comma, and go on if the next line starts another."""
        if self.texts[self.at] == ";":
            self.error("expected `,` following `match` arm, found `;`")
            self.at += 1
        elif self.on_new_line():
            self.error("expected `,` following `match` arm", self.gap())
        else:
            raise self.unexpected("one of `,`, `.`, `?`, `}`, or an operator")

    # loop = (label ":")? "loop" block
    def loop(self) -> ast.Expr:
        """Parse an endless loop."""
        return self._loop(self.at, None)

    # while = (label ":")? "while" condition block
    def while_(self) -> ast.Expr:
        """Parse a `while` loop."""
        return self._while(self.at, None)

    # for = (label ":")? "for" pattern "in" expression block
    def for_(self) -> ast.Expr:
        """Parse a `for` loop, or a closure with bound lifetimes."""
        if self.texts[self.at + 1] == "<":
            return self.closure()
        return self._for(self.at, None)

    def _loop(self, start: int, label: ast.Lifetime | None) -> ast.Expr:
        self.at += 1
        body = self.block()
        return ast.Loop(self.span(start), label, body)

    def _while(self, start: int, label: ast.Lifetime | None) -> ast.Expr:
        self.at += 1
        condition = self.condition()
        body = self.block()
        return ast.While(self.span(start), label, condition, body)

    def _for(self, start: int, label: ast.Lifetime | None) -> ast.Expr:
        self.at += 1
        pattern = self.bound_pattern("`for` loops")
        if self.texts[self.at] != "in":
            help = "a `for` loop is `for pattern in iterable { }`"
            what = f"missing `in` in `for` loop, found {self.spelling()}"
            raise self.fault(what, help=help)
        self.at += 1
        iterable = self.head()
        body = self.block()
        return ast.For(self.span(start), label, pattern, iterable, body)

    # labelled = label ":" (loop | while | for | block)
    def labelled(self) -> ast.Expr:
        """Parse what a label can stand before."""
        start = self.at
        label = self.lifetime()
        self.expect(":")
        match self.texts[self.at]:
            case "loop":
                return self._loop(start, label)
            case "while":
                return self._while(start, label)
            case "for":
                return self._for(start, label)
            case _:
                if self.texts[self.at] != "{" and self.fragment("block") is None:
                    raise self.unexpected("`while`, `for`, `loop` or `{` after a label")
                block = self.block()
                return ast.BlockExpr(self.span(start), block, label)

    def block_expression(self) -> ast.Expr:
        """Parse a block as an expression."""
        block = self.block()
        return ast.BlockExpr(block.span, block)

    # "unsafe" block
    def unsafe_block(self) -> ast.Expr:
        """Parse an unsafe block."""
        start = self.at
        self.at += 1
        block = self.block()
        return ast.BlockExpr(self.span(start), block, is_unsafe=True)

    # "const" block | "const" closure
    def const_block(self) -> ast.Expr:
        """Parse a const block."""
        start = self.at
        self.at += 1
        if self.texts[self.at] != "{" and self.kinds[self.at] != LIFETIME:
            return self.closure()
        block = self.block()
        return ast.ConstBlock(self.span(start), block)

    # "async" "move"? block | closure
    def async_(self) -> ast.Expr:
        """Parse an async block or closure."""
        start = self.at
        move = self.texts[start + 1] == "move"
        if self.texts[start + 1 + move] != "{":
            return self.closure()
        self.at += 1 + move
        block = self.block()
        return ast.AsyncBlock(self.span(start), move, block)
