//! `Vec`.

mod convert;
mod drain;
mod into_iter;
mod raw;

pub use self::drain::{Drain, Splice};
pub use self::into_iter::IntoIter;
pub(crate) use self::raw::RawVec;
use crate::borrow::{Borrow, BorrowMut};
use crate::boxed::Box;
use crate::cmp::{self, Ordering};
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::mem::{self, ManuallyDrop, MaybeUninit};
use crate::ops::{Deref, DerefMut, Index, IndexMut, Range, RangeBounds};
use crate::ptr;
use crate::slice::{self, SliceIndex};

/// The first `len` values of the block are there.
#[lang = "Vec"]
pub struct Vec<T> {
    buf: RawVec<T>,
    len: usize,
}

#[cold]
#[track_caller]
fn swap_remove_outside(index: usize, len: usize) -> ! {
    panic!("swap_remove index (is {index}) should be < len (is {len})");
}

#[cold]
#[track_caller]
fn insert_outside(index: usize, len: usize) -> ! {
    panic!("insertion index (is {index}) should be <= len (is {len})");
}

#[cold]
#[track_caller]
fn remove_outside(index: usize, len: usize) -> ! {
    panic!("removal index (is {index}) should be < len (is {len})");
}

#[cold]
#[track_caller]
fn split_outside(at: usize, len: usize) -> ! {
    panic!("`at` split index (is {at}) should be <= len (is {len})");
}

#[lang_items]
impl<T> Vec<T> {
    #[inline]
    pub const fn new() -> Self { Vec { buf: RawVec::NEW, len: 0 } }

    #[inline]
    #[track_caller]
    pub fn with_capacity(capacity: usize) -> Self {
        Vec { buf: RawVec::with_capacity(capacity), len: 0 }
    }

    /// # Safety
    /// `ptr` must be a block for `capacity` values, of which the first `length` are there.
    #[inline]
    pub unsafe fn from_raw_parts(ptr: *mut T, length: usize, capacity: usize) -> Self {
        unsafe { Vec { buf: RawVec::from_raw_parts(ptr, capacity), len: length } }
    }

    #[inline]
    pub fn into_raw_parts(self) -> (*mut T, usize, usize) {
        let mut me = ManuallyDrop::wrap(self);
        (me.as_mut_ptr(), me.len(), me.capacity())
    }

    #[inline]
    pub const fn capacity(&self) -> usize { self.buf.capacity() }

