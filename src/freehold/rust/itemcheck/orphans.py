"""Which impls a crate may have: orphan rules, constrained parameters, Drop."""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust.items import (
    Impl,
    Item,
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
from freehold.types.fold import walk
from freehold.types.generic import (
    AdtType,
    DynType,
    ErrorType,
    GenericArg,
    ParamType,
    ProjectionType,
    RefType,
    is_type,
)


def check(world: World, impl: Impl) -> bool:
    """Check one impl; return whether the crate may have it."""
    if impl.node is None or isinstance(impl.self_type, ErrorType | None):
        return True
    allowed = True
    if impl.node.trait is None:
        _inherent(world, impl)
    elif impl.trait is not None:
        allowed = _orphan(world, impl)
    return allowed


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


def _orphan(world: World, impl: Impl) -> bool:
    """Report impls of foreign traits for foreign types (E0117) or bare parameters (E0210)."""
    assert impl.trait is not None
    assert impl.node is not None
    if is_local(world, impl.trait.trait) or any(map(_broken, impl.trait.arguments)):
        return True
    found = orphan(world, impl.trait.arguments)
    if found is True:
        return True
    if isinstance(found, ParamType):
        name = found.name
        example = f"type parameter `{name}` must be used as the type parameter for some local type"
        span = next((one.span for one in impl.generics.own if one.index == found.index), impl.span)
        what = f"{example} (e.g., `MyStruct<{name}>`)"
        world.crates.world.report(
            impl.scope,
            Diagnostic(codes.UNCOVERED_TYPE_PARAMETER, span, {"what": what}, example),
        )
        return False
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
    return False


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
