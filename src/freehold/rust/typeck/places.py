"""Places: which expressions are, and overloaded derefs and indexing made mutable where needed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from freehold.rust import ast
from freehold.rust.infer.adjust import BorrowStep, DerefStep, Overloaded
from freehold.rust.items import Function, Trait
from freehold.rust.typeck.draft import Draft
from freehold.types.generic import AdtType, RefType

if TYPE_CHECKING:
    from freehold.rust.typeck.checker import Checker


def make_mutable(cx: "Checker", draft: Draft) -> None:
    """Let the place `draft`, that is now borrowed or assigned mutably, be reached by `*_mut`.

    Its parts were checked as if for reading: `deref` and `index` become `deref_mut` and
    `index_mut` wherever the type implements these. Where it does not, borrowing says so.
    """
    at: Draft | None = draft
    while at is not None:
        if at is not draft:
            _adjustments(cx, at)
        if at.overload is not None and not at.overload.mutable:
            _overload(cx, at)
        at = at.base


def make_adjusted_mutable(cx: "Checker", draft: Draft) -> None:
    """Do so for a draft whose own adjustments are derefs, then a mutable borrow."""
    _adjustments(cx, draft)
    make_mutable(cx, draft)


def _adjustments(cx: "Checker", draft: Draft) -> None:
    steps = draft.adjustments
    before = draft.type
    for at, step in enumerate(steps):
        if isinstance(step, DerefStep) and step.overloaded is not None:
            made = _mutable_method(cx, step.overloaded.method, step.overloaded.arguments)
            if made is not None:
                found = Overloaded(made, step.overloaded.arguments)
                steps[at] = replace(step, overloaded=found)
        before = step.type
    del before


def _overload(cx: "Checker", draft: Draft) -> None:
    overload = draft.overload
    assert overload is not None
    made = _mutable_method(cx, overload.method, overload.arguments)
    if made is None:
        return
    overload.method = made
    overload.mutable = True
    base = draft.base
    assert base is not None
    # The last borrow of the receiver becomes a mutable one.
    for at in range(len(base.adjustments) - 1, -1, -1):
        step = base.adjustments[at]
        if isinstance(step, BorrowStep):
            assert isinstance(step.type, RefType)
            base.adjustments[at] = BorrowStep(replace(step.type, mutable=True), mutable=True)
            break


_MUTABLE = {"deref": "deref_mut", "index": "index_mut"}


def _mutable_method(cx: "Checker", method: Function, arguments: tuple) -> Function | None:  # type: ignore[type-arg]
    """Return the `_mut` method of the same trait family, if the type has it."""
    parent = method.parent
    if not isinstance(parent, Trait) or parent.lang not in _MUTABLE:
        return None
    name = _MUTABLE[parent.lang]
    trait = cx.solver.world.lang_trait(name)
    if trait is None or not cx.implements(trait, arguments):
        return None
    found = trait.items[name]
    assert isinstance(found, Function)
    return found


def is_place(e: ast.Expr) -> bool:
    """Tell whether `e` is written as a place; names are places only if they are variables."""
    while isinstance(e, ast.Paren):
        e = e.inner
    return isinstance(e, ast.PathExpr | ast.Field | ast.TupleField | ast.Index | ast.Deref)


def is_box(ty: object) -> bool:
    """Tell whether `ty` is a Box, whose deref is built in."""
    return isinstance(ty, AdtType) and ty.definition.lang == "owned_box"
