"""Walking a crate and putting in, for each macro call, what it expands to."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeVar, assert_never

from freehold.diagnostics import Code, Diagnostic, Label
from freehold.diagnostics.codes import RUST_MACRO, RUST_NO_RULE, UNSUPPORTED
from freehold.diagnostics.codes_rust import NO_DEFAULT_VARIANT
from freehold.records import dataclass, field
from freehold.rust import ast, configuration, parse
from freehold.rust.expand import derive
from freehold.rust.expand.builtin import BUILTIN, BadCall, UnknownCall
from freehold.rust.expand.marks import Marks
from freehold.rust.expand.match import NOWHERE, Bindings, Matcher
from freehold.rust.expand.rebuild import copied, deep_copy, rebuild
from freehold.rust.expand.rules import BadRules, Macro, Rule, read_macro
from freehold.rust.expand.scope import Library, MacroScope
from freehold.rust.expand.transcribe import BadTranscription, transcribe
from freehold.rust.token import Kind, ParsedFragment, Token
from freehold.source import Span

DEPTH = 128  # rustc's default recursion limit
_TOKENS = 4_000_000  # of all expansions together

_T = TypeVar("_T")
_Scoped = ast.Module | ast.Crate


class _Stop(Exception):
    """Expansion has gone on for too long; the diagnostic is already there."""


@dataclass(slots=True)
class Expander:
    """One crate's expansion. `standard`: the crate is our std, so `$crate` is `$std`."""

    standard: bool
    library: Library
    name: str
    exported: Library = field(default_factory=Library)
    marks: Marks = field(default_factory=Marks)
    found: list[Diagnostic] = field(default_factory=list)
    scope: MacroScope = field(default_factory=MacroScope)
    modules: list[str] = field(default_factory=list)
    nowhere: Span = NOWHERE
    _depth: int = 0
    _tokens: int = 0
    _used: set[int] = field(default_factory=set)

    # ------------------------------------------------------------------------------ the walk

    def crate(self, crate: ast.Crate) -> ast.Crate:
        """Return `crate` without macro calls."""
        self._export(crate.items, {})
        try:
            return copied(crate, {"items": self._items(crate.items)})
        except _Stop:
            return copied(crate, {"items": ()})

    def _export(self, items: Sequence[ast.Item], around: dict[str, ast.MacroRules]) -> None:
        """Make the macros known first that paths reach from anywhere.

        They are the exported ones, and those that a `use` takes out of the order of the text;
        `around` has those that the text defines around `items`.
        """
        there = dict(around)
        for item in items:
            if isinstance(item, ast.MacroRules):
                there[item.ident.name] = item
                if is_exported(item):
                    self._publish(item.ident.name, item)
            elif isinstance(item, ast.Module) and item.items is not None:
                self._export(item.items, there)
        for item in items:
            if isinstance(item, ast.Use):
                for name, made in _imported(item.tree):
                    if name in there and not (name == made and is_exported(there[name])):
                        self._publish(made, there[name])
                    elif name != made and name in self.exported.macros:
                        self.exported.macros[made] = self.exported.macros[name]

    def _publish(self, name: str, item: ast.MacroRules) -> None:
        made = self._read(item, report=False)
        if made is not None:
            self.exported.macros[name] = made

    def walk(self, node: ast.Node) -> object:
        """Return what stands for `node`: for most nodes one node, for statements and items more."""
        visit = _VISIT.get(type(node))
        return rebuild(node, self.walk) if visit is None else visit(self, node)

    def node(self, node: _T) -> _T:
        """Return `node` expanded, where one node stands for one."""
        assert isinstance(node, ast.Node)
        made = self.walk(node)
        assert isinstance(made, ast.Node)
        return made  # type: ignore[return-value]

    def _items(self, items: Sequence[ast.Node]) -> tuple[ast.Node, ...]:
        out: list[ast.Node] = []
        for item in items:
            made = self.walk(item)
            if isinstance(made, tuple):
                out += made
            else:
                assert isinstance(made, ast.Node)
                out.append(made)
        return tuple(out)

    def inner(self, act: Callable[[], _T]) -> _T:
        """Do `act` in a scope of its own."""
        before = self.scope
        self.scope = MacroScope(before)
        try:
            return act()
        finally:
            self.scope = before

    # ------------------------------------------------------------------------------ the calls

    def tokens(self, call: ast.MacroCall) -> list[Token] | None:
        """Return the tokens of a macro by rules that is called, or None after an error."""
        macro = self.lookup(call)
        if macro is None:
            self.say(call.path.span, f"cannot find macro `{_name(call)}` in this scope")
            return None
        its = call.body.tokens
        matched = self._match(macro, its, call)
        if matched is None:
            return None
        rule, bindings = matched
        try:
            out = transcribe(macro, rule, bindings, call.span, self.marks)
        except BadTranscription as bad:
            self.say(bad.span, bad.why)
            return None
        self._tokens += len(out)
        if self._tokens > _TOKENS:
            self.say(call.span, f"the expansions of `{macro.name}!` grow without end")
            raise _Stop
        return self._unshared(out)

    def _match(
        self, macro: Macro, its: Sequence[Token], call: ast.MacroCall
    ) -> tuple[Rule, Bindings] | None:
        farthest: tuple[int, Token | None] = (-2, None)
        for rule in macro.rules:
            matcher, found = _tried(rule, its)
            if found is not None:
                return rule, found
            if matcher.farthest.at > farthest[0]:
                farthest = matcher.farthest.at, matcher.farthest.token
        at, why = call.span, "unexpected end of macro invocation"
        label = "missing tokens in macro arguments"
        if farthest[1] is not None:
            at, why = farthest[1].span, f"no rules expected {_shown(farthest[1])}"
            label = "no rules expected this token in macro call"
        self.say(at, why, label, RUST_NO_RULE)
        return None

    def _unshared(self, tokens: list[Token]) -> list[Token]:
        """Copy each fragment's tree from its second use on: no node stands twice in a crate."""
        for i, token in enumerate(tokens):
            if isinstance(token, ParsedFragment) and isinstance(token.node, ast.Node):
                if id(token) in self._used:
                    node = deep_copy(token.node)
                    tokens[i] = ParsedFragment(token.fragment, node, token.tokens, token.span)
                    tokens[i].space = token.space
                self._used.add(id(token))
                self._kept.append(token)
        return tokens

    _kept: list[Token] = field(default_factory=list)  # so that no id is used again

    def lookup(self, call: ast.MacroCall) -> Macro | None:
        """Return the macro by rules that a call means."""
        name = _name(call)
        segments = call.path.segments
        if len(segments) == 1:
            found = self.scope.find(name)
            if found is not None:
                return found
        if segments[0].ident.name not in ("std", "core", "alloc", "$std"):
            found = self.exported.macros.get(name)
            if found is not None:
                return found
        # Macros that std has in a module only are exported there under another name.
        return (
            self.library.find(name)
            or self.exported.macros.get(name)
            or self.library.find(f"__{name}")
        )

    def builtin(
        self, call: ast.MacroCall
    ) -> "Callable[[Expander, ast.MacroCall], ast.Expr] | None":
        """Return the built-in macro that a call means, if no macro by rules hides it."""
        if len(call.path.segments) == 1 and self.scope.find(_name(call)) is not None:
            return None
        return BUILTIN.get(_name(call))

    def deeper(self, call: ast.MacroCall, act: Callable[[], _T]) -> _T:
        """Do `act` one expansion deeper."""
        if self._depth >= DEPTH:
            self.say(call.span, f"recursion limit reached while expanding `{_name(call)}!`")
            raise _Stop
        self._depth += 1
        try:
            return act()
        finally:
            self._depth -= 1

    def expression(self, call: ast.MacroCall) -> ast.Expr:
        """Return what a call in the place of an expression stands for."""
        builtin = self.builtin(call)
        if builtin is not None:
            try:
                return self.deeper(call, lambda: builtin(self, call))
            except BadCall as bad:
                self.say(bad.span, bad.why, bad.label)
                return ast.ErrorExpr(call.span)
            except UnknownCall as one:
                self.found.append(Diagnostic(UNSUPPORTED, one.span, {"what": one.what}))
                return ast.ErrorExpr(call.span)
        tokens = self.tokens(call)
        if tokens is None:
            return ast.ErrorExpr(call.span)
        made = self.parsed(parse.parse_expr(tokens, call.span))
        return (
            ast.ErrorExpr(call.span) if made is None else self.deeper(call, lambda: self.node(made))
        )

    def parsed(self, answer: tuple[_T, list[Diagnostic]]) -> _T:
        """Note what a parser had to say; return its tree."""
        self.found += answer[1]
        return answer[0]

    def say(self, at: Span, message: str, label: str = "", code: Code = RUST_MACRO) -> None:
        """Report an error."""
        self.found.append(Diagnostic(code, at, {"what": message}, primary=label))

    # ------------------------------------------------------------------------------- macro_rules

    def _read(self, item: ast.MacroRules, *, report: bool = True) -> Macro | None:
        try:
            return read_macro(item.ident.name, item.body, item.span, standard=self.standard)
        except BadRules as bad:
            if report:
                self.say(bad.span, bad.why)
            return None

    def define(self, item: ast.MacroRules) -> object:
        """Take up a definition: it holds for what follows in the text."""
        if not configuration.present(item.attributes):
            return ()
        made = self._read(item)
        if made is not None:
            self.scope.macros[item.ident.name] = made
            if is_exported(item):
                self.exported.macros[item.ident.name] = made
        return item


