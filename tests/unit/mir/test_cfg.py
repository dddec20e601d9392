"""Graph questions, against their definitions, on random graphs."""

from hypothesis import given
from hypothesis import strategies as st

from freehold.mir.body import BasicBlock, Body, LocalDecl, LocalKind, ScopeDecl
from freehold.mir.build import BodyBuilder
from freehold.mir.cfg import dominators, predecessors, reverse_postorder, successors, targets_of
from freehold.mir.statements import Assign, Goto, Return, Switch, Terminator
from freehold.mir.values import Block, IntConst, Local, Place, Scope, Symbol, Use
from freehold.source import Source, Span
from freehold.types import I32, FunctionType

AT = Span(Source("t.c", " "), 0, 1)
TYPE = FunctionType((), I32)
TOP = Scope(0)
Graph = list[list[int]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(1, 9))
    blocks = st.integers(0, count - 1)
    return draw(st.lists(st.lists(blocks, max_size=3), min_size=count, max_size=count))


def terminator(targets: list[int]) -> Terminator:
    if not targets:
        return Return(AT, TOP)
    if len(targets) == 1:
        return Goto(Block(targets[0]), AT, TOP)
    pairs = tuple((value, Block(block)) for value, block in enumerate(targets[1:]))
    return Switch(IntConst(0, I32), pairs, Block(targets[0]), AT, TOP)


def body_of(graph: Graph) -> Body:
    blocks = [BasicBlock((), terminator(targets)) for targets in graph]
    decl = LocalDecl(I32, LocalKind.RETURN, AT)
    return Body(Symbol("f"), "f", TYPE, [decl], 0, blocks, [ScopeDecl(None, AT)], AT)


def reachable(graph: Graph, without: int = -1) -> set[int]:
    seen: set[int] = set()
    stack = [0]
    while stack:
        block = stack.pop()
        if block not in seen and block != without:
            seen.add(block)
            stack += graph[block]
    return seen


@given(graphs())
def test_dominators_are_what_every_path_passes(graph: Graph) -> None:
    sets = dominators(body_of(graph))
    live = reachable(graph)
    for block in range(len(graph)):
        passes = {d for d in live if block in live and block not in reachable(graph, without=d)}
        assert sets[block] == sum(1 << d for d in passes)


@given(graphs())
def test_order_holds_the_reachable_blocks_and_edges_agree(graph: Graph) -> None:
    body = body_of(graph)
    order = reverse_postorder(body)
    assert order[0] == 0
    assert set(order) == reachable(graph)
    assert len(set(order)) == len(order)
    edges = {(a, b) for a, after in enumerate(successors(body)) for b in after}
    assert edges == {(a, b) for b, before in enumerate(predecessors(body)) for a in before}


def mark(number: int) -> Assign:
    return Assign(Place(Local(0)), Use(IntConst(number, I32)), AT, TOP)


def marks(block: BasicBlock) -> list[int]:
    values = []
    for statement in block.statements:
        assert isinstance(statement, Assign)
        assert isinstance(statement.rvalue, Use)
        assert isinstance(statement.rvalue.operand, IntConst)
        values.append(statement.rvalue.operand.value)
    return values


def run(blocks: list[BasicBlock], choices: list[int]) -> list[int]:
    """The marks passed from the entry on; each switch takes the next choice."""
    passed: list[int] = []
    at, left = 0, list(choices)
    for _ in range(50):
        passed += marks(blocks[at])
        targets = targets_of(blocks[at].terminator)
        if not targets:
            return [*passed, -1]
        if len(targets) > 1 and not left:
            return passed
        at = targets[left.pop(0) % len(targets)] if len(targets) > 1 else targets[0]
    return passed[:5]


@given(graphs(), st.data())
def test_the_builder_keeps_what_is_executed(graph: Graph, data: st.DataObject) -> None:
    choices = data.draw(st.lists(st.integers(0, 2), max_size=6))
    builder = BodyBuilder("f", "f", TYPE, AT)
    before = []
    for _ in graph[1:]:
        builder.block()
    for number, targets in enumerate(graph):
        if number:
            builder.enter(Block(number))
        statements = [mark(number)] if data.draw(st.booleans()) else []
        for statement in statements:
            builder.push(statement)
        builder.terminate(terminator(targets))
        before.append(BasicBlock(tuple(statements), terminator(targets)))
    assert run(builder.finish(0).blocks, choices) == run(before, choices)


def test_statements_are_inserted_where_they_were_asked_for() -> None:
    builder = BodyBuilder("f", "f", TYPE, AT)
    builder.push(mark(1))
    here = builder.here()
    builder.push(mark(4))
    builder.insert(here, mark(2))
    builder.insert(here, mark(3))
    builder.insert(builder.start(), mark(0))
    builder.terminate(Return(AT, TOP))
    assert marks(builder.finish(0).blocks[0]) == [0, 1, 2, 3, 4]
