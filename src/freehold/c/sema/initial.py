"""Initialisers (C11 6.7.9): which value goes to which part of an object.

A walk over the type and the list together yields `Entry` values; `static_data` turns them into
bytes, and automatic objects get them as stores. Brace elision, designators with ranges, strings,
overriding and flexible array members are settled here.
"""

from dataclasses import replace

from freehold.c import ast, tree
from freehold.c.ctype import Array, QualType, RecordType
from freehold.c.lowertype import lower_type, size_of
from freehold.c.sema.assign import assign_convert
from freehold.c.sema.compat import compatible_types
from freehold.c.sema.context import Context
from freehold.c.sema.convert import rvalue
from freehold.c.sema.evaluate import Evaluator
from freehold.c.sema.kinds import (
    BAD,
    LONG,
    int_kind,
    is_char_like,
    is_complete,
    is_integer,
    is_record,
    is_scalar,
    strip_array_quals,
    unqualified,
)
from freehold.c.sema.literals import string_literal
from freehold.c.sema.primary import member_path
from freehold.c.sema.scope import suggestion
from freehold.c.sema.spell import spell
from freehold.c.sema.unary import without_parens
from freehold.diagnostics.codes import (
    BAD_INITIALIZER,
    C_WARNING,
    EXCESS_INITIALIZER,
    INCOMPLETE_TYPE,
    NOT_CONSTANT,
    TYPE_MISMATCH,
)
from freehold.records import dataclass
from freehold.source import Span
from freehold.types import layout_of

