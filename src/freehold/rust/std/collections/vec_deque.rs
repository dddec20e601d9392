//! `VecDeque`: a ring.

mod iter;

pub use self::iter::{Drain, IntoIter, Iter, IterMut};
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::mem::{self, ManuallyDrop};
use crate::ops::{Index, IndexMut, RangeBounds};
use crate::ptr;
use crate::slice;
use crate::vec::{RawVec, Vec};

/// The `len` values from place `head` of the block are there; behind its last place they go on at
/// place 0.
#[lang = "VecDeque"]
pub struct VecDeque<T> {
    head: usize,
    len: usize,
    buf: RawVec<T>,
}

unsafe impl<#[may_dangle] T> Drop for VecDeque<T> {
    fn drop(&mut self) {
        let (front, back) = self.as_mut_slices();
        let (front, back) = (front as *mut [T], back as *mut [T]);
        unsafe {
            // What is behind is dropped even if a destructor in front panics.
            let _back = Dropper(back);
            ptr::drop_in_place(front);
        }
    }
}

/// Drops a slice.
struct Dropper<T>(*mut [T]);

impl<T> Drop for Dropper<T> {
    fn drop(&mut self) { unsafe { ptr::drop_in_place(self.0) } }
}

impl<T> VecDeque<T> {
    pub const fn new() -> VecDeque<T> { VecDeque { head: 0, len: 0, buf: RawVec::NEW } }

    #[track_caller]
    pub fn with_capacity(capacity: usize) -> VecDeque<T> {
        VecDeque { head: 0, len: 0, buf: RawVec::with_capacity(capacity) }
    }

    #[inline]
    fn ptr(&self) -> *mut T { self.buf.ptr() }

    /// The place of the value number `index`.
    #[inline]
    fn place(&self, index: usize) -> usize {
        let place = self.head.wrapping_add(index);
        let capacity = self.buf.capacity();
        if place >= capacity || place < index {
            place.wrapping_sub(capacity)
        } else {
            place
        }
    }

    #[inline]
    unsafe fn at(&self, index: usize) -> *mut T { unsafe { self.ptr().add(self.place(index)) } }

