"""Helpers of the tests of semantic analysis: C in, typed trees or faults out."""

from freehold.c import tree
from freehold.c.parse import ParseOptions, parse
from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.c.sema import SemaOptions, analyse
from freehold.diagnostics import Diagnostic, Severity
from freehold.source import Source


def analysed(
    source: str, *, pedantic: bool = False
) -> tuple[tree.TranslationUnit, list[Diagnostic]]:
    """Analyse a unit whose syntax is right."""
    made = preprocess(Source("t.c", source), PreprocessOptions())
    unit, found = parse(made.tokens, ParseOptions(pedantic_errors=pedantic))
    assert unit is not None, [d.message for d in found]
    typed, more = analyse(unit, SemaOptions(pedantic_errors=pedantic))
    return typed, [*found, *more]


def valid(source: str, *, pedantic: bool = False) -> tree.TranslationUnit:
    """Analyse a unit without any fault, nor warning."""
    unit, found = analysed(source, pedantic=pedantic)
    assert not found, [d.message for d in found]
    return unit


def faults(source: str, *, pedantic: bool = False) -> list[str]:
    """Return `line:severity code` of each finding."""
    found = analysed(source, pedantic=pedantic)[1]
    return [f"{d.at.line if d.at else 0}:{d.severity.value} {d.code.id}" for d in found]


def errors(source: str, *, pedantic: bool = False) -> list[str]:
    """Return the messages of the errors."""
    found = analysed(source, pedantic=pedantic)[1]
    return [d.message for d in found if d.severity is Severity.ERROR]


def variable(unit: tree.TranslationUnit, name: str) -> tree.Variable:
    """Return the last variable of static storage called `name`."""
    return [v for v in unit.variables if v.name == name][-1]


def function(unit: tree.TranslationUnit, name: str) -> tree.Function_:
    """Return the function called `name`."""
    return next(f for f in unit.functions if f.name == name)


def data_of(source: str, name: str) -> bytes:
    """Return the initial bytes of a static variable."""
    initial = variable(analysed(source)[0], name).initial
    assert initial is not None
    return initial.data


def numbers(declarations: str, *expressions: str) -> list[int]:
    """Return the values of constant expressions."""
    if not expressions:
        return []
    data = data_of(f"{declarations}\nlong values[] = {{{', '.join(expressions)}}};", "values")
    return [
        int.from_bytes(data[at : at + 8], "little", signed=True) for at in range(0, len(data), 8)
    ]
