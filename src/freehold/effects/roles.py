"""What a function does with its pointers, told from its summary: owns, borrows, consumes, keeps.

It knows summaries and the types of a body; not how Rust would write them.
"""

from collections.abc import Iterator, Mapping
from enum import Enum

from freehold.effects.events import Event
from freehold.effects.log import Access, Assume, Havoc, Release, Text
from freehold.effects.summary import Disjunct, Summary
from freehold.effects.values import Linear, RegionKind, Relation, Symbol, Value, split
from freehold.mir.body import Body
from freehold.mir.statements import Assign, Call
from freehold.mir.values import Deref
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import Adt, ArrayType, PointerType, Type, field_offset, size_of

Member = tuple[str, str]  # a struct's name, a member's; of a global "" and its name


class Role(Enum):
    """What becomes of what a pointer parameter points to."""

    UNUSED = "unused"  # the pointer is not followed
    BORROWED = "borrowed"
    MUTABLE = "mutably borrowed"
    STORED = "stored"  # the pointer is kept somewhere beyond the call
    CONSUMED = "consumed"


class Source(Enum):
    """Where a result comes from."""

    NOTHING = "null"
    FRESH = "owned"
    PARAMETER = "borrowed from a parameter"
    STATIC = "static"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is said of a pointer, and where that shows."""

    text: str
    event: Event | None = None


@dataclass(slots=True)
class Given:
    """A pointer parameter. `nullable`: null is met with; `text`: it is read as a string;
    `changed`: what it points to is written.

    `many`: elements are reached beyond the first; `family` is what releases it ("malloc");
    `into` are the parameters, members or globals that it is stored in; `fills`: a new block's
    address is written to what it points to, `empties`: what it points to is released.
    """

    role: Role = Role.UNUSED
    nullable: bool = False
    changed: bool = False
    text: bool = False
    many: bool = False
    family: str = ""
    fills: bool = False
    empties: bool = False
    into: dict[object, None] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def become(self, role: Role, text: str, event: Event | None) -> None:
        """Take in a role; the strongest counts."""
        self.changed |= role is Role.MUTABLE
        order = tuple(Role)
        if order.index(role) > order.index(self.role):
            self.role = role
        known = self.evidence.get(text)
        if known is None or known.event is None:
            self.evidence[text] = Evidence(text, event)


@dataclass(slots=True)
class Returned:
    """A pointer result. `parameters` are those that it may be borrowed from.

    `members` are those that it is read from; `moved` those of them that get another value.
    """

    sources: dict[Source, Evidence] = field(default_factory=dict)
    parameters: dict[int, None] = field(default_factory=dict)
    members: dict[Member, None] = field(default_factory=dict)
    moved: dict[Member, None] = field(default_factory=dict)
    many: bool = False
    family: str = ""


@dataclass(frozen=True, slots=True)
class Roles:
    """What a function does: `given` by number of the parameter.

    What the members `released` point to is released; null is written to the members `nulls`.
    """

    given: Mapping[int, Given]
    returned: Returned
    released: frozenset[Member]
    nulls: frozenset[Member]
    partial: bool


def roles_of(body: Body, summary: Summary) -> Roles:
    """Return what a function does with its pointers."""
    made = _Roles(body, summary)
    for number, span in _direct_writes(body):
        given = made.given.get(number)
        if given is not None:
            given.become(Role.MUTABLE, "written through", Event("", span))
    for disjunct in summary.disjuncts:
        _Way(made, disjunct).look()
    return Roles(
        made.given,
        made.returned,
        frozenset(made.released),
        frozenset(made.nulls),
        summary.partial or summary.rest is not None,
    )


def _direct_writes(body: Body) -> Iterator[tuple[int, Span]]:
    """Yield the parameters that statements write through: of all ways, those left out as well."""
    for block in body.blocks:
        end = block.terminator
        places = [(one.place, one.span) for one in block.statements if isinstance(one, Assign)]
        if isinstance(end, Call) and end.destination is not None:
            places.append((end.destination, end.span))
        for place, span in places:
            through = place.projections and isinstance(place.projections[0], Deref)
            if through and isinstance(place.base, int) and 0 < place.base <= body.argument_count:
                yield place.base - 1, span


class _Roles:
    def __init__(self, body: Body, summary: Summary) -> None:
        self.parameters = summary.parameters
        self.types = [body.locals[i].type for i in range(1, body.argument_count + 1)]
        self.result = body.type.result
        self.given = {i: Given() for i, ty in enumerate(self.types) if isinstance(ty, PointerType)}
        self.returned = Returned()
        self.released: set[Member] = set()
        self.nulls: set[Member] = set()


@dataclass(frozen=True, slots=True)
class _Reached:
    """What a symbol is: reached from parameter `root` (-1: a global), of a type, in a member."""

    root: int
    type: Type | None
    direct: bool = False
    member: Member | None = None
    cell: tuple[Symbol, object] | None = None  # where it was read


class _Way:
    """One way through a function."""

    def __init__(self, roles: _Roles, disjunct: Disjunct) -> None:
        self._roles = roles
        self._disjunct = disjunct
        self._reached: dict[Symbol, _Reached] = {
            symbol: _Reached(i, ty, direct=True)
            for i, (symbol, ty) in enumerate(zip(roles.parameters, roles.types, strict=True))
        }

    def look(self) -> None:
        """Take in what this way tells."""
        for entry in self._disjunct.log:
            match entry:
                case Access():
                    self._access(entry)
                case Release(value, by, family, event):
                    self._release(value, by, family, event)
                case Havoc(base):
                    self._havoc(base)
                case Text(address, _, _, event):
                    given, _ = self._parameter(address)
                    if given is not None:
                        given.text = True
                        given.become(Role.BORROWED, "read as a string", event)
                case Assume(condition):
                    if condition.relation is Relation.EQ and not self._disjunct.ends:
                        given, _ = self._parameter(condition.form)
                        if given is not None:
                            given.nullable = True
                            given.become(Role.UNUSED, "null is met with", None)
                case _:
                    pass
        self._stores()
        if not self._disjunct.ends and isinstance(self._roles.result, PointerType):
            self._result(self._disjunct.value)

    def _at(self, base: Symbol) -> _Reached | None:
        known = self._reached.get(base)
        if known is None and base.name:
            return _Reached(-1, None)
        if known is None and base.into is not None:
            start = self._at(base.into)  # a walk from object to object keeps the type
            if start is not None:
                known = self._reached[base] = _Reached(start.root, start.type)
        return known

    def _parameter(self, value: Value) -> tuple[Given | None, _Reached | None]:
        """Return the parameter that a value is, unchanged."""
        base, offset = split(value)
        here = self._at(base) if base is not None else None
        if here is None or not here.direct or offset != 0:
            return None, here
        return self._roles.given.get(here.root), here

    def _access(self, entry: Access) -> None:
        here = self._at(entry.base)
        if here is None:
            return
        if entry.result is not None:
            member, ty = _member(here.type, entry.offset)
            cell = (entry.base, entry.offset)
            self._reached[entry.result] = _Reached(here.root, ty, member=member, cell=cell)
        given = self._roles.given.get(here.root)
        if given is None or entry.soft:
            return
        if here.direct and _beyond_first(here.type, entry):
            given.many = True
        if entry.write:
            given.become(Role.MUTABLE, "written through", entry.event)
        else:
            given.become(Role.BORROWED, "read through", entry.event)

    def _release(self, value: Value, by: str, family: str, event: Event) -> None:
        given, here = self._parameter(value)
        if given is not None:
            given.family = family
            given.become(Role.CONSUMED, f"released by `{by}`", event)
            return
        if here is None or here.direct:
            return
        holder = self._roles.given.get(here.root)
        if here.member is not None:
            self._roles.released.add(here.member)
        elif here.root < 0 and here.cell is not None:
            self._roles.released.add(("", here.cell[0].name))
        base, _ = split(value)
        if base is not None and base.into is not None:
            self._walked(base)
        if holder is not None:
            holder.empties = holder.empties or here.member is None
            holder.become(Role.MUTABLE, f"what it leads to is released by `{by}`", event)

    def _walked(self, base: Symbol) -> None:
        """Each object on a walk is released: so is what their members lead to."""
        for entry in self._disjunct.log:
            if isinstance(entry, Access) and entry.base is base and entry.result is not None:
                here = self._reached.get(entry.result)
                if here is not None and here.member is not None and here.type is not None:
                    self._roles.released.add(here.member)

    def _havoc(self, base: Symbol) -> None:
        here = self._at(base)
        given = self._roles.given.get(here.root) if here is not None else None
        if given is not None:
            given.become(Role.MUTABLE, "handed to what is not known", None)

    def _stores(self) -> None:
        made = {one.symbol for one in self._disjunct.made}
        for store in self._disjunct.stores:
            here = self._at(store.base)
            if here is None:
                continue
            holder = self._roles.given.get(here.root)
            if holder is not None:
                holder.become(Role.MUTABLE, "written through", None)
            member, ty = _member(here.type, store.offset)
            if store.value == 0 and member is not None and isinstance(ty, PointerType):
                self._roles.nulls.add(member)
            if not isinstance(store.value, Linear):
                continue
            base, _ = split(store.value)
            if base in made and holder is not None and here.direct and store.offset == 0:
                holder.fills = True
            given, of = self._parameter(store.value)
            if given is None or of is None or of.root == here.root:
                continue
            place = ("", store.base.name) if here.root < 0 else here.root
            given.into.setdefault(member or place)
            given.become(Role.STORED, "kept beyond the call", None)
        self._made()

    def _made(self) -> None:
        result = self._roles.result if split(self._disjunct.value)[0] is not None else None
        for one in self._disjunct.made:
            known = split(self._disjunct.value)[0] is one.symbol
            for at, cell in one.cells.at.items():
                member, ty = _member(result if known else None, at)
                if cell.value == 0 and member is not None and isinstance(ty, PointerType):
                    self._roles.nulls.add(member)
                if not isinstance(cell.value, Linear):
                    continue
                given, _ = self._parameter(cell.value)
                if given is not None:
                    given.into.setdefault(member or "result")
                    given.become(Role.STORED, "kept in what is returned", None)

    def _result(self, value: Value) -> None:
        base, _ = split(value)
        if base is None or (base.high == 0 and base.region is None):
            null = value == 0 or base is not None
            self._say(Source.NOTHING if null else Source.UNKNOWN, "null" if null else "not known")
            return
        low, high = self._bounds(base)
        region = base.region
        if (region is not None and region.nullable and low <= 0) or base.into is not None:
            self._say(Source.NOTHING, "null where it fails")
            if high == 0:
                return
        here = self._at(base)
        if region is not None and region.kind in {RegionKind.HEAP, RegionKind.RESOURCE}:
            self._roles.returned.family = region.family
            self._roles.returned.many |= _is_many(self._roles.result, region.size)
            self._say(Source.FRESH, "allocated in it", region.event)
        elif here is not None and here.root >= 0:
            self._borrowed(base, here)
        elif here is not None or region is not None:
            self._say(Source.STATIC, "of the program's own data")
        else:
            self._say(Source.UNKNOWN, "not known")

    def _borrowed(self, base: Symbol, here: _Reached) -> None:
        returned = self._roles.returned
        returned.parameters.setdefault(here.root)
        if here.member is not None:
            returned.members.setdefault(here.member)
        replaced = any((store.base, store.offset) == here.cell for store in self._disjunct.stores)
        if replaced and here.member is not None:
            returned.moved.setdefault(here.member)
        self._say(Source.PARAMETER, "reached from a parameter")

    def _say(self, source: Source, text: str, event: Event | None = None) -> None:
        self._roles.returned.sources.setdefault(source, Evidence(text, event))

    def _bounds(self, base: Symbol) -> tuple[int, int]:
        for terms, bounds in self._disjunct.facts:
            if terms == ((base, 1),):
                return bounds
        return base.low, base.high


def _beyond_first(ty: Type | None, entry: Access) -> bool:
    """Whether an access goes beyond the first thing that a pointer of type `ty` points to."""
    if not isinstance(ty, PointerType):
        return False
    if type(entry.offset) is not int or type(entry.size) is not int:
        return not _has_arrays(ty.pointee)  # it may stay inside of one
    return entry.offset + entry.size > max(size_of(ty.pointee), 1)


def _has_arrays(ty: Type) -> bool:
    if isinstance(ty, Adt):
        return any(_has_arrays(member.type) for member in ty.fields)
    return isinstance(ty, ArrayType)


def _is_many(result: Type, size: object) -> bool:
    if not isinstance(result, PointerType) or size is None:
        return False
    each = size_of(result.pointee)
    return not (type(size) is int and size <= max(each, 1))


def _member(ty: Type | None, offset: object) -> tuple[Member | None, Type | None]:
    """Return the member at an offset of what a pointer of type `ty` points to, and its type."""
    here = ty.pointee if isinstance(ty, PointerType) else None
    found: Member | None = None
    at = offset if type(offset) is int else -1
    while isinstance(here, (Adt, ArrayType)) and at >= 0:
        if isinstance(here, ArrayType):
            width = size_of(here.element)
            here, at = here.element, at % width if width else 0
            continue
        inner = next(_members_at(here, at), None)
        if inner is None:
            return None, None
        index, here_name = inner, here.name or here.alias
        found = (here_name, here.fields[index].name)
        at -= field_offset(here, index)
        here = here.fields[index].type
    return found, here


def _members_at(ty: Adt, offset: int) -> Iterator[int]:
    for index, member in enumerate(ty.fields):
        start = field_offset(ty, index)
        if member.bits is None and start <= offset < start + max(size_of(member.type), 1):
            yield index