    /// Make room for `additional` more; the values in front of the seam move to the end.
    #[track_caller]
    fn grow(&mut self, additional: usize) {
        let old = self.buf.capacity();
        unsafe {
            self.buf.reserve(old, additional);
            let in_front = old - self.head;
            if in_front < self.len {
                let head = self.buf.capacity() - in_front;
                ptr::copy(self.ptr().add(self.head), self.ptr().add(head), in_front);
                self.head = head;
            }
        }
    }

    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        if index < self.len {
            Some(unsafe { &*self.at(index) })
        } else {
            None
        }
    }

    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        if index < self.len {
            Some(unsafe { &mut *self.at(index) })
        } else {
            None
        }
    }

    #[track_caller]
    pub fn swap(&mut self, i: usize, j: usize) {
        assert!(i < self.len());
        assert!(j < self.len());
        unsafe { ptr::swap(self.at(i), self.at(j)) }
    }

    pub fn capacity(&self) -> usize { self.buf.capacity() }

    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        let free = self.capacity() - self.len;
        if free < additional {
            self.grow(additional - free);
        }
    }

    pub fn shrink_to_fit(&mut self) {
        if mem::size_of::<T>() > 0 && self.len < self.capacity() {
            let all: Vec<T> = mem::take(self).into();
            *self = VecDeque::from(all);
            self.buf.shrink(self.len);
        }
    }

    pub fn truncate(&mut self, len: usize) {
        while self.len > len {
            self.pop_back();
        }
    }

    pub fn iter(&self) -> Iter<'_, T> {
        let (front, back) = self.as_slices();
        Iter::new(front.iter(), back.iter())
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        let (front, back) = self.as_mut_slices();
        IterMut::new(front.iter_mut(), back.iter_mut())
    }

    /// Where the first part starts, its length, and that of the part at place 0.
    fn parts(&self) -> (usize, usize, usize) {
        let room = self.buf.capacity() - self.head;
        if self.len <= room {
            (self.head, self.len, 0)
        } else {
            (self.head, room, self.len - room)
        }
    }

    pub fn as_slices(&self) -> (&[T], &[T]) {
        let (start, front, back) = self.parts();
        unsafe {
            (
                slice::from_raw_parts(self.ptr().add(start), front),
                slice::from_raw_parts(self.ptr(), back),
            )
        }
    }

    pub fn as_mut_slices(&mut self) -> (&mut [T], &mut [T]) {
        let (start, front, back) = self.parts();
        unsafe {
            (
                slice::from_raw_parts_mut(self.ptr().add(start), front),
                slice::from_raw_parts_mut(self.ptr(), back),
            )
        }
    }

    #[inline]
    pub fn len(&self) -> usize { self.len }

    #[inline]
    pub fn is_empty(&self) -> bool { self.len == 0 }

    #[track_caller]
    pub fn range<R: RangeBounds<usize>>(&self, range: R) -> Iter<'_, T> {
        let range = slice::range(range, self.len);
        let mut iter = self.iter();
        for _ in range.end..self.len {
            iter.next_back();
        }
        for _ in 0..range.start {
            iter.next();
        }
        iter
    }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        let range = slice::range(range, self.len);
        // The drained values come out in front, the rest is put together again.
        let mut tail = self.split_off(range.start);
        let rest = tail.split_off(range.end - range.start);
        for item in rest {
            self.push_back(item);
        }
        Drain::new(tail.into_iter())
    }

    pub fn clear(&mut self) {
        self.truncate(0);
        self.head = 0;
    }

    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq<T>,
    {
        self.iter().any(|item| item == x)
    }

    pub fn front(&self) -> Option<&T> { self.get(0) }

    pub fn front_mut(&mut self) -> Option<&mut T> { self.get_mut(0) }

    pub fn back(&self) -> Option<&T> { self.get(self.len.wrapping_sub(1)) }

    pub fn back_mut(&mut self) -> Option<&mut T> { self.get_mut(self.len.wrapping_sub(1)) }

    #[inline]
    pub fn pop_front(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        let old = self.head;
        self.head = self.place(1);
        self.len -= 1;
        Some(unsafe { ptr::read(self.ptr().add(old)) })
    }

    #[inline]
    pub fn pop_back(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        Some(unsafe { ptr::read(self.at(self.len)) })
    }

    #[inline]
    #[track_caller]
    pub fn push_front(&mut self, value: T) {
        if self.len == self.buf.capacity() {
            self.grow(1);
        }
        self.head = if self.head == 0 { self.buf.capacity() - 1 } else { self.head - 1 };
        self.len += 1;
        unsafe { ptr::write(self.at(0), value) }
    }

    #[inline]
    #[track_caller]
    pub fn push_back(&mut self, value: T) {
        if self.len == self.buf.capacity() {
            self.grow(1);
        }
        unsafe { ptr::write(self.at(self.len), value) };
        self.len += 1;
    }

    pub fn swap_remove_front(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        self.swap(index, 0);
        self.pop_front()
    }

    pub fn swap_remove_back(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        self.swap(index, self.len - 1);
        self.pop_back()
    }

    #[track_caller]
    pub fn insert(&mut self, index: usize, value: T) {
        assert!(index <= self.len(), "index out of bounds");
        self.push_back(value);
        let mut i = self.len - 1;
        while i > index {
            self.swap(i, i - 1);
            i -= 1;
        }
    }

    pub fn remove(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        for i in index + 1..self.len {
            self.swap(i - 1, i);
        }
        self.pop_back()
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> Self {
        assert!(at <= self.len, "`at` out of bounds");
        let mut other = VecDeque::with_capacity(self.len - at);
        for i in at..self.len {
            other.push_back(unsafe { ptr::read(self.at(i)) });
        }
        self.len = at;
        other
    }

    #[track_caller]
    pub fn append(&mut self, other: &mut Self) {
        self.reserve(other.len);
        while let Some(item) = other.pop_front() {
            self.push_back(item);
        }
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) { self.retain_mut(|item| f(item)) }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        for _ in 0..self.len {
            if let Some(mut item) = self.pop_front() {
                if f(&mut item) {
                    self.push_back(item);
                }
            }
        }
    }

    #[track_caller]
    pub fn resize(&mut self, new_len: usize, value: T)
    where
        T: Clone,
    {
        self.resize_with(new_len, || value.clone());
    }

    #[track_caller]
    pub fn resize_with(&mut self, new_len: usize, mut generator: impl FnMut() -> T) {
        self.truncate(new_len);
        while self.len < new_len {
            self.push_back(generator());
        }
    }

    pub fn make_contiguous(&mut self) -> &mut [T] {
        let (_, _, back) = self.parts();
        if back > 0 {
            let all: Vec<T> = mem::take(self).into();
            *self = VecDeque::from(all);
        }
        self.as_mut_slices().0
    }

    #[track_caller]
    pub fn rotate_left(&mut self, n: usize) {
        assert!(n <= self.len());
        for _ in 0..n {
            if let Some(item) = self.pop_front() {
                self.push_back(item);
            }
        }
    }

    #[track_caller]
    pub fn rotate_right(&mut self, n: usize) {
        assert!(n <= self.len());
        for _ in 0..n {
            if let Some(item) = self.pop_back() {
                self.push_front(item);
            }
        }
    }

    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|e| e.cmp(x))
    }

    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(&'a self, mut f: F) -> Result<usize, usize> {
        let (front, back) = self.as_slices();
        match back.first().map(|elem| f(elem)) {
            Some(Ordering::Equal) => Ok(front.len()),
            Some(Ordering::Less) => match back.binary_search_by(f) {
                Ok(i) => Ok(i + front.len()),
                Err(i) => Err(i + front.len()),
            },
            _ => front.binary_search_by(f),
        }
    }
}

