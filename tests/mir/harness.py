"""MIR programs for analyses, in short: places are the lines of the file, and findings are marked.

A `.mir` file here is MIR text without its `// source:line:column` ends, which this adds. `//~ CODE`
at the end of a line says that there is a finding. What the borrow check is given stands in lines
of its own before the function:

    universal '?0 static                       in order; the last one is the body's own
    universal '?1 local "'a" argument 0
    known '?1: '?2
    outlives '?3: '?4 assignment bb0[2]        category, and the point if it has one

and the region of a borrow in the borrow: `_2 = &'?3 mut _1`.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from freehold.borrow.regions import Category, Outlives, RegionBody, Universal, UniversalKind
from freehold.dataflow.points import Graph, Point
from freehold.mir.body import Body
from freehold.mir.text import parse
from freehold.types.fold import regions_of
from freehold.types.generic import FreeRegion, RegionId, RegionVar

_MARK = re.compile(r"\s*//~\s*(.*)$")
_BORROW = re.compile(r"= &'\?(\d+) ")
_DECLARATIONS = ("adt", "closuredef")
_BARE = ("copy", "generic", "}", "closure ")


@dataclass
class Case:
    """One file: its body, the regions it declares, and the findings it marks, by line."""

    body: Body
    marks: set[tuple[str, int]]
    declared: list[list[str]] = field(default_factory=list)
    loans: dict[Point, RegionId] = field(default_factory=dict)

    def regions(self) -> RegionBody:
        """Return the body with its regions."""
        graph = Graph(self.body)
        universals: list[Universal] = []
        known: list[tuple[RegionId, RegionId]] = []
        constraints: list[Outlives] = []
        for word, *rest in self.declared:
            if word == "universal":
                universals.append(_universal(rest))
            elif word == "known":
                known.append((_region(rest[0]), _region(rest[1])))
            else:
                constraints.append(_outlives(rest, graph))
        types = tuple(local.type for local in self.body.locals)
        seen = [r.id for ty in types for r in regions_of(ty) if isinstance(r, RegionVar)]
        seen += [*self.loans.values(), *(u.id for u in universals)]
        seen += [region for each in constraints for region in (each.longer, each.shorter)]
        return RegionBody(
            self.body,
            max(seen, default=-1) + 1,
            types,
            tuple(constraints),
            tuple(universals),
            tuple(known),
            self.loans,
            body_region=universals[-1].id if universals else None,
        )


def load(path: Path) -> Case:
    """Read a case."""
    return read(path.read_text())


def read(text: str) -> Case:
    """Read the text of a case."""
    marks: set[tuple[str, int]] = set()
    declared: list[list[str]] = []
    lines: list[str] = ['source 0 "case.rs"']
    loans: list[tuple[int, int, int]] = []
    block = index = -1
    for number, line in enumerate(text.splitlines(), 1):
        mark = _MARK.search(line)
        if mark is not None:
            marks |= {(code, number) for code in mark[1].split()}
        plain = line[: mark.start()] if mark else line.split("  //", 1)[0].rstrip()
        words = plain.split()
        if words and words[0] in ("universal", "known", "outlives"):
            declared.append(words)
            continue
        if label := re.fullmatch(r"\s*bb(\d+):", plain):
            block, index = int(label[1]), -1
        elif block >= 0 and words:
            index += 1
        if loan := _BORROW.search(plain):
            loans.append((block, index, int(loan[1])))
            plain = plain[: loan.start()] + "= &" + plain[loan.end() :].removeprefix(" ")
        lines.append(_placed(plain, number, in_block=block >= 0))
    program = parse("\n".join(lines))
    body = next(iter(program.bodies.values()))
    graph = Graph(body)
    points = {Point(graph.starts[b] + i): RegionId(region) for b, i, region in loans}
    return Case(body, marks, declared, points)


def _placed(plain: str, number: int, *, in_block: bool) -> str:
    bare = plain.strip()
    if not bare or bare.startswith(_BARE) or re.fullmatch(r"bb\d+:", bare):
        return plain
    return plain + ("  $0" if in_block else "") + f"  // 0:{number}:1"


def _region(word: str) -> RegionId:
    return RegionId(int(word.strip("'?:")))


def _universal(words: list[str]) -> Universal:
    region, kind, *rest = words
    name = rest[0].strip('"') if rest and rest[0].startswith('"') else ""
    argument = int(rest[rest.index("argument") + 1]) if "argument" in rest else None
    number = _region(region)
    return Universal(number, UniversalKind(kind), FreeRegion(number, name), name, None, argument)


def _outlives(words: list[str], graph: Graph) -> Outlives:
    longer, shorter, category, *rest = words
    point, span = None, graph.body.span
    if rest:
        at = re.fullmatch(r"bb(\d+)\[(\d+)\]", rest[0])
        assert at is not None
        point = Point(graph.starts[int(at[1])] + int(at[2]))
        span = graph.span(point)
    kind = Category[category.upper()]
    return Outlives(_region(longer), _region(shorter), kind, span, point)


def cases(folder: str) -> list[Path]:
    """Return the cases of a folder beside this file, in order."""
    return sorted((Path(__file__).parent / folder).glob("*.mir"))
