"""GCC's builtin functions that take ordinary arguments, but for those of `known`.

What they compute of integer constants is a constant expression wherever gcc says so.
"""

from freehold.c import ast, tree
from freehold.c.ctype import (
    Array,
    Complex,
    EnumType,
    Floating,
    Integer,
    Pointer,
    Quals,
    QualType,
    RecordType,
)
from freehold.c.sema import fold
from freehold.c.sema.assign import assign_convert
from freehold.c.sema.atomics import ATOMIC_BUILTINS
from freehold.c.sema.bit_builtins import BIT_BUILTINS
from freehold.c.sema.builtin_arguments import (
    CheckedBuild,
    Handler,
    after,
    generic,
    name_of,
    occasion,
    refuse,
    typed,
)
from freehold.c.sema.calls import apply, builtin_function
from freehold.c.sema.casts import is_va_list, wrong_count
from freehold.c.sema.complexes import complex_value
from freehold.c.sema.context import Context
from freehold.c.sema.convert import convert, decay, rvalue, value
from freehold.c.sema.evaluate import Address, Evaluator
from freehold.c.sema.float_builtins import FLOAT_BUILTINS
from freehold.c.sema.kinds import (
    BAD,
    CHAR,
    CONST_VOID_POINTER,
    DOUBLE,
    INT,
    LONG,
    SIZE,
    UINT,
    VOID,
    VOID_POINTER,
    is_pointer,
    qualified,
)
from freehold.c.sema.object_size import object_size
from freehold.c.sema.overflow_builtins import OVERFLOW_BUILTINS
from freehold.c.sema.primary import designator
from freehold.diagnostics.codes import BAD_CALL, C_WARNING, POINTER_CONVERSION
from freehold.mir.statements import Intrinsic
from freehold.source import Span

# What codegen aligns every alloca to.
_ALLOCA_BITS = 128
_FUNCTION = "__builtin_"
# What each checking form calls, and which of its arguments are flags and object sizes.
_CHECKED = {
    "memcpy": (3,),
    "memmove": (3,),
    "mempcpy": (3,),
    "memset": (3,),
    "strcpy": (2,),
    "stpcpy": (2,),
    "strcat": (2,),
    "strncpy": (3,),
    "stpncpy": (3,),
    "strncat": (3,),
    "sprintf": (1, 2),
    "vsprintf": (1, 2),
    "snprintf": (2, 3),
    "vsnprintf": (2, 3),
    "printf": (0,),
    "vprintf": (0,),
    "fprintf": (1,),
    "vfprintf": (1,),
}


# -------------------------------------------------------------------------------------- hints


def _expect(span: Span, given: list[tree.Expr]) -> tree.Expr:
    return after(given[1:], given[0])


def _constant_p(c: Context, node: ast.Call) -> tree.Expr:
    """The operand is not evaluated; string literals count, other addresses do not."""
    if len(node.arguments) != 1:
        return wrong_count(c, node.function.span, name_of(node), "1", len(node.arguments))
    with c.unevaluated_operand():
        operand = value(c, node.arguments[0])
    found = Evaluator().value(operand)
    if isinstance(found, Address):
        literal = isinstance(found.target, tree.StringLiteral) and not found.addend
        return fold.truth(literal, node.span)
    return fold.truth(found is not None, node.span)


def _assume_aligned(span: Span, given: list[tree.Expr]) -> tree.Expr:
    return after(given[1:], convert(given[0], VOID_POINTER, span))


def _nothing(span: Span, given: list[tree.Expr]) -> tree.Expr:
    """Evaluate the arguments and do nothing with them."""
    last = tree.Discard(VOID, given[-1].span, given[-1])
    return after(given[:-1], last)


def _ending(which: Intrinsic) -> Handler:
    return typed((), lambda span, _: tree.IntrinsicCall(VOID, span, which, ()))


# ------------------------------------------------------------------------- variable arguments


