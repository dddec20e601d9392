"""Declarators: what type a name has (C11 6.7.6), parameters included."""

from freehold.c import ast, tree
from freehold.c.ctype import Array, Function, Pointer, QualType
from freehold.c.lowertype import size_of
from freehold.c.sema import attributes as attr
from freehold.c.sema.compat import promoted
from freehold.c.sema.context import BlockBuilder, Context
from freehold.c.sema.convert import convert, value
from freehold.c.sema.evaluate import Evaluator
from freehold.c.sema.kinds import (
    BAD,
    INT,
    SIZE,
    VOID,
    has_flexible_end,
    is_complete,
    is_integer,
    is_record,
    is_vla,
    is_void,
    pointer_to,
    qualified,
    unqualified,
)
from freehold.c.sema.scope import Scope, ScopeKind
from freehold.c.sema.specifiers import QUALIFIERS, Base, specify
from freehold.c.sema.spell import spell
from freehold.diagnostics.codes import (
    BAD_DECLARATION,
    IMPLICIT_INT,
    INCOMPLETE_TYPE,
    NOT_CONSTANT,
    REDECLARED,
)
from freehold.records import dataclass, field
from freehold.source import Span

LARGEST = (1 << 63) - 1


@dataclass(slots=True)
class Parameters:
    """The parameters of a function declarator, and the scope that they make.

    `hidden` and `extents` compute the lengths of variably modified parameters, on entry.
    """

    variables: list[tree.Variable]
    scope: Scope
    old_style: tuple[ast.NameDeclarator, ...] = ()
    hidden: list[tree.Variable] = field(default_factory=list)
    extents: list[tree.Statement] = field(default_factory=list)


@dataclass(slots=True)
class Declared:
    """What one declarator declares; `parameters` if the name itself is a function's."""

    name: str
    span: Span
    type: QualType
    parameters: Parameters | None = None


def declare(
    c: Context, base: QualType, node: ast.Declarator, *, parameter: bool = False
) -> Declared:
    """Return the name and type of a declarator applied to the type `base`."""
    ty = base
    parameters: Parameters | None = None
    while not isinstance(node, ast.NameDeclarator):
        match node:
            case ast.PointerDeclarator():
                parameters = None
                ty = _pointer(ty, node)
            case ast.ArrayDeclarator():
                parameters = None
                outermost = parameter and isinstance(node.inner, ast.NameDeclarator)
                ty = _array(c, ty, node, outermost=outermost)
            case ast.FunctionDeclarator():
                ty, parameters = _function(c, ty, node)
        node = node.inner
    return Declared(node.name or "", node.span, ty, parameters)


def type_name(c: Context, node: ast.TypeName) -> QualType:
    """Return the type that a type name means."""
    return aligned_type_name(c, node)[0]


def aligned_type_name(c: Context, node: ast.TypeName) -> tuple[QualType, int]:
    """Return the type that a type name means, and what alignment its typedef asks for."""
    base = specify(c, node.specifiers)
    if base.type is None:
        c.report.error(BAD_DECLARATION, node.span, "`__auto_type` in a type name")
        return BAD, 0
    ty = declare(c, base.type, node.declarator).type
    return ty, base.type_align if ty is base.type else 0


def _quals(ty: QualType, keywords: tuple[ast.Keyword, ...]) -> QualType:
    for keyword in keywords:
        ty = qualified(ty, QUALIFIERS[keyword.name])
    return ty


def _pointer(ty: QualType, node: ast.PointerDeclarator) -> QualType:
    if ty is BAD:
        return BAD
    return _quals(pointer_to(ty), node.qualifiers)


# ----------------------------------------------------------------------------------------- arrays


