//! Ranges as iterators.

use super::{DoubleEndedIterator, ExactSizeIterator, FusedIterator, Iterator};
use crate::ops::{Range, RangeFrom, RangeInclusive};

/// Types whose values follow one another.
#[lang = "range_step"]
#[diagnostic::on_unimplemented(
    message = "the trait bound `{Self}: Step` is not satisfied",
    label = "the trait `Step` is not implemented for `{Self}`"
)]
pub trait Step: Clone + PartialOrd + Sized {
    /// How many steps lead from `start` to `end`: none if it lies before; and `None` if too many.
    fn steps_between(start: &Self, end: &Self) -> (usize, Option<usize>);

    fn forward_checked(start: Self, count: usize) -> Option<Self>;

    fn backward_checked(start: Self, count: usize) -> Option<Self>;

    /// The next value, of which the caller knows that it exists.
    fn successor(value: &Self) -> Self;

    /// The value before, of which the caller knows that it exists.
    fn predecessor(value: &Self) -> Self;

    /// The next value: past the last one there is a panic.
    fn forward(start: Self, count: usize) -> Self;
}

macro_rules! step {
    ($($type:ident)*) => {$(
        impl Step for $type {
            #[inline]
            fn steps_between(start: &$type, end: &$type) -> (usize, Option<usize>) {
                if *start >= *end {
                    return (0, Some(0));
                }
                match usize::try_from((*end as i128).wrapping_sub(*start as i128)) {
                    Ok(steps) => (steps, Some(steps)),
                    Err(_) => (usize::MAX, None),
                }
            }

            #[inline]
            fn forward_checked(start: $type, count: usize) -> Option<$type> {
                match $type::try_from((start as i128).wrapping_add(count as i128)) {
                    Ok(value) => Some(value),
                    Err(_) => None,
                }
            }

            #[inline]
            fn backward_checked(start: $type, count: usize) -> Option<$type> {
                match $type::try_from((start as i128).wrapping_sub(count as i128)) {
                    Ok(value) => Some(value),
                    Err(_) => None,
                }
            }

            #[inline]
            fn successor(value: &$type) -> $type { value.wrapping_add(1) }

            #[inline]
            fn predecessor(value: &$type) -> $type { value.wrapping_sub(1) }

            #[inline]
            fn forward(start: $type, count: usize) -> $type {
                if count == 1 {
                    return start + 1;
                }
                match Self::forward_checked(start, count) {
                    Some(value) => value,
                    None => panic!("attempt to add with overflow"),
                }
            }
        }
    )*};
}

step!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// The numbers of char have a hole of this size, from 0xD800.
const SURROGATES: u32 = 0x800;

impl Step for char {
    fn steps_between(start: &char, end: &char) -> (usize, Option<usize>) {
        let (start, end) = (*start as u32, *end as u32);
        if start >= end {
            return (0, Some(0));
        }
        let mut steps = end - start;
        if start < 0xd800 && end >= 0xe000 {
            steps -= SURROGATES;
        }
        (steps as usize, Some(steps as usize))
    }

    fn forward_checked(start: char, count: usize) -> Option<char> {
        let start = start as u32;
        let mut value = start.checked_add(u32::try_from(count).ok()?)?;
        if start < 0xd800 && value >= 0xd800 {
            value = value.checked_add(SURROGATES)?;
        }
        char::from_u32(value)
    }

    fn backward_checked(start: char, count: usize) -> Option<char> {
        let start = start as u32;
        let mut value = start.checked_sub(u32::try_from(count).ok()?)?;
        if start >= 0xe000 && value < 0xe000 {
            value = value.checked_sub(SURROGATES)?;
        }
        char::from_u32(value)
    }

    #[inline]
    fn successor(value: &char) -> char {
        let next = if *value == '\u{d7ff}' { 0xe000 } else { *value as u32 + 1 };
        unsafe { char::from_u32_unchecked(next) }
    }

    #[inline]
    fn predecessor(value: &char) -> char {
        let previous = if *value == '\u{e000}' { 0xd7ff } else { *value as u32 - 1 };
        unsafe { char::from_u32_unchecked(previous) }
    }

    fn forward(start: char, count: usize) -> char {
        match Self::forward_checked(start, count) {
            Some(value) => value,
            None => panic!("overflow in `Step::forward`"),
        }
    }
}

impl<A: Step> Iterator for Range<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if self.start < self.end {
            let next = Step::successor(&self.start);
            Some(crate::mem::replace(&mut self.start, next))
        } else {
            None
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) { Step::steps_between(&self.start, &self.end) }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        if let Some(at) = Step::forward_checked(self.start.clone(), n) {
            if at < self.end {
                self.start = Step::successor(&at);
                return Some(at);
            }
        }
        self.start = self.end.clone();
        None
    }
}

impl<A: Step> DoubleEndedIterator for Range<A> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        if self.start < self.end {
            self.end = Step::predecessor(&self.end);
            Some(self.end.clone())
        } else {
            None
        }
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<A> {
        if let Some(at) = Step::backward_checked(self.end.clone(), n) {
            if at > self.start {
                self.end = Step::predecessor(&at);
                return Some(self.end.clone());
            }
        }
        self.end = self.start.clone();
        None
    }
}

impl<A: Step> FusedIterator for Range<A> {}

impl<A: Step> Iterator for RangeFrom<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        let next = Step::forward(self.start.clone(), 1);
        Some(crate::mem::replace(&mut self.start, next))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) { (usize::MAX, None) }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        let at = Step::forward(self.start.clone(), n);
        self.start = Step::forward(at.clone(), 1);
        Some(at)
    }
}

impl<A: Step> FusedIterator for RangeFrom<A> {}

impl<A: Step> Iterator for RangeInclusive<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        if self.start < self.end {
            let next = Step::successor(&self.start);
            Some(crate::mem::replace(&mut self.start, next))
        } else {
            self.exhausted = true;
            Some(self.start.clone())
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.is_empty() {
            return (0, Some(0));
        }
        let (lower, upper) = Step::steps_between(&self.start, &self.end);
        (lower.saturating_add(1), upper.and_then(|steps| steps.checked_add(1)))
    }

    fn nth(&mut self, n: usize) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if let Some(at) = Step::forward_checked(self.start.clone(), n) {
            if at < self.end {
                self.start = Step::successor(&at);
                return Some(at);
            }
            if at == self.end {
                self.start = at.clone();
                self.exhausted = true;
                return Some(at);
            }
        }
        self.start = self.end.clone();
        self.exhausted = true;
        None
    }
}

impl<A: Step> DoubleEndedIterator for RangeInclusive<A> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        if self.start < self.end {
            let previous = Step::predecessor(&self.end);
            Some(crate::mem::replace(&mut self.end, previous))
        } else {
            self.exhausted = true;
            Some(self.end.clone())
        }
    }

    fn nth_back(&mut self, n: usize) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if let Some(at) = Step::backward_checked(self.end.clone(), n) {
            if at > self.start {
                self.end = Step::predecessor(&at);
                return Some(at);
            }
            if at == self.start {
                self.end = at.clone();
                self.exhausted = true;
                return Some(at);
            }
        }
        self.end = self.start.clone();
        self.exhausted = true;
        None
    }
}

impl<A: Step> FusedIterator for RangeInclusive<A> {}

macro_rules! exact {
    ($range:ident: $($type:ident)*) => {$(
        impl ExactSizeIterator for $range<$type> {}
    )*};
}

exact!(Range: usize u8 isize i8 u16 i16 u32 i32);
exact!(RangeInclusive: u8 i8 u16 i16);
