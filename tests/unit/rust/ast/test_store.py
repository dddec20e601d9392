"""Trees stored and loaded are the same trees."""

from collections.abc import Sequence

from freehold.rust import ast
from freehold.rust.ast import store
from freehold.rust.expand import Library, expand
from freehold.rust.expand.rebuild import parts
from freehold.rust.parse import parse
from freehold.source import Source

TEXT = """
macro_rules! pair { ($a:expr) => { ($a, $a) } }
#[derive(Clone, PartialEq)]
pub struct S<'a, T: Clone> { pub x: &'a T, y: [u8; 4] }
impl<'a, T: Clone> S<'a, T> {
    /// Gone when stored.
    fn f(&self, n: i32) -> i32 { if n > 1 { pair!(n + 1).0 } else { 'a: loop { break 'a 3 } } }
}
"""


def shape(node: object) -> object:
    if isinstance(node, Sequence) and not isinstance(node, str | bytes):
        kept = [one for one in node if not (isinstance(one, ast.Attribute) and one.is_doc)]
        return [shape(one) for one in kept]
    if not isinstance(node, ast.Node):
        return node if isinstance(node, int | str | bytes | ast.Shape | None) else ""
    rest = [shape(getattr(node, name)) for name in parts(type(node))]
    return type(node).__name__, node.span.start, node.span.end, node.span.expansion is None, rest


def stored(crate: ast.Crate) -> ast.Crate:
    table, apart = store.dump(crate)
    return store.load(table, memoryview(apart), {})


def test_a_loaded_tree_is_the_stored_one() -> None:
    crate, errors = parse(Source("t.rs", TEXT))
    assert not errors
    expanded = expand(crate, Library()).crate
    loaded = stored(expanded)
    assert shape(loaded) == shape(expanded)


def test_a_node_is_made_once() -> None:
    crate, _ = parse(Source("t.rs", TEXT))
    loaded = stored(crate)
    assert loaded.items[1] is loaded.items[1]
    assert type(loaded.items[1]) is ast.Struct
