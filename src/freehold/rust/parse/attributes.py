"""Attributes and doc comments."""

from freehold.rust import ast, configuration
from freehold.rust.parse.cursor import END, INNER_DOC, OUTER_DOC
from freehold.rust.parse.expressions import Expressions
from freehold.rust.token import Kind, end_of_tree, trees
from freehold.source import Span


class Attributes(Expressions):
    """Attributes."""

    __slots__ = ()

    # attributes = ("#" "[" meta "]" | outer-doc-comment)*
    def attributes(self) -> tuple[ast.Attribute, ...]:
        """Parse outer attributes, if any."""
        text = self.texts[self.at]
        if text not in {"#", "\x00"}:
            return ()
        attributes: list[ast.Attribute] = []
        while True:
            if self.kinds[self.at] == OUTER_DOC:
                attributes.append(self._doc(inner=False))
            elif self.texts[self.at] != "#":
                break
            elif self.texts[self.at + 1] == "!":
                start = self.at
                attributes += self._bracketed(inner=True)
                help = "an inner attribute stands first in what it is about: leave out the `!`"
                self.error("an inner attribute is not permitted here", self.span(start), help)
            else:
                attributes += self._bracketed(inner=False)
        return tuple(attributes)

    # inner-attributes = ("#" "!" "[" meta "]" | inner-doc-comment)*
    def inner_attributes(self) -> tuple[ast.Attribute, ...]:
        """Parse inner attributes, if any."""
        attributes: list[ast.Attribute] = []
        while True:
            if self.kinds[self.at] == INNER_DOC:
                attributes.append(self._doc(inner=True))
            elif self.texts[self.at] == "#" and self.texts[self.at + 1] == "!":
                attributes += self._bracketed(inner=True)
            else:
                return tuple(attributes)

    def _doc(self, *, inner: bool) -> ast.Attribute:
        token = self.tokens[self.at]
        self.at += 1
        span = token.span
        value = ast.StrLiteral(span, token.text, raw=True, prefix=3)
        return ast.Attribute(span, _doc_path(span), inner, None, value, is_doc=True)

    # bracketed = "[" (meta | cfg_attr) "]"
    def _bracketed(self, *, inner: bool) -> list[ast.Attribute]:
        """Parse one attribute; `cfg_attr` stands for those that it carries."""
        start = self.at
        self.at += 2 if inner else 1
        self.expect("[")
        known = self.fragment("meta")
        if known is not None and isinstance(known.node, ast.Attribute):
            self.at += 1
            found = [known.node]
        else:
            found = self._conditional()
        self.expect("]")
        span = self.span(start)
        return [ast.Attribute(span, one.path, inner, one.arguments, one.value) for one in found]

    # conditional = "cfg_attr" "(" predicate ("," conditional)* ","? ")" | meta
    def _conditional(self) -> list[ast.Attribute]:
        if self.texts[self.at] != "cfg_attr" or self.texts[self.at + 1] != "(":
            return [self.meta()]
        self.at += 2
        start = self.at
        while self.texts[self.at] not in {",", ")"} and self.kinds[self.at] != END:
            self.at = end_of_tree(self.tokens, self.at)
        holds = configuration.holds(trees(self.tokens[start : self.at]))
        found: list[ast.Attribute] = []
        while self.accept(",") and self.texts[self.at] != ")":
            found += self._conditional()
        self.expect(")")
        return found if holds else []

    # meta = path (delimited | "=" expression)? | "unsafe" "(" meta ")"
    def meta(self) -> ast.Attribute:
        """Parse what stands between the brackets of an attribute."""
        start = self.at
        if self.texts[start] == "unsafe" and self.texts[start + 1] == "(":
            self.at += 2
            meta = self.meta()
            self.expect(")")
            return meta
        path = self.plain_path()
        arguments = value = None
        if self.kinds[self.at] == Kind.OPEN:
            arguments = self.delimited()
        elif self.accept("="):
            value = self.expression()
        return ast.Attribute(self.span(start), path, False, arguments, value)  # noqa: FBT003

    def refuse_lost(self, attributes: tuple[ast.Attribute, ...], what: str) -> None:
        """Report attributes that stand in front of nothing."""
        if not attributes:
            return
        last = attributes[-1]
        if last.is_doc:
            message = "found a documentation comment that doesn't document anything"
            help = "doc comments must come before what they document; a plain comment is `//`"
            self.error(message, last.span, help)
        else:
            self.error(f"expected {what} after attributes", last.span)


def _doc_path(span: Span) -> ast.Path:
    return ast.Path(span, (ast.PathSegment(span, ast.Ident(span, "doc")),))
