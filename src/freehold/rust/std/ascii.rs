//! Bytes as ASCII.

use crate::char::{escape_default as escape_char, EscapeIter};

pub type EscapeDefault = EscapeIter;

pub fn escape_default(c: u8) -> EscapeDefault {
    if c.is_ascii() && (!c.is_ascii_control() || matches!(c, b'\t' | b'\r' | b'\n')) {
        return escape_char(c as char);
    }
    let mut iter = EscapeIter::backslash('x');
    for digit in [c >> 4, c & 15] {
        iter.push(char::from_digit(digit as u32, 16).unwrap_or('0'));
    }
    iter
}
