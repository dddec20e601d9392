"""Drop flags: a bool for each path that is initialised on some ways to a drop of it only."""

from freehold.dataflow.points import Graph, Point
from freehold.mir.body import Body
from freehold.mir.patch import Patch
from freehold.mir.statements import Assign, Call, Drop, Goto
from freehold.mir.values import Block, IntConst, Local, Place, Scope, Use
from freehold.ownership.moves import InitKind, MoveData
from freehold.ownership.paths import PathId
from freehold.source import Span
from freehold.types import BOOL


class DropFlags:
    """The flags of one body; `live` and `dead` say what holds before a point."""

    def __init__(self, body: Body, data: MoveData, patch: Patch) -> None:
        self._body = body
        self._data = data
        self._patch = patch
        self._flags: dict[PathId, Local] = {}

    def create(self, path: PathId, span: Span) -> None:
        """Give `path` a flag, if it has none."""
        if path not in self._flags:
            self._flags[path] = self._patch.temporary(BOOL, span)

    def get(self, path: PathId) -> Local | None:
        """Return the flag of `path`, if it has one."""
        return self._flags.get(path)

    def set_at(self, block: Block, index: int, path: PathId, *, present: bool) -> None:
        """Set the flag of `path`, if it has one, before statement `index` of `block`."""
        flag = self._flags.get(path)
        if flag is not None:
            span = self._body.span
            value = Use(IntConst(int(present), BOOL))
            self._patch.insert(block, index, Assign(Place(flag), value, span, Scope(0)))

    def _set_below(self, block: Block, index: int, path: PathId, *, present: bool) -> None:
        for number in self._within(path):
            self.set_at(block, index, number, present=present)

    def _within(self, path: PathId) -> list[PathId]:
        subtree = self._data.paths.subtree(path)
        return [flagged for flagged in self._flags if subtree >> flagged & 1]

    def maintain(self, graph: Graph) -> None:
        """Set the flags wherever what they tell changes."""
        if not self._flags:
            return
        self._at_entry()
        for number, block in enumerate(self._body.blocks):
            here = Block(number)
            for index in range(len(block.statements) + 1):
                self._at_point(here, index, Point(graph.starts[number] + index))
            if isinstance(block.terminator, Call):
                self._at_return(here, block.terminator)

    def _at_entry(self) -> None:
        for path in self._flags:
            self.set_at(Block(0), 0, path, present=False)
        for init in self._data.inits:
            if init.kind is InitKind.ARGUMENT:
                self._set_below(Block(0), 0, init.path, present=True)

    def _at_point(self, block: Block, index: int, point: Point) -> None:
        if isinstance(self._data.graph.at(point), Drop):
            return  # its own elaboration says what becomes of its flags
        for move in self._data.moves_at.get(point, ()):
            self._set_below(block, index, self._data.moves[move].path, present=False)
        for number in self._data.inits_at.get(point, ()):
            init = self._data.inits[number]
            if init.kind is InitKind.DEEP:
                self._set_below(block, index, init.path, present=True)

    def _at_return(self, block: Block, call: Call) -> None:
        """A call sets its destination only if it returns: on that edge, in a block of its own."""
        point = self._data.graph.end(block)
        inits = [self._data.inits[number] for number in self._data.inits_at.get(point, ())]
        paths = [init.path for init in inits if init.kind is InitKind.RETURN]
        if call.target is None or not any(self._within(path) for path in paths):
            return
        between = self._patch.block((), Goto(call.target, call.span, call.scope))
        for path in paths:
            self._set_below(between, 0, path, present=True)
        self._patch.terminate(block, _returning_to(call, between))


def _returning_to(call: Call, block: Block) -> Call:
    return Call(
        call.callee,
        call.type,
        call.arguments,
        call.destination,
        block,
        call.span,
        call.scope,
        call.unwind,
        call.receiver_span,
        call.source,
    )
