"""Structs, enums and unions: of finite size, with all parameters used."""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.itemcheck.constrained import determined
from freehold.rust.items import ParameterKind, Struct
from freehold.rust.resolve.declare import head_span
from freehold.rust.traits import World
from freehold.source import Span
from freehold.types import ArrayType, TupleType, Type
from freehold.types.fold import walk
from freehold.types.generic import (
    AdtType,
    ErrorType,
    GenericArrayType,
    ParamRegion,
    ParamType,
    Variance,
    is_type,
)


def check(world: World, adt: Struct) -> None:
    """Check one type."""
    _finite(world, adt)
    _used(world, adt)


# -------------------------------------------------------------------------------------- finite size


def _finite(world: World, adt: Struct) -> None:
    """Report a type that contains itself (E0072), once for each circle."""
    circle = _circle(adt)
    if not circle or min(circle, key=lambda one: one[0].span.start)[0] is not adt:
        return
    names = [f"`{one.name}`" for one, _ in circle]
    if len(names) == 1:
        what = f"recursive type {names[0]} has infinite size"
    else:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        what = f"recursive types {listed} have infinite size"
    others = tuple(Label(head_span(one.node), "") for one, _ in circle[1:] if one.node)
    fields = tuple(Label(span, "recursive without indirection") for _, span in circle)
    help_ = "insert some indirection (e.g., a `Box`, `Rc`, or `&`) to break the cycle"
    assert adt.node is not None
    world.crates.world.report(
        adt.scope,
        Diagnostic(
            codes.INFINITE_SIZE,
            head_span(adt.node),
            {"what": what},
            labels=(*others, *fields),
            help=(help_,),
        ),
    )


def _circle(adt: Struct) -> list[tuple[Struct, Span]]:
    """Return the types that lead from `adt` back to it, each with the field that leads on."""
    seen: set[Struct] = set()
    path: list[tuple[Struct, Span]] = []

    def visit(one: Struct) -> bool:
        seen.add(one)
        for field, span in fields_of(one):
            for inner in _inside(field):
                path.append((one, span))
                if inner is adt or (inner not in seen and visit(inner)):
                    return True
                path.pop()
        return False

    if not visit(adt):
        return []
    # Types of our std on the way (Option) are no part of what is written.
    return [(one, span) for one, span in path if one.crate is adt.crate]


def fields_of(adt: Struct) -> Iterator[tuple[Type, Span]]:
    """Return the types of all fields of `adt`, and where they are written."""
    for variant, node in zip(adt.variants, _nodes(adt), strict=True):
        for field, declared in zip(variant.fields, node, strict=False):
            yield field.type, declared.type.span


def _nodes(adt: Struct) -> list[tuple[ast.FieldDecl, ...]]:
    match adt.node:
        case ast.EnumItem():
            return [one.fields for one in adt.node.variants]
        case ast.Struct() | ast.Union():
            return [adt.node.fields]
        case _:
            return []


def _inside(ty: Type) -> Iterator[Struct]:
    """Return the types that a value of `ty` holds in itself; arguments only if they are held."""
    match ty:
        case AdtType():
            assert isinstance(ty.definition, Struct)
            yield ty.definition
            held = _held(ty.definition, set())
            for index, argument in enumerate(ty.arguments):
                if is_type(argument) and index in held:
                    yield from _inside(argument)
        case TupleType():
            for element in ty.elements:
                yield from _inside(element)
        case ArrayType() | GenericArrayType():
            yield from _inside(ty.element)
        case _:
            pass


def _held(adt: Struct, seen: set[Struct]) -> set[int]:
    """Return the parameters of which a value of `adt` holds a value in itself."""
    if adt in seen or adt.lang == "phantom_data":
        return set()
    seen.add(adt)
    found: set[int] = set()
    for variant in adt.variants:
        for field in variant.fields:
            found |= _held_in(field.type, seen)
    return found


def _held_in(ty: Type, seen: set[Struct]) -> set[int]:
    match ty:
        case ParamType():
            return {ty.index}
        case TupleType():
            return {index for element in ty.elements for index in _held_in(element, seen)}
        case ArrayType() | GenericArrayType():
            return _held_in(ty.element, seen)
        case AdtType():
            assert isinstance(ty.definition, Struct)
            inner = _held(ty.definition, seen)
            return {
                index
                for place, argument in enumerate(ty.arguments)
                if place in inner and is_type(argument)
                for index in _held_in(argument, seen)
            }
        case _:
            return set()


# -------------------------------------------------------------------------------- unused parameters


def _used(world: World, adt: Struct) -> None:
    """Report the parameters that no field uses (E0392)."""
    if adt.lang == "phantom_data" or adt in world.crates.collector.broken or _broken(adt):
        return
    used = {index for index, one in enumerate(adt.variances) if one is not Variance.BIVARIANT} | {
        one.index for one in adt.generics.own if one.kind is ParameterKind.CONST
    }
    determined(adt.generics.predicates, used)
    for parameter in adt.generics.own:
        index = parameter.index
        if index in used or parameter.name in {"'static", "'_"}:
            continue
        kind, name = parameter.kind.value, parameter.name
        uses = _mentions(adt, index)
        if uses:
            _recursive(world, adt, (kind, name, parameter.span), uses[0])
            continue
        marker = "referring to it in a field"
        more = ", or using a marker such as `PhantomData`"
        help_ = f"consider removing `{name}`, {marker}{more}"
        world.crates.world.report(
            adt.scope,
            Diagnostic(
                codes.UNUSED_PARAMETER,
                parameter.span,
                {"kind": kind, "name": name},
                f"unused {kind} parameter",
                help=(help_,),
            ),
        )


def _recursive(world: World, adt: Struct, named: tuple[str, str, Span], use: Span) -> None:
    kind, name, span = named
    world.crates.world.report(
        adt.scope,
        Diagnostic(
            codes.RECURSIVE_PARAMETER,
            use,
            {"kind": kind, "name": name},
            "",
            (Label(span, f"{kind} parameter must be used non-recursively in the definition"),),
        ),
    )


def _mentions(adt: Struct, index: int) -> list[Span]:
    """Return the fields whose types mention parameter `index`."""
    return [
        span
        for ty, span in fields_of(adt)
        for part in walk(ty)
        if isinstance(part, ParamType | ParamRegion) and part.index == index
    ]


def _broken(adt: Struct) -> bool:
    """Tell whether a field's type had an error: it may have used anything."""
    return any(isinstance(part, ErrorType) for ty, _ in fields_of(adt) for part in walk(ty))
