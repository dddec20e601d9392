"""The parts of THIR nodes, in order of evaluation as they are written."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from freehold.rust import thir

Node = thir.Expr | thir.Statement | thir.Arm | thir.Pattern

_NODES: tuple[type, ...] = (
    *thir.Expr.__args__,
    *thir.Statement.__args__,
    *thir.Pattern.__args__,
    thir.Arm,
)
_KINDS = frozenset(_NODES)
_SLOTS: dict[type, tuple[str, ...]] = {}
_LEAVES = frozenset(("type", "span", "definition", "label", "source", "name", "index"))


def _slots(kind: type) -> tuple[str, ...]:
    found = _SLOTS.get(kind)
    if found is None:
        assert is_dataclass(kind)
        plain = kind is not thir.Index
        found = tuple(each.name for each in fields(kind) if not (plain and each.name in _LEAVES))
        _SLOTS[kind] = found
    return found


def parts(node: Node) -> Iterator[Node]:
    """Return the nodes directly inside `node`; bodies of closures are not."""
    for name in _slots(type(node)):
        yield from _of(getattr(node, name))


def _of(value: object) -> Iterator[Node]:
    if type(value) in _KINDS:
        yield value  # type: ignore[misc]
    elif isinstance(value, tuple):
        for each in value:
            yield from _of(each)
