"""Conversions: what the regions of a value and of what it becomes have to do with each other.

p = q as dyn T+'r   :- type behind q: 'r, T holds of it.
p = f as fn(A) -> B :- sub(signature(f), fn(A) -> B), f's where clauses.
"""

from freehold.borrow.regions import Category
from freehold.mir.values import Cast, CastKind
from freehold.rust.regions.clauses import Clauses
from freehold.rust.regions.constraints import Constraints
from freehold.rust.regions.selection import Substituted, plain
from freehold.types import ArrayType, PointerKind, PointerType, SliceType, Type
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    ProjectionType,
    RefType,
    TraitRef,
    Variance,
    is_type,
)

_COVARIANT = Variance.COVARIANT


class Casts:
    """Relates the two sides of conversions."""

    __slots__ = ("_clauses", "constraints")

    def __init__(self, constraints: Constraints, clauses: Clauses) -> None:
        """Take where constraints go, and the check of where clauses."""
        self.constraints = constraints
        self._clauses = clauses

    def cast(self, cast: Cast, given: Type) -> Type:
        """Return the target of a conversion of a `given`; what is no coercion keeps no regions."""
        made = self.constraints.mention(self.constraints.regions.renumber(cast.type))
        before = self.constraints.at.category
        self.constraints.at.category = Category.CAST
        match cast.kind:
            case CastKind.UNSIZE:
                self.constraints.at.unsized = made
                self.unsize(given, made)
                self.constraints.at.unsized = None
            case CastKind.REIFY | CastKind.CLOSURE:
                self._to_pointer(given, made)
            case CastKind.POINTER:
                if plain(given) == plain(made) or isinstance(given, FnPtrType):
                    self.constraints.relate.sub(given, made)
                elif isinstance(given, PointerType) and isinstance(made, PointerType):
                    self._between_pointers(given, made)
            case _:
                pass
        self.constraints.at.category = before
        return made

    def _between_pointers(self, given: PointerType, made: PointerType) -> None:
        """`*mut T` to `*const T` keeps the pointee's regions; other casts forget them."""
        if plain(given.pointee) == plain(made.pointee):
            self.constraints.relate.sub(PointerType(given.pointee, made.kind), made)

    def _to_pointer(self, given: Type, made: Type) -> None:
        if not isinstance(made, FnPtrType):
            return
        if isinstance(given, FnDefType):
            own = getattr(given.definition, "signature", None)
            if own is None:
                return
            signature = Substituted(self.constraints.regions).signature_of(own, given.arguments)
            opened = self.constraints.opened(signature)
            for part in (*opened.inputs, opened.output):
                self._clauses.well_formed(part)  # a function is not known to have sound types
        elif isinstance(given, ClosureType):
            pointer = given.arguments[-1]
            assert isinstance(pointer, FnPtrType)
            signature = pointer.signature
        else:
            return
        if not signature.bound:
            signature = self.constraints.selection.signature(signature, self.constraints.relate)
        self.constraints.relate.sub(FnPtrType(signature), made)

    def unsize(self, given: Type, made: Type) -> None:
        """Relate a pointer to its unsized form."""
        match given, made:
            case (RefType(), RefType()):
                self.constraints.relate.regions(given.region, made.region, _COVARIANT)
                self._unsized(given.pointee, made.pointee, exact=made.mutable)
            case (RefType() | PointerType() as ours, PointerType() as theirs):
                exact = theirs.kind is PointerKind.RAW_MUT
                self._unsized(ours.pointee, theirs.pointee, exact=exact)
            case (AdtType(), AdtType()) if given.definition is made.definition:
                for one, other in zip(given.arguments, made.arguments, strict=False):
                    if is_type(one) and is_type(other) and plain(one) != plain(other):
                        self._unsized(one, other, exact=False)
                    else:
                        self.constraints.relate.argument(one, other, Variance.INVARIANT)
            case _:
                pass

    def _unsized(self, given: Type, made: Type, *, exact: bool) -> None:
        if isinstance(made, SliceType) and isinstance(given, ArrayType | GenericArrayType):
            relate = self.constraints.relate.equal if exact else self.constraints.relate.sub
            relate(given.element, made.element)
        elif isinstance(made, DynType):
            self._to_dyn(given, made)
        elif isinstance(given, AdtType) and isinstance(made, AdtType):
            self.unsize(given, made)
        elif exact:
            self.constraints.relate.equal(given, made)
        else:
            self.constraints.relate.sub(given, made)

    def _to_dyn(self, given: Type, made: DynType) -> None:
        if isinstance(given, DynType):
            self.constraints.relate.regions(given.region, made.region, _COVARIANT)
            if given.trait is made.trait:
                same = DynType(
                    given.trait, given.arguments, given.bindings, given.auto, made.region
                )
                self.constraints.relate.sub(same, made)
            return
        self.constraints.type_outlives(given, made.region)
        if made.trait is not None and not made.bound:
            self._clauses.prove(TraitRef(made.trait, (given, *made.arguments)))
            for item, value in made.bindings:
                own = self.constraints.project(ProjectionType(item, (given, *made.arguments)))
                if own is not None:
                    self.constraints.relate.equal(own, value)
