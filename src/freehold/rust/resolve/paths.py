"""Paths to what they mean, or to the error that says why they mean nothing."""

from collections.abc import Callable, Iterable

from freehold.diagnostics import Code, Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.diagnostics.codes import UNSUPPORTED
from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.items import (
    UNRESOLVED,
    Alias,
    Constructor,
    GenericName,
    Impl,
    Item,
    Module,
    PartialResolution,
    Primitive,
    QualifiedType,
    Resolution,
    SelfType,
    Struct,
    Trait,
)
from freehold.rust.resolve import suggest
from freehold.rust.resolve.lookup import (
    PRIMITIVES,
    Found,
    Outer,
    as_place,
    by_keyword,
    from_outside,
    in_place,
    lexical,
    outer_module,
    self_type,
)
from freehold.rust.resolve.scopes import (
    MACRO,
    TYPE,
    VALUE,
    Binding,
    ModuleScope,
    Namespace,
    Scope,
    head,
    may_see,
    visibility_of,
)
from freehold.rust.resolve.wants import Want, describe
from freehold.rust.resolve.world import World
from freehold.source import Span
from freehold.types.generic import Definition
from freehold.types.model import AdtKind

Local = Callable[[ast.Ident], "Found | Resolution | None"]
"""Looks a value's name up among local variables and the blocks around, then outside."""

ERROR = PartialResolution(UNRESOLVED)
_KEYWORDS = {"crate", "self", "super", "$crate", "$std"}


@dataclass(slots=True, eq=False)
class Missing(Exception):
    """A path that leads nowhere: segment `index` was not found in `place` (None: in scope)."""

    index: int
    place: Definition | None = None
    text: str = ""


