//! Slices.

mod chunks;
mod compare;
mod index;
mod iter;
mod join;
mod sort;
mod pieces;
mod split;

pub use self::chunks::{
    Chunks, ChunksExact, ChunksExactMut, ChunksMut, RChunks, RChunksExact, RChunksExactMut, RChunksMut,
    Windows,
};
pub use self::index::SliceIndex;
pub(crate) use self::index::{end_fail, range};
pub use self::iter::{Iter, IterMut};
pub use self::join::{Concat, Join};
pub use self::split::{
    ChunkBy, ChunkByMut, RSplit, RSplitMut, RSplitN, RSplitNMut, Split, SplitInclusive,
    SplitInclusiveMut, SplitMut, SplitN, SplitNMut,
};
use crate::boxed::Box;
use crate::cmp::Ordering::{self, Equal, Greater, Less};
use crate::mem;
use crate::ops::{Bound, Range, RangeBounds};
use crate::ptr;
use crate::vec::Vec;

/// # Safety
/// `data` must point to `len` valid values that no one writes to during `'a`.
#[lang = "slice_from_raw_parts"]
#[inline]
pub const unsafe fn from_raw_parts<'a, T>(data: *const T, len: usize) -> &'a [T] {
    unsafe { &*ptr::slice_from_raw_parts(data, len) }
}

/// # Safety
/// `data` must point to `len` valid values that nothing else reaches during `'a`.
#[lang = "slice_from_raw_parts_mut"]
#[inline]
pub const unsafe fn from_raw_parts_mut<'a, T>(data: *mut T, len: usize) -> &'a mut [T] {
    unsafe { &mut *ptr::slice_from_raw_parts_mut(data, len) }
}

pub const fn from_ref<T>(s: &T) -> &[T] { unsafe { from_raw_parts(s, 1) } }

pub const fn from_mut<T>(s: &mut T) -> &mut [T] { unsafe { from_raw_parts_mut(s, 1) } }

#[lang_items]
impl<T> [T] {
    #[lang = "slice_len_fn"]
    #[inline]
    pub const fn len(&self) -> usize { (self as *const [T]).len() }

    #[inline]
    pub const fn is_empty(&self) -> bool { self.len() == 0 }

    #[inline]
    pub const fn first(&self) -> Option<&T> {
        if let [first, ..] = self {
            Some(first)
        } else {
            None
        }
    }

    #[inline]
    pub const fn first_mut(&mut self) -> Option<&mut T> {
        if let [first, ..] = self {
            Some(first)
        } else {
            None
        }
    }

    #[inline]
    pub const fn split_first(&self) -> Option<(&T, &[T])> {
        if let [first, tail @ ..] = self {
            Some((first, tail))
        } else {
            None
        }
    }

