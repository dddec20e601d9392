"""The events of a recorded run, from its file: what it asked of its heap, calls, pointers."""

from array import array
from collections.abc import Iterator, Sequence

from freehold.events.columns import Document, TraceFormatError, unpack
from freehold.events.model import Alloc, Block, Enter, Event, Free, Leave, Log, Point, Resize
from freehold.records import dataclass, field
from freehold.source import Source

_HEAP = 2  # of `object.kind`


def read_recorded(data: bytes) -> Log:
    """Return the log of the run that a `.fhtrace` file holds; raises TraceFormatError.

    Blocks of the heap, calls with the bytes of their variables, pointers that are stored.
    Where an event comes from is a line of the first source.
    """
    document = unpack(data)
    try:
        return _Reader(document).read()
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise TraceFormatError(f"it is damaged: {error!r}") from error


@dataclass(slots=True)
class _Reader:
    document: Document
    log: Log = field(default_factory=Log)
    blocks: dict[int, Block] = field(default_factory=dict)  # by object
    stack: list[int] = field(default_factory=list)  # calls
    lines: list[tuple[int, int]] = field(default_factory=list)  # where each begins and ends

    def column(self, name: str) -> Sequence[int]:
        return self.document.numbers(name)

    def read(self) -> Log:
        head = self.document.head
        source = Source(head["sources"][0]["name"], head["sources"][0]["text"])
        self.log.source = source
        self.log.starts, self.log.ends = array("q"), array("q")
        at = 0
        for line in source.text.split("\n"):
            indent = len(line) - len(line.lstrip())
            self.lines.append((at + indent, at + len(line)))
            at += len(line) + 1
        lives = iter(list(self._lives()))  # all: they say which blocks there are
        writes, calls = self._writes(), self._calls()
        life, write, call = next(lives, None), next(writes, None), next(calls, None)
        for step in range(-1, len(self.column("step.line"))):
            while life is not None and life[0] <= step:
                self._add(step, life[1])
                life = next(lives, None)
            while write is not None and write[0] <= step:
                self._add(step, write[1])
                write = next(writes, None)
            while call is not None and call[0] <= step:
                self._add(step, call[1])
                call = next(calls, None)
        return self.log

    def _add(self, step: int, event: Event) -> None:
        line = self.column("step.line")[step] if step >= 0 else 0
        ours = step >= 0 and self.column("step.source")[step] == 0 and 0 < line <= len(self.lines)
        start, end = self.lines[line - 1] if ours else (0, 0)
        self.log.events.append(event)
        self.log.starts.append(start)
        self.log.ends.append(end)

    def _lives(self) -> Iterator[tuple[int, Event]]:
        """Yield what happens to blocks, in order, with its step."""
        kinds, sizes = self.column("object.kind"), self.column("object.size")
        born, died = self.column("object.born"), self.column("object.died")
        renews = self.column("object.renews")
        renewed = {old for old in renews if old >= 0}
        names = self._holders()
        for life in self.column("life"):
            number = life if life >= 0 else -1 - life
            if kinds[number] != _HEAP:
                continue
            if life < 0:
                if number not in renewed:
                    yield died[number], Free(self.blocks[number])
            elif renews[number] in self.blocks:
                self.blocks[number] = self.blocks[renews[number]]
                yield born[number], Resize(self.blocks[number], sizes[number])
            else:
                self.blocks[number] = Block(number)
                yield born[number], Alloc(Block(number), sizes[number], names.get(number, ""))

    def _holders(self) -> dict[int, str]:
        """Return, by object, the variable that held it first."""
        owners, kinds = self.column("write.object"), self.column("object.kind")
        found: dict[int, str] = {}
        for write, target in zip(
            self.column("target.write"), self.column("target.object"), strict=True
        ):
            if kinds[owners[write]] != _HEAP:
                found.setdefault(target, self._name(owners[write]))
        return found

    def _writes(self) -> Iterator[tuple[int, Event]]:
        """Yield stores of pointers to blocks."""
        owners, steps = self.column("write.object"), self.column("write.step")
        columns = (self.column(f"target.{name}") for name in ("write", "offset", "object"))
        for write, offset, target in zip(*columns, strict=True):
            if target in self.blocks:
                holder = self.blocks.get(owners[write])
                name = "" if holder is not None else self._name(owners[write])
                slot = f"{name}+{offset}" if offset or not name else name
                yield steps[write], Point(holder, slot, self.blocks[target])

    def _name(self, number: int) -> str:
        return str(self.document.head["names"][self.column("object.name")[number]])

    def _calls(self) -> Iterator[tuple[int, Event]]:
        """Yield the beginnings and ends of calls."""
        names, functions = self.document.head["names"], self.column("frame.function")
        entered, left = self.column("frame.entered"), self.column("frame.left")
        callers, sizes = self.column("frame.caller"), self.column("frame.size")
        for number, function in enumerate(functions):
            while self.stack and self.stack[-1] != callers[number]:
                yield left[self.stack.pop()], Leave()
            self.stack.append(number)
            yield entered[number], Enter(names[function], sizes[number])
        while self.stack and left[self.stack[-1]] >= 0:
            yield left[self.stack.pop()], Leave()