def _array(
    c: Context, element: QualType, node: ast.ArrayDeclarator, *, outermost: bool
) -> QualType:
    if (node.static or node.qualifiers) and not outermost:
        what = "only a parameter's array may have `static` or qualifiers in its brackets"
        c.report.error(BAD_DECLARATION, node.span, what)
    if not _may_be_element(c, element, node.span):
        return BAD
    if node.star:
        if c.scope.kind is not ScopeKind.PROTOTYPE:
            what = "`[*]` stands only in the parameters of a declaration"
            c.report.error(BAD_DECLARATION, node.span, what)
            return BAD
        ty = QualType(Array(element, None, star=True))
    elif node.size is None:
        ty = QualType(Array(element, None))
    else:
        ty = _sized(c, element, node.size)
    if outermost and node.qualifiers:
        # They are the pointer's, once the parameter has been adjusted.
        return _quals(QualType(Pointer(element)), node.qualifiers)
    return ty


def _may_be_element(c: Context, element: QualType, at: Span) -> bool:
    if element is BAD:
        return False
    if isinstance(element.type, Function):
        c.report.error(
            BAD_DECLARATION, at, "an array of functions: make it one of pointers to functions"
        )
        return False
    if is_void(element):
        c.report.error(BAD_DECLARATION, at, "an array of void")
        return False
    if not is_complete(element):
        what = f"an array of the incomplete type `{spell(element)}`"
        c.report.error(INCOMPLETE_TYPE, at, what)
        return False
    if is_record(element) and has_flexible_end(element.type):  # type: ignore[arg-type]
        c.report.pedantic(BAD_DECLARATION, at, "an array of structs that end in a flexible array")
    return True


def _sized(c: Context, element: QualType, node: ast.Expr) -> QualType:
    count = value(c, node)
    if count.type is BAD:
        return BAD
    if not is_integer(count.type):
        what = f"an array's length must be an integer, not `{spell(count.type)}`"
        c.report.error(BAD_DECLARATION, node.span, what, count)
        return BAD
    known = count.value if isinstance(count, tree.IntValue) else Evaluator().integer(count)
    if known is not None:
        if not isinstance(count, tree.IntValue):
            what = "this array's length is constant only by extension"
            c.report.pedantic(NOT_CONSTANT, node.span, what)
        return _constant_array(c, element, known, node.span)
    if c.block is None or c.scope is c.file:
        what = "the length of an array outside of functions must be constant"
        c.report.error(NOT_CONSTANT, node.span, what)
        return BAD
    if c.unevaluated:
        return QualType(Array(element, None, star=True))
    extent = c.extent(convert(count, SIZE, node.span), node.span)
    return QualType(Array(element, None, extent))


def _constant_array(c: Context, element: QualType, count: int, at: Span) -> QualType:
    if count < 0:
        c.report.error(BAD_DECLARATION, at, f"an array's length cannot be {count}")
        return BAD
    if count == 0:
        c.report.pedantic(BAD_DECLARATION, at, "an array of length 0 is an extension")
    if not is_vla(element) and count * size_of(element) > LARGEST:
        c.report.error(BAD_DECLARATION, at, "this array is larger than half of the address space")
        return BAD
    return QualType(Array(element, count))


# --------------------------------------------------------------------------------------- functions


def _function(
    c: Context, result: QualType, node: ast.FunctionDeclarator
) -> tuple[QualType, Parameters | None]:
    outer_extents, outer_block = c.extents, c.block
    c.extents, c.block = [], BlockBuilder()
    try:
        with c.scoped(ScopeKind.PROTOTYPE) as scope:
            variables = [_parameter(c, each) for each in node.parameters]
        parameters = Parameters(variables, scope, node.names, c.block.variables, c.extents)
    finally:
        c.extents, c.block = outer_extents, outer_block
    if len(variables) == 1 and not node.variadic and _is_lone_void(variables[0]):
        parameters.variables = variables = []
    for variable in variables:
        if is_void(variable.type):
            what = "a parameter of type void"
            c.report.error(BAD_DECLARATION, variable.span, what)
            variable.type = INT
    if not _may_be_result(c, result, node.span):
        return BAD, parameters
    types = tuple(QualType(v.type.type) for v in variables)
    # The qualifiers of a result have no effect (DR 423): they are no part of the type.
    result = unqualified(result)
    return QualType(Function(result, types, node.variadic, node.prototype)), parameters


