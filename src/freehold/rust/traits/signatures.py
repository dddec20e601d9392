"""Well-formedness of items: where clauses of the types in their signatures, fields, headers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from freehold.diagnostics import Diagnostic
from freehold.rust import ast
from freehold.rust.infer.instantiate import identity, instantiate, instantiate_trait
from freehold.rust.infer.resolve import PARAMETERS, holds
from freehold.rust.items import (
    AssociatedType,
    Constant,
    Function,
    Impl,
    Predicate,
    ProjectionPredicate,
    Static,
    Struct,
    Trait,
    TraitPredicate,
)
from freehold.rust.traits.bodies import param_env
from freehold.rust.traits.env import ParamEnv
from freehold.rust.traits.fulfil import Fulfilment
from freehold.rust.traits.goals import Cause, Goal, Noted, WellFormed, goals_of
from freehold.rust.traits.report import report
from freehold.rust.traits.solver import Solver
from freehold.rust.traits.world import World, generics_of, is_sized_bound
from freehold.source import Span
from freehold.types import AdtKind, Type
from freehold.types.fold import parts, regions_of
from freehold.types.generic import (
    BoundRegion,
    Definition,
    FieldDef,
    GenericArg,
    ParamType,
    TraitRef,
    is_type,
)

Item = Function | Struct | Impl | Trait | Constant | Static | AssociatedType


def check_item(world: World, item: Item) -> list[Diagnostic]:
    """Return what is wrong with the types that an item itself writes; not its inner items'."""
    checks = _Checks(world, item)
    _CHECKS[type(item)](checks, item)
    return checks.finish()


class _Checks:
    """The obligations of one item."""

    __slots__ = ("_item", "_own", "fulfilment", "world")

    def __init__(self, world: World, item: Definition) -> None:
        self.world = world
        self.fulfilment = Fulfilment(Solver(world, param_env(world, item)))
        self._item = item
        self._own = identity(generics_of(item))

    def type(self, ty: Type, at: Span) -> Type:
        """Ask for a type to be well-formed; return it normalised."""
        erased = instantiate(ty, self._own)
        self.fulfilment.require(WellFormed(erased), Cause(at))
        return self.fulfilment.normalise(erased, at)

    def sized(self, ty: Type, at: Span, note: str) -> None:
        """Ask for a type to be sized."""
        self.fulfilment.require_lang("sized", ty, Cause(at, Noted(note)))

    def trait(self, trait: TraitRef, at: Span) -> None:
        """Ask for what a trait requires of its arguments, the trait itself left out."""
        definition = trait.trait
        assert isinstance(definition, Trait)
        arguments = instantiate_trait(trait, self._own).arguments
        # What is under a `for<'a>` would have to hold for all 'a: it is not asked.
        loose = {
            at
            for at, each in enumerate(trait.arguments)
            if is_type(each) and _is_higher_ranked(each)
        }
        predicates = tuple(
            each
            for each in definition.generics.predicates
            if not (isinstance(each, TraitPredicate) and each.trait.trait is definition)
            and loose.isdisjoint(_parameters_of(each))
        )
        self.fulfilment.require_all(predicates, arguments, definition, at)

    def predicates(self) -> None:
        """Ask for the types in where clauses, and for clauses without parameters to hold."""
        for predicate in generics_of(self._item).predicates:
            match predicate:
                case TraitPredicate(trait, span):
                    implicit = is_sized_bound(predicate) and isinstance(trait.self_type, ParamType)
                    if implicit or trait.trait is self._item:
                        continue
                    self._arguments(trait.arguments, span)
                    self.trait(trait, span)
                    self._without_parameters(predicate, trait.arguments)
                case ProjectionPredicate(_, arguments, ty, span):
                    self._arguments((*arguments, ty), span)
                    self._without_parameters(predicate, (*arguments, ty))
                case _:
                    pass

    def _arguments(self, arguments: tuple[GenericArg, ...], at: Span) -> None:
        for argument in arguments:
            if is_type(argument) and not _is_higher_ranked(argument):
                self.type(argument, at)

    def _without_parameters(self, predicate: Predicate, arguments: tuple[GenericArg, ...]) -> None:
        if any(holds(argument, PARAMETERS) for argument in arguments):
            return
        alone = Fulfilment(Solver(self.world, ParamEnv(self.world, ())))
        for goal in goals_of((predicate,), self._own):
            assert isinstance(goal, TraitPredicate | ProjectionPredicate)
            nested: list[Goal] = []
            for each in (alone.solver.normalize_goal(goal, nested), *nested):
                alone.require_goal(each, goal.span)
        alone.select()
        self.fulfilment.errors += alone.errors

    def finish(self) -> list[Diagnostic]:
        self.fulfilment.select()
        return report(self.fulfilment)


