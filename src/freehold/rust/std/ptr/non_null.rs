//! `NonNull`.

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::marker::Unsize;
use crate::ops::{CoerceUnsized, DispatchFromDyn};
use crate::ptr;

/// Never null: the compiler keeps `None` of an `Option` in the null address.
#[lang = "NonNull"]
#[repr(transparent)]
#[rustc_layout_scalar_valid_range_start(1)]
pub struct NonNull<T: ?Sized> {
    pointer: *const T,
}

impl<T> NonNull<T> {
    #[inline]
    pub const fn dangling() -> Self { unsafe { NonNull::new_unchecked(ptr::dangling_mut()) } }

    /// # Safety
    /// The value must be valid, and nothing else may write to it.
    #[inline]
    pub const unsafe fn read(self) -> T { unsafe { ptr::read(self.pointer) } }

    /// # Safety
    /// It must be valid for writes.
    #[inline]
    pub const unsafe fn write(self, val: T) { unsafe { ptr::write(self.as_ptr(), val) } }

    /// # Safety
    /// It must be valid.
    #[inline]
    pub const unsafe fn replace(self, src: T) -> T { unsafe { ptr::replace(self.as_ptr(), src) } }

    /// # Safety
    /// Both must be valid.
    #[inline]
    pub const unsafe fn swap(self, with: NonNull<T>) {
        unsafe { ptr::swap(self.as_ptr(), with.as_ptr()) }
    }

    /// # Safety
    /// The result must stay in the object.
    #[inline]
    #[in_bounds]
    pub const unsafe fn add(self, count: usize) -> Self {
        unsafe { NonNull::new_unchecked(self.as_ptr().add(count)) }
    }

    /// # Safety
    /// The result must stay in the object.
    #[inline]
    #[in_bounds]
    pub const unsafe fn sub(self, count: usize) -> Self {
        unsafe { NonNull::new_unchecked(self.as_ptr().sub(count)) }
    }

    /// # Safety
    /// The result must stay in the object.
    #[inline]
    #[in_bounds]
    pub const unsafe fn offset(self, count: isize) -> Self {
        unsafe { NonNull::new_unchecked(self.as_ptr().offset(count)) }
    }

    /// # Safety
    /// Both must be in one object.
    #[inline]
    pub const unsafe fn offset_from(self, origin: NonNull<T>) -> isize {
        unsafe { self.pointer.offset_from(origin.pointer) }
    }

    /// # Safety
    /// Both must be valid for `count` values.
    #[inline]
    pub const unsafe fn copy_to(self, dest: NonNull<T>, count: usize) {
        unsafe { ptr::copy(self.pointer, dest.as_ptr(), count) }
    }

    /// # Safety
    /// Both must be valid for `count` values, and not overlap.
    #[inline]
    pub const unsafe fn copy_to_nonoverlapping(self, dest: NonNull<T>, count: usize) {
        unsafe { ptr::copy_nonoverlapping(self.pointer, dest.as_ptr(), count) }
    }

    #[inline]
    pub fn is_aligned(self) -> bool { self.pointer.is_aligned() }
}

impl<T: ?Sized> NonNull<T> {
    /// # Safety
    /// `ptr` must not be null.
    #[inline]
    pub const unsafe fn new_unchecked(ptr: *mut T) -> Self {
        unsafe { NonNull { pointer: ptr as *const T } }
    }

    #[inline]
    pub fn new(ptr: *mut T) -> Option<Self> {
        if ptr.is_null() {
            None
        } else {
            Some(unsafe { NonNull::new_unchecked(ptr) })
        }
    }

    #[inline]
    pub const fn from_ref(r: &T) -> Self { unsafe { NonNull { pointer: r as *const T } } }

    #[inline]
    pub const fn from_mut(r: &mut T) -> Self { unsafe { NonNull { pointer: r as *mut T } } }

    #[inline]
    pub const fn as_ptr(self) -> *mut T { self.pointer as *mut T }

    #[inline]
    pub fn addr(self) -> crate::num::NonZero<usize> {
        unsafe { crate::num::NonZero::new_unchecked(self.pointer.addr()) }
    }

    /// # Safety
    /// The value must be valid for all of `'a`.
    #[inline]
    pub const unsafe fn as_ref<'a>(&self) -> &'a T { unsafe { &*self.pointer } }

    /// # Safety
    /// The value must be valid for all of `'a`, and reached through nothing else.
    #[inline]
    pub const unsafe fn as_mut<'a>(&mut self) -> &'a mut T {
        unsafe { &mut *(self.pointer as *mut T) }
    }

    #[inline]
    pub const fn cast<U>(self) -> NonNull<U> { unsafe { NonNull { pointer: self.pointer as *const U } } }

    /// # Safety
    /// The value must be valid, and not be used again.
    #[inline]
    pub unsafe fn drop_in_place(self) { unsafe { ptr::drop_in_place(self.as_ptr()) } }
}

impl<T> NonNull<[T]> {
    #[inline]
    pub const fn slice_from_raw_parts(data: NonNull<T>, len: usize) -> Self {
        unsafe { NonNull::new_unchecked(ptr::slice_from_raw_parts_mut(data.as_ptr(), len)) }
    }

    #[inline]
    pub const fn len(self) -> usize { self.pointer.len() }

    #[inline]
    pub const fn is_empty(self) -> bool { self.len() == 0 }

    #[inline]
    pub const fn as_non_null_ptr(self) -> NonNull<T> { self.cast() }

    #[inline]
    pub const fn as_mut_ptr(self) -> *mut T { self.pointer as *mut T }
}

impl<T: ?Sized> Clone for NonNull<T> {
    #[inline]
    fn clone(&self) -> Self { *self }
}

impl<T: ?Sized> Copy for NonNull<T> {}

impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<NonNull<U>> for NonNull<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<NonNull<U>> for NonNull<T> {}

impl<T: ?Sized> fmt::Debug for NonNull<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Pointer::fmt(&self.as_ptr(), f) }
}

impl<T: ?Sized> fmt::Pointer for NonNull<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Pointer::fmt(&self.as_ptr(), f) }
}

impl<T: ?Sized> Eq for NonNull<T> {}

impl<T: ?Sized> PartialEq for NonNull<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool { self.as_ptr() == other.as_ptr() }
}

impl<T: ?Sized> Ord for NonNull<T> {
    fn cmp(&self, other: &Self) -> Ordering { self.as_ptr().cmp(&other.as_ptr()) }
}

impl<T: ?Sized> PartialOrd for NonNull<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> { Some(self.cmp(other)) }
}

impl<T: ?Sized> Hash for NonNull<T> {
    fn hash<H: Hasher>(&self, state: &mut H) { self.as_ptr().hash(state) }
}

impl<T: ?Sized> From<&mut T> for NonNull<T> {
    #[inline]
    fn from(r: &mut T) -> Self { NonNull::from_mut(r) }
}

impl<T: ?Sized> From<&T> for NonNull<T> {
    #[inline]
    fn from(r: &T) -> Self { NonNull::from_ref(r) }
}
