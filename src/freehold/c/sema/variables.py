"""Declarations of objects and of types (C11 6.7)."""

from freehold.c import ast, tree
from freehold.c.ctype import Array, Function, Quals, QualType, RecordType
from freehold.c.lowertype import align_of
from freehold.c.sema import attributes as attr
from freehold.c.sema.casts import automatic
from freehold.c.sema.compat import compatible
from freehold.c.sema.context import Context, Modified
from freehold.c.sema.convert import rvalue
from freehold.c.sema.declarators import Declared, declare
from freehold.c.sema.functions import declare_function
from freehold.c.sema.initial import Initialiser, check_initialised_type, completed
from freehold.c.sema.kinds import (
    BAD,
    element_quals,
    is_complete,
    is_scalar,
    is_variably_modified,
    is_vla,
    is_void,
    qualified,
    unqualified,
)
from freehold.c.sema.linkage import (
    declare_unlinked,
    earlier,
    is_incomplete_array,
    merge_linkage,
    merge_types,
    refuse,
)
from freehold.c.sema.scope import Typedef, Undeclared
from freehold.c.sema.specifiers import Base, specify
from freehold.c.sema.spell import spell
from freehold.c.sema.static_data import static_data, zeros
from freehold.c.sema.vla import runtime_size
from freehold.diagnostics.codes import (
    BAD_DECLARATION,
    BAD_INITIALIZER,
    C_WARNING,
    INCOMPLETE_TYPE,
)
from freehold.mir.body import Linkage
from freehold.source import Span


def declaration(c: Context, node: ast.Declaration) -> None:
    """Analyse a declaration, at file scope or in a block."""
    alone = not node.declarators
    base = specify(c, node.specifiers, alone=alone)
    if base.extension:
        c.report.extension += 1
    if alone:
        _declares_nothing(c, base)
    for each in node.declarators:
        _one(c, base, each)
    if base.extension:
        c.report.extension -= 1
    if c.block is not None:
        c.flush_extents()


def _declares_nothing(c: Context, base: Base) -> None:
    shape = base.type.type if base.type is not None else None
    if base.type is BAD:
        return
    if not base.declares:
        what = "this declares nothing"
        if isinstance(shape, RecordType):
            what = f"this {shape.keyword} has neither a tag nor a variable"
        c.report.pedwarn(BAD_DECLARATION, base.span, what)
    elif base.storage:
        at = base.storage_span or base.span
        c.report.warn(C_WARNING, at, f"`{base.storage}` says nothing where nothing is declared")


def _one(c: Context, base: Base, node: ast.InitDeclarator) -> None:
    attributes = (*base.attributes, *node.attributes)
    attr.refuse_unsupported(c, node.attributes)
    if base.type is None:
        _auto_type(c, base, node)
        return
    found = declare(c, base.type, node.declarator)
    found.type = attr.with_mode(c, found.type, node.attributes)
    if base.storage == "typedef":
        _typedef(c, base, found, node, attributes)
    elif isinstance(found.type.type, Function):
        if node.initializer is not None:
            what = f"function `{found.name}` cannot have an initializer"
            c.report.error(BAD_DECLARATION, found.span, what)
        declare_function(c, base, found, attributes, node.asm_label)
    else:
        _variable(c, base, found, node)


