"""Declaration specifiers (C11 6.7.1 to 6.7.5)."""

from freehold.c import ast
from freehold.c.ctype import Array, Complex, Function, Quals, QualType
from freehold.c.sema import attributes as attr
from freehold.c.sema.context import Context
from freehold.c.sema.convert import field_width
from freehold.c.sema.kinds import (
    BAD,
    BOOL,
    CHAR,
    DOUBLE,
    FLOAT,
    FLOAT128,
    INT,
    INT128,
    LDOUBLE,
    LLONG,
    LONG,
    SCHAR,
    SHORT,
    UCHAR,
    UINT,
    UINT128,
    ULLONG,
    ULONG,
    USHORT,
    VOID,
    float_kind,
    is_pointer,
    qualified,
    target_of,
    unqualified,
)
from freehold.c.sema.scope import Typedef, Undeclared
from freehold.diagnostics.codes import (
    BAD_DECLARATION,
    BAD_OPERANDS,
    IMPLICIT_INT,
    UNDECLARED,
)
from freehold.records import dataclass, field
from freehold.source import Span


@dataclass(slots=True)
class Base:
    """What declaration specifiers say: the type, and everything else about the declaration.

    `align` is what `_Alignas`, and `type_align` what the typedef, asks for, 0 if nothing. `type` is
    None for `__auto_type`, and `quals` are then its qualifiers.
    """

    type: QualType | None
    span: Span
    quals: Quals = Quals.NONE
    storage: str = ""
    storage_span: Span | None = None
    thread: bool = False
    inline: Span | None = None
    noreturn: Span | None = None
    constexpr: bool = False
    align: int = 0
    align_span: Span | None = None
    type_align: int = 0
    attributes: tuple[ast.Attribute, ...] = ()
    extension: bool = False
    declares: bool = False  # a tag, or enumeration constants


_STORAGE = frozenset(("typedef", "extern", "static", "auto", "register"))
QUALIFIERS = {
    "const": Quals.CONST,
    "volatile": Quals.VOLATILE,
    "restrict": Quals.RESTRICT,
    "_Atomic": Quals.ATOMIC,
}
_UNSUPPORTED = frozenset(("_Float16", "_Decimal32", "_Decimal64", "_Decimal128"))

# The words of each type, as C11 6.7.2p2 lists them, without the optional `int` and `signed`.
_SPELLINGS = {
    "void": VOID,
    "char": CHAR,
    "signed char": SCHAR,
    "unsigned char": UCHAR,
    "short": SHORT,
    "unsigned short": USHORT,
    "int": INT,
    "signed": INT,
    "unsigned": UINT,
    "long": LONG,
    "unsigned long": ULONG,
    "long long": LLONG,
    "unsigned long long": ULLONG,
    "__int128": INT128,
    "unsigned __int128": UINT128,
    "float": FLOAT,
    "double": DOUBLE,
    "long double": LDOUBLE,
    "_Bool": BOOL,
    "_Float32": FLOAT,
    "_Float64": DOUBLE,
    "_Float32x": DOUBLE,
    "_Float64x": LDOUBLE,
    "_Float128": FLOAT128,
}
_INT_OPTIONAL = frozenset(("short", "long", "signed", "unsigned"))
_SIGNED_OPTIONAL = frozenset(("short", "int", "long", "__int128"))


def _combinations() -> dict[tuple[str, ...], QualType]:
    table: dict[tuple[str, ...], QualType] = {}
    for spelling, ty in _SPELLINGS.items():
        words = spelling.split()
        forms = [words]
        if "char" not in words and "double" not in words and _INT_OPTIONAL & set(words):
            forms.append([*words, "int"])
        if "unsigned" not in words and "double" not in words and _SIGNED_OPTIONAL & set(words):
            forms += [[*form, "signed"] for form in list(forms)]
        for form in forms:
            table[tuple(sorted(form))] = ty
    for spelling in ("float", "double", "long double", "_Float32", "_Float64", "_Float128"):
        real = _SPELLINGS[spelling]
        key = tuple(sorted([*spelling.split(), "_Complex"]))
        table[key] = QualType(Complex(float_kind(real)))
    table[("_Complex",)] = QualType(Complex(float_kind(DOUBLE)))
    return table


_TYPES = _combinations()


@dataclass(slots=True)
class _Collected:
    words: list[str] = field(default_factory=list)
    types: list[QualType] = field(default_factory=list)
    auto: bool = False
    quals: Quals = Quals.NONE
    quals_at: Span | None = None
    attributes: list[ast.Attribute] = field(default_factory=list)


