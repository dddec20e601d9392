"""Trait selection with regions: the erased solver finds the impl, matching its header the regions.

Matching walks an impl's header beside actual arguments. The first time a parameter of the impl is
met it is bound, after that what is met is equal to it; 'static in a header makes a region 'static.
"""

from collections.abc import Callable
from typing import Any

from freehold.records import dataclass, field
from freehold.rust.items import AssociatedType, Impl, ProjectionPredicate, Trait
from freehold.rust.regions.relate import Relate
from freehold.rust.regions.variables import Regions, signature_of
from freehold.rust.traits.env import ParamEnv
from freehold.rust.traits.goals import Chosen, ImplSource
from freehold.rust.traits.project import trait_arity
from freehold.rust.traits.solver import Solver
from freehold.rust.traits.world import World, impl_item
from freehold.types import ArrayType, PointerType, SliceType, TupleType, Type
from freehold.types.fold import (
    Folder,
    Substitute,
    erase,
    open_signature,
    substitute,
    substitute_signature,
)
from freehold.types.generic import (
    ERASED,
    AdtType,
    ClosureType,
    ConstParam,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArg,
    GenericArrayType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    RegionVar,
    Signature,
    StaticRegion,
    TraitRef,
    Variance,
    is_const,
    is_region,
    is_type,
    type_argument,
)

Arguments = tuple[GenericArg, ...]
_CALLS = frozenset({"fn", "fn_mut", "fn_once"})


class _Erased(Folder):
    """Erases all regions, and takes the captures and signature off extended closures."""

    __slots__ = ()

    def type(self, ty: Type) -> Type:
        if isinstance(ty, ClosureType) and ty.arguments and isinstance(ty.arguments[-1], FnPtrType):
            ty = ClosureType(ty.definition, ty.arguments[:-2])
        return self.parts(ty)


def plain(ty: Type) -> Type:
    """Return `ty` as type checking knows it: without regions."""
    return erase(_Erased().type(ty))


@dataclass(slots=True)
class Match:
    """Arguments found for an impl's parameters; `relate` makes equal what is met twice."""

    relate: Relate
    found: dict[int, GenericArg] = field(default_factory=dict)

    def arguments(self, pattern: Arguments, actual: Arguments) -> None:
        """Match arguments in a row."""
        for one, other in zip(pattern, actual, strict=False):
            self.argument(one, other)

    def argument(self, pattern: GenericArg, actual: GenericArg) -> None:
        """Match one argument of a header."""
        if is_region(pattern):
            if isinstance(pattern, ParamRegion):
                self._bind(pattern.index, actual)
            elif isinstance(pattern, StaticRegion):
                static = RegionVar(STATIC_NUMBER)
                self.relate.argument(static, actual, Variance.INVARIANT)
            return
        if is_const(pattern):
            if isinstance(pattern, ConstParam):
                self._bind(pattern.index, actual)
            return
        if isinstance(pattern, ParamType):
            self._bind(pattern.index, actual)
            return
        match = _MATCH.get(type(pattern))
        # An array of a known length is one of any length.
        array = isinstance(pattern, GenericArrayType) and isinstance(actual, ArrayType)
        if match is not None and (array or type(actual) is type(pattern)):
            match(self, pattern, actual)

    def _bind(self, index: int, actual: GenericArg) -> None:
        known = self.found.setdefault(index, actual)
        if known is not actual:
            self.relate.argument(known, actual, Variance.INVARIANT)


STATIC_NUMBER = RegionVar(0).id  # type: ignore[arg-type]


def _match_reference(self: Match, pattern: RefType, actual: RefType) -> None:
    self.argument(pattern.region, actual.region)
    self.argument(pattern.pointee, actual.pointee)


def _match_applied(self: Match, pattern: Any, actual: Any) -> None:
    if pattern.definition is actual.definition:
        self.arguments(pattern.arguments, actual.arguments)


def _match_tuple(self: Match, pattern: TupleType, actual: TupleType) -> None:
    self.arguments(pattern.elements, actual.elements)


def _match_element(self: Match, pattern: Any, actual: Any) -> None:
    self.argument(pattern.element, actual.element)


def _match_generic_array(self: Match, pattern: GenericArrayType, actual: Any) -> None:
    self.argument(pattern.element, actual.element)


def _match_pointer(self: Match, pattern: PointerType, actual: PointerType) -> None:
    self.argument(pattern.pointee, actual.pointee)


