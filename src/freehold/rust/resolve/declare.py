"""Declaring items: a definition for each, and its name in the table of its module or block."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.items import (
    Alias,
    AssociatedType,
    Constant,
    Constructor,
    Crate,
    Function,
    Impl,
    Item,
    Module,
    SelfType,
    Static,
    Struct,
    Trait,
)
from freehold.rust.resolve.imports import flatten
from freehold.rust.resolve.scopes import (
    GLOB,
    MACRO,
    TYPE,
    VALUE,
    Binding,
    Generic,
    GenericScope,
    Import,
    ModuleScope,
    Namespace,
    Scope,
    contains,
    head,
    module_scope,
    narrower,
)
from freehold.rust.resolve.world import World
from freehold.source import Span
from freehold.types.generic import Definition
from freehold.types.model import AdtKind


@dataclass(slots=True)
class Declarer:
    """Declares the items of one module or block in `scope`. `barrier`: it is a block's."""

    world: World
    scope: ModuleScope
    barrier: bool = False

    @property
    def crate(self) -> Crate:
        """The crate that the items belong to."""
        return self.scope.crate

    def items(self, nodes: Sequence[ast.Item]) -> dict[ast.Item, Definition]:
        """Declare `nodes`; return the definitions by node."""
        made: dict[ast.Item, Definition] = {}
        for node in nodes:
            declare = _DECLARE.get(type(node))
            definition = declare(self, node) if declare else None
            if definition is not None:
                made[node] = definition
        return made

    # ------------------------------------------------------------------------------- what all do

    def path(self, name: str) -> str:
        """Return the path of an item `name` declared here, as messages print it."""
        outer = self.scope.module.path
        return f"{outer}::{name}" if outer else name

    def visibility(self, node: ast.Visibility | None) -> Module | None:
        """Return where what carries `node` can be seen; None: everywhere."""
        return visibility(self.world, self.scope, node)

    def common(self, item: Item | Struct, node: "ast.Item | ast.ForeignItem") -> None:
        """Fill in what all items have."""
        assert not isinstance(node, ast.MacroItem | ast.ExternBlock | ast.Use | ast.ExternCrate)
        item.parent = self.scope.module
        item.crate = self.crate
        item.attributes = node.attributes
        item.visibility = self.visibility(node.visibility)
        item.public = item.visibility is None
        item.lang = lang_of(node.attributes)
        if item.lang:
            self.crate.lang.setdefault(item.lang, item)
        if isinstance(node, Generic):
            item.scope = generic_scope(self.scope, item, node, barrier=self.barrier)
        else:
            item.scope = self.scope
        self.world.defer(item)

    def bind(self, space: Namespace, ident: ast.Ident, binding: Binding, node: ast.Node) -> None:
        """Put a name into the table, unless it is there already."""
        old = self.scope.declare(ident.name, space, binding)
        if old is not binding and ident.name != "_":
            self._twice(space, ident.name, old, node)

    def _twice(self, space: Namespace, name: str, old: Binding, node: ast.Node) -> None:
        kind = ("type", "value", "macro")[space]
        if old.target is not None:
            kind = head(old.target) if isinstance(old.target, Module | Trait) else kind
        where = "block" if self.scope.is_block else "module"
        named = ("type", "value", "macro")[space]
        found = Diagnostic(
            codes.DUPLICATE_DEFINITION,
            head_span(node),
            {"name": name},
            f"`{name}` redefined here",
            (Label(old.span, f"previous definition of the {kind} `{name}` here"),),
            notes=(f"`{name}` must be defined only once in the {named} namespace of this {where}",),
        )
        self.world.report(self.scope, found)

    def named(
        self, item: Item | Struct, node: "ast.Item | ast.ForeignItem", *spaces: Namespace
    ) -> Definition:
        """Fill in `item` and bind its name."""
        self.common(item, node)
        assert not isinstance(
            node, ast.MacroItem | ast.ExternBlock | ast.Use | ast.ExternCrate | ast.Impl
        )
        for space in spaces:
            bound = Binding(item, _visibility(item), head_span(node))
            self.bind(space, node.ident, bound, node)
        return item

    # ------------------------------------------------------------------------------- kinds of item

    def function(self, node: ast.Function) -> Definition:
        """Declare a function."""
        made = Function(node.ident.name, self.path(node.ident.name), node.ident.span, node=node)
        signed(made, node)
        self.crate.functions.append(made)
        return self.named(made, node, VALUE)

    def struct(self, node: ast.Struct | ast.Union) -> Definition:
        """Declare a struct or union, and its constructor."""
        kind = AdtKind.UNION if isinstance(node, ast.Union) else AdtKind.STRUCT
        name = node.ident.name
        made = Struct(name, self.path(name), node.ident.span, kind=kind, node=node)
        self.named(made, node, TYPE)
        self._adt(made, node.attributes)
        shape = node.shape if isinstance(node, ast.Struct) else ast.Shape.NAMED
        ctor = self._constructor(made, node, shape, 0)
        made.constructors = (ctor,)
        ctor.visibility = made.visibility
        for field in node.fields if shape is ast.Shape.TUPLE else ():
            ctor.visibility = narrower(_visibility(ctor), self.visibility(field.visibility))
        ctor.public = ctor.visibility is None
        if shape is not ast.Shape.NAMED:
            bound = Binding(ctor, _visibility(ctor), head_span(node))
            self.bind(VALUE, node.ident, bound, node)
        return made

    def enum(self, node: ast.EnumItem) -> Definition:
        """Declare an enum and its variants."""
        name = node.ident.name
        made = Struct(name, self.path(name), node.ident.span, kind=AdtKind.ENUM, node=node)
        self.named(made, node, TYPE)
        self._adt(made, node.attributes)
        made.constructors = tuple(
            self._constructor(made, variant, variant.shape, index)
            for index, variant in enumerate(node.variants)
        )
        first: dict[str, ast.Variant] = {}
        for variant in node.variants:
            old = first.setdefault(variant.ident.name, variant)
            if old is not variant:
                binding = Binding(made, None, old.span)
                self._twice(TYPE, variant.ident.name, binding, variant)
        return made

    def _adt(self, made: Struct, attributes: Sequence[ast.Attribute]) -> None:
        made.repr = frozenset(words(attributes, "repr"))
        self.crate.adts.append(made)

    def _constructor(
        self, adt: Struct, node: ast.Struct | ast.Union | ast.Variant, shape: ast.Shape, index: int
    ) -> Constructor:
        name = node.ident.name
        path = f"{adt.path}::{name}" if isinstance(node, ast.Variant) else adt.path
        style = "struct" if shape is ast.Shape.NAMED else shape.value
        made = Constructor(name, path, node.ident.span, adt=adt, variant=index, style=style)
        made.parent = adt
        made.crate = self.crate
        made.attributes = node.attributes
        made.lang = lang_of(node.attributes) if isinstance(node, ast.Variant) else ""
        if made.lang:
            self.crate.lang.setdefault(made.lang, made)
        made.visibility = adt.visibility
        made.public = adt.public
        made.scope = adt.scope
        self.world.defer(made)
        return made

    def alias(self, node: ast.TypeAlias) -> Definition:
        """Declare a type alias."""
        name = node.ident.name
        return self.named(Alias(name, self.path(name), node.ident.span, node=node), node, TYPE)

    def constant(self, node: ast.Const) -> Definition:
        """Declare a constant."""
        name = node.ident.name
        made = Constant(name, self.path(name), node.ident.span, node=node)
        self.crate.constants.append(made)
        return self.named(made, node, *((VALUE,) if name != "_" else ()))

    def static(self, node: ast.Static) -> Definition:
        """Declare a static."""
        name = node.ident.name
        made = Static(name, self.path(name), node.ident.span, node=node, mutable=node.mutable)
        self.crate.statics.append(made)
        return self.named(made, node, VALUE)

    def trait(self, node: ast.Trait) -> Definition:
        """Declare a trait."""
        name = node.ident.name
        made = Trait(name, self.path(name), node.ident.span, node=node)
        made.auto, made.unsafe = node.is_auto, node.is_unsafe
        self.crate.traits.append(made)
        self.named(made, node, TYPE)
        made.scope.self_type = SelfType(made)
        return made

    def impl(self, node: ast.Impl) -> Definition:
        """Declare an impl: it has no name."""
        made = self.unlisted_impl(node)
        self.world.impls.setdefault(self.crate, []).append(made)
        return made

    def listed_impl(self, position: int) -> Impl:
        """Return the impl that is at that place in the tree of a module of our std."""
        assert self.scope.node is not None
        assert self.scope.node.items is not None
        node = self.scope.node.items[position]
        assert isinstance(node, ast.Impl)
        return self.unlisted_impl(node)

    def unlisted_impl(self, node: ast.Impl) -> Impl:
        """Return the definition of an impl."""
        made = Impl("{impl}", self.path("{impl}"), node.span, node=node)
        made.parent, made.visibility = self.scope.module, self.scope.module
        made.crate = self.crate
        made.scope = generic_scope(self.scope, made, node, barrier=self.barrier)
        made.scope.self_type = SelfType(made)
        self.world.defer(made)
        return made

    def module(self, node: ast.Module) -> Definition:
        """Declare a module and all that is in it."""
        name = node.ident.name
        made = Module(name, self.path(name), node.ident.span)
        self.named(made, node, TYPE)
        inner = ModuleScope(made, self.crate)
        made.scope = inner
        # A module inside of a body is a module like any other: it sees nothing of the body.
        self.world.scopes[made] = inner
        if node.items is None:
            label = f"there is no file for `{name}`: a program is one file here"
            self.world.report(
                self.scope,
                Diagnostic(codes.NO_SUCH_MODULE_FILE, node.span, {"name": name}, label),
            )
        if self.crate.standard:
            declare_later(self.world, inner, node)
        else:
            Declarer(self.world, inner).items(node.items or ())
        return made

    def foreign(self, node: ast.ExternBlock) -> None:
        """Declare the items of an extern block."""
        for item in node.items:
            match item:
                case ast.Function():
                    made = self.function(item)
                    assert isinstance(made, Function)
                    made.foreign = True
                    if node.abi == "rust-intrinsic":
                        made.intrinsic = made.name
                case ast.Static():
                    static = self.static(item)
                    assert isinstance(static, Static)
                    static.foreign = True
                case ast.TypeAlias():
                    self.alias(item)
                case ast.MacroItem():
                    pass

    def use(self, node: ast.Use) -> None:
        """Take note of what a `use` brings in."""
        seen = self.visibility(node.visibility)
        for made in flatten(self.world, self.scope, node, seen):
            self.scope.add(made)

    def extern_crate(self, node: ast.ExternCrate) -> None:
        """Take note of an `extern crate`."""
        name = node.rename or node.ident
        seen = self.visibility(node.visibility)
        path = (node.ident,)
        self.scope.add(Import(self.scope, path, name.name, node.span, name.span, seen, node))

    def macro(self, node: ast.MacroRules) -> None:
        """Take note of a macro's name: `use` may name it."""
        made = Item(node.ident.name, self.path(node.ident.name), node.ident.span)
        made.parent = self.scope.module
        made.crate = self.crate
        self.scope.declare(node.ident.name, MACRO, Binding(made, None, node.ident.span))
        if any(attribute.name == "macro_export" for attribute in node.attributes):
            self.world.macros.add(node.ident.name)


