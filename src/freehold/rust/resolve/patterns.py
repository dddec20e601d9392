"""Patterns: which identifiers bind variables, and whether the alternatives agree."""

from collections.abc import Callable
from enum import Enum

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.items import (
    Constant,
    Constructor,
    GenericName,
    PartialResolution,
    Static,
)
from freehold.rust.resolve.names import Names
from freehold.rust.resolve.paths import Paths
from freehold.rust.resolve.ribs import Binder, Key, Ribs
from freehold.rust.resolve.scopes import Binding, head
from freehold.rust.resolve.wants import Want
from freehold.types.generic import Definition


class Source(Enum):
    """Where a pattern stands, as messages name it."""

    LET = "let binding"
    MATCH = "match binding"
    FOR = "for binding"
    PARAMETER = "function parameter"


@dataclass(slots=True, eq=False)
class Patterns:
    """Resolves patterns. `visit` walks the expressions and types inside of them."""

    ribs: Ribs
    paths: Paths
    names: Names
    visit: Callable[[ast.Node | None], None]
    source: Source = Source.LET

    def bindings(self, pattern: ast.Pattern, source: Source) -> dict[Key, Binder]:
        """Return the variables that `pattern` binds."""
        return self.product((pattern,), source)

    def product(self, patterns: tuple[ast.Pattern, ...], source: Source) -> dict[Key, Binder]:
        """Return the variables that `patterns` bind together: parameters."""
        self.source = source
        table: dict[Key, Binder] = {}
        for pattern in patterns:
            self._pattern(pattern, table)
        return table

    def _pattern(self, pattern: ast.Pattern, table: dict[Key, Binder]) -> None:
        """Add the variables of `pattern` to `table`."""
        visit = _VISIT.get(type(pattern))
        if visit is not None:
            visit(self, pattern, table)

    # ---------------------------------------------------------------------------------- the kinds

    def _ident(self, pattern: ast.IdentPattern, table: dict[Key, Binder]) -> None:
        if self._constant(pattern):
            return
        key = (pattern.ident.name, pattern.ident.mark)
        if key in table:
            self._twice(pattern)
        else:
            table[key] = pattern
        if pattern.sub is not None:
            self._pattern(pattern.sub, table)

    def _twice(self, pattern: ast.IdentPattern) -> None:
        listed = self.source is Source.PARAMETER
        code = codes.DUPLICATE_PARAMETER if listed else codes.DUPLICATE_BINDING
        label = "used as parameter more than once" if listed else "used in a pattern more than once"
        facts = {"name": pattern.ident.name}
        self.paths.report(Diagnostic(code, pattern.ident.span, facts, label))

    def _constant(self, pattern: ast.IdentPattern) -> bool:
        """Tell whether an identifier is a constant or the like; report what it must not be."""
        found = self.ribs.item(pattern.ident)
        if isinstance(found, GenericName):
            lone = not (pattern.by_ref or pattern.mutable or pattern.sub)
            if lone:
                self.names.patterns[pattern] = PartialResolution(found)
            return lone
        if not isinstance(found, Binding) or not isinstance(
            found.target, Constructor | Constant | Static
        ):
            return False
        target = found.target
        lone = not (pattern.by_ref or pattern.mutable or pattern.sub)
        unit = isinstance(target, Constant) or (
            isinstance(target, Constructor) and target.style == "unit"
        )
        if lone and unit:
            self.paths.visible(found, pattern.ident)
            self.paths.ambiguous(found, pattern.ident)
            self.names.patterns[pattern] = PartialResolution(target)
            return True
        self._shadows(pattern, found, target)
        return False

    def _shadows(self, pattern: ast.IdentPattern, found: Binding, target: Definition) -> None:
        kind = head(target)
        name = pattern.ident.name
        how = "imported" if found.source is not None else "defined"
        facts = {"what": f"{self.source.value}s cannot shadow {kind}s"}
        label = Label(found.span, f"the {kind} `{name}` is {how} here")
        help_: tuple[str, ...] = ()
        if isinstance(target, Constructor) and target.style == "tuple":
            help_ = (f"try specify the pattern arguments: `{name}(..)`",)
        span = pattern.ident.span
        self.paths.report(
            Diagnostic(
                codes.BINDING_SHADOWS_ITEM,
                span,
                facts,
                f"cannot be named the same as a {kind}",
                (label,),
                help=help_,
            )
        )

    def _or(self, pattern: ast.OrPattern, table: dict[Key, Binder]) -> None:
        tables: list[dict[Key, Binder]] = []
        for alternative in pattern.alternatives:
            own = dict(table)
            self._pattern(alternative, own)
            tables.append({key: binder for key, binder in own.items() if key not in table})
        self._consistent(pattern, tables)
        merged: dict[Key, Binder] = {}
        for own in tables:
            for key, binder in own.items():
                first = merged.setdefault(key, binder)
                if first is not binder and isinstance(binder, ast.IdentPattern):
                    assert isinstance(first, ast.IdentPattern)
                    self.names.bindings[binder] = self.names.binding(first)
                    self._modes(first, binder)
        # Bindings of nested alternatives lead to the outermost first one.
        for later, first_ in list(self.names.bindings.items()):
            self.names.bindings[later] = self.names.binding(first_)
        table.update(merged)

    def _modes(self, first: ast.IdentPattern, other: ast.IdentPattern) -> None:
        if first.by_ref == other.by_ref and (not first.by_ref or first.mutable == other.mutable):
            return
        self.paths.report(
            Diagnostic(
                codes.OR_PATTERN_BINDING_MODE,
                other.ident.span,
                {"name": other.ident.name},
                "bound in different ways",
                (Label(first.ident.span, "first binding"),),
            )
        )

    def _consistent(self, pattern: ast.OrPattern, tables: list[dict[Key, Binder]]) -> None:
        keys = dict.fromkeys(key for own in tables for key in own)
        for key in keys:
            without = [
                alternative
                for alternative, own in zip(pattern.alternatives, tables, strict=True)
                if key not in own
            ]
            if not without:
                continue
            have = [own[key] for own in tables if key in own]
            self.paths.report(
                Diagnostic(
                    codes.OR_PATTERN_BINDING,
                    without[0].span,
                    {"name": key[0]},
                    f"pattern doesn't bind `{key[0]}`",
                    (
                        *(
                            Label(one.span, f"pattern doesn't bind `{key[0]}`")
                            for one in without[1:]
                        ),
                        *(Label(one.ident.span, "variable not in all patterns") for one in have),
                    ),
                )
            )

    def _tuple_struct(self, pattern: ast.TupleStructPattern, table: dict[Key, Binder]) -> None:
        self._path(pattern.path, Want.TUPLE)
        for element in pattern.elements:
            self._pattern(element, table)

    def _struct(self, pattern: ast.StructPattern, table: dict[Key, Binder]) -> None:
        self._path(pattern.path, Want.STRUCT)
        for one in pattern.fields:
            self._pattern(one.pattern, table)

    def _path_pattern(self, pattern: ast.PathPattern, table: dict[Key, Binder]) -> None:
        del table
        self._path(pattern.path, Want.PATTERN)

    def _path(self, path: ast.Path, want: Want) -> None:
        self.visit(path)
        found = self.paths.resolve(path, want)
        if found.unresolved:
            self.names.traits[path] = ()

    def _several(
        self, pattern: ast.TuplePattern | ast.SlicePattern, table: dict[Key, Binder]
    ) -> None:
        for element in pattern.elements:
            self._pattern(element, table)

    def _inner(
        self, pattern: ast.RefPattern | ast.ParenPattern | ast.BoxPattern, table: dict[Key, Binder]
    ) -> None:
        self._pattern(pattern.inner, table)

    def _range(self, pattern: ast.RangePattern, table: dict[Key, Binder]) -> None:
        del table
        for bound in (pattern.low, pattern.high):
            if isinstance(bound, ast.PathExpr):
                self._path(bound.path, Want.PATTERN)

    def _block(self, pattern: ast.ConstPattern, table: dict[Key, Binder]) -> None:
        del table
        self.visit(pattern.block)


_VISIT: dict[type, Callable[..., None]] = {
    ast.IdentPattern: Patterns._ident,
    ast.OrPattern: Patterns._or,
    ast.TupleStructPattern: Patterns._tuple_struct,
    ast.StructPattern: Patterns._struct,
    ast.PathPattern: Patterns._path_pattern,
    ast.TuplePattern: Patterns._several,
    ast.SlicePattern: Patterns._several,
    ast.RefPattern: Patterns._inner,
    ast.ParenPattern: Patterns._inner,
    ast.BoxPattern: Patterns._inner,
    ast.RangePattern: Patterns._range,
    ast.ConstPattern: Patterns._block,
}