def _typedef(
    c: Context,
    base: Base,
    found: Declared,
    node: ast.InitDeclarator,
    attributes: tuple[ast.Attribute, ...],
) -> None:
    name = found.name
    if node.initializer is not None:
        c.report.error(BAD_DECLARATION, node.span, f"typedef `{name}` cannot have an initializer")
    if base.inline is not None or base.noreturn is not None:
        c.report.error(
            BAD_DECLARATION, found.span, f"typedef `{name}` cannot be `inline` or `_Noreturn`"
        )
    if base.align_span is not None:
        c.report.error(BAD_DECLARATION, base.align_span, f"typedef `{name}` cannot have `_Alignas`")
    if isinstance(found.type.type, RecordType) and "transparent_union" in attr.names(attributes):
        found.type.type.transparent = True
    if isinstance(found.type.type, RecordType) and not found.type.type.tag:
        _name(found.type.type, name)
    align = max(attr.alignment(c, attributes), base.type_align if found.type is base.type else 0)
    entity = Typedef(name, found.type, found.span, align)
    before = c.scope.names.get(name)
    if isinstance(before, Typedef):
        known = before.type is not BAD and found.type is not BAD
        same = compatible(before.type, found.type) and not is_variably_modified(found.type)
        if known and not same:
            refuse(c, name, found.span, before, "is another type before")
        if is_complete(before.type):
            return
    elif before is not None and not isinstance(before, Undeclared):
        refuse(c, name, found.span, before, "is something else before")
    c.scope.names[name] = entity
    _note_modified(c, name, found.type, found.span)


def _name(record: RecordType, name: str) -> None:
    """Let a struct without a tag be known by its first typedef."""
    record.alias = record.alias or name
    if record.adt is not None:  # its size was asked for before
        record.adt.alias = record.alias


def _note_modified(c: Context, name: str, ty: QualType, at: Span) -> None:
    if is_variably_modified(ty) and c.function is not None:
        c.function.fixed = Modified(name, at, c.function.fixed)
        c.flush_extents()


# --------------------------------------------------------------------------------------- variables


def _variable(c: Context, base: Base, found: Declared, node: ast.InitDeclarator) -> None:
    if base.inline is not None or base.noreturn is not None:
        what = f"`{found.name}` is `{'inline' if base.inline else '_Noreturn'}`, but no function"
        c.report.error(BAD_DECLARATION, found.span, what)
    if is_void(found.type):
        what = f"variable `{found.name}` of type void"
        c.report.error(BAD_DECLARATION, found.span, what)
        found.type = BAD
    at_file_scope = c.scope is c.file
    if at_file_scope and base.storage in ("auto", "register") and found.type is not BAD:
        at = base.storage_span or base.span
        if node.asm_label is not None:
            c.report.unsupported(at, "a global register variable")
        else:
            what = f"`{found.name}` is `{base.storage}` outside of a function"
            c.report.error(BAD_DECLARATION, at, what)
    if at_file_scope or base.storage == "extern":
        _linked_variable(c, base, found, node)
    elif base.storage == "static" or base.thread:
        if base.storage != "static":
            what = f"`{found.name}` is thread-local, but neither static nor extern"
            c.report.error(BAD_DECLARATION, found.span, what)
        _local_static(c, base, found, node)
    else:
        _automatic(c, base, found, node)


def _alignment(c: Context, base: Base, node: ast.InitDeclarator, ty: QualType) -> int:
    attributes = (*base.attributes, *node.attributes)
    asked = max(base.align, attr.alignment(c, attributes))
    if base.align and ty is not BAD and is_complete(ty) and base.align < align_of(ty):
        at = base.align_span or base.span
        c.report.error(BAD_DECLARATION, at, "`_Alignas` cannot make an alignment smaller")
    if base.align_span is not None and base.storage == "register":
        c.report.error(
            BAD_DECLARATION, base.align_span, "a `register` variable cannot have `_Alignas`"
        )
    inherited = base.type_align if ty is base.type else 0
    return max(asked, inherited)


