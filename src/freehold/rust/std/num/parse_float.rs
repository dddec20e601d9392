//! Floats from text, rounded correctly.

use super::big::Big;
use crate::error::Error;
use crate::fmt;
use crate::str::FromStr;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseFloatError {
    kind: FloatErrorKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FloatErrorKind {
    Empty,
    Invalid,
}

impl fmt::Display for ParseFloatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.kind {
            FloatErrorKind::Empty => "cannot parse float from empty string",
            FloatErrorKind::Invalid => "invalid float literal",
        })
    }
}

impl Error for ParseFloatError {}

/// More digits than this cannot change the result, but for one that is not 0.
const MAX_DIGITS: usize = 780;

/// `digits * 10^exponent`; the digits are bytes of the text, points and zeros in front left out.
struct Decimal<'a> {
    text: &'a [u8],
    count: usize,
    exponent: i64,
    /// The first 19 digits.
    leading: u64,
}

/// [digits] ["." [digits]] [("e" | "E") ["+" | "-"] digits], a digit before the exponent at least.
fn decimal(text: &[u8]) -> Option<Decimal<'_>> {
    let (mut count, mut exponent, mut leading) = (0, 0, 0u64);
    let (mut any, mut point) = (false, false);
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'.' if !point => point = true,
            digit @ b'0'..=b'9' => {
                any = true;
                if count > 0 || digit != b'0' {
                    count += 1;
                    if count <= 19 {
                        leading = leading * 10 + (digit - b'0') as u64;
                    }
                }
                exponent -= point as i64;
            }
            b'e' | b'E' => break,
            _ => return None,
        }
        at += 1;
    }
    if !any {
        return None;
    }
    let mantissa = &text[..at];
    if at < text.len() {
        let (negative, digits) = match &text[at + 1..] {
            [b'+', rest @ ..] => (false, rest),
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        if digits.is_empty() {
            return None;
        }
        let mut power = 0;
        for &digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            if power < 1_000_000 {
                power = power * 10 + (digit - b'0') as i64;
            }
        }
        exponent += if negative { -power } else { power };
    }
    Some(Decimal { text: mantissa, count, exponent, leading })
}

/// The digits as one number, at most `MAX_DIGITS` of them and a 1 for what is cut off.
fn big(number: &Decimal<'_>) -> (Big, i64) {
    let mut value = Big::new(0);
    let mut exponent = number.exponent;
    let mut seen = 0;
    for &byte in number.text {
        if byte == b'.' || seen == 0 && byte == b'0' {
            continue;
        }
        seen += 1;
        if seen <= MAX_DIGITS {
            push_digit(&mut value, byte - b'0');
        } else {
            exponent += 1;
        }
    }
    if seen > MAX_DIGITS {
        push_digit(&mut value, 1);
        exponent -= 1;
    }
    (value, exponent)
}

fn push_digit(value: &mut Big, digit: u8) {
    if value.is_zero() {
        *value = Big::new(digit as u64);
    } else {
        value.mul_small(10, digit as u32);
    }
}

/// The float `mantissa * 2^exponent` next to a decimal; `digits` are those of the mantissa.
///
/// The quotient of two naturals is shifted until it has one bit more than the mantissa.
fn round(number: &Decimal<'_>, digits: i64, lowest: i64) -> (u64, i64) {
    let (mut above, power) = big(number);
    let mut below = Big::new(1);
    // A bound on the binary size: log2(10) is between 3.32 and 3.33.
    let decimal_size = number.count as i64 + number.exponent;
    let mut shift = digits - (decimal_size * 3322 / 1000);
    if -shift < lowest {
        shift = -lowest;
    }
    if power >= 0 {
        above.mul_pow10(power as usize);
    } else {
        below.mul_pow10(-power as usize);
    }
    if shift >= 0 {
        above.shl(shift as usize);
    } else {
        below.shl(-shift as usize);
    }
    let limit = 1u64 << digits as u32;
    loop {
        let (quotient, rest) = divide(&above, &below);
        if quotient >= limit {
            below.shl(1);
            shift -= 1;
            continue;
        }
        if quotient < limit >> 1 && -shift > lowest {
            above.shl(1);
            shift += 1;
            continue;
        }
        let mut double = rest;
        double.shl(1);
        let order = double.compare(&below);
        let up = order > 0 || order == 0 && quotient % 2 == 1;
        return (quotient + up as u64, -shift);
    }
}

