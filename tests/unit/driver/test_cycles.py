"""The field that closes a cycle of `Rc`s is named."""

import pytest

from freehold.cli.console import cache_folder
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import DEFINITELY_LOST
from freehold.driver.cache import Cache
from freehold.driver.cycles import Advice
from freehold.source import Source

USES = "use std::cell::RefCell;\nuse std::rc::{Rc, Weak};\nuse std::sync::Arc;\n"


def advised(types: str, *, cycle: bool = True) -> tuple[str, ...]:
    """Return the help that a lost block of a program with `types` gets."""
    facts = {"bytes": "8", "blocks": "1", "cycle": cycle}
    advice = Advice(Source("t.rs", USES + types), Cache(cache_folder()), strict=False)
    return advice.on(Diagnostic(DEFINITELY_LOST, None, facts)).help


@pytest.mark.parametrize(
    ("types", "names"),
    [
        ("struct Item { next: RefCell<Option<Rc<Item>>> }", "`Item.next`"),
        ("enum Path { Step(u8, RefCell<Rc<Path>>), End }", "`Path::Step.1`"),
        ("struct Tree { kids: Vec<Rc<Tree>>, up: Option<Rc<Tree>> }", "`Tree.up`"),
        ("struct Tree { kids: RefCell<Vec<Arc<Tree>>> }", "`Tree.kids`"),
        ("struct A { b: Rc<B> }\nstruct B { c: C }\nstruct C { a: Option<Rc<A>> }",
         "one of `A.b`, `C.a`"),
        ("struct A { b: Rc<B> }\nstruct B { up: Weak<A>, other: Box<B>, n: Rc<u8> }", ""),
    ],
)  # fmt: skip
def test_the_field_is_named(types: str, names: str) -> None:
    help_ = (f"make {names} a `Weak`: the `Rc` there closes the cycle",) if names else ()
    assert advised(types) == help_


def test_only_cycles_are_advised_on() -> None:
    assert advised("struct Item { next: Option<Rc<Item>> }", cycle=False) == ()
