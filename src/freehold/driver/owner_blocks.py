"""The `{}` groups of a source, and which of them are the bodies of loops."""

from freehold.records import dataclass
from freehold.rust.lex import lex
from freehold.rust.token import Kind, Token
from freehold.source import Source

_LOOPS = frozenset(("loop", "while", "for"))


@dataclass(frozen=True, slots=True)
class Group:
    """One `{}`, from its `{` to past its `}`; `label` is a loop's, with its quote."""

    start: int
    end: int
    loop: bool
    label: str = ""


class Blocks:
    """Tells which groups an offset is in."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.groups = _groups(lex(source)[0])

    def around(self, offset: int) -> list[Group]:
        """Return the groups around `offset`, innermost first."""
        found = [group for group in self.groups if group.start < offset < group.end]
        return sorted(found, key=lambda group: group.end - group.start)

    def loop_of(self, offset: int, label: str) -> Group | None:
        """Return the loop that a `break` or `continue` at `offset` is of."""
        loops = (group for group in self.around(offset) if group.loop)
        return next((group for group in loops if label in ("", group.label)), None)

    def line_beside(self, offset: int, origin: int, *, loops: bool = False) -> int:
        """Return the first line end at or past `offset` that is in the same block as `origin`.

        With `loops`, blocks that are no loops do not count.
        """
        within = {group.start for group in self.around(origin)}
        apart = [
            group
            for group in self.around(offset)
            if group.start not in within and (group.loop or not loops)
        ]
        end = max((group.end - 1 for group in apart), default=offset)
        return self._source.line_of(end)


def _groups(tokens: list[Token]) -> list[Group]:
    found: list[Group] = []
    opened: list[tuple[str, int, bool, str]] = []
    pending: tuple[int, str] | None = None  # the depth of a loop's head, its label
    for number, token in enumerate(tokens):
        match token.kind:
            case Kind.IDENT if token.text in _LOOPS and _heads_loop(tokens, number):
                pending = len(opened), _label(tokens, number)
            case Kind.IDENT if token.text == "impl":
                pending = None
            case Kind.OPEN:
                loop = token.text == "{" and pending is not None and pending[0] == len(opened)
                label = pending[1] if loop and pending is not None else ""
                opened.append((token.text, token.start, loop, label))
                pending = None if loop else pending
            case Kind.CLOSE if opened:
                text, start, loop, label = opened.pop()
                if text == "{":
                    found.append(Group(start, token.end, loop, label))
            case _:
                pass
    return found


def _heads_loop(tokens: list[Token], at: int) -> bool:
    """Say whether the keyword heads a loop: not `impl Trait for Type`, nor `for<'a>`."""
    if tokens[at].text != "for":
        return True
    if at + 1 < len(tokens) and tokens[at + 1].text == "<":
        return False
    before = tokens[at - 1] if at else None
    return before is None or before.text in ("{", "}", ";", ":", "(", "=", ",", "=>", "]")


def _label(tokens: list[Token], at: int) -> str:
    labelled = at >= 2 and tokens[at - 1].text == ":" and tokens[at - 2].kind is Kind.LIFETIME
    return tokens[at - 2].text if labelled else ""
