//! `Drain` and `Splice`.

use super::Vec;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::mem;
use crate::ops::Range;
use crate::ptr::{self, NonNull};
use crate::slice;

/// While it lives the vector ends before the drained range; `tail_len` values from `tail_start`
/// come back behind what is left when it is dropped.
pub struct Drain<'a, T: 'a> {
    tail_start: usize,
    tail_len: usize,
    iter: slice::Iter<'a, T>,
    vec: NonNull<Vec<T>>,
}

unsafe impl<T: Sync> Sync for Drain<'_, T> {}
unsafe impl<T: Send> Send for Drain<'_, T> {}

impl<'a, T> Drain<'a, T> {
    pub(super) fn new(vec: &'a mut Vec<T>, range: Range<usize>) -> Self {
        let Range { start, end } = range;
        let tail_len = vec.len() - end;
        unsafe {
            vec.set_len(start);
            let drained = slice::from_raw_parts(vec.as_ptr().add(start), end - start);
            Drain { tail_start: end, tail_len, iter: drained.iter(), vec: NonNull::from(vec) }
        }
    }

    pub fn as_slice(&self) -> &[T] { self.iter.as_slice() }
}

impl<T> Iterator for Drain<'_, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self.iter.next() {
            Some(item) => Some(unsafe { ptr::read(item) }),
            None => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) { self.iter.size_hint() }
}

impl<T> DoubleEndedIterator for Drain<'_, T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        match self.iter.next_back() {
            Some(item) => Some(unsafe { ptr::read(item) }),
            None => None,
        }
    }
}

impl<T> ExactSizeIterator for Drain<'_, T> {}
impl<T> FusedIterator for Drain<'_, T> {}

impl<T: fmt::Debug> fmt::Debug for Drain<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Drain").field(&self.iter.as_slice()).finish()
    }
}

/// Brings the tail back, even if a destructor panics.
struct Tail<'r, 'a, T>(&'r mut Drain<'a, T>);

impl<'r, 'a, T> Drop for Tail<'r, 'a, T> {
    fn drop(&mut self) {
        if self.0.tail_len == 0 {
            return;
        }
        unsafe {
            let vec = self.0.vec.as_mut();
            let start = vec.len();
            if self.0.tail_start != start {
                let base = vec.as_mut_ptr();
                ptr::copy(base.add(self.0.tail_start), base.add(start), self.0.tail_len);
            }
            vec.set_len(start + self.0.tail_len);
        }
    }
}

impl<T> Drop for Drain<'_, T> {
    fn drop(&mut self) {
        let rest = mem::take(&mut self.iter);
        let rest = rest.as_slice() as *const [T] as *mut [T];
        let _tail = Tail(self);
        unsafe { ptr::drop_in_place(rest) }
    }
}

/// The drained range is replaced when it is dropped.
pub struct Splice<'a, I: Iterator + 'a> {
    drain: Drain<'a, I::Item>,
    replace_with: I,
}

impl<'a, I: Iterator + 'a> Splice<'a, I> {
    pub(super) fn new(drain: Drain<'a, I::Item>, replace_with: I) -> Self {
        Splice { drain, replace_with }
    }
}

impl<I: Iterator> Iterator for Splice<'_, I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> { self.drain.next() }

    fn size_hint(&self) -> (usize, Option<usize>) { self.drain.size_hint() }
}

impl<I: Iterator> DoubleEndedIterator for Splice<'_, I> {
    fn next_back(&mut self) -> Option<I::Item> { self.drain.next_back() }
}

impl<I: Iterator> ExactSizeIterator for Splice<'_, I> {}

impl<I: Iterator> Drop for Splice<'_, I> {
    fn drop(&mut self) {
        while let Some(item) = self.drain.next() {
            mem::drop(item);
        }
        let new: Vec<I::Item> = self.replace_with.by_ref().collect();
        unsafe {
            let vec = self.drain.vec.as_mut();
            let (start, added, tail) = (vec.len(), new.len(), self.drain.tail_len);
            // Room is asked for as if the tail were there, so that it moves along.
            vec.set_len(self.drain.tail_start + tail);
            vec.reserve(added);
            vec.set_len(start);
            let base = vec.as_mut_ptr();
            ptr::copy(base.add(self.drain.tail_start), base.add(start + added), tail);
            self.drain.tail_start = start + added;
            for item in new {
                vec.push(item);
            }
        }
    }
}
