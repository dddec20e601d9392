"""Blocks and statements, and how parsing goes on after an error in one."""

from freehold.rust import ast
from freehold.rust.parse.attributes import Attributes
from freehold.rust.parse.control import BLOCK_LIKE
from freehold.rust.parse.cursor import FRAGMENT, IDENT
from freehold.rust.parse.faults import Fault
from freehold.rust.parse.words import PATH_WORDS
from freehold.rust.token import Kind, ParsedFragment

_STATEMENT_ENDS = frozenset((";", "let"))


class Statements(Attributes):
    """Blocks and statements."""

    __slots__ = ()

    # block = "{" inner-attribute* statement* expression? "}"
    def block(self) -> ast.Block:
        """Parse a block."""
        start = self.at
        if self.texts[start] != "{":
            return self._no_block()
        before = self.no_struct, self.let_ok
        self.no_struct = self.let_ok = False
        self.nest()
        self.at += 1
        attributes = self.inner_attributes() if self.texts[self.at] in ("#", "\0") else ()
        statements, result = self.statements()
        self.depth -= 1
        self.expect("}")
        self.no_struct, self.let_ok = before
        return ast.Block(self.span(start), statements, result, attributes)

    def _no_block(self) -> ast.Block:
        known = self.fragment("block")
        if known is None:
            raise self.unexpected("`{`")
        self.at += 1
        return known.node  # type: ignore[return-value]  # as the fragment says

    # statements = statement* expression?
    def statements(self) -> tuple[tuple[ast.Statement, ...], ast.Expr | None]:
        """Parse statements up to the end of the block; the last may be its result."""
        statements: list[ast.Statement] = []
        texts, kinds = self.texts, self.kinds
        while True:
            text = texts[self.at]
            if text == ";":
                self.at += 1
                continue
            if kinds[self.at] == Kind.CLOSE or kinds[self.at] == Kind.END:
                break
            before = self.at, self.depth
            try:
                statements.append(self.statement())
            except Fault as fault:
                self._recover(fault, *before)
        result = None
        if statements:
            last = statements[-1]
            if isinstance(last, ast.ExprStatement) and not last.semicolon:
                statements.pop()
                result = last.expr
                if last.attributes:
                    result = ast.Attributed(last.span, last.attributes, result)
        return tuple(statements), result

    def _recover(self, fault: Fault, start: int, depth: int) -> None:
        """Report `fault`, and go on behind the statement that it was found in."""
        self.report(fault)
        self.depth = depth
        self.no_struct = self.let_ok = False
        self._leave_groups(start)
        texts, kinds = self.texts, self.kinds
        while kinds[self.at] != Kind.CLOSE and kinds[self.at] != Kind.END:
            text = texts[self.at]
            if text == ";":
                self.at += 1
                return
            if self.at > start and (text == "let" or self.starts_item()) and self.on_new_line():
                return
            self.at = self.past_tree(self.at)
            if text == "{" and (texts[self.at] not in _CONTINUES or self.on_new_line()):
                return

    def _leave_groups(self, start: int) -> None:
        """Step out of all groups that were entered since token `start`."""
        kinds = self.kinds
        depth = 0
        for index in range(start, self.at):
            depth += (kinds[index] == Kind.OPEN) - (kinds[index] == Kind.CLOSE)
        while depth > 0 and kinds[self.at] != Kind.END:
            if kinds[self.at] == Kind.CLOSE:
                depth -= 1
                self.at += 1
            else:
                self.at = self.past_tree(self.at)

    # statement = let | item | macro-statement | expression ";" | block-like ";"?
    def statement(self) -> ast.Statement:
        """Parse one statement; an expression without `;` must end the block."""
        start = self.at
        attributes = self.attributes()
        text = self.texts[self.at]
        if text == "let":
            return self._let(start, attributes)
        if attributes and text == "}":
            self.refuse_lost(attributes, "statement")
            return ast.ExprStatement(
                self.span(start), (), ast.Tuple(self.gap(), ()), semicolon=True
            )
        if self.kinds[self.at] == FRAGMENT:
            known = self._fragment_statement()
            if known is not None:
                return known
        if self.starts_item():
            return self.item(attributes, start)
        if self._starts_macro():
            return self._macro_statement(start, attributes)
        expr = self.statement_expression()
        return self.end_of_expression(start, attributes, expr)

    def _fragment_statement(self) -> ast.Statement | None:
        token = self.tokens[self.at]
        if not isinstance(token, ParsedFragment) or token.fragment not in ("stmt", "item"):
            return None
        node = token.node
        if isinstance(node, ast.ExprStatement) and not node.semicolon:
            return None  # as an expression: more of it may follow
        self.at += 1
        if isinstance(node, ast.LetStatement):
            self.accept(";")
        return node  # type: ignore[return-value]  # as the fragment says

    def end_of_expression(
        self, start: int, attributes: tuple[ast.Attribute, ...], expr: ast.Expr
    ) -> ast.Statement:
        """Parse what ends an expression statement."""
        if self.texts[self.at] == ";":
            self.at += 1
            return ast.ExprStatement(self.span(start), attributes, expr, semicolon=True)
        span = self.span(start)
        kind = self.kinds[self.at]
        if kind in (Kind.CLOSE, Kind.END) or isinstance(expr, BLOCK_LIKE):
            return ast.ExprStatement(span, attributes, expr, semicolon=False)
        self._missing_semicolon("one of `.`, `;`, `?`, `}`, or an operator")
        return ast.ExprStatement(span, attributes, expr, semicolon=True)

    def _missing_semicolon(self, wanted: str) -> None:
        """Report a missing `;`; go on as if it were there if a new line follows."""
        if not self.on_new_line() and not self.starts_item() and self.texts[self.at] != "let":
            raise self.unexpected(wanted)
        what = f"expected `;`, found {self.spelling()}"
        self.report(self.fault(what, self.gap(), primary="add `;` here"))

    # let = "let" pattern (":" type)? ("=" expression ("else" block)?)? ";"
    def _let(self, start: int, attributes: tuple[ast.Attribute, ...]) -> ast.Statement:
        pattern, ty, init, otherwise = self._let_parts()
        if self.texts[self.at] == ";":
            self.at += 1
        elif init is None and not self.on_new_line():
            raise self.unexpected("one of `:`, `;`, `=`, `@`, or `|`")
        else:
            self._missing_semicolon("one of `.`, `;`, `?`, `else`, or an operator")
        return ast.LetStatement(self.span(start), attributes, pattern, ty, init, otherwise)

    def _let_parts(
        self,
    ) -> tuple[ast.Pattern, ast.TypeExpr | None, ast.Expr | None, ast.Block | None]:
        self.at += 1
        if self.texts[self.at] == "mut" and self.texts[self.at + 1] == "mut":
            self.error("repeated `mut`")
            self.at += 1
        pattern = self.bound_pattern("`let` bindings")
        ty = self.type_() if self.accept(":") else None
        init = otherwise = None
        if self.accept("="):
            init = self.expression()
            if self.texts[self.at] == "else":
                self.at += 1
                otherwise = self.block()
        elif self.texts[self.at] in ("+=", "-=", "*=", "/="):
            what = "can't reassign an uninitialized variable"
            self.error(what, help="a declaration is `let name = value;`")
            self.at += 1
            init = self.expression()
        return pattern, ty, init, otherwise

    def bare_statement(self) -> ast.Statement:
        """Parse a statement without the `;` that may end it, for `$s:stmt`."""
        start = self.at
        attributes = self.attributes()
        if self.texts[self.at] == "let":
            pattern, ty, init, otherwise = self._let_parts()
            return ast.LetStatement(self.span(start), attributes, pattern, ty, init, otherwise)
        if self.starts_item():
            return self.item(attributes, start)
        expr = self.statement_expression()
        if isinstance(expr, ast.MacroExpr):
            return ast.MacroStatement(self.span(start), attributes, expr.call, semicolon=False)
        return ast.ExprStatement(self.span(start), attributes, expr, semicolon=False)

    def _starts_macro(self) -> bool:
        """Tell whether a macro call stands here."""
        texts, kinds, at = self.texts, self.kinds, self.at
        if texts[at] == "::":
            at += 1
        while kinds[at] == IDENT or texts[at] in PATH_WORDS:
            at += 1
            if texts[at] == "!":
                return kinds[at + 1] == Kind.OPEN
            if texts[at] != "::":
                return False
            at += 1
        return False

    # macro-statement = plain-path "!" ("{" token* "}" | delimited ";")
    def _macro_statement(self, start: int, attributes: tuple[ast.Attribute, ...]) -> ast.Statement:
        here = self.at
        call = self.macro_call(self.plain_path(), here)
        text = self.texts[self.at]
        if text == ";":
            self.at += 1
            return ast.MacroStatement(self.span(start), attributes, call, semicolon=True)
        braces = call.body.delimiter == "{" and text not in (".", "?")
        if braces or self.kinds[self.at] == Kind.END:
            return ast.MacroStatement(self.span(start), attributes, call, semicolon=False)
        expr = self.continue_expression(here, ast.MacroExpr(call.span, call))
        return self.end_of_expression(start, attributes, expr)


_CONTINUES = frozenset((".", "?", "else", ")", "]", "}", ";", ","))