    #[inline]
    pub const fn split_first_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [first, tail @ ..] = self {
            Some((first, tail))
        } else {
            None
        }
    }

    #[inline]
    pub const fn split_last(&self) -> Option<(&T, &[T])> {
        if let [init @ .., last] = self {
            Some((last, init))
        } else {
            None
        }
    }

    #[inline]
    pub const fn split_last_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [init @ .., last] = self {
            Some((last, init))
        } else {
            None
        }
    }

    #[inline]
    pub const fn last(&self) -> Option<&T> {
        if let [.., last] = self {
            Some(last)
        } else {
            None
        }
    }

    #[inline]
    pub const fn last_mut(&mut self) -> Option<&mut T> {
        if let [.., last] = self {
            Some(last)
        } else {
            None
        }
    }

    #[inline]
    pub fn first_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N {
            None
        } else {
            Some(unsafe { &*(self.as_ptr() as *const [T; N]) })
        }
    }

    #[inline]
    pub fn last_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N {
            None
        } else {
            Some(unsafe { &*(self.as_ptr().add(self.len() - N) as *const [T; N]) })
        }
    }

    #[inline]
    pub fn get<I: SliceIndex<[T]>>(&self, index: I) -> Option<&I::Output> { index.get(self) }

    #[inline]
    pub fn get_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> Option<&mut I::Output> {
        index.get_mut(self)
    }

    /// # Safety
    /// `index` must be in bounds.
    #[inline]
    pub unsafe fn get_unchecked<I: SliceIndex<[T]>>(&self, index: I) -> &I::Output {
        unsafe { &*index.get_unchecked(self) }
    }

    /// # Safety
    /// `index` must be in bounds.
    #[inline]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> &mut I::Output {
        unsafe { &mut *index.get_unchecked_mut(self) }
    }

    #[inline]
    pub const fn as_ptr(&self) -> *const T { self as *const [T] as *const T }

    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut T { self as *mut [T] as *mut T }

    #[inline]
    pub fn as_ptr_range(&self) -> Range<*const T> {
        let start = self.as_ptr();
        start..unsafe { start.add(self.len()) }
    }

    #[inline]
    pub fn as_mut_ptr_range(&mut self) -> Range<*mut T> {
        let start = self.as_mut_ptr();
        start..unsafe { start.add(self.len()) }
    }

    #[inline]
    #[track_caller]
    pub fn swap(&mut self, a: usize, b: usize) {
        let pa = &raw mut self[a];
        let pb = &raw mut self[b];
        unsafe { ptr::swap(pa, pb) }
    }

    pub fn reverse(&mut self) {
        let len = self.len();
        let base = self.as_mut_ptr();
        let mut i = 0;
        while i < len / 2 {
            unsafe { ptr::swap(base.add(i), base.add(len - 1 - i)) };
            i += 1;
        }
    }

    #[inline]
    pub fn iter(&self) -> Iter<'_, T> { Iter::new(self) }

    #[inline]
    pub fn iter_mut(&mut self) -> IterMut<'_, T> { IterMut::new(self) }

    #[inline]
    #[track_caller]
    pub fn windows(&self, size: usize) -> Windows<'_, T> {
        assert!(size != 0, "window size must be non-zero");
        Windows::new(self, size)
    }

    #[inline]
    #[track_caller]
    pub fn split_at(&self, mid: usize) -> (&[T], &[T]) {
        match self.split_at_checked(mid) {
            Some(pair) => pair,
            None => panic!("mid > len"),
        }
    }

    #[inline]
    #[track_caller]
    pub fn split_at_mut(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        match self.split_at_mut_checked(mid) {
            Some(pair) => pair,
            None => panic!("mid > len"),
        }
    }

    #[inline]
    pub fn split_at_checked(&self, mid: usize) -> Option<(&[T], &[T])> {
        let (data, len) = (self.as_ptr(), self.len());
        if mid > len {
            return None;
        }
        unsafe { Some((from_raw_parts(data, mid), from_raw_parts(data.add(mid), len - mid))) }
    }

    #[inline]
    pub fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut [T], &mut [T])> {
        let (data, len) = (self.as_mut_ptr(), self.len());
        if mid > len {
            return None;
        }
        unsafe {
            Some((from_raw_parts_mut(data, mid), from_raw_parts_mut(data.add(mid), len - mid)))
        }
    }

    /// # Safety
    /// `mid` must not be past the end.
    pub unsafe fn split_at_unchecked(&self, mid: usize) -> (&[T], &[T]) {
        let (data, len) = (self.as_ptr(), self.len());
        unsafe { (from_raw_parts(data, mid), from_raw_parts(data.add(mid), len - mid)) }
    }

    /// # Safety
    /// `mid` must not be past the end.
    pub unsafe fn split_at_mut_unchecked(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        let (data, len) = (self.as_mut_ptr(), self.len());
        unsafe { (from_raw_parts_mut(data, mid), from_raw_parts_mut(data.add(mid), len - mid)) }
    }

    #[inline]
    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq,
    {
        for item in self {
            if *item == *x {
                return true;
            }
        }
        false
    }

    pub fn starts_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let n = needle.len();
        self.len() >= n && needle == &self[..n]
    }

    pub fn ends_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let (m, n) = (self.len(), needle.len());
        m >= n && needle == &self[m - n..]
    }

    pub fn strip_prefix(&self, prefix: &[T]) -> Option<&[T]>
    where
        T: PartialEq,
    {
        if self.starts_with(prefix) {
            Some(&self[prefix.len()..])
        } else {
            None
        }
    }

    pub fn strip_suffix(&self, suffix: &[T]) -> Option<&[T]>
    where
        T: PartialEq,
    {
        if self.ends_with(suffix) {
            Some(&self[..self.len() - suffix.len()])
        } else {
            None
        }
    }

    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|p| p.cmp(x))
    }

    /// The middle is chosen as rustc's library does, for slices with several equal items.
    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(&'a self, mut f: F) -> Result<usize, usize> {
        let mut size = self.len();
        if size == 0 {
            return Err(0);
        }
        let mut base = 0;
        while size > 1 {
            let half = size / 2;
            if f(&self[base + half]) != Greater {
                base += half;
            }
            size -= half;
        }
        match f(&self[base]) {
            Equal => Ok(base),
            Less => Err(base + 1),
            Greater => Err(base),
        }
    }

    pub fn binary_search_by_key<'a, B: Ord, F: FnMut(&'a T) -> B>(
        &'a self,
        b: &B,
        mut f: F,
    ) -> Result<usize, usize> {
        self.binary_search_by(|k| f(k).cmp(b))
    }

    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        self.binary_search_by(|x| if pred(x) { Less } else { Greater }).unwrap_or_else(|i| i)
    }

    pub fn sort(&mut self)
    where
        T: Ord,
    {
        sort::merge_sort(self, |a, b| a.lt(b));
    }

    pub fn sort_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort::merge_sort(self, |a, b| compare(a, b) == Less);
    }

    pub fn sort_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort::merge_sort(self, |a, b| f(a).lt(&f(b)));
    }

    pub fn sort_by_cached_key<K: Ord, F: FnMut(&T) -> K>(&mut self, f: F) {
        let mut keys: Vec<(K, usize)> = self.iter().map(f).enumerate().map(|(i, k)| (k, i)).collect();
        keys.sort();
        for i in 0..keys.len() {
            // Where the item meant for place i went when earlier places were filled.
            let mut from = keys[i].1;
            while from < i {
                from = keys[from].1;
            }
            keys[i].1 = from;
            self.swap(i, from);
        }
    }

    pub fn sort_unstable(&mut self)
    where
        T: Ord,
    {
        sort::heap_sort(self, |a, b| a.lt(b));
    }

    pub fn sort_unstable_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort::heap_sort(self, |a, b| compare(a, b) == Less);
    }

    pub fn sort_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort::heap_sort(self, |a, b| f(a).lt(&f(b)));
    }

    pub fn select_nth_unstable(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T])
    where
        T: Ord,
    {
        self.sort_unstable();
        let (left, rest) = self.split_at_mut(index);
        let (mid, right) = rest.split_first_mut().unwrap();
        (left, mid, right)
    }

    pub fn is_sorted(&self) -> bool
    where
        T: PartialOrd,
    {
        self.windows(2).all(|pair| pair[0] <= pair[1])
    }

    pub fn is_sorted_by<'a, F: FnMut(&'a T, &'a T) -> bool>(&'a self, mut compare: F) -> bool {
        self.windows(2).all(|pair| compare(&pair[0], &pair[1]))
    }

    pub fn is_sorted_by_key<'a, F: FnMut(&'a T) -> K, K: PartialOrd>(&'a self, f: F) -> bool {
        self.iter().is_sorted_by_key(f)
    }

    #[track_caller]
    pub fn rotate_left(&mut self, mid: usize) {
        assert!(mid <= self.len());
        self[..mid].reverse();
        self[mid..].reverse();
        self.reverse();
    }

    #[track_caller]
    pub fn rotate_right(&mut self, k: usize) {
        assert!(k <= self.len());
        self.rotate_left(self.len() - k);
    }

    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        for item in self {
            item.clone_from(&value);
        }
    }

    pub fn fill_with<F: FnMut() -> T>(&mut self, mut f: F) {
        for item in self {
            *item = f();
        }
    }

    #[track_caller]
    pub fn clone_from_slice(&mut self, src: &[T])
    where
        T: Clone,
    {
        if self.len() != src.len() {
            panic!("destination and source slices have different lengths");
        }
        for (to, from) in self.iter_mut().zip(src) {
            to.clone_from(from);
        }
    }

    #[track_caller]
    pub fn copy_from_slice(&mut self, src: &[T])
    where
        T: Copy,
    {
        if self.len() != src.len() {
            panic!(
                "copy_from_slice: source slice length ({}) does not match destination slice length ({})",
                src.len(),
                self.len()
            );
        }
        unsafe { ptr::copy_nonoverlapping(src.as_ptr(), self.as_mut_ptr(), self.len()) }
    }

    #[track_caller]
    pub fn copy_within<R: RangeBounds<usize>>(&mut self, src: R, dest: usize)
    where
        T: Copy,
    {
        let Range { start, end } = range(src, self.len());
        let count = end - start;
        assert!(dest <= self.len() - count, "dest is out of bounds");
        let base = self.as_mut_ptr();
        unsafe { ptr::copy(base.add(start), base.add(dest), count) }
    }

    #[track_caller]
    pub fn swap_with_slice(&mut self, other: &mut [T]) {
        assert!(
            self.len() == other.len(),
            "destination and source slices have different lengths"
        );
        for (a, b) in self.iter_mut().zip(other) {
            mem::swap(a, b);
        }
    }

    pub fn to_vec(&self) -> Vec<T>
    where
        T: Clone,
    {
        let mut vec = Vec::with_capacity(self.len());
        for item in self {
            vec.push(item.clone());
        }
        vec
    }

    #[inline]
    pub fn into_vec(self: Box<Self>) -> Vec<T> {
        let len = self.len();
        unsafe { Vec::from_raw_parts(Box::into_raw(self) as *mut T, len, len) }
    }

    pub fn repeat(&self, n: usize) -> Vec<T>
    where
        T: Copy,
    {
        let mut vec = Vec::with_capacity(self.len().checked_mul(n).expect("capacity overflow"));
        for _ in 0..n {
            vec.extend_from_slice(self);
        }
        vec
    }

    pub fn concat<Item: ?Sized>(&self) -> <Self as Concat<Item>>::Output
    where
        Self: Concat<Item>,
    {
        Concat::concat(self)
    }

    pub fn join<Separator>(&self, sep: Separator) -> <Self as Join<Separator>>::Output
    where
        Self: Join<Separator>,
    {
        Join::join(self, sep)
    }

    /// Split where values of `U` are aligned.
    ///
    /// # Safety
    /// The bytes must be valid as values of `U`.
    pub unsafe fn align_to<U>(&self) -> (&[T], &[U], &[T]) {
        let offset = self.as_ptr().align_offset(mem::align_of::<U>());
        if mem::size_of::<T>() == 0 || mem::size_of::<U>() == 0 || offset > self.len() {
            return (self, &[], &[]);
        }
        let (left, rest) = self.split_at(offset);
        let bytes = rest.len() * mem::size_of::<T>();
        let count = bytes / mem::size_of::<U>();
        let used = count * mem::size_of::<U>();
        if used % mem::size_of::<T>() != 0 {
            return (self, &[], &[]);
        }
        let (middle, right) = rest.split_at(used / mem::size_of::<T>());
        (left, unsafe { from_raw_parts(middle.as_ptr() as *const U, count) }, right)
    }
}

