"""`x @ pattern`: what the two sides bind must not be at odds.

outer @ inner    inner by move    inner `ref`      inner `ref mut`
by move          (moved twice)    borrow of moved  borrow of moved
`ref`            moved, borrowed  -                mutable, shared
`ref mut`        moved, borrowed  shared, mutable  mutable twice

Copies are at odds with nothing. rustc has no codes for these; moving twice is E0382.
"""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_borrow as codes
from freehold.mir.values import BorrowKind
from freehold.rust import thir
from freehold.rust.thir_walk import Node, parts


def check_aliases(body: thir.Body) -> list[Diagnostic]:
    """Return the conflicts within the patterns of a body, and of the closures in it."""
    roots: list[Node] = [body.value]
    roots += [each.pattern for each in body.parameters if each.pattern is not None]
    found = [
        conflict
        for root in roots
        for node in _all(root)
        if isinstance(node, thir.BindPattern)
        for conflict in _conflicts(body, node)
    ]
    for inner in body.closures.values():
        found += check_aliases(inner)
    return found


def _all(root: Node) -> Iterator[Node]:
    todo = [root]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(parts(node))


def _conflicts(body: thir.Body, outer: thir.BindPattern) -> Iterator[Diagnostic]:
    if outer.sub is None:
        return
    inner = [each for each in _all(outer.sub) if isinstance(each, thir.BindPattern)]
    moved = [each for each in inner if _moves(body, each)]
    shared = [each for each in inner if each.by_ref is BorrowKind.SHARED]
    mutable = [each for each in inner if each.by_ref is BorrowKind.MUT]
    if outer.by_ref is None:
        borrowed = [each for each in inner if each.by_ref is not None]
        if _moves(body, outer) and borrowed:
            yield _said(body, outer, borrowed, "borrow of moved value")
        return
    if outer.by_ref is BorrowKind.MUT:
        twice = "cannot borrow value as mutable more than once at a time"
        mixed = "cannot borrow value as immutable because it is also borrowed as mutable"
        cases = ((mutable, twice), (shared, mixed))
    else:
        mixed = "cannot borrow value as mutable because it is also borrowed as immutable"
        cases = ((mutable, mixed), ([], ""))
    for others, what in (*cases, (moved, "cannot move out of value because it is borrowed")):
        if others:
            yield _said(body, outer, others, what)
            return


def _moves(body: thir.Body, pattern: thir.BindPattern) -> bool:
    return pattern.by_ref is None and not body.answers.is_copy(pattern.type)


def _said(
    body: thir.Body, outer: thir.BindPattern, others: list[thir.BindPattern], what: str
) -> Diagnostic:
    labels = tuple(Label(each.span, _how(body, each)) for each in others)
    return Diagnostic(codes.BINDING_CONFLICT, outer.span, {"what": what}, _how(body, outer), labels)


def _how(body: thir.Body, pattern: thir.BindPattern) -> str:
    name = body.variables[pattern.variable].name
    match pattern.by_ref:
        case None:
            return f"value is moved into `{name}` here"
        case BorrowKind.MUT:
            return f"value is mutably borrowed by `{name}` here"
        case _:
            return f"value is borrowed by `{name}` here"