Path = tuple[tree.InitStep, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """`value`, of type `type`, goes to `offset`; bit-fields have `bit` and `width`.

    `last` repeats it for the elements of the innermost array up to that index.
    """

    path: Path
    type: QualType
    value: tree.Expr
    offset: int
    bit: int = 0
    width: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The part of the object that is being initialised."""

    type: QualType
    path: Path = ()
    offset: int = 0
    bit: int = 0
    width: int | None = None


@dataclass(slots=True)
class Items:
    """The items of one braced list, and how far they are used up."""

    items: tuple[ast.InitItem, ...]
    at: int = 0
    ready: tree.Expr | None = None  # the next item's expression, once it has been analysed
    found: bool = False  # the next item's designators have been followed

    def peek(self) -> ast.InitItem | None:
        """The next item, or None."""
        return self.items[self.at] if self.at < len(self.items) else None

    def advance(self) -> None:
        """Leave the next item behind."""
        self.at += 1
        self.ready = None
        self.found = False

    @property
    def designators(self) -> tuple[ast.Designator, ...]:
        """The next item's designators, if they have not been followed yet."""
        return () if self.found else self.items[self.at].designators

    def follow(self) -> tuple[ast.Designator, ...]:
        """Return the next item's designators, and count them as followed."""
        self.found = True
        return self.items[self.at].designators


class Initialiser:
    """The initialisation of one object. `entries` come in source order, overridden ones gone.

    `length` is the number of elements that a flexible or incomplete array got.
    """

    __slots__ = ("c", "entries", "length", "static", "zero")

    def __init__(self, c: Context, *, static: bool) -> None:
        self.c = c
        self.static = static
        self.entries: list[Entry] = []
        self.length: int | None = None
        self.zero = False

    # ------------------------------------------------------------------------- whole objects

    def run(self, ty: QualType, node: ast.Initializer) -> None:
        """Initialise a whole object of type `ty`."""
        self.object(Place(ty), node)

    def object(self, place: Place, node: ast.Initializer) -> None:
        """Initialise `place` by an initialiser that is all its own."""
        if isinstance(node, ast.InitList):
            self._braced(place, node)
        elif self._constant_literal(place, node):
            return
        elif isinstance(place.type.type, Array):
            self._array_from(place, node)
        else:
            self.expression(place, self._value(node), node.span)

    def _constant_literal(self, place: Place, node: ast.Expr) -> bool:
        """GNU: a compound literal of the same type initialises a static object as its list would.

        Return False if `node` is no such literal.
        """
        inner = without_parens(node)
        if not self.static or not isinstance(inner, ast.CompoundLiteral):
            return False
        c = self.c
        given = c.type_name(inner.type)
        if not _same_type(place.type, given):
            return False
        c.report.pedantic(
            NOT_CONSTANT, node.span, "the initializer of a static object must be constant"
        )
        if isinstance(given.type, Array):
            self._reach(place, given.type.length or 0)
        self.object(place, inner.initializer)
        return True

    def _value(self, node: ast.Expr) -> tree.Expr:
        return rvalue(self.c, self.c.expr(node))

    def expression(self, place: Place, value: tree.Expr, at: Span) -> None:
        """Initialise `place`, which is no array, by one value."""
        if is_record(place.type) and value.type is not BAD and not self._same_record(place, value):
            what = f"expected `{spell(place.type)}` in initialization, found `{spell(value.type)}`"
            self.c.report.error(TYPE_MISMATCH, at, what, value)
            return
        stored = assign_convert(self.c, value, place.type, at, "initialization")
        self._add(place, stored)

    @staticmethod
    def _same_record(place: Place, value: tree.Expr) -> bool:
        return compatible_types(place.type.type, value.type.type)

    def _add(self, place: Place, value: tree.Expr) -> None:
        if value.type is not BAD:
            ty = unqualified(place.type)
            entry = Entry(place.path, ty, value, place.offset, place.bit, place.width)
            self.entries.append(entry)

    def _braced(self, place: Place, node: ast.InitList) -> None:
        c, ty = self.c, place.type
        if ty is BAD:
            return
        if not node.items:
            c.report.pedantic(BAD_INITIALIZER, node.span, "empty braces come with C23")
        if is_scalar(ty):
            self._braced_scalar(place, node)
            return
        if isinstance(ty.type, Array):
            string = self._only_string(ty, node)
            if string is not None:
                self._string(place, string)
                return
        elif not isinstance(ty.type, RecordType) or ty.type.members is None:
            return
        self.zero = True
        items = Items(node.items)
        while items.peek() is not None:
            # Every round leaves an item behind: those that fit nowhere are said to be too many.
            self._aggregate(place, items, braced=True)
            item = items.peek()
            if item is not None and (items.found or not item.designators):
                self._excess(place, item)
                items.advance()
        if isinstance(ty.type, Array) and ty.type.length is None:
            self._reach(place, 0)

    def _excess(self, place: Place, item: ast.InitItem) -> None:
        kind = "array" if isinstance(place.type.type, Array) else "record"
        if isinstance(place.type.type, RecordType):
            kind = place.type.type.keyword
        at = item.value.span
        what = f"more initializers than the {kind} has room for"
        if isinstance(item.value, ast.InitList):
            self.c.report.pedwarn(EXCESS_INITIALIZER, at, what)
            return
        if isinstance(place.type.type, Array) and is_char_like(place.type.type.element):
            first = self.entries[0].value if self.entries else None
            if isinstance(first, tree.StringRef):
                self.c.report.error(BAD_INITIALIZER, at, what)
                return
        self._value(item.value)
        self.c.report.pedwarn(EXCESS_INITIALIZER, at, what)

    def _braced_scalar(self, place: Place, node: ast.InitList) -> None:
        c = self.c
        if not node.items:
            c.report.error(BAD_INITIALIZER, node.span, "empty braces initialize no scalar")
            return
        first = node.items[0]
        if first.designators:
            self._bad_designator(place, first.designators[0])
            return
        if isinstance(first.value, ast.InitList):
            c.report.warn(C_WARNING, first.span, "braces around the initializer of a scalar")
        self.object(place, first.value)
        for item in node.items[1:]:
            what = "more initializers than one for a scalar"
            c.report.pedwarn(EXCESS_INITIALIZER, item.value.span, what)

    # ---------------------------------------------------------------------- arrays and strings

    def _only_string(self, ty: QualType, node: ast.InitList) -> ast.String | None:
        """Return the string of `{ "..." }`, if `ty` is an array of characters."""
        if not node.items or node.items[0].designators:
            return None
        value = node.items[0].value
        string = None if isinstance(value, ast.InitList) else without_parens(value)
        if not isinstance(string, ast.String) or not _holds_characters(ty):
            return None
        for item in node.items[1:]:
            what = "more initializers than the array has room for"
            self.c.report.error(BAD_INITIALIZER, item.span, what)
        return string

    def _array_from(self, place: Place, node: ast.Expr) -> None:
        c = self.c
        inner = without_parens(node)
        if isinstance(inner, ast.String) and _holds_characters(place.type):
            if inner is not node:
                what = "parentheses around the string that initializes an array"
                c.report.pedantic(BAD_INITIALIZER, node.span, what)
            self._string(place, inner)
            return
        found = c.expr(node)
        same = _same_type(place.type, found.type)
        if isinstance(inner, ast.CompoundLiteral) and same and not self.static:
            self._array_copy(place, found, node.span)
            return
        what = f"`{spell(place.type)}` needs an initializer in braces"
        c.report.error(BAD_INITIALIZER, node.span, what, found)

    def _array_copy(self, place: Place, found: tree.Expr, at: Span) -> None:
        """GNU: an array may be initialised by a compound literal of its type."""
        what = "a compound literal that initializes an array is an extension"
        self.c.report.pedantic(BAD_INITIALIZER, at, what)
        source = found.type.type
        assert isinstance(source, Array)
        self._reach(place, source.length or 0)
        for index in range(source.length or 0):
            key = tree.IntValue(LONG, at, index)
            part = tree.ElementOf(source.element, at, found, key)
            step = self._element(place, index)
            self._add(step, rvalue(self.c, part))

    def _string(self, place: Place, node: ast.String) -> None:
        c = self.c
        array = place.type.type
        assert isinstance(array, Array)
        literal = string_literal(c, node)
        if not _character_fits(array.element, literal):
            what = f"this string literal's characters are not of type `{spell(array.element)}`"
            c.report.error(BAD_INITIALIZER, node.span, what)
            return
        count = len(literal.data) // literal.width
        if array.length is None:
            self._reach(place, count)
        elif count - 1 > array.length:
            what = f"the string has more characters than `{spell(place.type)}` has room for"
            c.report.pedwarn(EXCESS_INITIALIZER, node.span, what)
        if not self.static:
            c.strings.append(literal)
        ref = tree.StringRef(literal.type, node.span, literal)
        ty = place.type
        if array.length is None:
            ty = QualType(Array(array.element, count))
        self.entries.append(Entry(place.path, ty, ref, place.offset))

    def _reach(self, place: Place, count: int) -> None:
        """Note that an array of unknown length has at least `count` elements."""
        array = place.type.type
        assert isinstance(array, Array)
        if array.length is None:
            self.length = max(self.length or 0, count)

    # ------------------------------------------------------------------------------ aggregates

    def _aggregate(
        self,
        place: Place,
        items: Items,
        *,
        braced: bool,
        first: tuple[ast.Designator, ...] | None = None,
    ) -> None:
        """Initialise the members of `place` from `items`, as many as there are.

        Without braces of its own the first designator ends it: that belongs further out. `first`
        are designators, relative to here, of the next item.
        """
        shape = place.type.type
        if isinstance(shape, Array):
            self._elements(place, shape, items, braced=braced, first=first)
        else:
            assert isinstance(shape, RecordType)
            self._members(place, shape, items, braced=braced, first=first)

    def _members(
        self,
        place: Place,
        record: RecordType,
        items: Items,
        *,
        braced: bool,
        first: tuple[ast.Designator, ...] | None,
    ) -> None:
        members = record.members or ()
        index, pending = 0, first
        while items.peek() is not None:
            if pending is None and items.designators:
                if not braced:
                    return
                pending = items.follow()
            if pending is not None:
                found = self._named(place, record, pending, items)
                pending = None
                if found is None:
                    continue
                index = found + 1
            else:
                while index < len(members) and _unnamed_field(record, index):
                    index += 1
                if index >= len(members) or (record.keyword == "union" and index > 0):
                    return
                self._part(self._member(place, record, index), items)
                index += 1
            if record.keyword == "union":
                index = len(members)

    def _named(
        self,
        place: Place,
        record: RecordType,
        designators: tuple[ast.Designator, ...],
        items: Items,
    ) -> int | None:
        """Initialise the member that `designators` name; return its index in `record`."""
        designator = designators[0]
        if not isinstance(designator, ast.FieldDesignator):
            self._bad_designator(place, designator)
            items.advance()
            return None
        path = member_path(self.c, record, designator.name)
        if path is None:
            what = f"`{spell(unqualified(place.type))}` has no member `{designator.name}`"
            names = [m.name for m in record.members or ()]
            hint = suggestion(designator.name, names)
            self.c.report.error(BAD_INITIALIZER, designator.span, what, help=hint)
            items.advance()
            return None
        index = path[0][1]
        member = self._member(place, record, index)
        if record.keyword == "union":
            self._forget_others(place, index)
        # Through an anonymous member: the same name designates inside of it.
        rest = designators if len(path) > 1 else designators[1:]
        self._designated(member, rest, items)
        return index

    def _designated(self, place: Place, rest: tuple[ast.Designator, ...], items: Items) -> None:
        if not rest:
            item = items.peek()
            assert item is not None
            if isinstance(item.value, ast.InitList):
                self._forget(place)
            self._part(place, items)
        elif is_scalar(place.type) or not _is_aggregate(place.type):
            self._bad_designator(place, rest[0])
            items.advance()
        else:
            self._aggregate(place, items, braced=False, first=rest)

    def _elements(
        self,
        place: Place,
        array: Array,
        items: Items,
        *,
        braced: bool,
        first: tuple[ast.Designator, ...] | None,
    ) -> None:
        index, pending = 0, first
        while items.peek() is not None:
            if pending is None and items.designators:
                if not braced:
                    return
                pending = items.follow()
            if pending is not None:
                bounds = self._bounds(place, array, pending[0])
                if bounds is None:
                    items.advance()
                else:
                    self._range(place, bounds, pending[1:], items)
                    index = bounds[1] + 1
                pending = None
                continue
            if array.length is not None and index >= array.length:
                return
            self._reach(place, index + 1)
            before = items.at
            self._part(self._element(place, index), items)
            if items.at == before:
                return  # elements without members: nothing will ever be used up
            index += 1

    def _range(
        self,
        place: Place,
        bounds: tuple[int, int],
        rest: tuple[ast.Designator, ...],
        items: Items,
    ) -> None:
        low, high = bounds
        self._reach(place, high + 1)
        start = len(self.entries)
        self._designated(self._element(place, low), rest, items)
        if low == high:
            return
        made = self.entries[start:]
        depth = len(place.path)
        if len(made) == 1 and len(made[0].path) == depth + 1:
            self.entries[start] = replace(made[0], last=high)
            return
        array = place.type.type
        assert isinstance(array, Array)
        size = size_of(array.element)
        for index in range(low + 1, high + 1):
            step = tree.InitStep(array, index)
            for entry in made:
                path = (*entry.path[:depth], step, *entry.path[depth + 1 :])
                offset = entry.offset + (index - low) * size
                self.entries.append(replace(entry, path=path, offset=offset))

    def _bounds(
        self, place: Place, array: Array, designator: ast.Designator
    ) -> tuple[int, int] | None:
        if not isinstance(designator, ast.IndexDesignator):
            self._bad_designator(place, designator)
            return None
        low = self._index(designator.index)
        high = low
        if designator.last is not None:
            what = "ranges of elements are an extension"
            self.c.report.pedantic(BAD_INITIALIZER, designator.span, what)
            high = self._index(designator.last)
        if low is None or high is None:
            return None
        if high < low:
            what = "this range of elements is empty"
            self.c.report.error(BAD_INITIALIZER, designator.span, what)
            return None
        limit = array.length if array.length is not None else 1 << 60
        if low < 0 or high >= limit:
            what = "this index is outside of the array"
            self.c.report.error(BAD_INITIALIZER, designator.span, what)
            return None
        return low, high

    def _index(self, node: ast.Expr) -> int | None:
        found = rvalue(self.c, self.c.expr(node))
        if not is_integer(found.type):
            what = "an index must be an integer"
            self.c.report.error(BAD_INITIALIZER, node.span, what, found)
            return None
        known = Evaluator().integer(found)
        if known is None:
            what = "an index in an initializer must be constant"
            self.c.report.error(BAD_INITIALIZER, node.span, what, found)
        elif not isinstance(found, tree.IntValue):
            what = "this index is constant only by extension"
            self.c.report.pedantic(BAD_INITIALIZER, node.span, what)
        return known

    def _bad_designator(self, place: Place, designator: ast.Designator) -> None:
        if isinstance(designator, ast.FieldDesignator):
            what = f"`.{designator.name}` names a member, but `{spell(place.type)}` has none"
        else:
            what = f"an index, but `{spell(place.type)}` is no array"
        self.c.report.error(BAD_INITIALIZER, designator.span, what)

    # ----------------------------------------------------------------------- parts of a whole

    def _part(self, place: Place, items: Items) -> None:
        """Initialise `place` from the next item, or from several if its braces are left out."""
        item = items.peek()
        assert item is not None
        ty, node = place.type, item.value
        flexible = isinstance(ty.type, Array) and ty.type.length is None
        if flexible and not self._may_flex(place, node):
            items.advance()
            return
        if isinstance(node, ast.InitList):
            items.advance()
            self.object(place, node)
            return
        if self._constant_literal(place, node):
            items.advance()
            return
        if isinstance(ty.type, Array):
            inner = without_parens(node)
            if isinstance(inner, ast.String) and _holds_characters(ty):
                items.advance()
                self._array_from(place, node)
            else:
                self._aggregate(place, items, braced=False)
            return
        if items.ready is None:
            items.ready = self._value(node)
        value = items.ready
        if is_record(ty) and not self._same_record(place, value) and value.type is not BAD:
            self._aggregate(place, items, braced=False)
            return
        items.advance()
        self.expression(place, value, node.span)

    def _may_flex(self, place: Place, node: ast.Initializer) -> bool:
        at = node.span
        if not self.static:
            what = "only a static object can initialize its flexible array member"
            self.c.report.error(BAD_INITIALIZER, at, what)
            return False
        if len(place.path) > 1:
            what = "a flexible array member is initialized inside of another object"
            self.c.report.error(BAD_INITIALIZER, at, what)
            return False
        what = "initializing a flexible array member is an extension"
        self.c.report.pedantic(BAD_INITIALIZER, at, what)
        return True

    def _member(self, place: Place, record: RecordType, index: int) -> Place:
        assert record.members is not None
        slot = layout_of(lower_type(record)).slots[index]
        path = (*place.path, tree.InitStep(record, index))
        ty = record.members[index].type
        return Place(ty, path, place.offset + slot.offset, slot.bit, slot.width)

    def _element(self, place: Place, index: int) -> Place:
        array = place.type.type
        assert isinstance(array, Array)
        offset = place.offset + index * size_of(array.element)
        return Place(array.element, (*place.path, tree.InitStep(array, index)), offset)

    def _forget(self, place: Place) -> None:
        """Drop what was said of `place` before: all of it is initialised anew."""
        depth = len(place.path)
        wanted = [step.index for step in place.path]
        self.entries = [
            e for e in self.entries if [step.index for step in e.path[:depth]] != wanted
        ]

    def _forget_others(self, place: Place, index: int) -> None:
        """Drop what was said of the other members of the union `place`."""
        depth = len(place.path)
        wanted = [step.index for step in place.path]
        self.entries = [
            e
            for e in self.entries
            if [step.index for step in e.path[:depth]] != wanted
            or (len(e.path) > depth and e.path[depth].index == index)
        ]


def _unnamed_field(record: RecordType, index: int) -> bool:
    assert record.members is not None
    member = record.members[index]
    return not member.name and member.bits is not None


def _is_aggregate(ty: QualType) -> bool:
    return isinstance(ty.type, (Array, RecordType)) and ty is not BAD


def _holds_characters(ty: QualType) -> bool:
    return isinstance(ty.type, Array) and is_integer(ty.type.element)


def _character_fits(element: QualType, literal: tree.StringLiteral) -> bool:
    if literal.width == 1:
        return is_char_like(element)
    assert isinstance(literal.type.type, Array)
    return int_kind(element) is int_kind(literal.type.type.element)


def _same_type(a: QualType, b: QualType) -> bool:
    return compatible_types(strip_array_quals(a).type, strip_array_quals(b).type)


def completed(ty: QualType, length: int | None) -> QualType:
    """Return the array type `ty` with the length that its initialiser gave it."""
    array = ty.type
    if isinstance(array, Array) and array.length is None and array.extent is None:
        return QualType(Array(array.element, length or 0), ty.quals)
    return ty


def check_initialised_type(c: Context, ty: QualType, name: str, at: Span) -> bool:
    """Require a type that can have an initialiser: complete, or an array to be completed."""
    shape = ty.type
    if ty is BAD:
        return False
    if isinstance(shape, Array) and shape.length is None and shape.extent is None:
        return is_complete(shape.element)
    if not is_complete(ty):
        what = f"`{name}` is initialized, but `{spell(ty)}` is incomplete"
        c.report.error(INCOMPLETE_TYPE, at, what)
        return False
    return True
