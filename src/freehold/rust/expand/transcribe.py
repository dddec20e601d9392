"""Writing out a rule: its transcriber with the variables put in, as flat tokens."""

from collections.abc import Sequence
from typing import assert_never

from freehold.rust.expand.marks import Marks
from freehold.rust.expand.match import Bindings, Bound
from freehold.rust.expand.rules import Element, Exact, Group, Macro, Repeat, Rule, Variable
from freehold.rust.token import Kind, Token
from freehold.source import Expansion, Span

_LIMIT = 1 << 20  # tokens of one transcription


class BadTranscription(Exception):
    """A transcriber that cannot be written out: where, and why."""

    def __init__(self, span: Span, why: str) -> None:
        """Note the place and the reason."""
        super().__init__(why)
        self.span = span
        self.why = why


def transcribe(
    macro: Macro, rule: Rule, bindings: Bindings, call: Span, marks: Marks
) -> list[Token]:
    """Return the tokens of an expansion of `macro`, called at `call`; raises BadTranscription."""
    return _Transcription(macro, call, marks).tokens(rule.transcriber, bindings)


class _Transcription:
    """One expansion: its tokens share an `Expansion` and have fresh marks."""

    __slots__ = ("_expansion", "_fresh", "_marks", "_out", "_root")

    def __init__(self, macro: Macro, call: Span, marks: Marks) -> None:
        self._expansion = Expansion(macro.name, call)
        self._marks = marks
        self._fresh: dict[int, int] = {}
        self._root = "$std" if macro.standard else "$crate"
        self._out: list[Token] = []

    def tokens(self, elements: Sequence[Element], bindings: Bindings) -> list[Token]:
        self._write(elements, bindings)
        return self._out

    def _write(self, elements: Sequence[Element], bindings: Bindings) -> None:
        for element in elements:
            match element:
                case Exact(token):
                    self._token(token)
                case Group(open_, inner, close):
                    self._token(open_)
                    self._write(inner, bindings)
                    self._token(close)
                case Variable():
                    self._variable(element, bindings)
                case Repeat():
                    self._repeat(element, bindings)
                case _:
                    assert_never(element)
            if len(self._out) > _LIMIT:
                raise BadTranscription(self._expansion.call, "the expansion is too long")

    def _token(self, token: Token) -> None:
        mark = self._fresh.get(token.mark)
        if mark is None:
            mark = self._fresh[token.mark] = self._marks.fresh(token.mark)
        made = token.marked(self._expansion, mark)
        if made.text == "$crate":
            made.text = self._root
        self._out.append(made)

    def _variable(self, variable: Variable, bindings: Bindings) -> None:
        bound = bindings.get(variable.name)
        if bound is None:  # not a variable of the matcher: `$name` stands for itself
            dollar = variable.token.marked(variable.token.expansion, variable.token.mark)
            dollar.kind, dollar.text = Kind.PUNCT, "$"
            self._token(dollar)
            self._token(variable.token)
            return
        if bound.rounds is not None:
            raise BadTranscription(
                variable.token.span, f"variable `{variable.name}` is still repeating at this depth"
            )
        self._out += bound.tokens

    def _repeat(self, repeat: Repeat, bindings: Bindings) -> None:
        used = [name for name in _used(repeat.elements) if name in bindings]
        looped = {name: bindings[name] for name in used if bindings[name].rounds is not None}
        counts = {len(bound.rounds or ()) for bound in looped.values()}
        if not counts:
            raise BadTranscription(
                repeat.span,
                "attempted to repeat an expression containing no syntax variables matched as "
                "repeating at this depth",
            )
        if len(counts) > 1:
            raise BadTranscription(repeat.span, _uneven(looped))
        for number in range(counts.pop()):
            if number and repeat.separator is not None:
                self._token(repeat.separator)
            once = dict(bindings)
            for name, bound in looped.items():
                assert bound.rounds is not None
                once[name] = bound.rounds[number]
            self._write(repeat.elements, once)


def _uneven(looped: dict[str, Bound]) -> str:
    (one, first), (two, second) = sorted(
        looped.items(), key=lambda item: len(item[1].rounds or ()), reverse=True
    )[:: len(looped) - 1]
    many, few = len(first.rounds or ()), len(second.rounds or ())
    return f"meta-variable `{one}` repeats {many} times, but `{two}` repeats {few} times"


def _used(elements: Sequence[Element]) -> list[str]:
    found: list[str] = []
    for element in elements:
        match element:
            case Variable(name):
                found.append(name)
            case Group(_, inner) | Repeat(inner):
                found += _used(inner)
            case Exact():
                pass
            case _:
                assert_never(element)
    return found