def _tried(rule: Rule, its: Sequence[Token]) -> tuple[Matcher, Bindings | None]:
    """Match `its` against a rule: once more if a fragment ends in the middle of a `>>`."""
    while True:
        matcher = Matcher(its, parse.FragmentParser())
        try:
            return matcher, matcher.match(rule)
        except parse.HalfToken as half:
            its = parse.split_token(its, half.at)


def _imported(tree: ast.UseTree) -> Iterator[tuple[str, str]]:
    """Return what a `use` names, and under which name, wherever the path leads."""
    match tree:
        case ast.UseGroup(trees=trees):
            for one in trees:
                yield from _imported(one)
        case ast.UseSimple(path=path, rename=rename) if path.segments:
            name = path.segments[-1].ident.name
            yield name, name if rename is None else rename.name
        case ast.UseSimple() | ast.UseGlob():
            pass
        case _:
            assert_never(tree)


def is_exported(item: ast.MacroRules) -> bool:
    """Tell whether a macro can be reached from other crates."""
    return any(one.name == "macro_export" for one in item.attributes)


def _name(call: ast.MacroCall) -> str:
    return call.path.segments[-1].ident.name


def _shown(token: Token) -> str:
    if isinstance(token, ParsedFragment):
        return f"`{token.fragment}` metavariable"
    if token.kind is Kind.IDENT and token.text in derive.KEYWORDS:
        return f"keyword `{token.text}`"
    return f"`{token.text}`"


