//! `MaybeUninit`.

use crate::fmt;
use crate::mem::ManuallyDrop;
use crate::ptr;
use crate::slice;

#[lang = "maybe_uninit"]
#[derive(Copy)]
#[repr(transparent)]
pub union MaybeUninit<T> {
    uninit: (),
    value: ManuallyDrop<T>,
}

impl<T: Copy> Clone for MaybeUninit<T> {
    #[inline]
    fn clone(&self) -> Self { *self }
}

impl<T> fmt::Debug for MaybeUninit<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MaybeUninit<")?;
        f.write_str(crate::any::type_name::<T>())?;
        f.write_str(">")
    }
}

impl<T> MaybeUninit<T> {
    #[inline]
    pub const fn new(val: T) -> MaybeUninit<T> { MaybeUninit { value: ManuallyDrop::wrap(val) } }

    #[inline]
    pub const fn uninit() -> MaybeUninit<T> { MaybeUninit { uninit: () } }

    #[inline]
    pub const fn zeroed() -> MaybeUninit<T> {
        let mut u = MaybeUninit::<T>::uninit();
        unsafe { u.as_mut_ptr().write_bytes(0u8, 1) };
        u
    }

    #[inline]
    pub const fn write(&mut self, val: T) -> &mut T {
        *self = MaybeUninit::new(val);
        unsafe { self.assume_init_mut() }
    }

    #[inline]
    pub const fn as_ptr(&self) -> *const T { self as *const _ as *const T }

    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut T { self as *mut _ as *mut T }

    /// # Safety
    /// It must be initialised; so for all that follow.
    #[inline]
    pub const unsafe fn assume_init(self) -> T { unsafe { ManuallyDrop::into_inner(self.value) } }

    /// # Safety
    /// See `assume_init`.
    #[inline]
    pub const unsafe fn assume_init_read(&self) -> T { unsafe { self.as_ptr().read() } }

    /// # Safety
    /// See `assume_init`.
    #[inline]
    pub unsafe fn assume_init_drop(&mut self) { unsafe { ptr::drop_in_place(self.as_mut_ptr()) } }

    /// # Safety
    /// See `assume_init`.
    #[inline]
    pub const unsafe fn assume_init_ref(&self) -> &T { unsafe { &*self.as_ptr() } }

    /// # Safety
    /// See `assume_init`.
    #[inline]
    pub const unsafe fn assume_init_mut(&mut self) -> &mut T { unsafe { &mut *self.as_mut_ptr() } }

    pub fn as_bytes(&self) -> &[MaybeUninit<u8>] {
        unsafe { slice::from_raw_parts(self.as_ptr().cast(), crate::mem::size_of::<T>()) }
    }
}

impl<T, const N: usize> MaybeUninit<[T; N]> {
    #[inline]
    pub fn transpose(self) -> [MaybeUninit<T>; N] {
        unsafe { crate::mem::transmute_copy(&ManuallyDrop::wrap(self)) }
    }
}
