//! `flatten` and `flat_map`.

use super::{DoubleEndedIterator, Fuse, FusedIterator, IntoIterator, Iterator, Map};
use crate::fmt;

/// Iterators from an iterator, one after the other; `front` and `back` are begun.
#[derive(Clone, Debug)]
struct Nested<I, U> {
    iter: Fuse<I>,
    front: Option<U>,
    back: Option<U>,
}

impl<I: Iterator, U> Nested<I, U> {
    fn new(iter: I) -> Self { Nested { iter: iter.fuse(), front: None, back: None } }
}

impl<I: Iterator, U: Iterator> Nested<I, U>
where
    I::Item: IntoIterator<IntoIter = U, Item = U::Item>,
{
    #[inline]
    fn next(&mut self) -> Option<U::Item> {
        loop {
            if let Some(inner) = &mut self.front {
                match inner.next() {
                    None => self.front = None,
                    item => return item,
                }
            }
            match self.iter.next() {
                Some(inner) => self.front = Some(inner.into_iter()),
                None => break,
            }
        }
        let item = self.back.as_mut()?.next();
        if item.is_none() {
            self.back = None;
        }
        item
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (front, front_upper) = self.front.as_ref().map_or((0, Some(0)), U::size_hint);
        let (back, back_upper) = self.back.as_ref().map_or((0, Some(0)), U::size_hint);
        let upper = match (self.iter.size_hint(), front_upper, back_upper) {
            ((0, Some(0)), Some(a), Some(b)) => a.checked_add(b),
            _ => None,
        };
        (front.saturating_add(back), upper)
    }
}

impl<I: DoubleEndedIterator, U: DoubleEndedIterator> Nested<I, U>
where
    I::Item: IntoIterator<IntoIter = U, Item = U::Item>,
{
    fn next_back(&mut self) -> Option<U::Item> {
        loop {
            if let Some(inner) = &mut self.back {
                match inner.next_back() {
                    None => self.back = None,
                    item => return item,
                }
            }
            match self.iter.next_back() {
                Some(inner) => self.back = Some(inner.into_iter()),
                None => break,
            }
        }
        let item = self.front.as_mut()?.next_back();
        if item.is_none() {
            self.front = None;
        }
        item
    }
}

#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Flatten<I: Iterator>
where
    I::Item: IntoIterator,
{
    inner: Nested<I, <I::Item as IntoIterator>::IntoIter>,
}

impl<I: Iterator> Flatten<I>
where
    I::Item: IntoIterator,
{
    pub(super) fn new(iter: I) -> Flatten<I> { Flatten { inner: Nested::new(iter) } }
}

impl<I: Iterator> Iterator for Flatten<I>
where
    I::Item: IntoIterator,
{
    type Item = <I::Item as IntoIterator>::Item;

    #[inline]
    fn next(&mut self) -> Option<<I::Item as IntoIterator>::Item> { self.inner.next() }

    fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Flatten<I>
where
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::IntoIter: DoubleEndedIterator,
{
    fn next_back(&mut self) -> Option<<I::Item as IntoIterator>::Item> { self.inner.next_back() }
}

impl<I: Iterator> FusedIterator for Flatten<I> where I::Item: IntoIterator {}

impl<I: Iterator + Clone> Clone for Flatten<I>
where
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::IntoIter: Clone,
{
    fn clone(&self) -> Self { Flatten { inner: self.inner.clone() } }
}

impl<I: Iterator + fmt::Debug> fmt::Debug for Flatten<I>
where
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::IntoIter: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flatten").field("inner", &self.inner).finish()
    }
}

#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct FlatMap<I, U: IntoIterator, F> {
    inner: Nested<Map<I, F>, U::IntoIter>,
}

impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> FlatMap<I, U, F> {
    pub(super) fn new(iter: I, f: F) -> FlatMap<I, U, F> {
        FlatMap { inner: Nested::new(Map::new(iter, f)) }
    }
}

impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> Iterator for FlatMap<I, U, F> {
    type Item = U::Item;

    #[inline]
    fn next(&mut self) -> Option<U::Item> { self.inner.next() }

    fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
}

impl<I: DoubleEndedIterator, U: IntoIterator, F: FnMut(I::Item) -> U> DoubleEndedIterator
    for FlatMap<I, U, F>
where
    U::IntoIter: DoubleEndedIterator,
{
    fn next_back(&mut self) -> Option<U::Item> { self.inner.next_back() }
}

impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> FusedIterator for FlatMap<I, U, F> {}

impl<I: Clone, U: IntoIterator, F: Clone> Clone for FlatMap<I, U, F>
where
    U::IntoIter: Clone,
{
    fn clone(&self) -> Self { FlatMap { inner: self.inner.clone() } }
}
