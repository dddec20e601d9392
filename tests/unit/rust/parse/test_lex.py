"""Text to tokens."""

import pytest

from freehold.rust import ast
from freehold.rust.lex import lex, string_offsets
from freehold.rust.literals import BadLiteral, decode
from freehold.rust.token import Kind, Token, flatten, trees
from freehold.source import Source


def lexed(text: str) -> list[Token]:
    tokens, found = lex(Source("t.rs", text))
    assert not found
    return tokens[:-1]


def messages(text: str) -> list[str]:
    return [one.message for one in lex(Source("t.rs", text))[1]]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a r#fn r#type", "IDENT RAW_IDENT RAW_IDENT"),
        ("'a' 'a '\\'' '\\u{e9}' 'static", "CHAR LIFETIME CHAR CHAR LIFETIME"),
        ('b\'x\' b"x" br#"x"# c"x" cr"x"', "BYTE BYTE_STR RAW_BYTE_STR C_STR RAW_C_STR"),
        ('r"\\" r##"a"#b"##', "RAW_STR RAW_STR"),
        ("1 1.0 1. 1e3 1.5e-3f32 0x1f 1u8 1f32", "INT FLOAT FLOAT FLOAT FLOAT INT INT INT"),
        ("1..2 1.max x.0.1", "INT PUNCT INT INT PUNCT IDENT IDENT PUNCT FLOAT"),
        ("/* a /* b */ c */ // d\n/**/ /***/ x", "IDENT"),
        ("/// a\n//! b\n/** c */ /*! d */ //// e", "OUTER_DOC INNER_DOC OUTER_DOC INNER_DOC"),
        ("é_1 日本", "IDENT IDENT"),
        ("#!/usr/bin/env rust\nx", "IDENT"),
        ("#![a]", "PUNCT PUNCT OPEN IDENT CLOSE"),
        ("\ufeffx\r\ny\u2028z", "IDENT IDENT IDENT"),
    ],
)
def test_kinds(text: str, kinds: str) -> None:
    assert " ".join(token.kind.name for token in lexed(text)) == kinds


def test_operators_are_as_long_as_they_can_be() -> None:
    text = "<<= >>= ... ..= :: -> => == != <= >= && || += -= *= /= %= ^= &= |= << >> .. ~ ? @ $"
    assert [token.text for token in lexed(text)] == text.split()
    assert [token.text for token in lexed("a>>=b")] == ["a", ">>=", "b"]


def test_what_stands_before_a_token() -> None:
    assert [token.space for token in lexed("a+ b/**/c")] == [True, False, True, True]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1_000u64", 1000),
        ("0xFF", 255),
        ("0b1_01", 5),
        ("0o17", 15),
        (r"'\n'", "\n"),
        (r"'\u{1F_600}'", "\U0001f600"),
        (r"b'\xff'", 255),
        (r'"a\tb\\\x41\u{e9}"', "a\tb\\Aé"),
        ('"one \\\n     two"', "one two"),
        ('"a\r\nb"', "a\nb"),
        (r'r#"a\n"b"#', 'a\\n"b'),
        (r'b"a\xff\0"', b"a\xff\0"),
        (r'br"\n"', b"\\n"),
        (r'c"é\xff"', b"\xc3\xa9\xff"),
    ],
)
def test_values(text: str, value: object) -> None:
    (token,) = lexed(text)
    literal = decode(token)
    assert not isinstance(literal, ast.FloatLiteral)
    assert literal.value == value


@pytest.mark.parametrize(
    ("text", "digits", "suffix"),
    [("1_0.5e-3_f32", "10.5e-3", "f32"), ("2.", "2.", ""), ("1f64", "1", "f64")],
)
def test_floats(text: str, digits: str, suffix: str) -> None:
    (token,) = lexed(text)
    literal = decode(token)
    assert isinstance(literal, ast.FloatLiteral)
    assert (literal.text, literal.suffix) == (digits, suffix)
    float(literal.text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1u7", "invalid width `7` for integer literal"),
        ("1x", "invalid suffix `x` for number literal"),
        ("1.0u8", "invalid suffix `u8` for float literal"),
        ("0x1f32g", "invalid suffix `g` for number literal"),
        ("0b12", "invalid digit for a base 2 literal"),
        ("0x", "no valid digits found for number"),
        ("1e", "expected at least one digit in exponent"),
        (str(1 << 128), "integer literal is too large"),
        ("9" * 5000, "integer literal is too large"),
    ],
)
def test_numbers_that_are_none(text: str, why: str) -> None:
    (token,) = lexed(text)
    with pytest.raises(BadLiteral, match=f"^{why}$"):
        decode(token)


def test_the_place_of_each_character_of_a_string() -> None:
    text = '"a\\n\\u{e9}b\\\n  c"'
    (token,) = lexed(text)
    offsets = string_offsets(token)
    literal = decode(token)
    assert isinstance(literal, ast.StrLiteral)
    assert literal.value == "a\néb" + "c"
    assert offsets == [1, 2, 4, 10, 15, 16]
    assert text[offsets[-1]] == '"'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"a', "unterminated double quote string"),
        ('b"a', "unterminated double quote byte string"),
        ('r#"a"', "unterminated raw string"),
        ("/* /* */", "unterminated block comment"),
        ("'ab'", "character literal may only contain one codepoint"),
        ("''", "empty character literal"),
        ("x = '", "unterminated character literal"),
        (r'"\d"', "unknown character escape: `d`"),
        (r'b"\u{1}"', "unicode escape in byte string"),
        (r'"\xff"', "out of range hex escape"),
        (r'"\u{110000}"', "invalid unicode character escape"),
        (r'"\u{}"', "empty unicode escape"),
        ('b"é"', "non-ASCII character in byte string literal"),
        (r'c"a\0"', "null characters in C string literals are not supported"),
        ('foo"x"', "prefix `foo` is unknown"),
        ("\\", "unknown start of token: `\\`"),
        ("r#self", "`self` cannot be a raw identifier"),
        ("\u201cx\u201d", "unknown start of token: `\u201c`"),
    ],
)
def test_faults(text: str, message: str) -> None:
    assert messages(text)[0] == message


@pytest.mark.parametrize(
    ("text", "kept", "count"),
    [
        ("f ( { )", "f ( { } )", 1),
        ("f { ) }", "f { }", 2),
        ("fn f { ( }", "fn f { ( ) }", 1),
        ("f )", "f", 1),
        ("( [ {", "( [ { } ] )", 1),
    ],
)
def test_delimiters_are_made_to_match(text: str, kept: str, count: int) -> None:
    tokens, found = lex(Source("t.rs", text))
    assert len(found) == count
    its = tokens[:-1]
    assert len([t for t in its if t.kind is Kind.OPEN]) == len(
        [t for t in its if t.kind is Kind.CLOSE]
    )
    assert flatten(trees(its)) == its
    assert " ".join(token.text for token in its) == kept
