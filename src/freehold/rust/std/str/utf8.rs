//! UTF-8: checking and decoding.

use super::{from_utf8_unchecked, from_utf8_unchecked_mut};
use crate::error::Error;
use crate::fmt;

#[derive(Copy, Eq, PartialEq, Clone, Debug)]
pub struct Utf8Error {
    valid_up_to: usize,
    error_len: Option<u8>,
}

impl Utf8Error {
    pub const fn valid_up_to(&self) -> usize { self.valid_up_to }

    pub const fn error_len(&self) -> Option<usize> {
        match self.error_len {
            Some(len) => Some(len as usize),
            None => None,
        }
    }
}

impl fmt::Display for Utf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error_len {
            Some(len) => write!(
                f,
                "invalid utf-8 sequence of {} bytes from index {}",
                len, self.valid_up_to
            ),
            None => write!(f, "incomplete utf-8 byte sequence from index {}", self.valid_up_to),
        }
    }
}

impl Error for Utf8Error {}

/// The bytes of the character that `first` starts, and the bounds of its second byte.
const fn sequence(first: u8) -> (usize, u8, u8) {
    match first {
        0..=0x7f => (1, 0, 0),
        0xc2..=0xdf => (2, 0x80, 0xbf),
        0xe0 => (3, 0xa0, 0xbf),
        0xed => (3, 0x80, 0x9f),
        0xe1..=0xef => (3, 0x80, 0xbf),
        0xf0 => (4, 0x90, 0xbf),
        0xf1..=0xf3 => (4, 0x80, 0xbf),
        0xf4 => (4, 0x80, 0x8f),
        _ => (0, 0, 0),
    }
}

const fn validate(v: &[u8]) -> Result<(), Utf8Error> {
    let mut at = 0;
    while at < v.len() {
        let (width, low, high) = sequence(v[at]);
        if width == 1 {
            at += 1;
            continue;
        }
        if width == 0 {
            return Err(Utf8Error { valid_up_to: at, error_len: Some(1) });
        }
        let mut i = 1;
        while i < width {
            if at + i >= v.len() {
                return Err(Utf8Error { valid_up_to: at, error_len: None });
            }
            let byte = v[at + i];
            let valid = if i == 1 { low <= byte && byte <= high } else { byte & 0xc0 == 0x80 };
            if !valid {
                return Err(Utf8Error { valid_up_to: at, error_len: Some(i as u8) });
            }
            i += 1;
        }
        at += width;
    }
    Ok(())
}

pub const fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error> {
    match validate(v) {
        Ok(()) => Ok(unsafe { from_utf8_unchecked(v) }),
        Err(error) => Err(error),
    }
}

pub const fn from_utf8_mut(v: &mut [u8]) -> Result<&mut str, Utf8Error> {
    match validate(v) {
        Ok(()) => Ok(unsafe { from_utf8_unchecked_mut(v) }),
        Err(error) => Err(error),
    }
}

/// The character at `at` in UTF-8, and where the next one starts.
#[inline]
pub(crate) unsafe fn next_code(bytes: &[u8], at: usize) -> (char, usize) {
    let first = bytes[at] as u32;
    if first < 0x80 {
        return (first as u8 as char, at + 1);
    }
    let second = (bytes[at + 1] & 0x3f) as u32;
    let (code, end) = if first < 0xe0 {
        ((first & 0x1f) << 6 | second, at + 2)
    } else {
        let third = (bytes[at + 2] & 0x3f) as u32;
        if first < 0xf0 {
            ((first & 0x0f) << 12 | second << 6 | third, at + 3)
        } else {
            let fourth = (bytes[at + 3] & 0x3f) as u32;
            ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, at + 4)
        }
    };
    (unsafe { char::from_u32_unchecked(code) }, end)
}
