//! `Box`.

mod convert;

use crate::alloc::{allocate, deallocate, Layout};
use crate::borrow::{Borrow, BorrowMut};
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::FusedIterator;
use crate::marker::{Tuple, Unsize};
use crate::mem::{self, ManuallyDrop, MaybeUninit};
use crate::ops::{CoerceUnsized, Deref, DerefMut, DispatchFromDyn, Receiver};
use crate::pin::Pin;
use crate::ptr::{self, NonNull, Unique};

/// The compiler derefs it in place (moves out of `*b` included), and drops what it holds before
/// it calls `drop`.
#[lang = "owned_box"]
#[fundamental]
pub struct Box<T: ?Sized>(Unique<T>);

impl<T> Box<T> {
    #[inline]
    pub fn new(x: T) -> Self {
        unsafe {
            let block = allocate(Layout::new::<T>()) as *mut T;
            ptr::write(block, x);
            Box(Unique::new_unchecked(block))
        }
    }

    #[inline]
    pub fn new_uninit() -> Box<MaybeUninit<T>> {
        unsafe { Box::hold(allocate(Layout::new::<T>()) as *mut MaybeUninit<T>) }
    }

    #[inline]
    pub fn pin(x: T) -> Pin<Box<T>> { Box::into_pin(Box::new(x)) }

    pub fn into_inner(boxed: Self) -> T { *boxed }

    pub fn into_boxed_slice(boxed: Self) -> Box<[T]> {
        let raw = Box::release(boxed);
        unsafe { Box::hold(ptr::slice_from_raw_parts_mut(raw, 1)) }
    }
}

impl<T> Box<MaybeUninit<T>> {
    /// # Safety
    /// It must be initialised.
    #[inline]
    pub unsafe fn assume_init(self) -> Box<T> {
        unsafe { Box::hold(Box::release(self) as *mut T) }
    }

    #[inline]
    pub fn write(mut boxed: Self, value: T) -> Box<T> {
        (*boxed).write(value);
        unsafe { boxed.assume_init() }
    }
}

impl<T> Box<[T]> {
    pub fn new_uninit_slice(len: usize) -> Box<[MaybeUninit<T>]> {
        let mut v: crate::vec::Vec<MaybeUninit<T>> = crate::vec::Vec::with_capacity(len);
        unsafe { v.set_len(len) };
        v.into_boxed_slice()
    }
}

impl<T> Box<[MaybeUninit<T>]> {
    /// # Safety
    /// All must be initialised.
    pub unsafe fn assume_init(self) -> Box<[T]> {
        unsafe { Box::hold(Box::release(self) as *mut [T]) }
    }
}

#[lang_items]
impl<T: ?Sized> Box<T> {
    /// # Safety
    /// `raw` must come from `into_raw`, or be a block of the layout of its value.
    #[lang = "box_from_raw"]
    #[inline]
    pub unsafe fn from_raw(raw: *mut T) -> Self {
        mem::take_back(raw);
        unsafe { Box::hold(raw) }
    }

    /// For std itself, which knows where it comes from.
    #[inline]
    pub(crate) unsafe fn hold(raw: *mut T) -> Self { unsafe { Box(Unique::new_unchecked(raw)) } }

    /// # Safety
    /// See `from_raw`.
    #[inline]
    pub unsafe fn from_non_null(ptr: NonNull<T>) -> Self { unsafe { Box::from_raw(ptr.as_ptr()) } }

    #[lang = "box_into_raw"]
    #[inline]
    pub fn into_raw(b: Self) -> *mut T {
        let raw = Box::release(b);
        mem::give_up(raw);
        raw
    }

    /// For std itself, which knows where it goes.
    #[inline]
    pub(crate) fn release(b: Self) -> *mut T {
        let mut b = ManuallyDrop::wrap(b);
        &raw mut **b
    }

    #[inline]
    pub fn into_non_null(b: Self) -> NonNull<T> {
        unsafe { NonNull::new_unchecked(Box::into_raw(b)) }
    }

    #[inline]
    pub fn as_mut_ptr(b: &mut Self) -> *mut T { &raw mut **b }

    #[inline]
    pub fn as_ptr(b: &Self) -> *const T { &raw const **b }

    /// What goes in is leaked on purpose, and is reported as such.
    #[lang = "box_leak"]
    #[inline]
    pub fn leak<'a>(b: Self) -> &'a mut T
    where
        T: 'a,
    {
        unsafe { &mut *Box::into_raw(b) }
    }

