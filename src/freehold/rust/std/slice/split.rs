//! Slices cut where a closure says.

use crate::iter::FusedIterator;
use crate::mem;

/// `v` is `None` once the last piece was given out.
pub struct Split<'a, T: 'a, P: FnMut(&T) -> bool> {
    v: Option<&'a [T]>,
    pred: P,
}

impl<'a, T, P: FnMut(&T) -> bool> Split<'a, T, P> {
    pub(super) fn new(slice: &'a [T], pred: P) -> Self { Split { v: Some(slice), pred } }
}

impl<'a, T, P: FnMut(&T) -> bool> Iterator for Split<'a, T, P> {
    type Item = &'a [T];

    fn next(&mut self) -> Option<&'a [T]> {
        let v = self.v.take()?;
        match v.iter().position(|x| (self.pred)(x)) {
            None => Some(v),
            Some(at) => {
                self.v = Some(&v[at + 1..]);
                Some(&v[..at])
            }
        }
    }
}

impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for Split<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let v = self.v.take()?;
        match v.iter().rposition(|x| (self.pred)(x)) {
            None => Some(v),
            Some(at) => {
                self.v = Some(&v[..at]);
                Some(&v[at + 1..])
            }
        }
    }
}

impl<T, P: FnMut(&T) -> bool> FusedIterator for Split<'_, T, P> {}

pub struct SplitMut<'a, T: 'a, P: FnMut(&T) -> bool> {
    v: Option<&'a mut [T]>,
    pred: P,
}

impl<'a, T, P: FnMut(&T) -> bool> SplitMut<'a, T, P> {
    pub(super) fn new(slice: &'a mut [T], pred: P) -> Self { SplitMut { v: Some(slice), pred } }
}

impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitMut<'a, T, P> {
    type Item = &'a mut [T];

    fn next(&mut self) -> Option<&'a mut [T]> {
        let v = self.v.take()?;
        match v.iter().position(|x| (self.pred)(x)) {
            None => Some(v),
            Some(at) => {
                let (head, tail) = v.split_at_mut(at);
                self.v = Some(&mut tail[1..]);
                Some(head)
            }
        }
    }
}

impl<T, P: FnMut(&T) -> bool> FusedIterator for SplitMut<'_, T, P> {}

impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for SplitMut<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let v = self.v.take()?;
        match v.iter().rposition(|x| (self.pred)(x)) {
            None => Some(v),
            Some(at) => {
                let (head, tail) = v.split_at_mut(at);
                self.v = Some(head);
                Some(&mut tail[1..])
            }
        }
    }
}

/// The pieces of `split`, the last first.
pub struct RSplit<'a, T: 'a, P: FnMut(&T) -> bool> {
    inner: Split<'a, T, P>,
}

impl<'a, T, P: FnMut(&T) -> bool> RSplit<'a, T, P> {
    pub(super) fn new(slice: &'a [T], pred: P) -> Self { RSplit { inner: Split::new(slice, pred) } }
}

/// The pieces of `split_mut`, the last first.
pub struct RSplitMut<'a, T: 'a, P: FnMut(&T) -> bool> {
    inner: SplitMut<'a, T, P>,
}

impl<'a, T, P: FnMut(&T) -> bool> RSplitMut<'a, T, P> {
    pub(super) fn new(slice: &'a mut [T], pred: P) -> Self {
        RSplitMut { inner: SplitMut::new(slice, pred) }
    }
}

macro_rules! reversed {
    ($($name:ident $piece:ty;)*) => {$(
        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = $piece;

            fn next(&mut self) -> Option<$piece> { self.inner.next_back() }
        }

        impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for $name<'a, T, P> {
            fn next_back(&mut self) -> Option<$piece> { self.inner.next() }
        }

        impl<T, P: FnMut(&T) -> bool> FusedIterator for $name<'_, T, P> {}
    )*};
}

reversed! {
    RSplit &'a [T];
    RSplitMut &'a mut [T];
}