# ----------------------------------------------------------------------------------- the visitors


def _macro_expr(self: Expander, node: ast.MacroExpr) -> object:
    return self.expression(node.call)


def _macro_pattern(self: Expander, node: ast.MacroPattern) -> object:
    if self.builtin(node.call) is not None:
        value = self.expression(node.call)
        if isinstance(value, ast.Literal):
            return ast.LiteralPattern(node.span, value)
        self.say(node.span, "expected pattern, found expression")
        return ast.ErrorPattern(node.span)
    tokens = self.tokens(node.call)
    made = None if tokens is None else self.parsed(parse.parse_pattern(tokens, node.span))
    if made is None:
        return ast.ErrorPattern(node.span)
    return self.deeper(node.call, lambda: self.node(made))


def _macro_type(self: Expander, node: ast.MacroType) -> object:
    tokens = self.tokens(node.call)
    made = None if tokens is None else self.parsed(parse.parse_type(tokens, node.span))
    if made is None:
        return ast.ErrorType(node.span)
    return self.deeper(node.call, lambda: self.node(made))


def _macro_item(self: Expander, node: ast.MacroItem) -> object:
    return _item_call(self, node, parse.parse_items)


def _item_call(
    self: Expander,
    node: ast.MacroItem,
    parser: Callable[[list[Token], Span], tuple[tuple[ast.Node, ...], list[Diagnostic]]],
) -> object:
    if not configuration.present(node.attributes):
        return ()
    builtin = self.builtin(node.call)
    if builtin is not None:
        self.expression(node.call)  # compile_error!, global_asm!...
        return ()
    tokens = self.tokens(node.call)
    if tokens is None:
        return ()
    made = self.parsed(parser(tokens, node.span))
    return self.deeper(node.call, lambda: self._items(made))


