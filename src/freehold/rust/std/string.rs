//! `String`.

mod convert;

pub use self::convert::ToString;
use crate::boxed::Box;
use crate::borrow::Cow;
use crate::char;
use crate::error::Error;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::FusedIterator;
use crate::ops::{self, Deref, DerefMut, Index, IndexMut, RangeBounds};
use crate::ptr;
use crate::slice::{self, SliceIndex};
use crate::str::{self, Chars, Utf8Error};
use crate::vec::Vec;

/// Bytes that are UTF-8.
#[lang = "String"]
#[derive(PartialEq, PartialOrd, Eq, Ord)]
pub struct String {
    vec: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq, Clone)]
pub struct FromUtf8Error {
    bytes: Vec<u8>,
    error: Utf8Error,
}

impl FromUtf8Error {
    pub fn as_bytes(&self) -> &[u8] { &self.bytes[..] }

    pub fn into_bytes(self) -> Vec<u8> { self.bytes }

    pub fn utf8_error(&self) -> Utf8Error { self.error }
}

impl fmt::Display for FromUtf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&self.error, f) }
}

impl Error for FromUtf8Error {}

#[derive(Debug)]
pub struct FromUtf16Error(());

impl fmt::Display for FromUtf16Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid utf-16: lone surrogate found")
    }
}

impl Error for FromUtf16Error {}

impl String {
    #[inline]
    pub const fn new() -> String { String { vec: Vec::new() } }

    #[inline]
    #[track_caller]
    pub fn with_capacity(capacity: usize) -> String { String { vec: Vec::with_capacity(capacity) } }

    pub fn from_utf8(vec: Vec<u8>) -> Result<String, FromUtf8Error> {
        match str::from_utf8(&vec) {
            Ok(_) => Ok(String { vec }),
            Err(error) => Err(FromUtf8Error { bytes: vec, error }),
        }
    }

