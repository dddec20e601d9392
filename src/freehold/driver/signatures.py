"""C functions as the Rust signatures that they amount to, told from their summaries."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic
from freehold.driver.means import ALONE, Means
from freehold.driver.options import CompileOptions
from freehold.driver.rust_words import TypeWords, snake
from freehold.effects.roles import Evidence, Given, Member, Returned, Role, Roles, Source, roles_of
from freehold.mir.body import Body, Linkage
from freehold.mir.values import RETURN, Local
from freehold.records import dataclass
from freehold.source import Source as Text
from freehold.source import Span
from freehold.types import FunctionType, PointerType, Type, VoidType

if TYPE_CHECKING:
    from freehold.driver.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter, or the result (then it has no name).

    `rust` is its type; `role` what becomes of it in words, "" for what is no pointer; `evidence`
    where that shows.
    """

    name: str
    rust: str
    role: str = ""
    nullable: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A function. `rust` is the whole signature; `partial`: not all ways were looked at."""

    name: str
    span: Span
    rust: str
    parameters: tuple[Part, ...]
    result: Part
    partial: bool


@dataclass(frozen=True, slots=True)
class Signatures:
    """The functions in the order of the text, and what was said about the sources."""

    functions: tuple[Signature, ...]
    diagnostics: tuple[Diagnostic, ...]


def signatures(
    sources: Sequence[Text], options: CompileOptions, means: Means = ALONE
) -> Signatures:
    """Return the signatures of the functions that C sources define, linked as one program."""
    from freehold.driver.static import examine

    units = [(source, options) for source in sources]
    names = {source.name for source in sources}
    said, found = examine(units, lambda ledger: _told(ledger, names), means)
    return Signatures(found or (), said)


def _told(ledger: "Ledger", names: set[str]) -> tuple[Signature, ...]:
    """Return the signatures of the functions in the files `names`."""
    from freehold.effects.portable import load

    bodies = ledger.linked.program.bodies
    roles = {
        name: roles_of(bodies[name], load(ledger.summary(name))) for name in ledger.linked.order
    }
    members = _Members(
        frozenset(member for one in roles.values() for member in one.released),
        frozenset(member for one in roles.values() for member in one.nulls),
    )
    found = [
        _signature(bodies[name], one, members)
        for name, one in roles.items()
        if bodies[name].span.outermost().source.name in names
    ]
    return tuple(sorted(found, key=_place))


@dataclass(frozen=True, slots=True)
class _Members:
    """Members of structs that the program as a whole releases, and those that it sets to null."""

    owned: frozenset[Member]
    nullable: frozenset[Member]


def _place(one: Signature) -> tuple[str, int]:
    at = one.span.outermost()
    return at.source.name, at.start


def _signature(body: Body, roles: Roles, members: _Members) -> Signature:
    writer = _Writer(body, roles, members)
    parameters = tuple(writer.parameters())
    result = writer.result()
    public = "" if body.linkage is Linkage.INTERNAL else "pub "
    generic = "<'a>" if writer.borrows else ""
    listed = [f"{one.name}: {one.rust}" for one in parameters]
    if body.type.variadic:
        listed.append("...")
    to = f" -> {result.rust}" if result.rust != "()" else ""
    text = f"{public}fn {body.display}{generic}({', '.join(listed)}){to}"
    return Signature(body.display, body.span, text, parameters, result, roles.partial)


class _Writer:
    """Words one function's parameters and result."""

    def __init__(self, body: Body, roles: Roles, members: _Members) -> None:
        self._body = body
        self._roles = roles
        self._owned = members.owned
        self._nulls = members.nullable
        self._types = TypeWords()
        # Parameters whose borrow lives on in the result, or in what another one points to.
        moved = bool(roles.returned.moved) and roles.returned.moved.keys() <= members.owned
        self._moved_out = moved
        self._kept = set() if moved else set(roles.returned.parameters)
        for number, given in roles.given.items():
            if self._borrow_kept(given):
                self._kept.add(number)
        self.borrows = bool(self._kept)

    def _borrow_kept(self, given: Given) -> bool:
        keeps = given.role is Role.STORED and not self._moves_in(given)
        return keeps and not _is_static(given)

    def _moves_in(self, given: Given) -> bool:
        """Whether it goes where things are released: then it is owned from there on."""
        return bool(given.into) and all(place in self._owned for place in given.into)

    def parameters(self) -> Iterator[Part]:
        """Yield the parameters."""
        body = self._body
        for number in range(body.argument_count):
            declared = body.locals[Local(number + 1)]
            name = snake(declared.name) or f"_{number + 1}"
            given = self._roles.given.get(number)
            if given is None or not isinstance(declared.type, PointerType):
                yield Part(name, self._types.plain(declared.type))
                continue
            role, rust = self._given(number, given, declared.type.pointee)
            nullable = given.nullable or (given.role is Role.CONSUMED and not _followed(given))
            if nullable:
                rust = f"Option<{rust}>"
            yield Part(name, rust, role, nullable, tuple(given.evidence.values()))

    def _given(self, number: int, given: Given, pointee: Type) -> tuple[str, str]:
        life = "'a " if number in self._kept else "'static " if _is_static(given) else ""
        if isinstance(pointee, FunctionType):
            return given.role.value, self._types.plain(pointee)
        if given.role is Role.CONSUMED:
            return "consumed", self._types.owned(pointee, given.family, many=given.many)
        if given.role is Role.STORED and self._moves_in(given):
            where = ", ".join(f"`{_member(place)}`" for place in given.into)
            return f"consumed: moved into {where}", self._types.owned(pointee, "malloc", many=False)
        if isinstance(pointee, PointerType) and (given.fills or given.empties):
            inner = self._types.owned(pointee.pointee, "malloc", many=False)
            return Role.MUTABLE.value, f"&{life}mut Option<{inner}>"
        if given.role is Role.MUTABLE or (given.role is Role.STORED and given.changed):
            inner = self._types.pointee(pointee, text=False, many=given.many)
            return given.role.value, f"&{life}mut {inner}"
        inner = self._types.pointee(pointee, text=True, many=given.many and not given.text)
        if given.role is Role.UNUSED and isinstance(pointee, VoidType):
            return given.role.value, f"&{life}{inner}" if life else "*const c_void"
        return given.role.value, f"&{life}{inner}"

    def result(self) -> Part:
        """Return the result."""
        ty = self._body.locals[RETURN].type
        if not isinstance(ty, PointerType):
            return Part("", "()" if isinstance(ty, VoidType) else self._types.plain(ty))
        returned = self._roles.returned
        nullable = Source.NOTHING in returned.sources or bool(returned.members.keys() & self._nulls)
        found = [one for one in returned.sources if one is not Source.NOTHING]
        rust = self._returned(ty.pointee, returned, found)
        evidence = tuple(returned.sources.values())
        role = " or ".join(self._said(one) for one in found) or "null"
        if nullable:
            rust = f"Option<{rust}>"
        return Part("", rust, role, nullable, evidence)

    def _said(self, source: Source) -> str:
        names = [self._name(number) for number in self._roles.returned.parameters]
        if self._moved_out and source is Source.PARAMETER:
            where = "`, `".join(_member(one) for one in self._roles.returned.moved)
            return f"moved out of `{where}`"
        return (
            f"borrowed from `{'`, `'.join(names)}`" if source is Source.PARAMETER else source.value
        )

    def _name(self, number: int) -> str:
        return self._body.locals[Local(number + 1)].name or f"_{number + 1}"

    def _returned(self, pointee: Type, returned: Returned, found: Sequence[Source]) -> str:
        match found:
            case [Source.FRESH]:
                return self._types.owned(pointee, returned.family, many=returned.many)
            case [Source.PARAMETER] if self._moved_out:
                return self._types.owned(pointee, "malloc", many=False)
            case [Source.PARAMETER]:
                numbers = returned.parameters
                roles = {self._roles.given[n].role for n in numbers if n in self._roles.given}
                mutable = "mut " if roles == {Role.MUTABLE} else ""
                return f"&'a {mutable}{self._types.pointee(pointee, text=True, many=False)}"
            case [] if self._roles.partial:
                return f"*mut {self._types.raw(pointee)}"
            case [Source.STATIC] | []:
                return f"&'static {self._types.pointee(pointee, text=True, many=False)}"
            case _:
                return f"*mut {self._types.raw(pointee)}"


def _is_static(given: Given) -> bool:
    """Whether it is kept in a global."""
    return any(isinstance(place, tuple) and not place[0] for place in given.into)


def _followed(given: Given) -> bool:
    return any(text.endswith("through") for text in given.evidence)


def _member(place: object) -> str:
    if isinstance(place, tuple):
        struct, member = place
        return f"{struct}.{member}" if struct else str(member)
    return str(place)
