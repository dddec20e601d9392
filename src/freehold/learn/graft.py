"""Functions of an answer, run among sound ones: what one of them does, whatever the others do.

Both texts are compiled; the functions that are graded are taken from the answer, all others that
the reference has are taken from there, and the two are linked.
"""

from collections.abc import Collection
from dataclasses import replace

from freehold.api import Silent, cache_folder
from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache
from freehold.driver.frontend import Front, read_program
from freehold.driver.library import runtime_objects
from freehold.driver.options import CompileOptions
from freehold.learn.model import OUTPUT, SECONDS, Ungraded
from freehold.mir.body import Body, Extern, Linkage, Program
from freehold.mir.link import link
from freehold.mir.values import Symbol
from freehold.records import dataclass
from freehold.source import Source
from freehold.types import FunctionType


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run showed: its findings, what it printed, its status (None: it was ended)."""

    findings: tuple[Diagnostic, ...]
    stdout: bytes
    status: int | None

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its findings."""
        return frozenset(one.code.id for one in self.findings)

    @property
    def ended(self) -> bool:
        """Whether it came to its end by itself."""
        return self.status is not None and not any(code.startswith("FH07") for code in self.codes)


def compiled(source: Source, options: CompileOptions = CompileOptions()) -> Program:  # noqa: B008
    """Return the MIR of a C file; raises Ungraded if it does not compile."""
    from freehold.driver.deep import deeply

    front: Front = deeply(lambda: read_program([source], options))
    if front.program is None:
        raise Ungraded(f"{source.name} does not compile", front.diagnostics)
    return front.program


def grafted(answer: Program, names: Collection[str], reference: Program) -> Program:
    """Return the reference with the functions `names` of the answer in place of its own.

    Other functions of the answer come along: those that it has written besides are called.
    """
    given = {symbol for symbol in reference.bodies if str(symbol) not in names}
    kept = {symbol for symbol in reference.bodies if str(symbol) in names}
    program, wrong = link([_without(answer, given), _without(reference, kept)])
    if wrong:
        raise Ungraded("a function is not declared as it was", tuple(wrong))
    return program


def _without(program: Program, names: set[Symbol]) -> Program:
    """Return the program with the functions `names` declared only; others are visible."""
    bodies = {
        symbol: replace(body, linkage=Linkage.EXTERNAL)
        for symbol, body in program.bodies.items()
        if symbol not in names
    }
    declared = {
        symbol: Extern(symbol, _type(body), body.span)
        for symbol, body in program.bodies.items()
        if symbol in names
    }
    return replace(program, bodies=bodies, externs={**program.externs, **declared})


def _type(body: Body) -> FunctionType:
    assert isinstance(body.type, FunctionType)
    return body.type


def ran(program: Program) -> Ran:
    """Compile and run a program with every access checked."""
    from freehold.codegen.program import CodegenOptions, compile_program
    from freehold.driver.deep import deeply
    from freehold.execute import RunOptions, run

    made = deeply(lambda: compile_program(program, CodegenOptions(speed=0)))
    library = runtime_objects(Cache(cache_folder()), Silent(), made.object)
    options = RunOptions(stdin=b"", capture=True, timeout=SECONDS, max_output=OUTPUT)
    outcome = run(made, library, options)
    return Ran(outcome.diagnostics, outcome.stdout, outcome.status)