_DECLARE: dict[type, Callable[..., Definition | None]] = {
    ast.Function: Declarer.function,
    ast.Struct: Declarer.struct,
    ast.Union: Declarer.struct,
    ast.EnumItem: Declarer.enum,
    ast.TypeAlias: Declarer.alias,
    ast.Const: Declarer.constant,
    ast.Static: Declarer.static,
    ast.Trait: Declarer.trait,
    ast.Impl: Declarer.impl,
    ast.Module: Declarer.module,
    ast.ExternBlock: Declarer.foreign,
    ast.ExternCrate: Declarer.extern_crate,
    ast.Use: Declarer.use,
    ast.MacroRules: Declarer.macro,
}


def declare_later(world: World, scope: ModuleScope, node: ast.Module | ast.Crate) -> None:
    """Let the items of a module of our std be declared when their names are looked for.

    The catalogue says where those of a name are, impls too; before it is made all are declared.
    """
    items = node.items or ()
    waiting = set(range(len(items)))

    def declare(name: str | None) -> None:
        known = world.catalogue.names.get(scope.module.path)
        if name is None or known is None:
            places: Iterable[int] = sorted(waiting)
            scope.later = None
        else:
            places = [at for at in known.get(name, ()) if at in waiting]
        waiting.difference_update(places)
        nodes = [items[at] for at in places]
        Declarer(world, scope).items([one for one in nodes if not isinstance(one, ast.Impl)])

    scope.node, scope.later = node, declare


