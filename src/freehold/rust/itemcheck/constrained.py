"""Parameters of impls that nothing determines (E0207)."""

from collections.abc import Iterable, Iterator

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.items import (
    Impl,
    Parameter,
    ParameterKind,
    Predicate,
    ProjectionPredicate,
)
from freehold.rust.traits import World
from freehold.types.fold import parts, walk
from freehold.types.generic import (
    ConstParam,
    GenericArg,
    ParamRegion,
    ParamType,
    ProjectionType,
    is_type,
)


def check(world: World, impl: Impl) -> None:
    """Report parameters that the header does not determine (E0207)."""
    if impl.self_type is None or impl.node is None:
        return
    if impl.node.trait is not None and impl.trait is None:
        return  # an error in the header is reported
    known: set[int] = set()
    for argument in impl.trait.arguments if impl.trait else (impl.self_type,):
        known |= set(_determined(argument))
    determined(impl.generics.predicates, known)
    for parameter in impl.generics.own:
        if parameter.index in known or parameter.implicit:
            continue
        if parameter.kind is ParameterKind.LIFETIME and not _in_associated(impl, parameter):
            continue
        _say_loose(world, impl, parameter)


def determined(predicates: Iterable[Predicate], known: set[int]) -> None:
    """Add to `known` the parameters that `T: Trait<Item = U>` gives from those that are known."""
    changed = True
    while changed:
        changed = False
        for predicate in predicates:
            if isinstance(predicate, ProjectionPredicate) and all(
                index in known for one in predicate.arguments for index in _mentioned(one)
            ):
                made = set(_determined(predicate.type)) - known
                known |= made
                changed = changed or bool(made)


def _say_loose(world: World, impl: Impl, parameter: Parameter) -> None:
    kind = parameter.kind.value
    where = "impl trait, self type, or predicates"
    span = parameter.span
    assert impl.node is not None
    for node in impl.node.generics.params:
        if isinstance(node, ast.ConstParam) and node.ident.name == parameter.name:
            span = node.span
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            codes.UNCONSTRAINED_PARAMETER,
            span,
            {"kind": kind, "name": parameter.name, "where": where},
            f"unconstrained {kind} parameter",
        ),
    )


def _in_associated(impl: Impl, parameter: Parameter) -> bool:
    """Tell whether an associated type of `impl` mentions a lifetime: only then it must be known."""
    for item in impl.items.values():
        value = getattr(item, "value", None)
        if value is not None and parameter.index in set(_mentioned(value)):
            return True
    return False


def _determined(argument: GenericArg) -> Iterator[int]:
    """Return the parameters that `argument` determines: not those inside of projections."""
    if isinstance(argument, ParamType | ParamRegion | ConstParam):
        yield argument.index
    elif is_type(argument) and not isinstance(argument, ProjectionType):
        for part in parts(argument):
            yield from _determined(part)


def _mentioned(argument: GenericArg) -> Iterator[int]:
    if is_type(argument):
        for part in walk(argument):
            if isinstance(part, ParamType | ParamRegion | ConstParam):
                yield part.index
    elif isinstance(argument, ParamRegion | ConstParam):
        yield argument.index
