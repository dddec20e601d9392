"""Paths, generic arguments, bounds."""

from collections.abc import Callable

from freehold.diagnostics import Label
from freehold.rust import ast
from freehold.rust.parse.cursor import FIRST_LITERAL, FRAGMENT, IDENT, LAST_LITERAL, LIFETIME
from freehold.rust.parse.rules import Rules
from freehold.rust.parse.words import PATH_WORDS
from freehold.rust.token import ParsedFragment
from freehold.source import Span

_PATH_STARTS = frozenset(("::", "<", "<<", *PATH_WORDS))


class Paths(Rules):
    """Paths in their three styles: of types, of expressions (turbofish), and plain."""

    __slots__ = ()

    def starts_path(self) -> bool:
        """Tell whether a path can start here; a qualified one too."""
        kind = self.kinds[self.at]
        if kind == FRAGMENT:
            return self._path_fragment() is not None
        return kind == IDENT or self.texts[self.at] in _PATH_STARTS

    def _path_fragment(self) -> ast.Path | None:
        """Return the path that a fragment here consists of."""
        token = self.tokens[self.at]
        if not isinstance(token, ParsedFragment):
            return None
        node = token.node
        if isinstance(node, ast.PathType):
            return node.path
        if isinstance(node, ast.Path):
            return node
        return None

    # path-segment = identifier | "self" | "Self" | "super" | "crate" | "$crate"
    def _segment_name(self) -> ast.Ident:
        at = self.at
        if self.kinds[at] != IDENT and self.texts[at] not in PATH_WORDS:
            raise self.unexpected("identifier")
        self.at = at + 1
        token = self.tokens[at]
        span = Span(token.source, token.start, token.end, token.expansion)
        return ast.Ident(span, token.text, token.mark)

    # plain-path = "::"? segment ("::" segment)*
    def plain_path(self) -> ast.Path:
        """Parse a path without generic arguments: of an attribute, macro or visibility."""
        start = self.at
        known = self._path_fragment()
        if known is not None:
            self.at += 1
            return known
        is_global = self.accept("::")
        segments = [self._plain_segment()]
        while self.texts[self.at] == "::":
            self.at += 1
            segments.append(self._plain_segment())
        return ast.Path(self.span(start), tuple(segments), is_global)

    def _plain_segment(self) -> ast.PathSegment:
        name = self._segment_name()
        return ast.PathSegment(name.span, name)

    # type-path = qself? "::"? type-segment ("::" type-segment)*
    # type-segment = name ("::"? (generic-args | "(" types? ")" ("->" type)?))?
    def type_path(self) -> ast.Path:
        """Parse a path as it stands in types and bounds."""
        return self._path(self._type_segment)

    # expr-path = qself? "::"? expr-segment ("::" expr-segment)*
    # expr-segment = name ("::" (generic-args | "(" types? ")" ("->" type)?))?
    def expr_path(self) -> ast.Path:
        """Parse a path as it stands in expressions and patterns."""
        at = self.at
        if self.kinds[at] == IDENT and self.texts[at + 1] != "::":
            name = self._segment_name()
            return ast.Path(name.span, (ast.PathSegment(name.span, name),))
        return self._path(self._expr_segment)

    def _path(self, segment: Callable[[], ast.PathSegment]) -> ast.Path:
        start = self.at
        qself = None
        segments: list[ast.PathSegment] = []
        is_global = False
        known = self._path_fragment()
        if known is not None:
            self.at += 1
            if self.texts[self.at] != "::":
                return known
            qself, is_global, segments = known.qself, known.is_global, list(known.segments)
            self.at += 1
        elif self.kinds[start] == FRAGMENT and self.fragment("ty") is not None:
            qself = self._fragment_self()
        elif self.split("<"):
            qself = self.qself()
        else:
            is_global = self.accept("::")
        segments.append(segment())
        while self.texts[self.at] == "::" and self.texts[self.at + 1] not in ("{", "*"):
            self.at += 1
            segments.append(segment())
        return ast.Path(self.span(start), tuple(segments), is_global, qself)

    # qself = "<" type ("as" type-path)? ">" "::"
    def qself(self) -> ast.QSelf:
        """Parse the front of a qualified path."""
        start = self.at
        self.at += 1
        self.nest()
        ty = self.type_()
        trait = self.type_path() if self.accept("as") else None
        self.close_angle()
        self.depth -= 1
        span = self.span(start)
        self.expect("::")
        return ast.QSelf(span, ty, trait)

    def _fragment_self(self) -> ast.QSelf:
        """Parse `$ty::`, which means `<$ty>::`."""
        span = self.here()
        ty = self.type_()
        self.expect("::")
        return ast.QSelf(span, ty, None)

    def _type_segment(self) -> ast.PathSegment:
        start = self.at
        name = self._segment_name()
        text = self.texts[self.at]
        if text == "::" and self.texts[self.at + 1] in ("<", "<<", "("):
            self.at += 1
            text = self.texts[self.at]
        if text in {"<", "<<"}:
            arguments: ast.GenericArgs = self.generic_args()
        elif text == "(":
            arguments = self._paren_args()
        else:
            return ast.PathSegment(name.span, name)
        return ast.PathSegment(self.span(start), name, arguments)

    def _expr_segment(self) -> ast.PathSegment:
        start = self.at
        name = self._segment_name()
        after = self.texts[self.at + 1] if self.texts[self.at] == "::" else ""
        if after not in ("<", "<<", "("):
            return ast.PathSegment(name.span, name)
        self.at += 1
        arguments = self._paren_args() if after == "(" else self.generic_args()
        return ast.PathSegment(self.span(start), name, arguments)

    # ----------------------------------------------------------------------------------- arguments

    # generic-args = "<" (argument ("," argument)* ","?)? ">"
    def generic_args(self) -> ast.AngleArgs:
        """Parse generic arguments in angle brackets."""
        start = self.at
        self.split("<")
        self.at += 1
        self.nest()
        arguments: list[ast.GenericArg] = []
        constraints: list[ast.AssocConstraint] = []
        while not self.split(">"):
            self._generic_arg(arguments, constraints)
            if not self.accept(","):
                break
        if not self.split(">"):
            label = Label(self.tokens[start].span, "the arguments start here")
            what = f"expected one of `,` or `>`, found {self.spelling()}"
            raise self.fault(what, primary="expected one of `,` or `>`", labels=(label,))
        self.at += 1
        self.depth -= 1
        return ast.AngleArgs(self.span(start), tuple(arguments), tuple(constraints))

    # argument = lifetime | type | const-argument | name generic-args? ("=" ... | ":" bounds)
    def _generic_arg(
        self, arguments: list[ast.GenericArg], constraints: list[ast.AssocConstraint]
    ) -> None:
        start = self.at
        if self.kinds[start] == LIFETIME and self.texts[start + 1] != "+":
            arguments.append(self.lifetime())
            return
        if self._starts_const_arg():
            arguments.append(self._const_arg())
            return
        ty = self.type_()
        text = self.texts[self.at]
        if text in {":", "=", "=="}:
            constraints.append(self._constraint(ty, start))
        else:
            arguments.append(ty)

    def _starts_const_arg(self) -> bool:
        kind, text = self.kinds[self.at], self.texts[self.at]
        if FIRST_LITERAL <= kind <= LAST_LITERAL or text in ("{", "-", "true", "false"):
            return True
        token = self.tokens[self.at]
        return isinstance(token, ParsedFragment) and token.fragment in ("expr", "block", "literal")

    # const-argument = literal | "-" literal | block
    def _const_arg(self) -> ast.ConstArg:
        start = self.at
        if self.texts[start] == "{":
            block = self.block()
            value: ast.Expr = ast.BlockExpr(block.span, block)
        else:
            value = self.const_operand()
        return ast.ConstArg(self.span(start), value)

    def const_operand(self) -> ast.Expr:
        """Parse a literal, perhaps negated, or a fragment."""
        raise NotImplementedError

    def _constraint(self, ty: ast.TypeExpr, start: int) -> ast.AssocConstraint:
        if not isinstance(ty, ast.PathType) or len(ty.path.segments) != 1:
            raise self.unexpected("one of `,` or `>`")
        segment = ty.path.segments[0]
        equals: ast.TypeExpr | ast.ConstArg | None = None
        bounds: tuple[ast.Bound, ...] | None = None
        if self.accept(":"):
            bounds = self.bounds()
        else:
            self.expect("=")
            equals = self._const_arg() if self._starts_const_arg() else self.type_()
        return ast.AssocConstraint(
            self.span(start), segment.ident, segment.arguments, equals, bounds
        )

    # paren-args = "(" (type ("," type)* ","?)? ")" ("->" type)?
    def _paren_args(self) -> ast.ParenArgs:
        start = self.at
        self.at += 1
        self.nest()
        inputs: list[ast.TypeExpr] = []
        going = self.texts[self.at] != ")"
        while going:
            inputs.append(self.type_())
            going = self.next_or_close("(")
        self.at += 1
        output = self.type_(plus=False) if self.accept("->") else None
        self.depth -= 1
        return ast.ParenArgs(self.span(start), tuple(inputs), output)

    # -------------------------------------------------------------------------------------- bounds

    # bounds = (bound ("+" bound)* "+"?)?
    def bounds(self) -> tuple[ast.Bound, ...]:
        """Parse bounds, perhaps none."""
        bounds: list[ast.Bound] = []
        while self.starts_bound():
            bounds.append(self.bound())
            if not self.split("+"):
                break
            self.at += 1
        return tuple(bounds)

    def starts_bound(self) -> bool:
        """Tell whether a bound can start here."""
        at = self.at
        text = self.texts[at]
        if text == "use":
            return self.texts[at + 1] == "<"
        if self.kinds[at] == LIFETIME or text in _BOUND_STARTS:
            return True
        return self.starts_path()

    # bound = lifetime | "use" "<" ... ">" | "(" bound ")"
    #       | ("for" "<" ... ">")? ("?" | "~" "const" | "const" | "async")? type-path
    def bound(self) -> ast.Bound:
        """Parse one bound."""
        start = self.at
        if self.kinds[start] == LIFETIME:
            return self.lifetime()
        if self.accept("use"):
            return self._use_bound(start)
        if self.accept("("):
            self.nest()
            inner = self.bound()
            self.depth -= 1
            self.expect(")")
            return inner
        lifetimes = self.lifetime_params()
        modifier = self._modifier()
        lifetimes += self.lifetime_params()
        if lifetimes and self.kinds[self.at] == LIFETIME:
            what = "`for<...>` may only modify trait bounds, not lifetime bounds"
            self.error(what, self.span(start))
            return self.lifetime()
        path = self.type_path()
        return ast.TraitBound(self.span(start), lifetimes, modifier, path)

    def _modifier(self) -> str:
        text = self.texts[self.at]
        if text == "~" and self.texts[self.at + 1] == "const":
            self.at += 2
            return "~const"
        if text == "[" and self.texts[self.at + 1 : self.at + 3] == ["const", "]"]:
            self.at += 3
            return "~const"
        if text in ("?", "!", "const", "async"):
            self.at += 1
            return text
        return ""

    # use-bound = "use" "<" ((lifetime | name) ",")* ">"
    def _use_bound(self, start: int) -> ast.UseBound:
        self.expect("<")
        arguments: list[ast.Lifetime | ast.Ident] = []
        while not self.split(">"):
            if self.kinds[self.at] == LIFETIME:
                arguments.append(self.lifetime())
            else:
                arguments.append(self._segment_name())
            if not self.accept(","):
                break
        self.close_angle()
        return ast.UseBound(self.span(start), tuple(arguments))


_BOUND_STARTS = frozenset(("?", "~", "(", "for", "const", "async", "!", "["))