def _linked_variable(c: Context, base: Base, found: Declared, node: ast.InitDeclarator) -> None:
    if is_variably_modified(found.type):
        what = f"`{found.name}` has linkage, so its length cannot be variable"
        c.report.error(BAD_DECLARATION, found.span, what)
        found.type = BAD
    variable = _linked_entity(c, base, found, node)
    c.scope.names[found.name] = variable
    variable.align = max(variable.align, _alignment(c, base, node, found.type))
    variable.thread_local = variable.thread_local or base.thread
    if "weak" in attr.names((*base.attributes, *node.attributes)):
        variable.linkage = Linkage.WEAK
    alias = attr.find((*base.attributes, *node.attributes), "alias")
    if alias is not None:
        c.report.unsupported(alias.span, "attribute `alias` of a variable")
    if node.initializer is not None:
        if base.storage == "extern" and c.scope is not c.file:
            what = f"`{found.name}` is extern in a block, so it cannot have an initializer"
            c.report.error(BAD_DECLARATION, node.span, what)
            return
        if base.storage == "extern":
            c.report.warn(
                C_WARNING,
                found.span,
                f"`{found.name}` is extern and has an initializer: a definition",
            )
        _initialise_linked(c, variable, node.initializer, found.span)
    elif base.storage != "extern" and not variable.defined:
        variable.storage = tree.Storage.STATIC
        c.tentative.setdefault(variable, found.span)


def _linked_entity(
    c: Context, base: Base, found: Declared, node: ast.InitDeclarator
) -> tree.Variable:
    name = found.name
    asked: Linkage | None = Linkage.EXTERNAL
    if base.storage == "static" or base.constexpr:
        asked = Linkage.INTERNAL
    elif base.storage == "extern":
        asked = None
    before = earlier(c, name, found.span, tree.Variable)
    if isinstance(before, tree.Variable):
        merge_linkage(c, name, found.span, before, asked)
        before.type = merge_types(c, name, found.span, before, found.type)
        if node.asm_label is not None:
            before.symbol = node.asm_label
        return before
    variable = tree.Variable(
        name,
        found.type,
        tree.Storage.EXTERN,
        found.span,
        node.asm_label or name,
        asked or Linkage.EXTERNAL,
    )
    c.linked[name] = variable
    c.variables.append(variable)
    return variable


def _initialise_linked(
    c: Context, variable: tree.Variable, node: ast.Initializer, at: Span
) -> None:
    if variable.initial is not None:
        refuse(c, variable.name, at, variable, "is defined twice")
        return
    c.tentative.pop(variable, None)
    variable.storage = tree.Storage.STATIC
    variable.defined = True
    _initialise_static(c, variable, node, at)


def _initialise_static(
    c: Context, variable: tree.Variable, node: ast.Initializer, at: Span
) -> None:
    if not check_initialised_type(c, variable.type, variable.name, at):
        variable.initial = tree.StaticData(b"")
        return
    work = Initialiser(c, static=True)
    work.run(variable.type, node)
    variable.type = completed(variable.type, work.length)
    variable.initial = static_data(c, variable.type, work.entries, node.span)
    variable.constant = _is_constant(variable.type)
    if variable.constant and is_scalar(variable.type) and work.entries:
        c.constants[variable] = work.entries[0].value


def _is_constant(ty: QualType) -> bool:
    quals = element_quals(ty)
    return bool(quals & Quals.CONST) and not quals & Quals.VOLATILE


def _local_static(c: Context, base: Base, found: Declared, node: ast.InitDeclarator) -> None:
    assert c.function is not None
    if is_vla(found.type):
        what = f"`{found.name}` is static, so its length cannot be variable"
        c.report.error(BAD_DECLARATION, found.span, what)
        found.type = BAD
    symbol = c.unique_symbol(f"{c.function.entity.name}.{found.name}")
    variable = tree.Variable(
        found.name,
        found.type,
        tree.Storage.STATIC,
        found.span,
        symbol,
        Linkage.INTERNAL,
        _alignment(c, base, node, found.type),
        defined=True,
        thread_local=base.thread,
    )
    declare_unlinked(c, found.name, variable, found.span)
    c.variables.append(variable)
    if node.initializer is not None:
        _initialise_static(c, variable, node.initializer, found.span)
    elif _require_complete(c, variable):
        variable.initial = zeros(variable.type)
        variable.constant = _is_constant(variable.type)
    _note_modified(c, found.name, found.type, found.span)


