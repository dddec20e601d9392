//! String slices.

mod index;
mod iter;
mod pattern;
mod split;
mod traits;
mod utf8;

pub use self::iter::{
    Bytes, CharIndices, Chars, EscapeDebug, EscapeDefault, EscapeUnicode, EncodeUtf16,
};
pub use self::pattern::Pattern;
pub use self::split::{
    Lines, MatchIndices, Matches, RMatchIndices, RMatches, RSplit, RSplitN, RSplitTerminator, Split, SplitAsciiWhitespace,
    SplitInclusive, SplitN, SplitTerminator, SplitWhitespace,
};
pub use self::traits::{FromStr, ParseBoolError};
pub use self::utf8::{from_utf8, from_utf8_mut, Utf8Error};
use self::index::slice_error;
pub(crate) use self::utf8::next_code;
use self::pattern::BothEnds;
use crate::boxed::Box;
use crate::slice::{self, SliceIndex};
use crate::string::String;
use crate::vec::Vec;

/// # Safety
/// `v` must be UTF-8.
#[inline]
pub const unsafe fn from_utf8_unchecked(v: &[u8]) -> &str { unsafe { &*(v as *const [u8] as *const str) } }

/// # Safety
/// `v` must be UTF-8.
#[inline]
pub const unsafe fn from_utf8_unchecked_mut(v: &mut [u8]) -> &mut str {
    unsafe { &mut *(v as *mut [u8] as *mut str) }
}

impl str {
    #[inline]
    pub const fn len(&self) -> usize { self.as_bytes().len() }

    #[inline]
    pub const fn is_empty(&self) -> bool { self.len() == 0 }

    #[inline]
    pub const fn is_char_boundary(&self, index: usize) -> bool {
        if index >= self.len() {
            index == self.len()
        } else {
            // Bytes 0x80 to 0xbf continue a character.
            (self.as_bytes()[index] as i8) >= -0x40
        }
    }

    #[inline]
    pub const fn as_bytes(&self) -> &[u8] { unsafe { &*(self as *const str as *const [u8]) } }

    /// # Safety
    /// It must be UTF-8 again when the borrow ends.
    #[inline]
    pub const unsafe fn as_bytes_mut(&mut self) -> &mut [u8] {
        unsafe { &mut *(self as *mut str as *mut [u8]) }
    }

    #[inline]
    pub const fn as_ptr(&self) -> *const u8 { self as *const str as *const u8 }

    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut u8 { self as *mut str as *mut u8 }

    #[inline]
    pub fn get<I: SliceIndex<str>>(&self, i: I) -> Option<&I::Output> { i.get(self) }

    #[inline]
    pub fn get_mut<I: SliceIndex<str>>(&mut self, i: I) -> Option<&mut I::Output> { i.get_mut(self) }

    /// # Safety
    /// `i` must be in bounds and on character boundaries.
    #[inline]
    pub unsafe fn get_unchecked<I: SliceIndex<str>>(&self, i: I) -> &I::Output {
        unsafe { &*i.get_unchecked(self) }
    }

