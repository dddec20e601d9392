//! Iterators of sorted maps.

use super::Place;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::slice;
use crate::vec::{self, Vec};

/// Items of a sequence of sequences; `front` and `back` are begun.
#[derive(Clone)]
struct Nested<C, I> {
    front: Option<I>,
    chunks: C,
    back: Option<I>,
}

impl<C: Iterator, I: Iterator> Nested<C, I>
where
    C::Item: IntoIterator<IntoIter = I, Item = I::Item>,
{
    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        loop {
            if let Some(front) = &mut self.front {
                if let Some(item) = front.next() {
                    return Some(item);
                }
            }
            match self.chunks.next() {
                Some(chunk) => self.front = Some(chunk.into_iter()),
                None => break,
            }
        }
        self.front = None;
        self.back.as_mut()?.next()
    }
}

impl<C: DoubleEndedIterator, I: DoubleEndedIterator> Nested<C, I>
where
    C::Item: IntoIterator<IntoIter = I, Item = I::Item>,
{
    fn next_back(&mut self) -> Option<I::Item> {
        loop {
            if let Some(back) = &mut self.back {
                if let Some(item) = back.next_back() {
                    return Some(item);
                }
            }
            match self.chunks.next_back() {
                Some(chunk) => self.back = Some(chunk.into_iter()),
                None => break,
            }
        }
        self.back = None;
        self.front.as_mut()?.next_back()
    }
}

type Chunks<'a, K, V> = Nested<slice::Iter<'a, Vec<(K, V)>>, slice::Iter<'a, (K, V)>>;
type ChunksMut<'a, K, V> = Nested<slice::IterMut<'a, Vec<(K, V)>>, slice::IterMut<'a, (K, V)>>;
type IntoChunks<K, V> = Nested<vec::IntoIter<Vec<(K, V)>>, vec::IntoIter<(K, V)>>;

macro_rules! whole {
    ($([$($generics:tt)*] $name:ident<$($argument:tt),*> $inner:ty, $from:ty, $item:ty, $chunks:ident => $iter:expr, $e:ident => $value:expr;)*) => {$(
        pub struct $name<$($generics)*> {
            inner: $inner,
            len: usize,
        }

        impl<$($generics)*> $name<$($argument),*> {
            pub(super) fn new($chunks: $from, len: usize) -> Self {
                $name { inner: Nested { front: None, chunks: $iter, back: None }, len }
            }
        }

        impl<$($generics)*> Iterator for $name<$($argument),*> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                let $e = self.inner.next()?;
                self.len -= 1;
                Some($value)
            }

            fn size_hint(&self) -> (usize, Option<usize>) { (self.len, Some(self.len)) }
        }

        impl<$($generics)*> DoubleEndedIterator for $name<$($argument),*> {
            fn next_back(&mut self) -> Option<$item> {
                let $e = self.inner.next_back()?;
                self.len -= 1;
                Some($value)
            }
        }

        impl<$($generics)*> ExactSizeIterator for $name<$($argument),*> {}
        impl<$($generics)*> FusedIterator for $name<$($argument),*> {}
    )*};
}

whole! {
    ['a, K, V] Iter<'a, K, V> Chunks<'a, K, V>, &'a [Vec<(K, V)>], (&'a K, &'a V), chunks => chunks.iter(), e => (&e.0, &e.1);
    ['a, K, V] IterMut<'a, K, V> ChunksMut<'a, K, V>, &'a mut [Vec<(K, V)>], (&'a K, &'a mut V), chunks => chunks.iter_mut(), e => (&e.0, &mut e.1);
    [K, V] IntoIter<K, V> IntoChunks<K, V>, Vec<Vec<(K, V)>>, (K, V), chunks => chunks.into_iter(), e => e;
}

macro_rules! part {
    ($([$($generics:tt)*] $name:ident<$($argument:tt),*> $inner:ty, $item:ty, $from:ty, $e:ident => $value:expr;)*) => {$(
        pub struct $name<$($generics)*> {
            inner: $inner,
        }

        impl<$($generics)*> $name<$($argument),*> {
            pub(super) fn new(inner: $from) -> Self { $name { inner } }
        }

        impl<$($generics)*> Iterator for $name<$($argument),*> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                let $e = self.inner.next()?;
                Some($value)
            }

            fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
        }

        impl<$($generics)*> DoubleEndedIterator for $name<$($argument),*> {
            fn next_back(&mut self) -> Option<$item> {
                let $e = self.inner.next_back()?;
                Some($value)
            }
        }

        impl<$($generics)*> ExactSizeIterator for $name<$($argument),*> {}
        impl<$($generics)*> FusedIterator for $name<$($argument),*> {}
    )*};
}

