//! `IntoIter`.

use super::raw::RawVec;
use super::Vec;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::marker::PhantomData;
use crate::mem::{self, ManuallyDrop};
use crate::ptr::{self, NonNull};
use crate::slice;

/// A block for `cap` values from `buf`; the `len` ones from `ptr` are still there.
pub struct IntoIter<T> {
    buf: NonNull<T>,
    cap: usize,
    ptr: *const T,
    len: usize,
    _marker: PhantomData<T>,
}

unsafe impl<T: Send> Send for IntoIter<T> {}
unsafe impl<T: Sync> Sync for IntoIter<T> {}

impl<T> IntoIter<T> {
    #[inline]
    pub(super) fn new(vec: Vec<T>) -> Self {
        let mut vec = ManuallyDrop::wrap(vec);
        let ptr = vec.as_mut_ptr();
        let buf = unsafe { NonNull::new_unchecked(ptr) };
        let cap = if mem::size_of::<T>() == 0 { 0 } else { vec.capacity() };
        IntoIter { buf, cap, ptr, len: vec.len(), _marker: PhantomData }
    }

    pub fn as_slice(&self) -> &[T] { unsafe { slice::from_raw_parts(self.ptr, self.len) } }

    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { slice::from_raw_parts_mut(self.ptr as *mut T, self.len) }
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        let old = self.ptr;
        self.len -= 1;
        unsafe {
            self.ptr = old.add(1);
            Some(ptr::read(old))
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) { (self.len, Some(self.len)) }

    #[inline]
    fn count(self) -> usize { self.len }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        unsafe { Some(ptr::read(self.ptr.add(self.len))) }
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}

impl<T> AsRef<[T]> for IntoIter<T> {
    fn as_ref(&self) -> &[T] { self.as_slice() }
}

impl<T> Default for IntoIter<T> {
    fn default() -> Self { Vec::new().into_iter() }
}

impl<T: Clone> Clone for IntoIter<T> {
    fn clone(&self) -> Self { self.as_slice().to_vec().into_iter() }
}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}

unsafe impl<#[may_dangle] T> Drop for IntoIter<T> {
    fn drop(&mut self) {
        unsafe {
            // The block goes back even if a destructor panics.
            let _block = RawVec::from_raw_parts(self.buf.as_ptr(), self.cap);
            ptr::drop_in_place(ptr::slice_from_raw_parts_mut(self.ptr as *mut T, self.len));
        }
    }
}
