"""Filling definitions in: one function for each lazy attribute, and what they share."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust as codes
from freehold.diagnostics.codes import UNSUPPORTED
from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.ast import store
from freehold.rust.collect import (
    adts,
    arguments,
    bounds,
    complaints,
    constants,
    generics,
    signatures,
    variance,
)
from freehold.rust.collect.heads import head_of_item
from freehold.rust.collect.impls import Impls
from freehold.rust.collect.lower import Lowerer
from freehold.rust.collect.regions import (
    Always,
    Binder,
    BoundIn,
    Elision,
    Implied,
    Meant,
    Missing,
)
from freehold.rust.collect.written import elided_count
from freehold.rust.items import (
    Alias,
    AssociatedType,
    Constant,
    Constructor,
    Function,
    Generics,
    Impl,
    Item,
    Members,
    Module,
    Parameter,
    ParameterKind,
    PartialResolution,
    Predicate,
    Static,
    Struct,
    Trait,
    TraitPredicate,
)
from freehold.rust.resolve import declare
from freehold.rust.resolve.lookup import in_module, names_in
from freehold.rust.resolve.paths import Paths
from freehold.rust.resolve.scopes import (
    MACRO,
    TYPE,
    VALUE,
    GenericScope,
    Import,
    Scope,
)
from freehold.rust.resolve.wants import Want
from freehold.rust.resolve.world import World
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import (
    ERROR,
    STATIC,
    Definition,
    ParamRegion,
    ParamType,
    ProjectionType,
    TraitRef,
)

Evaluator = Callable[[Constant, Type], int | None]


@dataclass(slots=True, eq=False)
class Collector:
    """Fills definitions in.

    `evaluate` computes constants that need type checking, if it is set, and reports what fails.

    `implicit` are the parameters that `impl Trait` in parameters stands for. `broken` are types
    with fields that had an error.
    """

    world: World
    evaluate: Evaluator | None = None
    implicit: dict[ast.ImplTraitType, Parameter] = field(default_factory=dict)
    broken: set[Struct] = field(default_factory=set)
    impls: Impls = field(init=False)
    _active: dict[tuple[object, str], None] = field(default_factory=dict)
    _resolved: dict[ast.Path, PartialResolution] = field(default_factory=dict)
    _values: dict[Constant, int | None] = field(default_factory=dict)
    _refs: dict[tuple[ast.TraitBound, Type], TraitPredicate | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the tables, and be what fills lazy attributes."""
        self.impls = Impls(self)
        self.world.fill = self.fill

    # ----------------------------------------------------------------------------------- filling in

    def fill(self, definition: Definition, name: str) -> None:
        """Make the attribute `name` of `definition`."""
        if not self.enter(definition, name):
            self._cycle(definition, name)
            return
        try:
            _FILL[type(definition).__name__, name](self, definition)
        finally:
            self.leave(definition, name)

    def enter(self, definition: object, name: str) -> bool:
        """Begin making something; return False if it is being made already."""
        key = (definition, name)
        if key in self._active:
            return False
        self._active[key] = None
        return True

    def leave(self, definition: object, name: str) -> None:
        """End making something."""
        self._active.pop((definition, name), None)

    def _cycle(self, definition: Definition, name: str) -> None:
        """Report that a definition needs itself (E0391), and give it something harmless."""
        assert isinstance(definition, Item | Struct)
        what = _CYCLES.get(name, "computing {}").format(f"`{definition.path}`")
        if isinstance(definition, Alias):
            what = f"expanding type alias `{definition.path}`"
        self.world.report(
            definition.scope, Diagnostic(codes.CYCLE, definition.span, {"what": what})
        )
        if name != "value":  # which the collector keeps itself
            setattr(definition, name, _HARMLESS.get(name, lambda: None)())

    def lowerer_for(self, owner: Item | Struct, elision: Elision | None = None) -> Lowerer:
        """Return what makes the types of an item's declaration."""
        return Lowerer(self, owner, owner.scope, elision or Missing())

    def finish(self, lowerer: Lowerer) -> bool:
        """Report the lifetimes that were missing; return whether there were any."""
        if not isinstance(lowerer.elision, Missing) or not lowerer.elision.found:
            return False
        self.missing_lifetimes(lowerer, lowerer.elision)
        lowerer.elision.found = []
        return True

    # -------------------------------------------------------------------------------------- lookups

    def resolution(self, path: ast.Path, scope: Scope, want: Want) -> PartialResolution:
        """Return what a path of a declaration means. Made once, so errors come once."""
        known = self._resolved.get(path)
        if known is None:
            known = Paths(self.world, scope).resolve(path, want)
            self._resolved[path] = known
        return known

    def trait_named(self, path: ast.Path, scope: Scope) -> Trait | None:
        """Return the trait that a path of a declaration names."""
        found = self.resolution(path, scope, Want.TRAIT)
        return found.base if isinstance(found.base, Trait) and not found.unresolved else None

    def imports_named(self, scope: Scope, name: str) -> Sequence[Import]:
        """Return the imports that bring in `name` around `scope`."""
        at: Scope | None = scope
        while at is not None:
            if not isinstance(at, GenericScope):
                imports = at.imported(name)
                if imports:
                    return imports
                if at.declared(name, TYPE):
                    return []
            at = at.parent
        return []

    def lang(self, name: str) -> Definition | None:
        """Return a lang item of our std."""
        return self.world.lang(name)

    def sized(self, ty: Type, span: Span) -> list[Predicate]:
        """Return `ty: Sized`."""
        trait = self.lang("sized")
        return [TraitPredicate(TraitRef(trait, (ty,)), span)] if trait is not None else []

    def output_of_calls(self) -> AssociatedType | None:
        """Return `FnOnce::Output`."""
        trait = self.lang("fn_once")
        found = trait.items.get("Output") if isinstance(trait, Trait) else None
        return found if isinstance(found, AssociatedType) else None

    def bound_in(self, binder: Binder, index: int) -> Meant:
        """Return a lifetime of a binder."""
        return BoundIn(binder, index)

    def implicit_types(self, function: Function) -> dict[ast.ImplTraitType, Type]:
        """Return the types of the `impl Trait`s among the parameters of `function`."""
        own = {id(one): one for one in function.generics.own if one.implicit}
        if not own:
            return {}
        return {
            node: ParamType(one.index, one.name)
            for node, one in self.implicit.items()
            if id(one) in own
        }

    def bound_ref(
        self,
        bound: ast.TraitBound,
        owner: Item | Struct,
        self_type: Type,
        outer: tuple[ast.LifetimeParam, ...] = (),
    ) -> TraitPredicate | None:
        """Return the trait that one bound of `owner` names, applied to `self_type`."""
        key = (bound, self_type)
        if key not in self._refs:
            self._refs[key] = None  # for a bound that needs itself
            lowerer = self.lowerer_for(owner, Missing(refused=True))
            with lowerer.binder((*outer, *bound.lifetimes)) as binder:
                trait = bounds.trait_of(lowerer, bound.path)
                if trait is not None:
                    made = bounds.unconstrained(lowerer, trait, bound.path, self_type, binder)
                    names = tuple(binder.names)
                    self._refs[key] = TraitPredicate(made, bound.span, names)
        return self._refs[key]

    def where_ref(
        self, predicate: ast.WhereType, bound: ast.TraitBound, owner: Item | Struct
    ) -> TraitRef | None:
        """Return the trait of `T::Item: Bound` in a where clause."""
        if predicate.lifetimes or not self.enter(predicate, "where"):
            return None
        try:
            self_type = self.lowerer_for(owner, Missing(refused=True)).type(predicate.type)
        finally:
            self.leave(predicate, "where")
        found = self.bound_ref(bound, owner, self_type)
        return None if found is None else found.trait

    # ------------------------------------------------------------------------------------ constants

    def evaluated(self, lowerer: Lowerer, node: ast.Expr, type_: Type) -> int | None:
        """Return the value of an expression that needs type checking."""
        made = Constant("{constant}", lowerer.owner.path, node.span, node=node, type=type_)
        made.parent, made.scope = lowerer.owner, lowerer.scope
        made.generics = arguments.generics_of(lowerer.owner)
        owner = lowerer.owner
        assert isinstance(owner, Item | Struct)
        made.crate = owner.crate
        if constants.is_generic(lowerer, node):
            lowerer.error(codes.GENERIC_CONSTANT, node.span, "cannot perform const operation")
            return None
        found = self.evaluate(made, type_) if self.evaluate is not None else None
        if found is None and self.evaluate is None:
            lowerer.unsupported(node.span, "this constant in a type")
        return found

    def constant_value(self, constant: Constant, type_: Type) -> int | None:
        """Return the value of a constant item whose type is `type_`; None if it is not simple."""
        if constant.type != type_:
            return None
        if constant not in self._values:
            if not self.enter(constant, "value"):
                self._cycle(constant, "value")
                return None
            try:
                self._values[constant] = self._constant_value(constant, type_)
            finally:
                self.leave(constant, "value")
        return self._values[constant]

    def _constant_value(self, constant: Constant, type_: Type) -> int | None:
        node = constant.node.value if isinstance(constant.node, ast.Const) else constant.node
        if node is None or isinstance(constant.parent, Trait):
            return None
        found = constants.number(self.lowerer_for(constant), node, type_)
        if found is None and self.evaluate is not None and not constant.generics.count:
            found = self.evaluate(constant, type_)
        return found

    # ------------------------------------------------------------------------------- the attributes

    def _module(self, module: Module) -> None:
        scope = self.world.scopes[module]
        tables: list[dict[str, Definition]] = []
        for space in (TYPE, VALUE, MACRO):
            table: dict[str, Definition] = {}
            for name, _ in names_in(self.world, scope, space):
                found = in_module(self.world, scope, name, space)
                if found is not None and found.target is not None:
                    table[name] = found.target
            tables.append(table)
        module.types, module.values, module.macros = tables

    def _generics(self, owner: Function | Struct | Alias | AssociatedType | Trait | Impl) -> None:
        owner.generics = generics.make(self, owner)

    def _plain_generics(self, owner: Item) -> None:
        parent = generics.parent_generics(owner)
        owner.generics = Generics(parent)

    def _constructor_generics(self, constructor: Constructor) -> None:
        assert constructor.adt is not None
        constructor.generics = constructor.adt.generics

    def _constructor_signature(self, constructor: Constructor) -> None:
        constructor.signature = adts.constructor_signature(constructor)

    def _parameter_count(self, adt: Struct) -> None:
        adt.parameter_count = adt.generics.count

    def _variants(self, adt: Struct) -> None:
        adts.fill_variants(self, adt)

    def _variances(self, adt: Struct) -> None:
        variance.fill(adt)

    def _drop(self, adt: Struct) -> None:
        adts.fill_drop(self, adt)

    def _signature(self, function: Function) -> None:
        signatures.fill(self, function)

    def _constant_type(self, constant: Constant) -> None:
        node = constant.node
        assert isinstance(node, ast.Const)
        lowerer = self.lowerer_for(constant, Always(STATIC))
        lowerer.place = "associated constants" if constant.parent is None else "constants"
        constant.type = lowerer.type(node.type)

    def _static_type(self, static: Static) -> None:
        assert static.node is not None
        lowerer = self.lowerer_for(static, Always(STATIC))
        lowerer.place = "static variables"
        static.type = lowerer.type(static.node.type)

    def _aliased(self, alias: Alias) -> None:
        lowerer = self.lowerer_for(alias)
        lowerer.place = "type aliases"
        node = alias.node
        if node is None or node.type is None:
            self.world.report(
                alias.scope, Diagnostic(UNSUPPORTED, alias.span, {"what": "extern types"})
            )
            alias.aliased = ERROR
            return
        alias.aliased = lowerer.type(node.type)
        self.finish(lowerer)

    def _item_bounds(self, item: AssociatedType) -> None:
        if item.node is None or not isinstance(item.parent, Trait):
            item.bounds = ()
            return
        itself = ProjectionType(item, arguments.identity(item.generics))
        lowerer = self.lowerer_for(item, Missing(refused=True))
        found = list(bounds.predicates(lowerer, item.node.bounds, itself))
        if not any(map(_maybe, item.node.bounds)):
            found += self.sized(itself, item.span)
        self.finish(lowerer)
        item.bounds = tuple(found)

    def _item_value(self, item: AssociatedType) -> None:
        item.value = None
        if item.node is not None and item.node.type is not None:
            lowerer = self.lowerer_for(item, Missing(refused=isinstance(item.parent, Impl)))
            lowerer.place = "associated types"
            item.value = lowerer.type(item.node.type)
            self.finish(lowerer)

    def _supertraits(self, trait: Trait) -> None:
        found: list[TraitRef] = []
        itself = ParamType(0, "Self")
        for bound in self.super_bounds(trait):
            made = self.bound_ref(bound, trait, itself)
            if made is not None:
                found.append(made.trait)
        trait.supertraits = tuple(found)

    def super_bounds(self, trait: Trait) -> Iterator[ast.TraitBound]:
        """Return the bounds that name the supertraits of `trait`."""
        if trait.node is None:
            return
        all_bounds: list[ast.Bound] = list(trait.node.supertraits)
        for one in trait.node.generics.where:
            if isinstance(one, ast.WhereType) and arguments.names_parameter(one.type, "Self"):
                all_bounds += one.bounds
        for bound in all_bounds:
            if isinstance(bound, ast.TraitBound) and bound.modifier != "?":
                yield bound

    def _items(self, owner: Trait | Impl) -> None:
        names = store.names_of_items(owner.node) if owner.node else None
        if names is not None and len(set(names)) == len(names):
            owner.items = Members(names, partial(self._member, owner))
            return
        owner.items = items = dict[str, Definition]()
        kinds: dict[tuple[str, bool], Item] = {}
        for node in owner.node.items if owner.node else ():
            made = declare.associated(self.world, owner, node)
            if made is None:
                continue
            key = (made.name, isinstance(made, AssociatedType))
            if key in kinds:
                complaints.repeated_item(self, owner, kinds[key], made)
                continue
            kinds[key] = made
            # A type and a value of one name are rare: the second gets a name that none can write.
            items[made.name if made.name not in items else f"{made.name} "] = made
            self._listed(made)

    def _member(self, owner: Trait | Impl, place: int) -> Definition:
        """Return an item of a trait or impl of our std, which lists none of them."""
        assert owner.node is not None
        made = declare.associated(self.world, owner, owner.node.items[place])
        assert made is not None
        return made

    def _listed(self, made: Item) -> None:
        assert made.crate is not None
        if isinstance(made, Function):
            made.crate.functions.append(made)
        elif isinstance(made, Constant):
            made.crate.constants.append(made)

    def _written(self, impl: Impl) -> None:
        assert impl.node is not None
        impl.attributes, impl.negative = impl.node.attributes, impl.node.negative

    def _of(self, impl: Impl) -> None:
        impl.of = None
        if impl.node is not None and impl.node.trait is not None:
            impl.of = self.trait_named(impl.node.trait, impl.scope)

    def _header(self, impl: Impl) -> list[ParamRegion]:
        return [
            ParamRegion(one.index, one.name)
            for one in impl.generics.own
            if one.kind is ParameterKind.LIFETIME and one.implicit
        ]

    def _self_type(self, impl: Impl) -> None:
        assert impl.node is not None
        params = self._header(impl)
        elision = Implied(params[elided_count(impl.node.trait) :])
        lowerer = self.lowerer_for(impl, elision)
        lowerer.place = "implementations"
        impl.self_type = lowerer.type(impl.node.self_type)
        complaints.hidden_lifetimes(lowerer, elision)

    def _trait_ref(self, impl: Impl) -> None:
        impl.trait = None
        if impl.node is None or impl.node.trait is None or impl.of is None:
            return
        elision = Implied(self._header(impl))
        lowerer = self.lowerer_for(impl, elision)
        lowerer.place = "implementations"
        made = lowerer.trait_ref(impl.node.trait, impl.self_type or ERROR)
        complaints.hidden_lifetimes(lowerer, elision)
        impl.trait = None if elision.hidden else made

    # ---------------------------------------------------------------------------------------- drops

    def drop_impl(self, adt: Struct) -> Impl | None:
        """Return the Drop impl of `adt`."""
        trait = self.lang("drop")
        if not isinstance(trait, Trait):
            return None
        found = self.impls.of(trait).of_head(head_of_item(adt))
        return found[0] if found else None

    # ----------------------------------------------------------------------------------- complaints

    def reserved_lifetime(self, scope: Scope, lifetime: ast.Lifetime) -> None:
        """Report E0262."""
        complaints.reserved_lifetime(self.world, scope, lifetime)

    def undeclared_lifetime(self, lowerer: Lowerer, lifetime: ast.Lifetime) -> None:
        """Report E0261."""
        complaints.undeclared_lifetime(lowerer, lifetime)

    def missing_lifetimes(
        self, lowerer: Lowerer, missing: Missing, signature: ast.Signature | None = None
    ) -> None:
        """Report E0106, or E0637 where a lifetime cannot be left out at all."""
        complaints.missing_lifetimes(lowerer, missing, signature)

    def missing_bindings(
        self, lowerer: Lowerer, node: ast.TraitObjectType, made: "bounds.Applied"
    ) -> None:
        """Report E0191."""
        complaints.missing_bindings(lowerer, node, made)


