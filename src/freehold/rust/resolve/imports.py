"""`use`: its trees as single imports."""

from collections.abc import Iterator

from freehold.diagnostics import Code, Diagnostic
from freehold.diagnostics import codes_rust as codes
from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.items import Module
from freehold.rust.resolve.scopes import Import, ModuleScope
from freehold.rust.resolve.world import World


@dataclass(frozen=True, slots=True)
class _Front:
    """What stands before a tree: the segments of the groups around it."""

    path: tuple[ast.Ident, ...] = ()
    is_global: bool = False
    grouped: bool = False

    def then(self, path: ast.Path) -> "_Front":
        idents = tuple(segment.ident for segment in path.segments)
        is_global = self.is_global or (path.is_global and not self.path)
        return _Front((*self.path, *idents), is_global, self.grouped)


def flatten(
    world: World, scope: ModuleScope, node: ast.Use, visibility: Module | None
) -> Iterator[Import]:
    """Return the imports that `node` stands for; errors of its form are reported."""
    yield from _Flatten(world, scope, node, visibility).tree(node.tree, _Front())


@dataclass(slots=True)
class _Flatten:
    world: World
    scope: ModuleScope
    node: ast.Use
    visibility: Module | None

    def tree(self, tree: ast.UseTree, front: _Front) -> Iterator[Import]:
        """Return the imports of one tree."""
        match tree:
            case ast.UseGroup():
                inner = front.then(tree.path)
                inner = _Front(inner.path, inner.is_global, grouped=True)
                for one in tree.trees:
                    yield from self.tree(one, inner)
            case ast.UseGlob():
                at = front.then(tree.path)
                yield Import(
                    self.scope, at.path, None, tree.span, tree.span, self.visibility, self.node,
                    is_global=at.is_global,
                )  # fmt: skip
            case ast.UseSimple():
                yield from self._simple(tree, front)

    def _simple(self, tree: ast.UseSimple, front: _Front) -> Iterator[Import]:
        at = front.then(tree.path)
        only_types = False
        if (
            at.path
            and at.path[-1].name == "self"
            and len(tree.path.segments) == 1
            and front.grouped
        ):
            if not front.path:
                self._say(codes.UNNAMED_IMPORT, tree, "")
                return
            at, only_types = front, True
        elif len(at.path) > 1 and at.path[-1].name == "self":
            self._say(codes.IMPORT_OF_SELF, tree, "")
            at, only_types = _Front(at.path[:-1], at.is_global), True
        if not at.path:
            return
        name = tree.rename or at.path[-1]
        yield Import(
            self.scope, at.path, name.name, tree.span, name.span, self.visibility, self.node,
            is_global=at.is_global, only_types=only_types,
        )  # fmt: skip

    def _say(self, code: Code, at: ast.UseTree, primary: str) -> None:
        self.world.report(self.scope, Diagnostic(code, at.span, primary=primary))