    pub fn from_utf8_lossy(v: &[u8]) -> Cow<'_, str> {
        let mut rest = v;
        let mut result = String::new();
        loop {
            match str::from_utf8(rest) {
                Ok(s) if result.is_empty() && rest.len() == v.len() => return Cow::Borrowed(s),
                Ok(s) => {
                    result.push_str(s);
                    return Cow::Owned(result);
                }
                Err(error) => {
                    let (valid, bad) = rest.split_at(error.valid_up_to());
                    result.push_str(unsafe { str::from_utf8_unchecked(valid) });
                    result.push('\u{fffd}');
                    rest = &bad[error.error_len().unwrap_or(bad.len())..];
                }
            }
        }
    }

    pub fn from_utf16(v: &[u16]) -> Result<String, FromUtf16Error> {
        let mut result = String::with_capacity(v.len());
        let mut i = 0;
        while i < v.len() {
            let unit = v[i] as u32;
            let code = if unit & 0xfc00 == 0xd800 && i + 1 < v.len() && v[i + 1] & 0xfc00 == 0xdc00 {
                i += 1;
                0x10000 + ((unit & 0x3ff) << 10 | (v[i] as u32 & 0x3ff))
            } else {
                unit
            };
            match char::from_u32(code) {
                Some(c) => result.push(c),
                None => return Err(FromUtf16Error(())),
            }
            i += 1;
        }
        Ok(result)
    }

    /// # Safety
    /// `bytes` must be UTF-8.
    #[inline]
    pub unsafe fn from_utf8_unchecked(bytes: Vec<u8>) -> String { String { vec: bytes } }

    /// # Safety
    /// See `Vec::from_raw_parts`; and the bytes must be UTF-8.
    #[inline]
    pub unsafe fn from_raw_parts(buf: *mut u8, length: usize, capacity: usize) -> String {
        unsafe { String { vec: Vec::from_raw_parts(buf, length, capacity) } }
    }

    #[inline]
    pub fn into_bytes(self) -> Vec<u8> { self.vec }

    #[inline]
    pub const fn as_str(&self) -> &str { unsafe { str::from_utf8_unchecked(self.vec.as_slice()) } }

    #[inline]
    pub const fn as_mut_str(&mut self) -> &mut str {
        unsafe { str::from_utf8_unchecked_mut(self.vec.as_mut_slice()) }
    }

    #[inline]
    #[track_caller]
    pub fn push_str(&mut self, string: &str) { self.vec.extend_copied(string.as_bytes()) }

    #[track_caller]
    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R) {
        let range = slice::range(src, self.len());
        let part = String::from(&self[range]);
        self.push_str(&part);
    }

    #[inline]
    pub const fn capacity(&self) -> usize { self.vec.capacity() }

    #[inline]
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) { self.vec.reserve(additional) }

    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) { self.vec.reserve_exact(additional) }

    #[track_caller]
    pub fn shrink_to_fit(&mut self) { self.vec.shrink_to_fit() }

    #[track_caller]
    pub fn shrink_to(&mut self, min_capacity: usize) { self.vec.shrink_to(min_capacity) }

    #[inline]
    #[track_caller]
    pub fn push(&mut self, ch: char) {
        if (ch as u32) < 0x80 {
            self.vec.push(ch as u8);
        } else {
            self.vec.extend_copied(ch.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    #[inline]
    pub const fn as_bytes(&self) -> &[u8] { self.vec.as_slice() }

    #[track_caller]
    pub fn truncate(&mut self, new_len: usize) {
        if new_len <= self.len() {
            assert!(self.is_char_boundary(new_len));
            self.vec.truncate(new_len)
        }
    }

    pub fn pop(&mut self) -> Option<char> {
        let ch = self.chars().next_back()?;
        let new_len = self.len() - ch.len_utf8();
        unsafe { self.vec.set_len(new_len) };
        Some(ch)
    }

    #[track_caller]
    pub fn remove(&mut self, idx: usize) -> char {
        let ch = match self[idx..].chars().next() {
            Some(ch) => ch,
            None => panic!("cannot remove a char from the end of a string"),
        };
        self.vec.drain(idx..idx + ch.len_utf8());
        ch
    }

    pub fn retain<F: FnMut(char) -> bool>(&mut self, mut f: F) {
        let mut kept = String::with_capacity(self.len());
        for c in self.chars() {
            if f(c) {
                kept.push(c);
            }
        }
        self.clear();
        self.push_str(&kept);
    }

    #[track_caller]
    pub fn insert(&mut self, idx: usize, ch: char) {
        assert!(self.is_char_boundary(idx));
        self.insert_bytes(idx, ch.encode_utf8(&mut [0; 4]).as_bytes());
    }

    #[track_caller]
    pub fn insert_str(&mut self, idx: usize, string: &str) {
        assert!(self.is_char_boundary(idx));
        self.insert_bytes(idx, string.as_bytes());
    }

    fn insert_bytes(&mut self, idx: usize, bytes: &[u8]) {
        let (len, count) = (self.len(), bytes.len());
        self.vec.reserve(count);
        unsafe {
            let at = self.vec.as_mut_ptr().add(idx);
            ptr::copy(at, at.add(count), len - idx);
            ptr::copy_nonoverlapping(bytes.as_ptr(), at, count);
            self.vec.set_len(len + count);
        }
    }

    /// # Safety
    /// It must be UTF-8 again when the borrow ends.
    #[inline]
    pub unsafe fn as_mut_vec(&mut self) -> &mut Vec<u8> { &mut self.vec }

    #[inline]
    pub const fn len(&self) -> usize { self.vec.len() }

    #[inline]
    pub const fn is_empty(&self) -> bool { self.len() == 0 }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> String {
        assert!(self.is_char_boundary(at));
        String { vec: self.vec.split_off(at) }
    }

    #[inline]
    pub fn clear(&mut self) { self.vec.clear() }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_> {
        let range = slice::range(range, self.len());
        assert!(self.is_char_boundary(range.start));
        assert!(self.is_char_boundary(range.end));
        let string = self as *mut String;
        let chars = unsafe { (&(*string))[range.clone()].chars() };
        Drain { string, start: range.start, end: range.end, iter: chars }
    }

    #[track_caller]
    pub fn replace_range<R: RangeBounds<usize>>(&mut self, range: R, replace_with: &str) {
        let range = slice::range(range, self.len());
        assert!(self.is_char_boundary(range.start));
        assert!(self.is_char_boundary(range.end));
        self.vec.splice(range, replace_with.bytes());
    }

    pub fn into_boxed_str(self) -> Box<str> {
        let slice = self.vec.into_boxed_slice();
        unsafe { Box::hold(Box::release(slice) as *mut str) }
    }

    pub fn leak<'a>(self) -> &'a mut str { unsafe { str::from_utf8_unchecked_mut(self.vec.leak()) } }
}

/// The range goes from the string when it is dropped.
pub struct Drain<'a> {
    string: *mut String,
    start: usize,
    end: usize,
    iter: Chars<'a>,
}

unsafe impl Sync for Drain<'_> {}
unsafe impl Send for Drain<'_> {}

impl<'a> Drain<'a> {
    pub fn as_str(&self) -> &str { self.iter.as_str() }
}

impl Drop for Drain<'_> {
    fn drop(&mut self) { unsafe { (*self.string).vec.drain(self.start..self.end) }; }
}

