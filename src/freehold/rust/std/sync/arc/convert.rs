//! Conversions to `Arc`.

use super::{value_offset, Arc, ArcInner};
use crate::alloc::{allocate, Layout};
use crate::any::Any;
use crate::borrow::Borrow;
use crate::boxed::Box;
use crate::mem::{self, ManuallyDrop};
use crate::ptr::{self, NonNull};
use crate::string::String;
use crate::sync::atomic::AtomicUsize;
use crate::vec::Vec;

impl<T> From<T> for Arc<T> {
    fn from(t: T) -> Self { Arc::new(t) }
}

/// A block with both counts 1 for the `len` values from `from`, which move there.
unsafe fn block_of<T>(from: *const T, len: usize) -> *mut ArcInner<[T]> {
    let offset = value_offset(mem::align_of::<T>());
    let align = if mem::align_of::<T>() > 8 { mem::align_of::<T>() } else { 8 };
    let size = offset + len * mem::size_of::<T>();
    let layout = Layout::from_size_align(size, align).unwrap().pad_to_align();
    unsafe {
        let block = allocate(layout);
        let counts = block as *mut AtomicUsize;
        ptr::write(counts, AtomicUsize::new(1));
        ptr::write(counts.add(1), AtomicUsize::new(1));
        ptr::copy_nonoverlapping(from, block.add(offset) as *mut T, len);
        ptr::slice_from_raw_parts_mut(block as *mut T, len) as *mut ArcInner<[T]>
    }
}

impl<T> From<Vec<T>> for Arc<[T]> {
    fn from(v: Vec<T>) -> Arc<[T]> {
        let mut v = v;
        unsafe {
            let len = v.len();
            v.set_len(0);
            Arc::from_inner(NonNull::new_unchecked(block_of(v.as_ptr(), len)))
        }
    }
}

impl<T: Clone> From<&[T]> for Arc<[T]> {
    fn from(v: &[T]) -> Arc<[T]> { Arc::from(v.to_vec()) }
}

impl<T, const N: usize> From<[T; N]> for Arc<[T]> {
    fn from(v: [T; N]) -> Arc<[T]> { Arc::from(Vec::from(v)) }
}

impl From<&str> for Arc<str> {
    fn from(v: &str) -> Arc<str> {
        let arc = ManuallyDrop::wrap(Arc::<[u8]>::from(v.as_bytes()));
        unsafe { Arc::from_inner(NonNull::new_unchecked(arc.ptr.as_ptr() as *mut ArcInner<str>)) }
    }
}

impl From<String> for Arc<str> {
    fn from(v: String) -> Arc<str> { Arc::from(&v[..]) }
}

impl<T> FromIterator<T> for Arc<[T]> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Arc::from(iter.into_iter().collect::<Vec<T>>())
    }
}

impl<T> From<Box<T>> for Arc<T> {
    fn from(v: Box<T>) -> Arc<T> { Arc::new(*v) }
}

impl<T: ?Sized> Borrow<T> for Arc<T> {
    fn borrow(&self) -> &T { &**self }
}

impl<T: ?Sized> AsRef<T> for Arc<T> {
    fn as_ref(&self) -> &T { &**self }
}

impl Arc<dyn Any + Send + Sync> {
    pub fn downcast<T: Any + Send + Sync>(self) -> Result<Arc<T>, Self> {
        if (*self).is::<T>() {
            let arc = ManuallyDrop::wrap(self);
            unsafe { Ok(Arc::from_inner(arc.ptr.cast())) }
        } else {
            Err(self)
        }
    }
}
