//! Integers as seen by generic code: parsing and printing.

/// An integer that can be read digit by digit.
pub(crate) trait Digits: Copy {
    const ZERO: Self;
    const SIGNED: bool;

    /// `self * radix + digit`, or `- digit`; `None` if that does not fit.
    fn append(self, radix: u32, digit: u32, negative: bool) -> Option<Self>;
}

macro_rules! digits {
    ($($signed:literal: $($type:ident)*;)*) => {$($(
        impl Digits for $type {
            const ZERO: Self = 0;
            const SIGNED: bool = $signed;

            #[inline]
            fn append(self, radix: u32, digit: u32, negative: bool) -> Option<Self> {
                let shifted = self.checked_mul(radix as $type)?;
                if negative {
                    shifted.checked_sub(digit as $type)
                } else {
                    shifted.checked_add(digit as $type)
                }
            }
        }
    )*)*};
}

digits! {
    true: i8 i16 i32 i64 i128 isize;
    false: u8 u16 u32 u64 u128 usize;
}