    #[inline]
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) { self.buf.reserve(self.len, additional); }

    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        self.buf.reserve_exact(self.len, additional);
    }

    pub fn try_reserve(
        &mut self,
        additional: usize,
    ) -> Result<(), crate::collections::TryReserveError> {
        self.buf.try_reserve(self.len, additional)
    }

    #[track_caller]
    pub fn shrink_to_fit(&mut self) { self.buf.shrink(self.len); }

    #[track_caller]
    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.buf.shrink(cmp::max(self.len, min_capacity));
    }

    #[track_caller]
    pub fn into_boxed_slice(mut self) -> Box<[T]> {
        self.shrink_to_fit();
        let mut me = ManuallyDrop::wrap(self);
        unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(me.as_mut_ptr(), me.len)) }
    }

    pub fn truncate(&mut self, len: usize) {
        if len >= self.len {
            return;
        }
        let rest = self.len - len;
        self.len = len;
        unsafe {
            let start = self.as_mut_ptr().add(len);
            ptr::drop_in_place(ptr::slice_from_raw_parts_mut(start, rest));
        }
    }

    #[inline]
    pub const fn as_slice(&self) -> &[T] { unsafe { slice::from_raw_parts(self.as_ptr(), self.len) } }

    #[inline]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { slice::from_raw_parts_mut(self.as_mut_ptr(), self.len) }
    }

    #[inline]
    pub const fn as_ptr(&self) -> *const T { self.buf.ptr() }

    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut T { self.buf.ptr() }

    /// # Safety
    /// The first `new_len` values must be there.
    #[inline]
    pub unsafe fn set_len(&mut self, new_len: usize) { self.len = new_len; }

    #[track_caller]
    pub fn swap_remove(&mut self, index: usize) -> T {
        let len = self.len;
        if index >= len {
            swap_remove_outside(index, len);
        }
        unsafe {
            let value = ptr::read(self.as_ptr().add(index));
            let base = self.as_mut_ptr();
            ptr::copy(base.add(len - 1), base.add(index), 1);
            self.len = len - 1;
            value
        }
    }

    #[track_caller]
    pub fn insert(&mut self, index: usize, element: T) {
        let len = self.len;
        if index > len {
            insert_outside(index, len);
        }
        if len == self.capacity() {
            self.buf.grow_one();
        }
        unsafe {
            let p = self.as_mut_ptr().add(index);
            ptr::copy(p, p.add(1), len - index);
            ptr::write(p, element);
        }
        self.len = len + 1;
    }

    #[track_caller]
    pub fn remove(&mut self, index: usize) -> T {
        let len = self.len;
        if index >= len {
            remove_outside(index, len);
        }
        unsafe {
            let p = self.as_mut_ptr().add(index);
            let value = ptr::read(p);
            ptr::copy(p.add(1), p, len - index - 1);
            self.len = len - 1;
            value
        }
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) { self.retain_mut(|elem| f(elem)); }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let mut gap = Gap::new(self);
        while gap.read < gap.len {
            unsafe {
                let item = gap.vec.as_mut_ptr().add(gap.read);
                if f(&mut *item) {
                    gap.keep();
                } else {
                    gap.read += 1;
                    ptr::drop_in_place(item);
                }
            }
        }
    }

    pub fn dedup_by_key<F: FnMut(&mut T) -> K, K: PartialEq>(&mut self, mut key: F) {
        self.dedup_by(|a, b| key(a) == key(b))
    }

    pub fn dedup_by<F: FnMut(&mut T, &mut T) -> bool>(&mut self, mut same_bucket: F) {
        let mut gap = Gap::new(self);
        while gap.read < gap.len {
            unsafe {
                let base = gap.vec.as_mut_ptr();
                let item = base.add(gap.read);
                if gap.write > 0 && same_bucket(&mut *item, &mut *base.add(gap.write - 1)) {
                    gap.read += 1;
                    ptr::drop_in_place(item);
                } else {
                    gap.keep();
                }
            }
        }
    }

    #[inline]
    #[track_caller]
    pub fn push(&mut self, value: T) {
        let len = self.len;
        if len == self.buf.capacity() {
            self.buf.grow_one();
        }
        unsafe { ptr::write(self.buf.ptr().add(len), value) };
        self.len = len + 1;
    }

    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        unsafe { Some(ptr::read(self.buf.ptr().add(self.len))) }
    }

    pub fn pop_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        let last = self.last_mut()?;
        if predicate(last) {
            self.pop()
        } else {
            None
        }
    }

    #[track_caller]
    pub fn append(&mut self, other: &mut Self) {
        let count = other.len;
        self.reserve(count);
        unsafe {
            ptr::copy_nonoverlapping(other.as_ptr(), self.as_mut_ptr().add(self.len), count);
        }
        other.len = 0;
        self.len += count;
    }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        let range = slice::range(range, self.len);
        Drain::new(self, range)
    }

    #[inline]
    pub fn clear(&mut self) { self.truncate(0) }

    #[inline]
    pub const fn len(&self) -> usize { self.len }

    #[inline]
    pub const fn is_empty(&self) -> bool { self.len == 0 }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> Self {
        let len = self.len;
        if at > len {
            split_outside(at, len);
        }
        let mut other = Vec::with_capacity(len - at);
        self.len = at;
        other.len = len - at;
        unsafe {
            ptr::copy_nonoverlapping(self.as_ptr().add(at), other.as_mut_ptr(), len - at);
        }
        other
    }

    #[track_caller]
    pub fn resize_with<F: FnMut() -> T>(&mut self, new_len: usize, mut f: F) {
        if new_len <= self.len {
            return self.truncate(new_len);
        }
        self.reserve(new_len - self.len);
        while self.len < new_len {
            self.push(f());
        }
    }

    #[track_caller]
    pub fn resize(&mut self, new_len: usize, value: T)
    where
        T: Clone,
    {
        if new_len <= self.len {
            return self.truncate(new_len);
        }
        self.extend_with(new_len - self.len, value);
    }

    /// What goes in is leaked on purpose, and is reported as such.
    #[lang = "vec_leak"]
    #[inline]
    pub fn leak<'a>(self) -> &'a mut [T] {
        let mut me = ManuallyDrop::wrap(self);
        mem::give_up(me.as_ptr());
        unsafe { slice::from_raw_parts_mut(me.as_mut_ptr(), me.len) }
    }

    pub fn spare_capacity_mut(&mut self) -> &mut [MaybeUninit<T>] {
        unsafe {
            let start = self.as_mut_ptr().add(self.len) as *mut MaybeUninit<T>;
            slice::from_raw_parts_mut(start, self.capacity() - self.len)
        }
    }

    #[track_caller]
    pub fn extend_from_slice(&mut self, other: &[T])
    where
        T: Clone,
    {
        self.reserve(other.len());
        for item in other {
            unsafe { ptr::write(self.buf.ptr().add(self.len), item.clone()) };
            self.len += 1;
        }
    }

    /// `extend_from_slice` in one copy.
    #[inline]
    #[track_caller]
    pub(crate) fn extend_copied(&mut self, other: &[T])
    where
        T: Copy,
    {
        let count = other.len();
        self.reserve(count);
        unsafe { ptr::copy_nonoverlapping(other.as_ptr(), self.buf.ptr().add(self.len), count) };
        self.len += count;
    }

    #[track_caller]
    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R)
    where
        T: Clone,
    {
        let Range { start, end } = slice::range(src, self.len);
        self.reserve(end - start);
        for i in start..end {
            let item = self[i].clone();
            self.push(item);
        }
    }

    #[track_caller]
    pub fn splice<R, I>(&mut self, range: R, replace_with: I) -> Splice<'_, I::IntoIter>
    where
        R: RangeBounds<usize>,
        I: IntoIterator<Item = T>,
    {
        Splice::new(self.drain(range), replace_with.into_iter())
    }

    pub fn dedup(&mut self)
    where
        T: PartialEq,
    {
        self.dedup_by(|a, b| a == b)
    }

    /// Append `n` copies: the last one is `value` itself.
    fn extend_with(&mut self, n: usize, value: T)
    where
        T: Clone,
    {
        self.reserve(n);
        let mut made = Made { vec: self, count: 0 };
        unsafe {
            let start = made.vec.as_mut_ptr().add(made.vec.len);
            while made.count.wrapping_add(1) < n {
                ptr::write(start.add(made.count), value.clone());
                made.count = made.count.wrapping_add(1);
            }
            if n > 0 {
                ptr::write(start.add(made.count), value);
                made.count = made.count.wrapping_add(1);
            }
        }
    }

    /// Append all of an iterator, with room for as many as it announces.
    fn extend_from<I: Iterator<Item = T>>(&mut self, mut iterator: I) {
        while let Some(element) = iterator.next() {
            if self.len == self.capacity() {
                let (lower, _) = iterator.size_hint();
                self.reserve(lower.saturating_add(1));
            }
            unsafe { ptr::write(self.as_mut_ptr().add(self.len), element) };
            self.len += 1;
        }
    }
}

