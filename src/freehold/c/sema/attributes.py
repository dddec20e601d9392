"""What attributes mean: alignment, packing, machine modes, and the names that functions keep."""

from collections.abc import Iterable

from freehold.c import ast, tree
from freehold.c.ctype import QualType
from freehold.c.lowertype import align_of
from freehold.c.sema.constants import integer_constant
from freehold.c.sema.context import Context
from freehold.c.sema.kinds import (
    BY_KIND,
    DOUBLE,
    FLOAT,
    FLOAT128,
    LDOUBLE,
    int_kind,
    is_floating,
    is_integer,
)
from freehold.c.sema.literals import string_bytes
from freehold.diagnostics.codes import BAD_DECLARATION
from freehold.source import Span

Attributes = Iterable[ast.Attribute]

# gcc's __BIGGEST_ALIGNMENT__ on x86-64, which a bare `aligned` asks for.
_BIGGEST = 16
_MAX_ALIGN = 1 << 28

# What changes the meaning of types or calls in ways that the checked run does not have.
_UNSUPPORTED = frozenset(("vector_size", "ms_abi", "ifunc", "scalar_storage_order", "interrupt"))

_INT_MODES = {
    "QI": 8,
    "byte": 8,
    "HI": 16,
    "SI": 32,
    "DI": 64,
    "word": 64,
    "pointer": 64,
    "TI": 128,
}
_FLOAT_MODES = {"SF": FLOAT, "DF": DOUBLE, "XF": LDOUBLE, "TF": FLOAT128}


def find(attributes: Attributes, name: str) -> ast.Attribute | None:
    """Return the last attribute called `name`."""
    found = None
    for attribute in attributes:
        if attribute.name == name:
            found = attribute
    return found


def names(attributes: Attributes) -> frozenset[str]:
    """Return the names of `attributes`."""
    return frozenset(attribute.name for attribute in attributes)


def refuse_unsupported(c: Context, attributes: Attributes) -> None:
    """Report attributes whose effect we cannot reproduce."""
    for attribute in attributes:
        if attribute.name in _UNSUPPORTED:
            c.report.unsupported(attribute.span, f"attribute `{attribute.name}`")


def alignment(c: Context, attributes: Attributes) -> int:
    """Return the largest alignment that `aligned` attributes ask for; 0 if there are none."""
    most = 0
    for attribute in attributes:
        if attribute.name != "aligned":
            continue
        if not attribute.arguments:
            most = max(most, _BIGGEST)
        else:
            most = max(most, asked_alignment(c, attribute.arguments[0], attribute.span))
    return most


def asked_alignment(c: Context, operand: ast.Expr | ast.TypeName, at: Span) -> int:
    """Return the alignment that a type or a constant stands for."""
    if isinstance(operand, ast.TypeName):
        ty, asked = c.rules.aligned_type_name(c, operand)
        return asked or align_of(ty)
    constant = integer_constant(c, operand, "the alignment")
    if constant is None:
        return 0
    asked = constant.value
    if asked < 0 or asked & (asked - 1) or asked > _MAX_ALIGN:
        what = f"an alignment must be a positive power of two, and {asked} is none"
        c.report.error(BAD_DECLARATION, at, what)
        return 0
    return asked


def with_mode(c: Context, ty: QualType, attributes: Attributes) -> QualType:
    """Return `ty` as a `mode` attribute changes its width."""
    mode = find(attributes, "mode")
    if mode is None or len(mode.arguments) != 1:
        return ty
    argument = mode.arguments[0]
    name = argument.name.strip("_") if isinstance(argument, ast.Identifier) else ""
    if name in _FLOAT_MODES and is_floating(ty):
        return QualType(_FLOAT_MODES[name].type, ty.quals)
    bits = _INT_MODES.get(name)
    if bits is None or not is_integer(ty):
        c.report.unsupported(mode.span, f"mode `{name}` of this type")
        return ty
    signed = int_kind(ty).signed
    for kind, found in BY_KIND.items():
        if kind.bits == bits and kind.signed == signed and kind.rank > 0:
            return QualType(found.type, ty.quals)
    return ty


def text_argument(c: Context, attribute: ast.Attribute) -> str:
    """Return the string that is the only argument of `attribute`, or ""."""
    for argument in attribute.arguments:
        if isinstance(argument, ast.String):
            return string_bytes(c, argument)[0][:-1].decode("utf-8", "surrogateescape")
    return ""


def cleanup_function(c: Context, attributes: Attributes) -> tree.Function_ | None:
    """Return the function that GNU's `cleanup` names."""
    attribute = find(attributes, "cleanup")
    if attribute is None:
        return None
    argument = attribute.arguments[0] if attribute.arguments else None
    found = c.scope.find(argument.name) if isinstance(argument, ast.Identifier) else None
    if isinstance(found, tree.Function_):
        return found
    c.report.error(BAD_DECLARATION, attribute.span, "`cleanup` takes the name of a function")
    return None
