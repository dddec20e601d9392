//! `Clone`. The compiler implements it for tuples, closures, function items and pointers.

#[lang = "clone"]
pub trait Clone: Sized {
    fn clone(&self) -> Self;

    #[inline]
    fn clone_from(&mut self, source: &Self) { *self = source.clone() }
}

/// What the derive of `Clone` asks of each field of a type that is `Copy`.
pub struct AssertParamIsClone<T: Clone + ?Sized> {
    _field: crate::marker::PhantomData<T>,
}

/// What the derive of `Copy` asks of each field.
pub struct AssertParamIsCopy<T: Copy + ?Sized> {
    _field: crate::marker::PhantomData<T>,
}

macro_rules! clone_by_copy {
    ($($type:ty)*) => {$(
        impl Clone for $type {
            #[inline]
            fn clone(&self) -> Self { *self }
        }
    )*};
}

clone_by_copy! {
    i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char
}

impl Clone for ! {
    fn clone(&self) -> Self { *self }
}

impl<T: ?Sized> Clone for *const T {
    #[inline]
    fn clone(&self) -> Self { *self }
}

impl<T: ?Sized> Clone for *mut T {
    #[inline]
    fn clone(&self) -> Self { *self }
}

impl<T: ?Sized> Clone for &T {
    #[inline]
    fn clone(&self) -> Self { *self }
}
