"""External declarations and the whole translation unit (C11 6.9)."""

from freehold.c import ast
from freehold.c.parse.cursor import END, IDENT
from freehold.c.parse.faults import Fault
from freehold.c.parse.statements import Statements


class Parser(Statements):
    """The whole grammar."""

    __slots__ = ()

    # unit = external*
    def unit(self) -> ast.Unit:
        """Parse the translation unit."""
        found: list[ast.External] = []
        while self.kinds[self.at] != END:
            start, depth, scopes = self.at, self.depth, len(self.undo)
            try:
                self._external(found)
            except Fault as fault:
                self.report(fault)
                self.extension = self.functions = 0
                self.recover(start, depth, scopes)
                if self.at == start:  # a `}` that nothing opened
                    self.at += 1
        if not found and not self.errors:
            self.pedantic(self.here(), "a file without any declaration")
        return ast.Unit(found[0].span if found else self.here(), tuple(found))

    # external = ";" | asm ";" | declaration
    def _external(self, found: list[ast.External]) -> None:
        text = self.texts[self.at]
        if text == ";":
            self.pedantic(self.here(), "extra semicolon outside of a function")
            self.at += 1
        elif text == "__asm__":
            found.append(self.asm())
            self.expect(";", "`asm`")
        elif self._starts_external():
            found.append(self.declaration())
        else:
            raise self.unexpected("a declaration")

    def _starts_external(self) -> bool:
        """Tell whether a declaration starts here: at file scope, also one without specifiers."""
        at = self.at
        return (
            self.kinds[at] == IDENT or self.texts[at] in ("*", "(") or self.starts_declaration(at)
        )
