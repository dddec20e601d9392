"""Structs, unions and enumerations (C11 6.7.2.1 to 6.7.2.3)."""

from dataclasses import replace

from freehold.c import ast
from freehold.c.ctype import (
    Array,
    EnumType,
    Function,
    Integer,
    IntKind,
    Member,
    QualType,
    RecordType,
)
from freehold.c.lowertype import align_of, complete_adt, size_of
from freehold.c.sema import attributes as attr
from freehold.c.sema.constants import integer_constant
from freehold.c.sema.context import Context
from freehold.c.sema.declarators import LARGEST, declare
from freehold.c.sema.kinds import (
    BAD,
    BY_KIND,
    INT,
    has_flexible_end,
    int_kind,
    is_bool,
    is_complete,
    is_integer,
    is_record,
    is_variably_modified,
    unqualified,
)
from freehold.c.sema.scope import Constant, Scope, ScopeKind, Tag
from freehold.c.sema.specifiers import Base, specify
from freehold.c.sema.spell import spell
from freehold.c.sema.static_assert import static_assert
from freehold.diagnostics import Label
from freehold.diagnostics.codes import (
    BAD_DECLARATION,
    C_WARNING,
    INCOMPLETE_TYPE,
    REDECLARED,
    TYPE_MISMATCH,
)
from freehold.source import Span

# -------------------------------------------------------------------------------------------- tags


def _kind_of(tag: Tag) -> str:
    return tag.keyword if isinstance(tag, RecordType) else "enum"


def _visible(c: Context, node: ast.Record | ast.Enum, keyword: str, *, own: bool) -> Tag | None:
    """Return what the tag means, in this scope alone if `own`, if it is of the right kind."""
    if node.tag is None:
        return None
    found = c.scope.tags.get(node.tag) if own else c.scope.find_tag(node.tag)
    if found is not None and _kind_of(found) != keyword:
        what = f"`{node.tag}` is a {_kind_of(found)}, and no {keyword}"
        labels = (Label(found.span, "declared here"),)
        c.report.error(REDECLARED, node.span, what, labels=labels)
        return None
    return found


def _redefined(c: Context, node: ast.Record | ast.Enum, tag: Tag) -> None:
    what = f"`{_kind_of(tag)} {node.tag}` is defined twice"
    labels = (Label(tag.span, "first defined here"),)
    c.report.error(REDECLARED, node.span, what, labels=labels)


def _warn_in_prototype(c: Context, scope: Scope, keyword: str, tag: str, at: Span) -> None:
    if scope.kind is ScopeKind.PROTOTYPE:
        what = f"`{keyword} {tag}` is known only inside of this parameter list"
        c.report.warn(C_WARNING, at, what)


# ----------------------------------------------------------------------------------------- records


def record(c: Context, node: ast.Record, *, alone: bool) -> QualType:
    """Return the struct or union that a specifier means, and define it if it does."""
    own = node.members is not None or alone
    found = _visible(c, node, node.keyword, own=own)
    assert found is None or isinstance(found, RecordType)
    if found is not None and node.members is not None and found.members is not None:
        _redefined(c, node, found)
        found = None
    if found is None:
        found = RecordType(node.keyword, node.tag or "", node.span)
        if node.tag is not None:
            c.scope.tags[node.tag] = found
            _warn_in_prototype(c, c.scope, node.keyword, node.tag, node.span)
    if node.members is not None:
        _define(c, node, found)
    attr.refuse_unsupported(c, node.attributes)
    return QualType(found)


def _define(c: Context, node: ast.Record, record_: RecordType) -> None:
    builder = _Members(c, node)
    for each in node.members or ():
        if isinstance(each, ast.StaticAssert):
            static_assert(c, each)
        else:
            builder.declaration(each)
    builder.finish()
    names = attr.names(node.attributes)
    if record_.members is not None:
        what = f"`{node.keyword} {node.tag}` is defined inside of itself"
        c.report.error(REDECLARED, node.span, what)
        return
    record_.span = node.span
    record_.packed = "packed" in names
    record_.align = attr.alignment(c, node.attributes)
    record_.transparent = "transparent_union" in names
    record_.members = tuple(builder.members)
    complete_adt(record_)
    c.records.append(record_)
    if size_of(QualType(record_)) > LARGEST:
        what = f"this {node.keyword} is larger than half of the address space"
        c.report.error(BAD_DECLARATION, node.span, what)


