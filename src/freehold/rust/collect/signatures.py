"""Signatures of functions: receivers, elision, `impl Trait` in results."""

from functools import partial
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import UNSUPPORTED
from freehold.rust import ast
from freehold.rust.collect import arguments, bounds
from freehold.rust.collect.lower import Lowerer, only_source
from freehold.rust.collect.regions import (
    Always,
    Binder,
    Binders,
    Elision,
    Fresh,
    Implied,
    Meant,
    Missing,
)
from freehold.rust.collect.written import elided_count, lifetimes, parts
from freehold.rust.items import (
    Function,
    Generics,
    Impl,
    Opaque,
    Parameter,
    ParameterKind,
    Predicate,
    Trait,
)
from freehold.types import UNIT, Type
from freehold.types.generic import (
    ERROR,
    GenericArg,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    Signature,
)

if TYPE_CHECKING:
    from freehold.rust.collect.collector import Collector


def fill(collector: "Collector", function: Function) -> None:
    """Make the signature of `function`, and the opaque types of its result."""
    node = function.node
    if node is None:
        function.signature, function.opaques = Signature((), UNIT), ()
        return
    _Making(collector, function, node).run()


class _Making:
    def __init__(self, collector: "Collector", function: Function, node: ast.Function) -> None:
        self.collector = collector
        self.function = function
        self.written = node.signature
        self.opaques: list[Opaque] = []
        self.received: list[Meant] = []  # the lifetimes in the type of `self`
        generics = function.generics
        self.binder = Binder([one.name for one in generics.late])
        self.lowerer = collector.lowerer_for(function, Fresh(self.binder))
        self.lowerer.binders = Binders([self.binder])
        self.lowerer.implicit = collector.implicit_types(function)

    def run(self) -> None:
        """Make it."""
        lowerer, written = self.lowerer, self.written
        lowerer.counted = 1
        sources: list[list[Meant]] = []
        inputs: list[Type] = []
        receiver: Meant | None = None
        if written.self_param is not None:
            made, receiver = self._receiver(written.self_param)
            inputs.append(made)
            sources.append(self.received)
        inputs += [lowerer.noting(one.type, sources) for one in written.parameters]
        output = self._output(receiver, only_source(sources))
        foreign = self.function.foreign
        self.function.opaques = tuple(self.opaques)
        self.function.signature = Signature(
            tuple(inputs),
            output,
            tuple(self.binder.names),
            written.is_unsafe or (foreign and not written.is_safe),
            written.variadic,
            self._abi(),
        )

    def _abi(self) -> str:
        if self.function.intrinsic:
            return "Rust"
        if self.function.foreign:
            return "C"
        return "Rust" if self.written.abi in {None, "Rust", "rust-call"} else "C"

    # ------------------------------------------------------------------------------------ receivers

    def _receiver(self, param: ast.SelfParam) -> tuple[Type, Meant | None]:
        """Return the type of `self`, and the lifetime that the result takes from it."""
        lowerer = self.lowerer
        itself = self._self_type()
        if param.type is not None:
            sources: list[list[Meant]] = []
            made = lowerer.noting(param.type, sources)
            self.received = sources[0]
            return made, self._from_type(made, itself)
        if not param.reference:
            return itself, None
        if param.lifetime is not None:
            meant = lowerer.meant(param.lifetime)
        else:
            meant = lowerer.elided(param.span, "&")
        return RefType(lowerer.binders.region(meant), itself, param.mutable), meant

    def _self_type(self) -> Type:
        match self.function.parent:
            case Trait():
                return ParamType(0, "Self")
            case Impl() as impl:
                return impl.self_type or ERROR
            case _:
                return ERROR

    def _from_type(self, made: Type, itself: Type) -> Meant | None:
        """Return the lifetime of the only reference to Self in the written type of `self`."""
        found = list(dict.fromkeys(_references(made, itself)))
        if len(found) != 1:
            return None
        return self._as_meant(found[0])

    def _as_meant(self, region: Region) -> Meant:
        for index in range(len(self.binder.names)):
            meant = self.collector.bound_in(self.binder, index)
            if self.lowerer.binders.region(meant) == region:
                return meant
        return region

    # -------------------------------------------------------------------------------------- results

    def _output(self, receiver: Meant | None, source: Meant | None) -> Type:
        lowerer = self.lowerer
        missing = Missing()
        elision: Elision = missing
        if receiver is not None:
            elision = Always(receiver)
        elif source is not None:
            elision = Always(source)
        if self.written.is_async:
            lowerer.say(Diagnostic(UNSUPPORTED, self.written.span, {"what": "`async fn`"}))
        if self.written.output is None:
            return ERROR if self.written.is_async else UNIT
        lowerer.place = "return types"
        lowerer.opaque = self._opaque
        with lowerer.eliding(elision):
            made = lowerer.type(self.written.output)
        if missing.found:
            self.collector.missing_lifetimes(lowerer, missing, self.written)
        return ERROR if self.written.is_async else made

    def _opaque(self, lowerer: Lowerer, node: ast.ImplTraitType) -> Type:
        """Return a new opaque type; its own parameters are the lifetimes that it mentions."""
        if isinstance(self.function.parent, Trait):
            return lowerer.unsupported(node.span, "`impl Trait` in the result of a trait's method")
        function = self.function
        made = Opaque("impl", f"{function.path}::{{opaque}}", node.span, parent=function)
        made.crate, made.scope = function.crate, function.scope
        self.opaques.append(made)
        actual: dict[str, Region] = {}
        for lifetime in _captured(node):
            actual.setdefault(f"'{lifetime.name}", lowerer.region(lifetime))
        if elided_count(node.bounds):
            actual["'_"] = lowerer.binders.region(lowerer.elided(node.span, "'_"))
        parent = function.generics
        own = tuple(
            Parameter(name, ParameterKind.LIFETIME, parent.count + index, node.span)
            for index, name in enumerate(actual)
        )
        made.generics = Generics(parent, own)
        made.defer(partial(self._fill_opaque, node), "bounds")
        given: tuple[GenericArg, ...] = (*arguments.identity(parent), *actual.values())
        return OpaqueType(made, given)

    def _fill_opaque(self, node: ast.ImplTraitType, opaque: Opaque, name: str) -> None:
        del name
        own = {one.name: ParamRegion(one.index, one.name) for one in opaque.generics.own}
        elision: Elision = Always(own["'_"]) if "'_" in own else Implied([])
        lowerer = self.collector.lowerer_for(self.function, elision)
        lowerer.renamed = dict(own)
        lowerer.opaque = partial(self._nested, opaque)
        itself = OpaqueType(opaque, arguments.identity(opaque.generics))
        found: list[Predicate] = list(bounds.predicates(lowerer, node.bounds, itself))
        if not any(isinstance(one, ast.TraitBound) and one.modifier == "?" for one in node.bounds):
            found += self.collector.sized(itself, node.span)
        opaque.bounds = tuple(found)

    def _nested(self, outer: Opaque, lowerer: Lowerer, node: ast.ImplTraitType) -> Type:
        """Return the opaque type of an `impl Trait` inside of another: it has its parameters."""
        function = self.function
        if lowerer.binders and any(binder.names for binder in lowerer.binders):
            return lowerer.unsupported(node.span, "`impl Trait` under a `for<>` of another")
        made = Opaque("impl", f"{function.path}::{{opaque}}", node.span, parent=function)
        made.crate, made.scope = function.crate, function.scope
        function.opaques = (*function.opaques, made)
        made.generics = outer.generics
        made.defer(partial(self._fill_opaque, node), "bounds")
        return OpaqueType(made, arguments.identity(outer.generics))


