from freehold.c import ast
from freehold.source import Span

from .conftest import Parse


def initial(unit: ast.Unit) -> Span:
    declaration = unit.externals[-1]
    assert isinstance(declaration, ast.Declaration)
    value = declaration.declarators[0].initializer
    assert value is not None
    return value.span


def text_of(span: Span) -> str:
    return span.source.text[span.start : span.end]


def test_span_covers_first_to_last_token(parsed: Parse) -> None:
    assert text_of(initial(parsed("int x = f ( 1 ) + y [ 2 ];"))) == "f ( 1 ) + y [ 2 ]"


def test_span_in_an_argument_stays_in_the_argument(preprocessed: Parse) -> None:
    span = initial(preprocessed("#define ID(a) a\nint x = ID(y + 2);"))
    assert text_of(span) == "y + 2"
    assert span.expansion is not None


def test_span_in_a_body_stays_in_the_body(preprocessed: Parse) -> None:
    span = initial(preprocessed("#define TWO 1 + 1\nint x = TWO;"))
    assert text_of(span) == "1 + 1"
    assert span.outermost().line == 2


def test_span_of_body_and_argument_is_the_invocation(preprocessed: Parse) -> None:
    span = initial(preprocessed("#define INC(a) a + 1\nint x = INC(y);"))
    assert span.line == 2
    assert span.expansion is None


def test_span_across_invocations_is_in_the_text(preprocessed: Parse) -> None:
    span = initial(preprocessed("#define A 1\n#define B 2\nint x = A + B;"))
    assert (span.line, text_of(span)[0], text_of(span)[-1]) == (3, "A", "B")