def _members(self: Expander, node: ast.Trait | ast.Impl | ast.ExternBlock) -> object:
    if not configuration.present(node.attributes):
        return ()
    foreign = isinstance(node, ast.ExternBlock)
    parser = parse.parse_foreign_items if foreign else parse.parse_assoc_items
    out: list[ast.Node] = []
    for item in node.items:
        if isinstance(item, ast.MacroItem):
            made = _item_call(self, item, parser)
        else:
            made = self.walk(item)
        if isinstance(made, tuple):
            out += made
        else:
            assert isinstance(made, ast.Node)
            out.append(made)
    head = copied(node, {"items": ()})
    return copied(rebuild(head, self.walk), {"items": tuple(out)})


def _module(self: Expander, node: ast.Module) -> object:
    if not configuration.present(node.attributes):
        return ()
    if node.items is None:
        return node
    items = node.items
    self.modules.append(node.ident.name)
    if any(one.name == "macro_use" for one in node.attributes):
        made = self._items(items)
    else:
        made = self.inner(lambda: self._items(items))
    self.modules.pop()
    return copied(node, {"items": made})


def _block(self: Expander, node: ast.Block) -> object:
    def act() -> ast.Block:
        statements, result = _statements(self, node.statements, node.result)
        return copied(node, {"statements": statements, "result": result})

    return self.inner(act)


def _statements(
    self: Expander, statements: Sequence[ast.Node], result: ast.Expr | None
) -> tuple[tuple[ast.Node, ...], ast.Expr | None]:
    out: list[ast.Node] = []
    for number, statement in enumerate(statements):
        if isinstance(statement, ast.MacroStatement):
            last = result is None and number + 1 == len(statements)
            made, value = _macro_statement(self, statement)
            out += made
            if value is not None:
                if last and not statement.semicolon:
                    return tuple(out), value
                out.append(ast.ExprStatement(value.span, (), value, statement.semicolon))
            continue
        kept = self.walk(statement)
        if isinstance(kept, tuple):
            out += kept
        else:
            assert isinstance(kept, ast.Node)
            out.append(kept)
    return tuple(out), None if result is None else self.node(result)


def _macro_statement(
    self: Expander, node: ast.MacroStatement
) -> tuple[tuple[ast.Node, ...], ast.Expr | None]:
    """Return the statements, and the expression at their end, of a call as a statement."""
    if not configuration.present(node.attributes):
        return (), None
    if self.builtin(node.call) is not None:
        return (), self.expression(node.call)
    tokens = self.tokens(node.call)
    if tokens is None:
        return (), None
    statements, result = self.parsed(parse.parse_statements(tokens, node.span))
    return self.deeper(node.call, lambda: _statements(self, statements, result))


def _attributed(self: Expander, node: ast.Attributed) -> object:
    if not configuration.present(node.attributes):
        return ast.Tuple(node.span, ())
    return self.walk(node.inner)


def _carrier(self: Expander, node: ast.Node) -> object:
    """A node with attributes: absent if `#[cfg]` says so."""
    if not configuration.present(node.attributes):  # type: ignore[attr-defined]
        return ()
    return rebuild(node, self.walk)