def specify(c: Context, node: ast.Specifiers, *, alone: bool = False) -> Base:
    """Return what `node` means; `alone` if no declarator follows, so that `struct S` is new."""
    base = Base(None, node.span)
    found = _Collected()
    for item in node.items:
        match item:
            case ast.Keyword(name=name):
                _keyword(c, base, found, name, item.span)
            case ast.TypedefName():
                _typedef_name(c, base, found, item)
            case ast.Record():
                base.declares = base.declares or item.tag is not None
                found.types.append(c.rules.specifier[ast.Record](c, item, alone=alone))
            case ast.Enum():
                base.declares = True
                found.types.append(c.rules.specifier[ast.Enum](c, item))
            case ast.TypeOf():
                found.types.append(_type_of(c, item))
            case ast.AtomicType():
                found.types.append(_atomic(c, item))
            case ast.AlignAs():
                base.align = max(base.align, attr.asked_alignment(c, item.operand, item.span))
                base.align_span = item.span
            case ast.Attribute():
                found.attributes.append(item)
    base.attributes = tuple(found.attributes)
    attr.refuse_unsupported(c, base.attributes)
    _settle(c, base, found)
    return base


def _keyword(c: Context, base: Base, found: _Collected, name: str, at: Span) -> None:
    if name in _STORAGE:
        if base.storage:
            what = "a declaration has one storage class at most"
            if base.storage == name:
                what = f"`{name}` is written twice"
            c.report.error(BAD_DECLARATION, at, what)
            return
        base.storage, base.storage_span = name, at
    elif name in QUALIFIERS:
        found.quals |= QUALIFIERS[name]
        found.quals_at = at
    elif name == "_Thread_local":
        base.thread = True
    elif name == "inline":
        base.inline = at
    elif name == "_Noreturn":
        base.noreturn = at
    elif name == "constexpr":
        base.constexpr = True
        found.quals |= Quals.CONST
    elif name == "__extension__":
        base.extension = True
    elif name == "__auto_type":
        found.auto = True
    elif name in _UNSUPPORTED:
        c.report.unsupported(at, f"type `{name}`")
        found.types.append(BAD)
    else:
        found.words.append(name)


def _typedef_name(c: Context, base: Base, found: _Collected, item: ast.TypedefName) -> None:
    entity = c.scope.find(item.name)
    if isinstance(entity, Typedef):
        found.types.append(entity.type)
        base.type_align = entity.align
        return
    if not isinstance(entity, Undeclared):
        c.report.error(UNDECLARED, item.span, item.name)
    found.types.append(BAD)


def _type_of(c: Context, item: ast.TypeOf) -> QualType:
    if isinstance(item.operand, ast.TypeName):
        ty = c.type_name(item.operand)
    else:
        with c.unevaluated_operand():
            operand = c.expr(item.operand)
        if field_width(operand) is not None:
            c.report.error(BAD_OPERANDS, item.span, "a bit-field has no `typeof`")
        ty = operand.type
    return unqualified(ty) if item.unqualified else ty


def _atomic(c: Context, item: ast.AtomicType) -> QualType:
    ty = c.type_name(item.type)
    if isinstance(ty.type, (Array, Function)) or ty.quals:
        c.report.error(
            BAD_DECLARATION, item.span, "`_Atomic` of an array, function or qualified type"
        )
        return ty
    return qualified(ty, Quals.ATOMIC)


def _settle(c: Context, base: Base, found: _Collected) -> None:
    base.quals = found.quals
    if found.auto and not found.words and not found.types:
        return
    ty = attr.with_mode(c, _base_type(c, base, found), base.attributes)
    if found.quals & Quals.RESTRICT and not _may_restrict(ty):
        at = found.quals_at or base.span
        c.report.error(BAD_DECLARATION, at, "`restrict` qualifies only pointers to objects")
        found.quals &= ~Quals.RESTRICT
    base.type = qualified(ty, found.quals)


def _base_type(c: Context, base: Base, found: _Collected) -> QualType:
    if found.types:
        if len(found.types) > 1 or found.words or found.auto:
            what = "a declaration names one type only"
            c.report.error(BAD_DECLARATION, base.span, what)
        return found.types[0]
    if not found.words:
        c.report.pedwarn(IMPLICIT_INT, base.span, "no type is given; `int` is assumed")
        return INT
    ty = _TYPES.get(tuple(sorted(found.words)))
    if ty is None:
        what = f"`{' '.join(found.words)}` is not a type"
        c.report.error(BAD_DECLARATION, base.span, what)
        return INT
    return ty


def _may_restrict(ty: QualType) -> bool:
    while isinstance(ty.type, Array):
        ty = ty.type.element
    return ty is BAD or (is_pointer(ty) and not isinstance(target_of(ty).type, Function))
