//! Durations and clocks.

use crate::error::Error;
use crate::fmt;
use crate::intrinsics;
use crate::iter::Sum;
use crate::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

const NANOS_PER_SEC: u32 = 1_000_000_000;

/// `nanos` is less than a second.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration {
    secs: u64,
    nanos: u32,
}

impl Duration {
    pub const ZERO: Duration = Duration { secs: 0, nanos: 0 };
    pub const MAX: Duration = Duration { secs: u64::MAX, nanos: NANOS_PER_SEC - 1 };

    #[track_caller]
    pub const fn new(secs: u64, nanos: u32) -> Duration {
        match secs.checked_add((nanos / NANOS_PER_SEC) as u64) {
            Some(secs) => Duration { secs, nanos: nanos % NANOS_PER_SEC },
            None => panic!("overflow in Duration::new"),
        }
    }

    pub const fn from_secs(secs: u64) -> Duration { Duration { secs, nanos: 0 } }

    pub const fn from_millis(millis: u64) -> Duration {
        Duration { secs: millis / 1000, nanos: (millis % 1000) as u32 * 1_000_000 }
    }

    pub const fn from_micros(micros: u64) -> Duration {
        Duration { secs: micros / 1_000_000, nanos: (micros % 1_000_000) as u32 * 1000 }
    }

    pub const fn from_nanos(nanos: u64) -> Duration {
        Duration {
            secs: nanos / NANOS_PER_SEC as u64,
            nanos: (nanos % NANOS_PER_SEC as u64) as u32,
        }
    }

    pub const fn is_zero(&self) -> bool { self.secs == 0 && self.nanos == 0 }

    pub const fn as_secs(&self) -> u64 { self.secs }

    pub const fn subsec_millis(&self) -> u32 { self.nanos / 1_000_000 }

    pub const fn subsec_micros(&self) -> u32 { self.nanos / 1000 }

    pub const fn subsec_nanos(&self) -> u32 { self.nanos }

    pub const fn as_millis(&self) -> u128 { self.secs as u128 * 1000 + self.subsec_millis() as u128 }

    pub const fn as_micros(&self) -> u128 {
        self.secs as u128 * 1_000_000 + self.subsec_micros() as u128
    }

    pub const fn as_nanos(&self) -> u128 {
        self.secs as u128 * NANOS_PER_SEC as u128 + self.nanos as u128
    }

    pub const fn as_secs_f64(&self) -> f64 {
        self.secs as f64 + self.nanos as f64 / NANOS_PER_SEC as f64
    }

    pub const fn as_secs_f32(&self) -> f32 {
        self.secs as f32 + self.nanos as f32 / NANOS_PER_SEC as f32
    }

    #[track_caller]
    pub fn from_secs_f64(secs: f64) -> Duration {
        if !(secs >= 0.0 && secs < 18446744073709551616.0) {
            panic!("cannot convert float seconds to Duration: value is negative, too big or not a number");
        }
        let whole = secs as u64;
        let nanos = ((secs - whole as f64) * NANOS_PER_SEC as f64).round_ties_even() as u32;
        Duration::new(whole, nanos)
    }

    #[track_caller]
    pub fn from_secs_f32(secs: f32) -> Duration { Duration::from_secs_f64(secs as f64) }

    pub const fn checked_add(self, rhs: Duration) -> Option<Duration> {
        let mut nanos = self.nanos + rhs.nanos;
        let mut secs = match self.secs.checked_add(rhs.secs) {
            Some(secs) => secs,
            None => return None,
        };
        if nanos >= NANOS_PER_SEC {
            nanos -= NANOS_PER_SEC;
            secs = match secs.checked_add(1) {
                Some(secs) => secs,
                None => return None,
            };
        }
        Some(Duration { secs, nanos })
    }

    pub const fn checked_sub(self, rhs: Duration) -> Option<Duration> {
        let (mut secs, mut nanos) = match self.secs.checked_sub(rhs.secs) {
            Some(secs) => (secs, self.nanos),
            None => return None,
        };
        if nanos < rhs.nanos {
            nanos += NANOS_PER_SEC;
            secs = match secs.checked_sub(1) {
                Some(secs) => secs,
                None => return None,
            };
        }
        Some(Duration { secs, nanos: nanos - rhs.nanos })
    }