def _data(self: Expander, node: derive.Deriving) -> object:
    """A struct, enum or union: itself, then the impls that it derives."""
    if not configuration.present(node.attributes):
        return ()
    made = rebuild(node, self.walk)
    names = [
        (token.text, token.span)
        for one in node.attributes
        if one.name == "derive" and one.arguments is not None
        for token, after in zip_longest(one.arguments.tokens, one.arguments.tokens[1:])
        if token.kind is Kind.IDENT and (after is None or after.text != "::")
    ]
    others = frozenset(name for name, _ in names)
    out: list[ast.Node] = [made]
    for name, span in names:
        if name not in derive.TRAITS:
            self.say(span, f"cannot find derive macro `{name}` in this scope")
            continue
        try:
            tokens = derive.derived_body(name, made, others, span)
        except derive.Unclear as bad:
            self.say(bad.span, bad.why)
            continue
        except derive.NoDefault as bad:
            label = Label(bad.span, "this enum needs a unit variant marked with `#[default]`")
            self.found.append(Diagnostic(NO_DEFAULT_VARIANT, span, labels=(label,)))
            continue
        items = self.parsed(parse.parse_assoc_items(tokens, span))
        out.append(derive.derived_impl(name, made, items, span))
    return tuple(out)


def _left_chain(self: Expander, node: ast.Binary | ast.Lazy) -> object:
    """A chain of operators, however long: down its left side without recursion."""
    chain: list[ast.Binary | ast.Lazy] = []
    left: ast.Expr = node
    made: ast.Expr
    while isinstance(left, ast.Binary | ast.Lazy):
        chain.append(left)
        left = left.left
    made = self.node(left)
    for one in reversed(chain):
        right = self.node(one.right)
        same = made is one.left and right is one.right
        made = one if same else copied(one, {"left": made, "right": right})
    return made


def _method_chain(self: Expander, node: ast.MethodCall) -> object:
    chain: list[ast.MethodCall] = []
    receiver: ast.Expr = node
    made: ast.Expr
    while isinstance(receiver, ast.MethodCall):
        chain.append(receiver)
        receiver = receiver.receiver
    made = self.node(receiver)
    for one in reversed(chain):
        method = self.node(one.method)
        arguments = tuple([self.node(argument) for argument in one.arguments])
        made = copied(one, {"receiver": made, "method": method, "arguments": arguments})
    return made


def _else_chain(self: Expander, node: ast.If) -> object:
    chain: list[ast.If] = []
    rest: ast.Expr | None = node
    made: ast.Expr | None
    while isinstance(rest, ast.If):
        chain.append(rest)
        rest = rest.otherwise
    made = None if rest is None else self.node(rest)
    for one in reversed(chain):
        condition, then = self.node(one.condition), self.node(one.then)
        made = copied(one, {"condition": condition, "then": then, "otherwise": made})
    return made


_CARRIERS = (
    ast.Function,
    ast.TypeAlias,
    ast.Const,
    ast.Static,
    ast.ExternCrate,
    ast.Use,
    ast.LetStatement,
    ast.ExprStatement,
    ast.FieldDecl,
    ast.Variant,
    ast.Parameter,
    ast.FieldInit,
    ast.FieldPattern,
    ast.Arm,
    ast.TypeParam,
    ast.LifetimeParam,
    ast.ConstParam,
    ast.ClosureParam,
)

_VISIT: dict[type, Callable[..., object]] = {
    **dict.fromkeys(_CARRIERS, _carrier),
    ast.MacroExpr: _macro_expr,
    ast.MacroPattern: _macro_pattern,
    ast.MacroType: _macro_type,
    ast.MacroItem: _macro_item,
    ast.MacroRules: Expander.define,
    ast.Trait: _members,
    ast.Impl: _members,
    ast.ExternBlock: _members,
    ast.Module: _module,
    ast.Block: _block,
    ast.Attributed: _attributed,
    ast.Struct: _data,
    ast.EnumItem: _data,
    ast.Union: _data,
    ast.Binary: _left_chain,
    ast.Lazy: _left_chain,
    ast.MethodCall: _method_chain,
    ast.If: _else_chain,
    ast.Attribute: lambda _self, node: node,
}