def _captured(node: ast.ImplTraitType) -> list[ast.Lifetime]:
    """Return the lifetimes that the bounds of an `impl Trait` mention and do not bind."""
    bound = set(_declared(node))
    return [one for one in lifetimes(node.bounds) if one.name not in {"_", "static", *bound}]


def _declared(node: object) -> list[str]:
    if isinstance(node, ast.LifetimeParam):
        return [node.lifetime.name]
    if node is None or isinstance(node, str | bool | int):
        return []
    return [name for part in parts(node) for name in _declared(part)]


def _references(ty: Type, itself: Type) -> list[Region]:
    """Return the lifetimes of the references to `itself` in `ty`."""
    found: list[Region] = []
    collect_references(ty, itself, found)
    return found


def collect_references(ty: Type, itself: Type, found: list[Region]) -> None:
    """Append the lifetimes of the references to `itself` in `ty` to `found`."""
    from freehold.types.fold import parts as parts_of  # noqa: PLC0415
    from freehold.types.generic import is_type  # noqa: PLC0415

    # A projection may be Self under another name; it is not normalised yet.
    if isinstance(ty, RefType) and (ty.pointee == itself or isinstance(ty.pointee, ProjectionType)):
        found.append(ty.region)
    for part in parts_of(ty):
        if is_type(part):
            collect_references(part, itself, found)
