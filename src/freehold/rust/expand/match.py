"""Matching the tokens of a macro call against a rule.

Repetitions are greedy; where that leads nowhere, fewer rounds are tried. A fragment that cannot be
parsed is a mismatch (rustc makes it an error at once, but then no later rule could have matched).
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, assert_never

from freehold.records import dataclass, field
from freehold.rust.expand.rules import Element, Exact, Group, Repeat, Rule, Variable
from freehold.rust.token import LITERALS, Kind, ParsedFragment, Token, end_of_tree
from freehold.source import Source, Span


@dataclass(slots=True)
class Bound:
    """What a variable stands for: tokens, or (in a repetition) one `Bound` a round."""

    tokens: Sequence[Token] = ()
    rounds: "list[Bound] | None" = None


Bindings = dict[str, Bound]


class FragmentParser(Protocol):
    """How a fragment is parsed: the tree and the index past it, or None if it does not parse."""

    def __call__(
        self, fragment: str, tokens: Sequence[Token], at: int
    ) -> tuple[object, int] | None:
        """Parse a `fragment` of `tokens` that begins at index `at`."""
        ...


@dataclass(slots=True)
class Mismatch:
    """How far a rule got, for the message: the token that no rule expected (None: the end)."""

    at: int = -1
    token: Token | None = None


@dataclass(slots=True)
class Matcher:
    """One try to match `tokens`; `end` is the index past the last of them."""

    tokens: Sequence[Token]
    parse: FragmentParser
    farthest: Mismatch = field(default_factory=Mismatch)
    _parsed: dict[tuple[str, int], tuple[object, int] | None] = field(default_factory=dict)

    def match(self, rule: Rule) -> Bindings | None:
        """Return what the variables of `rule` stand for, or None if it does not match."""
        count = len(self.tokens)
        for end, found in self._elements(rule.matcher, 0, 0, count):
            if end == count:
                for name, depth in rule.variables.items():
                    found.setdefault(name, Bound(rounds=[]) if depth else Bound())
                return found
            self._fail(end)
        return None

    def _fail(self, at: int) -> None:
        if at > self.farthest.at:
            token = self.tokens[at] if at < len(self.tokens) else None
            self.farthest = Mismatch(at, token)

    def _elements(
        self, elements: Sequence[Element], index: int, at: int, end: int
    ) -> Iterator[tuple[int, Bindings]]:
        """Yield each way in which `elements[index:]` match from `at`: where it ends, the names.

        Runs of elements that match in one way only are taken in a loop: depth is that of choices.
        """
        names: Bindings = {}
        while index < len(elements):
            element = elements[index]
            if isinstance(element, Repeat):
                for stop, rounds in self._repeat(element, at, end):
                    for last, rest in self._elements(elements, index + 1, stop, end):
                        yield last, {**names, **rounds, **rest}
                return
            one = self._single(element, at, end, names)
            if one is None:
                self._fail(at)
                return
            at = one
            index += 1
        yield at, names

    def _single(self, element: Element, at: int, end: int, names: Bindings) -> int | None:
        """Match an element that is no repetition; return the index past it."""
        match element:
            case Exact(token):
                return at + 1 if at < end and _same(token, self.tokens[at]) else None
            case Group(open_, inner):
                return self._group(open_, inner, at, end, names)
            case Variable(name, fragment):
                if fragment == "vis" or at < end:
                    return self._fragment(name, fragment, at, names)
                return None
            case Repeat():
                raise AssertionError("repetitions have more than one way")
            case _:
                assert_never(element)

    def _group(
        self, open_: Token, inner: Sequence[Element], at: int, end: int, names: Bindings
    ) -> int | None:
        if at >= end or self.tokens[at].kind is not Kind.OPEN:
            return None
        if self.tokens[at].text != open_.text:
            return None
        close = end_of_tree(self.tokens, at) - 1
        for stop, found in self._elements(inner, 0, at + 1, close):
            if stop == close:
                names.update(found)
                return close + 1
            self._fail(stop)
        return None

    def _repeat(self, repeat: Repeat, at: int, end: int) -> Iterator[tuple[int, Bindings]]:
        """Yield the rounds that match from `at`, most first."""
        ends: list[int] = [at]
        rounds: list[Bindings] = []
        most = 1 if repeat.op == "?" else len(self.tokens) + 1
        while len(rounds) < most:
            start = ends[-1]
            if rounds and repeat.separator is not None:
                if start >= end or not _same(repeat.separator, self.tokens[start]):
                    break
                start += 1
            once = next(self._elements(repeat.elements, 0, start, end), None)
            if once is None or once[0] == ends[-1]:
                break
            ends.append(once[0])
            rounds.append(once[1])
        least = 1 if repeat.op == "+" else 0
        for count in range(len(rounds), least - 1, -1):
            yield ends[count], _gather(repeat.elements, rounds[:count])

    def _fragment(self, name: str, fragment: str, at: int, names: Bindings) -> int | None:
        simple = _SIMPLE.get(fragment)
        if simple is not None:
            past = simple(self.tokens, at)
            if past is not None:
                names[name] = Bound(self.tokens[at:past])
            return past
        if not self._may_start(fragment, at):
            return None
        key = fragment, at
        if key not in self._parsed:
            self._parsed[key] = self.parse(fragment, self.tokens, at)
        parsed = self._parsed[key]
        if parsed is None:
            return None
        node, past = parsed
        names[name] = Bound((self._token(fragment, node, at, past),))
        return past

    def _token(self, fragment: str, node: object, at: int, past: int) -> Token:
        its = self.tokens[at:past]
        if len(its) == 1 and isinstance(its[0], ParsedFragment) and its[0].fragment == fragment:
            return its[0]
        near = self.tokens[min(at, len(self.tokens) - 1)].span if self.tokens else None
        span = its[0].span.to(its[-1].span) if its else near
        if span is None:  # an empty `vis` of an empty call: no place at all
            return ParsedFragment(fragment, node, its, NOWHERE)
        return ParsedFragment(fragment, node, its, span)

    def _may_start(self, fragment: str, at: int) -> bool:
        token = self.tokens[at] if at < len(self.tokens) else None
        if token is None or token.kind is Kind.FRAGMENT:
            return True
        refused = _NEVER_STARTS.get(fragment, ())
        return token.kind is not Kind.CLOSE and token.text not in refused


NOWHERE = Span(Source("<macro>", ""), 0, 0)
_OPERATORS = (",", ";", "=>", "=", "->", ":", "?", ".")
_NEVER_STARTS: dict[str, tuple[str, ...]] = {
    "expr": (*_OPERATORS, "_", "let"),
    "expr_2021": (*_OPERATORS, "_", "let"),
    "ty": (*_OPERATORS, ")"),
    "pat": _OPERATORS,
    "pat_param": (*_OPERATORS, "|"),
    "path": _OPERATORS,
}


def _same(wanted: Token, found: Token) -> bool:
    if wanted.kind is Kind.FRAGMENT or found.kind is Kind.FRAGMENT:
        return False
    return wanted.text == found.text and wanted.kind is found.kind


def _gather(elements: Sequence[Element], rounds: Sequence[Bindings]) -> Bindings:
    return {
        name: Bound(rounds=[one.get(name, Bound()) for one in rounds]) for name in _names(elements)
    }


def _names(elements: Sequence[Element]) -> Iterator[str]:
    for element in elements:
        match element:
            case Variable(name):
                yield name
            case Group(_, inner) | Repeat(inner):
                yield from _names(inner)
            case Exact():
                pass
            case _:
                assert_never(element)


def _ident(tokens: Sequence[Token], at: int) -> int | None:
    token = tokens[at]
    plain = token.kind is Kind.IDENT and token.text not in ("_", "$crate")
    return at + 1 if plain or token.kind is Kind.RAW_IDENT else None


def _lifetime(tokens: Sequence[Token], at: int) -> int | None:
    return at + 1 if tokens[at].kind is Kind.LIFETIME else None


def _tree(tokens: Sequence[Token], at: int) -> int | None:
    return None if tokens[at].kind is Kind.CLOSE else end_of_tree(tokens, at)


def _literal(tokens: Sequence[Token], at: int) -> int | None:
    token = tokens[at]
    if token.text == "-" and at + 1 < len(tokens) and tokens[at + 1].kind in _NUMBERS:
        return at + 2
    fragment = token.kind is Kind.FRAGMENT and token.text == "literal"
    boolean = token.kind is Kind.IDENT and token.text in ("true", "false")
    return at + 1 if token.kind in LITERALS or boolean or fragment else None


_NUMBERS = (Kind.INT, Kind.FLOAT)
_SIMPLE = {"ident": _ident, "lifetime": _lifetime, "tt": _tree, "literal": _literal}
