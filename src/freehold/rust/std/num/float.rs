//! Methods of floats.

use super::FpCategory;
use crate::cmp::Ordering;
use crate::intrinsics;

macro_rules! float {
    ($type:ident $bits:ident $signed:ident $bytes:literal $mantissa_digits:literal $digits:literal $max_exp:literal $min_exp:literal
     $max_10:literal $min_10:literal $epsilon:expr, $min_positive:expr, $max:expr;
     $sqrt:ident $cbrt:ident $floor:ident $ceil:ident $trunc:ident $round:ident $rint:ident $fma:ident
     $pow:ident $exp:ident $exp2:ident $expm1:ident $log:ident $log2:ident $log10:ident $log1p:ident
     $hypot:ident $sin:ident $cos:ident $tan:ident $asin:ident $acos:ident $atan:ident $atan2:ident
     $sinh:ident $cosh:ident $tanh:ident $asinh:ident $acosh:ident $atanh:ident) => {
        impl $type {
            pub const RADIX: u32 = 2;
            pub const MANTISSA_DIGITS: u32 = $mantissa_digits;
            pub const DIGITS: u32 = $digits;
            pub const EPSILON: $type = $epsilon;
            pub const MIN: $type = -$max;
            pub const MIN_POSITIVE: $type = $min_positive;
            pub const MAX: $type = $max;
            pub const MIN_EXP: i32 = $min_exp;
            pub const MAX_EXP: i32 = $max_exp;
            pub const MIN_10_EXP: i32 = $min_10;
            pub const MAX_10_EXP: i32 = $max_10;
            pub const NAN: $type = 0.0 / 0.0;
            pub const INFINITY: $type = 1.0 / 0.0;
            pub const NEG_INFINITY: $type = -1.0 / 0.0;

            const SIGN: $bits = 1 << ($bits::BITS - 1);
            const INFINITE: $bits = (!0 >> $mantissa_digits) << ($mantissa_digits - 1);

            #[inline]
            pub const fn to_bits(self) -> $bits { unsafe { intrinsics::transmute::<$type, $bits>(self) } }

            #[inline]
            pub const fn from_bits(v: $bits) -> Self { unsafe { intrinsics::transmute::<$bits, $type>(v) } }

            #[inline]
            pub const fn is_nan(self) -> bool { self != self }

            #[inline]
            pub const fn is_infinite(self) -> bool {
                self == Self::INFINITY || self == Self::NEG_INFINITY
            }

            #[inline]
            pub const fn is_finite(self) -> bool { self.abs() < Self::INFINITY }

            pub const fn is_subnormal(self) -> bool { matches!(self.classify(), FpCategory::Subnormal) }

            pub const fn is_normal(self) -> bool { matches!(self.classify(), FpCategory::Normal) }

            pub const fn classify(self) -> FpCategory {
                let bits = self.to_bits() & !Self::SIGN;
                if bits == 0 {
                    FpCategory::Zero
                } else if bits > Self::INFINITE {
                    FpCategory::Nan
                } else if bits == Self::INFINITE {
                    FpCategory::Infinite
                } else if bits >> ($mantissa_digits - 1) == 0 {
                    FpCategory::Subnormal
                } else {
                    FpCategory::Normal
                }
            }

            #[inline]
            pub const fn is_sign_positive(self) -> bool { !self.is_sign_negative() }

            #[inline]
            pub const fn is_sign_negative(self) -> bool { self.to_bits() & Self::SIGN != 0 }

            #[inline]
            pub const fn abs(self) -> Self { Self::from_bits(self.to_bits() & !Self::SIGN) }

            #[inline]
            pub const fn signum(self) -> Self {
                if self.is_nan() { Self::NAN } else { (1.0 as $type).copysign(self) }
            }

            #[inline]
            pub const fn copysign(self, sign: Self) -> Self {
                Self::from_bits(self.to_bits() & !Self::SIGN | sign.to_bits() & Self::SIGN)
            }

            #[inline]
            pub fn floor(self) -> Self { unsafe { intrinsics::$floor(self) } }

            #[inline]
            pub fn ceil(self) -> Self { unsafe { intrinsics::$ceil(self) } }

            #[inline]
            pub fn round(self) -> Self { unsafe { intrinsics::$round(self) } }

            #[inline]
            pub fn round_ties_even(self) -> Self { unsafe { intrinsics::$rint(self) } }

            #[inline]
            /// # Safety
            /// The value, cut to an integer, must fit the type.
            pub unsafe fn to_int_unchecked<Int>(self) -> Int
            where
                Self: crate::convert::FloatToInt<Int>,
            {
                <Self as crate::convert::FloatToInt<Int>>::cut(self)
            }

            pub fn trunc(self) -> Self { unsafe { intrinsics::$trunc(self) } }

            #[inline]
            pub fn fract(self) -> Self { self - self.trunc() }

            #[inline]
            pub fn mul_add(self, a: Self, b: Self) -> Self { unsafe { intrinsics::$fma(self, a, b) } }

            #[inline]
            pub fn sqrt(self) -> Self { unsafe { intrinsics::$sqrt(self) } }

            #[inline]
            pub fn cbrt(self) -> Self { unsafe { intrinsics::$cbrt(self) } }

            #[inline]
            pub fn powf(self, n: Self) -> Self { unsafe { intrinsics::$pow(self, n) } }

            /// By squaring, as compilers expand it.
            pub fn powi(self, n: i32) -> Self {
                let mut left = n.unsigned_abs();
                let mut base = self;
                let mut result: $type = 1.0;
                loop {
                    if left & 1 == 1 {
                        result *= base;
                    }
                    left >>= 1;
                    if left == 0 {
                        break;
                    }
                    base *= base;
                }
                if n < 0 { 1.0 / result } else { result }
            }

            #[inline]
            pub fn exp(self) -> Self { unsafe { intrinsics::$exp(self) } }

            #[inline]
            pub fn exp2(self) -> Self { unsafe { intrinsics::$exp2(self) } }

            #[inline]
            pub fn exp_m1(self) -> Self { unsafe { intrinsics::$expm1(self) } }

            #[inline]
            pub fn ln(self) -> Self { unsafe { intrinsics::$log(self) } }

            #[inline]
            pub fn log(self, base: Self) -> Self { self.ln() / base.ln() }

            #[inline]
            pub fn log2(self) -> Self { unsafe { intrinsics::$log2(self) } }

            #[inline]
            pub fn log10(self) -> Self { unsafe { intrinsics::$log10(self) } }

            #[inline]
            pub fn ln_1p(self) -> Self { unsafe { intrinsics::$log1p(self) } }

            #[inline]
            pub fn hypot(self, other: Self) -> Self { unsafe { intrinsics::$hypot(self, other) } }

            #[inline]
            pub fn sin(self) -> Self { unsafe { intrinsics::$sin(self) } }

            #[inline]
            pub fn cos(self) -> Self { unsafe { intrinsics::$cos(self) } }

            #[inline]
            pub fn sin_cos(self) -> (Self, Self) { (self.sin(), self.cos()) }

            #[inline]
            pub fn tan(self) -> Self { unsafe { intrinsics::$tan(self) } }

            #[inline]
            pub fn asin(self) -> Self { unsafe { intrinsics::$asin(self) } }

            #[inline]
            pub fn acos(self) -> Self { unsafe { intrinsics::$acos(self) } }

            #[inline]
            pub fn atan(self) -> Self { unsafe { intrinsics::$atan(self) } }

            #[inline]
            pub fn atan2(self, other: Self) -> Self { unsafe { intrinsics::$atan2(self, other) } }

            #[inline]
            pub fn sinh(self) -> Self { unsafe { intrinsics::$sinh(self) } }

            #[inline]
            pub fn cosh(self) -> Self { unsafe { intrinsics::$cosh(self) } }

            #[inline]
            pub fn tanh(self) -> Self { unsafe { intrinsics::$tanh(self) } }

            #[inline]
            pub fn asinh(self) -> Self { unsafe { intrinsics::$asinh(self) } }

            #[inline]
            pub fn acosh(self) -> Self { unsafe { intrinsics::$acosh(self) } }

            #[inline]
            pub fn atanh(self) -> Self { unsafe { intrinsics::$atanh(self) } }

            #[inline]
            pub const fn recip(self) -> Self { 1.0 / self }

            #[inline]
            pub const fn to_degrees(self) -> Self {
                // The nearest to 180 / pi.
                const FACTOR: $type = 57.2957795130823208767981548141051703;
                self * FACTOR
            }

            #[inline]
            pub const fn to_radians(self) -> Self {
                const FACTOR: $type = 0.017453292519943295769236907684886127;
                self * FACTOR
            }

            #[inline]
            pub const fn max(self, other: Self) -> Self {
                if self > other || other.is_nan() { self } else { other }
            }

            #[inline]
            pub const fn min(self, other: Self) -> Self {
                if self < other || other.is_nan() { self } else { other }
            }

            #[track_caller]
            pub fn clamp(self, min: Self, max: Self) -> Self {
                if !(min <= max) {
                    panic!("min > max, or either was NaN. min = {min:?}, max = {max:?}");
                }
                if self < min {
                    min
                } else if self > max {
                    max
                } else {
                    self
                }
            }

            pub const fn midpoint(self, other: Self) -> Self { self / 2.0 + other / 2.0 }

            pub fn div_euclid(self, rhs: Self) -> Self {
                let q = (self / rhs).trunc();
                if self % rhs < 0.0 {
                    return if rhs > 0.0 { q - 1.0 } else { q + 1.0 };
                }
                q
            }

            pub fn rem_euclid(self, rhs: Self) -> Self {
                let r = self % rhs;
                if r < 0.0 { r + rhs.abs() } else { r }
            }

            pub fn abs_sub(self, other: Self) -> Self {
                if self <= other { 0.0 } else { self - other }
            }

            pub fn total_cmp(&self, other: &Self) -> Ordering {
                let key = |x: &Self| {
                    let bits = x.to_bits() as $signed;
                    bits ^ ((bits >> ($bits::BITS - 1)) as $bits >> 1) as $signed
                };
                key(self).cmp(&key(other))
            }

            pub const fn next_up(self) -> Self {
                let bits = self.to_bits();
                if self.is_nan() || bits == Self::INFINITE {
                    return self;
                }
                let size = bits & !Self::SIGN;
                if size == 0 {
                    Self::from_bits(1)
                } else if bits == size {
                    Self::from_bits(bits + 1)
                } else {
                    Self::from_bits(bits - 1)
                }
            }

            pub const fn next_down(self) -> Self { -(-self).next_up() }

            pub const fn to_ne_bytes(self) -> [u8; $bytes] {
                self.to_bits().to_ne_bytes()
            }

            pub const fn to_le_bytes(self) -> [u8; $bytes] {
                self.to_bits().to_le_bytes()
            }

            pub const fn to_be_bytes(self) -> [u8; $bytes] {
                self.to_bits().to_be_bytes()
            }

            pub const fn from_ne_bytes(bytes: [u8; $bytes]) -> Self {
                Self::from_bits($bits::from_ne_bytes(bytes))
            }

            pub const fn from_le_bytes(bytes: [u8; $bytes]) -> Self {
                Self::from_bits($bits::from_le_bytes(bytes))
            }

            pub const fn from_be_bytes(bytes: [u8; $bytes]) -> Self {
                Self::from_bits($bits::from_be_bytes(bytes))
            }
        }
    };
}

float! {
    f64 u64 i64 8 53 15 1024 -1021 308 -307
    2.2204460492503131e-16, 2.2250738585072014e-308, 1.7976931348623157e308;
    sqrt cbrt floor ceil trunc round rint fma pow exp exp2 expm1 log log2 log10 log1p
    hypot sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh
}

float! {
    f32 u32 i32 4 24 6 128 -125 38 -37
    1.1920929e-7, 1.17549435e-38, 3.40282347e38;
    sqrtf cbrtf floorf ceilf truncf roundf rintf fmaf powf expf exp2f expm1f logf log2f log10f log1pf
    hypotf sinf cosf tanf asinf acosf atanf atan2f sinhf coshf tanhf asinhf acoshf atanhf
}
