"""Concrete types made plain: every generic type without parameters has one plain type.

ADTs and closures become `Adt`s, one object for each instance; references become pointers, usize
becomes u64, function items and what else has no data become the unit.
"""

from collections.abc import Sequence

from freehold.rust import ast
from freehold.rust.infer.instantiate import instantiate
from freehold.rust.infer.show import show
from freehold.rust.items import Struct, TraitPredicate
from freehold.rust.resolve.declare import words
from freehold.rust.traits import Instances
from freehold.rust.traits.answers import Facts
from freehold.rust.traits.world import is_sized_bound
from freehold.types import (
    UNIT,
    Adt,
    AdtKind,
    ArrayType,
    DynamicType,
    Field,
    FunctionType,
    IntType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
    Variant,
)
from freehold.types.generic import (
    AdtDef,
    AdtType,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArg,
    ParamType,
    RefType,
    Signature,
    VariantDef,
)

Arguments = tuple[GenericArg, ...]

_SAME = frozenset((StrType,))


class Types:
    """Plain types of concrete ones, and what mono asks of concrete types."""

    def __init__(self, instances: Instances) -> None:
        """Normalise by `instances`."""
        self.instances = instances
        self._facts = Facts(instances.solver)
        self._known: dict[Type, Type] = {}
        self._fixed: dict[AdtDef, bool] = {}
        self._arguments: dict[tuple[Arguments, Type], Type] = {}

    # -------------------------------------------------------------------------- generic to concrete

    def concrete(self, ty: Type, arguments: Arguments) -> Type:
        """Return a type of an item with `arguments` for its parameters, normalised."""
        if type(ty) is IntType:
            return ty
        key = (arguments, ty)
        known = self._arguments.get(key)
        if known is None:
            made = instantiate(ty, arguments) if arguments else ty
            known = self._arguments[key] = self.instances.normalize_concrete(made)
        return known

    def signature(self, signature: Signature, arguments: Arguments) -> Signature:
        """Return the types of a signature, concrete; its binder is gone."""
        inputs = tuple(self.concrete(one, arguments) for one in signature.inputs)
        output = self.concrete(signature.output, arguments)
        return Signature(inputs, output, (), signature.unsafe, signature.variadic, signature.abi)

    def needs_drop(self, ty: Type) -> bool:
        """Tell whether dropping a concrete type does anything."""
        return self._facts.needs_drop(ty)

    def is_copy(self, ty: Type) -> bool:
        """Tell whether a concrete type is Copy."""
        return self._facts.is_copy(ty)

    # ---------------------------------------------------------------------------- concrete to plain

    def plain(self, ty: Type) -> Type:
        """Return the plain type of a concrete one."""
        known = self._known.get(ty)
        if known is None:
            known = self._plain(ty)
            self._known[ty] = known
        return known

    def plain_of(self, ty: Type, arguments: Arguments) -> Type:
        """Return the plain type of a type of an item with `arguments`."""
        return self.plain(self.concrete(ty, arguments))

    def _plain(self, ty: Type) -> Type:  # noqa: PLR0911 (a case a line)
        match ty:
            case IntType(bits, signed):
                return IntType(bits, signed)
            case RefType(_, pointee, mutable):
                kind = PointerKind.REF_MUT if mutable else PointerKind.REF
                return PointerType(self.plain(pointee), kind)
            case PointerType(pointee, kind):
                return PointerType(self.plain(pointee), kind)
            case AdtType(definition, arguments):
                return self._adt(ty, definition, arguments)
            case ClosureType():
                return self._closure(ty)
            case TupleType(elements):
                return TupleType(tuple(map(self.plain, elements)))
            case ArrayType(element, length):
                return ArrayType(self.plain(element), length)
            case SliceType(element):
                return SliceType(self.plain(element))
            case FnDefType():
                return UNIT
            case FnPtrType(signature):
                return PointerType(self.function(signature), PointerKind.REF)
            case DynType():
                return DynamicType(show(ty))
            case _:
                return ty

    def function(self, signature: Signature) -> FunctionType:
        """Return the plain type of a function; a Rust function may unwind."""
        concrete = self.signature(signature, ())
        inputs = tuple(map(self.plain, concrete.inputs))
        rust = concrete.abi != "C"
        return FunctionType(
            inputs, self.plain(concrete.output), variadic=signature.variadic, unwinds=rust
        )

    # --------------------------------------------------------------------------------------- adts

    def _adt(self, ty: Type, definition: AdtDef, arguments: Arguments) -> Adt:
        adt = Adt(definition.kind, show(ty), rust_layout=True)
        self._known[ty] = adt  # before its fields: they may have pointers to it
        adt.variants = tuple(self._variant(one, arguments) for one in definition.variants)
        if definition.kind is not AdtKind.ENUM and not adt.variants:
            adt.variants = (Variant(definition.name, ()),)
        _represent(adt, definition)
        adt.fixed_tail = self._is_fixed(definition)
        adt.complete = True
        return adt

    def _variant(self, variant: VariantDef, arguments: Arguments) -> Variant:
        fields = (Field(one.name, self.plain_of(one.type, arguments)) for one in variant.fields)
        return Variant(variant.name, tuple(fields), variant.discriminant)

    def _closure(self, ty: ClosureType) -> Adt:
        adt = Adt(AdtKind.STRUCT, show(ty), rust_layout=True)
        self._known[ty] = adt
        fields = tuple(
            Field(one.name, self.plain_of(one.type, ty.arguments)) for one in ty.definition.captures
        )
        adt.variants = (Variant("closure", fields),)
        adt.complete = True
        return adt

    def _is_fixed(self, definition: AdtDef) -> bool:
        """Whether the last field of a struct stays last, since it may be unsized."""
        if definition.kind is not AdtKind.STRUCT or not definition.fields:
            return False
        known = self._fixed.get(definition)
        if known is None:
            self._fixed[definition] = False
            last = definition.fields[-1].type
            known = self._fixed[definition] = _may_be_unsized(definition, last, self._is_fixed)
        return known


