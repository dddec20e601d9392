//! Floats: the shortest digits that read back as the same float, or exactly so many.

use super::{Debug, Display, Formatter, LowerExp, Result, UpperExp};
use crate::num::big::Big;
use crate::string::String;
use crate::vec::Vec;

/// A finite float: `mantissa * 2^exponent`. `lowest`: the float below is only half as far away.
struct Decoded {
    mantissa: u64,
    exponent: i32,
    lowest: bool,
}

/// The digits of a number `0.d1d2d3... * 10^point`.
struct Digits {
    digits: Vec<u8>,
    point: i32,
}

/// A quotient of naturals: each digit is one more division.
struct Ratio {
    above: Big,
    below: Big,
}

/// The value over a power of ten, from 1 to less than 20, and that power. Both naturals are shifted
/// left by `doubled`.
fn ratio(value: &Decoded, doubled: usize) -> (Ratio, i32) {
    let mut above = Big::new(value.mantissa);
    let mut below = Big::new(1);
    if value.exponent >= 0 {
        above.shl(value.exponent as usize + doubled);
        below.shl(doubled);
    } else {
        above.shl(doubled);
        below.shl(-value.exponent as usize + doubled);
    }
    // The binary logarithm times log10(2), both rounded down: at most one too low.
    let bits = 64 - value.mantissa.leading_zeros() as i32 + value.exponent - 1;
    let power = ((bits as i64 * 1292913986) >> 32) as i32;
    if power >= 0 {
        below.mul_pow10(power as usize);
    } else {
        above.mul_pow10(-power as usize);
    }
    (Ratio { above, below }, power)
}

/// The fewest digits between the halfway points to the neighbours, the closest of these.
fn shortest(value: &Decoded) -> Digits {
    let (Ratio { mut above, mut below }, power) = ratio(value, if value.lowest { 2 } else { 1 });
    // Half the distance to the neighbours, in the scale of `above`.
    let mut low = Big::new(1);
    low.shl(if value.exponent > 0 { value.exponent as usize } else { 0 });
    if power < 0 {
        low.mul_pow10(-power as usize);
    }
    let mut high = low.clone();
    if value.lowest {
        high.shl(1);
    }
    // A mantissa that is even wins ties, so its bounds belong to it.
    let inclusive = value.mantissa % 2 == 0;
    let at_least = |order: i32| order > 0 || order == 0 && inclusive;
    let mut point = power + 1;
    let mut ten = below.clone();
    ten.mul_small(10, 0);
    if at_least(above.compare_sum(&high, &ten)) {
        below = ten;
        point += 1;
    }
    let mut digits = Vec::with_capacity(20);
    loop {
        let digit = above.divide_digit(&below);
        let down = at_least(-above.compare(&low));
        let up = at_least(above.compare_sum(&high, &below));
        if !down && !up {
            digits.push(b'0' + digit);
            above.mul_small(10, 0);
            low.mul_small(10, 0);
            high.mul_small(10, 0);
            continue;
        }
        let nearer_up = above.compare_sum(&above, &below) >= 0;
        digits.push(b'0' + digit + (up && (!down || nearer_up)) as u8);
        return carried(digits, point);
    }
}

/// Digits of which the last may be ten.
fn carried(digits: Vec<u8>, point: i32) -> Digits {
    let (mut digits, mut point) = (digits, point);
    let mut i = digits.len();
    while i > 0 && digits[i - 1] > b'9' {
        i -= 1;
        digits[i] = b'0';
        if i == 0 {
            digits.insert(0, b'1');
            point += 1;
        } else {
            digits[i - 1] += 1;
        }
    }
    Digits { digits, point }
}

/// The digits down to 10^-`fraction`, or `count` of them; half rounds to even.
fn exact(value: &Decoded, fraction: Option<usize>, count: usize) -> Digits {
    let (Ratio { mut above, mut below }, power) = ratio(value, 0);
    let mut point = power + 1;
    let mut ten = below.clone();
    ten.mul_small(10, 0);
    if above.compare(&ten) >= 0 {
        below = ten;
        point += 1;
    }
    let wanted = match fraction {
        Some(fraction) => point as i64 + fraction as i64,
        None => count as i64,
    };
    if wanted < 0 {
        return Digits { digits: Vec::new(), point };
    }
    let mut digits = Vec::with_capacity(if wanted < 1100 { wanted as usize + 1 } else { 1100 });
    while (digits.len() as i64) < wanted && !above.is_zero() {
        digits.push(b'0' + above.divide_digit(&below));
        above.mul_small(10, 0);
    }
    if digits.len() as i64 == wanted {
        // `above` is ten times the rest: compare with five.
        below.mul_small(5, 0);
        let order = above.compare(&below);
        let odd = match digits.last() {
            Some(last) => last % 2 == 1,
            None => false,
        };
        if order > 0 || order == 0 && odd {
            match digits.last_mut() {
                Some(last) => *last += 1,
                None => return Digits { digits: crate::vec::from_elem(b'1', 1), point: point + 1 },
            }
        }
    }
    let mut number = carried(digits, point);
    if fraction.is_none() {
        // A carry out of the first digit adds one.
        number.digits.truncate(count);
    }
    number
}

