//! How the tables are read.

use super::tables::{LOWER, UPPER, UPPER_MANY};
use crate::fmt::{self, Write};
use crate::iter::FusedIterator;

/// The numbers of a table.
struct Numbers {
    table: &'static [u8],
    at: usize,
}

impl Numbers {
    fn new(table: &'static str) -> Self { Numbers { table: table.as_bytes(), at: 0 } }
}

impl Iterator for Numbers {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let mut number = 0;
        while self.at < self.table.len() {
            let digit = self.table[self.at];
            self.at += 1;
            if digit < 48 {
                continue;
            }
            number = number << 5 | (digit as u32 - 48) & 31;
            if digit < 80 {
                return Some(number);
            }
        }
        None
    }
}

pub(super) fn contains(set: &'static str, c: char) -> bool {
    let mut bound = 0;
    let mut inside = false;
    for gap in Numbers::new(set) {
        bound += gap;
        if (c as u32) < bound {
            return inside;
        }
        inside = !inside;
    }
    inside
}

/// The one character that `c` is in the other case.
fn mapped(map: &'static str, c: char) -> char {
    let code = c as u32;
    let mut numbers = Numbers::new(map);
    let mut end = 0;
    while let Some(gap) = numbers.next() {
        let start = end + gap;
        let last = numbers.next().unwrap_or(0);
        let step = numbers.next().unwrap_or(0) + 1;
        let distance = numbers.next().unwrap_or(0);
        if code < start {
            return c;
        }
        if code <= start + last * step {
            if (code - start) % step != 0 {
                return c;
            }
            let away = distance / 2;
            let other = if distance % 2 == 0 { code + away } else { code - away };
            return char::from_u32(other).unwrap_or(c);
        }
        end = start + last * step + 1;
    }
    c
}

/// At most three characters; those from `at` are still to come.
#[derive(Clone, Debug)]
pub struct CaseIter {
    chars: [char; 3],
    at: usize,
    end: usize,
}

impl CaseIter {
    fn one(c: char) -> Self { CaseIter { chars: [c, '\0', '\0'], at: 0, end: 1 } }

    fn many(s: &str) -> Self {
        let mut all = CaseIter { chars: ['\0'; 3], at: 0, end: 0 };
        for c in s.chars() {
            all.chars[all.end] = c;
            all.end += 1;
        }
        all
    }
}

impl Iterator for CaseIter {
    type Item = char;

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

impl DoubleEndedIterator for CaseIter {
    fn next_back(&mut self) -> Option<char> {
        if self.at == self.end {
            return None;
        }
        self.end -= 1;
        Some(self.chars[self.end])
    }
}

impl ExactSizeIterator for CaseIter {}
impl FusedIterator for CaseIter {}

impl fmt::Display for CaseIter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.clone() {
            f.write_char(c)?;
        }
        Ok(())
    }
}

pub(super) fn to_uppercase(c: char) -> CaseIter {
    if c.is_ascii() {
        return CaseIter::one(c.to_ascii_uppercase());
    }
    for entry in UPPER_MANY.split(' ') {
        if entry.starts_with(c) {
            return CaseIter::many(&entry[c.len_utf8()..]);
        }
    }
    CaseIter::one(mapped(UPPER, c))
}

pub(super) fn to_lowercase(c: char) -> CaseIter {
    if c.is_ascii() {
        CaseIter::one(c.to_ascii_lowercase())
    } else if c == 'İ' {
        CaseIter::many("i\u{307}")
    } else {
        CaseIter::one(mapped(LOWER, c))
    }
}
