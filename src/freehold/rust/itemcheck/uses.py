"""Rules on single functions: `const` in traits, receivers, foreign functions."""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.infer.instantiate import without_regions
from freehold.rust.infer.show import show
from freehold.rust.items import Function, Impl, Trait
from freehold.rust.traits import Outcome, Solver, World, param_env
from freehold.rust.traits.goals import Goal
from freehold.types import Type
from freehold.types.fold import open_signature
from freehold.types.generic import ERASED, ERROR, ErrorType, ParamType, ProjectionType, RefType


def check(world: World) -> None:
    """Check all functions of the user's crate."""
    for function in world.crates.user.functions:
        if function.node is not None:
            _constant(world, function, function.node)
            _receiver(world, function, function.node)
            _foreign(world, function, function.node)


def _constant(world: World, function: Function, node: ast.Function) -> None:
    """Report E0379."""
    parent = function.parent
    of_trait = (
        isinstance(parent, Impl) and parent.node is not None and parent.node.trait is not None
    )
    if not node.signature.is_const or not (isinstance(parent, Trait) or of_trait):
        return
    where = "traits" if isinstance(parent, Trait) else "trait impls"
    start = node.signature.span
    world.crates.world.report(
        function.scope,
        Diagnostic(
            codes.CONST_METHOD_IN_TRAIT,
            start._replace(end=start.start + len("const")),
            {"where": where},
            f"functions in {where} cannot be const",
            help=("remove the `const`",),
        ),
    )


def _foreign(world: World, function: Function, node: ast.Function) -> None:
    """Report E0130: patterns as parameters of a foreign function."""
    if not function.foreign:
        return
    for parameter in node.signature.parameters:
        pattern = parameter.pattern
        plain = isinstance(pattern, ast.WildPattern) or (
            isinstance(pattern, ast.IdentPattern) and not (pattern.mutable or pattern.by_ref)
        )
        if not plain:
            label = "pattern not allowed in foreign function"
            world.crates.world.report(
                function.scope,
                Diagnostic(codes.PATTERN_IN_FOREIGN_FUNCTION, pattern.span, primary=label),
            )


def _receiver(world: World, function: Function, node: ast.Function) -> None:
    """Report E0307 and E0801: a `self` whose type does not lead to Self."""
    parameter = node.signature.self_param
    if parameter is None or parameter.type is None or function.signature is None:
        return
    signature = function.signature
    opened = open_signature(signature, (ERASED,) * len(signature.bound))
    solver = Solver(world, param_env(world, function))
    nested: list[Goal] = []
    found = solver.normalize(without_regions(opened.inputs[0]), nested)
    itself = solver.normalize(without_regions(_self_type(function)), nested)
    if isinstance(found, ErrorType) or isinstance(itself, ErrorType):
        return
    at = found
    while isinstance(at, RefType):
        at = at.pointee
    own = {one.index for one in function.generics.own}
    if isinstance(at, ParamType) and at.index in own and at != itself:
        world.crates.world.report(
            function.scope,
            Diagnostic(
                codes.GENERIC_RECEIVER, parameter.type.span, {"type": show(found)},
                notes=("type of `self` must not be a method generic parameter type",),
            ),
        )  # fmt: skip
        return
    if itself in _steps(solver, found):
        return
    help_ = (
        "consider changing to `self`, `&self`, `&mut self`, or a type implementing `Receiver` "
        "such as `self: Box<Self>`, `self: Rc<Self>`, or `self: Arc<Self>`"
    )
    world.crates.world.report(
        function.scope,
        Diagnostic(codes.BAD_RECEIVER, parameter.type.span, {"type": show(found)}, help=(help_,)),
    )


def _steps(solver: Solver, ty: Type) -> Iterator[Type]:
    """Return `ty` and what it leads to through references and types that are Receivers."""
    target = solver.world.lang_trait("deref")
    item = target.items["Target"] if target is not None else None
    for _ in range(32):
        yield ty
        if isinstance(ty, RefType):
            ty = ty.pointee
        elif item is not None and solver.implements(ty, "legacy_receiver") is Outcome.YES:
            ty = solver.normalize(ProjectionType(item, (ty,)), [])
        else:
            return


def _self_type(function: Function) -> Type:
    match function.parent:
        case Trait():
            return ParamType(0, "Self")
        case Impl() as impl:
            return impl.self_type or ERROR
        case _:
            return ERROR
