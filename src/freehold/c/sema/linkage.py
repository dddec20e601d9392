"""Names declared more than once: scopes, linkage, their types together (C11 6.2.2, 6.7p3)."""

from freehold.c import tree
from freehold.c.ctype import Array, Function, QualType
from freehold.c.sema.compat import compatible, composite
from freehold.c.sema.context import Context
from freehold.c.sema.kinds import BAD
from freehold.c.sema.scope import Entity, Undeclared
from freehold.c.sema.spell import spell
from freehold.diagnostics import Label
from freehold.diagnostics.codes import C_WARNING, REDECLARED
from freehold.mir.body import Linkage
from freehold.source import Span


def declared_label(entity: Entity) -> tuple[Label, ...]:
    """Return a label at the earlier declaration."""
    if isinstance(entity, Undeclared):
        return ()
    return (Label(entity.span, "first declared here"),)


def refuse(c: Context, name: str, at: Span, entity: Entity, what: str) -> None:
    """Report a declaration that clashes with an earlier one."""
    c.report.error(REDECLARED, at, f"`{name}` {what}", labels=declared_label(entity))


def declare_unlinked(c: Context, name: str, entity: Entity, at: Span) -> None:
    """Declare a name without linkage in the current scope."""
    before = c.scope.names.get(name)
    if before is not None and not isinstance(before, Undeclared):
        kind = "is declared twice"
        if type(before) is not type(entity):
            kind = "is something else before"
        refuse(c, name, at, before, kind)
    c.scope.names[name] = entity


def earlier(
    c: Context, name: str, at: Span, kind: type[tree.Variable] | type[tree.Function_]
) -> tree.Variable | tree.Function_ | None:
    """Return the entity with linkage that a declaration of `name` declares again.

    A name in the current scope that means something else is reported.
    """
    here = c.scope.names.get(name)
    if here is not None and not isinstance(here, (kind, Undeclared)):
        refuse(c, name, at, here, "is something else before")
        return None
    if isinstance(here, tree.Variable) and not has_linkage(c, here):
        refuse(c, name, at, here, "is declared twice, once without linkage")
        return None
    linked = c.linked.get(name)
    if linked is not None and not isinstance(linked, kind):
        refuse(c, name, at, linked, "is something else before")
        return None
    return linked


def has_linkage(c: Context, variable: tree.Variable) -> bool:
    """Tell whether a variable has internal or external linkage."""
    return c.linked.get(variable.name) is variable


def merge_types(
    c: Context, name: str, at: Span, entity: tree.Variable | tree.Function_, ty: QualType
) -> QualType:
    """Return what the types of two declarations add up to; report those that conflict."""
    old = QualType(entity.type) if isinstance(entity, tree.Function_) else entity.type
    if ty is BAD or old is BAD:
        return old
    if compatible(old, ty):
        return composite(ty, old)
    if isinstance(entity, tree.Function_) and entity in c.implicit:
        what = f"`{name}` is `{spell(ty)}` here, but its call before assumed `{spell(old)}`"
        c.report.warn(C_WARNING, at, what)
        return ty
    what = f"`{name}` is `{spell(ty)}` here, but `{spell(old)}` before"
    c.report.error(REDECLARED, at, what, labels=declared_label(entity))
    return old


def merge_linkage(
    c: Context, name: str, at: Span, entity: tree.Variable | tree.Function_, asked: Linkage | None
) -> None:
    """Check the linkage that a redeclaration asks for; None if it takes the earlier one's."""
    if asked is None or asked is entity.linkage or entity.linkage is Linkage.WEAK:
        return
    if isinstance(entity, tree.Function_) and entity in c.implicit:
        entity.linkage = asked
        return
    if asked is Linkage.INTERNAL:
        refuse(c, name, at, entity, "is static here, but was not before")
    elif isinstance(entity, tree.Variable):
        refuse(c, name, at, entity, "was static before, but is not here")


def is_incomplete_array(ty: QualType) -> bool:
    """Tell whether `ty` is an array whose length is not given yet."""
    shape = ty.type
    return isinstance(shape, Array) and shape.length is None and shape.extent is None


def function_type(ty: QualType) -> Function:
    """Return `ty` as the function type that it is."""
    assert isinstance(ty.type, Function)
    return ty.type
