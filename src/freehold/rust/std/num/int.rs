//! Methods of the integers that all of them have, and of the signed and the unsigned ones.

use crate::intrinsics;

/// What signed and unsigned integers share.
macro_rules! common {
    ($type:ident $unsigned:ident $bytes:literal) => {
        pub const BITS: u32 = 8 * $bytes;

        #[inline]
        pub const fn count_ones(self) -> u32 { unsafe { intrinsics::ctpop(self as $unsigned) } }

        #[inline]
        pub const fn count_zeros(self) -> u32 { (!self).count_ones() }

        #[inline]
        pub const fn leading_zeros(self) -> u32 { unsafe { intrinsics::ctlz(self as $unsigned) } }

        #[inline]
        pub const fn trailing_zeros(self) -> u32 { unsafe { intrinsics::cttz(self as $unsigned) } }

        #[inline]
        pub const fn leading_ones(self) -> u32 { (!self).leading_zeros() }

        #[inline]
        pub const fn trailing_ones(self) -> u32 { (!self).trailing_zeros() }

        #[inline]
        pub const fn rotate_left(self, n: u32) -> Self {
            unsafe { intrinsics::rotate_left(self as $unsigned, n) as $type }
        }

        #[inline]
        pub const fn rotate_right(self, n: u32) -> Self {
            unsafe { intrinsics::rotate_right(self as $unsigned, n) as $type }
        }

        #[inline]
        pub const fn swap_bytes(self) -> Self { unsafe { intrinsics::bswap(self) } }

        #[inline]
        pub const fn reverse_bits(self) -> Self { unsafe { intrinsics::bitreverse(self) } }

        #[inline]
        pub const fn to_be(self) -> Self { self.swap_bytes() }

        #[inline]
        pub const fn to_le(self) -> Self { self }

        #[inline]
        pub const fn from_be(x: Self) -> Self { x.swap_bytes() }

        #[inline]
        pub const fn from_le(x: Self) -> Self { x }

        #[inline]
        pub const fn checked_add(self, rhs: Self) -> Option<Self> {
            let (value, overflow) = self.overflowing_add(rhs);
            if overflow { None } else { Some(value) }
        }

        #[inline]
        pub const fn checked_sub(self, rhs: Self) -> Option<Self> {
            let (value, overflow) = self.overflowing_sub(rhs);
            if overflow { None } else { Some(value) }
        }

        #[inline]
        pub const fn checked_mul(self, rhs: Self) -> Option<Self> {
            let (value, overflow) = self.overflowing_mul(rhs);
            if overflow { None } else { Some(value) }
        }

        #[inline]
        pub const fn checked_div(self, rhs: Self) -> Option<Self> {
            if rhs == 0 {
                return None;
            }
            let (value, overflow) = self.overflowing_div(rhs);
            if overflow { None } else { Some(value) }
        }

        #[inline]
        pub const fn checked_rem(self, rhs: Self) -> Option<Self> {
            if rhs == 0 {
                return None;
            }
            let (value, overflow) = self.overflowing_rem(rhs);
            if overflow { None } else { Some(value) }
        }

        #[inline]
        pub const fn checked_div_euclid(self, rhs: Self) -> Option<Self> {
            match self.checked_div(rhs) {
                Some(_) => Some(self.div_euclid(rhs)),
                None => None,
            }
        }

        #[inline]
        pub const fn checked_rem_euclid(self, rhs: Self) -> Option<Self> {
            match self.checked_rem(rhs) {
                Some(_) => Some(self.rem_euclid(rhs)),
                None => None,
            }
        }

        #[inline]
        pub const fn checked_neg(self) -> Option<Self> {
            let (value, overflow) = self.overflowing_neg();
            if overflow { None } else { Some(value) }
        }

        #[inline]
        pub const fn checked_shl(self, rhs: u32) -> Option<Self> {
            if rhs < Self::BITS { Some(self.wrapping_shl(rhs)) } else { None }
        }

        #[inline]
        pub const fn checked_shr(self, rhs: u32) -> Option<Self> {
            if rhs < Self::BITS { Some(self.wrapping_shr(rhs)) } else { None }
        }

        #[inline]
        pub const fn checked_pow(self, exp: u32) -> Option<Self> {
            let (value, overflow) = self.overflowing_pow(exp);
            if overflow { None } else { Some(value) }
        }

        #[inline]
        pub const fn saturating_add(self, rhs: Self) -> Self {
            unsafe { intrinsics::saturating_add(self, rhs) }
        }

        #[inline]
        pub const fn saturating_sub(self, rhs: Self) -> Self {
            unsafe { intrinsics::saturating_sub(self, rhs) }
        }

        #[inline]
        pub const fn wrapping_add(self, rhs: Self) -> Self {
            unsafe { intrinsics::wrapping_add(self, rhs) }
        }

        #[inline]
        pub const fn wrapping_sub(self, rhs: Self) -> Self {
            unsafe { intrinsics::wrapping_sub(self, rhs) }
        }

        #[inline]
        pub const fn wrapping_mul(self, rhs: Self) -> Self {
            unsafe { intrinsics::wrapping_mul(self, rhs) }
        }

        #[inline]
        #[track_caller]
        pub const fn wrapping_div(self, rhs: Self) -> Self { self.overflowing_div(rhs).0 }

        #[inline]
        #[track_caller]
        pub const fn wrapping_rem(self, rhs: Self) -> Self { self.overflowing_rem(rhs).0 }

        #[inline]
        #[track_caller]
        pub const fn wrapping_div_euclid(self, rhs: Self) -> Self {
            self.overflowing_div_euclid(rhs).0
        }

        #[inline]
        #[track_caller]
        pub const fn wrapping_rem_euclid(self, rhs: Self) -> Self {
            self.overflowing_rem_euclid(rhs).0
        }

        #[inline]
        pub const fn wrapping_neg(self) -> Self { (0 as $type).wrapping_sub(self) }

        #[inline]
        pub const fn wrapping_shl(self, rhs: u32) -> Self {
            unsafe { intrinsics::unchecked_shl(self, rhs & (Self::BITS - 1)) }
        }

        #[inline]
        pub const fn wrapping_shr(self, rhs: u32) -> Self {
            unsafe { intrinsics::unchecked_shr(self, rhs & (Self::BITS - 1)) }
        }

        #[inline]
        pub const fn wrapping_pow(self, exp: u32) -> Self { self.overflowing_pow(exp).0 }

        #[inline]
        pub const fn overflowing_add(self, rhs: Self) -> (Self, bool) {
            unsafe { intrinsics::add_with_overflow(self, rhs) }
        }

        #[inline]
        pub const fn overflowing_sub(self, rhs: Self) -> (Self, bool) {
            unsafe { intrinsics::sub_with_overflow(self, rhs) }
        }

        #[inline]
        pub const fn overflowing_mul(self, rhs: Self) -> (Self, bool) {
            unsafe { intrinsics::mul_with_overflow(self, rhs) }
        }

        #[inline]
        pub const fn overflowing_shl(self, rhs: u32) -> (Self, bool) {
            (self.wrapping_shl(rhs), rhs >= Self::BITS)
        }

        #[inline]
        pub const fn overflowing_shr(self, rhs: u32) -> (Self, bool) {
            (self.wrapping_shr(rhs), rhs >= Self::BITS)
        }

        pub const fn overflowing_pow(self, exp: u32) -> (Self, bool) {
            let mut base = self;
            let mut exp = exp;
            let mut result: $type = 1;
            let mut overflow = false;
            while exp > 0 {
                if exp & 1 == 1 {
                    let (value, over) = result.overflowing_mul(base);
                    result = value;
                    overflow |= over;
                }
                exp >>= 1;
                if exp > 0 {
                    let (value, over) = base.overflowing_mul(base);
                    base = value;
                    overflow |= over;
                }
            }
            (result, overflow)
        }

        #[track_caller]
        pub const fn pow(self, exp: u32) -> Self {
            let (value, overflow) = self.overflowing_pow(exp);
            if overflow {
                crate::panicking::mul_overflow();
            }
            value
        }

        /// # Safety
        /// The sum must fit.
        #[inline]
        pub const unsafe fn unchecked_add(self, rhs: Self) -> Self {
            match self.checked_add(rhs) {
                Some(value) => value,
                None => unsafe { intrinsics::unreachable() },
            }
        }

        /// # Safety
        /// The difference must fit.
        #[inline]
        pub const unsafe fn unchecked_sub(self, rhs: Self) -> Self {
            match self.checked_sub(rhs) {
                Some(value) => value,
                None => unsafe { intrinsics::unreachable() },
            }
        }

        /// # Safety
        /// The product must fit.
        #[inline]
        pub const unsafe fn unchecked_mul(self, rhs: Self) -> Self {
            match self.checked_mul(rhs) {
                Some(value) => value,
                None => unsafe { intrinsics::unreachable() },
            }
        }

        #[inline]
        pub const fn to_ne_bytes(self) -> [u8; $bytes] {
            unsafe { intrinsics::transmute::<$type, [u8; $bytes]>(self) }
        }

        #[inline]
        pub const fn to_le_bytes(self) -> [u8; $bytes] { self.to_ne_bytes() }

        #[inline]
        pub const fn to_be_bytes(self) -> [u8; $bytes] {
            self.swap_bytes().to_ne_bytes()
        }

        #[inline]
        pub const fn from_ne_bytes(bytes: [u8; $bytes]) -> Self {
            unsafe { intrinsics::transmute::<[u8; $bytes], $type>(bytes) }
        }

        #[inline]
        pub const fn from_le_bytes(bytes: [u8; $bytes]) -> Self {
            Self::from_ne_bytes(bytes)
        }

        #[inline]
        pub const fn from_be_bytes(bytes: [u8; $bytes]) -> Self {
            Self::from_ne_bytes(bytes).swap_bytes()
        }

        #[inline]
        pub const fn min_value() -> Self { Self::MIN }

        #[inline]
        pub const fn max_value() -> Self { Self::MAX }

        #[track_caller]
        pub const fn ilog2(self) -> u32 {
            match self.checked_ilog2() {
                Some(log) => log,
                None => panic!("argument of integer logarithm must be positive"),
            }
        }

        #[track_caller]
        pub const fn ilog10(self) -> u32 {
            match self.checked_ilog(10) {
                Some(log) => log,
                None => panic!("argument of integer logarithm must be positive"),
            }
        }

        #[track_caller]
        pub const fn ilog(self, base: Self) -> u32 {
            assert!(base >= 2, "base of integer logarithm must be at least 2");
            match self.checked_ilog(base) {
                Some(log) => log,
                None => panic!("argument of integer logarithm must be positive"),
            }
        }

        #[allow(unused_comparisons)]
        pub const fn checked_ilog2(self) -> Option<u32> {
            if self <= 0 { None } else { Some(Self::BITS - 1 - self.leading_zeros()) }
        }

        pub const fn checked_ilog10(self) -> Option<u32> { self.checked_ilog(10) }

        #[allow(unused_comparisons)]
        pub const fn checked_ilog(self, base: Self) -> Option<u32> {
            if self <= 0 || base < 2 {
                return None;
            }
            let mut n = 0;
            let mut rest = self;
            while rest >= base {
                rest /= base;
                n += 1;
            }
            Some(n)
        }

        #[allow(unused_comparisons)]
        pub const fn isqrt(self) -> Self {
            if self < 0 {
                panic!("argument of integer square root cannot be negative");
            }
            let mut rest = self;
            let mut result: $type = 0;
            let mut bit: $type = 1 << ((Self::BITS - 2) & !1);
            while bit > rest {
                bit >>= 2;
            }
            while bit != 0 {
                if rest >= result + bit {
                    rest -= result + bit;
                    result = (result >> 1) + bit;
                } else {
                    result >>= 1;
                }
                bit >>= 2;
            }
            result
        }
    };
}

