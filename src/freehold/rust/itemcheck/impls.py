"""Impls of traits: the right items, safety, the traits that no program may implement."""

from collections.abc import Iterator

from freehold.diagnostics import Code, Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.items import (
    AssociatedType,
    Constant,
    Function,
    Impl,
    Item,
    Trait,
)
from freehold.rust.resolve import suggest
from freehold.rust.resolve.declare import head_span
from freehold.rust.traits import World
from freehold.source import Span
from freehold.types.generic import Definition


def check_items_of(world: World, impl: Impl) -> None:
    """Check which items an impl has."""
    if impl.node is None:
        return
    _visibility(world, impl, impl.node)
    if impl.of is not None and impl.trait is not None:
        _items(world, impl, impl.of)


def check(world: World, impl: Impl) -> None:
    """Check whether there may be such an impl of that trait."""
    if impl.node is None:
        return
    if impl.of is None:
        if impl.node.trait is None and impl.node.is_unsafe:
            _say(world, impl, codes.UNSAFE_INHERENT_IMPL, impl.node.head, "unsafe because of this")
        return
    if impl.trait is None:
        return
    _safety(world, impl, impl.of)
    if impl.of.lang in _BUILT_IN:
        label = f"impl of `{impl.of.name}` not allowed"
        _say(world, impl, codes.BUILT_IN_TRAIT, impl.node.head, label, trait=impl.of.name)


def _visibility(world: World, impl: Impl, node: ast.Impl) -> None:
    """Report E0449: visibility on an impl, or on the items of an impl of a trait."""
    found = [node.visibility]
    if node.trait is not None:
        found += [item.visibility for item in node.items]
    for one in found:
        if one is not None:
            _say(world, impl, codes.VISIBILITY_ON_IMPL, one.span)


_BUILT_IN = {"sized", "pointee_trait", "discriminant_kind", "tuple_trait", "fn_ptr_trait", "freeze"}


def _say(
    world: World, impl: Impl, code: Code, span: Span, primary: str = "", **facts: object
) -> None:
    world.crates.world.report(impl.scope, Diagnostic(code, span, facts, primary))


# -------------------------------------------------------------------------------------------- items


def _items(world: World, impl: Impl, trait: Trait) -> None:
    """Report items that the trait has not, or has as something else, and those that are missing."""
    have: set[str] = set()
    for item in impl.items.values():
        name = item.name
        wanted = trait.items.get(name)
        if wanted is None:
            _stranger(world, impl, trait, item)
        elif type(wanted) is not type(item):
            _other_kind(world, impl, trait, (item, wanted))
        else:
            have.add(name)
    if impl.negative:
        return
    missing = [
        item for item in trait.items.values() if item.name not in have and not _has_default(item)
    ]
    if missing:
        _missing(world, impl, missing)


def _has_default(item: Definition) -> bool:
    match item:
        case Function():
            return item.node is None or item.node.body is not None
        case Constant():
            return isinstance(item.node, ast.Const) and item.node.value is not None
        case AssociatedType():
            return item.node is not None and item.node.type is not None
        case _:
            return True


_STRANGERS: dict[str, tuple[Code, str]] = {
    "Function": (codes.METHOD_NOT_IN_TRAIT, "method"),
    "AssociatedType": (codes.TYPE_NOT_IN_TRAIT, "type"),
    "Constant": (codes.CONST_NOT_IN_TRAIT, "const"),
}
_OTHERS: dict[str, Code] = {
    "Function": codes.METHOD_FOR_OTHER_ITEM,
    "AssociatedType": codes.TYPE_FOR_OTHER_ITEM,
    "Constant": codes.CONST_FOR_OTHER_ITEM,
}


def _stranger(world: World, impl: Impl, trait: Trait, item: Definition) -> None:
    code, _ = _STRANGERS[type(item).__name__]
    same = [one for one in trait.items.values() if type(one) is type(item)]
    near = suggest.closest(item.name, (one.name for one in same))
    help_ = () if near is None else (f"there is an associated item with a similar name: `{near}`",)
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            code,
            _whole(item),
            {"name": item.name, "trait": trait.name},
            f"not a member of trait `{trait.name}`",
            help=help_,
        ),
    )


def _other_kind(
    world: World, impl: Impl, trait: Trait, pair: tuple[Definition, Definition]
) -> None:
    item, wanted = pair
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            _OTHERS[type(item).__name__],
            _whole(item),
            {"name": item.name, "trait": trait.name},
            "does not match trait",
            (Label(_whole(wanted), "item in trait"),),
        ),
    )


def _whole(item: Definition) -> Span:
    node = getattr(item, "node", None)
    if not isinstance(node, ast.Node):
        return item.span
    return head_span(node)._replace(end=node.span.end)


def _missing(world: World, impl: Impl, missing: list[Definition]) -> None:
    assert impl.node is not None
    names = ", ".join(f"`{item.name}`" for item in missing)
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            codes.MISSING_TRAIT_ITEMS,
            impl.node.head,
            {"names": names},
            f"missing {names} in implementation",
            tuple(Label(item.span, f"`{item.name}` from trait") for item in _local(impl, missing)),
            help=tuple(map(_wanted, missing)),
        ),
    )


def _local(impl: Impl, missing: list[Definition]) -> Iterator[Definition]:
    return (item for item in missing if isinstance(item, Item) and item.crate is impl.crate)


def _wanted(item: Definition) -> str:
    node = getattr(item, "node", None)
    text = item.name
    match item:
        case Function() if isinstance(node, ast.Function):
            span = node.signature.span
            text = f"{span.source.text[span.start : span.end]} {{ todo!() }}"
        case AssociatedType():
            text = f"type {item.name} = /* Type */;"
        case Constant() if isinstance(node, ast.Const):
            span = node.type.span
            text = f"const {item.name}: {span.source.text[span.start : span.end]} = /* value */;"
        case _:
            pass
    return f"implement the missing item: `{text}`"


def _safety(world: World, impl: Impl, trait: Trait) -> None:
    assert impl.node is not None
    dangles = any(one.may_dangle for one in impl.generics.own)
    if impl.negative:
        if impl.node.is_unsafe:
            _say(world, impl, codes.UNSAFE_NEGATIVE_IMPL, impl.node.head)
    elif impl.node.is_unsafe and not trait.unsafe and not dangles:
        _say(world, impl, codes.UNSAFE_IMPL_OF_SAFE_TRAIT, impl.node.head, trait=trait.name)
    elif trait.unsafe and not impl.node.is_unsafe:
        _say(world, impl, codes.SAFE_IMPL_OF_UNSAFE_TRAIT, impl.node.head, trait=trait.name)