def _maybe(bound: ast.Bound) -> bool:
    return isinstance(bound, ast.TraitBound) and bound.modifier == "?"


_CYCLES = {
    "signature": "computing function signature of {}",
    "supertraits": "computing the super predicates of {}",
    "value": "simplifying constant for the type system {}",
    "self_type": "computing type of {}",
    "type": "computing type of {}",
}
_HARMLESS: dict[str, Callable[[], object]] = {
    "generics": Generics,
    "variants": tuple,
    "variances": tuple,
    "supertraits": tuple,
    "bounds": tuple,
    "opaques": tuple,
    "items": dict,
    "dangling": frozenset,
    "aliased": lambda: ERROR,
    "self_type": lambda: ERROR,
    "type": lambda: ERROR,
    "value": lambda: ERROR,
    "parameter_count": int,
}

_FILL: dict[tuple[str, str], Callable[..., None]] = {
    ("Module", "generics"): Collector._plain_generics,
    ("Module", "types"): Collector._module,
    ("Module", "values"): Collector._module,
    ("Module", "macros"): Collector._module,
    ("Struct", "generics"): Collector._generics,
    ("Struct", "parameter_count"): Collector._parameter_count,
    ("Struct", "variants"): Collector._variants,
    ("Struct", "variances"): Collector._variances,
    ("Struct", "drop"): Collector._drop,
    ("Struct", "dangling"): Collector._drop,
    ("Function", "generics"): Collector._generics,
    ("Function", "signature"): Collector._signature,
    ("Function", "opaques"): Collector._signature,
    ("Constructor", "generics"): Collector._constructor_generics,
    ("Constructor", "signature"): Collector._constructor_signature,
    ("Constant", "generics"): Collector._plain_generics,
    ("Constant", "type"): Collector._constant_type,
    ("Static", "generics"): Collector._plain_generics,
    ("Static", "type"): Collector._static_type,
    ("Alias", "generics"): Collector._generics,
    ("Alias", "aliased"): Collector._aliased,
    ("AssociatedType", "generics"): Collector._generics,
    ("AssociatedType", "bounds"): Collector._item_bounds,
    ("AssociatedType", "value"): Collector._item_value,
    ("Trait", "generics"): Collector._generics,
    ("Trait", "supertraits"): Collector._supertraits,
    ("Trait", "items"): Collector._items,
    ("Impl", "generics"): Collector._generics,
    ("Impl", "of"): Collector._of,
    ("Impl", "attributes"): Collector._written,
    ("Impl", "negative"): Collector._written,
    ("Impl", "trait"): Collector._trait_ref,
    ("Impl", "self_type"): Collector._self_type,
    ("Impl", "items"): Collector._items,
}
