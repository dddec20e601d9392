//! Indexing by numbers and ranges.

use super::{bounds, from_raw_parts, from_raw_parts_mut};
use crate::ops::{
    Bound, Index, IndexMut, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo,
    RangeToInclusive,
};
use crate::ptr;

#[diagnostic::on_unimplemented(
    message = "the type `{T}` cannot be indexed by `{Self}`",
    label = "slice indices are of type `usize` or ranges of `usize`"
)]
#[lang = "SliceIndex"]
pub unsafe trait SliceIndex<T: ?Sized> {
    type Output: ?Sized;

    fn get(self, slice: &T) -> Option<&Self::Output>;

    fn get_mut(self, slice: &mut T) -> Option<&mut Self::Output>;

    unsafe fn get_unchecked(self, slice: *const T) -> *const Self::Output;

    unsafe fn get_unchecked_mut(self, slice: *mut T) -> *mut Self::Output;

    #[track_caller]
    fn index(self, slice: &T) -> &Self::Output;

    #[track_caller]
    fn index_mut(self, slice: &mut T) -> &mut Self::Output;
}

impl<T, I: SliceIndex<[T]>> Index<I> for [T] {
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output { index.index(self) }
}

impl<T, I: SliceIndex<[T]>> IndexMut<I> for [T] {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output { index.index_mut(self) }
}

#[cold]
#[inline(never)]
#[track_caller]
fn start_fail(start: usize, len: usize) -> ! {
    panic!("range start index {start} out of range for slice of length {len}")
}

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn end_fail(end: usize, len: usize) -> ! {
    panic!("range end index {end} out of range for slice of length {len}")
}

#[cold]
#[inline(never)]
#[track_caller]
fn order_fail(start: usize, end: usize) -> ! {
    panic!("slice index starts at {start} but ends at {end}")
}

/// Check a range of any kind against a length.
#[track_caller]
pub(crate) fn range<R: RangeBounds<usize>>(range: R, len: usize) -> Range<usize> {
    let (start, end) = bounds(range.start_bound(), range.end_bound(), len);
    if end > len {
        end_fail(end, len);
    }
    if start > end {
        order_fail(start, end);
    }
    start..end
}

unsafe impl<T> SliceIndex<[T]> for usize {
    type Output = T;

    #[inline]
    fn get(self, slice: &[T]) -> Option<&T> {
        if self < slice.len() {
            unsafe { Some(&*self.get_unchecked(slice)) }
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut T> {
        if self < slice.len() {
            unsafe { Some(&mut *self.get_unchecked_mut(slice)) }
        } else {
            None
        }
    }

    #[inline]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const T {
        unsafe { (slice as *const T).add(self) }
    }

    #[inline]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut T {
        unsafe { (slice as *mut T).add(self) }
    }

    // The compiler indexes here: its bounds check is the one that panics.
    #[inline]
    #[track_caller]
    fn index(self, slice: &[T]) -> &T { &(*slice)[self] }

    #[inline]
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut T { &mut (*slice)[self] }
}

unsafe impl<T> SliceIndex<[T]> for Range<usize> {
    type Output = [T];

    #[inline]
    fn get(self, slice: &[T]) -> Option<&[T]> {
        if self.start <= self.end && self.end <= slice.len() {
            unsafe { Some(&*self.get_unchecked(slice)) }
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        if self.start <= self.end && self.end <= slice.len() {
            unsafe { Some(&mut *self.get_unchecked_mut(slice)) }
        } else {
            None
        }
    }

    #[inline]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
        unsafe {
            let data = (slice as *const T).add(self.start);
            ptr::slice_from_raw_parts(data, self.end - self.start)
        }
    }

    #[inline]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
        unsafe {
            let data = (slice as *mut T).add(self.start);
            ptr::slice_from_raw_parts_mut(data, self.end - self.start)
        }
    }

    #[inline]
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        if self.end > slice.len() {
            end_fail(self.end, slice.len());
        }
        if self.start > self.end {
            order_fail(self.start, self.end);
        }
        unsafe { from_raw_parts(slice.as_ptr().add(self.start), self.end - self.start) }
    }

    #[inline]
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        if self.end > slice.len() {
            end_fail(self.end, slice.len());
        }
        if self.start > self.end {
            order_fail(self.start, self.end);
        }
        unsafe { from_raw_parts_mut(slice.as_mut_ptr().add(self.start), self.end - self.start) }
    }
}

/// The other ranges are read as a `Range`, after what only they can fail with.
macro_rules! slice_index {
    ($($type:ty, $r:ident, $len:ident: $range:expr, $known:expr, $check:expr;)*) => {$(
        unsafe impl<T> SliceIndex<[T]> for $type {
            type Output = [T];

            #[inline]
            fn get(self, slice: &[T]) -> Option<&[T]> {
                let ($r, $len) = (self, slice.len());
                if $known { ($range).get(slice) } else { None }
            }

            #[inline]
            fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
                let ($r, $len) = (self, slice.len());
                if $known { ($range).get_mut(slice) } else { None }
            }

            #[inline]
            unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
                let ($r, $len) = (self, slice.len());
                unsafe { ($range).get_unchecked(slice) }
            }

            #[inline]
            unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
                let ($r, $len) = (self, slice.len());
                unsafe { ($range).get_unchecked_mut(slice) }
            }

            #[inline]
            #[track_caller]
            fn index(self, slice: &[T]) -> &[T] {
                let ($r, $len) = (self, slice.len());
                $check;
                ($range).index(slice)
            }

            #[inline]
            #[track_caller]
            fn index_mut(self, slice: &mut [T]) -> &mut [T] {
                let ($r, $len) = (self, slice.len());
                $check;
                ($range).index_mut(slice)
            }
        }
    )*};
}

slice_index! {
    RangeTo<usize>, r, len: { let _ = len; 0..r.end }, true, ();
    RangeFrom<usize>, r, len: r.start..len, true, if r.start > len { start_fail(r.start, len) };
    RangeFull, r, len: { let _ = r; 0..len }, true, ();
    RangeInclusive<usize>, r, len:
        { let _ = len; (if r.exhausted { r.end + 1 } else { r.start })..r.end + 1 },
        r.end != usize::MAX,
        if r.end >= len { end_fail(r.end.saturating_add(1), len) };
    RangeToInclusive<usize>, r, len:
        { let _ = len; 0..r.end + 1 },
        r.end != usize::MAX,
        if r.end >= len { end_fail(r.end.saturating_add(1), len) };
    (Bound<usize>, Bound<usize>), r, len:
        { let (start, end) = bounds(r.0.as_ref(), r.1.as_ref(), len); start..end },
        true,
        ();
}
