"""Which impls a crate may have: orphan rules, constrained parameters, Drop."""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.items import (
    Impl,
    Item,
    Parameter,
    ParameterKind,
    ProjectionPredicate,
    Struct,
)
from freehold.rust.traits import World
from freehold.types import (
    BoolType,
    CharType,
    FloatType,
    IntType,
    NeverType,
    PointerType,
    StrType,
    Type,
)
from freehold.types.fold import parts, walk
from freehold.types.generic import (
    AdtType,
    ConstParam,
    DynType,
    ErrorType,
    GenericArg,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    is_type,
)


def check(world: World, impl: Impl) -> None:
    """Check one impl."""
    if impl.node is None or isinstance(impl.self_type, ErrorType | None):
        return
    if impl.node.trait is None:
        _inherent(world, impl)
    elif impl.trait is not None:
        if impl.of is not None and impl.of.lang == "drop":
            _drop(world, impl)
        _orphan(world, impl)
    _constrained(world, impl)


def is_local(world: World, definition: object) -> bool:
    """Tell whether a definition is of the user's crate."""
    return isinstance(definition, Item | Struct) and definition.crate is world.crates.user


# ---------------------------------------------------------------------------------------- inherent


def _inherent(world: World, impl: Impl) -> None:
    """Report inherent impls of types that are not the crate's own (E0116, E0118, E0390)."""
    ty = impl.self_type
    assert impl.node is not None
    assert ty is not None
    match ty:
        case AdtType():
            local = is_local(world, ty.definition)
        case DynType():
            local = ty.trait is not None and is_local(world, ty.trait)
        case ParamType() | ProjectionType():
            world.crates.world.report(
                impl.scope,
                Diagnostic(
                    codes.INHERENT_IMPL_OF_NO_NOMINAL_TYPE,
                    impl.node.self_type.span,
                    primary="impl requires a nominal type",
                ),
            )
            return
        case _:
            _primitive(world, impl)
            return
    if not local:
        what = "desired associated functions, types or constants"
        world.crates.world.report(
            impl.scope,
            Diagnostic(
                codes.INHERENT_IMPL_OF_FOREIGN_TYPE,
                impl.node.head,
                primary="impl for type defined outside of crate",
                help=(f"define a trait that has the {what}, or a wrapper type",),
            ),
        )


def _primitive(world: World, impl: Impl) -> None:
    assert impl.node is not None
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            codes.INHERENT_IMPL_OF_PRIMITIVE,
            impl.node.head,
            help=("consider using an extension trait instead",),
        ),
    )


# ------------------------------------------------------------------------------------------- orphan


def orphan(world: World, arguments: tuple[GenericArg, ...]) -> ParamType | bool:
    """Return True if some type is local before any bare parameter, else False or that parameter."""
    for argument in arguments:
        if not is_type(argument):
            continue
        if _has_local(world, argument):
            return True
        for part in _uncovered(argument):
            if isinstance(part, ParamType):
                return part
    return False


def _uncovered(ty: Type) -> Iterator[Type]:
    """Return `ty`, looking through references and Box, which cover nothing."""
    if isinstance(ty, RefType):
        yield from _uncovered(ty.pointee)
    elif _is_fundamental(ty):
        assert isinstance(ty, AdtType)
        inner = ty.arguments[0]
        if is_type(inner):
            yield from _uncovered(inner)
    else:
        yield ty


def _is_fundamental(ty: Type) -> bool:
    return (
        isinstance(ty, AdtType)
        and isinstance(ty.definition, Struct)
        and any(one.name == "fundamental" for one in ty.definition.attributes)
    )


def _has_local(world: World, ty: Type) -> bool:
    for part in _uncovered(ty):
        match part:
            case AdtType():
                if is_local(world, part.definition):
                    return True
            case DynType():
                if part.trait is not None and is_local(world, part.trait):
                    return True
            case _:
                pass
    return False


