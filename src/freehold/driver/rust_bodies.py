"""What `rust.mono` starts from: a program's `main`, and the elaborated bodies of all it reaches."""

from typing import TYPE_CHECKING

from freehold.mir.body import Body
from freehold.records import dataclass, field
from freehold.rust.items import Function
from freehold.types.generic import Definition

if TYPE_CHECKING:
    from freehold.driver.rust import Analysed


def main_of(analysed: "Analysed") -> Function | None:
    """Return the function `main` at the crate's root, if there is one."""
    root = analysed.crates.user.root
    for function in analysed.crates.user.functions:
        if function.name == "main" and function.parent is root:
            return function
    return None


@dataclass(slots=True)
class Bodies:
    """The elaborated bodies of a program; `inner` are those of closures and promoteds."""

    analysed: "Analysed"
    inner: dict[Definition, Body] = field(default_factory=dict)

    def body_of(self, definition: Definition) -> Body | None:
        """Return a body with its drops made explicit."""
        known = self.inner.get(definition)
        if known is not None:
            return known
        body = self.analysed.body_of(definition)
        if body is not None:
            self._note(body)
        return body

    def _note(self, body: Body) -> None:
        if body.generic is None:
            return
        for definition, inner in (*body.generic.closures.items(), *body.generic.promoted.items()):
            if definition not in self.inner:
                self.inner[definition] = inner
                self._note(inner)