impl Iterator for Drain<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> { self.iter.next() }

    fn size_hint(&self) -> (usize, Option<usize>) { self.iter.size_hint() }
}

impl DoubleEndedIterator for Drain<'_> {
    fn next_back(&mut self) -> Option<char> { self.iter.next_back() }
}

impl FusedIterator for Drain<'_> {}

impl Clone for String {
    #[track_caller]
    fn clone(&self) -> Self {
        let mut vec = Vec::with_capacity(self.len());
        vec.extend_copied(self.as_bytes());
        String { vec }
    }

    fn clone_from(&mut self, source: &Self) {
        self.clear();
        self.push_str(source);
    }
}

impl Deref for String {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str { self.as_str() }
}

impl DerefMut for String {
    #[inline]
    fn deref_mut(&mut self) -> &mut str { self.as_mut_str() }
}

impl<I: SliceIndex<str>> Index<I> for String {
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output { index.index(self.as_str()) }
}

impl<I: SliceIndex<str>> IndexMut<I> for String {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output { index.index_mut(self.as_mut_str()) }
}

impl Default for String {
    #[inline]
    fn default() -> String { String::new() }
}

impl fmt::Display for String {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&**self, f) }
}

impl fmt::Debug for String {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&**self, f) }
}

impl fmt::Write for String {
    #[inline]
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.push_str(s);
        Ok(())
    }

    #[inline]
    fn write_char(&mut self, c: char) -> fmt::Result {
        self.push(c);
        Ok(())
    }
}

impl Hash for String {
    #[inline]
    fn hash<H: Hasher>(&self, hasher: &mut H) { (**self).hash(hasher) }
}

impl ops::Add<&str> for String {
    type Output = String;

    #[inline]
    fn add(mut self, other: &str) -> String {
        self.push_str(other);
        self
    }
}

impl ops::AddAssign<&str> for String {
    #[inline]
    fn add_assign(&mut self, other: &str) { self.push_str(other); }
}

macro_rules! extend {
    ($([$($lifetime:lifetime)?] $item:ty, $s:ident $x:ident => $push:expr;)*) => {$(
        impl<$($lifetime)?> Extend<$item> for String {
            fn extend<I: IntoIterator<Item = $item>>(&mut self, iter: I) {
                let $s = self;
                for $x in iter {
                    $push;
                }
            }
        }

        impl<$($lifetime)?> FromIterator<$item> for String {
            fn from_iter<I: IntoIterator<Item = $item>>(iter: I) -> String {
                let mut buf = String::new();
                buf.extend(iter);
                buf
            }
        }
    )*};
}

extend! {
    [] char, s c => s.push(c);
    ['a] &'a char, s c => s.push(*c);
    ['a] &'a str, s part => s.push_str(part);
    [] String, s part => s.push_str(&part);
    [] Box<str>, s part => s.push_str(&part);
    ['a] Cow<'a, str>, s part => s.push_str(&part);
}
