//! Windows and chunks.

use crate::iter::FusedIterator;
use crate::mem;

macro_rules! pieces {
    ($($name:ident $piece:ty, $v:ident $n:ident
        next $next:expr, back $back:expr, len $len:expr;)*) => {$(
        #[derive(Debug)]
        pub struct $name<'a, T: 'a> {
            v: $piece,
            size: usize,
        }

        impl<'a, T> $name<'a, T> {
            pub(super) fn new(v: $piece, size: usize) -> Self { $name { v, size } }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $piece;

            #[inline]
            fn next(&mut self) -> Option<$piece> {
                let $n = self.size;
                let $v = mem::take(&mut self.v);
                let (piece, rest) = $next?;
                self.v = rest;
                Some(piece)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let ($v, $n) = (self.v.len(), self.size);
                ($len, Some($len))
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<$piece> {
                let $n = self.size;
                let $v = mem::take(&mut self.v);
                let (piece, rest) = $back?;
                self.v = rest;
                Some(piece)
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )*};
}

pieces! {
    Windows &'a [T], v n
        next if v.len() < n { None } else { Some((&v[..n], &v[1..])) },
        back if v.len() < n { None } else { Some((&v[v.len() - n..], &v[..v.len() - 1])) },
        len if v < n { 0 } else { v - n + 1 };
    Chunks &'a [T], v n
        next if v.is_empty() { None } else { Some(v.split_at(if v.len() < n { v.len() } else { n })) },
        back if v.is_empty() { None } else {
            let over = v.len() % n;
            let (rest, piece) = v.split_at(v.len() - if over == 0 { n } else { over });
            Some((piece, rest))
        },
        len v / n + (v % n != 0) as usize;
    ChunksMut &'a mut [T], v n
        next if v.is_empty() { None } else {
            let mid = if v.len() < n { v.len() } else { n };
            Some(v.split_at_mut(mid))
        },
        back if v.is_empty() { None } else {
            let over = v.len() % n;
            let mid = v.len() - if over == 0 { n } else { over };
            let (rest, piece) = v.split_at_mut(mid);
            Some((piece, rest))
        },
        len v / n + (v % n != 0) as usize;
    RChunks &'a [T], v n
        next if v.is_empty() { None } else {
            let (rest, piece) = v.split_at(v.len().saturating_sub(n));
            Some((piece, rest))
        },
        back if v.is_empty() { None } else {
            let over = v.len() % n;
            Some(v.split_at(if over == 0 { n } else { over }))
        },
        len v / n + (v % n != 0) as usize;
    RChunksMut &'a mut [T], v n
        next if v.is_empty() { None } else {
            let mid = v.len().saturating_sub(n);
            let (rest, piece) = v.split_at_mut(mid);
            Some((piece, rest))
        },
        back if v.is_empty() { None } else {
            let over = v.len() % n;
            Some(v.split_at_mut(if over == 0 { n } else { over }))
        },
        len v / n + (v % n != 0) as usize;
}

macro_rules! exact {
    ($($name:ident $piece:ty, $split:ident;)*) => {$(
        /// `rem` is what is too short for a chunk.
        #[derive(Debug)]
        pub struct $name<'a, T: 'a> {
            v: $piece,
            rem: $piece,
            size: usize,
        }

        impl<'a, T> $name<'a, T> {
            pub(super) fn new(slice: $piece, size: usize) -> Self {
                let mid = slice.len() - slice.len() % size;
                let (v, rem) = slice.$split(mid);
                $name { v, rem, size }
            }

            pub fn into_remainder(self) -> $piece { self.rem }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $piece;

            #[inline]
            fn next(&mut self) -> Option<$piece> {
                if self.v.is_empty() {
                    return None;
                }
                let (piece, rest) = mem::take(&mut self.v).$split(self.size);
                self.v = rest;
                Some(piece)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = self.v.len() / self.size;
                (n, Some(n))
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<$piece> {
                if self.v.is_empty() {
                    return None;
                }
                let mid = self.v.len() - self.size;
                let (rest, piece) = mem::take(&mut self.v).$split(mid);
                self.v = rest;
                Some(piece)
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )*};
}

exact! {
    ChunksExact &'a [T], split_at;
    ChunksExactMut &'a mut [T], split_at_mut;
}

impl<'a, T> ChunksExact<'a, T> {
    pub fn remainder(&self) -> &'a [T] { self.rem }
}

macro_rules! exact_from_the_end {
    ($($name:ident $piece:ty, $split:ident;)*) => {$(
        /// `rem`, at the start, is what is too short for a chunk.
        #[derive(Debug)]
        pub struct $name<'a, T: 'a> {
            v: $piece,
            rem: $piece,
            size: usize,
        }

        impl<'a, T> $name<'a, T> {
            pub(super) fn new(slice: $piece, size: usize) -> Self {
                let mid = slice.len() % size;
                let (rem, v) = slice.$split(mid);
                $name { v, rem, size }
            }

            pub fn into_remainder(self) -> $piece { self.rem }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $piece;

            fn next(&mut self) -> Option<$piece> {
                if self.v.is_empty() {
                    return None;
                }
                let mid = self.v.len() - self.size;
                let (rest, piece) = mem::take(&mut self.v).$split(mid);
                self.v = rest;
                Some(piece)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = self.v.len() / self.size;
                (n, Some(n))
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<$piece> {
                if self.v.is_empty() {
                    return None;
                }
                let (piece, rest) = mem::take(&mut self.v).$split(self.size);
                self.v = rest;
                Some(piece)
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )*};
}

exact_from_the_end! {
    RChunksExact &'a [T], split_at;
    RChunksExactMut &'a mut [T], split_at_mut;
}

impl<'a, T> RChunksExact<'a, T> {
    pub fn remainder(&self) -> &'a [T] { self.rem }
}

macro_rules! clone {
    ($($name:ident $($field:ident)*;)*) => {$(
        impl<T> Clone for $name<'_, T> {
            fn clone(&self) -> Self { $name { $($field: self.$field),* } }
        }
    )*};
}

clone! {
    Windows v size;
    Chunks v size;
    RChunks v size;
    ChunksExact v rem size;
    RChunksExact v rem size;
}