def _is_higher_ranked(ty: Type) -> bool:
    """Tell whether a lifetime of a `for<'a>` is in `ty`: it then is for all 'a, and not asked."""
    return any(isinstance(region, BoundRegion) for region in regions_of(ty))


def _parameters_of(predicate: Predicate) -> Iterator[int]:
    """Return the numbers of the type parameters that a predicate is about."""
    if isinstance(predicate, TraitPredicate):
        yield from _parameters_in(predicate.trait.arguments)
    elif isinstance(predicate, ProjectionPredicate):
        yield from _parameters_in((*predicate.arguments, predicate.type))


def _parameters_in(arguments: Iterable[GenericArg]) -> Iterator[int]:
    for argument in arguments:
        if isinstance(argument, ParamType):
            yield argument.index
        elif is_type(argument):
            yield from _parameters_in(parts(argument))


# ---------------------------------------------------------------------------------------- by kind


def _function(checks: _Checks, item: Function) -> None:
    if item.signature is None or item.node is None:
        return
    spans = [*parameter_spans(item.node.signature)]
    for ty, at in zip(item.signature.inputs, spans, strict=False):
        checks.type(ty, at)
    checks.type(item.signature.output, output_span(item.node.signature))
    checks.predicates()


def parameter_spans(node: ast.Signature) -> Iterator[Span]:
    """Return where the types of a function's parameters are written, its receiver's first."""
    if node.self_param is not None:
        yield node.self_param.type.span if node.self_param.type else node.self_param.span
    for parameter in node.parameters:
        yield parameter.type.span


def output_span(node: ast.Signature) -> Span:
    """Return where a function's result is written, its name if it has none."""
    return node.ident.span if node.output is None else node.output.span


def _struct(checks: _Checks, item: Struct) -> None:
    for number, variant in enumerate(item.variants):
        for at, (field, span) in enumerate(_fields(item, number)):
            ty = checks.type(field.type, span)
            last = at == len(variant.fields) - 1
            if item.kind is not AdtKind.STRUCT or not last:
                checks.sized(ty, span, _FIELD_RULES[item.kind])
    checks.predicates()


_FIELD_RULES = {
    AdtKind.STRUCT: "only the last field of a struct may have a dynamically sized type",
    AdtKind.ENUM: "no field of an enum variant may have a dynamically sized type",
    AdtKind.UNION: "no field of a union may have a dynamically sized type",
}


def _fields(item: Struct, number: int) -> Iterator[tuple[FieldDef, Span]]:
    node = item.node
    declared: tuple[ast.FieldDecl, ...] = ()
    match node:
        case ast.Struct(fields=fields) | ast.Union(fields=fields):
            declared = fields
        case ast.EnumItem(variants=variants):
            declared = variants[number].fields
        case _:
            pass
    for at, field in enumerate(item.variants[number].fields):
        yield field, declared[at].type.span if at < len(declared) else field.span


def _impl(checks: _Checks, item: Impl) -> None:
    if item.self_type is None or item.node is None:
        return
    at = item.node.self_type.span
    checks.type(item.self_type, at)
    if item.trait is not None and not item.negative:
        for argument in item.trait.arguments[1:]:
            if is_type(argument):
                checks.type(argument, item.node.trait.span if item.node.trait else at)
        checks.trait(item.trait, at)
    checks.predicates()


def _trait(checks: _Checks, item: Trait) -> None:
    del item
    checks.predicates()


def _constant(checks: _Checks, item: Constant | Static) -> None:
    if item.type is None:
        return
    node = item.node
    at = node.type.span if isinstance(node, ast.Const | ast.Static) else item.span
    ty = checks.type(item.type, at)
    if not isinstance(item.parent, Impl | Trait):
        checks.sized(ty, at, "statics and constants must have a statically known size")


def _associated(checks: _Checks, item: AssociatedType) -> None:
    node = item.node
    if item.value is not None and node is not None and node.type is not None:
        checks.type(item.value, node.type.span)
    checks.predicates()


_CHECKS: dict[type, Callable[[_Checks, Any], None]] = {
    Function: _function,
    Struct: _struct,
    Impl: _impl,
    Trait: _trait,
    Constant: _constant,
    Static: _constant,
    AssociatedType: _associated,
}
