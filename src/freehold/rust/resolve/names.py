"""What names in one body mean: the side table that type checking reads."""

from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.items import PartialResolution, Trait
from freehold.types.generic import Definition

LabelTarget = ast.Loop | ast.While | ast.For | ast.BlockExpr


@dataclass(slots=True, eq=False)
class Names:
    """The meaning of every name in the body of one owner, closures included, nested items not.

    `paths`: of paths in expressions, patterns and types. A path's trait (`<T as Trait>::f`) is a
    path of its own; the whole is then the trait's item. A name that had an error is `UNRESOLVED`.

    `patterns`: identifier patterns that are a constant, unit struct or unit variant. One that is
    not in here binds a variable; `bindings` then leads from those of later alternatives of an
    or-pattern to that of the first: a `LocalVariable` always has the first.

    `labels`: where `break 'a` and `continue 'a` go, by the label they have.

    `traits`: the traits in scope at a method call, or at a path that leaves segments unresolved.

    `items`: the definitions of the items declared in the body.
    """

    paths: dict[ast.Path, PartialResolution] = field(default_factory=dict)
    patterns: dict[ast.IdentPattern, PartialResolution] = field(default_factory=dict)
    bindings: dict[ast.IdentPattern, ast.IdentPattern] = field(default_factory=dict)
    labels: dict[ast.Lifetime, LabelTarget] = field(default_factory=dict)
    traits: dict[ast.MethodCall | ast.Path, tuple[Trait, ...]] = field(default_factory=dict)
    items: dict[ast.Item, Definition] = field(default_factory=dict)

    def binding(self, pattern: ast.IdentPattern) -> ast.IdentPattern:
        """Return the pattern that stands for the variable which `pattern` binds."""
        return self.bindings.get(pattern, pattern)
