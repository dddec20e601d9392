"""What a path names in a struct literal or struct pattern: a struct, union or variant."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.items import (
    UNRESOLVED,
    Constructor,
    PartialResolution,
)
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.writer import Writer
from freehold.types import AdtKind, Type
from freehold.types.fold import regions_of
from freehold.types.generic import ERASED, AdtType, ErrorType, FieldDef, ProjectionType, VariantDef


@dataclass(frozen=True, slots=True)
class Named:
    """A variant (a struct's is its only one) of a type. `user`: as written."""

    adt: AdtType
    number: int
    path: ast.Path
    user: AdtType | None

    @property
    def variant(self) -> VariantDef:
        """The variant."""
        return self.adt.definition.variants[self.number]

    @property
    def is_enum(self) -> bool:
        """Tell variants of enums from structs and unions."""
        return self.adt.definition.kind is AdtKind.ENUM

    @property
    def is_union(self) -> bool:
        """Tell unions from structs and enums."""
        return self.adt.definition.kind is AdtKind.UNION

    @property
    def kind(self) -> str:
        """The word for it in messages."""
        return "variant" if self.is_enum else self.adt.definition.kind.value

    @property
    def name(self) -> str:
        """The path for messages: `Point`, `Shape::Circle`."""
        own = self.adt.definition.name
        return f"{own}::{self.variant.name}" if self.is_enum else own

    def field(self, name: str) -> tuple[int, FieldDef] | None:
        """Return a field and its number."""
        for at, found in enumerate(self.variant.fields):
            if found.name == name:
                return at, found
        return None

    def matched_type(self, w: Writer) -> thir.UserType | None:
        """Return the type as it was written, if it has to be kept."""
        return None if self.user is None else w.user(self.user, self.path.span)


def named_variant(cx: Checker, path: ast.Path) -> Named | None:
    """Return what `path` names before `{`; None after an error."""
    resolution = cx.names.paths[path]
    base = resolution.base
    if base is UNRESOLVED:
        cx.failed = True
        return None
    if not resolution.unresolved and isinstance(base, Constructor):
        arguments = cx.lowerer.path(path, resolution)
        assert base.adt is not None
        return _named(cx, AdtType(base.adt, arguments), base.variant, path)
    ty = _front(cx, path, resolution)
    found = _variant_of(cx, ty, path, resolution)
    if found is None and not isinstance(ty, ErrorType):
        shown = f"`{cx.show(ty)}`"
        cx.report(Diagnostic(codes.NOT_A_STRUCT, path.span, {"found": shown}, "not a struct"))
    cx.failed = cx.failed or found is None
    return found


def _front(cx: Checker, path: ast.Path, resolution: PartialResolution) -> Type:
    """Return the type that all but the last of the unresolved segments name."""
    ty = cx.lowerer.base(path, resolution)
    if resolution.unresolved > 1:
        front = ast.Path(path.span, path.segments[:-1], path.is_global, path.qself)
        before = PartialResolution(resolution.base, resolution.unresolved - 1)
        ty = cx.lowerer.rest(front, before, path.span)
    return cx.normalise(ty, path.span) if isinstance(ty, ProjectionType) else ty


def _variant_of(
    cx: Checker, ty: Type, path: ast.Path, resolution: PartialResolution
) -> Named | None:
    names = path.segments[len(path.segments) - resolution.unresolved :]
    ty = cx.try_known(ty)
    if not resolution.unresolved:
        plain = isinstance(ty, AdtType) and ty.definition.kind is not AdtKind.ENUM
        return _named(cx, ty, 0, path) if plain and isinstance(ty, AdtType) else None
    if isinstance(ty, AdtType) and ty.definition.kind is AdtKind.ENUM:
        for number, variant in enumerate(ty.definition.variants):
            if variant.name == names[-1].ident.name:
                return _named(cx, ty, number, path)
        return None
    whole = cx.lowerer.rest(path, resolution, path.span)
    found = cx.try_known(cx.normalise(whole, path.span))
    plain = isinstance(found, AdtType) and found.definition.kind is not AdtKind.ENUM
    return _named(cx, found, 0, path) if plain and isinstance(found, AdtType) else None


def _named(cx: Checker, ty: AdtType, number: int, path: ast.Path) -> Named:
    written = any(each.arguments for each in path.segments) or path.qself is not None
    kept = written or any(region != ERASED for region in regions_of(ty))
    made = AdtType(ty.definition, cx.inferred(ty.arguments, path.span))
    return Named(made, number, path, ty if kept else None)