/// Quotient, less than 2^62, and rest.
fn divide(above: &Big, below: &Big) -> (u64, Big) {
    let mut rest = above.clone();
    let mut shifted = below.clone();
    let mut bits = 0;
    while bits < 60 && shifted.compare(&rest) <= 0 {
        shifted.shl(1);
        bits += 1;
    }
    let mut quotient = 0u64;
    loop {
        let mut part = below.clone();
        part.shl(bits);
        quotient <<= 1;
        if rest.compare(&part) >= 0 {
            rest.sub(&part);
            quotient |= 1;
        }
        if bits == 0 {
            return (quotient, rest);
        }
        bits -= 1;
    }
}

/// The powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
];

macro_rules! float {
    ($($type:ident $bits:ident $mantissa_bits:literal $max_exponent:literal $lowest:literal $largest:literal $smallest:literal $exact_power:literal;)*) => {$(
        impl FromStr for $type {
            type Err = ParseFloatError;

            fn from_str(src: &str) -> Result<$type, ParseFloatError> {
                let (negative, text) = match src.as_bytes() {
                    [] => return Err(ParseFloatError { kind: FloatErrorKind::Empty }),
                    [b'+', rest @ ..] => (false, rest),
                    [b'-', rest @ ..] => (true, rest),
                    all => (false, all),
                };
                let magnitude = if text.eq_ignore_ascii_case(b"inf")
                    || text.eq_ignore_ascii_case(b"infinity")
                {
                    $type::INFINITY
                } else if text.eq_ignore_ascii_case(b"nan") {
                    $type::NAN
                } else {
                    match decimal(text) {
                        Some(number) => $type::from_decimal(&number),
                        None => return Err(ParseFloatError { kind: FloatErrorKind::Invalid }),
                    }
                };
                Ok(if negative { -magnitude } else { magnitude })
            }
        }

        impl $type {
            fn from_decimal(number: &Decimal<'_>) -> $type {
                let size = number.count as i64 + number.exponent;
                if number.count == 0 || size < $smallest {
                    return 0.0;
                }
                if size > $largest {
                    return $type::INFINITY;
                }
                // Both factors exact: one rounding.
                if number.count <= 19 && number.leading >> ($mantissa_bits + 1) == 0 {
                    if number.exponent >= 0 && number.exponent <= $exact_power {
                        return number.leading as $type * POWERS[number.exponent as usize] as $type;
                    }
                    if number.exponent < 0 && number.exponent >= -$exact_power {
                        return number.leading as $type / POWERS[-number.exponent as usize] as $type;
                    }
                }
                let (mantissa, exponent) = round(number, $mantissa_bits + 1, $lowest);
                let (mantissa, exponent) = if mantissa >> ($mantissa_bits + 1) != 0 {
                    (mantissa >> 1, exponent + 1)
                } else {
                    (mantissa, exponent)
                };
                if mantissa >> $mantissa_bits == 0 {
                    return $type::from_bits(mantissa as $bits);
                }
                let biased = exponent - $lowest + 1;
                if biased >= $max_exponent {
                    return $type::INFINITY;
                }
                let fraction = mantissa & ((1 << $mantissa_bits) - 1);
                $type::from_bits((biased as $bits) << $mantissa_bits | fraction as $bits)
            }
        }
    )*};
}

float! {
    f32 u32 23 255 -149 39 -46 10;
    f64 u64 52 2047 -1074 309 -325 22;
}
