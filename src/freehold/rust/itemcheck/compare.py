"""Whether the items of an impl have the parameters and types that the trait gives them."""

from dataclasses import dataclass

from freehold.diagnostics import Code, Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.infer.instantiate import (
    Arguments,
    identity,
    instantiate,
    instantiate_signature,
    without_regions,
)
from freehold.rust.infer.show import show
from freehold.rust.items import (
    AssociatedType,
    Constant,
    Function,
    Impl,
    Item,
    Parameter,
    ParameterKind,
)
from freehold.rust.resolve.scopes import head
from freehold.rust.traits import Solver, World, param_env
from freehold.rust.traits.goals import Goal
from freehold.source import Span
from freehold.types import PointerType, Type
from freehold.types.fold import open_signature, walk
from freehold.types.generic import (
    ERASED,
    ErrorType,
    OpaqueType,
    RefType,
    Signature,
    TraitRef,
)


def check(world: World, impl: Impl) -> None:
    """Compare each item of an impl of a trait with that of the trait."""
    trait = impl.of
    if trait is None or impl.trait is None:
        return
    for item in impl.items.values():
        wanted = trait.items.get(item.name)
        if isinstance(item, Function) and isinstance(wanted, Function):
            _Method(world, impl, impl.trait, item, wanted).run()
        elif isinstance(item, Constant) and isinstance(wanted, Constant):
            _constant(world, impl, impl.trait, (item, wanted))
        elif isinstance(item, AssociatedType) and isinstance(wanted, AssociatedType):
            _counts(world, item, wanted)


def arguments_for(trait: TraitRef, item: Item) -> Arguments:
    """Return the trait's arguments, then the own parameters of the impl's item, by place."""
    parent = item.generics.parent
    own = identity(item.generics)[parent.count if parent else 0 :]
    return (*trait.arguments, *own)


# --------------------------------------------------------------------------------------- constants


def _constant(world: World, impl: Impl, trait: TraitRef, pair: tuple[Constant, Constant]) -> None:
    item, wanted = pair
    if item.type is None or wanted.type is None:
        return
    solver = Solver(world, param_env(world, item))
    nested: list[Goal] = []
    expected = solver.normalize(instantiate(wanted.type, trait.arguments), nested)
    found = solver.normalize(without_regions(item.type), nested)
    if _differ(expected, found):
        node = item.node
        span = node.type.span if isinstance(node, ast.Const) else item.span
        world.crates.world.report(
            impl.scope,
            Diagnostic(
                codes.CONST_OF_OTHER_TYPE,
                span,
                {"name": item.name},
                f"expected `{show(expected)}`, found `{show(found)}`",
                (Label(wanted.span, "type in trait"),),
            ),
        )


def _differ(expected: Type, found: Type) -> bool:
    for ty in (expected, found):
        if any(isinstance(part, ErrorType | OpaqueType) for part in walk(ty)):
            return False
    return without_regions(expected) != without_regions(found)


# ----------------------------------------------------------------------------------- generic counts


def _counts(world: World, item: Item, wanted: Item) -> bool:
    """Compare how many parameters there are; return whether the types can be compared."""
    own, theirs = item.generics.own, wanted.generics.own
    for kind in (ParameterKind.TYPE, ParameterKind.CONST):
        mine, other = _count(own, kind), _count(theirs, kind)
        if mine == other:
            continue
        what = head(item)
        said = f"{mine} {kind.value} parameter{'' if mine == 1 else 's'}"
        wants = f"{other} {kind.value} parameter{'' if other == 1 else 's'}"
        span = next((one.span for one in own if one.kind is kind), None) or _after_name(item)
        labels = tuple(
            Label(one.span, f"expected {wants}") for one in theirs[:1] if one.kind is kind
        )
        _say(
            world,
            item,
            codes.WRONG_NUMBER_OF_TYPE_PARAMETERS,
            (span, f"found {said}"),
            labels,
            what=f"{what} `{item.name}` has {said} but its trait declaration has {wants}",
        )
        return False
    return isinstance(item, Function) or _same_lifetimes(world, item, wanted)


def _same_lifetimes(world: World, item: Item, wanted: Item) -> bool:
    own, theirs = item.generics.own, wanted.generics.own
    if _count(own, ParameterKind.LIFETIME) == _count(theirs, ParameterKind.LIFETIME):
        return True
    _lifetimes(world, item, wanted)
    return False


def _count(parameters: tuple[Parameter, ...], kind: ParameterKind) -> int:
    return sum(one.kind is kind for one in parameters)


def _after_name(item: Item) -> Span:
    return item.span._replace(start=item.span.end)


def _lifetimes(world: World, item: Item, wanted: Item) -> None:
    """Report E0195: other early-bound lifetimes."""
    node = getattr(item, "node", None)
    generics = node.signature.generics if isinstance(node, ast.Function) else node.generics  # type: ignore[union-attr]
    span = item.span
    written = [one for one in generics.params if isinstance(one, ast.LifetimeParam)]
    if written and generics.span.end > generics.span.start:
        span = generics.span
    if isinstance(item, Function):
        mine = {one.name for one in item.generics.own}
        differs = [one for one in written if f"'{one.lifetime.name}" in mine]
        if differs and len(written) == len(differs):
            span = differs[0].span
    _say(
        world,
        item,
        codes.LIFETIME_PARAMETERS_DO_NOT_MATCH,
        (span, "lifetimes do not match those of the trait"),
        (Label(wanted.span, "lifetimes in the trait"),),
        what=head(item),
        name=item.name,
    )