def _orphan(world: World, impl: Impl) -> None:
    """Report impls of foreign traits for foreign types (E0117) or bare parameters (E0210)."""
    assert impl.trait is not None
    assert impl.node is not None
    if is_local(world, impl.trait.trait) or any(map(_broken, impl.trait.arguments)):
        return
    found = orphan(world, impl.trait.arguments)
    if found is True:
        return
    if isinstance(found, ParamType):
        name = found.name
        example = f"type parameter `{name}` must be used as the type parameter for some local type"
        span = next((one.span for one in impl.generics.own if one.index == found.index), impl.span)
        what = f"{example} (e.g., `MyStruct<{name}>`)"
        world.crates.world.report(
            impl.scope,
            Diagnostic(codes.UNCOVERED_TYPE_PARAMETER, span, {"what": what}, example),
        )
        return
    assert impl.self_type is not None
    kind = _foreign(impl.self_type)
    where = impl.node.self_type.span
    labels = (Label(where, f"{_shown(impl)} is not defined in the current crate"),)
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            codes.FOREIGN_TRAIT_FOR_FOREIGN_TYPE,
            impl.node.head,
            {"what": kind},
            labels=labels,
            notes=("define and implement a trait or new type instead",),
        ),
    )


def _broken(argument: GenericArg) -> bool:
    return is_type(argument) and any(isinstance(part, ErrorType) for part in walk(argument))


def _shown(impl: Impl) -> str:
    ty = impl.self_type
    if isinstance(ty, AdtType):
        return f"`{ty.definition.name}`"
    assert impl.node is not None
    span = impl.node.self_type.span
    return f"`{span.source.text[span.start : span.end]}`"


_PRIMITIVES = (BoolType, CharType, FloatType, IntType, NeverType, StrType)


def _foreign(ty: Type) -> str:
    if isinstance(ty, _PRIMITIVES):
        return "primitive types"
    if isinstance(ty, PointerType):
        return "arbitrary types"
    return "types defined outside of the crate"


# -------------------------------------------------------------------------------------------- Drop


def _drop(world: World, impl: Impl) -> None:
    """Report Drop impls of what is no type of the crate (E0120), or of some of its values only."""
    assert impl.node is not None
    ty = impl.self_type
    if not isinstance(ty, AdtType) or not is_local(world, ty.definition):
        world.crates.world.report(
            impl.scope,
            Diagnostic(
                codes.DROP_OF_A_REFERENCE,
                impl.node.self_type.span,
                primary="must be a struct, enum, or union in the current crate",
            ),
        )
        return
    seen: set[GenericArg] = set()
    for argument in ty.arguments:
        plain = isinstance(argument, ParamType | ParamRegion | ConstParam)
        if not plain or argument in seen:
            kind = ty.definition.kind.value
            world.crates.world.report(
                impl.scope,
                Diagnostic(
                    codes.DROP_OF_SPECIALISED_TYPE,
                    impl.node.head,
                    notes=(
                        f"use the same sequence of generic parameters as the {kind} definition",
                    ),
                ),
            )
            return
        seen.add(argument)
    _extra_bounds(world, impl, ty)


def _extra_bounds(world: World, impl: Impl, ty: AdtType) -> None:
    from freehold.rust.itemcheck.bounds import unproven  # noqa: PLC0415

    extra = unproven(world, impl, ty)
    if extra is not None:
        predicate, span, kind = extra
        note = "the implementor must specify the same requirement"
        world.crates.world.report(
            impl.scope,
            Diagnostic(
                codes.DROP_WITH_EXTRA_BOUNDS,
                span,
                {"predicate": predicate, "kind": kind},
                labels=(Label(ty.definition.span, note),),
            ),
        )


# --------------------------------------------------------------------------- constrained parameters


def _constrained(world: World, impl: Impl) -> None:
    """Report parameters that the header does not determine (E0207)."""
    assert impl.self_type is not None
    known: set[int] = set()
    for argument in impl.trait.arguments if impl.trait else (impl.self_type,):
        known |= set(_determined(argument))
    changed = True
    while changed:
        changed = False
        for predicate in impl.generics.predicates:
            if isinstance(predicate, ProjectionPredicate) and all(
                index in known for one in predicate.arguments for index in _mentioned(one)
            ):
                made = set(_determined(predicate.type)) - known
                known |= made
                changed = changed or bool(made)
    for parameter in impl.generics.own:
        if parameter.index in known or parameter.implicit:
            continue
        if parameter.kind is ParameterKind.LIFETIME and not _in_associated(impl, parameter):
            continue
        _say_loose(world, impl, parameter)


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
