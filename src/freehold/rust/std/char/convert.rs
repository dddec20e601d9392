//! Characters from numbers and text.

use crate::error::Error;
use crate::fmt;
use crate::intrinsics;
use crate::str::FromStr;

pub const fn from_u32(i: u32) -> Option<char> {
    if i > 0x10ffff || i >= 0xd800 && i < 0xe000 {
        None
    } else {
        Some(unsafe { from_u32_unchecked(i) })
    }
}

/// # Safety
/// It must be the number of a character.
#[inline]
pub const unsafe fn from_u32_unchecked(i: u32) -> char {
    unsafe { intrinsics::transmute::<u32, char>(i) }
}

#[track_caller]
pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
    if radix > 36 {
        panic!("from_digit: radix is too high (maximum 36)");
    }
    if num >= radix {
        return None;
    }
    let num = num as u8;
    Some(if num < 10 { (b'0' + num) as char } else { (b'a' + num - 10) as char })
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct CharTryFromError(());

impl fmt::Display for CharTryFromError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("converted integer out of range for `char`")
    }
}

impl Error for CharTryFromError {}

impl TryFrom<u32> for char {
    type Error = CharTryFromError;

    fn try_from(i: u32) -> Result<char, CharTryFromError> { from_u32(i).ok_or(CharTryFromError(())) }
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct TryFromCharError(());

impl fmt::Display for TryFromCharError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("unicode code point out of range")
    }
}

impl Error for TryFromCharError {}

macro_rules! from_char {
    ($($type:ident)*) => {$(
        impl TryFrom<char> for $type {
            type Error = TryFromCharError;

            fn try_from(c: char) -> Result<$type, TryFromCharError> {
                $type::try_from(c as u32).map_err(|_| TryFromCharError(()))
            }
        }
    )*};
}

from_char!(u8 u16);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseCharError {
    kind: CharErrorKind,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum CharErrorKind {
    EmptyString,
    TooManyChars,
}

impl fmt::Display for ParseCharError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.kind {
            CharErrorKind::EmptyString => "cannot parse char from empty string",
            CharErrorKind::TooManyChars => "too many characters in string",
        })
    }
}

impl Error for ParseCharError {}

impl FromStr for char {
    type Err = ParseCharError;

    fn from_str(s: &str) -> Result<char, ParseCharError> {
        let mut chars = s.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Err(ParseCharError { kind: CharErrorKind::EmptyString }),
            (Some(c), None) => Ok(c),
            _ => Err(ParseCharError { kind: CharErrorKind::TooManyChars }),
        }
    }
}