def _match_function(self: Match, pattern: FnPtrType, actual: FnPtrType) -> None:
    ours, theirs = pattern.signature, actual.signature
    if len(ours.inputs) == len(theirs.inputs) and not theirs.bound:
        self.arguments((*ours.inputs, ours.output), (*theirs.inputs, theirs.output))


def _match_dyn(self: Match, pattern: DynType, actual: DynType) -> None:
    if pattern.trait is actual.trait:
        self.argument(pattern.region, actual.region)
        self.arguments(pattern.arguments, actual.arguments)


_MATCH: dict[type, Callable[[Match, Any, Any], None]] = {
    RefType: _match_reference,
    AdtType: _match_applied,
    FnDefType: _match_applied,
    TupleType: _match_tuple,
    SliceType: _match_element,
    ArrayType: _match_element,
    GenericArrayType: _match_generic_array,
    PointerType: _match_pointer,
    FnPtrType: _match_function,
    DynType: _match_dyn,
}


class Selection:
    """Normalisation and impl lookup for the types of one body."""

    __slots__ = ("_known", "_own", "_regions", "_solver")

    def __init__(
        self, world: World, env: ParamEnv, regions: Regions, own: "list[OwnProjection]"
    ) -> None:
        """Take the body's where clauses; `own` are its projections with their regions."""
        self._solver = Solver(world, env)
        self._regions = regions
        self._own = own
        self._known: dict[TraitRef, Chosen | None] = {}

    def chosen(self, trait: TraitRef) -> Chosen | None:
        """Return what makes `trait` hold, or None if that is not clear."""
        erased = TraitRef(trait.trait, plain_arguments(trait.arguments))
        if erased not in self._known:
            found = self._solver.select(erased)
            self._known[erased] = found if isinstance(found, Chosen) else None
        return self._known[erased]

    def impl_arguments(self, trait: TraitRef, source: ImplSource, relate: Relate) -> Arguments:
        """Return the arguments, with regions, of the impl that `trait` was selected from."""
        impl = source.impl
        assert impl.trait is not None
        match = Match(relate)
        match.arguments(impl.trait.arguments, trait.arguments)
        if any(number not in match.found for number in range(impl.generics.count)):
            self._tie(impl, match, source.arguments)
        return self._complete(match, source.arguments, impl)

    def _tie(self, impl: Impl, match: Match, erased: Arguments) -> None:
        """Find what only where clauses determine: B in `impl<B, F: Fn() -> B> Trait for F`."""
        relate = match.relate
        for one in impl.generics.all_predicates():
            if not isinstance(one, ProjectionPredicate) or one.bound:
                continue
            put = Substitute(self._complete(match, erased, impl))
            given = [
                self.normalise(each, relate) if is_type(each) else each
                for each in self._regions.renumber_all(put.arguments(one.arguments))
            ]
            known = self.project(ProjectionType(one.item, tuple(given)), relate)
            if known is None:
                continue
            known = self.normalise(known, relate)
            if isinstance(one.type, ParamType) and one.type.index not in match.found:
                match.found[one.type.index] = known
            else:
                wanted = self.normalise(self._regions.renumber(put.type(one.type)), relate)
                relate.equal(known, wanted)

    def _complete(self, match: Match, erased: Arguments, impl: Impl) -> Arguments:
        """Fill in what the header does not say: found by the solver, regions unknown."""
        out: list[GenericArg] = []
        for number in range(impl.generics.count):
            known = match.found.get(number)
            if known is None:
                found = erased[number] if number < len(erased) else self._regions.fresh()
                known = self._regions.renumber_all((found,))[0]
            out.append(known)
        return tuple(out)

    def normalise(self, ty: Type, relate: Relate) -> Type:
        """Return `ty` with each projection replaced by what it is."""
        return _Normalise(self, relate).type(ty)

    def field(self, ty: Type, relate: Relate) -> Type:
        """Return the type of a field, arguments put in: normalised, its other regions fresh."""
        return self.normalise(self._regions.renumber(ty), relate)

    def signature(self, signature: Signature, relate: Relate) -> Signature:
        """Return an opened signature, normalised."""
        return _Normalise(self, relate).signature(signature)

    def project(self, ty: ProjectionType, relate: Relate) -> Type | None:
        """Return what a projection is; None if it is rigid."""
        own = self._declared(ty, relate)
        if own is not None:
            return own
        item = ty.item
        assert isinstance(item, AssociatedType)
        trait = item.parent
        assert isinstance(trait, Trait)
        self_type = type_argument(ty.arguments, 0)
        called = self._called(trait, self_type, ty.arguments, relate)
        if called is not None:
            return called
        if isinstance(self_type, DynType):
            for bound, value in self_type.bindings:
                if bound is item:
                    return value
        arity = trait_arity(item)
        reference = TraitRef(trait, ty.arguments[:arity])
        chosen = self.chosen(reference)
        if chosen is None or not isinstance(chosen.source, ImplSource):
            return None
        arguments = self.impl_arguments(reference, chosen.source, relate)
        found = impl_item(chosen.source.impl, item)
        if isinstance(found, AssociatedType) and found.value is not None:
            value = found.value
            arguments = (*arguments, *ty.arguments[arity:])
        elif item.value is not None:
            value, arguments = item.value, ty.arguments
        else:
            return None
        return self._regions.renumber(substitute(value, arguments))

    def _declared(self, ty: ProjectionType, relate: Relate) -> Type | None:
        erased = plain_arguments(ty.arguments)
        for own in self._own:
            if own.item is ty.item and plain_arguments(own.parts[:-1]) == erased:
                parts = self._regions.opened(own.parts, own.bound)
                relate.arguments(parts[:-1], ty.arguments, Variance.INVARIANT)
                return type_argument(parts, -1)
        return None

    def _called(
        self, trait: Trait, self_type: Type, arguments: Arguments, relate: Relate
    ) -> Type | None:
        """Return the output of what can be called, its inputs made equal to the tuple given."""
        if trait.lang not in _CALLS:
            return None
        while isinstance(self_type, RefType):
            self_type = self_type.pointee
        signature = self.callable(self_type, relate)
        given = arguments[1] if len(arguments) > 1 else None
        if signature is None or not isinstance(given, TupleType):
            return None
        for one, other in zip(given.elements, signature.inputs, strict=False):
            relate.sub(one, other)
        return signature.output

    def callable(self, ty: Type, relate: Relate) -> Signature | None:
        """Return the signature of a closure, function item or pointer, opened and normalised."""
        match ty:
            case ClosureType():
                signature = signature_of(ty)
            case FnPtrType(signature):
                pass
            case FnDefType(definition, arguments):
                own = getattr(definition, "signature", None)
                if own is None:
                    return None
                signature = Substituted(self._regions).signature_of(own, arguments)
            case _:
                return None
        opened = open_signature(signature, tuple(self._regions.fresh() for _ in signature.bound))
        return self.signature(opened, relate)


