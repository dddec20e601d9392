"""What happens on each way through a function: calls, drops, panics; of our MIR and of rustc's.

Ways differ by their branches and by where they unwind; drop flags are followed, so that ways which
cannot be taken are not counted. A block is entered at most twice on one way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from freehold.mir import body as mir
from freehold.mir import statements as code
from freehold.mir import values
from freehold.mir.cfg import targets_of
from freehold.types import BOOL
from freehold.types.generic import FnDefType

UNWIND = "unwind"


@dataclass
class Node:
    """A block: flags it sets, what it does at its end, and where it goes, by unwinding or not."""

    flags: dict[int, bool] = field(default_factory=dict)
    event: str = ""
    next: list[int] = field(default_factory=list)
    unwind: int | None = None
    unwinds: bool = False
    tested: int | None = None  # the flag that a switch tests: next is [false, true]


def ways(nodes: dict[int, Node], limit: int = 40_000) -> set[tuple[str, ...]]:
    """Return what happens on each way."""
    return set(_ways(nodes, limit))


def _ways(nodes: dict[int, Node], limit: int) -> Iterator[tuple[str, ...]]:
    stack: list[tuple[int, tuple[str, ...], dict[int, bool], dict[int, int]]] = [(0, (), {}, {})]
    while stack:
        limit -= 1
        assert limit, "too many ways"
        at, seen, flags, visits = stack.pop()
        if visits.get(at, 0) == 2:
            continue
        visits = {**visits, at: visits.get(at, 0) + 1}
        node = nodes[at]
        flags = {**flags, **node.flags}
        if node.event:
            seen = (*seen, node.event)
        if node.unwinds:
            if node.unwind is None:
                yield (*seen, UNWIND)
            else:
                stack.append((node.unwind, (*seen, UNWIND), flags, visits))
        after = node.next
        if node.tested in flags:
            after = [node.next[flags[node.tested]]]
        if not after and not node.unwinds and node.event != "unreachable":
            yield seen
        stack += [(target, seen, flags, visits) for target in after]


# ------------------------------------------------------------------------------------------- ours


def of_body(body: mir.Body) -> dict[int, Node]:
    """Return the nodes of our MIR after drop elaboration."""
    cleanup = _cleanup(body)
    return {
        number: _node(body, block, inside=number in cleanup)
        for number, block in enumerate(body.blocks)
    }


def _unwind(block: mir.BasicBlock) -> values.Block | None:
    terminator = block.terminator
    if isinstance(terminator, code.Call | code.Drop | code.Assert | code.FalseUnwind):
        return terminator.unwind
    return None


def _cleanup(body: mir.Body) -> set[values.Block]:
    todo = [unwind for block in body.blocks if (unwind := _unwind(block)) is not None]
    seen: set[values.Block] = set()
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo += targets_of(body.blocks[at].terminator)
    return seen


def _node(body: mir.Body, block: mir.BasicBlock, *, inside: bool) -> Node:
    node = Node()
    for statement in block.statements:
        match statement:
            case code.Assign(
                values.Place(int(local), ()), values.Use(values.IntConst(value, ty))
            ) if ty == BOOL:
                node.flags[local] = bool(value)
    terminator = block.terminator
    match terminator:
        case code.Call(callee=values.ItemConst(FnDefType(definition)), target=target):
            node.event = f"call {definition.name}"
            node.next = [] if target is None else [target]
        case code.Call(target=target):
            node.event = "call"
            node.next = [] if target is None else [target]
        case code.Drop(place, target):
            node.event = f"drop {_place(body, place)}"
            node.next = [target]
        case code.Assert(target=target):
            node.event = "assert"
            node.next = [target]
        case code.Switch(values.Copy(values.Place(int(local), ())), ((0, no),), otherwise):
            node.tested, node.next = local, [no, otherwise]
        case code.Unreachable():
            node.event = "unreachable"
        case _:
            node.next = list(targets_of(terminator))
    node.unwinds = isinstance(terminator, code.Call | code.Drop | code.Assert) and not inside
    node.unwind = _unwind(block) if node.unwinds else None
    return node


def _place(body: mir.Body, place: values.Place) -> str:
    assert isinstance(place.base, int)
    decl = body.locals[place.base]
    text = decl.name or ("return" if place.base == 0 else "_")
    for projection in place.projections:
        match projection:
            case values.FieldOf(index):
                text += f".{index}"
            case values.Deref():
                text += ".*"
            case values.ConstantIndex(offset, from_end):
                text += f"[{'-' if from_end else ''}{offset}]"
            case values.Subslice(start, end):
                text += _elements(start, end)
            case values.Index():
                text += "[]"
            case values.Downcast():
                pass
    return text


def _elements(start: int, end: int) -> str:
    return f"[{start}]" if end == start + 1 else f"[{start}..{end}]"


# ---------------------------------------------------------------------------------------- rustc's

_FUNCTION = re.compile(r"^fn (.+?)\((.*)\) -> .* \{$", re.MULTILINE)
_TARGETS = re.compile(r"\b(\w+): (bb\d+|continue)|\bunwind (bb\d+|continue)|-> (bb\d+)")


def of_text(text: str) -> dict[str, dict[int, Node]]:
    """Return the nodes of each function that `rustc --emit=mir` printed, by path."""
    found: dict[str, dict[int, Node]] = {}
    for chunk in re.split(r"(?m)^(?=fn |const |static |promoted\[)", text):
        head = _FUNCTION.match(chunk)
        if head is not None:
            found.setdefault(_short(head[1]), _function(chunk))
    return found


def _short(path: str) -> str:
    """Return the last name of a path; of a closure, with that of the function around it."""
    names = path.split("::")
    first = next((at for at, name in enumerate(names) if name.startswith("{closure")), len(names))
    return "::".join(names[first - 1 :])


def _function(chunk: str) -> dict[int, Node]:
    names = {int(n): name for name, n in re.findall(r"debug (\w+) => _(\d+);", chunk)}
    # What a Box points to is reached through a copy of the pointer in it.
    for number, place in re.findall(r"_(\d+) = copy \(\((.*?)\.0: std::ptr::Unique<", chunk):
        names[int(number)] = _text_place(place, names)
    nodes: dict[int, Node] = {}
    for number, inside, lines in re.findall(
        r"^    bb(\d+)( \(cleanup\))?: \{\n(.*?)^    \}$", chunk, re.MULTILINE | re.DOTALL
    ):
        statements = [line.strip() for line in lines.splitlines()]
        nodes[int(number)] = _text_node(statements, names, inside=bool(inside))
    return nodes


def _text_node(statements: list[str], names: dict[int, str], *, inside: bool) -> Node:
    node = Node()
    for statement in statements[:-1]:
        flag = re.fullmatch(r"_(\d+) = const (true|false);", statement)
        if flag is not None:
            node.flags[int(flag[1])] = flag[2] == "true"
    last = statements[-1]
    targets = dict(re.findall(r"(\w+): bb(\d+)", last.rpartition("->")[2]))
    unwind = targets.pop("unwind", None)
    node.next = [int(target) for target in targets.values()]
    plain = re.search(r"-> bb(\d+);", last)
    node.event = _event(last, names)
    if plain is not None and node.event:
        unwind = plain[1]  # a call that does not return
    elif plain is not None:
        node.next = [int(plain[1])]
    tested = re.match(r"switchInt\(copy _(\d+)\) -> \[0: bb(\d+), otherwise: bb(\d+)\]", last)
    if tested is not None:
        node.tested, node.next = int(tested[1]), [int(tested[2]), int(tested[3])]
    node.unwinds = node.event.startswith(("call", "drop", "assert")) and not inside
    if node.unwinds and unwind is not None:
        node.unwind = int(unwind)
    return node


def _event(text: str, names: dict[int, str]) -> str:
    if text.startswith("drop("):
        return f"drop {_text_place(text[5 : text.index(') ->')], names)}"
    if text.startswith("assert("):
        return "assert"
    if text == "unreachable;":
        return "unreachable"
    called = re.match(r".*? = (.*)\) -> ", text)
    if called is None or text.startswith(("switchInt", "goto")):
        return ""
    return f"call {_callee(called[1])}".rstrip()


def _callee(text: str) -> str:
    """Return the last name of the path that is called."""
    depth, end = 0, len(text)
    for at in range(len(text) - 1, -1, -1):  # the bracket that opens the arguments
        depth += text[at] in ")]}"
        depth -= text[at] in "([{"
        if depth < 0:
            end = at
            break
    path = text[:end]
    while path.endswith(">"):  # turbofish
        depth = 0
        for at in range(len(path) - 1, -1, -1):
            depth += path[at] == ">" and path[at - 1] != "-"
            depth -= path[at] == "<"
            if depth == 0:
                path = path[:at].removesuffix("::")
                break
    if path.startswith(("move _", "copy _")):
        return ""
    return path.rpartition("::")[2]


def _text_place(text: str, names: dict[int, str]) -> str:
    text = text.strip()
    if text.startswith("(*") and text.endswith(")"):
        return _text_place(text[2:-1], names) + ".*"
    index = re.fullmatch(r"(.*)\[(-?\d+) of \d+\]", text)
    if index is not None:
        return f"{_text_place(index[1], names)}[{index[2]}]"
    part = re.fullmatch(r"(.*)\[(\d+)\.\.(\d+)\]", text)
    if part is not None:
        return f"{_text_place(part[1], names)}{_elements(int(part[2]), int(part[3]))}"
    element = re.fullmatch(r"(.*)\[_\d+\]", text)
    if element is not None:
        return f"{_text_place(element[1], names)}[]"
    if text.startswith("(") and text.endswith(")"):
        inner = text[1:-1]
        downcast = re.fullmatch(r"(.*) as \w+", inner)
        if downcast is not None and _balanced(downcast[1]):
            return _text_place(downcast[1], names)
        for found in re.finditer(r"\.(\d+): ", inner):
            base = inner[: found.start()]
            if _balanced(base):
                return f"{_text_place(base, names)}.{found[1]}"
    number = int(text.removeprefix("_"))
    return names.get(number) or ("return" if number == 0 else "_")


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")")
