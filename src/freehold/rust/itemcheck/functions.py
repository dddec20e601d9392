"""Functions that the grammar lets stand where they may not: rustc validates its tree for these."""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust as codes
from freehold.diagnostics.codes import RUST_SYNTAX
from freehold.rust.items import Function, Impl, Trait
from freehold.rust.resolve.scopes import module_scope
from freehold.rust.traits import World


def check(world: World, function: Function) -> None:
    """Report a missing body, a `self` outside of impls and traits, and `pub` in a trait (E0449)."""
    for one in _faults(function):
        world.crates.world.report(module_scope(function.scope), one)


def _faults(function: Function) -> Iterator[Diagnostic]:
    node, parent = function.node, function.parent
    if node is None or function.foreign:
        return
    own = node.signature.self_param
    if own is not None and not isinstance(parent, Impl | Trait):
        what = {"what": "`self` parameter is only allowed in associated functions"}
        label = "not semantically valid as function parameter"
        yield Diagnostic(RUST_SYNTAX, own.span, what, label)
    if node.body is None and not isinstance(parent, Trait):
        inside = "associated function in `impl` without body"
        what = {"what": inside if isinstance(parent, Impl) else "free function without a body"}
        yield Diagnostic(RUST_SYNTAX, node.span, what)
    if node.visibility is not None and isinstance(parent, Trait):
        yield Diagnostic(codes.VISIBILITY_ON_IMPL, node.visibility.span)