/// `count` values have been written after those of `vec`: they are its own at the end of this, be it
/// by a panic. While they are written nobody looks at its length.
struct Made<'a, T> {
    vec: &'a mut Vec<T>,
    count: usize,
}

impl<'a, T> Drop for Made<'a, T> {
    fn drop(&mut self) { self.vec.len += self.count; }
}

/// `vec[..write]` is kept, `vec[read..len]` is still to be looked at; a panic closes the gap.
struct Gap<'a, T> {
    vec: &'a mut Vec<T>,
    read: usize,
    write: usize,
    len: usize,
}

impl<'a, T> Gap<'a, T> {
    fn new(vec: &'a mut Vec<T>) -> Self {
        let len = vec.len;
        vec.len = 0;
        Gap { vec, read: 0, write: 0, len }
    }

    unsafe fn keep(&mut self) {
        if self.read != self.write {
            let base = self.vec.as_mut_ptr();
            unsafe { ptr::copy_nonoverlapping(base.add(self.read), base.add(self.write), 1) };
        }
        self.read += 1;
        self.write += 1;
    }
}

impl<T> Drop for Gap<'_, T> {
    fn drop(&mut self) {
        let rest = self.len - self.read;
        unsafe {
            let base = self.vec.as_mut_ptr();
            ptr::copy(base.add(self.read), base.add(self.write), rest);
        }
        self.vec.len = self.write + rest;
    }
}

unsafe impl<#[may_dangle] T> Drop for Vec<T> {
    #[inline]
    fn drop(&mut self) {
        if mem::needs_drop::<T>() {
            unsafe { ptr::drop_in_place(ptr::slice_from_raw_parts_mut(self.buf.ptr(), self.len)) }
        }
    }
}