macro_rules! signed {
    ($($type:ident $unsigned:ident $bytes:literal;)*) => {$(
        impl $type {
            pub const MIN: $type = !Self::MAX;
            pub const MAX: $type = (<$unsigned>::MAX >> 1) as $type;

            common!($type $unsigned $bytes);

            #[inline]
            #[track_caller]
            pub const fn abs(self) -> Self {
                if self < 0 { -self } else { self }
            }

            #[inline]
            pub const fn unsigned_abs(self) -> $unsigned { self.wrapping_abs() as $unsigned }

            #[inline]
            pub const fn abs_diff(self, other: Self) -> $unsigned {
                if self < other {
                    (other as $unsigned).wrapping_sub(self as $unsigned)
                } else {
                    (self as $unsigned).wrapping_sub(other as $unsigned)
                }
            }

            #[inline]
            pub const fn signum(self) -> Self { (self > 0) as $type - (self < 0) as $type }

            #[inline]
            pub const fn is_positive(self) -> bool { self > 0 }

            #[inline]
            pub const fn is_negative(self) -> bool { self < 0 }

            #[inline]
            pub const fn cast_unsigned(self) -> $unsigned { self as $unsigned }

            #[inline]
            pub const fn checked_abs(self) -> Option<Self> {
                if self == Self::MIN { None } else { Some(self.wrapping_abs()) }
            }

            #[inline]
            pub const fn wrapping_abs(self) -> Self {
                if self < 0 { self.wrapping_neg() } else { self }
            }

            #[inline]
            pub const fn overflowing_abs(self) -> (Self, bool) {
                (self.wrapping_abs(), self == Self::MIN)
            }

            #[inline]
            pub const fn saturating_abs(self) -> Self {
                if self == Self::MIN { Self::MAX } else { self.wrapping_abs() }
            }

            #[inline]
            pub const fn saturating_neg(self) -> Self {
                if self == Self::MIN { Self::MAX } else { -self }
            }

            #[inline]
            pub const fn saturating_mul(self, rhs: Self) -> Self {
                match self.checked_mul(rhs) {
                    Some(value) => value,
                    None if (self < 0) == (rhs < 0) => Self::MAX,
                    None => Self::MIN,
                }
            }

            pub const fn saturating_pow(self, exp: u32) -> Self {
                match self.checked_pow(exp) {
                    Some(value) => value,
                    None if self < 0 && exp % 2 == 1 => Self::MIN,
                    None => Self::MAX,
                }
            }

            #[inline]
            #[track_caller]
            pub const fn saturating_div(self, rhs: Self) -> Self {
                match self.overflowing_div(rhs) {
                    (result, false) => result,
                    (_, true) => Self::MAX,
                }
            }

            #[inline]
            pub const fn overflowing_neg(self) -> (Self, bool) {
                (self.wrapping_neg(), self == Self::MIN)
            }

            #[inline]
            #[track_caller]
            pub const fn overflowing_div(self, rhs: Self) -> (Self, bool) {
                if self == Self::MIN && rhs == -1 { (self, true) } else { (self / rhs, false) }
            }

            #[inline]
            #[track_caller]
            pub const fn overflowing_rem(self, rhs: Self) -> (Self, bool) {
                if rhs == -1 { (0, self == Self::MIN) } else { (self % rhs, false) }
            }

            #[inline]
            #[track_caller]
            pub const fn overflowing_div_euclid(self, rhs: Self) -> (Self, bool) {
                if self == Self::MIN && rhs == -1 {
                    (self, true)
                } else {
                    (self.div_euclid(rhs), false)
                }
            }

            #[inline]
            #[track_caller]
            pub const fn overflowing_rem_euclid(self, rhs: Self) -> (Self, bool) {
                if rhs == -1 { (0, self == Self::MIN) } else { (self.rem_euclid(rhs), false) }
            }

            #[inline]
            #[track_caller]
            pub const fn div_euclid(self, rhs: Self) -> Self {
                let q = self / rhs;
                if self % rhs < 0 {
                    return if rhs > 0 { q - 1 } else { q + 1 };
                }
                q
            }

            #[inline]
            #[track_caller]
            pub const fn rem_euclid(self, rhs: Self) -> Self {
                let r = self % rhs;
                if r < 0 { r.wrapping_add(rhs.wrapping_abs()) } else { r }
            }

            #[inline]
            pub const fn checked_add_unsigned(self, rhs: $unsigned) -> Option<Self> {
                let value = self.wrapping_add(rhs as $type);
                // Wrapped to below where it began, or by more than a signed number holds.
                if value < self || self.abs_diff(value) != rhs { None } else { Some(value) }
            }

            #[inline]
            pub const fn wrapping_add_unsigned(self, rhs: $unsigned) -> Self {
                self.wrapping_add(rhs as Self)
            }

            #[inline]
            pub const fn wrapping_sub_unsigned(self, rhs: $unsigned) -> Self {
                self.wrapping_sub(rhs as Self)
            }

            #[inline]
            pub const fn midpoint(self, rhs: Self) -> Self {
                let half = (self & rhs) + ((self ^ rhs) >> 1);
                if half < 0 && (self ^ rhs) & 1 == 1 { half + 1 } else { half }
            }
        }
    )*};
}