macro_rules! limited {
    ($($name:ident $inner:ident ($($path:ident).*) $piece:ty, $slice:ty;)*) => {$(
        /// At most `count` pieces: the last is all that is left.
        pub struct $name<'a, T: 'a, P: FnMut(&T) -> bool> {
            inner: $inner<'a, T, P>,
            count: usize,
        }

        impl<'a, T, P: FnMut(&T) -> bool> $name<'a, T, P> {
            pub(super) fn new(slice: $slice, count: usize, pred: P) -> Self {
                $name { inner: $inner::new(slice, pred), count }
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = $piece;

            fn next(&mut self) -> Option<$piece> {
                if self.count == 0 {
                    return None;
                }
                self.count -= 1;
                if self.count == 0 {
                    self.$($path).*.v.take()
                } else {
                    self.inner.next()
                }
            }
        }

        impl<T, P: FnMut(&T) -> bool> FusedIterator for $name<'_, T, P> {}
    )*};
}

limited! {
    SplitN Split (inner) &'a [T], &'a [T];
    SplitNMut SplitMut (inner) &'a mut [T], &'a mut [T];
    RSplitN RSplit (inner.inner) &'a [T], &'a [T];
    RSplitNMut RSplitMut (inner.inner) &'a mut [T], &'a mut [T];
}

macro_rules! inclusive {
    ($($name:ident $piece:ty, $cut:ident;)*) => {$(
        /// Pieces that end with what the closure accepts.
        pub struct $name<'a, T: 'a, P: FnMut(&T) -> bool> {
            v: $piece,
            pred: P,
        }

        impl<'a, T, P: FnMut(&T) -> bool> $name<'a, T, P> {
            pub(super) fn new(v: $piece, pred: P) -> Self { $name { v, pred } }
        }

        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = $piece;

            fn next(&mut self) -> Option<$piece> {
                if self.v.is_empty() {
                    return None;
                }
                let found = self.v.iter().position(|x| (self.pred)(x));
                let end = found.map_or(self.v.len(), |at| at + 1);
                let (head, tail) = mem::take(&mut self.v).$cut(end);
                self.v = tail;
                Some(head)
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for $name<'a, T, P> {
            fn next_back(&mut self) -> Option<$piece> {
                if self.v.is_empty() {
                    return None;
                }
                let last = self.v.len() - 1;
                let found = self.v[..last].iter().rposition(|x| (self.pred)(x));
                let (head, tail) = mem::take(&mut self.v).$cut(found.map_or(0, |at| at + 1));
                self.v = head;
                Some(tail)
            }
        }

        impl<T, P: FnMut(&T) -> bool> FusedIterator for $name<'_, T, P> {}
    )*};
}

inclusive! {
    SplitInclusive &'a [T], split_at;
    SplitInclusiveMut &'a mut [T], split_at_mut;
}

macro_rules! runs {
    ($($name:ident $piece:ty, $cut:ident;)*) => {$(
        /// Runs whose neighbours all satisfy the closure.
        pub struct $name<'a, T: 'a, P> {
            slice: $piece,
            pred: P,
        }

        impl<'a, T, P> $name<'a, T, P> {
            pub(super) fn new(slice: $piece, pred: P) -> Self { $name { slice, pred } }
        }

        impl<'a, T, P: FnMut(&T, &T) -> bool> Iterator for $name<'a, T, P> {
            type Item = $piece;

            fn next(&mut self) -> Option<$piece> {
                if self.slice.is_empty() {
                    return None;
                }
                let mut len = 1;
                while len < self.slice.len() && (self.pred)(&self.slice[len - 1], &self.slice[len]) {
                    len += 1;
                }
                let (head, tail) = mem::take(&mut self.slice).$cut(len);
                self.slice = tail;
                Some(head)
            }
        }
    )*};
}

runs! {
    ChunkBy &'a [T], split_at;
    ChunkByMut &'a mut [T], split_at_mut;
}
