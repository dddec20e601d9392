//! Conversions to `Rc`.

use super::{value_offset, Rc, RcInner};
use crate::alloc::{allocate, Layout};
use crate::any::Any;
use crate::borrow::Borrow;
use crate::boxed::Box;
use crate::cell::Cell;
use crate::mem::{self, ManuallyDrop};
use crate::ptr::{self, NonNull};
use crate::string::String;
use crate::vec::Vec;

impl<T> From<T> for Rc<T> {
    fn from(t: T) -> Self { Rc::new(t) }
}

/// A block with both counts 1 for the `len` values from `from`, which move there.
unsafe fn block_of<T>(from: *const T, len: usize) -> *mut RcInner<[T]> {
    let offset = value_offset(mem::align_of::<T>());
    let align = if mem::align_of::<T>() > 8 { mem::align_of::<T>() } else { 8 };
    let size = offset + len * mem::size_of::<T>();
    let layout = Layout::from_size_align(size, align).unwrap().pad_to_align();
    unsafe {
        let block = allocate(layout);
        let counts = block as *mut Cell<usize>;
        ptr::write(counts, Cell::new(1));
        ptr::write(counts.add(1), Cell::new(1));
        ptr::copy_nonoverlapping(from, block.add(offset) as *mut T, len);
        ptr::slice_from_raw_parts_mut(block as *mut T, len) as *mut RcInner<[T]>
    }
}

impl<T> From<Vec<T>> for Rc<[T]> {
    fn from(v: Vec<T>) -> Rc<[T]> {
        let mut v = v;
        unsafe {
            let len = v.len();
            v.set_len(0);
            Rc::from_inner(NonNull::new_unchecked(block_of(v.as_ptr(), len)))
        }
    }
}

impl<T: Clone> From<&[T]> for Rc<[T]> {
    fn from(v: &[T]) -> Rc<[T]> { Rc::from(v.to_vec()) }
}

impl<T, const N: usize> From<[T; N]> for Rc<[T]> {
    fn from(v: [T; N]) -> Rc<[T]> { Rc::from(Vec::from(v)) }
}

impl From<&str> for Rc<str> {
    fn from(v: &str) -> Rc<str> {
        let rc = ManuallyDrop::wrap(Rc::<[u8]>::from(v.as_bytes()));
        unsafe { Rc::from_inner(NonNull::new_unchecked(rc.ptr.as_ptr() as *mut RcInner<str>)) }
    }
}

impl From<String> for Rc<str> {
    fn from(v: String) -> Rc<str> { Rc::from(&v[..]) }
}

impl<T> FromIterator<T> for Rc<[T]> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Rc::from(iter.into_iter().collect::<Vec<T>>())
    }
}

impl<T> From<Box<T>> for Rc<T> {
    fn from(v: Box<T>) -> Rc<T> { Rc::new(*v) }
}

impl<T: ?Sized> Borrow<T> for Rc<T> {
    fn borrow(&self) -> &T { &**self }
}

impl<T: ?Sized> AsRef<T> for Rc<T> {
    fn as_ref(&self) -> &T { &**self }
}

impl Rc<dyn Any> {
    pub fn downcast<T: Any>(self) -> Result<Rc<T>, Self> {
        if (*self).is::<T>() {
            let rc = ManuallyDrop::wrap(self);
            unsafe { Ok(Rc::from_inner(rc.ptr.cast())) }
        } else {
            Err(self)
        }
    }
}
