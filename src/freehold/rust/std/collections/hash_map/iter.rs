//! Iterators of maps.

use super::table::{Bucket, Table};
use crate::fmt;
use crate::iter::FusedIterator;
use crate::marker::PhantomData;
use crate::slice;
use crate::vec;

/// An iterator over what `$inner` gives, seen as `$value`.
macro_rules! iterator {
    ($([$($generics:tt)*] $name:ident<$($argument:tt),*> $inner:ty, $item:ty, $from:ty, $x:ident => $value:expr, $y:ident => $start:expr;)*) => {$(
        pub struct $name<$($generics)*> {
            inner: $inner,
        }

        impl<$($generics)*> $name<$($argument),*> {
            pub(super) fn new($y: $from) -> Self { $name { inner: $start } }
        }

        impl<$($generics)*> Iterator for $name<$($argument),*> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                match self.inner.next() {
                    Some($x) => Some($value),
                    None => None,
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
        }

        impl<$($generics)*> ExactSizeIterator for $name<$($argument),*> {}
        impl<$($generics)*> FusedIterator for $name<$($argument),*> {}
    )*};
}

iterator! {
    ['a, K, V] Iter<'a, K, V> slice::Iter<'a, Bucket<K, V>>, (&'a K, &'a V), &'a Table<K, V>,
        e => (&e.key, &e.value), table => table.entries().iter();
    ['a, K, V] IterMut<'a, K, V> slice::IterMut<'a, Bucket<K, V>>, (&'a K, &'a mut V), &'a mut Table<K, V>,
        e => (&e.key, &mut e.value), table => table.entries_mut().iter_mut();
    [K, V] IntoIter<K, V> vec::IntoIter<Bucket<K, V>>, (K, V), Table<K, V>,
        e => (e.key, e.value), table => table.into_entries();
    ['a, K, V] Keys<'a, K, V> Iter<'a, K, V>, &'a K, Iter<'a, K, V>, e => e.0, iter => iter;
    ['a, K, V] Values<'a, K, V> Iter<'a, K, V>, &'a V, Iter<'a, K, V>, e => e.1, iter => iter;
    ['a, K, V] ValuesMut<'a, K, V> IterMut<'a, K, V>, &'a mut V, IterMut<'a, K, V>, e => e.1, iter => iter;
    [K, V] IntoKeys<K, V> IntoIter<K, V>, K, IntoIter<K, V>, e => e.0, iter => iter;
    [K, V] IntoValues<K, V> IntoIter<K, V>, V, IntoIter<K, V>, e => e.1, iter => iter;
}

/// What was taken out of a map.
pub struct Drain<'a, K: 'a, V: 'a> {
    inner: vec::IntoIter<Bucket<K, V>>,
    map: PhantomData<&'a mut Table<K, V>>,
}

impl<'a, K, V> Drain<'a, K, V> {
    pub(super) fn new(table: &'a mut Table<K, V>) -> Self {
        Drain { inner: table.take_entries(), map: PhantomData }
    }
}

impl<K, V> Iterator for Drain<'_, K, V> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        let entry = self.inner.next()?;
        Some((entry.key, entry.value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
}

impl<K, V> ExactSizeIterator for Drain<'_, K, V> {}
impl<K, V> FusedIterator for Drain<'_, K, V> {}

macro_rules! clone {
    ($($name:ident)*) => {$(
        impl<K, V> Clone for $name<'_, K, V> {
            fn clone(&self) -> Self { $name { inner: self.inner.clone() } }
        }
    )*};
}

clone!(Iter Keys Values);

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Iter<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K: fmt::Debug, V> fmt::Debug for Keys<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K, V: fmt::Debug> fmt::Debug for Values<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