def _may_be_unsized(definition: AdtDef, ty: Type, is_fixed: "object") -> bool:
    match ty:
        case ParamType(index):
            return not _is_sized(definition, index)
        case SliceType() | StrType() | DynType():
            return True
        case AdtType(inner, arguments) if callable(is_fixed) and is_fixed(inner):
            last = inner.fields[-1].type
            if isinstance(last, ParamType):
                argument = arguments[last.index]
                return isinstance(argument, ParamType) and not _is_sized(definition, argument.index)
            return False
        case _:
            return False


def _is_sized(definition: AdtDef, index: int) -> bool:
    assert isinstance(definition, Struct)
    return any(
        isinstance(predicate, TraitPredicate)
        and is_sized_bound(predicate)
        and isinstance(predicate.trait.self_type, ParamType)
        and predicate.trait.self_type.index == index
        for predicate in definition.generics.all_predicates()
    )


_TAGS = {
    f"{letter}{bits}": IntType(bits, letter == "i")
    for letter in "iu"
    for bits in (8, 16, 32, 64, 128)
} | {"isize": IntType(64, signed=True), "usize": IntType(64, signed=False)}
_ALL = (1 << 128) - 1


def _represent(adt: Adt, definition: AdtDef) -> None:
    """Put what `#[repr]` and std's own attributes say into `adt`."""
    for word in definition.repr:
        name, _, number = word.rstrip(")").partition("(")
        if name == "C":
            adt.ordered = True
        elif name == "packed":
            adt.pack = int(number or 1)
            adt.packed = adt.pack == 1
        elif name == "align":
            adt.align = max(adt.align, int(number))
        elif name in _TAGS:
            adt.tag = _TAGS[name]
    adt.opaque = definition.lang == "unsafe_cell"
    attributes: Sequence[ast.Attribute] = getattr(definition, "attributes", ())
    low = words(attributes, "rustc_layout_scalar_valid_range_start")
    high = words(attributes, "rustc_layout_scalar_valid_range_end")
    if low or high:
        adt.valid = int(low[0], 0) if low else 0, int(high[0], 0) if high else _ALL
