//! Integers from text.

use super::bits::Digits;
use crate::error::Error;
use crate::fmt;
use crate::str::FromStr;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseIntError {
    kind: IntErrorKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Copy, Hash)]
#[non_exhaustive]
pub enum IntErrorKind {
    Empty,
    InvalidDigit,
    PosOverflow,
    NegOverflow,
    Zero,
}

impl ParseIntError {
    pub(super) const ZERO: ParseIntError = ParseIntError { kind: IntErrorKind::Zero };

    pub const fn kind(&self) -> &IntErrorKind { &self.kind }
}

impl fmt::Display for ParseIntError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.kind {
            IntErrorKind::Empty => "cannot parse integer from empty string",
            IntErrorKind::InvalidDigit => "invalid digit found in string",
            IntErrorKind::PosOverflow => "number too large to fit in target type",
            IntErrorKind::NegOverflow => "number too small to fit in target type",
            IntErrorKind::Zero => "number would be zero for non-zero type",
        })
    }
}

impl Error for ParseIntError {}

fn parse<T: Digits>(text: &str, radix: u32) -> Result<T, ParseIntError> {
    let fail = |kind| Err(ParseIntError { kind });
    let (negative, digits) = match text.as_bytes() {
        [] => return fail(IntErrorKind::Empty),
        [b'+' | b'-'] => return fail(IntErrorKind::InvalidDigit),
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] if T::SIGNED => (true, rest),
        all => (false, all),
    };
    let mut value = T::ZERO;
    for &byte in digits {
        let digit = match (byte as char).to_digit(radix) {
            Some(digit) => digit,
            None => return fail(IntErrorKind::InvalidDigit),
        };
        value = match value.append(radix, digit, negative) {
            Some(value) => value,
            None if negative => return fail(IntErrorKind::NegOverflow),
            None => return fail(IntErrorKind::PosOverflow),
        };
    }
    Ok(value)
}

macro_rules! parse {
    ($($type:ident)*) => {$(
        impl FromStr for $type {
            type Err = ParseIntError;

            #[inline]
            fn from_str(src: &str) -> Result<$type, ParseIntError> { parse(src, 10) }
        }

        impl $type {
            #[track_caller]
            pub fn from_str_radix(src: &str, radix: u32) -> Result<$type, ParseIntError> {
                if radix < 2 || radix > 36 {
                    panic!("from_ascii_radix: radix must lie in the range `[2, 36]` - found {radix}");
                }
                parse(src, radix)
            }
        }
    )*};
}

parse!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
