//! `NonZero`.

use super::{ParseIntError, TryFromIntError};
use crate::fmt;
use crate::str::FromStr;

/// Integers that may be in a `NonZero`.
pub unsafe trait ZeroablePrimitive: Copy + Eq {
    #[doc(hidden)]
    const ZERO: Self;

    /// `Self` with a niche at 0.
    #[doc(hidden)]
    type Inner: Copy;

    #[doc(hidden)]
    unsafe fn wrap(self) -> Self::Inner;

    #[doc(hidden)]
    fn unwrap(inner: Self::Inner) -> Self;
}

#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct NonZero<T: ZeroablePrimitive>(T::Inner);

impl<T: ZeroablePrimitive> NonZero<T> {
    #[inline]
    pub fn new(n: T) -> Option<Self> {
        if n == T::ZERO {
            None
        } else {
            Some(unsafe { Self::new_unchecked(n) })
        }
    }

    /// # Safety
    /// `n` must not be 0.
    #[inline]
    pub unsafe fn new_unchecked(n: T) -> Self { unsafe { NonZero(n.wrap()) } }

    #[inline]
    pub fn get(self) -> T { T::unwrap(self.0) }
}

impl<T: ZeroablePrimitive> PartialEq for NonZero<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool { self.get() == other.get() }
}

impl<T: ZeroablePrimitive> Eq for NonZero<T> {}

impl<T: ZeroablePrimitive + Ord> PartialOrd for NonZero<T> {
    fn partial_cmp(&self, other: &Self) -> Option<crate::cmp::Ordering> { Some(self.cmp(other)) }
}

impl<T: ZeroablePrimitive + Ord> Ord for NonZero<T> {
    fn cmp(&self, other: &Self) -> crate::cmp::Ordering { self.get().cmp(&other.get()) }
}

impl<T: ZeroablePrimitive + crate::hash::Hash> crate::hash::Hash for NonZero<T> {
    fn hash<H: crate::hash::Hasher>(&self, state: &mut H) { self.get().hash(state) }
}

impl<T: ZeroablePrimitive + fmt::Debug> fmt::Debug for NonZero<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.get().fmt(f) }
}

impl<T: ZeroablePrimitive + fmt::Display> fmt::Display for NonZero<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.get().fmt(f) }
}

macro_rules! nonzero {
    ($($type:ident $inner:ident $alias:ident;)*) => {$(
        #[derive(Clone, Copy)]
        #[repr(transparent)]
        #[rustc_layout_scalar_valid_range_start(1)]
        pub struct $inner($type);

        unsafe impl ZeroablePrimitive for $type {
            const ZERO: $type = 0;

            type Inner = $inner;

            #[inline]
            unsafe fn wrap(self) -> $inner { unsafe { $inner(self) } }

            #[inline]
            fn unwrap(inner: $inner) -> $type { inner.0 }
        }

        pub type $alias = NonZero<$type>;

        impl NonZero<$type> {
            pub const BITS: u32 = $type::BITS;
            pub const MAX: Self = unsafe { NonZero($inner($type::MAX)) };

            pub fn leading_zeros(self) -> u32 { self.get().leading_zeros() }

            pub fn trailing_zeros(self) -> u32 { self.get().trailing_zeros() }

            pub fn checked_mul(self, other: Self) -> Option<Self> {
                Self::new(self.get().checked_mul(other.get())?)
            }
        }

        impl From<NonZero<$type>> for $type {
            fn from(nonzero: NonZero<$type>) -> $type { nonzero.get() }
        }

        impl TryFrom<$type> for NonZero<$type> {
            type Error = TryFromIntError;

            fn try_from(value: $type) -> Result<Self, TryFromIntError> {
                Self::new(value).ok_or(TryFromIntError(()))
            }
        }

        impl FromStr for NonZero<$type> {
            type Err = ParseIntError;

            fn from_str(src: &str) -> Result<Self, ParseIntError> {
                Self::new($type::from_str(src)?).ok_or(ParseIntError::ZERO)
            }
        }
    )*};
}

nonzero! {
    u8 NonZeroU8Inner NonZeroU8;
    u16 NonZeroU16Inner NonZeroU16;
    u32 NonZeroU32Inner NonZeroU32;
    u64 NonZeroU64Inner NonZeroU64;
    u128 NonZeroU128Inner NonZeroU128;
    usize NonZeroUsizeInner NonZeroUsize;
    i8 NonZeroI8Inner NonZeroI8;
    i16 NonZeroI16Inner NonZeroI16;
    i32 NonZeroI32Inner NonZeroI32;
    i64 NonZeroI64Inner NonZeroI64;
    i128 NonZeroI128Inner NonZeroI128;
    isize NonZeroIsizeInner NonZeroIsize;
}