/// `d1d2d3.d4d5` with at least `fraction` digits behind the point.
fn positional(number: &Digits, fraction: usize) -> String {
    let mut out = String::with_capacity(32);
    let digits = &number.digits[..];
    let point = if digits.is_empty() { 0 } else { number.point };
    if point <= 0 {
        out.push('0');
    }
    for i in 0..point {
        out.push(match digits.get(i as usize) {
            Some(&digit) => digit as char,
            None => '0',
        });
    }
    let written = digits.len() as i64 - point as i64;
    let length = if written > fraction as i64 { written as usize } else { fraction };
    if length > 0 {
        out.push('.');
    }
    for i in 0..length as i64 {
        let at = i + point as i64;
        out.push(if at >= 0 && (at as usize) < digits.len() {
            digits[at as usize] as char
        } else {
            '0'
        });
    }
    out
}

/// `d1.d2d3e4` with at least `fraction` digits behind the point.
fn scientific(number: &Digits, fraction: usize, letter: char) -> String {
    let mut out = String::with_capacity(32);
    let digits = &number.digits[..];
    out.push(match digits.first() {
        Some(&digit) => digit as char,
        None => '0',
    });
    if digits.len() > 1 || fraction > 0 {
        out.push('.');
    }
    for i in 1..(if digits.len() > fraction { digits.len() } else { fraction + 1 }) {
        out.push(match digits.get(i) {
            Some(&digit) => digit as char,
            None => '0',
        });
    }
    out.push(letter);
    let exponent = if digits.is_empty() { 0 } else { number.point - 1 };
    out.push_str(&crate::string::ToString::to_string(&exponent));
    out
}

/// How a float is to be written.
#[derive(Clone, Copy)]
enum Style {
    /// Digits as they are: `{}` has no point for whole numbers, `{:?}` has one.
    Display { fraction: usize },
    /// With an exponent.
    Exponent(char),
    /// `{:?}`: with an exponent if the number is very small or large.
    Debug,
}

/// What of a float does not depend on its width.
struct Parts {
    nan: bool,
    infinite: bool,
    negative: bool,
    /// From 1e-5 to below 1e16, and zero.
    ordinary: bool,
    decoded: Decoded,
}

fn format(f: &mut Formatter<'_>, parts: &Parts, style: Style) -> Result {
    let sign = if parts.nan {
        ""
    } else if parts.negative {
        "-"
    } else if f.sign_plus() {
        "+"
    } else {
        ""
    };
    if parts.nan || parts.infinite {
        return f.pad_number(sign, "", if parts.nan { "NaN" } else { "inf" });
    }
    let style = match style {
        Style::Debug if f.precision().is_some() || parts.ordinary => Style::Display { fraction: 1 },
        Style::Debug => Style::Exponent('e'),
        style => style,
    };
    let text = match (style, f.precision()) {
        (Style::Exponent(letter), None) => scientific(&digits(parts), 0, letter),
        (Style::Exponent(letter), Some(precision)) => {
            let number = if parts.decoded.mantissa == 0 {
                digits(parts)
            } else {
                exact(&parts.decoded, None, precision.saturating_add(1))
            };
            scientific(&number, precision, letter)
        }
        (Style::Display { .. } | Style::Debug, Some(precision)) => {
            let number = if parts.decoded.mantissa == 0 {
                digits(parts)
            } else {
                exact(&parts.decoded, Some(precision), 0)
            };
            positional(&number, precision)
        }
        (Style::Display { fraction }, None) => positional(&digits(parts), fraction),
        (Style::Debug, None) => positional(&digits(parts), 1),
    };
    f.pad_number(sign, "", &text)
}

fn digits(parts: &Parts) -> Digits {
    let Decoded { mantissa, exponent, .. } = parts.decoded;
    if mantissa == 0 {
        return Digits { digits: Vec::new(), point: 0 };
    }
    // Whole numbers that are exact need no division.
    let whole = if exponent == 0 {
        mantissa
    } else if exponent < 0 && exponent > -64 && mantissa & ((1 << -exponent) - 1) == 0 {
        mantissa >> -exponent
    } else {
        return shortest(&parts.decoded);
    };
    let mut text = crate::string::ToString::to_string(&whole).into_bytes();
    let point = text.len() as i32;
    while text.last() == Some(&b'0') {
        text.pop();
    }
    Digits { digits: text, point }
}

macro_rules! float {
    ($($type:ident $bits:ident $mantissa_bits:literal $exponent_mask:literal $bias:literal;)*) => {$(
        impl Parts {
            fn $type(value: $type) -> Parts {
                let bits = value.to_bits();
                let fraction = (bits & ((1 << $mantissa_bits) - 1)) as u64;
                let biased = (bits >> $mantissa_bits & $exponent_mask) as i32;
                let size = value.abs();
                let (mantissa, exponent) = if biased == 0 {
                    (fraction, 1 - $bias - $mantissa_bits)
                } else {
                    (fraction | 1 << $mantissa_bits, biased - $bias - $mantissa_bits)
                };
                Parts {
                    nan: value != value,
                    infinite: biased == $exponent_mask && fraction == 0,
                    negative: bits >> ($bits::BITS - 1) == 1,
                    ordinary: size == 0.0 || size >= 1e-4 && size < 1e16,
                    decoded: Decoded { mantissa, exponent, lowest: fraction == 0 && biased > 1 },
                }
            }
        }

        impl Display for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                format(f, &Parts::$type(*self), Style::Display { fraction: 0 })
            }
        }

        impl Debug for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { format(f, &Parts::$type(*self), Style::Debug) }
        }

        impl LowerExp for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                format(f, &Parts::$type(*self), Style::Exponent('e'))
            }
        }

        impl UpperExp for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                format(f, &Parts::$type(*self), Style::Exponent('E'))
            }
        }
    )*};
}

float! {
    f32 u32 23 0xff 127;
    f64 u64 52 0x7ff 1023;
}
