//! Characters as Rust's source spells them.

use super::tables::{ESCAPED, EXTENDING};
use super::unicode::contains;
use crate::fmt::{self, Write};
use crate::iter::FusedIterator;

pub type EscapeDebug = EscapeIter;
pub type EscapeDefault = EscapeIter;
pub type EscapeUnicode = EscapeIter;

/// At most ten characters, `\u{10ffff}`; those from `at` are still to come.
#[derive(Clone, Debug)]
pub struct EscapeIter {
    chars: [char; 10],
    at: usize,
    end: usize,
}

impl EscapeIter {
    pub(crate) fn empty() -> Self { EscapeIter { chars: ['\0'; 10], at: 0, end: 0 } }

    pub(crate) fn plain(c: char) -> Self {
        let mut iter = Self::empty();
        iter.push(c);
        iter
    }

    pub(crate) fn backslash(c: char) -> Self {
        let mut iter = Self::plain('\\');
        iter.push(c);
        iter
    }

    pub(crate) fn push(&mut self, c: char) {
        self.chars[self.end] = c;
        self.end += 1;
    }
}

impl Iterator for EscapeIter {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        if self.at == self.end {
            return None;
        }
        self.at += 1;
        Some(self.chars[self.at - 1])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.end - self.at;
        (len, Some(len))
    }
}

impl ExactSizeIterator for EscapeIter {}
impl FusedIterator for EscapeIter {}

impl fmt::Display for EscapeIter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.clone() {
            f.write_char(c)?;
        }
        Ok(())
    }
}

pub(crate) fn escape_unicode(c: char) -> EscapeIter {
    let code = c as u32;
    let mut iter = EscapeIter::backslash('u');
    iter.push('{');
    let mut digits = 1;
    while code >> (4 * digits) != 0 && digits < 8 {
        digits += 1;
    }
    for i in (0..digits).rev() {
        let digit = code >> (4 * i) & 15;
        iter.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
    iter.push('}');
    iter
}

pub(crate) fn escape_default(c: char) -> EscapeIter {
    match c {
        '\t' => EscapeIter::backslash('t'),
        '\r' => EscapeIter::backslash('r'),
        '\n' => EscapeIter::backslash('n'),
        '\\' | '\'' | '"' => EscapeIter::backslash(c),
        '\x20'..='\x7e' => EscapeIter::plain(c),
        _ => escape_unicode(c),
    }
}

/// `alone`: nothing stands before it; `single` and `double`: these quotes get a backslash.
pub(crate) fn escape_debug(c: char, alone: bool, single: bool, double: bool) -> EscapeIter {
    match c {
        '\0' => EscapeIter::backslash('0'),
        '\t' => EscapeIter::backslash('t'),
        '\r' => EscapeIter::backslash('r'),
        '\n' => EscapeIter::backslash('n'),
        '\\' => EscapeIter::backslash(c),
        '"' if double => EscapeIter::backslash(c),
        '\'' if single => EscapeIter::backslash(c),
        '\x20'..='\x7e' => EscapeIter::plain(c),
        _ if contains(ESCAPED, c) && (alone || !contains(EXTENDING, c)) => escape_unicode(c),
        _ => EscapeIter::plain(c),
    }
}

/// Whether `escape_debug` shows anything but the character.
pub(super) fn needed(c: char) -> bool {
    match c {
        '\\' | '"' | '\'' => true,
        '\x20'..='\x7e' => false,
        '\0'..='\x7f' => true,
        _ => contains(ESCAPED, c),
    }
}
