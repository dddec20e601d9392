"""Initializers (C11 6.7.9)."""

from freehold.c import ast
from freehold.c.parse.cursor import IDENT
from freehold.c.parse.specifiers import Specifiers


class Initializers(Specifiers):
    """Initializers."""

    __slots__ = ()

    # initializer = assignment | init-list
    def initializer(self) -> ast.Initializer:
        """Parse an initializer."""
        return self.init_list() if self.texts[self.at] == "{" else self.assignment()

    # init-list = "{" (init-item ("," init-item)* ","?)? "}"
    def init_list(self) -> ast.InitList:
        """Parse a braced initializer."""
        start = self.at
        texts = self.texts
        self.at += 1
        self.nest()
        items = []
        while texts[self.at] != "}":
            items.append(self._item())
            if texts[self.at] == ",":
                self.at += 1
            elif texts[self.at] != "}":
                raise self.unseparated("}", start)
        self.at += 1
        self.depth -= 1
        return ast.InitList(self.span(start), tuple(items))

    # init-item = (designator+ "="?)? initializer | identifier ":" initializer
    def _item(self) -> ast.InitItem:
        start = self.at
        text = self.texts[start]
        designators: tuple[ast.Designator, ...] = ()
        if text in (".", "["):
            designators = self._designators()
        elif self.kinds[start] == IDENT and self.texts[start + 1] == ":":
            self.at += 2
            self.pedantic(self.span(start), "old-style designator: ISO C writes `.name =`")
            designators = (ast.FieldDesignator(self.tokens[start].span, text),)
        value = self.initializer()
        return ast.InitItem(self.span(start), designators, value)

    # designator = "." identifier | "[" conditional ("..." conditional)? "]"
    def _designators(self) -> tuple[ast.Designator, ...]:
        found: list[ast.Designator] = []
        while (text := self.texts[self.at]) in (".", "["):
            start = self.at
            self.at += 1
            if text == ".":
                name = self.identifier("a member's name")
                found.append(ast.FieldDesignator(self.span(start), name))
                continue
            index = self.conditional()
            last = self.conditional() if self.accept("...") else None
            self.close("]", start)
            found.append(ast.IndexDesignator(self.span(start), index, last))
        if not self.accept("="):
            # GNU: the `=` may be left out after an index, but not after a member.
            if isinstance(found[-1], ast.FieldDesignator) or len(found) > 1:
                raise self.unexpected("`=`")
            self.pedantic(self.here(), "obsolete designator without `=`")
        return tuple(found)
