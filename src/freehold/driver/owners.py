"""The ghosts of a Rust program: drops, moves and ends of borrows that its source does not show."""

from freehold.borrow import Context, check_solved, context
from freehold.driver.ghosts import BorrowEnded, Dropped, Earlier, Ghost, Moved, Owners
from freehold.driver.owner_blocks import Blocks
from freehold.driver.owner_borrows import borrow_ends, earlier_ends
from freehold.driver.owner_drops import drops_of
from freehold.driver.owner_moves import moves_of
from freehold.driver.owner_places import Describer, Sizes
from freehold.driver.rust import Analysed
from freehold.mir.body import Body
from freehold.ownership.check import analyse as analyse_moves
from freehold.rust.depth import deep_recursion
from freehold.rust.regions import Solved, constrain
from freehold.rust.traits import World
from freehold.source import Span
from freehold.types.generic import ClosureDef

_ORDER: dict[type[Ghost], int] = {Moved: 0, BorrowEnded: 1, Earlier: 2, Dropped: 3}


def owners(analysed: Analysed) -> Owners:
    """Return the ghosts of those bodies of a program that could be built."""
    with deep_recursion():
        return _Owners(analysed).run()


class _Owners:
    def __init__(self, analysed: Analysed) -> None:
        self._analysed = analysed
        self._source = analysed.crates.user.root.span.source
        self._sizes = Sizes(analysed.world)
        self._blocks = Blocks(self._source)
        self._ghosts: dict[Ghost, None] = {}
        self._unsafe: set[Span] = set()

    def run(self) -> Owners:
        for body in list(self._analysed.built.values()):
            if body is not None and body.span.outermost().source is self._source:
                self._body(body, body, self._analysed.world, {})
        ghosts = sorted(self._ghosts, key=_place)
        return Owners(
            self._source, tuple(ghosts), tuple(sorted(self._unsafe, key=lambda span: span.start))
        )

    def _body(
        self, body: Body, owner: Body, world: World, solved: dict[ClosureDef, Solved]
    ) -> None:
        assert body.generic is not None
        for definition, inner in body.generic.closures.items():
            assert isinstance(definition, ClosureDef)
            self._body(inner, owner, world, solved)
        moves = analyse_moves(body)
        regions = constrain(body, owner, world, solved)
        its = context(moves, regions)
        if isinstance(body.generic.definition, ClosureDef):
            required = check_solved(its).requirements
            solved[body.generic.definition] = Solved(regions.universals, required)
        describer = Describer(body, self._source, self._sizes, self._blocks)
        self._unsafe |= {
            at
            for span in body.generic.unsafe_blocks
            if (at := span.outermost()).source is self._source
        }
        self._ghosts |= dict.fromkeys(moves_of(describer, moves))
        self._with_regions(describer, its)

    def _with_regions(self, describer: Describer, solved: Context) -> None:
        drops = list(drops_of(describer))
        self._ghosts |= dict.fromkeys(borrow_ends(describer, solved))
        self._ghosts |= dict.fromkeys(earlier_ends(describer, solved, drops))
        self._ghosts |= dict.fromkeys(drops)


def _place(ghost: Ghost) -> tuple[int, bool, int]:
    return ghost.spot.line, not ghost.spot.above, _ORDER[type(ghost)]
