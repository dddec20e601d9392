"""The types of values, with their regions: operands, constants, borrows, aggregates.

p = &'r q        :- sub(&'r type(q), type(p)); for each `*x` in q, x: &'s T: 's: 'r,
                    up to and with the first shared one.
"""

from collections.abc import Callable

from freehold.borrow.regions import Category
from freehold.mir.values import (
    Aggregate,
    Binary,
    Cast,
    Copy,
    Deref,
    ItemConst,
    Move,
    NamedConst,
    Operand,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    StringConst,
    Use,
)
from freehold.rust.items import Constant
from freehold.rust.regions.casts import Casts
from freehold.rust.regions.clauses import Clauses
from freehold.rust.regions.closures import Closures
from freehold.rust.regions.constraints import Constraints
from freehold.rust.regions.places import PlaceTypes
from freehold.rust.regions.selection import Substituted, plain
from freehold.rust.regions.variables import mapped
from freehold.types import AdtKind, ArrayType, PointerKind, PointerType, SliceType, Type
from freehold.types.fold import substitute
from freehold.types.generic import (
    ERASED,
    ERROR,
    STATIC,
    AdtType,
    ClosureType,
    Definition,
    FnDefType,
    FnPtrType,
    GenericArg,
    GenericArrayType,
    RefType,
    TraitRef,
    Variance,
)

_COVARIANT = Variance.COVARIANT


Promoted = Callable[[Definition], Type | None]
"""Checks a promoted constant where it is used, and returns its type; None for all others."""


