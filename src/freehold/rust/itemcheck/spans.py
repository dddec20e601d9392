"""Where messages on impls point."""

from freehold.rust.items import Impl
from freehold.source import Span


def of_impl(impl: Impl) -> Span:
    """Return the head of an impl; of a derived one, the derive."""
    assert impl.node is not None
    return impl.node.head
