"""Statements and blocks (C11 6.8)."""

from collections.abc import Callable

from freehold.c import ast
from freehold.c.parse.cursor import END, IDENT, KEYWORD
from freehold.c.parse.declarations import Declarations
from freehold.c.parse.faults import Fault
from freehold.c.parse.words import DECLARATION_STARTS, is_c23
from freehold.diagnostics import Label
from freehold.source import Span

_LABELS = frozenset(("case", "default"))


class Statements(Declarations):
    """Statements."""

    __slots__ = ()

    # compound = "{" local-labels* item* "}"
    def compound(self) -> ast.Compound:
        """Parse a block."""
        start = self.at
        self.at += 1
        self.nest()
        self.enter()
        names = self._local_labels() if self.texts[self.at] == "__label__" else ()
        items: list[ast.BlockItem] = []
        texts = self.texts
        while texts[self.at] != "}":
            if self.kinds[self.at] == END:
                raise self._never_closed(start)
            self._item_or_fault(items)
        end = self.here()
        self.at += 1
        self.leave()
        self.depth -= 1
        return ast.Compound(self.span(start), tuple(items), end, names)

    def _never_closed(self, opener: int) -> Fault:
        opening = self.tokens[opener].span
        what = "expected `}` before the end of the file"
        return self.fault(self.gap(), what, labels=(Label(opening, "to close this `{`"),))

    def _item_or_fault(self, items: list[ast.BlockItem]) -> None:
        start, depth, scopes = self.at, self.depth, len(self.undo)
        extension, functions = self.extension, self.functions
        try:
            items.append(self.item())
        except Fault as fault:
            self.report(fault)
            self.extension, self.functions = extension, functions
            self.recover(start, depth, scopes)

    # local-labels = "__label__" identifier ("," identifier)* ";"
    def _local_labels(self) -> tuple[str, ...]:
        names: list[str] = []
        while self.accept("__label__"):
            names.append(self.identifier("a label"))
            while self.accept(","):
                names.append(self.identifier("a label"))
            self.expect(";", "the labels")
        return tuple(names)

    # item = declaration | statement
    def item(self) -> ast.BlockItem:
        """Parse one item of a block."""
        at = self.at
        kind, text = self.kinds[at], self.texts[at]
        if kind == IDENT:
            if self.texts[at + 1] == ":":
                return self._labelled()
            if self.types.get(text) or self.names_no_type(at, star=True):
                return self.declaration()
        elif kind == KEYWORD:
            rule = _RULES.get(text)
            if rule is not None:
                return rule(self)
            if self.starts_declaration(at):
                return self._declaration_or_attributes()
        elif text == "{":
            return self.compound()
        elif self.starts_type(at):
            return self._declaration_or_attributes()
        return self._expression_statement()

    def _declaration_or_attributes(self) -> ast.BlockItem:
        """Parse a declaration, unless it is a statement with attributes."""
        at = self.at
        if self.texts[at] not in ("__attribute__", "["):
            return self.declaration()
        attributes = self.attributes()
        if self.texts[self.at] == ";":
            self.at += 1
            return ast.ExprStatement(self.span(at), None, attributes)
        if self.starts_declaration(self.at) or self.texts[at] == "__attribute__":
            self.at = at
            return self.declaration()
        return self.statement()

    # statement = compound | expression? ";" | label statement | "if" ... | "return" ...
    def statement(self) -> ast.Statement:
        """Parse a statement where no declaration may stand."""
        at = self.at
        kind, text = self.kinds[at], self.texts[at]
        if kind == KEYWORD:
            rule = _RULES.get(text)
            if rule is not None:
                return rule(self)
            if text == "__attribute__":
                return self._attributed()
            if text in DECLARATION_STARTS:
                raise self.unexpected("a statement (a declaration needs braces around it)")
        elif kind == IDENT and self.texts[at + 1] == ":":
            return self._labelled()
        elif text == "{":
            return self.compound()
        elif text == "[" and self.texts[at + 1] == "[":
            return self._attributed()
        return self._expression_statement()

    def _attributed(self) -> ast.Statement:
        start = self.at
        attributes = self.attributes()
        if self.accept(";"):
            return ast.ExprStatement(self.span(start), None, attributes)
        return self.statement()

    def substatement(self) -> ast.Statement:
        """Parse the body of a selection or iteration: a block of its own."""
        self.nest()
        found = self.statement()
        self.depth -= 1
        return found

    def _expression_statement(self) -> ast.Statement:
        start = self.at
        if self.texts[start] == ";":
            self.at += 1
            return ast.ExprStatement(self.span(start), None)
        expr = self.expression()
        if self.texts[self.at] != ";":
            raise self.missing(";", "the expression")
        self.at += 1
        return ast.ExprStatement(self.span(start), expr)

    # labelled = (identifier ":" attributes | "case" ... ":" | "default" ":")+ item
    #
    # Rows of labels are read in a loop: their number is no nesting.
    def _labelled(self) -> ast.Statement:
        starts: list[tuple[int, Callable[[Span, ast.BlockItem], ast.Statement]]] = []
        while True:
            start = self.at
            text = self.texts[start]
            if self.kinds[start] == IDENT and self.texts[start + 1] == ":":
                starts.append((start, self._label()))
            elif text == "case":
                starts.append((start, self._case()))
            elif text == "default":
                self.at += 1
                self.expect(":", "`default`")
                starts.append((start, ast.Default))
            else:
                break
        body = self._labelled_item()
        for start, make in reversed(starts):
            body = make(self.span(start), body)
        assert not isinstance(body, ast.Declaration | ast.StaticAssert | ast.FunctionDefinition)
        return body

    def _label(self) -> Callable[[Span, ast.BlockItem], ast.Statement]:
        name = self.texts[self.at]
        self.at += 2
        texts = self.texts
        attributes: tuple[ast.Attribute, ...] = ()
        if texts[self.at] == "__attribute__" and not self.starts_declaration(
            self.past_parentheses(self.at + 1)
        ):
            attributes = self.attributes()
        return lambda span, body: ast.Label(span, name, body, attributes)

    # case = "case" conditional ("..." conditional)? ":"
    def _case(self) -> Callable[[Span, ast.BlockItem], ast.Statement]:
        self.at += 1
        low = self.conditional()
        high = self.conditional() if self.accept("...") else None
        self.expect(":", "the case")
        return lambda span, body: ast.Case(span, low, high, body)

    def _labelled_item(self) -> ast.BlockItem:
        """Parse what follows a label: C23 lets it be a declaration, or nothing before `}`."""
        if self.texts[self.at] == "}":
            if not is_c23(self.options.std):
                self.pedantic(self.gap(), "label at the end of a block: C11 wants a statement")
            return ast.ExprStatement(self.gap(), None)
        if self.starts_declaration(self.at) or self.names_no_type(self.at, star=True):
            if not is_c23(self.options.std):
                self.pedantic(self.here(), "declaration after a label: C11 wants a statement")
            return self.item()
        return self.substatement()

    # if = "if" "(" expression ")" statement ("else" statement)?
    #
    # A chain of `else if` is read in a loop: its length is no nesting.
    def _if(self) -> ast.Statement:
        arms: list[tuple[int, ast.Expr, ast.Statement]] = []
        otherwise: ast.Statement | None = None
        while True:
            start = self.at
            self.at += 1
            condition = self._condition("`if`")
            arms.append((start, condition, self.substatement()))
            if self.texts[self.at] != "else":
                break
            self.at += 1
            if self.texts[self.at] != "if":
                otherwise = self.substatement()
                break
        for start, condition, then in reversed(arms):
            otherwise = ast.If(self.span(start), condition, then, otherwise)
        assert otherwise is not None
        return otherwise

    def _condition(self, after: str) -> ast.Expr:
        opener = self.at
        self.expect("(", after)
        condition = self.expression()
        if self.texts[self.at] != ")":
            raise self.unclosed(")", opener)
        self.at += 1
        return condition

    def _else(self) -> ast.Statement:
        raise self.fault(self.here(), "`else` without an `if` before it")

    # while = "while" "(" expression ")" statement
    def _while(self) -> ast.Statement:
        start = self.at
        self.at += 1
        condition = self._condition("`while`")
        body = self.substatement()
        return ast.While(self.span(start), condition, body)

    # do = "do" statement "while" "(" expression ")" ";"
    def _do(self) -> ast.Statement:
        start = self.at
        self.at += 1
        body = self.substatement()
        self.expect("while", "the body of `do`")
        condition = self._condition("`while`")
        self.expect(";", "`do ... while`")
        return ast.DoWhile(self.span(start), body, condition)

    # for = "for" "(" (declaration | expression? ";") expression? ";" expression? ")" statement
    def _for(self) -> ast.Statement:
        start = self.at
        self.at += 1
        opener = self.at
        self.expect("(", "`for`")
        self.enter()
        init = self._for_init()
        condition = self._until(";", "the condition of `for`")
        step = None if self.texts[self.at] == ")" else self.expression()
        self.close(")", opener)
        body = self.substatement()
        self.leave()
        return ast.For(self.span(start), init, condition, step, body)

    def _for_init(self) -> ast.Declaration | ast.Expr | ast.StaticAssert | None:
        at = self.at
        if not self.starts_declaration(at) and not self.names_no_type(at, star=True):
            return self._until(";", "the start of `for`")
        found = self.declaration()
        if isinstance(found, ast.FunctionDefinition):
            raise self.fault(found.span, "a function cannot be defined in the head of `for`")
        return found

    def _until(self, text: str, after: str) -> ast.Expr | None:
        found = None if self.texts[self.at] == text else self.expression()
        self.expect(text, after)
        return found

    # switch = "switch" "(" expression ")" statement
    def _switch(self) -> ast.Statement:
        start = self.at
        self.at += 1
        value = self._condition("`switch`")
        body = self.substatement()
        return ast.Switch(self.span(start), value, body)

    # goto = "goto" (identifier | "*" expression) ";"
    def _goto(self) -> ast.Statement:
        start = self.at
        self.at += 1
        if self.accept("*"):
            target = self.expression()
            self.expect(";", "`goto`")
            return ast.ComputedGoto(self.span(start), target)
        name = self.identifier("a label")
        self.expect(";", "`goto`")
        return ast.Goto(self.span(start), name)

    def _break(self) -> ast.Statement:
        start = self.at
        self.at += 1
        self.expect(";", "`break`")
        return ast.Break(self.span(start))

    def _continue(self) -> ast.Statement:
        start = self.at
        self.at += 1
        self.expect(";", "`continue`")
        return ast.Continue(self.span(start))

    # return = "return" expression? ";"
    def _return(self) -> ast.Statement:
        start = self.at
        self.at += 1
        value = None if self.texts[self.at] == ";" else self.expression()
        if self.texts[self.at] != ";":
            raise self.missing(";", "`return`")
        self.at += 1
        return ast.Return(self.span(start), value)

    def _asm(self) -> ast.Statement:
        found = self.asm()
        self.expect(";", "`asm`")
        return found


_RULES: dict[str, Callable[[Statements], ast.Statement]] = {
    "if": Statements._if,
    "else": Statements._else,
    "while": Statements._while,
    "do": Statements._do,
    "for": Statements._for,
    "switch": Statements._switch,
    "case": Statements._labelled,
    "default": Statements._labelled,
    "goto": Statements._goto,
    "break": Statements._break,
    "continue": Statements._continue,
    "return": Statements._return,
    "__asm__": Statements._asm,
}
