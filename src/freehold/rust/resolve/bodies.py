"""Names in bodies: expressions, statements, patterns, the types in them, and nested items."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.items import (
    Constant,
    Function,
    Impl,
    Module,
    PartialResolution,
    Resolution,
    Static,
    Trait,
)
from freehold.rust.resolve import suggest
from freehold.rust.resolve.declare import Declarer
from freehold.rust.resolve.lookup import Found, lexical, traits_in_scope
from freehold.rust.resolve.names import LabelTarget, Names
from freehold.rust.resolve.paths import ERROR, Paths
from freehold.rust.resolve.patterns import Patterns, Source
from freehold.rust.resolve.ribs import Label as Labelled
from freehold.rust.resolve.ribs import Ribs, Wall, Walled
from freehold.rust.resolve.scopes import TYPE, VALUE, GenericScope, ModuleScope, Scope, module_scope
from freehold.rust.resolve.wants import Want
from freehold.rust.resolve.world import World
from freehold.types.generic import Definition

if TYPE_CHECKING:
    from typing_extensions import TypeIs

Nested = Function | Constant | Static


@dataclass(slots=True, eq=False)
class Bodies:
    """Resolves one body. `done` takes the names of each nested item's body as they are found.

    `scopes` takes the scopes of blocks that declare items: their imports are checked later.
    """

    world: World
    ribs: Ribs
    done: dict[Definition, Names]
    scopes: list[ModuleScope]
    names: Names = field(default_factory=Names)
    paths: Paths = field(init=False)
    patterns: Patterns = field(init=False)

    def __post_init__(self) -> None:
        """Wire the parts together."""
        self.paths = Paths(
            self.world, self.ribs.scope, self._local, self._variables, self.names.paths
        )
        self.patterns = Patterns(self.ribs, self.paths, self.names, self.visit)

    # ------------------------------------------------------------------------------------ the walk

    def visit(self, node: ast.Node | None) -> None:
        """Resolve all names in `node`."""
        if node is None:
            return
        visit = _VISIT.get(type(node))
        if visit is not None:
            visit(self, node)
            return
        for name in _children(type(node)):
            child = getattr(node, name)
            if isinstance(child, tuple):
                for one in child:
                    self.visit(one)
            elif child is not None:
                self.visit(child)

    def each(self, nodes: Sequence[ast.Node]) -> None:
        """Resolve all names in `nodes`."""
        for node in nodes:
            self.visit(node)

    @contextmanager
    def inner(self) -> Iterator[None]:
        """Open a scope; what is bound in it ends with it."""
        depth, scope = len(self.ribs.stack), self.paths.scope
        yield
        del self.ribs.stack[depth:]
        self.paths.scope = scope

    @contextmanager
    def label(self, lifetime: ast.Lifetime | None, target: LabelTarget) -> Iterator[None]:
        """Bring a label into scope."""
        if lifetime is not None:
            self.ribs.labels.append(Labelled(lifetime, target))
        yield
        if lifetime is not None:
            self.ribs.labels.pop()

    @contextmanager
    def unlabelled(self) -> Iterator[None]:
        """Put the labels around out of reach: in closures."""
        before = self.ribs.labels
        self.ribs.labels = [Labelled(one.lifetime, one.target, reachable=False) for one in before]
        yield
        self.ribs.labels = before

    # ------------------------------------------------------------------------------------- lookups

    def _local(self, ident: ast.Ident) -> Found | Resolution | None:
        found = self.ribs.value(ident)
        if not isinstance(found, Walled):
            return found
        if found.wall is Wall.FUNCTION:
            help_ = "use the `|| { ... }` closure form instead"
            self.paths.report(Diagnostic(codes.CAPTURED_BY_FUNCTION, ident.span, help=(help_,)))
        else:
            self.paths.report(
                Diagnostic(
                    codes.VARIABLE_IN_CONSTANT,
                    ident.span,
                    primary="non-constant value",
                    help=("consider using `const` instead of `let`",),
                )
            )
        return ERROR.base

    def _variables(self) -> Iterator[tuple[str, str]]:
        return self.ribs.variables()

    def resolve(self, path: ast.Path, want: Want) -> PartialResolution:
        """Resolve a path and the arguments in it."""
        self.arguments(path)
        found = self.paths.resolve(path, want)
        if found.unresolved:
            self.names.traits[path] = self.traits()
        return found

    def arguments(self, path: ast.Path) -> None:
        """Resolve what stands inside of a path: its qualified self, generic arguments."""
        if path.qself is not None:
            self.visit(path.qself.type)
            if path.qself.trait is not None:
                self.arguments(path.qself.trait)
        for segment in path.segments:
            if segment.arguments is not None:
                self.visit(segment.arguments)

    def traits(self) -> tuple[Trait, ...]:
        """Return the traits in scope."""
        return traits_in_scope(self.world, self.paths.scope)

    # --------------------------------------------------------------------------------- expressions

    def _path(self, node: ast.PathExpr) -> None:
        self.resolve(node.path, Want.VALUE)

    def _call(self, node: ast.Call) -> None:
        if isinstance(node.function, ast.PathExpr):
            self.resolve(node.function.path, Want.CALL)
        else:
            self.visit(node.function)
        self.each(node.arguments)

    def _struct(self, node: ast.StructLiteral) -> None:
        self.resolve(node.path, Want.STRUCT)
        for one in node.fields:
            self.visit(one.value)
        self.visit(node.base)

    def _method_call(self, node: ast.MethodCall) -> None:
        chain: list[ast.MethodCall] = []
        at: ast.Expr = node
        while isinstance(at, ast.MethodCall):
            chain.append(at)
            at = at.receiver
        self.visit(at)
        traits = self.traits()
        for call in reversed(chain):
            self.names.traits[call] = traits
            self.visit(call.method.arguments)
            self.each(call.arguments)

    def _binary(self, node: ast.Binary | ast.Lazy) -> None:
        rights: list[ast.Expr] = []
        at: ast.Expr = node
        while isinstance(at, ast.Binary | ast.Lazy):
            rights.append(at.right)
            at = at.left
        self.visit(at)
        for right in reversed(rights):
            self.visit(right)

    def _field(self, node: ast.Field | ast.TupleField) -> None:
        self.visit(node.base)

    def _let(self, node: ast.Let) -> None:
        self.visit(node.scrutinee)
        self.ribs.bind(self.patterns.bindings(node.pattern, Source.LET))

    def _if(self, node: ast.If) -> None:
        at: ast.Expr | None = node
        while isinstance(at, ast.If):
            with self.inner():
                self.visit(at.condition)
                self.visit(at.then)
            at = at.otherwise
        self.visit(at)

    def _match(self, node: ast.Match) -> None:
        self.visit(node.scrutinee)
        for arm in node.arms:
            with self.inner():
                self.ribs.bind(self.patterns.bindings(arm.pattern, Source.MATCH))
                self.visit(arm.guard)
                self.visit(arm.body)

    def _loop(self, node: ast.Loop) -> None:
        with self.label(node.label, node):
            self.visit(node.body)

    def _while(self, node: ast.While) -> None:
        with self.label(node.label, node), self.inner():
            self.visit(node.condition)
            self.visit(node.body)

    def _for(self, node: ast.For) -> None:
        self.visit(node.iterable)
        with self.label(node.label, node), self.inner():
            self.ribs.bind(self.patterns.bindings(node.pattern, Source.FOR))
            self.visit(node.body)

    def _block_expr(self, node: ast.BlockExpr) -> None:
        with self.label(node.label, node):
            self.visit(node.block)

    def _jump(self, node: ast.Break | ast.Continue) -> None:
        if node.label is not None:
            self._jump_to(node.label)
        if isinstance(node, ast.Break):
            self.visit(node.value)

    def _jump_to(self, lifetime: ast.Lifetime) -> None:
        found = self.ribs.label(lifetime)
        name = f"'{lifetime.name}"
        if found is None:
            near = suggest.closest(lifetime.name, (one.lifetime.name for one in self.ribs.labels))
            labels = tuple(
                Label(one.lifetime.span, "a label with a similar name is reachable")
                for one in self.ribs.labels
                if one.lifetime.name == near
            )
            self.paths.report(
                Diagnostic(
                    codes.NO_SUCH_LABEL,
                    lifetime.span,
                    {"name": name},
                    f"undeclared label `{name}`",
                    labels,
                    help=(f"try using similarly named label: `'{near}`",) if near else (),
                )
            )
        elif not found.reachable:
            note = "labels are unreachable through functions, closures, async blocks and modules"
            self.paths.report(
                Diagnostic(
                    codes.LABEL_OUT_OF_REACH,
                    lifetime.span,
                    {"name": name},
                    f"unreachable label `{name}`",
                    (Label(found.lifetime.span, "unreachable label defined here"),),
                    notes=(note,),
                )
            )
        else:
            self.names.labels[lifetime] = found.target

    def _closure(self, node: ast.Closure) -> None:
        with self.unlabelled(), self.inner():
            for parameter in node.parameters:
                self.visit(parameter.type)
            self.visit(node.output)
            patterns = tuple(one.pattern for one in node.parameters)
            self.ribs.bind(self.patterns.product(patterns, Source.PARAMETER))
            self.visit(node.body)

    def _async(self, node: ast.AsyncBlock) -> None:
        with self.unlabelled():
            self.visit(node.block)

    def _repeat(self, node: ast.Repeat) -> None:
        self.visit(node.element)
        self.constant(node.length)

    def constant(self, node: ast.Node) -> None:
        """Resolve a constant inside of a body: it sees no variables."""
        with self.unlabelled(), self.inner():
            self.ribs.stack.append(Wall.CONSTANT)
            self.visit(node)

    def _const_block(self, node: ast.ConstBlock) -> None:
        self.constant(node.block)

    # ----------------------------------------------------------------------------- blocks and items

    def _block(self, node: ast.Block) -> None:
        with self.inner():
            self._declare(node)
            for statement in node.statements:
                self._statement(statement)
            self.visit(node.result)

    def _declare(self, node: ast.Block) -> None:
        items = [one for one in node.statements if _is_item(one)]
        if not items:
            return
        outer = self.paths.scope
        here = module_scope(outer)
        module = Module("", here.module.path, node.span, parent=here.module)
        scope = ModuleScope(module, here.crate, outer)
        module.scope = scope
        self.scopes.append(scope)
        self.names.items.update(Declarer(self.world, scope, barrier=True).items(items))
        self.ribs.stack.append(scope)
        self.paths.scope = scope

    def _statement(self, node: ast.Statement) -> None:
        if _is_item(node):
            made = self.names.items.get(node)
            if made is not None:
                self.nested(made)
        else:
            self.visit(node)

    def _let_statement(self, node: ast.LetStatement) -> None:
        self.visit(node.type)
        self.visit(node.init)
        self.visit(node.otherwise)
        self.ribs.bind(self.patterns.bindings(node.pattern, Source.LET))

    def nested(self, made: Definition) -> None:
        """Resolve the bodies of an item that this body declares."""
        match made:
            case Function() | Constant() | Static():
                wall = Wall.FUNCTION if isinstance(made, Function) else Wall.CONSTANT
                stack = [*self.ribs.stack, wall, *generic_scopes(made.scope)]
                ribs = Ribs(self.world, made.scope, stack)
                inner = Bodies(self.world, ribs, self.done, self.scopes)
                inner.owner(made)
            case Impl() | Trait():
                for item in made.items.values():
                    self.nested(item)
            case Module():
                scope = self.world.scopes[made]
                for name in scope.tables[TYPE], scope.tables[VALUE]:
                    for binding in name.values():
                        target = binding.target
                        if isinstance(target, Function | Constant | Static | Trait | Module):
                            fresh = Bodies(
                                self.world, Ribs(self.world, scope), self.done, self.scopes
                            )
                            fresh.nested(target)
            case _:
                pass

    def owner(self, owner: Nested) -> Names:
        """Resolve the body of `owner`; its names are put into `done`."""
        self.done[owner] = self.names
        node = owner.node
        match node:
            case None:
                pass
            case ast.Function():
                self._function(node)
            case ast.Const() | ast.Static():
                self.visit(node.value)
            case _:
                self.visit(node)
        return self.names

    def _function(self, node: ast.Function) -> None:
        signature = node.signature
        if signature.self_param is not None:
            ident = signature.self_param.ident
            self.ribs.bind({(ident.name, ident.mark): signature.self_param})
        patterns = tuple(one.pattern for one in signature.parameters)
        if node.body is None:
            # A signature without a body binds nothing; its names may be anything, also repeated.
            return
        self.ribs.bind(self.patterns.product(patterns, Source.PARAMETER))
        self.visit(node.body)

    # --------------------------------------------------------------------------------------- types

    def _path_type(self, node: ast.PathType) -> None:
        self.resolve(node.path, Want.TYPE)

    def _angle(self, node: ast.AngleArgs) -> None:
        for one in node.arguments:
            if isinstance(one, ast.PathType) and self.is_constant(one.path):
                with self.inner():
                    self.ribs.stack.append(Wall.CONSTANT)
                    self.resolve(one.path, Want.VALUE)
            elif isinstance(one, ast.ConstArg):
                self.constant(one.value)
            else:
                self.visit(one)
        self.each(node.constraints)

    def is_constant(self, path: ast.Path) -> bool:
        """Tell whether a lone name among generic arguments is no type but a constant."""
        return names_constant(self.world, self.paths.scope, path)

    def _array(self, node: ast.ArrayType) -> None:
        self.visit(node.element)
        self.constant(node.length)

    def _bound(self, node: ast.TraitBound) -> None:
        self.resolve(node.path, Want.TRAIT)

    def _format(self, node: ast.FormatArgs) -> None:
        for one in node.arguments:
            self.visit(one.value)


def generic_scopes(scope: Scope) -> list[GenericScope]:
    """Return the scopes of generics around an item, up to its block or module, outermost first."""
    found: list[GenericScope] = []
    while isinstance(scope, GenericScope):
        found.append(scope)
        scope = scope.parent
    return found[::-1]


def names_constant(world: World, scope: Scope, path: ast.Path) -> bool:
    """Tell whether a lone name among generic arguments is no type but a constant."""
    if len(path.segments) != 1 or path.qself or path.is_global or path.segments[0].arguments:
        return False
    name = path.segments[0].ident.name
    if name == "Self" or lexical(world, scope, name, TYPE) is not None:
        return False
    return lexical(world, scope, name, VALUE) is not None


_CHILDREN: dict[type, tuple[str, ...]] = {}


def _children(kind: Any) -> tuple[str, ...]:
    """Return the fields of a kind of node that may hold nodes."""
    known = _CHILDREN.get(kind)
    if known is None:
        leave = {"span", "attributes", "visibility", "op_span", "head", "label", "lifetime"}
        plain = {"str", "bool", "int", "bytes"}
        known = tuple(
            one.name
            for one in fields(kind)
            if one.name not in leave and getattr(one.type, "__name__", one.type) not in plain
        )
        _CHILDREN[kind] = known
    return known


def _is_item(node: ast.Statement) -> "TypeIs[ast.Item]":
    return type(node) not in {ast.LetStatement, ast.ExprStatement, ast.MacroStatement}


def _nothing(bodies: Bodies, node: object) -> None:
    del bodies, node


_VISIT: dict[type, Callable[..., None]] = {
    ast.Ident: _nothing,
    ast.Lifetime: _nothing,
    ast.IntLiteral: _nothing,
    ast.PathExpr: Bodies._path,
    ast.Call: Bodies._call,
    ast.StructLiteral: Bodies._struct,
    ast.MethodCall: Bodies._method_call,
    ast.Binary: Bodies._binary,
    ast.Lazy: Bodies._binary,
    ast.Field: Bodies._field,
    ast.TupleField: Bodies._field,
    ast.Let: Bodies._let,
    ast.If: Bodies._if,
    ast.Match: Bodies._match,
    ast.Loop: Bodies._loop,
    ast.While: Bodies._while,
    ast.For: Bodies._for,
    ast.BlockExpr: Bodies._block_expr,
    ast.Break: Bodies._jump,
    ast.Continue: Bodies._jump,
    ast.Closure: Bodies._closure,
    ast.AsyncBlock: Bodies._async,
    ast.Repeat: Bodies._repeat,
    ast.ConstBlock: Bodies._const_block,
    ast.Block: Bodies._block,
    ast.LetStatement: Bodies._let_statement,
    ast.PathType: Bodies._path_type,
    ast.AngleArgs: Bodies._angle,
    ast.ArrayType: Bodies._array,
    ast.TraitBound: Bodies._bound,
    ast.FormatArgs: Bodies._format,
    ast.Path: Bodies.arguments,
}