class _Members:
    """The members of one record, as they are declared."""

    __slots__ = ("c", "members", "names", "node")

    def __init__(self, c: Context, node: ast.Record) -> None:
        self.c = c
        self.node = node
        self.members: list[Member] = []
        self.names: dict[str, Span] = {}

    def declaration(self, node: ast.Declaration) -> None:
        base = specify(self.c, node.specifiers)
        if base.type is None:
            self.c.report.error(BAD_DECLARATION, node.span, "`__auto_type` in a member")
            return
        if not node.declarators:
            self._anonymous(base, base.type)
        for each in node.declarators:
            self._declarator(base, base.type, each)

    def _anonymous(self, base: Base, ty: QualType) -> None:
        shape = ty.type
        if isinstance(shape, RecordType) and not shape.tag and shape is not BAD.type:
            self._inherit(shape, base.span)
            self._add(Member("", ty, base.span, None, self._align(base, ()), packed=False))
        elif ty is not BAD:
            self.c.report.pedwarn(BAD_DECLARATION, base.span, "this declares nothing")

    def _inherit(self, record_: RecordType, at: Span) -> None:
        for member in record_.members or ():
            if member.name:
                self._name(member.name, at)
            elif isinstance(member.type.type, RecordType) and member.bits is None:
                self._inherit(member.type.type, at)

    def _name(self, name: str, at: Span) -> None:
        before = self.names.get(name)
        if before is not None:
            labels = (Label(before, "first declared here"),)
            self.c.report.error(REDECLARED, at, f"two members are called `{name}`", labels=labels)
        self.names[name] = at

    def _align(self, base: Base, own: tuple[ast.Attribute, ...]) -> int:
        asked = attr.alignment(self.c, (*base.attributes, *own))
        return max(base.align, base.type_align, asked)

    def _declarator(self, base: Base, ty: QualType, node: ast.InitDeclarator) -> None:
        found = declare(self.c, ty, node.declarator)
        at = found.span if found.name else node.span
        if found.name:
            self._name(found.name, at)
        ty = self._checked(found.type, found.name, at)
        ty = attr.with_mode(self.c, ty, node.attributes)
        attr.refuse_unsupported(self.c, node.attributes)
        bits = None
        if node.width is not None:
            bits = self._width(ty, found.name, node.width)
            if bits is None:
                return
        align = self._align(base, node.attributes)
        if bits is not None and base.align:
            what = f"bit-field `{found.name}` cannot have `_Alignas`"
            self.c.report.error(BAD_DECLARATION, at, what)
        packed = "packed" in attr.names((*base.attributes, *node.attributes))
        self._add(Member(found.name, ty, at, bits, align, packed))

    def _checked(self, ty: QualType, name: str, at: Span) -> QualType:
        c = self.c
        if ty is BAD:
            return BAD
        if isinstance(ty.type, Function):
            c.report.error(BAD_DECLARATION, at, f"member `{name}` cannot be a function")
            return BAD
        if is_variably_modified(ty):
            what = f"member `{name}` cannot have a variable length"
            c.report.error(BAD_DECLARATION, at, what)
            return BAD
        if not is_complete(ty) and not isinstance(ty.type, Array):
            what = f"member `{name}` has the incomplete type `{spell(ty)}`"
            c.report.error(INCOMPLETE_TYPE, at, what)
            return BAD
        if is_record(ty) and has_flexible_end(ty.type):  # type: ignore[arg-type]
            c.report.pedantic(BAD_DECLARATION, at, "a member that ends in a flexible array")
        return ty

    def _width(self, ty: QualType, name: str, node: ast.Expr) -> int | None:
        c, shown = self.c, f"`{name}`" if name else "<anonymous>"
        if ty is BAD:
            return None
        if not is_integer(ty):
            what = f"bit-field {shown} must be an integer, not `{spell(ty)}`"
            c.report.error(BAD_DECLARATION, node.span, what)
            return None
        constant = integer_constant(c, node, f"the width of bit-field {shown}")
        if constant is None:
            return None
        width, most = constant.value, 1 if is_bool(ty) else int_kind(ty).bits
        problem = ""
        if width < 0:
            problem = f"bit-field {shown} cannot have {width} bits"
        elif width > most:
            problem = f"bit-field {shown} has {width} bits, but its type has {most}"
        elif width == 0 and name:
            problem = f"bit-field {shown} has no bits: only an unnamed one may"
        if problem:
            c.report.error(BAD_DECLARATION, node.span, problem)
            return None
        return width

    def _add(self, member: Member) -> None:
        self.members.append(self._packed(member))

    def _packed(self, member: Member) -> Member:
        """Apply `#pragma pack` to a member."""
        pack = self.node.pack
        if not pack or member.type is BAD:
            return member
        packed = member.packed or "packed" in attr.names(self.node.attributes)
        natural = max(1 if packed else align_of(member.type), member.align)
        if member.bits is not None:
            return replace(member, pack=pack, align=min(member.align, pack))
        return replace(member, packed=True, align=pack) if pack < natural else member

    def finish(self) -> None:
        """Check what only the whole list of members shows."""
        c = self.c
        last = len(self.members) - 1
        for index, member in enumerate(self.members):
            shape = member.type.type
            if not isinstance(shape, Array) or shape.length is not None:
                continue
            if self.node.keyword == "union":
                problem = "a union has no flexible array member"
            elif index != last:
                problem = "a flexible array member stands last in its struct"
            elif not any(m.name for m in self.members[:-1]) and not self._has_anonymous():
                problem = "a flexible array member needs a named member before it"
            else:
                continue
            c.report.error(BAD_DECLARATION, member.span, problem)
        if not self.members:
            what = f"a {self.node.keyword} has no members"
            c.report.pedantic(BAD_DECLARATION, self.node.span, what)

    def _has_anonymous(self) -> bool:
        return any(not m.name and m.bits is None for m in self.members)


