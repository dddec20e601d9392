"""The variables of a pattern: their locals, where their storage begins and their values end."""

from collections.abc import Iterator
from dataclasses import replace

from freehold.mir.body import Binding, LocalDecl, LocalKind
from freehold.mir.values import Local, Place, Scope
from freehold.records import dataclass
from freehold.rust import thir
from freehold.rust.build.builder import Builder, Variable
from freehold.rust.build.drops import DropKind
from freehold.rust.build.scopes import Region
from freehold.source import Span
from freehold.types.generic import ERASED, RefType


@dataclass(frozen=True, slots=True)
class Declaration:
    """How variables come to be: they live in `region`, and are visible in `visible`.

    `matched` and `place` are what their pattern is matched against. `initialiser` is the value of
    a `let`, `type_span` the type that was written. `guarded`: a guard is going to look at them.
    """

    visible: Scope
    region: Region
    matched: Span | None = None
    place: Place | None = None
    initialiser: Span | None = None
    type_span: Span | None = None
    guarded: bool = False


def primary(pattern: thir.Pattern) -> Iterator[thir.BindPattern]:
    """Yield the bindings of `pattern`, once for each variable."""
    seen: set[thir.Variable] = set()
    for bind in _bindings(pattern):
        if bind.variable not in seen:
            seen.add(bind.variable)
            yield bind


def _bindings(pattern: thir.Pattern) -> Iterator[thir.BindPattern]:
    match pattern:
        case thir.BindPattern(sub=sub):
            yield pattern
            if sub is not None:
                yield from _bindings(sub)
        case thir.DerefPattern(sub):
            yield from _bindings(sub)
        case thir.LeafPattern(fields=fields) | thir.VariantPattern(fields=fields):
            for _, part in fields:
                yield from _bindings(part)
        case thir.SlicePattern(prefix=prefix, middle=middle, suffix=suffix):
            for part in (*prefix, *(() if middle is None else (middle,)), *suffix):
                yield from _bindings(part)
        case thir.OrPattern(alternatives=alternatives):
            for part in alternatives:
                yield from _bindings(part)
        case _:
            pass


def is_plain(pattern: thir.Pattern) -> bool:
    """Say whether the whole pattern is `x` or `mut x`."""
    return isinstance(pattern, thir.BindPattern) and pattern.by_ref is None and pattern.sub is None


def declare(b: Builder, pattern: thir.Pattern, how: Declaration) -> None:
    """Make the locals of the variables of `pattern`."""
    plain = is_plain(pattern)
    whole_let = plain and how.initialiser is not None
    for bind in primary(pattern):
        decl = b.source.variables[bind.variable]
        binding = Binding(
            decl.kind,
            decl.by_ref,
            how.type_span if plain else None,
            how.initialiser if plain else None,
            None if whole_let else how.matched,
            None if whole_let else how.place,
            pattern=bind.span,
        )
        kind = LocalKind.VARIABLE
        own = LocalDecl(
            decl.type, kind, decl.span, decl.name, mutable=decl.mutable, binding=binding
        )
        variable = b.variables[bind.variable] = Variable(b.add_local(own), region=how.region)
        if how.guarded:
            ty = RefType(ERASED, decl.type, mutable=False)
            seen = Binding(decl.kind, decl.by_ref, guard=True)
            reference = LocalDecl(ty, kind, decl.span, decl.name, mutable=False, binding=seen)
            variable.in_guard = b.add_local(reference)


def set_matched(b: Builder, pattern: thir.Pattern, place: Place) -> None:
    """Note which place `pattern` is matched against."""
    for bind in primary(pattern):
        local = b.variables[bind.variable].own
        decl = b.locals[local]
        if decl.binding is not None and decl.binding.matched is not None:
            b.locals[local] = replace(decl, binding=replace(decl.binding, place=place))


def start_storage(
    b: Builder, variable: thir.Variable, span: Span, *, in_guard: bool = False, once: bool = True
) -> Local:
    """Begin the storage of a variable, and schedule its end if that is done but `once`."""
    found = b.variables[variable]
    local = found.in_guard if in_guard else found.own
    assert local is not None
    b.storage_live(local, span)
    if once and found.region is not None:
        b.scopes.schedule(local, found.region, DropKind.STORAGE)
    return local


def schedule_value(b: Builder, variable: thir.Variable) -> None:
    """Let the value of a variable be dropped at its end."""
    found = b.variables[variable]
    if found.region is not None:
        b.scopes.schedule(found.own, found.region, DropKind.VALUE)
