"""How a type changes with its arguments, by a fixpoint over the types that mention each other.

All parameters start as bivariant: unused. Each use makes a parameter more constrained:

    * (unused) above + (covariant) and - (contravariant), above o (invariant)
"""

from collections.abc import Iterable

from freehold.rust.items import ParameterKind, Struct
from freehold.types import ArrayType, PointerKind, PointerType, SliceType, TupleType, Type
from freehold.types.fold import walk
from freehold.types.generic import (
    AdtType,
    ConstParam,
    DynType,
    FnPtrType,
    GenericArg,
    GenericArrayType,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    Variance,
    is_const,
    is_region,
)

_CO, _CONTRA, _IN, _BI = (
    Variance.COVARIANT,
    Variance.CONTRAVARIANT,
    Variance.INVARIANT,
    Variance.BIVARIANT,
)


def through(outer: Variance, inner: Variance) -> Variance:
    """Return the variance of a place of variance `inner` inside of one of variance `outer`."""
    if outer in (_IN, _BI) or inner in (_IN, _BI):
        return outer if outer in (_IN, _BI) else inner
    return _CO if outer is inner else _CONTRA


def meet(one: Variance, other: Variance) -> Variance:
    """Return the variance of something that is used in both ways."""
    if one is other or other is _BI:
        return one
    return other if one is _BI else _IN


def fill(adt: Struct) -> None:
    """Find the variances of `adt` and of all types that its fields lead to."""
    group = _reached(adt)
    known = {one: _start(one) for one in group}
    changed = True
    while changed:
        changed = False
        for one in group:
            made = _once(one, known)
            if made != known[one]:
                known[one] = made
                changed = True
    for one, found in known.items():
        one.variances = tuple(found)


def _set(adt: Struct) -> bool:
    """Tell whether the variances of `adt` are known, without asking for them."""
    try:
        object.__getattribute__(adt, "variances")
    except AttributeError:
        return False
    return True


def _reached(adt: Struct) -> list[Struct]:
    found, queue = {adt: None}, [adt]
    for one in queue:
        for variant in one.variants:
            for field in variant.fields:
                for part in walk(field.type):
                    if isinstance(part, AdtType):
                        inner = part.definition
                        if isinstance(inner, Struct) and inner not in found and not _set(inner):
                            found[inner] = None
                            queue.append(inner)
    return list(found)


def _start(adt: Struct) -> list[Variance]:
    if adt.lang == "phantom_data":
        return [_CO]
    if adt.lang == "unsafe_cell":
        return [_IN]
    return [_IN if one.kind is ParameterKind.CONST else _BI for one in adt.generics.all()]


def _once(adt: Struct, known: dict[Struct, list[Variance]]) -> list[Variance]:
    made = _Uses(_start(adt), known)
    for variant in adt.variants:
        for field in variant.fields:
            made.type(field.type, _CO)
    return made.found


class _Uses:
    """Adds up how types use parameters."""

    def __init__(self, found: list[Variance], known: dict[Struct, list[Variance]]) -> None:
        self.found = found
        self.known = known

    def use(self, index: int, at: Variance) -> None:
        """Note a use of parameter `index`."""
        if 0 <= index < len(self.found):
            self.found[index] = meet(self.found[index], at)

    def region(self, region: Region, at: Variance) -> None:
        """Note a lifetime."""
        if isinstance(region, ParamRegion):
            self.use(region.index, at)

    def argument(self, argument: GenericArg, at: Variance) -> None:
        """Note an argument."""
        if is_region(argument):
            self.region(argument, at)
        elif is_const(argument):
            if isinstance(argument, ConstParam):
                self.use(argument.index, _IN)
        else:
            self.type(argument, at)

    def all(self, arguments: Iterable[GenericArg], at: Variance) -> None:
        """Note several arguments."""
        for argument in arguments:
            self.argument(argument, at)

    def type(self, ty: Type, at: Variance) -> None:
        """Note the parameters in `ty`, which stands in a place of variance `at`."""
        match ty:
            case ParamType():
                self.use(ty.index, at)
            case RefType():
                self.region(ty.region, at)
                self.type(ty.pointee, through(at, _IN) if ty.mutable else at)
            case PointerType():
                mutable = ty.kind is PointerKind.RAW_MUT
                self.type(ty.pointee, through(at, _IN) if mutable else at)
            case AdtType():
                self._adt(ty, at)
            case TupleType():
                self.all(ty.elements, at)
            case ArrayType() | SliceType():
                self.type(ty.element, at)
            case GenericArrayType():
                self.type(ty.element, at)
                self.argument(ty.length, at)
            case FnPtrType():
                self.all(ty.signature.inputs, through(at, _CONTRA))
                self.type(ty.signature.output, at)
            case DynType():
                self.region(ty.region, at)
                self.all(ty.arguments, through(at, _IN))
                self.all((bound for _, bound in ty.bindings), through(at, _IN))
            case ProjectionType() | OpaqueType():
                self.all(ty.arguments, through(at, _IN))
            case _:
                pass

    def _adt(self, ty: AdtType, at: Variance) -> None:
        definition = ty.definition
        assert isinstance(definition, Struct)
        inner = self.known.get(definition)
        for index, argument in enumerate(ty.arguments):
            of = (inner if inner is not None else definition.variances)[index]
            self.argument(argument, through(at, of))
