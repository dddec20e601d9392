"""Expressions that stand alone: literals, paths, delimited ones, blocks, closures, jumps."""

from freehold.rust import ast
from freehold.rust.literals import BadLiteral, decode
from freehold.rust.parse.cursor import FIRST_LITERAL, FRAGMENT, IDENT, LAST_LITERAL, LIFETIME
from freehold.rust.parse.patterns import Patterns
from freehold.rust.parse.words import EXPRESSION_STARTS
from freehold.rust.token import CLOSER, Kind, ParsedFragment


class Primary(Patterns):
    """Primary expressions. A rule finds its first token at `self.at`."""

    __slots__ = ()

    def starts_expression(self) -> bool:
        """Tell whether an expression can start here; not with `{` where that is a body."""
        kind, text = self.kinds[self.at], self.texts[self.at]
        if kind in (IDENT, LIFETIME) or FIRST_LITERAL <= kind <= LAST_LITERAL:
            return True
        if kind == FRAGMENT:
            token = self.tokens[self.at]
            return isinstance(token, ParsedFragment) and token.fragment not in ("pat", "item")
        return text in EXPRESSION_STARTS and not (text == "{" and self.no_struct)

    # ------------------------------------------------------------------------------------ literals

    def literal(self) -> ast.Literal:
        """Parse a literal token; a wrong number is reported."""
        token = self.tokens[self.at]
        self.at += 1
        try:
            return decode(token)
        except BadLiteral as bad:
            self.error(str(bad), token.span)
            return ast.IntLiteral(token.span, 0)

    def boolean(self) -> ast.BoolLiteral:
        """Parse `true` or `false`."""
        self.at += 1
        return ast.BoolLiteral(self.span(self.at - 1), self.texts[self.at - 1] == "true")

    # const-operand = "-"? literal
    def const_operand(self) -> ast.Expr:
        """Parse a literal, perhaps negated, or a fragment."""
        start = self.at
        if self.accept("-"):
            operand = self.const_operand()
            return ast.Unary(self.span(start), "-", operand)
        kind = self.kinds[start]
        if FIRST_LITERAL <= kind <= LAST_LITERAL:
            return self.literal()
        if self.texts[start] in ("true", "false"):
            return self.boolean()
        if kind == FRAGMENT:
            return self.fragment_expression()
        raise self.unexpected("literal")

    def fragment_expression(self) -> ast.Expr:
        """Parse a fragment as an expression."""
        token = self.tokens[self.at]
        if not isinstance(token, ParsedFragment):
            raise self.unexpected("expression")
        node = token.node
        if isinstance(node, ast.Block):
            self.at += 1
            return ast.BlockExpr(node.span, node)
        if token.fragment in ("expr", "expr_2021", "literal"):
            self.at += 1
            return node  # type: ignore[return-value]  # as the fragment says
        if token.fragment == "stmt" and isinstance(node, ast.ExprStatement):
            self.at += 1
            return node.expr
        if self.starts_path() or token.fragment == "ty":
            return self.path_expression()
        raise self.unexpected("expression")

    # --------------------------------------------------------------------------------------- paths

    # path-expression = expr-path ("!" delimited | struct-body)?
    def path_expression(self) -> ast.Expr:
        """Parse a path, a macro call, or a struct literal."""
        start = self.at
        path = self.expr_path()
        text = self.texts[self.at]
        if text == "!" and self.kinds[self.at + 1] == Kind.OPEN:
            call = self.macro_call(path, start)
            return ast.MacroExpr(call.span, call)
        if text == "{" and (not self.no_struct or self._surely_struct()):
            return self._struct_literal(start, path)
        return ast.PathExpr(path.span, path)

    def _surely_struct(self) -> bool:
        """Tell whether the `{` here, where a body is expected, opens a struct literal instead.

        `name: value,` can start no block. Reported, for the condition lacks parentheses.
        """
        kinds, texts, at = self.kinds, self.texts, self.at
        if kinds[at + 1] != IDENT or texts[at + 2] != ":":
            return False
        end = self.past_tree(at)
        if texts[end] != "{":
            return False
        help = "surround the struct literal with parentheses"
        self.error("struct literals are not allowed here", help=help)
        return True

    # struct-body = "{" (field ("," field)*)? ","? (".." expression?)? "}"
    def _struct_literal(self, start: int, path: ast.Path) -> ast.Expr:
        self.at += 1
        no_struct, self.no_struct = self.no_struct, False
        let_ok, self.let_ok = self.let_ok, False
        fields: list[ast.FieldInit] = []
        base = rest = None
        going = self.texts[self.at] != "}"
        while going:
            attributes = self.attributes()
            if self.texts[self.at] == "..":
                rest = self.here()
                self.at += 1
                if self.texts[self.at] != "}":
                    rest, base = None, self.expression()
                if self.texts[self.at] == ",":
                    self.error("cannot use a comma after the base struct")
                    self.at += 1
                break
            fields.append(self._field_init(attributes))
            going = self.next_or_close("{")
        self.expect("}")
        self.no_struct, self.let_ok = no_struct, let_ok
        return ast.StructLiteral(self.span(start), path, tuple(fields), base, rest)

    # field = (name | integer) ":" expression | name
    def _field_init(self, attributes: tuple[ast.Attribute, ...]) -> ast.FieldInit:
        start = self.at
        ident = self.member()
        if self.texts[self.at] == ":":
            self.at += 1
            value = self.expression()
            return ast.FieldInit(self.span(start), attributes, ident, value, shorthand=False)
        if self.texts[self.at] == "=":
            self.error("expected `:`, found `=`", help="write `:` between field and value")
            self.at += 1
            value = self.expression()
            return ast.FieldInit(self.span(start), attributes, ident, value, shorthand=False)
        path = ast.Path(ident.span, (ast.PathSegment(ident.span, ident),))
        value = ast.PathExpr(ident.span, path)
        return ast.FieldInit(ident.span, attributes, ident, value, shorthand=True)

    # ----------------------------------------------------------------------------------- delimited

    # "(" ")" | "(" expression ")" | "(" (expression ",")+ expression? ")"
    def paren(self) -> ast.Expr:
        """Parse a tuple, or an expression in parentheses."""
        start = self.at
        elements = self.list_of_expressions("(")
        if len(elements) == 1 and self.texts[self.at - 2] != ",":
            return ast.Paren(self.span(start), elements[0])
        return ast.Tuple(self.span(start), elements)

    # "[" "]" | "[" expression ("," expression)* ","? "]" | "[" expression ";" expression "]"
    def bracket(self) -> ast.Expr:
        """Parse an array."""
        start = self.at
        no_struct, self.no_struct = self.no_struct, False
        let_ok, self.let_ok = self.let_ok, False
        self.at += 1
        elements: list[ast.Expr] = []
        going = self.texts[self.at] != "]"
        while going:
            elements.append(self.expression())
            if len(elements) == 1 and self.texts[self.at] == ";":
                return self._repeat(start, elements[0], (no_struct, let_ok))
            going = self.next_or_close("[")
        self.at += 1
        self.no_struct, self.let_ok = no_struct, let_ok
        return ast.Array(self.span(start), tuple(elements))

    def _repeat(self, start: int, element: ast.Expr, before: tuple[bool, bool]) -> ast.Expr:
        self.at += 1
        length = self.expression()
        self.no_struct, self.let_ok = before
        self.expect("]")
        return ast.Repeat(self.span(start), element, length)

    # expressions = (expression ("," expression)* ","?)?
    def list_of_expressions(self, opener: str) -> tuple[ast.Expr, ...]:
        """Parse a delimited list of expressions, delimiters included."""
        no_struct, self.no_struct = self.no_struct, False
        let_ok, self.let_ok = self.let_ok, False
        close = CLOSER[opener]
        self.at += 1
        elements: list[ast.Expr] = []
        texts = self.texts
        while texts[self.at] != close:
            elements.append(self.expression())
            if texts[self.at] != ",":
                if texts[self.at] != close:
                    raise self.missing_in_list(close)
                break
            self.at += 1
        self.at += 1
        self.no_struct, self.let_ok = no_struct, let_ok
        return tuple(elements)

    def missing_in_list(self, close: str) -> Exception:
        """Return the fault that an element is followed neither by a comma nor by the end."""
        return self.unexpected(f"one of `{close}`, `,`, `.`, `?`, or an operator")

    # --------------------------------------------------------------------------------------- jumps

    # "return" expression?
    def return_(self) -> ast.Expr:
        """Parse a return."""
        start = self.at
        self.at += 1
        value = self.expression() if self.starts_expression() else None
        return ast.Return(self.span(start), value)

    # "break" label? expression?
    def break_(self) -> ast.Expr:
        """Parse a break."""
        start = self.at
        self.at += 1
        label = None
        if self.kinds[self.at] == LIFETIME and self.texts[self.at + 1] != ":":
            label = self.lifetime()
        value = self.expression() if self.starts_expression() else None
        return ast.Break(self.span(start), label, value)

    # "continue" label?
    def continue_(self) -> ast.Expr:
        """Parse a continue."""
        start = self.at
        self.at += 1
        label = self.lifetime() if self.kinds[self.at] == LIFETIME else None
        return ast.Continue(self.span(start), label)

    def underscore(self) -> ast.Expr:
        """Parse `_`."""
        self.at += 1
        return ast.Underscore(self.span(self.at - 1))

    def yield_(self) -> ast.Expr:
        """Refuse what was never stable."""
        what = f"`{self.texts[self.at]}` is reserved, and no part of the language"
        raise self.fault(what)

    # ------------------------------------------------------------------------------------- closures

    # closure = ("for" "<" ... ">")? "static"? "async"? "move"? ("||" | "|" params "|")
    #           ("->" type block | expression)
    def closure(self) -> ast.Expr:
        """Parse a closure."""
        start = self.at
        lifetimes = self.lifetime_params()
        self.accept("static")
        head = self.at  # `move` is a part of it
        is_async = self.accept("async")
        is_move = self.accept("move")
        parameters = self._closure_params()
        output = None
        if self.accept("->"):
            output = self.type_(plus=False)
            head_span = self.span(head)
            block = self.block()
            body: ast.Expr = ast.BlockExpr(block.span, block)
        else:
            head_span = self.span(head)
            let_ok, self.let_ok = self.let_ok, False
            body = self.expression()
            self.let_ok = let_ok
        return ast.Closure(
            self.span(start), lifetimes, is_async, is_move, parameters, output, body, head_span
        )

    def _closure_params(self) -> tuple[ast.ClosureParam, ...]:
        if self.accept("||"):
            return ()
        self.expect("|")
        parameters: list[ast.ClosureParam] = []
        while not self.split("|"):
            start = self.at
            attributes = self.attributes()
            pattern = self.simple_pattern()
            ty = self.type_() if self.accept(":") else None
            parameters.append(ast.ClosureParam(self.span(start), attributes, pattern, ty))
            if not self.accept(",") and not self.split("|"):
                raise self.unexpected("one of `,`, `:`, or `|`")
        self.at += 1
        return tuple(parameters)
