"""The tree of tests that finds the first candidate that matches.

Each arm is a candidate; an or-pattern makes several of one. Once a test has sorted the candidates
by its answers, each group is searched on its own, and what no group has taken is tried after them.
Between candidates there are false edges: borrow checking must not know which tests were made.
"""

from collections.abc import Iterator

from freehold.mir.statements import FakeRead, FakeReadCause, FalseEdge, Unreachable
from freehold.mir.values import Block, Local, Place
from freehold.records import dataclass, field
from freehold.rust import thir
from freehold.rust.build.builder import Builder
from freehold.rust.build.matching.fakes import fake_borrows
from freehold.rust.build.matching.pairs import AnyOf, Bound, FlatPattern, Pair, Written, flatten
from freehold.rust.build.matching.tests import (
    Answer,
    Asked,
    perform,
    question_of,
    sort,
)
from freehold.source import Span


@dataclass(slots=True, eq=False)
class Candidate:
    """A pattern that may be the one, and what is still to be tested for it.

    Control comes to `matched` when it matches, and to `failed` goes what its guard refuses.
    `false_start` is where testing it begins: candidates before it may seem to come there.
    """

    flat: FlatPattern
    guarded: bool
    inner: "list[Candidate]" = field(default_factory=list)
    or_span: Span | None = None
    matched: Block | None = None
    failed: Block | None = None
    false_start: Block | None = None

    @property
    def pairs(self) -> list[Pair]:
        """What is still to be tested."""
        return self.flat.pairs

    def starts_with_or(self) -> bool:
        """Say whether only or-patterns remain."""
        return bool(self.pairs) and isinstance(self.pairs[0].case, AnyOf)

    def leaves(self) -> "Iterator[Candidate]":
        """Yield the candidates that it was expanded to, in order."""
        if not self.inner:
            yield self
        for one in self.inner:
            yield from one.leaves()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One way in which an arm matches: what it binds, and where control then is."""

    span: Span
    matched: Block
    failed: Block
    bindings: tuple[Bound, ...]
    written: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """For each pattern the ways in which it matches; where control comes if none does."""

    branches: tuple[tuple[Leaf, ...], ...]
    otherwise: Block
    fakes: tuple[tuple[Place, Local], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is matched: the place, the scrutinee's span, and that of `match scrutinee`."""

    place: Place
    span: Span
    match_span: Span
    user_type: thir.UserType | None = None


def build_tree(
    b: Builder,
    subject: Subject,
    patterns: list[tuple[thir.Pattern, bool]],
    *,
    refutable: bool = False,
) -> Tree:
    """Build the tests from the current block on. Patterns come with whether they have a guard.

    If not `refutable`, one of the patterns certainly matches.
    """
    b.fake_read(FakeReadCause.MENTION, subject.place, subject.span)
    candidates = [
        Candidate(flatten(b, subject.place, pattern), guarded) for pattern, guarded in patterns
    ]
    if subject.user_type is not None:
        candidates[0].flat.written.append(Written(subject.place, subject.user_type))
    fakes: tuple[tuple[Place, Local], ...] = ()
    if any(guarded for _, guarded in patterns):
        fakes = fake_borrows(b, subject.place, [one.flat for one in candidates], subject.span)
    search = _Search(b, subject)
    otherwise = search.find(b.graph.current, list(candidates))
    _add_false_edges(b, candidates, otherwise if refutable else None)
    if not refutable:
        source = b.scopes.source
        read = FakeRead(FakeReadCause.MATCH, subject.place, subject.span, source)
        b.graph.push_to(otherwise, read)
        b.graph.end_block(otherwise, Unreachable(subject.span, source))
    branches = tuple(tuple(_leaves(one, (), ())) for one in candidates)
    return Tree(branches, otherwise, fakes)


def _leaves(
    candidate: Candidate,
    bindings: tuple[Bound, ...],
    written: tuple[Written, ...],
) -> Iterator[Leaf]:
    bindings = (*bindings, *candidate.flat.bindings)
    written = (*written, *candidate.flat.written)
    for one in candidate.inner:
        yield from _leaves(one, bindings, written)
    if not candidate.inner:
        matched, failed = candidate.matched, candidate.failed
        assert matched is not None
        assert failed is not None
        yield Leaf(candidate.flat.span, matched, failed, bindings, written)


def _add_false_edges(b: Builder, candidates: list[Candidate], following: Block | None) -> None:
    for candidate in reversed(candidates):
        for leaf in reversed(list(candidate.leaves())):
            if following is not None:
                _add_false_edge(b, leaf, following)
            following = leaf.false_start
            assert following is not None


def _add_false_edge(b: Builder, leaf: Candidate, following: Block) -> None:
    assert leaf.matched is not None
    assert leaf.failed is not None
    span = leaf.flat.span
    bound = b.graph.block()
    false_edge(b, leaf.matched, bound, following, span)
    leaf.matched = bound
    if leaf.guarded:
        refused = b.graph.block()
        false_edge(b, refused, leaf.failed, following, span)
        leaf.failed = refused


