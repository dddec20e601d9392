"""Generic parameters and where clauses."""

from freehold.rust import ast
from freehold.rust.parse.cursor import LIFETIME
from freehold.rust.parse.statements import Statements
from freehold.source import Span


class Generics(Statements):
    """Generic parameters and where clauses."""

    __slots__ = ()

    # lifetimes = ("for" "<" (lifetime-param ("," lifetime-param)* ","?)? ">")?
    def lifetime_params(self) -> tuple[ast.LifetimeParam, ...]:
        """Parse `for<'a, 'b>`, if it stands here."""
        if self.texts[self.at] != "for":
            return ()
        self.at += 1
        if self.texts[self.at] != "<":
            raise self.unexpected("`<`")
        params, _ = self.generic_params()
        lifetimes = tuple(param for param in params if isinstance(param, ast.LifetimeParam))
        if len(lifetimes) != len(params):
            self.error("only lifetime parameters can be used in this context", params[0].span)
        return lifetimes

    # generic-params = ("<" (generic-param ("," generic-param)* ","?)? ">")?
    def generic_params(self) -> tuple[tuple[ast.GenericParam, ...], Span]:
        """Parse generic parameters, if any, and say where they stand."""
        start = self.at
        if not self.split("<"):
            return (), self.gap()
        self.at += 1
        params: list[ast.GenericParam] = []
        while not self.split(">"):
            params.append(self._generic_param())
            if not self.accept(","):
                break
        if not self.split(">"):
            raise self.unexpected("one of `>`, `,`, `:`, or `=`")
        self.at += 1
        return tuple(params), self.span(start)

    # generic-param = attribute* (lifetime (":" lifetimes)? | "const" name ":" type ("=" const)?
    #               | name (":" bounds)? ("=" type)?)
    def _generic_param(self) -> ast.GenericParam:
        start = self.at
        attributes = self.attributes()
        if self.kinds[self.at] == LIFETIME:
            lifetime = self.lifetime()
            outlives = self._lifetimes() if self.accept(":") else ()
            return ast.LifetimeParam(self.span(start), attributes, lifetime, outlives)
        if self.accept("const"):
            ident = self.ident()
            self.expect(":")
            of = self.type_()
            value = self._const_default() if self.accept("=") else None
            return ast.ConstParam(self.span(start), attributes, ident, of, value)
        ident = self.ident("one of `>`, `const`, identifier, or lifetime")
        bounds = self.bounds() if self.accept(":") else ()
        default = self.type_() if self.accept("=") else None
        return ast.TypeParam(self.span(start), attributes, ident, bounds, default)

    def _const_default(self) -> ast.Expr:
        if self.texts[self.at] == "{":
            return self.block_expression()
        if self.starts_path():
            path = self.expr_path()
            return ast.PathExpr(path.span, path)
        return self.const_operand()

    # lifetimes = (lifetime ("+" lifetime)* "+"?)?
    def _lifetimes(self) -> tuple[ast.Lifetime, ...]:
        lifetimes: list[ast.Lifetime] = []
        while self.kinds[self.at] == LIFETIME:
            lifetimes.append(self.lifetime())
            if not self.accept("+"):
                break
        return tuple(lifetimes)

    # where = ("where" (predicate ("," predicate)* ","?)?)?
    def where(self) -> tuple[ast.WherePredicate, ...]:
        """Parse a where clause, if any."""
        if self.texts[self.at] != "where":
            return ()
        self.at += 1
        predicates: list[ast.WherePredicate] = []
        while True:
            predicate = self._predicate()
            if predicate is None:
                break
            predicates.append(predicate)
            if not self.accept(","):
                break
        return tuple(predicates)

    # predicate = lifetime ":" lifetimes | ("for" "<" ... ">")? type ":" bounds
    def _predicate(self) -> ast.WherePredicate | None:
        start = self.at
        if self.kinds[start] == LIFETIME and self.texts[start + 1] != "+":
            lifetime = self.lifetime()
            self.expect(":")
            outlives = self._lifetimes()
            return ast.WhereLifetime(self.span(start), lifetime, outlives)
        if self.texts[start] in ("{", ";", "=", ""):
            return None
        lifetimes: tuple[ast.LifetimeParam, ...] = ()
        if self.texts[start] == "for" and not self._for_fn_pointer():
            lifetimes = self.lifetime_params()
        ty = self.type_(plus=False)
        if self.texts[self.at] in ("=", "=="):
            what = "equality constraints are not yet supported in `where` clauses"
            raise self.fault(what)
        self.expect(":")
        bounds = self.bounds()
        return ast.WhereType(self.span(start), lifetimes, ty, bounds)

    def _for_fn_pointer(self) -> bool:
        at = self.at
        while self.texts[at] not in (">", "", "{", ";"):
            at += 1
        return self.texts[at + 1] in ("fn", "unsafe", "extern")

    def generics_of(self, params: tuple[tuple[ast.GenericParam, ...], Span]) -> ast.Generics:
        """Parse the where clause that belongs to `params`."""
        return ast.Generics(params[1], params[0], self.where())
