"""Helpers of the lowering tests: C in, verified MIR out."""

import re

from freehold.c.lower import lower
from freehold.c.parse import ParseOptions, parse
from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.c.sema import SemaOptions, analyse
from freehold.diagnostics import Severity
from freehold.mir import text
from freehold.mir.body import Program
from freehold.mir.verify import verify
from freehold.source import Source

_PLACE = re.compile(r"  (?:\$\d+  )?// \d+:\d+:\d+$")


def lowered(source: str) -> Program:
    """Lower a whole unit, which must be valid; the result is verified, printed and read back."""
    tokens = preprocess(Source("t.c", source), PreprocessOptions()).tokens
    unit, found = parse(tokens, ParseOptions())
    assert unit is not None, [d.message for d in found]
    tree, found = analyse(unit, SemaOptions())
    assert not [d.message for d in found if d.severity is Severity.ERROR]
    program, found = lower(tree)
    assert not found
    verify(program)
    printed = text.render(program)
    assert text.render(text.parse(printed)) == printed
    return program


def lines_of(source: str, name: str = "f") -> list[str]:
    """Return the lines of one function's blocks, without places and scopes."""
    program = lowered(source)
    body = next(body for symbol, body in program.bodies.items() if symbol == name)
    printed = text.render_body(body)
    lines = [_PLACE.sub("", line).strip() for line in printed.splitlines()]
    start = lines.index("bb0:")
    return [line for line in lines[start:-1] if line]


def block_of(source: str, name: str = "f") -> list[str]:
    """Return the statements of a function that is one block, without its end."""
    lines = lines_of(source, name)
    assert sum(re.fullmatch(r"bb\d+:", line) is not None for line in lines) == 1, lines
    return lines[1:-1]


def storage_of(source: str, name: str = "f") -> str:
    """Return what begins (`+`) and ends (`-`), by variable name, and the jumps, block by block."""
    program = lowered(source)
    body = next(body for symbol, body in program.bodies.items() if symbol == name)
    words: list[str] = []
    for line in lines_of(source, name):
        if match := re.match(r"(live|dead) _(\d+)", line):
            sign = "+" if match[1] == "live" else "-"
            words.append(sign + body.locals[int(match[2])].name)
        elif re.match(r"bb\d+:|goto|return|switch|call", line):
            words.append(re.sub(r"call @(\w+).*", r"\1()", line).replace("goto ", ">"))
    return " ".join(words)
