//! `ManuallyDrop`.

use crate::mem;
use crate::ops::{Deref, DerefMut};
use crate::ptr;

/// The compiler never drops `value`.
#[lang = "manually_drop"]
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct ManuallyDrop<T: ?Sized> {
    value: T,
}

impl<T> ManuallyDrop<T> {
    /// What goes in is given up, until it is taken out: a leak of it says so.
    #[inline]
    pub const fn new(value: T) -> ManuallyDrop<T> {
        let made = ManuallyDrop { value };
        mem::give_up_in(&made.value);
        made
    }

    /// The same for std itself, which knows what becomes of the value.
    #[inline]
    pub(crate) const fn wrap(value: T) -> ManuallyDrop<T> { ManuallyDrop { value } }

    #[inline]
    pub const fn into_inner(slot: ManuallyDrop<T>) -> T {
        mem::take_back_in(&slot.value);
        slot.value
    }

    /// # Safety
    /// The value must not be used again.
    #[inline]
    pub unsafe fn take(slot: &mut ManuallyDrop<T>) -> T {
        mem::take_back_in(&slot.value);
        unsafe { ptr::read(&slot.value) }
    }
}

impl<T: ?Sized> ManuallyDrop<T> {
    /// # Safety
    /// The value must not be used again.
    #[inline]
    pub unsafe fn drop(slot: &mut ManuallyDrop<T>) {
        unsafe { ptr::drop_in_place(&mut slot.value) }
    }
}

impl<T: ?Sized> Deref for ManuallyDrop<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T { &self.value }
}

impl<T: ?Sized> DerefMut for ManuallyDrop<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T { &mut self.value }
}