def _is_lone_void(variable: tree.Variable) -> bool:
    return variable.type == VOID and not variable.name


def _may_be_result(c: Context, result: QualType, at: Span) -> bool:
    if result is BAD:
        return False
    if isinstance(result.type, (Array, Function)):
        kind = "an array" if isinstance(result.type, Array) else "a function"
        c.report.error(BAD_DECLARATION, at, f"a function cannot return {kind}")
        return False
    return True


def _parameter(c: Context, node: ast.Parameter) -> tree.Variable:
    base = specify(c, node.specifiers)
    _check_parameter(c, base)
    if base.type is None:
        c.report.error(BAD_DECLARATION, node.span, "`__auto_type` in a parameter")
    found = declare(c, base.type or BAD, node.declarator, parameter=True)
    variable = tree.Variable(found.name, adjusted(found.type), tree.Storage.PARAMETER, found.span)
    attr.refuse_unsupported(c, node.attributes)
    if base.storage == "register":
        c.registers.add(variable)
    if found.name:
        add_parameter(c, variable)
    return variable


def add_parameter(c: Context, variable: tree.Variable) -> None:
    """Declare a parameter in the current scope."""
    if variable.name in c.scope.names:
        what = f"two parameters are called `{variable.name}`"
        c.report.error(REDECLARED, variable.span, what)
    c.scope.names[variable.name] = variable


def _check_parameter(c: Context, base: Base) -> None:
    if base.storage not in ("", "register") or base.thread:
        at = base.storage_span or base.span
        c.report.error(
            BAD_DECLARATION, at, "a parameter can only have the storage class `register`"
        )
    if base.inline is not None or base.noreturn is not None:
        at = base.inline or base.noreturn or base.span
        c.report.error(BAD_DECLARATION, at, "a parameter cannot be `inline` or `_Noreturn`")
    if base.align_span is not None:
        c.report.error(BAD_DECLARATION, base.align_span, "a parameter cannot have `_Alignas`")


def adjusted(ty: QualType) -> QualType:
    """Return the type of a parameter declared as `ty`: arrays and functions are pointers."""
    if isinstance(ty.type, Array):
        return QualType(Pointer(ty.type.element))
    if isinstance(ty.type, Function):
        return pointer_to(ty)
    return ty


def old_style(
    c: Context, parameters: Parameters, declarations: tuple[ast.Declaration, ...]
) -> None:
    """Give the names of a K&R definition their variables, by the declarations that follow."""
    found: dict[str, tree.Variable | None] = {n.name or "": None for n in parameters.old_style}
    for declaration in declarations:
        base = specify(c, declaration.specifiers)
        _check_parameter(c, base)
        for each in declaration.declarators:
            declared = declare(c, base.type or BAD, each.declarator, parameter=True)
            if declared.name not in found or each.initializer is not None:
                what = f"`{declared.name}` is declared here, but is no parameter"
                if declared.name in found:
                    what = f"parameter `{declared.name}` has an initializer"
                c.report.error(BAD_DECLARATION, declared.span, what)
                continue
            ty = adjusted(declared.type)
            variable = tree.Variable(declared.name, ty, tree.Storage.PARAMETER, declared.span)
            if found[declared.name] is not None:
                what = f"parameter `{declared.name}` is declared twice"
                c.report.error(REDECLARED, declared.span, what)
            found[declared.name] = variable
    for name in parameters.old_style:
        variable_ = found[name.name or ""]
        if variable_ is None:
            what = f"`{name.name}` has no type; `int` is assumed"
            c.report.pedwarn(IMPLICIT_INT, name.span, what)
            variable_ = tree.Variable(name.name or "", INT, tree.Storage.PARAMETER, name.span)
        parameters.variables.append(variable_)
        add_parameter(c, variable_)


def promoted_parameters(parameters: Parameters) -> tuple[QualType, ...]:
    """Return what the caller of a K&R function passes."""
    return tuple(promoted(variable.type) for variable in parameters.variables)
