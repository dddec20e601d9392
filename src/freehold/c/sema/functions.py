"""Declarations and definitions of functions (C11 6.7.4, 6.9.1)."""

from freehold.c import ast, tree
from freehold.c.ctype import Function, QualType
from freehold.c.sema import attributes as attr
from freehold.c.sema.context import BlockBuilder, Context, FunctionState, load
from freehold.c.sema.convert import convert
from freehold.c.sema.declarators import (
    Declared,
    Parameters,
    declare,
    old_style,
    promoted_parameters,
)
from freehold.c.sema.kinds import (
    BAD,
    CHAR,
    INT,
    is_complete,
    is_pointer,
    is_void,
    target_of,
    unqualified,
)
from freehold.c.sema.labels import finish_labels
from freehold.c.sema.linkage import earlier, function_type, merge_linkage, merge_types
from freehold.c.sema.scope import Scope, ScopeKind
from freehold.c.sema.specifiers import Base, specify
from freehold.c.sema.spell import spell
from freehold.c.sema.statements import block_items
from freehold.diagnostics import Label
from freehold.diagnostics.codes import (
    BAD_DECLARATION,
    C_WARNING,
    INCOMPLETE_TYPE,
    REDECLARED,
)
from freehold.mir.body import Linkage
from freehold.source import Span


def declare_function(
    c: Context,
    base: Base,
    found: Declared,
    attributes: tuple[ast.Attribute, ...],
    asm_label: str | None = None,
) -> tree.Function_:
    """Declare a function, or declare it again."""
    _check_specifiers(c, base, found)
    function = _entity(c, base, found)
    if asm_label is not None:
        function.symbol = asm_label
    names = attr.names(attributes)
    if base.noreturn is not None:
        names |= {"noreturn"}
    function.attributes |= names
    alias = attr.find(attributes, "alias")
    if alias is not None:
        function.alias = attr.text_argument(c, alias)
    _note_inline(c, base, function, names)
    if found.parameters is not None and found.parameters.old_style and c.function is None:
        what = "names without types stand only in a function's definition"
        c.report.pedwarn(C_WARNING, found.span, what)
    c.scope.names[found.name] = function
    return function


def _check_specifiers(c: Context, base: Base, found: Declared) -> None:
    at = base.storage_span or found.span
    if base.storage in ("auto", "register") or base.thread:
        what = f"function `{found.name}` cannot have this storage class"
        c.report.error(BAD_DECLARATION, at, what)
    if base.storage == "static" and c.scope is not c.file:
        what = f"function `{found.name}` cannot be declared static in a block"
        c.report.error(BAD_DECLARATION, at, what)
    if base.align_span is not None:
        what = f"function `{found.name}` cannot have `_Alignas`"
        c.report.error(BAD_DECLARATION, base.align_span, what)


def _entity(c: Context, base: Base, found: Declared) -> tree.Function_:
    name = found.name
    asked = Linkage.INTERNAL if base.storage == "static" else Linkage.EXTERNAL
    before = earlier(c, name, found.span, tree.Function_)
    if isinstance(before, tree.Function_):
        merge_linkage(c, name, found.span, before, asked)
        before.type = function_type(merge_types(c, name, found.span, before, found.type))
        c.implicit.discard(before)
        return before
    function = tree.Function_(name, function_type(found.type), found.span, name, asked)
    c.linked[name] = function
    c.functions.append(function)
    return function


def _note_inline(c: Context, base: Base, function: tree.Function_, names: frozenset[str]) -> None:
    """Keep `inline_only`: the functions all of whose declarations are inline, and not extern."""
    gnu = "gnu_inline" in names
    only = base.inline is not None and (base.storage == "extern") == gnu
    first = function not in c.declared
    c.declared.add(function)
    if only and (first or function in c.inline_only):
        c.inline_only.add(function)
    else:
        c.inline_only.discard(function)


# ------------------------------------------------------------------------------------- definitions