impl<T, const N: usize> [[T; N]] {
    pub fn as_flattened(&self) -> &[T] {
        unsafe { from_raw_parts(self.as_ptr() as *const T, self.len() * N) }
    }
}

impl<T: Clone> crate::borrow::ToOwned for [T] {
    type Owned = Vec<T>;

    fn to_owned(&self) -> Vec<T> { self.to_vec() }
}

impl<T> Default for &[T] {
    fn default() -> Self { &[] }
}

impl<T> Default for &mut [T] {
    fn default() -> Self { &mut [] }
}

impl<'a, T> IntoIterator for &'a [T] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Iter<'a, T> { self.iter() }
}

impl<'a, T> IntoIterator for &'a mut [T] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> IterMut<'a, T> { self.iter_mut() }
}

impl [u8] {
    pub const fn is_ascii(&self) -> bool {
        let mut i = 0;
        while i < self.len() {
            if self[i] >= 128 {
                return false;
            }
            i += 1;
        }
        true
    }

    pub fn eq_ignore_ascii_case(&self, other: &[u8]) -> bool {
        self.len() == other.len()
            && self.iter().zip(other).all(|(a, b)| a.eq_ignore_ascii_case(b))
    }

    pub fn make_ascii_uppercase(&mut self) {
        for byte in self {
            byte.make_ascii_uppercase();
        }
    }