impl<T: Clone> Clone for VecDeque<T> {
    #[track_caller]
    fn clone(&self) -> Self { self.iter().cloned().collect() }
}

impl<T> Default for VecDeque<T> {
    fn default() -> VecDeque<T> { VecDeque::new() }
}

impl<T: PartialEq> PartialEq for VecDeque<T> {
    fn eq(&self, other: &Self) -> bool { self.len == other.len && self.iter().eq(other) }
}

impl<T: Eq> Eq for VecDeque<T> {}

macro_rules! equal {
    ($([$($generics:tt)*] $rhs:ty;)*) => {$(
        impl<T: PartialEq<U>, U, $($generics)*> PartialEq<$rhs> for VecDeque<T> {
            fn eq(&self, other: &$rhs) -> bool { self.len == other.len() && self.iter().eq(&other[..]) }
        }
    )*};
}

equal! {
    [] Vec<U>;
    [] &[U];
    [] &mut [U];
    [const N: usize] [U; N];
    [const N: usize] &[U; N];
}

impl<T: PartialOrd> PartialOrd for VecDeque<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> { self.iter().partial_cmp(other.iter()) }
}

impl<T: Ord> Ord for VecDeque<T> {
    fn cmp(&self, other: &Self) -> Ordering { self.iter().cmp(other.iter()) }
}

impl<T: Hash> Hash for VecDeque<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len);
        self.iter().for_each(|item| item.hash(state));
    }
}

impl<T> Index<usize> for VecDeque<T> {
    type Output = T;

    #[inline]
    #[track_caller]
    fn index(&self, index: usize) -> &T { self.get(index).expect("Out of bounds access") }
}

impl<T> IndexMut<usize> for VecDeque<T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        self.get_mut(index).expect("Out of bounds access")
    }
}

impl<T> FromIterator<T> for VecDeque<T> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> VecDeque<T> {
        VecDeque::from(iter.into_iter().collect::<Vec<T>>())
    }
}

impl<T> IntoIterator for VecDeque<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> { IntoIter::new(self) }
}

impl<'a, T> IntoIterator for &'a VecDeque<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> { self.iter() }
}

impl<'a, T> IntoIterator for &'a mut VecDeque<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    fn into_iter(self) -> IterMut<'a, T> { self.iter_mut() }
}

impl<T> Extend<T> for VecDeque<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        for item in iter {
            self.push_back(item);
        }
    }
}

impl<'a, T: 'a + Copy> Extend<&'a T> for VecDeque<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.extend(iter.into_iter().copied());
    }
}

impl<T: fmt::Debug> fmt::Debug for VecDeque<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T> From<Vec<T>> for VecDeque<T> {
    fn from(other: Vec<T>) -> Self {
        let (ptr, len, capacity) = other.into_raw_parts();
        VecDeque { head: 0, len, buf: unsafe { RawVec::from_raw_parts(ptr, capacity) } }
    }
}

impl<T> From<VecDeque<T>> for Vec<T> {
    fn from(other: VecDeque<T>) -> Self {
        let mut other = other;
        let (_, _, back) = other.parts();
        if back > 0 {
            let mut all = Vec::with_capacity(other.len);
            while let Some(item) = other.pop_front() {
                all.push(item);
            }
            return all;
        }
        let other = ManuallyDrop::wrap(other);
        let start = other.ptr();
        unsafe {
            ptr::copy(start.add(other.head), start, other.len);
            Vec::from_raw_parts(start, other.len, other.capacity())
        }
    }
}

impl<T, const N: usize> From<[T; N]> for VecDeque<T> {
    fn from(arr: [T; N]) -> Self { VecDeque::from(Vec::from(arr)) }
}