def function_definition(c: Context, node: ast.FunctionDefinition) -> None:
    """Analyse a function with its body."""
    if c.scope is not c.file:
        c.report.unsupported(node.span, "a nested function")
        return
    base = specify(c, node.specifiers)
    found = declare(c, base.type or BAD, node.declarator)
    if found.type is BAD:
        found.type = QualType(Function(INT, ()))
    shape = found.type.type
    if not isinstance(shape, Function) or found.parameters is None:
        what = f"`{found.name}` has a body, but is not declared as a function"
        c.report.error(BAD_DECLARATION, found.span, what)
        return
    if base.storage == "typedef":
        c.report.error(BAD_DECLARATION, found.span, f"`{found.name}` has a body, but is a typedef")
        return
    parameters = found.parameters
    if parameters.old_style or node.parameter_declarations:
        c.scope = parameters.scope
        old_style(c, parameters, node.parameter_declarations)
        c.scope = c.file
    if not shape.prototype:
        promoted = promoted_parameters(parameters)
        found.type = QualType(Function(shape.result, promoted, shape.variadic, prototype=False))
        parameters.old_style = ()
    attributes = (*base.attributes, *node.attributes)
    function = declare_function(c, base, found, attributes)
    if function.body is not None:
        what = f"`{function.name}` is defined twice"
        labels = (Label(function.span, "first defined here"),)
        c.report.error(REDECLARED, found.span, what, labels=labels)
        return
    function.span = found.span
    if function.name == "main":
        _check_main(c, function.type, found.span)
    _define(c, function, parameters, node)


def _check_main(c: Context, ty: Function, at: Span) -> None:
    """Require one of the forms of `main` (5.1.2.2.1), or the usual one with an environment."""
    count = len(ty.parameters)
    if unqualified(ty.result) != INT:
        c.report.pedantic(BAD_DECLARATION, at, "`main` must return `int`")
    if count not in (0, 2, 3):
        c.report.pedantic(BAD_DECLARATION, at, "`main` takes no parameters, or two")
    if count and unqualified(ty.parameters[0]) != INT:
        c.report.pedantic(BAD_DECLARATION, at, "the first parameter of `main` must be `int`")
    for strings in ty.parameters[1:3]:
        if not _is_strings(strings):
            c.report.pedantic(BAD_DECLARATION, at, "the arguments of `main` are of type `char **`")


def _is_strings(ty: QualType) -> bool:
    if not is_pointer(ty) or not is_pointer(target_of(ty)):
        return False
    return unqualified(target_of(target_of(ty))) == CHAR


def _define(
    c: Context, function: tree.Function_, parameters: Parameters, node: ast.FunctionDefinition
) -> None:
    result = unqualified(function.type.result)
    if not is_void(result) and not is_complete(result):
        what = f"`{function.name}` returns the incomplete type `{spell(result)}`"
        c.report.error(INCOMPLETE_TYPE, function.span, what)
        result = BAD
    state = c.function = FunctionState(function, result)
    block = c.block = BlockBuilder()
    outer = c.scope
    scope = c.scope = Scope(ScopeKind.BLOCK, outer)
    scope.names.update(parameters.scope.names)
    scope.tags.update(parameters.scope.tags)
    block.variables.extend(parameters.hidden)
    block.statements.extend(parameters.extents)
    for number, variable in enumerate(parameters.variables):
        _enter(c, function, variable, number)
    # A body that mentions the function itself must see that it has one.
    function.body = tree.Block(node.span, (), (), node.body.end)
    block_items(c, node.body)
    finish_labels(c, state)
    function.labels = [label.target for label in state.all_labels if label.defined]
    function.body = tree.Block(
        node.body.span, tuple(block.variables), tuple(block.statements), node.body.end
    )
    c.scope, c.function, c.block = outer, None, None


def _enter(c: Context, function: tree.Function_, variable: tree.Variable, number: int) -> None:
    """Give the function its parameter; one that is passed promoted becomes a local."""
    assert c.block is not None
    if not is_complete(variable.type):
        what = f"parameter `{variable.name}` has the incomplete type `{spell(variable.type)}`"
        c.report.error(INCOMPLETE_TYPE, variable.span, what)
        variable.type = BAD
    if not variable.name:
        what = "parameters without names in a definition come with C23"
        c.report.pedantic(BAD_DECLARATION, variable.span, what)
    types = function.type.parameters
    passed = types[number] if number < len(types) else variable.type
    if variable.type is BAD or passed.type == variable.type.type or function.type.prototype:
        function.parameters.append(variable)
        return
    at = variable.span
    hidden = tree.Variable(variable.name, passed, tree.Storage.PARAMETER, at)
    function.parameters.append(hidden)
    variable.storage = tree.Storage.AUTO
    value = convert(load(hidden, at), unqualified(variable.type), at)
    c.block.variables.append(variable)
    initial = tree.Initial(zero=False, stores=(tree.InitStore((), value),))
    c.emit(tree.Declare(at, variable, initial))


def finish_inline(c: Context) -> None:
    """Make C99 inline definitions weak: another unit may have the external one."""
    for function in c.inline_only:
        if function.body is not None and function.linkage is Linkage.EXTERNAL:
            function.linkage = Linkage.WEAK
