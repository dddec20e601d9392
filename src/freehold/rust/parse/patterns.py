"""Patterns."""

from collections.abc import Callable

from freehold.rust import ast
from freehold.rust.parse.cursor import FIRST_LITERAL, FRAGMENT, IDENT, LAST_LITERAL
from freehold.rust.parse.types import Types
from freehold.rust.parse.words import PATH_WORDS
from freehold.rust.token import CLOSER, Kind, ParsedFragment

_DOTS = frozenset(("..", "..=", "..."))
# What after a lone name makes it more than a binding.
_NO_BINDING = frozenset(("::", "(", "{", "!", "..", "..=", "..."))


class Patterns(Types):
    """Patterns."""

    __slots__ = ()

    # pattern = "|"? simple-pattern ("|" simple-pattern)*
    def pattern(self) -> ast.Pattern:
        """Parse a pattern, alternatives included."""
        start = self.at
        self.accept("|")
        first = self.simple_pattern()
        text = self.texts[self.at]
        if text not in {"|", "||"}:
            return first
        alternatives = [first]
        while self.texts[self.at] in ("|", "||"):
            if self.texts[self.at] == "||":
                self.error("unexpected token `||` in pattern", help="alternatives take one `|`")
            self.at += 1
            alternatives.append(self.simple_pattern())
        return ast.OrPattern(self.span(start), tuple(alternatives))

    def bound_pattern(self, where: str) -> ast.Pattern:
        """Parse the pattern of a `let` or parameter: alternatives need parentheses there."""
        pattern = self.pattern()
        if isinstance(pattern, ast.OrPattern):
            help = "wrap the pattern in parentheses"
            self.error(f"{where} require top-level or-patterns in parentheses", pattern.span, help)
        return pattern

    # simple-pattern = "_" | ".." | ("ref"? "mut"? name) ("@" simple-pattern)? | literal | range
    #                | "&" ... | "(" ... ")" | "[" ... "]" | path | path "(" ... | path "{" ...
    def simple_pattern(self) -> ast.Pattern:
        """Parse a pattern that is no row of alternatives."""
        self.nest()
        kind, text = self.kinds[self.at], self.texts[self.at]
        rule = _PATTERNS.get(text)
        if kind == IDENT:
            if self.texts[self.at + 1] in _NO_BINDING:
                pattern = self._path_pattern()
            else:
                pattern = self._binding()
        elif rule is not None:
            pattern = rule(self)
        elif FIRST_LITERAL <= kind <= LAST_LITERAL:
            pattern = self._literal_pattern()
        elif text in PATH_WORDS:
            pattern = self._path_pattern()
        else:
            pattern = self._fragment_pattern()
        self.depth -= 1
        return pattern

    def _fragment_pattern(self) -> ast.Pattern:
        token = self.tokens[self.at]
        if not isinstance(token, ParsedFragment):
            raise self.unexpected("pattern")
        if token.fragment in ("pat", "pat_param"):
            self.at += 1
            return token.node  # type: ignore[return-value]  # as the fragment says
        if token.fragment in ("expr", "literal", "block"):
            return self._literal_pattern()
        if self.starts_path() or token.fragment == "ty":
            return self._path_pattern()
        raise self.unexpected("pattern")

    def _wild_pattern(self) -> ast.Pattern:
        self.at += 1
        return ast.WildPattern(self.span(self.at - 1))

    # binding = "ref"? "mut"? name ("@" simple-pattern)?
    def _binding(self) -> ast.Pattern:
        start = self.at
        by_ref = self.accept("ref")
        mutable = self.accept("mut")
        ident = self.word() if mutable and self.texts[self.at] == "self" else self.ident()
        sub = self.simple_pattern() if self.accept("@") else None
        return ast.IdentPattern(self.span(start), by_ref, mutable, ident, sub)

    def _mut_pattern(self) -> ast.Pattern:
        if self.kinds[self.at + 1] == IDENT or self.texts[self.at + 1] == "self":
            return self._binding()
        start = self.at
        self.at += 1
        what = "`mut` must be followed by a named binding"
        help = "`mut` may be followed by `variable` and `variable @ pattern`"
        self.error(what, self.span(start), help)
        return self.simple_pattern()

    # "&" "mut"? simple-pattern
    def _reference_pattern(self) -> ast.Pattern:
        self.split("&")
        start = self.at
        self.at += 1
        mutable = self.texts[self.at] == "mut" and self.texts[self.at + 1] != "self"
        if mutable:
            self.at += 1
        inner = self.simple_pattern()
        if isinstance(inner, ast.RangePattern):
            help = "add parentheses"
            self.error("the range pattern here has ambiguous interpretation", inner.span, help)
        return ast.RefPattern(self.span(start), mutable, inner)

    # "(" pattern ")" | "(" (pattern ",")* pattern? ")"
    def _paren_pattern(self) -> ast.Pattern:
        start = self.at
        elements = self._elements("(")
        span = self.span(start)
        comma = self.texts[self.at - 2] == ","
        if len(elements) == 1 and not comma and not isinstance(elements[0], ast.RestPattern):
            return ast.ParenPattern(span, elements[0])
        return ast.TuplePattern(span, elements)

    # "[" (pattern ("," pattern)* ","?)? "]"
    def _bracket_pattern(self) -> ast.Pattern:
        start = self.at
        elements = self._elements("[")
        return ast.SlicePattern(self.span(start), elements)

    def _elements(self, opener: str) -> tuple[ast.Pattern, ...]:
        """Parse a delimited list of patterns, delimiters included."""
        self.at += 1
        elements: list[ast.Pattern] = []
        going = self.texts[self.at] != CLOSER[opener]
        while going:
            self.attributes()
            elements.append(self.pattern())
            going = self.next_or_close(opener)
        self.at += 1
        return tuple(elements)

    # ------------------------------------------------------------------------- literals and ranges

    # range = bound? (".." | "..=") bound?
    def _literal_pattern(self) -> ast.Pattern:
        start = self.at
        value = self.const_operand()
        if self.texts[self.at] in _DOTS:
            return self._range_pattern(start, value)
        if isinstance(value, ast.PathExpr):
            return ast.PathPattern(value.span, value.path)
        return ast.LiteralPattern(value.span, value)  # type: ignore[arg-type]  # or refused later

    def _range_pattern(self, start: int, low: ast.Expr | None) -> ast.Pattern:
        dots = self.texts[self.at]
        self.at += 1
        if dots == "...":
            what = "`...` range patterns are not allowed"
            self.error(what, self.span(self.at - 1), "use `..=` for an inclusive range")
        high = self._range_bound() if self._starts_range_bound() else None
        if high is None and dots != "..":
            self.error("inclusive range with no end", self.span(start))
        return ast.RangePattern(self.span(start), low, high, dots != "..", dots == "...")

    def _starts_range_bound(self) -> bool:
        kind, text = self.kinds[self.at], self.texts[self.at]
        if FIRST_LITERAL <= kind <= LAST_LITERAL or text in ("-", "true", "false", "const"):
            return True
        return kind == FRAGMENT or self.starts_path()

    def _range_bound(self) -> ast.Expr:
        if self.starts_path():
            path = self.expr_path()
            return ast.PathExpr(path.span, path)
        if self.texts[self.at] == "const":
            start = self.at
            self.at += 1
            block = self.block()
            return ast.ConstBlock(self.span(start), block)
        return self.const_operand()

    # ".." | "..=" bound | ".." bound
    def _dots_pattern(self) -> ast.Pattern:
        start = self.at
        if self.texts[start] == "..":
            self.at += 1
            if not self._starts_range_bound():
                return ast.RestPattern(self.span(start))
            self.at = start
        return self._range_pattern(start, None)

    # "const" block
    def _const_pattern(self) -> ast.Pattern:
        start = self.at
        self.at += 1
        block = self.block()
        if self.texts[self.at] in _DOTS:
            return self._range_pattern(start, ast.ConstBlock(self.span(start), block))
        return ast.ConstPattern(self.span(start), block)

    def _box_pattern(self) -> ast.Pattern:
        start = self.at
        self.at += 1
        inner = self.simple_pattern()
        return ast.BoxPattern(self.span(start), inner)

    # --------------------------------------------------------------------------------------- paths

    # expr-path ("!" delimited | "(" patterns ")" | "{" fields "}" | range)?
    def _path_pattern(self) -> ast.Pattern:
        start = self.at
        path = self.expr_path()
        text = self.texts[self.at]
        if text == "(":
            elements = self._elements("(")
            return ast.TupleStructPattern(self.span(start), path, elements)
        if text == "{":
            return self._struct_pattern(start, path)
        if text in _DOTS:
            return self._range_pattern(start, ast.PathExpr(path.span, path))
        if text == "!" and self.kinds[self.at + 1] == Kind.OPEN:
            call = self.macro_call(path, start)
            return ast.MacroPattern(call.span, call)
        return ast.PathPattern(path.span, path)

    # "{" (field ("," field)* ","?)? ".."? "}"
    def _struct_pattern(self, start: int, path: ast.Path) -> ast.Pattern:
        self.at += 1
        fields: list[ast.FieldPattern] = []
        rest = None
        going = self.texts[self.at] != "}"
        while going:
            attributes = self.attributes()
            if self.texts[self.at] == "..":
                rest = self.here()
                self.at += 1
                if self.texts[self.at] != "}":
                    raise self.unexpected("`}`")
                break
            fields.append(self._field_pattern(attributes))
            going = self.next_or_close("{")
        self.at += 1
        return ast.StructPattern(self.span(start), path, tuple(fields), rest)

    # field = (name | integer) ":" pattern | "box"? "ref"? "mut"? name
    def _field_pattern(self, attributes: tuple[ast.Attribute, ...]) -> ast.FieldPattern:
        start = self.at
        if self.texts[start + 1] == ":":
            ident = self.member()
            self.at += 1
            pattern = self.pattern()
            return ast.FieldPattern(self.span(start), attributes, ident, pattern, shorthand=False)
        by_ref = self.accept("ref")
        mutable = self.accept("mut")
        ident = self.ident()
        span = self.span(start)
        binding = ast.IdentPattern(span, by_ref, mutable, ident)
        return ast.FieldPattern(span, attributes, ident, binding, shorthand=True)

    # member = name | integer
    def member(self) -> ast.Ident:
        """Step over the name or number of a field."""
        if self.kinds[self.at] in (IDENT, Kind.INT):
            return self.word()
        raise self.unexpected("identifier")


_PATTERNS: dict[str, Callable[[Patterns], ast.Pattern]] = {
    "_": Patterns._wild_pattern,
    "ref": Patterns._binding,
    "mut": Patterns._mut_pattern,
    "&": Patterns._reference_pattern,
    "&&": Patterns._reference_pattern,
    "(": Patterns._paren_pattern,
    "[": Patterns._bracket_pattern,
    "..": Patterns._dots_pattern,
    "..=": Patterns._dots_pattern,
    "...": Patterns._dots_pattern,
    "-": Patterns._literal_pattern,
    "true": Patterns._literal_pattern,
    "false": Patterns._literal_pattern,
    "const": Patterns._const_pattern,
    "box": Patterns._box_pattern,
    "<": Patterns._path_pattern,
    "<<": Patterns._path_pattern,
    "::": Patterns._path_pattern,
}