class Values:
    """Gives the type of each rvalue, and relates what it is made of."""

    __slots__ = ("_casts", "_clauses", "_closures", "_promoted", "constraints", "places")

    def __init__(
        self,
        constraints: Constraints,
        clauses: Clauses,
        closures: Closures,
        places: PlaceTypes,
        promoted: Promoted,
    ) -> None:
        """Take where constraints go, and the parts that know of clauses, closures and places."""
        self._promoted = promoted
        self.constraints = constraints
        self.places = places
        self._clauses = clauses
        self._closures = closures
        self._casts = Casts(constraints, clauses)

    def rvalue(self, rvalue: Rvalue, target: Type) -> Type | None:
        """Return the type of an rvalue; None if it has no regions to relate."""
        match rvalue:
            case Use(operand):
                return self.operand(operand)
            case Ref():
                return self.borrow(rvalue)
            case RawPointer(place, mutable):
                kind = PointerKind.RAW_MUT if mutable else PointerKind.RAW_CONST
                return PointerType(self.places.place(place), kind)
            case Cast():
                return self._casts.cast(rvalue, self.operand(rvalue.operand))
            case Aggregate():
                return self.aggregate(rvalue)
            case Repeat(operand):
                element = self.operand(operand)
                if isinstance(target, ArrayType | GenericArrayType):
                    self.constraints.relate.sub(element, target.element)
                if isinstance(operand, Move) and rvalue.length != 1:
                    self._copied(element)
                return None
            case Binary(_, left, right):
                self._compare(self.operand(left), self.operand(right))
                return None
            case _:
                return None

    def _compare(self, left: Type, right: Type) -> None:
        """Pointers that are compared have a type in common."""
        if isinstance(left, PointerType | FnPtrType):
            common = self.constraints.regions.renumber(plain(left))
            with self.constraints.because(Category.BORING):
                self.constraints.relate.sub(left, common)
                self.constraints.relate.sub(right, common)

    def operand(self, operand: Operand) -> Type:
        """Return the type of an operand with its regions."""
        match operand:
            case Copy(place):
                return self._copied(self.places.place(place))
            case Move(place):
                return self.places.place(place)
            case StringConst(_, ty):
                return self._static(ty)
            case NamedConst():
                return self._constant(operand)
            case ItemConst(ty):
                return self._item(self.constraints.mention(self.constraints.regions.renumber(ty)))
            case _:
                return ERROR

    def _item(self, ty: Type) -> Type:
        """What is asked of the arguments of a function holds wherever it is named."""
        if isinstance(ty, FnDefType) and ty.arguments:
            with self.constraints.because(Category.PREDICATE):
                self._clauses.item(ty.definition, ty.arguments)
            own = getattr(ty.definition, "signature", None)
            if own is not None:
                made = Substituted(self.constraints.regions).signature_of(own, ty.arguments)
                with self.constraints.because(Category.BORING):
                    self._clauses.sound(made)
        return ty

    def _copied(self, ty: Type) -> Type:
        """What is copied is Copy, whatever its regions: `impl Copy for T<'static>` says more."""
        trait = self.constraints.world.lang_trait("copy") if isinstance(ty, AdtType) else None
        if trait is not None:
            before = self.constraints.at.category
            self.constraints.at.category = Category.COPY_BOUND
            self._clauses.prove(TraitRef(trait, (ty,)))
            self.constraints.at.category = before
        return ty

    def _static(self, ty: Type) -> Type:
        return self.constraints.regions.renumber(mapped(ty, {ERASED: STATIC}))

    def _constant(self, operand: NamedConst) -> Type:
        definition = operand.definition
        if operand.static:
            own = getattr(definition, "type", None)
            if own is None:
                return self._static(operand.type)
            inner = self.constraints.regions.renumber(own)
            if isinstance(operand.type, RefType):
                return RefType(self.constraints.regions.name(STATIC), inner, operand.type.mutable)
            if isinstance(operand.type, PointerType):
                return PointerType(inner, operand.type.kind)
            return ERROR
        promoted = self._promoted(definition)
        if promoted is not None:
            return promoted
        if isinstance(definition, Constant):
            arguments = self.constraints.regions.renumber_all(operand.arguments)
            return self.constraints.mention(self.constant(definition, arguments))
        return self.constraints.regions.renumber(operand.type)

    def constant(self, definition: Constant, arguments: tuple[GenericArg, ...]) -> Type:
        """Return the type of a constant item, whose where clauses hold."""
        with self.constraints.because(Category.BORING):
            self._clauses.item(definition, arguments)
        if definition.type is None:
            return ERROR
        own = self.constraints.regions.renumber(substitute(definition.type, arguments))
        return self.constraints.normalise(own)

    def borrow(self, ref: Ref) -> Type:
        """A borrow: its loan, and what of the references that it goes through must live."""
        region = self.constraints.regions.fresh()
        assert self.constraints.at.point is not None
        if self.constraints.at.lends:
            self.constraints.found.loans[self.constraints.at.point] = region.id
        steps = self.places.steps(ref.place)
        mutable = ref.kind.value not in ("&", "&fake")
        before = self.constraints.at.category
        self.constraints.at.category = Category.BORING
        for number in range(len(ref.place.projections) - 1, -1, -1):
            if not isinstance(ref.place.projections[number], Deref):
                continue
            through = steps[number]
            if isinstance(through, RefType):
                self.constraints.relate.regions(through.region, region, _COVARIANT)
                if not through.mutable:
                    break
            elif isinstance(through, PointerType):
                break
        self.constraints.at.category = before
        return RefType(region, steps[-1], mutable)

    def aggregate(self, aggregate: Aggregate) -> Type:
        """Make each operand fit its field."""
        ty = self.constraints.mention(self.constraints.regions.renumber(aggregate.type))
        before = self.constraints.at.category
        self.constraints.at.category = Category.BORING
        for number, operand in enumerate(aggregate.operands):
            given = self.operand(operand)
            if isinstance(ty, ArrayType | SliceType | GenericArrayType):
                self.constraints.relate.sub(given, ty.element)
            else:
                variant, field_number = aggregate.variant, number
                if isinstance(ty, AdtType) and ty.definition.kind is AdtKind.UNION:
                    variant, field_number = 0, aggregate.variant
                self.constraints.relate.sub(given, self.places.field(ty, variant, field_number))
        if isinstance(ty, ClosureType):
            self._closures.created(ty)
        elif isinstance(ty, AdtType):
            self._clauses.predicates(ty.definition, ty.arguments)
        self.constraints.at.category = before
        return ty