def false_edge(b: Builder, block: Block, target: Block, imaginary: Block, span: Span) -> None:
    """End `block` with a jump to `target` that may seem to go to `imaginary`."""
    if target == imaginary:
        b.goto(block, target, span)
    else:
        b.graph.end_block(block, FalseEdge(target, imaginary, span, b.scopes.source))


class _Search:
    """Finds the first of a list of candidates that matches."""

    def __init__(self, b: Builder, subject: Subject) -> None:
        self._b = b
        self._subject = subject

    def find(self, start: Block, candidates: list[Candidate]) -> Block:
        """Build the search from `start` on; return where control comes if none matches."""
        while candidates:
            first = candidates[0]
            if first.false_start is None:
                first.false_start = start
            if not first.pairs:
                start = self._select(first, start)
                candidates = candidates[1:]
            elif any(one.starts_with_or() for one in candidates):
                start, candidates = self._expand(start, candidates)
            else:
                start, candidates = self._test(start, candidates)
        return start

    def _select(self, candidate: Candidate, start: Block) -> Block:
        candidate.matched = start
        candidate.failed = self._b.graph.block()
        return candidate.failed

    def _test(self, start: Block, candidates: list[Candidate]) -> tuple[Block, list[Candidate]]:
        b = self._b
        test = question_of(candidates[0].pairs[0])
        groups: dict[Answer, list[Candidate]] = {}
        pairs: dict[Answer, list[list[Pair]]] = {}
        count = 0
        for candidate in candidates:
            answer = sort(test, candidate.pairs, pairs)
            if answer is None:
                break
            groups.setdefault(answer, []).append(candidate)
            pairs.setdefault(answer, []).append(candidate.pairs)
            count += 1
        assert count
        rest = b.graph.block()
        targets: dict[Answer, Block] = {}
        for answer, group in groups.items():
            targets[answer] = b.graph.block()
            failed = self.find(targets[answer], group)
            b.goto(failed, rest, self._subject.match_span)
        asked = Asked(start, targets, rest, self._subject.match_span, self._subject.span)
        perform(b, test, asked)
        return rest, candidates[count:]

    # ------------------------------------------------------------------------------- or-patterns

    def _expand(self, start: Block, candidates: list[Candidate]) -> tuple[Block, list[Candidate]]:
        """Search the alternatives of or-patterns in the place of their candidates.

        A candidate with more than its or-pattern to test ends the list: the rest of it is tested
        where an alternative has matched.
        """
        end = len(candidates)
        for index, candidate in enumerate(candidates):
            if len(candidate.pairs) > 1 and candidate.starts_with_or():
                end = index + 1
                break
        expanded: list[Candidate] = []
        for candidate in candidates[:end]:
            if candidate.starts_with_or():
                _split(candidate)
                expanded += candidate.inner
            else:
                expanded.append(candidate)
        rest = self.find(start, expanded)
        for candidate in candidates[:end]:
            if candidate.inner:
                self._merge(candidate)
        self._test_rest(candidates[end - 1])
        return rest, candidates[end:]

    def _merge(self, candidate: Candidate) -> None:
        """Make one candidate again of alternatives that bind nothing."""
        plain = all(
            not (one.inner or one.flat.bindings or one.flat.written) for one in candidate.inner
        )
        if candidate.guarded or not plain:
            return
        matched = self._b.graph.block()
        if candidate.false_start is None:
            candidate.false_start = candidate.inner[0].false_start
        assert candidate.or_span is not None
        for one in candidate.inner:
            assert one.matched is not None
            self._b.goto(one.matched, matched, candidate.or_span)
            candidate.failed = one.failed
        candidate.inner = []
        candidate.matched = matched

    def _test_rest(self, candidate: Candidate) -> None:
        if not candidate.pairs:
            return
        leaves = list(candidate.leaves())
        last = leaves[-1].failed
        pairs = list(candidate.pairs)
        candidate.pairs.clear()
        span = candidate.or_span or candidate.flat.span
        for leaf in leaves:
            assert not leaf.pairs
            leaf.pairs.extend(pairs)
            begin, refused = leaf.matched, leaf.failed
            assert begin is not None
            leaf.matched = leaf.failed = None
            failed = self.find(begin, [leaf])
            to = refused if leaf.guarded else last
            assert to is not None
            self._b.goto(failed, to, span)


def _split(candidate: Candidate) -> None:
    pair = candidate.pairs.pop(0)
    assert isinstance(pair.case, AnyOf)
    candidate.or_span = pair.span
    candidate.inner = [
        Candidate(
            FlatPattern(one.span, list(one.pairs), one.bindings, one.written), candidate.guarded
        )
        for one in pair.case.alternatives
    ]
    candidate.inner[0].false_start = candidate.false_start
