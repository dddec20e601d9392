"""The files of a unit as one stream of tokens, from which directives are taken out on the way."""

from collections.abc import Callable

from freehold.c.pp.files import File, Lexed
from freehold.c.pp.limits import INCLUDES, Budget, Limit
from freehold.c.pp.report import Report
from freehold.c.token import Kind, Token
from freehold.records import dataclass, field
from freehold.source import Span


@dataclass(slots=True)
class Conditional:
    """An `#if` that is open. `taken`: some group of it is, or was, active."""

    opened: Token
    taken: bool
    in_else: bool = False


@dataclass(slots=True, eq=False)
class Frame:
    """A file that is being read: `index` is the next token, `hash` the next of its directives.

    `where`: number of the folder in which it was found. `shift`: presumed line less real line.
    """

    lexed: Lexed
    name: str
    file: File | None = None
    where: int = -1
    index: int = 0
    hash: int = 0
    shift: int = 0
    conditionals: list[Conditional] = field(default_factory=list)


CarryOut = Callable[[Frame, list[Token]], list[Token]]


class Stream:
    """Tokens of the main file and of what it includes.

    `run[at:]` is what lies before the next directive. `carry_out` is given each directive's line
    after the `#`; it returns what the parser must see of it.
    """

    __slots__ = ("_budget", "_report", "at", "carry_out", "frames", "run")

    def __init__(self, report: Report, budget: Budget) -> None:
        self.frames: list[Frame] = []
        self.run: list[Token] = []
        self.at = 0
        self.carry_out: CarryOut = _nothing
        self._report = report
        self._budget = budget

    def enter(self, lexed: Lexed, at: Span, file: File | None = None, where: int = -1) -> None:
        """Read a file before going on with the current one."""
        if len(self.frames) >= INCLUDES:
            raise Limit("the depth of includes", INCLUDES, at)
        self._budget.read(len(lexed.tokens), at)
        if file is None or not file.entered:
            self._report.found.extend(lexed.found)
        if file is not None:
            file.entered = True
        self.frames.append(Frame(lexed, lexed.source.name, file, where))

    def refill(self, *, leave: bool = True) -> bool:
        """Make `run` the next tokens; False if there are none. `leave`: go on past a file's end."""
        while self.frames:
            frame = self.frames[-1]
            tokens, stop = frame.lexed.tokens, frame.lexed.hashes[frame.hash]
            self.at = 0
            if frame.index < stop:
                self.run = tokens[frame.index : stop]
                frame.index = stop
                return True
            self.run = []
            if tokens[stop].kind is not Kind.END:
                self.run = self.carry_out(frame, self.line(frame))
                if self.run:
                    return True
            elif leave:
                self._leave(frame)
            else:
                return False
        return False

    def line(self, frame: Frame) -> list[Token]:
        """Take the line of the next directive; return what follows its `#`."""
        start = frame.lexed.hashes[frame.hash] + 1
        frame.hash += 1
        tokens = frame.lexed.tokens
        end = start
        while not tokens[end].bol:
            end += 1
        frame.index = end
        return tokens[start:end]

    def _leave(self, frame: Frame) -> None:
        for conditional in frame.conditionals:
            opened = conditional.opened
            self._report.error(opened, f"#{opened.text} without #endif")
        self.frames.pop()

    def peek(self) -> Token | None:
        """Return the next token; None where a directive or the file's end comes first."""
        if self.at >= len(self.run):
            frame = self.frames[-1] if self.frames else None
            if frame is None or frame.index >= frame.lexed.hashes[frame.hash]:
                return None
            self.refill(leave=False)
        return self.run[self.at]

    def take(self) -> Token | None:
        """Take the next token of the current file, directives carried out; None at its end."""
        if self.at >= len(self.run) and not self.refill(leave=False):
            return None
        self.at += 1
        return self.run[self.at - 1]

    def presumed(self, place: Span) -> tuple[str, int]:
        """Return the file name and line that `#line` gave to a place of the current file."""
        for frame in reversed(self.frames):
            if frame.lexed.source is place.source:
                return frame.name, place.line + frame.shift
        return place.source.name, place.line


def _nothing(frame: Frame, line: list[Token]) -> list[Token]:
    return []