@dataclass(slots=True, eq=False)
class Paths:
    """Resolves the paths of one scope. `local` looks up values; without it there are no locals.

    `names` yields the names of the local variables, with what they are, for suggestions.
    `traits` is told of each trait's path inside of a path (`<T as Trait>::f`).
    """

    world: World
    scope: Scope
    local: Local | None = None
    names: Callable[[], Iterable[tuple[str, str]]] | None = None
    record: dict[ast.Path, PartialResolution] = field(default_factory=dict)

    def report(self, diagnostic: Diagnostic) -> None:
        """Take a diagnostic."""
        self.world.report(self.scope, diagnostic)

    def resolve(self, path: ast.Path, want: Want) -> PartialResolution:
        """Return what `path` means where `want` is asked. Errors are reported."""
        found = self._qualified(path, want) if path.qself else self._plain(path, want)
        self.record[path] = found
        return found

    # ------------------------------------------------------------------------- <T as Trait>::...

    def _qualified(self, path: ast.Path, want: Want) -> PartialResolution:
        assert path.qself is not None
        count = len(path.segments)
        if path.qself.trait is None:
            return PartialResolution(QualifiedType(path.qself.type), count)
        trait = self.resolve(path.qself.trait, Want.TRAIT).base
        if not isinstance(trait, Trait) or not count:
            return ERROR
        space = want.space if count == 1 else TYPE
        ident = path.segments[0].ident
        found = in_place(self.world, trait, ident.name, space)
        if found is not None and found.target is not None:
            return PartialResolution(found.target, count - 1)
        wanted = Want.TRAIT_TYPE if space is TYPE else Want.TRAIT_VALUE
        other = in_place(self.world, trait, ident.name, VALUE if space is TYPE else TYPE)
        if other is not None and other.target is not None:
            self._wrong(path, wanted, other.target, TYPE if space is VALUE else VALUE)
            return ERROR
        kinds = ((name, describe(item)) for name, item in trait.items.items())
        help_ = suggest.similar(ident.name, kinds)
        words = f"{wanted.words(ident.name)} `{ident.name}` in trait `{trait.name}`"
        label = "" if help_ else f"not found in `{trait.name}`"
        self._say(codes.NO_SUCH_ASSOCIATED_ITEM, ident.span, words, label, help_)
        return ERROR

    # -------------------------------------------------------------------------------------- a::b

    def _plain(self, path: ast.Path, want: Want) -> PartialResolution:
        if not path.segments:
            return ERROR
        try:
            found = self.follow(path, want.space)
        except Missing as missing:
            return self._elsewhere(path, want, missing)
        if found.unresolved or want.accepts(found.base):
            return found
        self._wrong(path, want, found.base, want.space)
        return ERROR

    def _elsewhere(self, path: ast.Path, want: Want, missing: Missing) -> PartialResolution:
        """Look in the other namespaces, to say what is wrong."""
        if missing.index == len(path.segments) - 1:
            for space in (TYPE, VALUE):
                found = None if space is want.space else self._quietly(path, space)
                if found is None or found.unresolved or found.base is UNRESOLVED:
                    continue
                self._wrong(path, want, found.base, space)
                return ERROR
        self._missing(path, want, missing)
        return ERROR

    def _quietly(self, path: ast.Path, space: Namespace) -> PartialResolution | None:
        try:
            return self.follow(path, space, quiet=True)
        except Missing:
            return None

    def follow(self, path: ast.Path, space: Namespace, *, quiet: bool = False) -> PartialResolution:
        """Return what `path` is in `space`; raise Missing.

        A module has no associated items, and is no type: `str` is the type although `use std::str`
        stands above.
        """
        primitive = None if path.is_global else PRIMITIVES.get(path.segments[0].ident.name)
        if primitive is None or (space is not TYPE and len(path.segments) == 1):
            return self._follow(path, space, quiet=quiet)
        fallback = PartialResolution(primitive, len(path.segments) - 1)
        try:
            found = self._follow(path, space, quiet=quiet)
        except Missing:
            return fallback
        return fallback if isinstance(found.base, Module) and not found.unresolved else found

    def _follow(self, path: ast.Path, space: Namespace, *, quiet: bool) -> PartialResolution:
        idents = [segment.ident for segment in path.segments]
        count = len(idents)
        index, at = self._start(path, idents, space)
        while index < count:
            if not isinstance(at, Definition):
                return PartialResolution(at, count - index)
            place = as_place(self.world, at)
            if place is None or isinstance(at, Constructor):
                if isinstance(at, Module | Constructor):
                    raise Missing(index, at)
                return PartialResolution(at, count - index)
            wanted = space if index == count - 1 else TYPE
            found = in_place(self.world, place, idents[index].name, wanted)
            if found is None:
                if isinstance(place, ModuleScope):
                    raise Missing(index, at)
                return PartialResolution(at, count - index)
            if not quiet:
                self.visible(found, idents[index])
                self.ambiguous(found, idents[index])
            if found.target is None:
                return ERROR
            at = found.target
            index += 1
        return PartialResolution(at, 0)

    def _start(
        self, path: ast.Path, idents: list[ast.Ident], space: Namespace
    ) -> tuple[int, Resolution]:
        """Return the meaning of the first segments, and how many they are."""
        name, alone = idents[0].name, len(idents) == 1
        if path.is_global:
            outside = from_outside(self.world, self.scope, name, space if alone else TYPE)
            if outside is None or outside.target is None:
                raise Missing(0)
            return 1, outside.target
        if name == "Self":
            found = self_type(self.scope)
            return 1, self._meaning(found, idents[0])
        if name in _KEYWORDS and not (alone and name == "self" and space is VALUE):
            return self._keywords(idents)
        if space is VALUE and alone and self.local is not None:
            return 1, self._meaning(self.local(idents[0]), idents[0])
        wanted = space if alone else TYPE
        return 1, self._meaning(lexical(self.world, self.scope, name, wanted), idents[0])

    def _keywords(self, idents: list[ast.Ident]) -> tuple[int, Resolution]:
        at = by_keyword(self.world, self.scope, idents[0].name)
        if at is None:
            raise Missing(0, text="there are too many leading `super` keywords")
        index = 1
        while index < len(idents) and idents[index].name == "super":
            at = outer_module(self.world, at)
            if at is None:
                raise Missing(index, text="there are too many leading `super` keywords")
            index += 1
        return index, at.module

    def _meaning(self, found: Found | Resolution | None, ident: ast.Ident) -> Resolution:
        match found:
            case None:
                raise Missing(0)
            case Binding():
                self.ambiguous(found, ident)
                return UNRESOLVED if found.target is None else found.target
            case Outer():
                self._outer(found, ident)
                return UNRESOLVED
            case _:
                return found

    # ---------------------------------------------------------------------------------- complaints

    def may(self, found: Binding) -> bool:
        """Tell whether `found` can be seen here."""
        return found.target is None or may_see(found.visibility, self.scope)

    def visible(self, found: Binding, ident: ast.Ident) -> None:
        """Report E0603 if what `ident` names cannot be seen here."""
        target = found.target
        if target is None or self.may(found):
            return
        kind = head(target)
        if isinstance(target, Constructor) and target.style == "tuple":
            kind = f"{kind} constructor"
        imported = found.source is not None and visibility_of(target) != found.visibility
        if imported:
            kind = f"{kind} import"
        self.report(
            Diagnostic(
                codes.PRIVATE_ITEM,
                ident.span,
                {"kind": kind, "name": ident.name},
                f"private {kind}",
                (Label(found.span, f"the {kind} `{ident.name}` is defined here"),),
            )
        )

    def ambiguous(self, found: Binding, ident: ast.Ident) -> None:
        """Report E0659 if two globs give `ident` two meanings."""
        if found.other is None:
            return
        self.report(
            Diagnostic(
                codes.AMBIGUOUS_NAME,
                ident.span,
                {"name": ident.name},
                "ambiguous name",
                (
                    Label(found.span, f"`{ident.name}` could refer to what is imported here"),
                    Label(found.other.span, f"`{ident.name}` could also refer to this import"),
                ),
            )
        )

    def _outer(self, found: Outer, ident: ast.Ident) -> None:
        is_self = isinstance(found.found, SelfType)
        what = f"`{ident.name}`" if is_self else "generic parameters"
        use = "`Self`" if is_self else "generic parameter"
        labels: tuple[Label, ...] = ()
        if isinstance(found.found, GenericName):
            kind = describe(found.found)
            labels = (Label(found.found.parameter.span, f"{kind} from outer item"),)
        self.report(
            Diagnostic(
                codes.OUTER_GENERIC_PARAMETER,
                ident.span,
                {"what": what},
                f"use of {use} from outer item",
                labels,
                help=("refer to the type directly here instead",)
                if is_self
                else ("try introducing a local generic parameter here",),
            )
        )

    def _wrong(self, path: ast.Path, want: Want, found: Resolution, space: Namespace) -> None:
        """Report that `path` is something else than what is wanted."""
        text = spelled(path)
        name = path.segments[-1].ident.name
        kind = describe(found, space)
        if isinstance(found, Module) and name == "self" and len(path.segments) == 1:
            self.missing_self(path.span)
            return
        expected = want.words(name)
        facts = {
            "what": f"expected {expected}, found {kind} `{text}`",
            "expected": expected,
            "found": kind,
            "name": text,
        }
        labels, help_ = self._advice(want, found)
        primary = "not a trait" if want is Want.TRAIT else ""
        if want is Want.TRAIT and isinstance(found, Alias):
            primary = "type aliases cannot be used as traits"
        if isinstance(found, Primitive):
            primary = f"not a {expected}"
        self.report(Diagnostic(want.value.wrong, path.span, facts, primary, labels, help=help_))

    def _advice(self, want: Want, found: Resolution) -> tuple[tuple[Label, ...], tuple[str, ...]]:
        if isinstance(found, Struct):
            labels = (Label(found.span, f"`{found.name}` defined here"),)
            if found.kind is AdtKind.ENUM:
                return labels, ("you might have meant to use one of the enum's variants",)
            if want in {Want.VALUE, Want.CALL}:
                fields = found.node.fields if isinstance(found.node, ast.Struct | ast.Union) else ()
                inits = ", ".join(f"{one.ident.name}: val" for one in fields if one.ident)
                return labels, (f"use struct literal syntax instead: `{found.name} {{ {inits} }}`",)
            if want is Want.TUPLE:
                return labels, ("use struct pattern syntax instead",)
            return labels, ()
        if isinstance(found, Constructor) and want is Want.TYPE and found.adt is not None:
            return (), (f"try using the variant's enum: `{found.adt.path}`",)
        if isinstance(found, Item) and type(found) is Item:
            return (), ("use `!` to invoke the macro",)
        return (), ()

    def missing_self(self, span: Span) -> None:
        """Report E0424."""
        self.report(
            Diagnostic(
                codes.SELF_OUTSIDE_OF_A_METHOD,
                span,
                {"what": "expected value, found module `self`"},
                "`self` value is a keyword only available in methods with a `self` parameter",
                help=("add a `self` receiver parameter to make the associated `fn` a method",)
                if isinstance(self._owner(), Impl | Trait)
                else (),
            )
        )

    def _owner(self) -> Definition | None:
        found = self_type(self.scope)
        return found.owner if isinstance(found, SelfType) else None

    def _missing(self, path: ast.Path, want: Want, missing: Missing) -> None:
        """Report that a segment was not found."""
        ident = path.segments[missing.index].ident
        name = ident.name
        last = missing.index == len(path.segments) - 1
        if suggest.beyond(self.world, missing.place, name):
            what = f"`{spelled(path)}`, which our standard library has not"
            self.report(Diagnostic(UNSUPPORTED, ident.span, {"what": what}))
        elif missing.text:
            facts = {"what": "too many leading `super` keywords"}
            self.report(Diagnostic(codes.UNRESOLVED_PATH, ident.span, facts, missing.text))
        elif name == "Self" and missing.place is None:
            self._missing_self_type(ident, last=last)
        elif name == "self" and missing.place is None and want.space is VALUE:
            self.missing_self(ident.span)
        elif not last:
            self._missing_front(path, missing)
        else:
            self._missing_last(path, want, missing)

    def _missing_self_type(self, ident: ast.Ident, *, last: bool) -> None:
        label = "`Self` is only available in impls, traits, and type definitions"
        if last:
            facts = {"where": "this scope"}
            self.report(Diagnostic(codes.SELF_OUTSIDE_OF_A_TYPE, ident.span, facts, label))
        else:
            facts = {"what": "cannot find `Self` in this scope"}
            self.report(Diagnostic(codes.UNRESOLVED_PATH, ident.span, facts, label))

    def _missing_front(self, path: ast.Path, missing: Missing) -> None:
        """Report that a segment was not found, and it is not the last one."""
        ident = path.segments[missing.index].ident
        name = ident.name
        help_: tuple[str, ...] = ()
        if missing.place is not None:
            outer = path.segments[missing.index - 1].ident.name
            what = f"cannot find `{name}` in `{outer}`"
            label = f"could not find `{name}` in {_place(missing.place)}"
            if isinstance(missing.place, Constructor):
                what = f"cannot find `{name}` in `{outer}`"
                label = f"`{outer}` is a variant, not a module"
        elif name[:1].isupper():
            what, label = (
                f"cannot find type `{name}` in this scope",
                f"use of undeclared type `{name}`",
            )
            help_ = self._helps(name, Want.TYPE)
        else:
            what = f"cannot find module or crate `{name}` in this scope"
            label = f"use of unresolved module or unlinked crate `{name}`"
            help_ = (f"you might be missing a crate named `{name}`",)
            found = suggest.closest(name, (one for one, _ in self._modules()))
            if found is not None:
                help_ = (f"there is a crate or module with a similar name: `{found}`",)
        self.report(
            Diagnostic(codes.UNRESOLVED_PATH, ident.span, {"what": what}, label, help=help_)
        )

    def _modules(self) -> Iterable[tuple[str, str]]:
        at: Scope | None = self.scope
        while at is not None:
            if isinstance(at, ModuleScope):
                for name, binding in at.tables[TYPE].items():
                    if isinstance(binding.target, Module):
                        yield name, "module"
            at = at.parent
        yield from ((name, "crate") for name in self.world.extern)

    def _missing_last(self, path: ast.Path, want: Want, missing: Missing) -> None:
        segment = path.segments[missing.index]
        name = segment.ident.name
        if want is Want.CALL and missing.place is None and self._is_macro(name):
            facts = {"what": f"expected {want.words(name)}, found macro `{name}`"}
            help_ = ("use `!` to invoke the macro",)
            self.report(
                Diagnostic(codes.WRONG_KIND_OF_NAME, path.span, facts, "not a function", help=help_)
            )
            return
        place = missing.place
        where = "this scope" if place is None else _where(place)
        words = f"{want.words(name)} `{name}` in {where}"
        helps = self._helps(name, want, place)
        label = "not found in this scope" if place is None else f"not found in {_place(place)}"
        if helps and "similar name" in helps[0]:
            label = ""
        self._say(want.value.missing, segment.ident.span, words, label, *helps)

    def _is_macro(self, name: str) -> bool:
        found = lexical(self.world, self.scope, name, MACRO)
        return found is not None or name in self.world.macros

    def _helps(self, name: str, want: Want, place: Definition | None = None) -> tuple[str, ...]:
        """Return what may have been meant by `name`."""
        if isinstance(place, Module):
            scope = self.world.scopes.get(place)
            found = suggest.in_place(self.world, scope, self.scope, want) if scope else ()
            return tuple(filter(None, [suggest.similar(name, found)]))
        candidates = dict(suggest.in_scope(self.world, self.scope, want))
        if want.space is VALUE and self.names is not None:
            candidates.update(self.names())
        helps = [suggest.similar(name, candidates.items())]
        imports = suggest.importable(self.world, self.scope, name, want)
        if imports:
            kinds = {describe(one, want.space) for one, _ in imports}
            kind = kinds.pop() if len(kinds) == 1 else "item"
            one_of = f"this {kind}" if len(imports) == 1 else f"one of these {kind}s"
            paths = ", ".join(f"`use {text};`" for _, text in imports[:4])
            helps.append(f"consider importing {one_of}: {paths}")
        return tuple(filter(None, helps))

    def _say(self, code: Code, span: Span, words: str, label: str, *help_: str) -> None:
        name = words.split("`")[1]
        where = words.rpartition(" in ")[2]
        facts = {"what": words, "name": name, "where": where}
        self.report(Diagnostic(code, span, facts, label, help=tuple(filter(None, help_))))


def spelled(path: ast.Path) -> str:
    """Return `path` as it is written, without arguments."""
    names = "::".join(segment.ident.name for segment in path.segments)
    return f"::{names}" if path.is_global else names


def _is_root(place: Definition) -> bool:
    return isinstance(place, Module) and place.parent is None


def _place(place: Definition) -> str:
    if _is_root(place) and not place.path:
        return "the crate root"
    return f"`{place.path or place.name}`"


def _where(place: Definition) -> str:
    if _is_root(place):
        return f"crate `{place.path}`" if place.path else "the crate root"
    return f"{head(place)} `{place.path}`"
