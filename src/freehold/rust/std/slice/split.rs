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

pub struct SplitN<'a, T: 'a, P: FnMut(&T) -> bool> {
    inner: Split<'a, T, P>,
    count: usize,
}

impl<'a, T, P: FnMut(&T) -> bool> SplitN<'a, T, P> {
    pub(super) fn new(inner: Split<'a, T, P>, count: usize) -> Self { SplitN { inner, count } }
}

impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitN<'a, T, P> {
    type Item = &'a [T];

    fn next(&mut self) -> Option<&'a [T]> {
        if self.count == 0 {
            return None;
        }
        self.count -= 1;
        if self.count == 0 {
            self.inner.v.take()
        } else {
            self.inner.next()
        }
    }
}

/// Runs whose neighbours all satisfy the closure.
pub struct ChunkBy<'a, T: 'a, P> {
    slice: &'a [T],
    pred: P,
}

impl<'a, T, P> ChunkBy<'a, T, P> {
    pub(super) fn new(slice: &'a [T], pred: P) -> Self { ChunkBy { slice, pred } }
}

impl<'a, T, P: FnMut(&T, &T) -> bool> Iterator for ChunkBy<'a, T, P> {
    type Item = &'a [T];

    fn next(&mut self) -> Option<&'a [T]> {
        if self.slice.is_empty() {
            return None;
        }
        let mut len = 1;
        while len < self.slice.len() && (self.pred)(&self.slice[len - 1], &self.slice[len]) {
            len += 1;
        }
        let (head, tail) = mem::take(&mut self.slice).split_at(len);
        self.slice = tail;
        Some(head)
    }
}