/// What `vec![x; n]` calls.
#[lang = "vec_from_elem"]
#[track_caller]
pub fn from_elem<T: Clone>(elem: T, n: usize) -> Vec<T> {
    let mut vec = Vec::with_capacity(n);
    vec.extend_with(n, elem);
    vec
}

/// What `vec![a, b]` calls.
#[lang = "vec_from_array"]
#[inline]
pub fn from_array<T, const N: usize>(array: [T; N]) -> Vec<T> {
    let mut vec = Vec::with_capacity(N);
    unsafe { ptr::write(vec.as_mut_ptr() as *mut [T; N], array) };
    vec.len = N;
    vec
}

impl<T> Deref for Vec<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] { self.as_slice() }
}

impl<T> DerefMut for Vec<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] { self.as_mut_slice() }
}

impl<T: Clone> Clone for Vec<T> {
    #[track_caller]
    fn clone(&self) -> Self { self.to_vec() }

    #[track_caller]
    fn clone_from(&mut self, source: &Self) {
        self.truncate(source.len);
        let (head, tail) = source.split_at(self.len);
        self.clone_from_slice(head);
        self.extend_from_slice(tail);
    }
}

impl<T: Hash> Hash for Vec<T> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) { Hash::hash(&**self, state) }
}

impl<T, I: SliceIndex<[T]>> Index<I> for Vec<T> {
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output { index.index(self.as_slice()) }
}

impl<T, I: SliceIndex<[T]>> IndexMut<I> for Vec<T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output { index.index_mut(self.as_mut_slice()) }
}

impl<T> FromIterator<T> for Vec<T> {
    #[inline]
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Vec<T> {
        let mut iterator = iter.into_iter();
        let first = match iterator.next() {
            Some(first) => first,
            None => return Vec::new(),
        };
        let (lower, upper) = iterator.size_hint();
        // A known length is taken as it is; else there is room for four at least.
        let capacity = match upper {
            Some(upper) if upper == lower => lower.saturating_add(1),
            _ => cmp::max(lower.saturating_add(1), RawVec::<T>::FIRST),
        };
        let mut vec = Vec::with_capacity(capacity);
        vec.push(first);
        vec.extend_from(iterator);
        vec
    }
}

impl<T> IntoIterator for Vec<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[inline]
    fn into_iter(self) -> IntoIter<T> { IntoIter::new(self) }
}

impl<'a, T> IntoIterator for &'a Vec<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> slice::Iter<'a, T> { self.iter() }
}

impl<'a, T> IntoIterator for &'a mut Vec<T> {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> slice::IterMut<'a, T> { self.iter_mut() }
}

impl<T> Extend<T> for Vec<T> {
    #[inline]
    #[track_caller]
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        let iterator = iter.into_iter();
        if let (lower, Some(upper)) = iterator.size_hint() {
            if lower == upper {
                self.reserve(lower);
            }
        }
        self.extend_from(iterator)
    }

    #[inline]
    #[track_caller]
    fn extend_one(&mut self, item: T) { self.push(item); }
}

impl<'a, T: Copy + 'a> Extend<&'a T> for Vec<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.extend(iter.into_iter().copied())
    }
}

impl<T: PartialOrd> PartialOrd for Vec<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        PartialOrd::partial_cmp(&**self, &**other)
    }
}

impl<T: Eq> Eq for Vec<T> {}

impl<T: Ord> Ord for Vec<T> {
    fn cmp(&self, other: &Self) -> Ordering { Ord::cmp(&**self, &**other) }
}

impl<T> Default for Vec<T> {
    fn default() -> Vec<T> { Vec::new() }
}

impl<T: fmt::Debug> fmt::Debug for Vec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&**self, f) }
}

impl<T> AsRef<Vec<T>> for Vec<T> {
    fn as_ref(&self) -> &Vec<T> { self }
}

impl<T> AsMut<Vec<T>> for Vec<T> {
    fn as_mut(&mut self) -> &mut Vec<T> { self }
}

impl<T> AsRef<[T]> for Vec<T> {
    fn as_ref(&self) -> &[T] { self }
}

impl<T> AsMut<[T]> for Vec<T> {
    fn as_mut(&mut self) -> &mut [T] { self }
}

impl<T> Borrow<[T]> for Vec<T> {
    fn borrow(&self) -> &[T] { &**self }
}

impl<T> BorrowMut<[T]> for Vec<T> {
    fn borrow_mut(&mut self) -> &mut [T] { &mut **self }
}
