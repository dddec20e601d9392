"""Whether the items of an impl have the receivers and counts of parameters that the trait has."""

from freehold.diagnostics import Code, Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.items import (
    AssociatedType,
    Function,
    Impl,
    Item,
    Parameter,
    ParameterKind,
)
from freehold.rust.resolve.scopes import head
from freehold.rust.traits import World
from freehold.source import Span
from freehold.types.generic import Signature, TraitRef


def check(world: World, impl: Impl) -> None:
    """Compare each item of an impl of a trait with that of the trait."""
    trait = impl.of
    if trait is None or impl.trait is None:
        return
    for item in impl.items.values():
        wanted = trait.items.get(item.name)
        if isinstance(item, Function) and isinstance(wanted, Function):
            _Method(world, impl, impl.trait, item, wanted).run()
        elif isinstance(item, AssociatedType) and isinstance(wanted, AssociatedType):
            _counts(world, item, wanted)


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


def _signature_span(item: Function) -> Span:
    return item.node.signature.span if item.node is not None else item.span


def _parameters_span(item: Function) -> Span:
    if item.node is None:
        return item.span
    spans = [one.type.span for one in item.node.signature.parameters]
    if item.node.signature.self_param is not None:
        spans.insert(0, item.node.signature.self_param.span)
    return spans[0].to(spans[-1]) if spans else item.span
