"""Cycles of `Rc`s: which field of a program's types closes one, and should hold a `Weak`.

The run tells that a lost block leads back to itself; the types tell through which field. Asked only
when there is such a block: the program is read once more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache
from freehold.source import Source
from freehold.types import AdtKind, Type
from freehold.types.fold import parts
from freehold.types.generic import AdtDef, AdtType, Definition, is_type

_SHARED = frozenset({"std::rc::Rc", "std::sync::arc::Arc"})
_WEAK = frozenset({"std::rc::Weak", "std::sync::arc::Weak"})
# What holds many is taken for the way down: the way back is the field that holds one.
_COLLECTIONS = frozenset(
    {"Vec", "VecDeque", "LinkedList", "HashMap", "HashSet", "BTreeMap", "BTreeSet", "BinaryHeap"}
)


@dataclass(frozen=True, slots=True)
class Link:
    """A field: the types of the program that it holds, and those that it shares by `Rc`."""

    owner: AdtDef
    name: str  # the field's whole name
    holds: frozenset[AdtDef]
    shares: frozenset[AdtDef]
    many: bool


class Advice:
    """Adds to findings on cycles which field is to blame."""

    def __init__(self, source: Source, cache: Cache, *, strict: bool) -> None:
        """Take the program as it was given."""
        self._source = source
        self._cache = cache
        self._strict = strict

    def on(self, found: Diagnostic) -> Diagnostic:
        """Return a finding with the help that there is for it."""
        if not found.facts.get("cycle") or not self._names:
            return found
        return replace(found, help=(*found.help, _worded(self._names)))

    @cached_property
    def _names(self) -> list[str]:
        from freehold.driver.rust import load_std
        from freehold.rust import crates
        from freehold.rust.depth import deep_recursion
        from freehold.rust.repair import repair

        load_std(self._cache)
        with deep_recursion():
            source = self._source if self._strict else repair(self._source).source
            program = crates.load(source)
            program.resolve_all()
            return closing_fields(program.user.adts)


def _worded(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    which = quoted[0] if len(quoted) == 1 else f"one of {', '.join(quoted)}"
    return f"make {which} a `Weak`: the `Rc` there closes the cycle"


def closing_fields(adts: Sequence[AdtDef]) -> list[str]:
    """Name the fields by which values of these types may share themselves."""
    graph = _Graph(frozenset(adts))
    links = [link for adt in adts for link in graph.links(adt)]
    closing = [one for one in links if any(one.owner in graph.below(to) for to in one.shares)]
    back = [one for one in closing if not one.many] or closing
    return [one.name for one in back]


def _owned(ty: Type) -> Iterator[AdtType]:
    """Return the structs and enums in `ty`, but for what is behind a `Weak`."""
    if isinstance(ty, AdtType):
        yield ty
        if ty.definition.path in _WEAK:
            return
    for part in parts(ty):
        if is_type(part):
            yield from _owned(part)


@dataclass(slots=True)
class _Graph:
    """What the types of a program hold of each other."""

    own: frozenset[Definition]
    _below: dict[AdtDef, set[AdtDef]] = field(default_factory=dict)

    def links(self, adt: AdtDef) -> Iterator[Link]:
        """Return the fields of `adt`."""
        for variant in adt.variants:
            inside = f"::{variant.name}" if adt.kind is AdtKind.ENUM else ""
            for each in variant.fields:
                yield self._link(adt, f"{adt.path}{inside}.{each.name}", each.type)

    def _link(self, owner: AdtDef, name: str, ty: Type) -> Link:
        found = list(_owned(ty))
        shared = [
            inner
            for part in found
            if part.definition.path in _SHARED
            for argument in part.arguments
            if is_type(argument)
            for inner in _owned(argument)
        ]
        many = any(part.definition.path.rpartition("::")[2] in _COLLECTIONS for part in found)
        return Link(owner, name, self._own(found), self._own(shared), many)

    def _own(self, types: list[AdtType]) -> frozenset[AdtDef]:
        return frozenset(ty.definition for ty in types if ty.definition in self.own)

    def below(self, adt: AdtDef) -> set[AdtDef]:
        """Return `adt` and all that its values may hold."""
        known = self._below.get(adt)
        if known is None:
            known = self._below[adt] = {adt}
            waiting = [adt]
            while waiting:
                for link in self.links(waiting.pop()):
                    waiting += link.holds - known
                    known |= link.holds
        return known