    pub fn make_ascii_lowercase(&mut self) {
        for byte in self {
            byte.make_ascii_lowercase();
        }
    }

    pub fn to_ascii_uppercase(&self) -> Vec<u8> {
        let mut me = self.to_vec();
        me.make_ascii_uppercase();
        me
    }

    pub fn to_ascii_lowercase(&self) -> Vec<u8> {
        let mut me = self.to_vec();
        me.make_ascii_lowercase();
        me
    }

    pub const fn trim_ascii_start(&self) -> &[u8] {
        let mut bytes = self;
        while let [first, rest @ ..] = bytes {
            if !first.is_ascii_whitespace() {
                break;
            }
            bytes = rest;
        }
        bytes
    }

    pub const fn trim_ascii_end(&self) -> &[u8] {
        let mut bytes = self;
        while let [rest @ .., last] = bytes {
            if !last.is_ascii_whitespace() {
                break;
            }
            bytes = rest;
        }
        bytes
    }

    pub const fn trim_ascii(&self) -> &[u8] { self.trim_ascii_start().trim_ascii_end() }

    pub fn escape_ascii(&self) -> crate::ascii::EscapeAscii<'_> { crate::ascii::EscapeAscii::new(self) }
}

/// The numbers that a pair of bounds stands for, whatever they are.
pub(crate) fn bounds(start: Bound<&usize>, end: Bound<&usize>, len: usize) -> (usize, usize) {
    let start = match start {
        Bound::Included(&start) => start,
        Bound::Excluded(&start) => start.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match end {
        Bound::Included(&end) => end.saturating_add(1),
        Bound::Excluded(&end) => end,
        Bound::Unbounded => len,
    };
    (start, end)
}