# ------------------------------------------------------------------------------------ enumerations


def enumeration(c: Context, node: ast.Enum) -> QualType:
    """Return the enumeration that a specifier means, and define it if it does."""
    found = _visible(c, node, "enum", own=node.enumerators is not None)
    assert found is None or isinstance(found, EnumType)
    if found is not None and node.enumerators is not None and found.complete:
        _redefined(c, node, found)
        found = None
    if found is None:
        found = EnumType(node.tag or "", node.span)
        if node.tag is not None:
            c.scope.tags[node.tag] = found
            _warn_in_prototype(c, c.scope, "enum", node.tag, node.span)
        if node.enumerators is None and node.underlying is None:
            what = "an `enum` used before its definition is an extension"
            c.report.pedantic(INCOMPLETE_TYPE, node.span, what)
    fixed = _fixed(c, node, found)
    if node.enumerators is not None:
        found.span = node.span
        _enumerators(c, node, found, fixed=fixed)
    return QualType(found)


def _fixed(c: Context, node: ast.Enum, enum: EnumType) -> bool:
    """Settle C23's underlying type."""
    if node.underlying is None:
        return False
    ty = unqualified(c.type_name(node.underlying))
    if not isinstance(ty.type, Integer):
        c.report.error(TYPE_MISMATCH, node.underlying.span, "an `enum` is made of an integer type")
        return False
    enum.underlying = ty.type
    enum.complete = True
    return True


def _enumerators(c: Context, node: ast.Enum, enum: EnumType, *, fixed: bool) -> None:
    constants: list[Constant] = []
    following = 0
    ty = QualType(enum.underlying) if fixed else INT
    for each in node.enumerators or ():
        if each.value is not None:
            found = integer_constant(c, each.value, f"the value of enumerator `{each.name}`")
            if found is not None:
                following = found.value
                if not fixed:
                    ty = _type_for(following, int_kind(found.type))
        elif not fixed:
            ty = _type_for(following, int_kind(ty))
        if int_kind(ty).bits > IntKind.INT.bits and not fixed:
            what = "an enumerator beyond the range of `int` is an extension"
            c.report.pedantic(TYPE_MISMATCH, each.span, what)
        constant = Constant(each.name, ty, each.span, following)
        _declare_constant(c, constant)
        constants.append(constant)
        following += 1
    if fixed:
        return
    enum.underlying = _underlying([k.value for k in constants], attr.names(node.attributes))
    enum.complete = True
    for constant in constants:
        if int_kind(constant.type) is not IntKind.INT:
            constant.type = QualType(enum.underlying)


def _type_for(value: int, wish: IntKind) -> QualType:
    """Return the type of an enumerator while its enumeration is still open."""
    for kind in (IntKind.INT, wish, IntKind.UINT, IntKind.LONG, IntKind.ULONG):
        low = -(1 << (kind.bits - 1)) if kind.signed else 0
        if low <= value < 1 << (kind.bits - kind.signed):
            return BY_KIND[kind]
    return BY_KIND[IntKind.INT128]


def _underlying(values: list[int], names: frozenset[str]) -> Integer:
    low, high = min(values, default=0), max(values, default=0)
    kinds = [IntKind.UINT, IntKind.INT, IntKind.ULONG, IntKind.LONG]
    if "packed" in names:
        small = [IntKind.UCHAR, IntKind.SCHAR, IntKind.USHORT, IntKind.SHORT]
        kinds = small + kinds
    for kind in kinds:
        least = -(1 << (kind.bits - 1)) if kind.signed else 0
        if kind.signed == (low < 0) and least <= low and high < 1 << (kind.bits - kind.signed):
            return Integer(kind)
    return Integer(IntKind.INT128)


def _declare_constant(c: Context, constant: Constant) -> None:
    before = c.scope.names.get(constant.name)
    if before is not None:
        what = f"`{constant.name}` is declared twice"
        labels = (Label(before.span, "declared here"),) if hasattr(before, "span") else ()
        c.report.error(REDECLARED, constant.span, what, labels=labels)
    c.scope.names[constant.name] = constant
