//! Characters and bytes of strings.

use super::{from_utf8_unchecked, next_code};
use crate::char::{self, EscapeIter};
use crate::fmt::{self, Write};
use crate::iter::FusedIterator;
use crate::slice;

/// The bytes from `front` to `back` are still to come: whole characters.
#[derive(Clone)]
pub struct Chars<'a> {
    bytes: &'a [u8],
    front: usize,
    back: usize,
}

impl<'a> Chars<'a> {
    #[inline]
    pub(super) fn new(s: &'a str) -> Self { Chars { bytes: s.as_bytes(), front: 0, back: s.len() } }

    pub fn as_str(&self) -> &'a str { unsafe { from_utf8_unchecked(&self.bytes[self.front..self.back]) } }
}

impl Iterator for Chars<'_> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        if self.front == self.back {
            return None;
        }
        let (c, end) = unsafe { next_code(self.bytes, self.front) };
        self.front = end;
        Some(c)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.back - self.front;
        ((len + 3) / 4, Some(len))
    }

    fn count(self) -> usize {
        let mut count = 0;
        for &byte in &self.bytes[self.front..self.back] {
            count += (byte as i8 >= -0x40) as usize;
        }
        count
    }

    fn last(mut self) -> Option<char> { self.next_back() }
}

impl DoubleEndedIterator for Chars<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<char> {
        if self.front == self.back {
            return None;
        }
        self.back -= 1;
        while self.bytes[self.back] & 0xc0 == 0x80 {
            self.back -= 1;
        }
        let (c, _) = unsafe { next_code(self.bytes, self.back) };
        Some(c)
    }
}

impl FusedIterator for Chars<'_> {}

impl fmt::Debug for Chars<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chars(")?;
        f.debug_list().entries(self.clone()).finish()?;
        f.write_str(")")
    }
}

#[derive(Clone, Debug)]
pub struct CharIndices<'a> {
    iter: Chars<'a>,
}

impl<'a> CharIndices<'a> {
    #[inline]
    pub(super) fn new(s: &'a str) -> Self { CharIndices { iter: s.chars() } }

    pub fn as_str(&self) -> &'a str { self.iter.as_str() }

    pub fn offset(&self) -> usize { self.iter.front }
}

impl Iterator for CharIndices<'_> {
    type Item = (usize, char);

    #[inline]
    fn next(&mut self) -> Option<(usize, char)> {
        let at = self.iter.front;
        match self.iter.next() {
            Some(c) => Some((at, c)),
            None => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) { self.iter.size_hint() }

    fn count(self) -> usize { self.iter.count() }

    fn last(mut self) -> Option<(usize, char)> { self.next_back() }
}

impl DoubleEndedIterator for CharIndices<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<(usize, char)> {
        match self.iter.next_back() {
            Some(c) => Some((self.iter.back, c)),
            None => None,
        }
    }
}

impl FusedIterator for CharIndices<'_> {}

#[derive(Clone, Debug)]
pub struct Bytes<'a>(slice::Iter<'a, u8>);

impl<'a> Bytes<'a> {
    #[inline]
    pub(super) fn new(s: &'a str) -> Self { Bytes(s.as_bytes().iter()) }
}

impl Iterator for Bytes<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        match self.0.next() {
            Some(byte) => Some(*byte),
            None => None,
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) { self.0.size_hint() }

    fn nth(&mut self, n: usize) -> Option<u8> { self.0.nth(n).copied() }
}

impl DoubleEndedIterator for Bytes<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u8> { self.0.next_back().copied() }
}

impl ExactSizeIterator for Bytes<'_> {}
impl FusedIterator for Bytes<'_> {}

/// `extra` is the second unit of a pair that was begun, or 0.
#[derive(Clone)]
pub struct EncodeUtf16<'a> {
    chars: Chars<'a>,
    extra: u16,
}

impl<'a> EncodeUtf16<'a> {
    pub(super) fn new(s: &'a str) -> Self { EncodeUtf16 { chars: s.chars(), extra: 0 } }
}

impl Iterator for EncodeUtf16<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        if self.extra != 0 {
            return Some(crate::mem::replace(&mut self.extra, 0));
        }
        let mut units = [0; 2];
        let c = self.chars.next()?;
        if c.encode_utf16(&mut units).len() == 2 {
            self.extra = units[1];
        }
        Some(units[0])
    }
}

/// Strings that are shown character by character, by `$each`.
macro_rules! escape {
    ($($name:ident $c:ident, $first:ident => $each:expr;)*) => {$(
        #[derive(Clone)]
        pub struct $name<'a> {
            chars: Chars<'a>,
            current: EscapeIter,
            first: bool,
        }

        impl<'a> $name<'a> {
            pub(super) fn new(s: &'a str) -> Self {
                $name { chars: s.chars(), current: EscapeIter::empty(), first: true }
            }
        }

        impl Iterator for $name<'_> {
            type Item = char;

            fn next(&mut self) -> Option<char> {
                loop {
                    if let Some(c) = self.current.next() {
                        return Some(c);
                    }
                    let $c = self.chars.next()?;
                    let $first = crate::mem::replace(&mut self.first, false);
                    self.current = $each;
                }
            }
        }

        impl fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for c in self.clone() {
                    f.write_char(c)?;
                }
                Ok(())
            }
        }
    )*};
}

escape! {
    EscapeDebug c, first => char::escape_debug(c, first, true, true);
    EscapeDefault c, _first => char::escape_default(c);
    EscapeUnicode c, _first => char::escape_unicode(c);
}
