//! Slicing by byte ranges that start and end between characters.

use super::from_utf8_unchecked;
use crate::ops::{
    Index, IndexMut, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive,
};
use crate::ptr;
use crate::slice::SliceIndex;

/// Longer strings are cut in messages.
const SHOWN: usize = 256;

/// The end of the character that `at` is inside of or starts.
fn boundary_before(s: &str, at: usize) -> usize {
    let mut at = at;
    while !s.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cold]
#[inline(never)]
#[track_caller]
pub(super) fn slice_error(s: &str, begin: usize, end: usize) -> ! {
    let (shown, ellipsis) = if s.len() > SHOWN {
        (&s[..boundary_before(s, SHOWN)], "[...]")
    } else {
        (s, "")
    };
    if begin > s.len() {
        panic!("start byte index {begin} is out of bounds of `{shown}`{ellipsis}");
    }
    if end > s.len() {
        panic!("end byte index {end} is out of bounds of `{shown}`{ellipsis}");
    }
    if begin > end {
        panic!("begin > end ({begin} > {end}) when slicing `{shown}`{ellipsis}");
    }
    let (which, index) = if s.is_char_boundary(begin) { ("end", end) } else { ("start", begin) };
    let start = boundary_before(s, index);
    let c = s[start..].chars().next().unwrap();
    panic!(
        "{which} byte index {index} is not a char boundary; it is inside {c:?} (bytes {:?}) of `{shown}`{ellipsis}",
        start..start + c.len_utf8()
    );
}

impl<I: SliceIndex<str>> Index<I> for str {
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output { index.index(self) }
}

impl<I: SliceIndex<str>> IndexMut<I> for str {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output { index.index_mut(self) }
}

unsafe impl SliceIndex<str> for Range<usize> {
    type Output = str;

    #[inline]
    fn get(self, slice: &str) -> Option<&str> {
        if self.start <= self.end
            && slice.is_char_boundary(self.start)
            && slice.is_char_boundary(self.end)
        {
            unsafe { Some(&*self.get_unchecked(slice)) }
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut str) -> Option<&mut str> {
        if self.start <= self.end
            && slice.is_char_boundary(self.start)
            && slice.is_char_boundary(self.end)
        {
            unsafe { Some(&mut *self.get_unchecked_mut(slice)) }
        } else {
            None
        }
    }

    #[inline]
    unsafe fn get_unchecked(self, slice: *const str) -> *const str {
        unsafe {
            let data = (slice as *const u8).add(self.start);
            ptr::slice_from_raw_parts(data, self.end - self.start) as *const str
        }
    }

    #[inline]
    unsafe fn get_unchecked_mut(self, slice: *mut str) -> *mut str {
        unsafe {
            let data = (slice as *mut u8).add(self.start);
            ptr::slice_from_raw_parts_mut(data, self.end - self.start) as *mut str
        }
    }

    #[inline]
    #[track_caller]
    fn index(self, slice: &str) -> &str {
        let (start, end) = (self.start, self.end);
        match self.get(slice) {
            Some(s) => s,
            None => slice_error(slice, start, end),
        }
    }

    #[inline]
    #[track_caller]
    fn index_mut(self, slice: &mut str) -> &mut str {
        let (start, end) = (self.start, self.end);
        if start <= end && slice.is_char_boundary(start) && slice.is_char_boundary(end) {
            unsafe { &mut *self.get_unchecked_mut(slice) }
        } else {
            slice_error(slice, start, end)
        }
    }
}

/// The other ranges are read as a `Range`.
macro_rules! str_index {
    ($($type:ty, $r:ident, $len:ident: $range:expr, $known:expr;)*) => {$(
        unsafe impl SliceIndex<str> for $type {
            type Output = str;

            #[inline]
            fn get(self, slice: &str) -> Option<&str> {
                let ($r, $len) = (self, slice.len());
                if $known { ($range).get(slice) } else { None }
            }

            #[inline]
            fn get_mut(self, slice: &mut str) -> Option<&mut str> {
                let ($r, $len) = (self, slice.len());
                if $known { ($range).get_mut(slice) } else { None }
            }

            #[inline]
            unsafe fn get_unchecked(self, slice: *const str) -> *const str {
                let ($r, $len) = (self, (slice as *const [u8]).len());
                unsafe { ($range).get_unchecked(slice) }
            }

            #[inline]
            unsafe fn get_unchecked_mut(self, slice: *mut str) -> *mut str {
                let ($r, $len) = (self, (slice as *mut [u8]).len());
                unsafe { ($range).get_unchecked_mut(slice) }
            }

            #[inline]
            #[track_caller]
            fn index(self, slice: &str) -> &str {
                let ($r, $len) = (self, slice.len());
                if !$known {
                    panic!("attempted to index str up to maximum usize");
                }
                ($range).index(slice)
            }

            #[inline]
            #[track_caller]
            fn index_mut(self, slice: &mut str) -> &mut str {
                let ($r, $len) = (self, slice.len());
                if !$known {
                    panic!("attempted to index str up to maximum usize");
                }
                ($range).index_mut(slice)
            }
        }
    )*};
}

str_index! {
    RangeTo<usize>, r, len: { let _ = len; 0..r.end }, true;
    RangeFrom<usize>, r, len: r.start..if r.start > len { r.start } else { len }, true;
    RangeFull, r, len: { let _ = r; 0..len }, true;
    RangeInclusive<usize>, r, len:
        { let _ = len; (if r.exhausted { r.end + 1 } else { r.start })..r.end + 1 },
        r.end != usize::MAX;
    RangeToInclusive<usize>, r, len: { let _ = len; 0..r.end + 1 }, r.end != usize::MAX;
}

/// The bytes of `s` from `start` to `end`, of which the caller knows that they are boundaries.
#[inline]
pub(super) fn part(s: &str, start: usize, end: usize) -> &str {
    unsafe { from_utf8_unchecked(s.as_bytes().get_unchecked(start..end)) }
}
