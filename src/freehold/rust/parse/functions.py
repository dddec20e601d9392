"""Functions: signatures, parameters, bodies."""

from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.literals import decode
from freehold.rust.parse.cursor import LIFETIME
from freehold.rust.parse.generics import Generics
from freehold.rust.token import Kind

# The words that may stand in front of `fn`.
QUALIFIERS = frozenset(("const", "async", "unsafe", "safe", "extern", "gen"))


@dataclass(slots=True)
class _Header:
    """What stands in front of `fn`."""

    is_const: bool = False
    is_async: bool = False
    is_unsafe: bool = False
    is_safe: bool = False
    abi: str | None = None


class Functions(Generics):
    """Functions."""

    __slots__ = ()

    # abi = string?
    def abi(self) -> str:
        """Parse what may follow `extern`; nothing is "C"."""
        if self.kinds[self.at] not in (Kind.STR, Kind.RAW_STR):
            return "C"
        token = self.tokens[self.at]
        self.at += 1
        literal = decode(token)
        return literal.value if isinstance(literal, ast.StrLiteral) else "C"

    def starts_function(self, at: int) -> bool:
        """Tell whether a function with its qualifiers starts at token `at`."""
        texts = self.texts
        while texts[at] in QUALIFIERS:
            is_extern = texts[at] == "extern"
            at += 1
            if is_extern and self.kinds[at] in (Kind.STR, Kind.RAW_STR):
                at += 1
        return texts[at] == "fn"

    # function = "const"? "async"? ("unsafe" | "safe")? ("extern" abi)? "fn" name generics
    #            "(" parameters ")" ("->" type)? where (block | ";")
    def function(
        self,
        start: int,
        attributes: tuple[ast.Attribute, ...],
        visibility: ast.Visibility | None,
        *,
        is_default: bool = False,
    ) -> ast.Function:
        """Parse a function."""
        signature = self.signature()
        body = None
        if self.texts[self.at] == ";":
            self.at += 1
        elif self.texts[self.at] == "{" or self.fragment("block") is not None:
            inner = self._body()
            body, attributes = inner, attributes + inner.attributes
        else:
            wanted = "one of `->`, `where`, or `{`" if signature.output is None else "`{`"
            raise self.unexpected(wanted)
        return ast.Function(self.span(start), attributes, visibility, signature, body, is_default)

    def _body(self) -> ast.Block:
        return self.block()

    def signature(self) -> ast.Signature:
        """Parse a function up to its body."""
        start = self.at
        header = self._header()
        self.expect("fn")
        ident = self.ident()
        params = self.generic_params()
        self_param, parameters, variadic = self._parameters()
        output = None
        if self.accept("->"):
            output = self.type_()
        elif self.texts[self.at] == ":":
            self.error("return types are denoted using `->`", help="write `->` instead of `:`")
            self.at += 1
            output = self.type_()
        span = self.span(start)
        generics = self.generics_of(params)
        return ast.Signature(
            span,
            ident,
            header.is_const,
            header.is_async,
            header.is_unsafe,
            header.is_safe,
            header.abi,
            generics,
            self_param,
            parameters,
            variadic,
            output,
        )

    def _header(self) -> _Header:
        header = _Header()
        while (text := self.texts[self.at]) in QUALIFIERS:
            self.at += 1
            match text:
                case "const":
                    header.is_const = True
                case "async":
                    header.is_async = True
                case "unsafe":
                    header.is_unsafe = True
                case "safe":
                    header.is_safe = True
                case "gen":
                    self.error("`gen fn` is no part of the language", self.span(self.at - 1))
                case _:
                    header.abi = self.abi()
        return header

    # parameters = (self-param ("," parameter)* | parameter ("," parameter)*)? ","? "..."?
    def _parameters(self) -> tuple[ast.SelfParam | None, tuple[ast.Parameter, ...], bool]:
        if self.texts[self.at] != "(":
            raise self.unexpected("one of `(` or `<`")
        self.at += 1
        self_param = None
        parameters: list[ast.Parameter] = []
        variadic = False
        going = self.texts[self.at] != ")"
        while going:
            start = self.at
            attributes = self.attributes()
            if self._starts_self():
                found = self._self_param(start, attributes)
                if parameters or self_param is not None:
                    what = "unexpected `self` parameter in function"
                    self.error(what, found.span, "`self` is the first parameter")
                self_param = found
            elif self._accept_dots():
                variadic = True
            else:
                parameters.append(self._parameter(start, attributes))
            going = self.next_or_close("(")
        self.at += 1
        return self_param, tuple(parameters), variadic

    def _accept_dots(self) -> bool:
        at = self.at
        if self.texts[at + 1] == ":" and self.texts[at + 2] == "...":
            self.at += 2
        return self.accept("...")

    # parameter = pattern ":" type
    def _parameter(self, start: int, attributes: tuple[ast.Attribute, ...]) -> ast.Parameter:
        pattern = self.bound_pattern("function parameters")
        if self.texts[self.at] != ":":
            raise self._untyped(pattern)
        self.at += 1
        ty = self.type_()
        return ast.Parameter(self.span(start), attributes, pattern, ty)

    def _untyped(self, pattern: ast.Pattern) -> Exception:
        if isinstance(pattern, ast.IdentPattern):
            help = f"give the parameter a type: `{pattern.ident.name}: Type`"
        else:
            help = "give the parameter a type: `pattern: Type`"
        what = f"expected one of `:`, `@`, or `|`, found {self.spelling()}"
        return self.fault(what, primary="expected one of `:`, `@`, or `|`", help=help)

    def _starts_self(self) -> bool:
        texts, at = self.texts, self.at
        if texts[at] == "&" or texts[at] == "&&":
            at += 1
            if self.kinds[at] == LIFETIME:
                at += 1
        if texts[at] == "mut":
            at += 1
        return texts[at] == "self" and texts[at + 1] != "::"

    # self-param = "&" lifetime? "mut"? "self" | "mut"? "self" (":" type)?
    def _self_param(self, start: int, attributes: tuple[ast.Attribute, ...]) -> ast.SelfParam:
        reference = self.accept("&")
        lifetime = None
        if reference and self.kinds[self.at] == LIFETIME:
            lifetime = self.lifetime()
        mutable = self.accept("mut")
        if self.texts[self.at] != "self":
            raise self.unexpected("`self`")
        ident = self.word()
        ty = self.type_() if not reference and self.accept(":") else None
        return ast.SelfParam(self.span(start), attributes, ident, reference, lifetime, mutable, ty)
