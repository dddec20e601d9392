"""Labels, and where jumps may lead (C11 6.8.1, 6.8.6.1)."""

from freehold.c import tree
from freehold.c.sema.context import Context, FunctionState, LabelState, LabelUse, Modified
from freehold.diagnostics import Label
from freehold.diagnostics.codes import BAD_STATEMENT, REDECLARED
from freehold.source import Span


def find_label(c: Context, name: str, at: Span) -> LabelState:
    """Return what is known of a label, which may come later."""
    state = c.function
    assert state is not None
    for local in reversed(state.local_labels):
        if name in local:
            return local[name]
    known = state.labels.get(name)
    if known is None:
        known = state.labels[name] = new_label(c, name, at)
    return known


def new_label(c: Context, name: str, at: Span) -> LabelState:
    """Make a label of the current function."""
    assert c.function is not None
    label = LabelState(tree.LabelTarget(name, at), at)
    c.function.all_labels.append(label)
    return label


def use_label(c: Context, name: str, at: Span, *, jump: bool = True) -> tree.LabelTarget:
    """Return the target of a goto, or of GNU's `&&name`, which is no `jump` by itself."""
    assert c.function is not None
    label = find_label(c, name, at)
    label.used = True
    c.function.uses.append(LabelUse(label, at, c.function.fixed, jump=jump))
    return label.target


def define_label(c: Context, name: str, at: Span) -> tree.LabelTarget:
    """Return the target that stands here."""
    assert c.function is not None
    label = find_label(c, name, at)
    if label.defined:
        labels = (Label(label.target.span, "first defined here"),)
        c.report.error(REDECLARED, at, f"label `{name}` is defined twice", labels=labels)
    label.defined = True
    label.target.span = at
    label.fixed = c.function.fixed
    return label.target


def finish_labels(c: Context, state: FunctionState) -> None:
    """Report labels that are nowhere, and jumps into the scope of variable lengths."""
    missing: set[int] = set()
    for use in state.uses:
        label = use.label
        if not label.defined:
            if id(label) not in missing:
                what = f"this function has no label `{label.target.name}`"
                c.report.error(BAD_STATEMENT, use.span, what)
            missing.add(id(label))
        elif use.jump and not is_within(use.fixed, label.fixed):
            assert label.fixed is not None
            _jump_into_scope(c, use.span, label.fixed)
    for label in state.all_labels:
        if not label.defined and not label.used:
            what = f"local label `{label.target.name}` is never defined"
            c.report.error(BAD_STATEMENT, label.declared_at, what)


def is_within(inner: Modified | None, outer: Modified | None) -> bool:
    """Tell whether all declarations in scope at `outer` are so at `inner` too."""
    at = inner
    while at is not outer:
        if at is None:
            return False
        at = at.outer
    return True


def _jump_into_scope(c: Context, at: Span, fixed: Modified) -> None:
    what = f"this jump skips the declaration of `{fixed.name}`, whose length is variable"
    labels = (Label(fixed.span, "declared here"),)
    c.report.error(BAD_STATEMENT, at, what, labels=labels)


def check_case(c: Context, at: Span, fixed: Modified | None) -> None:
    """Require that a switch, which saw `fixed`, enters no scope of variable lengths here."""
    assert c.function is not None
    inner = c.function.fixed
    if not is_within(fixed, inner):
        assert inner is not None
        what = f"the switch skips the declaration of `{inner.name}`, whose length is variable"
        labels = (Label(inner.span, "declared here"),)
        c.report.error(BAD_STATEMENT, at, what, labels=labels)
