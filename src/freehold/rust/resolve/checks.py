"""Checks of imports, once all names are declared: unresolved, private, twice, too wide."""

from collections.abc import Iterator

from freehold.diagnostics import Code, Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.diagnostics.codes import UNSUPPORTED
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.items import Constructor, Module
from freehold.rust.resolve import suggest
from freehold.rust.resolve.lookup import (
    Place,
    as_place,
    by_keyword,
    first_of_import,
    follow,
    in_place,
    lexical,
    names_in,
    outer_module,
    source_of,
)
from freehold.rust.resolve.paths import Paths
from freehold.rust.resolve.scopes import (
    MACRO,
    TYPE,
    VALUE,
    Binding,
    Import,
    ModuleScope,
    Namespace,
    contains,
    head,
)
from freehold.rust.resolve.world import World
from freehold.source import Span

_SPACES: tuple[Namespace, ...] = (TYPE, VALUE)
_WORD = {TYPE: "type", VALUE: "value", MACRO: "macro"}


def check_imports(world: World, scope: ModuleScope) -> None:
    """Report what is wrong with the imports of one module or block."""
    checks = _Checks(world, scope)
    for one in scope.all_imports():
        checks.one(one)
    checks.twice()


@dataclass(slots=True)
class _Checks:
    world: World
    scope: ModuleScope

    def say(self, diagnostic: Diagnostic) -> None:
        """Take a diagnostic."""
        self.world.report(self.scope, diagnostic)

    # ---------------------------------------------------------------------------------- one import

    def one(self, one: Import) -> None:
        """Check one import."""
        if isinstance(one.node, ast.ExternCrate):
            self._crate(one)
            return
        place = self._prefix(one)
        if place is None or one.name is None:
            return
        found = {space: source_of(self.world, one, space) for space in _SPACES}
        if not any(found.values()):
            if not self._is_macro(one, place):
                self._unresolved(one, len(one.path) - 1, place)
            return
        if not self._private(one, [binding for binding in found.values() if binding]):
            self._reexport(one, found)

    def _crate(self, one: Import) -> None:
        name = one.path[0].name
        if name != "self" and name not in self.world.extern:
            self.say(Diagnostic(codes.NO_SUCH_CRATE, one.span, {"name": name}, "can't find crate"))

    def _is_macro(self, one: Import, place: "Place | bool") -> bool:
        name = one.path[-1].name
        if name in self.world.macros:
            return True
        if isinstance(place, ModuleScope) and in_place(self.world, place, name, MACRO):
            return True
        return len(one.path) == 1 and lexical(self.world, self.scope, name, MACRO) is not None

    def _prefix(self, one: Import) -> "Place | bool | None":
        """Walk what stands before the last name; None after an error, True if that is nothing."""
        path = one.path if one.name is None else one.path[:-1]
        if not one.is_global and one.path and one.path[0].name == "super" and not path:
            path = one.path
        place: Place | bool = True
        for index, ident in enumerate(path):
            found = self._step(one, place, index, ident)
            if found is None:
                return None
            place = found
        return place

    def _step(
        self, one: Import, place: "Place | bool", index: int, ident: ast.Ident
    ) -> "Place | None":
        name = ident.name
        if name == "super" or (index == 0 and name in {"crate", "self", "$crate", "$std"}):
            if index == 0 or not isinstance(place, ModuleScope):
                found = by_keyword(self.world, self.scope, name)
            else:
                found = outer_module(self.world, place)
            if found is None:
                self._too_many(ident)
            return found
        if index == 0:
            binding = first_of_import(self.world, one, name, TYPE)
        else:
            assert not isinstance(place, bool)
            binding = in_place(self.world, place, name, TYPE)
        if binding is None:
            self._unresolved(one, index, place)
            return None
        if binding.target is None:
            return None
        Paths(self.world, self.scope).visible(binding, ident)
        inner = as_place(self.world, binding.target)
        if inner is None:
            self._unresolved(one, index, place)
        return inner

    def _too_many(self, ident: ast.Ident) -> None:
        facts = {"what": "too many leading `super` keywords"}
        label = "there are too many leading `super` keywords"
        self.say(Diagnostic(codes.UNRESOLVED_PATH, ident.span, facts, label))

    def _unresolved(self, one: Import, index: int, place: "Place | bool") -> None:
        """Report E0432 for segment `index`."""
        one.failed = True
        path = one.path
        ident = path[index]
        module = place.module if isinstance(place, ModuleScope) else None
        if suggest.beyond(self.world, module, ident.name):
            text = "::".join(segment.name for segment in path[: index + 1])
            what = f"`{text}`, which our standard library has not"
            self.say(Diagnostic(UNSUPPORTED, ident.span, {"what": what}))
            return
        last = index == len(path) - 1 and one.name is not None
        text = "::".join(segment.name for segment in path[: index + 1])
        span = one.span if last else ident.span
        help_: tuple[str, ...] = ()
        if index == 0 and (len(path) > 1 or one.name is None):
            label = f"use of unresolved module or unlinked crate `{ident.name}`"
            help_ = (f"you might be missing a crate named `{ident.name}`",)
            if ident.name[:1].isupper():
                label, help_ = f"use of undeclared type `{ident.name}`", ()
        elif index == 0:
            label = f"no external crate `{ident.name}`"
        elif last:
            label = f"no `{ident.name}` in {self._named(path, place)}"
            help_ = self._similar(ident.name, place)
        else:
            outer = self._named(path[:index], place, full=True)
            label = f"could not find `{ident.name}` in {outer}"
        facts = {"what": f"unresolved import `{text}`"}
        self.say(Diagnostic(codes.UNRESOLVED_IMPORT, span, facts, label, help=help_))

    def _named(
        self, path: tuple[ast.Ident, ...], place: "Place | bool", *, full: bool = False
    ) -> str:
        if isinstance(place, ModuleScope):
            if place.module.parent is None and not place.module.path:
                return "the crate root" if full else "the root"
            return f"`{place.module.path}`"
        return f"`{place.path}`" if not isinstance(place, bool) else f"`{path[-1].name}`"

    def _similar(self, name: str, place: "Place | bool") -> tuple[str, ...]:
        if not isinstance(place, ModuleScope):
            return ()
        names = (one for space in _SPACES for one, _ in names_in(self.world, place, space))
        found = suggest.closest(name, names)
        return () if found is None else (f"a similar name exists in the module: `{found}`",)

    def _private(self, one: Import, found: list[Binding]) -> bool:
        paths = Paths(self.world, self.scope)
        if any(map(paths.may, found)):
            return False
        paths.visible(found[0], one.path[-1])
        return True

    def _reexport(self, one: Import, found: dict[Namespace, Binding | None]) -> None:
        """Report an import that is seen more widely than what it imports."""
        narrow: tuple[Namespace, Binding] | None = None
        for space in _SPACES:
            binding = found[space]
            if binding is None or binding.target is None:
                continue
            if _at_least(binding.visibility, one.visibility):
                return
            narrow = space, binding
        if narrow is None:
            return
        space, binding = narrow
        name = one.path[-1].name
        in_crate = binding.visibility is self.scope.crate.root
        how = "only public within the crate" if in_crate else "private, and cannot be re-exported"
        if isinstance(binding.target, Constructor) and binding.target.adt is None:
            return
        label = ""
        code: Code = codes.PRIVATE_RE_EXPORT
        if in_crate:
            how = f"{how}, and cannot be re-exported outside"
        if space is TYPE:
            code = codes.PRIVATE_MODULE_RE_EXPORT
            label = f"re-export of {'crate public' if in_crate else 'private'} `{name}`"
        self.say(Diagnostic(code, one.span, {"name": name, "how": how}, label))

    # ---------------------------------------------------------------------------------------- twice

    def twice(self) -> None:
        """Report names that are imported twice, or imported and declared."""
        for name, group in self.scope.imports.items():
            if name == "_":
                continue
            for index, one in enumerate(group):
                if not self._declared(name, one):
                    self._again(name, group[:index], one)

    def _declared(self, name: str, one: Import) -> bool:
        for space in _SPACES:
            old = self.scope.declared(name, space)
            if old is None or follow(self.world, one, space) is None:
                continue
            is_crate = isinstance(one.node, ast.ExternCrate)
            code = codes.IMPORT_AGAINST_DEFINITION
            if is_crate:
                code = codes.EXTERN_CRATE_AGAINST_DEFINITION
            kind = "module" if isinstance(old.target, Module) else _WORD[space]
            if old.target is not None and head(old.target) == "trait":
                kind = "trait"
            if old.span.start > one.span.start and old.span.source is one.span.source:
                label = Label(one.span, f"previous import of the {kind} `{name}` here")
                self._say_twice(code, name, (old.span, f"`{name}` redefined here"), label, space)
            else:
                label = Label(old.span, f"previous definition of the {kind} `{name}` here")
                self._say_twice(code, name, (one.span, f"`{name}` reimported here"), label, space)
            return True
        return False

    def _again(self, name: str, before: list[Import], one: Import) -> None:
        for other, space in _pairs(before):
            if follow(self.world, one, space) and follow(self.world, other, space):
                crates = isinstance(one.node, ast.ExternCrate) + isinstance(
                    other.node, ast.ExternCrate
                )
                code = (
                    codes.DUPLICATE_IMPORT,
                    codes.IMPORT_AGAINST_EXTERN_CRATE,
                    codes.DUPLICATE_EXTERN_CRATE,
                )[crates]
                label = Label(other.span, f"previous import of the {_WORD[space]} `{name}` here")
                name = one.path[-1].name if one.name is None else one.name
                self._say_twice(code, name, (one.span, f"`{name}` reimported here"), label, space)
                return

    def _say_twice(
        self, code: Code, name: str, at: tuple[Span, str], label: Label, space: Namespace
    ) -> None:
        where = "block" if self.scope.is_block else "module"
        note = f"`{name}` must be defined only once in the {_WORD[space]} namespace of this {where}"
        self.say(Diagnostic(code, at[0], {"name": name}, at[1], (label,), notes=(note,)))


def _pairs(before: list[Import]) -> Iterator[tuple[Import, Namespace]]:
    for other in before:
        for space in _SPACES:
            yield other, space


def _at_least(inner: Module | None, wanted: Module | None) -> bool:
    """Tell whether something seen in `inner` may be shown in `wanted`."""
    if inner is None:
        return True
    return wanted is not None and contains(inner, wanted)