def _require_complete(c: Context, variable: tree.Variable) -> bool:
    if variable.type is BAD:
        return False
    if is_complete(variable.type):
        return True
    what = f"`{variable.name}` has the incomplete type `{spell(variable.type)}`"
    c.report.error(INCOMPLETE_TYPE, variable.span, what)
    variable.type = BAD
    return False


def _automatic(c: Context, base: Base, found: Declared, node: ast.InitDeclarator) -> None:
    assert c.block is not None
    align = _alignment(c, base, node, found.type)
    variable = tree.Variable(found.name, found.type, tree.Storage.AUTO, found.span, align=align)
    if base.storage == "register":
        c.registers.add(variable)
    declare_unlinked(c, found.name, variable, found.span)
    _note_modified(c, found.name, found.type, found.span)
    initial = None
    if node.initializer is not None:
        initial = _initialise_automatic(c, variable, node.initializer)
    elif not _require_complete(c, variable):
        return
    _begin(c, variable, initial, (*base.attributes, *node.attributes), found.span)


def _begin(
    c: Context,
    variable: tree.Variable,
    initial: tree.Initial | None,
    attributes: tuple[ast.Attribute, ...],
    at: Span,
) -> None:
    assert c.block is not None
    c.flush_extents()
    if is_vla(variable.type):
        variable.vla_size = runtime_size(variable.type, at)
    variable.cleanup = attr.cleanup_function(c, attributes)
    c.block.variables.append(variable)
    c.emit(tree.Declare(at, variable, initial))


def _initialise_automatic(
    c: Context, variable: tree.Variable, node: ast.Initializer
) -> tree.Initial | None:
    if is_vla(variable.type):
        c.report.error(
            BAD_INITIALIZER, node.span, "an object of variable length cannot have an initializer"
        )
        return None
    if not check_initialised_type(c, variable.type, variable.name, variable.span):
        variable.type = BAD
        return None
    work = Initialiser(c, static=False)
    work.run(variable.type, node)
    variable.type = completed(variable.type, work.length)
    return automatic(work)


def _auto_type(c: Context, base: Base, node: ast.InitDeclarator) -> None:
    """GNU's `__auto_type`, whose type is its initialiser's."""
    if not isinstance(node.declarator, ast.NameDeclarator) or not isinstance(
        node.initializer, ast.Node
    ):
        c.report.error(BAD_DECLARATION, node.span, "`__auto_type` needs a plain name and a value")
        return
    if isinstance(node.initializer, ast.InitList) or c.block is None or c.scope is c.file:
        c.report.unsupported(node.span, "`__auto_type` of this initializer or in this place")
        return
    value = rvalue(c, c.expr(node.initializer))
    name, at = node.declarator.name or "", node.declarator.span
    ty = qualified(unqualified(value.type), base.quals)
    variable = tree.Variable(name, ty, tree.Storage.AUTO, at, align=base.align)
    declare_unlinked(c, name, variable, at)
    initial = tree.Initial(zero=False, stores=(tree.InitStore((), value),))
    _begin(c, variable, initial, (*base.attributes, *node.attributes), at)


# ------------------------------------------------------------------------------ the end of the unit


def finish_tentative(c: Context) -> None:
    """Turn tentative definitions into definitions (C11 6.9.2)."""
    for variable, at in c.tentative.items():
        variable.defined = True
        if is_incomplete_array(variable.type):
            assert isinstance(variable.type.type, Array)
            what = f"array `{variable.name}` is assumed to have one element"
            c.report.warn(C_WARNING, at, what)
            variable.type = completed(variable.type, 1)
        if not _require_complete(c, variable):
            continue
        variable.constant = _is_constant(variable.type)
        if variable.linkage is Linkage.INTERNAL:
            variable.initial = zeros(variable.type)
