//! Iterators.

mod collect;
mod filters;
mod flatten;
mod iterator;
mod joins;
mod range;
mod slicing;
mod sources;
mod wrappers;

pub use self::collect::{Extend, FromIterator, Product, Sum};
pub(crate) use self::collect::try_process;
pub use self::filters::{
    Filter, FilterMap, Inspect, Map, MapWhile, Scan, SkipWhile, TakeWhile,
};
pub use self::flatten::{FlatMap, Flatten};
pub use self::iterator::Iterator;
pub use self::joins::{zip, Chain, Zip};
pub use self::range::Step;
pub use self::slicing::{Skip, StepBy, Take};
pub use self::sources::{
    empty, from_fn, once, once_with, repeat, repeat_n, repeat_with, successors, Empty, FromFn, Once,
    OnceWith, Repeat, RepeatN, RepeatWith, Successors,
};
pub use self::wrappers::{
    Cloned, Copied, Cycle, Enumerate, Fuse, Peekable, Rev,
};
use crate::ops::{ControlFlow, Try};

#[lang = "IntoIterator"]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an iterator",
    label = "`{Self}` is not an iterator"
)]
#[lang_items]
pub trait IntoIterator {
    type Item;
    type IntoIter: Iterator<Item = Self::Item>;

    #[lang = "into_iter"]
    fn into_iter(self) -> Self::IntoIter;
}

impl<I: Iterator> IntoIterator for I {
    type Item = I::Item;
    type IntoIter = I;

    #[inline]
    fn into_iter(self) -> I { self }
}

pub trait DoubleEndedIterator: Iterator {
    fn next_back(&mut self) -> Option<Self::Item>;

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        for _ in 0..n {
            self.next_back()?;
        }
        self.next_back()
    }

    #[inline]
    fn try_rfold<B, F, R>(&mut self, init: B, mut f: F) -> R
    where
        Self: Sized,
        F: FnMut(B, Self::Item) -> R,
        R: Try<Output = B>,
    {
        let mut accum = init;
        while let Some(x) = self.next_back() {
            match f(accum, x).branch() {
                ControlFlow::Continue(next) => accum = next,
                ControlFlow::Break(residual) => return R::from_residual(residual),
            }
        }
        R::from_output(accum)
    }

    #[inline]
    fn rfold<B, F>(mut self, init: B, mut f: F) -> B
    where
        Self: Sized,
        F: FnMut(B, Self::Item) -> B,
    {
        let mut accum = init;
        while let Some(x) = self.next_back() {
            accum = f(accum, x);
        }
        accum
    }

    #[inline]
    fn rfind<P>(&mut self, mut predicate: P) -> Option<Self::Item>
    where
        Self: Sized,
        P: FnMut(&Self::Item) -> bool,
    {
        while let Some(x) = self.next_back() {
            if predicate(&x) {
                return Some(x);
            }
        }
        None
    }
}

impl<'a, I: DoubleEndedIterator + ?Sized> DoubleEndedIterator for &'a mut I {
    fn next_back(&mut self) -> Option<I::Item> { (**self).next_back() }
}

pub trait ExactSizeIterator: Iterator {
    #[inline]
    fn len(&self) -> usize {
        let (lower, upper) = self.size_hint();
        assert_eq!(upper, Some(lower));
        lower
    }
}

impl<I: ExactSizeIterator + ?Sized> ExactSizeIterator for &mut I {
    fn len(&self) -> usize { (**self).len() }
}

/// After `None` comes `None`.
pub trait FusedIterator: Iterator {}

impl<I: FusedIterator + ?Sized> FusedIterator for &mut I {}
