//! What iterators are collected into.

use super::{IntoIterator, Iterator};
use crate::num::Wrapping;
use crate::ops::{ControlFlow, FromResidual, Residual, Try};

#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be built from an iterator over elements of type `{A}`",
    label = "value of type `{Self}` cannot be built from `std::iter::Iterator<Item={A}>`"
)]
pub trait FromIterator<A>: Sized {
    fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self;
}

pub trait Extend<A> {
    fn extend<T: IntoIterator<Item = A>>(&mut self, iter: T);

    #[doc(hidden)]
    fn extend_one(&mut self, item: A) { self.extend(Some(item)); }
}

#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be made by summing an iterator over elements of type `{A}`",
    label = "value of type `{Self}` cannot be made by summing a `std::iter::Iterator<Item={A}>`"
)]
pub trait Sum<A = Self>: Sized {
    fn sum<I: Iterator<Item = A>>(iter: I) -> Self;
}

#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be made by multiplying all elements of type `{A}` from an iterator",
    label = "value of type `{Self}` cannot be made by multiplying all elements from a `std::iter::Iterator<Item={A}>`"
)]
pub trait Product<A = Self>: Sized {
    fn product<I: Iterator<Item = A>>(iter: I) -> Self;
}

macro_rules! sums {
    ($zero:expr, $one:expr; $($type:ty)*) => {$(
        impl Sum for $type {
            #[inline]
            #[track_caller]
            fn sum<I: Iterator<Item = Self>>(iter: I) -> Self { iter.fold($zero, |a, b| a + b) }
        }

        impl Product for $type {
            #[inline]
            #[track_caller]
            fn product<I: Iterator<Item = Self>>(iter: I) -> Self { iter.fold($one, |a, b| a * b) }
        }

        impl<'a> Sum<&'a $type> for $type {
            #[inline]
            #[track_caller]
            fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self { iter.fold($zero, |a, b| a + *b) }
        }

        impl<'a> Product<&'a $type> for $type {
            #[inline]
            #[track_caller]
            fn product<I: Iterator<Item = &'a Self>>(iter: I) -> Self { iter.fold($one, |a, b| a * *b) }
        }
    )*};
}

sums!(0, 1; i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
sums!(-0.0, 1.0; f32 f64);
sums!(Wrapping(0), Wrapping(1); Wrapping<u8> Wrapping<u32> Wrapping<u64> Wrapping<i32> Wrapping<i64>);

/// Gives out what is inside until something is not; that goes to `residual`.
pub(crate) struct Shunt<'a, I, R> {
    iter: I,
    residual: &'a mut Option<R>,
}

impl<I: Iterator, R> Iterator for Shunt<'_, I, R>
where
    I::Item: Try<Residual = R>,
{
    type Item = <I::Item as Try>::Output;

    fn next(&mut self) -> Option<Self::Item> {
        match self.iter.next()?.branch() {
            ControlFlow::Continue(output) => Some(output),
            ControlFlow::Break(residual) => {
                *self.residual = Some(residual);
                None
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.residual.is_some() {
            (0, Some(0))
        } else {
            (0, self.iter.size_hint().1)
        }
    }
}

/// Build a `U` of what is inside, or give back the first residual.
pub(crate) fn try_process<I, T, R, F, U>(iter: I, mut f: F) -> <R as Residual<U>>::TryType
where
    I: Iterator,
    I::Item: Try<Output = T, Residual = R>,
    F: FnMut(Shunt<'_, I, R>) -> U,
    R: Residual<U>,
{
    let mut residual = None;
    let value = f(Shunt { iter, residual: &mut residual });
    match residual {
        Some(r) => FromResidual::from_residual(r),
        None => Try::from_output(value),
    }
}

impl<T, U: Sum<T>, E> Sum<Result<T, E>> for Result<U, E> {
    fn sum<I: Iterator<Item = Result<T, E>>>(iter: I) -> Result<U, E> {
        try_process(iter, |i| i.sum())
    }
}

impl<T, U: Product<T>, E> Product<Result<T, E>> for Result<U, E> {
    fn product<I: Iterator<Item = Result<T, E>>>(iter: I) -> Result<U, E> {
        try_process(iter, |i| i.product())
    }
}

impl<T, U: Sum<T>> Sum<Option<T>> for Option<U> {
    fn sum<I: Iterator<Item = Option<T>>>(iter: I) -> Option<U> { try_process(iter, |i| i.sum()) }
}

impl<T, U: Product<T>> Product<Option<T>> for Option<U> {
    fn product<I: Iterator<Item = Option<T>>>(iter: I) -> Option<U> {
        try_process(iter, |i| i.product())
    }
}

impl Extend<()> for () {
    fn extend<T: IntoIterator<Item = ()>>(&mut self, iter: T) { iter.into_iter().for_each(|()| {}) }
}

impl FromIterator<()> for () {
    fn from_iter<I: IntoIterator<Item = ()>>(iter: I) -> () { iter.into_iter().for_each(|()| {}) }
}

impl<A, B, ExtendA: Extend<A>, ExtendB: Extend<B>> Extend<(A, B)> for (ExtendA, ExtendB) {
    fn extend<T: IntoIterator<Item = (A, B)>>(&mut self, into_iter: T) {
        for (a, b) in into_iter {
            self.0.extend_one(a);
            self.1.extend_one(b);
        }
    }
}

impl<A, B, AE, BE> FromIterator<(A, B)> for (AE, BE)
where
    AE: Default + Extend<A>,
    BE: Default + Extend<B>,
{
    fn from_iter<I: IntoIterator<Item = (A, B)>>(iter: I) -> (AE, BE) {
        let mut res = <(AE, BE)>::default();
        res.extend(iter);
        res
    }
}
