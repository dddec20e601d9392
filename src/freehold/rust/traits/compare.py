"""Whether the items of an impl are what its trait asks for: types, where clauses, bounds."""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.infer.instantiate import (
    identity,
    instantiate,
    instantiate_predicate,
    instantiate_signature,
    instantiate_trait,
)
from freehold.rust.infer.show import mismatch_label, show, show_predicate
from freehold.rust.infer.table import Table
from freehold.rust.infer.unify import unify
from freehold.rust.items import (
    AssociatedType,
    Constant,
    Function,
    Impl,
    ParameterKind,
    ProjectionPredicate,
    Trait,
    TraitPredicate,
)
from freehold.rust.traits.bodies import normalized_env, param_env
from freehold.rust.traits.env import ParamEnv, own_predicates
from freehold.rust.traits.fulfil import Fulfilment
from freehold.rust.traits.goals import Cause, Goal, ItemBound, Outcome, goals_of
from freehold.rust.traits.report import report
from freehold.rust.traits.signatures import output_span, parameter_spans
from freehold.rust.traits.solver import Solver
from freehold.rust.traits.world import World, impl_item
from freehold.types import Type
from freehold.types.fold import Folder
from freehold.types.generic import Definition, FnPtrType, GenericArg, OpaqueType, Signature

Arguments = tuple[GenericArg, ...]


def compare_impl(world: World, impl: Impl) -> list[Diagnostic]:
    """Return where the items of an impl of a trait differ from what the trait declares."""
    if impl.trait is None or impl.negative:
        return []
    trait = impl.trait.trait
    assert isinstance(trait, Trait)
    found: list[Diagnostic] = []
    for declared in trait.items.values():
        item = impl_item(impl, declared)
        if item is not None:
            found += _compare(world, impl, declared, item)
    return found


def _compare(
    world: World, impl: Impl, declared: Definition, item: Definition
) -> Iterator[Diagnostic]:
    match declared, item:
        case Function(), Function():
            return _method(world, impl, declared, item)
        case Constant(), Constant():
            return _constant(world, impl, declared, item)
        case AssociatedType(), AssociatedType():
            return _associated(world, impl, declared, item)
        case _:
            return iter(())


def _rebased(impl: Impl, declared: Definition, item: Definition) -> Arguments | None:
    """Return arguments for the trait's item in terms of the impl's; None if they do not fit."""
    assert impl.trait is not None
    assert isinstance(declared, Function | AssociatedType | Constant)
    assert isinstance(item, Function | AssociatedType | Constant)
    kinds = [each.kind for each in declared.generics.own]
    if kinds != [each.kind for each in item.generics.own]:
        return None
    of_impl = identity(item.generics)
    before = len(of_impl) - len(item.generics.own)
    header = instantiate_trait(impl.trait, of_impl)
    return (*header.arguments, *of_impl[before:])


# ---------------------------------------------------------------------------------------- methods


def _method(world: World, impl: Impl, declared: Function, item: Function) -> Iterator[Diagnostic]:
    early = _early(declared), _early(item)
    if len(early[0]) != len(early[1]):
        yield _lifetimes(declared, item)
        return
    arguments = _rebased(impl, declared, item)
    if arguments is None or declared.signature is None or item.signature is None:
        return  # another number of parameters: said elsewhere
    solver = Solver(world, _hybrid_env(world, impl, declared, arguments))
    stricter = False
    for problem in _requirements(solver, declared, item):
        stricter = True
        yield problem
    if not stricter:
        wanted = instantiate_signature(declared.signature, arguments)
        found = instantiate_signature(item.signature, identity(item.generics))
        yield from _signatures(solver, item, wanted, found)


def _early(item: Function) -> list[str]:
    own = item.generics.own
    return [each.name for each in own if each.kind is ParameterKind.LIFETIME]


def _lifetimes(declared: Function, item: Function) -> Diagnostic:
    at = item.span
    if item.node is not None and item.node.signature.generics.params:
        at = item.node.signature.generics.span
    label = "lifetimes do not match method in trait"
    there = declared.span
    if declared.node is not None and declared.node.signature.generics.params:
        there = declared.node.signature.generics.span
    labels = (Label(there, "lifetimes in impl do not match this method in trait"),)
    facts = {"what": "method" if item.has_self else "associated function", "name": item.name}
    return Diagnostic(codes.LIFETIME_PARAMETERS_DO_NOT_MATCH, at, facts, label, labels)