macro_rules! unsigned {
    ($($type:ident $signed:ident $bytes:literal;)*) => {$(
        impl $type {
            pub const MIN: $type = 0;
            pub const MAX: $type = !0;

            common!($type $type $bytes);

            #[inline]
            pub const fn abs_diff(self, other: Self) -> Self {
                if self < other { other - self } else { self - other }
            }

            #[inline]
            pub const fn cast_signed(self) -> $signed { self as $signed }

            #[inline]
            pub const fn saturating_mul(self, rhs: Self) -> Self {
                match self.checked_mul(rhs) {
                    Some(value) => value,
                    None => Self::MAX,
                }
            }

            pub const fn saturating_pow(self, exp: u32) -> Self {
                match self.checked_pow(exp) {
                    Some(value) => value,
                    None => Self::MAX,
                }
            }

            #[inline]
            #[track_caller]
            pub const fn saturating_div(self, rhs: Self) -> Self { self / rhs }

            #[inline]
            pub const fn overflowing_neg(self) -> (Self, bool) { (self.wrapping_neg(), self != 0) }

            #[inline]
            #[track_caller]
            pub const fn overflowing_div(self, rhs: Self) -> (Self, bool) { (self / rhs, false) }

            #[inline]
            #[track_caller]
            pub const fn overflowing_rem(self, rhs: Self) -> (Self, bool) { (self % rhs, false) }

            #[inline]
            #[track_caller]
            pub const fn overflowing_div_euclid(self, rhs: Self) -> (Self, bool) { (self / rhs, false) }

            #[inline]
            #[track_caller]
            pub const fn overflowing_rem_euclid(self, rhs: Self) -> (Self, bool) { (self % rhs, false) }

            #[inline]
            #[track_caller]
            pub const fn div_euclid(self, rhs: Self) -> Self { self / rhs }

            #[inline]
            #[track_caller]
            pub const fn rem_euclid(self, rhs: Self) -> Self { self % rhs }

            #[inline]
            #[track_caller]
            pub const fn div_ceil(self, rhs: Self) -> Self {
                let q = self / rhs;
                if self % rhs > 0 { q + 1 } else { q }
            }

            #[inline]
            #[track_caller]
            pub const fn next_multiple_of(self, rhs: Self) -> Self {
                match self % rhs {
                    0 => self,
                    r => self + (rhs - r),
                }
            }

            #[inline]
            pub const fn checked_next_multiple_of(self, rhs: Self) -> Option<Self> {
                if rhs == 0 {
                    return None;
                }
                match self % rhs {
                    0 => Some(self),
                    r => self.checked_add(rhs - r),
                }
            }

            #[inline]
            pub const fn is_multiple_of(self, rhs: Self) -> bool {
                match rhs {
                    0 => self == 0,
                    _ => self % rhs == 0,
                }
            }

            #[inline]
            pub const fn is_power_of_two(self) -> bool { self.count_ones() == 1 }

            #[track_caller]
            pub const fn next_power_of_two(self) -> Self {
                match self.checked_next_power_of_two() {
                    Some(power) => power,
                    None => crate::panicking::add_overflow(),
                }
            }

            pub const fn checked_next_power_of_two(self) -> Option<Self> {
                if self <= 1 {
                    return Some(1);
                }
                (Self::MAX >> (self - 1).leading_zeros()).checked_add(1)
            }

            #[inline]
            pub const fn checked_add_signed(self, rhs: $signed) -> Option<Self> {
                if rhs < 0 {
                    self.checked_sub(rhs.unsigned_abs())
                } else {
                    self.checked_add(rhs as $type)
                }
            }

            #[inline]
            pub const fn wrapping_add_signed(self, rhs: $signed) -> Self {
                self.wrapping_add(rhs as Self)
            }

            #[inline]
            pub const fn saturating_add_signed(self, rhs: $signed) -> Self {
                if rhs < 0 {
                    self.saturating_sub(rhs.unsigned_abs())
                } else {
                    self.saturating_add(rhs as $type)
                }
            }

            #[inline]
            pub const fn checked_signed_diff(self, rhs: Self) -> Option<$signed> {
                let value = self.wrapping_sub(rhs) as $signed;
                if (self >= rhs) == (value >= 0) { Some(value) } else { None }
            }

            #[inline]
            pub const fn midpoint(self, rhs: Self) -> Self { (self & rhs) + ((self ^ rhs) >> 1) }
        }
    )*};
}

signed! {
    i8 u8 1;
    i16 u16 2;
    i32 u32 4;
    i64 u64 8;
    i128 u128 16;
    isize usize 8;
}

unsigned! {
    u8 i8 1;
    u16 i16 2;
    u32 i32 4;
    u64 i64 8;
    u128 i128 16;
    usize isize 8;
}