    /// # Safety
    /// `i` must be in bounds and on character boundaries.
    #[inline]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<str>>(&mut self, i: I) -> &mut I::Output {
        unsafe { &mut *i.get_unchecked_mut(self) }
    }

    #[track_caller]
    pub fn split_at(&self, mid: usize) -> (&str, &str) {
        match self.split_at_checked(mid) {
            Some(pair) => pair,
            None => slice_error(self, 0, mid),
        }
    }

    #[track_caller]
    pub fn split_at_mut(&mut self, mid: usize) -> (&mut str, &mut str) {
        if !self.is_char_boundary(mid) {
            slice_error(self, 0, mid);
        }
        unsafe {
            let (head, tail) = self.as_bytes_mut().split_at_mut(mid);
            (from_utf8_unchecked_mut(head), from_utf8_unchecked_mut(tail))
        }
    }

    pub fn split_at_checked(&self, mid: usize) -> Option<(&str, &str)> {
        if !self.is_char_boundary(mid) {
            return None;
        }
        unsafe { Some((self.get_unchecked(..mid), self.get_unchecked(mid..))) }
    }

    #[inline]
    pub fn chars(&self) -> Chars<'_> { Chars::new(self) }

    #[inline]
    pub fn char_indices(&self) -> CharIndices<'_> { CharIndices::new(self) }

    #[inline]
    pub fn bytes(&self) -> Bytes<'_> { Bytes::new(self) }

    pub fn split_whitespace(&self) -> SplitWhitespace<'_> { SplitWhitespace::new(self) }

    pub fn split_ascii_whitespace(&self) -> SplitAsciiWhitespace<'_> {
        SplitAsciiWhitespace::new(self)
    }

    pub fn lines(&self) -> Lines<'_> { Lines::new(self) }

    pub fn encode_utf16(&self) -> EncodeUtf16<'_> { EncodeUtf16::new(self) }

    pub fn contains<P: Pattern>(&self, mut pat: P) -> bool { pat.next_match(self, 0).is_some() }

    pub fn starts_with<P: Pattern>(&self, mut pat: P) -> bool { pat.prefix(self).is_some() }

    pub fn ends_with<P: Pattern>(&self, mut pat: P) -> bool { pat.suffix(self).is_some() }

    pub fn find<P: Pattern>(&self, mut pat: P) -> Option<usize> {
        pat.next_match(self, 0).map(|(start, _)| start)
    }

    pub fn rfind<P: Pattern>(&self, mut pat: P) -> Option<usize> {
        pat.next_match_back(self, self.len()).map(|(start, _)| start)
    }

    pub fn split<P: Pattern>(&self, pat: P) -> Split<'_, P> { Split::new(self, pat) }

    pub fn split_inclusive<P: Pattern>(&self, pat: P) -> SplitInclusive<'_, P> {
        SplitInclusive::new(self, pat)
    }

    pub fn rsplit<P: Pattern>(&self, pat: P) -> RSplit<'_, P> { RSplit::new(self, pat) }

    pub fn split_terminator<P: Pattern>(&self, pat: P) -> SplitTerminator<'_, P> {
        SplitTerminator::new(self, pat)
    }

    pub fn rsplit_terminator<P: Pattern>(&self, pat: P) -> RSplitTerminator<'_, P> {
        RSplitTerminator::new(self, pat)
    }

    pub fn splitn<P: Pattern>(&self, n: usize, pat: P) -> SplitN<'_, P> { SplitN::new(self, n, pat) }

    pub fn rsplitn<P: Pattern>(&self, n: usize, pat: P) -> RSplitN<'_, P> {
        RSplitN::new(self, n, pat)
    }

    pub fn split_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        let (start, end) = delimiter.next_match(self, 0)?;
        unsafe { Some((self.get_unchecked(..start), self.get_unchecked(end..))) }
    }

    pub fn rsplit_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        let (start, end) = delimiter.next_match_back(self, self.len())?;
        unsafe { Some((self.get_unchecked(..start), self.get_unchecked(end..))) }
    }

    pub fn matches<P: Pattern>(&self, pat: P) -> Matches<'_, P> { Matches::new(self, pat) }

    pub fn rmatches<P: Pattern>(&self, pat: P) -> RMatches<'_, P> { RMatches::new(self, pat) }

    pub fn match_indices<P: Pattern>(&self, pat: P) -> MatchIndices<'_, P> {
        MatchIndices::new(self, pat)
    }

    pub fn rmatch_indices<P: Pattern>(&self, pat: P) -> RMatchIndices<'_, P> {
        RMatchIndices::new(self, pat)
    }

    pub fn trim(&self) -> &str { self.trim_matches(|c: char| c.is_whitespace()) }

    pub fn trim_start(&self) -> &str { self.trim_start_matches(|c: char| c.is_whitespace()) }

    pub fn trim_end(&self) -> &str { self.trim_end_matches(|c: char| c.is_whitespace()) }

    pub const fn trim_ascii(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii()) }
    }

    pub const fn trim_ascii_start(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii_start()) }
    }

    pub const fn trim_ascii_end(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii_end()) }
    }

    pub fn trim_left(&self) -> &str { self.trim_start() }

    pub fn trim_right(&self) -> &str { self.trim_end() }

    pub fn trim_matches<P: Pattern + BothEnds>(&self, mut pat: P) -> &str {
        let rest = trim_front(self, &mut pat);
        trim_back(rest, &mut pat)
    }

    pub fn trim_start_matches<P: Pattern>(&self, mut pat: P) -> &str { trim_front(self, &mut pat) }

    pub fn trim_end_matches<P: Pattern>(&self, mut pat: P) -> &str { trim_back(self, &mut pat) }

    pub fn strip_prefix<P: Pattern>(&self, mut prefix: P) -> Option<&str> {
        let end = prefix.prefix(self)?;
        unsafe { Some(self.get_unchecked(end..)) }
    }

    pub fn strip_suffix<P: Pattern>(&self, mut suffix: P) -> Option<&str> {
        let start = suffix.suffix(self)?;
        unsafe { Some(self.get_unchecked(..start)) }
    }

    #[inline]
    pub fn parse<F: FromStr>(&self) -> Result<F, F::Err> { FromStr::from_str(self) }

    pub const fn is_ascii(&self) -> bool { self.as_bytes().is_ascii() }

    pub fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.as_bytes().eq_ignore_ascii_case(other.as_bytes())
    }

    pub fn make_ascii_uppercase(&mut self) { unsafe { self.as_bytes_mut() }.make_ascii_uppercase() }

    pub fn make_ascii_lowercase(&mut self) { unsafe { self.as_bytes_mut() }.make_ascii_lowercase() }

    pub fn to_ascii_uppercase(&self) -> String {
        let mut s = String::from(self);
        s.make_ascii_uppercase();
        s
    }

    pub fn to_ascii_lowercase(&self) -> String {
        let mut s = String::from(self);
        s.make_ascii_lowercase();
        s
    }

    pub fn to_lowercase(&self) -> String {
        let mut s = String::with_capacity(self.len());
        for (at, c) in self.char_indices() {
            if c == 'Σ' {
                // At the end of a word it has a form of its own.
                let before = self[..at].chars().rev().find(|c| !c.is_case_ignorable());
                let after = self[at + 2..].chars().find(|c| !c.is_case_ignorable());
                let last = before.map_or(false, char::is_cased) && !after.map_or(false, char::is_cased);
                s.push(if last { 'ς' } else { 'σ' });
            } else {
                s.extend(c.to_lowercase());
            }
        }
        s
    }

    pub fn to_uppercase(&self) -> String {
        let mut s = String::with_capacity(self.len());
        for c in self.chars() {
            s.extend(c.to_uppercase());
        }
        s
    }

    pub fn replace<P: Pattern>(&self, from: P, to: &str) -> String {
        self.replacen(from, to, usize::MAX)
    }

    pub fn replacen<P: Pattern>(&self, pat: P, to: &str, count: usize) -> String {
        let mut result = String::with_capacity(self.len());
        let mut last_end = 0;
        for (start, part) in self.match_indices(pat).take(count) {
            result.push_str(&self[last_end..start]);
            result.push_str(to);
            last_end = start + part.len();
        }
        result.push_str(&self[last_end..]);
        result
    }

    #[track_caller]
    pub fn repeat(&self, n: usize) -> String {
        unsafe { String::from_utf8_unchecked(self.as_bytes().repeat(n)) }
    }

    pub fn into_boxed_bytes(self: Box<str>) -> Box<[u8]> { self.into() }

    pub fn into_string(self: Box<str>) -> String {
        let bytes = Vec::from(Box::<[u8]>::from(self));
        unsafe { String::from_utf8_unchecked(bytes) }
    }

    pub fn escape_debug(&self) -> EscapeDebug<'_> { EscapeDebug::new(self) }

    pub fn escape_default(&self) -> EscapeDefault<'_> { EscapeDefault::new(self) }

    pub fn escape_unicode(&self) -> EscapeUnicode<'_> { EscapeUnicode::new(self) }
}

fn trim_front<'a, P: Pattern>(s: &'a str, pat: &mut P) -> &'a str {
    let mut rest = s;
    while let Some(end) = pat.prefix(rest) {
        if end == 0 {
            break;
        }
        rest = unsafe { rest.get_unchecked(end..) };
    }
    rest
}

fn trim_back<'a, P: Pattern>(s: &'a str, pat: &mut P) -> &'a str {
    let mut rest = s;
    while let Some(start) = pat.suffix(rest) {
        if start == rest.len() {
            break;
        }
        rest = unsafe { rest.get_unchecked(..start) };
    }
    rest
}

impl AsRef<[u8]> for str {
    fn as_ref(&self) -> &[u8] { self.as_bytes() }
}

impl Default for &str {
    fn default() -> Self { "" }
}

impl Default for &mut str {
    fn default() -> Self { unsafe { from_utf8_unchecked_mut(<&mut [u8]>::default()) } }
}

/// # Safety
/// `ptr` must point to `len` bytes of UTF-8 that no one writes to during `'a`.
pub unsafe fn from_raw_parts<'a>(ptr: *const u8, len: usize) -> &'a str {
    unsafe { from_utf8_unchecked(slice::from_raw_parts(ptr, len)) }
}