def names_of(world: World, scope: ModuleScope, node: ast.Item) -> Iterator[str]:
    """Return the names that an item brings into its module."""
    match node:
        case ast.Use():
            for one in flatten(world, scope, node, None):
                yield one.name or GLOB
        case ast.ExternBlock():
            yield from (one.ident.name for one in node.items if not isinstance(one, ast.MacroItem))
        case ast.ExternCrate():
            yield (node.rename or node.ident).name
        case ast.Impl() | ast.MacroItem():
            pass
        case _:
            yield node.ident.name


# --------------------------------------------------------------------------------- associated items


def associated(world: World, owner: Trait | Impl, node: ast.AssocItem) -> Item | None:
    """Return the definition of an item of a trait or impl."""
    if isinstance(node, ast.MacroItem):
        return None
    name, span = node.ident.name, node.ident.span
    path = f"{owner.path}::{name}"
    made: Item
    match node:
        case ast.Function():
            made = Function(name, path, span, node=node)
            signed(made, node)
        case ast.Const():
            made = Constant(name, path, span, node=node)
        case ast.TypeAlias():
            made = AssociatedType(name, path, span, node=node)
    made.parent, made.crate, made.attributes = owner, owner.crate, node.attributes
    if isinstance(owner, Trait) or (owner.node is not None and owner.node.trait is not None):
        made.visibility = owner.visibility if isinstance(owner, Trait) else None
    else:
        made.visibility = visibility(world, module_scope(owner.scope), node.visibility)
    made.public = made.visibility is None
    made.lang = lang_of(node.attributes)
    if isinstance(node, ast.Const):
        made.scope = owner.scope
    else:
        made.scope = generic_scope(owner.scope, made, node, barrier=False)
    world.defer(made)
    return made