part! {
    ['a, K, V] Keys<'a, K, V> Iter<'a, K, V>, &'a K, Iter<'a, K, V>, e => e.0;
    ['a, K, V] Values<'a, K, V> Iter<'a, K, V>, &'a V, Iter<'a, K, V>, e => e.1;
    ['a, K, V] ValuesMut<'a, K, V> IterMut<'a, K, V>, &'a mut V, IterMut<'a, K, V>, e => e.1;
    [K, V] IntoKeys<K, V> IntoIter<K, V>, K, IntoIter<K, V>, e => e.0;
    [K, V] IntoValues<K, V> IntoIter<K, V>, V, IntoIter<K, V>, e => e.1;
}

pub struct Range<'a, K: 'a, V: 'a> {
    inner: Chunks<'a, K, V>,
}

pub struct RangeMut<'a, K: 'a, V: 'a> {
    inner: ChunksMut<'a, K, V>,
}

impl<'a, K, V> Range<'a, K, V> {
    pub(super) fn new(chunks: &'a [Vec<(K, V)>], start: Place, end: Place) -> Self {
        let (first, last) = (start.0, end.0);
        if first == last {
            let front = chunks.get(first).map(|chunk| chunk[start.1..end.1].iter());
            return Range { inner: Nested { front, chunks: (&[]).iter(), back: None } };
        }
        Range {
            inner: Nested {
                front: Some(chunks[first][start.1..].iter()),
                chunks: chunks[first + 1..last].iter(),
                back: chunks.get(last).map(|chunk| chunk[..end.1].iter()),
            },
        }
    }
}

impl<'a, K, V> RangeMut<'a, K, V> {
    pub(super) fn new(chunks: &'a mut [Vec<(K, V)>], start: Place, end: Place) -> Self {
        let (first, last) = (start.0, end.0);
        if first == last {
            let front = chunks.get_mut(first).map(|chunk| chunk[start.1..end.1].iter_mut());
            return RangeMut { inner: Nested { front, chunks: (&mut []).iter_mut(), back: None } };
        }
        let (head, tail) = chunks.split_at_mut(last);
        let (front, middle) = head[first..].split_at_mut(1);
        RangeMut {
            inner: Nested {
                front: Some(front[0][start.1..].iter_mut()),
                chunks: middle.iter_mut(),
                back: tail.first_mut().map(|chunk| chunk[..end.1].iter_mut()),
            },
        }
    }
}

macro_rules! range {
    ($($name:ident $item:ty, $e:ident => $value:expr;)*) => {$(
        impl<'a, K, V> Iterator for $name<'a, K, V> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                let $e = self.inner.next()?;
                Some($value)
            }
        }

        impl<'a, K, V> DoubleEndedIterator for $name<'a, K, V> {
            fn next_back(&mut self) -> Option<$item> {
                let $e = self.inner.next_back()?;
                Some($value)
            }
        }

        impl<K, V> FusedIterator for $name<'_, K, V> {}
    )*};
}

range! {
    Range (&'a K, &'a V), e => (&e.0, &e.1);
    RangeMut (&'a K, &'a mut V), e => (&e.0, &mut e.1);
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self { Iter { inner: self.inner.clone(), len: self.len } }
}

macro_rules! clone {
    ($($name:ident)*) => {$(
        impl<K, V> Clone for $name<'_, K, V> {
            fn clone(&self) -> Self { $name { inner: self.inner.clone() } }
        }
    )*};
}

clone!(Keys Values Range);

macro_rules! debug {
    ($($name:ident [$($generics:tt)*];)*) => {$(
        impl<$($generics)*> fmt::Debug for $name<'_, K, V> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    )*};
}

debug! {
    Iter [K: fmt::Debug, V: fmt::Debug];
    Range [K: fmt::Debug, V: fmt::Debug];
    Keys [K: fmt::Debug, V];
    Values [K, V: fmt::Debug];
}
