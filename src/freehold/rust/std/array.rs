//! Arrays.

use crate::borrow::{Borrow, BorrowMut};
use crate::cmp::Ordering;
use crate::error::Error;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::mem::{self, ManuallyDrop, MaybeUninit};
use crate::ops::{Index, IndexMut, Range};
use crate::ptr;
use crate::slice;

pub fn from_fn<T, const N: usize, F: FnMut(usize) -> T>(mut f: F) -> [T; N] {
    let mut guard = Guard { array: MaybeUninit::<[T; N]>::uninit(), done: 0 };
    for i in 0..N {
        unsafe { guard.push(f(i)) };
    }
    guard.finish()
}

pub const fn from_ref<T>(s: &T) -> &[T; 1] { unsafe { &*(s as *const T as *const [T; 1]) } }

pub const fn from_mut<T>(s: &mut T) -> &mut [T; 1] { unsafe { &mut *(s as *mut T as *mut [T; 1]) } }

/// An array whose first `done` items are made; a panic drops them.
struct Guard<T, const N: usize> {
    array: MaybeUninit<[T; N]>,
    done: usize,
}

impl<T, const N: usize> Guard<T, N> {
    unsafe fn push(&mut self, item: T) {
        unsafe { (self.array.as_mut_ptr() as *mut T).add(self.done).write(item) };
        self.done += 1;
    }

    fn finish(self) -> [T; N] {
        let guard = ManuallyDrop::wrap(self);
        unsafe { guard.array.assume_init_read() }
    }
}

impl<T, const N: usize> Drop for Guard<T, N> {
    fn drop(&mut self) {
        let made = ptr::slice_from_raw_parts_mut(self.array.as_mut_ptr() as *mut T, self.done);
        unsafe { ptr::drop_in_place(made) }
    }
}

impl<T, const N: usize> [T; N] {
    pub fn map<F: FnMut(T) -> U, U>(self, mut f: F) -> [U; N] {
        let mut guard = Guard { array: MaybeUninit::<[U; N]>::uninit(), done: 0 };
        for item in self {
            unsafe { guard.push(f(item)) };
        }
        guard.finish()
    }

    #[inline]
    pub const fn as_slice(&self) -> &[T] { self }

    #[inline]
    pub const fn as_mut_slice(&mut self) -> &mut [T] { self }

    pub fn each_ref(&self) -> [&T; N] { from_fn(|i| &self[i]) }

    pub fn each_mut(&mut self) -> [&mut T; N] {
        let base = self.as_mut_ptr();
        from_fn(|i| unsafe { &mut *base.add(i) })
    }
}

impl<T: Clone, const N: usize> Clone for [T; N] {
    #[inline]
    fn clone(&self) -> Self { from_fn(|i| self[i].clone()) }

    #[inline]
    fn clone_from(&mut self, other: &Self) { self.clone_from_slice(other) }
}

impl<T, I, const N: usize> Index<I> for [T; N]
where
    [T]: Index<I>,
{
    type Output = <[T] as Index<I>>::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &Self::Output { Index::index(self as &[T], index) }
}

impl<T, I, const N: usize> IndexMut<I> for [T; N]
where
    [T]: IndexMut<I>,
{
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut Self::Output {
        IndexMut::index_mut(self as &mut [T], index)
    }
}

macro_rules! equal {
    ($($left:ty, $right:ty;)*) => {$(
        impl<T: PartialEq<U>, U, const N: usize> PartialEq<$right> for $left {
            #[inline]
            fn eq(&self, other: &$right) -> bool { self[..] == other[..] }
        }
    )*};
}

equal! {
    [T; N], [U; N];
    [T; N], [U];
    [T], [U; N];
    [T; N], &[U];
    &[T], [U; N];
    [T; N], &mut [U];
    &mut [T], [U; N];
}

impl<T: Eq, const N: usize> Eq for [T; N] {}

impl<T: PartialOrd, const N: usize> PartialOrd for [T; N] {
    fn partial_cmp(&self, other: &[T; N]) -> Option<Ordering> { self[..].partial_cmp(&other[..]) }
}

impl<T: Ord, const N: usize> Ord for [T; N] {
    fn cmp(&self, other: &[T; N]) -> Ordering { self[..].cmp(&other[..]) }
}

impl<T, const N: usize> AsRef<[T]> for [T; N] {
    fn as_ref(&self) -> &[T] { self }
}

impl<T, const N: usize> AsMut<[T]> for [T; N] {
    fn as_mut(&mut self) -> &mut [T] { self }
}

impl<T, const N: usize> Borrow<[T]> for [T; N] {
    fn borrow(&self) -> &[T] { self }
}

impl<T, const N: usize> BorrowMut<[T]> for [T; N] {
    fn borrow_mut(&mut self) -> &mut [T] { self }
}

#[derive(Debug, Copy, Clone)]
pub struct TryFromSliceError(());

impl fmt::Display for TryFromSliceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("could not convert slice to array")
    }
}

impl Error for TryFromSliceError {}

impl<T: Copy, const N: usize> TryFrom<&[T]> for [T; N] {
    type Error = TryFromSliceError;

    fn try_from(slice: &[T]) -> Result<[T; N], TryFromSliceError> {
        <&[T; N]>::try_from(slice).copied()
    }
}

impl<T: Copy, const N: usize> TryFrom<&mut [T]> for [T; N] {
    type Error = TryFromSliceError;

