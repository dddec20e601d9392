"""Building a body: locals, scopes and blocks are asked for, statements are pushed, then `finish`.

Statements pushed where control cannot come (after a `return`, before the next label) are dropped.
`finish` joins straight chains of blocks and removes the unreachable ones.
"""

from collections.abc import Callable, Iterable, Sequence

from freehold.mir.body import BasicBlock, Body, Linkage, LocalDecl, LocalKind, ScopeDecl
from freehold.mir.cfg import retarget, targets_of
from freehold.mir.rewrite import Rewrite
from freehold.mir.statements import Goto, Statement, Terminator
from freehold.mir.values import ENTRY, Block, LabelConst, Local, Operand, Scope, Symbol
from freehold.source import Span
from freehold.types import FunctionType, Type

Position = tuple[list[Statement], int] | None


class BuildError(Exception):
    """A body was built wrongly: an error of ours."""


class BodyBuilder:
    """One body in the making. `current` is the open block, or None where control cannot come."""

    __slots__ = (
        "_display",
        "_inserts",
        "_name",
        "_open",
        "_span",
        "_statements",
        "_terminators",
        "_type",
        "current",
        "locals",
        "renumbered",
        "scopes",
    )

    def __init__(self, name: str, display: str, function_type: FunctionType, span: Span) -> None:
        self._name = Symbol(name)
        self._display = display
        self._type = function_type
        self._span = span
        self._statements: list[list[Statement]] = [[]]
        self._terminators: list[Terminator | None] = [None]
        self._inserts: list[tuple[list[Statement], int, Statement]] = []
        self._open: list[Statement] = self._statements[0]
        self.current: Block | None = ENTRY
        self.locals: list[LocalDecl] = [LocalDecl(function_type.result, LocalKind.RETURN, span)]
        self.scopes: list[ScopeDecl] = [ScopeDecl(None, span)]
        self.renumbered: dict[Block, Block] = {}

    def local(self, decl: LocalDecl) -> Local:
        """Add a local. Arguments must be added first, in order."""
        self.locals.append(decl)
        return Local(len(self.locals) - 1)

    def temporary(self, ty: Type, span: Span) -> Local:
        """Add a temporary of type `ty`."""
        self.locals.append(LocalDecl(ty, LocalKind.TEMPORARY, span))
        return Local(len(self.locals) - 1)

    def scope(self, parent: Scope, span: Span) -> Scope:
        """Add a lexical scope within `parent`."""
        self.scopes.append(ScopeDecl(parent, span))
        return Scope(len(self.scopes) - 1)

    def block(self) -> Block:
        """Add a block, which is to be entered later."""
        self._statements.append([])
        self._terminators.append(None)
        return Block(len(self._statements) - 1)

    def enter(self, block: Block) -> None:
        """Continue in `block`, which is still empty. The block before must have ended."""
        if self.current is not None:
            raise BuildError(f"{self._name}: bb{self.current} has no end")
        self.current = block
        self._open = self._statements[block]

    def leave(self) -> Block | None:
        """Leave the open block without an end, to `resume` it later."""
        left, self.current = self.current, None
        return left

    def resume(self, block: Block | None) -> None:
        """Continue at the end of `block`, which was left; None is where control cannot come."""
        self.current = block
        if block is not None:
            self._open = self._statements[block]

    def here(self) -> "Position":
        """Return the place of the next statement, for `insert`."""
        return (self._open, len(self._open)) if self.current is not None else None

    def start(self) -> "Position":
        """Return the start of the body."""
        return self._statements[ENTRY], 0

    def insert(self, position: "Position", statement: Statement) -> None:
        """Put `statement` at an earlier place; `finish` does so, so that places stay what they are.

        Statements inserted at one place stand in the order in which they were inserted.
        """
        if position is not None:
            self._inserts.append((position[0], position[1], statement))

    def push(self, statement: Statement) -> None:
        """Add a statement to the open block; nothing, where control cannot come."""
        if self.current is not None:
            self._open.append(statement)

    def terminate(self, terminator: Terminator) -> None:
        """End the open block."""
        if self.current is not None:
            self._terminators[self.current] = terminator
            self.current = None

    def goto(self, target: Block, span: Span, scope: Scope) -> None:
        """End the open block with a jump."""
        if self.current is not None:
            self._terminators[self.current] = Goto(target, span, scope)
            self.current = None

    def finish(
        self,
        argument_count: int,
        linkage: Linkage = Linkage.EXTERNAL,
        attributes: frozenset[str] = frozenset(),
        roots: Sequence[Block] = (),
    ) -> Body:
        """Return the body. `roots` are blocks whose addresses are kept somewhere.

        `renumbered` then tells the final number of each block that remains.
        """
        self._insert_all()
        terminators = self._joined(set(roots))
        order = self._reachable(terminators, roots)
        self.renumbered = {old: Block(new) for new, old in enumerate(order)}
        move: Callable[[Block], Block] = self.renumbered.__getitem__
        blocks = [
            BasicBlock(tuple(self._statements[b]), retarget(terminators[b], move)) for b in order
        ]
        if roots:
            blocks = self._with_labels_renumbered(blocks)
        return Body(
            self._name,
            self._display,
            self._type,
            self.locals,
            argument_count,
            blocks,
            self.scopes,
            self._span,
            linkage,
            attributes,
        )

    def _with_labels_renumbered(self, blocks: list[BasicBlock]) -> list[BasicBlock]:
        def renumber(operand: Operand) -> Operand:
            if isinstance(operand, LabelConst):
                return LabelConst(self.renumbered[operand.block], operand.type)
            return operand

        rewrite = Rewrite(lambda place: place, renumber)
        return [
            BasicBlock(
                tuple(map(rewrite.statement, block.statements)),
                rewrite.terminator(block.terminator),
            )
            for block in blocks
        ]

    def _insert_all(self) -> None:
        by_list: dict[int, list[tuple[list[Statement], int, Statement]]] = {}
        for insert in self._inserts:
            by_list.setdefault(id(insert[0]), []).append(insert)
        for inserts in by_list.values():
            statements = inserts[0][0]
            inserts.sort(key=lambda insert: insert[1])
            merged: list[Statement] = []
            done = 0
            for _, at, statement in inserts:
                merged += statements[done:at]
                merged.append(statement)
                done = at
            statements[:] = merged + statements[done:]
        self._inserts.clear()

    def _joined(self, roots: set[Block]) -> dict[Block, Terminator]:
        """Append to each block the one that alone follows it, where it alone precedes that."""
        terminators: dict[Block, Terminator] = {}
        edges = [0] * len(self._terminators)
        final = self._final_targets(roots)
        for number, unthreaded in enumerate(self._terminators):
            if unthreaded is not None:
                terminator = retarget(unthreaded, final) if final else unthreaded
                terminators[Block(number)] = terminator
                for target in targets_of(terminator):
                    edges[target] += 1
        edges[ENTRY] += 1
        gone: set[Block] = set()
        for number in list(terminators):
            if number in gone:
                continue
            while (
                type(goto := terminators[number]) is Goto
                and edges[goto.target] == 1
                and goto.target not in roots
                and goto.target != number
                and goto.target in terminators
            ):
                self._statements[number] += self._statements[goto.target]
                terminators[number] = terminators[goto.target]
                gone.add(goto.target)
        return terminators

    def _final_targets(self, roots: set[Block]) -> Callable[[Block], Block] | None:
        """Return what leads each block that only jumps to where it jumps; None if none does."""
        jumps = {
            Block(number): terminator.target
            for number, terminator in enumerate(self._terminators)
            if type(terminator) is Goto and not self._statements[number] and number not in roots
        }
        if not jumps:
            return None

        final = [Block(number) for number in range(len(self._terminators))]
        for start in jumps:
            path = {start: None}  # in order; a chain of jumps is walked once
            at = start
            while final[at] == at and at in jumps and jumps[at] not in path:
                at = jumps[at]
                path[at] = None
            for block in path:
                final[block] = final[at]
        return final.__getitem__

    def _reachable(
        self, terminators: dict[Block, Terminator], roots: Iterable[Block]
    ) -> list[Block]:
        seen: set[Block] = set()
        stack = [ENTRY, *roots]
        while stack:
            block = stack.pop()
            if block in seen:
                continue
            seen.add(block)
            if block not in terminators:
                raise BuildError(f"{self._name}: bb{block} has no end")
            stack.extend(targets_of(terminators[block]))
        return sorted(seen)
