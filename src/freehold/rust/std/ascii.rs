//! Bytes as ASCII.

use crate::char::{escape_default as escape_char, EscapeIter};
use crate::fmt::{self, Write};
use crate::slice;

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

/// The bytes of a slice, escaped: `front` is what is left of the current one.
#[derive(Clone)]
pub struct EscapeAscii<'a> {
    front: Option<EscapeDefault>,
    bytes: slice::Iter<'a, u8>,
}

impl<'a> EscapeAscii<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self { EscapeAscii { front: None, bytes: bytes.iter() } }
}

impl Iterator for EscapeAscii<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        loop {
            if let Some(c) = self.front.as_mut().and_then(|front| front.next()) {
                return Some(c as u8);
            }
            self.front = Some(escape_default(*self.bytes.next()?));
        }
    }
}

impl fmt::Display for EscapeAscii<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.clone() {
            f.write_char(byte as char)?;
        }
        Ok(())
    }
}