def signed(made: Function, node: ast.Function) -> None:
    """Take from a function's tree what is known without types."""
    made.has_self = node.signature.self_param is not None
    made.constant = node.signature.is_const
    made.track_caller = any(one.name == "track_caller" for one in node.attributes)
    if any(one.name == "rustc_intrinsic" for one in node.attributes):
        made.intrinsic = made.name


# ------------------------------------------------------------------------------------------ helpers


def generic_scope(
    parent: Scope, owner: Item | Struct, node: Generic, *, barrier: bool
) -> GenericScope:
    """Return the scope of an item's generics."""
    made = GenericScope(parent, owner, node, barrier=barrier)
    if isinstance(owner, Struct):
        made.self_type = SelfType(owner)
    return made


def visibility(world: World, scope: ModuleScope, node: ast.Visibility | None) -> Module | None:
    """Return the module that a visibility restricts to; None: it does not."""
    here = module_scope(scope)
    if node is None:
        return here.module
    if node.scope is None:
        return None
    module: Module = here.module
    root = scope.crate.root
    words_ = [segment.ident.name for segment in node.scope.segments]
    for index, word in enumerate(words_):
        if word in {"crate", "$crate", "$std"}:
            module = root
        elif word == "super":
            outer = module.parent
            module = outer if isinstance(outer, Module) else root
        elif word != "self":
            start = world.scopes.get(root if index == 0 else module)
            found = start.declared(word, TYPE) if start else None
            if found is None or not isinstance(found.target, Module):
                return here.module
            module = found.target
    return module if contains(module, here.module) else here.module


def _visibility(item: Item | Struct) -> Module | None:
    found = item.visibility
    assert found is None or isinstance(found, Module)
    return found


def lang_of(attributes: Sequence[ast.Attribute]) -> str:
    """Return the name in `#[lang = "name"]`, "" without one."""
    for attribute in attributes:
        if attribute.name == "lang" and isinstance(attribute.value, ast.StrLiteral):
            return attribute.value.value
    return ""


def words(attributes: Sequence[ast.Attribute], name: str) -> list[str]:
    """Return the comma-separated words of the attributes `#[name(...)]`: `align(8)` is one."""
    found: list[str] = []
    for attribute in attributes:
        if attribute.name != name or attribute.arguments is None:
            continue
        word, depth = "", 0
        for token in attribute.arguments.tokens:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if token.text == "," and depth == 0:
                found.append(word)
                word = ""
            else:
                word += token.text
        found += [word] if word else []
    return found


def head_span(node: ast.Node) -> Span:
    """Return the span of what names a declaration: from its visibility to its name."""
    if isinstance(node, ast.Impl):
        return node.head
    if isinstance(node, ast.Function):
        start = node.visibility.span if node.visibility else node.signature.span
        return start.to(node.signature.span)
    start = node.span
    attributes = getattr(node, "attributes", ())
    if attributes:
        # The span begins at the first attribute; the declaration after the last.
        text, at = start.source.text, max(one.span.end for one in attributes)
        while at < start.end and text[at].isspace():
            at += 1
        start = start._replace(start=at)
    ident = getattr(node, "ident", None)
    return start.to(ident.span) if isinstance(ident, ast.Ident) else start