    fn try_from(slice: &mut [T]) -> Result<[T; N], TryFromSliceError> {
        <[T; N]>::try_from(&*slice)
    }
}

impl<'a, T, const N: usize> TryFrom<&'a [T]> for &'a [T; N] {
    type Error = TryFromSliceError;

    fn try_from(slice: &'a [T]) -> Result<&'a [T; N], TryFromSliceError> {
        if slice.len() == N {
            Ok(unsafe { &*(slice.as_ptr() as *const [T; N]) })
        } else {
            Err(TryFromSliceError(()))
        }
    }
}

impl<'a, T, const N: usize> TryFrom<&'a mut [T]> for &'a mut [T; N] {
    type Error = TryFromSliceError;

    fn try_from(slice: &'a mut [T]) -> Result<&'a mut [T; N], TryFromSliceError> {
        if slice.len() == N {
            Ok(unsafe { &mut *(slice.as_mut_ptr() as *mut [T; N]) })
        } else {
            Err(TryFromSliceError(()))
        }
    }
}

impl<T, const N: usize> TryFrom<crate::vec::Vec<T>> for [T; N] {
    type Error = crate::vec::Vec<T>;

    fn try_from(mut vec: crate::vec::Vec<T>) -> Result<[T; N], crate::vec::Vec<T>> {
        if vec.len() != N {
            return Err(vec);
        }
        unsafe {
            vec.set_len(0);
            Ok(ptr::read(vec.as_ptr() as *const [T; N]))
        }
    }
}

macro_rules! default {
    ($($count:literal)*) => {$(
        impl<T: Default> Default for [T; $count] {
            fn default() -> [T; $count] { from_fn(|_| T::default()) }
        }
    )*};
}

default!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32);

impl<T> Default for [T; 0] {
    fn default() -> [T; 0] { [] }
}

impl<'a, T, const N: usize> IntoIterator for &'a [T; N] {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> slice::Iter<'a, T> { self.iter() }
}

impl<'a, T, const N: usize> IntoIterator for &'a mut [T; N] {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> slice::IterMut<'a, T> { self.iter_mut() }
}

impl<T, const N: usize> IntoIterator for [T; N] {
    type Item = T;
    type IntoIter = IntoIter<T, N>;

    #[inline]
    fn into_iter(self) -> IntoIter<T, N> {
        IntoIter { data: MaybeUninit::new(self), alive: 0..N }
    }
}

/// The items in `alive` are still there.
pub struct IntoIter<T, const N: usize> {
    data: MaybeUninit<[T; N]>,
    alive: Range<usize>,
}

impl<T, const N: usize> IntoIter<T, N> {
    pub fn as_slice(&self) -> &[T] {
        unsafe {
            let first = (self.data.as_ptr() as *const T).add(self.alive.start);
            slice::from_raw_parts(first, self.alive.len())
        }
    }

    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe {
            let first = (self.data.as_mut_ptr() as *mut T).add(self.alive.start);
            slice::from_raw_parts_mut(first, self.alive.len())
        }
    }
}

impl<T, const N: usize> Iterator for IntoIter<T, N> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let i = self.alive.next()?;
        Some(unsafe { (self.data.as_ptr() as *const T).add(i).read() })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.alive.len();
        (len, Some(len))
    }
}

impl<T, const N: usize> DoubleEndedIterator for IntoIter<T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        let i = self.alive.next_back()?;
        Some(unsafe { (self.data.as_ptr() as *const T).add(i).read() })
    }
}

impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {}
impl<T, const N: usize> FusedIterator for IntoIter<T, N> {}

impl<T, const N: usize> Drop for IntoIter<T, N> {
    fn drop(&mut self) {
        if mem::needs_drop::<T>() {
            unsafe { ptr::drop_in_place(self.as_mut_slice()) }
        }
    }
}

impl<T: Clone, const N: usize> Clone for IntoIter<T, N> {
    fn clone(&self) -> Self {
        let mut copy = IntoIter { data: MaybeUninit::uninit(), alive: 0..0 };
        for item in self.as_slice() {
            let end = copy.alive.end;
            unsafe { (copy.data.as_mut_ptr() as *mut T).add(end).write(item.clone()) };
            copy.alive.end += 1;
        }
        copy
    }
}

impl<T: fmt::Debug, const N: usize> fmt::Debug for IntoIter<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}

macro_rules! tuples {
    ($($count:literal $($name:ident $each:ident),*;)*) => {$(
        impl<T> From<($($each,)*)> for [T; $count] {
            #[inline]
            fn from(($($name,)*): ($($each,)*)) -> [T; $count] { [$($name),*] }
        }

        impl<T> From<[T; $count]> for ($($each,)*) {
            #[inline]
            fn from([$($name),*]: [T; $count]) -> ($($each,)*) { ($($name,)*) }
        }
    )*};
}

tuples! {
    1 a T;
    2 a T, b T;
    3 a T, b T, c T;
    4 a T, b T, c T, d T;
    5 a T, b T, c T, d T, e T;
    6 a T, b T, c T, d T, e T, f T;
    7 a T, b T, c T, d T, e T, f T, g T;
    8 a T, b T, c T, d T, e T, f T, g T, h T;
    9 a T, b T, c T, d T, e T, f T, g T, h T, i T;
    10 a T, b T, c T, d T, e T, f T, g T, h T, i T, j T;
    11 a T, b T, c T, d T, e T, f T, g T, h T, i T, j T, k T;
    12 a T, b T, c T, d T, e T, f T, g T, h T, i T, j T, k T, l T;
}
