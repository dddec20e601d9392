//! Integers.

use super::{Binary, Debug, Display, Formatter, LowerExp, LowerHex, Octal, Result, UpperExp, UpperHex};

/// Digits of `value` in `radix`, written to the end of `buffer`.
fn digits(mut value: u64, radix: u64, letters: u8, buffer: &mut [u8; 128], end: usize) -> usize {
    let mut at = end;
    loop {
        let digit = (value % radix) as u8;
        value /= radix;
        at -= 1;
        buffer[at] = if digit < 10 { b'0' + digit } else { letters + (digit - 10) };
        if value == 0 {
            return at;
        }
    }
}

/// The same for 128 bits.
fn wide_digits(mut value: u128, radix: u128, letters: u8, buffer: &mut [u8; 128]) -> usize {
    let mut at = buffer.len();
    while value > u64::MAX as u128 {
        let digit = (value % radix) as u8;
        value /= radix;
        at -= 1;
        buffer[at] = if digit < 10 { b'0' + digit } else { letters + (digit - 10) };
    }
    digits(value as u64, radix as u64, letters, buffer, at)
}

fn text(buffer: &[u8; 128], start: usize) -> &str {
    unsafe { crate::str::from_utf8_unchecked(&buffer[start..]) }
}

fn decimal(f: &mut Formatter<'_>, nonnegative: bool, magnitude: u64) -> Result {
    let mut buffer = [0; 128];
    let start = digits(magnitude, 10, b'a', &mut buffer, 128);
    f.pad_integral(nonnegative, "", text(&buffer, start))
}

fn wide_decimal(f: &mut Formatter<'_>, nonnegative: bool, magnitude: u128) -> Result {
    let mut buffer = [0; 128];
    let start = wide_digits(magnitude, 10, b'a', &mut buffer);
    f.pad_integral(nonnegative, "", text(&buffer, start))
}

fn radix(f: &mut Formatter<'_>, value: u128, radix: u128, letters: u8, prefix: &str) -> Result {
    let mut buffer = [0; 128];
    let start = wide_digits(value, radix, letters, &mut buffer);
    f.pad_integral(true, prefix, text(&buffer, start))
}

/// `1.234e5`: trailing zeros go, a precision rounds half to even.
fn exponential(f: &mut Formatter<'_>, nonnegative: bool, mut magnitude: u128, letter: char) -> Result {
    let mut exponent = 0;
    while magnitude % 10 == 0 && magnitude >= 10 {
        magnitude /= 10;
        exponent += 1;
    }
    let mut added_zeros = 0;
    if let Some(precision) = f.precision() {
        let mut fraction = 0;
        let mut rest = magnitude;
        while rest >= 10 {
            rest /= 10;
            fraction += 1;
        }
        added_zeros = precision.saturating_sub(fraction);
        let mut sticky = false;
        while fraction > precision {
            let digit = magnitude % 10;
            magnitude /= 10;
            exponent += 1;
            fraction -= 1;
            if fraction == precision {
                if digit > 5 || (digit == 5 && (sticky || magnitude % 2 == 1)) {
                    magnitude += 1;
                }
            } else if digit != 0 {
                sticky = true;
            }
        }
        let mut limit = 10;
        for _ in 0..precision {
            limit *= 10;
        }
        if added_zeros == 0 && magnitude >= limit {
            magnitude /= 10;
            exponent += 1;
        }
    }
    let mut buffer = [0; 128];
    let start = wide_digits(magnitude, 10, b'a', &mut buffer);
    let shown = text(&buffer, start);
    let mut out = crate::string::String::with_capacity(48);
    out.push_str(&shown[..1]);
    if shown.len() > 1 || added_zeros > 0 {
        out.push('.');
    }
    out.push_str(&shown[1..]);
    for _ in 0..added_zeros {
        out.push('0');
    }
    out.push(letter);
    exponent += shown.len() - 1;
    let mut buffer = [0; 128];
    let start = digits(exponent as u64, 10, b'a', &mut buffer, 128);
    out.push_str(text(&buffer, start));
    f.pad_integral(nonnegative, "", &out)
}

macro_rules! integer {
    ($($type:ident $unsigned:ident $decimal:ident $wide:ident;)*) => {$(
        impl Display for $type {
            #[allow(unused_comparisons)]
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                if *self >= 0 {
                    $decimal(f, true, *self as $wide)
                } else {
                    $decimal(f, false, (0 as $unsigned).wrapping_sub(*self as $unsigned) as $wide)
                }
            }
        }

        impl Debug for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                if f.debug_lower_hex() {
                    LowerHex::fmt(self, f)
                } else if f.debug_upper_hex() {
                    UpperHex::fmt(self, f)
                } else {
                    Display::fmt(self, f)
                }
            }
        }

        impl Binary for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                radix(f, *self as $unsigned as u128, 2, b'a', "0b")
            }
        }

        impl Octal for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                radix(f, *self as $unsigned as u128, 8, b'a', "0o")
            }
        }

        impl LowerHex for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                radix(f, *self as $unsigned as u128, 16, b'a', "0x")
            }
        }

        impl UpperHex for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                radix(f, *self as $unsigned as u128, 16, b'A', "0x")
            }
        }

        impl LowerExp for $type {
            #[allow(unused_comparisons)]
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                exponential(f, *self >= 0, self.abs_diff(0) as u128, 'e')
            }
        }

        impl UpperExp for $type {
            #[allow(unused_comparisons)]
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                exponential(f, *self >= 0, self.abs_diff(0) as u128, 'E')
            }
        }
    )*};
}

integer! {
    i8 u8 decimal u64;
    i16 u16 decimal u64;
    i32 u32 decimal u64;
    i64 u64 decimal u64;
    isize usize decimal u64;
    u8 u8 decimal u64;
    u16 u16 decimal u64;
    u32 u32 decimal u64;
    u64 u64 decimal u64;
    usize usize decimal u64;
    i128 u128 wide_decimal u128;
    u128 u128 wide_decimal u128;
}