class Substituted:
    """Signatures with arguments put in and every other region a variable."""

    __slots__ = ("_regions",)

    def __init__(self, regions: Regions) -> None:
        """Take what makes variables."""
        self._regions = regions

    def signature_of(self, signature: Signature, arguments: Arguments) -> Signature:
        """Return `signature` with `arguments`, its binder kept."""
        return self._regions.signature(substitute_signature(signature, arguments))


@dataclass(frozen=True, slots=True)
class OwnProjection:
    """What a where clause says of an associated type, with the body's regions.

    `parts` are the arguments of the projection, then what it is; `bound` is around them.
    """

    item: object
    parts: Arguments
    bound: tuple[str, ...] = ()


class _Normalise(Folder):
    __slots__ = ("_relate", "_selection", "_spent")

    def __init__(self, selection: Selection, relate: Relate) -> None:
        super().__init__()
        self._selection = selection
        self._relate = relate
        self._spent = 0

    def type(self, ty: Type) -> Type:
        ty = self.parts(ty)
        if isinstance(ty, ProjectionType) and not self.depth and self._spent < _LIMIT:
            self._spent += 1
            found = self._selection.project(ty, self._relate)
            return ty if found is None else self.type(found)
        return ty

    def signature(self, signature: Signature) -> Signature:
        """An opened signature binds nothing: its parts are normalised too."""
        if signature.bound:
            return super().signature(signature)
        inputs = tuple([self.type(one) for one in signature.inputs])
        return Signature(
            inputs,
            self.type(signature.output),
            (),
            signature.unsafe,
            signature.variadic,
            signature.abi,
        )


_LIMIT = 64


def plain_arguments(arguments: Arguments) -> Arguments:
    """Return arguments as type checking knows them."""
    return _Plain().arguments(arguments)


class _Plain(_Erased):
    __slots__ = ()

    def type(self, ty: Type) -> Type:
        return plain(ty)

    def region(self, region: Any) -> Any:
        return ERASED