    pub const fn checked_mul(self, rhs: u32) -> Option<Duration> {
        let nanos = self.nanos as u64 * rhs as u64;
        let secs = match self.secs.checked_mul(rhs as u64) {
            Some(secs) => secs,
            None => return None,
        };
        match secs.checked_add(nanos / NANOS_PER_SEC as u64) {
            Some(secs) => Some(Duration { secs, nanos: (nanos % NANOS_PER_SEC as u64) as u32 }),
            None => None,
        }
    }

    pub const fn checked_div(self, rhs: u32) -> Option<Duration> {
        if rhs == 0 {
            return None;
        }
        let rest = (self.secs % rhs as u64) * NANOS_PER_SEC as u64 + self.nanos as u64;
        Some(Duration { secs: self.secs / rhs as u64, nanos: (rest / rhs as u64) as u32 })
    }

    pub const fn saturating_add(self, rhs: Duration) -> Duration {
        match self.checked_add(rhs) {
            Some(sum) => sum,
            None => Duration::MAX,
        }
    }

    pub const fn saturating_sub(self, rhs: Duration) -> Duration {
        match self.checked_sub(rhs) {
            Some(difference) => difference,
            None => Duration::ZERO,
        }
    }

    pub const fn abs_diff(self, other: Duration) -> Duration {
        match self.checked_sub(other) {
            Some(difference) => difference,
            None => other.saturating_sub(self),
        }
    }

    #[track_caller]
    pub fn mul_f64(self, rhs: f64) -> Duration { Duration::from_secs_f64(rhs * self.as_secs_f64()) }

    #[track_caller]
    pub fn div_f64(self, rhs: f64) -> Duration { Duration::from_secs_f64(self.as_secs_f64() / rhs) }
}

macro_rules! operator {
    ($trait:ident $method:ident $assign:ident $assign_method:ident $rhs:ty, $checked:ident $message:literal) => {
        impl $trait<$rhs> for Duration {
            type Output = Duration;

            #[track_caller]
            fn $method(self, rhs: $rhs) -> Duration { self.$checked(rhs).expect($message) }
        }

        impl $assign<$rhs> for Duration {
            #[track_caller]
            fn $assign_method(&mut self, rhs: $rhs) { *self = $trait::$method(*self, rhs); }
        }
    };
}

operator!(Add add AddAssign add_assign Duration, checked_add "overflow when adding durations");
operator!(Sub sub SubAssign sub_assign Duration, checked_sub "overflow when subtracting durations");
operator!(Mul mul MulAssign mul_assign u32, checked_mul "overflow when multiplying duration by scalar");
operator!(Div div DivAssign div_assign u32, checked_div "divide by zero error when dividing duration by scalar");

impl Mul<Duration> for u32 {
    type Output = Duration;

    fn mul(self, rhs: Duration) -> Duration { rhs * self }
}

impl Sum for Duration {
    fn sum<I: Iterator<Item = Duration>>(iter: I) -> Duration {
        iter.fold(Duration::ZERO, |a, b| a + b)
    }
}

impl<'a> Sum<&'a Duration> for Duration {
    fn sum<I: Iterator<Item = &'a Duration>>(iter: I) -> Duration { iter.copied().sum() }
}

