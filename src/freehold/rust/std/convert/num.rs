//! Conversions among numbers, bool and char.

use crate::num::TryFromIntError;

macro_rules! lossless {
    ($($from:ident => $($to:ident)*;)*) => {$($(
        impl From<$from> for $to {
            #[inline]
            fn from(value: $from) -> $to { value as $to }
        }
    )*)*};
}

lossless! {
    bool => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize f32 f64 char;
    u16 => u32 u64 u128 usize i32 i64 i128 f32 f64;
    u32 => u64 u128 i64 i128 f64;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize f32 f64;
    i16 => i32 i64 i128 isize f32 f64;
    i32 => i64 i128 f64;
    i64 => i128;
    f32 => f64;
    char => u32 u64 u128;
}

/// Out and back must give the same number, of the same sign.
macro_rules! checked {
    ($($from:ident => $($to:ident)*;)*) => {$($(
        impl TryFrom<$from> for $to {
            type Error = TryFromIntError;

            #[inline]
            fn try_from(value: $from) -> Result<$to, TryFromIntError> {
                let result = value as $to;
                #[allow(unused_comparisons)]
                if result as $from == value && (result < 0) == (value < 0) {
                    Ok(result)
                } else {
                    Err(TryFromIntError(()))
                }
            }
        }
    )*)*};
}

checked! {
    u8 => i8;
    u16 => u8 i8 i16 isize;
    u32 => u8 u16 usize i8 i16 i32 isize;
    u64 => u8 u16 u32 usize i8 i16 i32 i64 isize;
    u128 => u8 u16 u32 u64 usize i8 i16 i32 i64 i128 isize;
    usize => u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 isize;
    i8 => u8 u16 u32 u64 u128 usize;
    i16 => u8 u16 u32 u64 u128 usize i8;
    i32 => u8 u16 u32 u64 u128 usize i8 i16 isize;
    i64 => u8 u16 u32 u64 u128 usize i8 i16 i32 isize;
    i128 => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 isize;
    isize => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128;
}

/// The numbers that `to_int_unchecked` gives.
pub trait FloatToInt<Int> {
    #[doc(hidden)]
    fn cut(self) -> Int;
}

macro_rules! cut {
    ($($from:ident => $($to:ident)*;)*) => {$($(
        impl FloatToInt<$to> for $from {
            #[inline]
            fn cut(self) -> $to { self as $to }
        }
    )*)*};
}

cut! {
    f32 => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    f64 => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
}

macro_rules! truth {
    ($($to:ident)*) => {$(
        impl From<bool> for $to {
            #[inline]
            fn from(value: bool) -> $to { value as u8 as $to }
        }
    )*};
}

truth!(f32 f64);
