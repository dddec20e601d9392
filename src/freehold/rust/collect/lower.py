"""Types as they are written to types as they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from freehold.diagnostics import Code, Diagnostic, Label, Replacement
from freehold.diagnostics import codes_rust as codes
from freehold.diagnostics.codes import UNSUPPORTED
from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.collect import arguments, bounds, constants, relative
from freehold.rust.collect.regions import (
    Always,
    Binder,
    Binders,
    BoundIn,
    Elided,
    Elision,
    Fresh,
    Meant,
    Missing,
)
from freehold.rust.edition import Edition
from freehold.rust.hooks import Hooks
from freehold.rust.items import (
    Alias,
    AssociatedType,
    Constructor,
    GenericName,
    Impl,
    ParameterKind,
    PartialResolution,
    Primitive,
    QualifiedType,
    Resolution,
    SelfType,
    Struct,
    Trait,
)
from freehold.rust.resolve.names import Names
from freehold.rust.resolve.paths import Paths
from freehold.rust.resolve.scopes import GenericScope, Scope, crate_of
from freehold.rust.resolve.wants import Want, describe
from freehold.source import Span
from freehold.types import NEVER, PointerKind, PointerType, SliceType, TupleType, Type
from freehold.types.fold import substitute
from freehold.types.generic import (
    ERROR,
    ERROR_REGION,
    STATIC,
    AdtType,
    Const,
    Definition,
    FnPtrType,
    FreeRegion,
    GenericArg,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    Signature,
    TraitRef,
    array_of,
)

if TYPE_CHECKING:
    from freehold.rust.collect.collector import Collector


@dataclass(slots=True, eq=False)
class Lowerer:
    """Makes types of what is written, in the scope of `owner`. Errors go to the crate's sink.

    `elision` says what elided lifetimes are; `names` are those of a body, whose `hooks` complete
    what is left out. `binders` are those around the type at hand. `object_region` is the default
    lifetime of a trait object at hand (None: `'static`, or in bodies inferred). `implicit` are the
    parameters that stand for `impl Trait`; `opaque` makes the types of those in a result.
    `candidates` takes the lifetimes met in parameters, for elision in the result, but not those of
    binders past the first `counted`; `renamed` are lifetimes that stand for others. `optional`: the
    path at hand may leave its types out. `place` names what a placeholder must not be in.
    """

    collector: "Collector"
    owner: Definition
    scope: Scope
    elision: Elision
    names: Names | None = None
    hooks: Hooks | None = None
    place: str = "functions"
    binders: Binders = field(default_factory=Binders)
    object_region: Meant | None = None
    implicit: dict[ast.ImplTraitType, Type] = field(default_factory=dict)
    opaque: "Callable[[Lowerer, ast.ImplTraitType], Type] | None" = None
    candidates: list[Meant] | None = None
    counted: int = 0
    optional: bool = False
    renamed: dict[str, Region] = field(default_factory=dict)

    # -------------------------------------------------------------------------------------- helpers

    def say(self, diagnostic: Diagnostic) -> None:
        """Take a diagnostic."""
        self.collector.world.report(self.scope, diagnostic)

    def error(self, code: Code, span: Span, primary: str = "", **facts: object) -> None:
        """Report an error with a label."""
        self.say(Diagnostic(code, span, facts, primary))

    def unsupported(self, span: Span, what: str) -> Type:
        """Report what cannot be lowered."""
        if self.hooks is not None:
            self.hooks.unsupported(span, what)
        else:
            self.say(Diagnostic(UNSUPPORTED, span, {"what": what}))
        return ERROR

    def resolve(self, path: ast.Path, want: Want) -> PartialResolution:
        """Return what a path means."""
        if self.names is not None:
            known = self.names.paths.get(path)
            if known is not None:
                return known
        return Paths(self.collector.world, self.scope).resolve(path, want)

    @contextmanager
    def binder(self, lifetimes: tuple[ast.LifetimeParam, ...] = ()) -> Iterator[Binder]:
        """Open a binder of the lifetimes of a `for<...>`."""
        made = Binder()
        for one in lifetimes:
            self.declared(one, made.names)
            made.add(f"'{one.lifetime.name}")
        self.binders.append(made)
        yield made
        self.binders.pop()

    def declared(self, param: ast.LifetimeParam, before: list[str]) -> None:
        """Check a lifetime that `for<...>` declares."""
        name = f"'{param.lifetime.name}"
        span = param.lifetime.span
        if param.lifetime.name in {"static", "_"}:
            self.collector.reserved_lifetime(self.scope, param.lifetime)
        elif name in before:
            self.error(codes.DUPLICATE_GENERIC_PARAMETER, span, "already used", name=name)
        else:
            outer = self._named(param.lifetime.name)
            if outer is not None:
                self.error(
                    codes.SHADOWED_LIFETIME,
                    span,
                    f"lifetime `{name}` already in scope",
                    name=name,
                )

    @contextmanager
    def eliding(self, elision: Elision) -> Iterator[None]:
        """Let elided lifetimes mean something else for a while."""
        before, self.elision = self.elision, elision
        yield
        self.elision = before

    @contextmanager
    def objects(self, meant: Meant | None) -> Iterator[None]:
        """Let trait objects have another default lifetime for a while."""
        before, self.object_region = self.object_region, meant
        yield
        self.object_region = before

    # ------------------------------------------------------------------------------------ lifetimes

    def elided(self, span: Span, how: str, count: int = 1) -> Meant:
        """Return what an elided lifetime stands for."""
        meant = self.elision(Elided(span, how, count))
        self._candidate(meant)
        return meant

    def _candidate(self, meant: Meant) -> None:
        if self.candidates is None:
            return
        if not isinstance(meant, BoundIn) or meant.binder in self.binders[: self.counted]:
            self.candidates.append(meant)

    def meant(self, lifetime: ast.Lifetime) -> Meant:
        """Return what a written lifetime means."""
        if lifetime.name == "_":
            return self.elided(lifetime.span, "'_")
        found = self._named(lifetime.name)
        if found is None:
            self.collector.undeclared_lifetime(self, lifetime)
            return ERROR_REGION
        self._candidate(found)
        return found

    def _named(self, name: str) -> Meant | None:
        if name == "static":
            return STATIC
        quoted = f"'{name}"
        for binder in reversed(self.binders):
            if quoted in binder.names:
                return BoundIn(binder, binder.names.index(quoted))
        if quoted in self.renamed:
            return self.renamed[quoted]
        outer = False
        at: Scope | None = self.scope
        while at is not None:
            if isinstance(at, GenericScope):
                if name in at.lifetimes and not outer:
                    return self._parameter(at, quoted)
                outer = outer or at.barrier
            at = at.parent
        return None

    def _parameter(self, scope: GenericScope, quoted: str) -> Meant | None:
        generics = scope.owner.generics
        for one in generics.own:
            if one.name == quoted and one.kind is ParameterKind.LIFETIME:
                return ParamRegion(one.index, quoted)
        for one in generics.late:
            if one.name == quoted:
                return FreeRegion(one.index, quoted)
        return None

    def region(self, lifetime: ast.Lifetime) -> Region:
        """Return the region that a written lifetime is."""
        return self.binders.region(self.meant(lifetime))

    # ---------------------------------------------------------------------------------------- types

    def type(self, node: ast.TypeExpr) -> Type:
        """Return the type that `node` spells; `ERROR` after an error."""
        return _LOWER[type(node)](self, node)

    def _reference(self, node: ast.RefType) -> Type:
        if node.lifetime is not None:
            meant = self.meant(node.lifetime)
        else:
            start = node.span
            meant = self.elided(start._replace(end=start.start + 1), "&")
        with self.objects(meant):
            inner = self.type(node.inner)
        return RefType(self.binders.region(meant), inner, node.mutable)

    def _pointer(self, node: ast.PointerType) -> Type:
        kind = PointerKind.RAW_MUT if node.mutable else PointerKind.RAW_CONST
        with self.objects(None):
            return PointerType(self.type(node.inner), kind)

    def _slice(self, node: ast.SliceType) -> Type:
        with self.objects(None):
            return SliceType(self.type(node.element))

    def _array(self, node: ast.ArrayType) -> Type:
        with self.objects(None):
            element = self.type(node.element)
        length = self.const(node.length, constants.USIZE)
        return ERROR if length is None else array_of(element, length)

    def _tuple(self, node: ast.TupleType) -> Type:
        with self.objects(None):
            return TupleType(tuple(map(self.type, node.elements)))

    def _paren(self, node: ast.ParenType) -> Type:
        return self.type(node.inner)

    def _never(self, node: ast.NeverType) -> Type:
        del node
        return NEVER

    def _infer(self, node: ast.InferType) -> Type:
        if self.hooks is not None:
            return self.hooks.type(node.span)
        self.error(
            codes.PLACEHOLDER_IN_SIGNATURE,
            node.span,
            "not allowed in type signatures",
            what=self.place,
        )
        return ERROR

    def _function(self, node: ast.FnPointerType) -> Type:
        with self.binder(node.lifetimes) as binder, self.objects(None):
            inputs, output = self.arrow(
                binder, tuple(one.type for one in node.parameters), node.output
            )
        loose = bounds.loose_in_output(inputs, output)
        if loose is not None:
            name = binder.names[loose]
            what = "an anonymous lifetime" if name == "'_" else f"lifetime `{name}`"
            span = node.output.span if node.output is not None else node.span
            self.error(codes.POINTER_LIFETIME_ONLY_IN_OUTPUT, span, what=what)
        return FnPtrType(
            Signature(
                inputs,
                output,
                tuple(binder.names),
                node.is_unsafe,
                node.variadic,
                node.abi or "Rust",
            )
        )

    def arrow(
        self, binder: Binder, inputs: tuple[ast.TypeExpr, ...], output: ast.TypeExpr | None
    ) -> tuple[tuple[Type, ...], Type]:
        """Return the parameter types and the result of `fn(A) -> B` or `Fn(A) -> B`."""
        before = self.candidates, self.counted
        self.counted = len(self.binders)
        sources: list[list[Meant]] = []
        with self.eliding(Fresh(binder)):
            made = tuple(self.noting(one, sources) for one in inputs)
        self.candidates, self.counted = before
        missing = Missing()
        source = only_source(sources)
        with self.eliding(missing if source is None else Always(source)):
            result: Type = TupleType(()) if output is None else self.type(output)
        if missing.found:
            self.collector.missing_lifetimes(self, missing)
        return made, result

    def noting(self, node: ast.TypeExpr, sources: list[list[Meant]]) -> Type:
        """Return the type of a parameter; append the lifetimes in it to `sources`."""
        self.candidates = []
        made = self.type(node)
        sources.append(list(dict.fromkeys(self.candidates)))
        self.candidates = None
        return made

    def _impl_trait(self, node: ast.ImplTraitType) -> Type:
        known = self.implicit.get(node)
        if known is not None:
            return known
        if self.opaque is not None:
            return self.opaque(self, node)
        self.error(
            codes.MISPLACED_IMPL_TRAIT,
            node.span,
            what=f"`impl Trait` is not allowed in {self.place}",
        )
        return ERROR

    def _object(self, node: ast.TraitObjectType) -> Type:
        if node.is_bare and not self._edition.has_bare_objects:
            self.error(codes.BARE_TRAIT, node.span)
            return ERROR
        return bounds.trait_object(self, node)

    def _macro(self, node: ast.MacroType | ast.ErrorType) -> Type:
        del node
        return ERROR

    # ---------------------------------------------------------------------------------------- paths

    def _path(self, node: ast.PathType) -> Type:
        resolution = self.resolve(node.path, Want.TYPE)
        if resolution.unresolved == 0:
            return self.front(node.path, resolution.base, len(node.path.segments), node.span)
        return self.rest(node.path, resolution, node.span)

    def rest(self, path: ast.Path, resolution: PartialResolution, span: Span) -> Type:
        """Return the type of a path of which segments are left: associated types."""
        count = len(path.segments) - resolution.unresolved
        made = self.front(path, resolution.base, count, span)
        base: Resolution | None = resolution.base
        for segment in path.segments[count:]:
            if made is ERROR:
                break
            made = relative.associated(self, made, base, segment, span)
            base = None
        return made

    def front(self, path: ast.Path, base: Resolution, count: int, span: Span) -> Type:
        """Return the type that the first `count` segments of `path` are, which mean `base`."""
        if isinstance(base, QualifiedType):
            return self.type(base.type)
        last = path.segments[count - 1] if count else None
        written = last.arguments if last else None
        own_trait = isinstance(base, AssociatedType) and path.qself is not None
        self.no_arguments(path.segments[: count - 1], own_trait=own_trait)
        match base:
            case Struct():
                made = arguments.complete(self, base, written, (), _end(path, count, span))
                return AdtType(base, made)
            case Alias():
                made = arguments.complete(self, base, written, (), _end(path, count, span))
                return substitute(base.aliased or ERROR, made)
            case AssociatedType() if path.qself is not None and path.qself.trait is not None:
                return self._qualified(path, base, written, span)
            case GenericName() | SelfType() | Primitive():
                if last is not None:
                    self.no_arguments((last,), what=_named(base))
                return self.simple(base)
            case Trait():
                return self._bare(path, span)
            case Constructor():
                self.error(codes.NOT_A_TYPE, span, expected="type", found="variant", name=base.path)
            case AssociatedType():
                self.error(codes.ASSOCIATED_TYPE_OF_UNKNOWN_TRAIT, span)
            case _:
                pass
        return ERROR

    def simple(self, base: GenericName | SelfType | Primitive) -> Type:
        """Return the type of a name without arguments."""
        match base:
            case Primitive():
                return base.type
            case GenericName():
                return ParamType(base.parameter.index, base.parameter.name)
            case SelfType():
                return self.of_self(base)

    def of_self(self, base: SelfType) -> Type:
        """Return the type that `Self` is."""
        match base.owner:
            case Trait():
                return ParamType(0, "Self")
            case Struct() as adt:
                return AdtType(adt, arguments.identity(adt.generics))
            case Impl() as impl:
                return impl.self_type or ERROR

    def _qualified(
        self, path: ast.Path, item: AssociatedType, written: ast.GenericArgs | None, span: Span
    ) -> Type:
        assert path.qself is not None
        assert path.qself.trait is not None
        trait = self.trait_ref(path.qself.trait, self.type(path.qself.type))
        if trait is None:
            return ERROR
        made = arguments.complete(self, item, written, trait.arguments, span)
        return ProjectionType(item, made)

    @property
    def _edition(self) -> Edition:
        return crate_of(self.scope).edition

    def _bare(self, path: ast.Path, span: Span) -> Type:
        if self._edition.has_bare_objects:
            bound = ast.TraitBound(path.span, (), "", path)
            return bounds.trait_object(self, ast.TraitObjectType(span, (bound,), is_bare=True))
        text = span.source.text[span.start : span.end]
        self.say(
            Diagnostic(
                codes.BARE_TRAIT,
                path.span,
                help=(f"you can add the `dyn` keyword if you want a trait object: `dyn {text}`",),
                fix=(Replacement(Span(span.source, span.start, span.start), "dyn "),),
            )
        )
        return ERROR

    def no_arguments(
        self, segments: tuple[ast.PathSegment, ...], *, what: str = "", own_trait: bool = False
    ) -> None:
        """Report arguments where none may be (E0109)."""
        del own_trait
        for segment in segments:
            if segment.arguments is None:
                continue
            name = what or f"`{segment.ident.name}`"
            if isinstance(segment.arguments, ast.AngleArgs):
                for constraint in segment.arguments.constraints[:1]:
                    arguments.constraint_on_no_trait(self, constraint)
                if not segment.arguments.arguments:
                    continue
                given = segment.arguments.arguments
                kind = "lifetime" if isinstance(given[0], ast.Lifetime) else "type"
                kinds = {isinstance(one, ast.Lifetime) for one in given}
                both = "lifetime and type" if len(kinds) == 2 else kind
            else:
                span = segment.arguments.span
                self.error(
                    codes.PARENTHESISED_ARGUMENTS, span, "only `Fn` traits may use parentheses"
                )
                continue
            self.say(
                Diagnostic(
                    codes.ARGUMENTS_ON_A_PLAIN_TYPE,
                    segment.arguments.span,
                    {"what": f"{both} arguments are not allowed on {name}"},
                    f"{kind} argument not allowed",
                    (Label(segment.ident.span, f"not allowed on {name}"),),
                )
            )

    # --------------------------------------------------------------------- what type checking asks

    @contextmanager
    def leaving_out(self) -> Iterator[None]:
        """Let a path leave its types to inference."""
        self.optional = self.hooks is not None
        yield
        self.optional = False

    def const(self, node: ast.Expr, type_: Type) -> Const | None:
        """Return the constant that an array length or constant argument is; None after an error."""
        return constants.lower(self, node, type_)

    def arguments(
        self,
        definition: Definition,
        written: ast.GenericArgs | None,
        parent: tuple[GenericArg, ...],
        span: Span,
    ) -> tuple[GenericArg, ...]:
        """Return all arguments of `definition`: those of its parent, then the ones `written`.

        What was not written is asked of the hooks. Explicit arguments for late-bound lifetimes
        are checked for their number and dropped.
        """
        with self.leaving_out():
            return arguments.complete(self, definition, written, parent, span)

    def path(self, path: ast.Path, resolution: PartialResolution) -> tuple[GenericArg, ...]:
        """Return the arguments of the definition that `path` fully resolves to (`unresolved` 0).

        Of a constructor: its ADT's, wherever they are written. Of a trait's item: Self first (its
        qualified self, or a new variable).
        """
        with self.leaving_out():
            return arguments.of_path(self, path, resolution.base)

    def base(self, path: ast.Path, resolution: PartialResolution) -> Type:
        """Return the type that the resolved front of `path` is, when segments are unresolved."""
        count = len(path.segments) - resolution.unresolved
        with self.leaving_out():
            return self.front(path, resolution.base, count, _end(path, count, path.span))

    def trait_ref(self, path: ast.Path, self_type: Type) -> TraitRef | None:
        """Return the trait that `path` names, applied to `self_type`; None after an error."""
        return bounds.trait_ref(self, path, self_type)


def only_source(sources: list[list[Meant]]) -> Meant | None:
    """Return what a result may borrow from: the lifetime of the only parameter that has one."""
    some = [one for one in sources if one]
    return some[0][0] if len(some) == 1 and len(some[0]) == 1 else None


def _end(path: ast.Path, count: int, span: Span) -> Span:
    """Return the span of the last of the first `count` segments' name."""
    return path.segments[count - 1].ident.span if count else span


def _named(base: Resolution) -> str:
    name = ""
    if isinstance(base, GenericName):
        name = f" `{base.parameter.name}`"
    elif isinstance(base, Primitive):
        name = ""
    return f"{describe(base)}{name}"


_LOWER: dict[type, Callable[..., Type]] = {
    ast.PathType: Lowerer._path,
    ast.RefType: Lowerer._reference,
    ast.PointerType: Lowerer._pointer,
    ast.SliceType: Lowerer._slice,
    ast.ArrayType: Lowerer._array,
    ast.TupleType: Lowerer._tuple,
    ast.ParenType: Lowerer._paren,
    ast.NeverType: Lowerer._never,
    ast.InferType: Lowerer._infer,
    ast.FnPointerType: Lowerer._function,
    ast.ImplTraitType: Lowerer._impl_trait,
    ast.TraitObjectType: Lowerer._object,
    ast.MacroType: Lowerer._macro,
    ast.ErrorType: Lowerer._macro,
}
