//! `Wrapping` and `Saturating`.

use crate::fmt;
use crate::ops::{
    Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Div, DivAssign,
    Mul, MulAssign, Neg, Not, Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign,
};

#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
pub struct Wrapping<T>(pub T);

#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
pub struct Saturating<T>(pub T);

macro_rules! show {
    ($name:ident: $($trait:ident)*) => {$(
        impl<T: fmt::$trait> fmt::$trait for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
    )*};
}

show!(Wrapping: Debug Display Binary Octal LowerHex UpperHex);
show!(Saturating: Debug Display Binary Octal LowerHex UpperHex);

macro_rules! operator {
    ($name:ident $type:ident $trait:ident $method:ident $assign:ident $assign_method:ident $a:ident $b:ident => $value:expr) => {
        impl $trait for $name<$type> {
            type Output = $name<$type>;

            #[inline]
            fn $method(self, other: $name<$type>) -> $name<$type> {
                let ($a, $b) = (self.0, other.0);
                $name($value)
            }
        }

        impl $assign for $name<$type> {
            #[inline]
            fn $assign_method(&mut self, other: $name<$type>) { *self = $trait::$method(*self, other); }
        }

        impl $assign<$type> for $name<$type> {
            #[inline]
            fn $assign_method(&mut self, other: $type) {
                *self = $trait::$method(*self, $name(other));
            }
        }
    };
}

macro_rules! wrapping {
    ($($type:ident)*) => {$(
        operator!(Wrapping $type Add add AddAssign add_assign a b => a.wrapping_add(b));
        operator!(Wrapping $type Sub sub SubAssign sub_assign a b => a.wrapping_sub(b));
        operator!(Wrapping $type Mul mul MulAssign mul_assign a b => a.wrapping_mul(b));
        operator!(Wrapping $type Div div DivAssign div_assign a b => a.wrapping_div(b));
        operator!(Wrapping $type Rem rem RemAssign rem_assign a b => a.wrapping_rem(b));
        operator!(Wrapping $type BitAnd bitand BitAndAssign bitand_assign a b => a & b);
        operator!(Wrapping $type BitOr bitor BitOrAssign bitor_assign a b => a | b);
        operator!(Wrapping $type BitXor bitxor BitXorAssign bitxor_assign a b => a ^ b);
        operator!(Saturating $type Add add AddAssign add_assign a b => a.saturating_add(b));
        operator!(Saturating $type Sub sub SubAssign sub_assign a b => a.saturating_sub(b));
        operator!(Saturating $type Mul mul MulAssign mul_assign a b => a.saturating_mul(b));
        operator!(Saturating $type Div div DivAssign div_assign a b => a.saturating_div(b));

        impl Shl<usize> for Wrapping<$type> {
            type Output = Wrapping<$type>;

            #[inline]
            fn shl(self, other: usize) -> Wrapping<$type> { Wrapping(self.0.wrapping_shl(other as u32)) }
        }

        impl ShlAssign<usize> for Wrapping<$type> {
            #[inline]
            fn shl_assign(&mut self, other: usize) { *self = *self << other; }
        }

        impl Shr<usize> for Wrapping<$type> {
            type Output = Wrapping<$type>;

            #[inline]
            fn shr(self, other: usize) -> Wrapping<$type> { Wrapping(self.0.wrapping_shr(other as u32)) }
        }

        impl ShrAssign<usize> for Wrapping<$type> {
            #[inline]
            fn shr_assign(&mut self, other: usize) { *self = *self >> other; }
        }

        impl Neg for Wrapping<$type> {
            type Output = Wrapping<$type>;

            #[inline]
            fn neg(self) -> Wrapping<$type> { Wrapping(self.0.wrapping_neg()) }
        }

        impl Not for Wrapping<$type> {
            type Output = Wrapping<$type>;

            #[inline]
            fn not(self) -> Wrapping<$type> { Wrapping(!self.0) }
        }

        impl Wrapping<$type> {
            pub const MIN: Self = Self($type::MIN);
            pub const MAX: Self = Self($type::MAX);

            pub fn pow(self, exp: u32) -> Self { Wrapping(self.0.wrapping_pow(exp)) }
        }

        impl Saturating<$type> {
            pub const MIN: Self = Self($type::MIN);
            pub const MAX: Self = Self($type::MAX);
        }
    )*};
}

wrapping!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