def _say(
    world: World,
    item: Item,
    code: Code,
    at: tuple[Span, str],
    labels: tuple[Label, ...] = (),
    **facts: object,
) -> None:
    world.crates.world.report(item.scope, Diagnostic(code, at[0], facts, at[1], labels))


# ----------------------------------------------------------------------------------------- methods


@dataclass(slots=True)
class _Method:
    world: World
    impl: Impl
    trait: TraitRef
    item: Function
    wanted: Function

    def run(self) -> None:
        """Compare."""
        if not self._receiver() or not _counts(self.world, self.item, self.wanted):
            return
        mine, theirs = self.item.signature, self.wanted.signature
        if mine is None or theirs is None:
            return
        if len(mine.inputs) != len(theirs.inputs):
            self._parameters(mine, theirs)
        elif _same_lifetimes(self.world, self.item, self.wanted):
            self._types(mine, theirs)

    def _receiver(self) -> bool:
        item, wanted = self.item, self.wanted
        if item.has_self == wanted.has_self:
            return True
        which = item if item.has_self else wanted
        node = which.node
        assert node is not None
        assert node.signature.self_param is not None
        span = node.signature.self_param.span
        receiver = span.source.text[span.start : span.end].split(":")[0].removeprefix("mut ")
        if item.has_self:
            _say(
                self.world,
                item,
                codes.METHOD_WITHOUT_SELF_IN_TRAIT,
                (_signature_span(item), f"`{receiver}` used in impl"),
                (Label(_signature_span(wanted), f"trait method declared without `{receiver}`"),),
                name=item.name,
                receiver=receiver,
            )
        else:
            _say(
                self.world,
                item,
                codes.METHOD_WITH_SELF_IN_TRAIT,
                (_signature_span(item), f"expected `{receiver}` in impl"),
                (Label(_signature_span(wanted), f"`{receiver}` used in trait"),),
                name=item.name,
                receiver=receiver,
            )
        return False

    def _parameters(self, mine: Signature, theirs: Signature) -> None:
        count, wants = len(mine.inputs), len(theirs.inputs)
        said = f"{count} parameter{'' if count == 1 else 's'}"
        trait = self.trait.trait
        _say(
            self.world,
            self.item,
            codes.WRONG_NUMBER_OF_PARAMETERS,
            (_parameters_span(self.item), f"expected {wants} parameters, found {count}"),
            (Label(_parameters_span(self.wanted), f"trait requires {wants} parameters"),),
            what=f"method `{self.item.name}` has {said} but the declaration in trait "
            f"`{trait.name}::{self.item.name}` has {wants}",
        )

    def _types(self, mine: Signature, theirs: Signature) -> None:
        solver = Solver(self.world, param_env(self.world, self.item))
        nested: list[Goal] = []
        expected = _opened(instantiate_signature(theirs, arguments_for(self.trait, self.item)))
        found = _opened(mine)
        for index, (want, have) in enumerate(zip(expected.inputs, found.inputs, strict=True)):
            left, right = solver.normalize(want, nested), solver.normalize(have, nested)
            if _differ(left, right):
                self._incompatible(index, left, right)
                return
        left = solver.normalize(expected.output, nested)
        right = solver.normalize(found.output, nested)
        if _differ(left, right):
            self._incompatible(None, left, right)

    def _incompatible(self, index: int | None, expected: Type, found: Type) -> None:
        label = f"expected `{show(expected)}`, found `{show(found)}`"
        if _only_mutability(expected, found):
            label = "types differ in mutability"
        _say(
            self.world,
            self.item,
            codes.INCOMPATIBLE_PARAMETER_TYPES,
            (_type_span(self.item, index), label),
            (Label(_type_span(self.wanted, index), "type in trait"),),
            what=f"method `{self.item.name}` has an incompatible type for trait",
        )


def _opened(signature: Signature) -> Signature:
    return open_signature(signature, (ERASED,) * len(signature.bound))


def _only_mutability(expected: Type, found: Type) -> bool:
    match expected, found:
        case RefType(), RefType():
            return expected.mutable != found.mutable and not _differ(
                expected.pointee, found.pointee
            )
        case PointerType(), PointerType():
            return expected.kind is not found.kind and expected.pointee == found.pointee
        case _:
            return False


def _signature_span(item: Function) -> Span:
    return item.node.signature.span if item.node is not None else item.span


def _parameters_span(item: Function) -> Span:
    if item.node is None:
        return item.span
    spans = [one.type.span for one in item.node.signature.parameters]
    if item.node.signature.self_param is not None:
        spans.insert(0, item.node.signature.self_param.span)
    return spans[0].to(spans[-1]) if spans else item.span


def _type_span(item: Function, index: int | None) -> Span:
    if item.node is None:
        return item.span
    signature = item.node.signature
    if index is None:
        return signature.output.span if signature.output else item.span
    if signature.self_param is not None:
        if index == 0:
            return signature.self_param.span
        index -= 1
    return signature.parameters[index].type.span