def _hybrid_env(
    world: World, impl: Impl, declared: Function | AssociatedType, arguments: Arguments
) -> ParamEnv:
    """Return what the impl may rely on in an item: its own clauses and the trait's item's."""
    of_trait = tuple(
        instantiate_predicate(each, arguments) for each in declared.generics.predicates
    )
    return normalized_env(world, (*own_predicates(impl), *of_trait))


def _requirements(solver: Solver, declared: Function, item: Function) -> Iterator[Diagnostic]:
    own = identity(item.generics)
    for predicate in item.generics.predicates:
        if not isinstance(predicate, TraitPredicate | ProjectionPredicate):
            continue
        for goal in goals_of((predicate,), own):
            nested = [solver.normalize_goal(goal, [])]
            if solver.evaluate(nested[0]) is not Outcome.NO:
                continue
            label = f"impl has extra requirement `{show_predicate(predicate)}`"
            labels = (Label(declared.span, f"definition of `{item.name}` from trait"),)
            yield Diagnostic(codes.STRICTER_IMPL, predicate.span, {}, label, labels)


class _Hide(Folder):
    """Puts variables in the place of opaque types: the impl says what they are."""

    __slots__ = ("_table",)

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def type(self, ty: Type) -> Type:
        return self._table.fresh() if isinstance(ty, OpaqueType) else self.parts(ty)


def _signatures(
    solver: Solver, item: Function, wanted: Signature, found: Signature
) -> Iterator[Diagnostic]:
    hide = _Hide(solver.table)
    wanted = Signature(wanted.inputs, hide.type(wanted.output))
    found = Signature(found.inputs, hide.type(found.output))
    pairs = [*zip(wanted.inputs, found.inputs, strict=False), (wanted.output, found.output)]
    assert item.node is not None
    spans = [*parameter_spans(item.node.signature), output_span(item.node.signature)]
    for (left, right), at in zip(pairs, spans, strict=False):
        expected, got = solver.normalize(left, []), solver.normalize(right, [])
        mismatch = unify(solver.table, expected, got)
        if mismatch is None:
            continue
        label = mismatch_label(expected, got, mismatch, solver.table)
        what = f"method `{item.name}` has an incompatible type for trait"
        note = (
            f"expected signature `{_shown(solver, wanted)}`, "
            f"found signature `{_shown(solver, found)}`"
        )
        code = codes.INCOMPATIBLE_PARAMETER_TYPES
        yield Diagnostic(code, at, {"what": what}, label, notes=(note,))
        return


def _shown(solver: Solver, signature: Signature) -> str:
    return show(FnPtrType(signature), solver.table)


# ------------------------------------------------------------------------------- constants, types


def _constant(world: World, impl: Impl, declared: Constant, item: Constant) -> Iterator[Diagnostic]:
    arguments = _rebased(impl, declared, item)
    if arguments is None or declared.type is None or item.type is None:
        return
    solver = Solver(world, param_env(world, item))
    wanted = solver.normalize(instantiate(declared.type, arguments), [])
    found = solver.normalize(instantiate(item.type, identity(item.generics)), [])
    mismatch = unify(solver.table, wanted, found)
    if mismatch is not None:
        node = item.node
        at = node.type.span if isinstance(node, ast.Const) else item.span
        label = mismatch_label(wanted, found, mismatch, solver.table)
        yield Diagnostic(codes.CONST_OF_OTHER_TYPE, at, {"name": item.name}, label)


def _associated(
    world: World, impl: Impl, declared: AssociatedType, item: AssociatedType
) -> Iterator[Diagnostic]:
    """The bounds of an associated type hold for what the impl says it is."""
    arguments = _rebased(impl, declared, item)
    if arguments is None or item.value is None:
        return
    fulfilment = Fulfilment(Solver(world, _hybrid_env(world, impl, declared, arguments)))
    node = item.node
    at = node.type.span if node is not None and node.type is not None else item.span
    bounds = [
        each for each in declared.bounds if isinstance(each, TraitPredicate | ProjectionPredicate)
    ]
    for bound, goal in zip(bounds, goals_of(tuple(bounds), arguments), strict=True):
        cause = Cause(at, ItemBound(declared, bound.span))
        nested: list[Goal] = []
        fulfilment.require(fulfilment.solver.normalize_goal(goal, nested), cause)
        for each in nested:
            fulfilment.require(each, cause)
    fulfilment.select()
    yield from report(fulfilment)
