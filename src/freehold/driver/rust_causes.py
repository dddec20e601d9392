"""What the source of a checked Rust program says about the findings of its run."""

from collections.abc import Iterator

from freehold.driver.causes import Causes
from freehold.driver.rust import Analysed
from freehold.driver.rust_cycles import closing_fields
from freehold.mir.body import Body
from freehold.rust.items import Function
from freehold.source import Span


def causes_of(analysed: Analysed) -> Causes:
    """Return what a program's source says."""
    user = analysed.crates.user
    bodies = [body for body in analysed.built.values() if body is not None]
    source = user.root.span.source
    blocks = {
        at for body in bodies for span in _blocks(body) if (at := span.outermost()).source is source
    }
    functions = tuple(
        (function.span, function.node.span)
        for function in user.functions
        if _is_unsafe(function) and function.node is not None and function.span.source is source
    )
    ordered = sorted(blocks, key=lambda span: span.start)
    return Causes(tuple(ordered), functions, closing_fields(user.adts))


def _blocks(body: Body) -> Iterator[Span]:
    assert body.generic is not None
    yield from body.generic.unsafe_blocks
    for inner in body.generic.closures.values():
        yield from _blocks(inner)


def _is_unsafe(function: Function) -> bool:
    return function.signature is not None and function.signature.unsafe
