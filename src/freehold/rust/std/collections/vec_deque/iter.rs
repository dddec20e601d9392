//! Iterators of `VecDeque`.

use super::VecDeque;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::marker::PhantomData;
use crate::slice;

macro_rules! by_reference {
    ($name:ident $inner:ty, $item:ty) => {
        /// The values in front of the seam, then those behind it.
        pub struct $name<'a, T: 'a> {
            front: $inner,
            back: $inner,
        }

        impl<'a, T> $name<'a, T> {
            pub(super) fn new(front: $inner, back: $inner) -> Self { $name { front, back } }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                match self.front.next() {
                    None => self.back.next(),
                    item => item,
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let len = self.front.len() + self.back.len();
                (len, Some(len))
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                match self.back.next_back() {
                    None => self.front.next_back(),
                    item => item,
                }
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    };
}

by_reference!(Iter slice::Iter<'a, T>, &'a T);
by_reference!(IterMut slice::IterMut<'a, T>, &'a mut T);

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self { Iter { front: self.front.clone(), back: self.back.clone() } }
}

impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.front.as_slice()).field(&self.back.as_slice()).finish()
    }
}

#[derive(Clone, Debug)]
pub struct IntoIter<T> {
    inner: VecDeque<T>,
}

impl<T> IntoIter<T> {
    pub(super) fn new(inner: VecDeque<T>) -> Self { IntoIter { inner } }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> { self.inner.pop_front() }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.inner.len();
        (len, Some(len))
    }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> { self.inner.pop_back() }
}

impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}

#[derive(Debug)]
pub struct Drain<'a, T: 'a> {
    inner: IntoIter<T>,
    deque: PhantomData<&'a mut VecDeque<T>>,
}

impl<T> Drain<'_, T> {
    pub(super) fn new(inner: IntoIter<T>) -> Self { Drain { inner, deque: PhantomData } }
}

impl<T> Iterator for Drain<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> { self.inner.next() }

    fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
}

impl<T> DoubleEndedIterator for Drain<'_, T> {
    fn next_back(&mut self) -> Option<T> { self.inner.next_back() }
}

impl<T> ExactSizeIterator for Drain<'_, T> {}
impl<T> FusedIterator for Drain<'_, T> {}