    pub fn into_pin(boxed: Self) -> Pin<Self> { unsafe { Pin::new_unchecked(boxed) } }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Box<T> {
    #[inline]
    fn drop(&mut self) {
        let block = self.0.as_ptr();
        unsafe { deallocate(block as *mut u8, Layout::for_pointer(block)) }
    }
}

impl<T: ?Sized> Deref for Box<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T { &**self }
}

impl<T: ?Sized> DerefMut for Box<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T { &mut **self }
}

impl<T: ?Sized> Receiver for Box<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Box<U>> for Box<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Box<U>> for Box<T> {}
impl<T: ?Sized> Unpin for Box<T> {}

impl<T: Default> Default for Box<T> {
    fn default() -> Self { Box::new(T::default()) }
}

impl<T: Clone> Clone for Box<T> {
    #[inline]
    fn clone(&self) -> Self { Box::new((**self).clone()) }

    #[inline]
    fn clone_from(&mut self, source: &Self) { (**self).clone_from(&**source) }
}

impl<T: ?Sized + PartialEq> PartialEq for Box<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool { PartialEq::eq(&**self, &**other) }

    #[inline]
    fn ne(&self, other: &Self) -> bool { PartialEq::ne(&**self, &**other) }
}

impl<T: ?Sized + Eq> Eq for Box<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Box<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        PartialOrd::partial_cmp(&**self, &**other)
    }
}

impl<T: ?Sized + Ord> Ord for Box<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering { Ord::cmp(&**self, &**other) }
}

impl<T: ?Sized + Hash> Hash for Box<T> {
    fn hash<H: Hasher>(&self, state: &mut H) { (**self).hash(state); }
}

impl<T: ?Sized + Hasher> Hasher for Box<T> {
    fn finish(&self) -> u64 { (**self).finish() }

    fn write(&mut self, bytes: &[u8]) { (**self).write(bytes) }
}

impl<T: fmt::Display + ?Sized> fmt::Display for Box<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&**self, f) }
}

impl<T: fmt::Debug + ?Sized> fmt::Debug for Box<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&**self, f) }
}

impl<T: ?Sized> fmt::Pointer for Box<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer: *const T = &**self;
        fmt::Pointer::fmt(&pointer, f)
    }
}

impl<T: ?Sized> Borrow<T> for Box<T> {
    fn borrow(&self) -> &T { &**self }
}

impl<T: ?Sized> BorrowMut<T> for Box<T> {
    fn borrow_mut(&mut self) -> &mut T { &mut **self }
}

impl<T: ?Sized> AsRef<T> for Box<T> {
    fn as_ref(&self) -> &T { &**self }
}

impl<T: ?Sized> AsMut<T> for Box<T> {
    fn as_mut(&mut self) -> &mut T { &mut **self }
}

impl<I: Iterator + ?Sized> Iterator for Box<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> { (**self).next() }

    fn size_hint(&self) -> (usize, Option<usize>) { (**self).size_hint() }

    fn nth(&mut self, n: usize) -> Option<I::Item> { (**self).nth(n) }
}

impl<I: DoubleEndedIterator + ?Sized> DoubleEndedIterator for Box<I> {
    fn next_back(&mut self) -> Option<I::Item> { (**self).next_back() }
}

impl<I: ExactSizeIterator + ?Sized> ExactSizeIterator for Box<I> {
    fn len(&self) -> usize { (**self).len() }
}

impl<I: FusedIterator + ?Sized> FusedIterator for Box<I> {}

// `*self` may be unsized here: a by-value `self` of a `dyn FnOnce` is passed by its address.
impl<Args: Tuple, F: FnOnce<Args> + ?Sized> FnOnce<Args> for Box<F> {
    type Output = <F as FnOnce<Args>>::Output;

    extern "rust-call" fn call_once(self, args: Args) -> Self::Output {
        <F as FnOnce<Args>>::call_once(*self, args)
    }
}

impl<Args: Tuple, F: FnMut<Args> + ?Sized> FnMut<Args> for Box<F> {
    extern "rust-call" fn call_mut(&mut self, args: Args) -> Self::Output {
        <F as FnMut<Args>>::call_mut(self, args)
    }
}

impl<Args: Tuple, F: Fn<Args> + ?Sized> Fn<Args> for Box<F> {
    extern "rust-call" fn call(&self, args: Args) -> Self::Output {
        <F as Fn<Args>>::call(self, args)
    }
}
