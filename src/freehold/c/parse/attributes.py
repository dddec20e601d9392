"""Attributes, GNU's and C23's, and inline assembly."""

from freehold.c import ast
from freehold.c.parse.cursor import END, IDENT, KEYWORD
from freehold.c.parse.expressions import Expressions

_STANDARD = frozenset(
    ("deprecated", "fallthrough", "maybe_unused", "nodiscard", "noreturn", "unsequenced")
)


class Attributes(Expressions):
    """Attributes and assembly."""

    __slots__ = ()

    # attributes = ("__attribute__" "((" attribute? ("," attribute?)* "))" | "[[" ... "]]")*
    def attributes(self) -> tuple[ast.Attribute, ...]:
        """Parse all attribute lists that stand here."""
        found: list[ast.Attribute] = []
        while True:
            text = self.texts[self.at]
            if text == "__attribute__":
                self._gnu(found)
            elif text == "[" and self.texts[self.at + 1] == "[":
                self._bracketed(found)
            else:
                return tuple(found)

    def _gnu(self, found: list[ast.Attribute]) -> None:
        opener = self.at + 1
        self.at += 1
        self.expect("(", "`__attribute__`")
        self.expect("(", "`__attribute__ (`")
        while self.texts[self.at] != ")":
            if self.texts[self.at] != ",":
                found.append(self._attribute())
            if self.texts[self.at] != ")":
                self.expect(",", "an attribute")
        self.close(")", opener + 1)
        self.close(")", opener)

    # attribute = word ("(" attribute-arguments? ")")?
    def _attribute(self) -> ast.Attribute:
        start = self.at
        if self.kinds[start] not in (IDENT, KEYWORD):
            raise self.unexpected("an attribute's name")
        name = self.tokens[start].text.strip("_")
        self.at += 1
        arguments = self._arguments() if self.texts[self.at] == "(" else ()
        return ast.Attribute(self.span(start), name, arguments)

    # attribute-arguments = attribute-argument ("," attribute-argument)*
    def _arguments(self) -> tuple[ast.Expr | ast.TypeName, ...]:
        opener = self.at
        self.at += 1
        found: list[ast.Expr | ast.TypeName] = []
        if self.texts[self.at] != ")":
            self.nest()
            found.append(self._argument())
            while self.accept(","):
                found.append(self._argument())
            self.depth -= 1
        self.close(")", opener)
        return tuple(found)

    # attribute-argument = identifier | type-name | assignment
    def _argument(self) -> ast.Expr | ast.TypeName:
        start = self.at
        if self.kinds[start] == IDENT and self.texts[start + 1] in (",", ")"):
            self.at += 1
            return ast.Identifier(self.span(start), self.texts[start])
        return self.type_name() if self.starts_type(start) else self.assignment()

    # bracketed = "[" "[" (prefix "::")? attribute ("," ...)* "]" "]"
    def _bracketed(self, found: list[ast.Attribute]) -> None:
        opener = self.at
        self.at += 2
        while self.texts[self.at] != "]":
            if self.texts[self.at] != ",":
                self._bracketed_one(found)
            if self.texts[self.at] != "]":
                self.expect(",", "an attribute")
        self.close("]", opener + 1)
        self.close("]", opener)

    def _bracketed_one(self, found: list[ast.Attribute]) -> None:
        prefix = ""
        if self.texts[self.at + 1] == "::":
            prefix = self.texts[self.at]
            self.at += 2
        elif self.texts[self.at + 1] == ":" == self.texts[self.at + 2]:
            prefix = self.texts[self.at]
            self.at += 3
        if prefix.strip("_") == "gnu" or (
            not prefix and self.tokens[self.at].text.strip("_") in _STANDARD
        ):
            found.append(self._attribute())
            return
        # C23: an attribute that nobody knows is ignored, whatever its arguments are.
        if self.kinds[self.at] not in (IDENT, KEYWORD):
            raise self.unexpected("an attribute's name")
        self.at += 1
        if self.texts[self.at] == "(":
            self.at = self.past_parentheses(self.at)
            if self.kinds[self.at] == END:
                raise self.unexpected("`)`")

    # asm = "asm" ("volatile" | "goto" | "inline")* "(" string asm-section* ")"
    # asm-section = ":" operands | ":" clobbers | ":" labels
    def asm(self) -> ast.Asm:
        """Parse an asm statement up to its parenthesis."""
        start = self.at
        self.at += 1
        volatile = goto = False
        while (word := self.texts[self.at]) in ("volatile", "goto", "__inline__"):
            volatile |= word == "volatile"
            goto |= word == "goto"
            self.at += 1
        opener = self.at
        self.expect("(", "`asm`")
        template = self._text()
        sections = self._asm_sections(opener, goto=goto)
        self.close(")", opener)
        outputs, inputs, clobbers, labels = sections
        return ast.Asm(
            self.span(start), template, outputs, inputs, clobbers, labels, volatile or not outputs
        )

    def _asm_sections(
        self, opener: int, *, goto: bool
    ) -> tuple[
        tuple[ast.AsmOperand, ...], tuple[ast.AsmOperand, ...], tuple[str, ...], tuple[str, ...]
    ]:
        operands: list[tuple[ast.AsmOperand, ...]] = [(), ()]
        words: list[tuple[str, ...]] = [(), ()]
        section = 0
        while self.texts[self.at] in (":", "::"):
            section += len(self.texts[self.at])
            self.at += 1
            if section > 3 + goto:
                raise self.unclosed(")", opener)
            if self.texts[self.at] in (":", "::", ")"):
                continue
            if section <= 2:
                operands[section - 1] = self._asm_operands()
            else:
                words[section - 3] = self._asm_words(labels=section == 4)
        return operands[0], operands[1], words[0], words[1]

    # operands = operand ("," operand)* ; operand = ("[" identifier "]")? string "(" expression ")"
    def _asm_operands(self) -> tuple[ast.AsmOperand, ...]:
        found = []
        while True:
            start = self.at
            name = None
            if self.accept("["):
                name = self.tokens[self.at].text
                if self.kinds[self.at] not in (IDENT, KEYWORD):
                    raise self.unexpected("an operand's name")
                self.at += 1
                self.close("]", start)
            constraint = self._text()
            opener = self.at
            self.expect("(", "the constraint")
            value = self.expression()
            self.close(")", opener)
            found.append(ast.AsmOperand(self.span(start), constraint, value, name))
            if not self.accept(","):
                return tuple(found)

    # clobbers = string ("," string)* ; labels = identifier ("," identifier)*
    def _asm_words(self, *, labels: bool) -> tuple[str, ...]:
        found = []
        while True:
            found.append(self.identifier("a label") if labels else self._text())
            if not self.accept(","):
                return tuple(found)

    # asm-label = "asm" "(" string ")"
    def asm_label(self) -> str | None:
        """Parse the assembler name of a declarator, if one stands here."""
        if self.texts[self.at] != "__asm__":
            return None
        self.at += 1
        opener = self.at
        self.expect("(", "`asm`")
        name = self._text()
        self.close(")", opener)
        return name

    def _text(self) -> str:
        """Parse string literals of assembly; escapes stay as they are written."""
        return "".join(part.text[part.text.index('"') + 1 : -1] for part in self.string().parts)