def _va_start(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    if c.function is None or not c.function.entity.type.variadic:
        what = "`va_start` in a function that takes no variable arguments"
        c.report.error(BAD_CALL, node.span, what)
        return fold.bad(node.span)
    parameters = c.function.entity.parameters
    if len(given) > 1 and not (parameters and _names(given[1], parameters[-1])):
        what = "`va_start` takes the last named parameter as its second argument"
        c.report.warn(C_WARNING, node.arguments[1].span, what)
    return _on_lists(Intrinsic.VA_START, 1)(c, node, given)


def _names(expr: tree.Expr, variable: tree.Variable) -> bool:
    while isinstance(expr, tree.Convert):
        expr = expr.operand
    place = expr.place if isinstance(expr, tree.Load) else None
    return isinstance(place, tree.VariableRef) and place.variable is variable


def _va_end(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    """End a va_list; of any other pointer gcc only warns, and does nothing."""
    if is_va_list(given[0]) or not is_pointer(given[0].type):
        return _on_lists(Intrinsic.VA_END, 1)(c, node, given)
    what = "`va_end` takes a `va_list`"
    c.report.pedwarn(POINTER_CONVERSION, node.arguments[0].span, what, given[0])
    return tree.Discard(VOID, node.span, given[0])


def _on_lists(which: Intrinsic, count: int) -> CheckedBuild:
    """Return the builder of an intrinsic whose first `count` arguments are va_lists."""

    def build(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        for index in range(count):
            if not is_va_list(given[index]):
                return refuse(c, node, index, "is not of type `va_list`")
        return tree.IntrinsicCall(VOID, node.span, which, tuple(given[:count]))

    return build


# --------------------------------------------------------------------------------- the stack


def _alloca(span: Span, given: list[tree.Expr]) -> tree.Expr:
    return tree.IntrinsicCall(VOID_POINTER, span, Intrinsic.ALLOCA, (given[0],))


def _aligned_alloca(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    """The alignment, in bits, is met by every alloca up to a maximum."""
    at = node.arguments[0].span
    size = assign_convert(c, given[0], SIZE, at, occasion(node, 0))
    bits = given[1]
    if not isinstance(bits, tree.IntValue):
        return refuse(c, node, 1, "is not a constant")
    if bits.value > _ALLOCA_BITS:
        c.report.unsupported(node.span, f"`{name_of(node)}` for more than {_ALLOCA_BITS} bits")
        return fold.bad(node.span)
    return size if size.type is BAD else _alloca(node.span, [size])


def _frame(which: Intrinsic) -> Handler:
    def build(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        level = given[0]
        if not isinstance(level, tree.IntValue) or level.value < 0:
            return refuse(c, node, 0, "is not a constant level")
        depth = fold.int_value(level.value, UINT, level.span)
        return tree.IntrinsicCall(VOID_POINTER, node.span, which, (depth,))

    return generic(1, build, 1)


# ------------------------------------------------------------------------------------- types

_CLASSES: dict[type, int] = {
    Integer: 1,
    EnumType: 1,
    Pointer: 5,
    Floating: 8,
    Complex: 9,
}


def _classify_type(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    """The numbers of gcc's <typeclass.h>; integers of all kinds are promoted, so alike."""
    shape = given[0].type.type
    if isinstance(shape, RecordType):
        return fold.int_value(13 if shape.keyword == "union" else 12, INT, node.span)
    return fold.int_value(_CLASSES[shape.__class__], INT, node.span)


def _complex(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    real, imaginary = given
    for index, part in enumerate(given):
        if not isinstance(part.type.type, Floating):
            return refuse(c, node, index, "is not a real floating value")
    if real.type != imaginary.type:
        return refuse(c, node, 1, "differs in type from argument 1")
    return complex_value(real, imaginary, real.type, node.span)


# -------------------------------------------------------------------------------------- places


def _line(span: Span, _: list[tree.Expr]) -> tree.Expr:
    return fold.int_value(span.outermost().line, INT, span)


def _file(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    return _text(c, node.span.outermost().source.name, node.span)


def _function(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    return _text(c, "" if c.function is None else c.function.entity.name, node.span)


def _text(c: Context, text: str, span: Span) -> tree.Expr:
    data = text.encode() + b"\0"
    ty = QualType(Array(qualified(CHAR, Quals.CONST), len(data)))
    literal = tree.StringLiteral(data, ty, span)
    c.strings.append(literal)
    return decay(tree.StringRef(ty, span, literal))


# ----------------------------------------------------------------------------- library functions


def _checking(name: str, dropped: tuple[int, ...]) -> Handler:
    """Return the handler of `NAME_chk`: our own checks know the object's size better."""

    def build(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        kept = [at for at in range(len(given)) if at not in dropped]
        nodes = tuple(node.arguments[at] for at in kept)
        plain = ast.Call(node.span, node.function, nodes)
        result = _library(c, name, [given[at] for at in kept], plain)
        return after([given[at] for at in dropped], result)

    return generic(dropped[-1] + 1, build, None)


def _string_length(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    start = given[0]
    if isinstance(start, tree.Decay) and isinstance(start.array, tree.StringRef):
        literal = start.array.literal
        if literal.width == 1:
            return fold.int_value(literal.data.index(0), SIZE, node.span)
    return _library(c, "strlen", given, node)


def _library(c: Context, name: str, given: list[tree.Expr], node: ast.Call) -> tree.Expr:
    function = builtin_function(c, _FUNCTION + name, node.span)
    assert function is not None
    return apply(c, rvalue(c, designator(function, node.span)), given, node)


_PLAIN: dict[str, Handler] = {
    "expect": typed((LONG, LONG), _expect),
    "expect_with_probability": typed((LONG, LONG, DOUBLE), _expect),
    "constant_p": _constant_p,
    "assume_aligned": typed((CONST_VOID_POINTER, SIZE), _assume_aligned, variadic=True),
    "prefetch": typed((CONST_VOID_POINTER,), _nothing, variadic=True),
    "__clear_cache": typed((VOID_POINTER, VOID_POINTER), _nothing),
    "unreachable": _ending(Intrinsic.UNREACHABLE),
    "trap": _ending(Intrinsic.TRAP),
    "va_start": generic(1, _va_start, 2),
    "va_end": generic(1, _va_end, 1),
    "va_copy": generic(2, _on_lists(Intrinsic.VA_COPY, 2), 2),
    "alloca": typed((SIZE,), _alloca),
    "alloca_with_align": generic(2, _aligned_alloca, 2),
    "frame_address": _frame(Intrinsic.FRAME_ADDRESS),
    "return_address": _frame(Intrinsic.RETURN_ADDRESS),
    "extract_return_addr": typed((VOID_POINTER,), lambda _, given: given[0]),
    "object_size": generic(2, object_size, 2),
    "dynamic_object_size": generic(2, object_size, 2),
    "classify_type": generic(1, _classify_type, 1),
    "complex": generic(2, _complex, 2),
    "LINE": typed((), _line),
    "FILE": generic(0, _file, 0),
    "FUNCTION": generic(0, _function, 0),
    "strlen": generic(1, _string_length, 1),
}

BUILTIN_CALLS: dict[str, Handler] = {
    **{_FUNCTION + name: handler for name, handler in _PLAIN.items()},
    **{f"__builtin___{name}_chk": _checking(name, drop) for name, drop in _CHECKED.items()},
    **BIT_BUILTINS,
    **OVERFLOW_BUILTINS,
    **FLOAT_BUILTINS,
    **ATOMIC_BUILTINS,
}
