//! `Unique`: a pointer that owns what it points to.

use crate::marker::{PhantomData, Unsize};
use crate::ops::{CoerceUnsized, DispatchFromDyn};
use crate::ptr::NonNull;

/// What a Box holds: never null, covariant, and Send and Sync if `T` is.
#[lang = "ptr_unique"]
#[repr(transparent)]
pub struct Unique<T: ?Sized> {
    pointer: NonNull<T>,
    _marker: PhantomData<T>,
}

unsafe impl<T: Send + ?Sized> Send for Unique<T> {}
unsafe impl<T: Sync + ?Sized> Sync for Unique<T> {}

impl<T> Unique<T> {
    #[inline]
    pub const fn dangling() -> Self { Unique { pointer: NonNull::dangling(), _marker: PhantomData } }
}

impl<T: ?Sized> Unique<T> {
    #[inline]
    pub const unsafe fn new_unchecked(ptr: *mut T) -> Self {
        unsafe { Unique { pointer: NonNull::new_unchecked(ptr), _marker: PhantomData } }
    }

    #[inline]
    pub const fn as_ptr(self) -> *mut T { self.pointer.as_ptr() }

    #[inline]
    pub const fn as_non_null_ptr(self) -> NonNull<T> { self.pointer }
}

impl<T: ?Sized> Copy for Unique<T> {}

impl<T: ?Sized> Clone for Unique<T> {
    #[inline]
    fn clone(&self) -> Self { *self }
}

impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Unique<U>> for Unique<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Unique<U>> for Unique<T> {}