/// `whole.fraction` and a unit; `unit` is the value of the highest digit of `fraction`, times 10.
fn decimal(
    f: &mut fmt::Formatter<'_>,
    whole: u64,
    fraction: u32,
    unit: u32,
    suffix: &str,
) -> fmt::Result {
    use crate::string::{String, ToString};
    let (mut whole, mut rest, mut unit) = (whole as u128, fraction, unit);
    let mut digits = String::new();
    let wanted = f.precision().unwrap_or(9);
    while unit > 1 && digits.len() < wanted && (rest > 0 || f.precision().is_some()) {
        unit /= 10;
        digits.push((b'0' + (rest / unit) as u8) as char);
        rest %= unit;
    }
    if rest > 0 && rest >= unit / 2 && (rest > unit / 2 || odd(whole, &digits)) {
        let mut up = String::new();
        let mut carry = true;
        for digit in digits.chars().rev() {
            let next = if !carry {
                digit
            } else if digit == '9' {
                '0'
            } else {
                carry = false;
                (digit as u8 + 1) as char
            };
            up.insert(0, next);
        }
        digits = up;
        whole += carry as u128;
    }
    while f.precision().is_some() && digits.len() < wanted {
        digits.push('0');
    }
    let mut text = whole.to_string();
    if !digits.is_empty() {
        text.push('.');
        text.push_str(&digits);
    }
    text.push_str(suffix);
    if f.sign_plus() {
        text.insert(0, '+');
    }
    // Only the width counts from here on: the precision has been used.
    match f.width() {
        Some(width) => {
            let missing = width.saturating_sub(text.chars().count());
            let before = match f.align() {
                Some(fmt::Alignment::Right) => missing,
                Some(fmt::Alignment::Center) => missing / 2,
                _ => 0,
            };
            let fill = f.fill();
            for _ in 0..before {
                fmt::Write::write_char(f, fill)?;
            }
            f.write_str(&text)?;
            for _ in before..missing {
                fmt::Write::write_char(f, fill)?;
            }
            Ok(())
        }
        None => f.write_str(&text),
    }
}

/// Whether the last digit is odd.
fn odd(whole: u128, digits: &str) -> bool {
    match digits.as_bytes().last() {
        Some(digit) => digit % 2 == 1,
        None => whole % 2 == 1,
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.secs > 0 {
            decimal(f, self.secs, self.nanos, NANOS_PER_SEC, "s")
        } else if self.nanos >= 1_000_000 {
            decimal(f, (self.nanos / 1_000_000) as u64, self.nanos % 1_000_000, 1_000_000, "ms")
        } else if self.nanos >= 1000 {
            decimal(f, (self.nanos / 1000) as u64, self.nanos % 1000, 1000, "µs")
        } else {
            decimal(f, self.nanos as u64, 0, 1, "ns")
        }
    }
}

macro_rules! clock {
    ($name:ident $number:literal) => {
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name {
            since: Duration,
        }

        impl $name {
            pub fn now() -> $name {
                $name { since: Duration::from_nanos(unsafe { intrinsics::__freehold_clock($number) }) }
            }

            pub fn checked_add(&self, duration: Duration) -> Option<$name> {
                Some($name { since: self.since.checked_add(duration)? })
            }

            pub fn checked_sub(&self, duration: Duration) -> Option<$name> {
                Some($name { since: self.since.checked_sub(duration)? })
            }
        }

        impl Add<Duration> for $name {
            type Output = $name;

            fn add(self, other: Duration) -> $name { $name { since: self.since + other } }
        }

        impl AddAssign<Duration> for $name {
            fn add_assign(&mut self, other: Duration) { *self = *self + other; }
        }

        impl Sub<Duration> for $name {
            type Output = $name;

            fn sub(self, other: Duration) -> $name { $name { since: self.since - other } }
        }

        impl SubAssign<Duration> for $name {
            fn sub_assign(&mut self, other: Duration) { *self = *self - other; }
        }
    };
}

clock!(SystemTime 0);
clock!(Instant 1);

impl Instant {
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.since.saturating_sub(earlier.since)
    }

    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.since.checked_sub(earlier.since)
    }

    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }

    pub fn elapsed(&self) -> Duration { Instant::now().duration_since(*self) }
}

impl Sub<Instant> for Instant {
    type Output = Duration;

    fn sub(self, other: Instant) -> Duration { self.duration_since(other) }
}

pub const UNIX_EPOCH: SystemTime = SystemTime::UNIX_EPOCH;

impl SystemTime {
    pub const UNIX_EPOCH: SystemTime = SystemTime { since: Duration::ZERO };

    pub fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {
        self.since
            .checked_sub(earlier.since)
            .ok_or(SystemTimeError(earlier.since.saturating_sub(self.since)))
    }

    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        SystemTime::now().duration_since(*self)
    }
}

#[derive(Clone, Debug)]
pub struct SystemTimeError(Duration);

impl SystemTimeError {
    pub fn duration(&self) -> Duration { self.0 }
}

impl fmt::Display for SystemTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("second time provided was later than self")
    }
}

impl Error for SystemTimeError {}
