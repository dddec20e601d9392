//! `Iter` and `IterMut`.

use super::{from_raw_parts, from_raw_parts_mut};
use crate::fmt;
use crate::iter::FusedIterator;
use crate::marker::PhantomData;
use crate::ptr::NonNull;

/// The `len` items from `ptr` are still to come.
pub struct Iter<'a, T: 'a> {
    ptr: NonNull<T>,
    len: usize,
    _marker: PhantomData<&'a T>,
}

unsafe impl<T: Sync> Sync for Iter<'_, T> {}
unsafe impl<T: Sync> Send for Iter<'_, T> {}

impl<'a, T> Iter<'a, T> {
    #[inline]
    pub(super) fn new(slice: &'a [T]) -> Self {
        let ptr = unsafe { NonNull::new_unchecked(slice.as_ptr() as *mut T) };
        Iter { ptr, len: slice.len(), _marker: PhantomData }
    }

    #[inline]
    pub fn as_slice(&self) -> &'a [T] { unsafe { from_raw_parts(self.ptr.as_ptr(), self.len) } }
}

impl<T> Clone for Iter<'_, T> {
    #[inline]
    fn clone(&self) -> Self { Iter { ptr: self.ptr, len: self.len, _marker: PhantomData } }
}

impl<T> AsRef<[T]> for Iter<'_, T> {
    fn as_ref(&self) -> &[T] { self.as_slice() }
}

impl<T> Default for Iter<'_, T> {
    fn default() -> Self { (&[]).into_iter() }
}

impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.as_slice()).finish()
    }
}

/// The `len` items from `ptr` are still to come.
pub struct IterMut<'a, T: 'a> {
    ptr: NonNull<T>,
    len: usize,
    _marker: PhantomData<&'a mut T>,
}

unsafe impl<T: Sync> Sync for IterMut<'_, T> {}
unsafe impl<T: Send> Send for IterMut<'_, T> {}

impl<'a, T> IterMut<'a, T> {
    #[inline]
    pub(super) fn new(slice: &'a mut [T]) -> Self {
        let len = slice.len();
        let ptr = unsafe { NonNull::new_unchecked(slice.as_mut_ptr()) };
        IterMut { ptr, len, _marker: PhantomData }
    }

    pub fn into_slice(self) -> &'a mut [T] {
        unsafe { from_raw_parts_mut(self.ptr.as_ptr(), self.len) }
    }

    pub fn as_slice(&self) -> &[T] { unsafe { from_raw_parts(self.ptr.as_ptr(), self.len) } }
}

impl<T> Default for IterMut<'_, T> {
    fn default() -> Self { (&mut []).into_iter() }
}

impl<T: fmt::Debug> fmt::Debug for IterMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IterMut").field(&self.as_slice()).finish()
    }
}

macro_rules! iterator {
    ($name:ident $item:ty, $p:ident => $reference:expr) => {
        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                if self.len == 0 {
                    return None;
                }
                unsafe {
                    let $p = self.ptr.as_ptr();
                    self.ptr = NonNull::new_unchecked($p.add(1));
                    self.len -= 1;
                    Some($reference)
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) { (self.len, Some(self.len)) }

            #[inline]
            fn count(self) -> usize { self.len }

            #[inline]
            fn nth(&mut self, n: usize) -> Option<$item> {
                let skipped = if n < self.len { n } else { self.len };
                unsafe { self.ptr = NonNull::new_unchecked(self.ptr.as_ptr().add(skipped)) };
                self.len -= skipped;
                self.next()
            }

            #[inline]
            fn last(mut self) -> Option<$item> { self.next_back() }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                if self.len == 0 {
                    return None;
                }
                unsafe {
                    self.len -= 1;
                    let $p = self.ptr.as_ptr().add(self.len);
                    Some($reference)
                }
            }

            #[inline]
            fn nth_back(&mut self, n: usize) -> Option<$item> {
                self.len -= if n < self.len { n } else { self.len };
                self.next_back()
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    };
}

iterator!(Iter &'a T, p => &*p);
iterator!(IterMut &'a mut T, p => &mut *p);
