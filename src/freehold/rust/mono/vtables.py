"""Vtables: drop glue, size, alignment, methods, and the vtables of supertraits."""

from freehold.mir.body import Global, Relocation
from freehold.mir.values import AddressConst, Cast, CastKind, Operand, Symbol
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.infer.instantiate import instantiate_trait
from freehold.rust.infer.show import show
from freehold.rust.items import Function, ParameterKind, Trait, TraitPredicate
from freehold.rust.mono.keys import Arguments, BodyKey, GlueKey, Key, MethodKey
from freehold.rust.mono.program import Mono
from freehold.rust.mono.sizes import FIRST_METHOD
from freehold.rust.mono.writer import Writer
from freehold.rust.traits import Shim
from freehold.rust.traits.unsize import principal_of
from freehold.rust.traits.world import is_sized_bound
from freehold.source import Span
from freehold.types import (
    U8,
    U64,
    ArrayType,
    PointerKind,
    PointerType,
    Type,
    layout_of,
    size_of,
)
from freehold.types.generic import ERASED, Definition, DynType, ParamType, TraitRef


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands in the vtables of a trait, from `FIRST_METHOD` on.

    `methods` are each method with its arguments, its trait's first; `supers` the supertraits.
    """

    methods: tuple[tuple[Function, Arguments], ...]
    supers: tuple[TraitRef, ...]

    @property
    def words(self) -> int:
        """How long such a vtable is."""
        return FIRST_METHOD + len(self.methods) + len(self.supers)


def shape_of(mono: Mono, principal: TraitRef) -> Shape:
    """Return the shape of the vtables of a trait applied to a concrete Self."""
    key = ("shape", principal)
    known = mono.memo.get(key)
    if known is None:
        known = mono.memo[key] = _shape(mono, principal)
    assert isinstance(known, Shape)
    return known


def _shape(mono: Mono, principal: TraitRef) -> Shape:
    trait = principal.trait
    assert isinstance(trait, Trait)
    every = [
        _normal(mono, instantiate_trait(one, principal.arguments))
        for one in mono.world.supertraits(trait)
    ]
    methods = tuple(
        # A method's own parameters are lifetimes.
        (method, (*one.arguments, *(ERASED for _ in method.generics.own)))
        for one in dict.fromkeys(every)
        for method in _methods(one.trait)
    )
    return Shape(methods, tuple(dict.fromkeys(every[1:])))


def _normal(mono: Mono, trait: TraitRef) -> TraitRef:
    return TraitRef(trait.trait, mono.instances.normalize_arguments(trait.arguments))


def _methods(trait: Definition) -> list[Function]:
    """Return the methods of a trait that can be called on a trait object."""
    assert isinstance(trait, Trait)
    return [one for one in trait.items.values() if isinstance(one, Function) and _is_virtual(one)]


def _is_virtual(method: Function) -> bool:
    if not method.has_self:
        return False
    if any(one.kind is not ParameterKind.LIFETIME for one in method.generics.own):
        return False
    return not any(
        isinstance(predicate, TraitPredicate)
        and is_sized_bound(predicate)
        and isinstance(predicate.trait.self_type, ParamType)
        and predicate.trait.self_type.index == 0
        for predicate in method.generics.predicates
    )


def slot_of(mono: Mono, self_type: Type, method: Definition, arguments: Arguments) -> int:
    """Return the word of a method in the vtable of trait object `self_type`."""
    assert isinstance(self_type, DynType)
    principal = _normal(mono, principal_of(self_type, self_type))
    shape = shape_of(mono, principal)
    for index, (one, of_trait) in enumerate(shape.methods):
        if one is method and of_trait == arguments:
            return FIRST_METHOD + index
    # Where the arguments differ in what does not count (bound regions), the method alone decides.
    for index, (one, _) in enumerate(shape.methods):
        if one is method:
            return FIRST_METHOD + index
    raise LookupError(f"{method.path} is not in the vtable of {show(self_type)}")


def super_slot(mono: Mono, source: DynType, target: DynType) -> int | None:
    """Return the word that holds `target`'s vtable in that of `source`; None: it is the same."""
    if target.trait is None or target.trait is source.trait:
        return None
    shape = shape_of(mono, _normal(mono, principal_of(source, source)))
    for index, one in enumerate(shape.supers):
        if one.trait is target.trait:
            return FIRST_METHOD + len(shape.methods) + index
    raise LookupError(f"{show(target)} is no supertrait of {show(source)}")


def vtable(mono: Mono, ty: Type, target: DynType) -> Symbol:
    """Return the vtable of concrete type `ty` as trait object `target`."""
    principal = None if target.trait is None else _normal(mono, principal_of(target, ty))
    return _table(mono, ty, principal)


def vtable_operand(mono: Mono, writer: Writer, ty: Type, target: DynType) -> Operand:
    """Return the address of a vtable as a u64."""
    pointer = AddressConst(vtable(mono, ty, target), 0, PointerType(U8, PointerKind.RAW_CONST))
    return writer.let(U64, Cast(CastKind.EXPOSE, pointer, U64))


def _table(mono: Mono, ty: Type, principal: TraitRef | None) -> Symbol:
    key = ("vtable", ty, principal)
    known = mono.memo.get(key)
    if known is None:
        name = f"vtable of {show(ty)}" + (f" as {principal.trait.name}" if principal else "")
        known = mono.memo[key] = Symbol(mono.unique(name))
        _make(mono, Symbol(str(known)), ty, principal)
    assert isinstance(known, str)
    return Symbol(known)


def _make(mono: Mono, symbol: Symbol, ty: Type, principal: TraitRef | None) -> None:
    plain = mono.types.plain(ty)
    layout = layout_of(plain)
    words = [0, size_of(plain), layout.align]
    held: list[Relocation] = []
    if mono.types.needs_drop(ty):
        held.append(Relocation(0, mono.symbol(GlueKey(ty))))
    if principal is not None:
        shape = shape_of(mono, principal)
        words += [0] * (len(shape.methods) + len(shape.supers))
        for index, (method, arguments) in enumerate(shape.methods):
            at = 8 * (FIRST_METHOD + index)
            entry = _entry(mono, method, arguments)
            if entry is not None:
                held.append(Relocation(at, mono.symbol(entry)))
        first = FIRST_METHOD + len(shape.methods)
        held += [
            Relocation(8 * (first + index), _table(mono, ty, one))
            for index, one in enumerate(shape.supers)
        ]
    data = b"".join(word.to_bytes(8, "little") for word in words)
    mono.add_global(
        Global(
            symbol,
            str(symbol),
            ArrayType(U64, len(words)),
            data,
            _nowhere(mono),
            tuple(held),
            len(data),
            8,
            constant=True,
            vtable=True,
        )
    )


def _nowhere(mono: Mono) -> Span:
    return mono.world.crates.user.root.span


def _entry(mono: Mono, method: Function, arguments: Arguments) -> Key | None:
    """Return what a method's word in a vtable is; None if nobody can call it."""
    instance = mono.instances.resolve(method, arguments)
    if instance is None:
        return None
    signature = mono.signature_of(method, arguments)
    own = mono.types.plain(signature.inputs[0])
    direct = isinstance(own, PointerType) and instance.shim is Shim.NONE
    if direct and _is_ordinary(instance.definition) and not mono.is_tracked(instance.definition):
        return BodyKey(instance.definition, instance.arguments)
    return MethodKey(method, arguments)


def _is_ordinary(definition: Definition) -> bool:
    return (
        isinstance(definition, Function)
        and not definition.intrinsic
        and not definition.foreign
        and isinstance(definition.node, ast.Function)
    )
